"""The numbers at the top of Home: each a live formula, with the same number in Python stored beside it.

A tile whose tracker is not in the workbook is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from addin.core.a1 import letters, quoted
from addin.core.book import Value
from addin.core.checks.context import WorkbookContext
from addin.core.checks.summary import Line
from addin.core.trackers import View
from addin.templates import views
from addin.templates.plan import FIRST_ROW, Plan

Summaries = Mapping[tuple[str, str], Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Tile:
    """What it counts, how a sheet counts it, and what it comes to."""

    label: str
    formula: str
    value: int
    note: str


def tiles(plan: Plan, context: WorkbookContext, summaries: Summaries) -> list[Tile]:
    """The tiles of a workbook, without the overdue one: Home adds up its own column for that."""
    found = list(_candidates(plan, context))
    if not found:
        found = list(_students(plan, context))
    cas = _behind(plan, context, summaries)
    workshops = _workshops(plan, context, summaries)
    return [*found, *([cas] if cas else []), *([workshops] if workshops else [])]


def _rows(context: WorkbookContext, tracker: str, keep: Callable[[Mapping[str, Value]], bool]) -> int:
    table = context.tables.get(tracker)
    if table is None:
        return 0
    return sum(keep(table.row(index)) for index in range(len(table)))


def _is_here(row: Mapping[str, Value], today: date) -> bool:
    left = row.get("left")
    day = left.date() if isinstance(left, datetime) else left
    return not isinstance(day, date) or day > today


def _is_over(value: Value, today: date) -> bool:
    day = value.date() if isinstance(value, datetime) else value
    return isinstance(day, date) and day <= today


def _candidates(plan: Plan, context: WorkbookContext) -> Iterator[Tile]:
    if "candidates" not in plan.places or plan.settings.programme == "pyp":
        return  # a PYP workbook has no exam session to count by
    place, session, today = plan.places["candidates"], str(plan.setting("session") or ""), context.settings.today
    whole = place.whole
    base = f"{whole('session')},session"

    def counted(more: str) -> str:
        return "+".join(f"COUNTIFS({base}{more},{whole('left')},{left})" for left in ('""', '">"&TODAY()'))

    here = _rows(context, "candidates", lambda row: row["session"] == session and _is_here(row, today))
    yield Tile(plan.say("Candidates"), counted(""), here, plan.say("this session"))
    registered = _rows(
        context,
        "candidates",
        lambda row: row["session"] == session and _is_here(row, today) and row["registered"] is True,
    )
    yes = "+".join(counted(f",{whole('registered')},{value}") for value in (plan.quote("Yes"), "TRUE"))
    yield Tile(plan.say("Registered"), yes, registered, plan.say("of these"))


def _students(plan: Plan, context: WorkbookContext) -> Iterator[Tile]:
    for name, label, second, words in (
        ("myp", "Students", "report", "Reports handed in"),
        ("pyp", "Pupils", "presented", "Presented"),
    ):
        if name not in plan.places:
            continue
        place = plan.places[name]
        first = f'COUNTIFS({place.below("student", 1_000_000)},"<>")'
        there = _rows(context, name, lambda row: bool(row["student"]))
        yield Tile(plan.say(label), first, there, plan.say("on the sheet"))
        done = f'COUNTIFS({place.below(second, 1_000_000)},"<="&TODAY())'  # a day that is planned is not done
        ready = _rows(context, name, lambda row, day=second: _is_over(row[day], context.settings.today))  # type: ignore[misc]
        yield Tile(plan.say(words), done, ready, plan.say("of these"))


def area_of(plan: Plan, summaries: Summaries, tracker: str, view: View, column: str) -> str:
    """A column of a view's own sheet: its line's value, what is shown, or a measure."""
    number = views.columns_of(view).index(column) + 1
    last = FIRST_ROW + views.lines_of(plan, view, len(summaries[tracker, view.name])) - 1
    letter = letters(number)
    return f"{quoted(plan.views[tracker, view.name])}!${letter}${FIRST_ROW}:${letter}${last}"


def view_of(plan: Plan, tracker: str, name: str) -> View | None:
    """A view of the workbook; None where it is not in it."""
    if (tracker, name) not in plan.views:
        return None
    return next(view for view in plan.trackers[tracker].views if view.name == name)


def behind_formula(plan: Plan, summaries: Summaries, more: str = "") -> str:
    """How many Diploma candidates of the session lag behind in CAS; `more` are further criteria of COUNTIFS."""
    view = view_of(plan, "cas", "cas_progress")
    assert view is not None
    session, category, left, behind = (
        area_of(plan, summaries, "cas", view, column)
        for column in ("candidates.session", "candidates.category", "candidates.left", "behind")
    )
    base = f'{session},session,{category},"D",{behind},{plan.quote("Yes")}{more}'
    return "+".join(f"COUNTIFS({base},{left},{value})" for value in ('""', '">"&TODAY()'))


def is_counted(line: Line, plan: Plan, today: date) -> bool:
    """Whether a line of CAS progress is a Diploma candidate of the session who is still here."""
    shown = line.shown
    return (
        shown["candidates.session"] == str(plan.setting("session") or "")
        and shown["candidates.category"] == "D"
        and _is_here({"left": shown["candidates.left"]}, today)
    )


def _behind(plan: Plan, context: WorkbookContext, summaries: Summaries) -> Tile | None:
    if view_of(plan, "cas", "cas_progress") is None:
        return None
    today = context.settings.today
    lines = [line for line in summaries["cas", "cas_progress"] if is_counted(line, plan, today)]
    behind = sum(line.measures["behind"] is True for line in lines)
    return Tile(plan.say("Behind in CAS"), behind_formula(plan, summaries), behind, plan.say("Diploma candidates"))


def _workshops(plan: Plan, context: WorkbookContext, summaries: Summaries) -> Tile | None:
    """People on Staff with a role who have no workshop, or whose next one is due, and none is planned."""
    view = view_of(plan, "pd", "staff_pd")
    if view is None:
        return None
    who, roles, left, attended, planned, due = (
        area_of(plan, summaries, "pd", view, column)
        for column in ("staff.name", "staff.roles", "staff.left", "attended", "planned", "due")
    )
    here = f'({who}<>"")*({roles}<>"")*(({left}="")+ISNUMBER({left})*({left}>TODAY()))'
    open_ = f"({planned}=0)*((({attended}=0)+ISNUMBER({due})*({due}<=TODAY()))>0)"
    today = context.settings.today
    value = sum(_needs_workshop(line, today) for line in summaries["pd", "staff_pd"])
    return Tile(plan.say("Workshops due"), f"SUMPRODUCT({here}*{open_})", value, plan.say("people"))


def _needs_workshop(line: Line, today: date) -> bool:
    if not line.shown["staff.roles"] or not _is_here({"left": line.shown["staff.left"]}, today):
        return False
    due = line.measures["due"]
    is_due = isinstance(due, date) and (due.date() if isinstance(due, datetime) else due) <= today
    return line.measures["planned"] == 0 and (line.measures["attended"] == 0 or is_due)
