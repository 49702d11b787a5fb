"""ODS, as LibreOffice, OpenOffice and Google write it: values, dates, codes as shown, and how the sheets look."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from addin.backends.ooxml.guard import CELL_LIMIT, check_members
from addin.core.book import Area, CellError, Grid, Value, trimmed
from addin.core.regex import regex
from addin.errors import Problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUFFIXES = [".ods"]
NEXT = "Open it in a spreadsheet program and save it as .xlsx."
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, TEXT, OFFICE, STYLE = (f"{{{_SPACE}{name}:1.0}}" for name in ("table", "text", "office", "style"))
LOOKS = f"{{{_SPACE}xsl-fo-compatible:1.0}}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_PERIOD = regex(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_CODE = regex(r"0[\d\-/ ()+:]+")
_INCHES = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72}
_COLUMNS_IN_INCH = 13
MOST_REPEATED = 10_000
"""Rows or columns that may be the same; more fill the rest of a sheet."""
MOST_COLOURED = 100
"""Blank cells side by side whose colour may mean something; more are the rest of a row."""


@dataclass(slots=True)
class _Look:
    """What a style says, with what it has from the style that it is made from."""

    parent: str = ""
    struck: bool | None = None
    fill: str = ""
    width: float = 0
    hidden: bool = False


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read."""

    grid: Grid
    column: int = 0
    cells: int = 0
    columns: dict[int, str] = field(default_factory=dict)
    """The style of the cells of a column."""


def read(path: Path) -> list[Grid]:
    """The file's sheets in order. Raises Problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Problem(f"cannot be read: {error.strerror}.", where=str(path), next="Check the name.") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_members(archive.infolist(), len(data), str(path))
            names = set(archive.namelist())
            if "content.xml" not in names:
                raise Problem("is not an OpenDocument spreadsheet.", where=str(path), next=NEXT)
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise Problem("is protected with a password.", where=str(path), next="Save it without a password.")
            styles = archive.read("styles.xml") if "styles.xml" in names else b""
            return _Reader(styles, path).read(archive.read("content.xml"))
    except Problem:
        raise
    except Exception as error:  # a damaged file ends in errors of every kind there
        raise Problem("is damaged, or no OpenDocument spreadsheet.", where=str(path), next=NEXT) from error


class _Reader:
    """Reads the parts of one file."""

    def __init__(self, styles: bytes, path: Path) -> None:
        self._styles: dict[str, _Look] = {}
        self._path = path
        self._cells = 0
        if styles:
            for _, element in _events(styles):
                self._style(element)

    def read(self, content: bytes) -> list[Grid]:
        """The sheets of content.xml."""
        found: list[_Sheet] = []
        depth = 0  # a table in a picture or in a cell is no sheet
        for event, element in _events(content, starts=True):
            if element.tag == f"{TABLE}table":
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    found.append(self._sheet(element))
            elif event == "start":
                continue
            elif element.tag == f"{STYLE}style":
                self._style(element)
            elif element.tag == f"{TABLE}table-column" and depth == 1:
                self._column(found[-1], element)
            elif element.tag == f"{TABLE}table-row" and depth == 1:
                self._row(found[-1], element)
                element.clear()
        for one in found:
            one.grid.values[:] = trimmed(one.grid.values)
        return [one.grid for one in found]

    def _sheet(self, element: Element) -> _Sheet:
        name = element.get(f"{TABLE}name") or f"Sheet{self._cells + 1}"
        return _Sheet(Grid(name, hidden=self._look(element.get(f"{TABLE}style-name", "")).hidden))

    def _style(self, element: Element) -> None:
        if element.tag != f"{STYLE}style":
            return
        look = _Look(element.get(f"{STYLE}parent-style-name", ""))
        for part in element:
            through = part.get(f"{STYLE}text-line-through-style")
            if through:
                look.struck = through != "none"
            color = part.get(f"{LOOKS}background-color", "")
            if color.startswith("#"):
                look.fill = color[1:].upper()
            look.width = _width(part.get(f"{STYLE}column-width", "")) or look.width
            look.hidden = part.get(f"{TABLE}display") == "false"
        self._styles[element.get(f"{STYLE}name", "")] = look

    def _look(self, name: str) -> _Look:
        """The style of this name, with what its parents say."""
        own = self._styles.get(name, _Look())
        if own.parent and own.parent != name and own.parent in self._styles:
            above, own.parent = self._look(own.parent), ""
            own.struck = above.struck if own.struck is None else own.struck
            own.fill = own.fill or above.fill
        return own

    def _column(self, sheet: _Sheet, element: Element) -> None:
        width = self._look(element.get(f"{TABLE}style-name", "")).width
        cells = element.get(f"{TABLE}default-cell-style-name", "")
        hidden = element.get(f"{TABLE}visibility") in ("collapse", "filter")
        count = _count(element, "number-columns-repeated")
        for column in range(sheet.column + 1, sheet.column + min(count, MOST_REPEATED) + 1):
            if width and count < MOST_REPEATED:
                sheet.grid.appearance.widths[column] = width
            if hidden and count < MOST_REPEATED:
                sheet.grid.appearance.hidden_columns.add(column)
            sheet.columns[column] = cells
        sheet.column += count

    def _row(self, sheet: _Sheet, element: Element) -> None:
        grid, count = sheet.grid, _count(element, "number-rows-repeated")
        number = len(grid.values) + 1
        line, noted = self._line(sheet, element, number)
        if count > MOST_REPEATED and any(value is not None for value in line):
            raise Problem(f"has the same row {count:,} times.", where=f"{self._path}, {grid.sheet}", next=NEXT)
        again = range(number + 1, number + min(count, MOST_REPEATED))
        look, columns = grid.appearance, range(1, noted + 1 if again else 1)
        grid.values += [line, *(list(line) for _ in again)]
        if element.get(f"{TABLE}visibility") in ("collapse", "filter"):
            look.hidden_rows.update((number, *again))
        for part in (grid.shown, grid.formulas, look.fills):
            here = {column: part[number, column] for column in columns if (number, column) in part}
            part.update({(row, column): text for row in again for column, text in here.items()})
        for cells in (look.struck, look.notes):
            there = [column for column in columns if (number, column) in cells]
            cells.update((row, column) for row in again for column in there)

    def _line(self, sheet: _Sheet, element: Element, number: int) -> tuple[list[Value], int]:
        """The values of a row, and up to which column more than its values was kept."""
        line: list[Value] = []
        noted = 0
        for cell in element:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            value = None if cell.tag.endswith("covered-table-cell") else _value(cell)
            count = min(_count(cell, "number-columns-repeated"), MOST_REPEATED)
            self._cells += count if value is not None else 0
            if self._cells > CELL_LIMIT:
                raise Problem(f"has more than {CELL_LIMIT:,} cells.", where=str(self._path), next="Split it.")
            if value is not None or count < MOST_COLOURED:
                noted = len(line) + count
                for column in range(len(line) + 1, noted + 1):
                    self._note(sheet, cell, (number, column), value)
            line += [value] * count
        return (trimmed([line])[0] if any(value is not None for value in line) else []), noted

    def _note(self, sheet: _Sheet, cell: Element, place: tuple[int, int], value: Value) -> None:
        """Keep what there is to know about a cell besides its value."""
        grid, (row, column) = sheet.grid, place
        right = column + _count(cell, "number-columns-spanned") - 1
        below = row + _count(cell, "number-rows-spanned") - 1
        if (below, right) != place:
            grid.merged.append(Area(row, column, below, right))
        look = self._look(cell.get(f"{TABLE}style-name") or sheet.columns.get(column, ""))
        if look.fill:
            grid.appearance.fills[place] = look.fill
        if value is None:
            return
        if formula := cell.get(f"{TABLE}formula"):
            grid.formulas[place] = formula.partition("=")[2]
        if cell.find(f"{OFFICE}annotation") is not None:
            grid.appearance.notes.add(place)
        if look.struck:
            grid.appearance.struck.add(place)
        text = _text(cell)
        if type(value) is int and _CODE.fullmatch(text) and int(re.sub(r"\D", "", text)) == value != 0:
            grid.shown[place] = text


def _events(xml: bytes, *, starts: bool = False) -> Iterator[tuple[str, Element]]:
    from defusedxml.ElementTree import iterparse

    yield from iterparse(io.BytesIO(xml), events=("start", "end") if starts else ("end",))


def _value(cell: Element) -> Value:
    """What a cell holds; its formula's result where it has one."""
    kind = cell.get(f"{OFFICE}value-type", "")
    if cell.get(_CALC) == "error":
        return CellError(_text(cell) or "#N/A")
    if kind in ("float", "percentage", "currency"):
        number = float(cell.get(f"{OFFICE}value", "0"))
        return int(number) if number == int(number) else number
    if kind == "date":
        return _moment(cell.get(f"{OFFICE}date-value", "")) or _text(cell) or None
    if kind == "time":
        return _time(cell.get(f"{OFFICE}time-value", "")) or _text(cell) or None
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    return cell.get(f"{OFFICE}string-value") or _text(cell) or None


def _moment(text: str) -> date | datetime | None:
    with suppress(ValueError):
        if "T" not in text:
            return date.fromisoformat(text)
        found = datetime.fromisoformat(text)
        return found if found.time() != time() else found.date()
    return None


def _time(text: str) -> time | timedelta | None:
    match = _PERIOD.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds = map(int, match.groups())
    if hours > 23 or minutes > 59 or seconds > 59:
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return time(hours, minutes, seconds)


def _text(cell: Element) -> str:
    """The text of a cell, a line for each paragraph; comments and pictures are not in it."""
    return "\n".join("".join(_pieces(one)) for one in cell if one.tag == f"{TEXT}p")


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if part.tag == f"{TEXT}s":
            yield " " * _count(part, "c", TEXT)
        elif part.tag == f"{TEXT}tab":
            yield "\t"
        elif part.tag == f"{TEXT}line-break":
            yield "\n"
        elif part.tag.startswith(TEXT):
            yield from _pieces(part)
        yield part.tail or ""


def _count(element: Element, name: str, space: str = TABLE) -> int:
    text = element.get(f"{space}{name}", "1")
    return max(1, int(text)) if text.isdecimal() else 1


def _width(text: str) -> float:
    """The width of a column in characters."""
    number, unit = text[:-2], text[-2:]
    with suppress(ValueError):
        return round(float(number) * _INCHES.get(unit, 0) * _COLUMNS_IN_INCH, 1)
    return 0
