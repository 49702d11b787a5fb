"""The check: each form of rule, all findings and not only the first, at the right cell of the right row."""

from __future__ import annotations

from datetime import date

from make import TODAY, findings, table, tracker

from addin.core.checks.rules import check
from addin.core.settings import Settings

CAS = tracker(
    """
key = ["entry"]
[columns.entry]
[columns.candidate]
exists_in = "people.code"
[columns.kind]
one_of = ["Project", "Experience"]
[columns.start]
type = "date"
[columns.end]
type = "date"
at_least = "start"
[columns.hours]
type = "number"
[columns.outcomes]
several = true
one_of = ["LO1", "LO2", "LO3"]
[settings.target]
value = 10
about = "Hours each."
source = "own"
[[rules]]
id = "project-month"
when = { kind = { one_of = ["Project"] } }
then = { end = { required = true, at_least = { of = "start", plus_months = 1 } } }
say = "{entry} of {candidate} must run a month."
fix = "Change the end."
[[rules]]
id = "outcomes"
per = "candidate"
over = "people.code"
over_where = { category = { one_of = ["D"] } }
measure = "distinct"
of = "outcomes"
between = [3, 3]
level = "warning"
say = "{candidate} has {n} of {low}; missing: {missing}."
[[rules]]
id = "hours"
per = "candidate"
measure = "sum"
of = "hours"
where = { kind = { one_of = ["Experience"] } }
at_least = "settings.target"
say = "{candidate}: {n} of {low} hours."
[[rules]]
id = "same-start"
unique = ["candidate", "start"]
level = "info"
say = "{what} starts twice (row {other})."
""",
    "cas",
)
PEOPLE = tracker('key = ["code"]\n[columns.code]\n[columns.category]', "people", sheet="People")
D = date(2026, 1, 10)


def test_every_form_of_rule_finds_its_rows() -> None:
    people = table(
        PEOPLE, [{"code": "a", "category": "D"}, {"code": "b", "category": "D"}, {"code": "c", "category": "C"}]
    )
    rows = [
        {
            "entry": "1",
            "candidate": "a",
            "kind": "Project",
            "start": D,
            "end": date(2026, 2, 9),
            "outcomes": "LO1; LO3",
        },
        {"entry": "2", "candidate": "a", "kind": "Experience", "start": D, "end": None, "hours": 4, "outcomes": "LO2"},
        {"entry": "2", "candidate": "z", "kind": "Experience", "start": D, "end": D, "hours": 20, "outcomes": None},
        {"entry": "4", "candidate": "c", "kind": "Project", "start": D, "end": None, "hours": 50},
    ]
    found = check({"people": PEOPLE, "cas": CAS}, {"people": people, "cas": table(CAS, rows)}, Settings(today=TODAY))
    messages = [(f.tracker, f.cell, f.rule, f.level) for f in found]
    assert messages == [
        ("cas", "D2", "same-start", "info"),
        ("cas", "E2", "project-month", "error"),
        ("cas", "F2", "hours", "error"),
        ("cas", "A3", "key", "error"),
        ("cas", "D3", "same-start", "info"),
        ("cas", "A4", "key", "error"),
        ("cas", "B4", "candidate-exists-in", "error"),
        ("cas", "E5", "project-month", "error"),
        ("cas", "F5", "hours", "error"),
        ("cas", "A3", "outcomes", "warning"),  # on the sheet of the people, which comes after
    ]
    by_rule = {(f.rule, f.row): f for f in found}
    assert by_rule["outcomes", 3].message == "b has 0 of 3; missing: LO1, LO2, LO3."
    assert by_rule["project-month", 2].message == "1 of a must run a month."
    assert by_rule["hours", 2].message == "a: 4 of 10 hours."
    assert by_rule["same-start", 3].message == "a · 10 Jan 2026 starts twice (row 2)."
    assert by_rule["key", 3].message == "2 is also in row 4."


def test_a_word_that_names_an_absent_tracker_is_left_out() -> None:
    found = findings(CAS, [{"entry": "1", "candidate": "nobody"}], others={"people": PEOPLE})
    assert "candidate-exists-in" not in {f.rule for f in found}


def test_an_unreadable_cell_is_one_finding_and_not_a_missing_one() -> None:
    of = tracker('key=[]\n[columns.day]\ntype="date"\nrequired=true')
    assert [f.rule for f in findings(of, [{"day": "soon"}])] == ["day-type"]
    assert [f.value for f in findings(of, [{"day": "31/02/2026"}])] == ["31/02/2026"]


def test_a_row_id_that_was_copied_is_found_at_the_copy() -> None:
    of = tracker("key=[]\n[columns.name]")
    tables = {"things": table(of, [{"name": "a"}, {"name": "b"}, {"name": "c"}], ids=["x1", "x2", "x1"])}
    found = check({"things": of}, tables, Settings())
    assert [(f.row, f.rule, f.cell) for f in found] == [(4, "row-id", "B4")]
    assert "row 2" in found[0].message


def test_a_blank_in_a_sentence_is_named() -> None:
    rule = '[[rules]]\nid="r"\nwhen={a={one_of=["x"]}}\nthen={b={required=true}}\nsay="{c} and {b}: {nothing}"'
    of = tracker(f'key=[]\n[columns.a]\n[columns.b]\n[columns.c]\nheader="See"\n{rule}')
    assert [f.message for f in findings(of, [{"a": "x"}])] == ["(no see) and (no b): {nothing}"]


def test_a_very_long_value_makes_a_short_sentence() -> None:
    of = tracker('key=[]\n[columns.a]\none_of=["x"]')
    found = findings(of, [{"a": "y" * 32_767}])
    assert len(found[0].message) < 200
    assert found[0].value == "y" * 32_767
