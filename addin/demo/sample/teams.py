"""Teams that meet every four weeks, and what they talked about: the members are there, and their actions are done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
GROUPS = (
    ("IB team", "Leadership", "Dates of the term"),
    ("Sciences", "Vertical", "Command terms"),
    ("Languages", "Vertical", "Oral assessment"),
    ("Mathematics", "Horizontal", "Calculators"),
    ("Arts", "Horizontal", "Exhibitions"),
)
EVERY, SINCE, MEMBERS = timedelta(days=28), timedelta(days=160), 4
_LINK = "https://files.riverside.example/{what}/{number}"


def groups(staff: Sequence[str], programme: str, today: date) -> list[Row]:
    """The teams; each has members of its own as far as the staff suffices."""
    found = []
    for number, (name, direction, _) in enumerate(GROUPS):
        members = list(dict.fromkeys(staff[(number * MEMBERS + at) % len(staff)] for at in range(MEMBERS)))
        found.append(
            {
                "group": name,
                "direction": direction,
                "programme": programme.upper(),
                "chair": members[0],
                "members": "; ".join(members),
                "cadence": "Monthly",
                "from": today - SINCE,
                "place": f"Room {201 + number}",
                "purpose": "Planning together",
            }
        )
    return found


def meetings(teams: Sequence[Row], today: date) -> list[Row]:
    """A meeting of each team every four weeks until last week, on different days, and the next one planned."""
    found = []
    for number, team in enumerate(teams):
        topic = next(topic for name, _, topic in GROUPS if name == team["group"])
        day = today - SINCE + timedelta(days=number)
        while day < today - timedelta(days=3):
            code = f"{team['group'].lower().replace(' ', '-')}-{day:%Y-%m-%d}"
            found.append(
                {
                    "date": day,
                    "type": "Planning",
                    "group": team["group"],
                    "chair": team["chair"],
                    "present": team["members"],
                    "agenda": _LINK.format(what="agenda", number=code),
                    "minutes": _LINK.format(what="minutes", number=code),
                    "item": topic,
                    "decision": "As discussed",
                    "action": "Send the summary",
                    "owner": team["chair"],
                    "due": day + timedelta(days=7),
                    "done": min(day + timedelta(days=3), today),
                }
            )
            day += EVERY
        found.append({"date": max(day, today), "type": "Planning", "group": team["group"], "item": topic})
    return sorted(found, key=lambda row: (row["date"], row["group"]))
