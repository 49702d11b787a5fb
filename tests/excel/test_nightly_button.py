"""Nightly: shown first, set up when pressed again, then shown and stopped; another scheduler's jobs stay."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import Workbook

from addin.errors import Problem
from addin.excel.nightly import nightly
from addin.schedule.nightly import FOLDER, SUMMARY

OTHERS = "0 1 * * * backup\n"
LINK = '[[links]]\nname = "A"\ntarget = "gsheet:1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0t1u2v"\ntracker = "cas"\n'


class Cron:
    """A crontab in memory."""

    def __init__(self) -> None:
        self.text = OTHERS

    def __call__(self, command: Sequence[str], given: str) -> subprocess.CompletedProcess[str]:
        if command[-1] == "-":
            self.text = given
        return subprocess.CompletedProcess(command, 0, self.text, "")


@pytest.fixture
def book(tmp_path: Path) -> Any:
    Workbook().save(tmp_path / "School.xlsx")
    return SimpleNamespace(name="School.xlsx", fullname=str(tmp_path / "School.xlsx"))


def test_it_is_shown_set_up_shown_and_stopped(book: Any, tmp_path: Path) -> None:
    cron = Cron()
    shown = nightly(book, scheduler="cron", do=cron)
    assert "02:30: the workbook is checked." in shown and "synced" not in shown and cron.text == OTHERS
    assert nightly(book, scheduler="cron", do=cron).endswith("Nightly shows it, and stops it.")
    assert "schedule run validate" in cron.text and cron.text.startswith(OTHERS)
    shown = nightly(book, scheduler="cron", do=cron)
    assert shown.startswith("Every night: the check at 02:30. Nothing needs you.")
    (tmp_path / FOLDER).mkdir(exist_ok=True)
    (tmp_path / FOLDER / SUMMARY).write_text("3 errors")
    assert SUMMARY in nightly(book, scheduler="cron", do=cron)  # something else to read: it is shown before it stops
    assert nightly(book, scheduler="cron", do=cron) == "Nothing runs by itself any more."
    assert cron.text == OTHERS


def test_where_a_sheet_is_shared_it_syncs_too(book: Any, tmp_path: Path) -> None:
    (tmp_path / "ib-trackers.toml").write_text(LINK, encoding="utf-8")
    cron = Cron()
    assert "02:40: the shared sheets are synced." in nightly(book, scheduler="cron", do=cron)
    nightly(book, scheduler="cron", do=cron)
    assert "schedule run sync" in cron.text


def test_a_workbook_that_was_never_saved_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="saved workbook"):
        nightly(SimpleNamespace(name="Book1", fullname="Book1"), scheduler="cron", do=Cron())  # type: ignore[arg-type]
