"""A row of a text file with fewer cells than headers is taken only where it plausibly ends early; else it is listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_school import school

from addin.cli.main import main

HEAD = "Code{0}Last name{0}First names{0}Session{0}Category{0}Birth date"
FULL = [f"07{n}{{0}}Last {n}{{0}}First{{0}}M27{{0}}D{{0}}{n}/06/2009" for n in range(13, 19)]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return school(tmp_path_factory.mktemp("school"))


def run(book: Path, folder: Path, lines: list[str], sign: str = ",", name: str = "list.csv") -> int:
    path = folder / name
    path.write_text("\n".join(line.replace("{0}", sign) for line in lines) + "\n", encoding="utf-8")
    return main(["import", str(path), "--into", str(book), "--tracker", "candidates", "--dry-run"])


@pytest.mark.parametrize(("sign", "name"), [(",", "a.csv"), (";", "b.csv"), ("\t", "c.tsv"), ("\t", "pasted.txt")])
@pytest.mark.parametrize(
    "row",
    [
        "0701{0}New{0}M27{0}D",  # no first names: M27 would be one, and D a session
        "0701{0}New{0}Given{0}D{0}14/06/2009",  # no session
        "New{0}Given{0}M27{0}D{0}14/06/2009",  # no code
        "0701{0}New{0}Given{0}M27{0}14/06/2009",  # no category
        "0701{0}New{0}M27",
    ],
)
@pytest.mark.parametrize("full", [FULL, []], ids=["among full rows", "alone"])
def test_a_row_with_a_cell_missing_in_the_middle_is_listed_and_not_taken(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], sign: str, name: str, row: str, full: list[str]
) -> None:
    before = book.read_bytes()
    assert run(book, tmp_path, [HEAD, *full, row], sign, name) == 1
    said = capsys.readouterr().out
    assert "is a cell missing?" in said
    assert f"row {len(full) + 2}" in said
    assert book.read_bytes() == before


@pytest.mark.parametrize("row", ["0701{0}New{0}Given{0}M27{0}D", "0701{0}New{0}Given{0}M27"])
@pytest.mark.parametrize("full", [FULL, FULL[:1], []], ids=["among full rows", "beside one", "alone"])
def test_a_row_that_ends_early_is_taken(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, full: list[str]
) -> None:
    run(book, tmp_path, [HEAD, *full, row])
    said = capsys.readouterr().out
    assert "is a cell missing?" not in said
    assert f"{len(full) + 1} new" in said


def test_where_the_rows_around_write_their_blank_cells_a_short_row_has_lost_one(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "Code,Last name,First names,Preferred name,Room"
    lines = [head, "0701,Stone,Ada,,", "0702,Hill,Bo,Bobo,", "0703,Brook,Cem,Ce"]
    assert run(book, tmp_path, lines) == 1
    assert "row 4: it has 4 cells under 5 headers, where the rows around it have all" in capsys.readouterr().out


def test_rows_far_from_those_with_blank_cells_may_end_early_as_spreadsheets_write_them(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Spreadsheet programs settle every 16 rows how many separators they write."""
    head = "Code,Last name,First names,Preferred name,Room"
    lines = [head, *(f"07{n},Stone,Ada,," for n in range(10, 25)), *(f"07{n},Hill,Bo" for n in range(30, 40))]
    run(book, tmp_path, lines)
    assert "is a cell missing?" not in capsys.readouterr().out
