"""The exam-day pack: attendance sheets, seating plans and a sheet for each invigilator, from the Exams plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from addin.core.language import phrase
from addin.core.tables.layout import plain
from addin.core.text import counted
from addin.errors import Problem
from addin.reports import facts
from addin.reports.packs import Pack, Sheet, file_name, for_people, needed
from addin.reports.packs.sittings import Seated, Sitting, plan
from addin.reports.page import Block, Fields, Grid, Item, Link, Page, Signatures, Words, on
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

FOOT = "Confidential: personal data of students. For the exams office and the invigilators named; destroy after use."
NAME = phrase("exam-day pack")
WIDEST = 12
"""Seats in a row that a page has room for."""


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return all pages. Raises Problem where the plan or the registrations are missing."""
    for_people(copy, NAME)
    for name in ("exams", "registrations"):
        needed(workbook, name, NAME)
    sittings, remarks = plan(workbook)
    lines, foot = facts.heading_lines(workbook), FOOT
    sheets = [
        Sheet(file_name("attendance", number, one.title, one.room), _attendance(one, lines, foot))
        for number, one in enumerate(sittings, 1)
    ]
    for number, group in enumerate(_rooms(sittings), 1):
        columns = _columns(workbook, group[0].room)
        page, full = _seating(group, columns, lines, foot)
        remarks += full
        sheets.append(Sheet(file_name("seating", number, group[0].room, _day(group[0])), page))
    for number, (name, shifts) in enumerate(_invigilators(sittings), 1):
        sheets.append(Sheet(file_name("invigilator", number, name), _invigilator(name, shifts, lines, foot)))
    for one in sittings:
        if not (one.held and one.start):
            remarks.append(phrase("{where}: date or start is missing.", where=one.where))
        if not one.invigilators:
            remarks.append(phrase("{where}: no invigilator is named.", where=one.where))
    return Pack([Sheet("index.html", _index(sheets, sittings, remarks, lines, foot)), *sheets], remarks)


def _day(one: Sitting) -> str:
    return on(one.held) if one.held else "date missing"


def _facts(one: Sitting) -> Fields:
    pairs = [
        ("Room", one.room),
        ("Date", _day(one)),
        ("Time", one.hours or "missing"),
        ("Candidates", str(len(one.seated))),
        ("Session", one.session),
        ("Invigilators", ", ".join(one.invigilators) or "missing"),
    ]
    return Fields("Sitting", pairs)


def _marks(person: Seated) -> str:
    return " · ".join(part for part in (person.extra_time, person.support) if part)


def _attendance(one: Sitting, lines: Sequence[str], foot: str) -> Page:
    """The list that candidates sign."""
    rows: list[list[Item]] = [[person.number, person.code, person.name, _marks(person), ""] for person in one.seated]
    headers = ("Session no.", "Code", "Name", "Arrangements", "Signature")
    blocks: list[Block] = [_facts(one)]
    if rows:
        blocks.append(Grid("Candidates", headers, rows, (1.6, 1.2, 3.2, 2, 3), framed=True))
    else:
        blocks.append(Words("Candidates", ["Nobody is registered for this paper and level."]))
    blocks.append(Fields("To fill in", [("Present", ""), ("Absent (codes)", ""), ("Started at", ""), ("Ended at", "")]))
    who = one.invigilators or ("Invigilator",)
    blocks.append(Signatures("Invigilators", "The list shows who was present.", who))
    return Page(f"Attendance: {one.title}", lines, blocks, foot)


def _rooms(sittings: Sequence[Sitting]) -> list[list[Sitting]]:
    """Return the sittings that share a room at one time: they share its seats."""
    groups: list[list[Sitting]] = []
    for one in sittings:
        group = next((group for group in groups if any(one.meets(other) for other in group)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _columns(workbook: Workbook, room: str) -> list[int]:
    """Return the seats of each row of a room, the front first; one number where all rows are alike."""
    written = str(workbook.settings.get("exam_room_rows", workbook.trackers) or "")
    for part in filter(str.strip, re.split(r"[;\n]", written)):
        name, colon, numbers = part.rpartition(":")
        rows = [int(text) for text in re.findall(r"\d+", numbers)]
        if not colon or not rows or not all(1 <= row <= WIDEST for row in rows):
            raise Problem(
                phrase(
                    "exam_room_rows: “{part}” is not a room with its rows, 1 to {widest} seats each.",
                    part=part.strip(),
                    widest=WIDEST,
                ),
                next=phrase("Write it as: Hall: 6 6 5; B12: 4 4"),
            )
        if plain(name) == plain(room):
            return rows
    usual = int(workbook.settings.get("exam_seats_in_row", workbook.trackers) or 6)
    return [min(WIDEST, max(1, usual))]


def _seating(group: Sequence[Sitting], rows: Sequence[int], lines: Sequence[str], foot: str) -> tuple[Page, list[str]]:
    """The room seen from above, and a sentence where it is too small. Extra time sits first, at the front."""
    first = group[0]
    people = [(one, person) for one in group for person in one.seated]
    people.sort(key=lambda pair: not pair[1].extra_time)  # stable: within each, by paper and number
    seats = max(one.seats for one in group)
    known = sum(rows) if len(rows) > 1 else seats
    shape = _shape(rows, max(known, len(people)))
    waiting = iter(people)
    drawn: list[list[Item]] = []
    for number, wide in enumerate(shape, 1):
        here = [_seat(one, person, len(group) > 1) for one, person in islice(waiting, wide)]
        drawn.append([str(number), *here, *("(free)" for _ in range(wide - len(here)))])
        drawn[-1] += [""] * (max(shape) - wide)
    remarks = []
    room = f"{first.room}, {_day(first)}{f', {first.start:%H:%M}' if first.start else ''}"
    if known and len(people) > known:
        remarks.append(
            phrase(
                "{room}: {candidates} for {seats}; rows were added.",
                room=room,
                candidates=counted(len(people), "candidate"),
                seats=counted(known, "seat"),
            )
        )
    papers = [f"{one.title}: {counted(len(one.seated), 'candidate')}, {one.hours or 'time missing'}" for one in group]
    blocks: list[Block] = [Words("Papers", papers)]
    if people:
        headers = ("Row", *(str(number) for number in range(1, max(shape) + 1)))
        note = "Seats in order of session number; extra time first, in the front row."
        title = "Seats, seen from above: row 1 is the front"
        blocks.append(Grid(title, headers, drawn, (0.6, *[2.0] * max(shape)), note=note, framed=True))
    else:
        blocks.append(Words("Seats", ["Nobody is registered for this paper and level."]))
    return Page(f"Seating plan: {first.room or 'room missing'}", [room, *lines], blocks, foot), remarks


def _shape(rows: Sequence[int], places: int) -> list[int]:
    """Return the seats of each row, enough for so many people; the last width is repeated where more are needed."""
    shape = list(rows)
    while sum(shape) < places:
        shape.append(rows[-1])
    spare = sum(shape) - places
    if len(rows) == 1 and 0 < spare < shape[-1]:
        shape[-1] -= spare
    return shape


def _seat(one: Sitting, person: Seated, several: bool) -> str:
    parts = [person.number or person.code, person.name, person.extra_time]
    return " · ".join(part for part in (*parts, one.title if several else "") if part)


def _invigilators(sittings: Sequence[Sitting]) -> list[tuple[str, list[Sitting]]]:
    """Return each person with all their sittings, by name."""
    found: dict[str, tuple[str, list[Sitting]]] = {}
    for one in sittings:
        for name in one.invigilators:
            shifts = found.setdefault(plain(name), (name, []))[1]
            if one not in shifts:
                shifts.append(one)
    return sorted(found.values(), key=lambda person: plain(person[0]))


def _invigilator(name: str, shifts: Sequence[Sitting], lines: Sequence[str], foot: str) -> Page:
    rows: list[list[Item]] = []
    for one in shifts:
        extra = sum(bool(person.extra_time) for person in one.seated)
        others = ", ".join(other for other in one.invigilators if plain(other) != plain(name))
        rows.append([_day(one), one.hours or "missing", one.room, one.title, len(one.seated), extra, others])
    headers = ("Date", "Time", "Room", "Paper", "Candidates", "Extra time", "With")
    grid = Grid("Your sittings", headers, rows, (1.5, 2, 1.2, 3, 1, 1, 2), frozenset({4, 5}))
    return Page(f"Invigilator: {name}", lines, [grid], foot)


def _index(
    sheets: Sequence[Sheet], sittings: Sequence[Sitting], remarks: Sequence[str], lines: Sequence[str], foot: str
) -> Page:
    plan_: list[list[Item]] = [
        [
            _day(one),
            one.hours or "missing",
            one.room,
            Link(one.title, sheet.name),
            len(one.seated),
            sum(bool(person.extra_time) for person in one.seated),
        ]
        for one, sheet in zip(sittings, sheets, strict=False)
    ]
    headers = ("Date", "Time", "Room", "Attendance sheet", "Candidates", "Extra time")
    blocks: list[Block] = [Grid("Sittings", headers, plan_, (1.5, 2, 1.2, 4, 1.2, 1.1), frozenset({4, 5}))]
    rest: list[list[Item]] = [
        [Link(sheet.page.title, sheet.name), sheet.page.lines[0] if sheet.page.lines != lines else "all sittings"]
        for sheet in sheets[len(sittings) :]
    ]
    blocks.append(Grid("Seating plans and invigilators", ("Sheet", "For"), rest, (3, 3)))
    if remarks:
        blocks.append(Words("Missing or to check", list(remarks)))
    return Page("Exam-day pack", lines, blocks, foot)
