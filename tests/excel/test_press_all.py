"""Every button's macro really pressed in LibreOffice: each reaches its Python and brings its answer back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from office_tools import wait_for
from test_press import press

from addin.templates import book as template
from addin.templates import build
from addin.templates.macros.workbook import BUTTONS
from addin.workspace.settings import load
from addin.workspace.tracker_files import load_all

pytest_plugins = ("office",)
pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

CANDIDATES = [{"code": "009001", "last_name": "Berg", "first_names": "Ida", "session": "M27", "category": "D"}]
STOCK = [{"asset": "1", "item": "Atlas", "quantity": 1, "lent_to": "7"}]
SAYS = {
    "register_candidate": "Register sheet is empty", "import": "On Import choose Yes", "export": "Exported",
    "report": "Made ", "share": "not signed in to Google", "roll_over": "session of this", "redacted_copy": "Made ",
    "ibis": "Download it from IBIS", "packs": "Made in ", "calendar": "calendar.ics",
    "held_on": "No person is selected", "help": "says what each button does", "sync": "To share one, press Share",
}  # fmt: skip
"""Action -> what its answer must hold, of those whose answer is known, on Home of a workbook with one candidate."""


@pytest.fixture
def school(office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.Book]:
    """The workbook with every button on Home; each answer is kept where the test can read it."""
    python, home = office.home / "python", tmp_path / "home"
    (home / "Downloads").mkdir(parents=True)
    python.write_text(
        f'#!/bin/sh\nexport HOME="{home}" XDG_CONFIG_HOME="{home}"\nlog=\n'
        f'for word do shift; case "$word" in --log=*) log="${{word#--log=}}"; word="--log={home}/part";; esac; '
        f'set -- "$@" "$word"; done\n"{sys.executable}" "$@"\ncode=$?\n'
        f'cp "{home}/part" "{home}/copy"\nmv "{home}/part" "$log"\nmv "{home}/copy" "{home}/answer"\nexit $code\n'
    )
    python.chmod(0o755)
    (office.home / "excel.conf").write_bytes(f"python={python}\r\n".encode())
    monkeypatch.setattr(template, "HOME_BUTTONS", tuple(BUTTONS))
    path = tmp_path / "School.xlsm"
    trackers = {name: one for name, one in load_all().items() if name in ("candidates", "registrations", "inventory")}
    settings = load(tmp_path, today=date(2026, 11, 1))
    build(path, trackers, settings, {"candidates": CANDIDATES, "inventory": STOCK})
    book = office.books.open(path)
    yield book
    book.close()


def pressed(book: xw.Book, office: Any, home: Path, action: str) -> str:
    """Press the button; what its Python answered, once the macro has taken the answer away."""
    book.sheets["Home"].activate()
    press(book, BUTTONS[action].caption)
    wait_for((home / "answer").exists)
    text = (home / "answer").read_text(encoding="utf-8", errors="replace")
    (home / "answer").unlink()
    wait_for(lambda: not list(office.home.glob("answer-*.txt")))
    return text


def test_every_button_brings_an_answer(school: xw.Book, office: Any, tmp_path: Path) -> None:
    answers = {action: pressed(school, office, tmp_path / "home", action) for action in BUTTONS}
    assert not {action: text for action, text in answers.items() if len(text.strip()) < 5}
    assert not {action: answers[action] for action, says in SAYS.items() if says not in answers[action]}
    print(*(f"--- {action}\n{text}" for action, text in answers.items()), sep="\n")  # noqa: T201 (seen with -s)
    assert not [text for text in answers.values() if "Unexpected error" in text or "does not know" in text]
