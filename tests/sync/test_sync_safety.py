"""What keeps an edit from being lost where spreadsheets are odd: formulas, tabs that lack columns, open workbooks,
copies of a cloud folder, another spreadsheet under the old name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desks import ID, Desk
from google_school import google_school
from sync_people import HEAD, SHEET, Files, People, Shared

from addin.actions.sync.books import opener
from addin.actions.sync.undo import history, undo
from addin.backends.memory import MemoryBook
from addin.backends.watched import WatchedBook
from addin.core.book import Edits, Grid, Value
from addin.errors import BookChanged, BookInUse, SettingsProblem
from addin.workspace.cloud_copies import conflict_copies
from addin.workspace.state import Busy, State

ALL = 'name="all"\ntarget="gsheet:a"\ntracker="log"'
TEAM = 'name="all"\ntarget="Team.xlsx"\ntracker="log"'
LOG_HEAD: list[Value] = ["Entry", "Who", "Hours", "Day", "State", ID]
LOG: list[list[Value]] = [LOG_HEAD, ["1", "s1", 2, None, "open"], ["2", "s2", 3, None, "open"]]


class Calculating(MemoryBook):
    """A book in memory in which some cells are formulas."""

    formulas: dict[tuple[int, int], str] = {}  # noqa: RUF012 (set by the test on its own book)

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        grids = super().read(sheets)
        for name in grids.keys() & {"Log"}:
            grids[name].formulas = dict(self.formulas)
        return grids


def pair(folder: Path, *links: str, left: Any = None, right: Any = None) -> Desk:
    sheets = {"People": [["Code", "Name", "Adviser", ID]], "Log": [list(row) for row in LOG]}
    d = Desk(folder, left or sheets, {"gsheet:a": {"Log": [list(LOG_HEAD)]}}, links or [ALL])
    d.left = d.books["excel:left"] = Calculating(left or sheets)
    d.left.folder = folder  # type: ignore[attr-defined]
    return d


def test_an_edit_against_a_formula_is_a_conflict_and_the_formula_stays(tmp_path: Path) -> None:
    d = pair(tmp_path)
    d.run()
    d.left.formulas = {(2, 3): "1+1"}  # type: ignore[attr-defined]
    d.put("gsheet:a", "Log", 2, 3, 9)
    for _ in range(2):
        assert [c.column_name for c in d.run().conflicts] == ["Hours"]
        assert (d.rows("excel:left", "Log")[0][2], d.rows("gsheet:a", "Log")[0][2]) == (2, 9)
    assert not d.run().written


def test_what_a_tab_has_no_column_for_is_not_blank_there(tmp_path: Path) -> None:
    """Two tabs of one tracker, of which one lacks Hours: what teachers entered there stays."""
    left = {
        "People": [["Code", "Name", "Adviser", ID]], "Log": [list(row) for row in LOG],
        "Log B": [["Entry", "Who", "State", ID], ["3", "s1", "open", None]],
    }  # fmt: skip
    d = pair(tmp_path, left=left)
    (tmp_path / "ib-trackers.toml").write_text(
        (tmp_path / "ib-trackers.toml").read_text()
        + '[layout]\n[[layout.log]]\nsheet="Log"\nheader_row=1\n[[layout.log]]\nsheet="Log B"\nheader_row=1\n'
        "[layout.log.columns]\nEntry='entry'\nWho='who'\nState='state'\n",
        encoding="utf-8",
    )
    whole = "[layout.log.columns]\nEntry='entry'\nWho='who'\nHours='hours'\nDay='day'\nState='state'\n"
    text = (tmp_path / "ib-trackers.toml").read_text()
    first = 'sheet="Log"\nheader_row=1\n'
    (tmp_path / "ib-trackers.toml").write_text(text.replace(first, first + whole, 1), encoding="utf-8")
    d.run()
    row = [r[0] for r in d.rows("gsheet:a", "Log")].index("3") + 2
    d.put("gsheet:a", "Log", row, 3, 8)
    for _ in range(3):
        assert d.run().conflicts == []
        assert d.rows("gsheet:a", "Log")[row - 2][2] == 8
    assert not d.run()


def test_another_spreadsheet_under_a_links_name_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    d = pair(tmp_path)
    d.run()
    d.books["gsheet:b"] = MemoryBook({"Log": d.books["gsheet:a"].read(["Log"])["Log"].values})
    d.put("gsheet:b", "Log", 2, 3, 5)
    d.link([ALL.replace("gsheet:a", "gsheet:b")])
    for dry_run in (True, False):
        assert "was synced with" in d.run(dry_run=dry_run).stopped["all"][0]
    assert [c.column_name for c in d.run(force=True).conflicts] == ["Hours"]
    assert d.rows("excel:left", "Log")[0][2] == 2
    assert d.run().stopped == {}


def test_two_links_may_not_share_one_sheet(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match="share one sheet"):
        pair(tmp_path, ALL, ALL.replace('"all"', '"two"')).run()


def test_one_sheet_that_is_gone_does_not_keep_the_others(tmp_path: Path) -> None:
    d = pair(tmp_path, ALL, 'name="b"\ntarget="gsheet:b"\ntracker="log"')
    d.books["gsheet:b"] = MemoryBook({"Other": []})
    done = d.run()
    assert ("there is no sheet" in done.stopped["b"][0], done.written) == (True, True)
    assert d.rows("gsheet:a", "Log") == d.rows("excel:left", "Log")


def test_a_workbook_that_is_open_elsewhere_is_not_begun(tmp_path: Path) -> None:
    people = Files(tmp_path / "s", [TEAM], ["Team.xlsx"])
    people.sync()
    people.edit("left", 0, "Hours")
    before = people.snapshot()
    (people.folder / "~$School.xlsx").write_bytes(b"\x03Ito")
    with pytest.raises(BookInUse, match="open in Excel by Ito"):
        people.sync()
    assert people.snapshot() == before
    assert people.sync(dry_run=True).plans["all"]


def test_a_workbook_saved_between_reading_and_writing_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = Files(tmp_path / "s", [TEAM], ["Team.xlsx"])
    people.sync()
    people.insert("left", 3, "s1")
    people.edit("Team.xlsx", 0, "Hours")
    record, times = State.record, []

    def recorded(self: State, *given: Any) -> None:
        record(self, *given)
        if not times:
            times.append(1)
            people.sort("left", "Hours", True)  # after the ids were written, before the values are

    monkeypatch.setattr(State, "record", recorded)
    people.sync()
    assert people.table("left") == people.table("Team.xlsx")
    assert all(row["Hours"].startswith(f"{mark}.") for mark, row in people.table("left").items())


def test_an_open_workbook_is_looked_at_once_more_before_it_is_written() -> None:
    inner = MemoryBook({"A": [[1], [2]]})
    book = WatchedBook(inner)
    book.read(["A"])
    inner.apply(Edits(cells={("A", 1, 1): True}))
    with pytest.raises(BookChanged):
        book.apply(Edits(cells={("A", 2, 1): 5}))
    assert inner.read(["A"])["A"].values == [[True], [2]]


class Open(MemoryBook):
    """A workbook open in front of a person."""

    saves = 0

    def save(self) -> None:
        self.saves += 1


def test_an_open_workbook_is_saved_before_the_sync_is_remembered(tmp_path: Path) -> None:
    d = pair(tmp_path)
    d.books["excel:left"] = school = Open({"People": [["Code", ID]], "Log": [list(row) for row in LOG]})
    school.name, school.folder = "School.xlsx", tmp_path
    d.run()
    assert school.saves == 1
    school.save = lambda: 1 / 0  # type: ignore[method-assign,assignment,return-value]
    d.put("gsheet:a", "Log", 2, 3, 9)
    with pytest.raises(ZeroDivisionError):
        d.run()
    with State(tmp_path / ".ib-trackers") as state:
        assert [row["hours"] for row in state.base("all").values()] == [2, 3]


@pytest.mark.parametrize(
    "name",
    [
        "School-DESKTOP-7AB1.xlsx",
        "School (Ito's conflicted copy 2026-11-22).xlsx",
        "School (conflicted copy).xlsx",
        "School.sync-conflict-20261122-023000-ABC.xlsx",
        "School-Itos-MacBook-Pro.xlsx",
    ],
)
def test_a_copy_that_a_cloud_folder_made_is_recognised_and_told(tmp_path: Path, name: str) -> None:
    people = Files(tmp_path / "s", [TEAM], ["Team.xlsx"])
    for other in (name, "School-2027.xlsx", "School-M27.xlsx", "School (1).xlsx", "Old School (conflicted copy).xlsx"):
        (people.folder / other).touch()
    assert conflict_copies(people.books["left"]) == [name]
    assert name in people.sync().remarks[0]


def test_a_lock_of_another_computer_is_taken_over_only_when_told(tmp_path: Path) -> None:
    people = People(tmp_path / "s", [ALL], ["gsheet:a"])
    people.sync()
    people.edit("left", 0, "Hours")
    with State(people.folder / ".ib-trackers") as state:
        state.db.execute('INSERT INTO lock VALUES (\'{"host": "elsewhere", "pid": 1, "began": ""}\')')
    with pytest.raises(Busy, match="--break-lock"):
        people.sync()
    assert people.sync(break_lock=True).written


def test_a_sync_that_was_overtaken_by_another_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = People(tmp_path / "s", [ALL], ["gsheet:a"])
    people.sync()
    people.edit("left", 0, "Hours")
    lock, inner = State.lock, []

    def overtaken(self: State, **given: Any) -> Any:
        if not inner:
            inner.append(1)
            people.sync()
            people.edit("gsheet:a", 1, "State")
        return lock(self, **given)

    monkeypatch.setattr(State, "lock", overtaken)
    people.sync()
    assert people.table("left") == people.table("gsheet:a")


def test_a_date_in_a_persons_own_column_comes_back_from_google_as_a_date(tmp_path: Path) -> None:
    with google_school(tmp_path) as school:
        people = Shared(tmp_path / "s", ['name="all"\ntarget="{target}"\ntracker="log"'], school)
        people.books["left"]._cells[SHEET] = [
            [*HEAD, "Seen"],
            *([*row, date(2026, 3, 1 + n)] for n, row in enumerate(people.lines("left")[1:])),
        ]
        people.put(people.target, [[*HEAD, "Seen"]])
        people.sync()
        again = people.sync()
        assert (bool(again), again.conflicts) == (False, [])
        assert all(type(row["Seen"]) is date for row in people.table("left").values())


def test_an_undo_stands_in_the_history_and_one_that_broke_is_carried_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = Files(tmp_path / "s", [TEAM], ["Team.xlsx"])
    people.sync()
    people.edit("left", 0, "Hours")
    people.edit("Team.xlsx", 1, "State")
    before = people.snapshot()
    people.sync()
    from addin.backends.xlsx import XlsxBook

    apply = XlsxBook.apply

    def broken(self: XlsxBook, edits: Edits) -> None:
        if self.path.name == "School.xlsx" and edits:
            raise KeyboardInterrupt
        apply(self, edits)

    target = str(people.books["left"])
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(XlsxBook, "apply", broken)
        undo(target)
    assert people.sync().stopped  # half an undo is nobody's edit
    undo(target)
    assert people.snapshot() == before
    assert not undo(target).changed
    assert people.snapshot() == before
    assert {entry.run for entry in history(target)} >= {2, 3}


def test_all_google_spreadsheets_share_one_sign_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with google_school(tmp_path) as school:
        signed = []

        class Signed:
            http_client = school.client()

        monkeypatch.setattr("addin.google.sign_in.sign_in", lambda: signed.append(1) or Signed)
        open_ = opener()
        for _ in range(3):
            open_("gsheet:abc")
        assert signed == [1]
