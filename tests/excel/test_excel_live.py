"""The live backend on an open workbook in LibreOffice: what the closed file's backend promises, and calm."""

from datetime import date, datetime, time, timedelta

import pytest

from addin.backends.excel import ExcelBook, patience
from addin.core.book import Area, CellError, Edits, Look, OwnSheet
from addin.errors import BookInUse, BookProblem

pytest_plugins = ("office",)
pytestmark = pytest.mark.libreoffice

ODD_TEXTS = [
    "000123", "0001-0042", "Nan", "None", "NA", "Inf", "1e5", "8085807e40000000", "=1+1", "+1", "-x", "@SUM(1)",
    "'quoted", "''", "3-4", "1/2", "12:30", "2026-01-31", "31/02/2026", "TRUE", "false", "#N/A", "50%", "€5", " lead",
    "trail ", "a\nb", "\ttab", "Łódź", "=HYPERLINK(\"x\")", "1,5", "1.5.2026", "Mar 5", "E5",
]  # fmt: skip


def test_texts_come_back_as_written(open_book):
    book = ExcelBook(open_book({"S": [["Text"]]}))
    book.apply(Edits(cells={("S", row, 1): text for row, text in enumerate(ODD_TEXTS, 2)}))
    grid = book.read(["S"])["S"]
    assert [row[0] for row in grid.values[1:]] == ODD_TEXTS
    assert grid.formulas == {}


def test_every_kind_of_value_comes_back_as_itself(open_book):
    values = [
        1, 0, -7, 2.5, 1e300, 0.1 + 0.2, True, False, date(2026, 1, 31), datetime(2026, 1, 31, 7, 30),
        datetime(2026, 12, 31, 23, 59, 59), time(7, 30), time(23, 59, 59), timedelta(hours=37, minutes=5), "text",
    ]  # fmt: skip
    book = ExcelBook(open_book({"S": [["Value"]]}))
    book.apply(Edits(cells={("S", row, 1): value for row, value in enumerate(values, 2)}))
    found = [row[0] for row in book.read(["S"])["S"].values[1:]]
    assert found == values
    assert [type(value) for value in found] == [type(value) for value in values]


def test_formulas_errors_and_blanks_are_told_apart(open_book):
    native = open_book({"S": [["a", None, "#N/A"]]})
    sheet = native.sheets["S"]
    sheet["A2"].formula, sheet["B2"].formula, sheet["A4"].formula = "=1/0", "=SUM(1,2)", "=NA()"
    grid = ExcelBook(native).read(["S", "not there"])["S"]
    assert grid.values == [["a", None, "#N/A"], [CellError("#DIV/0!"), 3], [], [CellError("#N/A")]]
    assert type(grid.values[0][2]) is str and type(grid.values[1][0]) is CellError
    assert grid.formulas == {(2, 1): "1/0", (2, 2): "SUM(1,2)", (4, 1): "NA()"}


def test_tables_and_merged_cells_are_seen(open_book):
    native = open_book({"S": [["Code", "Name"], ["000123", "Ana"], [None], ["x"], [None] * 4 + ["y"]]})
    native.sheets["S"].tables.add(native.sheets["S"]["A1:B2"], name="tblS")
    native.sheets["S"]["C4:D5"].merge()
    grid = ExcelBook(native).read(["S"])["S"]
    assert grid.tables == [Area(1, 1, 2, 2, "tblS")] and grid.merged == [Area(4, 3, 5, 4)]


def test_marks_come_and_go(open_book):
    native = open_book({"S": [["h"], ["a"], ["b"], ["c"]]})
    native.sheets["S"]["A4"].color = (1, 2, 3)
    native.sheets["S"]["A4"].add_note("mine")
    book = ExcelBook(native)
    cells = [("S", row, 1) for row in (2, 3, 4)]
    before = book.looks(cells)
    assert before == {cells[0]: Look(), cells[1]: Look(), cells[2]: Look("010203", "mine")}
    book.apply(Edits(looks={cells[0]: Look("F8CBAD", "wrong"), cells[1]: Look("F8CBAD", "too")}))
    assert book.looks(cells) == {
        cells[0]: Look("F8CBAD", "wrong"),
        cells[1]: Look("F8CBAD", "too"),
        cells[2]: before[cells[2]],
    }
    book.apply(Edits(looks={cells[0]: Look(), cells[1]: Look("FFE699", "now this")}))
    assert book.looks(cells[:2]) == {cells[0]: Look(), cells[1]: Look("FFE699", "now this")}


def test_rows_go_below_the_last_entry_and_the_table_grows(open_book):
    native = open_book({"S": [["Code", "Hours", "Double"], ["000123", 1], [None], [None], ["below", None, None]]})
    sheet = native.sheets["S"]
    sheet["C2"].formula = "=B2*2"
    sheet["A2"].number_format, sheet["B2"].number_format = "@", "0.00"
    sheet.tables.add(sheet["A1:C2"], name="tblS")
    book = ExcelBook(native)
    book.apply(Edits(rows={"S": [{1: "000124", 2: 2}, {1: "=x", 2: 3}, {1: "000126"}, {2: 5}]}))
    grid = book.read(["S"])["S"]
    assert [row[:3] for row in grid.values[:6]] == [
        ["Code", "Hours", "Double"], ["000123", 1, 2], ["000124", 2, 4], ["=x", 3, 6],
        ["000126", None, 0], [None, 5, 10]
    ]  # fmt: skip
    assert grid.tables == [Area(1, 1, 6, 3, "tblS")] and ["below"] in grid.values
    assert grid.formulas[6, 3] == "B6*2" and sheet["B6"].number_format == "0.00"


def test_rows_fill_the_blank_lines_of_a_new_table_first(open_book):
    native = open_book({"S": [["Code", "Name"]]})
    native.sheets["S"].tables.add(native.sheets["S"]["A1:B9"], name="tblS")
    book = ExcelBook(native)
    book.apply(Edits(rows={"S": [{1: "a"}, {1: "b"}]}))
    grid = book.read(["S"])["S"]
    assert grid.values == [["Code", "Name"], ["a"], ["b"]] and grid.tables == [Area(1, 1, 9, 2, "tblS")]


def test_rows_drop_by_their_old_numbers(open_book):
    native = open_book({"S": [["h"], ["a"], ["b"], ["c"], ["d"]]})
    native.sheets["S"].tables.add(native.sheets["S"]["A1:A5"], name="tblS")
    book = ExcelBook(native)
    book.apply(Edits(drops={"S": [2, 4]}, cells={("S", 5, 1): "D"}))
    grid = book.read(["S"])["S"]
    assert grid.values == [["h"], ["b"], ["D"]] and grid.tables == [Area(1, 1, 3, 1, "tblS")]


def test_a_row_beside_something_else_is_emptied_not_cut(open_book):
    native = open_book({"S": [["h"], ["a", None, "mine"], ["b"]]})
    native.sheets["S"].tables.add(native.sheets["S"]["A1:A3"], name="tblS")
    book = ExcelBook(native)
    book.apply(Edits(drops={"S": [2]}))
    assert book.read(["S"])["S"].values == [["h"], [None, None, "mine"], ["b"]]


def test_a_sheet_of_the_tools_own_is_made_and_replaced_in_place(open_book):
    native = open_book({"CAS": [["x"]]})
    book = ExcelBook(native)
    rows = [["Level", "Cell", "What"], ["error", "CAS!A1", "=wrong"], ["info", "CAS!A2", "000"]]
    links = {(2, 2): "CAS!A1", (3, 2): "CAS!A2"}
    book.apply(Edits(sheets={"Findings": OwnSheet(rows, links, [9, 12, 0])}))
    assert book.sheets() == ["CAS", "Findings"] and native.sheets.active.name == "CAS"
    assert book.read(["Findings"])["Findings"].values == rows
    findings = native.sheets["Findings"]
    assert findings["A1"].font.bold and findings["C1"].column_width == 0 and findings["A1"].column_width == 9
    assert "CAS!A1" in findings["B2"].formula
    book.apply(Edits(sheets={"Findings": OwnSheet(rows[:2], {(2, 2): "CAS!A1"}, [9, 12, 0])}))
    assert book.read(["Findings"])["Findings"].values == rows[:2]
    assert book.sheets() == ["CAS", "Findings"]


def test_a_sheet_of_the_tools_own_keeps_its_table_or_its_filter(open_book):
    native = open_book({"CAS": [["x"]], "Findings": [["Level", "Cell"], ["error", "A1"]]})
    book = ExcelBook(native)
    for name, rows in (("Findings", 3), ("New", 3), ("New", 4)):
        book.apply(Edits(sheets={name: OwnSheet([["Level", "Cell"], *([["error", "A1"]] * (rows - 1))])}))
    assert not list(native.sheets["Findings"].tables), "as the template makes it, with a filter of its own"
    assert [table.range.address for table in native.sheets["New"].tables] == ["$A$1:$B$4"]


def test_a_failure_puts_everything_back(open_book, monkeypatch):
    native = open_book({"S": [["h", "n"], ["000123", 1], ["=x", 2]]})
    native.sheets["S"]["B3"].formula = "=1+1"
    book = ExcelBook(native)
    before = book.read(["S"])["S"]
    from addin.backends.excel import managed_sheets as own_sheets

    def broken(*given):
        raise RuntimeError("protected")

    monkeypatch.setattr(own_sheets, "_cells", broken)
    batch = Edits(
        cells={("S", 2, 1): "new", ("S", 3, 2): 7},
        rows={"S": [{1: "added"}]},
        looks={("S", 2, 1): Look("F8CBAD", "note")},
        sheets={"Findings": OwnSheet([["a"]])},
    )
    with pytest.raises(BookProblem, match="protected"):
        book.apply(batch)
    assert book.read(["S"])["S"] == before and book.sheets() == ["S"]
    assert book.looks([("S", 2, 1)]) == {("S", 2, 1): Look()}


def test_what_cannot_be_is_refused_before_anything_is_written(open_book):
    book = ExcelBook(open_book({"S": [["h"]]}))
    with pytest.raises(BookProblem, match="no sheet 'gone'"):
        book.apply(Edits(cells={("S", 1, 1): "x", ("gone", 1, 1): "x"}))
    with pytest.raises(BookProblem, match="cannot hold the number"):
        book.apply(Edits(cells={("S", 1, 1): "x", ("S", 2, 1): float("nan")}))
    assert book.read(["S"])["S"].values == [["h"]]


@pytest.mark.parametrize("fails", [False, True])
def test_screen_calculation_events_and_selection_are_as_they_were(open_book, office, monkeypatch, fails):
    native = open_book({"S": [["h"]], "Other": [["o"]]})
    native.sheets["Other"].activate()
    native.sheets["Other"]["B7"].select()
    office.calculation = "manual"
    if fails:
        from addin.backends.excel import looks

        monkeypatch.setattr(looks, "write", lambda *given: 1 / 0)
    try:
        ExcelBook(native).apply(Edits(cells={("S", 1, 1): "x"}, sheets={"Findings": OwnSheet([["a"]])}))
    except BookProblem:
        assert fails
    assert office.screen_updating is True and office.enable_events is True and office.calculation == "manual"
    assert native.sheets.active.name == "Other" and office.selection.address == "$B$7"
    office.calculation = "automatic"


def test_a_busy_excel_is_asked_again_and_named_when_it_stays_busy(monkeypatch):
    monkeypatch.setattr(patience, "PAUSE", 0.001)
    monkeypatch.setattr(patience, "PATIENCE", 0.05)
    answers = iter([refusal(-2147418111), refusal(-2147352567, scode=-2146777998), "done"])
    assert patience.patiently(lambda: give(next(answers))) == "done"
    with pytest.raises(BookInUse, match="Finish editing the cell"):
        patience.patiently(lambda: give(refusal(-2147417846)))
    with pytest.raises(ValueError):
        patience.patiently(lambda: give(ValueError("not a refusal")))


def refusal(code, scode=0):
    """An error as pywin32 raises it."""
    problem = Exception(code, "Call was rejected by callee.", (0, "Excel", "", "", 0, scode), None)
    problem.hresult = code  # type: ignore[attr-defined]
    return problem


def give(answer):
    if isinstance(answer, Exception):
        raise answer
    return answer


def test_the_workbook_is_found_by_its_name(open_book, office, monkeypatch):
    native = open_book({"S": [["h"]]})
    monkeypatch.setenv("IB_TRACKERS_LO_PIPE", office.impl.pipe)
    assert ExcelBook.attach(native.name.upper()).sheets() == ["S"]
    assert ExcelBook.attach("").book.name == native.name
    with pytest.raises(BookProblem, match="no open workbook is called 'Other"):
        ExcelBook.attach("Other.xlsx")


def test_without_excel_and_libreoffice_there_is_one_sentence(monkeypatch):
    from addin.backends.excel import attach as attaching

    monkeypatch.setattr(attaching, "OFFICE_ANSWERS_WITHIN", 0.1)
    monkeypatch.setenv("IB_TRACKERS_LO_PIPE", "nobody-listens-here")
    with pytest.raises(BookProblem, match="no open workbook can be reached"):
        ExcelBook.attach("")
