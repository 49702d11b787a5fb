"""Who is missing what: each candidate and each colleague against what the year asks of them.

A requirement is a column only where its tracker is in use. Nothing here is a new rule: the numbers are those of the
trackers' settings and views; a matrix only puts them side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from addin.core.ib import Row, RuleContext, cas
from addin.core.ib.days import day
from addin.core.ib.people import Candidates, by_candidate, has_left, people, session_of, taken_by
from addin.core.ib.session import parse
from addin.core.tables.equality import fold

DONE, OPEN, LATE, NONE = "done", "open", "late", "none"
"""States of a cell; `none` is not asked of this person."""


class Cell(NamedTuple):
    """One requirement of one person: its state, and in a few words how far it is."""

    state: str
    words: str


class Line(NamedTuple):
    """One person: key, name, what the list is sorted by, and a cell for each requirement."""

    key: str
    name: str
    group: str
    cells: tuple[Cell, ...]

    @property
    def missing(self) -> int:
        return sum(cell.state in (OPEN, LATE) for cell in self.cells)


class Matrix(NamedTuple):
    """People by requirements; `headers` has one for each cell of a line."""

    headers: tuple[str, ...]
    lines: tuple[Line, ...]


NOT_ASKED = Cell(NONE, "")
Asked = Callable[[Row], Cell]


def candidates(context: RuleContext, session: str = "") -> Matrix:
    """Every candidate of a session ("" for all sessions to come) who has not left, by requirement."""
    today, who = context.setting("today"), Candidates(context)
    mine = [row for row in who.rows.values() if not has_left(row, today) and _is_asked(row, session, today)]
    asked = _CandidateNeeds(context).asked()
    lines = [
        Line(row["code"], who.who(row["code"]), row.get("adviser") or "", tuple(ask(row) for _, ask in asked))
        for row in mine
    ]
    return _used(Matrix(tuple(name for name, _ in asked), tuple(lines)))


def staff(context: RuleContext) -> Matrix:
    """Every colleague of the Staff sheet who has not left, by requirement."""
    today = context.setting("today")
    asked = _StaffNeeds(context).asked()
    lines = [
        Line(row["name"], row["name"], row.get("roles") or "", tuple(ask(row) for _, ask in asked))
        for row in context.rows("staff")
        if row.get("name") and not _gone(row, today)
    ]
    return _used(Matrix(tuple(name for name, _ in asked), tuple(lines)))


def share(have: int, need: int, late: bool = False) -> Cell:
    """`2 of 3`, done where nothing is missing; nothing asked is no cell."""
    if need == 0:
        return NOT_ASKED
    return Cell(DONE if have >= need else LATE if late else OPEN, f"{min(have, need)} of {need}")


def _is_asked(row: Row, session: str, today: date | None) -> bool:
    found = parse(row.get("session") or "")
    if session:
        return session_of(row) == session
    return found is None or today is None or (found.year, found.month) >= (today.year, today.month)


def _gone(row: Row, today: date | None) -> bool:
    left = day(row.get("left"))
    return left is not None and (today is None or left <= today)


def _used(matrix: Matrix) -> Matrix:
    """Without the requirements that are asked of nobody."""
    kept = [i for i in range(len(matrix.headers)) if any(line.cells[i].state != NONE for line in matrix.lines)]
    lines = (line._replace(cells=tuple(line.cells[i] for i in kept)) for line in matrix.lines)
    return Matrix(tuple(matrix.headers[i] for i in kept), tuple(lines))


class _CandidateNeeds:
    """What the trackers hold of each candidate, read once."""

    def __init__(self, context: RuleContext) -> None:
        names = ("cas", "coursework", "core", "predicted", "arrangements")
        self._rows = {name: by_candidate(context.rows(name)) for name in names}
        self._taken, self._loans, self._context = taken_by(context), _loans(context), context
        self._used = {
            column for row in context.rows("candidates") for column, value in row.items() if value is not None
        }
        self._parts = {one.get("component") for mine in self._rows["core"].values() for one in mine}

    def asked(self) -> list[tuple[str, Asked]]:
        return [
            ("Registration", self._registered),
            ("EE and TOK lines", self._core_lines),
            ("Session number", self._flag("session_number")),
            ("Integrity form", self._flag("integrity_signed")),
            ("Fees", self._flag("payment", yes=True)),
            ("CAS", self._cas),
            ("Extended essay", self._piece("Extended essay")),
            ("TOK exhibition", self._piece("TOK exhibition")),
            ("TOK essay", self._piece("TOK essay")),
            ("Coursework in", self._counted("coursework", "submitted")),
            ("Coursework marks", self._counted("coursework", "mark")),
            ("Predicted grades", self._counted("predicted", "predicted")),
            ("Access arrangements", self._arrangement),
            ("Loans", self._loan),
        ]

    def _lines(self, row: Row) -> list[Row]:
        return [one for one in self._taken.get(row["code"], ()) if session_of(one) == session_of(row)]

    def _registered(self, row: Row) -> Cell:
        mine = self._lines(row)
        if not mine:
            return Cell(LATE, "no line") if self._taken else NOT_ASKED
        return share(sum(one.get("status") in ("In IBIS", "Confirmed") for one in mine), len(mine))

    def _core_lines(self, row: Row) -> Cell:
        levels = {one.get("level") for one in self._lines(row)}
        return share(len(levels & {"EE", "TK"}), 2) if row.get("category") == "D" and levels else NOT_ASKED

    def _cas(self, row: Row) -> Cell:
        if row.get("category") not in ("D", "R") or not self._rows["cas"]:
            return NOT_ASKED
        if row.get("cas_complete") is True:
            return Cell(DONE, "complete")
        lacks = cas.missing(cas.progress(self._rows["cas"].get(row["code"], ())), self._context)
        return Cell(OPEN, f"{len(lacks)} open" if lacks else "confirm")

    def _piece(self, component: str) -> Asked:
        steps = ("first_meeting", "second_meeting", "third_meeting", "final", "form_signed", "uploaded")

        def ask(row: Row) -> Cell:
            if row.get("category") != "D" or component not in self._parts:
                return NOT_ASKED
            mine = [one for one in self._rows["core"].get(row["code"], ()) if one.get("component") == component]
            if not mine:
                return Cell(LATE, "no line")
            if component == "TOK exhibition":
                return Cell(DONE, "marked") if mine[0].get("mark") is not None else Cell(OPEN, "no mark")
            return share(sum(mine[0].get(step) is not None for step in steps), len(steps))

        return ask

    def _counted(self, tracker: str, column: str) -> Asked:
        def ask(row: Row) -> Cell:
            mine = [one for one in self._rows[tracker].get(row["code"], ()) if session_of(one) == session_of(row)]
            return share(sum(one.get(column) is not None for one in mine), len(mine))

        return ask

    def _flag(self, column: str, *, yes: bool = False) -> Asked:
        def ask(row: Row) -> Cell:
            done = row.get(column) is True if yes else row.get(column) is not None
            return Cell(DONE if done else OPEN, "yes" if done else "no") if column in self._used else NOT_ASKED

        return ask

    def _arrangement(self, row: Row) -> Cell:
        mine = self._rows["arrangements"].get(row["code"], ())
        open_ones = [one for one in mine if one.get("state") not in ("Approved", "Refused", "Withdrawn")]
        return share(len(mine) - len(open_ones), len(mine))

    def _loan(self, row: Row) -> Cell:
        names = {fold(row["code"]), fold(f"{row.get('first_names')} {row.get('last_name')}")}
        out = sum(self._loans.get(name, 0) for name in names)
        return Cell(OPEN, f"{out} out") if out else NOT_ASKED


class _StaffNeeds:
    """What the trackers hold of each colleague, read once."""

    def __init__(self, context: RuleContext) -> None:
        self._context, self._today = context, context.setting("today")
        self._workshops = _by_person(context.rows("pd"), "staff")
        self._accounts = _by_person((row for row in context.rows("access") if not row.get("removed")), "person")
        self._inductions = _by_person(context.rows("induction"), "person")

    def asked(self) -> list[tuple[str, Asked]]:
        return [
            ("Email", self._email), ("Workshop", self._workshop), ("Certificates", self._certificates),
            ("Accounts", self._account), ("Induction", self._induction),
            ("Predicted grades", self._tasks("predicted", "teacher", "predicted")),
            ("Coursework marks", self._tasks("coursework", "teacher", "mark")),
            ("Essays uploaded", self._tasks("core", "supervisor", "uploaded")),
            ("Actions", self._tasks("meetings", "owner", "done", "due")),
            ("Dates", self._tasks("calendar", "owner", "done", "due")),
            ("Evidence", self._tasks("evaluation", "owner", "submitted")),
            ("Follow-ups", self._tasks("observations", "teacher", "followed_up", "follow_up")),
            ("Loans", self._tasks("inventory", "lent_to", "returned", "due")),
        ]  # fmt: skip

    def _email(self, row: Row) -> Cell:
        return Cell(DONE, "yes") if row.get("email") else Cell(OPEN, "no")

    def _workshop(self, row: Row) -> Cell:
        states = {one.get("status") for one in self._workshops.get(fold(row["name"]), ())}
        if not self._workshops:
            return NOT_ASKED
        if "Attended" in states:
            return Cell(DONE, "attended")
        return Cell(OPEN, "planned" if states & {"Planned", "Booked"} else "none")

    def _certificates(self, row: Row) -> Cell:
        mine = [one for one in self._workshops.get(fold(row["name"]), ()) if one.get("status") == "Attended"]
        return share(sum(bool(one.get("certificate")) for one in mine), len(mine))

    def _account(self, row: Row) -> Cell:
        if not self._accounts:
            return NOT_ASKED
        mine = self._accounts.get(fold(row["name"]), [])
        return Cell(DONE, ", ".join(sorted({str(one.get("system")) for one in mine}))) if mine else Cell(OPEN, "none")

    def _induction(self, row: Row) -> Cell:
        mine = self._inductions.get(fold(row["name"]), [])
        return share(sum(bool(one.get("completed")) for one in mine), len(mine))

    def _tasks(self, tracker: str, column: str, done: str, due: str = "") -> Asked:
        found = _by_person(self._context.rows(tracker), column)

        def is_late(row: Row) -> bool:
            on = day(row.get(due)) if due else None
            return row.get(done) is None and on is not None and bool(self._today) and on < self._today

        def ask(row: Row) -> Cell:
            mine = [one for one in found.get(fold(row["name"]), []) if not due or one.get(due)]
            return share(sum(one.get(done) is not None for one in mine), len(mine), any(map(is_late, mine)))

        return ask


def _by_person(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        for name in people(row.get(column)):
            found.setdefault(fold(name), []).append(row)
    return found


def _loans(context: RuleContext) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in context.rows("inventory"):
        if row.get("lent_to") and not row.get("returned") and row.get("state") != "Lost":
            found[fold(row["lent_to"])] = found.get(fold(row["lent_to"]), 0) + 1
    return found


def sorted_by_need(lines: Sequence[Line]) -> list[Line]:
    """Those who miss most come first; then by group and name."""
    return sorted(lines, key=lambda line: (-line.missing, line.group, line.name))
