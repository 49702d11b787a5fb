"""A form button is really pressed, in LibreOffice: the macro starts Python, Python answers, the macro reads it.

What the buttons then do to the sheets is tested where the buttons are; here it is the bridge between the two.
"""

import sys
import time
from pathlib import Path

import pytest
from excel_books import build_workbook
from office_tools import wait_for

pytest_plugins = ("office",)
pytestmark = pytest.mark.libreoffice


@pytest.fixture
def settings(office):
    """The settings file names this Python, by way of a folder with a space in it."""
    python = office.home / "py thon"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    file = office.home / "excel.conf"
    file.write_bytes(f"python={python}\r\n".encode())
    yield file
    file.unlink(missing_ok=True)


def press(book, caption):
    """Press the form button with this caption on the first sheet, as a screen reader would."""
    page = book.sheets[0].api.DrawPage.Forms
    models = [page.getByIndex(n).getByIndex(k) for n in range(page.Count) for k in range(page.getByIndex(n).Count)]
    model = next(model for model in models if model.Label == caption)
    context = book.api.CurrentController.getControl(model).getAccessibleContext()
    assert context.getAccessibleActionDescription(0) == "press"
    context.doAccessibleAction(0)


def answers(folder: Path) -> list[Path]:
    return list(folder.glob("answer-*.txt"))


def read_answer(folder: Path) -> str:
    """The answer while it lies there, then wait until the macro has taken it away."""

    def look():
        for file in answers(folder):
            try:
                return file.read_text(encoding="ascii")
            except FileNotFoundError:
                return ""
        return ""

    text = wait_for(look)
    wait_for(lambda: not answers(folder))
    return text


@pytest.mark.parametrize("name", ["School.xlsm", "It's 50% & (1) mine=yours.xlsm"])
def test_every_press_is_answered(office, open_book, settings, tmp_path, name):
    """Twice each: a first answer must not stand in the way of the next."""
    book = open_book(build_workbook(tmp_path / name))
    for _ in range(2):
        press(book, "Help")
        code, _, text = read_answer(office.home).partition("\n")
        assert code == "0" and text.startswith("Validate checks every tracker")


def test_trouble_is_answered_too(office, open_book, settings, tmp_path):
    """This workbook has no tracker sheet that could be checked: a sentence, and no half-finished run."""
    book = open_book(build_workbook(tmp_path / "Empty.xlsm", sheets=("Plain",)))
    press(book, "Validate")
    code, _, text = read_answer(office.home).partition("\n")
    assert code == "2" and "Traceback" not in text and "nobody foresaw" not in text, text


def test_without_an_interpreter_nothing_hangs(office, open_book, settings, tmp_path):
    """The macro says so (headless, the message closes by itself), and the next press works again."""
    book = open_book(build_workbook(tmp_path / "School.xlsm"))
    good = settings.read_bytes()
    settings.write_bytes(b"python=/gone/python\r\n")
    press(book, "Help")
    time.sleep(0.3)
    assert not answers(office.home)
    settings.write_bytes(good)
    press(book, "Help")
    assert read_answer(office.home).startswith("0\n")
