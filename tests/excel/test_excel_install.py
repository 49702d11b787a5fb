"""Where the installer puts what, on Windows and macOS, looked at as text on any machine; and doctor's lines."""

import os
import re
import shlex
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from office_tools import wait_for

from addin.errors import Problem, SettingsProblem
from addin.excel import doctor
from addin.excel.install import install, plan, uninstall
from addin.excel.paths import platform_name
from addin.excel.settings_file import interpreter, read_python, settings_bytes
from addin.templates.macros.addin_file import addin_bytes

BRIDGE = (files("addin.templates.macros") / "vba" / "IBBridge.bas").read_text()
SCRIPT = (files("addin.excel") / "ib-trackers.applescript").read_text()
WINDOWS = {"USERPROFILE": r"C:\Users\Ann Lee", "APPDATA": r"C:\Users\Ann Lee\AppData\Roaming"}
WINDOWS_PYTHON = r"C:\Users\Ann Lee\venv\Scripts\python.exe"


def test_on_windows():
    items = plan("windows", WINDOWS, r"C:\Users\Ann Lee", WINDOWS_PYTHON)
    assert [str(item.path) for item in items] == [
        r"C:\Users\Ann Lee\.ib-trackers\excel.conf",
        r"C:\Users\Ann Lee\AppData\Roaming\Microsoft\Excel\XLSTART\IB Trackers.xlam",
    ]
    assert items[0].content == b"python=C:\\Users\\Ann Lee\\venv\\Scripts\\python.exe\r\n"
    assert items[1].content == addin_bytes()


def test_on_windows_without_its_variables():
    paths = [str(item.path) for item in plan("windows", {}, r"D:\Home\ann", WINDOWS_PYTHON)]
    assert paths == [
        r"D:\Home\ann\.ib-trackers\excel.conf",
        r"D:\Home\ann\AppData\Roaming\Microsoft\Excel\XLSTART\IB Trackers.xlam",
    ]


def test_on_macos():
    items = plan("macos", {}, "/Users/ann", "/Users/ann/venv/bin/python3")
    library = "/Users/ann/Library"
    assert [str(item.path) for item in items] == [
        f"{library}/Containers/com.microsoft.Excel/Data/ib-trackers.conf",
        f"{library}/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/IB Trackers.xlam",
        f"{library}/Application Scripts/com.microsoft.Excel/ib-trackers.applescript",
    ]
    assert items[0].content == b"python=/Users/ann/venv/bin/python3\r\n"
    assert items[2].content.decode() == SCRIPT


def test_on_linux_only_the_settings():
    [item] = plan("linux", {}, "/home/ann", "/home/ann/venv/bin/python")
    assert str(item.path) == "/home/ann/.ib-trackers/excel.conf"
    [item] = plan("linux", {"IB_TRACKERS_CONF": "/x/y.conf"}, "/home/ann", "/home/ann/venv/bin/python")
    assert str(item.path) == "/x/y.conf"


@pytest.mark.parametrize(
    "said",
    [
        r'Environ("USERPROFILE") & "\.ib-trackers\excel.conf"',
        'Environ("HOME") & "/ib-trackers.conf"',
        'Environ("IB_TRACKERS_CONF")',
        'Environ("HOME") & "/.ib-trackers/excel.conf"',
    ],
)
def test_the_macro_looks_where_the_installer_writes(said):
    """HOME inside Excel for Mac is its sandbox, which is where the macOS file goes."""
    assert said in BRIDGE


def test_the_macos_script_agrees_with_bridge_and_installer():
    """Name, handler, settings file and launch line are the same in all three texts."""
    called = re.search(r'AppleScriptTask\("([^"]+)", "(\w+)"', BRIDGE)
    assert called[1] == "ib-trackers.applescript" and f"on {called[2]}(packed)" in SCRIPT
    assert f"end {called[2]}" in SCRIPT
    assert '"Library/Containers/com.microsoft.Excel/Data/ib-trackers.conf"' in SCRIPT
    assert '" -P -m addin.excel.entry "' in SCRIPT and 'return "started"' in SCRIPT and 'Reply = "started"' in BRIDGE
    assert SCRIPT.isascii()


def shell_lines(**values: str) -> list[str]:
    """What the script's `do shell script` lines hand to the shell, with these variables."""
    lines = []
    for expression in re.findall(r"do shell script (.+)", SCRIPT):
        line = ""
        for quoted, literal, variable in re.findall(r'(quoted form of )?(?:\(?"((?:[^"\\]|\\.)*)"|(\w+))', expression):
            text = literal.replace("\\\\", "\\") if literal else values[variable]
            if literal == "--wb=":
                text += values["bookName"]
            elif literal == "--log=":
                text += values["answerFile"]
            elif variable in ("bookName", "answerFile"):
                continue  # already behind its option, inside the brackets
            line += shlex.quote(text) if quoted else text
        lines.append(line)
    return lines


def test_the_macos_script_reads_the_settings_file_and_starts_python(tmp_path):
    """Its three shell lines, run by this machine's shell: CRLF, umlauts, spaces and quotes go through."""
    python = tmp_path / "Jörg's venv" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    conf, messages = tmp_path / "it's.conf", tmp_path / "answer file 1.txt"
    conf.write_bytes(settings_bytes(str(python), "macos"))
    values = {"actionName": "ping", "bookName": "Bücher & 'mine'|2.xlsm", "answerFile": str(messages)}
    read, test, start = shell_lines(settingsFile=str(conf), python=str(python), **values)
    assert subprocess.run(["sh", "-c", read], capture_output=True, text=True).stdout.strip() == str(python)
    assert subprocess.run(["sh", "-c", test]).returncode == 0
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    assert subprocess.run(["sh", "-c", start], env=env, capture_output=True, timeout=20).stdout == b""
    wait_for(messages.exists)
    assert messages.read_text().startswith("0\nIB Trackers")
    assert subprocess.run(["sh", "-c", shell_lines(settingsFile="", python="/gone", **values)[1]]).returncode != 0


def test_windows_starts_the_python_without_a_window():
    here = {r"C:\venv\Scripts\pythonw.exe"}
    assert interpreter(r"C:\venv\Scripts\python.exe", "windows", here.__contains__) == r"C:\venv\Scripts\pythonw.exe"
    assert interpreter(r"C:\venv\Scripts\python.exe", "windows", lambda path: False) == r"C:\venv\Scripts\python.exe"
    assert interpreter("/venv/bin/python", "macos", lambda path: True) == "/venv/bin/python"


@pytest.mark.parametrize("python", [WINDOWS_PYTHON, r"C:\Users\Jörg\py.exe", r"C:\a=b & c\py.exe"])
def test_the_settings_file_is_read_back(python):
    assert read_python(settings_bytes(python, "windows"), "windows") == python


def test_a_path_that_vba_cannot_read_is_refused():
    with pytest.raises(SettingsProblem, match="code page"):
        settings_bytes(r"C:\Users\東京\py.exe", "windows")


@pytest.mark.parametrize("content", [b"python=/x\n", b"\r\n", b"python=\r\n", b"other=1\r\n"])
def test_a_settings_file_that_vba_would_misread_is_named(content):
    with pytest.raises(SettingsProblem, match="ib-trackers excel install"):
        read_python(content, "linux")


def test_install_doctor_uninstall(tmp_path):
    """The macOS way with this machine's Python: everything is written, found in order, and taken away again."""
    done = install("macos", {}, str(tmp_path))
    written = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.name for path in written} == {"ib-trackers.conf", "IB Trackers.xlam", "ib-trackers.applescript"}
    assert all(any(str(path) in line for line in done) for path in written)
    settings, python = doctor.check_settings(Path(plan("macos", {}, str(tmp_path), "x")[0].path), "macos")
    assert (settings.ok, python) == (True, sys.executable)
    for item in plan("macos", {}, str(tmp_path), sys.executable):
        assert doctor.check_installed(item.path, item.content, item.what).ok
    assert len(uninstall("macos", {}, str(tmp_path))) == 3
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all("was not there" in line for line in uninstall("macos", {}, str(tmp_path)))


def test_a_file_that_excel_holds_is_said_in_a_sentence(tmp_path):
    (tmp_path / ".ib-trackers" / "excel.conf").mkdir(parents=True)  # replacing a folder fails as a held file does
    with pytest.raises(Problem, match="Close Excel"):
        install("linux", {}, str(tmp_path))


def test_doctor_without_excel_says_so_and_checks_the_rest(tmp_path):
    found = doctor.look_over("linux", {}, str(tmp_path))
    assert "runs on Windows and macOS" in found[0].what and not found[0].ok
    what = "\n".join(str(check) for check in found)
    for words in ("does not know which", "Started as a button starts it: IB Trackers", "package xlwings", "ompiled"):
        assert words in what.replace("do not know which", "does not know which")


def test_every_failed_check_has_a_remedy(tmp_path):
    install("linux", {}, str(tmp_path))
    before = doctor.look_over("linux", {}, str(tmp_path))
    assert [check.ok for check in before] == [False] + [True] * (len(before) - 1)
    broken = [
        doctor.check_interpreter("/gone/python"),
        doctor.check_interpreter("/bin/sh"),
        doctor.check_start("/gone/python"),
        doctor.check_start("/bin/false"),
        doctor.check_driver("no_such_package"),
        doctor.check_installed(tmp_path / "IB Trackers.xlam", b"", "tab"),
        doctor.check_installed(tmp_path / ".ib-trackers" / "excel.conf", b"other", "settings"),
        doctor.check_settings(tmp_path / "nowhere.conf", "linux")[0],
    ]
    for check in broken:
        assert not check.ok and check.remedy and "\n" not in str(check)


def test_doctor_names_a_path_that_vba_cannot_read(monkeypatch):
    monkeypatch.setattr(sys, "executable", r"C:\Users\東京\python.exe")
    [check] = doctor.check_files("windows", WINDOWS, r"C:\Users\Ann Lee")
    assert not check.ok and "code page" in check.what and "validate excel:" in check.remedy


def test_an_interpreter_of_another_installation_is_noticed(tmp_path):
    """A stand-in for an old Python that answers, but with another version."""
    old = tmp_path / "python"
    says = 'printf "0\\r\\nIB Trackers 0.0.1, x\\r\\n" > "${a#--log=}"'
    old.write_text(f"#!/bin/sh\nfor a; do case $a in --log=*) {says};; esac; done\n")
    old.chmod(0o755)
    assert "another version" in doctor.check_start(str(old)).what


@pytest.mark.parametrize("system, ours", [("win32", "windows"), ("darwin", "macos"), ("linux", "linux")])
def test_platforms_by_name(system, ours):
    assert platform_name(system) == ours


def test_a_python_that_is_cleaned_away_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(Problem, match="uv tool install"):
        install("linux", {}, str(tmp_path), "/home/ana/.cache/uv/archive-v0/x/bin/python")
    assert list(tmp_path.iterdir()) == []
