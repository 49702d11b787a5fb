"""A plan takes time in proportion to the number of cells, and a quiet night costs next to nothing."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from addin.sync import guard, plan

sys.path.append(str(Path(__file__).resolve().parent.parent / "scripts"))

from bench_sync import tables


def seconds(work, times=3):
    """Processor seconds, so that other work on the machine does not count."""
    taken = []
    for _ in range(times):
        gc.collect()
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return median(taken)


@pytest.mark.slow
@pytest.mark.parametrize("work", [plan, guard])
def test_eight_times_the_rows_take_about_eight_times_as_long(work):
    small, large = tables(4_000), tables(32_000)
    assert seconds(lambda: work(*large)) < 3 * 8 * seconds(lambda: work(*small), 7)


@pytest.mark.slow
def test_every_row_edited_on_both_sides_is_still_linear():
    """The worst night there is: nothing can be passed over."""
    small, large = tables(1_000, changed=1.0, edits_only=True), tables(8_000, changed=1.0, edits_only=True)
    assert seconds(lambda: plan(*large)) < 3 * 8 * seconds(lambda: plan(*small), 7)


def test_the_tables_of_the_benchmark_hold_what_they_say():
    base, left, right = tables(1_000)
    made = plan(base, left, right)
    assert (len(made.to_left.cells), len(made.to_right.cells)) == (6, 6)
    assert {len(change) for side in (made.to_left, made.to_right) for change in (side.rows, side.drops)} == {2}
    assert {len(cells) for cells in base.values()} == {15}
