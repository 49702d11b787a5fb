"""What is understood of a sheet that is adopted in place, as it is of one that becomes rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from adopt_rows import held

from addin.actions.adopt import adopt
from addin.cli.main import main
from addin.core.tables.equality import without_zeros

STUDENTS = [
    ["Code", "Last name", "First names", "Category"],
    ["000123", "Okafor", "Ada", "D"],
    ["000124", "Lindqvist", "Nils", "D"],
    ["000125", "Mori", "Ken", "D"],
]
CAS = [
    ["Student ID", "Activity", "Strand", "Hours (h)", "Start"],
    [123, "Choir", "Creativity", 12, "2026-09-01"],
    [124, "Football", "Activity", 10, "2026-09-03"],
    [125, "Soup kitchen", "Service", 8, "2026-09-08"],
]
PD = [
    ["Teacher", "Workshop", "Start", "End", "Cost (USD)"],
    ["Brown, P", "Cat 1 Physics", "2026-09-01", "2026-09-03", 650],
    ["Ito, K", "Cat 2 TOK", "2026-09-01", "2026-09-03", 700],
]


def book_of(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_codes_without_their_zeros_are_the_students_and_fix_writes_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book_of(tmp_path / "Own.xlsx", {"Candidates": STUDENTS, "CAS log": CAS})
    assert main(["adopt", str(path), "--session", "M27"]) == 0
    assert "codes without their zeros: 123 is 000123, 124 is 000124, 125 is 000125" in capsys.readouterr().out
    assert openpyxl.load_workbook(path)["CAS log"]["A2"].value == 123  # hers until she says so
    assert main(["fix", str(path), "--yes"]) in (0, 1)
    assert held(path, "cas", ["candidate", "hours"]) == [["000123", "12"], ["000124", "10"], ["000125", "8"]]
    main(["validate", str(path), "--json", str(tmp_path / "f.json")])
    assert "No candidate has" not in (tmp_path / "f.json").read_text()


def test_zeros_are_not_made_up() -> None:
    codes = ["000123", "000124", "A00125"]
    assert without_zeros(["123", "125", "0124", "000124", "12"], codes) == {"123": "000123"}
    assert without_zeros(["123"], [*codes, "0123"]) == {}  # codes of two lengths: 123 may be one of its own


def test_the_session_is_asked_where_a_list_in_place_has_none(tmp_path: Path) -> None:
    path = book_of(tmp_path / "Own.xlsx", {"Candidates": STUDENTS})
    asked: list[tuple[str, str, str]] = []
    adopt(
        str(path),
        dry_run=True,
        ask=lambda reading, _: asked.extend((one.name, one.default, one.flag) for one in reading.questions) or {},
    )
    assert asked == [("session", "leave", "--session")]
    done = adopt(str(path), answers={"session": "M27"})
    assert done.written and held(path, "candidates", ["session"]) == [["M27"]] * 3


def test_nothing_waits_for_the_session_without_a_terminal(tmp_path: Path) -> None:
    path = book_of(tmp_path / "Own.xlsx", {"Candidates": STUDENTS})
    assert main(["adopt", str(path)]) == 0
    assert "Session" not in [cell.value for cell in openpyxl.load_workbook(path).active[1]]


@pytest.mark.parametrize(
    ("header", "column"),
    [("Cost (USD)", "cost"), ("Cost [€]", "cost"), ("Cost (in CHF)", "cost"), ("Start (dd/mm/yyyy)", "start")],
)
def test_a_unit_in_brackets_does_not_hide_a_header(header: str, column: str, tmp_path: Path) -> None:
    at = 4 if column == "cost" else 2
    rows = [[*PD[0][:at], header, *PD[0][at + 1 :]], *PD[1:]]
    reading = adopt(str(book_of(tmp_path / "Own.xlsx", {"PD": rows})), dry_run=True).reading
    assert (header, column) in [(match.header, match.column) for match in reading.understood[0].matches]


def test_what_brackets_say_of_another_thing_is_no_unit(tmp_path: Path) -> None:
    rows = [[*PD[0][:4], "Cost (travel)"], *PD[1:]]
    reading = adopt(str(book_of(tmp_path / "Own.xlsx", {"PD": rows})), dry_run=True).reading
    assert "cost" not in [match.column for match in reading.understood[0].matches]
