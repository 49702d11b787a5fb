"""Import: lists of any shape update rows, add rows, remove none; what is not certain is listed, never guessed."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from report_school import CANDIDATES, ROWS, school

from addin.cli.main import main
from addin.core.tables.csv_text import declared_delimiter, delimiter
from addin.core.tables.encodings import decode
from addin.workspace.workbook import opened

HEAD = ["Student ID", "Surname", "First name", "Category", "Advisor", "DOB"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return school(tmp_path_factory.mktemp("school"))


@pytest.fixture
def book(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / built.name


def listed(
    book: Path, lines: Sequence[Sequence[Any]], name: str = "list.csv", encoding: str = "utf-8", sign: str = ","
) -> Path:
    path = book.with_name(name)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=sign).writerows(lines)
    return path


def imported(source: Path, book: Path, *more: str) -> int:
    return main(["import", str(source), "--into", str(book), *more])


def rows(book: Path, tracker: str = "candidates") -> dict[str, dict[str, Any]]:
    with opened(str(book)) as workbook:
        table = workbook.tables[tracker]
        key = workbook.trackers[tracker].key[0]
        return {str(table.row(i)[key]): table.row(i) for i in range(len(table))}


def test_a_managebac_list_updates_and_adds_and_blanks_empty_nothing(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(book)
    lines = [
        ["International school", "", "", "", "", ""], [],
        ["uniq_student_id", "last_name", "first_name", "Category", "Advisor", "DOB"],
        ["000123", "Novák", "", "D", "P. Hahn", "2009-03-14"], ["000999", "Ito", "Aya", "d", "", "1 May 2009"],
    ]  # fmt: skip
    assert imported(listed(book, lines), book) == 0
    said = capsys.readouterr().out
    assert "2 rows read, 1 changed (1 cell), 1 new, 0 to look at" in said
    assert "R. Field -> P. Hahn" in said
    after = rows(book)
    assert after["000123"] == {**before["000123"], "adviser": "P. Hahn"}
    assert (after["000999"]["first_names"], after["000999"]["birth_date"]) == ("Aya", date(2009, 5, 1))
    assert after["000999"]["category"] == "D"
    assert {code: row for code, row in after.items() if code in ("000456", "000789")} == {
        code: before[code] for code in ("000456", "000789")
    }
    with opened(str(book)) as workbook:
        ids = workbook.tables["candidates"].ids
    assert all(ids)
    assert len(set(ids)) == 4


def test_a_dry_run_tells_and_writes_nothing(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = listed(book, [HEAD, ["000123", "Nowak", "Anna", "D", "", ""], ["000999", "Ito", "Aya", "D", "", ""]])
    before = book.read_bytes()
    assert imported(source, book, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "Novák -> Nowak" in said
    assert "new: Aya Ito (000999)" in said
    assert "Nothing was written" in said
    assert book.read_bytes() == before


def test_importing_twice_changes_nothing_the_second_time(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = listed(
        book, [HEAD, ["000123", "Nowak", "Anna", "D", "", ""], ["000999", "Ito", "Aya", "D", "", "1 May 2009"]]
    )
    imported(source, book)
    before = book.read_bytes()
    assert imported(source, book) == 0
    assert "holds all of it already" in capsys.readouterr().out
    assert book.read_bytes() == before


ODD = [
    *CANDIDATES,
    {"code": "0012", "last_name": "=1+1", "first_names": "'quoted", "session": "M27", "category": "D",
     "birth_date": "31/02/2009"},
    {"code": "1e5", "last_name": "-Null", "first_names": "None; NA\nsecond line", "session": "M27", "category": "D"},
    {"code": "+44", "last_name": "@x", "first_names": "\ttab", "session": "M27", "category": "D",
     "birth_date": "2009-01-02"},
]  # fmt: skip


def test_what_our_own_csv_export_wrote_comes_back_exactly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    full = school(tmp_path / "a", {**ROWS, "candidates": ODD})
    empty = school(tmp_path / "b", {name: [] for name in ROWS})
    assert main(["export", str(full), "--to", "csv", "--out", str(tmp_path / "csv")]) == 0
    for name in ROWS:
        imported(tmp_path / "csv" / f"{name}.csv", full)
        assert "holds all of it already" in capsys.readouterr().out, name
        assert imported(tmp_path / "csv" / f"{name}.csv", empty) == 0, name
    with opened(str(full)) as one, opened(str(empty)) as other:
        for name in ROWS:
            for column in one.trackers[name].columns:
                if not one.trackers[name].columns[column].calculated:
                    assert one.tables[name].columns[column] == other.tables[name].columns[column], (name, column)
    main(["export", str(empty), "--to", "csv", "--out", str(tmp_path / "again")])
    for name in ("registrations", "pd", "inventory"):
        files = ((tmp_path / folder / f"{name}.csv").read_text("utf-8-sig") for folder in ("csv", "again"))
        first, second = ([without(row) for row in csv.DictReader(text.splitlines())] for text in files)
        assert first == second


def without(row: dict[str, str]) -> dict[str, str]:
    """A line of an export without what only this workbook has: ids, and names looked up in a sheet that differs."""
    return {name: text for name, text in row.items() if name not in ("Last name", "First names", "IBT id")}


@pytest.mark.parametrize(
    ("encoding", "sign"),
    [("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-le", ","), ("utf-16-be", ";"), ("cp1252", ";"), ("utf-8", "|")],
)
def test_encoding_and_delimiter_are_found_out(book: Path, encoding: str, sign: str) -> None:
    lines = [[*HEAD, "Notes"], ["000456", "Øst-Müller", "Zoë", "D", "R, Field; A", "", 'a "b", c; d']]
    assert imported(listed(book, lines, "l.csv", encoding, sign), book) == 0
    row = rows(book)["000456"]
    assert (row["last_name"], row["first_names"], row["adviser"]) == ("Øst-Müller", "Zoë", "R, Field; A")
    assert row["notes"] == 'a "b", c; d'


def test_what_a_delimiter_is() -> None:
    assert delimiter('a;b;c\n"x, y, z";2;3\n') == ";"
    assert delimiter("one\ntwo\n") == ","
    assert declared_delimiter("sep=;\r\na;b") == (";", "a;b")
    assert decode(b"\x93quoted\x94 \x80").text == "“quoted” €"


def test_an_excel_file_with_titles_above_is_read_and_dates_are_dates(book: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Class list"
    sheet.append(["Riverside"])
    sheet.append(HEAD)
    sheet.append(["000456", "Okonkwo", "Chidi", "D", None, date(2009, 5, 9)])
    made.create_sheet("Budget").append(["Paper", "Euro"])
    path = book.with_name("theirs.xlsx")
    made.save(path)
    before = path.read_bytes()
    assert imported(path, book) == 0
    assert rows(book)["000456"]["birth_date"] == date(2009, 5, 9)
    assert rows(book)["000456"]["adviser"] == "S. Stone"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([["000123", "A", "B", "D"], ["000123", "C", "D", "D"]], "000123 is also in row 3 of the source"),
        ([["123", "Novák", "Anna", "D"]], "123 may be 000123 that lost its zeros"),
        ([["", "Novák", "Anna", "D"]], "Code is missing"),
    ],
)
def test_what_is_not_certain_is_listed_and_left(
    book: Path, lines: list[list[str]], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert imported(listed(book, [HEAD[:4], *lines]), book) == 1
    assert why in capsys.readouterr().out
    assert book.read_bytes() == before


def test_a_date_that_cannot_be_read_replaces_no_date(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [HEAD, ["000123", "Novák", "", "D", "", "31/02/2009"], ["000456", "Okonkwo", "", "D", "", "03/04/2009"]]
    assert imported(listed(book, lines), book) == 1
    assert "Birth date says 31/02/2009, which cannot be read: 14 Mar 2009 is kept" in capsys.readouterr().out
    assert rows(book)["000456"]["birth_date"] == date(2009, 5, 2)


def test_a_row_id_finds_the_row_whose_code_was_corrected(book: Path) -> None:
    lines = [["IBT id", "Code", "Last name", "First names", "Category"], ["ca0001", "000457", "Okonkwo", "Chidi", "D"]]
    assert imported(listed(book, lines), book) == 0
    after = rows(book)
    assert set(after) == {"000123", "000457", "000789"}
    assert after["000457"]["first_names"] == "Chidi"


def test_a_row_id_and_a_code_of_two_rows_are_a_contradiction(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [["IBT id", "Code", "Last name", "First names", "Category"], ["ca0001", "000123", "X", "Y", "D"]]
    assert imported(listed(book, lines), book) == 1
    assert "belong to two rows" in capsys.readouterr().out


def test_the_tracker_can_be_named_where_two_headers_are_too_few(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = listed(book, [["Student ID", "Class"], ["000123", "12A"]], "x.csv")
    assert imported(source, book) == 2
    assert "--tracker NAME" in capsys.readouterr().err
    assert imported(source, book, "--tracker", "candidates") == 0
    assert rows(book)["000123"]["year_group"] == "12A"


def test_a_new_row_is_part_of_the_native_table(book: Path) -> None:
    area = openpyxl.load_workbook(book)["Candidates"].tables
    (name,) = area
    before = area[name].ref
    many = [[f"S{n}", "Ito", f"Aya {n}", "D"] for n in range(30)]
    assert imported(listed(book, [HEAD[:4], *many]), book) == 0
    after = openpyxl.load_workbook(book)["Candidates"].tables[name].ref
    with opened(str(book)) as workbook:
        assert len(workbook.tables["candidates"]) == 33
    bottom = int(after.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert bottom >= 34, (before, after)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.docx", b"PK", "Save it as one of: .csv"),
        ("gone.csv", None, "there is no such file"),
        ("x.xlsx", b"not a zip", "x.xlsx"),
        ("x.csv", b"", "nothing in it was recognised"),
        ("x.csv", b"Budget,Euro\nPaper,12\n", "nothing in it was recognised"),
    ],
)
def test_sources_that_are_none(
    book: Path, name: str, data: bytes | None, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = book.with_name(name)
    if data is not None:
        source.write_bytes(data)
    before = book.read_bytes()
    assert imported(source, book) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert book.read_bytes() == before


def test_a_file_is_not_imported_into_itself(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(book, book) == 2
    assert "the same file" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Findings", "Lists"])
def test_a_persons_own_sheet_with_a_name_of_ours_is_imported(book: Path, tmp_path: Path, name: str) -> None:
    source = tmp_path / "from elsewhere.xlsx"
    made = openpyxl.Workbook()
    made.active.title = name
    for line in (HEAD, ["000999", "Berg", "Åsa", "D", "Ms Ito", date(2009, 3, 4)]):
        made.active.append(line)
    made.save(source)
    assert imported(source, book) == 0
    assert rows(book)["000999"]["last_name"] == "Berg"


def test_of_our_own_workbook_only_sheets_that_are_typed_into_are_read(built: Path) -> None:
    from addin.importers import read

    with opened(str(built)) as workbook:
        trackers = {tracker.sheet for tracker in workbook.present.values()}
    assert {source.grid.sheet for source in read(built)} - {"Deadlines"} == trackers


def test_a_dry_run_decides_as_the_real_run_does(book: Path) -> None:
    lines = [
        HEAD,
        ["000123", "Nowak", "Anna", "D", "", ""],
        ["123", "X", "Y", "D", "", ""],
        ["000999", "Ito", "Aya", "D", "", "1 May 2009"],
        ["Total", "3", "", "", "", ""],
    ]
    source, before = listed(book, lines), book.read_bytes()
    dry, real = book.with_name("dry.json"), book.with_name("real.json")
    assert imported(source, book, "--dry-run", "--json", str(dry)) == 1
    assert book.read_bytes() == before
    assert imported(source, book, "--json", str(real)) == 1
    one, other = (json.loads(path.read_text("utf-8")) for path in (dry, real))
    assert (one.pop("written"), other.pop("written")) == (False, True)
    assert one == other
    assert one["plans"][0]["added"] == ["000999"]
