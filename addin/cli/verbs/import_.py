"""ib-trackers import: take a list from ManageBac, IBIS or a colleague into your workbook; nothing is removed."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from addin.cli.output import add_json, check_json, write_json
from addin.core.language import joined, phrase

if TYPE_CHECKING:
    from addin.actions.import_ import Imported

HELP = "take a CSV file or workbook in: update rows, add new ones, remove none"
EXAMPLE = "ib-trackers import ManageBac.csv --into School.xlsx --dry-run"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="SOURCE", help="a .csv, .tsv, .xls, .ods, .xlsx, .xlsm or .html file of any shape"
    )
    parser.add_argument("--into", required=True, metavar="TARGET", help="your workbook, or a shared sheet")
    parser.add_argument("--tracker", metavar="T", default="", help="which tracker it is, where the headers do not tell")
    parser.add_argument("--sheet", metavar="NAME", default="", help="one sheet of the source only, hidden or not")
    parser.add_argument("--session", metavar="S", default="", help="exam session of a list that has no such column")
    parser.add_argument("--encoding", metavar="NAME", default="", help="of a text file, such as cp1252 or gb18030")
    parser.add_argument("--dry-run", action="store_true", help="only show what would change; write nothing")
    parser.add_argument("--yes", action="store_true", help="write without asking")
    add_json(parser, "what was decided")


def run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.actions.import_ import import_
    from addin.actions.import_words import nothing_used, preview_lines
    from addin.cli.terminal import Progress, say

    check_json(arguments, arguments.into, arguments.source)
    shown = []

    def confirm(result: Imported) -> bool:
        if arguments.json == "-":
            return True
        shown.append(True)
        say(joined("\n", preview_lines(result)))
        return arguments.yes or not _on_terminal() or _agreed()

    with Progress("Reading", "Comparing", "Writing") as tell:
        result = import_(
            Path(arguments.source),
            arguments.into,
            tracker=arguments.tracker,
            sheet=arguments.sheet,
            session=arguments.session,
            encoding=arguments.encoding,
            dry_run=arguments.dry_run,
            confirm=confirm,
            tell=tell,
        )
    code = 1 if result.to_look_at or nothing_used(result) else 0
    if arguments.json:
        write_json(
            arguments.json, as_data(result), inputs=[arguments.into, arguments.source], overwrite=arguments.overwrite
        )
        if arguments.json == "-":
            return code
    if not shown:
        say(joined("\n", preview_lines(result)))
    say(outcome(result, arguments.into, arguments.dry_run))
    return code


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _agreed() -> bool:
    from addin.cli.terminal import YES, spoken

    try:
        return input(spoken(phrase("Write these changes? [Y/n]")) + " ").strip().casefold() in YES
    except EOFError:
        return False


def outcome(result: Imported, target: str, dry_run: bool) -> str:
    """Whether anything was written, and why not."""
    from addin.actions.import_words import nothing_used
    from addin.core.text import typed

    if reason := nothing_used(result):
        return reason
    if not result.edits:
        return phrase("{target} holds all of it already; nothing was written.", target=target)
    if dry_run:
        return phrase("Nothing was written. Without --dry-run these changes are made.")
    if result.declined:
        return phrase("Nothing was written.")
    command = f"ib-trackers validate {typed(target)}"
    return phrase("Written to {target}. Next: {command}", target=target, command=command)


def as_data(result: Imported) -> dict[str, object]:
    """What was decided about each row, for `--json`."""
    from dataclasses import asdict

    plans = [{key: value for key, value in asdict(one).items() if key != "edits"} for one in result.plans]
    left = [{"sheet": other.sheet, "why": other.why} for other in result.not_understood]
    return {"plans": plans, "left_alone": left, "written": result.written}
