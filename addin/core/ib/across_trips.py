"""Workshop trips against Professional development."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.language import all_of, long_date, phrase
from addin.core.tables.equality import fold

_AWAY = ("Face-to-face", "Regional conference")
_NEEDED = (("release", phrase("release")), ("cover", phrase("cover")))


def trip_has_workshop(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Trips of a person who has no workshop on these days in Professional development, where that is kept."""
    held: dict[str, list[Row]] = {}
    for row in context.rows("pd"):
        if row.get("staff") and row.get("status") != "Cancelled":
            held.setdefault(fold(row["staff"]), []).append(row)
    for index, row in enumerate(rows):
        start, end = day(row.get("start")), day(row.get("end")) or day(row.get("start"))
        if not held or not row.get("staff") or not start or not end or row.get("state") == "Cancelled":
            continue
        if not any((on := day(one.get("start"))) and start <= on <= end for one in held.get(fold(row["staff"]), ())):
            text = phrase(
                "{staff} travels on {start} ({workshop}), but has no workshop then in Professional development.",
                staff=row["staff"],
                start=long_date(start),
                workshop=row.get("workshop"),
            )
            yield Violation(index, "workshop", text, "Add the workshop there, or correct the dates.")


def workshop_has_trip(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Booked workshops ahead at another place, without a trip on these days, where trips are kept."""
    today, trips = context.setting("today"), dict[str, list[Row]]()
    for row in context.rows("trips"):
        if row.get("staff") and row.get("state") != "Cancelled":
            trips.setdefault(fold(row["staff"]), []).append(row)
    for index, row in enumerate(rows):
        start, end = day(row.get("start")), day(row.get("end")) or day(row.get("start"))
        away = row.get("mode") in _AWAY and row.get("status") == "Booked" and row.get("staff")
        if not trips or not away or not today or not start or not end or start < today:
            continue
        if not any(_covers(trip, start, end) for trip in trips.get(fold(row["staff"]), ())):
            text = phrase(
                "{staff} is booked for {workshop} on {start}, but has no trip.",
                staff=row["staff"],
                workshop=row.get("workshop"),
                start=long_date(start),
            )
            yield Violation(index, "start", text, "Add the trip in Workshop trips, or correct the dates.")


def booked_is_released(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Trips ahead that are booked before the release or cover were arranged."""
    today = context.setting("today")
    for index, row in enumerate(rows):
        start = day(row.get("start"))
        if row.get("state") == "Booked" and row.get("staff") and start and today and start >= today:
            missing = [words for column, words in _NEEDED if not row.get(column)]
            if missing:
                text = phrase(
                    "{staff} is booked for {workshop} without {missing}.",
                    staff=row["staff"],
                    workshop=row.get("workshop"),
                    missing=all_of(missing),
                )
                yield Violation(index, "state", text, "Arrange it, then enter it here.")


def _covers(trip: Row, start: date, end: date) -> bool:
    first, last = day(trip.get("start")), day(trip.get("end")) or day(trip.get("start"))
    return bool(first and last and first <= end and start <= last)
