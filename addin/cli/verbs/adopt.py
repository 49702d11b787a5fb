"""ib-trackers adopt: make your own spreadsheet a live tracker, in place."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from addin.actions.adopt import AdoptedBook

HELP = "make your own spreadsheet a live tracker, in place"
EXAMPLE = "ib-trackers adopt MyCandidates.xlsx --dry-run"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="BOOK", help="your workbook; nothing of yours is moved or restyled")
    parser.add_argument("--dry-run", action="store_true", help="only show what was understood; write nothing")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.adopt import adopt
    from addin.cli.terminal import Progress

    with Progress("Reading", "Recognising", "Writing") as tell:
        result = adopt(arguments.target, dry_run=arguments.dry_run, tell=tell)
    tell_understood(result)
    tell_done(result, arguments.target, arguments.dry_run)
    return 0 if result.understood else 1


def tell_understood(result: AdoptedBook) -> None:
    """What each sheet was taken for, column by column, and what was left alone."""
    from addin.cli.terminal import say
    from addin.core.tables.table import plain

    for found in result.understood:
        say(f"{found.sheet}: {result.titles[found.tracker]}, headers in row {found.header_row}.")
        for match in found.matches:
            doubt = "" if match.sure else "   (nearly that name, and its cells agree: please check)"
            if doubt or plain(match.header) != plain(match.column):
                say(f"    {match.header} -> {match.column}{doubt}")
        for unknown in found.unknown:
            perhaps = f"its cells look like {unknown.perhaps}: if so, say so in ib-trackers.toml"
            more = unknown.why or (perhaps if unknown.perhaps else "")
            say(f"    {unknown.header}: yours, kept as it is" + (f"; {more}" if more else ""))
        if found.missing:
            say(f"    not found: {', '.join(found.missing)} (add the column, or name yours in ib-trackers.toml)")
    for other in result.not_understood:
        say(f"{other.sheet}: left alone, {other.why}.")


def tell_done(result: AdoptedBook, target: str, dry_run: bool) -> None:
    """What was written, or would be."""
    from addin.cli.terminal import say
    from addin.core.text import counted, typed

    if not result.understood:
        say(f"Nothing in {target} was recognised, and nothing was written.")
        say("Give the columns headers that a tracker knows: ib-trackers trackers candidates, for example, lists them.")
        return
    say()
    for one in result.adopted:
        table = f"; no native table, as {one.no_table}" if one.no_table else ""
        say(f"{one.sheet}: {counted(one.rows, 'row')}, {counted(one.new_ids, 'new row id')}{table}.")
    if dry_run:
        say("Nothing was written. Without --dry-run the row ids go into a column at the right of each sheet.")
    else:
        say(f"How your columns were understood stands in {result.settings}; edit it where it is wrong.")
        say(f"Next: ib-trackers validate {typed(target)}")
