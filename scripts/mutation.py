"""python scripts/mutation.py: change one small thing in core/ at a time, and see whether the tests notice.

A sample of mutants (the seed is printed; give it again to repeat) in a copy of the product; each is run against the
tests of its folder. Survivors are listed with their line: write a test, or say why the change makes no difference.

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
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
COPIED = ("addin", "tests", "sheets_templates", "scripts")
OPPOSITE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add,
}  # fmt: skip


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
        node.value = (not node.value) if isinstance(node.value, bool) else node.value + 1
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(value=None)


def tests_of(module: Path) -> list[str]:
    """The tests that should notice: those of the module's folder, and those of the checks for what they read."""
    folder = module.parts[2] if len(module.parts) > 3 else ""
    found = [f"tests/core/{folder}"] if folder and (HERE / "tests/core" / folder).is_dir() else ["tests/core"]
    return [*found, "tests/core/checks"] if folder in ("tables", "trackers") else found


def run(copy: Path, module: Path, seconds: float) -> bool:
    """Whether the tests notice."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests_of(module)]
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
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            shutil.copytree(HERE / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "built", "pictures"))
        shutil.copy(HERE / "pyproject.toml", copy)
        sample = chance.sample(every, min(given.mutants, len(every)))
        for module, number in sample:
            text = (HERE / module).read_text("utf-8")
            tree = ast.parse(text)
            node, kind = list(places(tree))[number]
            line = getattr(node, "lineno", 0)
            change(node, kind)
            (copy / module).write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
            if not run(copy, module, given.seconds):
                survived += 1
                print(f"survived: {module}:{line} ({kind}): {text.splitlines()[line - 1].strip()}", flush=True)
            (copy / module).write_text(text, "utf-8")
    print(f"{len(sample) - survived} of {len(sample)} noticed ({len(every)} places under {given.under})")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
