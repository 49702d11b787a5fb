"""Small schools for the district: each a workbook in a folder of its own, one in fifty students with a mistake."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from addin.core.settings import Settings
from addin.core.tables.row_ids import new_ids
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import heads, load_named


def make_schools(folder: Path, count: int, *, candidates: int, cas: int = 0, broken: int = 0) -> None:
    """`count` workbooks `sN/School.xlsx` with so many candidates and CAS entries, and files that are no workbooks."""
    from random import Random

    random = Random(7)
    trackers = load_named(["candidates", "cas"], heads())
    settings = Settings(values={"session": "M27"}, lists=load_lists(), today=date(2026, 11, 29))
    for number in range(count):
        people = [_candidate(index, f"{number:03}{index:03}") for index in range(candidates)]
        entries = [_entry(index, people[index % candidates]["code"]) for index in range(cas)]
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
        "code": code, "last_name": None if index % 50 == 3 else f"Berg{code}", "first_names": "Ida", "session": "M27",
        "category": "D", "birth_date": date(2009, 5, 1 + index % 28),
    }  # fmt: skip


def _entry(index: int, candidate: object) -> dict[str, object]:
    return {
        "entry": f"{index:05}", "candidate": candidate, "kind": "Experience", "title": f"Choir {index}",
        "strand": "Creativity", "status": "Draft",
    }  # fmt: skip
