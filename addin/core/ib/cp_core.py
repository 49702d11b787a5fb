"""The core of the Career-related Programme: what is not satisfied yet, and what must be changed in IBIS.

Hours are secondary (TIBCP, JEO) and settings; that IBIS has each requirement as satisfied unless the school changes it
is in the Faria CP coordinator guide, May. Checked 2026-11-21. Rules over rows of the cp tracker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation, cp
from addin.core.ib.days import day
from addin.core.ib.key_dates import last_day
from addin.core.ib.people import Candidates, by_candidate, session_of
from addin.core.ib.session import parse
from addin.core.language import in_a_row, in_digits, phrase, upper_first

PARTS = (
    (phrase("personal and professional skills"), "skills_state", "skills_hours", "cp_skills_hours"),
    (phrase("service learning"), "service_state", "service_hours", "cp_service_hours"),
    (phrase("language development"), "language_state", "language_hours", "cp_language_hours"),
)
"""Each requirement with its columns for state and hours, and the setting of its hours."""


def hours(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Requirements that are satisfied with fewer hours than the school's setting."""
    for name, state, column, setting in PARTS:
        wanted = context.setting(setting)
        for index, row in enumerate(rows):
            given = row.get(column)
            if wanted and row.get(state) == "Satisfied" and given is not None and given < wanted:
                text = phrase(
                    "{part}: satisfied with {given} of {wanted} hours.",
                    part=upper_first(name),
                    given=in_digits(given),
                    wanted=wanted,
                )
                yield Violation(index, column, text, "Add hours, or change the state or the setting.")


def tell_ibis(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates with a requirement that is not satisfied, of whom IBIS still believes that it is."""
    for index, row in enumerate(rows):
        missed = [name for name, state, _, _ in PARTS if row.get(state) == "Not satisfied"]
        if missed and not row.get("in_ibis"):
            text = phrase("Not satisfied: {missed}. IBIS has it as satisfied until it is changed.", missed=missed)
            fix = "Change it in IBIS (Post registration, CP requirement), then enter Told IBIS on."
            yield Violation(index, "in_ibis", text, fix)


def project_in_time(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Reflective projects that are not uploaded on the last day, or later than it."""
    today = context.setting("today")
    ends = {
        session: last_day(context, session, "m-cp-rp", "n-cp-rp") for session in {row.get("session") for row in rows}
    }
    for index, row in enumerate(rows):
        last, done = ends[row.get("session")], day(row.get("uploaded"))
        if last and row.get("question") and (done or today or last) > last:
            what = phrase("uploaded on {done}", done=done) if done else phrase("not uploaded")
            text = phrase("The reflective project was to be uploaded by {last}; it is {what}.", last=last, what=what)
            yield Violation(index, "uploaded", text, "Upload it, or correct the day.")


AWARDED, NOT_AWARDED = "CP certificate awarded", "CP certificate not awarded"


def award_agrees(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Awards whose CP certificate is stated otherwise than grades and core make it, as far as they are known."""
    grades, who = by_candidate(context.rows("results")), Candidates(context).who
    cores = {(row.get("candidate"), session_of(row)): row for row in context.rows("cp")}
    for index, row in enumerate(rows):
        mine = cores.get((row.get("candidate"), session_of(row)))
        if row.get("result") not in (AWARDED, NOT_AWARDED) or mine is None:
            continue
        found = _award(mine, grades.get(row.get("candidate") or "", ()))
        if found and found.awarded != (row["result"] == AWARDED):
            why = in_a_row(found.reasons) or phrase("nothing speaks against it")
            text = phrase("{who}: {result}, but {why}.", who=who(row.get("candidate")), result=row["result"], why=why)
            yield Violation(index, "result", text, "Compare with the results report of the IB.")


def _award(row: Row, results: Sequence[Row]) -> cp.Certificate | None:
    """The award by the best grade of each course up to this session; None where a part is not known yet."""
    last = parse(row.get("session") or "")
    best: dict[tuple[str, str], str] = {}
    for one in results:
        when, grade = parse(one.get("session") or ""), str(one.get("grade") or "")
        if one.get("level") in ("SL", "HL") and last and when and not last < when and grade in "1234567N":
            key = one.get("subject") or "", one["level"]
            best[key] = max(best.get(key, "0"), "0" if grade == "N" else grade)
    states = [row.get(state) for _, state, _, _ in PARTS]
    if not best or not row.get("project_grade") or None in states or "Under way" in states:
        return None
    if row.get("career_state") in (None, "Under way"):
        return None
    return cp.award(
        ["N" if grade == "0" else grade for grade in best.values()],
        reflective_project=row["project_grade"],
        career_study=row["career_state"] == "Completed",
        open_requirements=[name for name, state, _, _ in PARTS if row.get(state) == "Not satisfied"],
    )
