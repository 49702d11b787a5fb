"""ib-trackers undo: take the last change back that IB Trackers made to a workbook, whichever command made it."""

from __future__ import annotations

import argparse

HELP = "take back the last change that IB Trackers made"
EXAMPLE = "ib-trackers undo School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="the workbook, excel:[NAME] or gsheet:KEY")
    parser.add_argument("--dry-run", action="store_true", help="show what would be taken back; write nothing")
    parser.add_argument("--run", type=int, metavar="N", help="take back this sync; history lists the numbers")
    parser.add_argument("--row", metavar="ID", help="of a sync: only the row with this row id")
    parser.add_argument("--column", metavar="NAME", help="of a sync: only this column of the row")
    parser.add_argument("--force", action="store_true", help="of a sync: override a safety stop you have reviewed")
    parser.add_argument("--break-lock", action="store_true", help="continue although another computer holds the lock")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.undo import undo
    from addin.actions.undo_words import undone_lines
    from addin.cli.terminal import say

    if arguments.run is not None or arguments.row or arguments.column:
        return undo_sync(arguments)
    done = undo(arguments.target, dry_run=arguments.dry_run, break_lock=arguments.break_lock)
    if done.run:
        return undo_sync(arguments)
    for line in undone_lines(done):
        say(line)
    return 1 if done.changed_since else 0


def undo_sync(arguments: argparse.Namespace) -> int:
    """Take a sync back, on both sides."""
    from addin.actions.messages import undone
    from addin.actions.sync.undo import undo
    from addin.cli.terminal import say

    done = undo(
        arguments.target,
        run=arguments.run,
        row=arguments.row,
        column=arguments.column,
        dry_run=arguments.dry_run,
        force=arguments.force,
    )
    for line in undone(done, dry_run=arguments.dry_run, whole=arguments.row is None):
        say(line)
    return 1 if done.changed else 0
