"""ib-trackers district: check the workbooks of many schools and roll them up."""

from __future__ import annotations

import argparse

HELP = "check the workbooks of many schools, and roll the results up"
EXAMPLE = "ib-trackers district schools --out results"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="SOURCE", help="a folder of workbooks, a pattern, or a CSV list of files and Google Sheets"
    )
    parser.add_argument("--out", required=True, metavar="FOLDER", help="the folder for results: a Parquet dataset")
    parser.add_argument("--on", default="", metavar="ADDRESS", help="a running Dask cluster (default: this computer)")
    parser.add_argument("--with-people", action="store_true", help="keep values and messages, which may name students")
    parser.add_argument(
        "--max-age", type=int, default=7, metavar="DAYS", help="check unchanged workbooks again after this (default: 7)"
    )
    parser.add_argument(
        "--suppress",
        type=int,
        default=5,
        metavar="N",
        help="hide counts of people below this (default: 5)",
    )
    parser.add_argument("--sql", default="", metavar="SELECT", help="run a query over the results and print its rows")


def run(arguments: argparse.Namespace) -> int:
    from datetime import date
    from pathlib import Path

    from addin.cli.terminal import say
    from addin.core.text import counted
    from addin.district import rollup
    from addin.district.run import district

    out = Path(arguments.out)
    if arguments.sql:
        return _print(*rollup.query(out, arguments.sql))
    done = district(
        arguments.source,
        out,
        on=arguments.on,
        with_people=arguments.with_people,
        max_age=arguments.max_age,
        tell=_progress,
    )
    today = date.today()
    tables = rollup.figures(out, today, arguments.suppress)
    rollup.remember(out, today)
    (out / "rollup.html").write_bytes(rollup.page(tables, today))
    rollup.workbook(tables, out / "rollup.xlsx")
    found = counted(done.workbooks, "workbook")
    say(f"{found}: {done.checked} checked, {done.unchanged} unchanged, {done.failed} failed.")
    if done.forgotten:
        say(f"{counted(done.forgotten, 'workbook')} no longer in the source: results removed.")
    say(f"Results: {out / 'rollup.html'}, {out / 'rollup.xlsx'}")
    return 1 if done.failed else 0


def _progress(done: int, total: int) -> None:
    import sys

    if sys.stderr is not None and sys.stderr.isatty():
        bar = "#" * (done * 30 // total)
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r[{bar:<30}] {done} of {total} workbooks{end}")
        sys.stderr.flush()


def _print(headers: list[str], rows: list[tuple[object, ...]]) -> int:
    import csv
    import io

    from addin.cli.terminal import say

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([headers, *rows])
    say(text.getvalue().rstrip("\n"))
    return 0
