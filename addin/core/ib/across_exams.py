"""The examination plan against registrations, teachers and access arrangements: rules over the rows of exams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.people import Candidates, lines, people, session_of, some
from addin.core.ib.subjects import Catalogue, catalogue
from addin.core.language import phrase
from addin.core.tables.equality import fold

_BOTH = "SL and HL"
_ARTS = frozenset({6})
"""Visual arts, film, theatre and dance have no written paper; what has one is entered by the school."""


def papers_missing(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Registered subjects of a session that have no paper in the plan; arts subjects are left out."""
    known = catalogue(context)
    planned: dict[str, int] = {}
    have: set[tuple[str, str, str]] = set()
    for index, row in enumerate(rows):
        if session_of(row):
            planned.setdefault(session_of(row), index)
            for level in ("SL", "HL") if row.get("level") == _BOTH else (row.get("level") or "",):
                have.add((session_of(row), _name(known, row.get("subject")), level))
    missing: dict[str, set[str]] = {}
    for line in lines(context):
        subject = known.find(line.get("subject") or "")
        key = (session_of(line), _name(known, line.get("subject")), line.get("level") or "")
        if (
            key[0] in planned
            and line.get("subject")
            and key[2] in ("SL", "HL")
            and key not in have
            and not (subject and subject.groups == _ARTS)
        ):
            missing.setdefault(key[0], set()).add(f"{line.get('subject')} {key[2]}")
    for session, subjects in missing.items():
        text = phrase("{session}: no paper is planned for {subjects}.", session=session, subjects=some(subjects))
        yield Violation(planned[session], "subject", text, "Add its papers, or withdraw the registrations.")


def too_few_papers(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Subjects with fewer papers in the plan than the school expects (setting `exam_papers_least`, 0 is never)."""
    least, known = context.setting("exam_papers_least"), catalogue(context)
    papers: dict[tuple[str, str, str], set[str]] = {}
    first: dict[tuple[str, str, str], int] = {}
    for index, row in enumerate(rows):
        if session_of(row) and row.get("subject") and row.get("paper"):
            for level in ("SL", "HL") if row.get("level") == _BOTH else (row.get("level") or "",):
                key = (session_of(row), _name(known, row["subject"]), level)
                papers.setdefault(key, set()).add(fold(row["paper"]))
                first.setdefault(key, index)
    taken = {(session_of(r), _name(known, r.get("subject")), r.get("level") or "") for r in lines(context)}
    for key, found in papers.items():
        if least and len(found) < least and key in taken:
            text = phrase(
                "{subject} {level} has {count} paper in the plan; {least} are expected.",
                subject=rows[first[key]]["subject"],
                level=key[2],
                count=len(found),
                least=least,
            )
            yield Violation(
                first[key], "paper", text, "Add the missing paper, or change the setting exam_papers_least."
            )


def own_subject(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Invigilators who teach the subject that is examined."""
    known = catalogue(context)
    taught: dict[str, set[str]] = {}
    for line in lines(context):
        for name in people(line.get("teacher")):
            taught.setdefault(_name(known, line.get("subject")), set()).add(fold(name))
    for index, row in enumerate(rows):
        mine = taught.get(_name(known, row.get("subject")), set())
        both = [name for name in people(row.get("invigilators")) if fold(name) in mine]
        if both:
            text = phrase(
                "{names} teaches {subject} and would invigilate it.", names=some(both), subject=row["subject"]
            )
            yield Violation(index, "invigilators", text, "Put a teacher of another subject in the room.")


def extra_time_arranged(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates with extra time in the plan but no approved arrangement, and the other way round."""
    known_rows = [row for row in context.rows("arrangements") if row.get("candidate")]
    arranged = {row["candidate"]: row for row in known_rows if row.get("extra_time")}
    who, said = Candidates(context).who, set[str]()
    planned = {code for row in rows for code in _codes(row.get("extra_time"))}
    if planned and not known_rows:
        index = next(i for i, row in enumerate(rows) if _codes(row.get("extra_time")))
        text = phrase(
            "Extra time in this plan, but no access arrangement is entered: {some}.", some=some(map(who, planned))
        )
        yield Violation(index, "extra_time", text, "Enter each approval in Access arrangements.")
        return
    for index, row in enumerate(rows):
        for code in _codes(row.get("extra_time")):
            if code not in said and (code not in arranged or arranged[code].get("state") != "Approved"):
                said.add(code)
                text = (
                    phrase("{who} has extra time in this plan, but the arrangement is not approved.", who=who(code))
                    if code in arranged
                    else phrase("{who} has extra time in this plan, but no line in Access arrangements.", who=who(code))
                )
                yield Violation(index, "extra_time", text, "Enter the approval, or take the extra time out.")
    yield from _left_out(rows, context, [code for code, r in arranged.items() if r.get("state") == "Approved"])


def _left_out(rows: Sequence[Row], context: RuleContext, approved: Sequence[str]) -> Iterator[Violation]:
    """Approved extra time that a paper of the candidate does not have in any room."""
    known, who = catalogue(context), Candidates(context).who
    taken: dict[str, set[tuple[str, str]]] = {}
    for line in lines(context):
        taken.setdefault(line["candidate"], set()).add((session_of(line), _name(known, line.get("subject"))))
    papers: dict[tuple[str, str, str], list[int]] = {}
    for index, row in enumerate(rows):
        papers.setdefault((session_of(row), _name(known, row.get("subject")), row.get("paper") or ""), []).append(index)
    for code in approved:
        missing = [
            indexes
            for (session, subject, _), indexes in papers.items()
            if (session, subject) in taken.get(code, ())
            and not any(code in _codes(rows[i].get("extra_time")) for i in indexes)
        ]
        if missing:
            first = rows[missing[0][0]]
            what = some((f"{rows[i[0]].get('subject')} {rows[i[0]].get('paper') or ''}".strip() for i in missing), 3)
            text = phrase(
                "{who} has approved extra time, but is in no extra time list of {what}.", who=who(code), what=what
            )
            yield Violation(
                missing[0][0],
                "extra_time",
                text,
                phrase("Add {code} to Extra time of {subject}.", code=code, subject=first.get("subject")),
            )


def _codes(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").replace(",", ";").split(";") if part.strip()]


def _name(known: Catalogue, subject: str | None) -> str:
    found = known.find(subject or "")
    return found.name if found else fold(subject or "")
