"""Views as grids: how far each aim is reached, who is furthest behind, and what the rest adds up to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from addin.core.book import Value
from addin.core.checks.context import WorkbookContext
from addin.core.checks.summary import Line, summarise
from addin.core.ib.session import parse
from addin.core.tables.values import is_number, show
from addin.core.trackers import Tracker, View
from addin.reports.dates import as_day
from addin.reports.page import Bar, Grid, Item, on
from addin.reports.redact import CODE, FullView

FEW = 12
"""A view of no more lines is shown whole; a longer one as totals and those furthest behind."""
BEHIND = 4
DIPLOMA = "D"
_NOT_ASKED = "Diploma candidates of the session only: {} others are not counted."


def overview(views: Sequence[tuple[Tracker, View]], context: WorkbookContext, copy: FullView) -> list[Grid]:
    """How many of those who are asked have reached everything, view by view, and then who is behind."""
    rows: list[list[Item]] = []
    behind: list[Grid] = []
    left_out = 0
    for tracker, view in views:
        aims, asked, lines = aims_of(view, context), expected(view, context), summarise(tracker, view, context)
        mine = [line for line in lines if asked is None or line.value in asked]
        if not aims or not mine:
            continue
        left_out = max(left_out, len(lines) - len(mine))
        there = sum(not missing(line, aims) for line in mine)
        share = there / len(mine)
        rows.append([view.title, Bar(share, f"{there} of {len(mine)}", tone(share))])
        if grid := _behind(view, aims, mine, context, copy):
            behind.append(grid)
    note = _NOT_ASKED.format(left_out) if left_out else ""
    return [Grid("Progress", ("What", "Complete"), rows, (3, 5), note=note), *behind] if rows else []


def aims_of(view: View, context: WorkbookContext) -> dict[str, float]:
    """Measure -> what it must come to; aims that nobody set are left out."""
    aims: dict[str, float] = {}
    for measure in view.columns:
        for name, aim in measure.needs.items():
            limit = context.constant(aim)
            if is_number(limit) and limit > 0:
                aims[name] = limit
    return aims


def expected(view: View, context: WorkbookContext) -> set[Value] | None:
    """Of whom the aims are asked: the session's diploma candidates who are here; None where the view is about others.

    A view has a line for every candidate; of a course candidate nobody asks six subjects, nor CAS.
    """
    if view.per != CODE or "candidates" not in context.tables:
        return None
    table = context.tables["candidates"]
    today = context.settings.today
    gone = [(as_day(day) or today) < today for day in table.columns["left"]]
    asked = parse(str(context.settings.values.get("session") or ""))
    rows = zip(table.columns["code"], table.columns["category"], table.columns["session"], gone, strict=True)
    return {
        code
        for code, category, session, left in rows
        if category == DIPLOMA and not left and (asked is None or parse(show(session)) == asked)
    }


def missing(line: Line, aims: Mapping[str, float]) -> list[str]:
    """The measures of a line that have not come to their aims."""
    return [name for name, aim in aims.items() if not _is_there(line.measures[name], aim)]


def _is_there(value: Value, aim: float) -> bool:
    return is_number(value) and value >= aim


def header(view: View, name: str) -> str:
    """A measure's header."""
    return next(measure.header for measure in view.columns if measure.name == name)


def tone(share: float) -> str:
    """The colour of a part that is reached."""
    return "good" if share >= 0.999 else "info" if share >= 0.5 else "warning"


def _behind(
    view: View, aims: Mapping[str, float], lines: Sequence[Line], context: WorkbookContext, copy: FullView
) -> Grid | None:
    pace = next((measure.name for measure in view.columns if measure.pace), "")
    late = [line for line in lines if missing(line, aims) and (not pace or line.measures[pace] is True)]
    behind = sorted(late, key=lambda line: -len(missing(line, aims)))
    if not behind:
        return None
    shown = [reference for reference in view.show if _may(reference, context, copy) and _names(reference)]
    headers = [_reference_header(view.per, context), *(_reference_header(r, context) for r in shown), "Still missing"]
    rows: list[list[Item]] = []
    for line in behind[:BEHIND]:
        lacks = (wanting(view, name, line.measures[name], aims[name]) for name in missing(line, aims))
        values = (reference_value(r, line.shown[r], context, copy) for r in shown)
        rows.append([reference_value(view.per, line.value, context, copy), *values, ", ".join(lacks)])
    more = len(behind) - len(rows)
    note = f"and {more} more." if more else ""
    widths = (1.4, *(1.4 for _ in shown), 5)
    return Grid(f"{view.title}: {'behind for the date' if pace else 'not complete'}", headers, rows, widths, note=note)


def _worded(value: Value) -> Item:
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 1)
    if isinstance(value, date):
        return on(value)
    return value if is_number(value) else show(value)


def wanting(view: View, name: str, value: Value, aim: float) -> str:
    """What is missing of one aim: `Service`, or `Outcomes 2 of 7`."""
    words = re.sub(r" \(of \d+\)$", "", header(view, name))
    return words if aim == 1 else f"{words} {show(value) or 0} of {show(aim)}"


def _names(reference: str) -> bool:
    """Whether a shown column says who somebody is; those of the session are alike in all the rest."""
    return reference.rpartition(".")[2] in ("last_name", "first_names", "adviser")


def _may(reference: str, context: WorkbookContext, copy: FullView) -> bool:
    name, _, column = reference.partition(".")
    return name not in context.trackers or copy.shows(context.trackers[name].columns[column])


def _reference_header(reference: str, context: WorkbookContext) -> str:
    name, _, column = reference.partition(".")
    if reference == CODE:
        return "Candidate"
    return (
        context.trackers[name].columns[column].header
        if name in context.trackers
        else reference.rpartition(".")[2].title()
    )


def reference_value(reference: str, value: Value, context: WorkbookContext, copy: FullView) -> str:
    """The value of `tracker.column`, as the copy shows it."""
    name, _, column = reference.partition(".")
    return copy.value(context.trackers[name], column, value) if name in context.trackers else show(value)
