"""Schools for the district: each a workbook in a folder of its own, with a mistake in one of fifty rows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from addin.core.settings import Settings
from addin.core.tables.row_ids import new_ids
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import heads, load_named

NAMES = ("Ida", "Omar", "Lena", "Yuki", "Tariq", "Noor", "Pavel")
SLIPS = (("candidate", "999999"), ("kind", "Sleep"), ("end", date(2020, 1, 1)), ("title", None))
"""What is wrong with one in fifty CAS entries: an unknown student or kind, an end before the start, no title."""


def make_schools(folder: Path, count: int, *, candidates: int, cas: int = 0, broken: int = 0, first: int = 0) -> None:
    """`count` workbooks `sN/School.xlsx` with so many candidates and CAS entries, and files that are no workbooks."""
    trackers = load_named(["candidates", "cas"], heads())
    settings = Settings(values={"session": "M27"}, lists=load_lists(), today=date(2026, 11, 29))
    for number in range(first, first + count):
        random = Random(number)
        people = [_candidate(index, f"{number:03}{index:03}") for index in range(candidates)]
        entries = [_entry(index, people[index % candidates]["code"], random) for index in range(cas)]
        given: list[str] = []
        ids = {}
        for name, rows in (("candidates", people), ("cas", entries)):
            ids[name] = new_ids(given, len(rows), random)
            given += ids[name]
        place = folder / f"s{number}"
        place.mkdir(parents=True)
        build(place / "School.xlsx", trackers, settings, {"candidates": people, "cas": entries}, ids)
    for number in range(broken):
        (folder / f"broken{number}.xlsx").write_bytes(b"this is no workbook")


def _candidate(index: int, code: str) -> dict[str, object]:
    return {
        "code": code, "last_name": None if index % 50 == 3 else f"Berg{code}", "first_names": NAMES[index % len(NAMES)],
        "session": "M27", "category": "D", "birth_date": date(2009, 1, 1) + timedelta(index * 5 % 360),
    }  # fmt: skip


def _entry(index: int, candidate: object, random: Random) -> dict[str, object]:
    start = date(2026, 9, 1) + timedelta(random.randrange(60))
    row = {
        "entry": f"{index:05}", "candidate": candidate, "kind": "Experience", "title": f"Choir {index}",
        "strand": "Creativity", "status": "Draft", "start": start, "end": start + timedelta(random.randrange(100)),
        "hours": random.randrange(1, 30),
    }  # fmt: skip
    if random.random() < 0.02:
        column, value = random.choice(SLIPS)
        row[column] = value
    return row
