"""Edits are spliced in exactly: what is written reads back equal, by our reader and by two others, however often."""

from __future__ import annotations

import math
import os
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from test_xlsx_reading import prefixed
from test_xlsx_survival import convert
from xlsx_books import build, parts
from xlsx_handmade import handmade

from addin.backends.ooxml.styles import Styles
from addin.backends.ooxml.values import from_serial, same, to_serial
from addin.backends.xlsx import XlsxBook
from addin.core.book import Area, CellError, Edits, Look, OwnSheet, Value
from addin.errors import BookProblem


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hundreds of small files here need not outlive a power cut; test_xlsx_saving.py keeps the real calls."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


def exact(value: Value) -> tuple[type, Value]:
    return type(value), value


def read(path: Path, sheet: str = "Data") -> list[list[Value]]:
    return XlsxBook.open(path).read([sheet])[sheet].values


def sheet_xml(path: Path) -> str:
    return parts(path)["xl/worksheets/sheet1.xml"].decode()


TEXTS = [
    *("000123", "Nan", "None", "NA", "N/A", "NULL", "Inf", "-inf", "1e5", "8085807e40000000", "TRUE", "0x1F", "１２３"),
    *("=1+1", "+1", "-1", "@x", "\tx", "\rx", "a\r\nb", "a\nb", " x ", "", " ", "'quoted", "#N/A", "{=1}"),
    *("Zoë 😀", "مرحبا بالعالم", "\u202eabc", "\ufeffx", "x\u0301", "<b>&amp;</b>", '"q"', "]]>", "x" * 32_767),
    *("_x0041_", "_x000D_", "_x005F_x0041_", "_x", "_x00", "\x00\x01\x1f", "\ufffe\uffff", "\u2028", "\xa0x"),
]
MOMENTS = [
    *(date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2024, 2, 29), date(9999, 12, 31)),
    *(datetime(2026, 5, 4, 3, 2, 1), datetime(2026, 5, 4), datetime(1999, 12, 31, 23, 59, 59, 999_000)),
    *(time(0, 0), time(12, 34, 56), time(23, 59, 59, 999_000), timedelta(hours=25, minutes=30), timedelta(0)),
]
NUMBERS = [0, -1, 7, 2**53, 10**20, 0.1, 0.1 + 0.2, 1 / 3, 5e-324, 1.7976931348623157e308, -2.5e-10, True, False]


@pytest.mark.parametrize("value", [*TEXTS, *MOMENTS, *NUMBERS, CellError("#N/A"), None], ids=lambda v: ascii(v)[:30])
def test_a_value_reads_back_as_it_was_written(tmp_path: Path, value: Value) -> None:
    path = build(tmp_path / "a.xlsx", {"Data": [["was", "stays"]]}, {})
    for _ in range(3):
        XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): value, ("Data", 5, 3): value}))
        grid = XlsxBook.open(path).read(["Data"])["Data"]
        value_again = grid.value(1, 1)
        assert exact(value_again) == exact(value) and exact(grid.value(5, 3)) == exact(value)
        assert grid.value(1, 2) == "stays" and not grid.formulas
        value = value_again


def test_half_a_character_is_written_as_its_code(tmp_path: Path) -> None:
    """No file of text can hold it: exports of such a cell ended in an error."""
    path = build(tmp_path / "a.xlsx", {"Data": [["was"]]}, {})
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): "a\ud801b"}))
    assert XlsxBook.open(path).read(["Data"])["Data"].value(1, 1) == "a_xD801_b"


# XML cannot hold these, and Excel codes them as _x0001_: openpyxl shows the codes, so it is no witness for them
CODED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


PLAIN = [text for text in TEXTS if text and not CODED.search(text)]


@pytest.mark.parametrize("value", PLAIN, ids=lambda v: ascii(v)[:30])
def test_two_other_readers_see_the_same_text(tmp_path: Path, value: str) -> None:
    path = build(tmp_path / "a.xlsx", {"Data": [["was"]]}, {})
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): value}))
    cell = openpyxl.load_workbook(path)["Data"]["A1"]
    assert cell.value == value and cell.data_type != "f"
    assert CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Data").to_python() == [[value]]


def to_the_millisecond(moment: datetime | time) -> datetime | time:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


printable = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    printable,
    st.dates(date(1900, 1, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(to_the_millisecond),
    st.times().map(to_the_millisecond),
    st.timedeltas(timedelta(0), timedelta(days=10_000)).map(lambda d: timedelta(d.days, d.seconds)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 30)), values, max_size=12))
def test_any_values_anywhere_read_back_and_nothing_else_moves(
    tmp_path: Path, cells: dict[tuple[int, int], Value]
) -> None:
    path = build(tmp_path / "a.xlsx", {"Data": [["a", 1, True, date(2026, 1, 2)], [], [None, "b", 2.5, time(1)]]}, {})
    before = {(r, c): v for r, row in enumerate(read(path), 1) for c, v in enumerate(row, 1)}
    edits = Edits(cells={("Data", *place): value for place, value in cells.items()})
    XlsxBook.open(path).apply(edits)
    grid = XlsxBook.open(path).read(["Data"])["Data"]
    for place, value in {**before, **cells}.items():
        assert same(grid.value(*place), value), place
    once = path.read_bytes()
    XlsxBook.open(path).apply(edits)
    assert path.read_bytes() == once


lengths = st.timedeltas(timedelta(0), timedelta(days=100_000))


moments = st.datetimes(datetime(1904, 1, 1), datetime(9999, 12, 31))


@given(st.one_of(st.dates(date(1904, 1, 1)), moments, st.times(), lengths))
def test_days_and_numbers_are_each_others_opposite(value: date | time | timedelta) -> None:
    """To the millisecond exactly; below it to five microseconds (a breath from a whole second is the second), and the
    same again on every further trip."""
    micro = value.microseconds if isinstance(value, timedelta) else getattr(value, "microsecond", 0)
    assume(min(micro, 1_000_000 - micro) >= 500 or micro == 0)
    kind = {date: "date", datetime: "datetime", time: "time", timedelta: "duration"}[type(value)]
    for since_1904 in (False, True):
        serial = to_serial(value, since_1904)
        assert serial is not None
        back = from_serial(serial, kind, since_1904)
        assert type(back) is type(value) or back == timedelta(0)
        again = to_serial(back, since_1904)  # type: ignore[arg-type]
        assert math.isclose(again or 0, serial, rel_tol=1e-12, abs_tol=1e-10)
        assert from_serial(again or 0, kind, since_1904) == back


def test_moments_finer_than_a_cell_can_hold_do_not_stop_a_batch(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"Data": [["was"]]}, {})
    fine: list[Any] = [datetime(2026, 1, 2, 3, 4, 5, 123_004), datetime(7000, 1, 1, 1, 0, 0, 17), time(1, 2, 3, 4)]
    edits = Edits(cells={("Data", 1, column): value for column, value in enumerate(fine, 1)})
    XlsxBook.open(path).apply(edits)
    first, far, short = read(path)[0]
    assert (first, short) == (datetime(2026, 1, 2, 3, 4, 5, 123_000), time(1, 2, 3))
    assert isinstance(far, datetime) and abs(far - fine[1]) < timedelta(microseconds=40)  # one step of a double there
    before = path.read_bytes()
    XlsxBook.open(path).apply(edits)
    assert path.read_bytes() == before


def test_a_moment_that_has_no_day_number_is_written_as_text(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"Data": [["was"]]}, {})
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): date(1899, 12, 31), ("Data", 1, 2): datetime(1, 1, 1, 2)}))
    assert read(path) == [["1899-12-31", "0001-01-01T02:00:00"]]


def test_dates_in_the_1904_calendar_are_written_in_it(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", "", settings='<workbookPr date1904="1"/>')
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): date(2026, 1, 2)}))
    assert read(path) == [[date(2026, 1, 2)]]
    assert openpyxl.load_workbook(path)["Data"]["A1"].value == datetime(2026, 1, 2)


def test_a_style_stays_unless_the_value_would_not_show_in_it(tmp_path: Path) -> None:
    a, b, c = ('<c r="A1" s="7"><v>46000</v></c>', '<c r="B1" s="6"><v>1</v></c>', '<c r="C1" s="7"><v>46000</v></c>')
    rows = f'<row r="1">{a}{b}{c}</row>'
    path = handmade(tmp_path / "a.xlsx", rows)
    new = {("Data", 1, 1): date(2026, 1, 2), ("Data", 1, 2): date(2026, 1, 2), ("Data", 1, 3): 45000}
    XlsxBook.open(path).apply(Edits(cells=new))
    xml = sheet_xml(path)
    assert '<c r="A1" s="7">' in xml and read(path) == [[date(2026, 1, 2), date(2026, 1, 2), 45000]]
    looks = XlsxBook.open(path).looks(list(new))
    assert {look.fill for look in looks.values()} == {"theme:4:0.5"}  # the fill stays when the number format changes
    witness = openpyxl.load_workbook(path)["Data"]
    assert witness["C1"].alignment.wrap_text and witness["C1"].number_format == "General"


def test_a_fill_that_is_put_back_gives_the_style_that_was(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", '<row r="1"><c r="A1" s="7"><v>46000</v></c><c r="B1"><v>1</v></c></row>')
    before = sheet_xml(path)
    cells = [("Data", 1, 1), ("Data", 1, 2)]
    book = XlsxBook.open(path)
    looks = book.looks(cells)
    assert looks == {cells[0]: Look("theme:4:0.5"), cells[1]: Look()}
    book.apply(Edits(looks=dict.fromkeys(cells, Look("FFC7CE"))))
    assert book.looks(cells) == dict.fromkeys(cells, Look("FFC7CE"))
    book.apply(Edits(looks=looks))
    assert sheet_xml(path) == before


def test_styles_do_not_pile_up(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", "")
    for _ in range(3):
        for fill in ("FFC7CE", ""):
            XlsxBook.open(path).apply(Edits(looks={("Data", r, 1): Look(fill) for r in range(1, 50)}))
    assert len(Styles(parts(path)["xl/styles.xml"]).xfs) == 9


def test_a_cell_that_is_not_there_yet_looks_like_its_column(tmp_path: Path) -> None:
    before = '<cols><col min="2" max="3" width="9" style="6"/></cols>'
    path = handmade(tmp_path / "a.xlsx", '<row r="2" s="7" customFormat="1"/>', before=before)
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 2): "x", ("Data", 2, 2): "y", ("Data", 1, 5): "z"}))
    xml = sheet_xml(path)
    assert '<c r="B1" s="6"' in xml and '<c r="B2" s="7"' in xml and '<c r="E1" t=' in xml


@pytest.mark.parametrize("column", [1, 3, 4])
def test_a_cell_finds_its_place_before_between_and_behind_the_others(tmp_path: Path, column: int) -> None:
    path = handmade(tmp_path / "a.xlsx", '<row r="2"><c r="B2"><v>1</v></c><c r="C2" s="0"/></row>')
    XlsxBook.open(path).apply(Edits(cells={("Data", 2, column): 7}))
    row = parts(path)["xl/worksheets/sheet1.xml"].split(b"<row ")[1]
    letters_ = re.findall(rb'<c r="([A-Z])2"', row)
    assert letters_ == sorted(letters_) and len(set(letters_)) == len(letters_)
    assert read(path)[1][column - 1] == 7


def test_a_row_that_becomes_wider_loses_its_hint_of_width(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", '<row r="1" spans="1:1" ht="30"><c r="A1"><v>1</v></c></row>')
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 3): "x"}))
    assert '<row r="1" ht="30">' in sheet_xml(path)


def test_the_tool_is_named_once_among_the_authors_of_notes(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"Data": [["x"]]}, {})
    for row in (1, 2, 3):
        XlsxBook.open(path).apply(Edits(looks={("Data", row, 1): Look("", "note")}))
    assert parts(path)["xl/comments1.xml"].count(b"<author>") == 1


def test_a_formula_that_becomes_a_constant_leaves_no_trace(tmp_path: Path) -> None:
    chain = {"xl/calcChain.xml": "<calcChain/>"}
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f><v>2</v></c></row>'
    path = handmade(tmp_path / "a.xlsx", rows, extra=chain)
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): 2}))
    grid = XlsxBook.open(path).read(["Data"])["Data"]
    assert grid.values == [[2, 2]] and grid.formulas == {(1, 2): "A1"}
    assert b'fullCalcOnLoad="1"' in parts(path)["xl/workbook.xml"]


def test_cells_that_shared_a_formula_keep_it_when_its_holder_goes(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2+$B$1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    path = handmade(tmp_path / "a.xlsx", rows)
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): "constant"}))
    grid = XlsxBook.open(path).read(["Data"])["Data"]
    assert grid.formulas == {(2, 1): "B2*2+$B$1", (3, 1): "B3*2+$B$1"}
    assert grid.values == [["constant"], [4], [6]]


def test_part_of_an_array_formula_is_not_torn_out(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f t="array" ref="A3">SUM(B1:B2)</f><v>3</v></c></row>'
    )
    path = handmade(tmp_path / "a.xlsx", rows)
    with pytest.raises(BookProblem, match="A2 is part of the formula that fills A1:A2"):
        XlsxBook.open(path).apply(Edits(cells={("Data", 2, 1): 9}))
    XlsxBook.open(path).apply(Edits(cells={("Data", 3, 1): 9}))
    assert read(path) == [[1], [2], [9]]


def table_book(path: Path, below: list[list[Value]] | None = None) -> Path:
    rows: list[list[Value]] = [["entry", "start"], ["E1", date(2026, 1, 1)], ["E2", date(2026, 1, 2)], *(below or [])]
    return build(path, {"Data": rows}, {"Data": [Area(1, 1, 3, 2, "T")]})


def test_a_table_does_not_grow_over_what_stands_below(tmp_path: Path) -> None:
    path = table_book(tmp_path / "a.xlsx", [[], ["a remark"]])
    XlsxBook.open(path).apply(Edits(rows={"Data": [{1: "E3"}]}))
    before = path.read_bytes()
    with pytest.raises(BookProblem, match="there are cells below the table T in row 5"):
        XlsxBook.open(path).apply(Edits(rows={"Data": [{1: "E4"}]}))
    assert path.read_bytes() == before


def test_blank_rows_at_the_end_of_a_table_are_filled_first(tmp_path: Path) -> None:
    path = table_book(tmp_path / "a.xlsx")
    XlsxBook.open(path).apply(Edits(drops={"Data": [3]}))
    XlsxBook.open(path).apply(Edits(rows={"Data": [{1: "E3", 2: date(2026, 3, 3)}, {1: "E4"}]}))
    grid = XlsxBook.open(path).read(["Data"])["Data"]
    assert grid.values == [["entry", "start"], ["E1", date(2026, 1, 1)], ["E3", date(2026, 3, 3)], ["E4"]]
    assert grid.tables == [Area(1, 1, 4, 2, "T")]


def test_headers_of_a_table_are_not_changed_behind_its_back(tmp_path: Path) -> None:
    path = table_book(tmp_path / "a.xlsx")
    before = path.read_bytes()
    with pytest.raises(BookProblem, match="'start' is a header of the table T"):
        XlsxBook.open(path).apply(Edits(cells={("Data", 1, 2): "begin"}))
    with pytest.raises(BookProblem, match="row 1 is the header"):
        XlsxBook.open(path).apply(Edits(drops={"Data": [1]}))
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 2): "start"}))
    assert path.read_bytes() == before


def test_an_own_sheet_made_a_table_by_a_person_is_not_replaced(tmp_path: Path) -> None:
    path = table_book(tmp_path / "a.xlsx")
    with pytest.raises(BookProblem, match="holds the table T"):
        XlsxBook.open(path).apply(Edits(sheets={"Data": OwnSheet([["a"]])}))


def test_a_native_table_is_made_and_stretched(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"Data": [["entry", "hours"], ["E1", 2], ["E2", 3]]}, {})
    XlsxBook.open(path).apply(Edits(tables={"Data": [Area(1, 1, 3, 2, "Made")]}))
    XlsxBook.open(path).apply(
        Edits(cells={("Data", 1, 3): "id", ("Data", 2, 3): "a1"}, tables={"Data": [Area(1, 1, 3, 3, "Made")]})
    )
    assert XlsxBook.open(path).read(["Data"])["Data"].tables == [Area(1, 1, 3, 3, "Made")]
    table = openpyxl.load_workbook(path)["Data"].tables["Made"]
    assert [column.name for column in table.tableColumns] == ["entry", "hours", "id"]
    assert table.ref == table.autoFilter.ref == "A1:C3"


def test_a_totals_row_is_not_data_and_stops_growth(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Data")
    columns = [{"header": "n", "total_function": "sum"}]
    sheet.add_table("A1:A4", {"name": "T", "total_row": True, "columns": columns, "data": [[1], [2]]})
    book.close()
    assert XlsxBook.open(path).read(["Data"])["Data"].tables == [Area(1, 1, 3, 1, "T")]
    with pytest.raises(BookProblem, match="totals row"):
        XlsxBook.open(path).apply(Edits(rows={"Data": [{1: 3}]}))


def test_calculated_columns_go_on_from_the_row_above(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Data")
    sheet.add_table("A1:B3", {"name": "T", "columns": [{"header": "n"}, {"header": "double", "formula": "=A2*2"}]})
    for row in (1, 2):
        sheet.write_number(row, 0, row)
        sheet.write_formula(row, 1, f"=A{row + 1}*2", None, row * 2)
    book.close()
    XlsxBook.open(path).apply(Edits(rows={"Data": [{1: 3}, {1: 4}]}))
    grid = XlsxBook.open(path).read(["Data"])["Data"]
    assert (grid.formulas[4, 2], grid.formulas[5, 2]) == ("A4*2", "A5*2")


def test_a_dropped_row_keeps_its_formulas_and_what_stands_beside_the_table(tmp_path: Path) -> None:
    path = table_book(tmp_path / "a.xlsx")
    XlsxBook.open(path).apply(Edits(cells={("Data", 2, 5): "beside"}, looks={("Data", 2, 1): Look("", "a note")}))
    XlsxBook.open(path).apply(Edits(drops={"Data": [2]}))
    assert read(path)[1] == [None, None, None, None, "beside"]
    assert XlsxBook.open(path).looks([("Data", 2, 1)]) == {("Data", 2, 1): Look()}


def test_rows_are_not_dropped_where_two_tables_stand_side_by_side(tmp_path: Path) -> None:
    areas = [Area(1, 1, 3, 1, "Left"), Area(1, 3, 3, 3, "Right")]
    path = build(tmp_path / "a.xlsx", {"Data": [["a", None, "b"], [1, None, 2], [3, None, 4]]}, {"Data": areas})
    with pytest.raises(BookProblem, match="Left and Right"):
        XlsxBook.open(path).apply(Edits(drops={"Data": [2]}))


def test_an_own_sheet_has_a_frozen_bold_filtered_header_links_and_widths(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"CAS 1": [["x"]]}, {})
    own = OwnSheet([["cell", "id"], ["A1", "k"]], {(2, 1): "CAS 1!A1"}, [30, 0])
    XlsxBook.open(path).apply(Edits(sheets={"Findings": own}))
    sheet = openpyxl.load_workbook(path)["Findings"]
    assert sheet["A1"].font.bold and sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:B2"
    assert sheet["A2"].hyperlink.location == "'CAS 1'!A1" and sheet["A2"].font.underline == "single"
    assert sheet.column_dimensions["A"].width == 30 and sheet.column_dimensions["B"].hidden


def test_an_own_sheet_that_says_the_same_is_not_written_even_after_another_program_saved_it(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"CAS": [["x"]]}, {})
    own = OwnSheet([["cell", "n", "on"], ["A1", 1, date(2026, 1, 2)]], {(2, 1): "CAS!A1"}, [30, 5, 0])
    XlsxBook.open(path).apply(Edits(sheets={"Findings": own}))
    workbook = openpyxl.load_workbook(path)
    workbook.save(path)
    before = path.stat().st_mtime_ns, path.read_bytes()
    XlsxBook.open(path).apply(Edits(sheets={"Findings": own}))
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before


def test_the_name_that_excel_keeps_for_a_filter_follows_it(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    for name in ("CAS", "IB's findings"):
        book.add_worksheet(name).autofilter("A1:B5")
    book.close()
    own = OwnSheet([["cell", "message"], *([f"A{n}", "x"] for n in range(2, 21))])
    XlsxBook.open(path).apply(Edits(sheets={"IB's findings": own}))
    names = parts(path)["xl/workbook.xml"].decode()
    assert "CAS!$A$1:$B$5" in names and "'IB''s findings'!$A$1:$B$20" in names


def test_prefixed_workbooks_are_written_too(tmp_path: Path) -> None:
    path = prefixed(tmp_path / "a.xlsx")
    XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): "new"}, looks={("Data", 1, 2): Look("FFC7CE", "note")}))
    assert read(path) == [["new", date(2025, 12, 9)]]
    witness = openpyxl.load_workbook(path)["Data"]
    assert witness["A1"].value == "new" and witness["B1"].comment.text == "note"


@pytest.mark.libreoffice
@pytest.mark.slow
def test_a_workbook_saved_by_libreoffice_is_read_and_written_as_exactly(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["code", "day", "moment", "n", "yes", "time"],
        ["000123", date(2026, 1, 2), datetime(2026, 1, 2, 12, 34, 56), 0.1, True, time(12, 34, 56)],
        [],
        ["=1+1", date(1900, 3, 1), datetime(1999, 12, 31, 23, 59, 59), -7, False, time(23, 59, 59)],
    ]
    (tmp_path / "out").mkdir()
    path = convert(build(tmp_path / "a.xlsx", {"Data": rows}, {}), "xlsx", tmp_path / "out")
    assert [[exact(v) for v in row] for row in read(path)] == [[exact(v) for v in row] for row in rows]
    XlsxBook.open(path).apply(
        Edits(
            cells={("Data", 3, 2): date(2027, 1, 2)},
            looks={("Data", 2, 1): Look("FFC7CE", "who?")},
            rows={"Data": [{1: "last", 2: date(2028, 2, 29)}]},
            sheets={"Findings": OwnSheet([["a"], ["=b"]])},
        )
    )
    (tmp_path / "again").mkdir()
    again = convert(path, "xlsx", tmp_path / "again")
    assert read(again) == [*rows[:2], [None, date(2027, 1, 2)], rows[3], ["last", date(2028, 2, 29)]]
    assert XlsxBook.open(again).looks([("Data", 2, 1)]) == {("Data", 2, 1): Look("FFC7CE", "who?")}
    assert read(again, "Findings") == [["a"], ["=b"]]


def test_a_thousand_and_more_notes_have_their_own_boxes(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"Data": [["x"]]}, {})
    looks = {("Data", row, 1): Look("FFC7CE", f"note {row}") for row in range(1, 1500)}
    XlsxBook.open(path).apply(Edits(looks=looks))
    assert XlsxBook.open(path).looks(looks) == looks
    ids = re.findall(r'id="(_x0000_s\d+)"', parts(path)["xl/drawings/vmlDrawing1.vml"].decode())
    assert len(ids) == len(set(ids)) == 1499


@pytest.mark.parametrize("is_right", [True, False])
def test_a_sheet_of_ours_begins_at_the_side_where_the_workbook_does(tmp_path: Path, is_right: bool) -> None:
    path = tmp_path / "School.xlsx"
    made = openpyxl.Workbook()
    made.active.sheet_view.rightToLeft = is_right
    made.save(path)
    book = XlsxBook.open(path)
    book.apply(Edits(sheets={"Findings": OwnSheet([["Sheet"], ["CAS"]])}))
    assert [bool(one.sheet_view.rightToLeft) for one in openpyxl.load_workbook(path)] == [is_right, is_right]
