"""ib-trackers validate: check a workbook and show in it what is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from addin.core.checks.rules import Finding

HELP = "check a workbook or shared sheet, and mark what is wrong in it"
EXAMPLE = "ib-trackers validate School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target", metavar="TARGET", help="a workbook, excel:[NAME], gsheet:KEY or a Google Sheets address"
    )
    parser.add_argument("--tracker", action="append", default=[], metavar="T", help="tell only about this tracker")
    parser.add_argument("--json", metavar="FILE", help="write the findings as JSON (- for the screen)")
    parser.add_argument("--no-write", action="store_true", help="only tell; leave the workbook as it is")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.messages import validated
    from addin.actions.validate import validate
    from addin.cli.terminal import Progress, say

    with Progress("Reading", "Checking", "Marking") as tell:
        result = validate(arguments.target, trackers=arguments.tracker, write=not arguments.no_write, tell=tell)
    if arguments.json:
        write_json(arguments.json, result.findings)
    if arguments.json != "-":
        for line in validated(result, arguments.target):
            say(line)
    return 1 if result.count("error") else 0


def write_json(to: str, findings: Sequence[Finding]) -> None:
    """The findings as a JSON array of objects, to a file or (-) to the screen."""
    import json
    from pathlib import Path

    from addin.cli.terminal import say
    from addin.core.records import as_dict
    from addin.files import private

    text = json.dumps([as_dict(finding) for finding in findings], ensure_ascii=False, indent=1)
    if to == "-":
        say(text)
        return
    with private(Path(to), "utf-8") as file:
        file.write(text)
