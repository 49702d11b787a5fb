"""Calendars: read by two independent readers; importing again updates; nobody's name but colleagues' own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import icalendar
import openpyxl
import pytest

from addin.cli.main import main


@pytest.fixture
def school(tmp_path: Path) -> Path:
    book = tmp_path / "School.xlsx"
    assert main(["new", str(book), "--session", "M27", "--trackers", "candidates,calendar,pd"]) == 0
    workbook = openpyxl.load_workbook(book)
    fill(workbook["Calendar"], {"What": "Hand in; check, the list", "Due": date(2027, 3, 1), "Owner": "Ana Kamau"})
    fill(
        workbook["PD"],
        {"Staff": "Olu Ade", "Role": "Librarian", "Programme": "DP", "Workshop": "Libraries, new",
         "Start": date(2027, 2, 1), "End": date(2027, 2, 3), "Status": "Booked"},
    )  # fmt: skip
    workbook.save(book)
    return book


def fill(sheet: openpyxl.worksheet.worksheet.Worksheet, row: dict[str, object]) -> None:
    headers = {cell.value: cell for line in sheet.iter_rows(max_row=8) for cell in line if cell.value}
    for header, value in row.items():
        sheet.cell(headers[header].row + 1, headers[header].column, value)


def events(path: Path) -> dict[str, icalendar.Event]:
    return {str(one["uid"]): one for one in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


def test_every_date_is_an_all_day_event_with_reminders(school: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["export", str(school), "--to", "ics", "--out", str(out)]) == 0
    found = events(out / "calendar.ics")
    mine = next(one for one in found.values() if "Hand in" in str(one["summary"]))
    assert mine["dtstart"].dt == date(2027, 3, 1)
    assert mine["dtend"].dt == date(2027, 3, 2)
    assert len(mine.walk("VALARM")) == 3
    workshop = next(one for one in found.values() if "Libraries" in str(one["summary"]))
    assert (workshop["dtstart"].dt, workshop["dtend"].dt) == (date(2027, 2, 1), date(2027, 2, 4))
    assert any(uid.startswith("ib-") for uid in found)


def test_each_person_has_a_file_with_what_concerns_them(school: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["export", str(school), "--to", "ics", "--out", str(out)]) == 0
    names = sorted(path.name for path in (out / "people").iterdir())
    assert names == ["Ana-Kamau.ics", "Olu-Ade.ics"]
    hers = " ".join(str(one["summary"]) for one in events(out / "people" / "Ana-Kamau.ics").values())
    assert "Hand in" in hers
    assert "Libraries" not in hers
    assert (out / "people" / "Ana-Kamau.ics").stat().st_mode & 0o077 == 0


def test_exporting_again_keeps_every_uid(school: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.ics", tmp_path / "other.ics"
    assert main(["export", str(school), "--to", "ics", "--out", str(one)]) == 0
    assert main(["export", str(school), "--to", "ics", "--out", str(other)]) == 0
    assert one.read_bytes() == other.read_bytes()


def test_a_second_reader_finds_the_same_lines(school: Path, tmp_path: Path) -> None:
    """Unfolded by hand as RFC 5545 says: the text, commas and semicolons escaped, has the same summaries."""
    out = tmp_path / "one.ics"
    assert main(["export", str(school), "--to", "ics", "--out", str(out)]) == 0
    text = out.read_bytes().decode("utf-8").replace("\r\n ", "")
    summaries = [line.partition(":")[2] for line in text.split("\r\n") if line.startswith("SUMMARY")]
    plain = sorted(line.replace("\\,", ",").replace("\\;", ";") for line in summaries)
    assert plain == sorted(str(one["summary"]) for one in events(out).values())
    assert all(len(line.encode()) <= 75 for line in out.read_bytes().decode().split("\r\n"))
