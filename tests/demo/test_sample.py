"""The sample school: every planted mistake is found, and nothing else is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from addin.actions.new import choose
from addin.core.checks.rules import check
from addin.core.settings import Settings
from addin.core.trackers import Tracker
from addin.demo.sample import DAY, Sample, school, school_of
from addin.templates.book import tables
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import heads, load_all


@pytest.mark.parametrize(
    ("seed", "today"), [(1, DAY), (2, DAY), (7, date(2027, 1, 31)), (3, date(2026, 6, 5)), (4, date(2028, 2, 29))]
)
def test_findings_are_the_planted_mistakes_and_no_others(seed: int, today: date) -> None:
    trackers = load_all()
    sample = school(seed, today)
    settings = Settings(lists=load_lists(), today=today)
    found = {(f.sheet, f.row, f.rule) for f in check(trackers, tables(trackers, sample.rows), settings)}
    planted = {(trackers[p.tracker].sheet, p.row, p.rule) for p in sample.planted}
    assert planted <= found
    assert {one for one in found - planted if one[2] not in across_rules(trackers)} == set()


@pytest.mark.parametrize(("seed", "today"), [(1, DAY), (2, DAY), (7, date(2027, 1, 31)), (3, date(2026, 6, 5))])
def test_a_school_without_planted_mistakes_has_no_findings(
    seed: int, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.demo.sample.planted.plant", lambda rows, today: [])
    trackers = load_all()
    settings = Settings(lists=load_lists(), today=today)
    found = check(trackers, tables(trackers, school(seed, today).rows), settings)
    assert [(f.sheet, f.row, f.rule, f.message) for f in found] == []


def across_rules(trackers: Mapping[str, Tracker]) -> set[str]:
    """Rules over several trackers: a planted mistake has consequences there that nobody planted."""
    return {rule.id for tracker in trackers.values() for rule in tracker.rules if rule.use.startswith("across_")}


def test_the_school_is_as_large_as_it_says() -> None:
    rows = school().rows
    sizes = {tracker: len(held) for tracker, held in rows.items()}
    assert sizes["candidates"] >= 120
    assert sizes["registrations"] >= 720
    assert sizes["cas"] >= 4_000
    assert sizes["pd"] >= 300
    assert sizes["inventory"] >= 800


def test_the_mistakes_are_a_few_dozen_and_break_most_kinds_of_rules() -> None:
    trackers, planted = load_all(), school().planted
    sampled = {name: tracker for name, tracker in trackers.items() if name in school().rows}
    across = across_rules(trackers)
    own = {(name, r.id) for name, tracker in sampled.items() for r in tracker.rules if r.id not in across}
    broken = {rule for name, rule in own} & {mistake.rule for mistake in planted}
    assert len({(p.tracker, p.what) for p in planted}) >= 60
    assert len(broken) >= 0.75 * len(own)


def test_the_same_seed_gives_the_same_school_and_another_seed_another() -> None:
    assert school(5).rows == school(5).rows
    assert school(5).ids == school(5).ids
    assert school(5).rows != school(6).rows


def test_rows_name_columns_that_exist_and_ids_are_given_once() -> None:
    trackers, sample = load_all(), school()
    for tracker, held in sample.rows.items():
        assert {name for row in held for name in row} <= set(trackers[tracker].columns)
        assert len(sample.ids[tracker]) == len(held)
    given = [row_id for ids in sample.ids.values() for row_id in ids]
    assert len(set(given)) == len(given)


@pytest.mark.parametrize(("programme", "session"), [("dp", "M27"), ("cp", "N27"), ("myp", "M27"), ("pyp", "M27")])
def test_the_school_fills_every_tracker_of_its_programme(programme: str, session: str) -> None:
    trackers = choose(heads(), programme, ("all",))
    settings = Settings({"session": session, "programme": programme}, load_lists(), DAY, {})
    sample = school_of(settings, trackers)
    assert {name for name in trackers if not sample.rows.get(name)} == set()
    for name in {"predicted", "exams"} & trackers.keys():
        assert {row["session"] for row in sample.rows[name]} == {session}


def of_programme(programme: str, session: str = "M27") -> tuple[Mapping[str, Tracker], Settings, Sample]:
    trackers = choose(heads(), programme, ("all",))
    settings = Settings({"session": session, "programme": programme}, load_lists(), DAY, {})
    return trackers, settings, school_of(settings, trackers)


def test_the_myp_school_has_pupils_who_sit_examinations_with_arrangements() -> None:
    sample = of_programme("myp")[2]
    pupils = {row["student"] for row in sample.rows["myp"]}
    people = {row["code"] for row in sample.rows["candidates"]}
    assert len(people) >= 40 and pupils <= people
    assert {row["candidate"] for row in sample.rows["arrangements"]} <= people
    assert len({row["candidate"] for row in sample.rows["arrangements"]}) >= 20
    assert {row["student"] for row in sample.rows["eassessment"]} <= people


@pytest.mark.parametrize("programme", ["myp", "pyp"])
def test_younger_pupils_have_things_of_their_own_and_none_for_exams(programme: str) -> None:
    things = of_programme(programme)[2].rows["inventory"]
    named = " ".join(f"{row['item']} {row.get('subject')}" for row in things)
    assert len(things) > 700
    assert [word for word in ("Biology", "Economics", "English A", "exam") if word in named] == []


@pytest.mark.parametrize("programme", ["dp", "cp", "myp", "pyp"])
def test_teams_meet_as_they_planned_in_every_programme(programme: str) -> None:
    trackers, settings, sample = of_programme(programme)
    assert len(sample.rows["groups"]) == 5 and len(sample.rows["meetings"]) >= 30
    found = check(trackers, tables(trackers, sample.rows), settings)
    assert [f.message for f in found if f.tracker in ("groups", "meetings")] == []


@pytest.mark.parametrize("programme", ["dp", "cp", "myp", "pyp"])
def test_with_every_tracker_only_the_planted_mistakes_and_what_follows_from_them_are_found(programme: str) -> None:
    trackers, settings, sample = of_programme(programme)
    found = {(f.sheet, f.row, f.rule) for f in check(trackers, tables(trackers, sample.rows), settings)}
    listed = {(trackers[p.tracker].sheet, p.row, p.rule): p.what for p in sample.planted}
    assert found == listed.keys()
    following = [place for place, what in listed.items() if what.startswith("follows from")]
    assert len(following) <= 25, following
    whole = ("without-result", "without-predicted", "name-differs", "teacher-account", "release-refused")
    assert not [place for place in following if place[2] in whole]


def test_the_graduates_have_everything_and_nobody_who_waits_has_results() -> None:
    sample = of_programme("dp")[2]
    of_m26 = {row["code"] for row in sample.rows["candidates"] if row["session"] == "M26"}
    assert len(of_m26) == 8
    for name in ("results", "awards", "destinations", "transcripts"):
        assert {row["candidate"] for row in sample.rows[name]} == of_m26, name
    assert {row["candidate"] for row in sample.rows["predicted"]}.isdisjoint(of_m26)
