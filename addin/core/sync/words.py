"""What a plan, a stop or a damaged id means, in sentences that a coordinator reads; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import cast

from addin.core.book import CellError, Value
from addin.core.sync.guard import Reason
from addin.core.sync.identity import IdProblem
from addin.core.sync.merge import edited
from addin.core.sync.model import Conflict, Plan, Refused, Row, Side, Table

NAMES: Mapping[Side, str] = {"left": "the workbook", "right": "the shared sheet"}


def report(plan: Plan, left: Table, right: Table, names: Mapping[Side, str] = NAMES) -> list[str]:
    """The plan, line by line: what each side gets, what needs a person, what was put back."""
    lines = []
    tables: Mapping[Side, Table] = {"left": left, "right": right}
    for side, table in tables.items():
        lines += part(f"To {names[side]}", told(plan, side, table), "nothing to write")
    lines += part("Conflicts", (conflict(one, names) for one in plan.conflicts))
    lines += part("Put back", (refused(one, names) for one in plan.refused))
    lines += part("Decisions not carried out", (unused(place) for place in plan.unused))
    return lines


def part(title: str, lines: Iterator[str], otherwise: str = "") -> list[str]:
    """A title and its lines; nothing where there are none."""
    found = list(lines) or ([otherwise] if otherwise else [])
    return [title, *(f"  {line}" for line in found)] if found else []


def told(plan: Plan, side: Side, table: Table) -> Iterator[str]:
    """What one side has to do."""
    changes = plan.to(side)
    for (row, column), value in changes.cells.items():
        yield f"{row} {column}: {show(table[row].get(column))} becomes {show(value)}"
    for row, cells in changes.rows.items():
        yield f"{row} new row: {show_row(cells)}"
    for row in sorted(changes.drops):
        yield f"{row} deleted: {show_row(table[row])}"


def conflict(one: Conflict, names: Mapping[Side, str] = NAMES) -> str:
    """What stands against what."""
    if one.column is not None:
        was = show(cast(Value, one.base))
        there = (show(cast(Value, value)) for value in (one.left, one.right))
        return f"{one.row} {one.column}: was {was}; {says(names, there)}"
    if one.left is not None and one.right is not None:
        sides = (edits(one, cast(Row, row)) for row in (one.left, one.right))
        return f"{one.row}: both sides edited this row; {says(names, sides)}"
    return deletion(one, names)


def deletion(one: Conflict, names: Mapping[Side, str]) -> str:
    """Who deleted a row, and what the other side has in it."""
    kept, other = ("left", "right") if one.left is not None else ("right", "left")
    here, there = names[cast(Side, kept)], names[cast(Side, other)]
    cells, was = cast(Row, one.left or one.right), cast(Row, one.base)
    if all(column not in was for column in edited(cells, was)):
        return (
            f"{one.row}: deleted in {there}, which never saw {edits(one, cells)}; it stays in {here} until you decide"
        )
    return f"{one.row}: deleted in {there}, edited in {here} ({edits(one, cells)}); the row stays until you decide"


def says(names: Mapping[Side, str], there: Iterator[str]) -> str:
    """Who has what."""
    return ", ".join(f"{name} has {value}" for name, value in zip(names.values(), there, strict=True))


def edits(one: Conflict, row: Row) -> str:
    """What of a row is not as it was."""
    changed = edited(row, cast(Row, one.base or {}))
    return ", ".join(f"{column} {show(value)}" for column, value in row.items() if column in changed)


def refused(one: Refused, names: Mapping[Side, str] = NAMES) -> str:
    """What was not accepted, and what stands there now."""
    side = names[one.side]
    if one.column is not None:
        now, typed = show(cast(Value, one.instead)), show(cast(Value, one.value))
        return f"{one.row} {one.column}: {side} had {typed}; it is {now} again"
    if one.value is None:
        return f"{one.row}: deleted in {side}; it is there again"
    if one.instead is None:
        return f"{one.row}: edited in {side} ({show_row(cast(Row, one.value))}), but the row was taken away"
    return f"{one.row}: added in {side}, where rows are not collected; left alone"


def unused(place: tuple[str, str | None]) -> str:
    """A decision that was not carried out."""
    row, column = place
    return f"{row} {column or '(row)'}: what you decided about is no longer there, or no longer as it was"


def reason(one: Reason, names: Mapping[Side, str] = NAMES) -> str:
    """Why a sync stopped, and what to look at."""
    side, listed = names[one.side], ", ".join(one.columns)
    sentences = {
        "empty": f"{side} has no rows any more; there were {one.of}.",
        "stranger": f"{side} has none of the {one.of} rows of last time: is it the right one?",
        "deleted": f"{one.count} of {one.of} rows are missing in {side}.",
        "truncated": f"The last {one.count} of {one.of} rows are missing in {side}, as if it was cut off.",
        "columns": f"In {side} these columns are missing: {listed}. Was a header changed?",
        "emptied": f"In {side} {one.count} of {one.of} values were emptied in: {listed}.",
        "rewritten": f"In {side} {one.count} of {one.of} values were overwritten: are ids and rows still together?",
        "undone": "The last sync was undone; another one would do the same again.",
    }
    sentence = sentences[one.kind]
    return sentence[0].upper() + sentence[1:]


def id_problem(one: IdProblem) -> str:
    """What is wrong with an id, and what mends it."""
    rows = " and ".join(map(str, one.rows))
    sentences = {
        "double": f"Rows {rows} have the same id {one.id}: empty the id of the row that is the copy.",
        "strange": f"Row {rows} has the id {one.id!r}, which was not given here: put the right one back or empty it.",
        "lost": f"Row {rows} has lost its id; it was {one.id}: put it back.",
        "moved": f"Row {rows} has the id {one.id} beside the values of {one.other}: was a part of the sheet sorted?",
    }
    return sentences[one.kind]


def show(value: Value) -> str:
    """A value as a person would type it; text that looks like something else stands in quotes."""
    if value is None:
        return "blank"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, int | float | timedelta | CellError):
        return str(value)
    plain = value.isprintable() and value.strip() == value and value[:1].isalpha()
    return value if plain and value not in ("yes", "no", "blank") else f'"{value}"'


def show_row(row: Row) -> str:
    """The values of a row that are not blank."""
    return ", ".join(f"{column} {show(value)}" for column, value in row.items() if value is not None)
