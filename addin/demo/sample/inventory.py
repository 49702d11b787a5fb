"""800 things: books kept copy by copy, with loans, and calculators and equipment by quantity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from addin.demo.sample.pd import MYP_SUBJECTS

COUNT, TITLES = 800, 24
_SUBJECTS = ("Biology", "Chemistry", "Physics", "Economics", "Geography", "Psychology", "English A", "Mathematics")
_KINDS = (("course book", "Textbook"), ("exam preparation", "Textbook"), ("reader", "Novel or text"))
_STORES = ("Store A, shelf 1", "Store A, shelf 2", "Library", "Room 204", "Room 311", "Science prep room")
_BULK = (
    ("Graphic calculator", "Calculator"), ("Answer booklets, 4 pages", "Stationery"),
    ("Beaker 250 ml", "Laboratory equipment"),
    ("Safety goggles", "Laboratory equipment"), ("Drawing board", "Art or music equipment"), ("Tablet", "Device"),
    ("Microphone", "Art or music equipment"), ("Graph paper, pads", "Stationery"),
)  # fmt: skip


_OTHER_SUBJECTS = {
    "myp": MYP_SUBJECTS,
    "pyp": ("Science", "Social Studies", "Mathematics", "Arts", "Additional Language", "Physical Education", "Language",
            "Unit of Inquiry"),
}  # fmt: skip
"""What stands for each of `_SUBJECTS` in the younger programmes."""
_PYP_THINGS = {
    "Graphic calculator": "Counting blocks", "Answer booklets, 4 pages": "Sketch books",
    "Beaker 250 ml": "Magnifying glass", "Graph paper, pads": "Coloured paper, packs",
}  # fmt: skip


def of_programme(row: dict[str, Any], programme: str) -> dict[str, Any]:
    """The same thing as a school of the MYP or PYP has it: its subjects, and nothing for exams."""
    names = dict(zip(_SUBJECTS, _OTHER_SUBJECTS[programme], strict=True))
    subject, item = row.get("subject"), str(row["item"])
    if subject in names:
        item = item.replace(subject, names[subject], 1).replace("exam preparation", "workbook")
        return {**row, "subject": names[subject], "item": item}
    thing = next((thing for thing in _PYP_THINGS if programme == "pyp" and item.startswith(thing)), "")
    return {**row, "item": item.replace(thing, _PYP_THINGS[thing], 1)} if thing else row


def rows(random: Random, courses: Sequence[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """The inventory, books first; a copy is lent to a candidate who takes its subject."""
    found: list[dict[str, Any]] = []
    titles = [(subject, *kind) for subject in _SUBJECTS for kind in _KINDS][:TITLES]
    for subject, what, kind in titles:
        readers = _readers(random, subject, courses)
        for copy in range(1, 31):
            reader = readers[copy - 1] if copy <= len(readers) else ""
            found.append(_copy(random, subject, f"{subject} {what}", kind, copy, reader, today))
    for number in range(COUNT - len(found)):
        found.append(_quantity(random, number, today))
    return [{"asset": f"A{number:05}", **row} for number, row in enumerate(found, 1)]


def _readers(random: Random, subject: str, courses: Sequence[dict[str, Any]]) -> list[str]:
    """The codes of those who take a subject, whatever its variant, in any order."""
    taken = (line for line in courses if line["level"] in ("SL", "HL") and line["subject"].startswith(subject))
    codes = list(dict.fromkeys(line["candidate"] for line in taken))
    return random.sample(codes, len(codes))


def _copy(random: Random, subject: str, item: str, kind: str, copy: int, reader: str, today: date) -> dict[str, Any]:
    row: dict[str, Any] = {
        "item": item, "type": kind, "subject": subject, "counted_by": "Copy", "copy_number": f"{copy:03}",
        "quantity": 1,
        "edition": f"{1 + copy % 3}. edition", "guide_valid_to": date(today.year + 3, 5, 31), "state": "In use",
        "condition": random.choice(("New", "Good", "Good", "Fair", "Poor")), "location": random.choice(_STORES),
        "counted": 1, "counted_on": today - timedelta(days=80), "unit_price": random.choice((28.5, 34, 41.9)),
    }  # fmt: skip
    if random.random() < 0.75 and reader:
        out = today - timedelta(days=random.randrange(30, 300))
        row |= {"lent_to": reader, "lent_on": out, "due": today + timedelta(days=200)}
        if random.random() < 0.3:
            row |= {"returned": out + timedelta(days=random.randrange(1, 29)), "condition_returned": row["condition"]}
    elif random.random() < 0.05:
        row |= {"state": "Lost", "counted": None, "counted_on": None}
    return row


def _quantity(random: Random, number: int, today: date) -> dict[str, Any]:
    item, kind = _BULK[number % len(_BULK)]
    many = random.randrange(10, 200)
    return {
        "item": f"{item}, set {1 + number // len(_BULK)}",
        "type": kind,
        "counted_by": "Quantity",
        "quantity": many,
        "state": "In use",
        "condition": "Good",
        "location": random.choice(_STORES),
        "counted": many,
        "counted_on": today - timedelta(days=80),
        "wanted": many - random.randrange(5),
        "unit_price": random.choice((0.4, 3, 85)),
        "replace_by": date(today.year + 2, 8, 31),
    }
