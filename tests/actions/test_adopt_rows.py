"""Messy workbooks become proper rows: every cell is placed, a heading, or listed; the person's own sheets stay."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from adopt_rows import CORPUS, account, build_book, cases, held, load, result_of

from addin.actions.adopt import adopt
from addin.cli.main import main
from addin.workspace.workbook import opened

REGISTRATIONS = CORPUS / "IB Registrations 2027.xlsx"
RESOURCES = CORPUS / "PD and Resources.xlsx"
SUBJECTS = {
    "Eng A Lit": "English A: Literature", "Eng A L&L": "English A: Language and Literature", "French B": "French B",
    "Spanish B": "Spanish B", "Spanish ab": "Spanish ab initio", "History": "History", "Economics": "Economics",
    "Bus Man": "Business Management", "ESS": "Environmental Systems and Societies", "Biology": "Biology",
    "Chemistry": "Chemistry", "Physics": "Physics", "Math AA": "Mathematics: Analysis and Approaches",
    "Math AI": "Mathematics: Applications and Interpretation", "Vis Arts": "Visual Arts",
}  # fmt: skip


@pytest.mark.parametrize("name", cases())
def test_a_messy_workbook_becomes_the_rows_that_a_person_sees(name: str, tmp_path: Path) -> None:
    result = result_of(name, tmp_path)
    assert not result.wrong
    assert result.read == result.placed + result.headings + result.left + result.listed


@pytest.mark.parametrize("name", ["CAS hours 26-27", "groups", "stacked", "one each"])
def test_adopting_again_changes_nothing_and_undo_gives_the_bytes_back(name: str, tmp_path: Path) -> None:

    path = build_book(load(name), tmp_path / f"{name}.xlsx")
    before = path.read_bytes()
    assert main(["adopt", str(path), "--yes", "--session", "M27"]) == 0
    once = path.read_bytes()
    assert main(["adopt", str(path), "--yes", "--session", "M27"]) == 0
    assert path.read_bytes() == once
    assert main(["undo", str(path)]) == 0
    assert path.read_bytes() == before
    assert not list((tmp_path / ".ib-trackers").glob("adopted*"))  # what it remembered is taken back too


@pytest.fixture
def registrations(tmp_path: Path) -> Path:
    return Path(shutil.copy(REGISTRATIONS, tmp_path))


def own_sheets(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in (f"xl/worksheets/sheet{n}.xml" for n in range(1, 5))}


def test_the_registration_workbook_is_understood_as_a_person_does(registrations: Path) -> None:
    before = own_sheets(registrations)
    result = account("registrations", registrations, adopt(str(registrations), take_defaults=True))
    assert own_sheets(registrations) == before
    assert result.read == result.placed + result.headings + result.left + result.listed
    found = held(registrations, "registrations", ["last_name", "first_names", "subject", "level", "Taken from"])
    expected, unclear = Counter(), set()
    book = openpyxl.load_workbook(REGISTRATIONS)
    for name in ("12A", "12B", "12C"):
        sheet = book[name]
        for row in range(5, 21):
            last, first = sheet.cell(row, 2).value.split(", ")
            for column in range(5, 21):
                cell = sheet.cell(row, column)
                text = str(cell.value or "").upper()
                if column == 20 and text == "X":
                    expected[last, first, "Theory of Knowledge", "TK", f"'{name}'!{cell.coordinate}"] += 1
                elif text in ("HL", "SL"):
                    subject = SUBJECTS[sheet.cell(4, column).value]
                    expected[last, first, subject, text, f"'{name}'!{cell.coordinate}"] += 1
                elif text:
                    unclear.add((name, row, column))
            essay = sheet.cell(row, 21).value
            if essay == "?":
                unclear.add((name, row, 21))
            else:
                subject = essay_of(
                    essay, [SUBJECTS[sheet.cell(4, c).value] for c in range(5, 20) if sheet.cell(row, c).value]
                )
                expected[last, first, subject, "EE", f"'{name}'!U{row}"] += 1
    assert Counter(map(tuple, found)) == expected
    listed = {(one.sheet, one.row, one.column) for one in result.adopted.reading.listed if one.sheet != "Contacts"}
    assert listed == unclear


def essay_of(text: str, taken: list[str]) -> str:
    """The essay's subject as a person reads it: `Maths` is the mathematics that the student takes."""
    begins = {"Eng": "English", "Maths": "Mathematics", "Bio": "Biology"}.get(text, text)
    own = [subject for subject in taken if subject.startswith(begins)]
    return own[0] if own else begins


def test_its_students_are_whole_and_nobody_is_doubled(registrations: Path) -> None:
    adopt(str(registrations), take_defaults=True)
    with opened(str(registrations)) as book:
        table = book.tables["candidates"]
        assert len(table) == 48
        people = {(row["last_name"], row["first_names"]): row for row in map(table.row, range(48))}
    assert len(people) == 48
    assert {row["session"] for row in people.values()} == {"M27"}
    assert {row["category"] for row in people.values()} == {"D"}
    one = people["García López", "Hana"]
    assert (one["session_number"], one["birth_date"], one["year_group"], one["adviser"], one["email"]) == (
        "0005", date(2009, 5, 29), "12A", "Mr Brown", "h.garcía@school.org",
    )  # fmt: skip
    assert people["Chan", "Rosa"]["birth_date"] == date(2009, 1, 6)  # 05/29/09 proves how 01/06/09 is meant
    assert people["Sato", "Lucy"]["birth_date"] == date(2009, 6, 3)
    assert people["Berg", "Ali"]["adviser"] == "Dr. Mensah"
    assert not any("Lim" in name for name, _ in people)


def test_validating_it_finds_nothing_of_our_own_making(registrations: Path, capsys: pytest.CaptureFixture[str]) -> None:
    adopt(str(registrations), take_defaults=True)
    main(["validate", str(registrations), "--json", str(registrations.with_suffix(".json"))])
    import json

    rules = {one["rule"] for one in json.loads(registrations.with_suffix(".json").read_text())}
    assert rules <= {"combination", "combination-doubt", "offered", "guardian-email-pattern", "core-registered"}, rules


def test_new_students_in_the_grid_become_new_rows_and_edits_stay(registrations: Path) -> None:
    adopt(str(registrations), take_defaults=True)
    before = held(registrations, "registrations", ["candidate", "subject", "level"])
    book = openpyxl.load_workbook(registrations)
    grid = book["12A"]
    grid.insert_rows(10)
    for column, value in {2: "Okafor, Chidi", 3: "30 Nov 2009", 4: "0099", 5: "HL", 7: "SL", 20: "x"}.items():
        grid.cell(10, column, value)
    grid["K8"] = "HL"  # Jones, Priya: SL before; row 7 is hers
    grid["K7"] = "HL"
    grid["K8"] = None
    made = book["Registrations"]
    headers = [cell.value for cell in made[1]]
    made.cell(2, headers.index("Level") + 1, "HL")  # a person corrects one
    book.save(registrations)
    again = adopt(str(registrations))
    rows = {plan.tracker: plan for plan in again.new_sheets}
    assert (rows["candidates"].added, rows["registrations"].added) == (1, 3)
    after = held(registrations, "registrations", ["candidate", "subject", "level"])
    assert ["0099", "English A: Literature", "HL"] in after
    assert ["0003", "Economics", "HL"] in after  # the grid has changed
    assert after[0] == [*before[0][:2], "HL"]  # and what the person changed stays
    assert len(after) == len(before) + 3
    assert len(held(registrations, "candidates", ["code"])) == 49


def test_a_row_that_a_person_deleted_does_not_come_back(registrations: Path) -> None:
    adopt(str(registrations), take_defaults=True)
    book = openpyxl.load_workbook(registrations)
    book["Registrations"].delete_rows(3)
    book.save(registrations)
    adopt(str(registrations))
    assert len(held(registrations, "registrations", ["subject"])) == 356


def test_a_copy_without_its_settings_keeps_the_sheets_that_were_made(registrations: Path, tmp_path: Path) -> None:
    adopt(str(registrations), take_defaults=True)
    other = tmp_path / "elsewhere"
    other.mkdir()
    copy = Path(shutil.copy(registrations, other))
    adopt(str(copy), take_defaults=True)
    assert len(held(copy, "registrations", ["subject"])) == 357
    assert len(held(copy, "candidates", ["code"])) == 48


def test_workshops_and_resources_are_read_with_all_they_say(tmp_path: Path) -> None:
    path = Path(shutil.copy(RESOURCES, tmp_path))
    result = account("resources", path, adopt(str(path), take_defaults=True))
    assert result.read == result.placed + result.headings + result.left + result.listed
    workshops = held(
        path, "pd", ["staff", "workshop", "category", "subject", "place", "start", "end", "status", "cost"]
    )
    assert len(workshops) == 24
    assert Counter(row[0] for row in workshops) == dict.fromkeys({row[0] for row in workshops}, 3)
    assert [
        "Brown, Peter",
        "Cat 1 Physics, Bangkok",
        "1",
        "Physics",
        "Bangkok",
        "2024-03-12",
        "2024-03-14",
        "Attended",
        "650",
    ] in workshops
    assert [
        "Brown, Peter",
        "TOK Cat 3 Vienna",
        "3",
        "Theory of Knowledge",
        "Vienna",
        "2022-11-03",
        "2022-11-05",
        "Attended",
        "0",
    ] in workshops
    booked = [row for row in workshops if "category 2, Singapore" in row[1]]
    assert {(row[7], row[4], row[5]) for row in booked} == {("Booked", "Singapore", "")}
    assert ["Oct 2023"] in held(path, "pd", ["When"])
    things = held(
        path, "inventory", ["item", "type", "Section", "quantity", "lent_quantity", "lent_to", "due", "notes"]
    )
    assert len(things) == 8
    assert ["Oxford Chemistry 2023", "Textbook", "TEXTBOOKS", "42", "40", "12A + 12C", "2026-06-30", "2 lost"] in things
    assert ["Casio fx-CG50", "Calculator", "CALCULATORS", "10", "", "", "", ""] in things


def test_without_a_terminal_nothing_waits_and_the_answers_come_from_a_file(tmp_path: Path) -> None:
    path = Path(shutil.copy(REGISTRATIONS, tmp_path))
    answers = tmp_path / "answers.json"
    answers.write_text('{"level x": "SL", "history region": "Europe", "codes": "make"}')
    assert main(["adopt", str(path), "--answers", str(answers)]) == 0
    found = held(path, "registrations", ["candidate", "subject", "level"])
    assert ["S002", "Biology", "SL"] in found
    assert not [row for row in found if row[1] == "History" and row[2] == "HL"]
    assert [row for row in found if row[1] == "History Europe"]


@pytest.mark.parametrize("text", ["", "[1]", "{"])
def test_a_file_of_answers_that_is_none_is_one_sentence(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(REGISTRATIONS, tmp_path))
    (tmp_path / "a.json").write_text(text)
    assert main(["adopt", str(path), "--answers", str(tmp_path / "a.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["adopt", str(path), "--session", "summer"]) == 2


def test_it_is_said_in_at_most_25_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(40):
        sheet = book.create_sheet(f"12-{number}")
        name = f"Novak, {chr(65 + number // 26)}{chr(97 + number % 26)}nn"
        for row in (["Student", "Biology", "Physics", "Locker"], [name, "HL", "SL", number]):
            sheet.append(row)
    book.save(tmp_path / "Many.xlsx")
    assert main(["adopt", str(tmp_path / "Many.xlsx"), "--yes", "--session", "M27"]) == 0
    assert len(capsys.readouterr().out.splitlines()) <= 25


def test_who_is_struck_out_is_left_out_by_name_and_taken_where_a_person_wants_it(tmp_path: Path) -> None:
    path = build_book(load("names of all kinds"), tmp_path / "book.xlsx")
    reading = adopt(str(path), dry_run=True, take_defaults=True).reading
    assert "left out as withdrawn: Leo de Vries, Aoife O’Neill" in reading.sheets[0].remarks
    assert sum(one.tracker == "candidates" for one in reading.made) == 4
    reading = adopt(str(path), dry_run=True, answers={"withdrawn": "take"}, take_defaults=True).reading
    assert sum(one.tracker == "candidates" for one in reading.made) == 6
    assert not any("struck out" in one.why for one in reading.listed)


def test_what_is_under_way_is_asked_about_and_never_approved_by_us(tmp_path: Path) -> None:
    path = build_book(load("ticked outcomes"), tmp_path / "Book.xlsx")
    assert adopt(str(path), dry_run=True).answers["under way"] == "leave"
    adopt(str(path), answers={"under way": "Approved"}, take_defaults=True)
    assert held(path, "cas", ["title", "status"])[0] == ["Choir", "Approved"]
