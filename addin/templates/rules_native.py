"""The rule words as formulas: each true where a cell breaks its word, so that a sheet shows it while it is typed.

What a sheet cannot say (free patterns, measures over groups, rules in Python) is left to Validate. Array constants and
structured references are not allowed in such formulas, so allowed values are looked for in one text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from addin.core.checks.words import WORDS
from addin.core.tables.values import show
from addin.core.trackers import Column, Conditions, Tracker
from addin.templates import patterns
from addin.templates.plan import Place, Plan, joined_name, text, whole_name

LONGEST_FORMULA = 8_000
_SEPARATOR = "¦"
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false")


@dataclass(frozen=True, slots=True)
class Native:
    """The words of one tracker, about the cells of its first row."""

    plan: Plan
    tracker: Tracker

    def say(self, sentence: str, /, **values: Any) -> str:
        """A sentence in the workbook's language."""
        return self.plan.say(sentence, **values)

    @property
    def place(self) -> Place:
        return self.plan.places[self.tracker.name]

    def broken(self, column: Column, word: str, limit: Any) -> str | None:
        """A formula that is true where the column's cell breaks the word; None where a sheet cannot say it."""
        form = WORDS[word].native
        name, _, sign = form.partition(" ")
        if name in _BUILDERS:
            formula = _BUILDERS[name](self, column, limit, sign)
        else:
            formula = form.format(cell=self.place.cell(column.name), limit=_constant(limit)) if form and limit else None
        return formula if formula and len(formula) < LONGEST_FORMULA else None

    def matching_rows(self, conditions: Conditions) -> str | None:
        """A formula that is true where a row keeps every condition; a blank cell keeps only `blank` and `none_of`."""
        tests = []
        for name, words in conditions.items():
            column = self.tracker.columns[name]
            if not words.keys() & {"blank", "none_of"}:
                tests.append(f"LEN({self.place.cell(name)})>0")
            for word, limit in words.items():
                formula = self.broken(column, word, limit)
                if formula is None:
                    return None
                tests.append(f"NOT({formula})")
        return both(tests)

    def twice(self, columns: Sequence[str]) -> str:
        """True where these cells together are in more than one row."""
        here = [self.place.cell(name) for name in columns]
        filled = both([f"LEN({cell})>0" for cell in here])
        if len(columns) == 1:
            # The row that is first is not marked, Validate names both.
            return f"IF({filled},MATCH({here[0]},{self.place.here(columns[0])},0)<ROW()-{self.place.header_row},FALSE)"
        # COUNTIFS in each of 4,000 rows took LibreOffice 15 seconds.
        same = '&"|"&'.join(here)
        return f"IF({filled},MATCH({same},{joined_name(self.tracker.name, columns)},0)<ROW(),FALSE)"

    def limit(self, limit: Any) -> tuple[str, bool] | None:
        """A limit as a formula, and whether it is another cell that may be blank."""
        if isinstance(limit, Mapping):
            base = self.limit(limit["of"])
            if base is None:
                return None
            moved, blank = base
            if months := limit.get("plus_months", 0):
                moved = f"EDATE({moved},{months})"
            return (f"{moved}+{limit['plus_days']}" if limit.get("plus_days") else moved), blank
        if isinstance(limit, str) and limit in self.tracker.columns:
            return self.place.cell(limit), True
        constant = self.plan.constant(limit)
        return None if constant is None else (constant, False)


def both(tests: Sequence[str]) -> str:
    """All of these."""
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def _cell(native: Native, column: Column) -> str:
    return native.place.cell(column.name)


def _unique(native: Native, column: Column, limit: Any, _: str) -> str | None:
    return native.twice([column.name]) if limit else None


def _one_of(native: Native, column: Column, limit: Any, _: str) -> str | None:
    values = native.plan.allowed(limit)
    cell = _cell(native, column)
    if values is None:
        name = native.plan.name(limit)
        if name is None or column.several:
            return name and _several_from(cell, name)
        return f"AND(LEN({cell})>0,ISNA(MATCH({cell},{whole_name(name)},0)))"
    if column.several:
        return _several_of(cell, [show(value) for value in values])
    return f"AND(LEN({cell})>0,ISERROR({_found(column, cell, values)}))"


def _none_of(native: Native, column: Column, limit: Any, _: str) -> str | None:
    values = native.plan.allowed(limit)
    cell = _cell(native, column)
    if values is None:
        name = native.plan.name(limit)
        return name and f"AND(LEN({cell})>0,ISNUMBER(MATCH({cell},{whole_name(name)},0)))"
    return f"AND(LEN({cell})>0,ISNUMBER({_found(column, cell, values)}))"


def _found(column: Column, cell: str, values: Sequence[Any]) -> str:
    """Where the cell is among the values, as a formula that fails where it does not."""
    if column.type == "yes_no":
        yes, no = {*_YES, column.yes.lower()}, {*_NO, column.no.lower()}
        words = [word for value in values for word in sorted(yes if value in (True, "yes") else no)]
        cell = f"LOWER({cell})"
    else:
        words = [show(value) for value in values]
    return f'FIND("{_SEPARATOR}"&{cell}&"{_SEPARATOR}",{long_text(_SEPARATOR + _SEPARATOR.join(words) + _SEPARATOR)})'


def long_text(value: str) -> str:
    """A text in pieces of at most 255 characters, as formulas demand."""
    return "&".join(text(value[at : at + 240]) for at in range(0, len(value), 240))


def _several_of(cell: str, values: Sequence[str]) -> str | None:
    """What is left when every allowed value is taken away, the longest first, must be separators only."""
    if len(values) > 40:
        return None
    rest = f'{cell}&""'
    for value in sorted(values, key=lambda v: (-len(v), v)):
        rest = f'SUBSTITUTE({rest},{text(value)},"")'
    for sign in ('";"', '","', '" "', "CHAR(10)"):
        rest = f'SUBSTITUTE({rest},{sign},"")'
    return f"LEN({rest})>0"


def _several_from(cell: str, name: str) -> str:
    """Fewer values of the list found than the cell has parts."""
    bare = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell}," ",""),CHAR(10),";"),",",";")'
    found = f'SUMPRODUCT(({name}<>"")*ISNUMBER(FIND(";"&SUBSTITUTE({name}," ","")&";",";"&{bare}&";")))'
    return f"AND(LEN({cell})>0,{found}<{_parts(cell)})"


def _parts(cell: str) -> str:
    """How many values a cell holds, by its separators; one at the end parts nothing."""
    bare = f'SUBSTITUTE(SUBSTITUTE(TRIM({cell}),CHAR(10),";"),",",";")'
    return f'(LEN({bare})-LEN(SUBSTITUTE({bare},";",""))+(RIGHT({bare},1)<>";"))'


def _pattern(native: Native, column: Column, limit: Any, _: str) -> str | None:
    pattern = native.plan.setting(limit.removeprefix("settings.")) if limit.startswith("settings.") else limit
    cell = _cell(native, column)
    keeps = patterns.keeps(pattern, cell) if pattern else None
    if keeps is None and column.type == "email":
        # Not the whole pattern, but what every address has: a dot somewhere behind the @, and no blank.
        keeps = f'AND(ISNUMBER(FIND(".",{cell},FIND("@",{cell})+2)),ISERROR(FIND(" ",{cell})))'
    return keeps and f"AND(LEN({cell})>0,NOT({keeps}))"


def _compare(native: Native, column: Column, limit: Any, sign: str) -> str | None:
    against = native.limit(limit)
    if against is None:
        return None
    cell = _cell(native, column)
    value, other = against
    if not other:
        return f"AND(ISNUMBER({cell}),{cell}{sign}{value})"
    of = limit["of"] if isinstance(limit, Mapping) else limit
    # IF, since AND works out all its parts, and EDATE of a text is an error.
    both_there = f"AND(ISNUMBER({cell}),ISNUMBER({native.place.cell(of)}))"
    return f"IF({both_there},{cell}{sign}{value},FALSE)"


def _words(native: Native, column: Column, limit: Any, sign: str) -> str | None:
    bare = f'TRIM(SUBSTITUTE({_cell(native, column)},CHAR(10)," "))'
    return f'LEN({bare})-LEN(SUBSTITUTE({bare}," ",""))+1{sign}{limit}'


def _count(native: Native, column: Column, limit: Any, sign: str) -> str | None:
    cell = _cell(native, column)
    return f"AND(LEN({cell})>0,{_parts(cell)}{sign}{limit})"


def _constant(limit: Any) -> str:
    """A limit as it is written in a formula."""
    return text(limit) if isinstance(limit, str) else show(limit)


_BUILDERS: dict[str, Callable[[Native, Column, Any, str], str | None]] = {
    "unique": _unique,
    "one_of": _one_of,
    "none_of": _none_of,
    "pattern": _pattern,
    "words": _words,
    "count": _count,
    "compare": _compare,
}
"""The forms that need more than the cell and the limit; a word names one, and the sign that is true where it breaks."""
