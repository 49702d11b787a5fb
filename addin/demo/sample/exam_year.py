"""Predicted grades, the plan of the examinations, the log of the safe and unit plans, all from the registrations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from random import Random
from typing import Any

from addin.core.ib.session import Session, parse

Row = dict[str, Any]
TAUGHT = ("SL", "HL")
SLOTS = (time(8, 30), time(11), time(14))
FIRST_DAYS = {5: (4, 26), 11: (10, 25)}
"""Month and day about which the made-up examinations begin, by the month of the session."""
INVIGILATORS, EACH = 2, 20
"""Invigilators of a paper at least, and candidates for each further one."""
UNITS = (("Foundations", "Change; Systems"), ("Applications", "Relationships; Evidence"))
HOURS = {"SL": 75, "HL": 120}


def predicted(registrations: Sequence[Row], codes: Sequence[str], session: str, random: Random) -> list[Row]:
    """A grade for each subject, the essay and TOK of these candidates; good ones, so that no diploma is at risk."""
    wanted = set(codes)
    found = []
    for line in registrations:
        if line["candidate"] in wanted and line["session"] == session:
            grades = "567" if line["level"] in TAUGHT else "AB"
            second = random.choice(grades)
            found.append(
                {
                    "candidate": line["candidate"],
                    "session": session,
                    "subject": line["subject"],
                    "level": line["level"],
                    "teacher": line.get("teacher"),
                    "second": second,
                    "predicted": second,
                }
            )
    return found


ARTS = ("Visual Arts", "Music", "Film", "Theatre", "Dance")
"""Subjects without a written paper."""


def exams(registrations: Sequence[Row], staff: Sequence[str], session: str, extra: Sequence[str] = ()) -> list[Row]:
    """One paper for each subject and level, three a day, with invigilators who teach something else.

    `extra` are candidates with extra time.
    """
    held: dict[tuple[str, str], set[str]] = {}
    teachers: dict[str, set[str]] = {}
    for line in registrations:
        written = line["level"] in TAUGHT and line["subject"] not in ARTS
        if line["session"] == session and written and line.get("status") != "Withdrawn":
            held.setdefault((line["subject"], line["level"]), set()).add(line["candidate"])
        teachers.setdefault(line["subject"], set()).add(str(line.get("teacher")))
    slots = _slots(session)
    found = []
    for number, ((subject, level), who) in enumerate(sorted(held.items())):
        day, start = next(slots)
        free = [name for name in staff if name not in teachers[subject]]
        needed = INVIGILATORS + len(who) // EACH
        names = [free[(number + at) % len(free)] for at in range(min(needed, len(free)))]
        found.append({
            "session": session, "subject": subject, "level": level, "paper": "Paper 1", "room": "Hall", "date": day,
            "start": start, "minutes": 90, "candidates": len(who), "seats": 120, "invigilators": "; ".join(names),
            "extra_time": "; ".join(sorted(who & set(extra))) or None,
        })  # fmt: skip
    return found


def _slots(session: str) -> Iterator[tuple[date, time]]:
    """Mornings and afternoons of school days from the first day of the session on."""
    of = parse(session) or Session(2027, 5)
    day = date(of.year, *FIRST_DAYS[of.month])
    while True:
        if day.weekday() < 5:
            yield from ((day, start) for start in SLOTS)
        day += timedelta(days=1)


def keylog(staff: Sequence[str], today: date) -> list[Row]:
    """Who opened the safe, always two."""
    pairs = [(staff[n % len(staff)], staff[(n + 1) % len(staff)]) for n in range(12)] if len(set(staff)) > 1 else []
    return [
        {"date": today - timedelta(days=9 * number + 1), "out_at": time(8 + number % 6, 5),
         "in_at": time(8 + number % 6, 25), "place": "Safe 1", "person": one, "second_person": other,
         "reason": "Delivery" if number % 3 else "Check of the seals", "left_sealed": True}
        for number, (one, other) in enumerate(pairs)
    ]  # fmt: skip


def planners(registrations: Sequence[Row], today: date) -> list[Row]:
    """Two units for each course and level that is taken."""
    owners: Mapping[tuple[str, str], str] = {
        (line["subject"], line["level"]): str(line.get("teacher") or "")
        for line in registrations
        if line["level"] in TAUGHT
    }
    reviewed = today - timedelta(days=120)
    usual = {"programme": "DP", "term": "Autumn", "statement": "What is known depends on how it was found.",
             "atl": "Thinking; Research", "assessment": "Questions of past papers", "state": "Reviewed",
             "version": str(today.year), "reviewed": reviewed, "next_review": reviewed + timedelta(days=365),
             "link": "https://files.riverside.example/plan"}  # fmt: skip
    return [
        {
            **usual,
            "course": course,
            "level": level,
            "year": order,
            "order": order,
            "unit": f"{unit} of {course}",
            "owner": owner or None,
            "hours": HOURS[level],
            "concepts": concepts,
        }
        for (course, level), owner in sorted(owners.items())
        for order, (unit, concepts) in enumerate(UNITS, 1)
    ]


def coursework(registrations: Sequence[Row], session: str, today: date) -> list[Row]:
    """The written task of those who take these subjects, on its way."""
    return [
        {"candidate": line["candidate"], "session": session, "subject": line["subject"], "level": line["level"],
         "task": TASKS[line["subject"]], "teacher": line.get("teacher"), "due": today + timedelta(days=60),
         "state": "In progress"}
        for line in registrations
        if line["session"] == session and line["level"] in TAUGHT and line["subject"] in TASKS
        and line.get("status") != "Withdrawn"
    ]  # fmt: skip


def core(registrations: Sequence[Row], codes: Sequence[str], session: str, today: date) -> list[Row]:
    """The essays of these candidates: who supervises, when they met, when it is due."""
    wanted, parts = set(codes), {"EE": "Extended essay", "TK": "TOK essay"}
    lines = {(line["candidate"], line["level"]): line for line in registrations if line["session"] == session}
    return [
        {"candidate": line["candidate"], "component": parts[line["level"]], "session": session,
         "subject": line["subject"] if line["level"] == "EE" else None, "title": f"Question {number}",
         "supervisor": line.get("teacher"), "due": today + timedelta(days=50),
         "first_meeting": today - timedelta(days=90 - number % 30)}
        for number, line in enumerate(lines.values(), 1)
        if line["level"] in parts and line["candidate"] in wanted
    ]  # fmt: skip


def access(registrations: Sequence[Row], staff: Sequence[str], today: date) -> list[Row]:
    """An account for everybody who teaches, and two administrators."""
    usual = {"programme": "DP", "granted": today - timedelta(days=400), "granted_by": "Head",
             "checked": today - timedelta(days=80)}  # fmt: skip
    teachers = dict.fromkeys(str(line["teacher"]) for line in registrations if line.get("teacher"))
    found = [{"person": name, "system": "My IB", "role": "Teacher", **usual} for name in teachers]
    admins = [{"person": name, "system": "IBIS", "role": "Coordinator", "administrator": True} for name in staff[:2]]
    return found + [usual | row for row in admins]


TASKS = {"Biology": "Investigation", "Chemistry": "Investigation", "Physics": "Investigation"}
"""Subjects whose coursework has begun, and what it is called."""
