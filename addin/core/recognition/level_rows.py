"""A table of subjects down and levels across, with the names of the students in the cells: registrations by cell."""

from __future__ import annotations

from collections.abc import Mapping

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.language import any_of, phrase
from addin.core.recognition.header_rows import filled
from addin.core.recognition.level_columns import names_in
from addin.core.recognition.likeness import names
from addin.core.recognition.parts import Part
from addin.core.recognition.people import Person, is_nickname, split_nickname
from addin.core.recognition.reading import Made, Place, SheetReading
from addin.core.recognition.work import Work, named
from addin.core.tables.layout import plain

OF_ROW = ("teacher", "class_group")
"""Columns of a registration that a table of this kind may say for all its students."""


def member_rows(part: Part, grid: Grid, work: Work, report: SheetReading) -> None:
    """A registration for each name in a cell."""
    down = next(number for number, role in part.roles.items() if role.kind == "subject down")
    levels = {number: role.level for number, role in part.roles.items() if role.kind == "members"}
    for row in part.region.rows:
        cells = {number: _value(part, grid, row, number) for number in part.roles}
        cells = {number: raw for number, raw in cells.items() if filled(raw)}
        reading = work.words.subjects.read(cells.get(down))
        if reading is None or len(reading.names) != 1:
            named_so = phrase("may be {names}", names=any_of(reading.names[:3])) if reading else ""
            for number, raw in cells.items():
                why = named_so or phrase("no subject of this name")
                why = why if number == down else phrase("of a row that was not taken")
                work.list(grid.sheet, row, number, raw, why)
            continue
        report.rows += 1
        work.placed |= {(grid.sheet, row, number) for number in cells if number not in levels}
        said = _of_row(part, {n: raw for n, raw in cells.items() if n != down and n not in levels}, work)
        for number, level in levels.items():
            if number in cells:
                values: dict[str, Value] = {"subject": reading.names[0], "level": level, **said.values}
                made = records.replace(said, values=values, origin=(grid.sheet, row, number))
                _register(cells[number], made, work)


def _value(part: Part, grid: Grid, row: int, number: int) -> Value:
    """A cell, or the one that it is merged into; a blank below a name is a blank."""
    return grid.value(row, number) if number in part.region.carried else part.region.value(grid, row, number)


def _of_row(part: Part, cells: Mapping[int, Value], work: Work) -> Made:
    """What the row says for all its students: the teacher, the class, columns of the person's own."""
    made = Made("registrations", {}, ("", 0, 0))
    known = names(work.trackers["registrations"])
    for number, raw in cells.items():
        header = part.region.headers[number]
        column = next((name for name in known.get(plain(header), ()) if name in OF_ROW), "")
        if column:
            made.values[column] = raw
        else:
            made.extra[part.region.own_name(number)] = raw
    return made


def _register(raw: Value, like: Made, work: Work) -> None:
    """A registration for each student in a cell; who is not certain is listed."""
    unsure: dict[str, str] = {}
    people: list[Person] = []
    for name in names_in(raw):
        person, why = _student(name, like.origin, work)
        if person:
            people.append(person)
        else:
            unsure[name] = why
    for person in people:
        identity = (str(like.values["subject"]).casefold(), str(like.values["level"]))
        values, extra = dict(like.values), dict(like.extra)
        work.made.append(Made("registrations", values, like.origin, extra, person.number, identity))
    for name, why in unsure.items():
        work.list(*like.origin, name, why, placed=bool(people))
    if not unsure:
        work.placed.add(like.origin)


def _student(name: str, place: Place, work: Work) -> tuple[Person | None, str]:
    """The student of a name, found or added; else why it is not certain."""
    text, remark = split_nickname(name)
    if remark and not is_nickname(remark):
        return None, phrase("left out, as the row says {gone}", gone=remark)
    known = work.people.split(text)
    facts = {"last_name": known.last, "first_names": known.first} if known else named(text)
    found = work.people.find(facts)
    if len(found) > 1:
        return None, phrase("{number} students may be meant: add the code or the birth date", number=len(found))
    if not found and work.home:
        return None, phrase("no student of this name is in the list of candidates")
    return (found[0] if found else work.people.add(facts, origin=place)), ""
