"""The Conflicts sheet: both values of each conflict, and the column in which a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from addin.core import names
from addin.core.book import Grid, OwnSheet, Value
from addin.core.sync.model import MINE, THEIRS, Choice, Conflict, Place, Row
from addin.core.sync.words import show as in_words
from addin.core.sync.words import show_row
from addin.core.tables.values import show

SHEET = names.CONFLICTS
HEADERS = ("Link", "Row", "Column", "Before", "Mine (workbook)", "Theirs (shared sheet)", "Decision", "Row id")
WIDTHS = (22, 26, 18, 24, 28, 28, 20, 9)
DECISION = HEADERS.index("Decision")
HELP = "Write mine, theirs, or the value that is right into Decision; the next sync carries it out."


@dataclass(frozen=True, slots=True)
class Standing:
    """A conflict that stands: of which link, and how a person calls the row and the column."""

    link: str
    row_name: str
    column_name: str
    conflict: Conflict


def conflicts_sheet(standing: Sequence[Standing], decisions: Mapping[tuple[str, Place], Value]) -> OwnSheet:
    """The sheet with every standing conflict; a decision that could not be carried out yet stays where it is."""
    rows: list[list[Value]] = [list(HEADERS)]
    for one in standing:
        place = one.conflict.row, one.conflict.column
        values = (one.conflict.base, one.conflict.left, one.conflict.right)
        rows.append([
            one.link, one.row_name, one.column_name, *(_told(value, place[1]) for value in values),
            decisions.get((one.link, place)), place[0],
        ])  # fmt: skip
    if standing:
        rows.append([HELP])
    return OwnSheet(rows, {}, list(WIDTHS))


def _told(value: Value | Row, column: str | None) -> Value:
    if column is not None:
        return cast(Value, value)
    return "(deleted)" if value is None else show_row(cast(Row, value))


def decisions(grid: Grid | None, names: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, Place], Value]:
    """What a person has decided: (link, (row id, column)) -> mine, theirs or a value.

    `names` maps each link to its columns' headers -> names.
    """
    found: dict[tuple[str, Place], Value] = {}
    for line in grid.values[1:] if grid else ():
        told = dict(zip(HEADERS, line, strict=False))
        link, row_id, decision = show(told.get("Link")), show(told.get("Row id")), told.get("Decision")
        if row_id and decision is not None and decision != "":
            header = show(told.get("Column"))
            column = names.get(link, {}).get(header, header) if header and header != WHOLE_ROW else None
            found[link, (row_id, column)] = decision
    return found


WHOLE_ROW = "(whole row)"


def choices(decided: Mapping[tuple[str, Place], Value], link: str, seen: Iterable[Conflict]) -> dict[Place, Choice]:
    """The decisions about one link as the merge takes them, each with the conflict as it was shown."""
    shown = {(conflict.row, conflict.column): conflict for conflict in seen}
    found = {}
    for (of, place), decision in decided.items():
        if of == link and place in shown:
            word = decision.strip().casefold() if isinstance(decision, str) else ""
            take = {"mine": MINE, "theirs": THEIRS}.get(word, decision)
            found[place] = Choice(take, shown[place])
    return found


def sentence(one: Standing) -> str:
    """A conflict in words, for the report."""
    before, mine, theirs = (
        _told(value, one.conflict.column) if one.conflict.column is None else in_words(cast(Value, value))
        for value in (one.conflict.base, one.conflict.left, one.conflict.right)
    )
    return f"{one.row_name}, {one.column_name}: was {before}; the workbook says {mine}, the shared sheet says {theirs}"
