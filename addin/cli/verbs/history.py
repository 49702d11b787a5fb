"""ib-trackers history: everything that a sync has overwritten, the newest first."""

from __future__ import annotations

import argparse

HELP = "show what the syncs have overwritten"
EXAMPLE = "ib-trackers history School.xlsx --run 12"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="the workbook")
    parser.add_argument("--run", type=int, metavar="N", help="only this run")
    parser.add_argument("--row", metavar="ID", help="only the row with this row id")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="maximum entries (default: 50)")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.messages import journal_line
    from addin.actions.sync.names import journal_names
    from addin.actions.sync.undo import history
    from addin.cli.terminal import say

    entries = history(arguments.target, run=arguments.run, row=arguments.row, limit=arguments.limit)
    names = journal_names(arguments.target)
    for entry in entries:
        say(journal_line(entry, names))
    if not entries:
        say("Nothing was overwritten.")
    return 0
