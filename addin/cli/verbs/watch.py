"""ib-trackers watch: answer what teachers ask for from their shared sheets, while this computer is on."""

from __future__ import annotations

import argparse

from addin.core.language import phrase

HELP = "answer Validate, Export and Sync requests from shared sheets"
EXAMPLE = "ib-trackers watch School.xlsx --every 60s"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("workbook", metavar="BOOK.xlsx", help="the workbook whose shared sheets are watched")
    parser.add_argument("--every", default="60s", metavar="TIME", help="how often to look, such as 60s or 5m (60s)")
    parser.add_argument("--once", action="store_true", help="look once, answer, and end")


def run(arguments: argparse.Namespace) -> int:
    """Watch until Ctrl-C; 2 where a single look (`--once`) could not do all that was asked for."""
    from addin.cli.terminal import complain, say
    from addin.schedule.watch import interval, watch

    every = interval(arguments.every)
    if arguments.once:
        turn = watch(arguments.workbook, every, turns=1, say=say, complain=complain)
        if not turn.answered and not turn.problems:
            say(phrase("Nothing is asked for."))
        return 2 if turn.problems else 0
    watch(arguments.workbook, every, say=say, complain=complain)
    return 0
