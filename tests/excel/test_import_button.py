"""Import in an open workbook: what lies in Downloads is offered, shown, taken in and can be taken back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import xlwings as xw

from addin.actions.import_sheet import MOST_LINES
from addin.core.names import IMPORT, IMPORT_HEADERS
from addin.core.settings import Settings
from addin.errors import Problem
from addin.excel.buttons import undo
from addin.excel.importing import import_
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

pytest_plugins = ("office",)
pytestmark = pytest.mark.libreoffice

HERE = {"code": "009001", "last_name": "Berg", "first_names": "Ida", "session": "M27", "category": "D"}
CSV = "Candidate code,Last name,First names,Session,Category\n009001,Berg,Ida Marie,M27,D\n009002,Diaz,Eva,M27,D\n"


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


@pytest.fixture
def book(office: xw.App, tmp_path: Path) -> Iterator[xw.Book]:
    trackers = {name: one for name, one in load_all().items() if name in ("candidates", "cas")}
    (tmp_path / "school").mkdir()
    path = tmp_path / "school" / "School.xlsx"
    settings = Settings({"session": "M27", "programme": "dp"}, load_lists(), date.today(), {})
    build(path, trackers, settings, {"candidates": [HERE]})
    open_book = office.books.open(path)
    yield open_book
    open_book.close()


def column(book: xw.Book, header: str) -> list[object]:
    number = IMPORT_HEADERS.index(header) + 1
    values = book.sheets[IMPORT].range((2, number), (30, number)).value
    return [value for value in values if value is not None]


def names(book: xw.Book) -> list[object]:
    return [value for value in book.sheets["Candidates"].range("C5:C9").value if value]


def test_a_download_is_offered_shown_and_taken_in(book: xw.Book, downloads: Path) -> None:
    (downloads / "students.csv").write_text(CSV)
    (downloads / "old.csv").write_text(CSV)
    os.utime(downloads / "old.csv", (0, 0))
    (downloads / "photo.jpg").write_bytes(b"")
    assert import_(book).startswith("1 list found")
    sheet = book.sheets[IMPORT]
    assert book.sheets.active.name == IMPORT and column(book, "List") == ["students.csv"]
    sheet.range("D2").value = "Yes"
    shown = import_(book)
    assert "1 changed (1 cell), 1 new" in shown and shown.endswith("Press Import again to write this.")
    assert names(book) == ["Ida"] and any("Ida -> Ida Marie" in str(line) for line in column(book, "What it changes"))
    book.sheets["Candidates"].range("C5").value = "Ida M."  # what was shown holds no longer
    assert "Ida M. -> Ida Marie" in import_(book) and names(book) == ["Ida M."]
    assert import_(book).startswith("students.csv was taken in.")
    assert names(book) == ["Ida Marie", "Eva"] and column(book, "List") == []
    assert "1 list found" in import_(book)  # it may be taken in once more
    sheet.range("D2").value = "Yes"
    assert "holds all of it already" in import_(book)


def test_undo_takes_the_list_back(book: xw.Book, downloads: Path) -> None:
    (downloads / "students.csv").write_text(CSV)
    import_(book)
    book.sheets[IMPORT].range("D2").value = "yes"
    import_(book)
    import_(book)
    assert len(names(book)) == 2
    undo(book)
    undo(book)
    assert names(book) == ["Ida"]


def test_what_cannot_be_read_says_why_beside_it(book: xw.Book, downloads: Path, tmp_path: Path) -> None:
    (downloads / "notes.csv").write_text("Dear colleague,\nplease find attached\n")
    elsewhere = tmp_path / "stick" / "students.csv"
    import_(book)
    sheet = book.sheets[IMPORT]
    sheet.range("D2").value = "Yes"
    assert "nothing in it was recognised" in import_(book)
    assert "nothing in it was recognised" in str(sheet.range("G2").value)
    sheet.range("D2").value = None
    sheet.range("A3").value, sheet.range("D3").value = f'"{elsewhere}"', "Yes"
    assert "there is no such file" in import_(book)
    elsewhere.parent.mkdir()
    lines = "".join(f"{n:06},Kim,Student {n},M27,D\n" for n in range(1, 100))
    elsewhere.write_text(CSV.partition("\n")[0] + "\n" + lines)
    assert "99 new" in import_(book)
    assert len(column(book, "What it changes")) <= MOST_LINES
    import_(book)
    assert len(book.sheets["Candidates"].range("A5").expand("down").value) == 100


def test_a_sheet_of_the_persons_own_stays(book: xw.Book, downloads: Path) -> None:
    book.sheets.add(IMPORT).range("A1").value = "Customs"
    with pytest.raises(Problem, match="one of your own"):
        import_(book)
    assert book.sheets[IMPORT].range("A1").value == "Customs"
