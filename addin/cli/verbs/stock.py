"""ib-trackers stock: lend, take back or count items of the inventory."""

from __future__ import annotations

import argparse

from addin.core.language import phrase

HELP = "lend, take back or count items of the inventory in one step"
EXAMPLE = "ib-trackers stock School.xlsx --lend 000017 --to 000123"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="a workbook, excel:[NAME] or gsheet:KEY")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--lend", metavar="ASSET", nargs="+", help="lend these items, by the numbers on their labels")
    what.add_argument("--return", dest="give_back", metavar="ASSET", nargs="+", help="these items came back today")
    what.add_argument(
        "--count",
        metavar="ASSET[=FOUND]",
        nargs="+",
        help="these were counted; =FOUND where it is not what the list says",
    )
    parser.add_argument("--to", metavar="WHO", default="", help="with --lend: a student's code, a teacher, a class")
    parser.add_argument("--quantity", metavar="N", type=int, help="with --lend: how many of a quantity")
    parser.add_argument(
        "--due", metavar="DATE", default="", help="with --lend: the day they are due (default: Settings)"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be done; write nothing")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.stock import Wish, stock
    from addin.cli.terminal import Progress, say
    from addin.errors import Problem

    if arguments.lend and not arguments.to:
        raise Problem(phrase("Who borrows it is missing."), next=phrase("Add --to with a code or a name."))
    verb = "lend" if arguments.lend else "give_back" if arguments.give_back else "count"
    assets = arguments.lend or arguments.give_back or [one.partition("=")[0] for one in arguments.count]
    found = {}
    for one in arguments.count or ():
        asset, given, number = one.partition("=")
        if given and not number.isdigit():
            raise Problem(
                phrase("“{number}” is not a number of pieces.", number=number),
                next=phrase("Write {asset}=17.", asset=asset),
            )
        if given:
            found[asset] = int(number)
    wish = Wish(verb, assets, (), arguments.to, arguments.quantity, arguments.due, found)
    with Progress("Reading") as tell:
        done = stock(arguments.target, wish, dry_run=arguments.dry_run, tell=tell)
    for line in done.lines:
        say(line)
    if arguments.dry_run:
        say(phrase("Nothing was written."))
    return 0
