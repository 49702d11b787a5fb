"""Read small sheets in memory as adopt does: what comes of them in lines, and what a person is asked and told.

A sheet is a text: a line a row, cells separated by `|`; `7`, `2.5` are numbers, `2026-09-01` is a date, no text is a
blank cell; a line `! A1:C1` above merges cells, `! D` hides a column. A file of cases has `===== title`, then
`--- SHEET` with its rows for each sheet, then `-->` and the lines.
`python tests/support/sheets_read.py FILE` prints the cases with the lines as they are now; read them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from addin.core.a1 import cell_name, cell_place, number
from addin.core.book import Appearance, Area, Grid, Value
from addin.core.recognition.build import build
from addin.core.recognition.reading import Made, SheetReading
from addin.core.recognition.setup import WORDS_OF_ROLES, Column, columns_of
from addin.core.recognition.survey import survey
from addin.core.records import record
from addin.core.tables.values import show
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

LISTS, TRACKERS = load_lists(), load_all()
TODAY = date(2026, 11, 30)


@record
class Case:
    """Some sheets, what is answered about them, and the lines that come of them."""

    title: str
    answers: dict[str, str]
    sheets: dict[str, str]
    lines: list[str]


def cases_in(path: Path) -> list[Case]:
    """The cases of a file. `? session = M27` below the title is an answer; `? home = 0012 Ito Aya` lists students."""
    cases = []
    for text in path.read_text("utf-8").split("===== ")[1:]:
        above, _, below = text.partition("-->\n")
        head, *sheets = above.split("\n--- ")
        title, *asked = head.strip().split("\n")
        answers = dict(line[2:].split(" = ") for line in asked)
        named = (one.partition("\n") for one in sheets)
        cases.append(Case(title, answers, {name: rows for name, _, rows in named}, below.strip("\n").split("\n")))
    return cases


def grid_of(name: str, text: str) -> Grid:
    """The sheet that a text shows."""
    lines = text.strip("\n").split("\n")
    told = [line[2:] for line in lines if line.startswith("! ")]
    hidden = {number(one) for one in told if ":" not in one}
    rows = [[_cell(cell.strip()) for cell in line.split("|")] for line in lines if not line.startswith("! ")]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    merged = [_area(one) for one in told if ":" in one]
    return Grid(name, rows, merged=merged, appearance=Appearance(hidden_columns=hidden))


def _area(text: str) -> Area:
    (top, left), (bottom, right) = map(cell_place, text.split(":"))
    return Area(top, left, bottom, right)


def _cell(text: str) -> Value:
    if not text:
        return None
    if text.isdigit() and (text == "0" or text[0] != "0"):
        return int(text)
    if text[:4].isdigit() and text[4:5] == "-" and len(text) == 10:
        return date.fromisoformat(text)
    return float(text) if text.replace(".", "", 1).isdigit() and "." in text else text


def read(case: Case) -> list[str]:
    """What these sheets hold: rows, sheets as they stand, cells to look at, questions, columns, sheets with counts."""
    grids = {name: grid_of(name, text) for name, text in case.sheets.items()}
    surveyed, words = survey(grids, TRACKERS, LISTS, "Book", case.answers)
    listed = [one.split() for one in case.answers.get("home", "").split("; ") if one]
    home = [{"code": code, "last_name": last, "first_names": first} for code, last, first in listed]
    found = build(surveyed, grids, words, TRACKERS, LISTS, case.answers, home=home, today=TODAY)
    lines = [_row(made) for made in found.made]
    for placed in found.understood:
        columns = ", ".join(match.column + ("" if match.sure else "?") for match in placed.matches)
        added = _joined(" + ", (one.column for one in placed.added))
        lines.append(f"place {placed.tracker} {placed.header_row}: {columns}{added}")
        lines += [f"own {one.header}: {one.perhaps or '-'} {one.why}".rstrip() for one in placed.unknown]
    lines += [f"look {cell_name(one.row, one.column)} {one.text}: {one.why}" for one in found.listed]
    lines += [f"ask {one.name}: {one.text}" for one in found.questions]
    columns_ = columns_of(surveyed, grids, TRACKERS)
    lines += [
        f"column {one.header} ({one.samples}): {one.reading}, {one.sure}" for one in columns_ if not _has_no_words(one)
    ]
    return lines + [line for one in found.sheets for line in _sheet(one)]


def _has_no_words(column: Column) -> bool:
    """Whether a column is understood and Setup has no words for what it is (ticks, the subjects at higher level)."""
    return column.reading == WORDS_OF_ROLES["own"] and column.sure == "sure"


def _row(made: Made) -> str:
    """`cas A2: candidate=0012; title=Choir`, columns of the person's own after `|`, what identifies it after `#`."""
    values = "; ".join(f"{name}={show(value)}" for name, value in made.values.items() if value is not None)
    own = _joined(" | ", (f"{name}={show(value)}" for name, value in made.extra.items() if value is not None))
    return f"{made.tracker} {cell_name(*made.origin[1:])}: {values}{own} # {', '.join(made.identity[1:])}"


def _sheet(one: SheetReading) -> Iterator[str]:
    counts = f"{one.read} read, {one.placed} placed, {one.headings} headings, {one.left} left"
    yield f"sheet {one.sheet}: {one.way}, {counts}" + (f", {one.why}" if one.way == "left" else "")
    yield from (f"kept {header}" for header in one.kept)
    yield from (f"alone {header}" for header in one.alone)
    yield from (f"note {remark}" for remark in one.remarks)


def _joined(sign: str, parts: Iterator[str]) -> str:
    return "".join(sign + part for part in parts)


def written(cases: list[Case]) -> str:
    """The text of a file of cases, with the lines as they are now."""
    texts = []
    for case in cases:
        answers = "".join(f"? {name} = {answer}\n" for name, answer in case.answers.items())
        sheets = "".join(f"--- {name}\n{rows.rstrip()}\n" for name, rows in case.sheets.items())
        texts.append(f"===== {case.title}\n{answers}{sheets}-->\n" + "\n".join(read(case)) + "\n")
    return "\n".join(texts)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(written(cases_in(Path(name))))
