"""What one of the supported Pythons would read in another way than the one at hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)


def names(node: ast.AST, context: type[ast.expr_context]) -> Iterator[ast.Name]:
    return (one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, context))


def defined(one: ast.stmt) -> list[str]:
    """The names that a statement of a module defines."""
    if isinstance(one, ast.FunctionDef | ast.ClassDef):
        return [one.name]
    if isinstance(one, ast.Import | ast.ImportFrom):
        return [name.asname or name.name for name in one.names]
    return [name.id for name in names(one, ast.Store)]


def shadowed(text: str) -> list[str]:
    """Names that a comprehension binds while its function reads the module's own in another comprehension.

    Python 3.12.1 takes the second for the first: UnboundLocalError.
    """
    tree = ast.parse(text)
    module = {name for one in tree.body for name in defined(one)}
    found = []
    for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
        parts = [one for one in ast.walk(function) if isinstance(one, COMPREHENSIONS)]
        inner = {id(name) for part in parts for name in ast.walk(part)}
        own = {name.id for name in names(function, ast.Store) if id(name) not in inner}
        own |= {one.arg for one in ast.walk(function) if isinstance(one, ast.arg)}
        for part in parts:
            targets = {name.id for generator in part.generators for name in names(generator.target, ast.Store)}
            bound = targets & module - own
            inside = {id(name) for name in ast.walk(part)}
            found += [
                f"{function.name}: {name.id}, line {name.lineno}"
                for name in names(function, ast.Load)
                if name.id in bound and id(name) not in inside and not _is_bound_there(name, parts)
            ]
    return sorted(set(found))


def _is_bound_there(name: ast.Name, parts: list[ast.ListComp | ast.SetComp | ast.DictComp]) -> bool:
    """Whether the comprehension around a name binds it itself."""
    around = [part for part in parts if any(one is name for one in ast.walk(part))]
    return any(
        store.id == name.id
        for part in around
        for generator in part.generators
        for store in names(generator.target, ast.Store)
    )


def test_no_comprehension_hides_a_function_that_the_next_one_calls() -> None:
    found = {str(path.relative_to(ROOT)): shadowed(path.read_text("utf-8")) for path in ROOT.glob("addin/**/*.py")}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_sql_numbers_its_values() -> None:
    """`?1` with values in order is refused from Python 3.14 on."""
    texts = [
        (path.name, one.value)
        for path in ROOT.glob("addin/**/*.py")
        for one in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    sql = [(name, text) for name, text in texts if re.match(r"(SELECT|INSERT|UPDATE|DELETE) ", text.lstrip(" ("))]
    assert len(sql) > 20
    assert [(name, text) for name, text in sql if re.search(r"\?\d", text)] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("def x(): ...\ndef f(a):\n return {n: x for n, x in a}, [x(y) for y in a]", ["f: x, line 3"]),
        ("x = 1\ndef f(a):\n return [x for x in a], [x for x in a]", []),
        ("x = 1\ndef f(a, x):\n return [x for x in a], [x(y) for y in a]", []),
    ],
)
def test_the_search_finds_it(text: str, wrong: list[str]) -> None:
    assert shadowed(text) == wrong
