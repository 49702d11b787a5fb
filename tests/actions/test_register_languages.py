"""The Register sheet speaks the workbook's language, and so do the rows that it gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import Edits, Value
from addin.core.language import Meant
from addin.workspace.register_sheet import FIELDS, FIRST_ROW, LEVEL, SUBJECT, TITLE, VALUE, form_of
from addin.workspace.tracker_sheets import is_own_sheet
from addin.workspace.workbook import opened

SIX = [("English A: Literature", 1), ("Spanish B", 0), ("Biology", 1), ("History Europe", 1),
       ("Mathematics: Analysis and Approaches", 0), ("Visual Arts", 0)]  # fmt: skip
SPOKEN = {
    "fr": ("Inscrire", ("NM", "NS"), "Non", "Anglais", "Espagnol"),
    "es": ("Matricular", ("NM", "NS"), "No", "Inglés", "Español"),
    "de": ("Melden", ("SL", "HL"), "Nein", "Englisch", "Spanisch"),
}


@pytest.mark.parametrize("code", SPOKEN)
def test_the_form_and_its_rows_are_in_the_language_of_the_workbook(code: str, tmp_path: Path) -> None:
    sheet, levels, no, english, spanish = SPOKEN[code]
    path = tmp_path / "Book.xlsx"
    assert main(["new", str(path), "--session", "M27", "--language", code]) == 0
    with opened(str(path)) as workbook:
        words = {value for row in workbook.grids[sheet].values for value in row if isinstance(value, str)}
        assert is_own_sheet(workbook.grids[sheet], workbook.settings.written)
    assert words.isdisjoint({TITLE, "Last name", "Birth date", "must be filled in", "the essay's subject"})
    typed: dict[str, Value] = {
        "code": "9001",
        "last_name": "Berg",
        "first_names": "Ida",
        "birth_date": date(2009, 5, 5),
        "tok": no,
        "language": english,
    }
    cells: dict[tuple[str, int, int], Value] = {
        (sheet, FIRST_ROW + list(FIELDS).index(name), VALUE): value for name, value in typed.items()
    }
    for row, (subject, higher) in enumerate(SIX, FIRST_ROW + 1):
        cells |= {(sheet, row, SUBJECT): subject, (sheet, row, LEVEL): levels[higher]}
    XlsxBook.open(path).apply(Edits(cells=cells))
    assert main(["register", str(path)]) in (0, 1)
    with opened(str(path)) as workbook:
        rows = workbook.tables["registrations"]
        assert rows.columns["level"] == ["HL", "SL", "HL", "HL", "SL", "SL"], "no TOK line: the form says no"
        assert [_cell(value) for value in rows.columns["level"]] == [levels[higher] for _, higher in SIX]
        assert [_cell(value) for value in rows.columns["response_language"]][:3] == [english, spanish, english]
        assert set(rows.columns["status"]) == {"Planned"} and rows.columns["contributing"] == [True] * 6
        assert not form_of(workbook.grids, workbook.settings.written), "the form is empty again"
    raw = XlsxBook.open(path).read([rows.sheets[0]])[rows.sheets[0]].values
    assert not {"Yes", "Planned", "English"} & {value for row in raw for value in row if isinstance(value, str)}


def _cell(value: Value) -> Value:
    """What a cell says in the workbook's own words."""
    return value.local if isinstance(value, Meant) else value
