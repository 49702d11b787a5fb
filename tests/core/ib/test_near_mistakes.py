"""Each planted mistake with one more cell changed: what a rule asks for, and what makes it silent.

near_mistakes/ holds, for each mistake, the cells of the rows concerned with which another number of findings of its
rule is there: read it, and say whether a coordinator would expect it. `python tests/core/ib/test_near_mistakes.py
--write` writes it again; look at the difference before it is committed.
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
sys.path.insert(0, str(Path(__file__).parent))
import second_school
import test_planted_school
import test_second_planted_school
import whole_school
from planting import Checked, Mistake, School

from addin.core.checks.rules import Finding

FOLDER = Path(__file__).parent / "near_mistakes"
SCHOOLS: dict[str, ModuleType] = {"whole": whole_school, "second": second_school}
CHECKED = {school: Checked(module.clean(), module.TODAY) for school, module in SCHOOLS.items()}
PLANTED: list[tuple[str, str, Mistake, str]] = [
    *(("whole", tracker, mistake, words) for tracker, _, mistake, words in test_planted_school.PLANTED),
    *(("second", tracker, mistake, words) for tracker, mistake, words, _ in test_second_planted_school.PLANTED),
]
CASES = sorted({(school, tracker) for school, tracker, _, _ in PLANTED})


def variants(column: str, rows: list[dict[str, Any]], index: int) -> Iterator[tuple[str, Any]]:
    """Other values for a cell, with what to call them."""
    value = rows[index].get(column)
    if value is None:
        return
    yield "blank", None
    others = [row[column] for row in rows if row.get(column) not in (None, value)]
    if isinstance(value, bool):
        yield "the opposite", not value
    elif isinstance(value, date):
        yield from ((f"{days:+} days", value + timedelta(days=days)) for days in (-400, -1, 1, 400))
    elif others:
        yield str(others[-1]), others[-1]


def concerned(school: str, wrong: School, found: Finding) -> Iterator[tuple[str, int]]:
    """The row of a finding, and the rows that the mistake changed or added."""
    yield found.tracker, found.row - 2
    right = SCHOOLS[school].clean()
    for tracker, rows in wrong.items():
        for index, row in enumerate(rows):
            if row not in right[tracker] and (tracker, index) != (found.tracker, found.row - 2):
                yield tracker, index
                break


def report(school: str, tracker: str) -> str:
    """For each mistake that a tracker tells of, a line for each cell that matters."""
    lines, checked = [], CHECKED[school]
    for where, of, mistake, words in PLANTED:
        if (where, of) != (school, tracker):
            continue
        wrong = SCHOOLS[school].clean()
        mistake(wrong)
        found = [one for one in checked.of_tracker(wrong, tracker) if words in one.message]
        if not found:  # one that is told on a later day only
            continue
        rule = found[0].rule
        lines.append(f"# {rule}: {found[0].message} {found[0].suggestion}\n")
        before = sum(one.rule == rule for one in checked.of_tracker(wrong, tracker))
        for changed, index in concerned(school, wrong, found[0]):
            for column in list(wrong[changed][index]):
                right = wrong[changed][index][column]
                for called, value in variants(column, wrong[changed], index):
                    wrong[changed][index][column] = value
                    now = sum(one.rule == rule for one in checked.of_tracker(wrong, tracker))
                    if now != before:
                        lines.append(f"{changed} {index + 1}, {column}, {called}: {before} -> {now}\n")
                wrong[changed][index][column] = right
    return "".join(lines)


@pytest.mark.parametrize(("school", "tracker"), CASES)
def test_a_planted_mistake_is_told_of_as_long_as_these_cells_say_so(school: str, tracker: str) -> None:
    assert report(school, tracker) == (FOLDER / f"{school}-{tracker}.txt").read_text("utf-8")


if __name__ == "__main__" and "--write" in sys.argv:
    FOLDER.mkdir(exist_ok=True)
    for school, tracker in CASES:
        (FOLDER / f"{school}-{tracker}.txt").write_text(report(school, tracker), "utf-8")
