"""One wrong cell at a time in a school that is right: which rules say so, and that no others do.

every_cell/ holds what is found, a file for each school and tracker, and what each rule says then: read it, and say
whether a coordinator would expect it.
`python tests/core/ib/test_every_cell.py --write` writes it again; look at the difference before it is committed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))
import second_school
import whole_school
from planting import LISTS, TRACKERS, Checked, says, sentences

from addin.core.checks.rules import Finding

FOLDER = Path(__file__).parent / "every_cell"
MORE = ("candidates", "registrations", "results", "awards", "core", "coursework", "pd", "exams", "destinations")
SCHOOLS: dict[str, tuple[ModuleType, tuple[str, ...]]] = {
    "whole": (whole_school, tuple(whole_school.clean())),
    "second": (second_school, ("planners", "cp", "myp", "pyp", *MORE)),
}
CASES = [(school, tracker) for school, (_, trackers) in SCHOOLS.items() for tracker in trackers]
CHECKED = {school: Checked(module.clean(), module.TODAY) for school, (module, _) in SCHOOLS.items()}


def variants(tracker: str, column: str, rows: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Other values for a cell of the first row, with what to call them."""
    value = rows[0].get(column)
    others = [row[column] for row in rows if row.get(column) not in (None, value)]
    if value is not None:
        yield "blank", None
    if isinstance(value, bool):
        yield "the opposite", not value
    elif isinstance(value, date):
        yield from ((f"{days:+} days", value + timedelta(days=days)) for days in (-400, -30, 30, 400))
    elif isinstance(value, int | float):
        yield from ((f"{more:+}", value + more) for more in (-1, 1))
    elif others:
        yield "another row's", others[-1]
    limit = TRACKERS[tracker].columns[column].words.get("one_of")
    if isinstance(limit, str) and limit.startswith("lists."):
        name, _, of = limit.removeprefix("lists.").partition(".")
        limit = LISTS.get(name, {}).get(of, ())[:2]
    for choice in limit if isinstance(limit, list | tuple) else ():
        if choice != value:
            yield str(choice), choice


def report(school: str, tracker: str) -> str:
    """A line for each value that a cell of the first row may wrongly have."""
    module, checked, lines = SCHOOLS[school][0], CHECKED[school], []
    everything: list[Finding] = []
    for column in TRACKERS[tracker].columns:
        for called, value in variants(tracker, column, module.clean()[tracker]):
            wrong = module.clean()
            wrong[tracker][0][column] = value
            found = checked.findings(wrong)
            assert not [one.message for one in found if "None" in one.message], (tracker, column, called)
            lines.append(f"{column}, {called}: {says(found)}\n")
            everything += found
    return "".join(lines) + "\n" + sentences(everything)


@pytest.mark.parametrize(("school", "tracker"), CASES)
def test_a_wrong_cell_is_found_by_these_rules(school: str, tracker: str) -> None:
    assert report(school, tracker) == (FOLDER / f"{school}-{tracker}.txt").read_text("utf-8")


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_schools_are_right(school: str) -> None:
    assert CHECKED[school].findings(SCHOOLS[school][0].clean()) == []


if __name__ == "__main__" and "--write" in sys.argv:
    FOLDER.mkdir(exist_ok=True)
    for school, tracker in CASES:
        (FOLDER / f"{school}-{tracker}.txt").write_text(report(school, tracker), "utf-8")
