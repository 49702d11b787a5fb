"""The guides are true: the tracker in ADD_A_TRACKER.md is read, built, checked and keeps its examples."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import openpyxl
import pytest
from make import TODAY, findings, table

from addin.cli.main import main
from addin.core.settings import Settings
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

GUIDE = Path(__file__).resolve().parents[1] / "sheets_templates" / "ADD_A_TRACKER.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    match = re.search(r"^```toml\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert match
    assert tomllib.loads(match[1])
    (tmp_path / "trackers").mkdir()
    (tmp_path / "trackers" / "parent_meetings.toml").write_text(match[1], encoding="utf-8")
    return tmp_path


def test_the_tracker_of_the_guide_becomes_a_sheet_that_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = folder / "Meetings.xlsx"
    assert main(["new", str(book), "--trackers", "candidates,parent_meetings", "--session", "M27"]) == 0
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Parent meetings"]
    headers = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    assert {"Candidate", "Date", "Topic", "Agreed", "Follow-up on"} <= headers.keys()
    row = next(cell.row for line in sheet.iter_rows(max_row=6) for cell in line if cell.value == "Follow-up on") + 1
    sheet.cell(row, headers["Candidate"], "nobody")
    sheet.cell(row, headers["Topic"], "CAS")
    workbook.save(book)
    capsys.readouterr()
    assert main(["validate", str(book)]) == 1
    assert "Parent meetings: 1 row" in capsys.readouterr().out


def test_its_examples_break_the_rules_that_they_name(folder: Path) -> None:
    trackers = load_all(folder / "trackers")
    of = trackers["parent_meetings"]
    assert of.examples
    for example in of.examples:
        given = {name: table(trackers[name], rows) for name, rows in example.given.items()}
        settings = Settings(today=TODAY, lists=load_lists())
        found = findings(of, example.rows, given=given, others=trackers, settings=settings)
        assert {one.rule for one in found} == set(example.trips), example.name


def test_the_conversation_of_the_page_is_the_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = GUIDE.with_name("OWN_SPREADSHEET.md").read_text("utf-8")
    shown = page.partition("```\n")[2].partition("```")[0].splitlines()
    commands = [number for number, line in enumerate(shown) if line.startswith("$ ")]
    adopt, validate = (shown[commands[0] + 1 : commands[1] - 1], shown[commands[1] + 1 :])
    prompt = re.compile(r"(\[\w+\]|Go ahead\? \[Y/n\]) ?(.*)")
    typed = iter([match[2] for line in adopt if (match := prompt.fullmatch(line))])
    assert len(commands) <= 3 and sum(line.startswith("[") for line in adopt) <= 5  # commands, questions

    def ask(words: str) -> str:
        answer = next(typed)
        print(f"{words}{answer}")  # noqa: T201 - as a terminal shows it
        return answer

    name = "IB Registrations 2027.xlsx"
    shutil.copy(Path(__file__).parent / "actions" / "adopt_corpus" / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr("addin.cli.verbs.adopt._is_terminal", lambda: True)
    assert main(["adopt", name]) == 0
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines() if line.strip()] == adopt
    assert main(["validate", name]) == 1
    assert capsys.readouterr().out.splitlines()[0].startswith(validate[0].partition(",")[0])
