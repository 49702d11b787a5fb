"""Did somebody change the spreadsheet between the read and the write?

Google Sheets has no compare-and-swap for people's edits. So the rows that a batch touches are read once more right
before the write, with the first filled row (the header) and the last one, and compared with what was read. A row that
somebody inserted, sorted or deleted shows, because whole rows are compared; an edit in another row does not stop us.
"""

from __future__ import annotations

from addin.backends.gsheets.blocks import row_ranges
from addin.backends.gsheets.snapshot import Sheet, Snapshot
from addin.backends.memory import last_filled, table_of
from addin.core.book import Edits, Look
from addin.core.language import phrase
from addin.errors import BookChanged


def touched(edits: Edits, seen: Snapshot) -> dict[str, set[int]]:
    """sheet -> the rows whose contents the batch relies on; rows past the end of the sheet are left out."""
    rows: dict[str, set[int]] = {}
    for title, row, _ in [*edits.cells, *edits.looks]:
        rows.setdefault(title, set()).add(row)
    for title, numbers in edits.drops.items():
        rows.setdefault(title, set()).update(numbers)
    for title, places in edits.inserts.items():
        rows.setdefault(title, set()).update(number for at, _ in places for number in (at - 1, at))
    for title, new in edits.rows.items():
        grid = seen.sheets[title].grid
        last = last_filled(grid.values, table_of(grid.tables, new))
        rows.setdefault(title, set()).update(range(max(1, last), last + len(new) + 1))
    for title, needed in rows.items():
        lines = seen.sheets[title].grid.values
        needed.add(next((number for number, line in enumerate(lines, 1) if line), 1))
    return {title: {n for n in numbers if n <= seen.sheets[title].rows} for title, numbers in rows.items()}


def ranges(rows: dict[str, set[int]]) -> list[str]:
    """What to read again, in A1."""
    return row_ranges((title, number, 1) for title, numbers in rows.items() for number in numbers)


def compare(rows: dict[str, set[int]], edits: Edits, seen: Snapshot, now: Snapshot) -> None:
    """Raise BookChanged when a touched row, or the look of a cell to be marked, is not as it was read."""
    if seen.tokens != now.tokens:
        raise BookChanged(phrase("Another program wrote to this spreadsheet just now."), next=AGAIN)
    for title, numbers in rows.items():
        before, after = seen.sheets[title], now.sheets.get(title)
        if after is None or after.gid != before.gid:
            raise BookChanged(phrase("The sheet was renamed or replaced just now."), where=title, next=AGAIN)
        for number in sorted(numbers):
            if before.line(number) != after.line(number):
                raise BookChanged(
                    phrase("Somebody changed this row just now."), where=f"{title}, row {number}", next=AGAIN
                )
        _compare_looks(title, edits, before, after)


def _compare_looks(title: str, edits: Edits, before: Sheet, after: Sheet) -> None:
    for sheet, row, column in edits.looks:
        if sheet == title and before.looks.get((row, column), Look()) != after.looks.get((row, column), Look()):
            where = f"{title}, row {row}"
            raise BookChanged(phrase("Somebody changed a note or a colour just now."), where=where, next=AGAIN)


AGAIN = phrase("Nothing was written. Run this again.")
