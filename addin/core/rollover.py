"""Which rows go on into the next session and which are archived: a plan from tables; `actions` carries it out.

Candidates whose session is over graduate, and with them every row about them; rows of that session alone (exams,
materials, dates) are archived too. Staff, inventory, policies, professional development and all else stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from addin.core.book import Value
from addin.core.ib.session import Session, parse
from addin.core.records import field, record
from addin.core.regex import regex
from addin.core.tables.table import Table
from addin.core.tables.values import is_number, show
from addin.core.trackers import Tracker

CODE = "candidates.code"
LAST_MYP_YEAR = 5
_NUMBER = regex(r"^(\D*)(\d{1,2})(\D*)$")


@record
class Moves:
    """Of one tracker: the indexes of the rows that stay and of those that are archived, and new values of columns."""

    kept: list[int] = field(default_factory=list)
    archived: list[int] = field(default_factory=list)
    changed: dict[tuple[int, str], str | int] = field(default_factory=dict)
    """(index, column) -> the new value."""


def plan_rollover(trackers: Mapping[str, Tracker], tables: Mapping[str, Table], session: Session) -> dict[str, Moves]:
    """What happens to each row when this session is over."""
    graduates = _graduates(tables.get("candidates"), session)
    found = {}
    for name, table in tables.items():
        over = _over(trackers[name], table, session, graduates)
        moves = Moves()
        for index in range(len(table)):
            (moves.archived if over(index) else moves.kept).append(index)
        moves.changed.update(_next_year(name, table, moves.kept))
        found[name] = moves
    return found


def next_session(tables: Mapping[str, Table], session: Session) -> Session:
    """The session of those who stay, the next first; without any, the same month a year later."""
    table = tables.get("candidates")
    known = [parse(show(value)) for value in table.columns["session"]] if table else []
    later = [one for one in known if one and session < one]
    return min(later) if later else Session(session.year + 1, session.month)


def _graduates(candidates: Table | None, session: Session) -> frozenset[str]:
    if candidates is None:
        return frozenset()
    pairs = zip(candidates.columns["code"], candidates.columns["session"], strict=True)
    done = {show(code).strip() for code, value in pairs if code and _is_done(value, session)}
    return frozenset(done)


def _is_done(value: Value, session: Session) -> bool:
    found = parse(show(value))
    return found is not None and not session < found


def _over(tracker: Tracker, table: Table, session: Session, graduates: frozenset[str]) -> Callable[[int], bool]:
    """The predicate that says of a row's index whether the row is archived."""
    columns = table.columns
    codes = [name for name, column in tracker.columns.items() if column.words.get("exists_in") == CODE]
    code = "code" if tracker.name == "candidates" else codes[0] if codes else ""
    if tracker.name == "pyp":
        return lambda index: True
    if tracker.name == "myp":
        return lambda index: is_number(year := columns["year"][index]) and year >= LAST_MYP_YEAR
    if code:
        return lambda index: show(columns[code][index]).strip() in graduates
    if "session" in columns:
        return lambda index: _is_done(columns["session"][index], session)
    return lambda index: False


def _next_year(name: str, table: Table, kept: list[int]) -> dict[tuple[int, str], str | int]:
    """Year 1 becomes year 2: of the students who stay."""
    changed: dict[tuple[int, str], str | int] = {}
    for index in kept:
        if name == "candidates":
            match = _NUMBER.match(show(table.columns["year_group"][index]).strip())
            if match:
                changed[index, "year_group"] = f"{match[1]}{int(match[2]) + 1}{match[3]}"
        elif name == "myp" and is_number(year := table.columns["year"][index]):
            changed[index, "year"] = int(year) + 1
    return changed
