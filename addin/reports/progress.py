"""Views as grids: how far each aim is reached, who is furthest behind, and what the rest adds up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from addin.core.book import Value
from addin.core.checks.context import World
from addin.core.checks.summary import Line, summarise
from addin.core.tables.values import is_number, show
from addin.core.trackers import Measure, Tracker, View
from addin.reports.dates import as_day
from addin.reports.page import Bar, Grid, Item, on
from addin.reports.redact import CODE, Whole

FEW = 12
"""A view of no more lines is shown whole; a longer one as totals and those furthest behind."""
BEHIND = 8
DIPLOMA = "D"
_NOT_ASKED = "Diploma candidates only: {} others (other categories, or no longer here) are not counted."


def grids(tracker: Tracker, view: View, world: World, copy: Whole) -> Iterator[Grid]:
    """One view, as a head of school wants to see it."""
    lines = summarise(tracker, view, world)
    if not lines:
        return
    aims = aims_of(view, world)
    if aims:
        asked = expected(view, world)
        whole, lines = len(lines), [line for line in lines if asked is None or line.value in asked]
        if not lines:
            return
        left_out = whole - len(lines)
        yield _reached(view, aims, lines, _NOT_ASKED.format(left_out) if left_out else "")
        behind = _behind(view, aims, lines, world, copy)
        if behind:
            yield behind
    elif len(lines) <= FEW:
        yield _all(view, lines, world, copy)
    else:
        yield _totals(view, lines)


def aims_of(view: View, world: World) -> dict[str, float]:
    """Measure -> what it must come to; aims that nobody set are left out."""
    aims: dict[str, float] = {}
    for measure in view.columns:
        for name, aim in measure.needs.items():
            limit = world.constant(aim)
            if is_number(limit) and limit > 0:
                aims[name] = limit
    return aims


def expected(view: View, world: World) -> set[Value] | None:
    """Of whom the aims are asked: the diploma candidates who are still here; None where the view is about others.

    A view has a line for every candidate; of a course candidate nobody asks six subjects, nor CAS.
    """
    if view.per != CODE or "candidates" not in world.tables:
        return None
    table = world.tables["candidates"]
    today = world.settings.today
    gone = [(as_day(day) or today) < today for day in table.columns["left"]]
    return {
        code
        for code, category, left in zip(table.columns["code"], table.columns["category"], gone, strict=True)
        if category == DIPLOMA and not left
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


def _reached(view: View, aims: Mapping[str, float], lines: Sequence[Line], note: str) -> Grid:
    whole = len(lines)
    rows: list[list[Item]] = []
    for name, aim in aims.items():
        there = sum(_is_there(line.measures[name], aim) for line in lines)
        rows.append([header(view, name), show(aim), Bar(there / whole, f"{there} of {whole}", tone(there / whole))])
    there = sum(not missing(line, aims) for line in lines)
    rows.append(["Everything", "", Bar(there / whole, f"{there} of {whole}", tone(there / whole))])
    return Grid(view.title, ("What is asked for", "At least", "Reached by"), rows, (3, 1, 4), frozenset({1}), note)


def _behind(
    view: View, aims: Mapping[str, float], lines: Sequence[Line], world: World, copy: Whole
) -> Grid | None:  # fmt: skip
    behind = sorted((line for line in lines if missing(line, aims)), key=lambda line: -len(missing(line, aims)))
    if not behind:
        return None
    shown = [reference for reference in view.show if _may(reference, world, copy)]
    headers = [_reference_header(view.per, world), *(_reference_header(r, world) for r in shown), "Still missing"]
    rows: list[list[Item]] = []
    for line in behind[:BEHIND]:
        wanting = (f"{header(view, n)} {show(line.measures[n]) or 0} of {show(aims[n])}" for n in missing(line, aims))
        told = (reference_value(r, line.shown[r], world, copy) for r in shown)
        rows.append([reference_value(view.per, line.value, world, copy), *told, ", ".join(wanting)])
    more = len(behind) - len(rows)
    note = f"and {more} more who are not there yet; the sheet lists them all." if more else ""
    widths = (1.4, *(1.4 for _ in shown), 5)
    return Grid(f"{view.title}: furthest behind", headers, rows, widths, note=note)


def _all(view: View, lines: Sequence[Line], world: World, copy: Whole) -> Grid:
    """Every line; counts beside the bar of their share of the first count, where they are a part of it."""
    whole = view.columns[0].name if view.columns[0].measure == "count" and not view.columns[0].where else ""
    rows: list[list[Item]] = []
    for line in lines:
        of = line.measures.get(whole)
        total = of if is_number(of) else 0
        cells = [_cell(measure, line.measures[measure.name], whole, total) for measure in view.columns]
        rows.append([reference_value(view.per, line.value, world, copy), *cells])
    headers = [_reference_header(view.per, world), *(measure.header for measure in view.columns)]
    numbers = frozenset(range(1, len(headers)))
    return Grid(view.title, headers, rows, (2, *(1.2 for _ in view.columns)), numbers)


def _cell(measure: Measure, value: Value, whole: str, total: float) -> Item:
    part = measure.measure == "count" and whole and measure.name != whole and is_number(value) and 0 < total >= value
    if part and is_number(value):
        return Bar(value / total, show(value), "info")
    return _worded(value)


def _totals(view: View, lines: Sequence[Line]) -> Grid:
    rows: list[list[Item]] = [["Lines", len(lines)]]
    for measure in view.columns:
        values = [line.measures[measure.name] for line in lines]
        numbers = [value for value in values if is_number(value)]
        days = [value for value in values if isinstance(value, date)]
        if measure.measure in ("count", "sum"):
            rows.append([measure.header, _worded(sum(numbers))])
        elif days:
            rows.append([measure.header, on(min(days) if measure.measure == "earliest" else max(days))])
    return Grid(view.title, ("In all", ""), rows, (3, 1), frozenset({1}))


def _worded(value: Value) -> Item:
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 1)
    if isinstance(value, date):
        return on(value)
    return value if is_number(value) else show(value)


def _may(reference: str, world: World, copy: Whole) -> bool:
    name, _, column = reference.partition(".")
    return name not in world.trackers or copy.shows(world.trackers[name].columns[column])


def _reference_header(reference: str, world: World) -> str:
    name, _, column = reference.partition(".")
    if reference == CODE:
        return "Candidate"
    return (
        world.trackers[name].columns[column].header if name in world.trackers else reference.rpartition(".")[2].title()
    )


def reference_value(reference: str, value: Value, world: World, copy: Whole) -> str:
    """The value of `tracker.column`, as the copy shows it."""
    name, _, column = reference.partition(".")
    return copy.value(world.trackers[name], column, value) if name in world.trackers else show(value)
