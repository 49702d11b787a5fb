"""Packages that are put together in another way than Excel does, and are still workbooks: read, edited, sound."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from package_validator import problems
from xlsx_handmade import MAIN, handmade

from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, Look
from addin.errors import BookProblem

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>'
EDIT = Edits(cells={("Data", 3, 2): "new"}, looks={("Data", 1, 1): Look("FFC7CE", "IB Trackers: wrong")})


def renamed(path: Path, new: Callable[[str], str | None]) -> Path:
    """The workbook with its parts under other names; None leaves one out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            if (called := new(name)) is not None:
                info = zipfile.ZipInfo("x")
                info.filename = called
                archive.writestr(info, content)
    return path


@pytest.mark.parametrize(
    "new",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("xl/styles.xml", "xl/STYLES.XML"),
        lambda name: name.replace("[Content_Types].xml", "[content_types].xml"),
        lambda name: name.upper().replace("/", "\\"),
    ],
    ids=["backslashes", "styles in capitals", "content types in small letters", "both"],
)
def test_case_and_slashes_of_part_names_do_not_count(tmp_path: Path, new: Callable[[str], str]) -> None:
    path = renamed(handmade(tmp_path / "a.xlsx", ROWS), new)
    for _ in range(2):
        XlsxBook.open(path).apply(EDIT)
        book = XlsxBook.open(path)
        assert book.read(["Data"])["Data"].values == [[1], [], [3, "new"]]
        assert book.looks([("Data", 1, 1)])["Data", 1, 1] == Look("FFC7CE", "IB Trackers: wrong")
        assert problems(path) == []


def test_two_parts_whose_names_differ_only_in_case_are_damage(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", ROWS, extra={"xl/STYLES.xml": "<x/>"})
    with pytest.raises(BookProblem, match="the same part twice"):
        XlsxBook.open(path)


def test_a_styles_part_is_made_once_and_called_as_everywhere(tmp_path: Path) -> None:
    empty = f'<styleSheet xmlns="{MAIN}"></styleSheet>'
    for case, content in enumerate(("no relationship", "a relationship to nothing", "an empty part without one")):
        extra = {"xl/styles.xml": empty} if content.startswith("an empty") else None
        path = handmade(tmp_path / f"{case}.xlsx", ROWS, extra=extra)
        if not extra:
            path = renamed(path, lambda name: None if name == "xl/styles.xml" else name)
        if content != "a relationship to nothing":
            _drop_styles_relationship(path)
        for _ in range(3):
            XlsxBook.open(path).apply(EDIT)
            XlsxBook.open(path).apply(Edits(looks={("Data", 3, 1): Look("FFC7CE")}))
            XlsxBook.open(path).apply(Edits(looks={("Data", 3, 1): Look()}))
        with zipfile.ZipFile(path) as archive:
            assert [name for name in archive.namelist() if "styles" in name] == ["xl/styles.xml"]
            assert archive.read("xl/_rels/workbook.xml.rels").count(b'/styles"') == 1
        assert problems(path) == []
        assert openpyxl.load_workbook(path)["Data"]["A1"].fill.fgColor.rgb == "FFFFC7CE"


def _drop_styles_relationship(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rels = parts["xl/_rels/workbook.xml.rels"]
    start = rels.index(b'<Relationship Id="rId2"')
    parts["xl/_rels/workbook.xml.rels"] = rels[:start] + rels[rels.index(b"/>", start) + 2 :]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_row_in_pieces_is_joined_before_it_is_edited(tmp_path: Path) -> None:
    rows = (
        '<row r="2" spans="1:1"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2"><c><v>7</v></c><c r="C2"><f>A2*2</f><v>14</v></c></row>'
    )
    path = handmade(tmp_path / "a.xlsx", rows)
    before = XlsxBook.open(path).read(["Data"])["Data"]
    XlsxBook.open(path).apply(Edits(cells={("Data", 2, 2): "new"}))
    after = XlsxBook.open(path).read(["Data"])["Data"]
    assert before.values == [[1], [7, None, 14]] and after.values == [[1], [7, "new", 14]]
    assert after.formulas == before.formulas == {(2, 3): "A2*2"}
    assert problems(path) == []


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1", "utf-16"])
def test_a_part_may_be_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?><worksheet xmlns="{main}"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>Zoé</t></is></c></row></sheetData></worksheet>'
    ).encode(encoding)
    path = handmade(tmp_path / "a.xlsx", "", sheet=sheet)
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 2): "Müller"}))
    assert XlsxBook.open(path).read(["Data"])["Data"].values == [["Zoé", "Müller"]]
    assert openpyxl.load_workbook(path)["Data"]["A1"].value == "Zoé"
