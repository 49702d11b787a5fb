"""Where tables are on a sheet: `tables.txt` has a sheet in a line, and below it its tables and what is around them.

In the sheet `||` parts rows, `;` parts cells, `! A1:B1` merges cells, and `NAME ##` is the name of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sheets_read import LISTS, TRACKERS, grid_of, runs

from addin.core.a1 import letters
from addin.core.recognition.header_words import Words
from addin.core.recognition.regions import Region, regions
from addin.core.recognition.subject_names import SubjectNames

WORDS = Words(TRACKERS, SubjectNames(LISTS))
LINES = Path(__file__).with_name("tables.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("given", "tables"), [*zip(LINES[::2], LINES[1::2], strict=True)])
def test_where_the_tables_of_a_sheet_are(given: str, tables: str) -> None:
    assert read(given) == tables.strip()


def read(text: str) -> str:
    """The tables of the sheet in a line of the file."""
    name, _, rows = text.rpartition(" ## ")
    grid = grid_of(name or "S", "\n".join(row.replace(";", "|") for row in rows.split(" || ")))
    return " // ".join("; ".join(_said(region)) for region in regions(grid, WORDS)) or "no table"


def _said(one: Region) -> Iterator[str]:
    yield f"headers {one.header_row}" + (f" from {one.top}" if one.top != one.header_row else "")
    for column in one.columns:
        above = (one.outer.get(column, ""), one.groups.get(column, ""), one.headers[column])
        yield f"{letters(column)} {' > '.join(filter(None, above))}"
    yield f"rows {runs(one.rows) or 'none'}"
    yield from (f"title {letters(column)}{row} {text}" for row, column, text in one.titles)
    yield from (f"{aside.kind} {aside.row} {aside.text}" for aside in one.asides)
    yield from (f"{row} below {text}" for row, text in one.sections.items())
    yield from (f"{letters(column)}{row} as above {value}" for (row, column), value in one.filled.items())
