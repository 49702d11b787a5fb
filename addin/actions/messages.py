"""What the verbs found, in a few lines: the same words on the command line, in the buttons and in the logs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from addin.core.language import all_of, in_thousands, joined, phrase, phrases, say_value
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
    """A check's result: a line for each tracker, then where to look; `target` is "" for the workbook in front."""
    with_rows = [name for name, rows in result.rows.items() if rows or any(f.tracker == name for f in result.findings)]
    lines = [
        phrase(
            "{title}: {rows}, {errors}, {warnings}.",
            title=phrase(result.titles[name]),
            rows=counted(result.rows[name], "row"),
            errors=counted(result.count("error", name), "error"),
            warnings=counted(result.count("warning", name), "warning"),
        )
        for name in with_rows or result.rows
    ]
    if with_rows and len(with_rows) < len(result.rows):
        lines.append(phrase("{trackers} without rows.", trackers=counted(len(result.rows) - len(with_rows), "tracker")))
    lines += result.remarks
    if result.more_than_marked:
        lines.append(phrase("{cells} more are listed, but not marked.", cells=counted(result.more_than_marked, "cell")))
    if not result.findings:
        lines.append(phrase("No problems found."))
    elif result.written:
        marked = phrase("The cells are marked; the sheet {sheet} lists each with what to do.", sheet=result.sheet)
        there = "Marked in {target}; its sheet {sheet} lists each with what to do."
        lines.append(phrase(there, target=target, sheet=result.sheet) if target else marked)
    if certain := sum(finding.fix is not None for finding in result.findings):
        findings = counted(certain, "finding")
        command = f"ib-trackers fix {typed(target)}"
        sentence = "{findings} can be fixed with certainty: {command}"
        press = phrase("{findings} can be fixed with certainty: press Fix.", findings=findings)
        lines.append(phrase(sentence, findings=findings, command=command) if target else press)
    return lines


IN_WORKBOOK, IN_SHEET = "{link}: {size} in the workbook.", "{link}: {size} in the shared sheet."
MOST_LINES = 40
"""Of a plan; --json has all of it."""


def shared(done: Shared, again: str, after: str) -> list[str]:
    """What became of the new lines of Links; `again` is how a person goes on there, `after` what comes next."""
    if done.ready:
        first = (
            phrase("1. Make an empty Google Sheet, press Share there, and add {who} as Editor.", who=done.who)
            if done.who
            else phrase("1. Make an empty Google Sheet with the account that you signed in with.")
        )
        return [
            *_repaired(done),
            phrase("The Links sheet is ready for a new line.")
            if done.repaired or done.failed
            else phrase("The Links sheet is ready."),
            first,
            phrase(
                "2. On Links choose a tracker, enter whose rows (an adviser, say; blank is all) and paste the address."
            ),
            joined(" ", ["3.", again]),
        ]
    lines: list[str] = []
    for one in done.made:
        whose = "; ".join(value for values in one.link.only.values() for value in values)
        ready = "{name}: the Google Sheet {sheet} is ready for the rows of {whose}."
        ready_for_all = "{name}: the Google Sheet {sheet} is ready for all rows."
        lines.append(phrase(ready if whose else ready_for_all, name=one.link.name, sheet=one.link.sheet, whose=whose))
        lines += [phrase("Warning: {remark}", remark=remark) for remark in one.remarks]
    lines += done.failed
    if done.failed:
        lines += [phrase("Correct Links first."), again]
    return [*lines, phrase("Nothing has been sent yet."), after] if done.made else lines


def _repaired(done: Shared) -> list[str]:
    """How the sheets are that were shared before."""
    damaged = [one for one in done.repaired if one.changes]
    lines = [
        phrase(
            "{name}: the Google Sheet was repaired ({changes}).",
            name=one.link.name,
            changes=counted(one.changes, "change"),
        )
        for one in damaged
    ]
    fine = len(done.repaired) - len(damaged)
    return [
        *done.failed,
        *lines,
        *([phrase("{sheets} as it should be.", sheets=counted(fine, "shared sheet"))] if fine else []),
    ]


def synced(done: Synced, *, dry_run: bool) -> list[str]:
    """A sync's result: a line for each link, what stopped, and what a person must decide."""
    from addin.core.sync.decisions import sentence

    lines = []
    for name, plan in done.plans.items():
        if plan or dry_run:
            lines.append(
                phrase(
                    "{name}: {here} to the workbook, {there} to the shared sheet.",
                    name=name,
                    here=_size(plan.to_left),
                    there=_size(plan.to_right),
                )
            )
        lines += _refused(done, name)
        if dry_run:
            lines += _details(done, name)
    for name, reasons in done.stopped.items():
        lines += [
            phrase("{name}: stopped before anything was written.", name=name),
            *(joined("", ["  ", reason]) for reason in reasons),
        ]
    if done.conflicts:
        lines.append(
            phrases(
                "{n} conflict waits for your decision; both values are kept.",
                "{n} conflicts wait for your decision; both values are kept.",
                len(done.conflicts),
            )
        )
        lines += [joined("", ["  ", sentence(one)]) for one in done.conflicts[:MOST_LINES]]
        more = len(done.conflicts) - MOST_LINES
        lines += (
            [
                joined(
                    "",
                    [
                        "  ",
                        phrase("… and {n} more on the sheet {sheet}.", n=in_thousands(more), sheet=done.sheet),
                    ],
                )
            ]
            if more > 0
            else []
        )
        lines.append(phrase("On the sheet {sheet} choose mine or theirs, or type another value.", sheet=done.sheet))
    lines += done.remarks
    if dry_run:
        lines.append(phrase("Nothing was written."))
    elif not done and not done.stopped and not done.conflicts:
        lines.append(phrase("Row ids were put back.") if done.written else phrase("Already in sync."))
    return lines


def _size(changes: Changes) -> str:
    parts = [
        counted(len(changes.cells), "cell") if changes.cells else "",
        counted(len(changes.rows), "new row") if changes.rows else "",
        counted(len(changes.drops), "deleted row") if changes.drops else "",
    ]
    return all_of([part for part in parts if part]) or phrase("nothing")


def _refused(done: Synced, name: str) -> list[str]:
    from addin.core.sync.words import refused

    plan, tracker = done.plans[name], done.trackers.get(name)
    rows = {**done.rights[name], **done.lefts[name]}
    return [joined("", ["  ", refused(one, tracker=tracker, rows=rows)]) for one in plan.refused[:MOST_LINES]]


def _details(done: Synced, name: str) -> list[str]:
    from addin.core.sync.words import report

    found = report(done.plans[name], done.lefts[name], done.rights[name], tracker=done.trackers.get(name))
    lines = found[:MOST_LINES]
    if len(found) > MOST_LINES:
        lines.append(phrase("… and {n} more lines (--json has all)", n=len(found) - MOST_LINES))
    return [joined("", ["  ", line]) for line in lines]


def undone(done: Undone, *, dry_run: bool, whole: bool) -> list[str]:
    """An undo's result: what was put back on each side, and what was left alone."""
    if done.already:
        return [phrase("Run {run}, the last sync, is undone already; nothing was written.", run=done.run)]
    sides = {"left": IN_WORKBOOK, "right": IN_SHEET}
    lines = [phrase(sides[side], link=link, size=_size(changes)) for link, side, changes in done.plans]
    changes = counted(done.put_back, "change")
    would = phrase("Run {run}: {changes} would be put back.", run=done.run, changes=changes)
    lines.append(
        would if dry_run else phrase("Run {run}: {changes} put back on both sides.", run=done.run, changes=changes)
    )
    lines += [
        joined("", ["  ", phrase("left alone, because it was changed since: {line}", line=journal_line(entry))])
        for entry in done.changed
    ]
    if dry_run:
        lines.append(phrase("Nothing was written."))
    elif whole and not done.changed:
        lines.append(phrase("Sync is paused for these links until: {command}", command="ib-trackers sync --force"))
    return lines


def journal_line(entry: Entry, names: JournalNames | None = None) -> str:
    """One thing that a sync has overwritten: when, which row and column, from what to what, from or to which sheet."""
    at = datetime.fromisoformat(entry.at).astimezone() if entry.at else None
    when = joined("", [say_value(at), " · "]) if at else ""
    row, column = (names.row(entry), names.column(entry)) if names else (entry.row, entry.column)
    what = joined(", ", [row, column]) if column else row
    change = joined(" -> ", [_shown(entry.old), _shown(entry.new)])
    run = joined("", [phrase("run {run}", run=entry.run), " · "]) if entry.run else ""
    sentence = "{what}: {change} (from {link})" if entry.side == "left" else "{what}: {change} (to {link})"
    return joined("", [run, when, phrase(sentence, what=what, change=change, link=entry.link)])


def _shown(value: Value | Mapping[str, Value]) -> str:
    if isinstance(value, Mapping):
        return joined("; ", [_shown(cell) for cell in value.values() if cell is not None])
    if isinstance(value, date):
        return str(say_value(value))
    return brief(value) if value is not None else phrase("(nothing)")


def fixable(shown: Fixed) -> list[str]:
    """The groups of certain repairs with samples, numbered."""
    if not shown.groups:
        nothing = phrase("Nothing can be fixed with certainty.")
        rest = phrases(
            "{n} finding needs a person; see the Findings sheet.",
            "{n} findings need a person; see the Findings sheet.",
            shown.left,
        )
        return [joined(" ", [nothing, rest]) if shown.left else nothing]
    groups = enumerate(shown.groups, 1)
    listed = [
        joined("", [f"{n:>3}. ", phrase("{title}: {samples}", title=group.title(), samples=group.samples())])
        for n, group in groups
    ]
    return [phrase("These can be fixed:"), *listed]


def registered(done: Registered) -> list[str]:
    """Who was registered for what, and what is still to complete."""
    person = done.rows["candidates"][0]
    sentence = (
        "Registered {name} ({code}), {session}, category {category}."
        if done.written
        else "Would register {name} ({code}), {session}, category {category}."
    )
    values = {name: person[name] for name in ("code", "session", "category")}
    lines = [phrase(sentence, name=done.name, **values)]
    lines += [f"  {show(row['subject'])} {show(row['level'])}" for row in done.rows["registrations"]]
    if done.findings:
        lines.append(phrase("{things} to complete:", things=counted(len(done.findings), "thing")))
        lines += [joined("", [f"  {one.sheet} {one.cell}: ", one.message]) for one in done.findings]
    return lines


def reminded(result: Reminded, *, send: bool = False, dry_run: bool = False) -> list[str]:
    """Who was reminded of how much, and who could not be."""
    sentence = WOULD_REMIND if dry_run else SENT_TO if send else WRITTEN_FOR
    lines = []
    for one, path in result.reminders:
        items, dates = counted(len(one.points), "open item"), counted(len(one.dates), "date")
        line = phrase(sentence, name=one.name, address=one.address, items=items, dates=dates)
        lines.append(joined("  ", [line, path.name]) if path else line)
    lines += [
        phrase("Not sent to {name} <{address}>: {why}.", name=one.name, address=one.address, why=why)
        for one, why in result.failed
    ]
    if result.nowhere:
        people = counted(len(result.nowhere), "person", "people")
        lines.append(phrase("Not reminded: {people}. Complete the Staff sheet.", people=people))
        for one in result.nowhere:
            gone, odd = phrase("has left"), phrase("{address} is not an address", address=one.address)
            why = gone if one.gone else odd if one.address else phrase("no email address")
            items = counted(len(one.points), "open item")
            lines.append(joined("", ["  ", phrase("{name}: {why} ({items})", name=one.name, why=why, items=items)]))
    if result.quiet:
        lines.append(
            phrases(
                "{n} person was reminded before, and nothing is new for them.",
                "{n} people were reminded before, and nothing is new for them.",
                len(result.quiet),
            )
        )
    return lines or [phrase("Nothing is open, and no date is near.")]


WOULD_REMIND = "Would remind {name} <{address}>: {items}, {dates}"
SENT_TO = "Sent to {name} <{address}>: {items}, {dates}"
WRITTEN_FOR = "Written for {name} <{address}>: {items}, {dates}"


def rolled_over(done: RolledOver) -> list[str]:
    """What went where, and what is to be done next."""
    lines = [
        phrase(
            "{title}: {rows}, {kept} kept, {archived} archived.",
            title=part.title,
            rows=counted(part.rows, "row"),
            kept=in_thousands(part.kept),
            archived=in_thousands(part.archived),
        )
        for part in done.parts
        if part.rows
    ]
    if not done.written:
        return [
            *lines,
            phrase(
                "Nothing was written. The new workbook would be {path}, for {session}.",
                path=done.path,
                session=done.session,
            ),
        ]
    lines.append(
        phrase(
            "Made {path} for {session}; the archive is {archive}. The old workbook is unchanged.",
            path=done.path,
            session=done.session,
            archive=done.archive,
        )
    )
    if done.links:
        lines.append(phrase("Share these sheets again from the new workbook: {links}.", links=", ".join(done.links)))
    return [*lines, phrase("To take it back, delete the new folder.")]


def fixed(done: Fixed, target: str = "") -> str:
    """What was written, and how to take it back: by a command for this target, else by the button."""
    cells = counted(sum(len(group.findings) for group in done.written), "cell")
    written = phrase("Fixed {cells}; {findings} left.", cells=cells, findings=counted(done.left, "finding"))
    command = f"ib-trackers undo {typed(target)}"
    by_command = phrase("To take this back: {command}", command=command)
    return joined(" ", [written, by_command if target else phrase("Undo takes this back.")])
