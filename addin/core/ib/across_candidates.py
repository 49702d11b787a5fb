"""What the other trackers say, or fail to say, of a candidate: rules over the rows of the candidates tracker.

A tracker that is empty, or has no row of the candidate's session yet, is not in use: nothing is missing from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day, months_on
from addin.core.ib.people import Candidates, by_candidate, has_left, session_of, some, taken_by
from addin.core.ib.people import people as people_in
from addin.core.ib.session import parse
from addin.core.language import long_date, phrase, phrases
from addin.core.tables.equality import fold

DIPLOMA = "D"
ENTERED = ("In IBIS", "Confirmed")
_ORDINALS = (phrase("first"), phrase("second"), phrase("third"))


def without_registration(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates without a registration line, although others of their session have some."""
    taken = taken_by(context)
    sessions = {session_of(row) for registered in taken.values() for row in registered}
    people = Candidates(context)
    for index, row in _current(rows, context):
        if row.get("category") and session_of(row) in sessions and row["code"] not in taken:
            text = phrase(
                "{who} has no registration lines for {session}.",
                who=people.who(row["code"]),
                session=session_of(row),
            )
            yield Violation(
                index, "code", text, "Add the subjects in Registrations, or enter the day the student left."
            )


def without_cas(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Diploma candidates without a CAS entry, although others of their session have some."""
    people, entries = Candidates(context), by_candidate(context.rows("cas"))
    sessions = {session_of(people.rows[code]) for code in entries if code in people.rows}
    for index, row in _current(rows, context):
        if row.get("category") == DIPLOMA and session_of(row) in sessions and row["code"] not in entries:
            text = phrase("{who} has no CAS entry yet.", who=people.who(row["code"]))
            yield Violation(index, "code", text, "Ask the student and the adviser; the first interview opens CAS.")


def interviews_due(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """CAS interviews that are overdue by the school's months before the exams (setting `cas_interview_months`)."""
    today, people = context.setting("today"), Candidates(context)
    months = [
        int(part) for part in str(context.setting("cas_interview_months") or "").split(";") if part.strip().isdigit()
    ]
    held: dict[str, set[str]] = {}
    for entry in context.rows("cas"):
        if entry.get("interview") and entry.get("status") not in ("Draft", "Rejected"):
            held.setdefault(entry.get("candidate") or "", set()).add(entry["interview"])
    sessions = {session_of(people.rows[code]) for code in held if code in people.rows}
    for index, row in _current(rows, context):
        exams = parse(row.get("session") or "")
        if not exams or not today or row.get("category") != DIPLOMA or session_of(row) not in sessions:
            continue
        due = [months_on(exams.starts, -number) for number in months]
        expected = sum(one < today for one in due)
        done = len(held.get(row["code"], ()))
        if done < expected:
            which, last = _ORDINALS[min(done, 2)], due[done]
            text = phrase(
                "{who}: the {which} CAS interview was due by {last}.",
                who=people.who(row["code"]),
                which=which,
                last=long_date(last),
            )
            yield Violation(
                index, "code", text, "Hold it and enter it in CAS (the due month is a setting of your school)."
            )


def left_but_active(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates who have left and are still registered, have a loan, or wait for a transcript."""
    today, people = context.setting("today"), Candidates(context)
    taken = taken_by(context)
    transcripts = by_candidate(row for row in context.rows("transcripts") if row.get("state") in ("Asked",))
    loans = _loans(context)
    for index, row in enumerate(rows):
        if not row.get("code") or not has_left(row, today):
            continue
        who, left = people.who(row["code"]), day(row["left"])
        assert left is not None
        if open_lines := [one for one in taken.get(row["code"], ()) if _is_open(one, left)]:
            text = phrase(
                "{who} left on {left}, but {count} registration lines are not withdrawn.",
                who=who,
                left=long_date(left),
                count=len(open_lines),
            )
            yield Violation(index, "left", text, "Withdraw them in IBIS and set their status to Withdrawn.")
        if things := {thing for name in _names(row) for thing in loans.get(name, ())}:
            text = phrase(
                "{who} left on {left}, but still has {things}.", who=who, left=long_date(left), things=some(things)
            )
            yield Violation(index, "left", text, "Get it back, then enter Returned on in Inventory.")
        if papers := [p for p in context.rows("exams") if row["code"] in people_in(p.get("extra_time"))]:
            text = phrase(
                "{who} left on {left}, but has extra time in {count} papers of the plan.",
                who=who,
                left=long_date(left),
                count=len(papers),
            )
            yield Violation(index, "left", text, "Take the code out of Extra time in Exams.")
        if row["code"] in transcripts:
            text = phrase(
                "{who} left on {left}, but a transcript request is still open.", who=who, left=long_date(left)
            )
            yield Violation(index, "left", text, "Cancel the request in Transcripts, or enter it in IBIS.")


def ibis_agrees(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """In IBIS is Yes while lines are only planned or missing, or No while all lines are entered."""
    taken, people = taken_by(context), Candidates(context)
    if not taken:
        return
    for index, row in _current(rows, context):
        lines = taken.get(row["code"], ())
        mine = [one for one in lines if session_of(one) == session_of(row)]
        early = [one for one in lines if one.get("category") == "A"]
        waiting = [one for one in mine if one.get("status") in ("Planned", "Agreed")]
        who = people.who(row["code"])
        if row.get("registered") is True and not mine and not early:
            text = phrase(
                "{who}: In IBIS is Yes, but there are no registration lines for {session}.",
                who=who,
                session=session_of(row),
            )
            yield Violation(index, "registered", text, "Add the lines, or set In IBIS to No.")
        elif row.get("registered") is True and waiting:
            subjects = some(f"{one.get('subject')} {one.get('level') or ''}".strip() for one in waiting)
            text = phrases(
                "{who}: In IBIS is Yes, but {n} line is not entered: {subjects}.",
                "{who}: In IBIS is Yes, but {n} lines are not entered: {subjects}.",
                len(waiting),
                who=who,
                subjects=subjects,
            )
            yield Violation(index, "registered", text, "Enter them in IBIS, or correct the status of the lines.")
        elif row.get("registered") is False and mine and all(one.get("status") in ENTERED for one in mine):
            text = phrase("{who}: every line is in IBIS, but In IBIS is No.", who=who)
            yield Violation(index, "registered", text, "Set In IBIS to Yes when the registration is submitted.")


def core_missing(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Diploma candidates whose registration lacks the extended essay or TOK, although others of the session have it."""
    taken, people = taken_by(context), Candidates(context)
    used = {(session_of(row), row.get("level")) for mine in taken.values() for row in mine}
    for index, row in _current(rows, context):
        mine = taken.get(row["code"], ())
        levels = {one.get("level") for one in mine}
        for level, what in (("EE", phrase("extended essay")), ("TK", phrase("TOK"))):
            if row.get("category") == DIPLOMA and mine and level not in levels and (session_of(row), level) in used:
                text = phrase("{who} has no {what} line in Registrations.", who=people.who(row["code"]), what=what)
                yield Violation(index, "code", text, phrase("Add a line with level {level}.", level=level))


def release_refused(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates who refused the release of results, for whom a transcript was nevertheless asked or sent."""
    wanted = by_candidate(row for row in context.rows("transcripts") if row.get("state") != "Cancelled")
    people = Candidates(context)
    for index, row in enumerate(rows):
        if row.get("release_consent") is False and (requests := wanted.get(row.get("code") or "")):
            where = some(request.get("institution") or "?" for request in requests)
            text = phrase(
                "{who} refused the release of results, but there are requests: {where}.",
                who=people.who(row["code"]),
                where=where,
            )
            yield Violation(
                index, "release_consent", text, "Ask the student; cancel the requests or correct the consent."
            )


def without_award(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Diploma candidates with results but no line in Awards, although others of the session have one."""
    awards = {(row.get("candidate"), session_of(row)) for row in context.rows("awards")}
    sessions, people = {session for _, session in awards}, Candidates(context)
    graded = {(row.get("candidate"), session_of(row)) for row in context.rows("results") if row.get("grade")}
    for index, row in enumerate(rows):
        key = (row.get("code"), session_of(row))
        if row.get("category") == DIPLOMA and key in graded and key[1] in sessions and key not in awards:
            text = phrase("{who} has results but no line in Awards.", who=people.who(row["code"]))
            yield Violation(index, "code", text, "Add the line with points and result.")


def nearly_same_person(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Two candidates whose names differ in a letter or two, with one birth date, or one of them without."""
    people = Candidates(context)
    initials: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        for name in ("last_name", "first_names"):
            if row.get(name):
                initials.setdefault(f"{name} {fold(row[name])}", []).append(index)
    said: set[tuple[int, int]] = set()
    for indexes in initials.values():
        for number, index in enumerate(indexes):
            for other in indexes[:number]:
                if (index, other) not in said and _may_be_one(rows[index], rows[other]):
                    said.add((index, other))
                    one, two = (people.who(rows[i].get("code")) for i in (index, other))
                    born = [day(rows[i].get("birth_date")) for i in (index, other)]
                    same = "same birth date" if all(born) else "a birth date is missing"
                    text = phrase("{one} may be {two}: {same} and nearly the same name.", one=one, two=two, same=same)
                    yield Violation(index, "last_name", text, "Keep one row, or check the spelling on the passport.")


def _may_be_one(one: Row, other: Row) -> bool:
    """Nearly one name; birth dates equal, or unknown for one of the two while the session is the same."""
    born, other_born = day(one.get("birth_date")), day(other.get("birth_date"))
    same = born == other_born if born and other_born else session_of(one) == session_of(other)
    return same and _nearly_same_name(one, other)


def without_cp_core(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """CP candidates without a row in CP core, although others of their session have one."""
    have = {(row.get("candidate"), session_of(row)) for row in context.rows("cp")}
    sessions, people = {session for _, session in have}, Candidates(context)
    for index, row in _current(rows, context):
        if row.get("category") == "CP" and session_of(row) in sessions and (row["code"], session_of(row)) not in have:
            text = phrase(
                "{who} has no row in CP core for {session_of}.", who=people.who(row["code"]), session_of=session_of(row)
            )
            yield Violation(index, "code", text, "Add the row, or correct the category.")


def in_the_programme(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows of CP core of candidates who are in another category."""
    people = Candidates(context)
    for index, row in enumerate(rows):
        category = people.rows.get(row.get("candidate") or "", {}).get("category")
        if category and category != "CP":
            text = phrase(
                "{who} is in category {category}, not in the CP.", who=people.who(row["candidate"]), category=category
            )
            yield Violation(index, "candidate", text, "Correct the category in Candidates, or remove the row.")


def _current(rows: Sequence[Row], context: RuleContext) -> Iterator[tuple[int, Row]]:
    today = context.setting("today")
    return ((index, row) for index, row in enumerate(rows) if row.get("code") and not has_left(row, today))


def _is_open(line: Row, left: date | None) -> bool:
    session = parse(line.get("session") or "")
    return session is None or left is None or session.starts > left


def _names(row: Row) -> set[str]:
    """The ways in which a loan may name a candidate."""
    first, last = row.get("first_names") or "", row.get("last_name") or ""
    texts = (row.get("code") or "", f"{first} {last}", f"{last}, {first}", f"{last} {first}")
    return {fold(text) for text in texts if text.strip(" ,")}


def _loans(context: RuleContext) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in context.rows("inventory"):
        if row.get("lent_to") and not row.get("returned"):
            found.setdefault(fold(row["lent_to"]), []).append(row.get("item") or row.get("asset") or phrase("a loan"))
    return found


def _nearly_same_name(one: Row, other: Row) -> bool:
    """One or two letters apart in one of the two names, the other equal; equal names are the rule same-person.

    Of names as short as Li and Lo every letter counts.
    """
    pairs = [(fold(one.get(c) or ""), fold(other.get(c) or "")) for c in ("last_name", "first_names")]
    differing = [(a, b) for a, b in pairs if a != b]
    if len(differing) != 1:
        return False
    a, b = differing[0]
    shortest = min(len(a), len(b))
    return shortest >= 4 and _distance(a, b, 2) <= (1 if shortest < 6 else 2)


def _distance(one: str, other: str, most: int) -> int:
    """Letters to insert, delete, exchange or swap, at most `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
