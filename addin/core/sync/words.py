"""What a plan, a stop or a damaged id means, in sentences that a coordinator reads; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import cast

from addin.core.book import CellError, Value
from addin.core.language import Said, joined, phrase, phrases, upper_first
from addin.core.sync.columns import header
from addin.core.sync.guard import Reason
from addin.core.sync.identity import IdProblem
from addin.core.sync.merge import edited
from addin.core.sync.model import Conflict, Plan, Refused, Row, Side, Table
from addin.core.text import counted
from addin.core.trackers import Tracker

NAMES: Mapping[Side, str] = {"left": phrase("the workbook"), "right": phrase("the shared sheet")}
FORCE = "ib-trackers sync --force"


def report(
    plan: Plan, left: Table, right: Table, names: Mapping[Side, str] = NAMES, tracker: Tracker | None = None
) -> list[str]:
    """The plan, line by line: what each side gets, what needs a person, what was put back."""
    lines = []
    tables: Mapping[Side, Table] = {"left": left, "right": right}
    for side, table in tables.items():
        lines += part(
            phrase("To {side}", side=names[side]), changes(plan, side, table, tracker), phrase("nothing to write")
        )
    rows = {**right, **left}
    lines += part(phrase("Conflicts"), (conflict(one, names, tracker, rows) for one in plan.conflicts))
    lines += part(phrase("Put back"), (refused(one, names, tracker, rows) for one in plan.refused))
    lines += part(phrase("Decisions not carried out"), (unused(place, tracker) for place in plan.unused))
    return lines


def part(title: str, lines: Iterator[str], otherwise: str = "") -> list[str]:
    """A title and its lines; nothing where there are none."""
    found = list(lines) or ([otherwise] if otherwise else [])
    return [title, *(joined("", ["  ", line]) for line in found)] if found else []


def changes(plan: Plan, side: Side, table: Table, tracker: Tracker | None = None) -> Iterator[str]:
    """What one side has to do."""
    made = plan.to(side)
    for (row, column), value in made.cells.items():
        was = table[row].get(column) if row in table else None
        place = f"{name(row, table, tracker)} {header(column, tracker)}"
        yield phrase("{place}: {was} becomes {now}", place=place, was=show(was), now=show(value))
    for row, cells in made.rows.items():
        who = name(row, made.rows, tracker)
        yield phrase("{row} new row: {values}", row=who, values=show_row(cells, tracker))
    for row in sorted(made.drops):
        yield phrase(
            "{row} deleted: {values}",
            row=name(row, table, tracker),
            values=show_row(table.get(row, {}), tracker),
        )


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
        base = show(cast(Value, one.base))
        was = phrase("not known before") if one.first else phrase("was {value}", value=base)
        values = (show(cast(Value, value)) for value in (one.left, one.right))
        place = f"{who}, {header(one.column, tracker)}"
        return phrase("{place}: {was}; {sides}", place=place, was=was, sides=says(names, values))
    if one.left is not None and one.right is not None:
        sides = (edits(one, cast(Row, row), tracker) for row in (one.left, one.right))
        return phrase("{row}: both sides edited this row; {sides}", row=who, sides=says(names, sides))
    return deletion(one, names, tracker, who)


def deletion(one: Conflict, names: Mapping[Side, str], tracker: Tracker | None, who: str) -> str:
    """Who deleted a row, and what the other side has in it."""
    kept, other = ("left", "right") if one.left is not None else ("right", "left")
    here, there = names[cast(Side, kept)], names[cast(Side, other)]
    cells, was = cast(Row, one.left or one.right), cast(Row, one.base)
    what = edits(one, cells, tracker)
    if not what:
        what = phrase("in a formula, a column that is not shared, or another shared sheet")
    elif all(column not in was for column in edited(cells, was)):
        sentence = "{row}: deleted in {there}, which never saw {what}; it stays in {here} until you decide"
        return phrase(sentence, row=who, there=there, what=what, here=here)
    sentence = "{row}: deleted in {there}, edited in {here} ({what}); the row stays until you decide"
    return phrase(sentence, row=who, there=there, here=here, what=what)


def says(names: Mapping[Side, str], values: Iterator[str]) -> str:
    """Who has what."""
    sides = zip(names.values(), values, strict=True)
    return joined(", ", [phrase("{side} has {value}", side=side, value=value) for side, value in sides])


def edits(one: Conflict, row: Row, tracker: Tracker | None = None) -> str:
    """What of a row is not as it was."""
    changed = edited(row, cast(Row, one.base or {}))
    return joined(", ", [_cell(column, value, tracker) for column, value in row.items() if column in changed])


def refused(
    one: Refused, names: Mapping[Side, str] = NAMES, tracker: Tracker | None = None, rows: Table | None = None
) -> str:
    """What was not accepted, and what is there now; with `rows` the row by its key."""
    who = name(one.row, rows or {}, tracker)
    side = names[one.side]
    if one.column is not None:
        now, typed = show(cast(Value, one.instead)), show(cast(Value, one.value))
        place = f"{who}, {header(one.column, tracker)}"
        return phrase("{place}: {side} had {typed}; it is {now} again", place=place, side=side, typed=typed, now=now)
    if one.value is None:
        return phrase("{row}: deleted in {side}; it is there again", row=who, side=side)
    if one.instead is None:
        values = show_row(cast(Row, one.value), tracker)
        sentence = "{row}: edited in {side} ({values}), but the row was taken away"
        return phrase(sentence, row=who, side=side, values=values)
    return phrase("{row}: added in {side}, where rows are not collected; left alone", row=who, side=side)


def unused(place: tuple[str, str | None], tracker: Tracker | None = None) -> str:
    """A decision that was not carried out."""
    row, column = place
    what = phrase("(row)") if column is None else header(column, tracker)
    sentence = "{row} {what}: what you decided about has changed since; please decide again"
    return phrase(sentence, row=row, what=what)


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
    left = joined("", [" (", counted(rows.get(other, 0), "row"), ")"]) if rows else ""
    words = {"side": side, "source": source, "count": one.count, "of": one.of, "columns": listed, "force": FORCE}
    sentences = {
        "empty": phrase(
            "{side} has no rows any more; there were {of}. To fill it again from {source}{left}: {force}",
            left=left,
            **words,
        ),
        "stranger": phrase(
            "{side} has none of the {of} rows of last time: is it the right sheet? With {force} both are "
            "joined: nothing is deleted, and every difference is shown as a conflict.",
            **words,
        ),
        "deleted": phrase(
            "{count} of {of} rows are missing in {side}. To delete them in {source} too: {force}", **words
        ),
        "truncated": phrase(
            "The last {count} of {of} rows are missing in {side}, as if it was cut off. To delete them in {source} "
            "too: {force}",
            **words,
        ),
        "columns": phrases(
            "In {side} the column {columns} is missing. Was a header renamed? Give it its name back.",
            "In {side} the columns {columns} are missing. Was a header renamed? Give it its name back.",
            len(one.columns),
            side=side,
            columns=listed,
        ),
        "emptied": phrase(
            "In {side} {count} of {of} values were emptied in: {columns}. To empty them in {source} too: {force}",
            **words,
        ),
        "rewritten": phrase(
            "In {side} {count} of {of} values were overwritten. If the ids are still beside their rows: {force}",
            **words,
        ),
        "undone": phrase("The last sync was undone. To sync again, with the same result: {force}", force=FORCE),
        "older": phrase(
            "{side} is older than the last sync{gone}. With {force} nothing is deleted, and every difference is "
            "shown as a conflict.",
            gone=phrase(": {count} of {of} changes of that sync are gone again", **words) if one.count else "",
            **words,
        ),
    }
    return upper_first(sentences[one.kind])


def id_problem(one: IdProblem, link: str = "", side: Side = "left") -> str:
    """What is wrong with the ids of some rows, and what to do."""
    in_workbook = one.sheet and side == "left"
    where = phrase("sheet {sheet} of the workbook", sheet=one.sheet) if in_workbook else names_of(link, side)
    count = counted(len(one.rows), "row")
    if one.kind == "moved":
        return phrases(
            "Part of {where} was sorted without its other columns: {count}, from row {first} on, has the id of another "
            "row. Undo the sort (Ctrl+Z) or restore the version before it. If only the column IBT id is wrong: {force}",
            "Part of {where} was sorted without its other columns: {count}, from row {first} on, have the ids of other "
            "rows. Undo the sort (Ctrl+Z) or restore the version before it. If only the column IBT id is wrong: "
            "{force}",
            len(one.rows),
            where=where,
            count=count,
            first=min(one.rows),
            force=FORCE,
        )
    return phrase(
        "In {where} {count} lost their ids and look alike (row {rows}), so it is not clear which is which. Restore the "
        "version before, or give them new ids: {force}",
        where=where,
        count=count,
        rows=", ".join(map(str, one.rows[:3])),
        force=FORCE,
    )


def lost_row(row_id: str, unknown: int, link: str, side: Side, sheet: str = "Conflicts") -> str:
    """What to do about a row with an open conflict that may be one of the rows without an id."""
    one = (
        "The row {id} of the sheet {sheet} cannot be found in {where}; it may be its row without an id. Type {id} "
        "beside it in column IBT id. If it is gone: {force}"
    )
    several = (
        "The row {id} of the sheet {sheet} cannot be found in {where}; it may be one of its {n} rows without an id. "
        "Type {id} beside it in column IBT id. If it is gone: {force}"
    )
    where = names_of(link, side)
    if unknown == 1:
        return phrase(one, id=row_id, sheet=sheet, where=where, force=FORCE)
    return phrase(several, id=row_id, sheet=sheet, where=where, n=unknown, force=FORCE)


def names_of(link: str, side: Side) -> str:
    """Which book a sentence is about."""
    if side == "left":
        return phrase("the workbook")
    return phrase("the shared sheet of {link}", link=link) if link else phrase("the shared sheet")


def other_book(before: str, now: str) -> str:
    """Why a link stops whose other side is another book than last time; both are written `workbook | sheet`."""
    was, is_ = before.partition(" | "), now.partition(" | ")
    old, new = (was[0], is_[0]) if was[0] != is_[0] else (was[2], is_[2])
    return phrase(
        "Last time this link was synced with {old}, now it is {new}. If that is right: {force}. Nothing is deleted "
        "then, and every difference is shown as a conflict.",
        old=old,
        new=new,
        force=FORCE,
    )


def show(value: Value) -> str:
    """A value as a person would type it; text that looks like something else is in quotes."""
    if value is None:
        return phrase("blank")
    if isinstance(value, bool):
        return Said.of("yes" if value else "no", value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, int | float | timedelta | CellError):
        return str(value)
    plain = value.isprintable() and value.strip() == value and value[:1].isalpha()
    return value if plain and value not in ("yes", "no", "blank") else f'"{value}"'


def show_row(row: Row, tracker: Tracker | None = None) -> str:
    """The values of a row that are not blank."""
    return joined(", ", [_cell(column, value, tracker) for column, value in row.items() if value is not None])


def _cell(column: str, value: Value, tracker: Tracker | None) -> str:
    return joined(" ", [header(column, tracker), show(value)])
