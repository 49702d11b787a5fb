"""Refuse a pattern that could take for ever: a repeat around something that can be split in many ways.

Python's engine tries every way; `(a+)+$` on thirty letters is a thousand million of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

LONGEST = 500
"""Characters of a pattern."""
_ENDLESS = 4
_MANY = 10
"""So many repeats at the most count as few."""


def pattern_problem(pattern: str) -> str:
    """Why a pattern is refused, as the end of a sentence; "" where it is fine."""
    if len(pattern) > LONGEST:
        return f"is longer than {LONGEST} characters"
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is no regular expression ({error})"
    if len(re.findall(r"(?<!\\)[*+]|\{\d+,\}", pattern)) > _ENDLESS:
        return f"has more than {_ENDLESS} repeats without a limit"
    from re import _parser  # type: ignore[attr-defined]  # the only way to the parts of a pattern

    return "could take for ever (a repeat inside a repeat)" if _is_risky(_parser.parse(pattern), False) else ""


def _is_risky(parts: Iterable[Any], inside: bool) -> bool:
    """Whether somewhere in these parts a repeat without a limit is around another one, or around a choice."""
    for kind, given in parts:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            _, most, body = given
            many = int(most) > _MANY
            if inside and many:
                return True
            if many and not _is_delimited(body) and _is_risky(body, True):
                return True
            if not many and _is_risky(body, inside):
                return True
        elif name == "BRANCH":
            if inside or any(_is_risky(one, inside) for one in given[1]):
                return True
        elif name == "SUBPATTERN" and _is_risky(given[-1], inside):
            return True
    return False


def _is_delimited(body: Iterable[Any]) -> bool:
    """Whether each turn of a repeat has a literal sign that nothing else in it can be: `(, \\\\d+)*`."""
    flat = [part for kind, given in body for part in (given[-1] if str(kind) == "SUBPATTERN" else [(kind, given)])]
    signs = {given for kind, given in flat if str(kind) == "LITERAL"}
    others = [given for kind, given in flat if str(kind) != "LITERAL"]
    texts = [chr(sign) for sign in signs if not chr(sign).isalnum()]
    return any(not _can_be(others, text) for text in texts)


def _can_be(parts: Iterable[Any], text: str) -> bool:
    """Whether one of these parts can match this sign; what is not understood can."""
    for given in parts:
        body = given[2] if isinstance(given, tuple) and len(given) == 3 else None
        if body is None or any(_matches(kind, inner, text) for kind, inner in body):
            return True
    return False


def _matches(kind: Any, given: Any, text: str) -> bool:
    name = str(kind)
    if name == "LITERAL":
        return bool(chr(given) == text)
    if name == "IN":
        categories = {str(one[1]) for one in given if str(one[0]) == "CATEGORY"}
        plain = [one for one in given if str(one[0]) != "CATEGORY"]
        return bool(plain) or not categories <= {"CATEGORY_DIGIT", "CATEGORY_WORD"}
    return True
