"""What each column of a small list is: `columns.txt` has a list in a line, and below it what its columns are.

In the list `||` parts rows, `;` parts cells, and `NAME ##` before it is the name of the sheet.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sheets_read import LISTS, TRACKERS, besides, grid_of

from addin.core import records
from addin.core.recognition.columns import roles
from addin.core.recognition.header_words import Words
from addin.core.recognition.predicted import graded_as
from addin.core.recognition.regions import regions
from addin.core.recognition.subject_names import SubjectNames

WORDS = Words(TRACKERS, SubjectNames(LISTS))
LINES = Path(__file__).with_name("columns.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("given", "columns"), [*zip(LINES[::2], LINES[1::2], strict=True)])
def test_what_the_columns_of_a_list_are(given: str, columns: str) -> None:
    assert read(given) == columns.strip()


def read(text: str) -> str:
    """The columns of each table in a line of the file."""
    name, _, rows = text.rpartition(" ## ")
    grid = grid_of(name or "S", "\n".join(row.replace(";", "|") for row in rows.split(" || ")))
    tables = []
    for region in regions(grid, WORDS):
        graded = records.replace(region, graded=graded_as([grid.sheet]))
        found = roles(graded, grid, WORDS).values()
        tables.append("; ".join(" ".join(filter(None, (role.kind, besides(role, "kind")))) for role in found))
    return " // ".join(tables) or "no table"
