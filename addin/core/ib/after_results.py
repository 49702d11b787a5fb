"""After the exams: enquiries upon results, requests for transcripts, and offers of universities.

Kinds of enquiry and their conditions: eliteib.co.uk, iblieve.org, plusplustutors.com, sac.ie and ThinkIB agree
(secondary, checked 2026-11-21). Free transcripts: transcripts.py. Days come from lists/deadlines.csv.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day, months_on
from addin.core.ib.key_dates import last_day
from addin.core.ib.subjects import catalogue
from addin.core.ib.transcripts import Limits, not_free
from addin.core.language import phrase

RE_MARK, REPORT, RE_MODERATION = "1 re-mark", "1 report", "3 re-moderation"
WHOLE_GROUP = ("2A", RE_MODERATION)
DROPPED = ("Withdrawn", "Refused")


def enquiry_in_time(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Enquiries asked for after the last day of their session, or not yet asked for although it has passed."""
    today = context.setting("today")
    last_days: dict[str, date | None] = {}
    for index, row in enumerate(rows):
        session = row.get("session") or ""
        if session not in last_days:
            last_days[session] = last_day(context, session, "m-eur", "n-eur")
        last, asked = last_days[session], day(row.get("requested"))
        if last and asked and asked > last:
            text = phrase(
                "Asked for on {asked}; the last day for {session} was {last}.", asked=asked, session=session, last=last
            )
            yield Violation(index, "requested", text, "Correct the day or the session.")
        elif last and today and today > last and not asked and row.get("state") == "Wanted":
            text = phrase("The last day was {last}, and this is still only wanted.", last=last)
            yield Violation(index, "requested", text, "Set the state to Withdrawn, or enter the day.")


def enquiry_once(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """The same kind of enquiry twice: for one candidate, or for the whole group where the kind is about all."""
    first: dict[tuple[str, ...], int] = {}
    for index, row in enumerate(rows):
        kind, subject = row.get("type"), row.get("subject")
        if not kind or not subject or row.get("state") in DROPPED:
            continue
        who = "" if kind in WHOLE_GROUP else row.get("candidate") or f"row {index}"
        other = first.setdefault((kind, who, subject, row.get("level") or "", row.get("session") or ""), index)
        if other != index:
            text = phrase(
                "{kind} for {subject} is also in request {request}.",
                kind=kind,
                subject=subject,
                request=rows[other].get("request") or phrase("(no number)"),
            )
            yield Violation(index, "type", text, "The same cannot be asked for twice: clear one, or correct it.")


def enquiry_report(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Reports on a re-mark that was not requested, or requested more than a month after its result."""
    marked = {_whose(row): row for row in rows if row.get("type") == RE_MARK}
    for index, row in enumerate(rows):
        if row.get("type") != REPORT or row.get("state") in DROPPED:
            continue
        before = marked.get(_whose(row))
        result, asked = day((before or {}).get("result_on")), day(row.get("requested"))
        if before is None:
            text = "A report tells about a re-mark; there is none for this candidate and subject."
            yield Violation(index, "type", text, "Add the re-mark, or change the kind.")
        elif result and asked and asked > months_on(result, 1):
            text = phrase(
                "The result of the re-mark came on {result}; a report is asked for within a month.", result=result
            )
            yield Violation(index, "requested", text, "Correct the day.")


def enquiry_outcome(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Re-moderation with a lower grade after than before: it changes grades upwards only."""
    for index, row in enumerate(rows):
        before, after = row.get("grade_before") or "", row.get("grade_after") or ""
        if row.get("type") == RE_MODERATION and before.isdigit() and after.isdigit() and int(after) < int(before):
            text = phrase(
                "Re-moderation does not lower a grade; here {before} became {after}.", before=before, after=after
            )
            yield Violation(index, "grade_after", text, "Correct one of the grades, or the kind.")


def transcripts_free(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """One candidate's free requests for transcripts, where they are more than the IB sends without a fee.

    All requests through one admissions centre count as one.
    """
    limits = Limits(*(context.setting(f"transcripts_{name}") or number for name, number in _LIMITS))
    indexes: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("free") is not False and row.get("state") != "Cancelled" and row.get("institution"):
            indexes.setdefault(row.get("session") or "", []).append(index)
    for here in indexes.values():
        countries: dict[str, str] = {}
        for index in here:
            centre = rows[index].get("centre")
            countries.setdefault(f"centre {centre}" if centre else f"row {index}", rows[index].get("country") or "")
        for reason in not_free(list(countries.values()), limits):
            fix = "Set Free to No for those that are ordered and paid after the results."
            yield Violation(here[-1], "free", reason, fix)


_LIMITS = (("all", 6), ("north_america", 3), ("states", 1))


def transcripts_in_time(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Free requests that are not in IBIS although the results are out, or were entered after them."""
    today = context.setting("today")
    last_days: dict[str, date | None] = {}
    for index, row in enumerate(rows):
        session = row.get("session") or ""
        if session not in last_days:
            last_days[session] = last_day(context, session, "m-results", "n-results")
        last, entered = last_days[session], day(row.get("entered"))
        if last is None or row.get("free") is False or row.get("state") == "Cancelled" or not row.get("institution"):
            continue
        if (entered or today or last) > last:
            what = phrase("entered on {entered}", entered=entered) if entered else phrase("not entered")
            text = phrase("Free requests end on {last}; this is {what}.", last=last, what=what)
            yield Violation(index, "entered", text, "Order and pay it as a later request, and set Free to No.")


def offers_met(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Offers and what the awards tracker says: points missed, and lines that say otherwise."""
    points = {
        (row.get("candidate"), row.get("session")): row["points"]
        for row in context.rows("awards")
        if row.get("points") is not None
    }
    for index, row in enumerate(rows):
        have, wanted = points.get((row.get("candidate"), row.get("session"))), row.get("offer_points")
        if have is None or wanted is None or row.get("reply") == "Declined":
            continue
        if have < wanted and row.get("met") is not False:
            text = phrase(
                "{institution} asks for {wanted} points; {have} were reached, {lack} too few.",
                institution=row.get("institution"),
                wanted=wanted,
                have=have,
                lack=wanted - have,
            )
            yield Violation(index, "met", text, "Set Met to No, and think of an enquiry or of the other offers.")
        elif have >= wanted and row.get("met") is False and not row.get("offer_higher"):
            text = phrase(
                "{institution} asks for {wanted} points; {have} were reached.",
                institution=row.get("institution"),
                wanted=wanted,
                have=have,
            )
            yield Violation(index, "met", text, "Correct Met or the points.")


def subjects_taken(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Wishes whose needed subjects the candidate is not registered for; those without any line are left out."""
    known = catalogue(context)

    def name(text: str) -> str:
        subject, _, level = text.strip().rpartition(" ")
        found = known.find(subject if level in ("SL", "HL") else text)
        plain = found.name if found else (subject if level in ("SL", "HL") else text).strip()
        return f"{plain} {level}" if level in ("SL", "HL") else plain

    taken: dict[str, set[str]] = {}
    for row in context.rows("registrations"):
        if row.get("subject") and row.get("status") != "Withdrawn":
            both = name(row["subject"]), name(f"{row['subject']} {row.get('level') or ''}".strip())
            taken.setdefault(row.get("candidate") or "", set()).update(both)
    for index, row in enumerate(rows):
        wanted = [part.strip() for part in (row.get("needs") or "").split(";") if part.strip()]
        mine = taken.get(row.get("candidate") or "")
        if mine and (missing := [part for part in wanted if name(part) not in mine]):
            text = phrase(
                "{institution} asks for {missing}, which is not among the subjects.",
                institution=row.get("institution"),
                missing=missing,
            )
            yield Violation(index, "needs", text, "Talk about the subjects or the wish.")


def _whose(row: Row) -> tuple[str, ...]:
    return tuple(row.get(column) or "" for column in ("candidate", "session", "subject", "level"))
