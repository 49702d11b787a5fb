"""The everyday tasks, done one after the other from a fresh workbook, by cells and buttons that are counted."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from google_school import School

from addin.actions.handover import take_over
from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.names import LINKS
from addin.excel.buttons import BUTTONS
from addin.workspace.register_sheet import FIELDS, FIRST_ROW

pytest_plugins = ("office", "google_desk")
pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

SIX = [
    ("English A: Language and Literature", "HL"), ("French B", "SL"), ("History Europe", "HL"), ("Biology", "HL"),
    ("Mathematics: Analysis and Approaches", "SL"), ("Visual Arts", "SL"),
]  # fmt: skip
TABLE = Path(__file__).parents[1] / "VERIFICATION.md"


class Desk:
    """A workbook in use; counts cells that are filled in, and clicks: on a tab, on a row, on a button."""

    def __init__(self, book: xw.Book, folder: Path) -> None:
        self.book, self.folder = book, folder
        self.counted: list[tuple[int, int]] = []
        self._cells = self._clicks = 0

    def go(self, sheet: str) -> xw.Sheet:
        self._clicks += 1
        found: xw.Sheet = self.book.sheets[sheet]
        found.activate()
        return found

    def fill(self, cells: dict[str, Any]) -> None:
        for cell, value in cells.items():
            self.book.sheets.active.range(cell).value = value
            self._cells += 1

    def press(self, action: str) -> str:
        self._clicks += 1
        return BUTTONS[action](self.book)

    def done(self) -> None:
        """The end of a task: keep what it took."""
        self.counted.append((self._clicks, self._cells))
        self._cells = self._clicks = 0


@pytest.fixture
def desk(office: xw.App, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("webbrowser.open", lambda address: True)
    path = tmp_path / "School.xlsx"
    assert main(["new", str(path)]) == 0
    book = office.books.open(path)
    yield Desk(book, tmp_path)
    book.close()


def test_eight_tasks_take_the_clicks_and_cells_that_the_table_says(desk: Desk, service: School) -> None:
    register(desk)
    tell_who_is_behind(desk)
    find_who_needs_a_workshop(desk)
    make_the_page_for_the_head(desk)
    roll_over(desk)
    bring_a_deleted_row_back(desk)
    hand_over(desk)
    share(desk, service)
    lend_and_count(desk)
    rows = re.findall(r"^\| \d\. .*?\| (\d+) \| (\d+) \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert desk.counted == [(int(clicks), int(cells)) for clicks, cells in rows]
    assert desk.counted[0][1] <= 20, "a candidate is registered with at most 20 cells"


def register(desk: Desk) -> None:
    at = {name: f"B{FIRST_ROW + row}" for row, name in enumerate(FIELDS)}
    typed = {"code": "009001", "last_name": "Berg", "first_names": "Ida", "birth_date": date(2009, 5, 5)}
    desk.go("Register")
    desk.fill({at[name]: value for name, value in (typed | {"adviser": "R. Field", "essay": "Biology"}).items()})
    for row, (subject, level) in enumerate(SIX, FIRST_ROW + 1):
        desk.fill({f"E{row}": subject, f"F{row}": level})
    assert desk.press("register_candidate").startswith("Registered Ida Berg (009001)")
    lines = desk.book.sheets["Registrations"].range("A5:A13").value
    assert lines == ["009001"] * 8 + [None]
    desk.done()


def tell_who_is_behind(desk: Desk) -> None:
    home = desk.go("Home")
    cells = [value for line in home.range("A1:M40").value for value in line]
    at = cells.index("R. Field")
    assert cells[at : at + 3] == ["R. Field", 1, 1], "Home names the adviser of whom one of one is behind"
    desk.go("Staff")
    desk.fill({"A5": "R. Field", "B5": "field@school.example"})
    assert "R. Field" in desk.press("remind")
    desk.press("remind")
    (draft,) = (desk.folder / "reminders").glob("*.eml")
    letter = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert isinstance(letter, EmailMessage) and "<field@school.example>" in letter["To"]
    assert "Ida Berg (009001): behind in CAS for the date. Still missing: " in letter.get_content()
    desk.done()


def find_who_needs_a_workshop(desk: Desk) -> None:
    views = desk.go("Views")
    desk.fill({"B3": "Staff and workshops"})
    headers, line = views.range("A4:G5").value
    assert line[0] == "R. Field" and line[headers.index("Category 1")] == 0
    desk.done()


def make_the_page_for_the_head(desk: Desk) -> None:
    desk.go("Settings")
    rows = desk.book.sheets["Settings"].range("A1:B12").value
    desk.fill({f"C{[line[1] for line in rows].index('School name') + 1}": "Riverside"})
    desk.go("Home")
    said = desk.press("report")
    page = Path(said.removeprefix("Made ").partition(" (")[0]).read_text(encoding="utf-8")
    assert "Riverside" in page and "field@school.example" not in page
    desk.done()


def roll_over(desk: Desk) -> None:
    desk.go("Home")
    assert desk.press("roll_over").endswith("it saves this workbook and makes the new one.")
    shown = desk.press("roll_over")
    assert "Candidates: 1 row, 0 kept, 1 archived." in shown and "Press Roll over again" in shown, "typed since"
    made = desk.press("roll_over")
    path = Path(made.partition("Made ")[2].partition(" for ")[0])
    archive = XlsxBook.open(Path(made.partition("archive is ")[2].partition(". The old")[0]))
    assert path.is_file() and archive.read(["Candidates"])["Candidates"].value(2, 1) == "009001"
    desk.done()


def bring_a_deleted_row_back(desk: Desk) -> None:
    sheet = desk.go("Registrations")
    sheet.range("6:6").delete()
    assert "Registrations: 009001 M27 French B SL Ida Berg" in desk.press("bring_back")
    assert desk.press("bring_back").startswith("1 row is back")
    assert sorted(line[0] for line in sheet.range("F5:F12").options(ndim=2).value) == sorted(
        [*(name for name, _ in SIX), "Biology", "Theory of Knowledge"]
    )
    desk.done()


def hand_over(desk: Desk) -> None:
    said = desk.press("hand_over")
    password = said.partition("only now: ")[2].split()[0]
    taken = take_over(str(desk.folder / "School handover.zip"), str(desk.folder / "new"), password)
    grid = XlsxBook.open(taken.path).read(["Staff"])["Staff"]
    assert grid.value(5, 1) == "R. Field"
    desk.done()


def share(desk: Desk, service: School) -> None:
    desk.go("Home")
    assert "not signed in to Google" in desk.press("share")
    shutil.copy(service.folder / "local-emulator-key.json", desk.folder / "home" / "Downloads" / "key.json")
    assert "Press Share again" in desk.press("share")
    assert "Signed in" in desk.press("share") and desk.book.sheets.active.name == LINKS
    address = f"https://docs.google.com/spreadsheets/d/{service.key}/edit"
    desk.fill({"A2": "Registrations", "D2": address})
    desk.press("share")
    desk.press("sync")
    there = service.book().read(["Registrations"])["Registrations"]
    assert "Visual Arts" in [value for line in there.values for value in line]
    desk.done()


def lend_and_count(desk: Desk) -> None:
    sheet = desk.go("Inventory")
    headers = sheet.range("A4:Z4").value
    at = {name: chr(ord("A") + headers.index(name)) for name in ("Lent to", "Due", "Returned on", "Counted")}
    desk.fill({"A5": "B-01", "B5": "Atlas", "D5": "Copy", "E5": 1})
    sheet.range("A5").select()
    desk.fill({f"{at['Lent to']}5": "009001"})
    assert desk.press("lend").startswith("Atlas (B-01) is lent")
    assert isinstance(sheet.range(f"{at['Due']}5").value, datetime)
    assert desk.press("give_back").startswith("Atlas (B-01) is back from")
    assert isinstance(sheet.range(f"{at['Returned on']}5").value, datetime)
    assert desk.press("count").startswith("Atlas (B-01): 1 counted")
    assert sheet.range(f"{at['Counted']}5").value == 1
    desk.done()
