"""The programme of workshops whose rows name none: that of their sheet or of the workbook, else that of the answer.

A list in which some rows are of the MYP says nothing of the others: these stay empty, and are findings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from addin.core.book import Grid
from addin.core.recognition.lists import SECTION
from addin.core.recognition.reading import Made, SheetReading
from addin.core.recognition.work import Work
from addin.core.recognition.workshop_text import programme_in, programmes_in
from addin.core.tables.values import show

_OF_TRACKER = {
    "myp": "MYP",
    "eassessment": "MYP",
    "idu": "MYP",
    "pyp": "PYP",
    "cp": "CP",
    "cas": "DP",
    "registrations": "DP",
    "predicted": "DP",
    "coursework": "DP",
    "exams": "DP",
}
"""What the other sheets of a workbook are about; lists of students are of any programme."""


def programmes_of_book(work: Work, reports: Mapping[str, SheetReading]) -> set[str]:
    """The programmes that the other sheets of a workbook are about."""
    trackers = {made.tracker for made in work.made}
    trackers |= {one.understood.tracker for one in reports.values() if one.understood}
    return {_OF_TRACKER[name] for name in trackers if name in _OF_TRACKER}


def for_the_rest(texts: Collection[str], said: Collection[str], book: Collection[str], work: Work) -> str:
    """The programme of the rows of a sheet that name none; "" where the sheet or the workbook is about several.

    `texts` are the sheet's name and titles, `said` the programmes that its other rows name.
    """
    titled = programmes_in(*texts)
    if titled:
        return titled[0] if len(titled) == 1 else ""
    around = {*said, *book}
    if len(book) == 1 and around != {"DP"}:
        return next(iter(book)) if around == set(book) else ""
    if not around <= {"DP"}:
        return ""
    answer = work.need("programme").upper()
    return answer if not said or answer in said else ""


def give_programmes(grids: Mapping[str, Grid], work: Work, reports: Mapping[str, SheetReading]) -> None:
    """Give the workshops that were made of other tables the programme that their rows do not name."""
    rows: dict[str, list[Made]] = {}
    for made in work.made:
        if made.tracker == "pd":
            rows.setdefault(made.origin[0], []).append(made)
    book = programmes_of_book(work, reports) if rows else set()
    for sheet, found in rows.items():
        for made in found:
            if programme := programme_in(show(made.extra.get(SECTION))):
                made.values.setdefault("programme", programme)
        without = [made.values for made in found if not made.values.get("programme")]
        if not without:
            continue
        said = {show(made.values["programme"]) for made in found if made.values.get("programme")}
        sections = {made.extra.get(SECTION) for made in found}
        first = min(made.origin[1] for made in found)
        texts = [text for text in titles_of(grids[sheet], first) if text not in sections]
        rest = for_the_rest(texts, said, book, work)
        for values in without if rest else ():
            values["programme"] = rest


def titles_of(grid: Grid, head: int) -> list[str]:
    """The name of a sheet, and the lines above row `head` that are one text."""
    lines = [[cell for cell in line if cell is not None] for line in grid.values[: max(head - 1, 0)]]
    return [grid.sheet, *(line[0] for line in lines if len(line) == 1 and isinstance(line[0], str))]


def programmes_said(grid: Grid, numbers: Collection[int], rows: Collection[int]) -> dict[int, str]:
    """The programme of the rows whose role or workshop names it: `MYP teacher` is none of the Diploma Programme."""
    said = {row: programme_in(*(show(grid.value(row, number)) for number in numbers)) for row in rows}
    return {row: name for row, name in said.items() if name}
