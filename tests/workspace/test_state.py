"""The sync memory: exact, whole after a crash, never silently empty, and able to put every value back."""

from __future__ import annotations

import errno
import json
import os
import socket
import sqlite3
import stat
import subprocess
import sys
import zlib
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sync_worlds import VALUES, World, random_world

from addin.core.book import CellError
from addin.core.sync import Conflict, Reason, apply, plan
from addin.errors import Problem
from addin.workspace.state import Busy, Entry, Memory, State, StateDamaged, entries, put_back
from addin.workspace.state.packing import pack_table, unpack_table

ROW = {"name": "Zoë Ångström", "code": "000123", "hours": 7, "due": date(2026, 5, 1), "ok": True, "note": None}


def memory(table, **more):
    return Memory(table, **more)


def kinds(table):
    return {row: {column: (type(value), value) for column, value in cells.items()} for row, cells in table.items()}


def synced(state: State, link: str, world: World) -> World:
    """One whole sync of two plain tables, as actions.sync does it."""
    made = plan(state.base(link), world.left, world.right)
    run = state.begin()
    state.record(run, entries(link, made, world.left, world.right))
    state.finish(run, {link: Memory(made.base, made.conflicts)})
    return World(made.base, apply(world.left, made.to_left), apply(world.right, made.to_right))


# ── values ──


def test_every_kind_of_value_comes_back_exactly(tmp_path):
    values = [
        *VALUES,
        10**30,
        0.1 + 0.2,
        -0.0,
        5e-324,
        datetime(2026, 3, 1, 8, 30, 0, 1),
        time(0),
        time(23, 59, 59, 999999),
        timedelta(days=-3, microseconds=1),
        "\ud800",
        "\x00",
        "a\nb",
        "🦄",
        CellError("#DIV/0!"),
    ]
    table = {f"r{i}": {"x": value, "y": i} for i, value in enumerate(values)}
    with State(tmp_path) as state:
        state.finish(state.begin(), {"cas": memory(table)})
    with State(tmp_path) as state:
        assert kinds(state.base("cas")) == kinds(table)
        assert list(state.base("cas")) == list(table)


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text().map(CellError),
)


@given(st.dictionaries(st.text(), st.dictionaries(st.text(max_size=3), cells, max_size=4), max_size=6))
@settings(
    max_examples=300, deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
def test_any_table_comes_back_with_its_types_its_order_and_its_missing_cells(table):
    back = unpack_table(pack_table(table))
    assert kinds(back) == kinds(table)
    assert [(row, list(cells)) for row, cells in back.items()] == [(row, list(cells)) for row, cells in table.items()]


# ── where it is kept ──


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_the_owner_may_read_it(tmp_path):
    folder = tmp_path / ".ib-trackers"
    with State(folder) as state:
        state.finish(state.begin(), {"cas": memory({"a": ROW})})
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for file in folder.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_where_nobody_may_write_it_is_read(tmp_path, monkeypatch):
    with State(tmp_path) as state:
        run = state.begin()
        state.finish(run, {"cas": memory({"a": ROW})})
    before = (tmp_path / "state.sqlite").read_bytes()

    def refused(path, flags, *mode, real=os.open, **more):
        if flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return real(path, flags, *mode, **more)

    monkeypatch.setattr(os, "open", refused)
    with State(tmp_path) as state:
        assert state.base("cas") == {"a": ROW}
        with pytest.raises(Problem, match="could not be read or written"):
            state.begin()
    assert (tmp_path / "state.sqlite").read_bytes() == before
    with pytest.raises(Problem, match="cannot be kept here"):
        State(tmp_path / "other")


def test_a_workbooks_folder_that_was_moved_away_does_not_come_back(tmp_path):
    with pytest.raises(Problem, match="cannot be kept here"):
        State(tmp_path / "moved" / ".ib-trackers")
    assert not (tmp_path / "moved").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be kept here"):
        State(tmp_path / "file" / "folder")


# ── damage ──


def spoil_header(path):
    path.write_bytes(b"not a database at all" + path.read_bytes()[21:])


def cut_off(path):
    path.write_bytes(path.read_bytes()[:5000])


def spoil_middle(path):
    data = bytearray(path.read_bytes())
    for place in range(4096, len(data), 512):
        data[place : place + 200] = b"\xff" * 200
    path.write_bytes(bytes(data))


def empty_blob(path):
    change(path, "UPDATE bases SET base = x'00'")


def wrong_json(path):
    change(path, "UPDATE bases SET base = 'text'")


def newer_version(path):
    change(path, "PRAGMA user_version = 99")


def lost_table(path):
    change(path, "DROP TABLE bases")


def change(path, sql):
    db = sqlite3.connect(path)
    db.execute(sql)
    db.commit()
    db.close()


@pytest.mark.parametrize(
    "spoil", [spoil_header, cut_off, spoil_middle, empty_blob, wrong_json, newer_version, lost_table]
)
def test_a_damaged_memory_is_a_problem_and_never_an_empty_base(tmp_path, spoil):
    with State(tmp_path) as state:
        state.finish(state.begin(), {"cas": memory({f"r{i}": ROW for i in range(2000)})})
    spoil(tmp_path / "state.sqlite")
    with pytest.raises(StateDamaged, match="both sides count as new") as caught, State(tmp_path) as state:
        state.base("cas")
    assert str(tmp_path) in caught.value.where


def test_before_the_first_sync_the_base_is_empty_and_says_so(tmp_path):
    with State(tmp_path) as state:
        assert state.base("cas") == {}
        assert not state.known("cas")
        state.finish(state.begin(), {"cas": memory({})})
        assert state.known("cas")


# ── crashes ──


def crash(folder: Path, code: str) -> None:
    """Run this in a process of its own that ends in the middle, without any tidying."""
    program = (
        "import os\nfrom pathlib import Path\nfrom addin.workspace.state import *\n"
        f"state = State(Path({str(folder)!r}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program + code + "\nos._exit(9)"], timeout=60, capture_output=True)
    assert done.returncode == 9, done.stderr.decode()


def test_killed_after_the_journal_the_base_is_the_old_one_and_the_journal_is_there(tmp_path):
    with State(tmp_path) as state:
        state.finish(state.begin(), {"cas": memory({"a": {"x": 1}})})
    crash(tmp_path, "state.record(state.begin(), [Entry('cas', 'left', 'a', 'x', 1, 2)])")
    with State(tmp_path) as state:
        assert state.base("cas") == {"a": {"x": 1}}
        assert [(e.old, e.new) for e in state.history()] == [(1, 2)]
        assert [run.outcome for run in state.runs()] == ["open", "done"]


def test_killed_in_the_middle_of_finishing_nothing_of_it_has_happened(tmp_path):
    with State(tmp_path) as state:
        state.finish(state.begin(), {"cas": memory({"a": {"x": 1}}), "pd": memory({"b": {"x": 1}})})
    crash(
        tmp_path,
        "state.rotate = lambda db: os._exit(9)\n"
        "state.finish(state.begin(), {'cas': Memory({'a': {'x': 2}}), 'pd': Memory({'b': {'x': 2}})})",
    )
    with State(tmp_path) as state:
        assert (state.base("cas"), state.base("pd")) == ({"a": {"x": 1}}, {"b": {"x": 1}})


# ── the lock ──


def test_a_second_run_gives_way(tmp_path):
    with State(tmp_path) as one, State(tmp_path) as other, one.lock():
        code = (
            "from pathlib import Path\nfrom addin.workspace.state import *\n"
            f"with State(Path({str(tmp_path)!r})).lock(): pass"
        )
        done = subprocess.run([sys.executable, "-c", code], timeout=60, capture_output=True, text=True)
        assert "Another sync of this workbook is running" in done.stderr
        assert f"process {os.getpid()}" in done.stderr
        with pytest.raises(Busy), other.lock():
            pass
    with State(tmp_path) as state, state.lock():
        pass


def test_a_lock_left_by_a_killed_run_is_taken_over(tmp_path):
    crash(tmp_path, "state.lock().__enter__()")
    with State(tmp_path) as state, state.lock():
        assert state.db.execute("SELECT count(*) FROM lock").fetchone() == (1,)


def test_a_process_number_that_was_given_out_again_is_not_the_holder(tmp_path):
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system does not say when a process began")
    with State(tmp_path) as state:
        holder = {"host": socket.gethostname(), "pid": os.getpid(), "began": "1"}
        state.db.execute("INSERT INTO lock VALUES (?)", (json.dumps(holder),))
        with state.lock():
            pass


def test_a_lock_of_another_computer_is_respected_until_it_is_taken_by_force(tmp_path):
    with State(tmp_path) as state:
        holder = {"host": "office-pc", "pid": 1, "began": ""}
        state.db.execute("INSERT INTO lock VALUES (?)", (json.dumps(holder),))
        with pytest.raises(Busy, match="office-pc"), state.lock():
            pass
        with state.lock(force=True):
            pass


def test_a_run_that_fails_lets_go_of_the_lock(tmp_path):
    with State(tmp_path) as state:
        with pytest.raises(ZeroDivisionError), state.lock():
            raise ZeroDivisionError
        with state.lock():
            pass


# ── journal, history, undo ──


def test_history_finds_by_run_row_and_cell(tmp_path):
    with State(tmp_path, now=lambda: "2026-11-22T08:00:00+00:00") as state:
        first, second = state.begin("nightly"), state.begin()
        state.record(first, [Entry("cas", "left", "a", "x", 1, 2), Entry("cas", "right", "a", "y", None, "t")])
        state.record(second, [Entry("pd", "left", "b", None, ROW, None)])
        assert [e.link for e in state.history()] == ["pd", "cas", "cas"]
        assert [e.column for e in state.history(run=first)] == ["y", "x"]
        assert [e.old for e in state.history(row="b")] == [ROW]
        assert [(e.old, e.new, e.at) for e in state.history(row="a", column="x")] == [
            (1, 2, "2026-11-22T08:00:00+00:00")
        ]
        assert len(state.history(limit=1)) == 1


@pytest.mark.parametrize("seed", range(30))
def test_undo_of_the_last_run_restores_both_sides_cell_for_cell_and_the_memory(tmp_path, seed):
    before = random_world(Random(seed))
    with State(tmp_path) as state:
        state.finish(state.begin(), {"cas": memory(before.base)})
        after = synced(state, "cas", before)
        now = {("cas", "left"): after.left, ("cas", "right"): after.right}
        run = state.runs()[0].run
        undo = put_back(state.history(run=run), {**now})
        assert not undo.changed
        for side, was in (("left", before.left), ("right", before.right)):
            changes = undo.changes.get(("cas", side))
            back = apply(now["cas", side], changes) if changes else now["cas", side]
            assert blankless(back) == blankless(was)
        state.undone(run)
        assert kinds(state.base("cas")) == kinds(before.base)
        assert state.stop_or_go("cas", []).reasons == [Reason("undone", "left")]


def blankless(table):
    return {row: {c: (type(v), v) for c, v in cells.items() if v is not None} for row, cells in table.items()}


def test_undo_leaves_alone_what_somebody_has_changed_since():
    journal = [
        Entry("cas", "left", "a", "x", 1, 2),
        Entry("cas", "left", "b", "x", 5, 6),
        Entry("cas", "left", "c", None, ROW, None),
    ]
    now = {("cas", "left"): {"a": {"x": 2}, "b": {"x": "changed"}, "c": {"x": "there again"}}}
    undo = put_back(journal, now)
    assert undo.changes["cas", "left"].cells == {("a", "x"): 1}
    assert undo.changed == journal[1:]


def test_undo_over_several_runs_comes_to_the_oldest_value():
    journal = [Entry("cas", "left", "a", "x", 1, 2, run=1), Entry("cas", "left", "a", "x", 2, 3, run=2)]
    undo = put_back(journal, {("cas", "left"): {"a": {"x": 3}}})
    assert undo.changes["cas", "left"].cells == {("a", "x"): 1}


def test_undo_of_the_very_first_sync_forgets_the_link(tmp_path):
    with State(tmp_path) as state:
        run = state.begin()
        state.finish(run, {"cas": memory({"a": ROW})})
        state.undone(run)
        assert not state.known("cas")


def test_the_journal_forgets_the_oldest_runs_first_and_never_the_last(tmp_path):
    with State(tmp_path, journal_limit=2000) as state:
        for i in range(10):
            run = state.begin()
            state.record(run, [Entry("cas", "left", "a", "x", i, "long " * 150)])
            state.finish(run, {})
        assert [entry.old for entry in state.history()] == [9, 8]
        run = state.begin()
        state.record(run, [Entry("cas", "left", "a", "x", "big", "long " * 5000)])
        state.finish(run, {})
        assert [entry.old for entry in state.history()] == ["big"]


# ── conflicts and stops ──


def test_conflicts_stay_as_they_were_shown_with_the_run_that_saw_them_first(tmp_path):
    cell, row = Conflict("a", "x", 1, date(2026, 1, 1), "2"), Conflict("b", None, ROW, ROW, None)
    with State(tmp_path) as state:
        state.finish(state.begin(), {"cas": memory({}, conflicts=[cell])})
        state.finish(state.begin(), {"cas": memory({}, conflicts=[cell, row], book="key-1")})
        assert state.conflicts("cas") == [cell, row]
        assert state.book("cas") == "key-1"
        assert [n for (n,) in state.db.execute("SELECT since FROM conflicts ORDER BY rowid")] == [1, 2]
        state.finish(state.begin(), {"cas": memory({})})
        assert state.conflicts("cas") == []


def test_a_stopped_link_stays_stopped_until_a_person_accepts_just_these_reasons(tmp_path):
    few, more = Reason("deleted", "right", 30, 100), Reason("deleted", "right", 90, 100)
    columns = Reason("columns", "left", 1, 5, ("hours",))
    with State(tmp_path) as state:
        assert state.stop_or_go("cas", []) is None
        assert state.stop_or_go("cas", [few, columns]).reasons == [few, columns]
        assert state.stop_or_go("cas", [columns]).reasons == [columns], "what is put right is no reason any more"
        assert state.stop_or_go("cas", []) is None
        assert state.stopped("cas") is None
        assert state.stop_or_go("cas", [few, columns]).reasons == [few, columns]
        state.accept("cas")
        assert state.stop_or_go("cas", [few]) is None
        assert state.stop_or_go("cas", [more]).reasons == [more], "worse than what was accepted"
        state.accept("cas")
        state.finish(state.begin(), {"cas": memory({})})
        assert state.stopped("cas") is None
        assert state.accept("cas") is None


def test_links_are_kept_apart(tmp_path):
    with State(tmp_path) as state:
        state.finish(state.begin(), {"cas": memory({"a": {"x": 1}}), "pd": memory({"a": {"x": 2}})})
        state.stop_or_go("cas", [Reason("empty", "left", 1, 1)])
        assert state.stopped("pd") is None
        assert (state.base("cas"), state.base("pd")) == ({"a": {"x": 1}}, {"a": {"x": 2}})


CONTENTS = [
    "", "null", "[]", "{}", '{"a": 1}', "[1, 2]", '"x"', '{"date": "x"}', '{"date": [1]}', '{"length": 1e400}',
    '[{"kind": "unknown", "side": "left", "count": 0, "of": 0, "columns": []}]', '{"host": 1}',
    '{"groups": [{"columns": ["a"], "rows": ["r"], "cells": [{"plain": [[1]]}]}], "order": null}', "[" * 3000,
]  # fmt: skip
PLACES = [("bases", "base"), ("conflicts", "base"), ("journal", "old"), ("stops", "reasons"), ("lock", "holder")]


@pytest.mark.parametrize("content", CONTENTS, ids=range(len(CONTENTS)))
@pytest.mark.parametrize(("table", "column"), PLACES)
def test_whatever_a_damaged_memory_holds_is_read_or_one_sentence(tmp_path, table, column, content):
    with State(tmp_path) as state:
        run = state.begin("sync")
        state.record(run, [Entry("a", "left", "b2", "x", 1, 2)])
        state.finish(run, {"a": memory({"b2": {"x": 1}}, conflicts=[Conflict("b2", "x", 1, 2, 3)])})
        state.stop_or_go("a", [Reason("empty", "left", 1, 2)])
        state.db.execute("INSERT INTO lock VALUES ('{}')")
        packed = zlib.compress(content.encode()) if table == "bases" else content
        state.db.execute(f"UPDATE {table} SET {column} = ?", (packed,))
    with State(tmp_path) as state:
        for read in (state.base, state.conflicts, state.stopped):
            with suppress(Problem):
                read("a")
        for use in (state.history, state.give_way, state.runs):
            with suppress(Problem):
                use()


def test_bytes_that_are_no_text_in_the_file_are_one_sentence(tmp_path):
    with State(tmp_path) as state:
        state.begin("sync")
    data = (tmp_path / "state.sqlite").read_bytes()
    (tmp_path / "state.sqlite").write_bytes(data.replace(b"CREATE TABLE conflicts", b"CREATE TABLE \xe2onfli\xffts"))
    with pytest.raises(Problem, match="cannot be read"):
        State(tmp_path)


def test_the_versions_of_the_books_are_remembered_with_the_bases_or_not_at_all(tmp_path):
    with State(tmp_path) as state:
        with pytest.raises(KeyError):  # what cannot be packed
            state.finish(state.begin(), {"cas": memory({"a": {"x": object()}})}, {"workbook": ["one", "two"]})
        assert not state.is_older("workbook", "one")
        state.finish(state.begin(), {"cas": memory({"a": {"x": 1}})}, {"workbook": ["one", "two"]})
        assert (state.is_older("workbook", "one"), state.is_older("workbook", "two")) == (True, False)
        assert state.base("cas") == {"a": {"x": 1}}


def test_a_run_whose_moment_is_damaged_is_told_as_damage(tmp_path: Path) -> None:
    with State(tmp_path) as state:
        state.record(state.begin(), [Entry("cas", "left", "a", "x", 1, 2)])
        state.db.execute("UPDATE runs SET at = '2026-11-30T22:-4:30'")
        with pytest.raises(Problem, match="cannot be read"):
            state.history()
