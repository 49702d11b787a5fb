"""The blocks of touching filled cells in a sheet: what `values:append` calls a table."""

from __future__ import annotations

from addin.google_emulator.model import Box, Sheet


def blocks(sheet: Sheet) -> list[Box]:
    """The rectangles around cells that touch, corners included.

    Row by row, runs of filled cells are joined to the runs above them that they touch.
    """
    parent: list[int] = []
    runs: list[Box] = []
    above: list[int] = []
    for row in sorted(sheet.rows):
        here = []
        for left, right in _runs(sheet, row):
            number = len(runs)
            runs.append(Box(row, left, row + 1, right))
            parent.append(number)
            here.append(number)
            for other in above:
                if runs[other].top == row - 1 and runs[other].left <= right and left <= runs[other].right:
                    parent[_root(parent, other)] = _root(parent, number)
        above = here or above
    return _joined(runs, parent)


def _runs(sheet: Sheet, row: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in sorted(c for c, cell in sheet.rows[row].items() if cell.value is not None):
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _joined(runs: list[Box], parent: list[int]) -> list[Box]:
    found: dict[int, Box] = {}
    for number, run in enumerate(runs):
        root = _root(parent, number)
        old = found.get(root, run)
        found[root] = Box(
            min(old.top, run.top), min(old.left, run.left), max(old.bottom, run.bottom), max(old.right, run.right)
        )
    return list(found.values())
