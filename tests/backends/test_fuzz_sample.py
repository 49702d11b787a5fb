"""Workbooks that hung, filled the memory or broke off: each ends in a sentence or a grid, within seconds."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

import pytest

from addin.backends.xlsx import XlsxBook
from addin.errors import BookProblem
from scripts import fuzz_workbooks as fuzz

SEEDS = (3, 16, 54, 60, 62, 1001, 5003)
SLOW = {"shared formulas", "wide rows", "wide blanks", "last row"}


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n in SLOW else n for n in fuzz.HOSTILE])
def test_a_hostile_workbook_takes_no_time_and_ends_in_a_sentence_or_a_grid(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(fuzz.packed(fuzz.HOSTILE[name](fuzz.base(random.Random(3)), random.Random(2))))
    start = time.process_time()
    try:
        book = XlsxBook.open(path)
        grids = book.read(book.sheets())
        assert all(len(grid.values) <= 1_048_576 for grid in grids.values())
    except BookProblem as problem:
        assert problem.where and problem.next
        assert not any(word in str(problem) for word in ("Error", "index", "invalid literal"))
    assert time.process_time() - start < fuzz.SECONDS


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="runs each input in a fork")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_sample_of_the_fuzz_run_goes_through_all_verbs(tmp_path: Path, seed: int) -> None:
    from addin.cli.main import main

    assert main(["new", str(tmp_path / "School.xlsx"), "--session", "M27", "--trackers", "candidates"]) == 0
    assert fuzz.run(*fuzz.made(seed), tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_a_pipe_or_a_device_is_no_workbook(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    for path in (tmp_path / "pipe.xlsx", Path("/dev/zero")):
        with pytest.raises(BookProblem, match="not a file"):
            XlsxBook.open(path)


def test_a_damaged_file_names_a_backup_only_where_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(BookProblem) as raised:
        XlsxBook.open(path)
    assert ".ib-trackers" not in str(raised.value) and "Restore an older version" in str(raised.value)
    kept = tmp_path / ".ib-trackers" / "backups" / "a.2026-11-29-101010-000000.xlsx"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"older")
    with pytest.raises(BookProblem) as raised:
        XlsxBook.open(path)
    assert kept.name in str(raised.value)
