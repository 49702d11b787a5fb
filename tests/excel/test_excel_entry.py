"""A button always gets an answer: its message, or one sentence that says what to do; never a traceback."""

import os
import stat
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from addin.backends.excel import window as attach
from addin.errors import BookProblem, Problem
from addin.excel import answer, entry, reasons
from addin.excel import paths as places


@dataclass
class OpenBook:
    name: str


@dataclass
class OpenApp:
    """What `find_book` looks at in an xlwings App."""

    names: list[str]
    hwnd: int = 0
    books: list[OpenBook] = field(init=False)

    def __post_init__(self):
        self.books = [OpenBook(name) for name in self.names]


@pytest.fixture
def buttons(monkeypatch):
    """A stand-in for addin.excel.buttons, and for the search for the open book."""
    module = ModuleType("addin.excel.buttons")
    module.BUTTONS = {}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "addin.excel.buttons", module)
    monkeypatch.setattr(attach, "open_workbook", lambda name, window, pipe: OpenBook(name))
    return module.BUTTONS


def pressed(action: str, folder: Path, *more: str) -> tuple[str, str]:
    """(exit code, message) as the macro reads them."""
    file = folder / "answer-20270101-1.txt"
    code = entry.main([action, "--wb=School.xlsm", f"--log={file}", *more])
    first, _, rest = file.read_bytes().decode("ascii").partition("\r\n")
    assert first == str(code)
    return first, rest.replace("\r\n", "\n").strip()


def test_the_message_of_the_button_is_the_answer(buttons, tmp_path):
    buttons["validate"] = lambda book: f"{book.name}: 3 errors."
    assert pressed("validate", tmp_path) == ("0", "School.xlsm: 3 errors.")


def test_a_button_without_a_message_still_answers(buttons, tmp_path):
    buttons["sync"] = lambda book: ""
    assert pressed("sync", tmp_path) == ("0", "Done.")


def test_a_problem_is_said_as_it_is(buttons, tmp_path):
    def export(book):
        raise Problem("The folder is full.", where="out", next="Make room.")

    buttons["export"] = export
    assert pressed("export", tmp_path) == ("2", "out: The folder is full. Make room.")


def test_a_button_that_python_does_not_know(buttons, tmp_path):
    code, text = pressed("forecast", tmp_path)
    assert code == "2"
    assert "forecast" in text and "ib-trackers excel install" in text


def test_an_unforeseen_error_names_itself_and_leaves_no_personal_data_in_the_log(buttons, tmp_path):
    def validate(book):
        raise ValueError("Maria Lopez has no number")

    buttons["validate"] = validate
    code, text = pressed("validate", tmp_path)
    assert code == "2"
    assert "ValueError: Maria Lopez has no number" in text and "Traceback" not in text
    kept = (tmp_path / "last-error.txt").read_text()
    assert "validate" in kept and "test_excel_entry.py" in kept and "ValueError" in kept
    assert "Maria" not in kept and "School.xlsm" not in kept


def test_a_button_that_ends_the_program_still_answers(buttons, tmp_path):
    """A library that calls sys.exit must not leave the macro waiting."""

    def validate(book):
        raise SystemExit(3)

    buttons["validate"] = validate
    assert pressed("validate", tmp_path)[0] == "2"


def test_the_answer_is_whole_private_and_readable_by_vba(tmp_path):
    file = tmp_path / "answer-1.txt"
    answer.write_answer(file, 1, "Müller – “CAS”…\nsecond line", "macos")
    assert file.read_bytes() == b'1\r\nMuller - "CAS"...\r\nsecond line\r\n'
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["answer-1.txt"]


def test_windows_reads_its_own_code_page():
    assert answer.encoded("Müller 東", "windows") == "Müller ?".encode("cp1252")


def test_a_long_message_fits_into_a_message_box():
    shown = answer.shortened("\n".join(f"line {n}" for n in range(500)))
    assert len(shown) < 1000 and shown.endswith("\n...")
    assert all(line.startswith("line ") for line in shown.split("\n")[:-1])
    assert len(answer.shortened("x" * 5000)) < 1000


def test_answers_that_nobody_read_are_deleted_after_a_day(tmp_path):
    old, new, other = (tmp_path / name for name in ("answer-1.txt", "answer-2.txt", "excel.conf"))
    for file in (old, new, other):
        file.write_text("0\n")
    yesterday = time.time() - 25 * 3600
    os.utime(old, (yesterday, yesterday))
    os.utime(other, (yesterday, yesterday))
    entry.main(["ping", f"--log={tmp_path / 'answer-3.txt'}"])
    assert [file.exists() for file in (old, new, other)] == [False, True, True]


def test_the_book_is_found_by_name_in_any_way_of_writing():
    app = OpenApp(["Other.xlsx", "Bu\u0308cher.XLSM"])
    assert attach.find_book([app], "Bücher.xlsm", None) is app.books[1]


def test_the_window_decides_between_two_excels():
    """The same name may be open in two Excels; the one whose button was pressed is meant."""
    apps = [OpenApp(["School.xlsm"], 11), OpenApp(["School.xlsm"], 22)]
    assert attach.find_book(apps, "School.xlsm", 22) is apps[1].books[0]
    for window in (33, None):
        with pytest.raises(BookProblem, match="2 Excel programs"):
            attach.find_book(apps, "School.xlsm", window)


def test_one_book_is_enough_whatever_the_window():
    """Each Excel window has its own number, so a number that fits no program says nothing."""
    app = OpenApp(["School.xlsm", "Other.xlsm"], 11)
    assert attach.find_book([app, OpenApp([], 22)], "School.xlsm", 99) is app.books[0]


def test_a_book_that_is_not_open_is_named():
    with pytest.raises(BookProblem, match=r"School\.xlsm was not found.*Enable Editing"):
        attach.find_book([OpenApp(["Other.xlsm"])], "School.xlsm", None)


class ComError(Exception):
    """As pywin32 raises it: (hresult, text, (code, source, description, help, context, scode), argument)."""

    def __init__(self, hresult, scode=None):
        super().__init__(hresult, "text", (0, "Excel", "text", None, 0, scode), None)
        self.hresult = hresult


class CommandError(Exception):
    """As appscript raises it."""

    def __init__(self, errornumber):
        super().__init__("command failed")
        self.errornumber = errornumber


class ExcelBusyError(Exception):
    """As xlwings raises it on Windows."""


@pytest.mark.parametrize(
    "error, words",
    [
        (ComError(-2147418111), "Finish editing the cell"),
        (ComError(-2147352567, -2146777998), "Finish editing the cell"),
        (ExcelBusyError(), "Finish editing the cell"),
        (CommandError(-1712), "Finish editing the cell"),
        (CommandError(-1743), "Privacy & Security > Automation"),
        (CommandError(-600), "was closed"),
        (ComError(-2147023174), "was closed"),
        (ModuleNotFoundError("no", name="xlwings"), "lacks the package xlwings"),
        (RuntimeError("The cell is on a PROTECTED SHEET."), "Unprotect"),
        (Problem("a", next="b"), "a b"),
    ],
)
def test_what_excel_and_macos_answer_becomes_a_sentence(error, words):
    assert words in reasons.reason(error)


def test_what_nobody_foresaw_has_no_sentence():
    assert reasons.reason(ComError(-2147352567, -2146827284)) is None


def test_a_hanging_excel_gets_an_answer_too(tmp_path):
    """The watchdog answers and ends a process whose main thread is stuck inside Excel."""
    file = tmp_path / "answer-1.txt"
    program = (
        "import sys, time, types\n"
        "from addin.backends.excel import window as attach\n"
        "from addin.excel import entry\n"
        "entry.TIME_LIMIT = 0.3\n"
        "attach.open_workbook = lambda *asked: None\n"
        "pressed = {'validate': lambda book: time.sleep(60)}\n"
        "sys.modules['addin.excel.buttons'] = types.SimpleNamespace(BUTTONS=pressed)\n"
        f"entry.main(['validate', '--wb=x', {f'--log={file}'!r}])\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], timeout=20)
    assert ended.returncode == 2
    assert file.read_text().startswith("2\n") and "Excel is busy" in file.read_text()


def test_started_as_the_macro_starts_it_beside_a_trap(tmp_path):
    """-P: a json.py in the current folder is not imported; no terminal is needed (pythonw has none)."""
    (tmp_path / "json.py").write_text("raise SystemExit('imported the wrong json')")
    file = tmp_path / "answer-1.txt"
    command = [sys.executable, "-P", "-m", "addin.excel.entry", "ping", "--wb=", f"--log={file}"]
    ended = subprocess.run(command, cwd=tmp_path, timeout=60, capture_output=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
    assert file.read_text().startswith("0\nIB Trackers ")


def test_buttons_and_command_line_look_for_the_same_libreoffice():
    from addin.backends.excel import attach as attaching
    from addin.libreoffice import DEFAULT_PIPE

    assert (places.DEFAULT_PIPE, places.PIPE_VARIABLE) == (DEFAULT_PIPE, attaching.PIPE_VARIABLE)


def test_libreoffice_is_asked_only_on_linux_or_by_name():
    assert entry.parse(["help"], "windows").pipe == entry.parse(["help"], "macos").pipe == ""
    assert entry.parse(["help"], "linux").pipe == "ib-trackers"
    assert entry.parse(["help"], "linux", "from-env").pipe == "from-env"
    assert entry.parse(["help", "--pipe=given"], "linux", "from-env").pipe == "given"
