"""Decisions that would overwrite a formula: not carried out, and the reason is said until another one is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from addin.actions.sync.session import Pair
from addin.core.language import phrase
from addin.core.records import replace
from addin.core.sync.columns import header
from addin.core.sync.decisions import Decided
from addin.core.sync.hold_back import is_formula
from addin.core.sync.model import MINE, THEIRS, Conflict, Take, same
from addin.core.sync.side import SideRows
from addin.core.sync.words import name, show


def keep_formulas(decided: Iterable[Decided], pairs: Sequence[Pair]) -> list[Decided]:
    """The decisions; those that a formula is in the way of have a problem, and wait."""
    by_link = {pair.link.name: pair for pair in pairs}
    return [_checked(one, by_link[one.link]) if one.link in by_link and not one.problem else one for one in decided]


def _checked(one: Decided, pair: Pair) -> Decided:
    for conflict in pair.seen:
        if conflict.row == one.row and conflict.column and header(conflict.column, pair.tracker) == one.column:
            problem = _problem(one, conflict, conflict.column, pair)
            return replace(one, problem=problem) if problem else one
    return one


def _problem(one: Decided, conflict: Conflict, column: str, pair: Pair) -> str:
    """Why a value cannot go where it must; "" where it can."""
    row, rows = conflict.row, {**pair.right.rows, **pair.left.rows}
    mine, theirs = (side.rows.get(row, {}).get(column) for side in (pair.left, pair.right))
    value = mine if one.take is MINE else theirs if one.take is THEIRS else one.take
    who = f"{name(row, rows, pair.tracker)}, {one.column}"
    if is_formula(pair.left, row, column) and not same(value, mine) and not isinstance(value, Take):
        return phrase(
            "{who}: the workbook calculates this cell ({formula}), and a formula is never overwritten. Type {value} "
            "over it in the workbook, or choose mine.",
            who=who,
            formula=_formula(pair.left, row, column),
            value=show(value),
        )
    if is_formula(pair.right, row, column) and not same(value, theirs) and not isinstance(value, Take):
        return phrase(
            "{who}: the shared sheet of {link} calculates this cell ({formula}), and a formula is never overwritten. "
            "Type {value} over it there, or choose theirs.",
            who=who,
            link=pair.link.name,
            formula=_formula(pair.right, row, column),
            value=show(value),
        )
    return ""


def _formula(side: SideRows, row: str, column: str) -> str:
    cell = side.cell(row, column)
    text = "=" + side.formulas[cell] if cell is not None else ""
    return text if len(text) <= 40 else text[:39] + "…"
