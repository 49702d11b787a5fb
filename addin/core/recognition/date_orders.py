"""Which comes first, day or month, in the dates of a workbook: each column by its own, else by those beside it."""

from __future__ import annotations

from collections.abc import Mapping

from addin.core.book import Grid, Value
from addin.core.recognition.header_language import writes_day_first
from addin.core.recognition.reading import Answers
from addin.core.recognition.survey import Surveyed
from addin.core.tables.date_order import NUMERIC, SPAN, orders

STYLES = ("/4", "/2", "-4", "-2")
"""Between the numbers a slash or a dash, and the year with four digits or two."""


def date_orders(
    rows: Mapping[str, Surveyed], grids: Mapping[str, Grid], answers: Answers
) -> tuple[dict[str, dict[int, dict[str, str]]], dict[str, str], dict[str, str]]:
    """The order of day and month in each column of each sheet, as its dates prove it; what holds for all; what the
    others suggest, or the language that the sheets are in.

    Birth dates come from another program more often than not, so they prove nothing of dates that a person typed
    beside them, nor these of them. Dates with dots are read day first, as everywhere in the world, unless proved
    otherwise.
    """
    alike = _are_alike(rows)
    groups: dict[tuple[str, str], list[Value]] = {}
    dates = {name: _dates(one, grids[name]) for name, one in rows.items()}
    for name, one in rows.items():
        for number, texts in dates[name].items():
            for group in _groups(name, one, number, alike=alike):
                groups.setdefault(group, []).extend(texts)
    proofs = {group: orders(texts) for group, texts in groups.items()}
    by_sheet: dict[str, dict[int, dict[str, str]]] = {name: {} for name in rows}
    for name, one in rows.items():
        for number in dates[name]:
            for group in reversed(_groups(name, one, number, alike=alike)):
                by_sheet[name].setdefault(number, {}).update(proofs[group])
    ways: dict[str, set[str]] = {}
    for style, way in (pair for found in proofs.values() for pair in found.items()):
        ways.setdefault(style, set()).add(way)
    together = {style: found.copy().pop() for style, found in ways.items() if len(found) == 1}
    given = {name: way for name, way in answers.items() if name.startswith("date order") and way in ("dmy", "mdy")}
    answered = {name.rpartition(" ")[2]: way for name, way in given.items() if name != "date order"}
    everywhere = {style: given["date order"] for style in STYLES if "date order" in given}
    if writes_day_first(grids.values()):
        together = dict.fromkeys(STYLES, "dmy") | together
    return by_sheet, {".4": "dmy", ".2": "dmy"} | everywhere | answered, together


def _are_alike(rows: Mapping[str, Surveyed]) -> bool:
    """Whether sheets are of one kind, a tab for each class: then their columns of one name prove each other's."""
    kinds = {tuple(part.region.headers.values()) for one in rows.values() for part in one.parts}
    return sum(len(one.parts) for one in rows.values()) > len(kinds)


def _groups(sheet: str, one: Surveyed, number: int, *, alike: bool) -> list[tuple[str, str]]:
    """What proves the order of a column's dates, the nearest first: itself, its like on other sheets, those beside."""
    roles = {part.roles[number].column for part in one.parts if number in part.roles}
    roles |= {
        match.column for part in one.parts if part.found for match in part.found.matches if match.number == number
    }
    header = next((part.region.headers[number] for part in one.parts if number in part.region.headers), "")
    found = [(sheet, f"column {number}")]
    if alike:
        found.append(("", f"called {header}"))
    return found if "birth_date" in roles else [*found, (sheet, "typed")]


def _dates(one: Surveyed, grid: Grid) -> dict[int, list[Value]]:
    """column -> the texts in it with dates in digits."""
    found: dict[int, list[Value]] = {}
    for part in one.parts:
        for row in part.region.rows:
            for number, value in enumerate(grid.values[row - 1], 1):
                if isinstance(value, str) and len(value) < SPAN and NUMERIC.search(value):
                    found.setdefault(number, []).append(value)
    return found
