"""The core of the Career-related Programme: what is not satisfied yet, and what IBIS must be told.

Hours are secondary (TIBCP, JEO) and settings; that IBIS has each requirement as satisfied unless the school changes it
stands in the Faria CP coordinator guide, May. Checked 2026-11-21. Rules over rows of the cp tracker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Ask, Fault, Row
from addin.core.ib.days import day
from addin.core.ib.key_dates import last_day

PARTS = (
    ("personal and professional skills", "skills_state", "skills_hours", "cp_skills_hours"),
    ("service learning", "service_state", "service_hours", "cp_service_hours"),
    ("language development", "language_state", "language_hours", "cp_language_hours"),
)
"""Each requirement with its columns for state and hours, and the setting of its hours."""


def hours(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """Requirements that are satisfied with fewer hours than the school's setting."""
    for name, state, column, setting in PARTS:
        wanted = ask.setting(setting)
        for place, row in enumerate(rows):
            given = row.get(column)
            if wanted and row.get(state) == "Satisfied" and given is not None and given < wanted:
                say = f"{name.capitalize()}: satisfied with {given:g} of {wanted} hours."
                yield Fault(place, column, say, "Add hours, or change the state or the setting.")


def tell_ibis(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """Candidates with a requirement that is not satisfied, of whom IBIS still believes that it is."""
    for place, row in enumerate(rows):
        missed = [name for name, state, _, _ in PARTS if row.get(state) == "Not satisfied"]
        if missed and not row.get("in_ibis"):
            say = f"Not satisfied: {', '.join(missed)}. IBIS has it as satisfied until it is changed."
            fix = "Change it in IBIS (Post registration, CP requirement), then enter Told IBIS on."
            yield Fault(place, "in_ibis", say, fix)


def project_in_time(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """Reflective projects that are not uploaded on the last day, or later than it."""
    today = ask.setting("today")
    ends = {session: last_day(ask, session, "m-cp-rp", "n-cp-rp") for session in {row.get("session") for row in rows}}
    for place, row in enumerate(rows):
        last, done = ends[row.get("session")], day(row.get("uploaded"))
        if last and row.get("question") and (done or today or last) > last:
            what = f"uploaded on {done}" if done else "not uploaded"
            say = f"The reflective project was to be uploaded by {last}; it is {what}."
            yield Fault(place, "uploaded", say, "Upload it, or correct the day.")
