"""Who sits which paper in which room: the Exams plan joined with registrations, candidates and arrangements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from addin.core.ib.days import day
from addin.core.ib.exam_rooms import BOTH
from addin.core.ib.people import WITHDRAWN, has_left
from addin.core.language import phrase
from addin.core.regex import regex
from addin.core.tables.layout import plain
from addin.core.tables.values import show
from addin.core.text import counted
from addin.reports.packs import Row, rows_of
from addin.workspace.workbook import Workbook

_TOKEN = regex(r"\w[\w./-]*\w|\w")


@dataclass(frozen=True, slots=True)
class Seated:
    """One candidate of a sitting."""

    code: str
    number: str
    name: str
    extra_time: str = ""
    """`Extra time 25%`, or `Extra time` where no percentage is known; "" without."""
    support: str = ""
    """Other arrangements that are approved."""

    @property
    def order(self) -> tuple[bool, str, str]:
        return not self.number, self.number[-4:], self.code


@dataclass(slots=True)
class Sitting:
    """One line of the Exams plan, with the candidates placed in its room."""

    session: str
    subject: str
    level: str
    paper: str
    room: str
    held: date | None
    """The day; None where it is missing."""
    start: time | None
    minutes: int
    places: int | None
    """Candidates planned for this room."""
    seats: int
    invigilators: Sequence[str]
    named: str
    """The cell Extra time: codes."""
    row: int
    seated: list[Seated] = field(default_factory=list)

    @property
    def title(self) -> str:
        named = " ".join(part for part in (self.subject, self.level) if part)
        return ", ".join(part for part in (named, self.paper) if part) or f"Exams, row {self.row}"

    @property
    def where(self) -> str:
        return f"{self.title} in {self.room}" if self.room else f"{self.title} (room is missing)"

    @property
    def moment(self) -> tuple[date, time, str, str]:
        return self.held or date.max, self.start or time.max, self.room, self.title

    @property
    def hours(self) -> str:
        """`09:00 to 11:00 (120 min)`; only what is known."""
        if self.start is None:
            return f"{self.minutes} min" if self.minutes else ""
        ends = self.start.hour * 60 + self.start.minute + self.minutes
        until = f" to {ends // 60 % 24:02d}:{ends % 60:02d} ({self.minutes} min)" if self.minutes else ""
        return f"{self.start:%H:%M}{until}"

    def meets(self, other: Sitting) -> bool:
        """Whether both use one room at one time."""
        if plain(self.room) != plain(other.room) or None in (self.held, self.start, other.start):
            return False
        mine, theirs = (one.start.hour * 60 + one.start.minute for one in (self, other) if one.start)
        return (
            self.held == other.held and mine < theirs + max(1, other.minutes) and theirs < mine + max(1, self.minutes)
        )


def plan(workbook: Workbook) -> tuple[list[Sitting], list[str]]:
    """Return the sittings in order of time, each with its candidates, and a sentence for each gap."""
    table = workbook.tables["exams"]
    sittings = [_sitting(table.row(index), table.rows[index]) for index in range(len(table))]
    people, registered, remarks = _people(workbook), _registered(workbook), []
    if "candidates" not in workbook.tables:
        remarks.append(phrase("There is no Candidates sheet: session numbers are missing."))
    papers: dict[tuple[str, ...], list[Sitting]] = {}
    for one in sittings:
        papers.setdefault((plain(one.session), plain(one.subject), plain(one.paper)), []).append(one)
    for rooms in papers.values():
        remarks += _place(rooms, registered, people, workbook.settings.today)
    return sorted(sittings, key=lambda one: one.moment), remarks


def _sitting(row: Row, number: int) -> Sitting:
    def text(name: str) -> str:
        return show(row.get(name)).strip()

    def whole(name: str) -> int | None:
        value = row.get(name)
        return int(value) if isinstance(value, (int, float)) else None

    start = row.get("start")
    start = start.time() if isinstance(start, datetime) else start
    names = [" ".join(name.split()) for name in re.split(r"[;,\n]", text("invigilators"))]
    once = {plain(name): name for name in reversed(names) if name}
    return Sitting(
        text("session"),
        text("subject"),
        text("level"),
        text("paper"),
        text("room"),
        day(row.get("date")),
        start if isinstance(start, time) else None,
        whole("minutes") or 0,
        whole("candidates"),
        whole("seats") or 0,
        tuple(reversed(once.values())),
        text("extra_time"),
        number,
    )


def _people(workbook: Workbook) -> dict[str, tuple[Row, Seated]]:
    """Return candidates by code, with what the arrangements tracker says is approved."""
    known: dict[str, Row] = {}
    for row in (*rows_of(workbook, "candidates"), *rows_of(workbook, "registrations")):
        code = show(row.get("code") or row.get("candidate")).strip()
        if code:
            known.setdefault(code, row)
    time_, support = _arrangements(workbook)
    found: dict[str, tuple[Row, Seated]] = {}
    for code, row in known.items():
        last, first, number = (show(row.get(name)).strip() for name in ("last_name", "first_names", "session_number"))
        name = ", ".join(part for part in (last, first) if part)
        found[code] = row, Seated(code, number, name, time_.get(code, ""), support.get(code, ""))
    return found


def _arrangements(workbook: Workbook) -> tuple[dict[str, str], dict[str, str]]:
    """Return the extra time and the other arrangements of each candidate; approved ones only."""
    most: dict[str, float] = {}
    others: dict[str, list[str]] = {}
    for row in rows_of(workbook, "arrangements"):
        code, extra = show(row.get("candidate")).strip(), row.get("extra_time")
        if row.get("state") == "Approved" and code:
            if isinstance(extra, (int, float)) and extra > 0:
                most[code] = max(extra, most.get(code, 0))
            if row.get("arrangement"):
                others.setdefault(code, []).append(str(row["arrangement"]))
    extra_time = {code: f"Extra time {show(value)}%" for code, value in most.items()}
    return extra_time, {code: "; ".join(dict.fromkeys(texts)) for code, texts in others.items()}


def _registered(workbook: Workbook) -> dict[tuple[str, str, str], list[str]]:
    """Return the codes by session, subject and level; SL and HL together, too."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in rows_of(workbook, "registrations"):
        code, session, subject, level = (
            show(row.get(name)).strip() for name in ("candidate", "session", "subject", "level")
        )
        if code and row.get("status") != WITHDRAWN:
            for one in (level, *((BOTH,) if level in ("SL", "HL") else ())):
                codes = found.setdefault((plain(session), plain(subject), plain(one)), [])
                if code not in codes:
                    codes.append(code)
    return found


def _place(
    rooms: Sequence[Sitting],
    registered: Mapping[tuple[str, str, str], list[str]],
    people: Mapping[str, tuple[Row, Seated]],
    today: date,
) -> list[str]:
    """Seat the candidates of one paper: those named for a room there, the others in order of number."""
    remarks, placed = [], set[str]()
    open_: list[list[str]] = []
    for room in rooms:
        codes = registered.get((plain(room.session), plain(room.subject), plain(room.level)), [])
        codes = [code for code in codes if not has_left(people[code][0], room.held or today)]
        open_.append(sorted(codes, key=lambda code: people[code][1].order))
        if not codes:
            remarks.append(
                phrase(
                    "{where}: nobody is registered for it{session}.",
                    where=room.where,
                    session=phrase(" in {session}", session=room.session) if room.session else "",
                )
            )
    for room, codes in zip(rooms, open_, strict=True):
        named, unknown = _named(room, codes)
        if unknown:
            remarks.append(
                phrase(
                    "Exams, row {row}: Extra time names nobody who sits {title}: {unknown}.",
                    row=room.row,
                    title=room.title,
                    unknown=unknown,
                )
            )
        for code in named:
            if code not in placed:
                person = people[code][1]
                room.seated.append(_with_time(person))
                placed.add(code)
    for room, codes in zip(rooms, open_, strict=True):
        left = [code for code in codes if code not in placed]
        others = any(other is not room and plain(other.level) == plain(room.level) for other in rooms)
        free = len(left) if room.places is None or not others else max(0, room.places - len(room.seated))
        room.seated += [people[code][1] for code in left[:free]]
        placed.update(left[:free])
        room.seated.sort(key=lambda one: one.order)
    return remarks + _gaps(rooms, [code for codes in open_ for code in codes if code not in placed])


def _gaps(rooms: Sequence[Sitting], left: Sequence[str]) -> list[str]:
    """Report candidates without a room, and rooms planned for another number."""
    found = []
    if left:
        who = ", ".join(dict.fromkeys(left))
        found.append(
            phrase(
                "{title}: no room has a place for {who}. Correct Candidates on the Exams sheet.",
                title=rooms[0].title,
                who=who,
            )
        )
    for room in rooms:
        if room.places is not None and room.seated and room.places != len(room.seated):
            here = counted(len(room.seated), "candidate")
            found.append(
                phrase(
                    "{where}: {places} planned, {here} on the attendance sheet.",
                    where=room.where,
                    places=room.places,
                    here=here,
                )
            )
    return found


def _named(room: Sitting, codes: Sequence[str]) -> tuple[list[str], str]:
    """Return the codes in the cell Extra time, and the parts of it without any."""
    found: list[str] = []
    unknown = []
    for part in filter(str.strip, re.split(r"[;,\n]", room.named)):
        here = [word for word in (part.strip(), *_TOKEN.findall(part)) if word in codes]
        found += here
        if not here:
            unknown.append(part.strip())
    return list(dict.fromkeys(found)), "; ".join(unknown)


def _with_time(person: Seated) -> Seated:
    extra = person.extra_time or "Extra time"
    return Seated(person.code, person.number, person.name, extra, person.support)
