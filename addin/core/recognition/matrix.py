"""Who went to which workshop: staff down, workshops across, a date or an x in the cell."""

from __future__ import annotations

from collections.abc import Mapping

from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.context import running_school_year
from addin.core.recognition.header_rows import filled
from addin.core.recognition.likeness import names
from addin.core.recognition.parts import Part
from addin.core.recognition.reading import Made, SheetReading
from addin.core.recognition.roles import no_mark, taken_mark
from addin.core.recognition.vocabulary import header_key
from addin.core.recognition.work import Work, order_question
from addin.core.recognition.workshop_rows import NO_WORKSHOP, complete_workshop
from addin.core.recognition.workshop_text import jotted, split_date
from addin.core.recognition.workshops import name_and_subject, said_of, staff_column, times_attended
from addin.core.regex import regex
from addin.core.tables.layout import plain
from addin.core.tables.values import show

DAY = "day of workshop"
KINDS = ("workshop", "workshops of year")
"""The columns with a workshop in each cell: a date or an x below its name, or its name below a year."""


def matrix_rows(part: Part, grid: Grid, work: Work, report: SheetReading) -> None:
    """A row of PD for each filled cell."""
    staff = staff_column(part.region, grid, work.words)
    for row in part.region.rows:
        name = part.region.value(grid, row, staff)
        if not filled(name):
            continue
        cells = [(n, said_of(part.region, grid, row, n, role)) for n, role in part.roles.items() if role.kind != DAY]
        if not any(filled(raw) and part.roles[number].kind in KINDS for number, raw in cells):
            for number, raw in cells:
                if filled(raw):
                    work.list(grid.sheet, row, number, raw, phrase("no workshop is in this row"))
            continue
        report.rows += 1
        work.placed.add((grid.sheet, row, staff))
        called, subject = name_and_subject(show(name), work.words.subjects)
        beside = _beside(part, grid, row, staff, work)
        beside[0].setdefault("subject", subject) if subject else None
        for number, role in part.roles.items():
            raw = said_of(part.region, grid, row, number, role)
            if role.kind == "workshop" and filled(raw):
                if role.number and filled(part.region.value(grid, row, role.number)):
                    work.placed.add((grid.sheet, row, role.number))
                _cell(part, grid, row, number, raw, (called, *beside), work)
            elif role.kind == "workshops of year" and filled(raw):
                _cell_of_year(part, grid, row, number, raw, (called, *beside), work)


def understood_columns(part: Part, grid: Grid, work: Work) -> dict[int, str]:
    """number -> the column of PD that a column of the matrix says something of: who, and what of the person."""
    known = names(work.trackers["pd"])
    found = {staff_column(part.region, grid, work.words): "staff"}
    for number, role in part.roles.items():
        if role.kind not in (*KINDS, DAY, "total", "numbering"):
            column = next((name for name in known.get(plain(part.region.headers[number]), ()) if name in PERSONAL), "")
            found |= {number: column} if column and number not in found else {}
    return found


PERSONAL = ("subject", "role", "email")
"""Columns of PD that say something of the person, whichever workshop it was."""


def _beside(part: Part, grid: Grid, row: int, staff: int, work: Work) -> tuple[dict[str, Value], dict[str, Value]]:
    """What else the row says of the person, by column of PD, and by headers of the person's own."""
    values: dict[str, Value] = {}
    own: dict[str, Value] = {}
    known = names(work.trackers["pd"])
    for number, role in part.roles.items():
        raw = part.region.value(grid, row, number)
        if number == staff or role.kind in (*KINDS, DAY, "total", "numbering") or not filled(raw):
            continue
        header = part.region.headers[number]
        column = next((name for name in known.get(plain(header), ()) if name in PERSONAL), "")
        if column:
            values[column] = work.cells.read(work.trackers["pd"].columns[column], raw).value
        else:
            own[part.region.own_name(number)] = raw
        work.placed.add((grid.sheet, row, number))
    return values, own


def _cell(
    part: Part,
    grid: Grid,
    row: int,
    number: int,
    raw: Value,
    person: tuple[Value, dict[str, Value], dict[str, Value]],
    work: Work,
) -> None:
    title = " ".join(filter(None, [part.region.groups.get(number, ""), part.region.headers[number]]))
    times = times_attended(raw, {**work.cells.orders, **work.order(grid.sheet, number)})
    if no_mark(raw):
        work.placed.add((grid.sheet, row, number))
        return
    if not times and not taken_mark(raw) and not part.roles[number].number:
        work.list(grid.sheet, row, number, raw, phrase("{title}: neither a date nor yes or no", title=title))
        return
    name, values, own = person
    where = "" if times or taken_mark(raw) else show(raw).strip()
    for nth, (text, place, said) in enumerate(times or [("", where, None)]):
        workshop = ", ".join(filter(None, (title, place)))
        made = Made("pd", {"staff": show(name).strip(), "workshop": workshop}, (grid.sheet, row, number), dict(own))
        if said and said.start:
            made.values |= {"start": said.start, "end": said.end if said.end != said.start else None}
        elif said:
            made.extra[phrase("Date")] = text
            if said.precision == "two":
                work.need(order_question(text), text)
            if not nth:
                work.list(grid.sheet, row, number, raw, phrase("no exact day; kept as it is written"), placed=True)
        made.identity = ("pd", header_key(name), header_key(title), *([str(nth + 1)] if nth else []))
        _add(made, values, work, is_over=said is None or (not said.start and 0 < said.year < work.today.year))


def _add(made: Made, values: Mapping[str, Value], work: Work, *, is_over: bool) -> None:
    """Add a workshop, with what the row says of its person."""
    complete_workshop(made, work, "record" if is_over else "")
    made.values |= {column: value for column, value in values.items() if not made.values.get(column)}
    work.made.append(made)
    work.placed.add(made.origin)


_BOOKED = regex(r"(?i)(?:booked|planned|registered|enrolled|inscrit[eos]*|inscrit[ao]s?|angemeldet)\s*[:–-]\s*")


def _cell_of_year(
    part: Part,
    grid: Grid,
    row: int,
    number: int,
    raw: Value,
    person: tuple[Value, dict[str, Value], dict[str, Value]],
    work: Work,
) -> None:
    """The workshops that a cell below a year names, a line each."""
    if no_mark(raw):
        work.placed.add((grid.sheet, row, number))
        return
    lines = jotted(show(raw))
    if all(map(NO_WORKSHOP.fullmatch, lines)):
        work.list(grid.sheet, row, number, raw, phrase("no workshop"))
        return
    name, values, own = person
    year = part.roles[number].year
    is_over = year < running_school_year(work.today)
    for line in lines:
        booked = _BOOKED.match(line)
        title, when = split_date(line[booked.end() :] if booked else line)
        made = Made("pd", {"staff": show(name).strip(), "workshop": title}, (grid.sheet, row, number), dict(own))
        made.values |= {"status": "Booked"} if booked else {}
        read = work.cells.read(work.trackers["pd"].columns["start"], when, work.order(grid.sheet, number))
        if when and read.value is not None:
            made.values |= {"start": read.value} | ({"end": read.more["end"]} if read.more.get("end") else {})
        else:
            made.extra[phrase("When")] = (
                f"{when}, {part.region.headers[number]}" if when else part.region.headers[number]
            )
        made.identity = ("pd", header_key(name), header_key(title), str(year))
        _add(made, values, work, is_over=is_over)
