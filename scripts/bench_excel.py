"""What a button costs: the start until the first read, split, and Validate on an open workbook against the closed file.

python scripts/bench_excel.py [ROWS]        needs LibreOffice, which stands in for Excel here; 20,000 CAS rows
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from benchmark import make_book  # noqa: E402 (the path comes first)

STEPS = (
    ("interpreter", "pass"),
    ("... and our entry", "import addin.excel.entry"),
    ("... and xlwings, without pandas", "from addin.excel.lean_xlwings import lean_xlwings; lean_xlwings()"),
    ("... and the button", "import addin.buttons, addin.actions.validate, addin.backends.excel"),
    ("for comparison: a plain import xlwings", "import xlwings"),
)


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The median of a few rounds."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return median(took)


def start_up() -> None:
    """From the start of a process to the button's first line."""
    print("Start of a button's process")
    for name, code in STEPS:
        run = [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(HERE.parent)!r}); {code}"]
        print(f"  {name:<42} {seconds(lambda run=run: subprocess.run(run, check=True)):.3f} s")


def open_against_closed(rows: int) -> None:
    """The same check on the closed file and on the same workbook open in LibreOffice, twice each."""
    from addin.actions.validate import validate, validate_book
    from addin.backends.excel import ExcelBook
    from addin.libreoffice import start

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        closed = folder / "closed.xlsx"
        mistakes = make_book(closed, rows)
        shown = folder / "open.xlsx"
        shown.write_bytes(closed.read_bytes())
        print(f"\nValidate, {rows:,} CAS rows, {mistakes:,} mistakes")
        with start() as app:
            book = app.books.open(str(shown))
            for which in ("first time, all marks are written", "again, nothing to write"):
                files = seconds(lambda: validate(str(closed)), 1)
                live = seconds(lambda: validate_book(ExcelBook(book), "excel:"), 1)
                print(f"  {which:<42} closed {files:.2f} s   open {live:.2f} s   {live / files:.1f} times")


if __name__ == "__main__":
    start_up()
    open_against_closed(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
