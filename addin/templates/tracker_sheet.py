"""One tracker as a sheet: title, what it is for, and a native table with its checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from addin.core.a1 import letters
from addin.core.book import Value
from addin.core.tables.values import show
from addin.core.text_width import lines_of
from addin.core.trackers import ID_HEADER, Column, Tracker
from addin.templates import Rows, navigation
from addin.templates.arrangement import folded
from addin.templates.cells import cached, put
from addin.templates.columns import marks, refused, validation
from addin.templates.look import ID_WIDTH, RIGHT, TABS, Look, is_wrapped, sides, width
from addin.templates.plan import FIRST_ROW, HEADER_ROW, Place, Plan
from addin.templates.rules_native import Native

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TABLE_STYLE = "Table Style Light 1"
_ROW_OF_ONE = 1
"""A native table needs one row, also when nothing has been entered yet."""


def write(sheet: Worksheet, look: Look, plan: Plan, tracker: Tracker, rows: Rows, ids: Sequence[str]) -> None:
    """Fill one tracker's sheet; `rows` are those of all trackers, since calculated columns look into others."""
    place = plan.places[tracker.name]
    _columns(sheet, look, tracker)
    _heading(sheet, look, tracker, place)
    _table(sheet, look, plan, tracker, place.rows)
    _rows(sheet, look, plan, tracker, rows, ids)
    _checks(sheet, look, plan, tracker)
    _page(sheet, tracker, place)


def _columns(sheet: Worksheet, look: Look, tracker: Tracker) -> None:
    away, closed = folded(tracker), False
    for number, (column, before) in enumerate(_side_by_side(tracker)):
        hidden = column.name in away
        options = {"level": 1, "hidden": True} if hidden else {"collapsed": closed}
        sheet.set_column(number, number, width(column), look.cells(column, before), options)
        closed = hidden
    last = len(tracker.columns)
    sheet.set_column(last, last, ID_WIDTH, look("id"), {"collapsed": closed})


def _side_by_side(tracker: Tracker) -> Iterator[tuple[Column, Column | None]]:
    """Each column with the one that is seen to the left of it."""
    away, before = folded(tracker), None
    for column in tracker.columns.values():
        yield column, before
        before = column if column.name not in away else before


def _heading(sheet: Worksheet, look: Look, tracker: Tracker, place: Place) -> None:
    sheet.set_row(0, 27, look("title"))
    sheet.set_row(1, 18, look("plain"))
    sheet.set_row(2, 6, look("plain"))
    sheet.write_string(0, 0, tracker.title, look("title"))
    sheet.write_string(1, navigation.TARGETS, tracker.about, look("plain", font_color="#52606D"))
    away = folded(tracker)
    lines = min(4, max(_header_lines(c) for c in tracker.columns.values() if c.name not in away))
    sheet.set_row(HEADER_ROW - 1, _HEADER_HEIGHTS.get(lines, LINE * lines + 4))
    sheet.freeze_panes(HEADER_ROW, _frozen(tracker))


def _header_lines(column: Column) -> int:
    """How many lines a header takes, in bold: two where it comes close to the filter's arrow."""
    room = width(column) - (3 if column.type in RIGHT else 1)
    return max(lines_of(column.header, room / _BOLD), 1 + (len(column.header) + 3 > width(column)))


_BOLD = 1.1
"""How much wider bold letters are."""
_HEADER_HEIGHTS = {1: 24, 2: 34}
"""Points."""
LINE = 15
"""The height of a row of one line, in points."""
FROZEN = 64
"""Characters of a screen that frozen columns may take."""


def _frozen(tracker: Tracker) -> int:
    """How many columns stay in sight: the first of the key and the names beside it, where they are narrow enough."""
    wanted = {*tracker.key[:1], "last_name", "first_names"}
    columns = list(tracker.columns)
    last = max((at for at, name in enumerate(columns[:4], 1) if name in wanted), default=1)
    while last > 1 and sum(width(column) for column in list(tracker.columns.values())[:last]) > FROZEN:
        last -= 1
    return last


def _table(sheet: Worksheet, look: Look, plan: Plan, tracker: Tracker, rows: int) -> None:
    headers: list[dict[str, Any]] = []
    for column, before in _side_by_side(tracker):
        style = look(_header_style(tracker, column), **sides(column, before, arrow=True))
        header: dict[str, Any] = {"header": column.header, "header_format": style}
        if column.calculated and (formula := looked_up(plan, tracker, column)):
            header["formula"] = formula
        headers.append(header)
    headers.append({"header": ID_HEADER, "header_format": look("id_header")})
    sheet.add_table(
        HEADER_ROW - 1,
        0,
        HEADER_ROW - 1 + max(rows, _ROW_OF_ONE),
        len(headers) - 1,
        {"name": plan.places[tracker.name].table, "columns": headers, "style": _TABLE_STYLE},
    )


def _header_style(tracker: Tracker, column: Column) -> str:
    if column.calculated:
        return "derived"
    return "needed" if column.words.get("required") or column.name in tracker.key else "header"


def looked_up(plan: Plan, tracker: Tracker, column: Column) -> str | None:
    """The formula of a calculated column; None where the other tracker is not in this workbook."""
    name, _, wanted = column.look_up.partition(".")
    other = plan.trackers.get(name)
    if other is None or not other.key:
        return None
    place = plan.places[name]
    by = tracker.columns[column.by].header
    this = f"{plan.places[tracker.name].table}[[#This Row],[{_escaped(by)}]]"
    found = f"INDEX({place.whole(wanted)},MATCH({this},{place.whole(other.key[0])},0))"
    # A blank cell that is looked up would show as 0.
    return f'=IFERROR(IF({found}="","",{found}),"")'


def _escaped(header: str) -> str:
    return "".join("'" + sign if sign in "[]#'@" else sign for sign in header)


def known_values(plan: Plan, tracker: Tracker, all_rows: Rows) -> dict[str, dict[Value, Value]]:
    """For each calculated column what its formula will find, so that readers that calculate nothing see it too."""
    found: dict[str, dict[Value, Value]] = {}
    for column in tracker.columns.values():
        name, _, wanted = column.look_up.partition(".")
        if column.calculated and looked_up(plan, tracker, column):
            key = plan.trackers[name].key[0]
            found[column.name] = {row.get(key): row.get(wanted) for row in reversed(all_rows.get(name, ()))}
    return found


def _rows(sheet: Worksheet, look: Look, plan: Plan, tracker: Tracker, all_rows: Rows, ids: Sequence[str]) -> None:
    rows, found = all_rows.get(tracker.name, ()), known_values(plan, tracker, all_rows)
    columns = list(enumerate(tracker.columns.values()))
    formats = {column.name: look.cells(column, before) for column, before in _side_by_side(tracker)}
    typed = [(place, column.name) for place, column in columns if not column.calculated]
    derived = [
        (place, c, looked_up(plan, tracker, c), known)
        for place, c in columns
        if (known := found.get(c.name)) is not None
    ]
    for number, row in enumerate(rows or [{}]):
        at = FIRST_ROW - 1 + number
        if (lines := _lines(tracker, row)) > 1:
            sheet.set_row(at, LINE * lines)
        for place, name in typed:
            put(sheet, at, place, row.get(name), formats[name])
        for place, column, formula, known in derived:
            result = cached(known.get(row.get(column.by)) if row.get(column.by) is not None else None)
            sheet.write_formula(at, place, formula, formats[column.name], result)
        if number < len(ids):
            sheet.write_string(at, len(columns), ids[number], look("id"))


def _lines(tracker: Tracker, row: Mapping[str, Value]) -> int:
    """How many lines a row needs for its wrapped texts; not every program finds out by itself when it opens a file."""
    away = folded(tracker)
    seen = (c for c in tracker.columns.values() if is_wrapped(c) and c.name not in away)
    wrapped = ((show(row.get(c.name)), width(c)) for c in seen)
    return max((lines_of(words, wide) for words, wide in wrapped), default=1)


def _checks(sheet: Worksheet, look: Look, plan: Plan, tracker: Tracker) -> None:
    native = Native(plan, tracker)
    place = native.place
    for column in tracker.columns.values():
        number = place.columns[column.name] - 1
        if column.calculated:
            continue
        options = validation(native, column)
        if options["validate"] != "any" or "input_message" in options:
            sheet.data_validation(FIRST_ROW - 1, number, place.last - 1, number, options)
    sheet.data_validation(
        FIRST_ROW - 1, place.id_column - 1, place.last - 1, place.id_column - 1, refused(plan.language)
    )
    for mark in marks(native):
        number = place.columns[mark.column] - 1
        sheet.conditional_format(
            FIRST_ROW - 1,
            number,
            place.last - 1,
            number,
            {"type": "formula", "criteria": f"={mark.formula}", "format": look(mark.look), "stop_if_true": True},
        )


def _page(sheet: Worksheet, tracker: Tracker, place: Place) -> None:
    sheet.set_tab_color(TABS["tracker"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.set_header(f"&L&B{tracker.title.replace('&', '&&')}")
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer(f"&L{tracker.title.replace('&', '&&')}&C&P / &N&R&D")
    # Codes are texts of digits on purpose: no green corners about them.
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:{letters(place.id_column)}{place.last}"})
