"""What the verbs found, in a few lines: the same words on the command line, in the buttons and in the logs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from addin.core.language import phrases
from addin.core.tables.values import brief, show
from addin.core.text import counted, typed

if TYPE_CHECKING:
    from addin.actions.fix import Fixed
    from addin.actions.register import Registered
    from addin.actions.remind import Reminded
    from addin.actions.rollover import RolledOver
    from addin.actions.share import Shared
    from addin.actions.sync.names import JournalNames
    from addin.actions.sync.run import Synced
    from addin.actions.sync.undo import Undone
    from addin.actions.validate import Validated
    from addin.core.book import Value
    from addin.core.sync import Changes
    from addin.workspace.state import Entry


def validated(result: Validated, target: str) -> list[str]:
    """A check's result: a line for each tracker, then where to look."""
    with_rows = [name for name, rows in result.rows.items() if rows or any(f.tracker == name for f in result.findings)]
    lines = [
        f"{result.titles[name]}: {counted(result.rows[name], 'row')}, {counted(result.count('error', name), 'error')}, "
        f"{counted(result.count('warning', name), 'warning')}."
        for name in with_rows or result.rows
    ]
    if with_rows and len(with_rows) < len(result.rows):
        lines.append(f"{counted(len(result.rows) - len(with_rows), 'tracker')} without rows.")
    lines += result.remarks
    if result.more_than_marked:
        lines.append(f"{counted(result.more_than_marked, 'cell')} more are listed, but not marked.")
    if not result.findings:
        lines.append("No problems found.")
    elif result.written:
        lines.append(f"Marked in {target}; its sheet {result.sheet} lists each with what to do.")
    if certain := sum(finding.fix is not None for finding in result.findings):
        where = "press Fix" if target == "this workbook" else f"ib-trackers fix {typed(target)}"
        lines.append(f"{counted(certain, 'finding')} can be fixed with certainty: {where}")
    return lines


MOST_LINES = 40
"""Of a plan; --json has all of it."""


def shared(done: Shared, again: str, after: str) -> list[str]:
    """What became of the new lines of Links; `again` is how a person goes on there, `after` what comes next."""
    if done.ready:
        first = (
            f"Make an empty Google Sheet, press Share there, and add {done.who} as Editor."
            if done.who
            else "Make an empty Google Sheet with the account that you signed in with."
        )
        return [
            *_repaired(done),
            "The Links sheet is ready for a new line." if done.repaired or done.failed else "The Links sheet is ready.",
            f"1. {first}",
            "2. On Links choose a tracker, enter whose rows (such as an adviser; blank is all) and paste the address.",
            f"3. Then {again}.",
        ]
    lines = []
    for one in done.made:
        whose = "; ".join(value for values in one.link.only.values() for value in values)
        rows = f"the rows of {whose}" if whose else "all rows"
        lines.append(f"{one.link.name}: the Google Sheet {one.link.sheet} is ready for {rows}.")
        lines += [f"Warning: {remark}" for remark in one.remarks]
    lines += done.failed
    if done.failed:
        lines.append(f"Correct Links there, then {again}.")
    return [*lines, f"Nothing has been sent yet. {after}"] if done.made else lines


def _repaired(done: Shared) -> list[str]:
    """How the sheets are that were shared before."""
    damaged = [one for one in done.repaired if one.changes]
    lines = [f"{one.link.name}: the Google Sheet was repaired ({counted(one.changes, 'change')})." for one in damaged]
    fine = len(done.repaired) - len(damaged)
    return [*done.failed, *lines, *([f"{counted(fine, 'shared sheet')} as it should be."] if fine else [])]


def synced(done: Synced, *, dry_run: bool) -> list[str]:
    """A sync's result: a line for each link, what stopped, and what a person must decide."""
    from addin.core.sync.decisions import SHEET as CONFLICTS
    from addin.core.sync.decisions import sentence

    lines = []
    for name, plan in done.plans.items():
        if plan or dry_run:
            lines.append(f"{name}: {_size(plan.to_left)} to the workbook, {_size(plan.to_right)} to the shared sheet.")
        lines += _refused(done, name)
        if dry_run:
            lines += _details(done, name)
    for name, reasons in done.stopped.items():
        lines += [f"{name}: stopped before anything was written.", *(f"  {reason}" for reason in reasons)]
    if done.conflicts:
        waits = "waits" if len(done.conflicts) == 1 else "wait"
        lines.append(f"{counted(len(done.conflicts), 'conflict')} {waits} for your decision; both values are kept.")
        lines += [f"  {sentence(one)}" for one in done.conflicts[:MOST_LINES]]
        more = len(done.conflicts) - MOST_LINES
        lines += [f"  … and {more:,} more on the sheet {CONFLICTS}."] if more > 0 else []
        lines.append(f"On the sheet {CONFLICTS} choose mine or theirs, or type another value.")
    lines += done.remarks
    if dry_run:
        lines.append("Nothing was written.")
    elif not done and not done.stopped and not done.conflicts:
        lines.append("Row ids were put back." if done.written else "Already in sync.")
    return lines


def _size(changes: Changes) -> str:
    parts = [
        counted(len(changes.cells), "cell") if changes.cells else "",
        counted(len(changes.rows), "new row") if changes.rows else "",
        counted(len(changes.drops), "deleted row") if changes.drops else "",
    ]
    return " and ".join(part for part in parts if part) or "nothing"


def _refused(done: Synced, name: str) -> list[str]:
    from addin.core.sync.words import refused

    plan, tracker = done.plans[name], done.trackers.get(name)
    rows = {**done.rights[name], **done.lefts[name]}
    return [f"  {refused(one, tracker=tracker, rows=rows)}" for one in plan.refused[:MOST_LINES]]


def _details(done: Synced, name: str) -> list[str]:
    from addin.core.sync.words import report

    found = report(done.plans[name], done.lefts[name], done.rights[name], tracker=done.trackers.get(name))
    more = [f"  … and {len(found) - MOST_LINES} more lines (--json has all)"] if len(found) > MOST_LINES else []
    return [f"  {line}" for line in found[:MOST_LINES]] + more


def undone(done: Undone, *, dry_run: bool, whole: bool) -> list[str]:
    """An undo's result: what was put back on each side, and what was left alone."""
    if done.already:
        return [f"Run {done.run}, the last sync, is undone already; nothing was written."]
    sides = {"left": "the workbook", "right": "the shared sheet"}
    lines = [f"{link}: {_size(changes)} in {sides[side]}." for link, side, changes in done.plans]
    what = "would be put back" if dry_run else "put back on both sides"
    lines.append(f"Run {done.run}: {counted(done.put_back, 'change')} {what}.")
    lines += [f"  left alone, because it was changed since: {journal_line(entry)}" for entry in done.changed]
    if dry_run:
        lines.append("Nothing was written.")
    elif whole and not done.changed:
        lines.append("Sync is paused for these links until: ib-trackers sync --force")
    return lines


def journal_line(entry: Entry, names: JournalNames | None = None) -> str:
    """One thing that a sync has overwritten: when, which row and column, from what to what, from or to which sheet."""
    when = f"{datetime.fromisoformat(entry.at).astimezone():%d %b, %H:%M} · " if entry.at else ""
    row, column = (names.row(entry), names.column(entry)) if names else (entry.row, entry.column)
    what = f"{row}, {column}" if column else row
    where = "from" if entry.side == "left" else "to"
    change = f"{_shown(entry.old)} -> {_shown(entry.new)}"
    run = f"run {entry.run} · " if entry.run else ""
    return f"{run}{when}{what}: {change} ({where} {entry.link})"


def _shown(value: Value | Mapping[str, Value]) -> str:
    if isinstance(value, Mapping):
        return "; ".join(_shown(cell) for cell in value.values() if cell is not None)
    if isinstance(value, datetime):
        return f"{value.day} {value:%b %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    return brief(value) if value is not None else "(nothing)"


def fixable(shown: Fixed) -> list[str]:
    """The groups of certain repairs with samples, numbered."""
    if not shown.groups:
        need = "needs" if shown.left == 1 else "need"
        rest = f" {counted(shown.left, 'finding')} {need} a person; see the Findings sheet." if shown.left else ""
        return [f"Nothing can be fixed with certainty.{rest}"]
    groups = enumerate(shown.groups, 1)
    return ["These can be fixed:", *(f"{n:>3}. {group.title()}: {', '.join(group.samples())}" for n, group in groups)]


def registered(done: Registered) -> list[str]:
    """Who was registered for what, and what is still to complete."""
    person = done.rows["candidates"][0]
    verb = "Registered" if done.written else "Would register"
    lines = [f"{verb} {done.name} ({person['code']}), {person['session']}, category {person['category']}."]
    lines += [f"  {show(row['subject'])} {show(row['level'])}" for row in done.rows["registrations"]]
    if done.findings:
        lines.append(f"{counted(len(done.findings), 'thing')} to complete:")
        lines += [f"  {one.sheet} {one.cell}: {one.message}" for one in done.findings]
    return lines


def reminded(result: Reminded, *, send: bool = False, dry_run: bool = False) -> list[str]:
    """Who was reminded of how much, and who could not be."""
    verb = "Would remind" if dry_run else "Sent to" if send else "Written for"
    lines = []
    for one, path in result.reminders:
        what = f"{counted(len(one.points), 'open item')}, {counted(len(one.dates), 'date')}"
        lines.append(f"{verb} {one.name} <{one.address}>: {what}" + (f"  {path.name}" if path else ""))
    lines += [f"Not sent to {one.name} <{one.address}>: {why}." for one, why in result.failed]
    if result.nowhere:
        lines.append(f"Not reminded: {counted(len(result.nowhere), 'person', 'people')}. Complete the Staff sheet.")
        for one in result.nowhere:
            why = "has left" if one.gone else f"{one.address} is not an address" if one.address else "no email address"
            lines.append(f"  {one.name}: {why} ({counted(len(one.points), 'open item')})")
    if result.quiet:
        lines.append(
            phrases(
                "{n} person was reminded before, and nothing is new for them.",
                "{n} people were reminded before, and nothing is new for them.",
                len(result.quiet),
            )
        )
    return lines or ["Nothing is open, and no date is near."]


def rolled_over(done: RolledOver) -> list[str]:
    """What went where, and what is to be done next."""
    lines = [
        f"{part.title}: {counted(part.rows, 'row')}, {part.kept:,} kept, {part.archived:,} archived."
        for part in done.parts
        if part.rows
    ]
    if not done.written:
        return [*lines, f"Nothing was written. The new workbook would be {done.path}, for {done.session}."]
    lines.append(f"Made {done.path} for {done.session}; the archive is {done.archive}. The old workbook is unchanged.")
    if done.links:
        lines.append(f"Share these sheets again from the new workbook: {', '.join(done.links)}.")
    return [*lines, "To take it back, delete the new folder."]


def fixed(done: Fixed, target: str = "") -> str:
    """What was written, and how to take it back: by a command for this target, else by the button."""
    cells = counted(sum(len(group.findings) for group in done.written), "cell")
    back = f"To take this back: ib-trackers undo {typed(target)}" if target else "Undo takes this back."
    return f"Fixed {cells}; {counted(done.left, 'finding')} left. {back}"
