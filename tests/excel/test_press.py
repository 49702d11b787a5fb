"""The form buttons of a built workbook, really pressed in LibreOffice: press, macro, Python, the open sheet changes.

Nothing is faked: the workbook is the one that `ib-trackers new` builds, the macro is its own, and the Python that the
macro starts attaches to this LibreOffice by its pipe. The workbook is never saved.
"""

import sys
import time
from datetime import date
from pathlib import Path

import pytest
import xlwings as xw
from office_tools import wait_for

from addin.core.checks import marks
from addin.templates import build
from addin.workspace.settings import load
from addin.workspace.tracker_files import load_all

pytest_plugins = ("office",)
pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

CANDIDATES = [{"code": f"0001-{number:04}", "last_name": "Doe", "first_names": "Ana"} for number in range(1, 4)]
CAS = [
    {"entry": "1", "candidate": "0001-0001", "kind": "Experience", "title": "Chess", "start": date(2026, 9, 1)},
    {"entry": "2", "candidate": "0001-0002", "kind": "Project", "title": "Garden", "start": date(2026, 9, 1)},
    {"entry": "2", "candidate": "0009-0009", "kind": "Sleep", "title": "=1+1", "start": date(2026, 9, 1)},
]


@pytest.fixture
def school(office: xw.App, tmp_path: Path):
    """The workbook, open, and Python set up for this person, in a folder with a space."""
    python = office.home / "a python" / "python"  # type: ignore[attr-defined]
    python.parent.mkdir(exist_ok=True)
    done = office.home / "answered"  # type: ignore[attr-defined]  # stays until the test has seen it, unlike the answer
    python.write_text(f'#!/bin/sh\n"{sys.executable}" "$@"\ncode=$?\n: > "{done}"\nexit $code\n')
    python.chmod(0o755)
    (office.home / "excel.conf").write_bytes(f"python={python}\r\n".encode())  # type: ignore[attr-defined]
    path = tmp_path / "Our School.xlsm"
    trackers = {name: tracker for name, tracker in load_all().items() if name in ("candidates", "cas")}
    build(path, trackers, load(tmp_path, today=date(2026, 11, 1)), {"candidates": CANDIDATES, "cas": CAS})
    book = office.books.open(path)
    yield book
    assert path.stat().st_mtime < time.time(), "the file is looked at, never written"
    book.close()


def press(book: xw.Book, caption: str) -> None:
    """Press the form button with this caption, through its accessibility action, as a screen reader does."""
    doc = book.api
    for sheet in book.sheets:
        forms = sheet.api.DrawPage.Forms
        for form in (forms.getByIndex(index) for index in range(forms.Count)):
            for model in (form.getByIndex(index) for index in range(form.Count)):
                if model.Label == caption:
                    sheet.activate()
                    context = doc.CurrentController.getControl(model).getAccessibleContext()
                    assert context.getAccessibleActionDescription(0) == "press"
                    context.doAccessibleAction(0)
                    return
    raise AssertionError(f"there is no button {caption!r}")


def findings(book: xw.Book) -> list[tuple[str, str]]:
    """Sheet and cell of each finding that the workbook shows."""
    sheet = book.sheets[marks.SHEET]
    return [(row[1], row[2]) for row in sheet.used_range.options(ndim=2).value[1:] if row[2]]


def answers(office: xw.App) -> list[Path]:
    return list(office.home.glob("answer-*.txt"))  # type: ignore[attr-defined]


def press_and_wait(book: xw.Book, office: xw.App, caption: str) -> float:
    """Press, and wait until the macro has taken Python's answer away; the seconds until the answer was there."""
    start = time.monotonic()
    press(book, caption)
    done = office.home / "answered"  # type: ignore[attr-defined]
    wait_for(done.exists)
    took = time.monotonic() - start
    wait_for(lambda: not answers(office))
    done.unlink()
    return took


@pytest.mark.parametrize("number", range(5))
def test_validate_marks_the_open_unsaved_workbook(school: xw.Book, office: xw.App, number: int) -> None:
    unsaved = f"0008-{number:04}"
    school.sheets["CAS"]["B5"].value = "'" + unsaved  # typed a moment ago, not saved
    before = Path(school.fullname).read_bytes()
    print(f"Validate: {press_and_wait(school, office, 'Validate'):.2f} s")  # noqa: T201 (seen with -s)
    assert Path(school.fullname).read_bytes() == before
    assert ("CAS", "B5") in findings(school)
    cell = school.sheets["CAS"]["B5"]
    assert cell.color == tuple(bytes.fromhex(marks.FILLS["error"])) and unsaved in cell.note.text


def test_next_problem_selects_the_cell(school: xw.Book, office: xw.App) -> None:
    press_and_wait(school, office, "Validate")
    press_and_wait(school, office, "Next problem")
    chosen = office.selection
    assert (chosen.sheet.name, chosen.get_address(False, False)) == findings(school)[0]


def test_without_python_the_macro_says_so_and_starts_nothing(school: xw.Book, office: xw.App) -> None:
    (office.home / "excel.conf").unlink()  # type: ignore[attr-defined]
    press(school, "Validate")
    assert not answers(office) and not findings(school)
