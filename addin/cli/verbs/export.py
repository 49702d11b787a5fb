"""ib-trackers export: write a workbook's trackers in another format."""

from __future__ import annotations

import argparse

HELP = "write the trackers as CSV, JSON, a clean XLSX, or calendars"
EXAMPLE = "ib-trackers export School.xlsx --to csv --out exports"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target", metavar="TARGET", help="a workbook, excel:[NAME], gsheet:KEY or a Google Sheets address"
    )
    parser.add_argument("--to", required=True, metavar="FORMAT", help="csv, json, xlsx or ics (calendars)")
    parser.add_argument("--tracker", action="append", default=[], metavar="T", help="only this tracker")
    parser.add_argument("--out", required=True, metavar="PATH", help="a folder, or a file")


def run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.actions.export import export
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted

    with Progress("Reading", "Writing") as tell:
        written, rows = export(
            arguments.target, to=arguments.to, out=Path(arguments.out), trackers=arguments.tracker, tell=tell
        )
    say(f"Exported {', '.join(f'{name}: ' + counted(number, 'row') for name, number in rows.items())}.")
    for path in written:
        say(f"  {path}")
    say("These files hold personal data: only you can read them; think before you send them on.")
    return 0
