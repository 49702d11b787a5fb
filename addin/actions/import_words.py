"""What an import takes, sheet by sheet, in words: the same on the command line and in the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from addin.core.language import Phrase, in_one, in_thousands, joined, phrase
from addin.core.tables.values import brief
from addin.core.text import counted

if TYPE_CHECKING:
    from addin.actions.import_ import Imported
    from addin.core.recognition.import_result import Change as ImportChange
    from addin.core.recognition.import_result import ImportPlan

MOST = 10
"""Entries of a kind that are listed."""
MOST_COLUMNS = 40


def preview_lines(result: Imported) -> list[str]:
    """Everything that was decided, sheet by sheet."""
    lines = [line for one in result.plans for line in plan_lines(one, result.titles[one.tracker])]
    return [
        *lines,
        *(phrase("{sheet}: left alone, {why}.", sheet=other.sheet, why=other.why) for other in result.not_understood),
    ]


def plan_lines(one: ImportPlan, title: str) -> list[str]:
    """What one sheet of the source changes: how it was read, counts, columns, changes, what a person has to look at."""
    counts = {"rows": counted(one.rows, "row"), "changed": in_thousands(one.changed_rows)}
    counts |= {"new": in_thousands(len(one.added)), "look": in_thousands(one.to_look_at)}
    counts |= {"cells": counted(len(one.changes), "cell")}
    read = phrase(ROWS_AND_CELLS if one.changes else ROWS, **counts)
    lines = [phrase("{source} -> {title}: {read}", source=one.source, title=phrase(title), read=read)]
    below: list[str] = []
    if one.program:
        below.append(phrase("Known as a list of {program}.", program=one.program))
    if one.assumed:
        how = phrase("Read as {reading}.", reading=one.reading)
        below.append(in_one(how, phrase("Please check this line: {line}", line=one.assumed)))
    elif one.reading:
        below.append(phrase("Read as {reading}.", reading=one.reading))
    placed = [_placed(p.header, p.column, p.samples, sure=p.sure) for p in one.placed if p.column]
    below += _some(placed, MOST_COLUMNS)
    below += [phrase("{header}: {value} for all new rows", header=h, value=value) for h, value in one.defaults.items()]
    if one.nowhere:
        below.append(phrase("no column for: {headers}", headers=", ".join(one.nowhere)))
    changes = [_change(change) for change in one.changes[:MOST]]
    below += _some(changes, MOST, len(one.changes))
    below += _some([phrase("new: {who}", who=who) for who in one.called], MOST)
    same = [
        phrase(
            "row {row}: {header} {given} is {kept} in another writing ({how}): kept",
            row=r.row,
            header=r.header,
            given=r.given,
            kept=r.kept,
            how=phrase(r.how),
        )
        for r in one.remarks
    ]
    below += _some(same, MOST)
    unread = [phrase("entered as it is, row {row}: {why}", row=cell.row, why=cell.why) for cell in one.unread]
    below += _some(unread, MOST)
    below += _some([phrase("left out, row {row}: {why}", row=out.row, why=out.why) for out in one.left_out], MOST)
    doubts = [
        phrase("not taken, row {row} of {sheet}: {why}", row=doubt.row, sheet=doubt.sheet, why=doubt.why)
        for doubt in one.doubts
    ]
    below += _some(doubts, MOST)
    return [*lines, *(joined("", ["    ", line]) for line in below)]


ROWS = "{rows} read, {changed} changed, {new} new, {look} to look at."
ROWS_AND_CELLS = "{rows} read, {changed} changed ({cells}), {new} new, {look} to look at."


def _placed(header: str, column: str, samples: Sequence[str], *, sure: bool) -> str:
    """`Surname -> Last name (Ruiz, Ito)`."""
    where = joined("", [f"{header} -> ", phrase(column), _samples(samples)])
    return where if sure else joined("   ", [where, phrase("(nearly that name: please check)")])


def _change(change: ImportChange) -> str:
    """`Candidates!B7 Email: (blank) -> a@b.example`."""
    old = brief(change.old, 40) or phrase("(blank)")
    where = f"{change.sheet}!{change.cell} "
    return joined("", [where, phrase(change.header), ": ", old, " -> ", brief(change.new, 40)])


def _samples(samples: Sequence[str]) -> str:
    return f" ({', '.join(samples)})" if samples else ""


def _some(entries: Sequence[str], most: int, number: int = 0) -> list[str]:
    """The first entries, and how many more there are."""
    more = (number or len(entries)) - most
    return [*entries[:most], phrase("… and {n} more", n=in_thousands(more))] if more > 0 else list(entries)


def nothing_used(result: Imported) -> str:
    """Why no row of the source was of any use; "" where one was."""
    if result.edits or any(one.unchanged for one in result.plans):
        return ""
    reasons = [doubt.why for one in result.plans for doubt in one.doubts]
    reasons += [out.why for one in result.plans for out in one.left_out]
    rows = sum(one.rows + len(one.left_out) for one in result.plans)
    if not rows:
        return phrase("Nothing was imported: the list has no rows.")
    usual = max(set(reasons), key=reasons.count) if reasons else phrase("no column of them has a place")
    why = usual if isinstance(usual, Phrase) else usual.rstrip(".")
    nothing = phrase(
        "Nothing was imported: none of the {rows} could be used, because {why}", rows=counted(rows, "row"), why=why
    )
    nothing = nothing if nothing.endswith(".") else joined("", [nothing, "."])
    if usual.rstrip(".") != "Session is missing":
        return nothing
    return in_one(nothing, phrase("If all are of one session, add --session M27, say."))
