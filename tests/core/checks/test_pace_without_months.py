"""Whether a student is behind with CAS is asked only where the school says how long CAS takes."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from addin.core.checks.context import WorkbookContext
from addin.core.checks.summary import _is_reached, is_behind
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
