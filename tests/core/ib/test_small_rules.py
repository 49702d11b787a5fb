"""Small decisions inside the rules: who is still here, what counts as the same, what is not told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from test_rule_edges import School

from addin.core.ib import (
    across_dates,
    across_materials,
    across_places,
    across_staff,
    across_subjects,
    cas,
    evidence,
    myp_year,
    outcomes,
)
from addin.core.ib.across_materials import _STORE
from addin.core.ib.award import CODES
from addin.core.ib.outcomes import HIDDEN, _few
from addin.core.ib.people import nearly, some
from addin.core.ib.requests import is_for_everybody
from addin.core.ib.transcripts import not_free
from addin.core.people import Directory, Person
from addin.core.privacy import Finder, Private

TODAY = date(2026, 11, 21)


def test_many_names_in_a_sentence_are_cut_with_their_number() -> None:
    assert str(some(["c", "a", "b"])) == "a, b, c"
    assert str(some("hgfedcba")) == "a, b, c, d, e, f and 2 more"


def test_the_nearest_name_is_meant_and_none_of_two_as_near() -> None:
    assert nearly("Annika Bergh", ["Anniko Berg", "Annika Berg"]) == "Annika Berg"
    assert nearly("Annika Berg", ["Annika Bergs", "Annika Bergh"]) == ""


@pytest.mark.parametrize(
    ("left", "here"), [(None, True), (date(2026, 11, 20), False), (TODAY, True), (date(2027, 7, 1), True)]
)
def test_a_colleague_is_here_to_the_last_day(left: date | None, here: bool) -> None:
    assert Person("Ana", left=left).is_here(TODAY) is here


def test_a_second_transcript_to_the_united_states_is_not_free() -> None:
    assert not_free(["USA"]) == [] and len(not_free(["USA", "U.S."])) == 1


def test_every_reason_for_no_diploma_has_its_number() -> None:
    assert list(CODES) == list(range(1, len(CODES) + 1))


@pytest.mark.parametrize(
    ("access", "told"),
    [
        ([{"person": "Bo", "system": "My IB"}], True),
        ([{"person": "Bo", "system": _STORE, "removed": date(2026, 9, 1)}], True),
        ([{"person": "Bo", "system": _STORE}], False),
    ],
)
def test_only_who_has_access_to_the_store_now_may_hold_a_key(access: Sequence[dict[str, Any]], told: bool) -> None:
    school = School(access=[{"person": "Ana", "system": _STORE}, *access])
    found = across_materials.may_hold_key([{"person": "Ana", "second_person": "Bo"}], school)
    assert bool(list(found)) is told


def test_an_initial_by_itself_is_nobody_and_a_name_in_an_address_is_somebody() -> None:
    finder = Finder(Private(names={"Aya B Hasegawa"}))
    assert finder.spans("plan b") == []
    assert finder.spans("see a.hasegawa2@x.org") and finder.spans("HasegawaEE.pdf")
    assert finder.spans("nothing about her here") == []


def test_a_sample_without_a_moderated_mean_is_in_no_comparison() -> None:
    line = {"subject": "Biology", "level": "HL", "task": "IA", "session": "M26", "school_mean": 15.0}
    both = {**line, "moderated_mean": 13.5}
    tables = {table.title: table for table in outcomes.outcomes(School(samples=[line, both]))}
    assert [row[-1] for row in tables["Moderation of internal assessment"].lines] == ["-1.5"]


@pytest.mark.parametrize(("asked", "told"), [("University of Leeds", False), ("Leeds", False), ("Turku", True)])
def test_a_university_is_the_same_by_a_part_of_its_name(asked: str, told: bool) -> None:
    transcripts = [{"candidate": "1", "institution": asked, "session": "M27"}]
    whole = "Leeds" if "of" in asked else "University of Leeds"
    rows = [{"candidate": "1", "going": True, "institution": whole, "session": "M27"}]
    found = across_places.going_has_transcript(rows, School(transcripts=transcripts))
    assert bool(list(found)) is told


def test_cas_is_asked_about_only_where_the_school_keeps_cas() -> None:
    near = [{"code": "000123", "session": "M27", "category": "D"}]
    other = {"candidate": "000999", "title": "Choir"}
    assert list(cas.still_open(near, School({"cas_warn_months": 12}))) == []
    assert [one.row for one in cas.still_open(near, School({"cas_warn_months": 12}, cas=[other]))] == [0]
    assert list(cas.still_open(near, School({"cas_warn_months": 0}, cas=[other]))) == []


def test_what_is_open_in_cas_is_said() -> None:
    near = [{"code": "1", "session": "M27", "category": "D"}]
    outcomes_ = "; ".join(f"LO{n}" for n in range(1, 8))
    done = {"candidate": "1", "strand": "Creativity; Activity; Service", "outcomes": outcomes_, "status": "Complete"}
    done |= {"start": date(2024, 9, 1), "end": date(2026, 10, 1)}
    whole = [
        {**done, "kind": "Project"},
        *({**done, "kind": "Interview", "interview": n} for n in ("First", "Second", "Third")),
    ]
    (some_,) = cas.still_open(near, School({"cas_warn_months": 12}, cas=[{"candidate": "1", "title": "Choir"}]))
    assert "0 of 3 interviews" in some_.message and "confirmation" not in some_.message
    (none,) = cas.still_open(near, School({"cas_warn_months": 12}, cas=whole))
    assert str(none.message) == "CAS is not complete before May 2027: only the confirmation lacks."


def test_a_group_of_few_is_hidden_and_none_is_none() -> None:
    assert [_few(count, 5) for count in (0, 1, 4, 5)] == [0, HIDDEN, HIDDEN, 5]


@pytest.mark.parametrize(("programme", "told"), [("All", False), ("DP", False), ("MYP; DP", False), ("PYP", True)])
def test_a_line_of_the_diploma_is_for_its_rows_and_for_those_of_all_programmes(programme: str, told: bool) -> None:
    found = evidence.codes([{"code": "0201-01-0231", "programme": programme}], School())
    assert bool(list(found)) is told


@pytest.mark.parametrize(("candidate", "teacher", "told"), [("1", "Bo", True), ("2", "Ana", True), ("1", "Ana", False)])
def test_another_teacher_than_the_one_who_registered_the_candidate_is_told(
    candidate: str, teacher: str, told: bool
) -> None:
    lines = [
        {"candidate": code, "subject": "Biology", "level": "HL", "teacher": name, "session": "M27"}
        for code, name in (("1", "Ana"), ("2", "Bo"))
    ]
    row = {"candidate": candidate, "subject": "Biology", "level": "HL", "teacher": teacher, "session": "M27"}
    found = list(across_staff.same_teacher([row], School(registrations=lines)))
    assert [one.column for one in found] == (["teacher"] if told else [])


def test_the_supervisor_of_an_essay_is_not_the_teacher_of_its_subject() -> None:
    lines = [
        {"candidate": "1", "subject": "Biology", "level": level, "teacher": name, "session": "M27"}
        for level, name in (("EE", "Bo"), ("HL", "Ana"))
    ]
    essay = {"candidate": "1", "subject": "Biology", "component": "Extended essay", "session": "M27"}
    rows = [{**essay, "supervisor": "Bo"}, {**essay, "supervisor": "Ana"}]
    found = across_staff.same_teacher(rows, School(registrations=lines))
    assert [(one.row, str(one.message)) for one in found] == [(1, "1, Biology: Ana here, Bo in Registrations.")]


def test_grades_are_by_subject_level_and_session() -> None:
    every = [("B", "SL", "M27"), ("A", "SL", "N26"), ("A", "SL", "M26"), ("A", "HL", "M27"), ("B", "HL", "N25")]
    rows = [
        {"candidate": "1", "subject": s, "level": level, "session": session, "grade": g}
        for g, (s, level, session) in enumerate(every, 1)
    ]
    assert [line[:3] for line in outcomes._subjects(School(results=rows), 1).lines] == [
        ("A", "HL", "M27"), ("A", "SL", "M26"), ("A", "SL", "N26"), ("B", "HL", "N25"), ("B", "SL", "M27"),
    ]  # fmt: skip
    assert [line[4] for line in outcomes._subjects(School(results=rows), 1).lines] == [
        "4.0",
        "3.0",
        "2.0",
        "5.0",
        "1.0",
    ]


def test_candidates_and_awards_are_counted_by_their_session() -> None:
    people = [
        {"code": str(n), "session": one, "category": kind}
        for n, (one, kind) in enumerate([("M27", "D"), ("M27", "D"), ("M27", "C"), ("N26", "R")])
    ]
    awards = [
        {"session": "N26", "result": "Diploma awarded", "points": 30},
        {"session": "N26", "result": "x", "points": 20},
    ]
    lines = outcomes._sessions(School(candidates=people, awards=awards), 1).lines
    assert [line[:3] for line in lines] == [("N26", 1, 0), ("M27", 2, 1)]
    assert [line[-1] for line in lines] == ["25.0", ""]


@pytest.mark.parametrize(("service", "told"), [(True, []), (None, []), (False, ["certificate"])])
def test_a_certificate_without_service_is_told(service: bool | None, told: list[str]) -> None:
    rows = [{"student": "s", "session": "M27", "part": part, "grade": 6} for part in myp_year._PARTS]
    rows[0] |= {"certificate": "Awarded", "total": 48}
    found = myp_year.certificate_agrees(rows, School(myp=[{"student": "s", "service_done": service}]))
    assert [one.column for one in found] == told


@pytest.mark.parametrize(
    ("before", "after", "told"), [("4", "5", 0), ("5", None, 0), ("4", None, 1), ("3", "4", 1), (None, "4", 0)]
)
def test_a_grade_before_an_enquiry_or_after_it_is_the_result(before: str | None, after: str | None, told: int) -> None:
    line = {"candidate": "1", "subject": "Biology", "level": "HL", "session": "M26"}
    school = School(results=[{**line, "grade": "5"}, {**line, "level": "EE", "grade": "A"}])
    assert (
        len(list(across_subjects.grade_before([{**line, "grade_before": before, "grade_after": after}], school)))
        == told
    )


def test_a_name_that_two_people_share_finds_nobody() -> None:
    ana, bo, two = (Person(name, names=(name,)) for name in ("Ana Lima", "Bo Chen", "Bo-Chen"))
    directory = Directory([ana, bo])
    assert [directory.find(name) for name in ("Ana Lima", " Ana Lima ", "ana lima", "Ana")] == [ana, ana, ana, None]
    assert Directory([bo, two]).find("Bo Chen") is bo and Directory([bo, two]).find("bo chen") is None
    assert Directory([bo, Person("Bo", names=("Bo Chen",))]).find("Bo Chen") is None


@pytest.mark.parametrize(
    ("name", "kind", "everybody"),
    [
        ("eur", "2A", True),
        ("eur", "3 re-moderation", True),
        ("eur", "2B", False),
        ("eur", None, False),
        ("transcripts", "2A", False),
    ],
)  # fmt: skip
def test_an_enquiry_may_be_about_everybody(name: str, kind: str | None, everybody: bool) -> None:
    assert is_for_everybody(name, {"type": kind}) is everybody


@pytest.mark.parametrize(
    ("programme", "says"), [("MYP", "M27: no date yet for Access arrangement requests."), (None, "Certificates")]
)
def test_dates_that_nobody_knows_are_those_of_the_programme(programme: str | None, says: str) -> None:
    rows = [{"kind": "IB deadline", "session": "M27", "event": f"e{n}"} for n in range(4)]
    school = School({"programme": programme, "today": date(2026, 11, 30)})
    (found,) = across_dates.dates_unknown(rows, school)
    assert says in found.message
    assert not list(across_dates.dates_unknown(rows[1:], school))
