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


_ROLES_OF = {
    "cp": {"DP coordinator": "CP coordinator", "CAS coordinator": "CP core teacher",
           "EE coordinator": "CP core teacher", "TOK teacher": "CP core teacher", "CAS adviser": "CP core teacher"},
    "myp": {"DP coordinator": "MYP coordinator", "CAS coordinator": "Personal project coordinator",
            "EE coordinator": "Other", "TOK teacher": "Other", "CAS adviser": "Other"},
    "pyp": {"DP coordinator": "PYP coordinator", "Subject teacher": "PYP classroom teacher", "CAS coordinator": "Other",
            "EE coordinator": "Other", "TOK teacher": "Other", "CAS adviser": "Other"},
}  # fmt: skip
"""What the people of the Diploma Programme do in the sample school of another one; who is not named does the same."""
MYP_SUBJECTS = ("Sciences", "Design", "Mathematics", "Individuals and Societies", "Language Acquisition",
                "Physical and Health Education", "Language and Literature", "Arts")  # fmt: skip


def of_programme(workshops: list[dict[str, Any]], programme: str) -> list[dict[str, Any]]:
    """The same workshops as those of another programme, about its subjects."""
    roles, found = _ROLES_OF[programme], []
    people = list(dict.fromkeys(row["staff"] for row in workshops))
    for row in workshops:
        subject, about = row["subject"], str(row["workshop"]).rpartition(": ")[2]
        if subject and programme != "cp":
            subject = MYP_SUBJECTS[people.index(row["staff"]) % len(MYP_SUBJECTS)] if programme == "myp" else None
        title = f"{subject}: {about}" if subject else about[:1].upper() + about[1:]
        changed = {"programme": programme.upper(), "workshop_programme": programme.upper(), "subject": subject}
        found.append({**row, **changed, "workshop": title, "role": roles.get(row["role"], row["role"])})
    return found


def teachers(workshops: list[dict[str, Any]]) -> dict[str, str]:
    """Subject -> the first teacher who went to its workshops."""
    found: dict[str, str] = {}
    for row in workshops:
        if row["subject"]:
            found.setdefault(row["subject"], row["staff"])
    return found
