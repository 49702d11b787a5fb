"""Unit plans and meetings: courses without a plan, taught hours, and groups that have not met for long.

Recommended hours (240 HL, 150 SL) are secondary (checked 2026-11-21) and settings; how often a group meets is the
school's own choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.ib.subjects import catalogue
from addin.core.language import in_digits, phrase

COMPLETE = ("Complete", "Reviewed")
_NOT_TAUGHT = ("EE", "TK")


def courses_without_plan(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """DP subjects that candidates are registered for and that no unit plan names; empty sheets are not asked."""
    known = catalogue(context)

    def name(course: str) -> str:
        found = known.find(course)
        return found.name if found else course

    planned = [index for index, row in enumerate(rows) if row.get("programme") == "DP" and row.get("course")]
    if not planned:
        return
    here = {name(rows[index]["course"]) for index in planned}
    taken = {
        name(row["subject"])
        for row in context.rows("registrations")
        if row.get("subject") and row.get("level") not in _NOT_TAUGHT and row.get("status") != "Withdrawn"
    }
    if missing := sorted(taken - here):
        yield Violation(
            planned[0],
            "course",
            phrase("No unit plan yet for {missing}.", missing=missing),
            "Add a line for each unit.",
        )


def hours(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """DP courses whose units are all complete and whose hours are fewer than recommended for the level."""
    courses: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("programme") == "DP" and row.get("course") and row.get("level"):
            courses.setdefault((row["course"], row["level"]), []).append(index)
    for (course, level), indexes in courses.items():
        wanted = context.setting("planner_hours_hl" if level == "HL" else "planner_hours_sl")
        given = [rows[i]["hours"] for i in indexes if rows[i].get("hours") is not None]
        whole = all(rows[i].get("state") in COMPLETE for i in indexes) and len(given) == len(indexes)
        if wanted and whole and sum(given) < wanted:
            text = phrase(
                "The units of {course} {level} have {given} hours; {wanted} are recommended.",
                course=course,
                level=level,
                given=in_digits(sum(given)),
                wanted=wanted,
            )
            yield Violation(indexes[0], "hours", text, "Add hours or units, or change the setting.")


def silent_groups(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Groups whose last meeting is longer ago than `meeting_gap_days` (0 is never), with none planned."""
    gap, today = context.setting("meeting_gap_days"), context.setting("today")
    if not gap or not today:
        return
    latest: dict[str, tuple[date, int]] = {}
    for index, row in enumerate(rows):
        held = day(row.get("date"))
        if row.get("group") and held:
            latest[row["group"]] = max(latest.get(row["group"], (held, index)), (held, index))
    for group, (last, index) in latest.items():
        if (today - last).days > gap:
            text = phrase(
                "{group} met last on {last}, {days} days ago, and no meeting is planned.",
                group=group,
                last=last,
                days=(today - last).days,
            )
            yield Violation(index, "date", text, "Plan the next meeting, or enter the one that was held.")
