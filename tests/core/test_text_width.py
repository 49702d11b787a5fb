"""How many lines a text takes: rows are as high as they need, and no higher."""

from __future__ import annotations

import pytest

from addin.core.text_width import lines_of, width_of


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("Spanish A: Literature: assessment in practice", 40, 1),  # 45 letters, many of them narrow
        ("MMMM WWWW", 10, 2),
        ("one\ntwo\n\nfour", 40, 4),
        ("Jia Adebayo-Finch (000704): Hana Liam Zhou teaches History here; Staff names Business Management.", 43, 3),
        ("x" * 100, 10, 9),
        ("a " + "x" * 100 + " b", 10, 11),
        ("学校的国际文凭课程协调员", 12, 2),
    ],
)
def test_lines_that_a_text_takes(text: str, width: float, lines: int) -> None:
    assert lines_of(text, width) == lines


def test_narrow_letters_are_narrower_than_digits_and_capitals_wider() -> None:
    assert width_of("illicit") < width_of("0000000") < width_of("MAGNUMS")


def test_a_column_without_room_ends_too() -> None:
    assert lines_of("a b", 0) == 2
