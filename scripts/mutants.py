"""Mutants of a module: the small changes that can be made in it, and how one is put into a running program.

Left alone, because a change there makes no difference by construction: annotations, decorators (sizes of caches),
blocks for type checking, `__all__`, texts, `strict` of zip, and that a function returns what is as false as the None
that a return becomes (False, "", []). A number becomes one more; from 100 on it is doubled, as a limit of 301
characters is the same promise as one of 300.
"""

from __future__ import annotations

import ast
import functools
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

HERE = Path(__file__).resolve().parent.parent
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
SKIPPED = ("annotation", "returns", "decorator_list", "bases", "keywords")  # fields; keywords: of a class only


@dataclass(frozen=True)
class Mutant:
    """One change: where, what kind, and the last line of its statement in the module.

    For what is no part of a function, the names that its statement gives.
    """

    module: str
    number: int
    line: int
    kind: str
    end: int = 0
    names: tuple[str, ...] = ()


def every_mutant(module: str) -> list[Mutant]:
    """All mutants of a module, numbered."""
    tree = ast.parse((HERE / module).read_text("utf-8"))
    return [
        Mutant(module, number, getattr(node, "lineno", 0), kind, end, names)
        for number, (node, kind, end, names) in enumerate(_places(tree))
    ]


def mutated(mutant: Mutant) -> ast.Module:
    """The module with the change."""
    tree = ast.parse((HERE / mutant.module).read_text("utf-8"))
    node, kind, *_ = list(_places(tree))[mutant.number]
    _change(node, kind)
    return ast.fix_missing_locations(tree)


def described(module: str) -> list[str]:
    """How each mutant of a module reads, in order: `function: before -> after`; a number with what it belongs to."""
    tree = ast.parse((HERE / module).read_text("utf-8"))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    texts = []
    for node, kind, *_ in list(_places(tree)):
        shown, function = node, ""
        while isinstance(shown, ast.Constant | ast.Slice | ast.UnaryOp | ast.Tuple) and isinstance(
            above[shown], ast.expr | ast.Return | ast.Assign | ast.keyword
        ):
            shown = above[shown]
        outer: ast.AST | None = node
        while outer := above.get(outer) if outer else None:
            if isinstance(outer, ast.FunctionDef | ast.ClassDef):
                function = f"{outer.name}.{function}" if function else outer.name
        before, kept = ast.unparse(shown), {name: _copied(value) for name, value in vars(node).items()}
        _change(node, kind)
        texts.append(f"{function}: {before} -> {ast.unparse(shown)}")
        vars(node).update(kept)
    return texts


def _copied(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, str, int, tuple[str, ...]]]:
    for statement in tree.body:
        if not _is_left_alone(statement):
            for node, kind, inside in _walk(statement, False):
                yield node, kind, statement.end_lineno or 0, () if inside else tuple(_names(statement))


def _is_left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return ast.unparse(node.test).endswith("TYPE_CHECKING")
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("__all__", "__slots__")


def _names(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement of a module gives."""
    if isinstance(statement, ast.ClassDef | ast.FunctionDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))


def _walk(node: ast.AST, inside: bool) -> Iterator[tuple[ast.AST, str, bool]]:
    """Every node that can be changed, what is done there, and whether it is a part of a function."""
    kind = _kind(node)
    if kind:
        yield node, kind, inside
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for field, value in ast.iter_fields(node):
        if field in SKIPPED and not isinstance(node, ast.Call):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                yield from _walk(child, inside or (is_function and field == "body"))


def _kind(node: ast.AST) -> str:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OPPOSITE:
        return "compare"
    if isinstance(node, ast.BoolOp):
        return "and/or"
    if isinstance(node, ast.BinOp) and type(node.op) in OPPOSITE and not isinstance(node.left, ast.Constant):
        return "arithmetic"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return "not"
    if isinstance(node, ast.Constant) and type(node.value) in (bool, int):
        return "constant"
    if isinstance(node, ast.Return) and node.value and not _is_false(node.value):
        return "return"
    return ""


def _is_false(node: ast.AST) -> bool:
    """Whether an expression is None, or as false as None."""
    if isinstance(node, ast.Dict):
        return not node.keys
    return (
        not node.elts if isinstance(node, ast.List | ast.Tuple) else isinstance(node, ast.Constant) and not node.value
    )


def _change(node: ast.AST, kind: str) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = OPPOSITE[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        node.op = OPPOSITE[type(node.op)]()
    elif isinstance(node, ast.UnaryOp):
        node.operand = ast.UnaryOp(op=ast.Not(), operand=node.operand)
    elif isinstance(node, ast.Constant):
        node.value = (not node.value) if isinstance(node.value, bool) else _other(int(str(node.value)))
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(value=None)


def _other(number: int) -> int:
    return number + 1 if number < 100 else 2 * number


class Loaded:
    """The functions of the modules that are loaded, by file: what a mutant is put into."""

    def __init__(self) -> None:
        everything = gc.get_objects()
        self.caches = [
            found
            for found in everything
            if isinstance(found, functools._lru_cache_wrapper) and found.__module__.startswith("addin.")
        ]
        self.functions: dict[str, list[FunctionType]] = {}
        for found in everything:
            if isinstance(found, FunctionType):
                self.functions.setdefault(found.__code__.co_filename, []).append(found)

    def patch(self, mutant: Mutant) -> Callable[[], None] | None:
        """What puts the mutant into its function; None where the module must be loaded again."""
        file = str(HERE / mutant.module)
        old = _codes(compile(ast.parse((HERE / mutant.module).read_text("utf-8")), file, "exec"))
        new = _codes(compile(mutated(mutant), file, "exec"))
        hit: list[tuple[FunctionType, CodeType]] = []
        for function in self.functions.get(file, []):
            key = (function.__code__.co_qualname, function.__code__.co_firstlineno)
            for number, code in enumerate(old.get(key, [])):
                if code == function.__code__ and number < len(new.get(key, [])) and code != new[key][number]:
                    hit.append((function, new[key][number]))
        if not hit or any(function.__code__.co_freevars != code.co_freevars for function, code in hit):
            return None

        def put() -> None:
            for function, code in hit:
                function.__code__ = code
            for cache in self.caches:
                cache.cache_clear()

        return put


def _codes(code: CodeType) -> dict[tuple[str, int], list[CodeType]]:
    """The code of everything defined in a piece of code, by name and line: two lambdas may be on one line."""
    found: dict[tuple[str, int], list[CodeType]] = {}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            found.setdefault((inner.co_qualname, inner.co_firstlineno), []).append(inner)
            for key, codes in _codes(inner).items():
                found.setdefault(key, []).extend(codes)
    return found
