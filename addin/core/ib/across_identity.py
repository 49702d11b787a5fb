"""One person, one identity: names beside a code, addresses, the school's code, and who sees a student's work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation, once
from addin.core.ib.days import day
from addin.core.ib.people import Candidates, has_left, session_of
from addin.core.ib.session import parse
from addin.core.language import phrase
from addin.core.tables.equality import fold

_MOST = 0.8
"""The part of the candidates whose school code is taken for the school's own."""


def name_agrees(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows whose last name is not that of a candidate with this code: usually the code of somebody else.

    A code that two candidates have is a finding of its own: the rows of both are right.
    """
    people = Candidates(context)
    names = once(context, "last names by code", lambda: _last_names(context))
    for index, row in enumerate(rows):
        name, there = row.get("last_name"), names.get(row.get("candidate") or "")
        if name and there and fold(name) not in there:
            text = phrase(
                "The code {code} is {who}; the name here is {name}.",
                code=row["candidate"],
                who=people.name(row["candidate"]),
                name=name,
            )
            yield Violation(index, "last_name", text, "Correct the code or the name.")


def _last_names(context: RuleContext) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in context.rows("candidates"):
        if row.get("code") and row.get("last_name"):
            found.setdefault(row["code"], set()).add(fold(row["last_name"]))
    return found


def guardian_address(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates whose guardian has the student's own address."""
    who = Candidates(context).who
    for index, row in enumerate(rows):
        mail = fold(row.get("email") or "")
        if mail and mail == fold(row.get("guardian_email") or ""):
            text = phrase("{who}: the guardian's address is the student's own.", who=who(row.get("code")))
            yield Violation(index, "guardian_email", text, "Ask the family for theirs.")


def one_school(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates with another school code than the school's, or than nearly all others."""
    codes = Counter(row["school_code"] for row in rows if row.get("school_code"))
    usual, number = codes.most_common(1)[0] if codes else ("", 0)
    home = str(context.setting("school_code") or "") or (usual if number >= _MOST * sum(codes.values()) else "")
    who = Candidates(context).who
    for index, row in enumerate(rows):
        if home and row.get("school_code") not in (None, "", home):
            text = phrase(
                "{who} has the school code {code}; the school's is {home}.",
                who=who(row.get("code")),
                code=row["school_code"],
                home=home,
            )
            yield Violation(index, "school_code", text, "Compare with IBIS.")


def without_adviser(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates of coming sessions without an adviser, where most of their session have one."""
    today, who = context.setting("today"), Candidates(context).who
    groups: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        exams = parse(row.get("session") or "")
        if row.get("code") and exams and today and exams.starts > today and not has_left(row, today):
            groups.setdefault(session_of(row), []).append(index)
    for indexes in groups.values():
        without = [index for index in indexes if not row_text(rows[index], "adviser")]
        for index in without if 2 * len(without) < len(indexes) else ():
            text = phrase("{who} has no adviser.", who=who(rows[index]["code"]))
            yield Violation(index, "adviser", text, "Name one, so that somebody looks after CAS.")


def supervised_by_student(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """CAS entries whose supervisor is a candidate: most schools do not accept a fellow student."""
    people = Candidates(context)
    names = once(context, "candidates by name", lambda: _by_name(people))
    seen: dict[str, str] = {}
    for index, row in enumerate(rows):
        name = row.get("supervisor") or ""
        if name and name not in seen:
            seen[name] = names.get(fold(name), "")
        if name and (code := seen[name]):
            text = phrase(
                "{who}: {title} is supervised by {student}, a student.",
                who=people.who(row.get("candidate")),
                title=row.get("title"),
                student=people.who(code),
            )
            yield Violation(index, "supervisor", text, "Name an adult who saw it happen.")


def colleague_address(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Rows of a colleague with the address that the Staff sheet gives to another one."""
    owner = {fold(row["email"]): row["name"] for row in context.rows("staff") if row.get("email") and row.get("name")}
    known = {fold(row["name"]) for row in context.rows("staff") if row.get("name")}
    said: set[str] = set()
    for index, row in enumerate(rows) if owner else ():
        name = row.get("staff") or row.get("person") or ""
        other = str(owner.get(fold(row.get("email") or "")) or name)
        if name and fold(name) in known and fold(other) != fold(name) and fold(name) not in said:
            said.add(fold(name))
            text = phrase("{name} has the address of {other} here.", name=name, other=other)
            yield Violation(index, "email", text, "Write the address that Staff gives.")


def row_text(row: Row, column: str) -> str:
    """What a text column holds, without outer blanks."""
    return str(row.get(column) or "").strip()


def _by_name(people: Candidates) -> dict[str, str]:
    return {
        fold(f"{row.get('first_names')} {row.get('last_name')}"): code
        for code, row in people.rows.items()
        if row.get("first_names") and row.get("last_name") and not day(row.get("left"))
    }
