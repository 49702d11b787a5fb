"""A slip on the command line is one sentence with what may be meant; --quiet and --verbose; folders and patterns."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from xlsx_books import build

from addin.cli.main import main, parser, parser_of
from addin.cli.parser import common_last
from addin.cli.verbs import module_of, verb_of, verbs

HEAD = ["Candidate code", "Last name", "First names", "Session", "Category"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("A.xlsx", "B.xlsx", "~$A.xlsx"):
        build(tmp_path / name, {"Candidates": [HEAD, ["000001", None, "Kenji", "M27", "D"]]}, {})  # type: ignore[dict-item]
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "empty").mkdir()
    (tmp_path / "~$A.xlsx").write_bytes(b"owner")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    try:
        code = main(argv)
    except SystemExit as end:
        code = int(end.code or 0)
    found = capsys.readouterr()
    return code, found.out, found.err


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["validat", "A.xlsx"], "There is no command 'validat'. Did you mean validate?"),
        (["Sync"], "There is no command 'Sync'. Did you mean sync?"),
        (["zzzzz"], "There is no command 'zzzzz'. ib-trackers --help lists them."),
        (["validate", "A.xlsx", "--trakcer", "cas"], "there is no option --trakcer. Did you mean --tracker?"),
        (["validate", "A.xlsx", "--tracker", "candidtes"], "There is no tracker 'candidtes'. Did you mean candidates?"),
        (["validate"], "still needed: TARGET. See ib-trackers validate --help."),
        (["validate", "empty"], "empty: there is no workbook in it."),
        (["validate", "X*.xlsx"], "X*.xlsx: no workbook has such a name."),
    ],
)
def test_a_slip_is_one_sentence(
    folder: Path, argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, *argv)
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["PD", "pd", "Professional Development", "CANDIDATES", "cas experiences"])
def test_a_tracker_is_found_as_people_call_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "trackers", name)[0] == 0


def test_every_verb_has_help_with_an_example_and_the_common_options(capsys: pytest.CaptureFixture[str]) -> None:
    for module in verbs():
        assert module_of(verb_of(module)) == module
        code, out, _ = said(capsys, verb_of(module), "--help")
        words = " ".join(out.split())
        assert code == 0
        assert "Example: ib-trackers" in words
        assert "--quiet" in words
    assert "Exit codes: 0 clean, 1" in " ".join(parser().format_help().split())


def test_quiet_prints_nothing_but_errors_and_verbose_each_step(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "validate", "A.xlsx", "--read-only", "--quiet") == (1, "", "")
    assert "There is no tracker" in said(capsys, "validate", "A.xlsx", "-q", "--tracker", "nope")[2]
    assert json.loads(said(capsys, "validate", "A.xlsx", "--read-only", "-q", "--json", "-")[1])
    assert "Checking" in said(capsys, "validate", "A.xlsx", "--read-only", "-v")[2]
    assert said(capsys, "validate", "A.xlsx", "--read-only")[2] == ""


@pytest.mark.parametrize("named", [["."], ["*.xlsx"], ["A.xlsx", "B.xlsx"]])
def test_folders_and_patterns_stand_for_the_workbooks_in_them(
    folder: Path, named: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "validate", *named, "--read-only")
    assert code == 1
    assert [line for line in out.splitlines() if line.endswith(".xlsx:")] == ["A.xlsx:", "B.xlsx:"]


def test_a_broken_workbook_among_several_does_not_keep_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "B.xlsx").write_bytes(b"broken")
    code, out, err = said(capsys, "validate", ".", "--read-only")
    assert code == 2
    assert "A.xlsx:" in out
    assert "B.xlsx" in err


def test_an_error_of_ours_is_a_sentence_without_what_the_cells_say(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise ValueError("Ito Kenji")

    monkeypatch.setattr("addin.actions.validate.validate", fail)
    code, _, err = said(capsys, "validate", "A.xlsx")
    assert code == 2
    assert "Unexpected error (ValueError)" in err
    assert "Ito" not in err
    with pytest.raises(ValueError, match="Ito"):
        main(["validate", "A.xlsx", "--verbose"])


def test_the_tab_key_completes_verbs_steps_and_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not shutil.which("bash"):
        pytest.skip("needs bash")
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    ask = "COMP_WORDS=({}); COMP_CWORD={}; _ib_trackers; echo ${{COMPREPLY[@]}}"
    lines = [
        ask.format("ib-trackers val", 1),
        ask.format("ib-trackers google si", 2),
        ask.format("ib-trackers fix --y", 2),
    ]
    done = subprocess.run(["bash", "-c", "\n".join([script, *lines])], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["validate", "sign-in", "--yes"]
    for shell in ("zsh", "fish"):
        assert main(["completion", shell]) == 0
        assert "validate" in capsys.readouterr().out


def every_step() -> list[list[str]]:
    """Each verb, or each of its steps, as words."""
    found = []
    for name in verbs():
        parsers = [action for action in parser_of(name)._actions if isinstance(action, argparse._SubParsersAction)]
        found += [[verb_of(name), step] for action in parsers for step in action.choices] or [[verb_of(name)]]
    return found


@pytest.mark.parametrize("words", every_step(), ids=" ".join)
def test_every_verb_and_step_takes_the_common_options(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    help_text = capsys.readouterr().out
    assert ended.value.code == 0
    assert "--verbose" in help_text
    assert "--quiet" in help_text


@pytest.mark.parametrize("words", ["privacy due {} -q", "privacy -q due {}", "-q privacy due {}"])
def test_a_common_option_may_stand_anywhere(words: str) -> None:
    argv = common_last(words.format("A.xlsx").split())
    assert argv[0] == "privacy"
    assert parser_of("privacy").parse_args(argv[1:]).quiet


def test_words_of_options_are_taken_in_capitals_too() -> None:
    found = parser_of("adopt").parse_args(
        ["A.xlsx", "--programme", "DP", "--date-order", "DMY", "--name-order", "Last"]
    )
    assert (found.programme, found.date_order, found.name_order) == ("dp", "dmy", "last")
    assert parser_of("new").parse_args(["A.xlsx", "--programme", "MYP"]).programme == "myp"
