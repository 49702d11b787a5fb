"""The whole workbook, sheet by sheet: Home, trackers, views, deadlines, findings, lists."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.checks.context import WorkbookContext
from addin.core.checks.marks import HEADERS
from addin.core.checks.summary import Line, summarise
from addin.core.settings import Settings
from addin.core.tables.layout import Layout
from addin.core.tables.table import Table
from addin.core.tables.values import read_column
from addin.core.trackers import Tracker
from addin.errors import BookProblem, file_problem
from addin.templates import (
    Ids,
    Rows,
    calculations,
    deadlines_sheet,
    findings_sheet,
    home,
    lists_sheet,
    navigation,
    register_sheet,
    settings_sheet,
    tracker_sheet,
    views,
    views_sheet,
    week,
)
from addin.templates.look import FONT, Look
from addin.templates.plan import (
    CALCULATIONS,
    DEADLINES,
    FINDINGS,
    FIRST_ROW,
    HEADER_ROW,
    HOME,
    LISTS,
    REGISTER,
    SETTINGS,
    VIEWS,
    Plan,
    plan,
)
from addin.templates.seasons import by_season

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from addin.templates.plain_sheet import PlainSheet

BUILT = datetime(2026, 1, 1)
"""A fixed date, so that a build says nothing about when it ran."""
BUTTONS = ("validate", "next_problem", "fix", "import", "export")
STOCK = ("lend", "give_back", "count")
HOME_BUTTONS = (
    "validate",
    "next_problem",
    "fix",
    "undo",
    "export",
    "report",
    "remind",
    "share",
    "sync",
    "roll_over",
    "help",
)
"""On Home, one a column."""
HOME_BUTTON_WIDTH = 110


def write(path: Path, trackers: Mapping[str, Tracker], settings: Settings, rows: Rows, ids: Ids) -> None:
    """Build the workbook and put it in its place in one step."""
    macros = path.suffix.lower() == ".xlsm"
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise BookProblem("a new workbook is an .xlsx or, with buttons, an .xlsm file.", where=str(path))
    half_done = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        half_done.touch(mode=0o600)
        half_done.write_bytes(made(plan(trackers, settings, rows), rows, ids, macros=macros))
        if macros:
            from addin.templates.macros.workbook import finish

            finish(half_done, language=settings.written)
            half_done.chmod(0o600)
        half_done.replace(path)
    except OSError as error:
        raise file_problem(error, path) from None
    finally:
        with suppress(OSError):  # where nothing may be written, there is nothing to take away
            half_done.unlink(missing_ok=True)


def made(to_build: Plan, rows: Rows, ids: Ids, *, macros: bool = False) -> bytes:
    """The workbook's bytes (a macro workbook still without its ribbon)."""
    import xlsxwriter

    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"title": "IB Trackers", "comments": "Made by IB Trackers", "created": BUILT})
    book.set_size(2400, 1400)
    book.formats[0].set_font_name(FONT)
    _sheets(book, to_build, rows, ids, macros)
    if macros:
        from addin.templates.macros.workbook import add_macros

        add_macros(book, book.worksheets(), to_build.language)
    book.close()
    return data.getvalue()


def _sheets(book: Workbook, to_build: Plan, rows: Rows, ids: Ids, macros: bool) -> None:
    from addin.templates.plain_sheet import PlainSheet

    look = Look(book, to_build.language.date_format)
    context = WorkbookContext(to_build.trackers, tables(to_build.trackers, rows), to_build.settings, as_typed=True)
    summaries = _summaries(to_build, context)
    visible, hidden = _visible(to_build), [*to_build.views.values(), LISTS, CALCULATIONS]
    sheets = {name: book.add_worksheet(to_build.called(name), PlainSheet) for name in [*visible, *hidden]}
    home.write(book, sheets[HOME], look, to_build, context, summaries, macros)
    settings_sheet.write(book, sheets[SETTINGS], look, to_build)
    for name, tracker in to_build.trackers.items():
        tracker_sheet.write(sheets[tracker.sheet], look, to_build, tracker, rows, ids.get(name, ()))
    _views(book, sheets, look, to_build, summaries)
    if REGISTER in sheets:
        register_sheet.write(sheets[REGISTER], look, to_build, buttons=macros)
    if DEADLINES in sheets:
        deadlines_sheet.write(sheets[DEADLINES], look, to_build, to_build.lists["deadlines"])
    findings_sheet.write(sheets[FINDINGS], look, to_build.language)
    lists_sheet.write(sheets[LISTS], look, to_build)
    _calculations(sheets[CALCULATIONS], book, look, to_build, summaries)
    lists_sheet.define_names(book, to_build)
    for name in visible:
        if name == FINDINGS:
            beside = range(len(HEADERS), len(HEADERS) + navigation.TARGETS)
            navigation.write(sheets[name], look, name, visible, beside, to_build.called, row=1)
        elif name != HOME:
            navigation.write(sheets[name], look, name, visible, called=to_build.called)
    if macros:
        _buttons(sheets, to_build)


def _views(
    book: Workbook,
    sheets: Mapping[str, PlainSheet],
    look: Look,
    to_build: Plan,
    summaries: Mapping[tuple[str, str], list[Line]],
) -> None:
    for (name, view_name), title in to_build.views.items():
        tracker = to_build.trackers[name]
        view = next(view for view in tracker.views if view.name == view_name)
        views.write(sheets[title], look, to_build, tracker, view, summaries[name, view_name])
    if VIEWS in sheets:
        views_sheet.write(book, sheets[VIEWS], look, to_build, summaries)


def _buttons(sheets: Mapping[str, PlainSheet], to_build: Plan) -> None:
    from addin.templates.macros.workbook import add_buttons

    for column, action in enumerate(HOME_BUTTONS, 1):
        add_buttons(sheets[HOME], home.BUTTONS_ROW - 1, column, [action], HOME_BUTTON_WIDTH)
    for tracker in to_build.trackers.values():
        sheets[tracker.sheet].set_row(2, 30)
        add_buttons(sheets[tracker.sheet], 2, 0, (*BUTTONS, *(STOCK if tracker.name == "inventory" else ())))
    if REGISTER in sheets:
        add_buttons(sheets[REGISTER], register_sheet.BUTTON_ROW - 1, 0, ["register_candidate"])


def _visible(to_build: Plan) -> list[str]:
    """The tabs a person sees, in order; the hidden ones come behind them."""
    seasons = by_season(to_build.trackers.values())
    own = [tracker.sheet for trackers in seasons.values() for tracker in trackers]
    index = [VIEWS] if to_build.views else []
    dates = [DEADLINES] if deadlines_sheet.wanted(to_build) else []
    forms = [REGISTER] if register_sheet.wanted(to_build) else []
    return [HOME, *forms, *own, *index, *dates, FINDINGS, SETTINGS]


def _calculations(
    sheet: PlainSheet, book: Workbook, look: Look, to_build: Plan, summaries: Mapping[tuple[str, str], list[Line]]
) -> None:
    calculations.start(sheet, look)
    for tracker, view in calculations.shown(to_build):
        lines = views.lines_of(to_build, view, len(summaries[tracker.name, view.name]))
        gathered = not views.is_line_by_row(to_build, view)
        calculations.write(sheet, look, to_build, tracker, view, lines, gathered)
    calculations.join(sheet, book, to_build)
    week.write(sheet, book, to_build)
    calculations.define_names(book, to_build, week.names(to_build))


def _summaries(to_build: Plan, context: WorkbookContext) -> dict[tuple[str, str], list[Line]]:
    """The lines of all views in Python, stored beside the formulas for readers that calculate nothing."""
    return {
        (name, view.name): summarise(tracker, view, context)
        for name, tracker in to_build.trackers.items()
        for view in tracker.views
        if (name, view.name) in to_build.views
    }


def tables(trackers: Mapping[str, Tracker], rows: Rows) -> dict[str, Table]:
    """The rows as tables, read as if they were in the workbook already."""
    found = {}
    for name, tracker in trackers.items():
        held = rows.get(name, ())
        place = plan({name: tracker}, Settings(), {}).places[name]
        layout = Layout(tracker.sheet, HEADER_ROW, place.columns, {}, place.id_column)
        numbers = list(range(FIRST_ROW, FIRST_ROW + len(held)))
        sheets = [tracker.sheet] * len(held)
        table = Table(name, {}, numbers, [""] * len(held), sheets, {tracker.sheet: layout})
        for column in tracker.columns.values():
            values, odd = read_column([row.get(column.name) for row in held], column.type)
            table.columns[column.name] = values
            if odd:
                table.odd[column.name] = odd
        found[name] = table
    return found
