"""ib-trackers compare: list the differences between your workbook and a list, such as one from IBIS; change nothing."""

from __future__ import annotations

import argparse

from addin.cli.output import add_json, check_json, write_json
from addin.core.language import in_thousands, joined, phrase, upper_first

HELP = "list the differences between your workbook and a list from elsewhere"
EXAMPLE = "ib-trackers compare School.xlsx --with IBIS.csv --out differences.csv"
MOST = 20
"""Differences that are listed on the screen."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="BOOK", help="your workbook; its trackers are only read")
    parser.add_argument("--with", dest="source", required=True, metavar="FILE", help="the list: .csv, .xlsx or .json")
    parser.add_argument("--tracker", metavar="T", default="", help="which tracker it is, where the headers do not tell")
    parser.add_argument("--sheet", metavar="NAME", default="", help="one sheet of the list only, hidden or not")
    parser.add_argument("--encoding", metavar="NAME", default="", help="of a text file, such as cp1252 or gb18030")
    parser.add_argument("--out", metavar="FILE", default="", help="write the differences as CSV, too")
    add_json(parser, "the differences")
    parser.add_argument("--dry-run", action="store_true", help="write no sheet of differences into the workbook")


def run(arguments: argparse.Namespace) -> int:
    from dataclasses import asdict
    from pathlib import Path

    from addin.actions.compare import compare
    from addin.cli.terminal import Progress, say
    from addin.core.tables.values import brief
    from addin.core.text import counted

    check_json(arguments, arguments.target, arguments.source)
    with Progress("Reading", "Comparing", "Writing") as tell:
        result = compare(
            arguments.target,
            Path(arguments.source),
            tracker=arguments.tracker,
            sheet=arguments.sheet,
            encoding=arguments.encoding,
            out=Path(arguments.out) if arguments.out else None,
            overwrite=arguments.overwrite,
            write=not arguments.dry_run,
            tell=tell,
        )
    if arguments.json:
        found = [asdict(one) for one in result.differences]
        write_json(arguments.json, found, inputs=[arguments.target, arguments.source], overwrite=arguments.overwrite)
        if arguments.json == "-":
            return 1 if result.differences else 0
    for plan in result.plans:
        say(
            phrase(
                "{source}: {rows}, compared with {tracker}.",
                source=plan.source,
                rows=counted(plan.rows, "row"),
                tracker=plan.tracker,
            )
        )
        if plan.nowhere:
            say(phrase("    not compared: {columns}", columns=", ".join(plan.nowhere)))
    for other in result.not_understood:
        say(phrase("{sheet}: left alone, {why}.", sheet=other.sheet, why=other.why))
    for one in result.differences[:MOST]:
        blank = phrase("(blank)")
        both = joined(" / ", [brief(one.workbook, 40) or blank, brief(one.given, 40) or blank])
        sides = [": ", both] if one.column else []
        say(joined("", ["    ", one.key, " ", one.column, *sides, " (", one.what, ")"]))
    if len(result.differences) > MOST:
        say(phrase("    … and {n} more", n=in_thousands(len(result.differences) - MOST)))
    say(joined("", [upper_first(counted(len(result.differences), "difference")), "."]))
    if result.written:
        say(phrase("All are on the sheet {sheet}; the trackers are as they were.", sheet=result.sheet))
    if arguments.out:
        say(phrase("Written to {out}. Contains personal data. Only you can open this file.", out=arguments.out))
    return 1 if result.differences else 0
