"""Free transcript requests: the worked cases of FACTS section 12."""

from __future__ import annotations

import pytest

from addin.core.ib.transcripts import Limits, not_free


@pytest.mark.parametrize(
    ("countries", "reasons"),
    [
        ("UK, Canada, Canada, USA, Germany, Germany", 0),  # UCAS counts as one
        ("USA, USA", 1),
        ("Canada, Canada, Canada, USA", 1),
        ("Canada, Canada, United States", 0),
        ("UK, UK, UK, UK, UK, UK, UK", 1),
        ("USA, U.S., Canada, canada , UK, UK, UK", 3),
        ("", 0),
    ],
)
def test_which_requests_are_free(countries: str, reasons: int) -> None:
    assert len(not_free([c for c in countries.split(", ") if c])) == reasons


def test_the_limits_can_be_changed() -> None:
    assert not_free(["USA", "USA"], Limits(states=2)) == []
