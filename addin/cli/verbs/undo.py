"""ib-trackers undo: put back what the last sync overwrote, on both sides."""

from __future__ import annotations

import argparse

HELP = "put back what the last sync overwrote"
EXAMPLE = "ib-trackers undo School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="the workbook")
    parser.add_argument("--run", type=int, metavar="N", help="another run than the last; history shows their numbers")
    parser.add_argument("--row", metavar="ID", help="only the row with this row id")
    parser.add_argument("--column", metavar="NAME", help="only this column of it")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.messages import journal_line
    from addin.actions.sync.undo import undo
    from addin.cli.terminal import say
    from addin.core.text import counted

    done = undo(arguments.target, run=arguments.run, row=arguments.row, column=arguments.column)
    say(f"Run {done.run}: {counted(done.put_back, 'change')} put back on both sides.")
    for entry in done.changed:
        say(f"  left alone, as somebody has changed it since: {journal_line(entry)}")
    if not done.changed and arguments.row is None:
        say("Its links stand still now; ib-trackers sync --accept lets them go on.")
    return 0
