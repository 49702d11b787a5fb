"""Requests from a shared sheet are answered: once, in time, with what the asker may see, for few calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from google_shared_school import Shared, shared_school

from addin.core.book import Grid
from addin.core.requests import SHEET, read_status
from addin.errors import Problem, SettingsProblem
from addin.schedule.watch import interval, most_reads, watch

NOW = datetime(2026, 11, 29, 10, 42, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    with shared_school(tmp_path_factory.mktemp("watched")) as school:
        yield school


class Said:
    """What the watcher printed."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.problems: list[str] = []


def look(shared: Shared, *, turns: int = 1, now: datetime = NOW, every: timedelta = MINUTE) -> tuple[Any, Said]:
    messages, clock = Said(), [now]

    def sleep(seconds: float) -> None:
        clock[0] += timedelta(seconds=seconds)

    last = watch(
        str(shared.book),
        every,
        turns=turns,
        say=messages.lines.append,
        complain=messages.problems.append,
        client=shared.stage.client(),
        open_=shared.stage.open,
        now=lambda: clock[0],
        sleep=sleep,
    )
    return last, messages


def sent(shared: Shared, start: int) -> list[str]:
    """The calls to Sheets since then: GET or POST."""
    return [call.method for call in shared.stage.google.calls[start:] if "/spreadsheets/" in call.path]


def test_requests_are_carried_out_answered_and_closed_and_the_next_look_costs_one_read(shared: Shared) -> None:
    shared.type("CAS!F3", "A better title")
    shared.ask("validate", 2)
    shared.ask("sync", 3)
    shared.ask("sync", 4)
    shared.ask("export", 5, asked="2026-11-25 10:00:00")
    turn, messages = look(shared)
    assert (turn.answered, messages.problems) == (4, [])
    assert [line.split(": ")[1] for line in messages.lines] == ["sync", "validate", "export"]  # twice asked, once done
    rows = shared.values(f"{SHEET}!A2:G5")
    assert [row[4] for row in rows] == ["DONE"] * 4
    assert rows[1][5] == rows[2][5] == "1 changed cell sent to the coordinator."
    assert re.fullmatch(r"Asked 4 days ago\. \d+ rows exported for your coordinator \(exports/.*\)\.", rows[3][5])
    assert all(row[6] == "2026-11-29 10:42:00" for row in rows)
    before = len(shared.stage.google.calls)
    turn, messages = look(shared)
    assert (turn.answered, messages.lines) == (0, [])
    assert sent(shared, before) == ["GET"]


def test_validate_marks_what_needs_other_trackers_and_quotes_nothing_private(shared: Shared) -> None:
    shared.ask("validate", 2)
    look(shared)
    (found,) = shared.values(f"{SHEET}!A2:F2")
    marked = [int(number) for number in re.findall(r"(\d+) (?:error|warning)s?\b", found[5])]
    assert marked and found[5].endswith(" marked. The sheet Findings lists what to do.")
    findings = shared.values("Findings!A1:K200")
    assert len(findings) - 1 >= sum(marked)
    assert {row[1] for row in findings[1:]} == {"CAS"}
    from addin.workspace.workbook import opened

    with opened(str(shared.book)) as workbook:
        mails = {value for value in workbook.tables["candidates"].columns["guardian_email"] if value}
    assert mails
    assert not [row for row in findings if any(mail in str(cell) for mail in mails for cell in row)]


def test_the_export_has_the_askers_rows_and_no_private_columns(shared: Shared) -> None:
    shared.ask("export", 2)
    look(shared)
    (path,) = (shared.book.parent / "exports").glob("*/cas.csv")
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == len(shared.values("CAS!B1:B900"))
    assert "Notes" not in lines[0]


def test_a_ticked_box_on_the_phone_is_answered_beside_it(shared: Shared) -> None:
    row = next(n for n, line in enumerate(shared.values("Home!A1:A30"), 1) if line == ["Sync now"])
    shared.type(f"Home!B{row}", "TRUE")
    look(shared)
    label, box, answer = shared.values(f"Home!A{row}:C{row}")[0]
    assert (label, box, answer) == ("Sync now", "FALSE", "29 Nov 10:42: Already in sync.")


def test_the_sheet_knows_when_the_watcher_comes_again_for_few_writes(shared: Shared) -> None:
    start = NOW + timedelta(days=1)
    before = len(shared.stage.google.calls)
    look(shared, turns=21, now=start)
    methods = sent(shared, before)
    assert methods.count("GET") == 21
    assert methods.count("POST") <= 4  # each write is a line in the spreadsheet's history
    status = read_status(Grid(SHEET, shared.values(f"{SHEET}!A1:N1")))
    assert status
    assert status.next
    assert start < status.next < start + timedelta(minutes=22) < status.until


def test_a_workbook_that_is_open_elsewhere_leaves_the_request_waiting(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    from addin.actions.sync import run
    from addin.errors import BookInUse

    def in_use(*_: object, **__: object) -> None:
        raise BookInUse("School.xlsx is open in Excel.", next="Close it.")

    shared.ask("sync", 2)
    with monkeypatch.context() as patch:
        patch.setattr(run, "sync", in_use)
        turn, messages = look(shared)
    assert turn.answered == 0
    assert "open in Excel" in messages.problems[0]
    assert shared.values(f"{SHEET}!E2:E2") == [["NEW"]]
    assert look(shared)[0].answered == 1


def test_what_fails_is_said_to_the_asker_without_the_coordinators_paths(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    from addin.actions.sync import run

    def fails(*_: object, **__: object) -> None:
        raise Problem("the disk is full.", where="/home/her/School.xlsx")

    shared.ask("sync", 2)
    monkeypatch.setattr(run, "sync", fails)
    _, messages = look(shared)
    assert "/home/her/School.xlsx" in messages.problems[0]
    state, answer = shared.values(f"{SHEET}!E2:F2")[0]
    assert (state, answer) == ("ERROR", "This did not work: the disk is full. Your coordinator has been told.")


def test_a_spreadsheet_without_the_requests_sheet_is_no_obstacle(shared: Shared) -> None:
    shared.teacher.rename_sheet(shared.key, SHEET, "kept")
    turn, messages = look(shared)
    shared.teacher.rename_sheet(shared.key, "kept", SHEET)
    assert (turn.looked, messages.problems) == (1, [])


def test_a_spreadsheet_that_is_no_longer_shared_is_said_once(shared: Shared) -> None:
    from addin.google_emulator.accounts import BOT

    shared.teacher.unshare(shared.key, BOT)
    try:
        _, messages = look(shared, turns=3)
        assert len(messages.problems) == 1
        assert "not shared" in messages.problems[0]
    finally:
        shared.teacher.share(shared.key, BOT)


def test_forty_spreadsheets_take_a_third_of_the_read_quota_at_most() -> None:
    assert [most_reads(interval(text)) for text in ("60s", "30s", "15s", "5m")] == [20, 10, 5, 100]


@pytest.mark.parametrize("text", ["soon", "1s", "2 days", "13h", ""])
def test_an_interval_that_cannot_be_kept_is_a_sentence(text: str) -> None:
    with pytest.raises(Problem, match=r"is (not a length of time|too short|too long)\."):
        interval(text)


def test_a_workbook_without_shared_spreadsheets_says_how_to_link_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match="google link"):
        watch(str(tmp_path / "School.xlsx"), MINUTE, turns=1, say=print, complain=print)
