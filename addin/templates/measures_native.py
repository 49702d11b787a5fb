"""The measures of a view as formulas: COUNTIFS and its kin, which Excel, LibreOffice and Google all know.

A condition becomes one or more criteria; a choice of several values becomes an array that SUMPRODUCT adds up.
What cannot be said this way is a mistake in the tracker, named when the workbook is built.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from addin.errors import TrackerProblem
from addin.templates.patterns import contains
from addin.templates.plan import FIRST_ROW, HEADER_ROW, LISTS, LISTS_FIRST, PREPARED, Place, Plan, literal, text
from addin.trackers import Column, Measure, Tracker
from addin.values import show

SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
MOST_SINGLES = 40
REPORT_ONLY = "in reports"
"""Stands where a sheet cannot count: values in one cell that no list names."""
FILLED, EMPTY = text("<>"), text("=")


@dataclass(slots=True)
class Criteria:
    """What rows a measure looks at: pairs of (area, criterion), and choices of (area, criteria, named list)."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    choices: list[tuple[str, list[str]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lines:
    """A view's measures for the line whose value stands in `key`."""

    plan: Plan
    tracker: Tracker
    match: str

    @property
    def place(self) -> Place:
        return self.plan.places[self.tracker.name]

    def formula(self, measure: Measure, key: str) -> str:
        """The measure as a formula without its equals sign."""
        criteria = self.criteria(measure.where, key)
        areas = [self.place.counted(name) for name in measure.of]
        if measure.measure == "count":
            return _count(criteria, areas)
        if measure.measure == "sum":
            return _added("SUMIFS", f"{areas[0]},", criteria)
        if measure.measure == "distinct":
            return self._distinct(criteria, measure, key)
        if measure.measure == "months":
            return _months(_edge("MIN", areas[0], criteria), _edge("MAX", areas[-1], criteria))
        edge = _edge("MIN" if measure.measure == "earliest" else "MAX", areas[0], criteria)
        return f'IF({edge}=0,"",{edge})'

    def criteria(self, where: Mapping[str, Mapping[str, Any]], key: str) -> Criteria:
        """The line's rows that keep every condition."""
        found = Criteria([(self.place.counted(self.match), key)])
        for name, words in where.items():
            column = self.tracker.columns[name]
            area = self.place.counted(name)
            if not {"blank", "none_of", "one_of", "pattern", *SIGNS} & set(words):
                found.pairs.append((area, FILLED))
            for word, limit in words.items():
                self._word(found, column, area, word, limit)
        return found

    def _word(self, found: Criteria, column: Column, area: str, word: str, limit: Any) -> None:
        if word in SIGNS and (limit in self.tracker.columns if isinstance(limit, str) else isinstance(limit, Mapping)):
            raise self._cannot(column, word)
        if word in SIGNS:
            constant = self.plan.constant(limit)
            found.pairs.append((area, f"{text(SIGNS[word])}&{constant}" if constant else text("no limit is set")))
        elif word in ("blank", "required"):
            found.pairs.append((area, EMPTY if (word == "blank") == bool(limit) else FILLED))
        elif word == "pattern" and (inside := contains(limit)) is not None:
            found.pairs.append((area, text(f"*{inside}*") if inside else FILLED))
        elif word in ("one_of", "none_of") and not column.several and (values := self.plan.allowed(limit)) is not None:
            criteria = [c for value in values for c in _criteria(column, value)]
            if word == "one_of":
                found.choices.append((area, criteria))
            else:
                found.pairs += [(area, text("<>" + _bare(c))) for c in criteria]
        else:
            raise self._cannot(column, word)

    def _cannot(self, column: Column, word: str) -> TrackerProblem:
        return TrackerProblem(
            f"a view cannot say {word} of {column.name} as a formula.",
            where=self.tracker.source,
            next="Use one_of, none_of, blank, required or a limit that is one value.",
        )

    def _distinct(self, criteria: Criteria, measure: Measure, key: str) -> str:
        """How many of the column's allowed values stand in these rows: one count for each value that there is."""
        column = self.tracker.columns[measure.of[0]]
        area = self.place.counted(column.name)
        limit = column.words.get("one_of", column.words.get("exists_in"))
        values = self.plan.allowed(limit) if limit is not None else None
        known = values if values is not None else self._listed(limit)
        if not column.several and not 0 < len(known) <= MOST_SINGLES:
            return self._free(measure, key)
        if column.several and (not 0 < len(known) <= MOST_SINGLES or _inside_another([show(v) for v in known])):
            return text(REPORT_ONLY)
        many = "*" if column.several else ""
        if values is not None:
            singles = [text(f"{many}{_wild(show(value))}{many}") for value in values]
        else:
            singles = [f"{text(many)}&{cell}&{text(many)}" if many else cell for cell in self._cells(limit, len(known))]
        # One count for each value: LibreOffice takes minutes for an array of them.
        return "0+" + "+".join(f"({_count(criteria, [], (area, single))}>0)" for single in singles)

    def _free(self, measure: Measure, key: str) -> str:
        """How many different values stand there, where no list says which there may be: each counts where it is first.

        Rows that do not count give 0, and some row below the table always does: its class is taken off again.
        """
        last = HEADER_ROW + self.place.rows + PREPARED
        area = self.place.below(measure.of[0], last)
        masks = [f'({area}<>"")', f"({self.place.below(self.match, last)}={key})"]
        for name, words in measure.where.items():
            column = self.tracker.columns[name]
            masks += [self._mask(column, self.place.below(name, last), word, words[word]) for word in words]
        places = f'{"*".join(masks)}*MATCH({area}&"",{area}&"",0)'
        return f"SUMPRODUCT(--(FREQUENCY({places},ROW({area})-{FIRST_ROW})>0))-1"

    def _mask(self, column: Column, area: str, word: str, limit: Any) -> str:
        """A condition as ones and zeros, row by row."""
        values = self.plan.allowed(limit) if word in ("one_of", "none_of") and not column.several else None
        if word in ("blank", "required"):
            return f'({area}{"=" if (word == "blank") == bool(limit) else "<>"}"")'
        if values is not None:
            found = "+".join(f"({area}={criterion})" for value in values for criterion in _criteria(column, value))
            return f"(({found})>0)" if word == "one_of" else f"(({found})=0)"
        raise self._cannot(column, f"{word} beside distinct")

    def _cells(self, limit: Any, count: int) -> list[str]:
        """The cells of the Lists sheet with the list's values."""
        _, which, column = (*str(limit).split("."), "", "")[:3]
        letter = self.plan.lists[which][column] if which in self.plan.lists else ""
        return [f"{LISTS}!${letter}${LISTS_FIRST + number}" for number in range(count)] if letter else []

    def _listed(self, limit: Any) -> list[str]:
        _, which, column = (*str(limit).split("."), "", "")[:3]
        return self.plan.settings.lists.get(which, {}).get(column, [])


def _criteria(column: Column, value: Any) -> list[str]:
    """The criteria that a value is found by; Yes may also stand there as TRUE."""
    if column.type == "yes_no":
        return [text("Yes"), "TRUE"] if value in (True, "yes") else [text("No"), "FALSE"]
    return [literal(value)] if isinstance(value, (int, float)) else [text(_wild(show(value)))]


def _wild(value: str) -> str:
    """A text that COUNTIFS takes as it is: its wildcards and comparison signs made harmless."""
    plain = re.sub(r"([~*?])", r"~\1", value)
    return f"={plain}" if plain[:1] in ("<", ">", "=") else plain


def _bare(criterion: str) -> str:
    return criterion.strip('"').replace('""', '"')


def _inside_another(values: Sequence[str]) -> bool:
    return any(one != other and one.casefold() in other.casefold() for one in values for other in values)


def _joined(pairs: Sequence[tuple[str, str]]) -> str:
    return ",".join(f"{area},{criterion}" for area, criterion in pairs)


def _combinations(criteria: Criteria) -> list[list[tuple[str, str]]]:
    """Every combination of the choices, written out."""
    options = [[(area, one) for one in choice] for area, choice in criteria.choices]
    return [[*criteria.pairs, *chosen] for chosen in product(*options)]


def _added(function: str, first: str, criteria: Criteria) -> str:
    """COUNTIFS or SUMIFS, added up over the choices."""
    return "+".join(f"{function}({first}{_joined(pairs)})" for pairs in _combinations(criteria))


def _count(criteria: Criteria, filled: Sequence[str], *more: tuple[str, str]) -> str:
    pairs = [*criteria.pairs, *((area, FILLED) for area in filled), *more]
    return _added("COUNTIFS", "", Criteria(pairs, criteria.choices))


def _edge(which: str, area: str, criteria: Criteria) -> str:
    """The first or last date, 0 where there is none."""
    edges = [f"_xlfn.{which}IFS({area},{_joined(pairs)})" for pairs in _combinations(criteria)]
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
