"""Sheet XML -> Grid: every value exactly as the file has it, at its true row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from addin.backends import Area, CellError, Grid, Value
from addin.backends.ooxml.formulas import area, column_number, letters, moved
from addin.backends.ooxml.guard import CELL_LIMIT
from addin.backends.ooxml.markup import attributes, decode, element
from addin.backends.ooxml.scan import USUAL, Found, inner, rows, sheet_data, unusual
from addin.backends.ooxml.values import from_iso, from_serial, number, rich, text
from addin.errors import BookProblem

STRING_ITEM = re.compile(r'<si(?:\s*/>|\s*>(?:<t(?: xml:space="preserve")?>([^<]*)</t></si>|(.*?)</si>))', re.S)

Formula = tuple[dict[str, str], str]
"""The attributes of a formula's element and its text."""


def shared_strings(xml: bytes) -> list[str]:
    """The workbook's list of texts, which cells name by their place in it."""
    found = STRING_ITEM.findall(xml.decode())
    if b"&" not in xml and b"_x" not in xml and b"\r" not in xml[100:]:
        return [rich(runs.encode()) if runs else simple for simple, runs in found]
    return [rich(runs.encode()) if runs else _plain(simple) for simple, runs in found]


def _plain(string: str) -> str:
    return text(string.encode()) if "&" in string or "_x" in string or "\r" in string else string


@dataclass(slots=True)
class Values:
    """Turns what a cell's XML says into its value; knows the workbook's texts, date styles and calendar."""

    strings: Callable[[], list[str]]
    dates: dict[bytes, str]
    since_1904: bool

    def plain(self, style: bytes, kind: bytes, raw: bytes) -> Value:
        """The value of a cell of this style and type that holds <v>raw</v>."""
        if kind == b"s":
            return self._shared(raw)
        if not kind or kind == b"n":
            return self._number(style, raw)
        if kind == b"b":
            return raw.strip() in (b"1", b"true")
        if kind == b"e":
            return CellError(decode(raw))
        if kind == b"d":
            return from_iso(raw)
        return text(raw)

    def _shared(self, raw: bytes) -> Value:
        try:
            return self.strings()[int(raw)]
        except (ValueError, IndexError):
            raise BookProblem(
                "a cell names a text that the workbook does not hold.",
                next="Open it in Excel, let it repair, and save it.",
            ) from None

    def _number(self, style: bytes, raw: bytes) -> Value:
        if not raw:
            return None
        value = number(raw)
        kind = self.dates.get(style)
        if kind and isinstance(value, int | float):
            return from_serial(value, kind, self.since_1904)
        return value

    def other(self, style: bytes, kind: bytes, content: bytes) -> Value:
        """The value of a cell with more in it than <v>: a formula, an inline text."""
        if kind == b"inlineStr":
            inline = inner(content, "is")
            return None if inline is None else rich(inline)
        raw = inner(content, "v")
        if raw is None or (not raw and kind != b"str"):
            return None
        return self.plain(style, kind, raw)


def read_sheet(xml: bytes, name: str, values: Values, tables: Sequence[Area], where: str) -> Grid:
    """What a sheet holds."""
    start, end = sheet_data(xml, where)
    count = xml.count(b"<c", start, end)
    if count > CELL_LIMIT:
        raise BookProblem(
            f"the sheet {name} has {count:,} cells (limit {CELL_LIMIT:,}).",
            where=where,
            next="Delete its empty columns and rows, or split it.",
        )
    found, lines, formulas = _cells(xml, start, end, values, USUAL.findall)
    if found != count:
        _, lines, formulas = _cells(xml, start, end, values, unusual)
    return Grid(name, lines, _formula_texts(formulas), list(tables), merged_areas(xml, end))


def _cells(
    xml: bytes, start: int, end: int, values: Values, find: Callable[[bytes, int, int], list[Found]]
) -> tuple[int, list[list[Value]], dict[tuple[int, int], Formula]]:
    """(number of cells found, values, formulas) of all rows."""
    lines: list[list[Value]] = []
    formulas: dict[tuple[int, int], Formula] = {}
    line_of = _line_reader(values, xml.find(b't="s"', start, end) >= 0, formulas)
    total = 0
    for row in rows(xml, start, end):
        cells = find(xml, row.cells, row.cells_end)
        total += len(cells)
        _put(lines, row.number, line_of(row.number, cells))
    return total, lines, formulas


def _line_reader(  # noqa: C901 (it holds the hot loop)
    values: Values, texts: bool, formulas: dict[tuple[int, int], Formula]
) -> Callable[[int, list[Found]], list[Value]]:
    """What turns a row's cells into its values, with all it needs in local names."""
    indexes = {letters(column).encode(): column - 1 for column in range(1, 703)}  # A to ZZ
    days: dict[bytes, dict[bytes, Value]] = {style: {} for style in values.dates}
    strings = values.strings() if texts else []
    plain = values.plain

    # the hot loop of every read: a function call per cell would cost a third more, so it is not split
    def line_of(row: int, cells: list[Found]) -> list[Value]:  # noqa: C901 (see above)
        line: list[Value] = [None] * len(cells)
        value: Value
        for name, style, kind, raw, content in cells:
            if kind == b"s" and raw:
                try:
                    value = strings[int(raw)]
                except (ValueError, IndexError):
                    value = plain(style, kind, raw)
            elif raw and kind:
                value = plain(style, kind, raw)
            elif raw:
                known = days.get(style)
                if known is None:
                    try:
                        value = int(raw)
                    except ValueError:
                        value = number(raw)
                elif raw in known:
                    value = known[raw]
                else:
                    value = known[raw] = plain(style, kind, raw)
            elif content:
                value = values.other(style, kind, content)
                if b"<f" in content:
                    _note_formula(formulas, row, column_number(name.decode()), content)
            else:
                continue
            try:
                line[indexes[name]] = value
            except LookupError:  # cells are missing before this one, or it lies beyond ZZ
                index = indexes[name] = column_number(name.decode()) - 1
                line += [None] * (index + 1 - len(line))
                line[index] = value
        return line

    return line_of


def _put(lines: list[list[Value]], number: int, line: list[Value]) -> None:
    while line and line[-1] is None:
        line.pop()
    if not line:
        return
    while len(lines) < number:
        lines.append([])
    lines[number - 1] = line


def _note_formula(formulas: dict[tuple[int, int], Formula], row: int, column: int, content: bytes) -> None:
    match = element("f").search(content)
    if match:
        formulas[row, column] = attributes(match[1]), text(match[2] or b"")


def _formula_texts(formulas: dict[tuple[int, int], Formula]) -> dict[tuple[int, int], str]:
    """Each cell's formula in words; those that only name a shared one are filled from it."""
    masters = {
        words["si"]: (row, column, string)
        for (row, column), (words, string) in formulas.items()
        if words.get("t") == "shared" and string and "si" in words
    }
    texts = {}
    for (row, column), (words, string) in formulas.items():
        master = masters.get(words.get("si", "")) if words.get("t") == "shared" and not string else None
        if master:
            string = moved(master[2], row - master[0], column - master[1])
        if string:
            texts[row, column] = string
    return texts


def merged_areas(xml: bytes, after: int) -> list[Area]:
    """The merged cells of a sheet."""
    if xml.find(b"<mergeCells", after) < 0:
        return []
    found = []
    for match in element("mergeCell").finditer(xml, after):
        bounds = area(attributes(match[1]).get("ref", ""))
        if bounds:
            found.append(Area(*bounds))
    return found
