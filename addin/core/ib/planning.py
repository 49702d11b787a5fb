"""Unit plans and meetings: courses without a plan, taught hours, and groups that have not met for long.

Recommended hours (240 HL, 150 SL) are secondary (checked 2026-11-21) and settings; how often a group meets is the
school's own choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.core.ib import Ask, Fault, Row
from addin.core.ib.days import day
from addin.core.ib.subjects import catalogue

COMPLETE = ("Complete", "Reviewed")
_NOT_TAUGHT = ("EE", "TK")


def courses_without_plan(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """DP subjects that candidates are registered for and that no unit plan names; empty sheets are not asked."""
    known = catalogue(ask)

    def name(course: str) -> str:
        found = known.find(course)
        return found.name if found else course

    planned = [place for place, row in enumerate(rows) if row.get("programme") == "DP" and row.get("course")]
    if not planned:
        return
    here = {name(rows[place]["course"]) for place in planned}
    taken = {
        name(row["subject"])
        for row in ask.rows("registrations")
        if row.get("subject") and row.get("level") not in _NOT_TAUGHT and row.get("status") != "Withdrawn"
    }
    if missing := sorted(taken - here):
        yield Fault(planned[0], "course", f"No unit plan yet for {', '.join(missing)}.", "Add a line for each unit.")


def hours(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """DP courses whose units are all complete and whose hours are fewer than recommended for the level."""
    courses: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        if row.get("programme") == "DP" and row.get("course") and row.get("level"):
            courses.setdefault((row["course"], row["level"]), []).append(place)
    for (course, level), places in courses.items():
        wanted = ask.setting("planner_hours_hl" if level == "HL" else "planner_hours_sl")
        given = [rows[i]["hours"] for i in places if rows[i].get("hours") is not None]
        whole = all(rows[i].get("state") in COMPLETE for i in places) and len(given) == len(places)
        if wanted and whole and sum(given) < wanted:
            say = f"The units of {course} {level} have {sum(given):g} hours; {wanted} are recommended."
            yield Fault(places[0], "hours", say, "Add hours or units, or change the setting.")


def silent_groups(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """Groups whose last meeting is longer ago than `meeting_gap_days` (0 is never), with none planned."""
    gap, today = ask.setting("meeting_gap_days"), ask.setting("today")
    if not gap or not today:
        return
    latest: dict[str, tuple[date, int]] = {}
    for place, row in enumerate(rows):
        held = day(row.get("date"))
        if row.get("group") and held:
            latest[row["group"]] = max(latest.get(row["group"], (held, place)), (held, place))
    for group, (last, place) in latest.items():
        if (today - last).days > gap:
            say = f"{group} met last on {last}, {(today - last).days} days ago, and no meeting is planned."
            yield Fault(place, "date", say, "Plan the next meeting, or enter the one that was held.")
