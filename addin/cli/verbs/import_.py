"""ib-trackers import: take a list from ManageBac, IBIS or a colleague into your workbook; nothing is removed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from addin.actions.import_ import Imported
    from addin.core.recognition.import_plan import Intake

HELP = "take a CSV file or workbook in: update rows, add new ones, remove none"
EXAMPLE = "ib-trackers import ManageBac.csv --into School.xlsx --dry-run"
MOST = 10


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="a .csv, .tsv, .xlsx or .xlsm file of any shape")
    parser.add_argument("--into", required=True, metavar="TARGET", help="your workbook, or a shared sheet")
    parser.add_argument("--tracker", metavar="T", default="", help="which tracker it is, where the headers do not tell")
    parser.add_argument("--dry-run", action="store_true", help="only show what would change; write nothing")


def run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.actions.import_ import import_
    from addin.cli.terminal import Progress, say

    with Progress("Reading", "Comparing", "Writing") as tell:
        result = import_(
            Path(arguments.source), arguments.into, tracker=arguments.tracker, dry_run=arguments.dry_run, tell=tell
        )
    for one in result.intakes:
        tell_intake(one, result.titles[one.tracker])
    for other in result.not_understood:
        say(f"{other.sheet}: left alone, {other.why}.")
    tell_done(result, arguments.into, arguments.dry_run)
    return 1 if result.doubts else 0


def tell_intake(one: Intake, title: str) -> None:
    """What one sheet of the source changes: counts, then the first changes, then what a person has to look at."""
    from addin.cli.terminal import say
    from addin.core.tables.values import brief
    from addin.core.text import counted

    say(
        f"{one.source} -> {title}: {counted(one.rows, 'row')} read, {one.changed_rows:,} changed "
        f"({counted(len(one.changes), 'cell')}), {len(one.added):,} new, {len(one.doubts):,} to look at."
    )
    for header, column in one.unsure:
        say(f"    {header} was taken for {column} (nearly that name, and its cells agree: please check)")
    if one.left_out:
        say(f"    no column for: {', '.join(one.left_out)}")
    for change in one.changes[:MOST]:
        old = brief(change.old, 40) or "(blank)"
        say(f"    {change.sheet}!{change.cell} {change.header}: {old} -> {brief(change.new, 40)}")
    _more(len(one.changes))
    for key in one.added[:MOST]:
        say(f"    new: {key}")
    _more(len(one.added))
    for doubt in one.doubts[:MOST]:
        say(f"    not taken, row {doubt.row} of {doubt.sheet}: {doubt.why}")
    _more(len(one.doubts))


def _more(number: int) -> None:
    from addin.cli.terminal import say

    if number > MOST:
        say(f"    … and {number - MOST:,} more")


def tell_done(result: Imported, target: str, dry_run: bool) -> None:
    """Whether anything was written."""
    from addin.cli.terminal import say
    from addin.core.text import typed

    changes = any(one.edits for one in result.intakes)
    if not changes:
        say(f"{target} holds all of it already; nothing was written.")
    elif dry_run:
        say("Nothing was written. Without --dry-run these changes are made.")
    else:
        say(f"Written to {target}. Next: ib-trackers validate {typed(target)}")
