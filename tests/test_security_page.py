"""SECURITY.md names every file that the program keeps in `.ib-trackers/`."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
WRITTEN = re.compile(r"\bSTATE_FOLDER\)? / (?:\"([\w .-]+)\"|([A-Z][A-Z_]+)\b)")
AS_TEXT = re.compile(r"\{STATE_FOLDER\}/(\w+)")


def kept() -> set[str]:
    """The files and folders below the state folder, as the source names them."""
    found: set[str] = set()
    for path in sorted((ROOT / "addin").rglob("*.py")):
        source = path.read_text("utf-8")
        if "STATE_FOLDER" not in source:
            continue
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        found |= {literal or getattr(module, constant) for literal, constant in WRITTEN.findall(source)}
        found |= set(AS_TEXT.findall(source))
    return found - {"excel.conf"}  # in the person's own folder, about no workbook


def test_the_source_names_what_we_know_is_written() -> None:
    known = {"journal", "unchanged.json", "fix-shown.json", "reminders.json", "disclosures.jsonl", "backups", "log"}
    assert known <= kept()


@pytest.mark.parametrize("name", sorted(kept()))
def test_every_file_of_the_state_folder_is_on_the_page(name: str) -> None:
    assert f"`{name}" in PAGE


def test_what_the_verbs_leave_there_is_on_the_page(tmp_path: Path) -> None:
    book = tmp_path / "School.xlsx"
    book.write_bytes((ROOT / "sheets_templates" / "built" / "sample.xlsx").read_bytes())
    verbs = (["validate"], ["fix", "--yes"], ["remind"], ["export", "--to", "csv", "--out", str(tmp_path / "out")])
    for verb, *options in verbs:
        command = [sys.executable, "-m", "addin", verb, str(book), *options]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
    left = sorted(path.name for path in (tmp_path / ".ib-trackers").iterdir())
    assert {"backups", "journal", "reminders.json"} <= set(left)
    assert [name for name in left if f"`{name}" not in PAGE] == []
