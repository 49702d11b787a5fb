"""Who may edit what on a shared sheet: protected ranges, ours by their description.

The header row and the coordinator's columns are locked for all but the program and the owner. A column that a new row
needs (its key), the row ids and names, which the next sync puts back, only ask "are you sure?": a teacher can still
add, sort and delete rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from addin.templates.google.seen import Json, area, holds
from addin.templates.google.share import Laid
from addin.templates.google.tracker_sheet import locked

SIGN = "IB Trackers: "


def protections(laid: Laid, who: str) -> Iterator[Json]:
    """What is missing is added, what was changed is put back. `who` is the program's address."""
    wanted = {one["description"]: one for one in _wanted(laid)}
    there = [one for one in (laid.sheet.protected if laid.sheet else []) if _is_ours(one)]
    kept = set()
    for one in there:
        description = one["description"]
        right = wanted.get(description)
        if right and description not in kept and holds(one, right) and _reaches_down(one, laid.rows):
            kept.add(description)
        else:
            yield {"deleteProtectedRange": {"protectedRangeId": one["protectedRangeId"]}}
    for description, one in wanted.items():
        if description not in kept:
            editors = {} if one.get("warningOnly") or not who else {"editors": {"users": [who]}}
            yield {"addProtectedRange": {"protectedRange": {**one, **editors}}}


def _is_ours(one: Json) -> bool:
    return str(one.get("description", "")).startswith(SIGN)


def _reaches_down(one: Json, rows: int) -> bool:
    return bool(one.get("description") == f"{SIGN}headers" or one.get("range", {}).get("endRowIndex", rows) >= rows)


def _wanted(laid: Laid) -> Iterator[Json]:
    place = laid.place
    if laid.share.locked:
        everything = {"sheetId": laid.gid}
        yield {
            "description": f"{SIGN}published here, edited in the workbook",
            "range": everything,
            "warningOnly": False,
        }
        return
    headers = {"sheetId": laid.gid, "startRowIndex": 0, "endRowIndex": place.header_row}
    yield {"description": f"{SIGN}headers", "range": headers, "warningOnly": False}
    ids = area(laid.gid, place.first_row, place.id_column)
    yield {"description": f"{SIGN}row ids, given by the program", "range": ids, "warningOnly": True}
    for run in _runs(laid):
        soft = run[0] in laid.tracker.key or laid.tracker.columns[run[0]].calculated
        named = ", ".join(laid.tracker.columns[name].header for name in run)
        span = area(laid.gid, place.first_row, place.columns[run[0]], right=place.columns[run[-1]])
        yield {
            "description": f"{SIGN}filled in by the coordinator ({named})",
            "range": span,
            "warningOnly": soft,
        }


def _runs(laid: Laid) -> list[list[str]]:
    """The coordinator's columns, those side by side together; a key column is alone."""
    runs: list[list[str]] = []
    before = 0
    for name, column in laid.tracker.columns.items():
        if not locked(laid, column):
            continue
        number, key = laid.place.columns[name], name in laid.tracker.key
        alike = bool(runs) and column.calculated == laid.tracker.columns[runs[-1][0]].calculated
        if alike and number == before + 1 and not key and runs[-1][0] not in laid.tracker.key:
            runs[-1].append(name)
        else:
            runs.append([name])
        before = number
    return runs
