"""Rows that LibreOffice or another program put right below a native table, which only Excel lets grow over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.cli.main import main

ROWS = (("0012", "Ito", "Aya"), ("0013", "Berg", "Ida"), ("0014", "Kaya", "Deniz"))


def typed(path: Path, rows: Sequence[Sequence[str | None]]) -> None:
    """A new workbook in which another program has filled the first row of Candidates and those below the table."""
    assert main(["new", str(path), "--trackers", "candidates", "--session", "M27"]) == 0
    book = openpyxl.load_workbook(path)
    for number, row in enumerate(rows, 5):
        for column, value in enumerate(row, 1):
            book["Candidates"].cell(number, column).value = value
    book.save(path)


def held(path: Path) -> tuple[str, list[tuple[Any, ...]]]:
    sheet = openpyxl.load_workbook(path)["Candidates"]
    return sheet.tables["candidates"].ref, [row[:2] for row in sheet.iter_rows(5, 9, values_only=True) if row[0]]


def brought(path: Path) -> int:
    found = path.with_name("new.csv")
    found.write_text("Code,Last name,First names,Session\n0015,Silva,Rui,M27\n", encoding="utf-8")
    return main(["import", str(found), "--into", str(path), "--tracker", "candidates", "--yes"])


@pytest.mark.filterwarnings("ignore:Print area")
def test_an_import_goes_on_below_them_and_the_table_holds_them_all(tmp_path: Path) -> None:
    typed(path := tmp_path / "School.xlsx", ROWS)
    assert brought(path) == 0
    ref, rows = held(path)
    assert rows == [("0012", "Ito"), ("0013", "Berg"), ("0014", "Kaya"), ("0015", "Silva")]
    assert ref.startswith("A4:")
    assert ref.endswith("8")


@pytest.mark.filterwarnings("ignore:Print area")
def test_a_total_below_a_blank_row_stays_outside_the_table(tmp_path: Path) -> None:
    typed(path := tmp_path / "School.xlsx", (*ROWS, (None, None, None), ("Total: 3", None, None)))
    assert brought(path) == 0
    ref, rows = held(path)
    assert rows == [("0012", "Ito"), ("0013", "Berg"), ("0014", "Kaya"), ("0015", "Silva"), ("Total: 3", None)]
    assert ref.endswith("8")


@pytest.mark.filterwarnings("ignore:Print area")
def test_a_total_right_below_them_is_no_row_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(path := tmp_path / "School.xlsx", (*ROWS, ("Total: 3", None, None)))
    before = path.read_bytes()
    assert brought(path) == 2
    assert "there are cells below the table candidates in row 8" in capsys.readouterr().err
    assert path.read_bytes() == before
