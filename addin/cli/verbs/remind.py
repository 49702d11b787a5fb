"""ib-trackers remind: tell each teacher what is open and what is coming, in one message each."""

from __future__ import annotations

import argparse

HELP = "remind each teacher of open points and coming dates: as .eml files, or by mail"
EXAMPLE = "ib-trackers remind School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target", metavar="TARGET", help="a workbook, excel:[NAME], gsheet:KEY or a Google Sheets address"
    )
    parser.add_argument("--send", action="store_true", help="send by the server under [mail] in ib-trackers.toml")
    parser.add_argument("--dry-run", action="store_true", help="only tell who would be reminded of how much")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.remind import remind
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted

    with Progress("Reading", "Checking", "Writing", "Sending") as tell:
        result = remind(arguments.target, send=arguments.send, dry_run=arguments.dry_run, tell=tell)
    verb = "Would remind" if arguments.dry_run else "Sent to" if arguments.send else "Written for"
    for one, path in result.told:
        what = f"{counted(len(one.points), 'point')}, {counted(len(one.dates), 'date')}"
        say(f"{verb} {one.name} <{one.address}>: {what}" + (f"  {path.name}" if path else ""))
    for one, why in result.failed:
        say(f"Not sent to {one.name} <{one.address}>: {why}.")
    if result.nowhere:
        say(
            f"No usable address for {counted(len(result.nowhere), 'person', 'people')}; write it into ib-trackers.toml:"
        )
        say("  [people]")
        for one in result.nowhere:
            say(f'  "{one.name}" = "{one.address or "…@…"}"')
    if result.quiet:
        say(f"{counted(len(result.quiet), 'person was', 'people were')} reminded before, and nothing is new for them.")
    if not (result.told or result.failed or result.nowhere or result.quiet):
        say("Nobody has anything open, and no date is near.")
    if result.told and not arguments.send and not arguments.dry_run:
        say(f"The messages lie in {result.folder}; open one in your mail program and send it, or use --send.")
    return 1 if result.failed or result.nowhere else 0
