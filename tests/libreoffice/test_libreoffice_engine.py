"""The xlwings engine over LibreOffice: what buttons use behaves as in Excel."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

pytest_plugins = ("office",)
pytestmark = pytest.mark.libreoffice


def test_text_is_read_as_if_typed_unless_marked(open_book) -> None:
    sheet = open_book().sheets[0]
    sheet["A1"].value = [["007", "1/2", "'007", "'=1+1", "=1+1"]]
    assert sheet["A1"].value == 7 and isinstance(sheet["B1"].value, datetime)
    assert sheet["C1:E1"].value == ["007", "=1+1", 2]
    sheet["A2:B2"].number_format = "@"
    sheet["A2"].value = [["007", "=1+1"]]
    assert sheet["A2:B2"].value == ["007", "=1+1"]


def test_a_note_survives_new_contents(open_book) -> None:
    sheet = open_book().sheets[0]
    sheet["A1"].add_note("mine")
    sheet["A1"].value = [["new", 1]]
    sheet["A1"].formula = [["=1+1", "2"]]
    assert sheet["A1"].note.text == "mine" and [note.location.address for note in sheet.notes] == ["$A$1"]


def test_mixed_cells_are_told_from_plain_ones(open_book) -> None:
    sheet = open_book().sheets[0]
    sheet["A1"].color = (1, 2, 3)
    assert (sheet["A1:A2"].color, sheet["A2:A3"].color, sheet["A1"].color) == ((0, 0, 0), None, (1, 2, 3))
    sheet["A1"].number_format = "0.00"
    assert (sheet["A1:A2"].number_format, sheet["A1"].number_format) == (None, "0.00")


def test_tables_have_totals_and_places_for_new_rows(open_book) -> None:
    sheet = open_book().sheets[0]
    sheet["A1"].value = [["a", "b"], [1, 2]]
    table = sheet.tables.add(sheet["A1:B2"], name="tbl")
    table.show_totals = True
    assert table.totals_row_range.address == "$A$3:$B$3" and table.data_body_range.address == "$A$2:$B$2"
    table.show_totals = False
    assert table.range.address == "$A$1:$B$2" and table.insert_row_range is None


def test_a_table_survives_the_end_of_the_next_sheet(open_book) -> None:
    book = open_book({"A": [["h"], [1]], "B": [["x"]]})
    book.sheets["A"].tables.add(book.sheets["A"]["A1:A2"], name="tbl")
    book.sheets["B"].delete()
    assert [table.name for table in book.sheets["A"].tables] == ["tbl"]


def test_formats_and_formulas_fill_down_without_the_clipboard(open_book) -> None:
    sheet = open_book().sheets[0]
    sheet["A1"].value = [[5, "=A1*2"]]
    sheet["A1"].number_format = "0.00"
    sheet["A1"].add_note("stays here")
    sheet["A1:B1"].autofill(sheet["A1:B3"], "fill_formats")
    assert sheet["A1:B3"].value == [[5, 10], [None, None], [None, None]] and sheet["A3"].number_format == "0.00"
    sheet["B1"].autofill(sheet["B1:B3"], "fill_copy")
    assert sheet["B3"].formula == "=A3*2" and sheet["A2"].note is None


def test_links_names_print_area_and_hidden_columns(open_book) -> None:
    book = open_book({"My list": [["x"]]})
    sheet = book.sheets[0]
    sheet["A2"].add_hyperlink("#'My list'!A1", "go")
    assert (sheet["A2"].value, sheet["A2"].hyperlink) == ("go", "#'My list'!A1")
    book.names.add("Here", "='My list'!$B$2")
    assert book.names["Here"].refers_to == "='My list'!$B$2"
    sheet.page_setup.print_area = "$A$1:$B$3"
    assert sheet.page_setup.print_area == "$A$1:$B$3"
    sheet["C1"].column_width = 0
    assert sheet["C1"].column_width == 0 and sheet["B1"].column_width > 0


def test_a_whole_row_that_goes_shrinks_its_table(open_book) -> None:
    sheet = open_book({"S": [["h"], ["a"], ["b"]]}).sheets[0]
    sheet.tables.add(sheet["A1:A3"], name="tbl")
    sheet.range("2:2").delete("up")
    assert sheet.tables["tbl"].range.address == "$A$1:$A$2" and sheet["A1:A2"].value == ["h", "b"]


def test_what_is_not_offered_says_so(open_book) -> None:
    with pytest.raises(NotImplementedError):
        open_book().sheets[0]["A1"].copy()


def test_it_saves_what_other_programs_read(open_book, tmp_path: Path) -> None:
    book: xw.Book = open_book({"S": [["000123", 5]]})
    book.save(tmp_path / "saved.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "saved.xlsx")["S"]
    assert [cell.value for cell in sheet[1]] == ["000123", 5]
    book.to_pdf(tmp_path / "saved.pdf")
    assert (tmp_path / "saved.pdf").read_bytes().startswith(b"%PDF")
