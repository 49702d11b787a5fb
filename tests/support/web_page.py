"""For the tests of the page: Pyodide as npm installed it, the built folder, and two small workbooks."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from xlsx_books import build

from addin.core.book import Value
from addin.web import build as pages
from addin.workspace.tracker_files import load_all

PACKAGES = Path(__file__).resolve().parents[1] / "web" / "node_modules"


def built_page(out: Path) -> Path:
    """The page's folder; without Pyodide the test is skipped, in CI it fails."""
    if not (PACKAGES / "pyodide").is_dir() or not shutil.which("node"):
        reason = "needs Node.js and the npm packages of tests/web (python scripts/test.py installs them)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return pages.build(out, PACKAGES / "pyodide", lambda step: None).folder


def school(path: Path, rows: int = 6) -> Path:
    """Candidates with one certain mistake, one doubtful and one wrong value; every row has its id."""
    tracker = load_all()["candidates"]
    columns = ("code", "last_name", "first_names", "session", "category", "birth_date", "email")
    lines: list[list[Value]] = [[*(tracker.columns[name].header for name in columns), "IBT id"]]
    for number in range(rows):
        lines.append(
            [
                f"{number:06d}", f"Berg{number}", "Ida", "M28", "D", date(2010, 2, 1 + number % 27),
                f"ida{number}@school.example", f"a{number:05d}",
            ]
        )  # fmt: skip
    lines[1][3], lines[2][6], lines[3][1] = "May 2028", "at home", None
    return build(path, {"Candidates": lines}, {})


def own_list(path: Path) -> Path:
    """A list as people keep it: a grid of subjects, the session nowhere."""
    head: list[Value] = ["Student", "DOB", "English B", "Biology", "History"]
    lines: list[list[Value]] = [
        head,
        ["Berg, Ida", "5/3/2010", "HL", "SL", "HL"],
        ["Roy, Sam", "7/8/2010", "SL", "HL", ""],
    ]
    return build(path, {"12A": lines}, {})
