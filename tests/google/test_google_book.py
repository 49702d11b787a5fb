"""A Google spreadsheet as a book, over HTTP with the real gspread and google-auth: calls, exactness, guard, faults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from google_school import School, google_school
from scripted_http import Clock, answer, client, refusal

from addin.backends.gsheets import GoogleBook
from addin.core.book import Edits, Look, OwnSheet
from addin.errors import BookChanged, BookProblem, ServiceProblem, SignInProblem
from addin.google.client import CarefulClient
from addin.google.policy import Policy
from addin.google_emulator.accounts import BOT

CAS = [["IBT id", "Candidate", "Start", "Hours"], ["b2c3d4", "Ana", 46000, 3.5], ["c2c3d4", "0042", "x", 0.1]]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with google_school(tmp_path_factory.mktemp("key")) as world:
        yield world


@pytest.fixture
def world(service: School) -> School:
    return service.fresh(CAS=CAS)


EVERYTHING = Edits(
    cells={("CAS", 2, 2): "=1+1", ("CAS", 3, 3): date(2026, 9, 5), ("CAS", 3, 4): None},
    rows={"CAS": [{1: "d2c3d4", 2: "Dee"}, {1: "f2c3d4", 2: "Fay", 3: date(2026, 1, 2)}]},
    looks={("CAS", 2, 3): Look("F8CBAD", "IB Trackers: look here")},
    sheets={"Findings": OwnSheet([["Cell", "What is wrong"], ["C2", "=odd"]], {(2, 1): "CAS!C2"}, [8, 40])},
)


def twelve(service: School) -> School:
    return service.fresh(**{f"Tracker {n}": [["IBT id", "Candidate"], ["b2c3d4", f"A{n}"]] for n in range(12)})


def test_twelve_trackers_are_read_with_their_looks_in_one_call(service: School) -> None:
    book = twelve(service).book()
    names = book.sheets()
    grids = book.read(names)
    book.looks([(name, 2, 2) for name in names])
    book.apply(Edits())
    assert len(grids) == 12
    assert book.cost == "1 read, 0 writes at Google (busiest minute: 1 and 0 of 60 allowed)"
    assert grids["Tracker 11"].values == [["IBT id", "Candidate"], ["b2c3d4", "A11"]]
    assert service.counted() == (1, 0)


def test_writing_to_twelve_trackers_takes_a_guard_and_one_write(service: School) -> None:
    book = twelve(service).book()
    names = book.sheets()
    book.read(names)
    findings = OwnSheet([["Level"], ["error"]])
    book.apply(
        Edits(
            cells={(name, 2, 2): "new" for name in names},
            looks={(name, 2, 2): Look("F8CBAD", "why") for name in names},
            rows={name: [{1: "d2c3d4"}] for name in names},
            sheets={"Findings": findings},
        )
    )
    assert service.counted() == (2, 1)
    grids = book.read(names)
    assert all(grid.values[1:] == [["b2c3d4", "new"], ["d2c3d4"]] for grid in grids.values())


def test_a_sheet_that_is_read_again_is_read_anew_and_one_that_was_not_read_costs_nothing(world: School) -> None:
    world.fresh(CAS=CAS, Lists=[["strand"]])
    book = world.book()
    book.read(["CAS"])
    book.read(["Lists"])
    assert world.counted() == (1, 0)
    world.teacher.set_cell(world.key, "CAS!B2", "Anna")
    assert book.read(["CAS"])["CAS"].value(2, 2) == "Anna"
    assert world.counted() == (1, 0)


def test_what_a_caller_does_to_a_grid_is_not_taken_for_a_change_in_the_sheet(world: School) -> None:
    book = world.book()
    book.read(["CAS"])["CAS"].values[1][1] = "scribbled"
    book.apply(Edits(cells={("CAS", 2, 2): "ours"}))
    assert world.teacher.cells(world.key, "CAS!B2") == [["ours"]]


def test_writing_what_stands_there_already_costs_no_call(world: School) -> None:
    book = world.book()
    book.read(["CAS"])
    book.apply(EVERYTHING)
    book = world.book()
    book.read(["CAS"])
    world.counted()
    again = Edits(cells=dict(EVERYTHING.cells), looks=dict(EVERYTHING.looks), sheets=dict(EVERYTHING.sheets))
    book.apply(again)
    assert world.counted() == (0, 0)


def test_everything_arrives_and_nothing_typed_becomes_a_formula(world: School) -> None:
    book = world.book()
    book.read(["CAS"])
    book.apply(EVERYTHING)
    grids = world.book().read(["CAS", "Findings"])
    assert grids["CAS"].values == [
        CAS[0],
        ["b2c3d4", "=1+1", 46000, 3.5],
        ["c2c3d4", "0042", 46270],
        ["d2c3d4", "Dee"],
        ["f2c3d4", "Fay", 46024],
    ]
    assert grids["CAS"].formulas == grids["Findings"].formulas == {}
    assert grids["Findings"].values == [["Cell", "What is wrong"], ["C2", "=odd"]]
    assert world.teacher.cells(world.key, "CAS!C3:C5") == [["2026-09-05"], [], ["2026-01-02"]]
    looks = world.book().looks([("CAS", 2, 3), ("CAS", 2, 2)])
    assert looks == {("CAS", 2, 3): Look("F8CBAD", "IB Trackers: look here"), ("CAS", 2, 2): Look()}


def test_many_scattered_rows_are_guarded_in_one_read_whose_address_stays_short(world: School) -> None:
    world.put("CAS", [[f"id{n:04}", f"A{n}"] for n in range(900)])
    book = world.book()
    book.read(["CAS"])
    world.counted()
    cells = {("CAS", row, 2): f"new{row}" for row in range(2, 900, 9)}
    book.apply(Edits(cells=dict(cells)))
    read, _ = world.google.calls
    assert read.path.endswith(":getByDataFilter")
    assert world.counted() == (1, 1)
    grid = world.book().read(["CAS"])["CAS"]
    assert {at: grid.value(*at[1:]) for at in cells} == cells
    book.read(["CAS"])
    world.teacher.set_cell(world.key, "CAS!A434", "theirs")
    with pytest.raises(BookChanged, match="CAS, row 434"):
        book.apply(Edits(cells=dict.fromkeys(cells, "other")))


@pytest.mark.parametrize(("pattern", "shown"), [("dd/mm/yyyy", "05/09/2026"), ("", "2026-09-05")])
def test_a_cells_own_format_note_and_fill_stay_when_its_content_changes(
    world: School, pattern: str, shown: str
) -> None:
    form: dict[str, Any] = {"backgroundColor": {"red": 1}, "textFormat": {"italic": True}}
    if pattern:
        form["numberFormat"] = {"type": "DATE", "pattern": pattern}
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 2}
    rows = [{"values": [{"userEnteredFormat": form, "note": "mine"}]}]
    change = {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredFormat,note"}}
    world.teacher.change(world.key, change)
    book = world.book()
    book.read(["CAS"])
    book.apply(Edits(cells={("CAS", 2, 3): date(2026, 9, 5)}))
    assert world.teacher.cells(world.key, "CAS!C2") == [[shown]]
    assert world.book().looks([("CAS", 2, 3)]) == {("CAS", 2, 3): Look("FF0000", "mine")}
    book.apply(Edits(looks={("CAS", 2, 3): Look("00FF00", None)}))
    params: Any = {"ranges": "CAS!C2", "fields": "sheets.data.rowData.values.userEnteredFormat"}
    sheet = world.client().spreadsheets_get(world.key, params)["sheets"][0]
    after = sheet["data"][0]["rowData"][0]["values"][0]["userEnteredFormat"]
    assert after["textFormat"]["italic"]
    assert after["numberFormat"]["type"] == "DATE"


def test_looks_are_taken_away_again(world: School) -> None:
    book = world.book()
    book.apply(Edits(looks={("CAS", 2, 3): Look("F8CBAD", "n"), ("CAS", 9, 9): Look("FFE699", None)}))
    assert book.looks([("CAS", 9, 9)]) == {("CAS", 9, 9): Look("FFE699", None)}
    book.apply(Edits(looks={("CAS", 2, 3): Look()}))
    assert book.looks([("CAS", 2, 3)]) == {("CAS", 2, 3): Look()}
    assert book.read(["CAS"])["CAS"].value(2, 3) == 46000


def test_rows_go_and_what_is_below_moves_up(world: School) -> None:
    book = world.book()
    book.read(["CAS"])
    cells = {("CAS", 2, 2): "gone", ("CAS", 3, 2): "stays"}
    book.apply(Edits(cells=cells, drops={"CAS": [2]}, rows={"CAS": [{1: "d2c3d4"}]}))
    assert world.book().read(["CAS"])["CAS"].values == [CAS[0], ["c2c3d4", "stays", "x", 0.1], ["d2c3d4"]]


def test_the_sheet_grows_where_it_is_full(world: School) -> None:
    size = {"sheetId": 0, "gridProperties": {"rowCount": 3, "columnCount": 4}}
    fields = "gridProperties(rowCount,columnCount)"
    world.teacher.change(world.key, {"updateSheetProperties": {"properties": size, "fields": fields}})
    book = world.book()
    book.read(["CAS"])
    book.apply(Edits(cells={("CAS", 1, 6): "New column"}, rows={"CAS": [{1: "d2c3d4", 6: "new"}]}))
    grid = world.book().read(["CAS"])["CAS"]
    assert (grid.value(1, 6), grid.value(4, 6), grid.value(4, 1)) == ("New column", "new", "d2c3d4")


def test_calculated_columns_go_on_in_new_rows(world: School) -> None:
    for row in (2, 3):
        world.teacher.set_cell(world.key, f"CAS!E{row}", f"=D{row}*2")
    book = world.book()
    assert book.read(["CAS"])["CAS"].formulas == {(2, 5): "D2*2", (3, 5): "D3*2"}
    book.apply(Edits(rows={"CAS": [{1: "d2c3d4", 4: 10}]}))
    grid = world.book().read(["CAS"])["CAS"]
    assert (grid.formulas[4, 5], grid.value(4, 5)) == ("D4*2", 20)
    assert grid.values[3][:4] == ["d2c3d4", None, None, 10]


def test_equal_texts_of_an_answer_are_one_text(world: School) -> None:
    """A column of twenty thousand rows holds few different texts, and need not be in memory row by row."""
    world.put("CAS", [["Strand"], *[["Creativity"]] * 3])
    column = [line[0] for line in world.book().read(["CAS"])["CAS"].values[1:4]]
    assert column == ["Creativity"] * 3
    assert len(set(map(id, column))) == 1


def test_an_own_sheet_is_replaced_whole_and_looks_as_asked(world: School) -> None:
    book = world.book()
    long = OwnSheet([["A", "B", "C"], *[[n, n, n] for n in range(30)]], {}, [5, 9, 9])
    book.apply(Edits(sheets={"Findings": long}))
    book.apply(Edits(sheets={"Findings": OwnSheet([["Cell", "Id"], ["C2", "x"]], {(2, 1): "CAS!C2"}, [10, 0])}))
    assert book.sheets() == ["CAS", "Findings"]
    assert book.read(["Findings"])["Findings"].values == [["Cell", "Id"], ["C2", "x"]]
    fields = "sheets(properties,basicFilter,data(rowData.values.userEnteredFormat.textFormat,columnMetadata))"
    params: Any = {"fields": fields, "ranges": "Findings"}
    sheet = world.client().spreadsheets_get(world.key, params)["sheets"][0]
    data = sheet["data"][0]
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert [meta.get("hiddenByUser", False) for meta in data["columnMetadata"]] == [False, True]
    assert data["columnMetadata"][0]["pixelSize"] == 80
    formats = [cell.get("userEnteredFormat", {}).get("textFormat", {}) for cell in data["rowData"][1]["values"]]
    assert data["rowData"][0]["values"][0]["userEnteredFormat"]["textFormat"]["bold"] is True
    assert formats[0]["link"] == {"uri": "#gid=0&range=C2"}
    assert "basicFilter" in sheet


# What somebody else does between our read and our write.

INTERFERENCE = {
    "a row inserted above": lambda w: w.teacher.insert_rows(w.key, "CAS", 2),
    "rows sorted": lambda w: w.teacher.sort(w.key, "CAS!A2:D3", 1, descending=True),
    "the same cell edited": lambda w: w.teacher.set_cell(w.key, "CAS!B2", "Anna"),
    "another cell of the row edited": lambda w: w.teacher.set_cell(w.key, "CAS!D2", 9),
    "the row deleted": lambda w: w.teacher.delete_rows(w.key, "CAS", 2),
    "a header renamed": lambda w: w.teacher.set_cell(w.key, "CAS!C1", "Begin"),
    "the sheet renamed": lambda w: w.teacher.rename_sheet(w.key, "CAS", "CAS old"),
    "our program on another computer": lambda w: w.book().apply(Edits(cells={("CAS", 9, 4): 1})),
}


@pytest.mark.parametrize("what", INTERFERENCE)
def test_a_change_between_read_and_write_stops_the_write(world: School, what: str) -> None:
    book = world.book()
    book.read(["CAS"])
    INTERFERENCE[what](world)
    before = world.google.service.books[world.key].version
    with pytest.raises(BookChanged, match=r"Nothing was written\. Run this again\.$"):
        book.apply(Edits(cells={("CAS", 2, 2): "ours"}))
    assert world.google.service.books[world.key].version == before


def test_after_it_was_stopped_the_next_run_sees_the_change_and_writes(world: School) -> None:
    book = world.book()
    book.read(["CAS"])
    world.teacher.insert_rows(world.key, "CAS", 2)
    with pytest.raises(BookChanged):
        book.apply(Edits(cells={("CAS", 2, 2): "ours"}))
    assert book.read(["CAS"])["CAS"].value(3, 2) == "Ana"
    book.apply(Edits(cells={("CAS", 3, 2): "ours"}))
    assert world.teacher.cells(world.key, "CAS!B3") == [["ours"]]


def test_an_edit_elsewhere_in_the_sheet_does_not_stop_us(world: School) -> None:
    rows = [["IBT id", "Candidate"], *[[f"b2c3d{n % 10}", f"A{n}"] for n in range(100)]]
    world.put("CAS", rows)
    book = world.book()
    book.read(["CAS"])
    world.teacher.set_cell(world.key, "CAS!B90", "teacher")
    book.apply(Edits(cells={("CAS", 5, 2): "ours"}))
    assert world.teacher.cells(world.key, "CAS!B90") == [["teacher"]]


def test_a_row_that_somebody_appended_meanwhile_is_never_written_over(world: School) -> None:
    book = world.book()
    book.read(["CAS"])
    world.teacher.set_cell(world.key, "CAS!B5", "theirs")
    with pytest.raises(BookChanged):
        book.apply(Edits(rows={"CAS": [{1: "d2c3d4"}, {1: "f2c3d4"}]}))
    assert world.teacher.cells(world.key, "CAS!B5") == [["theirs"]]


def test_a_row_that_somebody_edited_meanwhile_is_not_dropped(world: School) -> None:
    book = world.book()
    book.read(["CAS"])
    world.teacher.set_cell(world.key, "CAS!B3", "theirs")
    with pytest.raises(BookChanged):
        book.apply(Edits(drops={"CAS": [3]}))
    assert world.teacher.cells(world.key, "CAS!B3") == [["theirs"]]


def test_a_note_that_somebody_wrote_meanwhile_is_never_lost(world: School) -> None:
    book = world.book()
    book.read(["CAS"])
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}
    note = {"updateCells": {"start": start, "rows": [{"values": [{"note": "mine"}]}], "fields": "note"}}
    world.teacher.change(world.key, note)
    with pytest.raises(BookChanged):
        book.apply(Edits(looks={("CAS", 2, 2): Look("F8CBAD", "ours")}))


def test_of_two_programs_that_read_the_same_only_one_writes(world: School) -> None:
    """The other one writes after our guard and before our write: only the token can notice."""
    book, other = world.book(), world.book()
    book.read(["CAS"])
    other.read(["CAS"])

    def other_first() -> None:
        world.google.faults.clear()
        other.apply(Edits(cells={("CAS", 2, 2): "other"}))

    world.google.faults.between(other_first, on="write")
    with pytest.raises(BookChanged):
        book.apply(Edits(cells={("CAS", 2, 2): "ours"}))
    assert world.teacher.cells(world.key, "CAS!B2") == [["other"]]


# Faults of the service.

WRITES = {
    "a cell": Edits(cells={("CAS", 2, 2): "ours"}),
    "new rows": Edits(rows={"CAS": [{1: "d2c3d4", 2: "Dee"}, {1: "f2c3d4", 2: "Fay"}]}),
    "rows that go": Edits(drops={"CAS": [2]}),
    "everything": EVERYTHING,
}


@pytest.mark.parametrize("second_write", [False, True], ids=["first write", "later write"])
@pytest.mark.parametrize("fault", ["unavailable", "reset"])
@pytest.mark.parametrize("what", WRITES)
def test_an_answer_lost_after_the_write_was_carried_out_never_writes_twice(
    world: School, what: str, fault: str, second_write: bool
) -> None:
    if second_write:
        world.book().apply(Edits(cells={("CAS", 1, 9): "before"}))
    calm = world.book()
    calm.read(["CAS"])
    calm.apply(WRITES[what])
    wanted = world.book().read(["CAS"])["CAS"].values
    world.fresh(CAS=CAS)
    if second_write:
        world.book().apply(Edits(cells={("CAS", 1, 9): "before"}))
    book = world.book()
    book.read(["CAS"])
    getattr(world.google.faults, fault)("write", after=True)
    book.apply(WRITES[what])
    assert world.google.faults.struck
    assert world.book().read(["CAS"])["CAS"].values == wanted


@pytest.mark.parametrize("what", WRITES)
def test_a_lost_answer_to_every_try_is_looked_up_and_still_written_once(world: School, what: str) -> None:
    book = world.book()
    book.read(["CAS"])
    world.google.faults.unavailable("write", times=None, after=True)
    book.apply(WRITES[what])
    world.google.faults.clear()
    values = world.book().read(["CAS"])["CAS"].values
    assert len({line[0] for line in values}) == len(values)


@pytest.mark.parametrize("fault", ["unavailable", "bad_gateway", "reset", "revoke"])
@pytest.mark.parametrize("on", ["read", "write"])
def test_a_passing_fault_of_the_service_is_not_noticed(world: School, fault: str, on: str) -> None:
    book = world.book()
    book.read(["CAS"])
    getattr(world.google.faults, fault)(on)
    book.apply(Edits(rows={"CAS": [{1: "d2c3d4"}]}))
    assert world.google.faults.struck
    assert world.teacher.cells(world.key, "CAS!A4:A9") == [["d2c3d4"]]


def test_a_write_that_never_came_through_is_said_to_have_changed_nothing(world: School) -> None:
    book = world.book()
    book.read(["CAS"])
    world.google.faults.unavailable("write", times=None)
    with pytest.raises(BookProblem, match="the change was not made"):
        book.apply(Edits(cells={("CAS", 2, 2): "ours"}))
    assert world.teacher.cells(world.key, "CAS!B2") == [["Ana"]]


def test_a_permanent_429_ends_within_the_deadline_with_one_sentence(world: School) -> None:
    clock = Clock()
    client = CarefulClient(None, world.session, clock=clock, sleep=clock.sleep)
    world.google.faults.quota("any", times=None)
    began = clock.now
    with pytest.raises(ServiceProblem, match=r"^gsheet:\S+ Google's 60 reads and 60 writes a minute are used up"):
        GoogleBook.open(f"gsheet:{world.key}", client).sheets()
    assert clock.now - began < 180


def test_a_stalled_service_is_given_up_within_the_time_out(world: School) -> None:
    world.google.faults.stall(3, times=None)
    book = world.book(Policy(attempts=2, read=0.2, first_wait=0.001))
    with pytest.raises(ServiceProblem, match="did not answer in time"):
        book.sheets()
    world.google.faults.clear()


# Rights.


def test_a_sheet_that_was_never_shared_names_the_address_to_share_with(world: School) -> None:
    world.teacher.unshare(world.key, BOT)
    with pytest.raises(SignInProblem, match=f"add {BOT} as Editor"):
        world.book().sheets()


def test_a_sheet_shared_for_viewing_is_read_and_says_so_when_written(world: School) -> None:
    world.teacher.unshare(world.key, BOT)
    world.teacher.share(world.key, BOT, "reader")
    book = world.book()
    assert book.sheets() == ["CAS"]
    with pytest.raises(SignInProblem, match="or only for viewing"):
        book.apply(Edits(cells={("CAS", 2, 2): "ours"}))


def test_a_protected_range_says_what_to_do_and_nothing_is_written(world: School) -> None:
    place = {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 2}
    world.teacher.change(world.key, {"addProtectedRange": {"protectedRange": {"range": place, "editors": {}}}})
    book = world.book()
    with pytest.raises(SignInProblem, match="Protect sheets and ranges"):
        book.apply(Edits(cells={("CAS", 2, 4): 7, ("CAS", 2, 2): "ours"}))
    assert world.teacher.cells(world.key, "CAS!D2") == [["3.5"]]


def test_an_address_that_does_not_exist_is_said(world: School) -> None:
    with pytest.raises(BookProblem, match="knows no spreadsheet"):
        GoogleBook.open("gsheet:nowhere", world.client()).sheets()


def test_a_sheet_that_is_not_there_is_said_with_those_that_are(world: School) -> None:
    book = world.book()
    assert book.read(["CP"]) == {}
    with pytest.raises(BookProblem, match=r"no sheet 'CP'\. There are: CAS\."):
        book.apply(Edits(rows={"CP": [{1: "x"}]}))


def test_closing_twice_does_no_harm(world: School) -> None:
    book = world.book()
    book.close()
    book.close()


def test_when_nobody_can_say_whether_it_was_written_that_is_what_is_said(world: School) -> None:
    book = world.book()
    book.read(["CAS"])
    world.google.faults.between(lambda: world.google.faults.unavailable("any", times=None), on="write")
    world.google.faults.unavailable("write", after=True)
    with pytest.raises(ServiceProblem, match="not known whether the change was made"):
        book.apply(Edits(cells={("CAS", 2, 2): "ours"}))


def test_a_sheet_that_goes_between_guard_and_write_stops_the_write(world: School) -> None:
    world.fresh(Home=[["x"]], CAS=CAS)
    gid = world.google.service.books[world.key].sheets[1].id
    book = world.book()
    book.read(["CAS"])
    world.google.faults.between(lambda: world.teacher.change(world.key, {"deleteSheet": {"sheetId": gid}}))
    with pytest.raises(BookChanged, match="A sheet was removed just now"):
        book.apply(Edits(cells={("CAS", 2, 2): "ours"}))


def test_a_token_whose_sheet_was_deleted_does_not_lock_the_spreadsheet(world: School) -> None:
    """Google then hides the named range and keeps its name taken (gspread issue 1530)."""
    world.fresh(Home=[["x"]], CAS=CAS)
    world.book().apply(Edits(cells={("CAS", 2, 2): "one"}))
    gid = world.google.service.books[world.key].sheets[0].id
    world.teacher.change(world.key, {"deleteSheet": {"sheetId": gid}})
    for value in ("two", "three"):
        world.book().apply(Edits(cells={("CAS", 2, 2): value}))
    assert world.teacher.cells(world.key, "CAS!B2") == [["three"]]


def test_however_often_it_writes_one_named_range_is_left(world: School) -> None:
    for value in ("one", "two", "three"):
        world.book().apply(Edits(cells={("CAS", 2, 2): value}))
    named = world.client().spreadsheets_get(world.key, {"fields": "namedRanges.name"})["namedRanges"]
    assert named == [{"name": "ib_trackers_3"}]


# What the emulator does not show: Google keeps something else, or keeps a name.

SHEET = {"properties": {"sheetId": 0, "title": "CAS", "gridProperties": {"rowCount": 9, "columnCount": 3}}}
READ = answer(200, {"sheets": [SHEET]})
NAME_TAKEN = refusal(
    400,
    "Invalid requests[0].addNamedRange: Cannot add named range with name: ib_trackers_1, a named range with that name "
    "already exists.",
)


def written(value: Any) -> Any:
    data = [{"startRow": 1, "startColumn": 1, "rowData": [{"values": [{"userEnteredValue": value}]}]}]
    return answer(200, {"updatedSpreadsheet": {"sheets": [SHEET | {"data": data}]}})


def test_a_cell_that_holds_something_else_after_the_write_is_said() -> None:
    http, script, _ = client(READ, READ, written({"numberValue": 42}))
    book = GoogleBook(http, "1abcDEF")
    book.read(["CAS"])
    with pytest.raises(BookProblem, match=r"CAS!B2: Google kept something else"):
        book.apply(Edits(cells={("CAS", 2, 2): "0042"}))
    assert len(script.sent) == 3


def test_a_name_that_google_keeps_for_a_deleted_sheet_is_stepped_over() -> None:
    """Gspread issue 1530: the named range is no longer shown, yet its name stays taken."""
    http, script, _ = client(READ, READ, NAME_TAKEN, READ, written({"stringValue": "x"}))
    book = GoogleBook(http, "1abcDEF")
    book.read(["CAS"])
    book.apply(Edits(cells={("CAS", 2, 2): "x"}))
    assert b"ib_trackers_2" in (script.sent[-1].body or b"")


def test_a_name_that_another_program_took_just_now_stops_the_write() -> None:
    theirs = answer(200, {"sheets": [SHEET], "namedRanges": [{"name": "ib_trackers_1", "namedRangeId": "ibt-other"}]})
    http, script, _ = client(READ, READ, NAME_TAKEN, theirs)
    book = GoogleBook(http, "1abcDEF")
    book.read(["CAS"])
    with pytest.raises(BookChanged, match="Another program"):
        book.apply(Edits(cells={("CAS", 2, 2): "x"}))
    assert len(script.sent) == 4
