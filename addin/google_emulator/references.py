"""The references in a formula's text: moved when rows or columns come and go, or when the formula is copied."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from addin.google_emulator.a1 import column_letters, column_number

if TYPE_CHECKING:
    from addin.google_emulator.shifting import Shift

_TITLE = r"(?:(?P<title>'(?:[^']|'')+'|[A-Za-z_]\w*)!)?"
_CELL = r"\$?[A-Za-z]{1,3}\$?\d+"
_REFERENCE = re.compile(
    rf"(?P<text>\"(?:[^\"]|\"\")*\")|(?<![\w.$!]){_TITLE}"
    rf"(?P<ref>{_CELL}(?::\$?[A-Za-z]{{1,3}}(?:\$?\d+)?)?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?\d+:\$?\d+)(?![\w(!])"
)
_PART = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")

Ends = tuple[int | None, int | None]


def rewritten(formula: str, own_title: str, title: str, shift: Shift) -> str:
    """The formula of a cell in `own_title`, after a shift in the sheet `title`."""

    def change(found: re.Match[str]) -> str:
        if found["text"] or _meant(found["title"], own_title).casefold() != title.casefold():
            return found[0]
        prefix = f"{found['title']}!" if found["title"] else ""
        changed = _shifted(found["ref"], shift)
        return prefix + changed if changed else "#REF!"

    return _REFERENCE.sub(change, formula)


def _meant(title: str | None, own: str) -> str:
    if title is None:
        return own
    return title[1:-1].replace("''", "'") if title.startswith("'") else title


def _shifted(reference: str, shift: Shift) -> str | None:
    parts = [_PART.fullmatch(part) for part in reference.split(":")]
    index = 4 if shift.dimension == "ROWS" else 2
    numbers = [_number(part[index]) for part in parts if part]
    first, last = numbers[0], numbers[-1]
    if first is None and last is None:
        return reference
    start = None if first is None else shift.start(first - 1) + 1
    stop = None if last is None else shift.end(last)
    if len(numbers) == 1 and first is not None and shift.gone(first - 1):
        return None
    if start is not None and stop is not None and stop < start:
        return None
    return ":".join(_with(part, index, new) for part, new in zip(parts, (start, stop), strict=False) if part)


def _number(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else column_number(text)


def _with(part: re.Match[str], index: int, number: int | None) -> str:
    pieces = list(part.groups())
    if number is not None and pieces[index - 1]:
        pieces[index - 1] = str(number) if index == 4 else column_letters(number)
    return "".join(pieces)


def copied(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads when it is pasted so many rows and columns away: what has no `$` moves along."""

    def change(found: re.Match[str]) -> str:
        if found["text"]:
            return found[0]
        prefix = f"{found['title']}!" if found["title"] else ""
        parts = [_relative(part, rows, columns) for part in found["ref"].split(":")]
        return prefix + ":".join(parts) if all(parts) else "#REF!"

    return _REFERENCE.sub(change, formula)


def _relative(part: str, rows: int, columns: int) -> str:
    found = _PART.fullmatch(part)
    if not found:
        return part
    fixed_column, letters, fixed_row, digits = found.groups()
    column = _moved(letters, fixed_column, columns, column_number, column_letters)
    row = _moved(digits, fixed_row, rows, int, str)
    return "" if column is None or row is None else fixed_column + column + fixed_row + row


def _moved(text: str, fixed: str, by: int, read: Callable[[str], int], write: Callable[[int], str]) -> str | None:
    if not text or fixed:
        return text
    number = read(text) + by
    return write(number) if number > 0 else None
