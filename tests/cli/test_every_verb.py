"""scripts/every_verb.py runs each verb in clean environments: it knows them all, and asking for help is no run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from addin.cli.main import main
from addin.cli.verbs import verb_of, verbs

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module", autouse=True)
def scripts() -> None:
    sys.path.insert(0, str(SCRIPTS))


def help_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    return capsys.readouterr().out


def test_the_verbs_are_read_from_the_programs_own_list(capsys: pytest.CaptureFixture[str]) -> None:
    from verb_walk import listed

    assert listed(help_of(capsys), "verbs") == [verb_of(name) for name in verbs()]
    assert listed(help_of(capsys, "privacy"), "steps") == ["held", "erase", "due", "log"]
    assert listed(help_of(capsys, "validate"), "steps") == []


def test_what_was_not_run_is_named_and_help_is_no_run() -> None:
    from verb_walk import missing

    everything = ["fix", "privacy held", "privacy log", "web"]
    assert missing(everything, ["fix --help", "privacy held School.xlsx", "privacy log -h", "website"]) == [
        "fix",
        "privacy log",
        "web",
    ]
    assert missing(everything, ["fix School.xlsx", "privacy held x", "privacy log x", "web --serve"]) == []


def test_each_verb_and_step_has_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    from verb_walk import listed

    source = "".join(path.read_text("utf-8") for path in SCRIPTS.glob("every_verb*.py"))
    everything = []
    for verb in listed(help_of(capsys), "verbs"):
        everything += [f"{verb} {step}" for step in listed(help_of(capsys, verb), "steps")] or [verb]
    assert [one for one in everything if not re.search(rf"[\"']{one}[ \"']", source)] == []
