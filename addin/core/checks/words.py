"""The words a tracker may use, each a function that finds the cells that break it, with its sentence.

A word sees one whole column: `bad(values, limit)` gives the indexes that break it. A limit is one value, or a
`PerRow` list where it names another column. A blank cell keeps every word but `required`.
"""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import repeat, starmap
from typing import Any

from addin.core.book import Value
from addin.core.records import record
from addin.core.tables.values import day, show, split


class PerRow(list[Any]):
    """A limit that differs from row to row: one value for each row, None where there is none."""


Bad = list[int]


@record
class Word:
    """A rule word: what breaks it, its sentence and its suggestion; `{limit}` is shown in a person's words."""

    bad: Callable[[Sequence[Value], Any], Bad]
    say: str
    fix: str
    suggest: Callable[[Value, Any], str] | None = None
    """A better value for this one cell, or ""; then `fix` is not used."""


def _required(values: Sequence[Value], limit: Any) -> Bad:
    return [i for i, value in enumerate(values) if value is None] if limit else []


def _blank(values: Sequence[Value], limit: Any) -> Bad:
    return [i for i, value in enumerate(values) if value is not None] if limit else []


def _unique(values: Sequence[Value], limit: Any) -> Bad:
    return doubles(values) if limit else []


def doubles(values: Sequence[Any]) -> Bad:
    """The indexes of values that stand more than once, None left out."""
    filled = [value for value in values if value is not None]
    if len(set(filled)) == len(filled):
        return []
    times = Counter(filled)
    return [i for i, value in enumerate(values) if value is not None and times[value] > 1]


def _one_of(values: Sequence[Value], limit: Collection[Any]) -> Bad:
    allowed = _texts(limit)
    wrong = {value for value in set(values) if value is not None and show(value) not in allowed}
    return [i for i, value in enumerate(values) if value in wrong] if wrong else []


def _several_one_of(values: Sequence[Value], limit: Collection[Any]) -> Bad:
    allowed = _texts(limit)
    wrong = {v for v in set(values) if v is not None and show(v) not in allowed and not allowed.issuperset(split(v))}
    return [i for i, value in enumerate(values) if value in wrong] if wrong else []


def _none_of(values: Sequence[Value], limit: Collection[Any]) -> Bad:
    refused = _texts(limit)
    wrong = {value for value in set(values) if value is not None and show(value) in refused}
    return [i for i, value in enumerate(values) if value in wrong] if wrong else []


def _texts(limit: Collection[Any]) -> frozenset[str]:
    """The limit as a set of texts; one that already is a set (a reference column) is not copied."""
    return limit if isinstance(limit, frozenset) else frozenset(show(value) for value in limit)


def _pattern(values: Sequence[Value], limit: str) -> Bad:
    match = re.compile(limit).fullmatch
    return [
        i for i, v in enumerate(values) if v is not None and not match(v if type(v) is str else show(v))
    ]  # fmt: skip


def _compare(broken: Callable[[Any, Any], bool]) -> Callable[[Sequence[Value], Any], Bad]:
    """A word that compares each cell with the limit; kinds that cannot be compared are left to other rules."""

    def bad(values: Sequence[Value], limit: Any) -> Bad:
        limits = limit if isinstance(limit, PerRow) else [limit]
        pairs = zip(values, limits if isinstance(limit, PerRow) else repeat(limit), strict=False)
        kinds = {*map(type, values), *map(type, limits)}
        if type(None) not in kinds and _alike(kinds):
            return [i for i, wrong in enumerate(starmap(broken, pairs)) if wrong]
        if _alike(kinds - {type(None)}):
            return [i for i, (v, x) in enumerate(pairs) if v is not None and x is not None and broken(v, x)]
        found = []
        for i, (value, against) in enumerate(pairs):
            if value is None or against is None:
                continue
            one, other = comparable(value), comparable(against)
            if type(one) is type(other) and broken(one, other):
                found.append(i)
        return found

    return bad


def _alike(kinds: set[type]) -> bool:
    """Whether values of these types can be compared as they are."""
    return kinds <= {int, float} or len(kinds) == 1


def comparable(value: Any) -> Any:
    """Dates as moments and numbers as floats, so that two of a kind can be compared."""
    if isinstance(value, date):
        return day(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _longest(values: Sequence[Value], limit: int) -> Bad:
    if set(map(type, values)) <= {str} and max(map(len, values), default=0) <= limit:  # type: ignore[arg-type]
        return []
    return [i for i, v in enumerate(values) if v is not None and len(v if type(v) is str else show(v)) > limit]


def _most_words(values: Sequence[Value], limit: int) -> Bad:
    return [i for i, value in enumerate(values) if value is not None and len(show(value).split()) > limit]


def _least_values(values: Sequence[Value], limit: int) -> Bad:
    return [i for i, value in enumerate(values) if value is not None and len(split(value)) < limit]


def _most_values(values: Sequence[Value], limit: int) -> Bad:
    return [i for i, value in enumerate(values) if value is not None and len(split(value)) > limit]


def _near(value: Value, limit: Collection[Any]) -> str:
    allowed = _in_order(_texts(limit))
    wrong = [part for part in split(value) if part not in allowed] if isinstance(value, str) else [show(value)]
    near = [closest(part, allowed) for part in wrong or [show(value)]]
    return f"Did you mean {' and '.join(near)}?" if near and all(near) else ""


@lru_cache(maxsize=64)
def _in_order(limit: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(limit))


@lru_cache(maxsize=2048)
def closest(text: str, allowed: tuple[str, ...]) -> str:
    """The allowed value that the text most likely means; "" where none is near."""
    from difflib import get_close_matches  # only a mistake pays for it

    folded = {_folded(a): a for a in allowed}
    if _folded(text) in folded:
        return folded[_folded(text)]
    near = get_close_matches(_folded(text), folded, 1, 0.75)
    return folded[near[0]] if near else ""


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _padded(value: Value, limit: str) -> str:
    """The same digits with the zeros that a spreadsheet has eaten, where that keeps the pattern."""
    text = show(value)
    for width in range(len(text) + 1, 13):
        if text.isdigit() and re.fullmatch(limit, text.zfill(width)):
            return f"The spreadsheet may have cut zeros: enter {text.zfill(width)} in a cell of format Text."
    for other in (text.strip(), text.strip().upper(), text.strip().lower()):
        if other != text and re.fullmatch(limit, other):
            return f"Did you mean {other}?"
    return ""


WORDS: dict[str, Word] = {
    "required": Word(_required, "{header}: nothing is entered.", "Enter it."),
    "blank": Word(_blank, "{header} must stay empty here, but says {value}.", "Clear the cell."),
    "unique": Word(_unique, "{header} {value} stands more than once (see row {other}).", "Give each its own."),
    "one_of": Word(_one_of, "{value} is not one of the values of {header}.", "Choose one of: {limit}.", _near),
    "none_of": Word(_none_of, "{header} may not be {value}.", "Choose another."),
    "pattern": Word(_pattern, "{header} {value} is not written as it should be.", "{about}", _padded),
    "at_least": Word(_compare(operator.lt), "{header} is {value}, less than {limit}.", "Enter {limit} or more."),
    "at_most": Word(_compare(operator.gt), "{header} is {value}, more than {limit}.", "Enter {limit} or less."),
    "more_than": Word(_compare(operator.le), "{header} is {value}, not more than {limit}.", "Enter more."),
    "less_than": Word(_compare(operator.ge), "{header} is {value}, not less than {limit}.", "Enter less."),
    "exists_in": Word(_one_of, "{value} is not in {limit}.", "Add it there, or correct it here.", _near),
    "longest": Word(_longest, "{header} has {length} characters; at most {limit} fit.", "Shorten it."),
    "most_words": Word(_most_words, "{header} has {words} words; at most {limit} are allowed.", "Shorten it."),
    "least_values": Word(_least_values, "{header} names {count}, fewer than {limit}.", "Add what is missing."),
    "most_values": Word(_most_values, "{header} names {count}, more than {limit}.", "Keep {limit} at most."),
}
DATE_SENTENCES = {
    "at_least": ("{header} is {value}, before {limit}.", "Enter {limit} or a later date."),
    "at_most": ("{header} is {value}, after {limit}.", "Enter {limit} or an earlier date."),
    "more_than": ("{header} is {value}, not after {limit}.", "Enter a date after {limit}."),
    "less_than": ("{header} is {value}, not before {limit}.", "Enter a date before {limit}."),
}
"""Dates come before and after; numbers are more and less."""


def broken(word: str, values: Sequence[Value], limit: Any, *, several: bool = False) -> Bad:
    """The indexes of the cells that break a word."""
    if several and word in ("one_of", "exists_in"):
        return _several_one_of(values, limit)
    return WORDS[word].bad(values, limit)


def later(moment: Any, days: int = 0, months: int = 0) -> Any:
    """A date moved on by days or whole months (to the month's last day where the day is missing)."""
    if moment is None or not isinstance(moment, date):
        return moment
    if months:
        year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
        moment = moment.replace(year=year, month=month + 1, day=min(moment.day, _length(year, month + 1)))
    return moment + timedelta(days=days)


def _length(year: int, month: int) -> int:
    return (datetime(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def whole_months(first: date, last: date) -> int:
    """Whole months from one date to another."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last < later(first, months=months)) if months > 0 else months
