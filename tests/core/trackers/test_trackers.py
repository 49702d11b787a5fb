"""Tracker files: every mistake is named with its place and what would be right; every tracker keeps its examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from make import TODAY, findings, table, tracker

from addin.core.checks.rule_functions import rule_function
from addin.core.settings import Settings
from addin.core.tables.values import READERS
from addin.core.trackers import Tracker
from addin.core.trackers.parse import check_uses
from addin.core.trackers.patterns import pattern_problem
from addin.errors import TrackerProblem
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load, load_all

GOOD = 'title = "T"\nsheet = "T"\nkey = ["a"]\n[columns.a]\n'
MISTAKES = [
    ("title = ", "is not valid TOML"),
    ('title = "T"\nsheet = "T"', "'columns' is missing. Add columns = …"),
    ('sheet = "T"\n[columns.a]', "'title' is missing."),
    ('titel = "T"', "'titel' is not a word that is known here. Did you mean 'title'?"),
    (GOOD.replace('sheet = "T"', f'sheet = "{"9" * 40}"'), "cannot be the name of a sheet. Use 1 to 31 characters"),
    (GOOD.replace('sheet = "T"', 'sheet = "A/B"'), "'A/B' cannot be the name of a sheet."),
    (GOOD + 'typ = "date"', "columns.a: 'typ' is not a word that is known here. Did you mean 'type'?"),
    (GOOD + 'type = "datum"', "'datum' is not a type that is known here. Did you mean 'date'?"),
    (GOOD + 'requird = true', "Did you mean 'required'?"),
    (GOOD + 'warn = ["required"]', "'required' is not a rule word of this column"),
    (GOOD + 'look_up = "b.c"', "look_up and by go together."),
    (GOOD + '[columns."B C"]', "'B C' is not a column name. Use lower_snake_case."),
    (GOOD.replace('["a"]', '["b"]'), "key: 'b' is not a column that is known here. It may be: a."),
    (GOOD + '[columns.b]\nheader = "A"', "the header 'A' is there twice."),
    (GOOD + '[[rules]]\nid = "r"', "rules[1] 'r': a rule has one form, this has none."),
    (GOOD + '[[rules]]\nid = "r"\nunique=["a"]\nuse="x.y"', "this has unique and use."),
    (GOOD + '[[rules]]\nid = "r"\nunique=["a"]', "'say' is missing."),
    (GOOD + '[[rules]]\nid = "r"\nsay="x"\nper="a"\nmeasure="average"', "'average' is not a measure"),
    (GOOD + '[[rules]]\nid = "r"\nsay="x"\nwhen={c={required=true}}\nthen={a={required=true}}', "'c' is not a column"),
    (GOOD + '[[rules]]\nid = "r"\nsay="x"\nthen={a="x"}', "a = 'x' is not a condition."),
    (GOOD + '[[rules]]\nid = "r"\nsay="x"\nthen={a={least=2}}', "'least' is not a word"),
    (GOOD + '[settings.s]\nvalue=1\nabout="x"', "settings.s: 'source' is missing."),
    (GOOD + '[[views]]\nname="v"\nper="t.a"\nmatch="a"\n[views.columns.n]\nmeasure="countt"', "Did you mean 'count'?"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), MISTAKES, ids=[says[:40] for _, says in MISTAKES])
def test_a_mistake_is_named_with_its_file_and_what_would_be_right(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TrackerProblem) as caught:
        load(path)
    assert says in str(caught.value)
    assert "mine.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ('exists_in = "candidats.code"', "'candidats' is not a tracker that is known here. Did you mean 'candidates'?"),
        (
            'exists_in = "candidates.cod"',
            "'cod' is not a column of candidates that is known here.",
        ),
    ],
)
def test_a_reference_to_nothing_is_named(reference: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD + reference, encoding="utf-8")
    with pytest.raises(TrackerProblem, match=r"mine\.toml") as caught:
        load_all(tmp_path)
    assert says in str(caught.value)


def test_a_schools_own_tracker_is_loaded_like_a_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text(GOOD, encoding="utf-8")
    assert load_all(tmp_path)["keys"].title == "T"


TRACKERS = load_all()
EXAMPLES = [(name, example.name) for name, tracker in TRACKERS.items() for example in tracker.examples]


def typed(tracker: Tracker, row: dict[str, object]) -> dict[str, object]:
    """An example's row with dates as dates: TOML writers may give them as text."""
    return {
        name: READERS[tracker.columns[name].type](value)[0]
        if tracker.columns[name].type == "date" and READERS[tracker.columns[name].type](value)[0]
        else value  # type: ignore[arg-type]
        for name, value in row.items()
    }


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_trips_the_rules_it_names_and_no_other(name: str, example: str) -> None:
    tracker = TRACKERS[name]
    messages = next(e for e in tracker.examples if e.name == example)
    given = {other: table(TRACKERS[other], messages.given[other]) for other in messages.given}
    settings = Settings(values=messages.settings, today=messages.settings.get("today", TODAY), lists=load_lists())
    found = findings(tracker, messages.rows, given=given, others=TRACKERS, settings=settings)
    assert {f.rule for f in found} == set(messages.trips), [f.message for f in found]


@pytest.mark.parametrize("name", TRACKERS)
def test_every_rule_of_a_tracker_is_broken_by_some_example(name: str) -> None:
    tracker = TRACKERS[name]
    tripped = {rule for example in tracker.examples for rule in example.trips}
    assert {rule.id for rule in tracker.rules} <= tripped


@pytest.mark.parametrize("name", TRACKERS)
def test_every_tracker_has_a_clean_example_and_words_for_people(name: str) -> None:
    tracker = TRACKERS[name]
    assert any(not example.trips for example in tracker.examples)
    assert tracker.about.endswith(".")
    assert [c.name for c in tracker.columns.values() if not c.about.endswith((".", "?"))] == []
    assert [rule.id for rule in tracker.rules if not rule.use and not rule.fix] == []
    assert [s.name for s in tracker.settings.values() if not (s.source and s.checked)] == []


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)*b", "(.*)*", "(\\d+\\s?)+", "[", "a*a*a*a*a*b", "x" * 501])
def test_a_pattern_that_could_take_for_ever_is_refused(pattern: str) -> None:
    assert pattern_problem(pattern)
    with pytest.raises(TrackerProblem, match="the pattern"):
        tracker(f"key=[]\n[columns.c]\npattern='{pattern}'")


@pytest.mark.parametrize(
    "pattern", [r"\d{1,2}( ?\+ ?\d{1,2})*", r"[^@\s]+@[^@\s]+\.[^@\s]+", r"(\d{6}-)?\d{4}", "(A|B)"]
)
def test_a_pattern_that_ends_is_taken(pattern: str) -> None:
    assert pattern_problem(pattern) == ""


@pytest.mark.parametrize(
    "use",
    ["days.date", "registrations.parse", "registrations._mixed", "registrations.catalogue", "os.system", "no"],
)
def test_a_rule_uses_rule_functions_only(use: str) -> None:
    with pytest.raises(TrackerProblem, match="no rule function"):
        rule_function(use, "r", "own.toml")


def test_everything_that_our_trackers_name_is_there() -> None:
    trackers = load_all()
    for one in trackers.values():
        check_uses(one, trackers)


def test_a_setting_that_nobody_declares_is_named_when_a_tracker_is_loaded() -> None:
    of = tracker("key=[]\n[columns.c]\ntype='integer'\nat_most='settings.age_mots'")
    with pytest.raises(TrackerProblem, match="age_mots"):
        check_uses(of, {**load_all(), "things": of})
