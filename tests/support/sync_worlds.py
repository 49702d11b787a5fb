"""Small worlds for the sync laws: a base and two correlated changes of it, made of plain operations.

The same operations serve Hypothesis (which draws and shrinks them) and the soak (which draws them with a seed).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from addin.core.book import CellError

VALUES = [
    None, True, False, 0, 1, 1.0, 2, 2.5, -1, "", "1", "1.0", "True", "a", "b", "000123", "Nan", "1e5", "=1+1", "#N/A",
    CellError("#N/A"), date(2026, 3, 1), datetime(2026, 3, 1), datetime(2026, 3, 1, 8, 30), time(8, 30),
    timedelta(hours=8, minutes=30), timedelta(days=2),
]  # fmt: skip
COLUMNS = ["name", "grade", "hours", "date"]
IDS = ["b2", "c3", "d4", "f5", "g6", "h7"]
NEW_IDS = ["n1", "n2", "n3"]


def row_at(table, a):
    return list(table)[a % len(table)]


def column_of(row, b):
    return list(row)[b % len(row)] if row else COLUMNS[0]


def edit(table, a, b, value):
    if table:
        row = table[row_at(table, a)]
        row[column_of(row, b)] = value


def swap(table, a, b, value):
    """Exchange two values down a column: what a slipped hand, or a partial sort, does."""
    if table:
        one, other = table[row_at(table, a)], table[row_at(table, a + 1)]
        column = column_of(one, b)
        if column in other:
            one[column], other[column] = other[column], one[column]


def insert(table, a, b, value):
    like = next(iter(table.values()), dict.fromkeys(COLUMNS))
    table.setdefault(NEW_IDS[a % 3], {c: value if i == b % len(like) else c for i, c in enumerate(like)})


def delete(table, a, b, value):
    if table:
        del table[row_at(table, a)]


def move(table, a, b, value):
    if table:
        name = row_at(table, a)
        table[name] = table.pop(name)


def sort(table, a, b, value):
    rows = sorted(table.items(), key=lambda item: repr(list(item[1].values())[:1]), reverse=bool(b % 2))
    table.clear()
    table.update(rows)


def add_column(table, a, b, value):
    for i, row in enumerate(table.values()):
        row.setdefault(f"new{b % 2}", value if i % 2 == a % 2 else None)


def reorder_columns(table, a, b, value):
    for row in table.values():
        rows = list(row.items())
        row.clear()
        row.update(rows[b % 4 :] + rows[: b % 4])


def lose_column(table, a, b, value):
    for row in table.values():
        row.pop(COLUMNS[b % 4], None)


OPERATIONS = [
    edit,
    edit,
    edit,
    edit,
    swap,
    insert,
    insert,
    delete,
    delete,
    move,
    sort,
    add_column,
    reorder_columns,
    lose_column,
]


@dataclass
class World:
    """What both held last time, and what each holds now."""

    base: dict
    left: dict
    right: dict

    def mirrored(self):
        return World(self.base, self.right, self.left)


def copied(table):
    return {name: dict(row) for name, row in table.items()}


def world(cells, common, ours, others):
    """A world from a list of values (the base) and operations: those of both sides, of the left, of the right."""
    width = len(COLUMNS)
    base = {
        name: dict(zip(COLUMNS, cells[i * width : (i + 1) * width], strict=True))
        for i, name in enumerate(IDS[: len(cells) // width])
    }
    sides = []
    for own in (ours, others):
        table = copied(base)
        for operation, a, b, value in [*common, *own]:
            operation(table, a, b, value)
        sides.append(table)
    return World(base, *sides)


def random_world(random: Random, most_rows=6, most_operations=4) -> World:
    """A world drawn with a seed."""

    def operations(most):
        return [
            (random.choice(OPERATIONS), random.randrange(8), random.randrange(8), random.choice(VALUES))
            for _ in range(random.randint(0, most))
        ]

    cells = [random.choice(VALUES) for _ in range(len(COLUMNS) * random.randint(0, most_rows))]
    return world(cells, operations(1), operations(most_operations), operations(most_operations))
