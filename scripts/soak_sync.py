"""Soak the pure merge: a million random worlds against the oracle and the laws, with a seed, and a record of it.

    python scripts/soak_sync.py --worlds 1000000 --seed 2026 --record tests/sync/soak_sync.txt

A world is a base of up to six rows and two sides that each did up to five things to it (edit, insert, delete, move,
sort, exchange two values, add, lose and reorder columns). The record is written only when the run came to its end.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests" / "support")]

import sync_oracle as oracle  # noqa: E402 (found through the line above)
from sync_worlds import World, random_world  # noqa: E402

from addin.core.sync import apply, plan  # noqa: E402

LAWS = (
    "both sides hold what the oracle says, so no edit is lost and none lands on another row",
    "every conflict is shown, and nothing else is",
    "a second run writes nothing and shows the same conflicts",
    "exchanging the sides exchanges the plan",
    "an untouched side takes all",
    "after an interruption the next run comes to the same end",
)


def main(argv: list[str] | None = None) -> int:
    """Run the soak; 0 when no law was broken."""
    options = parsed(argv)
    tally: Counter[str] = Counter()
    for number in range(options.worlds):
        world = random_world(Random(f"{options.seed}-{number}"))
        broken = soak(world, tally)
        for law in broken:
            tally[f"broken: {law}"] += 1
            print(f"world {options.seed}-{number} breaks: {law}\n{world}", file=sys.stderr)
        if sys.stderr.isatty() and number % 1000 == 0:
            print(f"\r{number:,}", end="", file=sys.stderr)
    text = record(options, tally)
    print(text, end="")
    if options.record:
        options.record.write_text(text, encoding="utf-8")
    return int(any(name.startswith("broken") for name in tally))


def parsed(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--record", type=Path, help="write the counts to this file")
    return parser.parse_args(argv)


def soak(world: World, tally: Counter[str]) -> list[str]:
    """Check one world; the laws it breaks."""
    base, left, right = world.base, world.left, world.right
    made = plan(base, left, right)
    new_left, new_right = apply(left, made.to_left), apply(right, made.to_right)
    want_left, want_right, clash = oracle.outcome(base, left, right)
    found = {(conflict.row, conflict.column) for conflict in made.conflicts}
    count(made, world, tally)
    end = oracle.meant(new_left), oracle.meant(new_right)
    again, back = plan(made.base, new_left, new_right), plan(base, right, left)
    held = (
        end == (oracle.meant(want_left), oracle.meant(want_right)),
        found == clash and len(found) == len(made.conflicts),
        not again and again.conflicts == made.conflicts,
        (made.to_left, made.to_right) == (back.to_right, back.to_left) and alike(made.base, back.base),
        takes_all(base, right),
        all(comes_to(end, base, *sides) for sides in ((new_left, right), (left, new_right), (new_left, new_right))),
    )
    return [law for law, holds in zip(LAWS, held, strict=True) if not holds]


def alike(one: dict, other: dict) -> bool:
    return oracle.meant(one) == oracle.meant(other)


def takes_all(base: dict, right: dict) -> bool:
    """Whether a left that was not touched becomes the right; a column that the right has lost stays on the left."""
    made = plan(base, base, right)
    lost = oracle.columns(base) - oracle.columns(right) if right else set()
    there = {row: {c: v for c, v in cells.items() if c not in lost} for row, cells in apply(base, made.to_left).items()}
    return not made.to_right and not made.conflicts and oracle.meant(there) == oracle.meant(right)


def comes_to(end: tuple, base: dict, left: dict, right: dict) -> bool:
    """Whether a run on the old base brings both sides to that end."""
    made = plan(base, left, right)
    return end == (oracle.meant(apply(left, made.to_left)), oracle.meant(apply(right, made.to_right)))


def count(made, world: World, tally: Counter[str]) -> None:
    """Count what happened, so that the record shows that the worlds were not idle ones."""
    tally["worlds"] += 1
    tally["worlds in which something was passed on"] += bool(made)
    tally["worlds with a conflict"] += bool(made.conflicts)
    tally["cells passed on"] += len(made.to_left.cells) + len(made.to_right.cells)
    tally["rows added"] += len(made.to_left.rows) + len(made.to_right.rows)
    tally["rows deleted"] += len(made.to_left.drops) + len(made.to_right.drops)
    tally["cells in conflict"] += sum(conflict.column is not None for conflict in made.conflicts)
    tally["rows deleted on one side and edited on the other"] += sum(c.column is None for c in made.conflicts)


def record(options: argparse.Namespace, tally: Counter[str]) -> str:
    """The counts as text."""
    lines = [
        f"Soak of the pure merge, {datetime.now(UTC):%Y-%m-%d}: {tally['worlds']:,} worlds, seed {options.seed}.",
        f"Made by: python scripts/soak_sync.py --worlds {options.worlds} --seed {options.seed}",
        "",
        *(f"{n:>12,}  {name}" for name, n in tally.items() if not name.startswith("broken")),
        "",
        "Violations:",
        *(f"{tally[f'broken: {law}']:>12,}  {law}" for law in LAWS),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
