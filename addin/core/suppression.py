"""Small numbers hidden so that nobody can work them out again by subtraction.

A count from 1 to `least` - 1 could point at a person: it is hidden. Where only one count of a line with a visible total
is hidden, the total gives it away, so the smallest other count of that line is hidden too (complementary suppression),
in rows and in columns, until every line has none or at least two hidden counts whose sum says nothing either.
"""

from __future__ import annotations

from collections.abc import Sequence

Counts = Sequence[Sequence[int]]
HIDDEN = None


def suppress(counts: Counts, least: int = 5) -> list[list[int | None]]:
    """The table with hidden counts as None; row and column totals may be shown beside it. `least` 0 hides nothing.

    `counts` is rows by columns, whole numbers from 0 up, all rows of one length.
    """
    hidden = [[0 < count < least for count in row] for row in counts]
    changed = True
    while changed:
        changed = False
        for line in _lines(counts):
            marked = [cell for cell in line if hidden[cell[0]][cell[1]]]
            if not marked or _says_nothing([counts[i][j] for i, j in marked], least):
                continue
            free = [cell for cell in line if not hidden[cell[0]][cell[1]]]
            if free:
                i, j = min(free, key=lambda cell: (counts[cell[0]][cell[1]] == 0, counts[cell[0]][cell[1]], cell))
                hidden[i][j] = changed = True
    return [[None if hidden[i][j] else count for j, count in enumerate(row)] for i, row in enumerate(counts)]


def _lines(counts: Counts) -> list[list[tuple[int, int]]]:
    """Every row and every column as places."""
    rows = [[(i, j) for j in range(len(row))] for i, row in enumerate(counts)]
    columns = [[(i, j) for i in range(len(counts))] for j in range(len(counts[0]) if counts else 0)]
    return [line for line in (*rows, *columns) if len(line) > 1]


def _says_nothing(hidden: Sequence[int], least: int) -> bool:
    """Whether the sum of these counts, which the total gives away, leaves each of them open."""
    return len(hidden) > 1 and sum(hidden) >= least
