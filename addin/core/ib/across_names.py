"""Names of colleagues as the trackers write them: slips of a letter, and people who are not on the Staff sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation, once
from addin.core.ib.days import day, months_on
from addin.core.ib.people import STAFF_COLUMNS, nearly, people, staff_names
from addin.core.language import long_date, phrase
from addin.core.tables.equality import fold


def names_nearly(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Names of colleagues that are a letter away from a name used more often elsewhere: usually a slip."""
    columns = sorted({column for all_ in STAFF_COLUMNS.values() for column in all_} & {*(rows[0] if rows else ())})
    counts = staff_names(context)
    certain = once(context, "certain names", lambda: [name for name, number in counts.items() if number > 1])
    asked: dict[str, str] = {}
    for index, row in enumerate(rows):
        for column in columns:
            for name in people(row.get(column)):
                if name not in asked:
                    others = [other for other in certain if counts[other] > counts[name] and fold(other) != fold(name)]
                    asked[name] = nearly(name, others) if counts[name] < 1000 else ""
                if asked[name]:
                    text = phrase("{name} is nearly {asked}, who is named elsewhere.", name=name, asked=asked[name])
                    yield Violation(
                        index, column, text, phrase("Write {asked} if it is the same person.", asked=asked[name])
                    )


def known_to_staff(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Colleagues who are named here but are not on the Staff sheet, once each; other spellings there count."""
    listed = {
        fold(name)
        for row in context.rows("staff")
        for name in (row.get("name") or "", *people(row.get("also_known_as")))
    }
    columns = [
        column for column in ("adviser", "teacher", "supervisor", "staff", "person") if rows and column in rows[0]
    ]
    said: set[str] = set()
    for index, row in enumerate(rows) if listed else ():
        for column in columns:
            for name in people(row.get(column)):
                if fold(name) not in listed and fold(name) not in said:
                    said.add(fold(name))
                    text = phrase("{name} is not on the Staff sheet, so no reminder can reach them.", name=name)
                    yield Violation(index, column, text, "Add a row on Staff, or correct the name here.")


def not_oneself(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Observations in which observer and teacher are one person."""
    for index, row in enumerate(rows):
        if row.get("observer") and row.get("teacher") and fold(row["observer"]) == fold(row["teacher"]):
            text = phrase("{teacher} is the observer and the teacher of one visit.", teacher=row["teacher"])
            yield Violation(index, "observer", text, "Correct one of the two names.")


def newcomers(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Colleagues who joined within a year and have no line here; an empty sheet is not in use."""
    today, here = context.setting("today"), {fold(row["person"]) for row in rows if row.get("person")}
    for person in context.rows("staff") if here else ():
        joined = day(person.get("joined"))
        new = today and joined and months_on(today, -12) < joined <= today and not person.get("left")
        if joined and new and person.get("name") and fold(person["name"]) not in here:
            text = phrase(
                "{name} joined on {joined} and has no line here.", name=person["name"], joined=long_date(joined)
            )
            yield Violation(0, "person", text, "Add a line, so that no step is forgotten.")
