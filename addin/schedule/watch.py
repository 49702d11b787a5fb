"""Watch shared sheets: one turn after the other, until Ctrl-C. A problem is said once, and tried again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.actions.answer_requests import READS_A_TURN, Seen, Turn, answer_requests, spreadsheets
from addin.core.language import phrase
from addin.core.text import counted
from addin.errors import Problem, ServiceProblem
from addin.google import signed_in
from addin.schedule.nightly import FOLDER
from addin.schedule.nightly import turn as take_turn

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

SHORTEST, LONGEST = timedelta(seconds=15), timedelta(hours=12)
LASTS = timedelta(minutes=15)
"""For so long a look counts as watching; a longer interval counts three times."""
UNITS = {"": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600}
Say = Callable[[str], None]


def interval(text: str) -> timedelta:
    """Read `60s`, `5m`, `2h` or a number of seconds. Raises Problem."""
    found = re.fullmatch(r"\s*(\d{1,5})\s*([a-z]*)\s*", text.lower())
    if not found or found[2] not in UNITS:
        raise Problem(
            phrase("{text} is not a length of time.", text=f"{text!r}"), next=phrase("Write it as 60s, 5m or 2h.")
        )
    every = timedelta(seconds=int(found[1]) * UNITS[found[2]])
    if not SHORTEST <= every <= LONGEST:
        raise Problem(
            phrase("{text} is too short." if every < SHORTEST else "{text} is too long.", text=f"{text!r}"),
            next=phrase("Choose between 15s and 12h."),
        )
    return every


def most_reads(every: timedelta) -> int:
    """How many spreadsheets one turn looks at, so that a minute takes a third of the read quota at most."""
    return max(1, int(READS_A_TURN * every.total_seconds() / 60))


def watch(
    target: str,
    every: timedelta,
    *,
    turns: int | None = None,
    watching: bool = False,
    say: Say,
    complain: Say,
    client: HTTPClient | None = None,
    open_: Callable[[str], Any] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> Turn:
    """Look, answer and wait, `turns` times or until Ctrl-C; the last turn. Raises Problem where it cannot begin.

    `watching`: the sheets are told that another turn follows, although this call ends.
    """
    found = spreadsheets(target, now())
    client = client or signed_in()
    folder = Path(target).resolve().parent / FOLDER
    lasts = max(LASTS, 3 * every)
    if turns is None:
        say(
            phrase(
                "Watching {sheets} every {shown}. Ctrl-C ends it.",
                sheets=counted(len(found), "shared spreadsheet"),
                shown=_shown(every),
            )
        )
    start, number, said, last = 0, 0, set[str](), Turn()
    seen: Seen = {}
    try:
        while turns is None or number < turns:
            began, number = now(), number + 1
            ends = turns is not None and number >= turns
            following = None if ends and not watching else began + every
            try:
                with take_turn(folder):
                    last = answer_requests(
                        target,
                        now=began,
                        next_run=following,
                        lasts=lasts,
                        start=start,
                        most=most_reads(every),
                        client=client,
                        open_=open_,
                        seen=seen,
                    )
            except ServiceProblem as problem:
                if turns is not None:
                    raise
                last = Turn(problems=[str(problem)])
            start += last.looked
            said = _report(last, said, began, say, complain)
            if following and not ends:
                sleep(max(0.0, (following - now()).total_seconds()))
    except KeyboardInterrupt:
        say(phrase("Stopped watching. Requests are answered by the next scheduled run."))
    return last


def _report(turn: Turn, said: set[str], moment: datetime, say: Say, complain: Say) -> set[str]:
    """Print what was answered, and each problem once for as long as it lasts."""
    for line in turn.lines:
        say(f"{moment.astimezone():%H:%M} {line}")
    for problem in turn.problems:
        if problem not in said:
            complain(problem)
    return set(turn.problems)


def _shown(every: timedelta) -> str:
    seconds = int(every.total_seconds())
    return f"{seconds} s" if seconds < 120 or seconds % 60 else f"{seconds // 60} min"
