"""Pairs of processes that write one workbook at the same moment: no edit may be lost without a word.

    python scripts/race_writers.py [PAIRS] [--seed N] [--minutes M]

Each pair is two of import, validate, fix, adopt, sync and a direct write, started together. Afterwards
each edit is in the workbook, or its process said that it did not write. The seed is printed; 0 when all is well.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin.backends.xlsx import XlsxBook  # noqa: E402
from addin.cli.main import main as command  # noqa: E402

KINDS = ("import", "import", "validate", "fix", "adopt", "sync", "cells")
DIRECT = """
import sys
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits
from addin.errors import Problem
try:
    book = XlsxBook.open(sys.argv[1])
    grid = book.read(["Candidates"])["Candidates"]
    row = next(n for n in range(1, len(grid.values) + 1) if "IBT id" in grid.values[n - 1]) + int(sys.argv[2])
    book.apply(Edits(cells={("Candidates", row, 3): sys.argv[3]}))
except Problem as problem:
    sys.exit(f"refused: {problem}")
"""


def make_book(folder: Path) -> Path:
    """A small workbook with the candidates tracker."""
    book = folder / "School.xlsx"
    if command(["new", str(book), "--trackers", "candidates", "--session", "M27"]):
        raise SystemExit("the workbook could not be made")
    shutil.copy(book, folder / "Team.xlsx")
    settings = folder / "ib-trackers.toml"
    old = settings.read_text(encoding="utf-8") if settings.exists() else ""
    link = '[[links]]\nname = "all"\ntarget = "Team.xlsx"\ntracker = "candidates"\n'
    settings.write_text(f"{old}\n{link}", encoding="utf-8")
    return book


def writer(kind: str, book: Path, folder: Path, code: str) -> list[str]:
    """The command of one process; `code` is what it brings."""
    program = [sys.executable, "-m", "addin"]
    if kind == "import":
        source = folder / f"{code}.csv"
        source.write_text(
            f"Candidate code,Last name,First names,Session,Category,Birth date\n{code},Name,Kenji,M27,D,16/03/2009\n",
            encoding="utf-8",
        )
        return [*program, "import", str(source), "--into", str(book), "--tracker", "candidates", "--yes"]
    if kind == "cells":
        return [sys.executable, "-c", DIRECT, str(book), "1", f"by {code}"]
    return [*program, kind, str(book), *(["--yes"] if kind == "fix" else [])]


def run_pair(kinds: tuple[str, str], folder: Path, number: int) -> list[str]:
    """Start two writers at the same moment; what was lost."""
    book = folder / "School.xlsx"
    codes = [f"{number:04}{place}7"[-6:] for place in range(2)]
    commands = [writer(kind, book, folder, code) for kind, code in zip(kinds, codes, strict=True)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(one, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder)
        for one in commands
    ]
    ended = [(*one.communicate(timeout=600), one.returncode) for one in started]
    grid = XlsxBook.open(book).read(["Candidates"])["Candidates"]
    there = {str(value) for row in grid.values for value in row if value is not None}
    lost = []
    for kind, code, (out, err, status) in zip(kinds, codes, ended, strict=True):
        if "Traceback" in err:
            lost.append(f"{kind}: traceback: {err.strip().splitlines()[-1]}")
        if kind == "import" and status in (0, 1) and "Nothing was imported" not in out and code not in there:
            lost.append(f"import said that {code} was written, and it is not there: {out.strip()}")
        if kind == "cells" and status == 0 and f"by {code}" not in there and kinds != ("cells", "cells"):
            lost.append(f"cell of {code} is not there")
    if kinds == ("cells", "cells") and sum(status == 0 for *_, status in ended) == 2 and ended[0][2] == 0:
        written = [code for code in codes if f"by {code}" in there]
        if len(written) != 1:
            lost.append("two writers of one cell: neither is there")
    return lost


def main(argv: list[str] | None = None) -> int:
    """Run the pairs; 1 where something was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pairs", nargs="?", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--minutes", type=float, default=600.0, help="no new pair after this time")
    arguments = parser.parse_args(argv)
    chance, started, lost, run = random.Random(arguments.seed), time.monotonic(), 0, 0
    print(f"seed {arguments.seed}, {arguments.pairs} pairs")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_book(folder)
        for number in range(arguments.pairs):
            if time.monotonic() - started > 60 * arguments.minutes:
                break
            run += 1
            kinds = (chance.choice(KINDS), chance.choice(KINDS))
            for problem in run_pair(kinds, folder, number):
                lost += 1
                print(f"pair {number} {kinds}: {problem}")
    print(f"{run} pairs, {lost} lost, {time.monotonic() - started:.0f} s")
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
