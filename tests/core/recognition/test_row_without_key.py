"""A list from IBIS knows no school codes: its rows are found by what else is unique, or they are doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from make import table, tracker

from addin.core.book import Grid, Value
from addin.core.recognition.import_plan import plan_import
from addin.core.recognition.import_result import ImportPlan
from addin.core.recognition.matching import Match
from addin.core.recognition.recognise import Understood
from addin.core.recognition.source import Source

PEOPLE = tracker(
    'key = ["code"]\n[columns.code]\n[columns.last]\n[columns.first]\n[columns.born]\n'
    "[columns.email]\nunique = true\n[columns.pin]\nunique = true\n"
    '[[rules]]\nid = "same"\nunique = ["last", "first", "born"]\nsay = "x"\nfix = "y"\n',
    name="people",
    sheet="People",
)
NAMES = ("code", "last", "first", "born", "email", "pin")
IDA = {"code": "0001", "last": "Berg", "first": "Ida", "email": "family@x.example", "born": "2009-05-05"}
LIV = {"code": "0002", "last": "Holm", "first": "Liv Marie", "email": "liv@x.example"}
KAI = {"code": "0003", "last": "Lund", "first": "Kai", "pin": "abc123"}
TWO = [{"code": code, "last": "Lund", "first": "Per", "born": f"2009-0{code[3]}-01"} for code in ("0004", "0005")]
STORED = [IDA, LIV, KAI, *TWO]


def planned(lines: Sequence[Mapping[str, Value]]) -> ImportPlan:
    names = [name for name in NAMES if any(name in line for line in lines)]
    grid = Grid("list", [[name.title() for name in names], *([line.get(name) for name in names] for line in lines)])
    found = Understood("list", "people", 1, [Match(name.title(), n, name) for n, name in enumerate(names, 1)])
    width = len(NAMES) + 1
    return plan_import(
        found,
        Source(grid),
        PEOPLE,
        table(PEOPLE, STORED),
        {"People": Grid("People", [[None] * width] * (len(STORED) + 1))},
        allowed=lambda _: (),
        keep_ids=True,
        random=Random(1),
        defaults={},
    )


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ({"email": "LIV@x.example", "pin": "new"}, 1),
        ({"last": "HOLM", "first": "Liv", "email": "liv@x.example"}, 1),
        ({"last": " lund ", "first": "KAI", "pin": None}, 2),
        ({"pin": "abc123", "email": "kai@x.example"}, 2),
        ({"last": "Lund", "first": "Per", "born": "2009-05-01"}, 4),
        ({"last": "Berg", "first": "Ida", "email": "other@x.example"}, 0),
    ],
    ids=["address", "more first names here", "name", "personal code", "name and birth date", "another address"],
)
def test_a_row_without_code_finds_its_candidate(line: Mapping[str, Value], row: int) -> None:
    plan = planned([line])
    assert (plan.matched, plan.doubts, plan.added) == ({row}, [], [])
    assert all(change.header not in ("Code", "Last") for change in plan.changes), "they stay"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([{"last": "Lund", "first": "Per"}], "rows 5 and 6"),
        ([{"last": "Nobody", "first": "Ann", "email": "ann@x.example"}], "no row of People has its"),
        ([{"last": "Berg", "first": "Per", "email": "family@x.example"}], "First differs"),
        ([{"last": "Berg", "first": "Ida", "born": "2008-01-01"}], "Born differs"),
        ([{"last": "Holm", "first": "Liv Marie", "pin": "abc123"}], "rows 3 and 4"),
        ([{"last": "Holm", "first": "Anna", "pin": "abc123"}], "Last differs"),
        ([{"last": "Lund", "first": "Kai"}, {"last": "Lund", "first": "KAI"}], "another row of the list"),
    ],
    ids=[
        "two of one name",
        "nobody",
        "a sibling's address",
        "born another day",
        "two people",
        "another name",
        "twice in the list",
    ],
)
def test_what_is_not_certain_is_a_doubt_and_changes_nothing(lines: Sequence[Mapping[str, Value]], why: str) -> None:
    plan = planned(lines)
    assert [why in doubt.why for doubt in plan.doubts] == [True] * len(lines), plan.doubts
    assert (plan.matched, plan.changes, plan.added) == (set(), [], [])


def test_a_code_decides_before_everything_else() -> None:
    plan = planned(
        [{"code": "0002", "email": "family@x.example"}, {"last": "Holm", "first": "Liv Marie", "born": "2009-01-01"}]
    )
    assert plan.matched == {1}
    assert [doubt.why for doubt in plan.doubts] == ["another row of the source is about the same row."]
