"""The Report button on an open workbook: the page shows what stands there now, unsaved changes too."""

from __future__ import annotations

import stat
import webbrowser
from pathlib import Path

import pytest
import xlwings as xw
from report_school import ROWS, school

from addin.excel import buttons

pytest_plugins = ("office",)
pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]


def test_report_writes_a_page_of_the_open_book_and_shows_it(
    office: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(shown.append(url)) or True)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    book = office.books.open(school(tmp_path, {"candidates": ROWS["candidates"]}))
    try:
        sheet = book.sheets["Candidates"]
        row = next(n for n in range(1, 20) if sheet.range((n, 1)).value == "000123")
        sheet.range((row, 5)).value = "May 27"
        message = buttons.BUTTONS["report"](book)
    finally:
        book.close()
    path = tmp_path / "home" / "Documents" / "IB Trackers" / "School" / "report.html"
    assert str(path) in message
    assert shown == [path.as_uri()]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "May 27" in path.read_text("utf-8")


def test_report_makes_what_belongs_to_the_sheet_in_front(
    office: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person's page on a row of Candidates or Staff, the record of workshops on PD, what to order on Inventory."""
    monkeypatch.setattr(webbrowser, "open", lambda url: True)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    home = tmp_path / "home" / "Documents" / "IB Trackers" / "School"
    book = office.books.open(school(tmp_path, {**ROWS, "staff": [{"name": "S. Stone", "email": "s@x.example"}]}))
    try:
        sheet = book.sheets["Candidates"]
        sheet.activate()
        row = next(n for n in range(1, 20) if sheet.range((n, 1)).value == "000456")
        sheet.range((row, 2)).select()
        assert "student 000456.html" in buttons.BUTTONS["report"](book)
        assert "Okonkwo" in (home / "student 000456.html").read_text("utf-8")
        staff = book.sheets["Staff"]
        staff.activate()
        row = next(n for n in range(1, 20) if staff.range((n, 1)).value == "S. Stone")
        staff.range((row, 2)).select()
        assert "colleague S. Stone.html" in buttons.BUTTONS["report"](book)
        assert "Teaches" in (home / "colleague S. Stone.html").read_text("utf-8")
        book.sheets["PD"].activate()
        said = buttons.BUTTONS["report"](book)
        assert (home / "pd-record" / "index.html").exists()
        assert "No workshop is planned or booked." in said  # the booked one is over
        book.sheets["Inventory"].activate()
        assert "Nothing is wanted." in buttons.BUTTONS["report"](book)
        book.sheets["CAS"].activate()
        assert "missing" in buttons.BUTTONS["report"](book)
        (page,) = (home / "missing").glob("summary-*.html")
        words = page.read_text("utf-8")
        assert "Okonkwo" in words and "LO1, LO2, LO3, LO4, LO5, LO6, LO7" in words
        assert "LO3, LO4, LO5, LO6, LO7" in words, "the other has evidence for the first two"
        assert "Лебедева" not in words, "of a course candidate no outcomes are asked"
        book.sheets["Views"].activate()
        assert "charts" in buttons.BUTTONS["report"](book)
    finally:
        book.close()


def test_report_on_unit_planners_makes_the_curriculum(
    office: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda url: True)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    unit = {"programme": "DP", "course": "Biology", "level": "HL", "year": 1, "order": 1, "unit": "Water and life",
            "concepts": "Change; Systems", "hours": 20, "state": "Draft"}  # fmt: skip
    book = office.books.open(school(tmp_path, {**ROWS, "planners": [unit]}))
    try:
        book.sheets["Unit planners"].activate()
        said = buttons.BUTTONS["report"](book)
    finally:
        book.close()
    folder = tmp_path / "home" / "Documents" / "IB Trackers" / "School" / "curriculum"
    assert str(folder) in said
    assert any("Water and life" in page.read_text("utf-8") for page in folder.glob("*.html"))
