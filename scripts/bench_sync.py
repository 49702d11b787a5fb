"""How fast a plan is made: against daff's merger and a pandas merge, on the same tables, in the same run.

    python scripts/bench_sync.py                 20,000 rows x 15 columns, 1 % of the rows changed on each side
    python scripts/bench_sync.py --rows 200000   without daff, which would take minutes
    python scripts/bench_sync.py --edits-only    no rows added or deleted, which is where daff is slow

The line "each row once" is no contender: it is what Python needs to compare each pair of rows a single time and do
nothing else. No plan over rows can be quicker than that.

Processor time is measured, and contenders take turns, so that what else the machine does hits all of them alike; the
ratios are medians over the rounds.
daff and pandas are only needed for the comparison; a missing one is left out and named.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from importlib.util import find_spec
from operator import eq
from pathlib import Path
from pickle import dumps, loads
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from addin.core.sync import guard, plan

Tables = tuple[dict, dict, dict]
TEXTS = [f"text{i}" for i in range(9)]


def tables(rows: int, changed: float = 0.01, edits_only: bool = False, seed: int = 2026) -> Tables:
    """A base and two sides: nine texts, two dates, two numbers, a yes or no, and a half-empty text.

    Of the changed rows of a side three fifths are edited in one cell, one fifth deleted and one fifth added.
    Values are each table's own, as if read from two files; the columns of the sides are named by the same tracker.
    """
    random = Random(seed)
    left = {f"r{i:06d}": row(random) for i in range(rows)}
    names = list(next(iter(left.values())))
    base, other = loads(dumps(left)), loads(dumps(left))
    right = {name: dict(zip(names, cells.values(), strict=True)) for name, cells in other.items()}
    for name, side in (("l", left), ("r", right)):
        touched = random.sample(list(side), max(5, int(rows * changed)))
        edited = touched if edits_only else touched[: len(touched) * 3 // 5]
        for place in edited:
            side[place][random.choice(TEXTS)] = f"edited {random.random()}"
        for i, place in enumerate(touched[len(edited) :]):
            if i % 2:
                del side[place]
            else:
                side[f"new-{name}{i:06d}"] = row(random)
    return base, left, right


def row(random: Random) -> dict:
    day = date(2026, 1, 1)
    return {
        **{name: f"value {random.randrange(10**6)}" for name in TEXTS},
        "start": day + timedelta(random.randrange(400)),
        "end": day + timedelta(random.randrange(400)),
        "count": random.randrange(50),
        "share": random.random() * 100,
        "done": random.random() < 0.5,
        "note": f"note {random.random()}" if random.random() < 0.5 else None,
    }


def with_pandas(base: dict, left: dict, right: dict) -> Callable[[], int]:
    """An outer merge of three frames, and per column what goes left, what goes right and what is in conflict.

    The frames are made beforehand, and deleted rows are not looked at: pandas is spared that.
    """
    import pandas as pd

    def frame(table: dict, mark: str):
        made = pd.DataFrame.from_dict(table, orient="index").add_suffix(mark)
        return made.rename_axis("id").reset_index()

    frames = frame(base, "_b"), frame(left, "_l"), frame(right, "_r")
    columns = list(next(iter(base.values())))

    def merge() -> int:
        both = frames[0].merge(frames[1], on="id", how="outer", indicator="in_left")
        both = both.merge(frames[2], on="id", how="outer", indicator="in_right")
        found = 0
        for column in columns:
            was, mine, theirs = (both[column + mark] for mark in ("_b", "_l", "_r"))
            ours = ~((mine == was) | (mine.isna() & was.isna()))
            others = ~((theirs == was) | (theirs.isna() & was.isna()))
            apart = ~((mine == theirs) | (mine.isna() & theirs.isna()))
            for mask, side in ((ours & ~others, mine), (others & ~ours, theirs), (ours & others & apart, was)):
                found += len(dict(zip(both["id"][mask], side[mask], strict=True)))
        return found

    return merge


def with_daff(base: dict, left: dict, right: dict) -> Callable[[], int]:
    """daff's three-way merger with the id as key; it writes into the left, so each round gets a fresh one."""
    import daff

    head = ["id", *next(iter(base.values()))]
    grids = [[head, *([name, *cells.values()] for name, cells in table.items())] for table in (base, left, right)]

    def merge() -> int:
        flags = daff.CompareFlags()
        flags.addPrimaryKey("id")
        flags.ordered = False
        parent, local, remote = (daff.PythonTableView(grid) for grid in (grids[0], list(map(list, grids[1])), grids[2]))
        return daff.Merger(parent, local, remote, flags).apply()

    return merge


def measured(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Processor seconds per contender and round; they take turns, and nobody pays for another's garbage."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            gc.collect()
            begin = time.process_time()
            run()
            seconds[name].append(time.process_time() - begin)
    return seconds


def compare(
    rows: int = 20_000, rounds: int = 5, slow: bool = True, edits_only: bool = False
) -> dict[str, tuple[float, float]]:
    """name -> (median seconds, how many times the plan's time, as the median over rounds)."""
    base, left, right = tables(rows, edits_only=edits_only)
    contenders: dict[str, Callable[[], object]] = {"plan": lambda: plan(base, left, right)}
    contenders["plan, nothing changed"] = lambda: plan(base, base, base)
    contenders["each row once"] = lambda: list(map(eq, left.values(), map(right.get, left)))
    contenders["guard"] = lambda: guard(base, left, right)
    if find_spec("pandas"):
        contenders["pandas outer merge"] = with_pandas(base, left, right)
    if slow and find_spec("daff"):
        contenders["daff merger"] = with_daff(base, left, right)
    seconds = measured(contenders, rounds)
    return {
        name: (median(taken), median(one / ours for one, ours in zip(taken, seconds["plan"], strict=True)))
        for name, taken in seconds.items()
    }


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--edits-only", action="store_true", help="no rows added or deleted, only cells edited")
    options = parser.parse_args(argv)
    slow = options.rows <= 50_000
    kind = "edited" if options.edits_only else "edited, added or deleted"
    print(f"{options.rows:,} rows x 15 columns, 1 % of the rows {kind} on each side, {options.rounds} rounds")
    for name, (seconds, times) in compare(options.rows, options.rounds, slow, options.edits_only).items():
        print(f"  {name:24} {seconds:9.3f} s  {times:8.1f} x the plan's time")
    for package in ("pandas", "daff"):
        if not find_spec(package):
            print(f"  ({package} is not installed: not compared)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
