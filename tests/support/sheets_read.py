"""Read small sheets in memory as adopt does: what comes of them in lines, and what a person is asked and told.

A sheet is a text: a line a row, cells separated by `|`; `7`, `2.5` are numbers, `2026-09-01` is a date, no text is a
blank cell; a line `! A1:C1` above merges cells, `! D` hides a column. A file of cases has `===== title`, then
`--- SHEET` with its rows for each sheet, then `-->` and the lines.
`python tests/support/sheets_read.py FILE` prints the cases with the lines as they are now; read them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from addin.core.a1 import cell_name, cell_place, letters, number
from addin.core.book import Appearance, Area, Grid, OwnSheet, Value
from addin.core.recognition.build import build
from addin.core.recognition.context import Context
from addin.core.recognition.parts import Part
from addin.core.recognition.reading import Made, Reading, SheetReading
from addin.core.recognition.roles import Role
from addin.core.recognition.setup import WORDS_OF_ROLES, Column, columns_of, setup_sheet
from addin.core.recognition.survey import survey
from addin.core.records import as_dict, record
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
    """What these sheets hold: rows, sheets as they stand, tables, cells to look at, questions, columns, counts."""
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
    lines += [line for one in surveyed.values() for part in one.parts for line in _table(part)]
    lines += [f"look {cell_name(one.row, one.column)} {one.text}: {one.why}" for one in found.listed]
    lines += _asked(found, setup_sheet(found, surveyed, grids, TRACKERS, {}))
    columns_ = columns_of(surveyed, grids, TRACKERS)
    lines += [
        f"column {one.header} ({one.samples}): {one.reading}, {one.sure}" for one in columns_ if not _has_no_words(one)
    ]
    return lines + [line for one in found.sheets for line in _sheet(one)]


def _table(part: Part) -> Iterator[str]:
    """One table: its headers and rows, what is none of them, what holds for all rows, what its columns are."""
    region = part.region
    top = f" from {region.top}" if region.top != region.header_row else ""
    of = f" of {part.found.tracker}" if part.found else ""
    yield f"table {region.sheet}, headers {region.header_row}{top}, rows {runs(region.rows)}, {part.shape or '-'}{of}"
    yield from (f"  title {letters(column)}{row} {text}" for row, column, text in region.titles)
    yield from (f"  {aside.kind} {aside.row} {aside.text}" for aside in region.asides)
    below: dict[str, list[int]] = {}
    for row, text in region.sections.items():
        below.setdefault(text, []).append(row)
    yield from (f"  below {text}: {runs(rows)}" for text, rows in below.items())
    carried: dict[str, list[int]] = {}
    for (row, _), value in region.filled.items():
        carried.setdefault(show(value), []).append(row)
    yield from (f"  carried down {text}: {runs(rows)}" for text, rows in carried.items())
    held = besides(part.context, "said")
    yield from [f"  all: {held}"] if held else []
    yield from [f"  taught {' '.join(part.taught)}"] if part.taught else []
    matched = {one.number: one.column + ("" if one.sure else "?") for one in part.found.matches} if part.found else {}
    for place in region.columns:
        names = (region.outer.get(place, ""), region.groups.get(place, ""), region.headers[place])
        role, match = part.roles.get(place), matched.get(place, "")
        said = ", ".join(filter(None, (role.kind if role else "-", besides(role, "kind") if role else "", match)))
        yield f"  {letters(place)} {' > '.join(filter(None, names))}: {said}"


def runs(rows: Sequence[int]) -> str:
    """`2-4, 6`."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def besides(one: Role | Context, name: str) -> str:
    """What a record says besides a field, and its defaults."""
    return ", ".join(f"{key} {_said(value)}" for key, value in as_dict(one).items() if key != name and value)


def _said(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _asked(found: Reading, setup: OwnSheet) -> Iterator[str]:
    """Each question, with what is answered where nobody says otherwise, and what else may be."""
    for row, (one, line) in enumerate(zip(found.questions, setup.rows[1:], strict=False), 2):
        others = " / ".join(setup.cell_choices.get((row, 6), ()))
        yield f"ask {one.name}: {one.text} [{line[5]}] {others} {one.flag}".rstrip()


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


def written(cases: list[Case], read: Callable[[Case], list[str]]) -> str:
    """The text of a file of cases, with the lines as they are now."""
    texts = []
    for case in cases:
        answers = "".join(f"? {name} = {answer}\n" for name, answer in case.answers.items())
        sheets = "".join(f"--- {name}\n{rows.rstrip()}\n" for name, rows in case.sheets.items())
        texts.append(f"===== {case.title}\n{answers}{sheets}-->\n" + "\n".join(read(case)) + "\n")
    return "\n".join(texts)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(written(cases_in(Path(name)), read))
