"""ib-trackers.toml is checked once, at the edge: whatever it holds, a person reads one sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from addin.cli.main import main
from addin.core.names import SETTINGS_FILE
from addin.errors import Problem, SettingsProblem
from addin.schedule.nightly import Outcome, nightly
from addin.workspace.settings import load
from addin.workspace.settings_file import read_file

BROKEN = [
    "session = 3", "session = [1]", "session = {a = 1}", "session = 2027-05-01", "session = true", "programme = 3",
    "programme = ['dp']", "trackers = 'cas'", "trackers = [1]", "trackers = {a = 1}", "school = 'x'", "school = []",
    "[school.name]\nx = 1", "settings = 'x'", "settings = [1]", "[[settings]]\nx = 1", "layout = 1", "layout = ['a']",
    "[layout]\ncas = 'x'", "[layout]\ncas = [1]", "[layout.cas]\nsheet = 'x'", "[[layout.cas]]\nsheet = 1",
    "[[layout.cas]]\nsheet = 'x'\nheader_row = 'one'", "[[layout.cas]]\nsheet = 'x'\nheader_row = true",
    "[[layout.cas]]\nsheet = 'x'\nheader_row = 99999999999", "[[layout.cas]]\nsheet = 'x'\nbook = 1",
    "[[layout.cas]]\nsheet = 'x'\ncolumns = 3", "[[layout.cas]]\nsheet = 'x'\ncolumns = {A = 1}", "links = 'x'",
    "links = ['a']", "[links]\nname = 'x'", "[[links]]\ntarget = 1", "[[links]]\ndirection = [1]",
    "[[links]]\nonly = 'x'", "mail = 'x'", "[[mail]]\nx = 1", "people = []", "[people.x]\na = 1", "colour = 1", "a = ",
    "x = \"", "[a", "\x00", "a = 1\na = 2", "a." * 3000 + "b = 1", "a = " + "[" * 5000,
    "[settings]\nfirst_exam = 'May'",
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_settings_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsProblem, match=SETTINGS_FILE):
        load(tmp_path, today=date(2026, 11, 29))


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_settings_file_never_ends_a_night_in_a_traceback(tmp_path: Path, text: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(text, encoding="utf-8")

    def task(target: str) -> Outcome:
        load(tmp_path, today=date(2026, 11, 29))
        return Outcome()

    assert nightly("validate", str(tmp_path / "S.xlsx"), verbs={"validate": task}) == 2


def test_bytes_that_are_no_text_and_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Problem, match="UTF-8"):
        read_file(tmp_path)
    (tmp_path / "other" / SETTINGS_FILE).mkdir(parents=True)
    with pytest.raises(Problem, match="is not a file"):
        read_file(tmp_path / "other")


def test_what_is_right_is_read(tmp_path: Path) -> None:
    text = 'session = "M27"\n[people]\n"A. Kamau" = "a@x.org"\n[[layout.cas]]\nsheet = "S"\nheader_row = 2\n'
    (tmp_path / SETTINGS_FILE).write_text(text, encoding="utf-8-sig")
    assert read_file(tmp_path)["people"] == {"A. Kamau": "a@x.org"}
    assert load(tmp_path, today=date(2026, 11, 29)).layouts["cas"][0]["header_row"] == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"sync": 3}', '{"sync": "yesterday"}', "[" * 9000, "\x00"])
def test_a_damaged_note_of_the_last_night_only_means_that_the_task_runs(tmp_path: Path, text: str) -> None:
    folder = tmp_path / ".ib-trackers" / "log"
    folder.mkdir(parents=True)
    (folder / "last.json").write_text(text)
    (folder / "needs-a-person.txt").write_bytes(b"  \xff nobody's line\nsync:\n  look\n")
    verbs = {"sync": lambda target: Outcome()}
    assert nightly("sync", str(tmp_path / "S.xlsx"), catch_up=True, verbs=verbs) == 0


def test_a_mapping_to_a_column_that_does_not_exist_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", str(tmp_path / "S.xlsx"), "--trackers", "candidates"])
    columns = '{"Code" = "code", "Last name" = "last_n"}'
    line = f'[[layout.candidates]]\nsheet = "Candidates"\nheader_row = 4\ncolumns = {columns}\n'
    (tmp_path / SETTINGS_FILE).write_text(line, encoding="utf-8")
    capsys.readouterr()
    for argv in (["validate", "--read-only"], ["remind", "--dry-run"], ["export", "--to", "csv", "--out", "x"]):
        assert main([argv[0], str(tmp_path / "S.xlsx"), *argv[1:]]) == 2
        assert "has no such column. Did you mean 'last_name'?" in capsys.readouterr().err
