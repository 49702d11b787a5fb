"""The corpus of messy workbooks: each a TOML file with its sheets and what must come of them, row by row.

about, flags; [[sheet]] name, rows ("" is blank), merged, hidden, hidden_rows, hidden_columns, struck (cells), fills
(cell = colour); [[holds]] tracker, columns, rows; [[unclear]] cell, why.
A new case gets its text in told/ by `python tests/support/adopt_told.py --write`; read it.
`result_of` builds the workbook, adopts it and compares; a row or a cell that differs is wrong.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from addin.actions.adopt import AdoptedBook, adopt
from addin.core.a1 import cell_name
from addin.core.recognition.new_sheets import ORIGIN_HEADER
from addin.core.tables.values import show
from addin.workspace.languages import every
from addin.workspace.workbook import opened

CORPUS = Path(__file__).parents[1] / "actions" / "adopt_corpus"


@dataclass
class Result:
    """One workbook adopted: the account of its cells, and what is wrong."""

    name: str
    path: Path
    adopted: AdoptedBook
    read: int = 0
    placed: int = 0
    headings: int = 0
    left: int = 0
    listed: int = 0
    wrong: list[str] = field(default_factory=list)


def cases() -> list[str]:
    """The names of the corpus."""
    return sorted(path.stem for path in CORPUS.glob("*.toml"))


def load(name: str) -> dict[str, Any]:
    """One case."""
    return tomllib.loads((CORPUS / f"{name}.toml").read_text("utf-8"))


def build_book(case: dict[str, Any], path: Path) -> Path:
    """The workbook of a case."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for given in case["sheet"]:
        sheet = book.create_sheet(given["name"])
        for row in given["rows"]:
            sheet.append([None if value == "" else value for value in row])
        for area in given.get("merged", ()):
            sheet.merge_cells(area)
        _dress(sheet, given)
    book.save(path)
    return path


def _dress(sheet: Worksheet, given: dict[str, Any]) -> None:
    """How the sheet looks."""
    for cell in given.get("struck", ()):
        sheet[cell].font = Font(strike=True)
    for cell, colour in given.get("fills", {}).items():
        sheet[cell].fill = PatternFill("solid", fgColor=colour)
    for row in given.get("hidden_rows", ()):
        sheet.row_dimensions[row].hidden = True
    for column in given.get("hidden_columns", ()):
        sheet.column_dimensions[column].hidden = True
    sheet.sheet_state = "hidden" if given.get("hidden") else "visible"


def answers_of(case: dict[str, Any]) -> dict[str, str]:
    """The flags of a case as answers."""
    flags = [flag for flag in case["flags"] if flag != "--yes"]
    return {flags[n].removeprefix("--"): flags[n + 1] for n in range(0, len(flags), 2)}


def result_of(name: str, folder: Path) -> Result:
    """Adopt one case in a folder of its own and compare."""
    case = load(name)
    path = build_book(case, folder / f"{name}.xlsx")
    result = account(name, path, adopt(str(path), answers=answers_of(case), take_defaults=True))
    expected = {one["tracker"]: one for one in case.get("holds", ())}
    for tracker, one in expected.items():
        result.wrong += differences(f"{tracker}", held(path, tracker, one["columns"]), one["rows"])
    made = {made.tracker for made in result.adopted.reading.made}
    result.wrong += [f"{tracker} was not expected" for tracker in sorted(made - expected.keys())]
    listed = [[f"{one.sheet}!{cell_name(one.row, one.column)}", one.why] for one in result.adopted.reading.listed]
    result.wrong += differences("unclear", listed, [[one["cell"], one["why"]] for one in case.get("unclear", ())])
    return result


def account(name: str, path: Path, adopted: AdoptedBook) -> Result:
    """The account of the cells of all sheets that were turned into rows."""
    result = Result(name, path, adopted)
    for sheet in adopted.reading.sheets:
        if sheet.way in ("rows", "joined"):
            result.read += sheet.read
            result.placed += sheet.placed
            result.headings += sheet.headings
            result.left += sheet.left
    names = {sheet.sheet for sheet in adopted.reading.sheets if sheet.way in ("rows", "joined")}
    totals = {(s, r, c) for s, r, c in _aside(adopted)}
    listed = {(one.sheet, one.row, one.column) for one in adopted.reading.listed if not one.placed}
    result.listed = len({place for place in listed if place[0] in names} - totals)
    return result


def _aside(adopted: AdoptedBook) -> set[tuple[str, int, int]]:
    """Totals that do not agree are listed, and are headings all the same."""
    return {(one.sheet, one.row, one.column) for one in adopted.reading.listed if "add up to" in one.why}


def held(path: Path, tracker: str, columns: list[str]) -> list[list[str]]:
    """What the workbook holds of a tracker, in words."""
    with opened(str(path)) as book:
        table = book.tables[tracker]
        spoken = {language.say(ORIGIN_HEADER): ORIGIN_HEADER for language in every(path.parent)}
        extra = {spoken.get(header, header): values for header, values in table.extra.items()}
        data = {name: table.raw(name) for name in table.columns} | extra
        return [list(map(show, row)) for row in zip(*(data[name] for name in columns), strict=True)]


def differences(what: str, found: list[list[str]], expected: list[list[str]]) -> list[str]:
    """The rows that are missing and those that are too many."""
    missing = [row for row in expected if row not in found]
    more = [row for row in found if row not in expected]
    wrong = [f"{what}: missing {row}" for row in missing] + [f"{what}: not expected {row}" for row in more]
    return wrong or ([f"{what}: another order or number"] if found != expected else [])
