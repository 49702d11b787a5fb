"""One row too few, or one twice, in a school that is right; and the school on other days, when nobody edits it.

every_row/ holds what is found, and what each rule says then: read it, and say whether a coordinator would expect it.
`python tests/core/ib/test_every_row.py --write` writes it again; look at the difference before it is committed.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))
import second_school
import whole_school
from planting import Checked, rule_of, says, sentences

from addin.core.checks.rules import Finding

FOLDER = Path(__file__).parent / "every_row"
SCHOOLS: dict[str, ModuleType] = {"whole": whole_school, "second": second_school}
CASES = [(school, tracker) for school, module in SCHOOLS.items() for tracker in module.clean()]
CHECKED = {school: Checked(module.clean(), module.TODAY) for school, module in SCHOOLS.items()}
MONTHS = [(school, month) for school in SCHOOLS for month in range(-3, 15)]
MOST = 8
"""So many rows of a tracker are tried at most."""


def rows_report(school: str, tracker: str) -> str:
    """A line for each of the first rows: what is found when it is missing, and when it is there twice."""
    lines, everything = [], list[Finding]()
    for number in range(min(MOST, len(SCHOOLS[school].clean()[tracker]))):
        fewer, more = SCHOOLS[school].clean(), SCHOOLS[school].clean()
        del fewer[tracker][number]
        more[tracker].append(dict(more[tracker][number]))
        for called, wrong in (("missing", fewer), ("twice", more)):
            found = CHECKED[school].findings(wrong)
            lines.append(f"row {number + 1} {called}: {says(found)}\n")
            everything += found
    return "".join(lines) + "\n" + sentences(everything)


def days_report(school: str, month: int) -> str:
    """A line for each day of a month on which more or fewer findings of a rule are there than on the day before."""
    start, lines, new = SCHOOLS[school].TODAY + timedelta(days=30 * month), [], list[Finding]()
    before = Counter[str]()
    for day in range(-1, 30):
        today = start + timedelta(days=day)
        found = CHECKED[school].findings(SCHOOLS[school].clean(), today)
        now = Counter(map(rule_of, found))
        changed = sorted(rule for rule in {*now, *before} if now[rule] != before[rule])
        if changed and day >= 0:
            lines.append(f"{today}: {'; '.join(f'{rule} {before[rule]} -> {now[rule]}' for rule in changed)}\n")
            new += [one for one in found if rule_of(one) in changed]
        before = now
    return "".join(lines) + "\n" + sentences(new)


@pytest.mark.parametrize(("school", "tracker"), CASES)
def test_a_row_that_is_missing_or_twice_is_found_by_these_rules(school: str, tracker: str) -> None:
    assert rows_report(school, tracker) == (FOLDER / f"{school}-{tracker}.txt").read_text("utf-8")


@pytest.mark.parametrize(("school", "month"), MONTHS)
def test_as_days_pass_these_rules_begin_to_speak(school: str, month: int) -> None:
    assert days_report(school, month) == (FOLDER / f"{school}-month{month:+}.txt").read_text("utf-8")


if __name__ == "__main__" and "--write" in sys.argv:
    FOLDER.mkdir(exist_ok=True)
    for school, tracker in CASES:
        (FOLDER / f"{school}-{tracker}.txt").write_text(rows_report(school, tracker), "utf-8")
    for school, month in MONTHS:
        (FOLDER / f"{school}-month{month:+}.txt").write_text(days_report(school, month), "utf-8")
