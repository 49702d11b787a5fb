"""Tables of web pages: spans as a browser shows them, and rows with too few cells never taken shifted."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_school import school

from addin.cli.main import main
from addin.core.book import Area, Value
from addin.errors import Problem
from addin.importers import read

N = None
TABLES: dict[str, tuple[str, list[list[Value]], list[int]]] = {
    "a cell down": (
        "<tr><td>a<td rowspan=2>b<td>c</tr><tr><td>d<td>e</tr>",
        [["a", "b", "c"], ["d", N, "e"]],
        [3, 3],
    ),
    "a cell down at the end": (
        "<tr><td>a<td rowspan=3>b</tr><tr><td>d</tr><tr></tr><tr><td>e<td>f</tr>",
        [["a", "b"], ["d"], [], ["e", "f"]],
        [2, 2, 2, 2],
    ),
    "a cell across and down": (
        "<tr><td colspan=2 rowspan=2>a<td>b</tr><tr><td>c</tr><tr><td>d<td>e<td>f</tr>",
        [["a", N, "b"], [N, N, "c"], ["d", "e", "f"]],
        [3, 3, 3],
    ),
    "two cells down": (
        "<tr><td rowspan=2>a<td>b<td rowspan=3>c</tr><tr><td>d</tr><tr><td>e<td>f</tr>",
        [["a", "b", "c"], [N, "d"], ["e", "f"]],
        [3, 3, 3],
    ),
    "no further than the head": (
        "<thead><tr><th rowspan=4>a<th>b</tr></thead><tbody><tr><td>c<td>d</tr></tbody>",
        [["a", "b"], ["c", "d"]],
        [2, 2],
    ),
    "all that follow in the body": (
        "<tbody><tr><td rowspan=0>a<td>b</tr><tr><td>c</tr></tbody><tbody><tr><td>d<td>e</tr></tbody>",
        [["a", "b"], [N, "c"], ["d", "e"]],
        [2, 2, 2],
    ),
    "too few cells": ("<tr><td>a<td>b<td>c</tr><tr><td>d</tr>", [["a", "b", "c"], ["d"]], [3, 1]),
    "a blank cell is a cell": ("<tr><td>a<td>b</tr><tr><td>c<td></td></tr>", [["a", "b"], ["c"]], [2, 2]),
    "no tag for the row": ("<td>a<td>b</tr><td>c<td>d</tr>", [["a", "b"], ["c", "d"]], [2, 2]),
    "spans that are none": (
        "<tr><td colspan=0>a<td colspan=x rowspan=-1>b</tr><tr><td>c<td>d</tr>",
        [["a", "b"], ["c", "d"]],
        [2, 2],
    ),
}


@pytest.mark.parametrize(("rows", "values", "widths"), TABLES.values(), ids=TABLES)
def test_a_table_reads_as_a_browser_shows_it(
    tmp_path: Path, rows: str, values: list[list[Value]], widths: list[int]
) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><table>{rows}</table></html>")
    (source,) = read(path)
    assert source.grid.values == values
    assert list(source.widths) == widths


def test_a_cell_is_merged_no_further_than_its_section(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<table><thead><tr><th rowspan=9>a<th>b</tr><tr><th>c</tr></thead><tr><td>d<td>e</tr></table>")
    assert read(path)[0].grid.merged == [Area(1, 1, 2, 1)]


def test_a_table_within_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    inner = "<table><tr><td>Code<td>Name</tr><tr><td>1<td>Bo</tr></table>"
    path.write_text(f"<table><tr><td>School</td><td>{inner}</td></tr><tr><td>Below</td></tr></table>")
    assert [source.grid.values for source in read(path)] == [[["School"], ["Below"]], [["Code", "Name"], ["1", "Bo"]]]


def test_a_table_that_is_never_closed_ends_where_the_next_one_begins(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<table><tr><td>a</td></tr><table><tr><td>b</td></tr>")
    assert [source.grid.values for source in read(path)] == [[["a"]], [["b"]]]


def test_a_cell_that_spans_everything_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<table><tr>" + "<td rowspan=99999999 colspan=99999999>" * 20 + "</tr></table>")
    with pytest.raises(Problem, match="without a table"):
        read(path)


HEAD = ["Code", "Last name", "First names", "Session", "Category", "Birth date"]
FULL = [[f"07{n}", f"Last {n}", "First", "M27", "D", f"{n}/06/2009"] for n in range(13, 19)]


@pytest.mark.parametrize(
    "row",
    [
        ["0701", "New", "M27", "D"],  # no first names: M27 would be one, and D a session
        ["0701", "New", "Given", "D", "14/06/2009"],
        ["New", "Given", "M27", "D", "14/06/2009"],
    ],
)
@pytest.mark.parametrize("name", ["list.html", "list.xls"])
def test_a_row_with_a_cell_missing_in_the_middle_is_listed_and_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: list[str], name: str
) -> None:
    book = school(tmp_path)
    before = book.read_bytes()
    lines = "".join(f"<tr><td>{'</td><td>'.join(cells)}</td></tr>" for cells in [HEAD, *FULL, row])
    (tmp_path / name).write_text(f"<html><table>{lines}</table></html>")
    argv = ["import", str(tmp_path / name), "--into", str(book), "--tracker", "candidates", "--dry-run"]
    assert main(argv) == 1
    said = capsys.readouterr().out
    assert "is a cell missing?" in said
    assert "row 8" in said
    assert book.read_bytes() == before
