"""Whole syncs over books: what a coordinator and teachers see, on the sheets themselves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desks import ID, Desk
from xlsx_books import build

from addin.actions.sync import quiet
from addin.actions.sync.run import sync
from addin.actions.sync.undo import undo
from addin.core.book import Edits, Value
from addin.errors import Problem, SettingsProblem
from addin.workspace.state import opening

PEOPLE: list[list[Value]] = [
    ["Code", "Name", "Adviser", ID],
    ["s1", "Ito", "Kim"],
    ["s2", "Bo", "Kim"],
    ["s3", "Al", "Lee"],
]
HEAD: list[Value] = ["Entry", "Who", "Hours", "Day", "State", ID]
LOG: list[list[Value]] = [
    HEAD, ["1", "s1", 2, date(2026, 9, 1), "open"], ["2", "s2", 3, None, "open"], ["3", "s3", 1, None, "done"],
]  # fmt: skip
ALL = 'name="all"\ntarget="gsheet:a"\ntracker="log"'
KIM = 'name="Kim"\ntarget="gsheet:kim"\ntracker="log"\nonly={"who.adviser"="Kim"}'
LEE = 'name="Lee"\ntarget="gsheet:lee"\ntracker="log"\nonly={"who.adviser"="Lee"}'


def desk(folder: Path, *links: str, head: list[Value] = HEAD) -> Desk:
    targets = [t for t in ("gsheet:a", "gsheet:kim", "gsheet:lee") if any(t in link for link in links)]
    left = {"People": [list(row) for row in PEOPLE], "Log": [list(row) for row in LOG]}
    return Desk(folder, left, {t: {"Log": [list(head)]} for t in targets}, links)


def entries(d: Desk, target: str) -> list[Value]:
    return [row[0] for row in d.rows(target, "Log")]


def test_the_first_sync_fills_the_shared_sheet_and_the_second_does_nothing(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL)
    assert d.run().written
    assert d.rows("gsheet:a", "Log") == d.rows("excel:left", "Log")
    applied = [book.applied for book in d.books.values()]
    again = d.run()
    assert (again.written, bool(again)) == (False, False)
    assert [book.applied for book in d.books.values()] == applied


def test_edits_of_both_sides_meet_cell_by_cell_in_one_row(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    d.put("gsheet:a", "Log", 2, 3, 9)
    d.put("excel:left", "Log", 2, 5, "checked")
    d.run()
    assert d.rows("excel:left", "Log")[0] == ["1", "s1", 9, date(2026, 9, 1), "checked"]
    assert d.rows("gsheet:a", "Log") == d.rows("excel:left", "Log")


def test_a_row_typed_by_a_teacher_gets_an_id_and_comes_once(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    d.books["gsheet:a"].apply(Edits(rows={"Log": [{1: "4", 2: "s1", 3: 5}]}))
    for _ in range(3):
        d.run()
    assert entries(d, "excel:left") == ["1", "2", "3", "4"] == entries(d, "gsheet:a")


def test_sorting_moving_and_inserting_put_no_value_on_another_row(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    book = d.books["gsheet:a"]
    lines = book.read(["Log"])["Log"].values
    moved = [lines[0], lines[3], lines[1], lines[2]]
    book.apply(
        Edits(
            cells={
                ("Log", r, c): moved[r - 1][c - 1] if c <= len(moved[r - 1]) else None
                for r in range(2, 5)
                for c in range(1, 7)
            }
        )
    )
    d.put("gsheet:a", "Log", 2, 3, 77)
    d.run()
    assert {row[0]: row[2] for row in d.rows("excel:left", "Log")} == {"1": 2, "2": 3, "3": 77}


def test_a_conflict_stays_on_both_sides_until_it_is_decided_on_the_sheet(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    d.put("gsheet:a", "Log", 2, 3, 8)
    d.put("excel:left", "Log", 2, 3, 7)
    for _ in range(2):
        done = d.run()
        assert [c.column_name for c in done.conflicts] == ["Hours"]
        assert (d.rows("excel:left", "Log")[0][2], d.rows("gsheet:a", "Log")[0][2]) == (7, 8)
    line = d.left.read(["Conflicts"])["Conflicts"].values[1]
    assert line[:6] == ["all", "1", "Hours", 2, 7, 8]
    d.put("excel:left", "Conflicts", 2, 7, "theirs")
    assert d.run().conflicts == []
    assert d.rows("excel:left", "Log")[0][2] == 8
    assert len(d.left.read(["Conflicts"])["Conflicts"].values) == 1


@pytest.mark.parametrize(("decision", "another", "value"), [("mine", None, 7), (" Theirs ", None, 8), (None, 9, 9)])
def test_a_decision_is_mine_theirs_or_a_value(tmp_path: Path, decision: Value, another: Value, value: Value) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    d.put("gsheet:a", "Log", 2, 3, 8)
    d.put("excel:left", "Log", 2, 3, 7)
    d.run()
    d.put("excel:left", "Conflicts", 2, 7, decision)
    d.put("excel:left", "Conflicts", 2, 8, another)
    d.run()
    assert d.rows("excel:left", "Log")[0][2] == value == d.rows("gsheet:a", "Log")[0][2]


@pytest.mark.parametrize(
    ("decision", "another", "says"),
    [("Theirs please", None, "neither mine nor theirs"), ("mine", 9, "both"), (9, None, "neither")],
)
def test_what_is_no_decision_is_not_taken_as_a_value_but_asked_about_again(
    tmp_path: Path, decision: Value, another: Value, says: str
) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    d.put("gsheet:a", "Log", 2, 3, 8)
    d.put("excel:left", "Log", 2, 3, 7)
    d.run()
    d.put("excel:left", "Conflicts", 2, 7, decision)
    d.put("excel:left", "Conflicts", 2, 8, another)
    for _ in range(2):
        done = d.run()
        assert len(done.conflicts) == 1
        assert says in done.remarks[0]
        assert "row 2" in done.remarks[0]
        assert (d.rows("excel:left", "Log")[0][2], d.rows("gsheet:a", "Log")[0][2]) == (7, 8)
        assert d.left.read(["Conflicts"])["Conflicts"].value(2, 7) == decision


def test_a_decision_about_values_that_have_changed_since_is_not_carried_out(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    d.put("gsheet:a", "Log", 2, 3, 8)
    d.put("excel:left", "Log", 2, 3, 7)
    d.run()
    d.put("excel:left", "Conflicts", 2, 7, "mine")
    d.put("gsheet:a", "Log", 2, 3, 80)
    for _ in range(2):
        assert len(d.run().conflicts) == 1
        assert d.rows("gsheet:a", "Log")[0][2] == 80


def test_each_adviser_sees_only_their_own_and_a_student_who_moves_goes_along_without_loss(tmp_path: Path) -> None:
    d = desk(tmp_path, KIM, LEE)
    d.run()
    assert (entries(d, "gsheet:kim"), entries(d, "gsheet:lee")) == (["1", "2"], ["3"])
    d.put("gsheet:kim", "Log", 2, 3, 20)
    d.put("excel:left", "People", 2, 3, "Lee")
    for _ in range(2):
        d.run()
    assert (entries(d, "gsheet:kim"), sorted(map(str, entries(d, "gsheet:lee")))) == (["2"], ["1", "3"])
    assert d.rows("excel:left", "Log")[0][2] == 20
    assert d.rows("gsheet:lee", "Log")[1][2] == 20
    assert not d.run()


def test_what_one_link_brings_the_others_get_in_the_same_run(tmp_path: Path) -> None:
    d = desk(tmp_path, KIM, ALL)
    d.run()
    d.put("gsheet:kim", "Log", 2, 3, 11)
    d.books["gsheet:a"].apply(Edits(rows={"Log": [{1: "9", 2: "s1", 3: 1}]}))
    d.run()
    assert d.rows("gsheet:a", "Log")[0][2] == 11
    d.run()
    assert "9" in entries(d, "gsheet:kim")
    assert not d.run()


def test_publish_only_puts_back_and_collect_only_takes(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL + '\ndirection="publish"')
    d.run()
    d.put("gsheet:a", "Log", 2, 3, 99)
    done = d.run()
    assert d.rows("gsheet:a", "Log")[0][2] == 2 == d.rows("excel:left", "Log")[0][2]
    assert [refused.value for refused in done.plans["all"].refused] == [99]


def test_strict_takes_from_teachers_only_what_is_theirs_to_fill(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL + "\nstrict=true")
    d.run()
    d.put("gsheet:a", "Log", 2, 3, 12)
    d.put("gsheet:a", "Log", 2, 5, "approved by me")
    d.run()
    assert d.rows("excel:left", "Log")[0][2:] == [12, date(2026, 9, 1), "open"]
    assert d.rows("gsheet:a", "Log")[0][4] == "open"


def test_private_columns_stay_at_home_unless_the_link_shares_them(tmp_path: Path) -> None:
    head: list[Value] = ["Code", "Name", "Adviser", ID]
    link = 'name="p"\ntarget="gsheet:p"\ntracker="people"'
    left = {"People": [list(row) for row in PEOPLE], "Log": [list(row) for row in LOG]}
    d = Desk(tmp_path, left, {"gsheet:p": {"People": [list(head)]}}, [link])
    d.run()
    assert [row[1] for row in d.rows("gsheet:p", "People")] == [None, None, None]
    assert [row[1] for row in d.rows("excel:left", "People")] == ["Ito", "Bo", "Al"]


def emptied(d: Desk) -> None:
    d.books["gsheet:a"].apply(Edits(drops={"Log": [2, 3, 4]}))


def cut(d: Desk) -> None:
    d.books["gsheet:a"].apply(Edits(drops={"Log": [3, 4]}))


@pytest.mark.parametrize(
    ("harm", "says"),
    [(emptied, "has no rows any more"), (cut, "rows are missing")],
)
def test_a_disaster_stops_before_any_write_and_stays_stopped(tmp_path: Path, harm: object, says: str) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    harm(d)  # type: ignore[operator]
    d.put("excel:left", "Log", 2, 5, "changed")
    applied = [book.applied for book in d.books.values()]
    for _ in range(2):
        done = d.run()
        assert says in " ".join(done.stopped["all"])
        assert [book.applied for book in d.books.values()] == applied


def test_accept_goes_on_with_just_what_was_shown(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    cut(d)
    d.run()
    done = d.run(force=True)
    assert (done.stopped, entries(d, "excel:left")) == ({}, ["1"])


def test_a_dry_run_shows_the_plan_and_writes_nothing(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    d.put("gsheet:a", "Log", 2, 3, 8)
    applied = [book.applied for book in d.books.values()]
    done = d.run(dry_run=True)
    assert list(done.plans["all"].to_left.cells.values()) == [8]
    assert [book.applied for book in d.books.values()] == applied
    assert d.run().written


def test_undo_restores_both_sides_cell_for_cell_and_stands_still(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL)
    d.run()
    before = [d.rows(t, "Log") for t in d.books]
    d.put("gsheet:a", "Log", 2, 3, 8)
    d.put("excel:left", "Log", 3, 5, "x")
    mine, theirs = d.rows("excel:left", "Log"), d.rows("gsheet:a", "Log")
    d.run()
    done = undo("excel:left", open_=d.books.__getitem__)
    assert done.put_back == 2
    assert (d.rows("excel:left", "Log"), d.rows("gsheet:a", "Log")) == (mine, theirs)
    assert before != [mine, theirs]
    assert "undone" in d.run().stopped["all"][0]


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ('tracker="log"', "target is missing"),
        ('target="gsheet:a"\ntracker="logg"', "there is no tracker 'logg'"),
        (ALL + '\ndirecton="both"', "Did you mean direction?"),
        (ALL + '\ndirection="up"', "'up' is not a direction"),
        (ALL + '\nonly={"whom.adviser"="Kim"}', "log has no column 'whom'"),
        (ALL + '\nonly={"who.advisor"="Kim"}', "'who.advisor' leads nowhere"),
    ],
)
def test_a_mistake_in_a_link_is_named(tmp_path: Path, link: str, says: str) -> None:
    with pytest.raises(SettingsProblem, match=r"link") as caught:
        desk(tmp_path, link, ALL.replace('"all"', '"other"')).run()
    assert says in str(caught.value)


def test_a_shared_sheet_whose_headers_are_gone_is_not_touched(tmp_path: Path) -> None:
    d = desk(tmp_path, ALL, head=["Something", "Else"])
    with pytest.raises(Problem, match="the headers of Log are missing"):
        d.run()
    assert d.books["gsheet:a"].applied == 0


def test_links_to_files_are_synced_without_looking_for_versions_at_google(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only spreadsheets have versions to ask for; before that is known, the trackers need not be read twice."""
    monkeypatch.setattr(quiet, "heads", lambda folder: pytest.fail("read the trackers to no purpose"))
    build(tmp_path / "School.xlsx", {"People": PEOPLE, "Log": LOG}, {})
    build(tmp_path / "shared.xlsx", {"Log": [HEAD]}, {})
    Desk(tmp_path, {}, {}, [ALL.replace("gsheet:a", "shared.xlsx")])
    assert sync(str(tmp_path / "School.xlsx")).written
    assert not sync(str(tmp_path / "School.xlsx")).written


def test_the_memory_is_read_whole_once_in_a_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its journal may have 20 MB."""
    d = desk(tmp_path, ALL)
    d.run()
    checked: list[Path] = []
    check = opening.check_whole
    monkeypatch.setattr(opening, "check_whole", lambda db, path: checked.append(path) or check(db, path))
    d.put("gsheet:a", "Log", 2, 3, 9)
    assert d.run().written
    assert len(checked) == 1
