"""ib-trackers conflicts: list what two people have changed at once, to be decided on the Conflicts sheet."""

from __future__ import annotations

import argparse

from addin.core.language import in_one, joined, phrase

HELP = "list what two people have changed at once"
EXAMPLE = "ib-trackers conflicts School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="the workbook")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.sync.run import sync
    from addin.cli.terminal import say
    from addin.core.sync.decisions import HELP as DECIDE
    from addin.core.sync.decisions import sentence

    done = sync(arguments.target, dry_run=True)
    conflicts = done.conflicts
    for one in conflicts:
        say(joined(": ", [one.link, sentence(one)]))
    if conflicts:
        say(
            in_one(
                DECIDE, phrase("They are on the sheet {sheet} of {target}.", sheet=done.sheet, target=arguments.target)
            )
        )
    else:
        say(phrase("No conflicts."))
    return 1 if conflicts else 0
