"""The measures of a view as formulas that Excel, LibreOffice and Google all know.

Counts are array formulas over all lines of the view at once: calculations.py knows the line of each row, and FREQUENCY
says how many fell to each line. Sums, first and last dates, which it does not know, are SUMIFS, MINIFS and MAXIFS line
by line. Areas begin in row 1, so that they cannot lose rows; no title or header belongs to a line.
What cannot be said either way is a mistake in the tracker, named when the workbook is built.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal

from addin.core.tables.values import show
from addin.core.trackers import Column, Conditions, Measure, Tracker, View
from addin.errors import TrackerProblem
from addin.templates.calculations import BEYOND, lines_area
from addin.templates.patterns import contains
from addin.templates.plan import (
    FIRST_ROW,
    HEADER_ROW,
    LISTS,
    LISTS_FIRST,
    Plan,
    counted_name,
    literal,
    text,
    whole_name,
)

SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
MOST_SINGLES = 12
"""Values that are counted one by one; more are told apart by where each is first."""
LONGEST = 8_000
"""Characters of a formula; Excel takes 8,192."""
REPORT_ONLY = "in reports"
"""Stands where a sheet cannot count: values in one cell that no list names."""
_THIS = f"ROWS($A${FIRST_ROW}:$A§)"
"""The number of the formula's own line."""
FILLED, EMPTY = text("<>"), text("=")


@dataclass(frozen=True, slots=True)
class Formula:
    """A measure's formula: for one line, as an array formula for one line, or as one array formula for all lines."""

    text: str
    over: Literal["line", "line as array", "all lines"] = "line"


@dataclass(slots=True)
class Criteria:
    """What rows SUMIFS and its kin look at: pairs of (area, criterion), and choices of (area, criteria)."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    choices: list[tuple[str, list[str]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lines:
    """A view's measures: § stands for the number of a line's row, `last` is the row of the last line."""

    plan: Plan
    tracker: Tracker
    view: View | None
    last: int

    def area(self, column: str) -> str:
        """The rows of a column that are looked at."""
        return counted_name(self.tracker.name, column)

    @property
    def line(self) -> str:
        """The line of each row."""
        assert self.view is not None
        return lines_area(self.plan, self.tracker, self.view)

    def formula(self, measure: Measure) -> Formula:
        """The measure as a formula without its equals sign, blank where the line is blank."""
        if measure.measure == "count":
            return self._for_all(self._frequency(self._masks(measure, measure.of)))
        if measure.measure == "distinct":
            return self._distinct(measure)
        criteria = self._criteria(measure.where)
        areas = [self.area(name) for name in measure.of]
        if measure.measure == "sum":
            return _for_one(_added("SUMIFS", f"{areas[0]},", criteria))
        if measure.measure == "months":
            return _for_one(_months(_edge("MIN", areas[0], criteria), _edge("MAX", areas[-1], criteria)))
        edge = _edge("MIN" if measure.measure == "earliest" else "MAX", areas[0], criteria)
        return _for_one(f'IF({edge}=0,"",{edge})')

    # counts, for all lines at once

    def _for_all(self, counts: str) -> Formula:
        formula = f'IF({self._keys()}="","",{counts})'
        return Formula(formula, "all lines") if len(formula) < LONGEST else _for_one(text(REPORT_ONLY))

    def _keys(self) -> str:
        return f"$A${FIRST_ROW}:$A${self.last}"

    def _frequency(self, masks: Sequence[str]) -> str:
        """How many of the rows that keep every mask fall to each line."""
        kept = f"{self.line}+{BEYOND}*(1-{'*'.join(masks)})" if masks else self.line
        return f"FREQUENCY({kept},ROW({self._keys()})-{HEADER_ROW})"

    def _masks(self, measure: Measure, filled: Sequence[str]) -> list[str]:
        return [*self.masks(measure.where), *(f'({self.area(name)}<>"")' for name in filled)]

    def masks(self, where: Conditions) -> list[str]:
        """Conditions as ones and zeros, row by row."""
        masks = []
        for name, words in where.items():
            column, area = self.tracker.columns[name], self.area(name)
            masks += [self._mask(column, area, word, limit) for word, limit in words.items()]
        return masks

    def _mask(self, column: Column, area: str, word: str, limit: Any) -> str:
        self._possible(column, word, limit)
        if word in SIGNS:
            constant = self.plan.constant(limit)
            return f"ISNUMBER({area})*({area}{SIGNS[word]}{constant})" if constant else "0"
        if word in ("blank", "required"):
            return f'({area}{"=" if (word == "blank") == bool(limit) else "<>"}"")'
        if word == "pattern":
            inside = contains(limit)
            return f"ISNUMBER(FIND({text(inside)},{area}))" if inside else f'({area}<>"")'
        found = "+".join(_is(column, area, value) for value in self.plan.allowed(limit) or ())
        return f"({found})" if word == "one_of" else f"(1-({found}))"

    def _distinct(self, measure: Measure) -> Formula:
        """How many of the column's allowed values are in a line's rows: a count for each value that there is."""
        column = self.tracker.columns[measure.of[0]]
        limit = column.words.get("one_of", column.words.get("exists_in"))
        values = self.plan.allowed(limit) if limit is not None else None
        known = [show(value) for value in values] if values is not None else self._listed(limit)
        if not column.several and not 0 < len(known) <= MOST_SINGLES:
            return self._free(measure, column, limit)
        if not known or (column.several and _inside_another(known)):
            return _for_one(text(REPORT_ONLY))
        area, masks = self.area(column.name), self._masks(measure, ())
        cells = [literal(value) for value in values] if values is not None else self._cells(limit, len(known))
        tests = [f"ISNUMBER(FIND({one},{area}))" if column.several else f"({area}={one})" for one in cells]
        return self._for_all("+".join(f"({self._frequency([*masks, test])}>0)" for test in tests))

    def _free(self, measure: Measure, column: Column, limit: Any) -> Formula:
        """How many different values are there, line by line: each counts where it stands first in the column.

        Rows that do not count give 0, and so there is always one class too many.
        """
        area = self.area(column.name)
        masks = [f"({self.line}={_THIS})", *self._masks(measure, measure.of)]
        values = self.plan.allowed(limit) if limit is not None else None
        if values is not None:
            masks.append(f"ISNUMBER(MATCH({area},{{{','.join(map(literal, values))}}},0))")
        elif limit is not None and (name := self.plan.name(limit)):
            masks.append(f"ISNUMBER(MATCH({area},{whole_name(name)},0))")
        first = f"{'*'.join(masks)}*IFERROR(MATCH({area},{area},0),0)"
        classes = f"FREQUENCY({first},ROW({area})-1)"
        return Formula(f'IF($A§="","",SUM(--({classes}>0))-1)', "line as array")

    def _cells(self, limit: Any, count: int) -> list[str]:
        """The cells of the Lists sheet with the list's values."""
        _, which, column = (*str(limit).split("."), "", "")[:3]
        letter = self.plan.lists[which][column] if which in self.plan.lists else ""
        return [f"{LISTS}!${letter}${LISTS_FIRST + number}" for number in range(count)] if letter else []

    def _listed(self, limit: Any) -> list[str]:
        _, which, column = (*str(limit).split("."), "", "")[:3]
        return list(self.plan.settings.lists.get(which, {}).get(column, []))

    # sums and dates, line by line

    def _criteria(self, where: Mapping[str, Mapping[str, Any]]) -> Criteria:
        """The line's rows that keep every condition."""
        found = Criteria([(self.line, _THIS)])
        for name, words in where.items():
            column = self.tracker.columns[name]
            for word, limit in words.items():
                self._possible(column, word, limit)
                self._word(found, column, self.area(name), word, limit)
        return found

    def _word(self, found: Criteria, column: Column, area: str, word: str, limit: Any) -> None:
        if word in SIGNS:
            constant = self.plan.constant(limit)
            found.pairs.append((area, f"{text(SIGNS[word])}&{constant}" if constant else text("no limit is set")))
        elif word in ("blank", "required"):
            found.pairs.append((area, EMPTY if (word == "blank") == bool(limit) else FILLED))
        elif word == "pattern":
            inside = contains(limit)
            found.pairs.append((area, text(f"*{inside}*") if inside else FILLED))
        else:
            criteria = [c for value in self.plan.allowed(limit) or () for c in _alike(column, value)]
            if word == "one_of":
                found.choices.append((area, criteria))
            else:
                found.pairs += [(area, text("<>" + _bare(c))) for c in criteria]

    def _possible(self, column: Column, word: str, limit: Any) -> None:
        """Raises TrackerProblem where a condition cannot be said by a formula."""
        if word in SIGNS:
            fine = limit not in self.tracker.columns if isinstance(limit, str) else not isinstance(limit, Mapping)
        elif word == "pattern":
            fine = contains(limit) is not None
        elif word in ("one_of", "none_of"):
            fine = not column.several and self.plan.allowed(limit) is not None
        else:
            fine = word in ("blank", "required")
        if not fine:
            raise TrackerProblem(
                f"a view cannot say {word} of {column.name} as a formula.",
                where=self.tracker.source,
                next="Use one_of, none_of, blank, required or a limit that is one value.",
            )


def _for_one(formula: str) -> Formula:
    return Formula(f'IF($A§="","",{formula})')


def _is(column: Column, area: str, value: Any) -> str:
    """True where the cell has the value; Yes may also be there as TRUE, and a blank is not FALSE."""
    if column.type == "yes_no":
        yes = value in (True, "yes")
        return (
            f"({area}={text(column.yes if yes else column.no)})+ISLOGICAL({area})*({area}={'TRUE' if yes else 'FALSE'})"
        )
    return f"({area}={literal(value)})"


def _alike(column: Column, value: Any) -> list[str]:
    """The criteria that a value is found by; Yes may also be there as TRUE."""
    if column.type == "yes_no":
        return [text(column.yes), "TRUE"] if value in (True, "yes") else [text(column.no), "FALSE"]
    return [literal(value)] if isinstance(value, (int, float)) else [text(_wild(show(value)))]


def _wild(value: str) -> str:
    """A text that SUMIFS takes as it is: its wildcards and comparison signs made harmless."""
    plain = re.sub(r"([~*?])", r"~\1", value)
    return f"={plain}" if plain[:1] in ("<", ">", "=") else plain


def _bare(criterion: str) -> str:
    return criterion.strip('"').replace('""', '"')


def _inside_another(values: Sequence[str]) -> bool:
    return any(one != other and one.casefold() in other.casefold() for one in values for other in values)


def _combinations(criteria: Criteria) -> list[str]:
    """Every combination of the choices, written out."""
    options = [[(area, one) for one in choice] for area, choice in criteria.choices]
    return [
        ",".join(f"{area},{criterion}" for area, criterion in [*criteria.pairs, *chosen])
        for chosen in product(*options)
    ]


def _added(function: str, first: str, criteria: Criteria) -> str:
    """SUMIFS, added up over the choices."""
    return "+".join(f"{function}({first}{pairs})" for pairs in _combinations(criteria)) or "0"


def _edge(which: str, area: str, criteria: Criteria) -> str:
    """The first or last date, 0 where there is none."""
    edges = [f"_xlfn.{which}IFS({area},{pairs})" for pairs in _combinations(criteria)] or ["0"]
    if len(edges) == 1:
        return edges[0]
    if which == "MAX":
        return f"MAX({','.join(edges)})"
    first = ",".join(f"IF({edge}=0,9999999,{edge})" for edge in edges)
    return f"MOD(MIN({first}),9999999)"


def _months(first: str, last: str) -> str:
    """Whole months between two dates, as rules.whole_months counts them; DATEDIF differs at the ends of months."""
    months = f"((YEAR({last})-YEAR({first}))*12+MONTH({last})-MONTH({first}))"
    cut = f"IF({months}>0,IF({last}<EDATE({first},{months}),1,0),0)"
    return f'IF(OR({first}=0,{last}=0),"",{months}-{cut})'
