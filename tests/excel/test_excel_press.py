"""A form button is really pressed, in LibreOffice: macro, Python, the sheet changes, the macro shows the answer."""

import sys
import time
from pathlib import Path

import pytest
from excel_books import build_workbook
from office_tools import wait_for

from addin import templates
from addin.core.settings import Settings
from addin.workspace.tracker_files import load_all

pytest_plugins = ("office",)
pytestmark = pytest.mark.libreoffice


# Stands between macro and Python, and keeps a copy of each answer: the macro may take it away within milliseconds.
KEEPER = """#!{python}
import os, subprocess, sys
told = next(word for word in sys.argv if word.startswith("--log="))
target = told[len("--log="):]
kept = os.path.join({folder!r}, "kept")
words = ["--log=" + kept if word == told else word for word in sys.argv[1:]]
subprocess.run([{python!r}, *words], check=False)
text = open(kept).read()
open(target + ".part", "w").write(text)
os.replace(target + ".part", target)
os.replace(kept, os.path.join({folder!r}, "told"))
"""


@pytest.fixture
def settings(office):
    """The settings file names this Python, by way of a program in a folder with a space in it."""
    keeper = office.home / "py thon"
    keeper.write_text(KEEPER.format(python=sys.executable, folder=str(office.home)))
    keeper.chmod(0o755)
    file = office.home / "excel.conf"
    file.write_bytes(f"python={keeper}\r\n".encode())
    yield file
    file.unlink(missing_ok=True)


def press(book, caption):
    """Press the form button with this caption on the first sheet, as a screen reader would."""
    book.sheets[0].activate()
    page = book.sheets[0].api.DrawPage.Forms
    models = [page.getByIndex(n).getByIndex(k) for n in range(page.Count) for k in range(page.getByIndex(n).Count)]
    model = next(model for model in models if model.Label == caption)
    context = book.api.CurrentController.getControl(model).getAccessibleContext()
    assert context.getAccessibleActionDescription(0) == "press"
    context.doAccessibleAction(0)


def answers(folder: Path) -> list[Path]:
    return list(folder.glob("answer-*.txt"))


def read_answer(folder: Path) -> str:
    """What Python answered, once the macro has read it and taken it away."""
    messages = folder / "told"
    wait_for(messages.exists, 60)
    text = messages.read_text(encoding="ascii")
    wait_for(lambda: not answers(folder))
    messages.unlink()
    return text


@pytest.mark.parametrize("name", ["School.xlsm", "It's 50% & (1) mine=yours.xlsm"])
def test_every_press_is_answered(office, open_book, settings, tmp_path, name):
    """Twice each: a first answer must not stand in the way of the next."""
    book = open_book(build_workbook(tmp_path / name))
    for _ in range(2):
        press(book, "Help")
        code, _, text = read_answer(office.home).partition("\n")
        assert code == "0" and "says what each button does" in text


@pytest.mark.slow
def test_five_of_five_presses_mark_the_open_unsaved_workbook(office, open_book, settings, tmp_path):
    """What `ib-trackers new School.xlsm` gives, with a row that is wrong in a way never saved to the file."""
    file = tmp_path / "School.xlsm"
    templates.build(file, load_all(), Settings(), {"cas": [{"entry": "e1"}]}, {"cas": ["id01"]})
    saved = file.read_bytes()
    book = open_book(file)
    sheet, findings = book.sheets["CAS"], book.sheets["Findings"]
    header = next(row for row in range(1, 9) if "Candidate" in sheet.range((row, 1), (row, 12)).value)
    cell = sheet.range((header + 1, sheet.range((header, 1), (header, 12)).value.index("Candidate") + 1))
    for number in range(1, 6):
        cell.value, cell.color = f"nobody {number}", None
        press(book, "Validate")
        code, _, text = read_answer(office.home).partition("\n")
        assert code == "0" and "The cells are marked" in text, text
        assert cell.color is not None and "nobody" in cell.note.text
        assert f"nobody {number}" in [line for row in findings.range("A1:L20").value for line in row]
    assert file.read_bytes() == saved


def test_trouble_is_answered_too(office, open_book, settings, tmp_path):
    """This workbook has no tracker sheet that could be checked: a sentence, and no half-finished run."""
    book = open_book(build_workbook(tmp_path / "Empty.xlsm", sheets=("Plain",)))
    press(book, "Validate")
    code, _, text = read_answer(office.home).partition("\n")
    assert code == "2" and "Traceback" not in text and "Unexpected error" not in text, text


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
