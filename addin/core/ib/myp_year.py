"""The MYP year: the certificate against its grades, registrations and enquiries in time, a unit in each year.

The award rule and its source are in myp.py; the dates are those of ibo.org, "Registration" and "Grading and awards"
(MYP), checked 2026-11-21. An interdisciplinary unit in each year is asked for by a school's page (boyd.sd38.bc.ca).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation, myp
from addin.core.ib.days import day
from addin.core.ib.key_dates import key_date, last_day
from addin.core.ib.people import session_of
from addin.core.language import in_a_row, long_date, phrase

LABELS = (
    "Language and literature",
    "Individuals and societies",
    "Sciences",
    "Mathematics",
    "Interdisciplinary",
    "Language acquisition",
    "Arts, design or PHE",
    "Personal project",
)
"""The parts as the tracker names them, in the order of myp.PARTS."""
_PARTS = dict(zip(LABELS, myp.PARTS, strict=True))


def certificate_agrees(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Certificates and totals that are not what the eight grades make; a student with missing grades is left out."""
    service = {row["student"]: row.get("service_done") for row in context.rows("myp") if row.get("student")}
    for (student, _), indexes in _by_student(rows).items():
        graded = [(_PARTS[rows[i]["part"]], rows[i]["grade"]) for i in indexes if _is_graded(rows[i])]
        stated = [i for i in indexes if rows[i].get("certificate") or rows[i].get("total") is not None]
        if not stated or not graded:
            continue
        found = myp.award(graded, service=service.get(student) is not False)
        index = stated[0]
        if rows[index].get("total") is not None and rows[index]["total"] != found.points:
            text = phrase(
                "{who}: the grades make {points} points, not {total}.",
                who=_who(rows[index]),
                points=found.points,
                total=rows[index]["total"],
            )
            yield Violation(index, "total", text, "Compare with the results of the IB.")
        if rows[index].get("certificate") and found.awarded != (rows[index]["certificate"] == "Awarded"):
            why = in_a_row(found.reasons) or phrase("nothing speaks against it")
            text = phrase(
                "{who}: certificate {certificate}, but {why}.",
                who=_who(rows[index]),
                certificate=rows[index]["certificate"],
                why=why,
            )
            yield Violation(index, "certificate", text, "Compare with the results of the IB.")


def parts_missing(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Students who are registered for some parts of the certificate but not for all eight, other than the project."""
    for indexes in _by_student(rows).values():
        here = {rows[i].get("part") for i in indexes if rows[i].get("registered") is not False}
        if here - {"Personal project"} and len(here) > 1 and (missing := [name for name in LABELS if name not in here]):
            text = phrase("{who} has no line for {parts}.", who=_who(rows[indexes[0]]), parts=in_a_row(missing))
            yield Violation(indexes[0], "part", text, "Register all eight for the certificate, or single courses only.")


def registered_in_time(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Lines that are not registered after the MYP's registration day of their session."""
    today = context.setting("today")
    days = {session: key_date(context, session, "m-myp-reg", "n-myp-reg") for session in {session_of(r) for r in rows}}
    for index, row in enumerate(rows):
        due = days[session_of(row)]
        if today and due and today > due.day and row.get("registered") is not True and row.get("grade") is None:
            text = phrase(
                "{who}, {part}: to be registered by {due}.", who=_who(row), part=row.get("part"), due=due.words
            )
            yield Violation(index, "registered", text, "Register it now, then set Registered to Yes.")


def enquiry_in_time(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Enquiries upon MYP results after the last day of their session."""
    for index, row in enumerate(rows):
        asked, last = day(row.get("enquiry")), last_day(context, session_of(row), "m-myp-eur", "n-myp-eur")
        if asked and last and asked > last:
            text = phrase(
                "{who}: asked for on {asked}; the last day was {last}.",
                who=_who(row),
                asked=long_date(asked),
                last=long_date(last),
            )
            yield Violation(index, "enquiry", text, "Correct the day or the session.")


def years_without_unit(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Years of the MYP without an interdisciplinary unit, up to the highest year that has one."""
    years = {row["year"] for row in rows if isinstance(row.get("year"), int) and row.get("unit")}
    missing = [year for year in range(1, 6) if year not in years] if years else []
    if missing:
        text = phrase("No interdisciplinary unit yet in year {years}.", years=missing)
        yield Violation(0, "year", text, "Plan one for each year.")


def _by_student(rows: Sequence[Row]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("student") and row.get("part") in _PARTS:
            found.setdefault((row["student"], session_of(row)), []).append(index)
    return found


def _is_graded(row: Row) -> bool:
    return isinstance(row.get("grade"), int) and row["grade"] in range(1, 8)


def _who(row: Row) -> str:
    name = " ".join(part for part in (row.get("first_names"), row.get("last_name")) if part)
    return f"{name} ({row.get('student')})" if name else str(row.get("student"))
