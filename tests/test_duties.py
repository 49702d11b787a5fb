"""Every duty of a coordinator is carried by a tracker that exists."""

from __future__ import annotations

import csv
from pathlib import Path

from addin.workspace.tracker_files import load_all

ROOT = Path(__file__).resolve().parents[1]
PARTS = (
    "C8-exhibition", "C8-community", "C8-personal", "C8-exams", "C8-service", "C8-tok", "C8-ee", "C8-reflective",
    "C9-registration", "C9-assessment", "C9-core", "C9-storage", "C9-shipping", "C9-transcripts", "C9-completion",
    "C9-results",
)  # fmt: skip
EXPECTED = [
    *(f"A{number}" for number in range(1, 7)),
    *(f"B{number}" for number in range(34)),
    *(f"C{number}" for number in range(1, 8)),
    *PARTS,
    *(f"C{number}" for number in range(10, 24)),
]


def test_every_duty_has_a_row_and_every_row_names_trackers_that_exist() -> None:
    with (ROOT / "sheets_templates" / "duties.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == EXPECTED
    known = {*load_all(), "*"}
    assert [row["id"] for row in rows if not {*row["trackers"].split("; ")} <= known or not row["how"]] == []
    carrying = {name for row in rows for name in row["trackers"].split("; ")}
    unused = known - carrying - {"staff"}
    assert not unused, f"no duty asks for {unused}"
