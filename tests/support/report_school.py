"""A small school for the tests of report, import and remind, made in a folder."""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from addin.core.records import replace
from addin.templates import build
from addin.workspace.settings import load
from addin.workspace.tracker_files import load_all

TODAY = date(2026, 11, 22)
SETTINGS = """session = "M27"
programme = "dp"
[school]
name = "Riverside <School>"
"""
CANDIDATES = [
    {"code": "000123", "last_name": "Novák", "first_names": "Anna Zdenka", "session": "M27", "category": "D",
     "adviser": "R. Field", "email": "anna.novak@school.example", "birth_date": date(2009, 3, 14),
     "session_number": "061983-0017", "identifier_state": "Confirmed", "guardian_email": "family.novak@mail.example"},
    {"code": "000456", "last_name": "Okonkwo", "first_names": "Chidiebere", "session": "M27", "category": "D",
     "adviser": "S. Stone", "email": "c.okonkwo@school.example", "birth_date": date(2009, 5, 2)},
    {"code": "000789", "last_name": "Лебедева", "first_names": "Юлия", "session": "M27", "category": "C",
     "adviser": "R. Field", "email": "not an address", "birth_date": date(2009, 6, 3)},
]  # fmt: skip
REGISTRATIONS = [
    {"candidate": "000123", "session": "M27", "category": "D", "subject": subject, "level": level,
     "response_language": "English", "contributing": level in ("HL", "SL"), "teacher": teacher}
    for subject, level, teacher in (
        ("English A: Literature", "HL", "M. Lind"), ("French B", "SL", "K. Roy"), ("Economics", "HL", "P. Hahn"),
        ("Biology", "HL", "R. Field"), ("Mathematics: Analysis and Approaches", "SL", "S. Stone"),
        ("Biology", "EE", "R. Field"), ("Theory of Knowledge", "TK", "S. Stone"),
    )
]  # fmt: skip
CAS = [
    {"entry": "0001", "candidate": "000123", "kind": "Experience", "title": "Choir with Okonkwo & 000456",
     "status": "Complete", "strand": "Creativity",
     "outcomes": "LO1; LO2",
     "start": date(2025, 9, 8), "end": date(2026, 6, 1), "hours": 34.5,
     "supervisor": "B. Holm", "supervisor_email": "b.holm@clubs.example", "reflections": 2},
    {"entry": "0002", "candidate": "000456", "kind": "Project", "title": "<b>Repair café</b>", "status": "Approved",
     "strand": "Service", "start": date(2026, 2, 1), "supervisor": "B. Holm"},
]  # fmt: skip
PD = [
    {"staff": "Rosa Field", "email": "field@school.example", "role": "Librarian", "programme": "DP",
     "status": "Attended", "workshop": "Libraries", "start": date(2020, 2, 10),
     "end": date(2020, 2, 12), "next_due": date(2026, 7, 1),
     "cost": 7394821,
     "ib_recognised": True, "category": 1},
    {"staff": "Olu Ade", "email": "ade@school.example", "role": "Librarian", "programme": "DP", "status": "Booked",
     "workshop": "Reading", "start": date(2026, 11, 29), "cover": True, "next_due": date(2026, 11, 29)},
]  # fmt: skip
INVENTORY = [
    {"asset": "A0017", "item": "Biology for the IB Diploma", "counted_by": "Copy", "quantity": 1, "state": "In use",
     "lent_to": "000123", "lent_on": date(2026, 1, 10), "due": date(2026, 6, 30)},
]  # fmt: skip
ROWS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "candidates": CANDIDATES,
    "registrations": REGISTRATIONS,
    "cas": CAS,
    "pd": PD,
    "inventory": INVENTORY,
}


def school(folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]] = ROWS, settings: str = SETTINGS) -> Path:
    """A workbook with these rows, each with an id, and its settings, in a folder."""
    (folder / "ib-trackers.toml").write_text(settings, encoding="utf-8")
    trackers = {name: tracker for name, tracker in load_all().items() if name in rows}
    ids = {name: [f"{name[:2]}{number:04d}" for number in range(len(rows[name]))] for name in rows}
    path = folder / "School.xlsx"
    build(path, trackers, replace(load(folder, today=TODAY)), rows, ids)
    return path


def pdf_bytes(path: Path) -> bytes:
    """A PDF's bytes with every stream unpacked behind them."""
    data = path.read_bytes()
    unpacked = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\n?endstream", data, re.DOTALL):
        for undo in (lambda s: zlib.decompress(a85decode(s.strip().removesuffix(b"~>"))), zlib.decompress):
            try:
                unpacked.append(undo(stream))
                break
            except (ValueError, zlib.error):
                continue
    return b"\n".join(unpacked)


class Then(date):
    """A calendar that has stopped: put in place of `date` where a workbook is read."""

    @classmethod
    def today(cls) -> date:  # type: ignore[override]  # a plain date, as the real one's values are compared with dates
        return TODAY
