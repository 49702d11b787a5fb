"""120 candidates in two sessions: those who sit their exams next May, and those of the year after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from addin.core.ib.session import Session
from addin.demo.sample.people import address, names

COUNT = 120
ADVISERS = ("R. Calloway", "J. Ilves", "M. Okonjo", "S. Laurent", "T. Fukuda", "P. Salcedo", "A. Kamau", "L. Haugen")
_HOMES = (
    ("Kenyan", "English", "Swahili"), ("Brazilian", "Portuguese", "English"), ("Japanese", "Japanese", "English"),
    ("French", "French", "English"), ("Indian", "English", "Hindi"), ("Swedish", "Swedish", "English"),
    ("Mexican", "Spanish", "English"), ("German", "German", "English"), ("Nigerian", "English", ""),
    ("Canadian", "English", "French"), ("Korean", "Korean", "English"), ("Polish", "Polish", "English"),
)  # fmt: skip


def may_session(today: date) -> int:
    """The year of the exams of those who are in their last school year, which begins in the autumn."""
    return today.year + (today.month > 9)


def rows(random: Random, today: date) -> list[dict[str, Any]]:
    """The candidates, in the order of their codes."""
    year = may_session(today)
    found = []
    for number, (first, last) in enumerate(names(random, COUNT)):
        final = number < COUNT // 2
        found.append(_candidate(random, number, first, last, year if final else year + 1, final, today))
    for number, row in enumerate(found):
        if [other["email"] for other in found].count(row["email"]) > 1:
            row["email"] = f"{number}.{row['email']}"
    return found


def _candidate(
    random: Random, number: int, first: str, last: str, year: int, final: bool, today: date
) -> dict[str, Any]:
    nationality, language, second = random.choice(_HOMES)
    joined = date(year - 2, 8, 25)
    row = {
        "code": f"{410 + number * 7:06}",
        "last_name": last,
        "first_names": first,
        "preferred_name": first.split()[0] if " " in first else None,
        "session": f"M{year % 100:02}",
        "category": "D" if number % 6 else "C" if number % 12 else "CP",
        "year_group": "DP2" if final else "DP1",
        "adviser": ADVISERS[number % len(ADVISERS)],
        "email": address(first, last, "riverside.example"),
        "birth_date": date(year - 18, 6, 1) + timedelta(days=random.randrange(330)),
        "nationality": nationality,
        "first_language": language,
        "second_language": second or None,
        "identifier_state": "Missing",
        "joined": joined,
        "guardian_name": f"{random.choice('ABCDEFGHJKLM')}. {last}",
        "guardian_email": f"family.{number}@mail.example",
        "guardian_consent": True,
        "release_consent": random.random() < 0.8,
        "registered": final,
        "payment": final and (random.random() < 0.7 or today > date(year, 1, 15)),
    }
    return row | (_codes(random, number, year, today) if final else {})


def last_year(
    random: Random, pupils: Sequence[tuple[str, str, str]], session: Session, today: date
) -> list[dict[str, Any]]:
    """Pupils (id, first names, last name) of the last MYP year, who sit on-screen examinations in a session."""
    found = []
    for number, (code, first, last) in enumerate(pupils):
        nationality, language, second = random.choice(_HOMES)
        found.append(
            {
                "code": code,
                "last_name": last,
                "first_names": first,
                "session": str(session),
                "category": "C",
                "year_group": "MYP 5",
                "adviser": ADVISERS[number % len(ADVISERS)],
                "email": f"{code.lower()}.{address(first, last, 'riverside.example')}",
                "birth_date": date(session.year - 17, 6, 1) + timedelta(days=random.randrange(330)),
                "nationality": nationality,
                "first_language": language,
                "second_language": second or None,
                "identifier_state": "Missing",
                "joined": min(date(session.year - 5, 8, 25), today),
                "guardian_name": f"{random.choice('ABCDEFGHJKLM')}. {last}",
                "guardian_email": f"family.{number}@mail.example",
                "guardian_consent": True,
                "registered": False,
            }
        )
    return found


def _codes(random: Random, number: int, year: int, today: date) -> dict[str, Any]:
    """What is on file for those who sit their exams next."""
    letters = "".join(random.choice("bcdfghjkmnpqrstvwxz") for _ in range(3))
    return {
        "school_code": "000999",
        "session_number": f"{number + 1:04}",
        "personal_code": f"{letters}{number:03}",
        "identifier_state": "Confirmed" if number % 3 or today >= date(year, 2, 1) else "Unconfirmed",
        "integrity_signed": today - timedelta(days=random.randrange(20, 70)),
        "report_signed": today - timedelta(days=random.randrange(1, 20)) if number % 3 else None,
        "schedule_checked": True,
        "cas_complete": False if number % 6 else None,
    }
