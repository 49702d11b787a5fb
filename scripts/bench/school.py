"""What `ib-trackers new School.xlsm` builds, with very many CAS rows and about 3.5 % mistakes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SLIPS = (("candidate", "0009-9999"), ("kind", "Sleep"), ("end", date(2020, 1, 1)), ("title", None))
CANDIDATES = 400


def school_book(path: Path, rows: int) -> None:
    from addin.templates import build
    from addin.workspace.settings import load
    from addin.workspace.tracker_files import load_all

    trackers = {name: tracker for name, tracker in load_all().items() if name in ("candidates", "cas")}
    people = [
        {"code": f"0001-{n:04}", "last_name": f"Doe {n}", "first_names": "Ana", "session": "M28", "category": "Diploma",
         "birth_date": date(2010, 1, 1)} for n in range(CANDIDATES)
    ]  # fmt: skip
    build(
        path, trackers, load(path.parent, today=date(2026, 11, 1)), {"candidates": people, "cas": list(entries(rows))}
    )


def entries(rows: int) -> Iterator[dict[str, object]]:
    dice = random.Random(7)
    for number in range(rows):
        start = date(2026, 9, 1) + timedelta(dice.randrange(60))
        row: dict[str, object] = {
            "entry": f"E{number:06}", "candidate": f"0001-{dice.randrange(CANDIDATES):04}", "kind": "Experience",
            "title": f"Experience {number}", "strand": "Activity", "status": "Submitted", "start": start,
            "end": start + timedelta(dice.randrange(100)), "hours": dice.randrange(1, 30),
            "outcomes": f"LO{dice.randrange(1, 8)}",
        }  # fmt: skip
        if dice.random() < 0.035:
            column, value = dice.choice(SLIPS)
            row[column] = value
        yield row
