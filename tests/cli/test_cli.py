"""The command line: what a coordinator reads, the exit code, and never a traceback, whatever is typed."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from xlsx_books import build
from xlsx_handmade import handmade

from addin import __version__
from addin.cli.main import main, parser
from addin.cli.terminal import say
from addin.cli.verbs import verbs
from addin.core.settings import FILE

HEAD = ["Code", "Last name", "First names", "Session", "Category", "Birth date"]
GOOD = [["0012", "Ito", "Aya", "M27", "C", date(2009, 1, 2)], ["0013", "Bø", "Ann", "M27", "C", date(2009, 3, 4)]]
BAD = [["0012", "Ito", "Aya", "M27", "C", date(2009, 1, 2)], ["0012", None, "Ann", "May", "Z", "31/02/2009"]]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command: its exit code, what it said, what it complained of."""

    def go(*argv: object) -> tuple[int, str, str]:
        try:
            code = main([str(one) for one in argv])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out, said.err

    return go


def book(folder: Path, rows: list[list[object]], name: str = "School.xlsx", sheet: str = "Candidates") -> Path:
    return build(folder / name, {sheet: rows}, {})  # type: ignore[dict-item]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return book(tmp_path, [HEAD, *GOOD])


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return book(tmp_path, [HEAD, *BAD])


def one_sentence(err: str) -> str:
    """The complaint, which is one line."""
    assert err.startswith("ib-trackers: "), err
    assert err.count("\n") == 1, err
    return err


def test_the_exit_code_tells_clean_from_wrong_from_impossible(run: Run, tmp_path: Path, good: Path) -> None:
    assert run("validate", good)[0] == 0
    assert run("validate", book(tmp_path, [HEAD, *BAD], "Bad.xlsx"))[0] == 1
    assert run("validate", tmp_path / "none.xlsx")[0] == 2


def test_validate_says_what_it_found_and_where_it_stands(run: Run, bad: Path) -> None:
    code, out, err = run("validate", bad)
    assert (code, err) == (1, "")
    first, last = out.splitlines()
    assert first == "Candidates: 2 rows, 6 errors, no warnings."
    assert last == f"Marked in {bad}; its sheet Findings lists each with what to do."


def test_nothing_to_mend_is_said(run: Run, good: Path) -> None:
    assert run("validate", good)[1].splitlines()[-1] == "No problems found."


def test_no_write_leaves_the_file_and_its_folder_as_they_are(run: Run, bad: Path) -> None:
    before, names = bad.read_bytes(), sorted(p.name for p in bad.parent.iterdir())
    code, out, _ = run("validate", bad, "--read-only")
    assert (code, bad.read_bytes()) == (1, before)
    assert sorted(p.name for p in bad.parent.iterdir()) == names
    assert "Marked" not in out


def test_findings_as_json_to_the_screen_and_to_a_file_for_oneself(run: Run, bad: Path, tmp_path: Path) -> None:
    _, out, _ = run("validate", bad, "--read-only", "--json", "-")
    found = json.loads(out)
    assert {one["cell"] for one in found} == {"A2", "A3", "B3", "D3", "E3", "F3"}
    assert {*found[0]} == {
        "tracker", "sheet", "row", "id", "column", "cell", "rule", "level", "value", "message", "suggestion", "fix"
    }  # fmt: skip
    to = tmp_path / "found.json"
    run("validate", bad, "--read-only", "--json", to)
    assert json.loads(to.read_text("utf-8")) == found
    assert to.stat().st_mode & 0o777 == 0o600


def test_a_place_that_cannot_be_written_is_one_sentence(run: Run, bad: Path, tmp_path: Path) -> None:
    code, _, err = run("validate", bad, "--read-only", "--json", tmp_path / "nowhere" / "found.json")
    assert code == 2
    assert "nowhere" in one_sentence(err)


def test_one_tracker_is_told_of_while_all_are_checked(run: Run, tmp_path: Path) -> None:
    sheets = {"Candidates": [HEAD, *BAD], "PD": [["Staff", "Workshop", "Start"], [None, "Biology", "soon"]]}
    path = build(tmp_path / "Two.xlsx", sheets, {})  # type: ignore[arg-type]
    _, out, _ = run("validate", path, "--tracker", "pd", "--read-only")
    assert out.startswith("Professional development: 1 row, 2 errors")
    assert "Candidates" not in out


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["validate", "--tracker", "cats", "School.xlsx"], "There is no tracker 'cats'. Did you mean cas?"),
        (["validate", "--tracker", "cas", "School.xlsx"], "no sheet of it is the tracker CAS experiences. It holds: "),
        (["trackers", "cats"], "There is no tracker 'cats'. Did you mean cas?"),
        (["export", "School.xlsx", "--to", "ods", "--out", "x"], "There is no export format 'ods'. There are:"),
        (["export", "School.xlsx", "--to", "csv", "--out", "School.xlsx"], "School.xlsx"),
        (["new", "School.xlsx"], "already exists; it is not overwritten. Choose another name."),
        (["new", "School.ods"], "must end in .xlsx, or in .xlsm for buttons."),
        (["new", "Other.xlsx", "--session", "May"], "'May' is not an exam session. Write it as M27"),
        (["new", "Other.xlsx", "--trackers", "cats"], "There is no tracker 'cats'."),
        (["adopt", "None.xlsx"], "there is no such file. Check the name and the folder."),
        (["import", "None.csv", "--into", "School.xlsx"], "None.csv"),
        (["import", "School.xlsx", "--into", "School.xlsx"], "is the same file as the one to import into."),
        (["report", "School.xlsx", "--out", "report.doc"], "report.doc"),
        (["report", "School.xlsx", "--out", "r.html", "--candidate", "9999"], "9999"),
        (["sync", "School.xlsx"], "link"),
        (["history", "School.xlsx"], ""),
        (["undo", "School.xlsx"], ""),
        (["conflicts", "School.xlsx"], ""),
        (["validate", "*.xlsm"], "no workbook has such a name."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_a_person_can_mend_is_one_sentence(
    run: Run, good: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], says: str
) -> None:
    monkeypatch.chdir(good.parent)
    before = good.read_bytes()
    code, out, err = run(*argv)
    assert good.read_bytes() == before
    if not says and code == 0:
        assert out
        return
    assert code == 2
    assert says in one_sentence(err)


@pytest.mark.parametrize("verb", [name.strip("_").replace("_", "-") for name in verbs()])
def test_every_verb_refuses_what_it_does_not_know(run: Run, verb: str) -> None:
    code, _, err = run(verb, "--no-such-option")
    assert code == 2
    assert one_sentence(err).startswith("ib-trackers: ")


def test_no_verb_and_a_wrong_one_and_the_version(run: Run) -> None:
    assert run()[0] == run("valdate")[0] == 2
    assert run("--version")[1].strip() == f"ib-trackers {__version__}"
    assert "New here? ib-trackers demo" in parser().format_help()


def test_trackers_are_listed_and_explained(run: Run) -> None:
    code, out, _ = run("trackers")
    assert code == 0
    listed = [line.split()[0] for line in out.splitlines()]
    assert listed[0] == "candidates"
    assert listed.index("registrations") < listed.index("cas")
    assert "learning outcomes" in run("trackers", "cas")[1]


def test_adopt_says_what_it_understood_and_when_it_understood_nothing(run: Run, tmp_path: Path) -> None:
    path = book(tmp_path, [["Paper", "Euro"], ["A4", 3]], sheet="Budget")
    before = path.read_bytes()
    code, out, _ = run("adopt", path)
    assert (code, path.read_bytes()) == (1, before)
    nothing, what_next = out.splitlines()[-2:]
    assert nothing == f"Nothing in {path} was recognised, and nothing was written."
    assert what_next.startswith("Give the columns headers that a tracker knows")
    code, out, _ = run("adopt", book(tmp_path, [HEAD, *GOOD], "Mine.xlsx"), "--dry-run")
    assert code == 0
    assert "Candidates: Candidates, headers in row 1." in out
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("session = M27", "is not valid TOML"),
        ("settings = 3", "[settings] is not written correctly"),
        ("[layout.candidates]\nsheet = 'x'", "[[layout.candidates]] is not written correctly"),
        ("[[layout.candidates]]\nsheet = 3", "[[layout.candidates]] is not written correctly"),
        ("links = ['a']", "[[links]] is not written correctly"),
    ],
)
@pytest.mark.parametrize("verb", ["validate", "adopt"])
def test_a_mistake_in_the_settings_is_named_with_its_file(
    run: Run, good: Path, settings: str, says: str, verb: str
) -> None:
    (good.parent / FILE).write_text(settings)
    code, _, err = run(verb, good)
    assert code == 2
    assert says in one_sentence(err)
    assert str(good.parent / FILE) in err


def test_a_mistake_in_a_schools_own_tracker_is_named_with_its_file(run: Run, good: Path) -> None:
    own = good.parent / "trackers"
    own.mkdir()
    (own / "trips.toml").write_text(
        'title = "Trips"\nsheet = "Candidates"\nkey = ["trip"]\n[columns.trip]\ntype = "colour"'
    )
    code, _, err = run("validate", good)
    assert code == 2
    assert "trips.toml" in one_sentence(err)
    assert "colour" in err


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "the headers of the Candidates tracker were not found"),
        ([["Name", "Phone"], ["Ito", "1"]], "the headers of the Candidates tracker were not found"),
        (GOOD, "the headers of the Candidates tracker were not found"),
    ],
    ids=["empty", "other headers", "no headers"],
)
def test_a_sheet_without_headers_is_said(run: Run, tmp_path: Path, rows: list[list[object]], says: str) -> None:
    code, _, err = run("validate", book(tmp_path, rows))
    assert code == 2
    assert says in one_sentence(err)
    assert "ib-trackers adopt" in err


def test_a_header_that_stands_twice_counts_once_and_validate_does_not_stumble(run: Run, tmp_path: Path) -> None:
    path = book(tmp_path, [[*HEAD, "Category"], [*GOOD[0], "Z"], [*GOOD[1], None]])
    assert run("validate", path, "--read-only")[0] == 0
    code, out, _ = run("adopt", path)
    assert code == 0
    assert "two columns are called Category" in out


def test_a_sheet_of_a_million_empty_rows_takes_no_time(run: Run, tmp_path: Path) -> None:
    text = '<c r="{}1" t="inlineStr"><is><t>{}</t></is></c>'
    cells = "".join(text.format(letter, header) for letter, header in zip("ABCDEF", HEAD, strict=True))
    path = handmade(tmp_path / "Long.xlsx", f'<row r="1">{cells}</row><row r="1048576"><c r="A1048576" s="1"/></row>')
    code, out, _ = run("adopt", path)
    assert code == 0
    assert "Data: no rows" in out
    assert run("validate", path)[0] == 0


def test_strange_text_comes_through_whole(run: Run, tmp_path: Path) -> None:
    long, emoji, rtl = "x" * 32_767, "🎉\u200d🏫", "\u05d9\u05e9\u05e8\u05d0\u05dc"
    path = book(tmp_path, [[*HEAD, "Own"], [*GOOD[0], emoji], ["0014", rtl, emoji, "M27", "C", date(2009, 1, 3), long]])
    assert run("validate", path)[0] == 0
    run("export", path, "--to", "json", "--out", tmp_path / "out.json")
    rows = json.loads((tmp_path / "out.json").read_text("utf-8"))["candidates"]
    assert [rows[0]["Own"], rows[1]["Own"], rows[1]["Last name"]] == [emoji, long, rtl]


def test_text_dates_and_formula_errors_are_findings_in_words(run: Run, tmp_path: Path) -> None:
    rows = [HEAD, [*GOOD[0][:5], "03/04/2009"], [*GOOD[1][:5], "25.12.2009"]]
    found = json.loads(run("validate", book(tmp_path, rows), "--json", "-")[1])
    assert [(one["cell"], one["level"]) for one in found] == [("F2", "error"), ("F3", "warning")]
    assert found[0]["message"] == "Aya Ito (0012): “03/04/2009” can mean 4 Mar 2009 or 3 Apr 2009. Day or month first?"
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    row = "".join(cell.format(f"{letter}1", header) for letter, header in zip("ABC", HEAD, strict=False))
    error = '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2" t="e"><v>#N/A</v></c></row>'
    path = handmade(tmp_path / "Errors.xlsx", f'<row r="1">{row}</row>{error}')
    columns = 'columns = {"Code" = "code", "Last name" = "last_name"}'
    (tmp_path / FILE).write_text(f'[[layout.candidates]]\nsheet = "Data"\nheader_row = 1\n{columns}')
    found = json.loads(run("validate", path, "--json", "-")[1])
    found = [one for one in found if one["cell"] != "A1"]  # columns that are missing
    assert [(one["cell"], one["value"]) for one in found if one["value"]] == [("A2", "#DIV/0!"), ("B2", "#N/A")]


def test_a_workbook_that_is_open_is_left_alone_and_it_is_said_by_whom(run: Run, bad: Path) -> None:
    before = bad.read_bytes()
    lock = bad.with_name(f"~${bad.name}")
    lock.write_bytes(bytes([6]) + b"Ms Ito".ljust(54) + (6).to_bytes(2, "little") + "Ms Ito".encode("utf-16-le"))
    code, _, err = run("validate", bad)
    assert (code, bad.read_bytes()) == (2, before)
    assert "is open in Excel by Ms Ito" in one_sentence(err)
    assert run("validate", bad, "--read-only")[0] == 1


def test_a_folder_that_may_not_be_written_is_said(run: Run, bad: Path) -> None:
    before = bad.read_bytes()
    bad.parent.chmod(0o500)
    try:
        code, _, err = run("validate", bad)
    finally:
        bad.parent.chmod(0o700)
    assert (code, bad.read_bytes()) == (2, before)
    assert "nothing may be written in the workbook's folder" in one_sentence(err)


@pytest.mark.parametrize(
    ("package", "argv", "extra"),
    [
        ("gspread", ["validate", "gsheet:abc"], "google"),
        ("xlwings", ["validate", "excel:"], "excel"),
    ],
)
def test_a_package_that_is_not_installed_is_named_with_its_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, package: str, argv: list[str], extra: str
) -> None:
    def gone(arguments: object) -> int:
        raise ModuleNotFoundError(f"No module named '{package}.client'", name=f"{package}.client")

    monkeypatch.setattr("addin.cli.verbs.validate.run", gone)
    code, _, err = run(*argv)
    assert code == 2
    assert f"pip install 'ib-trackers[{extra}]'" in one_sentence(err)


def test_a_mistake_of_our_own_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(arguments: object) -> int:
        raise ModuleNotFoundError("No module named 'addin.nothing'", name="addin.nothing")

    monkeypatch.setattr("addin.cli.verbs.validate.run", gone)
    with pytest.raises(ModuleNotFoundError):
        main(["validate", "x"])


def test_stopping_by_hand_is_calm(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("addin.cli.verbs.validate.run", stopped)
    assert run("validate", "x")[0] == 2


def test_what_goes_on_running_is_heard_at_once_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """`watch >log` and `web --serve | tee`: the line that says where it is may not wait for a full buffer."""
    log = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(log, "utf-8", write_through=False))
    say("Open http://127.0.0.1:8000/")
    assert log.getvalue().splitlines() == [b"Open http://127.0.0.1:8000/"]


def test_a_console_that_knows_only_ascii_reads_it_all_the_same(tmp_path: Path) -> None:
    path = book(tmp_path, [[*HEAD, "Größe"], [*GOOD[0], 3]], "Schüler.xlsx")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for argv in (["adopt", str(path)], ["validate", str(path)], ["trackers", "cas"], ["--help"], ["import", "--help"]):
        done = subprocess.run(
            [sys.executable, "-m", "addin", *argv], env=environment, capture_output=True, timeout=60, check=False
        )
        assert (done.returncode, done.stderr) == (0, b""), argv
        done.stdout.decode("ascii")
    code = "from addin.cli.main import main; main(['trackers', 'cas']); print('ü')"  # as the help of argparse prints
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, timeout=60, check=True)
    assert done.stdout.endswith(b"?\n")


PROBE = """
import time
from addin.cli.terminal import Progress
import addin.cli.terminal
addin.cli.terminal.PATIENCE = 0.05
with Progress("Reading", "Writing") as tell:
    tell("Writing")
    time.sleep(0.6)
print("done")
"""


def test_progress_is_drawn_on_a_terminal_and_wiped_again() -> None:
    mine, theirs = pty.openpty()
    done = subprocess.run([sys.executable, "-c", PROBE], stderr=theirs, stdout=subprocess.PIPE, timeout=60, check=True)
    os.close(theirs)
    drawn = os.read(mine, 10_000).decode()
    os.close(mine)
    assert "Writing" in drawn
    assert drawn.endswith("\r\x1b[K")
    assert done.stdout == b"done\n"


def test_no_progress_when_piped() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
