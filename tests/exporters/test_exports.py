"""Exports: exactly what stands in the workbook, no formula anywhere, and only for the eyes of who made them."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from xlsx_books import build

from addin.actions.export import export
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits
from addin.core.settings import FILE
from addin.core.tables.csv_text import from_csv
from addin.errors import Problem
from addin.exporters import FORMATS
from addin.workspace.workbook import opened

HEAD = ["Code", "Last name", "First names", "Session", "Category", "Birth date", "CAS complete", "Own", "IBT id"]
ROWS = [
    ["000123", "=1+1", "@SUM(A1)", "M27", "D", date(2009, 1, 2), True, -4.1, "aaaaaa"],
    ["1e5", "None", "-x", "M27", "D", date(2009, 12, 31), False, 12, "bbbbbb"],
    ["NA", "Ütö 🎉", "a\nb, \"c\";", "M27", "D", "31/02/2009", None, "'=quoted", "cccccc"],
    ["8085807e40000000", "_x0041_", "+49 30", "M27", "D", None, None, None, None],
]  # fmt: skip
OWN = ["Code", "Last name", "First names", "Session", "Category", "Birth date", "CAS complete", "Own", "IBT id"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return build(tmp_path / "School.xlsx", {"Candidates": [HEAD, *ROWS]}, {})


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Two class tabs of one tracker, and another tracker."""
    sheets = {
        "12A": [HEAD, *ROWS[:2]],
        "12B": [[*HEAD[:7], "Locker"], [*ROWS[2][:7], 40]],
        "PD": [["Staff", "Workshop", "Start", "Hours"], ["Ray", "Biology", date(2026, 1, 2), 0.1]],
    }
    path = build(tmp_path / "School.xlsx", sheets, {})  # type: ignore[arg-type]
    line = '[[layout.candidates]]\nsheet = "{}"\n'
    (tmp_path / FILE).write_text(line.format("12A") + line.format("12B"))
    return path


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [[from_csv(cell) for cell in row] for row in csv.reader(file)]


def words(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # calamine knows no whole numbers
    return {None: "", True: "yes", False: "no"}[value] if value is None or isinstance(value, bool) else str(value)


def test_csv_says_every_value_and_reads_back(book: Path, tmp_path: Path) -> None:
    (made,), rows, _ = export(str(book), to="csv", out=tmp_path / "out")
    assert (made.name, dict(rows)) == ("candidates.csv", {"candidates": 4})
    assert read_csv(made) == [OWN, *[[words(value) for value in row] for row in ROWS]]  # type: ignore[attr-defined]
    assert made.read_bytes().startswith(b"\xef\xbb\xbf")


def test_nothing_in_a_csv_is_taken_for_a_formula(book: Path, tmp_path: Path) -> None:
    (made,), *_ = export(str(book), to="csv", out=tmp_path / "one.csv")
    assert made == tmp_path / "one.csv"
    with made.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell[:1] in "=+@\t\r" and cell] == []
    assert [cell for cell in cells if cell.startswith("-")] == ["-4.1"]


def test_json_has_types(book: Path, tmp_path: Path) -> None:
    (made,), *_ = export(str(book), to="json", out=tmp_path / "deep" / "out.json")
    rows = json.loads(made.read_text("utf-8"))["candidates"]
    shown = [[value.isoformat() if isinstance(value, date) else value for value in row] for row in ROWS]  # type: ignore[attr-defined]
    assert [list(row.values()) for row in rows] == shown
    assert list(rows[0]) == OWN


def test_xlsx_reads_back_the_same_in_three_readers(book: Path, tmp_path: Path) -> None:
    (made,), *_ = export(str(book), to="xlsx", out=tmp_path / "out.xlsx")
    ours = XlsxBook.open(made).read(["Candidates"])["Candidates"]
    assert [[*row, *[None] * (9 - len(row))] for row in ours.values] == [OWN, *ROWS]
    assert not ours.formulas
    theirs = python_calamine.CalamineWorkbook.from_path(made).get_sheet_by_name("Candidates").to_python()
    assert [list(map(words, row)) for row in theirs] == [list(map(words, row)) for row in [OWN, *ROWS]]  # type: ignore[call-overload]
    cells = [cell for row in openpyxl.load_workbook(made)["Candidates"].iter_rows(min_row=2) for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert [cell.value.date() for cell in cells if cell.is_date] == [ROWS[0][5], ROWS[1][5]]


def test_xlsx_keeps_last_digits_moments_and_odd_signs(tmp_path: Path) -> None:
    head = ["Code", "Last name", "First names", "Session", "Own", "Bell \x07"]
    values = [
        0.1 + 0.2,
        1 / 3,
        5e-324,
        -2.5,
        2**53 + 1,
        datetime(2026, 3, 1, 8, 30, 0, 250_000),
        time(23, 59, 59),
        timedelta(hours=30),
        date(1900, 1, 1),
        "x" * 32_767,
        "bell \x07",
        "_x0041_",
        " a\r\n",
        True,
    ]
    rows = [[f"00{number}", "Ito", "Ken", "M27", "to come", None] for number in range(len(values))]
    path = build(tmp_path / "School.xlsx", {"Candidates": [head, *rows]}, {})
    book = XlsxBook.open(path)
    book.apply(Edits(cells={("Candidates", row, 5): value for row, value in enumerate(values, 2)}))
    book.close()
    (made,), *_ = export(str(path), to="xlsx", out=tmp_path / "out.xlsx")
    grid = XlsxBook.open(made).read(["Candidates"])["Candidates"]
    assert grid.values[0] == head
    there = [line[grid.values[0].index("Own")] for line in grid.values[1:]]
    assert [repr(value) for value in there] == [repr(value) for value in values]
    assert openpyxl.load_workbook(made)["Candidates"].dimensions == f"A1:F{len(values) + 1}"


@pytest.mark.parametrize("to", FORMATS)
def test_files_are_for_their_owner_alone(book: Path, tmp_path: Path, to: str) -> None:
    made, *_ = export(str(book), to=to, out=tmp_path / "a" / "b")
    assert all(path.is_file() and path.stat().st_mode & 0o777 == 0o600 for path in made)
    assert not [path for path in (tmp_path / "a" / "b").iterdir() if path not in made]


def test_tabs_of_one_tracker_are_one_list_with_everybodys_own_columns(school: Path, tmp_path: Path) -> None:
    made, rows, _ = export(str(school), to="csv", out=tmp_path / "out")
    assert dict(rows) == {"candidates": 3, "pd": 1}
    assert [path.name for path in made] == ["candidates.csv", "pd.csv"]
    head, *lines = read_csv(made[0])
    assert head == [*HEAD[:8], "Locker", "IBT id"]
    assert [line[7:] for line in lines] == [["-4.1", "", "aaaaaa"], ["12", "", "bbbbbb"], ["", "40", ""]]


def test_one_tracker_may_be_chosen(school: Path, tmp_path: Path) -> None:
    made, rows, _ = export(str(school), to="csv", out=tmp_path / "pd.csv", trackers=["pd"])
    assert (made, dict(rows)) == ([tmp_path / "pd.csv"], {"pd": 1})
    assert read_csv(made[0])[1] == ["Ray", "Biology", "2026-01-02", "0.1"]


@pytest.mark.parametrize(
    ("to", "out", "says"),
    [
        ("xlsx", "School.xlsx", "is the workbook itself"),
        ("csv", "out.xlsx", "does not end in .csv"),
        ("json", "out.csv", "does not end in .json"),
        ("csv", "all.csv", "cannot hold several trackers (candidates, pd)"),
        ("parquet", "all.parquet", "all.parquet: cannot hold several tables"),
        ("csv", "School.xlsx/out", "could not be written"),
        ("ods", "out", "There is no export format 'ods'"),
    ],
)
def test_a_place_that_nobody_can_have_meant_is_refused(
    school: Path, tmp_path: Path, to: str, out: str, says: str
) -> None:
    before = sorted(tmp_path.iterdir()), school.read_bytes()
    with pytest.raises(Problem) as raised:
        export(str(school), to=to, out=tmp_path / out)
    assert says in str(raised.value) and ".tmp" not in str(raised.value)
    assert (sorted(tmp_path.iterdir()), school.read_bytes()) == before


def test_a_persons_own_column_with_a_header_of_ours_is_not_lost(tmp_path: Path) -> None:
    path = build(tmp_path / "School.xlsx", {"S": [["Kode", "Nachname", "Code"], ["0012", "Ito", "blue"]]}, {})
    columns = 'columns = {Kode = "code", Nachname = "last_name"}'
    (tmp_path / FILE).write_text(f'[[layout.candidates]]\nsheet = "S"\nheader_row = 1\n{columns}\n')
    (made,), *_ = export(str(path), to="json", out=tmp_path / "out.json")
    assert json.loads(made.read_text("utf-8")) == {
        "candidates": [{"Code": "0012", "Last name": "Ito", "Code (own)": "blue"}]
    }


def test_a_data_frame_keeps_text_as_text(book: Path) -> None:
    pandas = pytest.importorskip("pandas")
    with opened(str(book)) as workbook:
        frame = workbook.tables["candidates"].to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["code"]) == ["000123", "1e5", "NA", "8085807e40000000"]
    assert list(frame["birth_date"]) == [date(2009, 1, 2), date(2009, 12, 31), "31/02/2009", None]
    assert list(frame["Own"]) == [-4.1, 12, "'=quoted", None]
    assert list(frame.index) == [2, 3, 4, 5]
