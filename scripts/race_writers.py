"""Pairs of processes that write one workbook at the same moment: no edit may be lost without a word.

    python scripts/race_writers.py [PAIRS] [--seed N] [--minutes M]

Each pair is two of import, register, validate, fix, adopt, sync and a direct write, started together. Afterwards
each edit is in the workbook, or its process said that it did not write. The seed is printed; 0 when all is well.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin.backends.xlsx import XlsxBook  # noqa: E402
from addin.cli.main import main as command  # noqa: E402
from addin.core.book import Edits  # noqa: E402
from addin.errors import Problem  # noqa: E402

KINDS = ("import", "import", "register", "validate", "fix", "adopt", "sync", "cells")
Ended = tuple[str, str, int]
"""What a process said, what it complained about, and its exit code."""


def write_cell(book: Path, text: str) -> int:
    """Write one cell below the headers, past all verbs, as a script would."""
    try:
        opened = XlsxBook.open(book)
        grid = opened.read(["Candidates"])["Candidates"]
        row = 1 + next(n for n in range(1, len(grid.values) + 1) if "IBT id" in grid.values[n - 1])
        opened.apply(Edits(cells={("Candidates", row, 3): text}))
    except Problem as problem:
        print(f"refused: {problem}", file=sys.stderr)
        return 1
    return 0


def make_book(folder: Path) -> Path:
    """A small workbook with the candidates tracker."""
    book = folder / "School.xlsx"
    if command(["new", str(book), "--trackers", "candidates,registrations", "--session", "M27"]):
        raise SystemExit("the workbook could not be made")
    shutil.copy(book, folder / "Team.xlsx")
    settings = folder / "ib-trackers.toml"
    old = settings.read_text(encoding="utf-8") if settings.exists() else ""
    link = '[[links]]\nname = "all"\ntarget = "Team.xlsx"\ntracker = "candidates"\n'
    settings.write_text(f"{old}\n{link}", encoding="utf-8")
    return book


def writer(kind: str, book: Path, folder: Path, code: str) -> Callable[[], int]:
    """What one process does; `code` is what it brings."""
    if kind == "cells":
        return lambda: write_cell(book, f"by {code}")
    if kind == "import":
        source = folder / f"{code}.csv"
        source.write_text(
            f"Candidate code,Last name,First names,Session,Category,Birth date\n{code},Name,Kenji,M27,D,16/03/2009\n",
            encoding="utf-8",
        )
        return lambda: command(["import", str(source), "--into", str(book), "--tracker", "candidates", "--yes"])
    if kind == "register":
        details = ("--code", code, "--last-name", "Name", "--first-names", "Aya", "--birth-date", "2009-03-16")
        return lambda: command(["register", str(book), *details, "--subject", "Biology HL", "--category", "C"])
    return lambda: command([kind, str(book), *(["--yes"] if kind == "fix" else [])])


def start(do: Callable[[], int], gate: tuple[int, int], said: Path) -> int:
    """Fork a process that waits until its parent closes the gate, and then does it; its id."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        os.close(gate[1])
        with said.with_suffix(".out").open("w") as out, said.with_suffix(".err").open("w") as err:
            os.read(gate[0], 1)
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                try:
                    code = do()
                except BaseException:
                    traceback.print_exc()
    finally:
        os._exit(code)


def together(jobs: Sequence[Callable[[], int]], folder: Path) -> list[Ended]:
    """Run each job in a process of its own, all released at the same moment."""
    gate = os.pipe()
    names = [folder / f"process{number}" for number in range(len(jobs))]
    children = [start(do, gate, name) for do, name in zip(jobs, names, strict=True)]
    for end in gate:
        os.close(end)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return [
        (name.with_suffix(".out").read_text(), name.with_suffix(".err").read_text(), code)
        for name, code in zip(names, codes, strict=True)
    ]


def run_pair(kinds: tuple[str, str], folder: Path, number: int) -> list[str]:
    """Start two writers at the same moment; what was lost."""
    book = folder / "School.xlsx"
    codes = [f"{number:04}{place}7"[-6:] for place in range(2)]
    ended = together([writer(kind, book, folder, code) for kind, code in zip(kinds, codes, strict=True)], folder)
    grid = XlsxBook.open(book).read(["Candidates"])["Candidates"]
    there = {str(value) for row in grid.values for value in row if value is not None}
    lost = []
    for kind, code, (out, err, status) in zip(kinds, codes, ended, strict=True):
        if "Traceback" in err or "Unexpected error" in err or status not in (0, 1, 2):
            lost.append(f"{kind}: code {status}: {err.strip().splitlines()[-1:]}")
        if kind == "import" and status in (0, 1) and "Nothing was imported" not in out and code not in there:
            lost.append(f"import said that {code} was written, and it is not there: {out.strip()}")
        if kind == "register" and status == 0 and code not in there:
            lost.append(f"register said that {code} was written, and it is not there: {out.strip()}")
        if kind == "cells" and status == 0 and f"by {code}" not in there and kinds != ("cells", "cells"):
            lost.append(f"cell of {code} is not there")
    if kinds == ("cells", "cells") and sum(status == 0 for *_, status in ended) == 2:
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
