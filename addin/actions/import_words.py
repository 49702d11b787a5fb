"""What an import takes, sheet by sheet, in words: the same on the command line and in the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from addin.core.tables.values import brief
from addin.core.text import counted

if TYPE_CHECKING:
    from addin.actions.import_ import Imported
    from addin.core.recognition.import_plan import ImportPlan

MOST = 10
"""Entries of a kind that are listed."""
MOST_COLUMNS = 40


def preview_lines(result: Imported) -> list[str]:
    """Everything that was decided, sheet by sheet."""
    lines = [line for one in result.plans for line in plan_lines(one, result.titles[one.tracker])]
    return [*lines, *(f"{other.sheet}: left alone, {other.why}." for other in result.not_understood)]


def plan_lines(one: ImportPlan, title: str) -> list[str]:
    """What one sheet of the source changes: how it was read, counts, columns, changes, what a person has to look at."""
    cells = f" ({counted(len(one.changes), 'cell')})" if one.changes else ""
    changed = f"{one.changed_rows:,} changed{cells}"
    read = f"{counted(one.rows, 'row')} read, {changed}, {len(one.added):,} new, {one.to_look_at:,} to look at."
    lines = [f"{one.source} -> {title}: {read}"]
    if one.program:
        lines.append(f"    Known as a list of {one.program}.")
    if one.assumed:
        lines.append(f"    Read as {one.reading}. Please check this line: {one.assumed}")
    elif one.reading:
        lines.append(f"    Read as {one.reading}.")
    placed = [
        f"{p.header} -> {p.column}{_samples(p.samples)}{'' if p.sure else '   (nearly that name: please check)'}"
        for p in one.placed
        if p.column
    ]
    lines += _some("", placed, MOST_COLUMNS)
    lines += [f"    {header}: {value} for all new rows" for header, value in one.defaults.items()]
    if one.nowhere:
        lines.append(f"    no column for: {', '.join(one.nowhere)}")
    changes = [
        f"{change.sheet}!{change.cell} {change.header}: {brief(change.old, 40) or '(blank)'} -> {brief(change.new, 40)}"
        for change in one.changes[:MOST]
    ]
    lines += _some("", changes, MOST, len(one.changes))
    lines += _some("new: ", one.called, MOST)
    same = [f"row {r.row}: {r.header} {r.given} is {r.kept} in another writing ({r.how}): kept" for r in one.remarks]
    lines += _some("", same, MOST)
    lines += _some("", [f"entered as it is, row {cell.row}: {cell.why}" for cell in one.unread], MOST)
    lines += _some("", [f"left out, row {out.row}: {out.why}" for out in one.left_out], MOST)
    return lines + _some(
        "", [f"not taken, row {doubt.row} of {doubt.sheet}: {doubt.why}" for doubt in one.doubts], MOST
    )


def _samples(samples: Sequence[str]) -> str:
    return f" ({', '.join(samples)})" if samples else ""


def _some(before: str, entries: Sequence[str], most: int, number: int = 0) -> list[str]:
    """The first entries, and how many more there are."""
    lines = [f"    {before}{entry}" for entry in entries[:most]]
    more = (number or len(entries)) - most
    return [*lines, f"    … and {more:,} more"] if more > 0 else lines


def nothing_used(result: Imported) -> str:
    """Why no row of the source was of any use; "" where one was."""
    if result.edits or any(one.unchanged for one in result.plans):
        return ""
    reasons = [doubt.why for one in result.plans for doubt in one.doubts]
    reasons += [out.why for one in result.plans for out in one.left_out]
    rows = sum(one.rows + len(one.left_out) for one in result.plans)
    if not rows:
        return "Nothing was imported: the list has no rows."
    usual = max(set(reasons), key=reasons.count).rstrip(".") if reasons else "no column of them has a place"
    more = " If all are of one session, add --session M27, say." if usual == "Session is missing" else ""
    return f"Nothing was imported: none of the {counted(rows, 'row')} could be used, because {usual}.{more}"
