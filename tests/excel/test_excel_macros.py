"""The macros compile, and the Windows command line they build starts the right thing whatever a workbook is called."""

from importlib.resources import files

import pytest
from excel_books import build_workbook
from excel_readers import needed
from excel_vba_gate import problems

from addin.excel.doctor import launch_line
from addin.excel.entry import Request, parse
from addin.templates.macros.workbook import MODULES

SOURCES = {
    name: (files("addin.templates.macros") / "vba" / f"{name}.bas").read_text(encoding="ascii") for name in MODULES
}
SUB = "Option Explicit\nSub X()\n"
SEEDED = {
    "a variable that is not declared": SUB + "    y = 3\nEnd Sub\n",
    "a procedure that is not there": SUB + "    NoSuch 1\nEnd Sub\n",
    "an If without End If": SUB + "    If 1 Then\nEnd Sub\n",
    "EndSub in one word": SUB + "EndSub\n",
    "a string left open": SUB + '    MsgBox "a\nEnd Sub\n',
}
PYTHON = r"C:\Users\Ann Lee\.venv\Scripts\pythonw.exe"
ANSWER = r"C:\Users\Ann Lee\.ib-trackers\answer-1.txt"


def test_the_macros_compile():
    assert problems(SOURCES) == []


@pytest.mark.parametrize("mistake", SEEDED)
def test_the_compile_check_finds(mistake):
    assert problems({"Seeded": SEEDED[mistake]})


def test_the_compile_check_finds_a_module_left_out():
    assert problems({"IBButtons": SOURCES["IBButtons"]})


@pytest.mark.parametrize("broken", ["IBStart", "ReadAnswer", "IBSettingsFile"])
def test_the_compile_check_finds_a_renamed_procedure(broken):
    """Our own text with one definition renamed and its callers forgotten."""
    bridge = SOURCES["IBBridge"].replace(f"Public Sub {broken}(", "Public Sub Other(")
    bridge = bridge.replace(f"Private Sub {broken}(", "Private Sub Other(")
    bridge = bridge.replace(f"Private Function {broken}(", "Private Function Other(")
    assert problems({**SOURCES, "IBBridge": bridge})


def test_libreoffice_needs_no_optional_parameters():
    """LibreOffice 7.4 drops the whole project, without a word, for a named constant as a parameter's default."""
    assert "Optional" not in SOURCES["IBBridge"]


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory):
    """pyOpenVBA runs the macro's text: the Windows branch, which nothing on Linux can start."""
    path = build_workbook(tmp_path_factory.mktemp("interpreter") / "School.xlsm")
    return needed("pyopenvba.apps.excel").ExcelApplication.open(str(path))


BOOKS = ["School.xlsm", "My book & 50% (1).xlsm", "a=b.xlsm", "Bücher.xlsm", "it's ^ %PATH% !.xlsm", "CAS;M27, v2.xlsm"]


@pytest.mark.parametrize("book", BOOKS)
def test_windows_passes_every_workbook_name_whole(interpreter, book):
    """From the macro's text, through Windows' rules for splitting, to what Python's side understands."""
    line = interpreter.run("IBCommand", PYTHON, "validate", book, " --hwnd=197312", ANSWER)
    words = split_as_windows(line)
    assert words[:4] == [PYTHON, "-P", "-m", "addin.excel.entry"]
    asked = parse(words[4:], "windows")
    assert (asked.action, asked.book, asked.window, asked.pipe) == ("validate", book, 197312, "")
    assert str(asked.answer) == ANSWER


def test_doctor_starts_what_the_macro_starts(interpreter):
    line = interpreter.run("IBCommand", PYTHON, "ping", "", "", ANSWER)
    assert split_as_windows(line) == launch_line(PYTHON, "ping", "", ANSWER)


def test_python_knows_every_action_of_the_macros():
    assert parse([], "windows") == Request("ping")
    assert parse(["sync", "--wb=x", "--hwnd=oops", "--new=1"], "windows") == Request("sync", "x")


def split_as_windows(line: str) -> list[str]:
    """How Windows programs split their command line when no backslash stands before a quote."""
    words, word, quoted = [], "", False
    for letter in line + " ":
        if letter == '"':
            quoted = not quoted
        elif letter == " " and not quoted:
            words += [word] if word else []
            word = ""
        else:
            word += letter
    return words
