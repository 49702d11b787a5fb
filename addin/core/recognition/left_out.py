"""What is not taken although it is there, and is said: struck-out rows, students who have left, hidden columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from addin.core import records
from addin.core.a1 import cell_name
from addin.core.book import Grid
from addin.core.language import phrase
from addin.core.recognition.columns import WHO
from addin.core.recognition.context import is_withdrawn
from addin.core.recognition.formats import TAKE, Crossed
from addin.core.recognition.header_rows import filled
from addin.core.recognition.parts import Part
from addin.core.recognition.reading import Answers, SheetReading
from addin.core.recognition.regions import Aside
from addin.core.recognition.roles import Role
from addin.core.recognition.survey import Surveyed
from addin.core.recognition.vocabulary import WORDS, header_key, words_of
from addin.core.recognition.work import Work
from addin.core.regex import regex
from addin.core.tables.equality import fold
from addin.core.tables.values import show
from addin.core.text import first_of


def set_aside(
    rows: Mapping[str, Surveyed],
    grids: Mapping[str, Grid],
    crossed: Mapping[str, Crossed],
    work: Work,
    reports: Mapping[str, SheetReading],
) -> None:
    """Take what is not wanted out of the tables before their rows are made, and say so."""
    for name, one in rows.items():
        withdrawn = _without_leavers(one, grids[name], work)
        _without_earlier_answers(one, grids[name], work)
        _tell_crossed(crossed.get(name), name, withdrawn, work, reports[name])
        _tell_hidden(one, grids[name], reports[name])


def count_crossed(
    crossed: Mapping[str, Crossed],
    surveyed: Mapping[str, Surveyed],
    reports: Mapping[str, SheetReading],
    answers: Answers,
) -> None:
    """Count the cells that are struck out; where a sheet stays as it is, its struck-out rows do too."""
    for name, out in crossed.items():
        way, report = surveyed[name].way, reports[name]
        if way in ("rows", "people") and answers.get("withdrawn") != TAKE:
            report.read += out.count
            report.left += out.count - len(out.rows) - len(out.cells)
        elif way == "place" and out.rows:
            these = first_of(list(out.rows), 8)
            report.remarks.append(
                phrase("struck out, and still counted: rows {rows}; delete them, or enter Left on", rows=these)
            )


_STATUS = words_of("status | enrolment status | enrollment status | statut | état | estado | situación | stand")
_LEFT = regex(
    r"(?i)(?:withdr[ae]wn?|left|leaver|dropped(?: out)?|transferred|retirée?|partie?|démissionn\w*|baja|retirad[oa]|"
    r"abgemeldet|abgegangen)\b"
)

_NOTES = words_of(WORDS["candidates"]["notes"] + " | notes | note | remarks | comments | comment | other")
_LEFT_SAID = regex(
    r"(?i)(?:(?:withdr[ae]wn?|leaver|dropped out|transferred out|retirée?|partie?|démissionn\w*|(?:dado de )?baja|"
    r"retirad[oa]|abgemeldet|abgegangen|转学|退学|轉學|left (?:the |our )?"
    r"(?:school|programme|program|ib|dp|diploma|country))"
    r"(?:[\s\d.,/()'-]|\b(?:on|in|en|am|im|le|el|de|since|seit|depuis|desde|from|the|school|ib|dp|diploma|programme|program|"
    r"jan\w*|feb\w*|fév\w*|mar\w*|mär\w*|apr\w*|avr\w*|abr\w*|may|mai|mayo|jun\w*|jui\w*|jul\w*|aug\w*|ago\w*|août|sep\w*|"
    r"oct\w*|okt\w*|nov\w*|dec\w*|dez\w*|dic\w*|déc\w*)\b)*)"
)
"""A remark that says of a student only that they have left, and when; `withdrawn from Biology` is another thing."""


def _has_left(part: Part, grid: Grid, row: int) -> bool:
    """Whether a column of the row, of its status or of remarks, says that the student has left."""
    for number, header in part.region.headers.items():
        key = header_key(header)
        text = show(part.region.value(grid, row, number)).strip() if key in _STATUS | _NOTES else ""
        if text and (_LEFT.match(text) if key in _STATUS else _LEFT_SAID.fullmatch(text)):
            return True
    return False


def _who(part: Part, grid: Grid, row: int) -> int:
    """The column that names whose row it is; the first filled one where none does."""
    named: list[int] = [n for n, role in part.roles.items() if role.kind == "name" or role.column == "last_name"]
    cells: list[int] = [*named, *range(1, len(grid.values[row - 1]) + 1)]
    return next(number for number in cells if filled(grid.value(row, number)))


def _without_leavers(one: Surveyed, grid: Grid, work: Work) -> dict[int, tuple[int, str]]:
    """Take the rows under a heading such as WITHDRAWN, or with that status, out of the tables, unless a person wants
    them; gives them."""
    found: dict[int, tuple[int, str]] = {}
    for number, part in enumerate(one.parts):
        sections = part.region.sections
        gone = [
            row
            for row in part.region.rows
            if part.context.withdrawn
            or is_withdrawn(sections.get(row, ""))
            or (part.shape == "grid" and _has_left(part, grid, row))
        ]
        for row in gone:
            column = _who(part, grid, row)
            found[row] = column, " ".join(show(grid.value(row, column)).split())
        if gone and work.answers.get("withdrawn") != TAKE:
            kept = [row for row in part.region.rows if row not in found]
            asides = [*part.region.asides, *(Aside(row, "left", found[row][1]) for row in gone)]
            region = records.replace(part.region, rows=kept, asides=asides)
            one.parts[number] = records.replace(part, region=region)
    return found


_STAMP = words_of(
    "timestamp | horodateur | marca temporal | zeitstempel | carimbo de data hora | informazioni cronologiche | "
    "start time | completion time | submitted at | submission date"
)


def _without_earlier_answers(one: Surveyed, grid: Grid, work: Work) -> None:
    """Leave out what a student answered before answering the same form again."""
    for number, part in enumerate(one.parts):
        candidates = part.shape == "list" and part.found is not None and part.found.tracker == "candidates"
        stamp = next((n for n, header in part.region.headers.items() if header_key(header) in _STAMP), 0)
        if not stamp or not (candidates or part.shape == "grid"):
            continue
        earlier = _earlier(part, grid, stamp)
        for row, (column, later) in earlier.items():
            why = phrase("answered again in row {later}, which counts", later=later)
            work.list(grid.sheet, row, column, part.region.value(grid, row, column), why)
        kept = [row for row in part.region.rows if row not in earlier]
        asides = [*part.region.asides, *(Aside(row, "left", "answered again") for row in earlier)]
        one.parts[number] = records.replace(part, region=records.replace(part.region, rows=kept, asides=asides))


def _earlier(part: Part, grid: Grid, stamp: int) -> dict[int, tuple[int, int]]:
    """Row of an earlier answer -> the column of who answered, and the row of the answer that counts."""
    who = [n for n, role in part.roles.items() if role.kind == "name" or role.column in WHO | {"first_names"}]
    last: dict[tuple[str, ...], int] = {}
    earlier: list[int] = []
    stamps = {row: part.region.value(grid, row, stamp) for row in part.region.rows}
    dated = all(isinstance(value, datetime) for value in stamps.values())
    for row in sorted(part.region.rows, key=lambda row: (stamps[row], row)) if dated else part.region.rows:
        person = _person(part, grid, row, who)
        if any(person) and person in last:
            earlier.append(last[person])
        last[person] = row
    return {row: (who[0], last[_person(part, grid, row, who)]) for row in earlier}


def _person(part: Part, grid: Grid, row: int, who: Sequence[int]) -> tuple[str, ...]:
    """What a row says of who answered."""
    return tuple(fold(show(part.region.value(grid, row, column))) for column in who)


def _tell_crossed(
    crossed: Crossed | None, sheet: str, withdrawn: Mapping[int, tuple[int, str]], work: Work, report: SheetReading
) -> None:
    """Say which rows are left out, list each, and ask."""
    rows = {**(crossed.rows if crossed else {}), **withdrawn}
    names = ", ".join(text for _, text in rows.values())
    for _ in rows:
        work.need("withdrawn", names)
    if work.answers.get("withdrawn") == TAKE:
        return
    for row, (column, text) in rows.items():
        crossed_out, under = phrase("struck out: left out"), phrase("marked as having left: left out")
        work.list(sheet, row, column, text, under if row in withdrawn else crossed_out)
    if rows:
        report.remarks.append(phrase("left out as withdrawn: {names}", names=names))
    for (row, column), text in crossed.cells.items() if crossed else ():
        work.list(sheet, row, column, text, phrase("struck out: not taken"))


def _tell_hidden(one: Surveyed, grid: Grid, report: SheetReading) -> None:
    """Say which hidden rows and columns are read; hidden columns that no tracker knows are left alone: they are
    hidden for a reason."""
    look = grid.appearance
    rows = sorted({row for part in one.parts for row in part.region.rows} & look.hidden_rows)
    if rows:
        report.remarks.append(phrase("hidden rows are read too: {rows}", rows=first_of(rows, 8)))
    read = [header for number in range(len(one.parts)) for header in _hidden_columns(one, number, grid, report)]
    if read:
        report.remarks.append(phrase("hidden columns are read too: {names}", names=", ".join(dict.fromkeys(read))))
    if look.notes:
        cells = [cell_name(*place) for place in sorted(look.notes)]
        report.remarks.append(phrase("comments are not read: {cells}", cells=first_of(cells, 6)))


def _hidden_columns(one: Surveyed, number: int, grid: Grid, report: SheetReading) -> list[str]:
    """Leave the hidden columns alone that no tracker knows; gives those that are read."""
    part = one.parts[number]
    hidden = [column for column in part.region.columns if column in grid.appearance.hidden_columns]
    matched = {match.number for match in part.found.matches} if part.found else set()
    alone = [n for n in hidden if part.roles[n].kind == "own" and n not in matched]
    if alone:
        roles = dict(part.roles) | dict.fromkeys(alone, Role("left"))
        one.parts[number] = records.replace(part, roles=roles)
        report.remarks.append(
            phrase("hidden and left alone: {names}", names=", ".join(part.region.headers[n] for n in alone))
        )
    return [part.region.headers[column] for column in hidden if column not in alone]
