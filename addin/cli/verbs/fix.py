"""ib-trackers fix: write the certain repairs of what validate found, after showing them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from addin.cli.output import TARGET, add_json, check_json, write_json
from addin.core.language import phrase

if TYPE_CHECKING:
    from addin.actions.fix import Fixed

HELP = "write the certain repairs (text dates, other names, units), after showing them"
EXAMPLE = "ib-trackers fix School.xlsx"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help=TARGET)
    parser.add_argument("--yes", action="store_true", help="write all groups without asking")
    parser.add_argument("--group", type=int, action="append", metavar="N", help="write only this group (repeatable)")
    parser.add_argument("--tracker", action="append", default=[], metavar="T", help="limit to this tracker")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written; write nothing")
    add_json(parser, "the repairs")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.fix import fix
    from addin.actions.messages import fixable, fixed
    from addin.cli.terminal import Progress, say

    check_json(arguments, arguments.target)
    with Progress("Reading", "Checking") as tell:
        shown = fix(arguments.target, write=False, trackers=arguments.tracker, tell=tell)
    if arguments.json:
        write_json(arguments.json, as_data(shown), inputs=[arguments.target], overwrite=arguments.overwrite)
    quiet = arguments.json == "-"
    for line in () if quiet else fixable(shown):
        say(line)
    if not shown.groups or arguments.dry_run:
        return 0
    if not (arguments.yes or arguments.group or confirmed()):
        say(phrase("Nothing was written. To write them all: add --yes; some of them: --group N"))
        return 1
    done = fix(arguments.target, groups=arguments.group, trackers=arguments.tracker)
    if not quiet:
        say(fixed(done, arguments.target))
    return 0


def confirmed() -> bool:
    """Whether the person at the terminal says yes; False where nobody is there to ask."""
    import sys

    from addin.cli.terminal import YES, spoken
    from addin.core.language import phrase

    if not (sys.stdin and sys.stdin.isatty()):
        return False
    try:
        return input(spoken(phrase("Write them all? [Y/n]")) + " ").strip().casefold() in YES
    except EOFError:
        return False


def as_data(shown: Fixed) -> list[dict[str, object]]:
    """The repairs for `--json`, cell by cell."""
    from addin.core.tables.values import show

    return [
        {"group": number, "title": group.title(), "sheet": one.sheet, "cell": one.cell, "value": one.value}
        | {"fix": show(one.fix)}
        for number, group in enumerate(shown.groups, 1)
        for one in group.findings
    ]
