"""Adopt the corpus of messy workbooks and print what became of every cell: `python scripts/adopt_report.py`.

placed: in a row of a tracker · headings: titles, headers, totals, notes · left: columns left alone · listed: to check ·
wrong: rows that differ from what is expected (0 is the promise; the exit code is 1 otherwise).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from adopt_rows import Result, cases, result_of  # noqa: E402 - its folder is named above


def line(name: str, *numbers: object) -> str:
    """One line of the report."""
    return f"{name:<20}" + "".join(f"{number:>10}" for number in numbers)


def main() -> int:
    """Print the report."""
    results: list[Result] = []
    print(line("workbook", "cells", "placed", "headings", "left", "listed", "wrong"))
    for name in cases():
        with tempfile.TemporaryDirectory() as folder:
            one = result_of(name, Path(folder))
        results.append(one)
        print(line(name, one.read, one.placed, one.headings, one.left, one.listed, len(one.wrong)))
        for wrong in one.wrong:
            print(f"    {wrong}")
    sums = [sum(getattr(one, part) for one in results) for part in ("read", "placed", "headings", "left", "listed")]
    print(line("all", *sums, sum(len(one.wrong) for one in results)))
    return 1 if any(one.wrong for one in results) else 0


if __name__ == "__main__":
    sys.exit(main())
