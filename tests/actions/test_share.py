"""Share: what a person enters on the Links sheet becomes a shared sheet; what cannot be says why beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google_school import School, google_school
from openpyxl import Workbook, load_workbook

from addin.actions import share as action
from addin.actions.adopt import adopt
from addin.actions.share import Shared, share
from addin.actions.undo import undo
from addin.actions.validate import validate
from addin.core.names import LINKS
from addin.core.settings import FILE
from addin.errors import Problem
from addin.google_emulator.accounts import BOT

STUDENTS = [["0001", "Ito", "12A"], ["0002", "Okafor", "12A"], ["0003", "Ito", "12B"]]
ENTRIES = [["Coaching", "0001", "Okafor"], ["Choir", "0002", "Diaz"], ["Beach", "0003", "Diaz"]]
TRACKERS = {
    "people": 'title="Students"\nsheet="Students"\nkey=["code"]\n[columns.code]\n[columns.adviser]\nheader="Adviser"\n'
    '[columns.class_group]\nheader="Class"\n',
    "log": 'title="Log"\nsheet="Log"\nkey=["entry"]\n[columns.entry]\n[columns.candidate]\nexists_in="people.code"\n'
    '[columns.supervisor]\nheader="Supervisor"\n',
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with google_school(tmp_path_factory.mktemp("key")) as school:
        yield school


@pytest.fixture
def school(service: School) -> School:
    return service.fresh(Sheet1=[])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "trackers").mkdir()
    for name, text in TRACKERS.items():
        (tmp_path / "trackers" / f"{name}.toml").write_text(text, encoding="utf-8")
    made = Workbook()
    made.active.title = "Students"
    for row in [["Code", "Adviser", "Class", "IBT id"], *STUDENTS]:
        made.active.append(row)
    log = made.create_sheet("Log")
    for row in [["Entry", "Candidate", "Supervisor", "IBT id"], *ENTRIES]:
        log.append(row)
    path = tmp_path / "School.xlsx"
    made.save(path)
    return path


def pressed(school: School, book: Path) -> Shared:
    return share(str(book), client=school.client())


def enter(path: Path, *lines: list[Any]) -> None:
    book = load_workbook(path)
    sheet = book[LINKS]
    row = next(n for n in range(2, 99) if not any(cell.value for cell in sheet[n][:4]))
    for number, line in enumerate(lines, row):
        for column, value in enumerate(line, 1):
            sheet.cell(number, column, value)
    book.save(path)


def lines(path: Path) -> list[tuple[Any, ...]]:
    rows = list(load_workbook(path)[LINKS].iter_rows(values_only=True))[1:]
    return [row for row in rows if any(row)]


def test_the_first_time_the_sheet_is_made_with_drop_downs_and_says_who_to_share_with(
    school: School, book: Path
) -> None:
    done = pressed(school, book)
    assert done.ready and done.who == BOT and not (book.parent / FILE).exists()
    sheet = load_workbook(book)[LINKS]
    offered = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert any("Students" in one and "Log" in one for one in offered) and any("Both ways" in one for one in offered)
    assert pressed(school, book).ready  # again: nothing was entered, and nothing is lost


def test_each_line_becomes_a_shared_sheet_with_the_rows_it_names(school: School, book: Path) -> None:
    pressed(school, book)
    address = f"https://docs.google.com/spreadsheets/d/{school.key}/edit#gid=0"
    enter(
        book,
        ["Log", "Ito", None, address],
        ["log", "Class: 12a", None, address, "From here only"],
    )
    done = pressed(school, book)
    assert not done.failed
    assert [one.link.only for one in done.made] == [
        {"candidate.adviser": ("Ito",)},
        {"candidate.class_group": ("12A",)},
    ]
    assert [one.link.sheet for one in done.made] == ["Log", "Log 12A"]
    titles = [sheet.title for sheet in school.google.service.books[school.key].sheets]
    assert {"Log", "Log 12A"} <= set(titles)
    text = (book.parent / FILE).read_text(encoding="utf-8")
    assert text.count("[[links]]") == 2 and 'direction = "publish"' in text
    assert [row[6] for row in lines(book)] == ["Not synced yet: press Sync."] * 2
    again = pressed(school, book)
    assert again.ready and [one.changes for one in again.repaired] == [0, 0]
    school.put("Log", [["Entries"]])
    again = pressed(school, book)
    assert [bool(one.changes) for one in again.repaired] == [True, False]


def test_a_line_that_cannot_be_keeps_what_was_typed_and_says_why(school: School, book: Path) -> None:
    pressed(school, book)
    address = f"https://docs.google.com/spreadsheets/d/{school.key}/edit"
    wrong = [
        ["Logs", None, None, address],
        ["Log", "Ms Itoh", None, address],
        ["Log", "Okafor", None, address],
        ["Log", "Ito", None, None],
        ["Log", "Ito", None, "https://example.org/sheet"],
        ["Log", "Ito", None, f"https://docs.google.com/spreadsheets/d/{school.key[:-4]}none/edit"],
    ]
    enter(book, *wrong)
    done = pressed(school, book)
    assert not done.made and len(done.failed) == len(wrong) and not (book.parent / FILE).exists()
    shown = lines(book)
    assert [list(row[:4]) for row in shown] == wrong
    says = [row[6] for row in shown]
    assert says[0] == "There is no tracker 'Logs'. Did you mean log?"
    assert says[1] == "No row is for Ms Itoh. There are: Ito, Okafor, 12A, 12B, Diaz."
    assert says[2] == "Okafor is in more than one column. Write Adviser: Okafor or Supervisor: Okafor."
    assert says[3].startswith("The address is missing.") and BOT in says[3]
    assert all(says)
    validate(str(book))
    assert [list(row[:4]) for row in lines(book)] == wrong


def test_one_bad_line_does_not_stop_the_others_and_validate_keeps_what_was_typed(school: School, book: Path) -> None:
    pressed(school, book)
    enter(book, ["Log", "Nobody", None, school.key], ["Log", "Adviser: Okafor", "Okafor", f"gsheet:{school.key}"])
    done = pressed(school, book)
    assert [one.link.sheet for one in done.made] == ["Okafor"] and len(done.failed) == 1
    validate(str(book))
    assert [row[1] for row in lines(book)] == ["Okafor", "Nobody"]


def test_undo_takes_the_link_and_the_lines_back(school: School, book: Path) -> None:
    pressed(school, book)
    enter(book, ["Log", "Ito", None, f"gsheet:{school.key}"])
    pressed(school, book)
    assert "[[links]]" in (book.parent / FILE).read_text(encoding="utf-8")
    undo(str(book))
    assert not (book.parent / FILE).exists() or "[[links]]" not in (book.parent / FILE).read_text(encoding="utf-8")
    assert [row[1] for row in lines(book)] == ["Ito"]


def test_a_links_sheet_of_the_persons_own_stays(school: School, book: Path) -> None:
    made = load_workbook(book)
    made.create_sheet(LINKS).append(["Useful pages"])
    made.save(book)
    before = book.read_bytes()
    with pytest.raises(Problem, match="one of your own"):
        pressed(school, book)
    assert book.read_bytes() == before


def test_without_a_sign_in_nothing_is_written(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("HOME", str(tmp_path / "none"))
    before = book.read_bytes()
    with pytest.raises(Problem, match="not signed in"):
        action.share(str(book))
    assert book.read_bytes() == before


@pytest.mark.parametrize("name", ["Links", "Import"])
def test_a_list_of_students_may_have_the_name_of_one_of_our_sheets(tmp_path: Path, name: str) -> None:
    made = Workbook()
    made.active.title = name
    for row in [
        ["Candidate code", "Last name", "First names", "Session", "Category"],
        ["0012", "Berg", "Ida", "M27", "D"],
    ]:
        made.active.append(row)
    made.save(tmp_path / "Own.xlsx")
    done = adopt(str(tmp_path / "Own.xlsx"), dry_run=True, take_defaults=True)
    assert [one.sheet for one in done.reading.understood] == [name]
