"""Formulas between Excel's spelling and the one LibreOffice's programs use.

    =SUM(A1:B1,1)          =SUM(A1:B1;1)
    ='My list'!$A$1        =$'My list'.$A$1
    ={1,2;3,4}             ={1;2|3;4}

Texts in quotes stay as they are. Only the spelling is turned: functions have the same English names on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain, zip_longest

TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<quoted>\$?'(?:[^']|'')+'[!.])
  | (?P<sheet>\$?[^\W\d]\w*[!.](?=[$A-Za-z]))
  | (?P<mark>[;,|{}])
    """,
    re.VERBOSE,
)
DIGITS = re.compile(r"\d+")


def to_calc(formula: str) -> str:
    """A formula as LibreOffice's programs write it."""
    return _turned(formula, _skeleton_to_calc)


def to_excel(formula: str) -> str:
    """A formula as Excel writes it."""
    return _turned(formula, _skeleton_to_excel)


def _turned(formula: str, turn: Callable[[str], str]) -> str:
    """A column's formulas differ in their numbers alone, which no turning touches: the rest is turned once."""
    if not formula.startswith("="):
        return formula
    pieces = turn(DIGITS.sub("0", formula)).split("0")
    return "".join(chain.from_iterable(zip_longest(pieces, DIGITS.findall(formula), fillvalue="")))


@lru_cache(maxsize=10_000)
def _skeleton_to_calc(formula: str) -> str:
    return _by_token(formula, {",": ";"}, {",": ";", ";": "|"}, _sheet_to_calc)


@lru_cache(maxsize=10_000)
def _skeleton_to_excel(formula: str) -> str:
    return _by_token(formula, {";": ","}, {";": ",", "|": ";"}, _sheet_to_excel)


def _sheet_to_calc(name: str) -> str:
    return f"${name.lstrip('$')[:-1]}." if name.endswith("!") else name


def _sheet_to_excel(name: str) -> str:
    return f"{name.lstrip('$')[:-1]}!" if name.endswith(".") else name


def _by_token(formula: str, outside: dict[str, str], inside: dict[str, str], sheet: Callable[[str], str]) -> str:
    """The formula with its separators and sheet names turned; within braces separators mean something else."""
    depth = 0

    def one(found: re.Match[str]) -> str:
        nonlocal depth
        token = found.group()
        if found.lastgroup == "text":
            return token
        if found.lastgroup in ("quoted", "sheet"):
            return sheet(token)
        depth += (token == "{") - (token == "}")
        return (inside if depth else outside).get(token, token)

    return TOKEN.sub(one, formula)
