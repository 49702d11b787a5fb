"""What people ask for from a shared sheet: which rows count, how they are answered and closed, when a look is stale."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from addin.core.book import Grid
from addin.core.requests import (
    DONE,
    HEADERS,
    SHEET,
    Answer,
    Request,
    Status,
    answer_cells,
    kinds_of,
    old_rows,
    read_status,
    status_line,
    ticked,
    waiting,
)

NOW = datetime(2026, 11, 29, 10, 42, 30, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
REQUESTS = Grid(
    SHEET,
    [
        [*HEADERS],
        ["u1", "sync", 46000.5, "t@example.org", "DONE", "Nothing to do."],
        ["u2", "sync", 46354.5, "t@example.org", "NEW"],
        [],
        ["u3", "format the disk", 46000.7, "", "NEW"],
        ["u4", "validate", None, None, "NEW"],
        ["u5", "validate", True, "", "NEW"],
    ],
)


def test_waiting_requests_are_read_in_the_sheets_own_time_and_anything_else_is_skipped() -> None:
    first, second, third = waiting(REQUESTS, MADRID)
    assert first == Request(3, "sync", "u2", "t@example.org", datetime(2026, 11, 28, 12, tzinfo=MADRID))
    assert (second.id, second.asked, third.asked) == ("u4", None, None)
    assert waiting(None) == []


def test_a_ticked_box_on_home_is_a_request() -> None:
    home = Grid("Home", [["Sync now", False], ["Validate now", True], ["My own list", True], ["Export", "TRUE"], []])
    assert ticked(home) == [Request(2, "validate")]
    assert ticked(None) == []


def test_an_answer_closes_its_request_with_the_local_time_and_unticks_the_box() -> None:
    cells = answer_cells([Request(3, "sync", "u2"), Request(9, "sync")], Answer(True, "In sync."), NOW, MADRID, "Home")
    assert cells == {
        (SHEET, 3, 5): DONE,
        (SHEET, 3, 6): "In sync.",
        (SHEET, 3, 7): datetime(2026, 11, 29, 11, 42, 30),
        ("Home", 9, 2): False,
        ("Home", 9, 3): "29 Nov 11:42: In sync.",
    }


@pytest.mark.parametrize(("hours", "says"), [(23, ""), (25, "Asked 1 day ago. "), (75, "Asked 3 days ago. ")])
def test_an_old_request_says_how_old_it_is(hours: int, says: str) -> None:
    request = Request(2, "sync", "u1", "", NOW - timedelta(hours=hours))
    assert answer_cells([request], Answer(False, "No."), NOW, UTC, "")[SHEET, 2, 6] == f"{says}No."


def test_asked_twice_is_carried_out_once() -> None:
    assert kinds_of([Request(2, "sync", "a"), Request(3, "validate", "b"), Request(4, "sync", "c")]) == [
        "validate",
        "sync",
    ]


def test_old_answered_requests_go_and_waiting_ones_never_do() -> None:
    rows = [[f"u{n}", "sync", 46000, "", "NEW" if n == 3 else "DONE"] for n in range(60)]
    assert old_rows(Grid(SHEET, [[*HEADERS], *rows])) == [2, 3, 4, 6, 7, 8, 9, 10, 11]


def test_the_status_is_read_as_it_was_written_and_damage_is_none() -> None:
    status = Status(NOW, NOW + timedelta(minutes=1), NOW + timedelta(minutes=15))
    line = [*HEADERS, None, *status_line(status)]
    assert read_status(Grid(SHEET, [line])) == status
    assert read_status(Grid(SHEET, [[*line[:9], "soon", *line[10:]]])) is None
    assert read_status(Grid(SHEET, [])) is None
