"""ib-trackers sync: bring the workbook and its shared sheets together, cell by cell; nothing is lost."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from addin.cli.output import add_json, check_json, write_json

if TYPE_CHECKING:
    from addin.actions.sync.run import Synced

HELP = "bring the workbook and its shared sheets together"
EXAMPLE = "ib-trackers sync School.xlsx --dry-run"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="the workbook; its Links sheet lists what is shared")
    parser.add_argument("--dry-run", action="store_true", help="show what would be done, and write nothing")
    parser.add_argument("--force", action="store_true", help="override a safety stop you have reviewed")
    parser.add_argument(
        "--break-lock", action="store_true", help="break the lock of another computer that was switched off"
    )
    add_json(parser, "the plan")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.messages import synced
    from addin.actions.sync.run import sync
    from addin.cli.terminal import Progress, say

    check_json(arguments, arguments.target)
    with Progress("Reading", "Planning", "Writing") as tell:
        done = sync(
            arguments.target,
            dry_run=arguments.dry_run,
            force=arguments.force,
            break_lock=arguments.break_lock,
            tell=tell,
        )
    if arguments.json:
        write_json(arguments.json, as_data(done), inputs=[arguments.target], overwrite=arguments.overwrite)
    if arguments.json != "-":
        for line in synced(done, dry_run=arguments.dry_run):
            say(line)
    if done.stopped:
        return 2
    return 1 if done.conflicts else 0


def as_data(done: Synced) -> dict[str, object]:
    """The plan of each link, its conflicts and what stopped it."""
    from addin.core.sync.columns import header_of
    from addin.core.tables.values import show

    def called(name: str) -> str:
        return header_of(name) or name

    def row(cells: object) -> dict[str, str]:
        return {called(name): show(value) for name, value in cells.items()} if isinstance(cells, dict) else {}

    return {
        "links": {
            name: {
                side: {
                    "cells": [{"row": r, "column": called(c), "value": show(v)} for (r, c), v in changes.cells.items()],
                    "rows": [{"row": r, "cells": row(cells)} for r, cells in changes.rows.items()],
                    "drops": sorted(changes.drops),
                }
                for side, changes in (("to_workbook", plan.to_left), ("to_shared", plan.to_right))
            }
            for name, plan in done.plans.items()
        },
        "conflicts": [
            {"link": c.link, "row": c.row_name, "column": c.column_name, "id": c.conflict.row} for c in done.conflicts
        ],
        "stopped": done.stopped,
        "remarks": done.remarks,
        "written": done.written,
    }
