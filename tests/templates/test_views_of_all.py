"""The Views sheet of a workbook with every tracker: each summary can be chosen, and no cell shows an error."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from recalculated import recalculated

from addin.actions.new import new
from addin.backends.xlsx import XlsxBook
from addin.core.a1 import number
from addin.core.book import Edits
from addin.templates.views_sheet import MOST_CHOICES

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]
PROGRAMMES = ("dp", "pyp")
SHOWN = ("Home", "Views", "Settings")


def test_the_last_summary_is_shown_and_nothing_is_an_error(tmp_path: Path) -> None:
    books, wanted = [], {}
    for programme in PROGRAMMES:
        path = tmp_path / f"{programme}.xlsx"
        new(str(path), programme=programme, trackers=["all"])
        titles = titles_of(path)
        wanted[path.name] = titles[-1]
        XlsxBook.open(path).apply(Edits(cells={("Views", 3, 2): titles[-1]}))
        books.append(path)
    assert len(titles_of(books[0])) > MOST_CHOICES, "the most that LibreOffice's CHOOSE takes"
    for path in recalculated(books, tmp_path / "work"):
        book = CalamineWorkbook.from_path(path)
        sheets = {name: book.get_sheet_by_name(name).to_python(nrows=60, skip_empty_area=False) for name in SHOWN}
        assert [value for lines in sheets.values() for line in lines for value in line if is_error(value)] == []
        chosen = book.get_sheet_by_name(wanted[path.name]).to_python(nrows=4, skip_empty_area=False)[3]
        assert [value for value in sheets["Views"][3] if value] == [value for value in chosen if value]


def is_error(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("#", "Err:"))


def titles_of(path: Path) -> list[str]:
    """The summaries of the drop-down on Views."""
    with zipfile.ZipFile(path) as package:
        found = re.search(r"view_titles\">Views!\$(\w+)\$(\d+):\$\w+\$(\d+)<", package.read("xl/workbook.xml").decode())
    assert found
    values = XlsxBook.open(path).read(["Views"])["Views"]
    return [str(values.value(row, number(found[1]))) for row in range(int(found[2]), int(found[3]) + 1)]
