"""The sheets of a redacted copy: which cells they hold, and their XML, written again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.backends.ooxml.file import OpenFile
from addin.backends.ooxml.formulas import area_text
from addin.backends.ooxml.managed_sheet import MAIN
from addin.backends.ooxml.markup import attributes, element, escape
from addin.backends.ooxml.scan import cells, rows, sheet_data
from addin.backends.ooxml.tables import NativeTable, native_tables
from addin.backends.ooxml.values import content, storable
from addin.core.a1 import cell_name
from addin.core.book import Grid, Value
from addin.core.records import field, record
from addin.core.redaction import Redaction
from addin.core.tables.layout import Layout, header_line
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import ID_HEADER, Tracker
from addin.exporters.redacted.styles import safe
from addin.workspace.workbook import Workbook

ROW_WORDS = ("ht", "customHeight", "hidden", "s", "customFormat")
COLUMN_WORDS = ("min", "max", "width", "style", "hidden", "customWidth", "bestFit")
PANE_WORDS = ("xSplit", "ySplit", "topLeftCell", "activePane", "state")
FORMAT_WORDS = ("defaultRowHeight", "defaultColWidth", "baseColWidth", "customHeight")
PAGE_WORDS = ("orientation", "paperSize", "scale", "fitToWidth", "fitToHeight")
OWN_COLUMN = "Own column"
"""The header in the copy of a column that no tracker declares."""
Places = dict[tuple[int, int], Value]


@record
class CopiedSheet:
    """One sheet of the copy: its name there, the name of the sheet it comes from, its cells and what is blank in it."""

    name: str
    source: str
    values: Places
    emptied: list[str]
    tables: list[NativeTable] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    """Words of lists that are in it: allowed, whatever a person is called."""


def copied_sheets(workbook: Workbook, file: OpenFile, redaction: Redaction) -> list[CopiedSheet]:
    """The visible sheets of trackers with what the copy may show of them."""
    made: list[CopiedSheet] = []
    for name, table in workbook.tables.items():
        for sheet, layout in table.layouts.items():
            grid = workbook.grids[sheet]
            if grid.hidden or sheet not in file.workbook.sheets:
                continue
            copied = CopiedSheet(_sheet_name(sheet, workbook.trackers[name], made), sheet, {}, [])
            _fill(copied, workbook.trackers[name], table, grid, layout, redaction)
            found = native_tables(file.package, file.workbook.sheets[sheet])
            copied.tables += [one for one in found if one.area.top == layout.header_row and _is_copied(one, copied)]
            made.append(copied)
    order = list(file.workbook.sheets)
    return sorted(made, key=lambda one: order.index(one.source))


def _sheet_name(sheet: str, tracker: Tracker, made: Sequence[CopiedSheet]) -> str:
    """The name of the tracker's sheet, with a number where it has several: a name of the person's may name anybody."""
    return _unique(sheet if sheet in tracker.aliases else tracker.sheet, {one.name.casefold() for one in made})


def _fill(
    copied: CopiedSheet, tracker: Tracker, table: Table, grid: Grid, layout: Layout, redaction: Redaction
) -> None:
    """The headers, and the values of the tracker's columns that are not private."""
    taken: set[str] = set()
    ours = {layout.id_column, *layout.columns.values()}
    ours_by_name = {ID_HEADER, *(name for one in tracker.columns.values() for name in (one.header, *one.aliases))}
    known = {number: tracker.columns[name].header for name, number in layout.columns.items()}
    for number, header in enumerate(header_line(grid, layout.header_row), 1):
        if header is None:
            continue
        said = show(header) if header in ours_by_name else known.get(number, OWN_COLUMN)  # hers may name anybody
        said = _unique(said, taken)
        copied.values[layout.header_row, number] = said
        copied.listed.add(said)
        if number not in ours:
            copied.emptied.append(show(header))
    indexes = [index for index, sheet in enumerate(table.sheets) if sheet == layout.sheet]
    for name, number in layout.columns.items():
        raw = table.raw(name)
        if tracker.columns[name].private:
            copied.emptied.append(tracker.columns[name].header)
            continue
        listed = redaction.words.of(tracker, name)
        for index in indexes:
            value = redaction.cell(tracker, name, raw[index])
            copied.values[table.rows[index], number] = value
            if isinstance(value, str) and value in listed:
                copied.listed.add(value)


def _unique(header: str, taken: set[str]) -> str:
    """The header, with a number where another one is called the same."""
    name, number = header, 1
    while name.casefold() in taken:
        number += 1
        name = f"{header} {number}"
    taken.add(name.casefold())
    return name


def _is_copied(table: NativeTable, copied: CopiedSheet) -> bool:
    """Whether every column of a native table has a header in the copy."""
    top, left, _, right, _ = table.area
    return all(isinstance(copied.values.get((top, column)), str) for column in range(left, right + 1))


def sheet_xml(file: OpenFile, copied: CopiedSheet, relations: Sequence[str]) -> bytes:
    """The sheet written again: how it looks, and the cells of the copy."""
    xml = file.package.part(file.workbook.sheets[copied.source])
    start, end = sheet_data(xml, copied.source)
    head, tail = xml[:start], xml[end:]
    lines = [
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">',
        f'<sheetViews><sheetView workbookViewId="0">{_one(head, "pane", PANE_WORDS)}</sheetView></sheetViews>',
        _one(head, "sheetFormatPr", FORMAT_WORDS) or '<sheetFormatPr defaultRowHeight="15"/>',
        _all(head, "col", "cols", COLUMN_WORDS),
        "<sheetData>",
        *_rows(xml, start, end, copied.values, file.workbook.since_1904),
        "</sheetData>",
        _all(tail, "mergeCell", "mergeCells", ("ref",)),
        _one(tail, "pageMargins", ("left", "right", "top", "bottom", "header", "footer")),
        _one(tail, "pageSetup", PAGE_WORDS),
    ]
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = "".join(f'<tablePart xmlns:r="{office}" r:id="{one}"/>' for one in relations)
    lines.append(f'<tableParts count="{len(relations)}">{parts}</tableParts>' if relations else "")
    return "".join([*lines, "</worksheet>"]).encode()


def _rows(xml: bytes, start: int, end: int, values: Mapping[tuple[int, int], Value], since_1904: bool) -> list[str]:
    """The rows with the styles of all their cells, and the values of the copy."""
    pieces = []
    for row in rows(xml, start, end, empty=True):
        words = attributes(xml[row.start : row.cells])
        kept = "".join(f' {name}="{escape(words[name])}"' for name in ROW_WORDS if safe(words.get(name, "")))
        line = []
        for cell in cells(xml[row.cells : row.cells_end]):
            style = cell.attributes.get("s", "0")
            value = values.get((row.number, cell.column))
            kind, inner = ("", "") if value is None else content(storable(value, since_1904), since_1904)
            if inner or style != "0":
                mark = f' s="{int(style)}"' if style != "0" else ""
                line.append(f'<c r="{cell_name(row.number, cell.column)}"{mark}{kind}>{inner}</c>')
        pieces.append(f'<row r="{row.number}"{kept}>{"".join(line)}</row>')
    return pieces


def _one(xml: bytes, name: str, words: Sequence[str]) -> str:
    """An element with these of its attributes; "" where there is none."""
    found = element(name).search(xml)
    return _with(found[1], name, words) if found else ""


def _all(xml: bytes, name: str, parent: str, words: Sequence[str]) -> str:
    """All elements of a name, with these of their attributes, in their parent."""
    made = [_with(found[1], name, words) for found in element(name).finditer(xml)]
    return f"<{parent}>{''.join(made)}</{parent}>" if made else ""


def _with(tag: bytes, name: str, words: Sequence[str]) -> str:
    known = attributes(tag)
    return (
        f"<{name}" + "".join(f' {word}="{escape(known[word])}"' for word in words if safe(known.get(word, ""))) + "/>"
    )


def table_area(table: NativeTable) -> str:
    """Where a native table lies in the copy: without its row of totals."""
    top, left, bottom, right, _ = table.area
    return area_text(top, left, bottom, right)
