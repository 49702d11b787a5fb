"""The one contract of every backend: what `addin.core.book.Book` promises, held against each of them.

A new backend joins with one entry in BACKENDS: a function that makes a book holding some sheets, and one that opens
the same place again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pytest
from google_school import again_google, make_google
from office_tools import shared_office
from xlsx_books import build

from addin.backends.excel import ExcelBook
from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.core.book import Area, Book, CellFormula, Edits, Grid, Look, OwnSheet, Value
from addin.errors import Problem

Sheets = dict[str, list[list[Value]]]
Tables = dict[str, list[Area]]


@dataclass(frozen=True)
class Backend:
    """How the suite gets a book that holds something, and the same book as another program would find it."""

    make: Callable[[Path, Sheets, Tables], Book]
    again: Callable[[Book], Book]
    drops_leave_blanks: bool = False
    """True where a dropped row may stay as a blank one."""
    cannot: frozenset[str] = frozenset()
    """Promises this backend cannot keep by its nature, by the test's name; each needs its reason beside the entry."""


def make_memory(folder: Path, sheets: Sheets, tables: Tables) -> Book:
    return MemoryBook(sheets, tables)


def make_xlsx(folder: Path, sheets: Sheets, tables: Tables) -> Book:
    return XlsxBook.open(build(folder / "book.xlsx", sheets, tables))


def again_xlsx(book: Book) -> Book:
    assert isinstance(book, XlsxBook)
    return XlsxBook.open(book.path)


GOOGLE_CANNOT = frozenset(
    {
        "test_native_tables_are_known",
        "test_new_rows_stand_below_the_last_and_the_table_grows",
        "test_a_table_takes_rows_over_that_were_typed_below_it_before_new_ones_come",
    }
)


def make_excel(folder: Path, sheets: Sheets, tables: Tables) -> Book:
    """The same workbook, open in LibreOffice; the one of the test before is closed."""
    office = shared_office()
    for book in office.books:
        if book.name == "book.xlsx":
            book.close()
    return ExcelBook(office.books.open(build(folder / "book.xlsx", sheets, tables)))


def again_excel(book: Book) -> Book:
    assert isinstance(book, ExcelBook)
    return ExcelBook(book.book)


BACKENDS = [
    pytest.param(Backend(make_memory, lambda book: book), id="memory"),
    pytest.param(Backend(make_xlsx, again_xlsx, drops_leave_blanks=True), id="xlsx"),
    pytest.param(Backend(make_excel, again_excel), id="excel", marks=pytest.mark.libreoffice),
    # The stand-in for Google has no native tables; what the backend does with them is held in test_google_batch.py.
    pytest.param(Backend(make_google, again_google, cannot=GOOGLE_CANNOT), id="gsheets"),
]

CAS: list[list[Value]] = [
    ["entry", "candidate", "start", "hours", "done"],
    ["E1", "0001-0042", date(2026, 9, 1), 2, True],
    ["E2", "0001-0043", date(2026, 9, 2), 2.5, False],
    ["E3", "0001-0044", None, 0, True],
]
LISTS: list[list[Value]] = [["strand"], ["Creativity"], [None], ["Service"]]
TABLES = {"CAS": [Area(1, 1, 4, 5, "Entries")]}


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> Backend:
    found: Backend = request.param
    name = request.function.__name__
    if name in found.cannot:
        pytest.skip(f"this backend cannot: {name}")
    return found


@pytest.fixture
def book(backend: Backend, tmp_path: Path) -> Book:
    return backend.make(tmp_path, {"CAS": CAS, "Lists": LISTS}, TABLES)


def read(backend: Backend, book: Book, sheet: str = "CAS") -> Grid:
    return backend.again(book).read([sheet])[sheet]


def typed(rows: Sequence[Sequence[Value]]) -> list[list[tuple[type, Value]]]:
    """Values with their types: 1 is not True, a date is not a datetime."""
    return [[(type(value), value) for value in row] for row in rows]


def filled(grid: Grid) -> list[list[Value]]:
    return [row for row in grid.values if row]


def test_it_is_a_book(book: Book) -> None:
    assert isinstance(book, Book)


def test_sheets_are_named_in_order(book: Book) -> None:
    assert book.sheets() == ["CAS", "Lists"]


def test_one_call_reads_all_sheets_with_exact_values(book: Book) -> None:
    grids = book.read(["CAS", "Lists"])
    assert typed(grids["CAS"].values) == typed(CAS)
    assert grids["Lists"].values == [["strand"], ["Creativity"], [], ["Service"]]


def test_a_sheet_that_is_not_there_is_left_out(book: Book) -> None:
    assert list(book.read(["Nothing", "CAS"])) == ["CAS"]


def test_native_tables_are_known(book: Book) -> None:
    assert book.read(["CAS"])["CAS"].tables == TABLES["CAS"]


@pytest.mark.parametrize(
    "value",
    [
        *(
            "000123",
            "Nan",
            "None",
            "NA",
            "Inf",
            "1e5",
            "8085807e40000000",
            "=1+1",
            "+1",
            "-1",
            "@x",
            "TRUE",
            "1/2",
            "#N/A?",
        ),
        *(" space ", "two\nlines", "tab\there", "Zoë 😀 مرحبا", "x" * 5000, "_x0041_", "<&>\"'", "12:30", "2026-01-02"),
    ],
)
def test_text_comes_back_as_typed(backend: Backend, book: Book, value: str) -> None:
    book.apply(Edits(cells={("CAS", 3, 1): value}))
    assert typed([[read(backend, book).value(3, 1)]]) == typed([[value]])


@pytest.mark.parametrize(
    "value",
    [
        *(0, 7, -3, 2.5, 0.1 + 0.2, 1e-12, 123456789012, True, False),
        *(date(2026, 2, 28), datetime(2026, 5, 4, 3, 2, 1), time(7, 30)),
    ],
)
def test_numbers_and_dates_come_back_with_their_type(backend: Backend, book: Book, value: Value) -> None:
    book.apply(Edits(cells={("CAS", 3, 4): value}))
    assert typed([[read(backend, book).value(3, 4)]]) == typed([[value]])


def test_none_empties_a_cell(backend: Backend, book: Book) -> None:
    book.apply(Edits(cells={("CAS", 2, 3): None}))
    assert read(backend, book).value(2, 3) is None


def test_cells_outside_what_is_filled_can_be_set(backend: Backend, book: Book) -> None:
    book.apply(Edits(cells={("Lists", 9, 4): "far"}))
    assert read(backend, book, "Lists").value(9, 4) == "far"


def test_new_rows_stand_below_the_last_and_the_table_grows(backend: Backend, book: Book) -> None:
    book.apply(Edits(rows={"CAS": [{1: "E4", 3: date(2026, 10, 1)}, {1: "E5", 4: 3}]}))
    grid = read(backend, book)
    assert grid.values[4:] == [["E4", None, date(2026, 10, 1)], ["E5", None, None, 3]]
    assert grid.tables == [Area(1, 1, 6, 5, "Entries")]


def test_a_table_takes_rows_over_that_were_typed_below_it_before_new_ones_come(backend: Backend, book: Book) -> None:
    book.apply(Edits(cells={("CAS", 5, 1): "E4"}))
    new = Edits(rows={"CAS": [{1: "E5"}]}, tables={"CAS": [Area(1, 1, 5, 5, "Entries")]})
    book = backend.again(book)
    read(backend, book)
    book.apply(new)
    grid = read(backend, book)
    assert [line[0] for line in grid.values[3:]] == ["E3", "E4", "E5"]
    assert grid.tables == [Area(1, 1, 6, 5, "Entries")]


def test_new_rows_without_a_table_stand_below_the_last_filled_row(backend: Backend, book: Book) -> None:
    book.apply(Edits(rows={"Lists": [{1: "Activity"}]}))
    assert read(backend, book, "Lists").values[3:] == [["Service"], ["Activity"]]


def test_a_dropped_row_is_gone_and_no_other(backend: Backend, book: Book) -> None:
    book.apply(Edits(drops={"CAS": [3]}))
    grid = read(backend, book)
    assert filled(grid) == [CAS[0], CAS[1], CAS[3]]
    if not backend.drops_leave_blanks:
        assert grid.values == filled(grid)


def test_row_numbers_mean_the_sheet_as_it_was_before_the_batch(backend: Backend, book: Book) -> None:
    book.apply(Edits(cells={("CAS", 4, 1): "E3b"}, rows={"CAS": [{1: "E4"}]}, drops={"CAS": [2, 3]}))
    assert [row[0] for row in filled(read(backend, book))] == ["entry", "E3b", "E4"]


def test_rows_are_put_between_others_where_the_book_can(backend: Backend, book: Book) -> None:
    if not book.inserts_rows:
        return
    before = book.read(["CAS"])["CAS"].values
    new: dict[int, Value] = {1: "b", 2: "0017"}
    book.apply(
        Edits(
            cells={("CAS", 3, 4): 8},
            rows={"CAS": [{1: "last"}]},
            inserts={"CAS": [(3, {1: "c"}), (2, {1: "a"}), (2, new), (len(before) + 1, {1: "z"})]},
            drops={"CAS": [2]},
        )
    )
    now = backend.again(book).read(["CAS"])["CAS"].values
    changed = [*before[2][:3], 8, *before[2][4:]]
    assert now == [before[0], ["a"], ["b", "0017"], ["c"], changed, *before[3:], ["z"], ["last"]]


def test_a_fill_and_a_note_are_put_seen_and_taken_away(backend: Backend, book: Book) -> None:
    cell = ("CAS", 3, 2)
    before = book.looks([cell])[cell]
    book.apply(Edits(looks={cell: Look("FFC7CE", "Who is this?\nNot among the candidates.")}))
    assert backend.again(book).looks([cell]) == {cell: Look("FFC7CE", "Who is this?\nNot among the candidates.")}
    book.apply(Edits(looks={cell: before}))
    assert backend.again(book).looks([cell]) == {cell: before}


def test_looks_change_no_content_and_content_changes_no_looks(backend: Backend, book: Book) -> None:
    cell = ("CAS", 2, 1)
    book.apply(Edits(looks={cell: Look("FFEB9C", "twice")}))
    assert typed(read(backend, book).values) == typed(CAS)
    book.apply(Edits(cells={cell: "E9"}))
    assert backend.again(book).looks([cell])[cell] == Look("FFEB9C", "twice")


def test_an_own_sheet_is_made_and_then_replaced_whole(backend: Backend, book: Book) -> None:
    rows: list[list[Value]] = [["cell", "message"], ["C3", "31/02/2026 is not a date"], ["C4", "=blank"]]
    first = OwnSheet(rows, {(2, 1): "CAS!C3"}, [8, 40])
    book.apply(Edits(sheets={"Findings": first}))
    assert backend.again(book).sheets() == ["CAS", "Lists", "Findings"]
    assert read(backend, book, "Findings").values == first.rows
    book.apply(Edits(sheets={"Findings": OwnSheet([["cell", "message"]])}))
    assert read(backend, book, "Findings").values == [["cell", "message"]]


def test_links_beside_the_headers_of_an_own_sheet_stay_outside_its_table(backend: Backend, book: Book) -> None:
    rows: list[list[Value]] = [["cell", "message", "Home", "Next"], ["C3", "31/02/2026 is not a date"]]
    own = OwnSheet(rows, {(1, 3): "CAS!A1", (1, 4): "Lists!A1", (2, 1): "CAS!C3"}, [8, 40, 9, 9], beside=2)
    assert own.width == 2
    book.apply(Edits(sheets={"Findings": own}))
    found = read(backend, book, "Findings")
    assert found.values == rows and all(area.right == 2 for area in found.tables)
    book.apply(Edits(sheets={"Findings": own}))
    assert read(backend, book, "Findings").values == rows


def test_an_own_sheet_goes_and_the_others_stay(backend: Backend, book: Book) -> None:
    sheets = {name: OwnSheet([["a", "b"], [1, 2]], cell_choices={(2, 2): ("2", "3")}) for name in ("Setup", "Findings")}
    book.apply(Edits(sheets=sheets))
    book.apply(Edits(removed=["Setup", "No such sheet"]))
    assert backend.again(book).sheets() == ["CAS", "Lists", "Findings"]
    assert read(backend, book, "Findings").values == [["a", "b"], [1, 2]]
    assert typed(read(backend, book).values) == typed(CAS)


def test_an_empty_batch_does_nothing(backend: Backend, book: Book) -> None:
    book.apply(Edits())
    assert typed(read(backend, book).values) == typed(CAS)


def test_the_same_batch_twice_changes_nothing_the_second_time(backend: Backend, book: Book) -> None:
    edits = Edits(
        cells={("CAS", 2, 4): 9},
        looks={("CAS", 2, 4): Look("FFC7CE", "9?")},
        sheets={"Findings": OwnSheet([["a"], [1]])},
    )
    book.apply(edits)
    once = backend.again(book).read(["CAS", "Lists", "Findings"])
    book.apply(edits)
    assert backend.again(book).read(["CAS", "Lists", "Findings"]) == once


def test_a_batch_that_fails_leaves_the_book_as_it_was(backend: Backend, book: Book) -> None:
    with pytest.raises((Problem, KeyError)):  # the memory book, a fake, may fail more plainly
        book.apply(Edits(cells={("No such sheet", 1, 1): "x", ("CAS", 2, 1): "changed"}))
    assert typed(read(backend, book).values) == typed(CAS)


def test_closing_twice_does_no_harm(book: Book) -> None:
    book.close()
    book.close()


def test_a_formula_that_is_put_back_reads_its_own_row(backend: Backend, tmp_path: Path) -> None:
    book = backend.make(tmp_path, {"CAS": [["Entry", "Hours"], ["e1", 1], ["e2", 2], ["e3", 3]]}, {})
    book.apply(Edits(cells={("CAS", 3, 2): CellFormula("=LEN(A2)+$A$1&B9", 2)}))
    book.apply(Edits(rows={"CAS": [{1: "e4", 2: CellFormula("=LEN(A2)", 2)}]}))
    formulas = backend.again(book).read(["CAS"])["CAS"].formulas
    assert {at: text.replace(" ", "") for at, text in formulas.items()} == {
        (3, 2): "LEN(A3)+$A$1&B10",
        (5, 2): "LEN(A5)",
    }
