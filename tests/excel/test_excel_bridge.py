"""What a person sees when a button is pressed, on Windows, macOS and LibreOffice, when all is well and when it is not.

The bridge's own text runs in pyOpenVBA's interpreter (excel_stage.py says what is played).
"""

import pytest
from excel_stage import LIBREOFFICE, MACOS, WINDOWS, Stage

INFORMATION, EXCLAMATION = 64, 48
EVERYWHERE = pytest.mark.parametrize("system", [WINDOWS, MACOS, LIBREOFFICE])


@EVERYWHERE
def test_all_is_well(system):
    """The message of Python is shown, the status bar is given back, nothing is left waiting."""
    stage = Stage(system)
    assert stage.press() == [("3 errors", INFORMATION)]
    started, later, status = stage.messages()
    assert "validate" in started and "Book1" in started
    assert (later, status) == ("", "False")


@EVERYWHERE
def test_a_problem_looks_like_one(system):
    assert Stage(system, answer=("2", "Excel is busy.")).press() == [("Excel is busy.", EXCLAMATION)]


def test_windows_waits_and_hands_over_the_window():
    stage = Stage(WINDOWS, python=r"C:\my py\pythonw.exe")
    stage.press("IBNextProblem")
    line = stage.messages()[0]
    assert line.startswith(r'"C:\my py\pythonw.exe" -P -m addin.excel.entry next_problem "--wb=Book1" --hwnd=4711 ')
    assert r'"--log=<USERPROFILE>\.ib-trackers\answer-' in line and line.endswith('.txt"|0|True')


@pytest.mark.parametrize("system, macro", [(MACOS, "'Book1'!IBAnswer"), (LIBREOFFICE, "IBAnswer")])
def test_the_others_look_again_in_a_second(system, macro):
    """They must not wait, because Python talks to the very program that would wait."""
    stage = Stage(system, answers=False)
    assert stage.press() == []
    started, later, status = stage.messages()
    assert later == macro and "working on it (validate)" in status
    [(text, _)] = stage.press("IBSync")
    assert "Still working" in text
    assert stage.messages()[0] == started
    assert stage.press("IBAnswer") == []
    assert stage.messages()[1] == macro


def test_macos_hands_the_script_action_answer_and_workbook():
    stage = Stage(MACOS)
    stage.press("IBReport")
    script, handler, packed = stage.messages()[0].split("/", 2)
    assert (script, handler) == ("ib-trackers.applescript", "StartPython")
    action, answer, book = packed.split("|")
    assert (action, book) == ("report", "Book1")
    assert answer.startswith("<HOME>/answer-") and answer.endswith(".txt")


@EVERYWHERE
def test_not_installed(system):
    [(text, icon)] = Stage(system, python="").press()
    assert "not set up" in text and "ib-trackers excel install" in text and icon == EXCLAMATION


@pytest.mark.parametrize("system", [WINDOWS, LIBREOFFICE])
def test_the_interpreter_is_gone(system):
    stage = Stage(system, there=False)
    [(text, _)] = stage.press()
    assert "/py" in text and "ib-trackers excel install" in text
    assert stage.messages() == ["", "", "False"]


def test_windows_forbids_child_processes():
    """Error 70: the rule is named, and so is the way without macros."""
    stage = Stage(WINDOWS, refusal=70)
    [(text, icon)] = stage.press()
    assert "error 70" in text and "child processes" in text and "ib-trackers validate excel:" in text
    assert icon == EXCLAMATION and stage.messages()[2] == "False"


def test_python_stops_without_an_answer():
    [(text, _)] = Stage(WINDOWS, answers=False, exit_code=3).press()
    assert "exit code 3" in text and "ib-trackers excel doctor" in text


def test_the_macos_script_is_missing():
    [(text, _)] = Stage(MACOS, refusal=5).press()
    assert "error 5" in text and "ib-trackers excel install" in text and "ib-trackers validate excel:" in text


def test_the_macos_script_could_not_start_python():
    [(text, _)] = Stage(MACOS, reply="the Python is not there.").press()
    assert "the Python is not there." in text and "ib-trackers excel doctor" in text


@EVERYWHERE
def test_a_second_press_works_after_trouble(system):
    """Trouble leaves nothing behind that would make the next press say "Still working"."""
    stage = Stage(system, python="")
    stage.press()
    assert "Still working" not in stage.press()[0][0]
    stage = Stage(system)
    stage.press()
    assert stage.press() == [("3 errors", INFORMATION)]


def test_after_ten_minutes_it_stops_waiting():
    stage = Stage(LIBREOFFICE, answers=False)
    from datetime import datetime, timedelta

    now = datetime(2027, 1, 31, 23, 55)
    stage.app.freeze_clock(now)
    stage.press()
    stage.app.freeze_clock(now + timedelta(minutes=11))
    [(text, _)] = stage.press("IBAnswer")
    assert "ten minutes" in text and "ib-trackers excel doctor" in text
