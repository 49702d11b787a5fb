"""ib-trackers privacy: what is held on a person, erasing a person, what is due, and the log of disclosures."""

from __future__ import annotations

import argparse

from addin.cli.output import TARGET, add_overwrite, add_purpose
from addin.core.language import joined, phrase, spoken_later
from addin.errors import Problem

HELP = "everything held on a person, erasing a person, what is due to be erased, and what went to whom"
EXAMPLE = "ib-trackers privacy held School.xlsx 000123 --out held.html"
PERSON = "a candidate's code, or a colleague's name as the trackers have it"


def options(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    held = steps.add_parser(
        "held",
        help="write everything held on one person into one file",
        description="Every row in full, mentions elsewhere, disclosures, periods.",
        epilog="Example: ib-trackers privacy held School.xlsx 000123 --out held.html",
    )
    held.add_argument("target", metavar="TARGET", help=TARGET)
    held.add_argument("person", metavar="PERSON", help=PERSON)
    held.add_argument("--out", required=True, metavar="FILE", help="the file to write: .html, .pdf or .json")
    add_overwrite(held)
    add_purpose(held)
    held.set_defaults(step=_held)
    erase = steps.add_parser(
        "erase",
        help="erase one student so that totals stay; can be undone until it is confirmed",
        description="A drawn word stands for the code; names, addresses, notes and own columns go.",
        epilog="Example: ib-trackers privacy erase School.xlsx 000123 --dry-run",
    )
    erase.add_argument("target", metavar="TARGET", help=TARGET)
    erase.add_argument("person", metavar="CODE", nargs="?", default="", help="the candidate's code")
    erase.add_argument("--dry-run", action="store_true", help="only say what would be erased")
    erase.add_argument("--confirm", metavar="WORD", default="", help="make an erasure final: no undo, no kept copies")
    erase.set_defaults(step=_erase)
    due = steps.add_parser(
        "due",
        help="list whose data has been kept longer than your periods",
        description="Set the periods on the Settings sheet.",
        epilog="Example: ib-trackers privacy due School.xlsx",
    )
    due.add_argument("target", metavar="TARGET", help=TARGET)
    due.set_defaults(step=_due)
    log = steps.add_parser(
        "log",
        help="list what went to whom, when and why",
        description="Every export, report, message and sync is entered by itself.",
        epilog="Example: ib-trackers privacy log School.xlsx --person 000123",
    )
    log.add_argument("target", metavar="TARGET", help=TARGET)
    log.add_argument("--person", metavar="CODE", default="", help="only about this candidate")
    log.add_argument("--out", metavar="FILE", default="", help="write it as CSV instead")
    log.add_argument("--clean", action="store_true", help="remove entries older than your period")
    add_overwrite(log)
    log.set_defaults(step=_log)


def run(arguments: argparse.Namespace) -> int:
    step = arguments.step
    return int(step(arguments))


def _held(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.actions.held import hold
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted
    from addin.workspace.disclosures import Purpose

    with Progress("Reading", "Checking", "Writing") as tell:
        data = hold(
            arguments.target,
            arguments.person,
            Path(arguments.out),
            overwrite=arguments.overwrite,
            purpose=Purpose(arguments.recipient, arguments.why),
            tell=tell,
        )
    rows, mentions = counted(sum(map(len, data.rows.values())), "row"), counted(len(data.mentions), "mention")
    say(
        phrase(
            "Made {out}: {rows} about {person}, {mentions} elsewhere, {disclosures}.",
            out=arguments.out,
            rows=rows,
            person=data.person,
            mentions=mentions,
            disclosures=counted(len(data.disclosures), "disclosure"),
        )
    )
    say(phrase("Contains personal data, also of others where they are mentioned. Check it before you hand it out."))
    return 0


def _erase(arguments: argparse.Namespace) -> int:
    from addin.actions.erase import confirm, erase
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted, typed

    if bool(arguments.person) == bool(arguments.confirm):
        raise Problem(
            phrase("Whom?"), next=phrase("Name a candidate by the code, or add --confirm with the word of an erasure.")
        )
    if arguments.confirm:
        for line in confirm(arguments.target, arguments.confirm):
            say(line)
        return 0
    with Progress("Reading", "Checking", "Writing") as tell:
        done = erase(arguments.target, arguments.person, dry_run=arguments.dry_run, tell=tell)
    rows = joined(", ", [joined(": ", [name, counted(number, "row")]) for name, number in done.plan.rows.items()])
    would = "Would erase {person} in {cells} ({rows}); {n} of them are mentions in other rows."
    erased = "Erased {person} in {cells} ({rows}); {n} of them are mentions in other rows."
    say(
        phrase(
            would if arguments.dry_run else erased,
            person=arguments.person,
            cells=counted(len(done.plan.cells), "cell"),
            rows=rows,
            n=len(done.plan.mentions),
        )
    )
    if done.plan.calculated:
        say(
            phrase(
                "{cells} with formulas follow when the workbook is opened and saved.",
                cells=counted(len(done.plan.calculated), "cell"),
            )
        )
    if not arguments.dry_run:
        say(
            phrase(
                "The rows stay for totals under the word {word}. To take it back: ib-trackers undo {book}",
                word=done.plan.word,
                book=typed(arguments.target),
            )
        )
        say(
            phrase(
                "To make it final: ib-trackers privacy erase {book} --confirm {word}",
                book=typed(arguments.target),
                word=done.plan.word,
            )
        )
    say(phrase("Not erased:"))
    for line in done.still:
        say(joined("  ", ["", line]))
    return 0


def _due(arguments: argparse.Namespace) -> int:
    from addin.actions.retention import what_is_due
    from addin.cli.terminal import say
    from addin.core.text import counted
    from addin.reports.page import on
    from addin.workspace.settings_sheet import PRIVACY

    found = what_is_due(arguments.target)
    titles = {row.name: phrase(row.title) for row in PRIVACY}
    for one in found.people:
        rows = ", ".join(f"{name} {number}" for name, number in one.rows.items())
        say(
            phrase(
                "{person}: since {day} ({title}): {rows}",
                person=one.person,
                day=on(one.since),
                title=titles[one.setting],
                rows=rows,
            )
        )
    if found.old_entries:
        say(
            phrase(
                "Older than your period: {entries} of the log. Add --clean to log.",
                entries=counted(found.old_entries, "entry", "entries"),
            )
        )
    if not found.people and not found.old_entries:
        say(phrase("Nothing is due."))
    if found.unset:
        say(
            phrase(
                "No period is set on the Settings sheet: {unset}.",
                unset=joined("; ", [titles[name] for name in found.unset]),
            )
        )
    say(phrase("Source of the periods: {source}.", source=found.source or phrase("not entered on the Settings sheet")))
    return 1 if found.people or found.old_entries else 0


def _log(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.actions.retention import clean_log, read_log
    from addin.cli.terminal import say
    from addin.core.tables.csv_text import to_csv
    from addin.core.text import counted
    from addin.workspace.outputs import outputs_of

    if arguments.clean:
        say(phrase("{entries} removed.", entries=counted(clean_log(arguments.target), "entry", "entries")))
        return 0
    rows = read_log(arguments.target, arguments.person)
    lines = [("When", "How", "To", "Why", "What", "Where", "Candidates")]
    for one in rows:
        lines.append(
            (one.at.replace("T", " "), one.how, one.to, one.why, ", ".join(one.what), one.where, " ".join(one.people))
        )
    if arguments.out:
        import csv
        import io

        text = io.StringIO()
        csv.writer(text).writerows([[to_csv(cell) for cell in line] for line in lines])
        outputs_of(arguments.target, overwrite=arguments.overwrite).write(
            Path(arguments.out), ("\ufeff" + text.getvalue()).encode("utf-8", "replace")
        )
        say(phrase("Wrote {entries} to {out}.", entries=counted(len(rows), "entry", "entries"), out=arguments.out))
        return 0
    for one in rows:
        to, why = one.to or phrase("(not entered)"), f", {one.why}" if one.why else ""
        say(
            phrase(
                "{at}  {how} to {to}{why}: {candidates}, {what}{where}",
                at=one.at.replace("T", " "),
                how=spoken_later(one.how),
                to=to,
                why=why,
                candidates=counted(len(one.people), "candidate"),
                what=", ".join(one.what),
                where=f" ({one.where})" if one.where else "",
            )
        )
    if not rows:
        say(
            phrase("The log has no entry.")
            if not arguments.person
            else phrase("The log has no entry about {person}.", person=arguments.person)
        )
    return 0
