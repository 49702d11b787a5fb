"""Notes in workbooks that other programs wrote: their prefixes, their parts, and ours after they saved the file."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from package_validator import problems

from addin.backends.ooxml.markup import with_prefixes
from addin.backends.ooxml.notes import NAMESPACES
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, Look
from addin.core.names import NOTE_START

OURS = NOTE_START + "a mistake"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workbook in which a person's note was saved by openpyxl, whose drawing has the prefixes ns0, ns1 …"""
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in (["Code", "Name"], ["0012", "Ito"], ["0013", "Li"]):
        book.active.append(row)
    book.active["B2"].comment = Comment("hers", "Ana")
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def notes(path: Path) -> dict[str, str]:
    sheet = openpyxl.load_workbook(path)["Data"]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def test_a_drawing_of_openpyxl_takes_our_notes_and_gives_them_back(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        assert b"ns1:shape" in archive.read("xl/drawings/commentsDrawing1.vml")
    XlsxBook.open(path).apply(Edits(looks={("Data", 3, 1): Look("FFC7CE", OURS)}))
    assert problems(path) == [] and notes(path) == {"B2": "hers", "A3": OURS}
    openpyxl.load_workbook(path).save(path)  # openpyxl writes the drawing anew, ours in it too
    XlsxBook.open(path).apply(Edits(looks={("Data", 3, 1): Look()}))
    assert problems(path) == [] and notes(path) == {"B2": "hers"}
    with zipfile.ZipFile(path) as archive:
        vml = next(archive.read(name) for name in archive.namelist() if name.endswith(".vml"))
    assert len(re.findall(rb"<v:shape[ >]", vml)) == 1


def test_a_note_of_ours_is_known_by_its_text_once_its_author_is_gone(path: Path) -> None:
    XlsxBook.open(path).apply(Edits(looks={("Data", 3, 1): Look("FFC7CE", OURS)}))
    book = openpyxl.load_workbook(path)
    for cell in ("A3", "B2"):
        book["Data"][cell].comment.author = ""  # as LibreOffice leaves it
    book.save(path)
    XlsxBook.open(path).apply(Edits(looks={("Data", 3, 1): Look(), ("Data", 2, 2): Look()}))
    assert notes(path) == {"B2": "hers"}


def test_prefixes_change_only_where_that_changes_no_meaning() -> None:
    uri = NAMESPACES["v"]
    one = f'<xml xmlns:ns0="{uri}"><ns0:shape a="ns0:x" ns0:b="1"/>ns0:shape</xml>'.encode()
    assert with_prefixes(one, NAMESPACES) == (
        f'<xml xmlns:v="{uri}"><v:shape a="ns0:x" v:b="1"/>ns0:shape</xml>'.encode()
    )
    taken = f'<xml xmlns:ns0="{uri}" xmlns:v="urn:other"><ns0:shape/></xml>'.encode()
    assert with_prefixes(taken, NAMESPACES) == taken
