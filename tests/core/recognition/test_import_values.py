"""What a list writes in other words is the same: `Diploma` is D, `May 2027` is M27; a row is nobody's without whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from make import table, tracker

from addin.core.book import Grid, Value
from addin.core.recognition.import_plan import plan_import
from addin.core.recognition.import_result import ImportPlan
from addin.core.recognition.import_values import understanding_of
from addin.core.recognition.matching import Match
from addin.core.recognition.recognise import Understood
from addin.core.recognition.source import Source
from addin.core.tables.choices import choices_of

LISTS = {
    "categories": {"code": ["D", "C"], "name": ["Diploma", "Course"]},
    "outcomes": {
        "code": ["LO1", "LO2", "LO6"],
        "outcome": ["Strengths and growth", "Challenges undertaken, with new skills", "Global engagement"],
    },
    "value_aliases": {"list": [], "alias": [], "value": []},
}
ENTRIES = tracker(
    'key = ["who", "session", "what"]\n[columns.who]\n[columns.session]\npattern = \'[MN]\\d{2}\'\n'
    '[columns.what]\ntype = "choice"\none_of = "lists.categories.code"\n'
    '[columns.outcomes]\ntype = "choice"\nseveral = true\none_of = "lists.outcomes.code"\n'
    '[columns.hours]\ntype = "number"\n[columns.start]\ntype = "date"\n[columns.end]\ntype = "date"\n',
    name="entries",
    sheet="Entries",
)
STORED: list[Mapping[str, Value]] = [
    {"who": "0001", "session": "M27", "what": "D", "outcomes": "LO1; LO2", "hours": 2},
    {"who": "0002", "session": "May 2027", "what": "Course", "hours": 3},
]


def planned(lines: Sequence[Mapping[str, Value]]) -> ImportPlan:
    names = [name for name in ENTRIES.columns if any(name in line for line in lines)]
    grid = Grid("list", [[name.title() for name in names], *([line.get(name) for name in names] for line in lines)])
    found = Understood("list", "entries", 1, [Match(name.title(), n, name) for n, name in enumerate(names, 1)])
    width = len(ENTRIES.columns) + 1
    return plan_import(
        found,
        Source(grid),
        ENTRIES,
        table(ENTRIES, STORED),
        {"Entries": Grid("Entries", [[None] * width] * (len(STORED) + 1))},
        allowed=lambda _: (),
        keep_ids=True,
        random=Random(1),
        defaults={},
        understanding=understanding_of(ENTRIES, LISTS),
    )


@pytest.mark.parametrize(
    "line",
    [
        {"who": "0001", "session": "May 2027", "what": "Diploma", "outcomes": "LO1, LO2"},
        {
            "who": "0001",
            "session": "M27",
            "what": "D",
            "outcomes": "Strengths and growth, Challenges undertaken, with new skills",
        },
        {"who": "0002", "session": "M27", "what": "C", "hours": "3 h"},
    ],
)
def test_the_same_in_other_words_is_no_change(line: Mapping[str, Value]) -> None:
    plan = planned([line])
    assert (plan.unchanged, plan.changes, plan.doubts, plan.added) == (1, [], [], [])


def test_a_new_row_gets_the_exact_values() -> None:
    line = {
        "who": "3",
        "session": "MAY 2027",
        "what": "Diploma",
        "outcomes": "LO6: Global engagement, LO1",
        "hours": "2h",
    }
    plan = planned([{**line, "start": "12-14 March 2026"}])
    (row,) = plan.edits.rows["Entries"]
    found = [str(row[number]) for number in sorted(row)]
    assert found[:7] == ["3", "M27", "D", "LO6; LO1", "2", "2026-03-12", "2026-03-14"]


def test_a_row_that_does_not_say_whose_it_is_is_a_doubt() -> None:
    plan = planned([{"session": "M27", "what": "D", "hours": 9}])
    assert (plan.changes, [doubt.why for doubt in plan.doubts]) == ([], ["Who is missing."])


def test_a_key_that_cannot_be_read_is_named() -> None:
    dated = tracker('key = ["who", "start"]\n[columns.who]\n[columns.start]\ntype = "date"\n', name="d", sheet="D")
    grid = Grid("list", [["Who", "Start"], ["Ana", "spring 2025"]])
    plan = plan_import(
        Understood("list", "d", 1, [Match("Who", 1, "who"), Match("Start", 2, "start")]),
        Source(grid),
        dated,
        table(dated, []),
        {"D": Grid("D", [["Who", "Start"]])},
        allowed=lambda _: (),
        keep_ids=True,
        random=Random(1),
        defaults={},
        understanding=understanding_of(dated, {}),
    )
    assert [doubt.why for doubt in plan.doubts] == ["Start: “spring 2025” is not a date."]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("LO2: Challenges undertaken, with new skills, LO6", "LO2; LO6"),
        ("Challenges undertaken, with new skills", "LO2"),
        ("LO1 - anything, LO6", "LO1; LO6"),
        ("RA1, RA2", "LO1; LO2"),
        ("outcome 6", "LO6"),
        ("XY6", "XY6"),
        ("Something, else", "Something, else"),
    ],
)
def test_a_name_with_a_comma_in_it_is_one_choice(text: str, meant: str) -> None:
    choices = choices_of(ENTRIES.columns["outcomes"], LISTS)
    assert choices is not None and choices.read(text)[0] == meant
