"""`ib-trackers google`: signing in keeps the key and tries it at once; the doctor's findings and the exit code."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from google_school import School, google_school

from addin.actions import google_doctor as doctors
from addin.cli.main import main
from addin.cli.verbs import google
from addin.errors import Problem
from addin.google.keys import config_folder
from addin.google.script_file import FILES, FOLDER
from addin.google.sign_in import stored_key
from addin.google_emulator.accounts import BOT


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with google_school(tmp_path_factory.mktemp("key")) as school:
        yield school


@pytest.fixture
def school(service: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> School:
    """A home of its own, and the network of the emulator."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    make = doctors.CarefulClient

    def mounted(*arguments: object, **options: object) -> doctors.CarefulClient:
        client = make(*arguments, **options)  # type: ignore[arg-type]
        service.google.mount(client.session)
        return client

    monkeypatch.setattr(doctors, "CarefulClient", mounted)
    return service.fresh(CAS=[["Candidate"]])


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    google.options(parser)
    return google.run(parser.parse_args(words))


def test_without_a_file_it_says_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert command("sign-in") == 0
    messages = capsys.readouterr().out
    assert "Service accounts" in messages
    assert "ib-trackers google sign-in FILE.json" in messages


def test_signing_in_keeps_the_key_names_the_address_and_tries_it(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("sign-in", str(school.google.key_file(tmp_path))) == 0
    messages = capsys.readouterr().out
    assert str(config_folder()) in messages
    assert f"add {BOT} as Editor" in messages
    assert "ok  Google accepts the sign-in" in messages


def test_seeing_changes_is_a_permission_that_a_person_asks_for(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(school.google.key_file(tmp_path))
    assert command("sign-in", file, "--see-changes") == 0
    assert "Google Drive says which sheets have changed." in capsys.readouterr().out
    assert stored_key().sees_changes
    assert command("sign-in", file) == 0
    assert not stored_key().sees_changes


def test_the_doctor_tells_each_step_and_the_exit_code_says_how_it_ended(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("sign-in", str(school.google.key_file(tmp_path)))
    capsys.readouterr()
    assert command("doctor", f"gsheet:{school.key}") == 0
    assert [line[:3] for line in capsys.readouterr().out.splitlines()] == ["ok "] * 7
    school.teacher.unshare(school.key, BOT)
    assert command("doctor", f"gsheet:{school.key}") == 2
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("-- ")
    assert f"add {BOT} as Editor" in last


def test_a_slice_without_a_value_is_a_sentence() -> None:
    words = ("link", "School.xlsx", "gsheet:abc", "--tracker", "cas", "--only", "candidate.adviser")
    with pytest.raises(Problem, match=r"names no value\. Write for example --only"):
        command(*words)


def test_the_script_of_the_sheets_is_one_file_that_node_can_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "script.js"
    assert main(["google", "script", "--out", str(out)]) == 0
    assert "paste the whole file" in capsys.readouterr().out
    text = out.read_text(encoding="utf-8")
    parts = [(FOLDER / name).read_text(encoding="utf-8") for name in FILES]
    declared = [name for part in parts for name in re.findall(r"^(?:function|const|let) (\w+)", part, re.M)]
    assert "@OnlyCurrentDoc" in text
    assert len(declared) == len(set(declared)) > 40
    assert all(name in text for name in declared)
    if node := shutil.which("node"):
        subprocess.run([node, "--check", str(out)], check=True, timeout=60)
