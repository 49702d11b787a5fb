"""Which programme a school has, however its setting is written."""

from __future__ import annotations

import pytest

from addin.core.settings import Settings


@pytest.mark.parametrize(
    ("given", "programme"),
    [({}, "dp"), ({"programme": ""}, "dp"), ({"programme": "PYP"}, "pyp"), ({"programme": "cp"}, "cp")],
)
def test_the_programme_is_read_in_any_case_and_is_dp_where_none_is_set(given: dict[str, str], programme: str) -> None:
    assert Settings(given).programme == programme
