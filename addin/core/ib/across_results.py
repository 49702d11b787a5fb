"""After the results: awards, enquiries and what the candidates tracker says, held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.people import Candidates, lines, session_of
from addin.core.ib.subjects import Catalogue, catalogue
from addin.core.language import phrase
from addin.core.tables.equality import fold

_AWARDED = ("Diploma awarded", "Bilingual Diploma awarded")
_CORE = ("EE", "TK")


def award_has_results(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Awards of candidates without a single result, although others of the session have theirs."""
    graded = {(row.get("candidate"), session_of(row)) for row in context.rows("results") if row.get("grade")}
    sessions, who = {session for _, session in graded}, Candidates(context).who
    for index, row in enumerate(rows):
        key = (row.get("candidate"), session_of(row))
        if row.get("candidate") and key[1] in sessions and key not in graded:
            text = phrase(
                "{who} has an award for {key}, but no results by subject.", who=who(row["candidate"]), key=key[1]
            )
            yield Violation(index, "candidate", text, "Enter the grades in Results, or correct candidate or session.")


def award_fits_category(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Diploma results of candidates who do not take the diploma, CP certificates of those who are not in the CP."""
    people = Candidates(context)
    for index, row in enumerate(rows):
        category = people.rows.get(row.get("candidate") or "", {}).get("category")
        result = row.get("result") or ""
        wrong = ("C", "A", "D", "R") if result.startswith("CP") else ("C", "A", "CP")
        if result and category in wrong:
            text = phrase(
                "{who} is in category {category}, but has the result {result}.",
                who=people.who(row["candidate"]),
                category=category,
                result=row["result"],
            )
            yield Violation(index, "result", text, "Correct the category in Candidates, or clear the result.")


def award_fits_cas(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Code 1 (CAS not met) of a candidate whose CAS is complete, and diplomas of candidates whose CAS is not."""
    people = Candidates(context)
    for index, row in enumerate(rows):
        complete = people.rows.get(row.get("candidate") or "", {}).get("cas_complete")
        codes = [part.strip() for part in str(row.get("codes") or "").replace(",", ";").split(";")]
        if "1" in codes and complete is True:
            text = phrase(
                "{who}: code 1 says CAS is not met, but CAS complete is Yes.", who=people.who(row["candidate"])
            )
            yield Violation(index, "codes", text, "Ask the IB at once, or correct CAS complete in Candidates.")
        elif row.get("result") in _AWARDED and complete is False:
            text = phrase(
                "{who}: {result}, but CAS complete is No.", who=people.who(row["candidate"]), result=row["result"]
            )
            yield Violation(index, "result", text, "Correct CAS complete in Candidates, or the result.")


def enquiry_has_result(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Enquiries about a subject of which the candidate has no result, although the session's results are in."""
    known, who = catalogue(context), Candidates(context).who
    graded = {_key(known, row) for row in context.rows("results") if row.get("grade")}
    sessions = {session for _, _, session, _ in graded}
    for index, row in enumerate(rows):
        waiting = row.get("candidate") and row.get("subject") and row.get("state") not in ("Withdrawn", "Refused")
        if waiting and session_of(row) in sessions and _key(known, row) not in graded:
            text = phrase(
                "{who} has no result in {subject} for {session_of} to enquire about.",
                who=who(row["candidate"]),
                subject=row["subject"],
                session_of=session_of(row),
            )
            yield Violation(index, "subject", text, "Correct subject, level or session, or enter the result.")


def enquiry_is_entered(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Grades that an enquiry changed and that Results still has as they were."""
    known, who = catalogue(context), Candidates(context).who
    grades = {_key(known, row): str(row["grade"]) for row in context.rows("results") if row.get("grade")}
    for index, row in enumerate(rows):
        before, after = str(row.get("grade_before") or ""), str(row.get("grade_after") or "")
        if after and before and after != before and grades.get(_key(known, row)) == before:
            text = phrase(
                "{who}, {subject}: {before} became {after}; Results has {before}.",
                who=who(row.get("candidate")),
                subject=row.get("subject"),
                before=before,
                after=after,
            )
            yield Violation(index, "grade_after", text, "Enter the new grade in Results, then check the award.")


def same_language(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Results in another response language than the registration's: a bilingual diploma hangs on it."""
    known, who = catalogue(context), Candidates(context).who
    there = {
        (*_key(known, line), line.get("level")): line["response_language"]
        for line in lines(context)
        if line.get("response_language")
    }
    for index, row in enumerate(rows):
        here, registered = row.get("response_language"), there.get((*_key(known, row), row.get("level")))
        if here and registered and fold(here) != fold(registered):
            text = phrase(
                "{who}, {subject}: the result is in {here}, registered in {there}.",
                who=who(row.get("candidate")),
                subject=row.get("subject"),
                here=here,
                there=registered,
            )
            yield Violation(index, "response_language", text, "Compare with the results report of the IB.")


def families_told(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Awards whose family nobody has informed, where most of the session were."""
    who, told, results = Candidates(context).who, Counter[str](), Counter[str]()
    for row in rows:
        results[session_of(row)] += bool(row.get("result"))
        told[session_of(row)] += bool(row.get("result") and row.get("told"))
    for index, row in enumerate(rows):
        if row.get("candidate") and row.get("result") and not row.get("told") and _most(told, results, session_of(row)):
            text = phrase("{who}: the family has not been informed of the result.", who=who(row["candidate"]))
            yield Violation(index, "told", text, "Write to the family, then enter the day.")


def without_destination(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Diploma and CP graduates of a session without any destination, where most of the session have one."""
    have = {row["candidate"] for row in context.rows("destinations") if row.get("candidate")}
    people, graded = Candidates(context), {row.get("candidate") for row in context.rows("awards")}
    graduates = [i for i, row in enumerate(rows) if row.get("code") in graded and row.get("category") in ("D", "CP")]
    every = Counter(session_of(rows[index]) for index in graduates)
    known = Counter(session_of(rows[index]) for index in graduates if rows[index]["code"] in have)
    for index in graduates:
        code = rows[index]["code"]
        if code not in have and _most(known, every, session_of(rows[index])):
            text = phrase("{who} has an award, but no line in Destinations.", who=people.who(code))
            yield Violation(index, "code", text, "Ask where the student goes; the yearly figures count them.")


def _most(some: Counter[str], every: Counter[str], session: str) -> bool:
    """Whether at least three, and two thirds, of a session have it: then the others are asked about."""
    return some[session] >= 3 and 3 * some[session] >= 2 * every[session]


def _key(known: Catalogue, row: Row) -> tuple[str, str, str, str]:
    found = known.find(row.get("subject") or "")
    level = row.get("level") or ""
    name = found.name if found else row.get("subject") or ""
    return row.get("candidate") or "", name, session_of(row), level if level in _CORE else ""
