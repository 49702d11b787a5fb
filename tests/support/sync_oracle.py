"""An independent answer to "what should a sync do?": slow, and simple enough to be read as obviously right.

It thinks in events. What did each side *do* since last time: delete a row, add a row, set a cell? Then each side gets
the other's events, one after the other, unless both sides did something to the same thing. It shares no line with
addin/core/sync, not even the question which values are the same.
"""

from __future__ import annotations

from datetime import date, datetime, time

from addin.core.book import CellError


def meaning(value):
    """What a spreadsheet keeps of a value: two values are the same when their meanings are equal."""
    kind = type(value)
    if kind is str:
        return ("text", value) if value else ("blank",)
    if value is None:
        return ("blank",)
    if kind is bool:
        return ("yes or no", value)
    if kind is int or kind is float:
        return ("number", value)  # Python compares whole and broken numbers exactly
    if kind is CellError:
        return ("error", str(value))
    if kind is datetime:
        return ("moment", value.isoformat())
    if kind is date:
        return ("moment", value.isoformat() + "T00:00:00")
    if kind is time:
        return ("length", ((value.hour * 60 + value.minute) * 60 + value.second) * 10**6 + value.microsecond)
    return ("length", (value.days * 86400 + value.seconds) * 10**6 + value.microseconds)


def meant(table):
    """A table by meaning; a blank cell and no cell are alike here, because no reader can tell them apart."""
    return {
        row: {column: meaning(value) for column, value in cells.items() if value is not None and value != ""}
        for row, cells in table.items()
    }


def columns(table):
    return {column for row in table.values() for column in row}


def events(base, side):
    """What this side did since last time: {(row, None): "deleted" | "added"} and {(row, column): its value now}."""
    done = {}
    for row in base:
        if row not in side:
            done[row, None] = "deleted"
    for row, cells in side.items():
        if row not in base:
            done[row, None] = "added"
        for column, value in cells.items():
            before = base.get(row, {}).get(column)
            if meaning(value) != meaning(before):
                done[row, column] = value
    return done


def conflicts(base, left, right):
    """The places, (row, column) or (row, None), where both sides did something that does not agree."""
    return clashes(events(base, left), events(base, right))


def clashes(ours, others):
    """The same, from what each side did."""
    found = set()
    for (row, column), value in ours.items():
        if column is not None and (row, column) in others and meaning(value) != meaning(others[row, column]):
            found.add((row, column))
    for one, other in ((ours, others), (others, ours)):
        edited = {row for row, column in other if column is not None}
        for row, column in one:
            if column is None and one[row, None] == "deleted" and row in edited:
                found.add((row, None))
    return found


def outcome(base, left, right):
    """(left, right, places in conflict) as they should be after one sync."""
    ours, others = events(base, left), events(base, right)
    clash = clashes(ours, others)
    new_left = taken_over(base, left, right, ours, others, clash)
    new_right = taken_over(base, right, left, others, ours, clash)
    return new_left, new_right, clash


def taken_over(base, table, other, own, others, clash):
    """The table after it has taken over what the other side did."""
    done = {row: dict(cells) for row, cells in table.items()}
    held = columns(table) | (columns(other) - columns(base)) if table else columns(base) | columns(other)
    for (row, column), event in others.items():
        if (row, column) in clash or (row, None) in clash:
            continue
        if event == "deleted" and column is None:
            done.pop(row, None)
        elif event == "added" and column is None:
            done.setdefault(row, {})
    for row, cells in other.items():
        for column, value in cells.items():
            if row not in done or column not in held or {(row, column), (row, None)} & clash:
                continue
            messages = column in table.get(row, {})
            if not messages or (row, column) not in own:
                done[row][column] = value
    return done
