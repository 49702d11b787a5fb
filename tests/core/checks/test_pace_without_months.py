"""Whether a student is behind with CAS is asked only where the school says how long CAS takes."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from make import table, tracker

from addin.core.checks.context import WorkbookContext
from addin.core.checks.summary import _is_reached, is_behind, summarise
from addin.core.settings import Settings
from addin.core.trackers.model import Pace


def behind(months: int, done: int | str | None, session: str = "M27") -> bool:
    context: Any = SimpleNamespace(constant=lambda limit: limit, settings=SimpleNamespace(today=date(2027, 2, 1)))
    pace = Pace({"interviews": 3}, "session", "joined", months, 10)
    shown = {"session": session, "joined": None}
    return is_behind(pace, {"interviews": done}, shown, cast(WorkbookContext, context))


def test_a_student_with_nothing_near_the_end_is_behind_and_one_with_all_is_not() -> None:
    assert behind(18, 0) and not behind(18, 3)
    assert behind(18, None) and behind(18, "all")


def test_without_a_length_or_a_session_nobody_is_behind() -> None:
    assert not behind(0, 0) and not behind(18, 0, session="")


def test_an_aim_is_reached_where_it_is_met() -> None:
    assert [_is_reached(value, 3) for value in (2, 3, 3.5, None, "4")] == [False, True, True, False, False]
    assert (
        _is_reached(None, None)
        and _is_reached(True, True)
        and not _is_reached(False, True)
        and not _is_reached(1, True)
    )


ESSAYS = tracker(
    """
key = ["candidate"]
[columns.candidate]
exists_in = "candidates.code"
[columns.words]
type = "integer"
[columns.handed_in]
type = "date"
[[views]]
name = "progress"
per = "candidates.code"
match = "candidate"
show = ["candidates.last_name"]
[views.columns.handed_in]
measure = "count"
of = "handed_in"
[views.columns.words]
measure = "sum"
of = "words"
[views.columns.there]
needs = { handed_in = 1 }
""",
    name="essays",
    sheet="Essays",
)


def test_a_view_has_a_line_for_each_row_that_it_is_about() -> None:
    candidates = tracker('key = ["code"]\n[columns.code]\n[columns.last_name]', name="candidates", sheet="Candidates")
    people = [
        {"code": "1", "last_name": "Ito"},
        {"code": "2", "last_name": "Diaz"},
        {},
        {"code": "1", "last_name": "x"},
    ]
    rows = [
        {"candidate": "1", "words": 3000, "handed_in": date(2026, 11, 2)}, {"candidate": "1", "words": 500},
        {"candidate": "9", "words": 1},
    ]  # fmt: skip
    tables = {"candidates": table(candidates, people), "essays": table(ESSAYS, rows)}
    context = WorkbookContext({"candidates": candidates, "essays": ESSAYS}, tables, Settings())
    lines = summarise(ESSAYS, ESSAYS.views[0], context)
    assert [(line.value, dict(line.shown), dict(line.measures), line.row) for line in lines] == [
        ("1", {"candidates.last_name": "Ito"}, {"handed_in": 1, "words": 3500, "there": True}, 1),
        ("2", {"candidates.last_name": "Diaz"}, {"handed_in": 0, "words": 0, "there": False}, 2),
    ]
    assert [line.is_complete(ESSAYS.views[0]) for line in lines] == [True, False]
    del tables["essays"]
    assert summarise(ESSAYS, ESSAYS.views[0], WorkbookContext({"candidates": candidates}, tables, Settings())) == []
