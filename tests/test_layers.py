"""The house: the core reads no file and loads no spreadsheet library; a click imports little."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from addin.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"jinja2", "reportlab", "xlwings", "gspread", "google", "openpyxl", "pandas", "numpy", "xlsxwriter",
         "python_calamine", "requests"}  # fmt: skip
CORE = ("cells", "trackers", "table", "values", "rules", "check", "sentences", "measures", "places", "world", "marks",
        "recognise", "matching", "likeness", "wide", "adopt", "summary", "sync", "ib", "links", "intake",
        "explain", "records", "on_home")  # fmt: skip
EDGES = ("backends", "templates", "exporters", "importers", "excel", "libreoffice", "google", "actions", "cli",
         "commands", "buttons", "state", "screen", "reports", "mail", "workbook")  # fmt: skip
OUTSIDE = {"os", "socket", "subprocess", "sqlite3", "shutil", "urllib", "http", "threading", "zipfile"}


def files(name: str) -> list[Path]:
    base = ROOT / "addin" / name
    return sorted(base.rglob("*.py")) if base.is_dir() else [base.with_suffix(".py")]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("name", CORE)
def test_the_core_knows_no_edge_and_touches_nothing_outside(name: str) -> None:
    for path in files(name):
        found = imports(path)
        edges = {i for i in found for edge in EDGES if i.startswith(f"addin.{edge}")}
        assert not edges, f"{path.name} imports {edges}"
        assert not {i.partition(".")[0] for i in found} & OUTSIDE, path.name


def loaded(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    ["import addin", "import addin.cli.main; addin.cli.main.parser()", "import addin.core.checks.rules, addin.core.sync, addin.core.checks.marks",
     "import addin.actions.validate, addin.backends.xlsx", "import addin.excel.buttons"],
)  # fmt: skip
def test_nothing_heavy_is_imported_before_it_is_used(code: str) -> None:
    modules = loaded(code)
    assert not {m.partition(".")[0] for m in modules} & HEAVY
    assert len(modules) < 200


def test_a_check_loads_nothing_that_writes_its_own_code(tmp_path: Path) -> None:
    """Dataclasses compile their methods at each start, and each of these brings more: a fifth of a small check."""
    book = tmp_path / "School.xlsx"
    assert main(["new", str(book), "--trackers", "candidates"]) == 0
    modules = loaded(f"import addin.cli.main; addin.cli.main.main(['validate', {str(book)!r}])")
    assert "addin.backends.ooxml.batch" in modules
    assert not modules & {"dataclasses", "inspect", "random", "tempfile", "logging", "asyncio", "json"}
