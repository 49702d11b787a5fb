"""Public bug reports, rebuilt: each folder of tests/cases holds the files, and in expect.toml what must come of them.

about = "what the report was about, and what is right"
[[run]]                                  # one command after the other, in a fresh copy of the folder
argv = ["import", "list.csv", "--into", "School.xlsx"]
exit = 1                                 # default 0
says = ["a part of what is printed"]     # on stdout and stderr
never_says = ["what must not be printed"]
[[holds]]                                # what the workbook then holds, in words, row by row
book = "School.xlsx"
tracker = "candidates"
columns = ["code", "last_name"]          # an own column by its header
rows = [["0012", "Ito"]]
[[file]]                                 # a text file, or a part of a workbook: path = "Own.xlsx", part = "xl/…"
path = "exports/candidates.csv"
says = ["Term 2"]
never_says = ["=1+1"]
[[same]]                                 # bytes as they came
path = "Own.xlsx"
"""

from __future__ import annotations

import shutil
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from addin.cli.main import main
from addin.core.tables.values import show
from addin.workspace.workbook import opened

CASES = Path(__file__).parent / "cases"
NEW = ["new", "School.xlsx", "--session", "M27"]
"""The command with which most cases begin; its workbook is built once."""


@pytest.fixture(scope="session")
def new_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new")
    assert main(["new", str(folder / NEW[1]), *NEW[2:]]) == 0
    return folder


@pytest.mark.parametrize("case", sorted(path.parent.name for path in CASES.glob("*/expect.toml")))
def test_case(
    case: str, tmp_path: Path, new_book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(CASES / case, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    expected = tomllib.loads((CASES / case / "expect.toml").read_text("utf-8"))
    for step in expected["run"]:
        if step["argv"] == NEW:
            shutil.copytree(new_book, tmp_path, dirs_exist_ok=True)
            continue
        code = main(step["argv"])
        out, err = capsys.readouterr()
        assert code == step.get("exit", 0), (step["argv"], out, err)
        compare_text(out + err, step)
    for one in expected.get("holds", ()):
        assert held(tmp_path / one["book"], one["tracker"], one["columns"]) == one["rows"]
    for one in expected.get("file", ()):
        compare_text(read_text(tmp_path / one["path"], one.get("part", "")), one)
    for one in expected.get("same", ()):
        assert (tmp_path / one["path"]).read_bytes() == (CASES / case / one["path"]).read_bytes()


def compare_text(text: str, expected: Mapping[str, Any]) -> None:
    for part in expected.get("says", ()):
        assert part in text
    for part in expected.get("never_says", ()):
        assert part not in text


def read_text(path: Path, part: str) -> str:
    """The text of a file, or of one part of a workbook."""
    if not part:
        return path.read_text("utf-8-sig")
    with zipfile.ZipFile(path) as package:
        return package.read(part).decode("utf-8")


def held(book: Path, tracker: str, columns: list[str]) -> list[list[str]]:
    """These columns of a tracker's rows, in words."""
    with opened(str(book)) as workbook:
        table = workbook.tables[tracker]
        read = [table.raw(name) if name in table.columns else table.extra[name] for name in columns]
    return [[show(value) for value in row] for row in zip(*read, strict=True)]
