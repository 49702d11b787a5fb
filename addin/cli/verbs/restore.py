"""ib-trackers restore: list the kept copies of a workbook, and bring one row, one sheet or all of one back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from addin.core.language import joined, phrase, upper_first

if TYPE_CHECKING:
    from addin.actions.restore import Copy

HELP = "list earlier copies of a workbook, and bring a row, a sheet or all back"
EXAMPLE = "ib-trackers restore School.xlsx 2 --sheet CAS"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="BOOK", help="the workbook")
    parser.add_argument(
        "copy", nargs="?", type=int, metavar="N", help="the copy to bring back; without it they are listed"
    )
    parser.add_argument("--sheet", default="", metavar="NAME", help="only this sheet")
    parser.add_argument("--row", default="", metavar="CODE", help="only the row with this code or row id")
    parser.add_argument("--dry-run", action="store_true", help="show what would change; write nothing")
    parser.add_argument("--json", metavar="FILE", help="write the list of copies as JSON (- for the screen)")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.restore import copies, restore
    from addin.cli.terminal import say
    from addin.core.text import counted

    if arguments.copy is None:
        return show_list(copies(arguments.target), arguments)
    done = restore(
        arguments.target, arguments.copy, sheet=arguments.sheet, row=arguments.row, dry_run=arguments.dry_run
    )
    part = bool(arguments.sheet or arguments.row)
    size = joined("", [" (", counted(done.cells, "cell"), ", ", counted(done.rows, "row"), ")"]) if part else ""
    if part and not (done.cells or done.rows):
        say(
            phrase(
                "{what} is already as it was in copy {number}; nothing was written.",
                what=upper_first(done.what),
                number=done.copy.number,
            )
        )
    elif arguments.dry_run:
        say(
            phrase(
                "Would bring back {what} of {at}{size}. Nothing was written.",
                what=done.what,
                at=done.copy.at,
                size=size,
            )
        )
    else:
        say(
            phrase(
                "Brought back {what} of {at}{size}. ib-trackers undo takes this back.",
                what=done.what,
                at=done.copy.at,
                size=size,
            )
        )
    return 0


def show_list(found: list[Copy], arguments: argparse.Namespace) -> int:
    """The copies, the newest first: when, how large, and how each differs from the workbook now."""
    from addin.actions.restore import COPY_UNREAD, UNREAD
    from addin.cli.output import write_json
    from addin.cli.terminal import say

    if arguments.json:
        write_json(
            arguments.json,
            [
                {
                    "number": c.number,
                    "path": str(c.path),
                    "at": c.at,
                    "bytes": c.size,
                    "followed_by": c.followed_by,
                    "differs": c.differs,
                }
                for c in found
            ],
            inputs=[arguments.target],
        )
        if arguments.json == "-":
            return 0
    for copy in found:
        before = phrase(", before {what}", what=copy.followed_by) if copy.followed_by else ""
        say(
            phrase(
                "{number}  {at}  {size} kB{before}",
                number=f"{copy.number:>3}",
                at=copy.at,
                size=f"{copy.size / 1000:>9,.0f}",
                before=before,
            )
        )
        same = phrase("same contents as now")
        known = phrase("differs now in {places}", places=copy.differs) if copy.differs else same
        say(joined("", ["       ", copy.differs if copy.differs in (UNREAD, COPY_UNREAD) else known]))
    say(
        phrase(
            "To bring one back: ib-trackers restore {target} {number}   (or --sheet NAME, --row CODE)",
            target=arguments.target,
            number=found[0].number,
        )
    )
    return 0
