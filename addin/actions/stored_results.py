"""Put into a batch of edits what our own formulas come to after it, for readers that calculate nothing: previews, data
frames, programs that print. Only files store such results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from addin.core.book import Cell, Edits, Value
from addin.core.checks.rules import Finding
from addin.core.names import DEADLINES, HOME
from addin.core.tables.table import Table
from addin.core.trackers import Column
from addin.workspace import home_results
from addin.workspace.commit import KeepsCopies
from addin.workspace.workbook import Workbook


def with_results(workbook: Workbook, edits: Edits) -> Edits:
    """The edits with the results of Home, Views and names that are looked up, where they change rows of a tracker."""
    if not isinstance(workbook.book, KeepsCopies) or not _touches(workbook, edits) or not _is_english(workbook):
        return edits
    from addin.templates import results  # what builds the sheets is loaded when rows change
    from addin.templates.plan import VIEWS
    from addin.workspace.after import after

    later = after(workbook, edits)
    own = [HOME, VIEWS, DEADLINES, *results.view_sheets(later.present, later.tables, later.settings)]
    there = set(workbook.book.sheets())
    grids = {**workbook.book.read([name for name in own if name in there])}
    checked = edits.results
    edits.results = results.results(later.present, later.tables, later.settings, grids)
    for place in home_results.places(grids[HOME]) if HOME in grids else ():
        # What the last check found stays on Home until the next one.
        edits.results[HOME, *place] = checked.get((HOME, *place), grids[HOME].value(*place))
    for name, table in later.tables.items():
        for column in later.trackers[name].columns.values():
            if column.calculated:
                edits.results |= _looked_up(later, table, column)
    return edits


def with_checked_home(workbook: Workbook, edits: Edits, findings: Sequence[Finding]) -> Edits:
    """The edits with what Home says right after a check with these findings."""
    home = workbook.grids.get(HOME)
    if home is not None and isinstance(workbook.book, KeepsCopies) and _is_english(workbook):
        counts = Counter((finding.tracker, finding.level) for finding in findings)
        rows = {name: len(table) for name, table in workbook.tables.items()}
        edits.results |= home_results.after_check(home, lambda name, level: counts[name, level], rows)
    return edits


def _is_english(workbook: Workbook) -> bool:
    """Whether our sheets are in English; in other languages results go, and the spreadsheet program works them out."""
    return workbook.settings.written.say(HOME) == HOME


def _touches(workbook: Workbook, edits: Edits) -> bool:
    """Whether a value of a tracker changes; ids alone feed no summary."""
    ids = {(sheet, layout.id_column) for table in workbook.tables.values() for sheet, layout in table.layouts.items()}
    sheets = {sheet for table in workbook.tables.values() for sheet in table.layouts}
    cells = any(sheet in sheets and (sheet, column) not in ids for sheet, _, column in edits.cells)
    return cells or any(sheet in sheets for sheet in (*edits.rows, *edits.drops))


def _looked_up(workbook: Workbook, table: Table, column: Column) -> dict[Cell, Value]:
    """What a column of names comes to, row by row, as its formula finds it."""
    name, _, wanted = column.look_up.partition(".")
    other = workbook.tables.get(name)
    key = workbook.trackers[name].key if name in workbook.trackers else ()
    if other is None or not key or wanted not in other.columns or column.by not in table.columns:
        return {}
    known: dict[Value, Value] = {}
    for code, value in zip(other.raw(key[0]), other.raw(wanted), strict=True):
        known.setdefault(_folded(code), value)
    found: dict[Cell, Value] = {}
    for sheet, row, code in zip(table.sheets, table.rows, table.raw(column.by), strict=True):
        at = table.layouts[sheet].columns.get(column.name)
        if at and code is not None and not (isinstance(code, str) and set(code) & set("*?~")):
            value = known.get(_folded(code))
            found[sheet, row, at] = "" if value is None else value
    return found


def _folded(code: Value) -> Value:
    """A code as MATCH compares it: case does not count, and text is no number."""
    return code.casefold() if isinstance(code, str) else code
