"""The day of one deadline for one session, from the school's own list of deadlines."""

from __future__ import annotations

from datetime import date

from addin.core.ib import RuleContext
from addin.core.ib.deadlines import deadlines
from addin.core.ib.session import parse


def last_day(context: RuleContext, session: str | None, *ids: str) -> date | None:
    """The day on which the first known of these deadlines ends; None where session, row or day is missing."""
    exams, columns = parse(session or ""), context.list("deadlines")
    if exams is None or "id" not in columns:
        return None
    days = {one.id: one.ends or one.starts for one in deadlines(columns, exams)}
    return next((days[name] for name in ids if days.get(name)), None)
