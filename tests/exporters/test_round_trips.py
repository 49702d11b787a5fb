"""Any text comes back from every format, headers too; typed formats keep what is not of a column's type beside it."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from package_validator import problems
from xlsx_books import build

from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.core.book import NOT_CALCULATED, Value
from addin.core.tables.csv_text import from_csv, to_csv
from addin.exporters import FORMATS, export, remarks
from addin.exporters.tables import exported
from addin.importers.csv import read as read_csv
from addin.workspace.workbook import Workbook, read

HEAD = ["Code", "Last name", "First names", "Session", "Category", "Birth date", "CAS complete"]
DANGEROUS = st.sampled_from(
    ["=1+1", " =1", "\u200b=1", "\n=1", "＝1", "'=1", "''@x", "\t", "-1", "+49", "\ufeff@x", "=", "'", "\r\n"]
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), max_size=12), DANGEROUS
)


def school(rows: list[list[Value]], own: list[str]) -> Workbook:
    """A workbook whose candidates have these own columns."""
    book = MemoryBook({"Candidates": [[*HEAD, *own], *rows]})
    return read(book, "memory.xlsx", today=date(2026, 11, 29))


def plain(value: str) -> str | None:
    return value if value and not value.isspace() else None


@given(texts)
def test_any_text_comes_back_from_csv_and_none_is_taken_for_a_formula(text: str) -> None:
    written = to_csv(text)
    assert from_csv(written) == text
    bare = written.lstrip(" \t\r\n\u00a0\u200b\ufeff")
    assert written == "" or not (bare[:1] and bare[0] in "=+-@＝＋－＠"), written


@pytest.mark.parametrize("to", ["csv", "json", "xlsx"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=texts, values=st.lists(texts, min_size=1, max_size=4))
def test_any_text_comes_back_from_a_file_headers_included(
    tmp_path: Path, to: str, header: str, values: list[str]
) -> None:
    header = plain(header) or "Own"
    if header.casefold().strip() in {head.casefold() for head in HEAD}:
        header += " own"
    rows: list[list[Value]] = [[f"00{n}", "Ito", "Ken", "M27", "D", None, None, text] for n, text in enumerate(values)]
    workbook = school(rows, [header])
    columns = exported(workbook, "candidates")
    (made,) = export(workbook, to, tmp_path / f"out.{to}")
    wanted = [[column.header, *column.values] for column in columns]
    assert [column[0] for column in wanted] == [*HEAD, *({header} if columns[7:] else ())]
    there = list(map(list, zip(*_read(made, len(columns)), strict=True)))
    assert [[plain(str(v)) if v is not None else None for v in column] for column in there] == [
        [plain(str(v)) if v is not None else None for v in column] for column in wanted
    ]


def _read(path: Path, width: int) -> list[list[Any]]:
    if path.suffix == ".json":
        rows = json.loads(path.read_text("utf-8"))["candidates"]
        return [list(rows[0]), *(list(row.values()) for row in rows)]
    grid = read_csv(path)[0].grid if path.suffix == ".csv" else XlsxBook.open(path).read(["Candidates"])["Candidates"]
    return [[*line, *[None] * (width - len(line))] for line in grid.values]


def test_columns_of_one_name_are_all_exported(tmp_path: Path) -> None:
    workbook = school([["0012", "Ito", "Ken", "M27", "D", None, None, "A", "B", "C"]], ["Term", "Term", "Term"])
    (made,) = export(workbook, "json", tmp_path)
    row = json.loads(made.read_text("utf-8"))["candidates"][0]
    assert {name: row[name] for name in ("Term", "Term 2", "Term 3")} == {"Term": "A", "Term 2": "B", "Term 3": "C"}


ODD: list[list[Value]] = [
    ["0012", "=1+1", "Ken", "M27", "D", date(2009, 1, 2), True, 1, 2.5, time(8, 30), timedelta(hours=30, minutes=30)],
    ["0013", "a\nb \"c\"", "Zoé 🎉", "M27", "D", "31/02/2009", None, 2**70, 1, None, None],
    ["0014", "_x0041_", "-x", "M27", "D", None, "perhaps", None, None, None, None],
]  # fmt: skip
OWN = ["Locker", "term", "Bell", "Hours"]


def test_sqlite_holds_types_and_what_was_typed(tmp_path: Path) -> None:
    (made,) = export(school(ODD, OWN), "sqlite", tmp_path)
    with sqlite3.connect(made) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("SELECT * FROM candidates")]
        codebook = {row["Column"]: row["Type"] for row in database.execute("SELECT * FROM codebook")}
        findings = list(database.execute("SELECT * FROM findings"))
    database.close()
    assert made.stat().st_mode & 0o777 == 0o600
    assert [row["Code"] for row in rows] == ["0012", "0013", "0014"] and rows[0]["Last name"] == "=1+1"
    assert [row["Birth date"] for row in rows] == ["2009-01-02", None, None]
    assert [row["Birth date (as typed)"] for row in rows] == [None, "31/02/2009", None]
    assert [row["CAS complete (as typed)"] for row in rows] == [None, None, "perhaps"]
    assert [row["Locker"] for row in rows] == ["1", str(2**70), None]
    assert [row["Hours"] for row in rows] == ["30:30", None, None]
    assert codebook["Birth date"] == "date" and codebook["term"] == "number" and codebook["Bell"] == "time"
    assert findings


def test_parquet_reads_back_the_same_with_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    made = export(school(ODD, OWN), "parquet", tmp_path / "out")
    assert [path.name for path in made] == ["candidates.parquet", "findings.parquet", "codebook.parquet"]
    table = parquet.read_table(made[0])
    assert str(table.schema.field("Birth date").type) == "date32[day]"
    assert str(table.schema.field("CAS complete").type) == "bool"
    assert table.column("Birth date").to_pylist() == [date(2009, 1, 2), None, None]
    assert table.column("Birth date (as typed)").to_pylist() == [None, "31/02/2009", None]
    assert table.column("Last name").to_pylist() == [row[1] for row in ODD]
    assert table.column("term").to_pylist() == [2.5, 1.0, None] and table.column("Bell").to_pylist()[0] == time(8, 30)
    assert table.schema.field("Birth date").metadata[b"about"]


def test_a_finding_with_a_certain_date_is_exported_with_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    dated = school([["0012", "Berg", "Ida", "M28", "D", "2009-02-01", None]], [])
    made = export(dated, "parquet", tmp_path / "out")
    fixes = parquet.read_table(made[1]).column("Fix").to_pylist()
    assert "1 Feb 2009" in fixes or "2009-02-01" in fixes


def test_the_pivot_workbook_is_sound_and_holds_the_same(tmp_path: Path) -> None:
    (made,) = export(school(ODD, [*OWN, "line\nbreak"]), "pivot", tmp_path / "p.xlsx")
    assert problems(made) == []
    book = openpyxl.load_workbook(made)
    assert book.sheetnames == ["Candidates", "Findings", "Codebook"]
    sheet = book["Candidates"]
    assert list(sheet.tables) == ["pivot_candidates"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[1][1] == "=1+1" and sheet["B2"].data_type == "s" and lines[1][5].date() == date(2009, 1, 2)
    assert lines[2][lines[0].index("Birth date (as typed)")] == "31/02/2009"


def test_a_formula_without_a_result_is_said_and_never_a_blank(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"Candidates": [HEAD, ["0012", "Ito", "Ken", "M27", "D", None, True]]}, {})
    book = openpyxl.load_workbook(path)
    book["Candidates"]["F2"] = "=DATE(2009,1,2)"
    book.save(path)
    workbook = read(XlsxBook.open(path), str(path))
    (made,) = export(workbook, "csv", tmp_path)
    with made.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][5] == NOT_CALCULATED
    (said,) = remarks(workbook)
    assert "1 formula not calculated yet (Birth date on Candidates)" in said


def test_a_column_without_a_header_is_said_where_it_holds_something(tmp_path: Path) -> None:
    rows = [[*HEAD, None, "Own", None, None, "Far"], ["0012", "Ito", "Ken", "M27", "D", None, True, "x", 1, "y"]]
    said = remarks(read(XlsxBook.open(build(tmp_path / "a.xlsx", {"Candidates": rows}, {})), "a.xlsx"))
    assert [one.partition(" has no header")[0] for one in said] == ["Column H of Candidates", "Column J of Candidates"]
    beside = [rows[0][:7], [*rows[1][:7], None, "a note, not of the list"]]
    assert remarks(read(XlsxBook.open(build(tmp_path / "b.xlsx", {"Candidates": beside}, {})), "b.xlsx")) == []


def test_every_format_writes_a_file_and_no_other_module_is_one() -> None:
    assert FORMATS == ("csv", "ics", "json", "parquet", "pivot", "sqlite", "xlsx")


WRITTEN = ["000012", "12", "1.50", "12345678901234567890.5", None]


@pytest.mark.parametrize("to", ["csv", "json", "xlsx", "sqlite", "parquet", "pivot"])
def test_a_number_that_was_typed_as_text_leaves_as_it_was_typed(tmp_path: Path, to: str) -> None:
    head = ["Entry", "Candidate", "Title", "Hours"]
    rows = [[f"C{number}", "0012", "Choir", hours] for number, hours in enumerate(WRITTEN)]
    made = export(read(MemoryBook({"CAS": [head, *rows]}), "memory.xlsx", today=date(2026, 11, 29)), to, tmp_path / "o")
    if to in ("csv", "json", "xlsx"):
        assert [None if hours in (None, "") else str(hours) for hours in column(made[0], "Hours")] == WRITTEN
        return
    typed, as_typed = column(made[0], "Hours"), column(made[0], "Hours (as typed)")
    assert typed[:3] == [12.0, 12.0, 1.5] and typed[4] is None
    assert as_typed == [WRITTEN[0], None, *WRITTEN[2:]]


def column(path: Path, header: str) -> list[Any]:
    """A column of the CAS table in an exported file."""
    if path.suffix == ".csv":
        return [row[header] for row in csv.DictReader(path.read_text("utf-8-sig").splitlines())]
    if path.suffix == ".json":
        return [row[header] for row in json.loads(path.read_text("utf-8"))["cas"]]
    if path.suffix == ".xlsx":
        rows = list(openpyxl.load_workbook(path).worksheets[0].values)
        return [row[rows[0].index(header)] for row in rows[1:]]
    if path.suffix == ".parquet":
        return pytest.importorskip("pyarrow.parquet").read_table(path).column(header).to_pylist()  # type: ignore[no-any-return]
    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute(f'SELECT "{header}" FROM cas')]
