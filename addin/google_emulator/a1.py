"""A1 notation: `Sheet1!B2:C` to a box of cells, and back as the service echoes it."""

from __future__ import annotations

import re

from addin.google_emulator.answers import bad, out_of_grid
from addin.google_emulator.model import Box, Sheet, Spreadsheet

_PART = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d{0,8})")
_R1C1 = re.compile(r"R(\d+)C(\d+)(?::R(\d+)C(\d+))?")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_LIKE_A_CELL = re.compile(r"(?i)[a-z]{1,3}\d+|r\d*c\d*")


def column_number(letters: str) -> int:
    """`A` is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted(title: str) -> str:
    """The title as it is echoed: bare when it is a plain word, which may hold dots (`food.csv!A1:Z1`, a recorded answer
    of 2022 in grouparoo/grouparoo), and cannot be read as a cell."""
    if _PLAIN.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def a1(sheet: Sheet, box: Box) -> str:
    first = f"{column_letters(box.left + 1)}{box.top + 1}"
    last = f"{column_letters(box.right)}{box.bottom}"
    return f"{quoted(sheet.title)}!" + (first if first == last else f"{first}:{last}")


def locate(book: Spreadsheet, text: str) -> tuple[Sheet, Box]:
    """The sheet and the cells that a range names, clipped to the grid; 400 where there is none."""
    sheet, rest = _split(book, text)
    named = None if rest is None else _named(book, rest)
    if named is not None:
        return named
    if sheet is None:
        raise unparsed(text)
    return sheet, (_box(sheet, rest, text) if rest else sheet.box)


def unparsed(text: str) -> Exception:
    return bad(f"Unable to parse range: {text}")


def _split(book: Spreadsheet, text: str) -> tuple[Sheet | None, str | None]:
    """The sheet that is meant and the part after `!`; a text without `!` is a sheet, a name or cells of the first."""
    match = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL)
    if match:
        return book.by_title(match[1].replace("''", "'")), match[2]
    if "!" in text:
        title, rest = text.rsplit("!", 1)
        return book.by_title(title), rest
    if book.by_title(text):
        return book.by_title(text), None
    return book.sheets[0], text


def _named(book: Spreadsheet, name: str) -> tuple[Sheet, Box] | None:
    for entry in book.named:
        if entry["name"].casefold() == name.casefold():
            sheet = book.by_id(entry["range"].get("sheetId", 0))
            return (sheet, box_of(sheet, entry["range"])) if sheet else None
    return None


def box_of(sheet: Sheet, grid_range: dict[str, int]) -> Box:
    """The cells of a GridRange, open ends filled in, clipped to the grid."""
    return Box(
        grid_range.get("startRowIndex", 0),
        grid_range.get("startColumnIndex", 0),
        min(grid_range.get("endRowIndex", sheet.row_count), sheet.row_count),
        min(grid_range.get("endColumnIndex", sheet.column_count), sheet.column_count),
    )


def _box(sheet: Sheet, rest: str, text: str) -> Box:
    found = _R1C1.fullmatch(rest)
    if found:
        top, left = int(found[1]) - 1, int(found[2]) - 1
        ends = (int(found[3]), int(found[4])) if found[3] else (top + 1, left + 1)
        return _clipped(sheet, top, left, *ends)
    parts = [_PART.fullmatch(part) for part in rest.split(":")]
    if len(parts) > 2 or not all(part and part[0] for part in parts):
        raise unparsed(text)
    letters, numbers = zip(*[part.groups() for part in parts if part], strict=True)
    if any(number and int(number) == 0 for number in numbers) or (len(parts) == 1 and not all(parts[0].groups())):  # type: ignore[union-attr]  # checked above
        raise unparsed(text)
    top, bottom = _ends([int(n) if n else None for n in numbers], sheet.row_count)
    left, right = _ends([column_number(c) if c else None for c in letters], sheet.column_count)
    return _clipped(sheet, top, left, bottom, right)


def _ends(given: list[int | None], count: int) -> tuple[int, int]:
    """Start and end of one dimension; given backwards (`D4:A1`) they are turned round."""
    first, last = given[0], given[-1]
    if first is not None and last is not None:
        return min(first, last) - 1, max(first, last)
    return (first - 1 if first else 0), (last if last else count)


def _clipped(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> Box:
    if top >= sheet.row_count or left >= sheet.column_count:
        place = a1(sheet, Box(top, left, bottom, right))
        raise out_of_grid(place, sheet.row_count, sheet.column_count)
    return Box(top, left, min(bottom, sheet.row_count), min(right, sheet.column_count))
