"""The sheet of conflicts in a workbook of another language: its name, headers and words, and a decision typed there."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from addin.actions.new import new
from addin.actions.sync.run import sync
from addin.cli.main import main
from addin.core.sync.decisions import DECISION, HEADERS, SHEET, WHOLE_ROW
from addin.workspace.languages import language

LINK = '[[links]]\nname="Kim"\ntarget="kim.xlsx"\ntracker="candidates"\nprivate=true\nsheet="{sheet}"\n'
ROWS = [["C1", "Ito", "Aiko"], ["C2", "Ruiz", "Eva"], ["C3", "Berg", "Ida"]]


def put(path: Path, sheet: str, cells: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


@pytest.mark.parametrize("code", ["en", "fr", "es", "de"])
def test_conflicts_are_shown_and_decided_in_the_language_of_the_workbook(code: str, tmp_path: Path) -> None:
    say, mine, theirs = language(code).say, tmp_path / "2027.xlsx", tmp_path / "kim.xlsx"
    candidates, conflicts = say("Candidates"), say(SHEET)
    new(str(mine), language=code, trackers=("candidates",))
    shutil.copy(mine, theirs)
    (tmp_path / "ib-trackers.toml").write_text(LINK.format(sheet=candidates), encoding="utf-8")
    cells = {
        f"{column}{row}": value for row, line in enumerate(ROWS, 5) for column, value in zip("ABC", line, strict=True)
    }
    put(mine, candidates, cells)
    assert not sync(str(mine)).stopped
    put(mine, candidates, {"C5": "Aïko"})
    put(theirs, candidates, {"C5": "Ayko"})
    done = sync(str(mine))
    assert len(done.conflicts) == 1 and done.sheet == conflicts
    lines = list(openpyxl.load_workbook(mine)[conflicts].iter_rows(values_only=True))
    assert list(lines[0]) == [say(header) for header in HEADERS]
    put(mine, conflicts, {f"{'ABCDEFGHI'[HEADERS.index(DECISION)]}2": "theirs"})
    assert not sync(str(mine)).conflicts
    assert openpyxl.load_workbook(mine)[candidates]["C5"].value == "Ayko"


def test_a_deleted_row_is_decided_and_a_sheet_of_before_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A French workbook that was synced before its sheet of conflicts was French."""
    say, mine, theirs = language("fr").say, tmp_path / "2027.xlsx", tmp_path / "kim.xlsx"
    new(str(mine), language="fr", trackers=("candidates",))
    shutil.copy(mine, theirs)
    (tmp_path / "ib-trackers.toml").write_text(LINK.format(sheet="Candidats"), encoding="utf-8")
    cells = {
        f"{column}{row}": value for row, line in enumerate(ROWS, 5) for column, value in zip("ABC", line, strict=True)
    }
    put(mine, "Candidats", cells)
    sync(str(mine))
    book = openpyxl.load_workbook(mine)
    book["Candidats"]["C5"] = "Aïko"
    book.create_sheet(SHEET).append(HEADERS)
    book.save(mine)
    book = openpyxl.load_workbook(theirs)
    book["Candidats"].delete_rows(5)
    book.save(theirs)
    done = sync(str(mine))
    assert done.sheet == SHEET and len(done.conflicts) == 1
    book = openpyxl.load_workbook(mine)
    assert say(SHEET) not in book.sheetnames
    assert book[SHEET]["C2"].value == say(WHOLE_ROW) and book[SHEET]["F2"].value == "(supprimée)"
    put(mine, SHEET, {f"{'ABCDEFGHI'[HEADERS.index(DECISION)]}2": "theirs"})
    capsys.readouterr()
    assert main(["sync", str(mine)]) == 0
    codes = [cell.value for cell in openpyxl.load_workbook(mine)["Candidats"]["A"]]
    assert "C1" not in codes and {"C2", "C3"} <= {*codes}
