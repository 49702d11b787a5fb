"""A better value for one cell: the choice that was meant, or the form that a pattern asks for.

`fix` is the exact value to write where only one is right; without it a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from addin.core.book import Value
from addin.core.ib.session import parse
from addin.core.language import all_of, phrase
from addin.core.records import frozen
from addin.core.tables.equality import without_zeros
from addin.core.tables.values import show, split

NEAR = 75
"""How alike, of 100, a text and an allowed value must be before the value is suggested."""


@frozen
class Advice:
    """What to suggest for one cell, and the exact value where it is certain."""

    text: str
    fix: Value = None


def closest_choice(value: Value, limit: Collection[Any]) -> Advice | None:
    """The allowed values that a text most likely means: a slip of the keyboard, never certain."""
    allowed = _in_order(limit if isinstance(limit, frozenset) else frozenset(map(show, limit)))
    wrong = [part for part in split(value) if part not in allowed] if isinstance(value, str) else [show(value)]
    near = [closest(part, allowed) for part in wrong or [show(value)]]
    return Advice(phrase("Did you mean {near}?", near=all_of(near))) if near and all(near) else None


def known_code(value: Value, limit: Collection[Any]) -> Advice | None:
    """The code that is there, where the cell only lacks its zeros; else the one that a text most likely means."""
    text = show(value)
    if text.isdecimal():
        whole = _cut(limit if isinstance(limit, frozenset) else frozenset(map(show, limit))).get(text)
        if whole:
            return Advice(phrase("The spreadsheet cut its zeros: it is {code}.", code=whole), whole)
    return closest_choice(value, limit)


@lru_cache(maxsize=8)
def _cut(limit: frozenset[str]) -> dict[str, str]:
    """Each code of the limit without its zeros -> the code."""
    return without_zeros({code.lstrip("0") for code in limit}, limit)


@lru_cache(maxsize=64)
def _in_order(limit: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(limit))


@lru_cache(maxsize=2048)
def closest(text: str, allowed: tuple[str, ...]) -> str:
    """The allowed value that is most like the text; "" where none is near enough, or two are equally near."""
    from difflib import SequenceMatcher, get_close_matches  # only a mistake pays for these

    from addin.core.tables.choices import comparison_form

    forms = {comparison_form(one): one for one in allowed}
    form = comparison_form(text)
    if form in forms:
        return forms[form]
    near = get_close_matches(form, forms, 2, NEAR / 100)
    if len(near) == 2:
        one, other = (SequenceMatcher(None, name, form).ratio() for name in near)
        return forms[near[0]] if one > other else ""
    return forms[near[0]] if near else ""


def exact_form(value: Value, limit: str) -> Advice | None:
    """The same value in the form that the pattern asks for; certain where only one form of it fits."""
    return _exact_form(show(value), limit)


@lru_cache(maxsize=2048)  # the same slip is often in many rows
def _exact_form(text: str, limit: str) -> Advice | None:
    found = {form for form in _forms(text) if form != text and re.fullmatch(limit, form)}
    if len(found) == 1:
        (form,) = found
        return Advice(phrase("Use {form}.", form=form), form)
    for width in range(len(text) + 1, 13):
        if text.isdigit() and re.fullmatch(limit, text.zfill(width)):
            return Advice(
                phrase(
                    "The spreadsheet may have cut zeros: enter {code} in a cell of format Text.",
                    code=text.zfill(width),
                )
            )
    return None


def _forms(text: str) -> Iterator[str]:
    """Other writings of the same value, all of one meaning."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf").strip()
    bare = re.sub(r"^mailto:", "", bare.strip("<>"), flags=re.IGNORECASE)
    yield from (bare, bare.upper()) if re.fullmatch(r"[^@]*", bare) else (bare,)
    yield bare.lower() if re.fullmatch(r"[^@]*", bare) and not re.fullmatch(r"[A-Za-z]", bare) else bare
    yield re.sub(r"[\s\-–—_/.]+", "", bare).upper()
    if session := session_of(bare):
        yield session
    if number := re.fullmatch(r"(?:cat|category|grade|level|group)\.?\s*(\d+)", bare, re.IGNORECASE):
        yield number[1]


def session_of(text: str) -> str:
    """`M27` for `May 2027`, `Mai 2027`, `mayo de 2027`, `2027-05`, `M2027`; "" for what names no exam session."""
    if found := parse(text):
        return str(found)
    from addin.core.tables.dates import read_periods

    if not re.search(r"\d{4}", text):
        text = re.sub(r"\b(\d{2})$", r"20\1", text.replace("'", " ").replace("’", " "))
    spans = [period for period in read_periods(text) if period.precision == "month"]
    if len(spans) == 1 and spans[0].start.month in (5, 11):
        return f"{'M' if spans[0].start.month == 5 else 'N'}{spans[0].start.year % 100:02}"
    return ""
