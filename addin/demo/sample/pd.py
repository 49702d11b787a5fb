"""300 workshops of some fifty people: attended with their certificates, booked, planned, a few cancelled."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from addin.demo.sample.people import address, names
from addin.demo.sample.registrations import SUBJECTS

COUNT, STAFF = 300, 50
_ROLES = (
    "DP coordinator",
    "CAS coordinator",
    "EE coordinator",
    "TOK teacher",
    "Librarian",
    "Counsellor",
    "CAS adviser",
)
_ABOUT = (
    "Assessment in practice",
    "Approaches to teaching",
    "Inclusion and access",
    "Concept-based units",
    "Academic integrity",
    "Using feedback",
    "Leading the learning",
    "Evidence and evaluation",
)
_PLACES = (
    ("Face-to-face", "Nairobi"),
    ("Face-to-face", "Singapore"),
    ("Face-to-face", "Lisbon"),
    ("Online", "Online"),
    ("Virtual", "Online"),
    ("In-school", "Riverside"),
    ("Regional conference", "The Hague"),
)


def rows(random: Random, today: date) -> list[dict[str, Any]]:
    """The workshops, person by person."""
    people = names(random, STAFF)
    found: list[dict[str, Any]] = []
    for number, (first, last) in enumerate(people):
        role = _ROLES[number] if number < len(_ROLES) else "Subject teacher"
        subject = SUBJECTS[number % len(SUBJECTS)] if role == "Subject teacher" else None
        person = {
            "staff": f"{first} {last}",
            "email": address(first, last, "riverside.example"),
            "role": role,
            "programme": "DP",
            "subject": subject,
            "in_role_since": date(today.year - 12 + number % 4, 8, 1),
        }
        found += [person | _workshop(random, person, place, today) for place in range(COUNT // STAFF)]
    return found


def _workshop(random: Random, person: dict[str, Any], place: int, today: date) -> dict[str, Any]:
    """The first ones lie behind, one year after the other, the last may be ahead."""
    title = _ABOUT[place] if person["subject"] is None else f"{person['subject']}: {_ABOUT[place].lower()}"
    mode, where = random.choice(_PLACES)
    status = "Attended"
    if place == COUNT // STAFF - 1:
        status = random.choice(("Booked", "Planned", "Attended", "Cancelled"))
    ahead = status in ("Booked", "Planned", "Cancelled")
    start = today + timedelta(days=random.randrange(60, 400)) if ahead else date(today.year - 6 + place, 3, 1)
    start += timedelta(days=0 if ahead else random.randrange(200))
    if not ahead and start > today - timedelta(days=10):
        start = today - timedelta(days=random.randrange(10, 60))
    row = {
        "workshop": title, "category": 1 + place % 3, "mode": mode, "place": where, "start": start,
        "end": start + timedelta(days=2), "provider": "IB" if place % 2 else "Riverside network",
        "ib_recognised": True, "workshop_programme": "DP", "status": status, "hours": 15 + place,
        "cost": 0 if where == "Riverside" else random.randrange(300, 1200, 50),
    }  # fmt: skip
    if status == "Attended":
        row |= {
            "certificate": f"https://files.example/certificates/{random.randrange(10**6):06}",
            "counts_for": "Evaluation" if place >= 2 else None,
            "in_my_ib": min(start + timedelta(days=30), today),
        }
    return row | ({"cover": True} if status == "Booked" else {})


def teachers(workshops: list[dict[str, Any]]) -> dict[str, str]:
    """Subject -> the first teacher who went to its workshops."""
    found: dict[str, str] = {}
    for row in workshops:
        if row["subject"]:
            found.setdefault(row["subject"], row["staff"])
    return found
