"""Who sat the last session: their results, awards, places and transcripts, as they stand when the new year begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from addin.core.ib.award import award
from addin.core.ib.session import Session
from addin.demo.sample.people import address, names

Row = dict[str, Any]
HOW_MANY = 8
FIRST_CODE = 201
LETTERS = {"EE": "ABC", "TK": "ABC"}
PLACES = (("Leeds", "UK", "UCAS"), ("Utrecht", "Netherlands", "Studielink"), ("Toronto", "Canada", "OUAC"))


def graduates(
    models: Sequence[Row], courses: Sequence[Row], last: Session, today: date, random: Random
) -> dict[str, list[Row]]:
    """Rows by tracker of those who took in the last session what these candidates take now."""
    found: dict[str, list[Row]] = {
        name: [] for name in ("candidates", "registrations", "results", "awards", "destinations", "transcripts")
    }
    out = date(last.year, 7, 5) if last.month == 5 else date(last.year + 1, 1, 3)
    if out > today:
        return found
    for number, (model, (first, name)) in enumerate(zip(models, names(random, HOW_MANY), strict=False)):
        code = f"{FIRST_CODE + number * 3:06}"
        found["candidates"].append(_candidate(model, code, first, name, last, out))
        mine = [row for row in courses if row["candidate"] == model["code"]]
        lines = [
            row | {"candidate": code, "session": str(last), "category": "D", "status": "Confirmed"} for row in mine
        ]
        found["registrations"] += lines
        results = [_result(row, random) for row in lines]
        found["results"] += results
        found["awards"].append(_award(code, results, last, out))
        found["destinations"].append(_place(code, last, number))
        found["transcripts"].append(_transcript(code, last, number, out))
    return found


def _candidate(model: Mapping[str, Any], code: str, first: str, name: str, last: Session, out: date) -> Row:
    kept = ("nationality", "first_language", "second_language", "adviser", "category", "school_code")
    return {column: model.get(column) for column in kept} | {
        "code": code,
        "last_name": name,
        "first_names": first,
        "session": str(last),
        "email": address(first, name, "alumni.example"),
        "birth_date": date(last.year - 18, 3, 1 + int(code) % 27),
        "identifier_state": "Confirmed",
        "session_number": f"9{int(code) % 1000:03}",
        "joined": date(last.year - 2, 8, 25),
        "left": out - timedelta(days=5),
        "guardian_consent": True,
        "release_consent": True,
        "registered": True,
        "payment": True,
    }


def _result(line: Mapping[str, Any], random: Random) -> Row:
    grades = LETTERS.get(line["level"], "567")
    kept = ("candidate", "session", "subject", "level", "response_language", "contributing", "teacher")
    return {column: line.get(column) for column in kept} | {"grade": random.choice(grades)}


def _award(code: str, results: Sequence[Row], last: Session, out: date) -> Row:
    letters = {row["level"]: row["grade"] for row in results if row["level"] in LETTERS}
    counted = [row for row in results if row["level"] not in LETTERS and row.get("contributing")]
    grades = [(row["level"], int(row["grade"])) for row in counted]
    made = award(grades, tok=letters["TK"], ee=letters["EE"])
    return {
        "candidate": code,
        "session": str(last),
        "points": made.points,
        "core_points": made.core,
        "result": "Diploma awarded" if made.awarded else "Diploma not awarded",
        "told": out,
        "arrived": out + timedelta(days=75),
        "collected": out + timedelta(days=90),
        "collected_by": "the family",
    }


def _place(code: str, last: Session, number: int) -> Row:
    institution, country, _ = PLACES[number % len(PLACES)]
    return {
        "candidate": code,
        "session": str(last),
        "institution": institution,
        "country": country,
        "course": "Natural sciences",
        "decision": "Unconditional",
        "reply": "Firm",
        "going": True,
    }


def _transcript(code: str, last: Session, number: int, out: date) -> Row:
    institution, country, centre = PLACES[number % len(PLACES)]
    return {
        "candidate": code,
        "session": str(last),
        "institution": institution,
        "country": country,
        "centre": centre,
        "application_number": f"12345678{number:02}" if centre == "UCAS" else None,
        "free": True,
        "asked": out - timedelta(days=20),
        "consent": True,
        "entered": out - timedelta(days=15),
        "state": "Entered",
    }
