"""ib-trackers history: every change that IB Trackers made to a workbook, and what the syncs have overwritten."""

from __future__ import annotations

import argparse

from addin.cli.output import add_json, check_json, write_json
from addin.core.language import joined, phrase

HELP = "list the changes that IB Trackers made, and what the syncs have overwritten"
EXAMPLE = "ib-trackers history School.xlsx --run 12"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="the workbook")
    parser.add_argument("--run", type=int, metavar="N", help="only this sync")
    parser.add_argument("--row", metavar="ID", help="of the syncs: only the row with this row id")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="maximum entries (default: 50)")
    add_json(parser, "the changes")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.history import is_synced, writes
    from addin.cli.terminal import say

    check_json(arguments, arguments.target)
    only_syncs = arguments.run is not None or bool(arguments.row)
    ours = [] if only_syncs else writes(arguments.target)[: max(0, arguments.limit)]
    lines = [joined(" · ", [entry.at[:16].replace("T", ", "), phrase(entry.verb), entry.words()]) for entry in ours]
    if only_syncs or is_synced(arguments.target):
        lines += sync_lines(arguments)
    if arguments.json:
        data = [{"at": entry.at, "verb": entry.verb, "what": entry.words(), "run": entry.run} for entry in ours]
        write_json(arguments.json, data, inputs=[arguments.target], overwrite=arguments.overwrite)
    if arguments.json != "-":
        for line in lines or [phrase("Nothing was changed yet.")]:
            say(line)
    return 0


def sync_lines(arguments: argparse.Namespace) -> list[str]:
    """What the syncs have overwritten."""
    from addin.actions.messages import journal_line
    from addin.actions.sync.names import journal_names
    from addin.actions.sync.undo import history

    entries = history(arguments.target, run=arguments.run, row=arguments.row, limit=arguments.limit)
    names = journal_names(arguments.target)
    return [journal_line(entry, names) for entry in entries]
