"""Notes and looks of very many cells in the engine: as Excel has them, whichever way they are written and read."""

import pytest
import xlwings as xw

from addin.libreoffice import app
from addin.libreoffice.areas import boxes
from addin.libreoffice.helper import load

pytest_plugins = ("office",)
pytestmark = pytest.mark.libreoffice


@pytest.fixture(params=["inside soffice", "from outside"])
def way(request, office: xw.App, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of asking for very many notes; the second is for a soffice without Python."""
    if request.param == "from outside":
        monkeypatch.setattr(office.impl, "_inside", None)
        monkeypatch.setattr(app, "helper", lambda context: None)
    else:
        assert load(office.impl.context) is not None, "python3-uno lets soffice load Python"
    return str(request.param)


def notes(sheet: xw.Sheet) -> dict[str, str]:
    return {note.location.get_address(False, False): note.text for note in sheet.notes}


def test_notes_are_listed_with_their_cells(open_book, way) -> None:
    sheet = open_book({"It's. a sheet,1": [["x"]]}).sheets[0]
    for address in ("A1", "C7", "AB3"):
        sheet[address].add_note(f"at {address}\nŁódź")
    assert notes(sheet) == {address: f"at {address}\nŁódź" for address in ("A1", "C7", "AB3")}
    (first, *_) = sheet.notes
    first.text = "changed"
    assert first.text == "changed" and "changed" in notes(sheet).values()
    sheet["C7"].note.delete()
    assert set(notes(sheet)) == {"A1", "AB3"} and sheet["C7"].note is None


def test_notes_that_wait_for_the_screen_are_there_when_they_matter(open_book, office, way) -> None:
    book = open_book({"S": [["x"], ["y"], ["z"]], "Other": [["o"]]})
    sheet = book.sheets["S"]
    office.screen_updating = False
    try:
        sheet["A3"].add_note("moves up")
        sheet["B1"].add_note("goes")
        with pytest.raises(ValueError, match="already has a note"):
            sheet["A3"].add_note("twice")
        sheet["C3"].add_note("too")
        sheet["1:1"].delete()
        assert notes(sheet) == {"A2": "moves up", "C2": "too"} and sheet["A2"].note.text == "moves up"
        sheet["A1"].add_note("before the sheets change places")
        book.sheets.add("New", before=sheet)
        sheet["A3"].add_note("after it")
        assert set(notes(sheet)) == {"A1", "A2", "C2", "A3"} and not notes(book.sheets["New"])
        sheet["B2"].add_note("at the end")
    finally:
        office.screen_updating = True
    assert sheet.api.getCellRangeByName("B2").queryContentCells(8).Count == 1


def test_a_note_that_was_put_from_elsewhere_is_seen(open_book) -> None:
    """A person writes notes too, while a program has the sheet at hand."""
    sheet = open_book({"S": [["x"]]}).sheets["S"]
    assert sheet["A1"].note is None
    where = sheet.api.getCellByPosition(0, 0).CellAddress
    sheet.api.Annotations.insertNew(where, "by hand")
    assert sheet["A1"].note.text == "by hand"  # type: ignore[attr-defined]


def test_rows_keep_their_height_unless_a_text_wraps(open_book) -> None:
    sheet = open_book({"S": [["x"], ["x"], ["x"]]}).sheets["S"]
    sheet["B2"].wrap_text = True
    height = sheet["A1"].row_height
    sheet["A1:B3"].value = [["long " * 40] * 2] * 3
    assert [sheet.range((row, 1)).row_height > height for row in (1, 2, 3)] == [False, True, False]
    sheet["A3"].value = "two\nlines"
    assert sheet["A3"].row_height > height and sheet.book.api.IsAdjustHeightEnabled


def test_several_rectangles_have_their_looks_together(open_book) -> None:
    sheet = open_book({"S": [["x"]]}).sheets["S"]
    several = sheet["B2,D4:E5, $A$9"]
    several.color = (1, 2, 3)
    several.number_format = "0.00"
    assert several.color == (1, 2, 3) == sheet["E5"].color and sheet["E4"].number_format == "0.00"
    assert (several.row, several.column, several.shape) == (2, 2, (1, 1))
    assert several.get_address(False, False) == "B2,D4:E5,A9" and sheet["C3"].color is None
    sheet["A9"].color = None
    assert several.color == (0, 0, 0), "as Excel says of cells that differ"


def test_the_used_range_begins_where_something_stands(open_book) -> None:
    sheet = open_book({"S": [[None], [None, "x"], [None, None, "y"]]}).sheets["S"]
    assert sheet.used_range.address == "$B$2:$C$3"
    sheet["A1"].value = "now here"
    assert sheet.used_range.address == "$A$1:$C$3"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("CAS.B1:E20001,CAS.F39", [(0, 1, 20000, 4), (38, 5, 38, 5)]),
        ("'It''s A1.B2, mine'.AA3;'It''s A1.B2, mine'.C4:D5", [(2, 26, 2, 26), (3, 2, 4, 3)]),
        ("$A$1:C9", [(0, 0, 8, 2)]),
    ],
)
def test_addresses_are_read_whatever_the_sheet_is_called(text: str, found: list[tuple[int, ...]]) -> None:
    assert list(boxes(text)) == found
