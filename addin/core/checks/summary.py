"""Tables in, progress out: the lines of a view in Python, the same numbers as the formulas in the sheet.

summarise(tracker, view, context)  ->  one Line for each value of the view's `per` column
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from addin.core.book import Value
from addin.core.checks.context import WorkbookContext
from addin.core.checks.measures import groups, measured
from addin.core.language import phrase
from addin.core.tables.values import is_number, show
from addin.core.trackers import Measure, Pace, Tracker, View


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a view: whose it is, what is shown beside it, and its measures."""

    value: Value
    shown: Mapping[str, Value]
    """`tracker.column` -> value of that row."""
    measures: Mapping[str, Value]
    """Measure -> its number or date, True or False for `needs` and `pace`, headers for `lacks`; None for nothing."""
    row: int = 0
    """How far below the headers the row lies that it is about: 1 is the first."""

    def is_complete(self, view: View) -> bool:
        """Whether every aim of the view is reached; a view without aims is never complete."""
        aims = [measure.name for measure in view.columns if measure.needs]
        return bool(aims) and all(self.measures[name] is True for name in aims)


def summarise(tracker: Tracker, view: View, context: WorkbookContext) -> list[Line]:
    """The view's lines, in the order of the rows that they are about; a value that occurs twice has one line.

    `distinct` counts the values that the column may hold: what is in no list is a mistake, not a value more.
    """
    about = _column(context, view.per)
    if about is None or tracker.name not in context.tables:
        return []
    table = context.tables[tracker.name]
    rows: dict[Value, int] = {}
    for index, value in enumerate(about):
        if value is not None and value != "":
            rows.setdefault(value, index)
    found = groups(table.columns[view.match], rows)
    kept = {measure.name: context.matching_rows(table, measure.where) for measure in view.columns}
    lines = []
    for value, row in rows.items():
        shown = {reference: (_column(context, reference) or about)[row] for reference in view.show}
        measured: dict[str, Value] = {}
        asked = is_asked(view, shown, context.settings.today)
        for measure in sorted(view.columns, key=lambda measure: measure.is_asked):  # those compare what is measured
            measured[measure.name] = (
                None
                if measure.is_asked and not asked
                else _reached(measure, measured, context)
                if measure.needs
                else is_behind(measure.pace, measured, shown, context)
                if measure.pace
                else lacking(view, measure, measured, context)
                if measure.lacks
                else _measured(tracker, measure, context, [i for i in found[value] if i in kept[measure.name]])
            )
        in_order = {measure.name: measured[measure.name] for measure in view.columns}
        lines.append(Line(value, shown, in_order, _below_headers(context, view.per, row)))
    return lines


def is_asked(view: View, shown: Mapping[str, Value], today: date) -> bool:
    """Whether the view's aims are asked of a line: it has one of the values of `asked`, and has not left."""
    left = shown.get(view.left)
    day = left.date() if isinstance(left, datetime) else left
    return not (isinstance(day, date) and day <= today) and all(
        show(shown[name]).strip().casefold() in {value.casefold() for value in values}
        for name, values in view.asked.items()
    )


def _below_headers(context: WorkbookContext, reference: str, index: int) -> int:
    """How far below the headers a row of a tracker (or of a list) lies."""
    table = context.tables.get(reference.partition(".")[0])
    layout = table.layouts.get(table.sheets[index]) if table else None
    return table.rows[index] - layout.header_row if table and layout else index + 1


def _column(context: WorkbookContext, reference: str) -> Sequence[Value] | None:
    """The values of `tracker.column` or `lists.list.column`, row by row; None where they are not in the workbook."""
    name, _, column = reference.partition(".")
    if name == "lists":
        which, _, column = column.partition(".")
        return context.list(which).get(column)
    return context.tables[name].columns[column] if name in context.tables else None


def _measured(tracker: Tracker, measure: Measure, context: WorkbookContext, indexes: list[int]) -> Value:
    columns = [context.tables[tracker.name].columns[name] for name in measure.of]
    several = bool(measure.of) and tracker.columns[measure.of[0]].several
    n, seen = measured(measure.measure, columns, indexes, several)
    if measure.measure == "distinct":
        allowed = context.allowed(tracker, measure.of[0])
        return len({show(value) for value in seen} & set(allowed)) if allowed else len(seen)
    value: Value = n
    return value


NOTHING_LACKS = phrase("none")


def lacking(view: View, measure: Measure, measured: Mapping[str, Value], context: WorkbookContext) -> str:
    """The headers of the columns of a line that have not come to their aims, as the sheet lists them."""
    headers = {one.name: one.header for one in view.columns}
    short = (name for name, aim in measure.lacks.items() if not _is_reached(measured[name], context.constant(aim)))
    return ", ".join(headers[name] for name in short) or context.settings.language.say(NOTHING_LACKS)


def _reached(measure: Measure, measured: Mapping[str, Value], context: WorkbookContext) -> bool:
    return all(_is_reached(measured[name], context.constant(aim)) for name, aim in measure.needs.items())


def _is_reached(value: Value, aim: Any) -> bool:
    """Whether a measure has come to its aim; an aim that nobody set is no aim."""
    if aim is None:
        return True
    if isinstance(aim, bool):
        return value is aim
    return is_number(value) and value >= aim


MONTHS_BEFORE = 20
"""A programme of two years begins so many months before its exams."""
DAYS_IN_MONTH = 30.4375


def is_behind(pace: Pace, measured: Mapping[str, Value], shown: Mapping[str, Value], context: WorkbookContext) -> bool:
    """Whether a line has reached a smaller share of its aims than of its time, by more than the slack."""
    from addin.core.ib.session import parse

    session = parse(show(shown[pace.session]))
    months, slack = context.constant(pace.months), context.constant(pace.slack)
    if session is None or not months:
        return False
    begun = _months_earlier(session.starts, MONTHS_BEFORE)
    joined = shown[pace.joined]
    if isinstance(joined, date):
        begun = max(begun, joined.date() if isinstance(joined, datetime) else joined)
    passed = min(1.0, max(0, (context.settings.today - begun).days) / (DAYS_IN_MONTH * months))
    aims = [(measured[name], context.constant(aim)) for name, aim in pace.aims.items()]
    shares = [min(1.0, value / aim) if is_number(value) and aim else 0.0 for value, aim in aims]
    return bool(100 * sum(shares) / len(shares) + (slack or 0) < 100 * passed)


def _months_earlier(day: date, months: int) -> date:
    """The same day so many months earlier; the day is the first of its month."""
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, day.day)
