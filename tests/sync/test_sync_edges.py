"""Parts of a sync alone: day numbers that are dates, changes that went astray, cells that are calculated."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from make import tracker

from addin.core.book import Value
from addin.core.sync.guard import guard
from addin.core.sync.hold_back import forget_covered, is_formula
from addin.core.sync.misplaced import find_astray
from addin.core.sync.model import Changes
from addin.core.sync.moments import EARLIEST, column_kinds, moment, read_moments, read_serial, serial_value
from addin.core.sync.places import placed
from addin.core.sync.side import SideRows
from addin.core.tables.layout import Layout

LOG = tracker('key = ["entry"]\n[columns.entry]\n[columns.start]\ntype = "date"\n[columns.at]\ntype = "time"')
DAY, NUMBER = date(2026, 3, 1), 46082


@pytest.mark.parametrize(
    ("value", "kind", "seen", "read"),
    [
        (NUMBER, "date", [], DAY),
        (NUMBER + 0.5, "date", [], datetime(2026, 3, 1, 12)),
        (NUMBER, "date", [NUMBER], NUMBER),
        (NUMBER, "date", [True], DAY),
        (EARLIEST, "date", [], date(1920, 1, 1)),
        (EARLIEST - 1, "date", [], EARLIEST - 1),
        (1, "date", [DAY], date(1899, 12, 31)),
        (0.5, "date", [DAY], 0.5),
        (0.5, "time", [], time(12)),
        (1, "time", [], 1),
        (0, "time", [], time(0)),
        (-0.5, "time", [], -0.5),
        (1.5, "time", [timedelta(hours=1)], timedelta(hours=36)),
        (True, "date", [], True),
        ("46082", "date", [], "46082"),
        (1e300, "date", [], 1e300),
    ],
)
def test_a_day_number_is_what_was_seen_in_its_place(value: Value, kind: str, seen: list[Value], read: Value) -> None:
    assert serial_value(value, kind, seen) == read
    assert type(serial_value(value, kind, seen)) is type(read)


def test_numbers_in_the_trackers_columns_of_dates_become_dates() -> None:
    rows = {
        "a": {"entry": 1, "start": NUMBER, "at": 0.25},
        "b": {"entry": NUMBER, "start": 2027},
        "c": {"start": NUMBER},
    }
    read_serial(rows, LOG, {"c": {"start": NUMBER}}, {})
    assert rows == {
        "a": {"entry": 1, "start": DAY, "at": time(6)},
        "b": {"entry": NUMBER, "start": 2027},
        "c": {"start": NUMBER},
    }


def test_a_persons_own_column_is_of_the_kind_that_its_cells_had() -> None:
    known = {
        "a": {"mine": DAY, "mixed": DAY, "plain": 3, "start": DAY, "long": timedelta(hours=1)},
        "b": {"mine": None, "mixed": 7, "plain": 4, "long": "text"},
    }
    typed = {"start", "at"}
    assert column_kinds(known.values(), typed) == {"mine": "date", "mixed": None, "long": "length"}
    rows = {
        "a": {"mine": NUMBER, "mixed": NUMBER, "plain": NUMBER, "start": NUMBER, "long": 1.5},
        "b": {"mixed": NUMBER, "mine": True},
        "new": {"mine": NUMBER, "mixed": NUMBER},
    }
    read_moments(rows, LOG, known)
    assert rows == {
        "a": {"mine": DAY, "mixed": DAY, "plain": NUMBER, "start": NUMBER, "long": timedelta(hours=36)},
        "b": {"mixed": NUMBER, "mine": True},
        "new": {"mine": DAY, "mixed": NUMBER},
    }


def test_a_number_that_can_be_no_date_stays() -> None:
    assert (moment(0.99, "date"), moment(1, "date"), moment(1e300, "length")) == (0.99, date(1899, 12, 31), 1e300)


def side(**rows: dict[str, Value]) -> SideRows:
    layout = Layout("Log", 1, {"entry": 1, "start": 2})
    at = {row_id: ("Log", number) for number, row_id in enumerate(rows, 2)}
    return SideRows(
        LOG, {"Log": layout}, rows, at, formulas={("Log", 2, 2): "A2+1"}, covered=frozenset([("Log", 3, 2)])
    )


def test_a_change_is_astray_where_its_row_is_as_it_was() -> None:
    before = side(a={"entry": "1", "start": None}, b={"entry": "2", "start": None})
    changes = Changes({("a", "start"): DAY, ("b", "start"): DAY, ("b", "entry"): "2", ("gone", "start"): DAY})
    rows = {"a": {"entry": "1", "start": DAY}, "b": {"entry": "2", "start": None}}
    assert find_astray(before, rows, changes) == [("start", DAY)]


def test_a_cell_is_calculated_where_it_has_a_formula() -> None:
    one = side(a={"entry": "1", "start": 1}, b={"entry": "2", "start": 2})
    assert [is_formula(one, row, name) for row in "ab" for name in ("entry", "start")] == [False, True, False, False]
    bare = SideRows(LOG, one.layouts, one.rows, one.at)
    assert not is_formula(bare, "a", "start")


def test_a_cell_under_a_merged_one_counts_as_blank_before_too() -> None:
    one = side(a={"entry": "1", "start": 1}, b={"entry": "2", "start": None})
    base = {"a": {"entry": "1", "start": 1}, "b": {"entry": "2", "start": 2}, "gone": {"entry": "3", "start": 3}}
    forget_covered(base, (one, SideRows(LOG, one.layouts, one.rows, one.at)))
    assert base == {
        "a": {"entry": "1", "start": 1},
        "b": {"entry": "2", "start": None},
        "gone": {"entry": "3", "start": 3},
    }


ROWS = {"a": {"x": "1", "y": None}, "b": {"x": "2", "y": None}, "c": {"x": "3", "y": None}}


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        ({**ROWS, "a": {"x": "9", "y": None}}, []),
        ({**ROWS, "a": {"x": "9", "y": None}, "b": {"x": "9", "y": None}}, ["rewritten"]),
        ({**ROWS, "a": {"x": None, "y": None}}, []),
        ({**ROWS, "a": {"x": None, "y": None}, "b": {"x": None, "y": None}}, ["emptied", "rewritten"]),
        ({row: {**cells, "y": "new"} for row, cells in ROWS.items()}, []),
    ],
)
def test_few_values_may_always_be_overwritten_and_filling_blanks_is_no_harm(
    now: dict[str, dict[str, Value]], kinds: list[str]
) -> None:
    assert [reason.kind for reason in guard(ROWS, now, ROWS)] == kinds


def test_the_one_value_of_a_sheet_may_be_overwritten() -> None:
    assert guard({"a": {"x": "1"}}, {"a": {"x": "2"}}, {"a": {"x": "1"}}) == []


def test_rows_come_back_below_their_old_neighbour() -> None:
    assert placed(["a", "c"], {"b": "a", "d": "c", "first": ""}) == ["first", "a", "b", "c", "d"]
    assert placed(["a"], {"c": "b", "b": "a"}) == ["a", "b", "c"]
    assert placed(["a"], {"c": "gone"}) == ["a"]
