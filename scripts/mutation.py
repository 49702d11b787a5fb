"""python scripts/mutation.py: change one small thing in core/ at a time, and see whether the tests notice.

First the tests of core/ run once under coverage, which prints the branch coverage and remembers which test runs which
line. Then a sample of mutants (the seed is printed; give it again to repeat) is made in a copy of the product, each
tried on the tests that run its line. Survivors are listed with their line: write a test, or say why the change makes no
difference. Needs: pip install coverage

    python scripts/mutation.py --mutants 20 --under addin/core/checks
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
PYTEST = ("pytest", "-q", "-p", "no:cacheprovider")
COPIED = ("addin", "tests", "sheets_templates", "scripts")
OPPOSITE: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
}


def places(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every place of a module that can be changed, with what is done there; texts and annotations are left alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in OPPOSITE:
            yield node, "compare"
        elif isinstance(node, ast.BoolOp):
            yield node, "and/or"
        elif isinstance(node, ast.BinOp) and type(node.op) in OPPOSITE and not isinstance(node.left, ast.Constant):
            yield node, "arithmetic"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not"
        elif isinstance(node, ast.Constant) and type(node.value) in (bool, int):
            yield node, "constant"
        elif isinstance(node, ast.Return) and node.value and not _is_none(node.value):
            yield node, "return"


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def change(node: ast.AST, kind: str) -> None:
    """Make the change in place."""
    if isinstance(node, ast.Compare):
        node.ops[0] = OPPOSITE[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        node.op = OPPOSITE[type(node.op)]()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if kind != "not" else node.op
        node.operand = ast.UnaryOp(op=ast.Not(), operand=node.operand)
    elif isinstance(node, ast.Constant):
        node.value = (not node.value) if isinstance(node.value, bool) else int(str(node.value)) + 1
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(value=None)


class Covered:
    """Which test functions run which lines, found by one run of the tests under coverage."""

    def __init__(self, copy: Path, under: str) -> None:
        import coverage

        settings = copy / "coverage.ini"
        settings.write_text("[run]\nbranch = True\ndynamic_context = test_function\n", "utf-8")
        run = [sys.executable, "-m", "coverage", "run", f"--rcfile={settings}", f"--source={under}", "-m", *PYTEST]
        done = subprocess.run([*run, "tests/core"], cwd=copy, check=False, capture_output=True, text=True)
        print(done.stdout.strip().rpartition("\n")[2])
        report = [sys.executable, "-m", "coverage", "report", f"--rcfile={settings}", "--format=total"]
        total = subprocess.run(report, cwd=copy, check=False, capture_output=True, text=True).stdout.strip()
        print(f"coverage of {under} by tests/core, branches included: {total} %", flush=True)
        self.copy = copy
        self.data = coverage.CoverageData(str(copy / ".coverage"))
        self.data.read()
        self.files = {path.stem: path.relative_to(copy) for path in (copy / "tests" / "core").rglob("test_*.py")}
        self.lines: dict[Path, dict[int, list[str]]] = {}

    def tests(self, module: Path, line: int) -> list[str]:
        """The tests that run a line; those of its folder for a line that runs when the module is loaded."""
        if module not in self.lines:
            self.lines[module] = self.data.contexts_by_lineno(str(self.copy / module))
        found = {named for context in self.lines[module].get(line, ()) if (named := self._named(context))}
        folder = Path("tests/core", *module.parts[2:-1])
        return sorted(found) or [str(folder if (self.copy / folder).is_dir() else Path("tests/core"))]

    def _named(self, context: str) -> str:
        """`test_table.test_merged` as pytest names it; "" for what is no test function."""
        file, _, name = context.partition(".")
        return (
            f"{self.files[file]}::{name.replace('.', '::')}"
            if name.startswith(("test", "Test")) and file in self.files
            else ""
        )


def run(copy: Path, tests: Sequence[str], seconds: float) -> bool:
    """Whether the tests notice."""
    command = [sys.executable, "-m", *PYTEST, "-x", *tests]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> int:
    """Run the sample and print the figures; 1 where something survived."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mutants", type=int, default=20)
    parser.add_argument("--under", default="addin/core", help="the folder to change (default: addin/core)")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--seconds", type=float, default=240, help="longest run of the tests (default: 240)")
    given = parser.parse_args()
    print(f"seed {given.seed}")
    chance = random.Random(given.seed)
    modules = [path.relative_to(HERE) for path in sorted((HERE / given.under).rglob("*.py"))]
    every = [
        (module, number)
        for module in modules
        for number, _ in enumerate(places(ast.parse((HERE / module).read_text("utf-8"))))
    ]
    survived, begun = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            shutil.copytree(HERE / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "built", "pictures"))
        shutil.copy(HERE / "pyproject.toml", copy)
        covered = Covered(copy, given.under)
        sample = chance.sample(every, min(given.mutants, len(every)))
        for done, (module, number) in enumerate(sample, 1):
            text = (HERE / module).read_text("utf-8")
            tree = ast.parse(text)
            node, kind = list(places(tree))[number]
            line = getattr(node, "lineno", 0)
            change(node, kind)
            (copy / module).write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
            if not run(copy, covered.tests(module, line), given.seconds):
                survived += 1
                print(f"survived: {module}:{line} ({kind}): {text.splitlines()[line - 1].strip()}", flush=True)
            (copy / module).write_text(text, "utf-8")
            if done % 25 == 0:
                print(f"{done} of {len(sample)}, {survived} survived, {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{len(sample) - survived} of {len(sample)} noticed ({len(every)} places under {given.under})")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
