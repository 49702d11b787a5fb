"""Home and Views: the live formulas come to the numbers that Python stored beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from recalculated import recalculated

from addin.actions.new import choose
from addin.backends.xlsx import XlsxBook
from addin.core.settings import Settings
from addin.demo.sample import school_of
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import heads

PROGRAMMES = ("dp", "pyp")


def built(folder: Path, programme: str) -> Path:
    """The sample school of a programme, as of today: formulas say TODAY()."""
    settings = Settings({"session": "M27", "programme": programme}, load_lists(), date.today(), {"name": "Riverside"})
    trackers = choose(heads(), programme, ())
    sample = school_of(settings, trackers)
    path = folder / f"{programme}.xlsx"
    build(path, trackers, settings, sample.rows, sample.ids)
    return path


def shown(path: Path, sheet: str, columns: int) -> list[list[Any]]:
    """What a sheet shows: blank texts are blank cells."""
    grid = XlsxBook.open(path).read([sheet])[sheet]
    return [[_bare(grid.value(row, column)) for column in range(1, columns + 1)] for row in range(1, 80)]


def _bare(value: Any) -> Any:
    value = None if value == "" else value
    if isinstance(value, date):
        return float((date(value.year, value.month, value.day) - date(1899, 12, 30)).days)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


@pytest.mark.libreoffice
@pytest.mark.slow
def test_home_and_views_come_to_the_same_numbers_for_a_diploma_and_a_primary_school(tmp_path: Path) -> None:
    books = [built(tmp_path, programme) for programme in PROGRAMMES]
    for before, after in zip(books, recalculated(books, tmp_path), strict=True):
        for sheet, columns in (("Home", 12), ("Views", 8)):
            for line, (stored, live) in enumerate(
                zip(shown(before, sheet, columns), shown(after, sheet, columns), strict=True), 1
            ):
                # What is shown beside the numbers is the cell as it was typed, where Python knows what it means.
                same = [n for n, value in enumerate(live) if sheet == "Home" or isinstance(value, float)]
                assert [stored[n] for n in same] == [live[n] for n in same], (before.name, sheet, line)
