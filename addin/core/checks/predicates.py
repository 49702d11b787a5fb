"""What breaks each word: `bad(values, limit)` gives the indexes of the cells of one whole column that break it.

A limit is one value, or a `PerRow` list where it names another column. A blank cell keeps every word but `required`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import compress, count, filterfalse, repeat, starmap
from operator import is_, is_not
from typing import Any, cast

from addin.core.book import Value
from addin.core.regex import regex
from addin.core.tables.equality import fold_code
from addin.core.tables.values import day, show, split


class PerRow(list[Any]):
    """A limit that differs from row to row: one value for each row, None where there is none."""


Bad = list[int]


def _indexes(found: Iterable[object]) -> Bad:
    """The indexes at which something is found; a loop over each cell of each column is most of a check."""
    return list(compress(count(), found))


def required(values: Sequence[Value], limit: Any) -> Bad:
    return _indexes(map(is_, values, repeat(None))) if limit else []


def blank(values: Sequence[Value], limit: Any) -> Bad:
    return _indexes(map(is_not, values, repeat(None))) if limit else []


def unique(values: Sequence[Value], limit: Any) -> Bad:
    return duplicates(comparable_texts(values)) if limit else []


def comparable_texts(values: Sequence[Value]) -> list[Any]:
    """The values with every text in its comparison form: what differs only in its writing is the same."""
    kinds = set(map(type, values))
    texts: Sequence[Any] = values if kinds == {str} else [value for value in values if type(value) is str]
    if not texts:
        return list(values)
    joined = "\0".join(texts)
    plain = joined.isascii() and joined == joined.strip() and not any(sign in joined for sign in _SPECIAL)
    forms = joined.casefold().split("\0") if plain else list(map(fold_code, texts))
    if len(forms) == len(values):
        return forms
    each = iter(forms)
    return [next(each) if type(value) is str else value for value in values]


_SPECIAL = ("`", "'", "=", "\n", "\t", "\r", "  ", " \0", "\0 ")
"""What makes more than case folding necessary: signs and blanks that `fold_code` looks at."""


def duplicates(values: Sequence[Any]) -> Bad:
    """The indexes of values that occur more than once, None left out."""
    if len(set(values) - {None}) == sum(map(is_not, values, repeat(None))):
        return []
    times = Counter(values)
    return [i for i, value in enumerate(values) if value is not None and times[value] > 1]


def one_of(values: Sequence[Value], limit: Collection[Any]) -> Bad:
    allowed = _texts(limit)
    wrong = {value for value in set(values) if value is not None and show(value) not in allowed}
    return _indexes(map(wrong.__contains__, values)) if wrong else []


def several_one_of(values: Sequence[Value], limit: Collection[Any]) -> Bad:
    allowed = _texts(limit)
    wrong = {v for v in set(values) if v is not None and show(v) not in allowed and not allowed.issuperset(split(v))}
    return _indexes(map(wrong.__contains__, values)) if wrong else []


def none_of(values: Sequence[Value], limit: Collection[Any]) -> Bad:
    refused = _texts(limit)
    wrong = {value for value in set(values) if value is not None and show(value) in refused}
    return _indexes(map(wrong.__contains__, values)) if wrong else []


def _texts(limit: Collection[Any]) -> frozenset[str]:
    """The limit as a set of texts; one that already is a set (a reference column) is not copied."""
    return limit if isinstance(limit, frozenset) else frozenset(show(value) for value in limit)


_ENDLESS = regex(r"(?<!\\)[*+]|\{\d+,\}")
_LONGEST = {1: 1_000_000, 2: 5_000, 3: 300}
"""Repeats without a limit in a pattern -> characters of a text that is held against it: the time grows with both."""


def pattern(values: Sequence[Value], limit: str) -> Bad:
    match, longest = re.compile(limit).fullmatch, _LONGEST.get(len(_ENDLESS.findall(limit)) or 1, 100)
    if set(map(type, values)) <= {str, type(None)}:  # alike ones once; 1 and True would be alike, too
        distinct = cast("set[str]", set(values) - {None})
        fitting = distinct
        if max(map(len, distinct), default=0) > longest:
            fitting = {text for text in distinct if len(text) <= longest}
        wrong = (distinct - fitting).union(filterfalse(match, fitting))
        return _indexes(map(wrong.__contains__, values)) if wrong else []
    texts = (None if v is None else show(v) for v in values)
    return [i for i, text in enumerate(texts) if text is not None and not (len(text) <= longest and match(text))]


def compare(broken: Callable[[Any, Any], bool]) -> Callable[[Sequence[Value], Any], Bad]:
    """A word that compares each cell with the limit; kinds that cannot be compared are left to other rules."""

    def bad(values: Sequence[Value], limit: Any) -> Bad:
        limits = limit if isinstance(limit, PerRow) else [limit]
        pairs = zip(values, limits if isinstance(limit, PerRow) else repeat(limit), strict=False)
        kinds = {*map(type, values), *map(type, limits)}
        if type(None) not in kinds and _alike(kinds):
            return _indexes(starmap(broken, pairs))
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


def longest(values: Sequence[Value], limit: int) -> Bad:
    if set(map(type, values)) <= {str}:
        return [i for i, length in enumerate(map(len, values)) if length > limit]  # type: ignore[arg-type]
    return [i for i, v in enumerate(values) if v is not None and len(v if type(v) is str else show(v)) > limit]


def most_words(values: Sequence[Value], limit: int) -> Bad:
    return [i for i, value in enumerate(values) if value is not None and len(show(value).split()) > limit]


def least_values(values: Sequence[Value], limit: int) -> Bad:
    return [i for i, value in enumerate(values) if value is not None and len(split(value)) < limit]


def most_values(values: Sequence[Value], limit: int) -> Bad:
    return [i for i, value in enumerate(values) if value is not None and len(split(value)) > limit]


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
