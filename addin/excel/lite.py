"""The buttons in xlwings Lite: Excel on the web, Windows and macOS, with Python inside Excel and nothing installed.

Only the public xlwings API that its documentation names is used: sheets, used range, values, add, clear, activate,
select. It tells no formulas, fills or notes, so a cell of a person's is never written: what is found, what can be fixed
and clean tables come on sheets of ours. To mark and fix the workbook itself, use the browser page or the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from addin.actions.fix import fix_open
from addin.actions.messages import validated
from addin.actions.validate import edits_to_show, validate_open
from addin.backends.memory import MemoryBook
from addin.core.a1 import sheet_name_ending
from addin.core.book import Value
from addin.core.checks import marks
from addin.core.language import phrase
from addin.core.tables.values import brief
from addin.core.text import counted
from addin.errors import FileProblem, Problem
from addin.exporters.tables import exported
from addin.workspace.workbook import Workbook, read

FIXES = "Fixes"
"""The sheet that lists the certain repairs."""
CLEAN = "(clean)"
"""Ends the name of a sheet with a tracker's clean table."""
MAIN = '''"""IB Trackers in xlwings Lite: choose a script above and press Run; the answer is shown below."""

import xlwings as xw
from xlwings import script

from addin.excel import lite


@script
def validate(book: xw.Book):
    print(lite.press("validate", book))


@script
def next_problem(book: xw.Book):
    print(lite.press("next_problem", book))


@script
def fix(book: xw.Book):
    print(lite.press("fix", book))


@script
def export(book: xw.Book):
    print(lite.press("export", book))
'''
REQUIREMENTS = "xlwings\nib-trackers\n"


def press(name: str, book: Any) -> str:
    """Do what a script is called after; its answer, or the sentence that says what is wrong."""
    try:
        return BUTTONS[name](book)
    except Problem as problem:
        return str(problem)


def validate(book: Any) -> str:
    """Check the workbook and list what is wrong on the sheet Findings."""
    workbook = _read(book)
    result = validate_open(workbook, write=False)
    sheets = edits_to_show(workbook, result.findings).sheets
    for sheet, content in sheets.items():
        _put(book, sheet, [row[: content.width] for row in content.rows])  # without links beside the table
    lines = validated(result, "this workbook")
    lines = [line for line in lines if "press Fix" not in line]
    listed = f"The sheet {result.sheet} lists each with what to do; your own sheets were not changed."
    return "\n".join([*lines, listed] if result.findings else lines)


def next_problem(book: Any) -> str:
    """Go to the next cell of the sheet Findings."""
    held = _held(book)
    grids = held.read([marks.SHEET, marks.OTHER_SHEET])
    name = marks.own_sheet(grids)
    lines = grids[name].values[1:] if name in grids else []
    if not lines:
        return f"There is no problem on the {name} sheet. Validate looks again."
    chosen = book.selection
    at = (chosen.sheet.name, chosen.address.replace("$", "").partition(":")[0]) if chosen else ("", "")
    sheet, cell, words = marks.next_problem(lines, at)
    book.sheets[sheet].activate()
    book.sheets[sheet].range(cell).select()
    return words


def fix(book: Any) -> str:
    """List the certain repairs on the sheet Fixes; a person enters them, as formulas cannot be seen from here."""
    shown = fix_open(_read(book), write=False)
    if not shown.groups:
        return "Nothing can be fixed with certainty."
    rows: list[list[Value]] = [["Sheet", "Cell", "Is now", "Enter instead"]]
    for group in shown.groups:
        rows += [[one.sheet, one.cell, one.value, brief(one.fix)] for one in group.findings]
    _put(book, FIXES, rows)
    return f"{counted(len(rows) - 1, 'certain repair')} on the sheet {FIXES}. Enter them, then press Validate."


def export(book: Any) -> str:
    """A clean table of each tracker on a sheet of its own, to save or copy."""
    workbook = _read(book)
    for name in workbook.tables:
        columns = exported(workbook, name)
        rows: list[list[Value]] = [[one.header for one in columns]]
        rows += [list(row) for row in zip(*(one.values for one in columns), strict=True)]
        _put(book, sheet_name_ending(workbook.trackers[name].sheet, f" {CLEAN}"), rows)
    return f"{counted(len(workbook.tables), 'clean table')} on sheets that end in {CLEAN}."


def write_scripts(folder: Path) -> list[Path]:
    """Write main.py and requirements.txt for the two tabs of xlwings Lite. Raises FileProblem."""
    written = []
    for name, text in (("main.py", MAIN), ("requirements.txt", REQUIREMENTS)):
        path = folder / name
        if path.exists() and path.read_bytes() != text.encode():
            raise FileProblem(
                phrase("is there already; not overwritten."), where=str(path), next=phrase("Name another folder.")
            )
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        written.append(path)
    return written


def _read(book: Any) -> Workbook:
    return read(_held(book), "excel:")


def _held(book: Any) -> MemoryBook:
    """The open workbook's cells, without the sheets that Export and Fix made."""
    names = [sheet.name for sheet in book.sheets if not sheet.name.endswith(CLEAN) and sheet.name != FIXES]
    held = MemoryBook({name: _cells(book.sheets[name]) for name in names})
    held.name = book.name
    return held


def _cells(sheet: Any) -> list[list[Value]]:
    last = sheet.used_range.last_cell
    found = sheet.range((1, 1), (last.row, last.column)).value
    if not isinstance(found, list):
        found = [[found]]
    elif not found or not isinstance(found[0], list):
        found = [found] if last.row == 1 else [[one] for one in found]
    return [[_value(one) for one in row] for row in found]


def _value(found: Any) -> Value:
    """A cell as our rules know it: whole numbers, days without a time."""
    if isinstance(found, float) and found.is_integer():
        return int(found)
    if isinstance(found, datetime) and (found.hour, found.minute, found.second) == (0, 0, 0):
        return date(found.year, found.month, found.day)
    return found  # type: ignore[no-any-return]  # xlwings gives only such values


def _put(book: Any, name: str, rows: Sequence[Sequence[Value]]) -> None:
    """Replace a sheet of ours, or add it after the others."""
    names = [sheet.name for sheet in book.sheets]
    sheet = book.sheets[name] if name in names else book.sheets.add(name, after=book.sheets[names[-1]])
    sheet.clear()
    width = max(map(len, rows))
    sheet.range("A1").value = [[*map(_text, row), *[None] * (width - len(row))] for row in rows]


def _text(value: Value) -> Value:
    """Text that begins like a formula stays text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "'") else value


BUTTONS: dict[str, Callable[[Any], str]] = {
    "validate": validate,
    "next_problem": next_problem,
    "fix": fix,
    "export": export,
}
