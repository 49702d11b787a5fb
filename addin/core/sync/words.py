"""What a plan, a stop or a damaged id means, in sentences that a coordinator reads; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import cast

from addin.core.book import CellError, Value
from addin.core.sync.columns import header
from addin.core.sync.guard import Reason
from addin.core.sync.identity import IdProblem
from addin.core.sync.merge import edited
from addin.core.sync.model import Conflict, Plan, Refused, Row, Side, Table
from addin.core.text import counted
from addin.core.trackers import Tracker

NAMES: Mapping[Side, str] = {"left": "the workbook", "right": "the shared sheet"}
FORCE = "ib-trackers sync --force"


def report(
    plan: Plan, left: Table, right: Table, names: Mapping[Side, str] = NAMES, tracker: Tracker | None = None
) -> list[str]:
    """The plan, line by line: what each side gets, what needs a person, what was put back."""
    lines = []
    tables: Mapping[Side, Table] = {"left": left, "right": right}
    for side, table in tables.items():
        lines += part(f"To {names[side]}", changes(plan, side, table, tracker), "nothing to write")
    rows = {**right, **left}
    lines += part("Conflicts", (conflict(one, names, tracker, rows) for one in plan.conflicts))
    lines += part("Put back", (refused(one, names, tracker, rows) for one in plan.refused))
    lines += part("Decisions not carried out", (unused(place, tracker) for place in plan.unused))
    return lines


def part(title: str, lines: Iterator[str], otherwise: str = "") -> list[str]:
    """A title and its lines; nothing where there are none."""
    found = list(lines) or ([otherwise] if otherwise else [])
    return [title, *(f"  {line}" for line in found)] if found else []


def changes(plan: Plan, side: Side, table: Table, tracker: Tracker | None = None) -> Iterator[str]:
    """What one side has to do."""
    made = plan.to(side)
    for (row, column), value in made.cells.items():
        was = table[row].get(column) if row in table else None
        yield f"{name(row, table, tracker)} {header(column, tracker)}: {show(was)} becomes {show(value)}"
    for row, cells in made.rows.items():
        yield f"{name(row, made.rows, tracker)} new row: {show_row(cells, tracker)}"
    for row in sorted(made.drops):
        yield f"{name(row, table, tracker)} deleted: {show_row(table.get(row, {}), tracker)}"


def name(row: str, table: Table, tracker: Tracker | None) -> str:
    """How a person calls a row: by its key, else by its id."""
    cells = table.get(row) or {}
    return " ".join(show(cells[key]) for key in (tracker.key if tracker else ()) if cells.get(key) is not None) or row


def conflict(
    one: Conflict,
    names: Mapping[Side, str] = NAMES,
    tracker: Tracker | None = None,
    rows: Table | None = None,
) -> str:
    """What is different on the two sides; with `rows` the row by its key."""
    who = name(one.row, rows or {}, tracker)
    if one.column is not None:
        was = "not known before" if one.first else f"was {show(cast(Value, one.base))}"
        values = (show(cast(Value, value)) for value in (one.left, one.right))
        return f"{who}, {header(one.column, tracker)}: {was}; {says(names, values)}"
    if one.left is not None and one.right is not None:
        sides = (edits(one, cast(Row, row), tracker) for row in (one.left, one.right))
        return f"{who}: both sides edited this row; {says(names, sides)}"
    return deletion(one, names, tracker, who)


def deletion(one: Conflict, names: Mapping[Side, str], tracker: Tracker | None, who: str) -> str:
    """Who deleted a row, and what the other side has in it."""
    kept, other = ("left", "right") if one.left is not None else ("right", "left")
    here, there = names[cast(Side, kept)], names[cast(Side, other)]
    cells, was = cast(Row, one.left or one.right), cast(Row, one.base)
    what = edits(one, cells, tracker)
    if not what:
        what = "in a formula, a column that is not shared, or another shared sheet"
    elif all(column not in was for column in edited(cells, was)):
        return f"{who}: deleted in {there}, which never saw {what}; it stays in {here} until you decide"
    return f"{who}: deleted in {there}, edited in {here} ({what}); the row stays until you decide"


def says(names: Mapping[Side, str], values: Iterator[str]) -> str:
    """Who has what."""
    return ", ".join(f"{name_} has {value}" for name_, value in zip(names.values(), values, strict=True))


def edits(one: Conflict, row: Row, tracker: Tracker | None = None) -> str:
    """What of a row is not as it was."""
    changed = edited(row, cast(Row, one.base or {}))
    return ", ".join(f"{header(column, tracker)} {show(value)}" for column, value in row.items() if column in changed)


def refused(
    one: Refused, names: Mapping[Side, str] = NAMES, tracker: Tracker | None = None, rows: Table | None = None
) -> str:
    """What was not accepted, and what is there now; with `rows` the row by its key."""
    who = name(one.row, rows or {}, tracker)
    side = names[one.side]
    if one.column is not None:
        now, typed = show(cast(Value, one.instead)), show(cast(Value, one.value))
        return f"{who}, {header(one.column, tracker)}: {side} had {typed}; it is {now} again"
    if one.value is None:
        return f"{who}: deleted in {side}; it is there again"
    if one.instead is None:
        return f"{who}: edited in {side} ({show_row(cast(Row, one.value), tracker)}), but the row was taken away"
    return f"{who}: added in {side}, where rows are not collected; left alone"


def unused(place: tuple[str, str | None], tracker: Tracker | None = None) -> str:
    """A decision that was not carried out."""
    row, column = place
    what = "(row)" if column is None else header(column, tracker)
    return f"{row} {what}: what you decided about has changed since; please decide again"


def reason(
    one: Reason,
    names: Mapping[Side, str] = NAMES,
    *,
    link: str = "",
    tracker: Tracker | None = None,
    rows: Mapping[str, int] | None = None,
) -> str:
    """Why a sync stopped, and what to do next."""
    other: Side = "right" if one.side == "left" else "left"
    side, source = names[one.side], names[other]
    listed = ", ".join(header(column, tracker) for column in one.columns)
    columns = "the column" if len(one.columns) == 1 else "the columns"
    left = f" ({counted(rows.get(other, 0), 'row')})" if rows else ""
    sentences = {
        "empty": f"{side} has no rows any more; there were {one.of}. To fill it again from {source}{left}: {FORCE}",
        "stranger": f"{side} has none of the {one.of} rows of last time: is it the right sheet? With {FORCE} both are "
        "joined: nothing is deleted, and every difference is shown as a conflict.",
        "deleted": f"{one.count} of {one.of} rows are missing in {side}. To delete them in {source} too: {FORCE}",
        "truncated": f"The last {one.count} of {one.of} rows are missing in {side}, as if it was cut off. To delete "
        f"them in {source} too: {FORCE}",
        "columns": f"In {side} {columns} {listed} is missing. Was a header renamed? Give it its name back.",
        "emptied": f"In {side} {one.count} of {one.of} values were emptied in: {listed}. To empty them in {source} "
        f"too: {FORCE}",
        "rewritten": f"In {side} {one.count} of {one.of} values were overwritten. If the ids are still beside their "
        f"rows: {FORCE}",
        "undone": f"The last sync was undone. To sync again, with the same result: {FORCE}",
        "older": f"{side} is older than the last sync"
        + (f": {one.count} of {one.of} changes of that sync are gone again" if one.count else "")
        + f". With {FORCE} nothing is deleted, and every difference is shown as a conflict.",
    }
    sentence = sentences[one.kind]
    return sentence[0].upper() + sentence[1:]


def id_problem(one: IdProblem, link: str = "", side: Side = "left") -> str:
    """What is wrong with the ids of some rows, and what to do."""
    where = f"sheet {one.sheet} of the workbook" if one.sheet and side == "left" else names_of(link, side)
    count = counted(len(one.rows), "row")
    if one.kind == "moved":
        return (
            f"Part of {where} was sorted without its other columns: {count}, from row {min(one.rows)} on, "
            + ("have the ids of other rows. " if len(one.rows) > 1 else "has the id of another row. ")
            + "Undo the sort (Ctrl+Z) or restore the version before it. If only the column IBT id is wrong: "
            + FORCE
        )
    return (
        f"In {where} {count} lost their ids and look alike (row {', '.join(map(str, one.rows[:3]))}), so it is not "
        f"clear which is which. Restore the version before, or give them new ids: {FORCE}"
    )


def lost_row(row_id: str, unknown: int, link: str, side: Side) -> str:
    """What to do about a row with an open conflict that may be one of the rows without an id."""
    where, one = names_of(link, side), "its row" if unknown == 1 else f"one of its {unknown} rows"
    return (
        f"The row {row_id} of the sheet Conflicts cannot be found in {where}; it may be {one} without an id. Type "
        f"{row_id} beside it in column IBT id. If it is gone: {FORCE}"
    )


def names_of(link: str, side: Side) -> str:
    """Which book a sentence is about."""
    return "the workbook" if side == "left" else f"the shared sheet of {link}" if link else "the shared sheet"


def other_book(before: str, now: str) -> str:
    """Why a link stops whose other side is another book than last time; both are written `workbook | sheet`."""
    was, is_ = before.partition(" | "), now.partition(" | ")
    old, new = (was[0], is_[0]) if was[0] != is_[0] else (was[2], is_[2])
    return (
        f"Last time this link was synced with {old}, now it is {new}. If that is right: {FORCE}. "
        "Nothing is deleted then, and every difference is shown as a conflict."
    )


def show(value: Value) -> str:
    """A value as a person would type it; text that looks like something else is in quotes."""
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


def show_row(row: Row, tracker: Tracker | None = None) -> str:
    """The values of a row that are not blank."""
    return ", ".join(f"{header(column, tracker)} {show(value)}" for column, value in row.items() if value is not None)
