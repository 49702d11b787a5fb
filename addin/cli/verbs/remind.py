"""ib-trackers remind: remind each person of open items and coming dates, in one message each."""

from __future__ import annotations

import argparse

from addin.cli.output import TARGET

HELP = "remind each person of open items and coming dates: as e-mail drafts, or by mail"
EXAMPLE = "ib-trackers remind School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help=TARGET)
    parser.add_argument("--send", action="store_true", help="send through the mail server on the Settings sheet")
    parser.add_argument("--dry-run", action="store_true", help="list who would be reminded; write and send nothing")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.remind import remind
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted

    with Progress("Reading", "Checking", "Writing", "Sending") as tell:
        result = remind(arguments.target, send=arguments.send, dry_run=arguments.dry_run, tell=tell)
    verb = "Would remind" if arguments.dry_run else "Sent to" if arguments.send else "Written for"
    for one, path in result.told:
        what = f"{counted(len(one.points), 'open item')}, {counted(len(one.dates), 'date')}"
        say(f"{verb} {one.name} <{one.address}>: {what}" + (f"  {path.name}" if path else ""))
    for one, why in result.failed:
        say(f"Not sent to {one.name} <{one.address}>: {why}.")
    if result.nowhere:
        say(f"Not reminded: {counted(len(result.nowhere), 'person', 'people')}. Complete the Staff sheet.")
        for one in result.nowhere:
            why = "has left" if one.gone else f"{one.address} is not an address" if one.address else "no email address"
            say(f"  {one.name}: {why} ({counted(len(one.points), 'open item')})")
    if result.quiet:
        say(f"{counted(len(result.quiet), 'person was', 'people were')} reminded before, and nothing is new for them.")
    if not (result.told or result.failed or result.nowhere or result.quiet):
        say("Nothing is open, and no date is near.")
    if result.told and not arguments.send and not arguments.dry_run:
        say(f"The drafts are in {result.folder}: open one in your mail program to send it, or use --send.")
    return 1 if result.failed or result.nowhere else 0
