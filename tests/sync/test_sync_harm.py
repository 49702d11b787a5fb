"""What people do without meaning harm, and what an older file does: nothing of theirs is damaged."""

from __future__ import annotations

import shutil
from datetime import date, time
from pathlib import Path

import pytest
from desks import ID, Desk
from google_school import google_school
from package_validator import problems
from sync_people import HEAD, SHEET, FileAndSheet, Files, Shared, trackers_read_once
from xlsx_books import build

from addin.actions.messages import synced
from addin.actions.sync.undo import undo
from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import Area, CellFormula, Edits, Grid, Value
from addin.core.sync import same
from addin.core.sync.moments import serial_value
from addin.errors import Problem, SyncStopped

__all__ = ("trackers_read_once",)  # a fixture of every test here

TRACKERS = {
    "people": 'title="People"\nsheet="People"\nkey=["code"]\n[columns.code]\n[columns.name]\nprivate=true\n'
    '[columns.adviser]\n[columns.reviewed]\nheader="Last review"\n',
}
HEADERS: list[Value] = ["Code", "Name", "Adviser", "Last review", "reviewed", ID]
RIGHT: list[Value] = ["Code", "Adviser", "Last review", "reviewed", "Remark", ID]
LINK = 'name="p"\ntarget="gsheet:a"\ntracker="people"'
OTHER = 'name="q"\ntarget="gsheet:b"\ntracker="people"'


class MergedBook(MemoryBook):
    """A book in memory with merged cells."""

    merged: list[Area] = []  # noqa: RUF012 (set by the test on its own book)

    def read(self, sheets: object) -> dict[str, Grid]:
        grids = super().read(sheets)  # type: ignore[arg-type]
        for grid in grids.values():
            grid.merged = list(self.merged)
        return grids


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Six people, shared with one sheet, synced once."""
    return made(tmp_path, monkeypatch, LINK)


def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *links: str, rows: int = 6) -> Desk:
    monkeypatch.setattr("desks.TRACKERS", TRACKERS)
    lines = [[f"s{n}", f"Name {n}", "Kim", f"seen {n}", f"by {n}", None] for n in range(1, rows + 1)]
    d = Desk(tmp_path, {"People": [HEADERS, *lines]}, {t: {"People": [RIGHT]} for t in ("gsheet:a", "gsheet:b")}, links)
    d.books["gsheet:a"] = MergedBook({"People": [RIGHT]})
    d.run()
    return d


def codes(d: Desk, target: str = "excel:left") -> list[Value]:
    return [row[0] for row in d.rows(target, "People")]


def test_a_persons_own_column_and_an_internal_name_are_two_columns(desk: Desk) -> None:
    desk.put("gsheet:a", "People", 2, 4, "by me")
    desk.put("gsheet:a", "People", 3, 3, "seen again")
    desk.run()
    rows = desk.rows("excel:left", "People")
    assert rows[0][3:5] == ["seen 1", "by me"]
    assert rows[1][3:5] == ["seen again", "by 2"]
    assert not desk.run()


def test_a_deletion_against_a_private_note_is_a_conflict_until_it_is_decided(desk: Desk) -> None:
    desk.books["gsheet:a"].apply(Edits(drops={"People": [3]}))
    desk.put("excel:left", "People", 3, 2, "A private note")
    for _ in range(2):
        done = desk.run()
        assert [(one.row_name, one.column_name) for one in done.conflicts] == [("s2", "(whole row)")]
        assert desk.rows("excel:left", "People")[1][1] == "A private note"
    assert "not shared" in " ".join(synced(done, dry_run=False))
    assert "Already in sync." not in synced(done, dry_run=False)
    desk.put("excel:left", "Conflicts", 2, 7, "mine")
    desk.run()
    assert codes(desk, "gsheet:a") == ["s1", "s3", "s4", "s5", "s6", "s2"]
    assert not desk.run()


def test_a_plain_deletion_is_gone_on_both_sides_at_once(desk: Desk) -> None:
    desk.books["gsheet:a"].apply(Edits(drops={"People": [3]}))
    desk.run()
    assert codes(desk) == ["s1", "s3", "s4", "s5", "s6"]
    assert not desk.run().written


def test_a_deletion_against_an_edit_in_another_shared_sheet_is_a_conflict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    d = made(tmp_path, monkeypatch, LINK, OTHER)
    d.books["gsheet:a"].apply(Edits(drops={"People": [3]}))
    d.put("gsheet:b", "People", 3, 2, "Lee")
    for _ in range(2):
        assert [one.link for one in d.run().conflicts] == ["p"]
        assert d.rows("excel:left", "People")[1][2] == "Lee"


def test_what_a_paused_link_has_not_seen_of_another_sheet_stays_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = made(tmp_path, monkeypatch, LINK, OTHER)
    desk.put("gsheet:b", "People", 3, 5, "a remark")
    desk.books["gsheet:a"].apply(Edits(drops={"People": [3, 4]}))
    assert list(desk.run().stopped) == ["p"]
    desk.run()
    done = desk.run(force=True)
    assert [(one.link, one.row_name) for one in done.conflicts] == [("p", "s2")]
    assert codes(desk) == ["s1", "s2", "s4", "s5", "s6"]


def test_an_emptied_side_is_filled_again_by_one_command_and_nothing_is_deleted(desk: Desk) -> None:
    before = desk.rows("excel:left", "People")
    desk.books["gsheet:a"].apply(Edits(drops={"People": list(range(2, 8))}))
    said = desk.run().stopped["p"][0]
    assert "no rows any more; there were 6" in said
    assert "fill it again from the workbook (6 rows): ib-trackers sync --force" in said
    desk.run(force=True)
    assert codes(desk, "gsheet:a") == codes(desk)
    assert desk.rows("excel:left", "People") == before
    assert not desk.run()


def test_a_lost_id_column_is_one_sentence_and_comes_back_with_every_id(desk: Desk) -> None:
    book = desk.books["gsheet:a"]
    ids = [line[5] for line in book.read(["People"])["People"].values]
    book._cells["People"] = [line[:5] for line in book._cells["People"]]
    done = desk.run()
    assert len(done.remarks) == 1
    assert "6 rows" in done.remarks[0]
    assert (bool(done), done.stopped) == (False, {})
    lines = book.read(["People"])["People"].values
    assert [line[lines[0].index(ID)] for line in lines] == ids
    assert not desk.run().written


BELOW: dict[str, list[list[Value]]] = {
    "nothing": [],
    "blank rows": [[None] * 5] * 3,
    "formulas": [[None] * 5 + [CellFormula("=1+1", 2)]] * 2,
    "a new row": [["s7", None, "Kim"]],
}


@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW)
@pytest.mark.parametrize("target", ["excel:left", "gsheet:a"])
def test_a_sheet_without_rows_gets_its_lost_id_column_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, below: list[list[Value]]
) -> None:
    desk = made(tmp_path, monkeypatch, LINK, rows=0)
    book = desk.books[target]
    head = HEADERS if target == "excel:left" else RIGHT
    book._cells["People"] = [[*head[:5], "Own"], *(list(line) for line in below)]
    if target == "excel:left" and any(type(line[0]) is str for line in below):
        with pytest.raises(Problem, match="ib-trackers adopt"):  # there adopt asks first
            desk.run()
        return
    assert ["put back." in one for one in desk.run().remarks] == [True]
    assert book.read(["People"])["People"].values[0] == [*head[:5], "Own", ID]
    assert len(desk.rows("excel:left", "People")) == sum(type(line[0]) is str for line in below)
    assert not desk.run().written


def test_a_sheet_that_lost_its_ids_and_its_memory_is_not_guessed_at(desk: Desk) -> None:
    book = desk.books["gsheet:a"]
    book._cells["People"] = [line[:5] for line in book._cells["People"]]
    shutil.rmtree(desk.folder / ".ib-trackers")
    with pytest.raises(Problem, match="the column IBT id is missing; nothing was written"):
        desk.run()


@pytest.mark.parametrize("header", [None, "Foo", "Name"])
@pytest.mark.parametrize("target", ["excel:left", "gsheet:a"])
def test_ids_under_another_header_are_still_the_ids(desk: Desk, target: str, header: str | None) -> None:
    """A second column of ids would be left; under a tracker's header they would be taken for its values."""
    before = desk.books[target].read(["People"])["People"].values
    desk.put(target, "People", 1, 6, header)
    done = desk.run()
    assert (["put back." in one for one in done.remarks], done.stopped) == ([True], {})
    assert desk.books[target].read(["People"])["People"].values == before
    assert not desk.run().written


def test_a_column_that_holds_anything_but_ids_is_not_theirs(desk: Desk) -> None:
    book = desk.books["gsheet:a"]
    desk.put("gsheet:a", "People", 1, 6, "Late?")
    desk.put("gsheet:a", "People", 3, 6, "on Monday")
    desk.run()
    lines = book.read(["People"])["People"].values
    assert [lines[0][5], lines[2][5]] == ["Late?", "on Monday"]
    assert lines[0][6] == ID
    assert not desk.run().written


def test_a_native_table_whose_id_header_was_overwritten_gets_another_id_column(tmp_path: Path) -> None:
    """Formulas may name the new header, and Excel repairs a table whose cells say something else."""
    people = Files(tmp_path / "school", ['name="all"\ntarget="Team.xlsx"\ntracker="log"'], ["Team.xlsx"])
    people.sync()
    ids = people.ids("left")
    head, *lines = people.lines("left")
    over = [[*head[:5], "Foo"], *lines]
    build(people.books["left"], {**people.sheets("left"), SHEET: over}, {SHEET: [Area(1, 1, 7, 6, "log")]})
    people.edit("Team.xlsx", 2, "Hours")
    assert len(people.sync().remarks) == 1
    assert people.lines("left")[0] == [*head[:5], "Foo", ID]
    assert people.ids("left") == ids
    assert problems(people.books["left"]) == []
    assert not people.sync().written


@pytest.mark.parametrize("lost", [False, True])
def test_rows_typed_right_below_a_table_do_not_stop_new_ones(tmp_path: Path, lost: bool) -> None:
    people = Files(tmp_path / "school", ['name="all"\ntarget="Team.xlsx"\ntracker="log"'], ["Team.xlsx"])
    people.sync()
    lines = [line[:5] if lost else line for line in people.lines("left")]
    width = 5 if lost else 6
    build(people.books["left"], {**people.sheets("left"), SHEET: lines}, {SHEET: [Area(1, 1, 4, width, "log")]})
    people.insert("Team.xlsx", 6, "s1")
    mark = people.lines("Team.xlsx")[-1][4]
    people.sync()
    grid = XlsxBook(people.books["left"]).read([SHEET])[SHEET]
    assert [line[4] for line in grid.values[1:]] == [*(line[4] for line in lines[1:]), mark]
    assert grid.tables == [Area(1, 1, 8, 6, "log")]
    assert problems(people.books["left"]) == []
    assert not people.sync().written


def test_a_header_that_is_there_twice_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = Files(tmp_path / "school", ['name="all"\ntarget="Team.xlsx"\ntracker="log"'], ["Team.xlsx"])
    people.sync()
    at = HEAD.index("Hours") + 1
    for where in ("Team.xlsx", "left"):
        head, *lines = people.lines(where)
        twice = [[*head[:at], "hours ", *head[at:]], *([*line[:at], "7", *line[at:]] for line in lines)]
        people.put(where, twice)
    said = "The column hours is twice in {}; only the first one counts. Rename the other."
    assert people.sync().remarks == [said.format("Log"), said.format("the shared sheet of all")]
    assert main(["validate", str(people.books["left"]), "--read-only"]) in (0, 1)
    assert said.format("Log") in capsys.readouterr().out


def test_ids_under_another_header_are_still_the_ids_at_google(tmp_path: Path) -> None:
    with google_school(tmp_path) as school:
        people = FileAndSheet(tmp_path / "school", ['name="all"\ntarget="{target}"\ntracker="log"'], school)
        people.sync()
        before = people.lines(people.target)
        school.teacher.set_cell(school.key, f"{SHEET}!F1", "Foo")
        people.edit("left", 2, "Hours")
        assert len(people.sync().remarks) == 1
        assert people.lines(people.target)[0] == before[0]
        assert people.ids(people.target) == people.ids("left")
        assert not people.sync().written


@pytest.mark.parametrize("beside", [None, "a note"])
def test_a_native_table_that_lost_its_id_column_gets_it_back_once(tmp_path: Path, beside: str | None) -> None:
    """Beside a native table ids would be left behind by sorting, and not be found again: each sync made new ones."""
    people = Files(tmp_path / "school", ['name="all"\ntarget="Team.xlsx"\ntracker="log"'], ["Team.xlsx"])
    people.sync()
    ids = people.ids("left")
    lines = [[*line[:5], beside if number == 2 else None] for number, line in enumerate(people.lines("left"))]
    width = 5
    build(people.books["left"], {**people.sheets("left"), SHEET: lines}, {SHEET: [Area(1, 1, 7, width, "log")]})
    people.edit("Team.xlsx", 2, "Hours")
    done = people.sync()
    assert len(done.remarks) == 1
    grid = XlsxBook(people.books["left"]).read([SHEET])[SHEET]
    assert grid.values[0].count(ID) == 1
    at = grid.values[0].index(ID)
    assert {line[4]: line[at] for line in grid.values[1:]} == ids
    assert grid.tables == [Area(1, 1, 7, 5 if beside else 6, "log")]
    assert grid.value(3, 6) == (beside or ids[str(grid.value(3, 5))])
    assert not people.sync().written


def test_a_renamed_header_is_told_of_the_right_side_and_only_while_it_is_so(desk: Desk) -> None:
    desk.put("gsheet:a", "People", 1, 3, "Something")
    assert desk.run().stopped["p"] == [
        "In the shared sheet the column Last review is missing. Was a header renamed? Give it its name back."
    ]
    desk.put("gsheet:a", "People", 1, 3, "Last review")
    assert desk.run().stopped == {}
    desk.put("excel:left", "People", 1, 3, "Advisor")
    assert "In the workbook the column Adviser" in desk.run().stopped["p"][0]


def test_merged_cells_blank_nothing_and_are_filled_again_once_they_are_unmerged(desk: Desk) -> None:
    book = desk.books["gsheet:a"]
    before = desk.rows("excel:left", "People")
    for row in (3, 4):
        desk.put("gsheet:a", "People", row, 3, None)
    book.merged = [Area(2, 3, 4, 3)]  # type: ignore[attr-defined]
    for _ in range(2):
        done = desk.run()
        assert "Unmerge" in done.remarks[0]
        assert desk.rows("excel:left", "People") == before
    assert not done.written
    book.merged = []  # type: ignore[attr-defined]
    desk.run()
    assert desk.rows("excel:left", "People") == before
    assert [row[2] for row in desk.rows("gsheet:a", "People")][:3] == ["seen 1", "seen 2", "seen 3"]


def test_after_a_lost_memory_a_difference_was_not_blank_before(desk: Desk) -> None:
    desk.put("gsheet:a", "People", 2, 3, "other")
    shutil.rmtree(desk.folder / ".ib-trackers")
    done = desk.run()
    assert "different in the two places (no earlier sync on this computer)" in " ".join(synced(done, dry_run=False))
    assert len(done.conflicts) == 1


# ── an older workbook ──


def files(tmp_path: Path) -> Files:
    people = Files(tmp_path / "s", ['name="all"\ntarget="Team.xlsx"\ntracker="log"'], ["Team.xlsx"])
    people.sync()
    return people


def test_an_older_copy_of_the_workbook_is_a_safety_stop_and_no_set_of_edits(tmp_path: Path) -> None:
    people = files(tmp_path)
    older = shutil.copy(people.books["left"], tmp_path / "older.xlsx")
    people.edit("Team.xlsx", 0, "State")
    people.sync()
    shutil.copy(older, people.books["left"])
    before = people.lines("Team.xlsx")
    said = people.sync().stopped["all"][0]
    assert "The workbook is older than the last sync" in said
    done = people.sync(force=True)
    assert people.lines("Team.xlsx") == before
    assert people.table("left") == people.table("Team.xlsx")  # where the older one was blank, it takes the value
    assert done.conflicts == []


def test_an_older_copy_is_known_though_its_own_sync_had_nothing_to_write(tmp_path: Path) -> None:
    people = files(tmp_path)
    people.put("left", people.lines("left"))  # saved anew, as it was
    assert not people.sync().written
    older = shutil.copy(people.books["left"], tmp_path / "older.xlsx")
    people.edit("Team.xlsx", 0, "State")
    people.edit("left", 1, "State")
    people.sync()
    newer = shutil.copy(people.books["left"], tmp_path / "newer.xlsx")
    shutil.copy(older, people.books["left"])
    assert "The workbook is older than the last sync" in people.sync().stopped["all"][0]
    shutil.copy(newer, people.books["left"])
    assert not people.sync().stopped


def test_a_workbook_in_which_most_of_the_last_sync_is_gone_again_is_older_though_it_was_saved_anew(
    tmp_path: Path,
) -> None:
    people = files(tmp_path)
    before = people.lines("left")
    for row in range(4):
        people.edit("Team.xlsx", row, "State")
    people.insert("Team.xlsx", 9, "s1")
    people.sync()
    head, *lines = before
    lines[5][head.index("Hours")] = "an edit of an import"
    people.put("left", [head, *lines])
    theirs = people.lines("Team.xlsx")
    assert "5 of 5 changes of that sync are gone again" in people.sync().stopped["all"][0]
    people.sync(force=True)
    marks = {row[theirs[0].index("Mark")] for row in theirs[1:]}
    assert marks <= people.table("left").keys()


def test_taking_one_value_back_by_hand_is_an_edit(tmp_path: Path) -> None:
    people = files(tmp_path)
    mark, _, _ = people.edit("Team.xlsx", 0, "State") or ("", "", "")
    people.sync()
    people.blank("left", 0, "State")
    assert people.sync().stopped == {}
    assert people.table("Team.xlsx")[mark]["State"] is None


# ── undo ──


def test_undo_puts_a_row_back_to_its_place_and_passes_over_a_run_that_wrote_nothing(desk: Desk) -> None:
    before = {target: desk.rows(target, "People") for target in ("excel:left", "gsheet:a")}
    desk.books["excel:left"].apply(Edits(drops={"People": [4]}))
    desk.run()
    desk.run()
    desk.put("excel:left", "People", 2, 2, "a note: nothing to write, something to remember")
    desk.run()
    done = undo("excel:left", open_=desk.books.__getitem__)
    assert (done.put_back, list(done.changed)) == (1, [])
    assert desk.rows("gsheet:a", "People") == before["gsheet:a"]
    again = undo("excel:left", open_=desk.books.__getitem__)
    assert (again.already, again.put_back) == (True, 0)
    assert desk.rows("gsheet:a", "People") == before["gsheet:a"]


def test_undo_stops_before_it_deletes_much(desk: Desk) -> None:
    with pytest.raises(SyncStopped, match="would delete 6 of 6 rows"):
        undo("excel:left", open_=desk.books.__getitem__)
    assert len(codes(desk, "gsheet:a")) == 6
    shown = undo("excel:left", open_=desk.books.__getitem__, force=True, dry_run=True)
    assert [(link, side, len(changes.drops)) for link, side, changes in shown.plans] == [("p", "right", 6)]
    assert len(codes(desk, "gsheet:a")) == 6
    undo("excel:left", open_=desk.books.__getitem__, force=True)
    assert codes(desk, "gsheet:a") == []


def test_a_run_that_wrote_nothing_cannot_be_taken_back(desk: Desk) -> None:
    with pytest.raises(Problem, match="has written nothing"):
        undo("excel:left", open_=desk.books.__getitem__, run=99)


# ── values ──


@pytest.mark.parametrize(
    ("value", "kind", "seen", "read"),
    [
        (46082, "date", (), date(2026, 3, 1)),
        (2027, "date", (), 2027),
        (2027, "date", (2027,), 2027),
        (2027, "date", (date(1905, 7, 19),), date(1905, 7, 19)),
        (46082, "date", (46082,), 46082),
        (0.5, "time", (), time(12)),
        (0.5, "time", (0.5,), 0.5),
        (8.5, "time", (), 8.5),
        (True, "date", (), True),
        ("2027", "date", (), "2027"),
    ],
)
def test_a_day_number_is_a_date_only_where_it_can_be_one(
    value: Value, kind: str, seen: tuple[Value, ...], read: Value
) -> None:
    found = serial_value(value, kind, seen)
    assert (type(found), found) == (type(read), read)


def test_a_year_in_a_column_of_dates_stays_a_number_on_both_sides(tmp_path: Path) -> None:
    with google_school(tmp_path) as school:
        people = Shared(tmp_path / "s", ['name="all"\ntarget="{target}"\ntracker="log"'], school)
        people.books["left"]._cells[SHEET] = [
            [*HEAD, "Day"],
            *([*row, 2027 + n] for n, row in enumerate(people.lines("left")[1:])),
        ]
        people.put(people.target, [[*HEAD, "Day"]])
        people.sync()
        again = people.sync()
        assert (bool(again), again.conflicts) == (False, [])
        assert [row["Day"] for row in people.table("left").values()] == [2027 + n for n in range(6)]


def test_an_empty_text_and_a_blank_are_one_blank() -> None:
    assert same("", None)
    assert same(None, "")
    assert not same("", 0)
    assert not same(" ", None)


def test_a_formula_of_one_row_goes_with_the_row_and_is_no_row_itself(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    people = files(tmp_path)
    book = load_workbook(people.books["left"])
    book[SHEET]["C3"] = "=1+1"
    book.save(people.books["left"])
    people.sync()
    people.sync(force=True)
    gone = people.delete("Team.xlsx", 1)
    people.sync()
    assert gone not in people.table("left")
    assert load_workbook(people.books["left"])[SHEET]["C3"].value is None
    assert not people.sync().written


def test_an_earlier_version_that_a_person_went_back_to_is_not_taken_for_an_old_copy(tmp_path: Path) -> None:
    from addin.actions.sync.write import accept_version
    from addin.backends.xlsx import XlsxBook

    people = files(tmp_path)
    older = shutil.copy(people.books["left"], tmp_path / "older.xlsx")
    people.edit("left", 0, "State")
    people.sync()
    shutil.copy(older, people.books["left"])
    assert people.sync().stopped
    accept_version(people.folder, XlsxBook(people.books["left"]))
    assert people.sync().stopped == {}
