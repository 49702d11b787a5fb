"""Where results and students go: transcripts and destinations held against each other and against Candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.people import Candidates, by_candidate, session_of, some, taken_by
from addin.core.language import phrase
from addin.core.tables.equality import fold

_NOT_GOING = ("Rejected", "Withdrawn")


def same_session(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows for another session than the candidate's, in which the candidate is not registered either."""
    people, taken = Candidates(context), taken_by(context)
    for index, row in enumerate(rows):
        person = people.rows.get(row.get("candidate") or "")
        if person is None or not session_of(row) or not session_of(person) or session_of(row) == session_of(person):
            continue
        if session_of(row) not in {session_of(line) for line in taken.get(row["candidate"], ())}:
            text = phrase(
                "{who} is in {session_of}; this row says {session_of_2}.",
                who=people.who(row["candidate"]),
                session_of=session_of(person),
                session_of_2=session_of(row),
            )
            yield Violation(index, "session", text, "Correct the session here or in Candidates.")


def transcript_has_destination(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Requests to institutions that are not among the candidate's destinations, or in another country there."""
    wishes, who = by_candidate(context.rows("destinations")), Candidates(context).who
    for index, row in enumerate(rows):
        mine = wishes.get(row.get("candidate") or "", ())
        if not mine or not row.get("institution") or row.get("centre") or row.get("state") == "Cancelled":
            continue
        same = [one for one in mine if _alike(one.get("institution"), row["institution"])]
        if not same:
            named = some({one.get("institution") or "?" for one in mine}, 3)
            text = phrase(
                "{who}: {institution} is not among the destinations ({named}).",
                who=who(row["candidate"]),
                institution=row["institution"],
                named=named,
            )
            yield Violation(index, "institution", text, "Add it in Destinations, or correct the name.")
        elif (there := same[0].get("country")) and row.get("country") and fold(there) != fold(row["country"]):
            text = phrase(
                "{institution} is in {country} here and in {there} in Destinations.",
                institution=row["institution"],
                country=row["country"],
                there=there,
            )
            yield Violation(index, "country", text, "Correct one: the country decides which requests are free.")


def going_has_transcript(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Final destinations without a request for a transcript, where others of the candidate's are asked for."""
    asked = by_candidate(row for row in context.rows("transcripts") if row.get("state") != "Cancelled")
    who = Candidates(context).who
    for index, row in enumerate(rows):
        mine = asked.get(row.get("candidate") or "", ())
        going = row.get("going") is True and row.get("decision") not in _NOT_GOING and row.get("institution")
        if going and mine and not any(one.get("centre") or _alike(one.get("institution"), going) for one in mine):
            text = phrase(
                "{who} goes to {going}, but no transcript was asked for there.", who=who(row["candidate"]), going=going
            )
            yield Violation(index, "going", text, "Add the request in Transcripts.")


def _alike(one: str | None, other: str | None) -> bool:
    """The same institution, by whole name or a part of it: `Leeds` and `University of Leeds`."""
    a, b = fold(one or ""), fold(other or "")
    return bool(a and b) and (a in b or b in a)


def disclosed_though_refused(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Grades that were given away of candidates who refused the release of results."""
    people = Candidates(context)
    for index, row in enumerate(rows):
        refused = people.rows.get(row.get("candidate") or "", {}).get("release_consent") is False
        if refused and row.get("what") in ("Grades", "Predicted grades") and row.get("basis") in (None, "Consent"):
            text = phrase(
                "{who} refused the release of results, but {what} went to {given_to}.",
                who=people.who(row["candidate"]),
                what=row["what"],
                given_to=row.get("given_to"),
            )
            yield Violation(
                index, "given_to", text, "Ask the student; correct the consent in Candidates or the ground here."
            )
