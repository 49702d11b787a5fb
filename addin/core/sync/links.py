"""Links: which tracker is shared with which sheet, whole or in slices, and in which direction.

[[links]]                                  in ib-trackers.toml, one for each
name = "CAS of Ms Ito"                     its name in reports and in the journal; must not change
target = "gsheet:1a2b3c"                   a Google Sheet or another workbook
tracker = "cas"
sheet = "CAS"                              the sheet there; the tracker's own name unless given
only = { "candidate.adviser" = "Ms Ito" }  a slice: rows with this value; through a column to the tracker it refers to
direction = "both"                         or "publish" (workbook to sheet), or "collect" (sheet to workbook)
private = false                            true: private columns are shared too, where the sheet has them
strict = false                             true: only columns that the tracker gives to teachers are taken from them
whole_rows = false                         true: two people's edits in one row are a conflict of the row
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from addin.core.settings import FILE
from addin.core.sync.model import Direction, Row, Side
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import SettingsProblem

WORDS = ("name", "target", "tracker", "sheet", "only", "direction", "private", "strict", "whole_rows")
DIRECTIONS: dict[str, Direction] = {"both": "both", "publish": "to_right", "collect": "to_left"}


@dataclass(frozen=True, slots=True)
class Link:
    """One tracker shared with one sheet."""

    name: str
    target: str
    tracker: str
    sheet: str
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    direction: Direction = "both"
    private: bool = False
    strict: bool = False
    whole_rows: bool = False


def read_links(written: Sequence[Mapping[str, Any]], trackers: Mapping[str, Tracker]) -> list[Link]:
    """The links as written in the settings. Raises SettingsProblem: which link, what is wrong, what would be right."""
    links = [_link(number, words, trackers) for number, words in enumerate(written, 1)]
    for link in links:
        if sum(other.name == link.name for other in links) > 1:
            raise _wrong(link.name, "two links have this name.", "Give each its own.")
        if sum((other.target, other.sheet) == (link.target, link.sheet) for other in links) > 1:
            raise _wrong(link.name, "two links share one sheet.", "Each would take the other's rows for strangers.")
    return links


def _link(number: int, words: Mapping[str, Any], trackers: Mapping[str, Tracker]) -> Link:
    name = str(words.get("name") or f"{words.get('tracker', '')} {number}".strip())
    for word in words:
        if word not in WORDS:
            near = get_close_matches(word, WORDS, 1)
            hint = f"Did you mean {near[0]}?" if near else f"It may have: {', '.join(WORDS)}."
            raise _wrong(name, f"{word!r} is not known.", hint)
    for word in ("target", "tracker"):
        if not words.get(word):
            raise _wrong(name, f"{word} is missing.", f'Add {word} = "…".')
    if words["tracker"] not in trackers:
        raise _wrong(name, f"there is no tracker {words['tracker']!r}.", f"There are: {', '.join(trackers)}.")
    direction = words.get("direction", "both")
    if direction not in DIRECTIONS:
        raise _wrong(name, f"{direction!r} is not a direction.", f"It may be: {', '.join(DIRECTIONS)}.")
    tracker = trackers[words["tracker"]]
    only = {path: _texts(value) for path, value in words.get("only", {}).items()}
    for path in only:
        _check_path(name, path, tracker, trackers)
    flags = {word: bool(words.get(word, False)) for word in ("private", "strict", "whole_rows")}
    sheet = str(words.get("sheet") or tracker.sheet)
    return Link(name, str(words["target"]), tracker.name, sheet, only, DIRECTIONS[direction], **flags)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(show(one).strip() for one in (value if isinstance(value, list) else [value]))


def _check_path(name: str, path: str, tracker: Tracker, trackers: Mapping[str, Tracker]) -> None:
    column, _, further = path.partition(".")
    if column not in tracker.columns:
        raise _wrong(name, f"only: {tracker.name} has no column {column!r}.", f"It has: {', '.join(tracker.columns)}.")
    if further:
        other = str(tracker.columns[column].words.get("exists_in", "")).partition(".")[0]
        if other not in trackers or further not in trackers[other].columns:
            raise _wrong(name, f"only: {path!r} leads nowhere.", f"{column} must refer to a tracker with {further}.")


def _wrong(name: str, what: str, hint: str) -> SettingsProblem:
    return SettingsProblem(what, where=f"{FILE}, link {name!r}", next=hint)


def shared_rows(
    link: Link, tracker: Tracker, rows: Mapping[str, Row], others: Callable[[str], Iterable[Row]]
) -> tuple[set[str], set[str]]:
    """The ids of the rows that belong to the link's slice, and of those with a blank, which cannot be placed.

    `others(tracker)` gives the rows of the tracker that a path leads to.
    """
    mine, open_ = set(rows), set()
    for path, wanted in link.only.items():
        values = _along(path, tracker, rows, others)
        mine -= {row_id for row_id, value in values.items() if value not in wanted}
        open_ |= {row_id for row_id, value in values.items() if not value}
    return mine, open_


def _along(
    path: str, tracker: Tracker, rows: Mapping[str, Row], others: Callable[[str], Iterable[Row]]
) -> dict[str, str]:
    """For each row the value at the end of the path: of its own column, or of the row that this column refers to."""
    column, _, further = path.partition(".")
    values = {row_id: show(row.get(column)).strip() for row_id, row in rows.items()}
    if not further:
        return values
    other, _, key = str(tracker.columns[column].words["exists_in"]).partition(".")
    there = {show(row.get(key)).strip(): show(row.get(further)).strip() for row in others(other)}
    return {row_id: there.get(value, "") for row_id, value in values.items()}


def edited_by(link: Link, tracker: Tracker) -> dict[str, Side]:
    """Whose edits of a column count: with `strict` the workbook's alone, but for what teachers fill in."""
    one_way = {name for name, column in tracker.columns.items() if column.calculated}
    if link.strict:
        one_way |= {name for name, column in tracker.columns.items() if column.edited_by != "teacher"}
    return dict.fromkeys(one_way, "left")
