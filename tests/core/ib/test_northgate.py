"""A third school in files, with mistakes: the clean twin asks nothing, each mistake is named with who and where.

`northgate/TRACKER.csv` is one tracker each; nobody in it exists. `northgate/planted.csv` holds the mistakes: how they
are made (put, every, drop, add), and words that one new finding has; `&` is and, `|` is or. A mistake may take
several lines.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from copy import deepcopy
from datetime import date, time
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from make import table
from planting import TRACKERS, Checked, Mistake, School, add, both, drop, every, put

from addin.core.checks.people import People
from addin.core.checks.rules import Finding

HERE = Path(__file__).parent / "northgate"
TODAY = date(2026, 11, 30)
READ: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "integer": int,
    "number": float,
    "yes_no": lambda text: text == "yes",
}
EXPECTED = {"far-from-predicted", "asked-for"}
"""What a coordinator of this school wants to know: a grade far from the predicted one, documents she has not listed."""


def lines(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def typed(tracker: str, row: dict[str, str]) -> dict[str, Any]:
    columns = TRACKERS[tracker].columns
    return {name: None if text in ("", "-") else READ.get(columns[name].type, str)(text) for name, text in row.items()}


@cache
def school() -> School:
    kept = [name for name in TRACKERS if (HERE / f"{name}.csv").exists()]
    return {name: [typed(name, row) for row in lines(name)] for name in kept} | {"visit": []}


@cache
def checked() -> Checked:
    return Checked(school(), TODAY)


def found(right: School, today: date) -> list[Finding]:
    tables = {name: table(TRACKERS[name], rows) for name, rows in right.items() if rows != school().get(name)}
    return People(TRACKERS, {**checked().tables, **tables}).named(checked().findings(right, today))


@cache
def usual(today: date) -> frozenset[tuple[str, str, str]]:
    return frozenset((f.tracker, f.rule, f.message) for f in found(school(), today))


def values(tracker: str, text: str) -> dict[str, Any]:
    pairs = (part.partition("=") for part in text.split(" | ") if part)
    return typed(tracker, {name: value for name, _, value in pairs})


def mistake(line: dict[str, str]) -> Mistake:
    tracker, where = line["tracker"], values(line["tracker"], line["where"])
    changes = values(tracker, line["values"])
    made = {"put": put, "every": every}.get(line["how"])
    if made:
        return made(tracker, where, **changes)
    return add(tracker, **changes) if line["how"] == "add" else drop(tracker, **where)


PLANTED = [(what, list(several)) for what, several in groupby(lines("planted"), key=lambda line: line["what"])]


def test_the_clean_school_is_asked_nothing_but_what_it_wants_to_know() -> None:
    assert [f for f in found(school(), TODAY) if f.rule not in EXPECTED] == []


@pytest.mark.parametrize(("what", "several"), PLANTED, ids=[what for what, _ in PLANTED])
def test_a_mistake_is_named_with_who_and_where(what: str, several: list[dict[str, str]]) -> None:
    wrong, first = deepcopy(school()), several[0]
    both(*map(mistake, several))(wrong)
    today = date.fromisoformat(first["today"]) if first["today"] else TODAY
    new = [f for f in found(wrong, today) if (f.tracker, f.rule, f.message) not in usual(today)]
    said = [f"{f.message} {f.suggestion}" for f in new]
    wanted = [words.split("|") for words in first["words"].split(" & ")]
    assert any(all(any(word in text for word in words) for words in wanted) for text in said), (what, said)
    assert all(f.suggestion for f in new)
