"""The validator that watches over every workbook of the test run sees planted defects, and nothing in sound files."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from package_validator import problems
from xlsx_books import build

from addin.backends.xlsx import XlsxBook
from addin.core.book import Area, Edits, Look

Parts = dict[str, bytes]
BUILT = sorted((Path(__file__).parents[2] / "sheets_templates" / "built").glob("*.xls[xm]"))


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """A workbook with a native table, a note of ours and shared texts."""
    path = tmp_path_factory.mktemp("sound") / "a.xlsx"
    rows = [["Code", "Name"], ["0012", "Ito"], ["0013", "Li"]]
    build(
        path,
        {"Data": rows, "Other": [["A"], [1]]},
        {"Data": [Area(1, 1, 3, 2, "tbl")], "Other": [Area(1, 1, 2, 1, "tbl_two")]},
    )
    XlsxBook.open(path).apply(Edits(looks={("Data", 2, 1): Look("FFC7CE", "IB Trackers: wrong")}))
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data


def swap(name: str, old: bytes, new: bytes) -> Callable[[Parts], Parts]:
    def planted(parts: Parts) -> Parts:
        found = next(part for part in parts if part.endswith(name))
        assert old in parts[found], (found, parts[found])
        return {**parts, found: parts[found].replace(old, new, 1)}

    return planted


def without(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {part: content for part, content in parts.items() if not part.endswith(name)}


PLANTED = {
    "a prefix without a namespace": (swap(".vml", b"xmlns:v=", b"xmlns:w="), "not well-formed"),
    "an unclosed tag": (swap("sheet1.xml", b"</sheetData>", b""), "not well-formed"),
    "a relationship to nothing": (without("table1.xml"), "which is not there"),
    "two relationships with one id": (swap("workbook.xml.rels", b'Id="rId2"', b'Id="rId1"'), "is there twice"),
    "a reference to no relationship": (swap("sheet1.xml", b"<legacyDrawing", b"<drawing r:id=\"rId99\" xmlns:r=\"http://sche"
        b"mas.openxmlformats.org/officeDocument/2006/relationships\"/><legacyDrawing"), "names the relationship rId99"),
    "a box of notes under a foreign kind": (
        swap("sheet1.xml.rels", b"/vmlDrawing", b"/anysvml"), "a relationship of another kind"
    ),
    "a part without a content type": (
        swap("[Content_Types].xml", b'Extension="vml"', b'Extension="vmx"'), "has no content type"
    ),
    "a column that differs from its cell": (swap("table1.xml", b'name="Name"', b'name="Nom"'), "stands over the cell"),
    "a column too many": (
        swap("table1.xml", b"</tableColumns>", b'<tableColumn id="9" name="x"/></tableColumns>'), "columns over"
    ),
    "two tables with one id": (swap("table2.xml", b'id="2"', b'id="1"'), "two tables have the id"),
    "two cells in one place": (swap("sheet1.xml", b'r="B2"', b'r="A2"'), "out of place"),
    "rows out of order": (swap("sheet1.xml", b'<row r="3"', b'<row r="1"'), "follows row"),
    "a style that is not there": (swap("sheet1.xml", b' s="', b' s="99'), "has a style that is not there"),
    "a text that is not there": (swap("sheet1.xml", b"<v>", b"<v>99"), "names a text that is not there"),
    "a note without its box": (swap(".vml", b"<x:Row>1</x:Row>", b"<x:Row>7</x:Row>"), "no box for the notes"),
    "parts out of order": (swap("sheet1.xml", b"<tableParts", b"<pageMargins/><tableParts"), "out of order"),
    "two sheets of one name": (swap("workbook.xml", b'name="Other"', b'name="DATA"'), "two sheets have the name"),
}  # fmt: skip


@pytest.mark.parametrize("defect", PLANTED)
def test_a_planted_defect_is_seen(parts: Parts, defect: str) -> None:
    plant, says = PLANTED[defect]
    assert problems(packed(parts)) == []
    assert any(says in problem for problem in problems(packed(plant(parts)))), problems(packed(plant(parts)))


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.name)
def test_our_templates_are_sound(path: Path) -> None:
    assert problems(path) == []


def test_the_whole_run_is_watched(parts: Parts, tmp_path: Path) -> None:
    broken = PLANTED["a column that differs from its cell"][0](parts)
    (tmp_path / "new.tmp").write_bytes(packed(broken).getvalue())
    (tmp_path / "a.xlsx").write_bytes(packed(parts).getvalue())
    with pytest.raises(AssertionError, match="would not be sound"):
        (tmp_path / "new.tmp").replace(tmp_path / "a.xlsx")
    shutil.copy(tmp_path / "new.tmp", tmp_path / "a.xlsx")  # what was broken before is not ours to answer for
    (tmp_path / "new.tmp").replace(tmp_path / "a.xlsx")
