"""A code is what its number format shows; a format of plain numbers shows none."""

from __future__ import annotations

import pytest

from addin.core.tables.shown import is_code_format, shown_code


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (12, "000000", "000012"),
        (0, "00", "00"),
        (12, "000-0000", "000-0012"),
        (12345, "00-00", "123-45"),
        (1234567890, "000-0000", "123456-7890"),
        (7, '"IB-"000', "IB-007"),
        (7, "\\A00", "A07"),
        (3, '"a;b"00;0', "a;b03"),
        (3, "_(00_)", "03"),
        (3, "[Red]000", "003"),
        (7, "000;-000", "007"),
        (99, "[<100]00;000", "99"),
        (100, "[<100]00;0000", "0100"),
        (99, "[<=99]00;0000", "99"),
        (100, "[<=99]00;0000", "0100"),
        (6, "[>5]00;0000", "06"),
        (5, "[>5]00;0000", "0005"),
        (5, "[>=5]00;0000", "05"),
        (5, "[=5]00;0000", "05"),
        (6, "[=5]00;0000", "0006"),
        (5, "[<>5]00;0000", "0005"),
        (6, "[<>5]00;0000", "06"),
        (3, "0" * 30, "3".rjust(30, "0")),
        (3, "0" * 31, None),
        (-1, "000", None),
        (5, "0", None),
        (5, "", None),
        (5, "#,##0", None),
        (7, "0.00", None),
        (7, "00.0", None),
        (7, "00E+0", None),
        (7, "yyyy", None),
    ],
)
def test_a_number_is_shown_as_the_code_of_its_format(number: int, code: str, shown: str | None) -> None:
    assert shown_code(number, code) == shown


@pytest.mark.parametrize(
    ("code", "answer"),
    [("000000", True), ("00", True), ("0-0", False), ("0", False), ("0.00", False), ("General", False)],
)
def test_a_format_of_codes_has_two_digits_together(code: str, answer: bool) -> None:
    assert is_code_format(code) is answer
