"""ib-trackers export: write a workbook's trackers in another format."""

from __future__ import annotations

import argparse

from addin.cli.output import TARGET, add_overwrite
from addin.errors import Problem

HELP = "write the trackers as CSV, JSON, XLSX, Parquet, SQLite or calendars"
EXAMPLE = "ib-trackers export School.xlsx --to csv --out exports"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help=TARGET)
    parser.add_argument("--to", metavar="FORMAT", help="csv, json, xlsx, pivot, parquet, sqlite or ics (calendars)")
    parser.add_argument(
        "--redact", action="store_true", help="instead, a copy of the workbook without private data, to send on"
    )
    parser.add_argument("--tracker", action="append", default=[], metavar="T", help="only this tracker")
    parser.add_argument("--out", required=True, metavar="PATH", help="a folder, or a file")
    add_overwrite(parser)


def run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    if arguments.redact:
        return _redacted(arguments)
    if not arguments.to:
        raise Problem("What format?", next="Add --to csv (or json, xlsx, …), or --redact.")
    from addin.actions.export import export
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted

    with Progress("Reading", "Writing") as tell:
        written = export(
            arguments.target,
            to=arguments.to,
            out=Path(arguments.out),
            trackers=arguments.tracker,
            overwrite=arguments.overwrite,
            tell=tell,
        )
    rows = ", ".join(f"{name}: " + counted(number, "row") for name, number in written.rows.items())
    say(f"Exported {rows}.")
    for path in written.files:
        say(f"  {path}")
    for remark in written.remarks:
        say(f"Note: {remark}")
    say("Contains personal data. Only you can open these files.")
    return 1 if written.remarks else 0


def _redacted(arguments: argparse.Namespace) -> int:
    """Make the copy, and say what is not in it."""
    from pathlib import Path

    from addin.actions.export import export_redacted
    from addin.cli.terminal import Progress, say

    if arguments.to or arguments.tracker:
        raise Problem("--redact copies the whole workbook.", next="Leave out --to and --tracker.")
    with Progress("Reading", "Writing") as tell:
        made = export_redacted(arguments.target, Path(arguments.out), overwrite=arguments.overwrite, tell=tell)
    say(f"Made {made.path} with {', '.join(made.sheets)}.")
    say(f"Blank in it: {', '.join(made.emptied) or 'no column'}.")
    if made.left_out:
        say(f"Not in it: {', '.join(made.left_out)}; formulas, notes, rules and the file's properties.")
    say("Students have pseudonyms that are the same throughout this copy, and others in the next.")
    return 0
