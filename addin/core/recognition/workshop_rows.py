"""Rows of professional development: several workshops in one cell, how and where beside the date, what titles say."""

from __future__ import annotations

from datetime import date

from addin.core import records
from addin.core.book import Grid
from addin.core.language import phrase
from addin.core.recognition.cells import Read
from addin.core.recognition.parts import Part
from addin.core.recognition.reading import Made
from addin.core.recognition.roles import no_mark
from addin.core.recognition.work import Work
from addin.core.recognition.workshop_text import is_place, jotted, programme_in, read_workshop, split_date, split_mode
from addin.core.regex import regex
from addin.core.tables.values import show

NO_WORKSHOP = regex(
    r"(?i)(?:on (?:\w+ )?leave|(?:maternity|paternity|parental|sick|study) leave|sabbatical|congé \w+|de baja|"
    r"elternzeit|none (?:needed|required)|not (?:needed|required|applicable)|new (?:teacher|staff|hire)|left|none|"
    r"nothing|no pd|not yet|n/?a|aucune?|ningun[oa]|keine?s?|-+|–|—)"
    r"(?: yet| so far| attended| encore| aún| bisher)?\.?"
)
"""What says that a colleague has been to no workshop."""


def by_line(made: Made, part: Part, grid: Grid, row: int, work: Work) -> list[Made]:
    """A cell with several workshops, a line each: a row for each, with the date at the end of its line.

    What else the row says is of all of them, and so of none: it goes along as it is where it is no date.
    """
    text = made.values.get("workshop")
    if made.tracker != "pd" or not isinstance(text, str):
        return [made]
    number = next((m.number for m in part.found.matches if m.column == "workshop"), 0) if part.found else 0
    if NO_WORKSHOP.fullmatch(text.strip()):
        work.placed -= {(grid.sheet, row, n) for n in part.region.columns}
        work.list(grid.sheet, row, number, text, phrase("no workshop"))
        return []
    lines = jotted(text)
    dated = made.values.get("start") is not None or any(key in made.extra for key in _date_headers(part))
    if len(lines) < 2 and (dated or not split_date(text)[1]):
        return [made]
    if len(lines) > 1 and dated:
        work.list(grid.sheet, row, number, text, phrase("several workshops beside one date"), placed=True)
        return [made]
    return [_workshop_of(line, made, part, grid, row, number, work) for line in lines]


def _date_headers(part: Part) -> set[str]:
    """The headers of the columns with the dates of a list."""
    return {m.header for m in part.found.matches if m.column in ("start", "end")} if part.found else set()


def _workshop_of(line: str, made: Made, part: Part, grid: Grid, row: int, number: int, work: Work) -> Made:
    """One workshop of a cell with several."""
    title, when = split_date(line)
    one = records.replace(made, values={**made.values, "workshop": title}, extra=dict(made.extra))
    one.origin = (grid.sheet, row, number)
    mode, day = split_mode(when)
    if mode:
        one.values.setdefault("mode", mode)
    read = work.cells.read(work.trackers["pd"].columns["start"], day, work.order(grid.sheet, number)) if day else Read()
    if read.value is not None:
        one.values["start"] = read.value
        one.values |= {"end": read.more["end"]} if read.more.get("end") else {}
        if remark := read.more.get("remark"):
            one.extra["\0remark"] = remark
    elif when:
        one.extra[phrase("When")] = when
        work.list(grid.sheet, row, number, line, read.why or phrase("no exact day; kept as it is written"), placed=True)
    return one


def without_mode(made: Made, column: str, text: str) -> str:
    """The date or the place in a text that also says how a workshop is held, or where: `Bangkok, 12-14 March 2026`."""
    mode, rest = split_mode(text)
    if mode:
        made.values.setdefault("mode", mode)
    if column == "place":
        return rest or text
    place, when = split_date(rest)
    if when and is_place(place):
        made.values.setdefault("place", place)
        return when
    return rest


def complete_workshop(made: Made, work: Work, record: str) -> None:
    """What the words of a workshop's title say, and the answers; `record` is filled where it is a list of the past."""
    text = made.values.get("workshop")
    said = read_workshop(text, work.words.subjects) if isinstance(text, str) else None
    if said:
        for column, value in (
            ("category", said.category),
            ("subject", said.topic),
            ("place", said.place),
            ("mode", said.mode),
        ):
            if value and not made.values.get(column):
                made.values[column] = value
    start, certificate = made.values.get("start"), made.values.get("certificate")
    certified = bool(certificate) and not no_mark(certificate)
    if made.extra.get("\0remark"):
        made.values.setdefault("status", "Booked")
    elif certified or isinstance(start, date) or (record and start is None):
        over = start is None or (isinstance(start, date) and start <= work.today)
        if certified or (over and work.need("past workshops", record) == "attended"):
            made.values.setdefault("status", "Attended")
    texts = [show(made.values.get(name)) for name in ("role", "workshop")]
    if programme := programme_in(*texts):
        made.values.setdefault("programme", programme)
    if answer := work.need("role"):
        made.values.setdefault("role", answer)
