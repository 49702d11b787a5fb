"""ib-trackers rollover: next session's workbook from this one; those who graduate go into an archive."""

from __future__ import annotations

import argparse

HELP = "make next session's workbook: year 1 becomes year 2, graduates are archived"
EXAMPLE = "ib-trackers rollover School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", metavar="BOOK", help="this session's workbook; it is not changed")
    parser.add_argument("--session", metavar="M28", default="", help="the next session (default: that of the others)")
    parser.add_argument("--to", metavar="FOLDER", default="", help="folder of the new workbook (default: beside it)")
    parser.add_argument("--dry-run", action="store_true", help="show what would go where; write nothing")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.messages import rolled_over
    from addin.actions.rollover import rollover
    from addin.cli.terminal import Progress, say

    with Progress("Reading", "Writing", "Verifying") as tell:
        done = rollover(
            arguments.book, session=arguments.session, folder=arguments.to, dry_run=arguments.dry_run, tell=tell
        )
    for line in rolled_over(done):
        say(line)
    return 0
