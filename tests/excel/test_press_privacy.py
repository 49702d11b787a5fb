"""The buttons of privacy really pressed in LibreOffice, in a workbook with macros: they write what they say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw
from test_press import press_and_wait

from addin.core.trackers import ID_HEADER
from addin.templates.macros.workbook import add_buttons, add_macros
from addin.workspace.tracker_files import load_all

pytest_plugins = ("office",)
pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

WRAPPER = """#!/bin/sh
HOME="{home}" "{python}" "$@"
code=$?
: > "{done}"
exit $code
"""


@pytest.fixture
def school(office: Any, tmp_path: Path) -> Iterator[xw.Book]:
    """A saved workbook with one candidate and the three buttons, open; what Python writes goes below `tmp_path`."""
    python = office.home / "python"
    python.write_text(WRAPPER.format(home=tmp_path, python=sys.executable, done=office.home / "answered"))
    python.chmod(0o755)
    (office.home / "excel.conf").write_bytes(f"python={python}\r\n".encode())
    path = tmp_path / "School.xlsm"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Candidates")
    headers = [column.header for column in load_all()["candidates"].columns.values()]
    sheet.write_row(0, 0, [*headers, ID_HEADER])
    sheet.write_row(1, 0, ["009001", "Berghoff", "Ida"])
    sheet.write_string(1, len(headers), "a00001")
    add_buttons(sheet, 8, 0, ("redacted_copy", "held_on", "due_to_erase"))
    add_macros(book, [sheet])
    book.close()
    opened = office.books.open(path)
    yield opened
    opened.close()


def written(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "Documents" / "IB Trackers").rglob("*.*"))


def test_each_button_writes_what_it_says_and_leaves_the_workbook(school: xw.Book, office: Any, tmp_path: Path) -> None:
    before = Path(school.fullname).read_bytes()
    press_and_wait(school, office, "Redacted copy")
    (copy,) = written(tmp_path)
    cells = [cell.value for row in openpyxl.load_workbook(copy)["Candidates"] for cell in row if cell.value]
    assert copy.suffix == ".xlsx"
    assert "Code" in cells
    assert not {"009001", "Berghoff", "Ida"} & set(cells)

    school.sheets["Candidates"].range("B2").select()
    press_and_wait(school, office, "Held on")
    (page,) = {*written(tmp_path)} - {copy}
    assert page.name.startswith("held on 009001")
    assert "Berghoff" in page.read_text("utf-8")

    press_and_wait(school, office, "Due to erase")
    assert {*written(tmp_path)} == {copy, page}
    assert Path(school.fullname).read_bytes() == before
