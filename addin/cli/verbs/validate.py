"""ib-trackers validate: check a workbook, or every workbook of a folder, and mark in it what is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from addin.cli.output import TARGET, add_json, check_json, write_json

if TYPE_CHECKING:
    from addin.actions.validate import Validated

HELP = "check a workbook or shared sheet, and mark what is wrong in it"
EXAMPLE = "ib-trackers validate School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "targets", nargs="+", metavar="TARGET", help=f"{TARGET}; a folder or a pattern such as 'M*.xlsx'"
    )
    parser.add_argument("--tracker", action="append", default=[], metavar="T", help="limit the output to this tracker")
    add_json(parser, "the findings")
    parser.add_argument(
        "--read-only",
        "--dry-run",
        dest="read_only",
        action="store_true",
        help="report only; do not modify the workbook",
    )


def run(arguments: argparse.Namespace) -> int:
    from addin.cli.inputs import workbooks
    from addin.core.text import sentences_of
    from addin.errors import Problem

    check_json(arguments, *arguments.targets)
    targets = list(workbooks(arguments.targets))
    if len(targets) == 1:
        results = {targets[0]: one(targets[0], arguments)}
    else:
        from addin.cli.terminal import complain

        results, failed = {}, 0
        for target in targets:
            try:
                results[target] = one(target, arguments)
            except Problem as problem:
                complain(sentences_of(problem))
                failed += 1
        if failed:
            return 2
    if arguments.json:
        found = [finding for result in results.values() for finding in as_data(result)]
        write_json(arguments.json, found, inputs=targets, overwrite=arguments.overwrite)
    return 1 if any(result.count("error") for result in results.values()) else 0


def one(target: str, arguments: argparse.Namespace) -> Validated:
    """Check one workbook and say what was found."""
    from addin.actions.messages import validated
    from addin.actions.validate import validate
    from addin.cli.terminal import Progress, say

    with Progress("Reading", "Checking", "Marking") as tell:
        result = validate(target, trackers=arguments.tracker, write=not arguments.read_only, tell=tell)
    if arguments.json != "-":
        if len(arguments.targets) > 1 or target != arguments.targets[0]:
            say(f"{target}:")
        for line in validated(result, target):
            say(line)
    return result


def as_data(result: Validated) -> Iterator[dict[str, object]]:
    """The findings for `--json`."""
    from addin.core.records import as_dict
    from addin.core.tables.values import show

    return ({**as_dict(finding), "fix": show(finding.fix)} for finding in result.findings)
