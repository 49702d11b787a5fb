"""4,000 CAS entries: experiences, series, projects and interviews, spread over the two years of the programme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

COUNT = 4_000
_OUTCOMES = tuple(f"LO{number}" for number in range(1, 8))
_STAGES = "Investigation; Preparation; Action; Reflection; Demonstration"
_TITLES = (
    ("Jazz band rehearsal", "Creativity"), ("School newspaper", "Creativity"), ("Pottery workshop", "Creativity"),
    ("Stage design", "Creativity"), ("Photo walk", "Creativity"), ("Coding a club website", "Creativity"),
    ("Choir evening", "Creativity"), ("Debate club", "Creativity"), ("Badminton club", "Activity"),
    ("Trail running", "Activity"), ("Rowing practice", "Activity"), ("Rock climbing", "Activity"),
    ("Dance class", "Creativity; Activity"), ("Swimming squad", "Activity"), ("Hiking weekend", "Activity"),
    ("Yoga before school", "Activity"), ("Food bank shift", "Service"), ("Reading with year 3", "Service"),
    ("Beach clean-up", "Activity; Service"), ("Homework help", "Service"), ("Visiting the care home", "Service"),
    ("Tree planting", "Activity; Service"), ("Sign language course", "Creativity; Service"),
    ("Repair café", "Creativity; Service"), ("Charity football day", "Activity; Service"),
)  # fmt: skip
_PROJECTS = (
    ("School garden", "Creativity; Service"), ("Short film for the library", "Creativity"),
    ("Bicycle repair for the district", "Activity; Service"), ("Winter concert for the clinic", "Creativity; Service"),
    ("Girls' football festival", "Activity; Service"), ("Water filter campaign", "Service"),
)  # fmt: skip
_ADULTS = ("M. Aldana", "C. Bergqvist", "F. Demirci", "O. Halloran", "V. Menon", "Z. Rautio", "W. Tran", "Y. Quispe")


def rows(random: Random, candidates: Sequence[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """The entries of all diploma candidates; those of the later session have been at it for a shorter time."""
    people = [candidate for candidate in candidates if candidate["category"] == "D"]
    weights = [3 if candidate["year_group"] == "DP2" else 1 for candidate in people]
    entries: list[list[dict[str, Any]]] = [[*_interviews(random, c, today), _project(random, c, today)] for c in people]
    taken = {(e["candidate"], e["title"], e["start"]) for held in entries for e in held}
    while sum(map(len, entries)) < COUNT:
        place = random.choices(range(len(people)), weights)[0]
        entry = _experience(random, people[place], today)
        if (what := (entry["candidate"], entry["title"], entry["start"])) not in taken:
            taken.add(what)
            entries[place].append(entry)
    found = [entry for held in entries for entry in held]
    return [{"entry": f"{number:04}", **entry} for number, entry in enumerate(found, 1)]


def _interviews(random: Random, candidate: dict[str, Any], today: date) -> list[dict[str, Any]]:
    joined = candidate["joined"]
    days = {
        "First": joined + timedelta(days=random.randrange(20, 60)),
        "Second": joined + timedelta(days=290),
        "Third": joined + timedelta(days=570),
    }
    return [
        {
            "candidate": candidate["code"],
            "kind": "Interview",
            "title": f"{which} interview",
            "start": day,
            "end": day,
            "supervisor": candidate["adviser"],
            "interview": which,
            "status": "Complete",
        }
        for which, day in days.items()
        if day < today
    ]


def _project(random: Random, candidate: dict[str, Any], today: date) -> dict[str, Any]:
    """A project of at least a month: done in the final year, to come in the first."""
    title, strand = random.choice(_PROJECTS)
    final = candidate["year_group"] == "DP2"
    start = candidate["joined"] + timedelta(days=random.randrange(60, 200))
    end = start + timedelta(days=random.randrange(40, 120))
    done = final and end < today
    return {
        "candidate": candidate["code"], "kind": "Project", "title": title, "strand": strand,
        "outcomes": _outcomes(random, 4) if done else None, "start": start, "end": end,
        "hours": random.randrange(20, 50) if done else None, "stages": _STAGES if done else None, "together": True,
        "supervisor": random.choice(_ADULTS), "supervisor_relative": False,
        "reflections": random.randrange(3, 7) if done else 1, "status": "Complete" if done else "Approved",
    }  # fmt: skip


def _experience(random: Random, candidate: dict[str, Any], today: date) -> dict[str, Any]:
    title, strand = random.choice(_TITLES)
    joined = candidate["joined"]
    start = joined + timedelta(days=random.randrange(7, (today - joined).days - 5))
    series = random.random() < 0.25
    end = start + timedelta(days=random.randrange(30, 120) if series else random.randrange(3))
    status = random.choices(("Complete", "Awaiting sign-off", "Submitted", "Draft"), (80, 6, 8, 6))[0]
    if end >= today:
        end, status = None, random.choice(("Approved", "Submitted"))
    adult = random.choice(_ADULTS)
    sent = end + timedelta(days=2) if end and status == "Complete" and end + timedelta(days=9) < today else None
    done = status in ("Complete", "Awaiting sign-off")
    return {
        "candidate": candidate["code"], "kind": "Series" if series else "Experience", "title": title, "strand": strand,
        "outcomes": _outcomes(random, random.choice((1, 2, 2, 3))) if done else None, "start": start, "end": end,
        "hours": random.randrange(2, 40 if series else 9) / (1 if series else 2), "together": random.random() < 0.6,
        "supervisor": adult, "supervisor_email": f"{adult[3:].lower()}@clubs.example",
        "supervisor_relative": False, "reflections": random.randrange(1, 4) if done else None,
        "evidence": f"https://portfolio.example/{candidate['code']}" if done else None, "status": status,
        "review_sent": sent, "review_done": sent + timedelta(days=random.randrange(7)) if sent else None,
    }  # fmt: skip


def _outcomes(random: Random, count: int) -> str:
    return "; ".join(sorted(random.sample(_OUTCOMES, count)))
