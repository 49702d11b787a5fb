"""Workshop trips against Professional development."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day
from addin.core.language import long_date, phrase
from addin.core.tables.equality import fold


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
                "{staff} travels on {start}, but has no workshop then in Professional development.",
                staff=row["staff"],
                start=long_date(start),
            )
            yield Violation(index, "workshop", text, "Add the workshop there, or correct the dates.")
