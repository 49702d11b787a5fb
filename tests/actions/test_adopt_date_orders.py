"""Each column proves by its own dates which comes first, day or month: birth dates prove no dates beside."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from addin.actions.adopt import adopt
from addin.core.recognition.reading import Reading

HEADERS = ["Student", "Date of birth", "Activity", "Strand", "Hours", "Start", "End"]


def read(path: Path, *rows: tuple[str, ...]) -> Reading:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("CAS log")
        for number, row in enumerate((HEADERS, *rows)):
            sheet.write_row(number, 0, row)
    return adopt(str(path), dry_run=True, answers={"session": "M27", "codes": "make"}).reading


def starts(reading: Reading) -> list[object]:
    return [str(made.values.get("start")) for made in reading.made if made.tracker == "cas"]


def test_two_columns_may_be_written_in_two_orders(tmp_path: Path) -> None:
    reading = read(
        tmp_path / "a.xlsx",
        ("Okafor, Ada", "05/29/2009", "Choir", "C", "3", "04/03/2026", "25/03/2026"),
        ("Lindqvist, Nils", "04/03/2009", "Chess", "C", "2", "05/03/2026", "06/03/2026"),
    )
    assert starts(reading) == ["2026-03-04", "2026-03-05"]
    born = {
        made.values["last_name"]: str(made.values["birth_date"]) for made in reading.made if "birth_date" in made.values
    }
    assert born == {"Okafor": "2009-05-29", "Lindqvist": "2009-04-03"}


def test_birth_dates_only_suggest_how_the_others_are_meant(tmp_path: Path) -> None:
    rows = (
        ("Okafor, Ada", "05/29/2009", "Choir", "C", "3", "04/03/2026", "05/03/2026"),
        ("Lindqvist, Nils", "04/03/2009", "Chess", "C", "2", "05/03/2026", "06/03/2026"),
    )
    path = tmp_path / "a.xlsx"
    read(path, *rows)
    seen: list[str] = []
    adopt(
        str(path),
        dry_run=True,
        answers={"session": "M27", "codes": "make"},
        ask=lambda reading, _: seen.extend(f"{one.name}: {one.default}" for one in reading.questions) or {},
    )
    assert "date order /4: mdy" in seen
