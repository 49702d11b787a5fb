"""`schedule run` says in one sentence why its code is not 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.cli.main import main


def test_a_missing_workbook_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "run", "validate", str(tmp_path / "None.xlsx")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_a_missing_folder_is_said_and_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "run", "validate", str(tmp_path / "none" / "None.xlsx")]) == 2
    assert "there is no such folder" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
