"""ib-trackers remind: remind each person of open items and coming dates, in one message each."""

from __future__ import annotations

import argparse

from addin.cli.output import TARGET
from addin.core.language import phrase

HELP = "remind each person of open items and coming dates: as e-mail drafts, or by mail"
EXAMPLE = "ib-trackers remind School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help=TARGET)
    parser.add_argument("--send", action="store_true", help="send through the mail server on the Settings sheet")
    parser.add_argument("--dry-run", action="store_true", help="list who would be reminded; write and send nothing")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.messages import reminded
    from addin.actions.remind import remind
    from addin.cli.terminal import Progress, say

    with Progress("Reading", "Checking", "Writing", "Sending") as tell:
        result = remind(arguments.target, send=arguments.send, dry_run=arguments.dry_run, tell=tell)
    for line in reminded(result, send=arguments.send, dry_run=arguments.dry_run):
        say(line)
    if result.reminders and not arguments.send and not arguments.dry_run:
        say(
            phrase(
                "The drafts are in {folder}: open one in your mail program to send it, or use --send.",
                folder=result.folder,
            )
        )
    return 1 if result.failed or result.nowhere else 0
