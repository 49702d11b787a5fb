"""ib-trackers import: take a list from ManageBac, IBIS or a colleague into your workbook; nothing is removed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from addin.cli.output import add_json, check_json, write_json

if TYPE_CHECKING:
    from addin.actions.import_ import Imported
    from addin.core.recognition.import_plan import ImportPlan

HELP = "take a CSV file or workbook in: update rows, add new ones, remove none"
EXAMPLE = "ib-trackers import ManageBac.csv --into School.xlsx --dry-run"
MOST = 10
"""Entries of a kind that are listed."""
MOST_COLUMNS = 40


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="a .csv, .tsv, .xlsx or .xlsm file of any shape")
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
    from addin.cli.terminal import Progress, say

    check_json(arguments, arguments.into, arguments.source)
    shown = []

    def confirm(result: Imported) -> bool:
        if arguments.json == "-":
            return True
        shown.append(True)
        print_plans(result)
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
        print_plans(result)
    say(outcome(result, arguments.into, arguments.dry_run))
    return code


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _agreed() -> bool:
    try:
        return input("Write these changes? [Y/n] ").strip().casefold() in ("", "y", "yes")
    except EOFError:
        return False


def print_plans(result: Imported) -> None:
    """Everything that was decided, sheet by sheet."""
    from addin.cli.terminal import say

    for one in result.plans:
        for line in plan_lines(one, result.titles[one.tracker]):
            say(line)
    for other in result.not_understood:
        say(f"{other.sheet}: left alone, {other.why}.")


def plan_lines(one: ImportPlan, title: str) -> list[str]:
    """What one sheet of the source changes: how it was read, counts, columns, changes, what a person has to look at."""
    from addin.core.tables.values import brief
    from addin.core.text import counted

    changed = f"{one.changed_rows:,} changed ({counted(len(one.changes), 'cell')})"
    read = f"{counted(one.rows, 'row')} read, {changed}, {len(one.added):,} new, {one.to_look_at:,} to look at."
    lines = [f"{one.source} -> {title}: {read}"]
    if one.program:
        lines.append(f"    Known as a list of {one.program}.")
    if one.assumed:
        lines.append(f"    Read as {one.reading}. Please check this line: {one.assumed}")
    elif one.reading:
        lines.append(f"    Read as {one.reading}.")
    placed = [
        f"{p.header} -> {p.column}{_samples(p.samples)}{'' if p.sure else '   (nearly that name: please check)'}"
        for p in one.placed
        if p.column
    ]
    lines += _some("", placed, MOST_COLUMNS)
    lines += [f"    {header}: {value} for all new rows" for header, value in one.defaults.items()]
    if one.nowhere:
        lines.append(f"    no column for: {', '.join(one.nowhere)}")
    changes = [
        f"{change.sheet}!{change.cell} {change.header}: {brief(change.old, 40) or '(blank)'} -> {brief(change.new, 40)}"
        for change in one.changes[:MOST]
    ]
    lines += _some("", changes, MOST, len(one.changes))
    lines += _some("new: ", one.added, MOST)
    same = [f"row {r.row}: {r.header} {r.given} is {r.kept} in another writing ({r.how}): kept" for r in one.remarks]
    lines += _some("", same, MOST)
    lines += _some("", [f"entered as it is, row {cell.row}: {cell.why}" for cell in one.unread], MOST)
    lines += _some("", [f"left out, row {out.row}: {out.why}" for out in one.left_out], MOST)
    return lines + _some(
        "", [f"not taken, row {doubt.row} of {doubt.sheet}: {doubt.why}" for doubt in one.doubts], MOST
    )


def _samples(samples: Sequence[str]) -> str:
    return f" ({', '.join(samples)})" if samples else ""


def _some(before: str, entries: Sequence[str], most: int, number: int = 0) -> list[str]:
    """The first entries, and how many more there are."""
    lines = [f"    {before}{entry}" for entry in entries[:most]]
    more = (number or len(entries)) - most
    return [*lines, f"    … and {more:,} more"] if more > 0 else lines


def outcome(result: Imported, target: str, dry_run: bool) -> str:
    """Whether anything was written, and why not."""
    from addin.core.text import typed

    if reason := nothing_used(result):
        return reason
    if not result.edits:
        return f"{target} holds all of it already; nothing was written."
    if dry_run:
        return "Nothing was written. Without --dry-run these changes are made."
    if result.declined:
        return "Nothing was written."
    return f"Written to {target}. Next: ib-trackers validate {typed(target)}"


def nothing_used(result: Imported) -> str:
    """Why no row of the source was of any use; "" where one was."""
    if result.edits or any(one.unchanged for one in result.plans):
        return ""
    from addin.core.text import counted

    reasons = [doubt.why for one in result.plans for doubt in one.doubts]
    reasons += [out.why for one in result.plans for out in one.left_out]
    rows = sum(one.rows + len(one.left_out) for one in result.plans)
    if not rows:
        return "Nothing was imported: the list has no rows."
    usual = max(set(reasons), key=reasons.count).rstrip(".") if reasons else "no column of them has a place"
    more = " If all are of one session, add --session M27, say." if usual == "Session is missing" else ""
    return f"Nothing was imported: none of the {counted(rows, 'row')} could be used, because {usual}.{more}"


def as_data(result: Imported) -> dict[str, object]:
    """What was decided about each row, for `--json`."""
    from dataclasses import asdict

    plans = [{key: value for key, value in asdict(one).items() if key != "edits"} for one in result.plans]
    left = [{"sheet": other.sheet, "why": other.why} for other in result.not_understood]
    return {"plans": plans, "left_alone": left, "written": result.written}
