"""Views: the native formulas, worked out by LibreOffice, give the numbers that Python gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from make import tracker
from python_calamine import CalamineWorkbook
from recalculated import recalculated

from addin.core.book import Value
from addin.core.checks.context import WorkbookContext
from addin.core.checks.summary import Line, summarise
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.trackers import Tracker
from addin.demo.sample import school
from addin.errors import TrackerProblem
from addin.templates import build
from addin.templates.book import tables
from addin.templates.cells import cached
from addin.templates.plan import plan
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import heads, load_all, load_named

TODAY = date.today()
"""Formulas ask the program for the day, so these tests must too."""

PEOPLE = tracker(
    'key = ["code"]\n[columns.code]\n[columns.name]\n[columns.born]\ntype = "date"\n'
    '[columns.team]\n[columns.left]\ntype = "date"',
    name="people",
    sheet="People",
)
ENTRIES = tracker(
    """
key = ["entry"]
[columns.entry]
[columns.person]
exists_in = "people.code"
[columns.name]
look_up = "people.name"
by = "person"
[columns.kind]
one_of = ["Trip", "Club", "What?", "2 * 2"]
[columns.marks]
several = true
one_of = ["M1", "M2", "M3", "Red card"]
[columns.hours]
type = "number"
[columns.start]
type = "date"
[columns.end]
type = "date"
[columns.done]
type = "yes_no"
[[views]]
name = "progress"
title = "Progress"
per = "people.code"
match = "person"
show = ["people.name", "people.born", "people.team", "people.left"]
asked = { "people.team" = ["Red", "Blue"] }
left = "people.left"
[views.columns.all]
measure = "count"
[views.columns.with_end]
measure = "count"
of = "end"
[views.columns.trips]
measure = "count"
where = { kind = { one_of = ["Trip"] } }
[views.columns.odd]
measure = "count"
where = { kind = { one_of = ["What?", "2 * 2"] }, done = { one_of = [true] } }
[views.columns.other]
measure = "count"
where = { kind = { none_of = ["Trip", "Club"] } }
[views.columns.open]
measure = "count"
where = { end = { blank = true }, start = { required = true } }
[views.columns.red]
measure = "count"
where = { marks = { pattern = ".*Red card.*" } }
[views.columns.late]
measure = "count"
where = { end = { less_than = "settings.today" }, done = { none_of = [true] } }
[views.columns.long]
measure = "sum"
of = "hours"
where = { hours = { at_least = 2.5 } }
[views.columns.marks]
measure = "distinct"
of = "marks"
where = { done = { one_of = [true, false] } }
[views.columns.kinds]
measure = "distinct"
of = "kind"
[views.columns.days]
measure = "distinct"
of = "start"
where = { kind = { none_of = ["Club"] }, end = { blank = true } }
[views.columns.first]
measure = "earliest"
of = "start"
where = { kind = { one_of = ["Trip", "Club"] } }
[views.columns.last]
measure = "latest"
of = "end"
[views.columns.months]
measure = "months"
of = ["start", "end"]
[views.columns.complete]
needs = { marks = 3, long = "settings.hours", months = 1 }
[views.columns.lacking]
lacks = { marks = 3, long = "settings.hours", months = 1 }
[views.columns.happy]
needs = { complete = true, kinds = 2 }
[settings.hours]
value = 10
about = "Hours to reach."
source = "own"
[[views]]
name = "kinds"
title = "By kind"
per = "entries.kind"
match = "kind"
[views.columns.all]
measure = "count"
""",
    name="entries",
    sheet="Entries of all",
)
TRACKERS = {"people": PEOPLE, "entries": ENTRIES}


def _world(random: Random) -> dict[str, list[dict[str, Value]]]:
    codes: list[Any] = [f"{n:04}" for n in random.sample(range(60), random.randrange(0, 12))]
    people: list[dict[str, Value]] = [
        {
            "code": c,
            "name": random.choice(["Zoë", None]),
            "born": random.choice([date(2009, 5, 6), None]),
            "team": random.choice(["Red", "red", "Blue", "Green", None]),
            "left": random.choice([None, None, TODAY, TODAY - timedelta(days=3), TODAY + timedelta(days=1)]),
        }
        for c in codes
    ]
    people += [{"code": random.choice([*codes, None]), "name": "copied"}]  # a code that stands twice, or none
    return {"people": people, "entries": [_entry(random, n, codes) for n in range(random.randrange(0, 60))]}


def _entry(random: Random, number: int, codes: list[Any]) -> dict[str, Value]:
    start = TODAY - timedelta(days=random.randrange(-40, 400))
    marks = random.sample(["M1", "M2", "M3", "Red card"], random.randrange(3))
    return {
        "entry": str(number),
        "person": random.choice([*codes, *codes, "9999", None]),
        "kind": random.choice(["Trip", "Club", "What?", "2 * 2", None]),
        "marks": "; ".join(marks) or None,
        "hours": random.choice([None, 1, 2.5, 7, -1]),
        "start": random.choice([start, start.replace(day=1), start.replace(month=1, day=31), None]),
        "end": random.choice([start + timedelta(days=random.randrange(90)), None, start.replace(month=2, day=28)]),
        "done": random.choice([True, False, None]),
    }


def _told(line: Line) -> list[Any]:
    values = (line.value, *line.shown.values(), *line.measures.values())
    return [_plain(cached(value)) for value in values]


def _plain(value: Any) -> Any:
    """Dates as day numbers, numbers as floats to nine digits: what the two sides can be compared by."""
    if isinstance(value, date):
        value = (value - date(1899, 12, 30)).days
    return round(float(value), 9) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def assert_equal(book: Path, trackers: Mapping[str, Tracker], settings: Settings, rows: Mapping[str, Any]) -> None:
    """Every view of the recalculated workbook has the lines of `summarise`."""
    context = WorkbookContext(trackers, tables(trackers, rows), settings, as_typed=True)
    read = CalamineWorkbook.from_path(str(book))
    for (name, view_name), sheet in plan(trackers, settings, rows).views.items():
        view = next(view for view in trackers[name].views if view.name == view_name)
        wide = 1 + len(view.show) + len(view.columns)
        lines: Sequence[Any] = read.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[4:]
        native = [[_plain(value) for value in line[:wide]] for line in lines if line and line[0] != ""]
        assert native == [_told(line) for line in summarise(trackers[name], view, context)], (book.name, sheet)


@pytest.mark.libreoffice
@pytest.mark.slow
def test_views_of_50_random_workbooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As there are few rows: LibreOffice then needs a second for each workbook, not four.
    for name, few in (("views.LINES", 40), ("plan.COUNTED", 200)):
        monkeypatch.setattr(f"addin.templates.{name}", few)
    settings = Settings(today=TODAY)
    worlds = {tmp_path / f"{seed}.xlsx": _world(Random(seed)) for seed in range(50)}
    for path, rows in worlds.items():
        build(path, TRACKERS, settings, rows)
    for book, rows in zip(recalculated(list(worlds), tmp_path), worlds.values(), strict=True):
        assert_equal(book, TRACKERS, settings, rows)


@pytest.mark.libreoffice
@pytest.mark.slow
def test_views_of_the_sample(tmp_path: Path) -> None:
    trackers, sample = load_all(), school(today=TODAY)
    settings = Settings(lists=load_lists(), today=TODAY)
    build(tmp_path / "sample.xlsx", trackers, settings, sample.rows, sample.ids)
    [book] = recalculated([tmp_path / "sample.xlsx"], tmp_path)
    assert_equal(book, trackers, settings, sample.rows)


def test_results_stand_beside_the_formulas_for_readers_that_calculate_nothing(tmp_path: Path) -> None:
    rows = _world(Random(3))
    build(tmp_path / "a.xlsx", TRACKERS, Settings(today=TODAY), rows)
    assert_equal(tmp_path / "a.xlsx", TRACKERS, Settings(today=TODAY), rows)


def test_who_is_behind_is_seen_beside_the_names(tmp_path: Path) -> None:
    settings = Settings({"session": "M27"}, lists=load_lists(), today=TODAY)
    build(tmp_path / "new.xlsx", load_named(("candidates", "cas"), heads()), settings)
    views = openpyxl.load_workbook(tmp_path / "new.xlsx", data_only=True)["Views"]
    headers = [cell.value for cell in views[4]]
    assert headers.index("Behind?") < headers.index("Complete?") < headers.index("Experiences") < 12
    assert views.freeze_panes == "D5"  # the code and both names stay in sight


def test_numbers_stand_at_the_right_and_their_headers_too(tmp_path: Path) -> None:
    settings = Settings({"session": "M27"}, lists=load_lists(), today=TODAY)
    build(tmp_path / "new.xlsx", load_named(("candidates", "cas"), heads()), settings)
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    for sheet in (book["CAS progress"], book["Views"], book["CAS"], book["Deadlines"]):
        for header, cell in zip(sheet[4], sheet[5], strict=True):
            if header.value and cell.alignment.horizontal:
                assert header.alignment.horizontal == cell.alignment.horizontal, (sheet.title, header.value)
    right = {cell.value for cell in book["CAS progress"][4] if cell.alignment.horizontal == "right"}
    assert {"Joined on", "Hours", "Experiences"} <= right
    assert not right & {"Code", "Adviser", "Complete?"}


def test_aims_are_asked_only_of_whom_they_concern() -> None:
    people: list[dict[str, Value]] = [
        {"code": "1", "team": "red"}, {"code": "2", "team": "Green"}, {"code": "3", "team": "Blue", "left": TODAY},
        {"code": "4", "team": "Blue", "left": TODAY + timedelta(days=1)},
    ]  # fmt: skip
    context = WorkbookContext(TRACKERS, tables(TRACKERS, {"people": people, "entries": []}), Settings(today=TODAY))
    lines = summarise(ENTRIES, ENTRIES.views[0], context)
    assert [line.measures["complete"] for line in lines] == [False, None, None, False]


def test_a_condition_that_no_formula_can_say_is_named() -> None:
    view = ENTRIES.views[0]
    measure = replace(view.columns[0], where={"end": {"at_least": "start"}})
    wrong = replace(ENTRIES, views=(replace(view, columns=(measure,)),))
    with pytest.raises(TrackerProblem, match="cannot say at_least of end"):
        build(Path("never.xlsx"), {"people": PEOPLE, "entries": wrong}, Settings())


def test_a_line_is_complete_when_all_aims_are_reached() -> None:
    rows: dict[str, list[dict[str, Value]]] = {
        "people": [{"code": "1", "team": "Red"}, {"code": "2", "team": "Red"}],
        "entries": [
            {"entry": "1", "person": "1", "kind": "Trip", "marks": "M1; M2; M3", "hours": 12, "done": True,
             "start": date(2026, 1, 31), "end": date(2026, 2, 28)},
            {"entry": "2", "person": "1", "kind": "Club"},
            {"entry": "3", "person": "2", "kind": "Trip", "marks": "M1; M2; M9", "hours": 12, "done": True},
        ],
    }  # fmt: skip
    context = WorkbookContext(TRACKERS, tables(TRACKERS, rows), Settings(today=TODAY))
    one, two = summarise(ENTRIES, ENTRIES.views[0], context)
    assert one.measures["months"] == 1  # from 31 January to the end of February
    assert two.measures["marks"] == 2  # M9 is in no list
    assert one.is_complete(ENTRIES.views[0])
    assert not two.is_complete(ENTRIES.views[0])
