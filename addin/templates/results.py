"""What the formulas of a workbook's own sheets come to, worked out in Python from the rows of its trackers.

The sheets are built again in memory, and each formula of the workbook that is also in these takes its result. A
formula that a person changed, or that an older version wrote, is in none of them, so nothing is said about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO

from addin.core.book import Cell, Grid, Value
from addin.core.checks.context import WorkbookContext
from addin.core.checks.summary import summarise
from addin.core.regex import regex
from addin.core.settings import Settings
from addin.core.tables.table import Table
from addin.core.trackers import Tracker
from addin.errors import Problem
from addin.templates.plan import DEADLINES, FIRST_ROW, HOME, VIEWS, Plan, plan

_ROW = regex(r"(?<=[A-Z$])\d+")
Built = tuple[int, int, str, Value]
"""Row, column, formula without row numbers, result."""


def results(
    trackers: Mapping[str, Tracker], tables: Mapping[str, Table], settings: Settings, grids: Mapping[str, Grid]
) -> dict[Cell, Value]:
    """The results that are known, of those of our sheets that `grids` holds."""
    found: dict[Cell, Value] = {}
    with suppress(Problem, LookupError, TypeError):  # a workbook that lacks a column of ours: nothing is known
        for sheet, built in _built(trackers, tables, settings, grids):
            by_line = sheet not in (HOME, DEADLINES, VIEWS)
            known = _line_by_line(grids[sheet], built) if by_line else _one_by_one(grids[sheet], built)
            found.update({(sheet, row, column): value for (row, column), value in known})
    return found


def view_sheets(trackers: Mapping[str, Tracker], tables: Mapping[str, Table], settings: Settings) -> list[str]:
    """The names of the sheets that hold the views of these trackers."""
    with suppress(Problem, LookupError, TypeError):
        return list(_plan(trackers, tables, settings).views.values())
    return []


def _plan(trackers: Mapping[str, Tracker], tables: Mapping[str, Table], settings: Settings) -> Plan:
    return plan(trackers, settings, {name: [{}] * len(table) for name, table in tables.items()})


def _built(
    trackers: Mapping[str, Tracker], tables: Mapping[str, Table], settings: Settings, grids: Mapping[str, Grid]
) -> Iterator[tuple[str, list[Built]]]:
    import xlsxwriter

    from addin.templates import deadlines_sheet, home, views, views_sheet
    from addin.templates.look import Look
    from addin.templates.plain_sheet import PlainSheet

    to_build = _plan(trackers, tables, settings)
    context = WorkbookContext(to_build.trackers, tables, settings, as_typed=True)
    summaries = {
        (name, view_name): summarise(to_build.trackers[name], view, context)
        for name, view_name in to_build.views
        for view in to_build.trackers[name].views
        if view.name == view_name
    }
    book = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
    look = Look(book)
    wanted = [name for name in (HOME, VIEWS, DEADLINES, *to_build.views.values()) if name in grids]
    sheets = {name: book.add_worksheet(name, PlainSheet) for name in wanted}
    if HOME in sheets:
        home.write(book, sheets[HOME], look, to_build, context, summaries, False)
    if VIEWS in sheets and to_build.views:
        views_sheet.write(book, sheets[VIEWS], look, to_build, summaries)
    if DEADLINES in sheets and deadlines_sheet.wanted(to_build):
        deadlines_sheet.write(sheets[DEADLINES], look, to_build, to_build.lists["deadlines"])
    for (name, view_name), title in to_build.views.items():
        if title in sheets:
            view = next(view for view in to_build.trackers[name].views if view.name == view_name)
            views.write(sheets[title], look, to_build, to_build.trackers[name], view, summaries[name, view_name])
    for name, sheet in sheets.items():
        choice = grids[name].value(views_sheet.CHOICE_ROW, views_sheet.CHOICE_COLUMN)
        if name != VIEWS or (to_build.views and choice == views_sheet.chosen_at_first(to_build)):
            yield name, [(row, column, _shape(formula), value) for row, column, formula, value in sheet.results()]


def _shape(formula: str) -> str:
    return _ROW.sub("#", formula.removeprefix("="))


def _one_by_one(grid: Grid, built: list[Built]) -> Iterator[tuple[tuple[int, int], Value]]:
    """Formulas that differ in row numbers alone are taken in their order, where there are as many of them as here."""
    known: dict[tuple[int, str], list[Value]] = defaultdict(list)
    places: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for _, column, shape, value in built:
        if shape:
            known[column, shape].append(value)
    for (row, column), formula in sorted(grid.formulas.items()):
        places[column, _shape(formula)].append((row, column))
    for key, cells in places.items():
        if len(cells) == len(known.get(key, ())):
            yield from zip(cells, known[key], strict=True)


def _line_by_line(grid: Grid, built: list[Built]) -> Iterator[tuple[tuple[int, int], Value]]:
    """The lines of a view: a column whose first formula is the same has the same result in each line."""
    there = {(row, column): value for row, column, _, value in built}
    shapes = {column: shape for row, column, shape, _ in built if row == FIRST_ROW}
    same = {column for column, shape in shapes.items() if _shape(grid.formulas.get((FIRST_ROW, column), "")) == shape}
    last = max((row for row, _ in grid.formulas), default=0)
    last = max([last, *(area.bottom for area in grid.arrays)])
    for row in range(FIRST_ROW, last + 1):
        for column in same:
            yield (row, column), there.get((row, column), "")
