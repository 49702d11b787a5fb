"""A copy that a cloud folder made of the workbook is said by what reads the workbook; other files are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.cli.main import main


@pytest.mark.parametrize("verb", [["validate"], ["export", "--to", "json"], ["report"]])
def test_a_copy_beside_the_workbook_is_said_once(
    tmp_path: Path, verb: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "School.xlsx"
    assert main(["new", str(path), "--trackers", "candidates", "--session", "M27"]) == 0
    out = {"validate": [], "export": ["--out", str(tmp_path / "out")], "report": ["--out", str(tmp_path / "out.pdf")]}
    command = [verb[0], str(path), *verb[1:], *out[verb[0]]]
    for other in ("School-M27.xlsx", "Old School (conflicted copy).xlsx", "School (conflicted copy).csv"):
        (tmp_path / other).touch()
    main(command)
    assert "cloud folder" not in "".join(capsys.readouterr())
    (tmp_path / "School (Ana's conflicted copy 2026-11-30).xlsx").touch()
    main([*command, *([] if verb[0] == "validate" else ["--overwrite"])])
    said = "".join(capsys.readouterr())
    assert said.count("looks like a copy that your cloud folder made") == 1
    assert "School (Ana's conflicted copy 2026-11-30).xlsx" in said
