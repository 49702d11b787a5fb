"""Meetings against what was planned: the rhythm of each group, its members, the months of the learning plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day, months_on
from addin.core.ib.people import nearly, people
from addin.core.language import MONTHS, long_date, phrase
from addin.core.tables.equality import fold

_WEEKS = {"Weekly": 1, "Fortnightly": 2, "Monthly": 5, "Every term": 16}
"""The longest time between two meetings, in weeks; half as much again is allowed before anything is said."""
_HOLIDAYS = (1, 7, 8, 12)
"""Months in which schools have long holidays, north or south: a month without a meeting is not asked about (own)."""


def cadence(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Groups in their season that have not met for longer than their rhythm, where Meetings is kept."""
    today, held = context.setting("today"), _days(context)
    for index, row in enumerate(rows):
        weeks, first, until = _WEEKS.get(row.get("cadence") or ""), day(row.get("from")), day(row.get("until"))
        if not (held and weeks and today and first) or today < first or (until and today > until):
            continue
        days = [on for on in held.get(fold(row.get("group") or ""), ()) if on >= first]
        last = max((on for on in days if on <= today), default=first)
        if today > last + timedelta(days=weeks * 7 * 3 // 2) and not any(on > today for on in days):
            text = phrase(
                "{group} meets {rhythm}; the last meeting was on {last}.",
                group=row.get("group"),
                rhythm=phrase(str(row["cadence"]).lower()),
                last=long_date(last),
            )
            if not days:
                text = phrase("{group} has not met since {first}.", group=row.get("group"), first=long_date(first))
            yield Violation(index, "cadence", text, "Plan the next meeting, or enter those that were held.")


def months_missed(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Monthly groups that missed a month between two meetings, once each with the months."""
    today, held = context.setting("today"), _days(context)
    for index, row in enumerate(rows):
        first, until = day(row.get("from")), day(row.get("until"))
        days = held.get(fold(row.get("group") or ""), ())
        if row.get("cadence") != "Monthly" or not today or not first or len(days) < 2:
            continue
        last = min(max(days), today, until or today)
        met = {(on.year, on.month) for on in days}
        months, month = [], max(first, min(days)).replace(day=1)
        while month < last.replace(day=1):
            if (month.year, month.month) not in met and month.month not in _HOLIDAYS:
                months.append(month)
            month = months_on(month, 1)
        if months:
            names = [f"{phrase(MONTHS[one.month - 1])} {one.year}" for one in months[:4]]
            text = phrase("{group} meets monthly and did not meet in {months}.", group=row["group"], months=names)
            yield Violation(
                index, "cadence", text, "Enter the meeting in Meetings, or change how often the group meets."
            )


def group_known(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Groups that are not among the meeting groups, once each, where these are kept."""
    listed = [row["group"] for row in context.rows("groups") if row.get("group")]
    known, said = {fold(name) for name in listed}, set[str]()
    for index, row in enumerate(rows) if listed else ():
        name = row.get("group") or ""
        if name and fold(name) not in known and fold(name) not in said:
            said.add(fold(name))
            text = phrase("{name} is not among the meeting groups.", name=name)
            near = nearly(name, listed)
            fix = (
                phrase("Write {asked} if it is the same.", asked=near)
                if near
                else "Add it in Meeting groups, or correct it."
            )
            yield Violation(index, "group", text, fix)


def members_absent(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Members who were at none of the last meetings of their group (setting `absences_most`)."""
    most = context.setting("absences_most")
    present: dict[str, dict[date, set[str]]] = {}
    for meeting in context.rows("meetings"):
        on = day(meeting.get("date"))
        if on and meeting.get("group") and meeting.get("present"):
            names = {fold(name) for name in (*people(meeting["present"]), *people(meeting.get("chair")))}
            present.setdefault(fold(meeting["group"]), {}).setdefault(on, set()).update(names)
    for index, row in enumerate(rows):
        days = present.get(fold(row.get("group") or ""), {})
        last = sorted(days)[-most:] if most else []
        if most and len(last) == most:
            for name in people(row.get("members")):
                if not any(fold(name) in days[on] for on in last):
                    text = phrase(
                        "{name} was at none of the last {most} meetings of {group}.",
                        name=name,
                        most=most,
                        group=row.get("group"),
                    )
                    yield Violation(index, "members", text, "Ask why, or correct Present or the members.")


def planned_month(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Activities whose month has passed without a meeting of their group, where Meetings is kept."""
    today, held = context.setting("today"), _days(context)
    for index, row in enumerate(rows):
        month, group = day(row.get("month")), row.get("group")
        if not (held and today and month and group) or row.get("held"):
            continue
        first = month.replace(day=1)
        after = months_on(first, 1)
        if today >= after and not any(first <= on < after for on in held.get(fold(group), ())):
            text = phrase(
                "{group} did not meet in the month planned for {activity}.", group=group, activity=row.get("activity")
            )
            yield Violation(index, "month", text, "Enter the meeting, or plan another month.")


def _days(context: RuleContext) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for row in context.rows("meetings"):
        if row.get("group") and (on := day(row.get("date"))):
            found.setdefault(fold(row["group"]), []).append(on)
    return found
