"""The house: arrows between top-level folders go down only; the core is pure; a click imports little."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from addin.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {
    "jinja2",
    "reportlab",
    "xlwings",
    "gspread",
    "google",
    "openpyxl",
    "pandas",
    "numpy",
    "xlsxwriter",
    "python_calamine",
    "requests",
}
OUTSIDE = {
    "os", "io", "socket", "subprocess", "sqlite3", "shutil", "tempfile", "urllib", "http", "threading", "zipfile",
    "time", "multiprocessing", "asyncio", "pathlib", "glob", "signal", "uno",
}  # fmt: skip
"""Modules of the standard library that reach a file, the network, a clock or a process."""
ALLOWED = {
    "addin.core.book": {"pathlib"},  # PurePath, which names a folder and touches no disk
    "addin.core.tables.csv_text": {"io"},  # StringIO: a text in memory
    "addin.core.tables.table": {"pandas"},  # Table.to_pandas(), for scripts and notebooks
}


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def import_graph(root: Path) -> dict[str, set[str]]:
    """module -> what it imports, anywhere in it: at the top, inside functions, for types only, and `import_module`."""
    sources = {module_name(path, root): ast.parse(path.read_text("utf-8")) for path in (root / "addin").rglob("*.py")}
    return {name: set(_imports(tree, sources)) for name, tree in sources.items()}


def _imports(tree: ast.Module, known: Mapping[str, object]) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.append(inner if inner in known else node.module)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module":
            found += _named(node.args[0], known)
    return found


def _named(argument: ast.expr, known: Mapping[str, object]) -> list[str]:
    """The modules that `import_module(f"addin.package.{name}")` may load: every one of that package."""
    if isinstance(argument, ast.Constant):
        return [str(argument.value)]
    if isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
        return [name for name in known if name.startswith(str(argument.values[0].value))]
    return []


def reachable(start: str, graph: Mapping[str, set[str]]) -> set[str]:
    seen, todo = set[str](), [start]
    while todo:
        for name in graph.get(todo.pop(), ()):
            if name not in seen:
                seen.add(name)
                todo.append(name)
    return seen


def folder_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("addin.") else ""


def circles(graph: Mapping[str, set[str]]) -> list[str]:
    """The top-level folders that reach themselves through another."""
    arrows: dict[str, set[str]] = {}
    for module, imported in graph.items():
        there = {folder_of(name) for name in imported} - {"", folder_of(module)}
        arrows.setdefault(folder_of(module), set()).update(there)
    return sorted(name for name in arrows if name and name in reachable(name, arrows))


def core_outside(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What modules of the core reach that they must not, directly or through others of ours."""
    wrong = {}
    for module in graph:
        if folder_of(module) == "core":
            reached = reachable(module, graph)
            ours = {n for n in reached if n.startswith("addin.") and folder_of(n) not in ("core", "errors")}
            direct = {n.partition(".")[0] for n in graph[module]} & (OUTSIDE | HEAVY) - ALLOWED.get(module, set())
            if ours | direct:
                wrong[module] = ours | direct
    return wrong


def test_no_two_top_level_folders_import_each_other() -> None:
    assert circles(import_graph(ROOT)) == []


def test_the_core_reaches_nothing_outside() -> None:
    assert core_outside(import_graph(ROOT)) == {}


def test_a_planted_import_inside_a_function_is_seen() -> None:
    graph = import_graph(ROOT)
    tree = ast.parse("def f():\n    from addin.backends.open import open_book\n")
    graph["addin.core.a1"] |= set(_imports(tree, graph))
    assert "addin.backends.open" in core_outside(graph)["addin.core.a1"]
    assert {"core", "backends"} <= set(circles(graph))


def test_a_planted_circle_between_two_folders_is_seen() -> None:
    graph = import_graph(ROOT)
    graph["addin.templates.look"] |= {"addin.reports.page"}
    assert circles(graph) == []  # one way is no circle
    graph["addin.reports.page"] |= {"addin.templates.look"}
    assert circles(graph) == ["reports", "templates"]


def loaded(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import addin",
        "import addin.cli.main; addin.cli.main.parser()",
        "import addin.core.checks.rules, addin.core.sync, addin.core.checks.marks",
        "import addin.actions.validate, addin.backends.xlsx",
        "import addin.excel.buttons",
    ],
)
def test_nothing_heavy_is_imported_before_it_is_used(code: str) -> None:
    modules = loaded(code)
    assert not {m.partition(".")[0] for m in modules} & HEAVY
    assert len(modules) < 200  # of them, those of Python differ by a few from one 3.11 to another


def test_a_check_loads_nothing_that_writes_its_own_code(tmp_path: Path) -> None:
    """Dataclasses compile their methods at each start, and each of these brings more: a fifth of a small check."""
    book = tmp_path / "School.xlsx"
    assert main(["new", str(book), "--trackers", "candidates"]) == 0
    modules = loaded(f"import addin.cli.main; addin.cli.main.main(['validate', {str(book)!r}])")
    assert "addin.backends.ooxml.batch" in modules
    assert not modules & {"dataclasses", "inspect", "random", "tempfile", "logging", "asyncio", "json"}


def test_the_patterns_of_a_module_are_compiled_when_they_are_used() -> None:
    """Those that a check does not need took a tenth of a small one: `core/regex.py` makes them."""
    compiled = [
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "addin").rglob("*.py")
        if path.relative_to(ROOT).parts[1] not in ("google_emulator", "libreoffice")
        for top in ast.parse(path.read_text("utf-8")).body
        if isinstance(top, ast.Assign | ast.AnnAssign)
        for node in ast.walk(top)
        if isinstance(node, ast.Attribute) and node.attr == "compile" and getattr(node.value, "id", "") == "re"
    ]
    assert compiled == []
