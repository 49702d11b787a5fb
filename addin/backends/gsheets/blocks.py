"""Single cells gathered into rectangles, so that a batch has few requests and a read few ranges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from addin.backends.gsheets.values import Json
from addin.core.a1 import cell_name

CellData = dict[tuple[int, int], tuple[str, Json]]
"""(row, column) -> field mask and cell data."""

MOST_SPANS = 1000
"""Ranges in one read; where there would be more, rows between are read along."""


@dataclass(slots=True)
class Block:
    """A filled rectangle of cells that are written with the same field mask."""

    top: int
    left: int
    fields: str
    lines: list[list[Json]]

    def request(self, gid: int) -> Json:
        """The request that writes it."""
        return {
            "updateCells": {
                "start": {"sheetId": gid, "rowIndex": self.top - 1, "columnIndex": self.left - 1},
                "rows": [{"values": line} for line in self.lines],
                "fields": self.fields,
            }
        }


def blocks(cells: CellData) -> list[Block]:
    """Rectangles that cover exactly these cells."""
    found: list[Block] = []
    open_above: dict[tuple[int, int, str], Block] = {}
    for run in _runs(cells):
        above = open_above.get((run.left, len(run.lines[0]), run.fields))
        if above and above.top + len(above.lines) == run.top:
            above.lines.extend(run.lines)
            continue
        found.append(run)
        open_above[run.left, len(run.lines[0]), run.fields] = run
    return found


def _runs(cells: CellData) -> Iterable[Block]:
    run: Block | None = None
    for (row, column), (fields, data) in sorted(cells.items(), key=lambda item: item[0]):
        if run and (run.top, run.left + len(run.lines[0]), run.fields) == (row, column, fields):
            run.lines[0].append(data)
            continue
        if run:
            yield run
        run = Block(row, column, fields, [[data]])
    if run:
        yield run


def row_spans(rows: Iterable[int], most: int, gap: int = 5) -> list[tuple[int, int]]:
    """Spans that cover these rows; rows less than `gap` apart share one, and there are at most `most`."""
    spans: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if spans and row - spans[-1][1] <= gap:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans if len(spans) <= most else row_spans(rows, most, gap * 4)


def row_ranges(cells: Iterable[tuple[str, int, int]]) -> list[str]:
    """Few ranges of whole rows, in A1, that hold these cells, and perhaps rows between."""
    rows: dict[str, set[int]] = {}
    for title, row, _ in cells:
        rows.setdefault(title, set()).add(row)
    most = max(1, MOST_SPANS // max(1, len(rows)))
    return [f"{_quoted(t)}!{first}:{last}" for t, numbers in rows.items() for first, last in row_spans(numbers, most)]


def cell_ranges(cells: Iterable[tuple[str, int, int]]) -> list[str]:
    """Ranges, in A1, that hold exactly these cells."""
    sheets: dict[str, CellData] = {}
    for title, row, column in cells:
        sheets.setdefault(title, {})[row, column] = ("", {})
    return [_range(title, block) for title, data in sheets.items() for block in blocks(data)]


def _range(title: str, block: Block) -> str:
    bottom, right = block.top + len(block.lines) - 1, block.left + len(block.lines[0]) - 1
    return f"{_quoted(title)}!{cell_name(block.top, block.left)}:{cell_name(bottom, right)}"


def _quoted(title: str) -> str:
    """A sheet's name in a range, always in quotes: a sheet may be called A1."""
    return "'" + title.replace("'", "''") + "'"
