"""Register, Lend, Return and Roll over on a workbook that is open in LibreOffice, through xlwings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from addin.actions.handover import take_over
from addin.core.settings import Settings
from addin.errors import Problem
from addin.excel.buttons import undo
from addin.excel.desk import bring_back, count, give_back, hand_over, lend, register, remind, roll_over
from addin.excel.privacy import due_to_erase, held_on, redacted_copy
from addin.excel.sending import calendar, ibis, packs
from addin.templates import build
from addin.workspace.register_sheet import FIELDS, FIRST_ROW, LEVEL, SUBJECT, VALUE
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

pytest_plugins = ("office",)
pytestmark = pytest.mark.libreoffice

TYPED = {
    "code": "009001",
    "last_name": "Berg",
    "first_names": "Ida",
    "birth_date": date(2009, 5, 5),
    "essay": "Biology",
}
TAKEN = [("Biology", "HL"), ("French B", "SL"), ("Visual Arts", "HL")]
STOCK = [{"asset": str(n), "item": "Atlas", "counted_by": "Copy", "quantity": 1, "lent_to": "7"} for n in (1, 2)]


@pytest.fixture
def book(office: xw.App, tmp_path: Path) -> Iterator[xw.Book]:
    trackers = {name: one for name, one in load_all().items() if name in ("candidates", "registrations", "inventory")}
    settings = Settings({"session": "M27", "programme": "dp"}, load_lists(), date.today(), {})
    path = tmp_path / "School.xlsx"
    build(path, trackers, settings, {"inventory": STOCK})
    open_book = office.books.open(path)
    yield open_book
    open_book.close()


def test_register_writes_proper_rows_and_clears_the_form(book: xw.Book) -> None:
    form = book.sheets["Register"]
    for name, value in TYPED.items():
        form.range((FIRST_ROW + list(FIELDS).index(name), VALUE)).value = value
    for row, (subject, level) in enumerate(TAKEN, FIRST_ROW + 1):
        form.range((row, SUBJECT)).value, form.range((row, LEVEL)).value = subject, level
    said = register(book)
    assert said.startswith("Registered Ida Berg (009001), M27, category C.")
    people = book.sheets["Candidates"].range("A5:B5").value
    assert people == ["009001", "Berg"]
    rows = [line for line in book.sheets["Registrations"].range("A5:G9").value if line[0]]
    assert [(line[5], line[6]) for line in rows] == [*TAKEN, ("Biology", "EE")]
    assert form.range((FIRST_ROW, VALUE)).value is None and form.range((FIRST_ROW + 1, SUBJECT)).value is None
    assert "take it back" in undo(book)
    undo(book)
    assert book.sheets["Candidates"].range("A5").value is None
    assert form.range((FIRST_ROW, VALUE)).value == "009001"


def test_selected_rows_are_lent_counted_and_returned(book: xw.Book) -> None:
    sheet = book.sheets["Inventory"]
    headers = sheet.range("A4:Z4").value
    at = {name: headers.index(name) + 1 for name in ("Lent on", "Due", "Counted", "Returned on")}
    sheet.activate()
    sheet.range("A5:B6").select()
    said = lend(book)
    assert said == "Atlas (1) is lent to 7 until" + until(sheet, at["Due"])
    assert count(book).startswith("Atlas (1): 1 counted.\nAtlas (2): 1 counted.")
    assert give_back(book).startswith("Atlas (1) is back from 7.")
    for row in (5, 6):
        assert sheet.range((row, at["Lent on"])).value.date() == date.today()
        assert sheet.range((row, at["Returned on"])).value.date() == date.today()
        assert sheet.range((row, at["Counted"])).value == 1
    assert "is not lent" in give_back(book)


def until(sheet: xw.Sheet, due: int) -> str:
    day = sheet.range((5, due)).value
    text = f"{day.day} {day:%b %Y}"
    return f" {text}.\nAtlas (2) is lent to 7 until {text}. Undo takes this back."


def test_roll_over_shows_first_and_makes_the_new_workbook_when_pressed_again(book: xw.Book, tmp_path: Path) -> None:
    shown = roll_over(book)
    assert "Nothing was written." in shown and shown.endswith("it saves this workbook and makes the new one.")
    said = roll_over(book)
    made = tmp_path / "School M28" / "School M28.xlsx"
    assert said.startswith("Inventory: 2 rows, 2 kept, 0 archived.") and made.exists()


def test_a_deleted_row_is_shown_and_brought_back_when_pressed_again(book: xw.Book) -> None:
    sheet = book.sheets["Inventory"]
    sheet.range("5:5").delete()
    assert sheet.range("A5").value == "2"
    shown = bring_back(book)
    assert "Inventory: 1" in shown and shown.endswith("Press Bring back again to put 1 row back.")
    assert bring_back(book).startswith("1 row is back")
    assert sorted(sheet.range("A5:A6").value) == ["1", "2"]
    assert bring_back(book) == "No row of an earlier state is missing."


def test_privacy_is_offered_by_name(book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    people = book.sheets["Candidates"]
    people.range("A5:E5").value = ["009001", "Berg", "Ida", "M27", "D"]
    book.save()
    assert "No period is set" in due_to_erase(book)
    said = redacted_copy(book)
    copy = Path(said.removeprefix("Made ").partition(" as the workbook")[0])
    shown = [cell.value for row in openpyxl.load_workbook(copy)["Candidates"] for cell in row]
    assert "D" in shown and not {"009001", "Berg", "Ida"} & set(shown)
    book.sheets["Home"].activate()
    with pytest.raises(Problem, match="No person is selected"):
        held_on(book)
    people.activate()
    people.range("B5").select()
    said = held_on(book)
    page = Path(said.removeprefix("Made ").partition(": ")[0])
    assert "1 row about 009001" in said and "Berg" in page.read_text()


def test_remind_shows_first_and_hand_over_makes_one_protected_file(book: xw.Book, tmp_path: Path) -> None:
    assert remind(book) == "Nothing is open, and no date is near."
    said = hand_over(book)
    password = said.partition("only now: ")[2].split()[0]
    assert take_over(str(tmp_path / "School handover.zip"), str(tmp_path / "new"), password).path.name == "School.xlsx"


def test_a_row_that_was_registered_and_never_saved_is_brought_back(book: xw.Book) -> None:
    form = book.sheets["Register"]
    for name, value in TYPED.items():
        form.range((FIRST_ROW + list(FIELDS).index(name), VALUE)).value = value
    form.range((FIRST_ROW + 1, SUBJECT)).value, form.range((FIRST_ROW + 1, LEVEL)).value = TAKEN[0]
    register(book)
    people = book.sheets["Candidates"]
    people.range("5:5").delete()
    assert people.range("A5").value is None
    shown = bring_back(book)
    assert "Candidates: 009001 Ida Berg" in shown and shown.endswith("Press Bring back again to put 1 row back.")
    assert bring_back(book).startswith("1 row is back")
    assert people.range("A5:C5").value == ["009001", "Berg", "Ida"]
    assert bring_back(book) == "No row of an earlier state is missing."


def test_roll_over_takes_what_was_typed_since_the_last_save(book: xw.Book, tmp_path: Path) -> None:
    book.sheets["Candidates"].range("A5:E5").value = ["009001", "Berg", "Ida", "M28", "D"]
    assert "Candidates" not in roll_over(book), "the saved file has no candidate yet"
    shown = roll_over(book)
    assert "Candidates: 1 row, 1 kept, 0 archived." in shown and not (tmp_path / "School M28").exists()
    roll_over(book)
    made = openpyxl.load_workbook(tmp_path / "School M28" / "School M28.xlsx")
    assert made["Candidates"]["A5"].value == "009001"


def test_what_goes_out_is_offered_by_name(book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    downloads = tmp_path / "Downloads"
    downloads.mkdir()
    people = book.sheets["Candidates"]
    people.range("A5:E5").value = ["009001", "Berg", "Ida", "M27", "D"]
    people.activate()
    with pytest.raises(Problem, match="No empty template"):
        ibis(book)
    for name, rows in (("Template.xlsx", []), ("List of others.xlsx", [["009002", "Li", "Kim"]])):
        made = openpyxl.Workbook()
        made.active.append(["Candidate code", "Last name", "First names"])
        for row in rows:
            made.active.append(row)
        made.save(downloads / name)
    said = ibis(book)
    filled = next((tmp_path / "Documents").rglob("Template filled*.xlsx"))
    assert str(filled) in said and "Filled 1 row of session M27" in said
    assert [[cell.value for cell in row] for row in openpyxl.load_workbook(filled).active.rows][1] == [
        "009001",
        "Berg",
        "Ida",
    ]
    said = packs(book)
    assert "candidates (2 pages)" in said and "exam-day" in said.partition("This workbook has no sheets for ")[2]
    assert next((tmp_path / "Documents").rglob("candidates/index.html")).is_file()
    assert "calendar.ics" in calendar(book)
    assert b"BEGIN:VCALENDAR" in next((tmp_path / "Documents").rglob("calendar.ics")).read_bytes()
