"""A target is parsed in one place: what a person names is a file, the open workbook or a Google Sheet."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from addin.core.target import ExcelTarget, FileTarget, GoogleTarget, canonical, google_key, is_file, parse
from addin.errors import BookProblem

KEY = "1aB-c_9"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{KEY}/edit?gid=0#gid=0"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("School.xlsx", FileTarget("School.xlsx")),
        (r"C:\School\M27.xlsm", FileTarget(r"C:\School\M27.xlsm")),
        ("https", FileTarget("https")),
        ("http.xlsx", FileTarget("http.xlsx")),
        ("excel:", ExcelTarget()),
        ("Excel:School.xlsm", ExcelTarget("School.xlsm")),
        (f"gsheet:{KEY}", GoogleTarget(KEY)),
        (f"GSheet: {KEY}", GoogleTarget(KEY)),
        (ADDRESS, GoogleTarget(KEY)),
        (ADDRESS.replace("https", "HTTP").replace("/d/", "/u/1/d/"), GoogleTarget(KEY)),
    ],
)
def test_every_way_to_name_a_target_is_understood(text: str, target: object) -> None:
    assert parse(text) == target
    assert is_file(text) == isinstance(target, FileTarget)


@pytest.mark.parametrize(
    "text", ["https://example.org/x", "gsheet:", "gsheet:a b", "", " ", ADDRESS.replace("/d/", "/d/e/")]
)
def test_an_address_of_something_else_is_a_sentence(text: str) -> None:
    with pytest.raises(BookProblem):
        parse(text)
    assert not is_file(text)


def test_one_sheet_has_one_name() -> None:
    assert canonical(ADDRESS) == canonical(f"gsheet:{KEY}") == f"gsheet:{KEY}"
    assert google_key(ADDRESS) == KEY
    with pytest.raises(BookProblem):
        google_key("School.xlsx")


def test_nobody_else_tests_prefixes_or_writes_our_names_down() -> None:
    folder = Path(__file__).resolve().parents[2] / "addin"
    prefix = re.compile(r"startswith\(\(?\s*\"(excel:|gsheet:|http)")
    ours = {".ib-trackers", "ib-trackers.toml", "Findings", "Lists"}
    for path in folder.rglob("*.py"):
        text = path.read_text("utf-8")
        assert not prefix.search(text), path
        if path.name == "names.py" or "google_emulator" in path.parts:
            continue
        words = {n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        assert not words & ours, (path, words & ours)
