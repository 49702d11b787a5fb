"""ib-trackers export: write a workbook's trackers in another format."""

from __future__ import annotations

import argparse

from addin.cli.output import TARGET, add_overwrite, add_purpose
from addin.core.language import joined, phrase
from addin.errors import Problem

HELP = "write the trackers as CSV, JSON, XLSX, Parquet, SQLite or calendars, or into an IBIS template"
EXAMPLE = "ib-trackers export School.xlsx --to csv --out exports"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help=TARGET)
    parser.add_argument(
        "--to", metavar="FORMAT", help="csv, json, xlsx, pivot, parquet, sqlite, ics (calendars) or ibis"
    )
    parser.add_argument(
        "--redact", action="store_true", help="instead, a copy of the workbook without private data, to send on"
    )
    parser.add_argument("--tracker", action="append", default=[], metavar="T", help="only this tracker")
    parser.add_argument("--template", metavar="FILE", help="with --to ibis: the template from IBIS; a copy is filled")
    parser.add_argument(
        "--date-order",
        metavar="ORDER",
        default="",
        help="with --to ibis: dmy, mdy or ymd, if the template leaves it open",
    )
    parser.add_argument("--out", required=True, metavar="PATH", help="a folder, or a file")
    add_overwrite(parser)
    add_purpose(parser)


def run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    if arguments.redact:
        return _redacted(arguments)
    if not arguments.to:
        raise Problem(phrase("What format?"), next=phrase("Add --to csv (or json, xlsx, …), or --redact."))
    if arguments.to.lower() == "ibis":
        return _ibis(arguments)
    if arguments.template or arguments.date_order:
        raise Problem(
            phrase("--template and --date-order go with --to ibis."), next=phrase("Add --to ibis, or leave them out.")
        )
    from addin.actions.export import export
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted
    from addin.workspace.disclosures import Purpose

    with Progress("Reading", "Writing") as tell:
        written = export(
            arguments.target,
            to=arguments.to,
            out=Path(arguments.out),
            trackers=arguments.tracker,
            overwrite=arguments.overwrite,
            purpose=Purpose(arguments.recipient, arguments.why),
            tell=tell,
        )
    rows = joined(", ", [joined(": ", [name, counted(number, "row")]) for name, number in written.rows.items()])
    say(phrase("Exported {rows}.", rows=rows))
    for path in written.files:
        say(f"  {path}")
    for remark in written.remarks:
        say(phrase("Note: {remark}", remark=remark))
    say(phrase("Contains personal data. Only you can open these files."))
    return 1 if written.remarks else 0


def _ibis(arguments: argparse.Namespace) -> int:
    """Fill a copy of the template, and say what is in it."""
    from pathlib import Path

    from addin.actions.export import export_ibis
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted
    from addin.workspace.disclosures import Purpose

    if not arguments.template:
        raise Problem(phrase("Which template?"), next=phrase("Download it from IBIS and add --template FILE.xlsx."))
    if len(arguments.tracker) > 1:
        raise Problem(phrase("A template takes one tracker."), next=phrase("Name one --tracker."))
    with Progress("Reading", "Writing") as tell:
        filled = export_ibis(
            arguments.target,
            Path(arguments.template),
            Path(arguments.out),
            tracker=arguments.tracker[0] if arguments.tracker else "candidates",
            date_order=arguments.date_order,
            overwrite=arguments.overwrite,
            purpose=Purpose(arguments.recipient, arguments.why),
            tell=tell,
        )
    say(
        phrase(
            "Filled {rows} of the sheet {sheet}, session {session}: {path}",
            rows=counted(filled.rows, "row"),
            sheet=filled.sheet,
            session=filled.session,
            path=filled.path,
        )
    )
    for header, source in filled.matched.items():
        say(f"  {header}: {source}")
    for remark in filled.remarks:
        say(phrase("Note: {remark}", remark=remark))
    say(phrase("Contains personal data. Only you can open this file. Check it before you upload it."))
    return 1 if filled.remarks else 0


def _redacted(arguments: argparse.Namespace) -> int:
    """Make the copy, and say what is not in it."""
    from pathlib import Path

    from addin.actions.export import export_redacted
    from addin.cli.terminal import Progress, say
    from addin.workspace.disclosures import Purpose

    if arguments.to or arguments.tracker or arguments.template or arguments.date_order:
        raise Problem(
            phrase("--redact copies the whole workbook."),
            next=phrase("Leave out --to, --tracker, --template and --date-order."),
        )
    with Progress("Reading", "Writing") as tell:
        made = export_redacted(
            arguments.target,
            Path(arguments.out),
            overwrite=arguments.overwrite,
            purpose=Purpose(arguments.recipient, arguments.why),
            tell=tell,
        )
    say(phrase("Made {path} with {sheets}.", path=made.path, sheets=", ".join(made.sheets)))
    say(phrase("Blank in it: {columns}.", columns=", ".join(made.emptied) or phrase("no column")))
    if made.left_out:
        say(
            phrase(
                "Not in it: {left_out}; formulas, notes, rules and the file's properties.",
                left_out=", ".join(made.left_out),
            )
        )
    say(phrase("Students have pseudonyms that are the same throughout this copy, and others in the next."))
    return 0
