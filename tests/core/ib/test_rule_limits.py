"""Rules at their limits: the one day, letter or row on which the answer changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

import pytest
from test_rule_edges import School

from addin.core.ib import (
    Row,
    across_candidates,
    across_dates,
    across_duties,
    across_identity,
    across_loans,
    across_materials,
    across_readiness,
    across_results,
    across_samples,
    across_staff,
    across_subjects,
    cp_core,
    evidence,
    exam_rooms,
    matrices,
    myp_year,
    outcomes,
    programme_papers,
    requests,
)
from addin.core.ib.candidates import session_numbers
from addin.core.ib.people import nearly
from addin.core.ib.session import parse

TODAY = date(2026, 11, 21)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LIV: Row = {"code": "000102", "last_name": "Holm", "first_names": "Liv", "session": "M27", "category": "D"}


def rows_of(found: Sequence[Any]) -> list[int]:
    return [one.row for one in found]


@pytest.mark.parametrize(("today", "near"), [
    (date(2025, 10, 31), False), (date(2025, 11, 1), True), (date(2027, 5, 31), True), (date(2027, 6, 1), False),
])  # fmt: skip
def test_a_session_is_near_from_eighteen_months_before_to_its_own_month(today: date, near: bool) -> None:
    exams = parse("M27")
    assert exams and across_dates._is_near(exams, today) is near


@pytest.mark.parametrize(("days", "asked"), [(-1, False), (0, True), (14, True), (15, False)])
def test_a_bag_is_asked_for_in_the_two_weeks_before_its_paper(days: int, asked: bool) -> None:
    paper = {"session": "M27", "subject": "Biology", "level": "HL", "paper": "Paper 1",
             "date": TODAY + timedelta(days=days)}  # fmt: skip
    bags = [{"session": "M27", "kind": "Question papers", "content": "Physics HL Paper 1", "exam_date": AFTER}]
    kept = list(across_materials.papers_have_bags([paper], School(materials=bags)))
    assert rows_of(kept) == ([0] if asked else [])
    assert not list(across_materials.papers_have_bags([paper], School()))


@pytest.mark.parametrize(
    ("days", "candidates", "asked"), [(-2, 5, True), (-1, 5, False), (-2, 0, False), (-2, None, False)]
)
def test_scripts_are_asked_for_from_the_second_day_after_a_paper(days: int, candidates: int | None, asked: int) -> None:
    paper = {"session": "M27", "subject": "Biology", "level": "HL", "paper": "Paper 1", "candidates": candidates,
             "date": TODAY + timedelta(days=days)}  # fmt: skip
    sent = [{"session": "M27", "kind": "Scripts", "content": "Physics HL Paper 1", "exam_date": BEFORE}]
    assert rows_of(list(across_materials.papers_have_scripts([paper], School(materials=sent)))) == (
        [0] if asked else []
    )


@pytest.mark.parametrize(("opened", "found"), [(BEFORE, []), (TODAY, []), (AFTER, [0]), (None, [])])
def test_a_bag_is_opened_on_a_day_of_the_key_log_that_has_begun(opened: date | None, found: list[int]) -> None:
    school = School(keylog=[{"date": TODAY}, {"date": None}])
    assert rows_of(list(across_materials.opened_with_key([{"content": "Box", "opened": opened}], school))) == found
    assert not list(across_materials.opened_with_key([{"content": "Box", "opened": AFTER}], School()))


@pytest.mark.parametrize(
    ("borrower", "says"),
    [
        ("000102", ""), ("000199", "no candidate has this code"), ("Liv Holm", ""), ("liv  holm", ""),
        ("Liv Holme", "is it Liv Holm?"), ("Ana Diaz", ""), ("Ana Dias", "is it Ana Diaz?"), ("", ""),
        ("Room 12", ""), ("S-17", ""),
    ],
)  # fmt: skip
def test_who_has_a_loan_is_a_candidate_or_a_colleague(borrower: str, says: str) -> None:
    school = School(candidates=[LIV], staff=[{"name": "Ana Diaz"}, {"name": None}])
    found = list(across_loans.borrower_known([{"lent_to": borrower, "item": "Book"}], school))
    assert (len(found), says in (found[0].message if found else "")) == (int(bool(says)), True)
    assert not list(across_loans.borrower_known([{"lent_to": borrower, "returned": BEFORE}], school))


@pytest.mark.parametrize(
    ("codes", "result", "cas", "found"),
    [
        ("1", None, True, ["codes"]), ("3; 1", None, True, ["codes"]), ("1", None, False, []), ("1", None, None, []),
        ("11", None, True, []), ("", "Diploma awarded", False, ["result"]), ("", "Diploma awarded", True, []),
        ("", "Diploma awarded", None, []), ("", "Diploma not awarded", False, []),
        (1, "Diploma awarded", True, ["codes"]),
    ],
)  # fmt: skip
def test_an_award_agrees_with_cas(codes: Any, result: str | None, cas: bool | None, found: list[str]) -> None:
    school = School(candidates=[{**LIV, "cas_complete": cas}])
    row = {"candidate": "000102", "codes": codes, "result": result}
    assert [one.column for one in across_results.award_fits_cas([row], school)] == found


def test_a_teacher_without_an_account_is_named_once() -> None:
    line = {"candidate": "000102", "level": "HL", "status": "Confirmed", "session": "M27"}
    rows = [{**line, "subject": subject, "teacher": teacher} for subject, teacher in (
        ("Biology", "Ana Diaz"), ("Physics", "Ana  DIAZ"), ("History", "Bo Ray"), ("French B", "Cy Fox"))]  # fmt: skip
    access = [{"person": "bo ray", "system": "My IB"}, {"person": "Cy Fox", "system": "My IB", "removed": BEFORE}]
    assert rows_of(list(across_staff.with_account(rows, School(access=access)))) == [0, 3]
    assert not list(across_staff.with_account(rows, School()))


@pytest.mark.parametrize(("due", "status", "found"), [
    (BEFORE, "Planned", [0]), (TODAY, "Planned", []), (BEFORE, "Agreed", [0]), (BEFORE, "Confirmed", []),
])  # fmt: skip
def test_a_line_may_be_planned_to_the_last_day(due: date, status: str, found: list[int]) -> None:
    row = {"candidate": "000102", "session": "M27", "subject": "Biology", "level": "HL", "status": status}
    calendar = [{"session": "M27", "event": "Registration", "kind": "IB deadline", "due": due}]
    said = list(across_subjects.planned_after_deadline([row], School(candidates=[LIV], calendar=calendar)))
    assert rows_of(said) == found
    assert all("1 line is not in IBIS" in one.message for one in said)


@pytest.mark.parametrize(("session", "asked"), [("M27", [1]), ("N26", []), ("", [])])
def test_an_adviser_is_asked_for_where_most_of_a_coming_session_have_one(session: str, asked: list[int]) -> None:
    rows = [{"code": str(n), "session": session, "adviser": None if n == 1 else "Ana Diaz"} for n in range(3)]
    assert rows_of(list(across_identity.without_adviser(rows, School()))) == asked
    half = [{**row, "adviser": None if n else "Ana Diaz"} for n, row in enumerate(rows[:2])]
    assert not list(across_identity.without_adviser(half, School()))
    assert not list(across_identity.without_adviser([{**row, "left": BEFORE} for row in rows], School()))
    assert not list(across_identity.without_adviser(rows, School({"today": date(2027, 5, 1)})))


@pytest.mark.parametrize(
    ("tracker", "row", "open_"),
    [
        ("registrations", {"teacher": "Ana", "session": "M27"}, True),
        ("registrations", {"teacher": "Ana", "session": "M26"}, False),
        ("registrations", {"teacher": "Ana", "session": "M27", "status": "Withdrawn"}, False),
        ("core", {"supervisor": "Ana", "session": "M26"}, False),
        ("core", {"supervisor": "Ana", "session": "M27", "uploaded": TODAY}, False),
        ("core", {"supervisor": "Ana", "session": "N26"}, True),
        ("coursework", {"teacher": "Ana", "session": "M27", "mark": 0}, False),
        ("coursework", {"teacher": "Ana", "session": "M26"}, False),
        ("predicted", {"teacher": "Ana", "session": "M27", "predicted": "5"}, False),
        ("predicted", {"teacher": "Ana", "session": "M26"}, False),
        ("eassessment", {"teacher": "Ana", "session": "M27"}, True),
        ("eassessment", {"teacher": "Ana", "session": "M27", "grade": 5}, False),
        ("meetings", {"owner": "Ana", "action": "Write"}, True),
        ("meetings", {"owner": "Ana"}, False),
        ("meetings", {"owner": "Ana", "action": "Write", "done": TODAY}, False),
        ("communications", {"owner": "Ana", "due": TODAY}, True),
        ("communications", {"owner": "Ana", "due": TODAY, "done": TODAY}, False),
        ("communications", {"owner": "Ana"}, False),
        ("observations", {"observer": "Ana", "follow_up": TODAY}, True),
        ("observations", {"observer": "Ana", "follow_up": TODAY, "followed_up": TODAY}, False),
        ("exams", {"invigilators": "Bo; Ana", "date": TODAY}, True),
        ("exams", {"invigilators": "Bo; Ana", "date": BEFORE}, False),
        ("groups", {"chair": "Ana", "until": TODAY}, True),
        ("groups", {"chair": "Ana", "until": BEFORE}, False),
    ],
)
def test_a_duty_counts_while_it_is_ahead_and_open(tracker: str, row: Row, open_: bool) -> None:
    found = list(across_duties.left_with_duties([{"name": "Ana", "left": TODAY}], School(**{tracker: [row]})))
    assert rows_of(found) == ([0] if open_ else [])


def test_who_leaves_later_still_has_the_duties() -> None:
    school = School(policies=[{"owner": "Ana"}])
    assert not list(across_duties.left_with_duties([{"name": "Ana", "left": AFTER}], school))
    (found,) = across_duties.left_with_duties([{"person": "ana", "left_school": BEFORE}], school)
    assert (found.column, "owner of 1 policy" in found.message) == ("left_school", True)


def test_a_number_that_two_candidates_have_is_told_with_the_code_of_the_other() -> None:
    rows: list[Row] = [
        {"code": "a", "session": "M27", "session_number": "0001"},
        {"code": "b", "session": "M27", "session_number": "0001"},
        {"session": "N27", "session_number": "0002"}, {"code": "d", "session": "N27", "session_number": "0002"},
        {"code": "e", "session": "M28", "session_number": "0001"},
    ]  # fmt: skip
    said = {one.row: str(one.message) for one in session_numbers(rows, School())}
    assert "Candidate a has the number 0001 in M27 too." in said[1] and 4 not in said
    assert "Candidate (no code) has the number 0002 in N27 too." in said[3]


@pytest.mark.parametrize(
    ("one", "other", "nearly_"),
    [("Holmes", "Hulmes", True), ("Holmes", "Hulmas", True), ("Holmes", "Hulmat", False), ("abcdefg", "abc", False)],
)
def test_two_letters_of_a_long_name_may_differ(one: str, other: str, nearly_: bool) -> None:
    rows = [{"last_name": name, "first_names": "Liv"} for name in (one, other)]
    assert across_candidates._nearly_same_name(*rows) is nearly_


@pytest.mark.parametrize(("name", "known", "found"), [
    ("Annika Bergsen", "Annika Berg", ""), ("Annika Bergse", "Annika Berg", "Annika Berg"),
    ("Annika", "Annika Berg", ""),
])  # fmt: skip
def test_a_slip_is_at_most_two_letters_longer(name: str, known: str, found: str) -> None:
    assert nearly(name, [known]) == found


@pytest.mark.parametrize(("code", "name"), [
    ("0201-01-0223", "Environment, leadership and governance"), ("0101", "Purpose"), ("0301-01", "Culture"),
    ("0401", "Learning, curriculum"), ("0901", ""), ("0209", ""),
])  # fmt: skip
def test_a_code_of_the_standards_has_a_name(code: str, name: str) -> None:
    assert evidence.name_of(code) == name


@pytest.mark.parametrize(("name", "row", "open_"), [
    ("transcripts", {}, True), ("transcripts", {"state": "Asked"}, True), ("transcripts", {"state": "Sent"}, False),
    ("transcripts", {"entered": TODAY}, False), ("eur", {}, True), ("eur", {"state": "Wanted"}, True),
    ("eur", {"requested": TODAY}, False), ("eur", {"state": "Refused"}, False),
])  # fmt: skip
def test_a_request_is_open_until_it_is_entered(name: str, row: Row, open_: bool) -> None:
    assert requests.is_open(name, row) is open_


CORE: Row = {"candidate": "a", "session": "M27", "project_grade": "C", "career_state": "Completed",
             **dict.fromkeys((state for _, state, _, _ in cp_core.PARTS), "Satisfied")}  # fmt: skip


@pytest.mark.parametrize(
    ("core", "grades", "result", "says"),
    [
        ({}, ["4", "3"], cp_core.AWARDED, ""),
        ({}, ["4", "3"], cp_core.NOT_AWARDED, "nothing speaks against it"),
        ({}, ["4", "2"], cp_core.AWARDED, "2 are needed"),
        ({}, ["4", None], cp_core.AWARDED, "2 are needed"),
        ({}, [], cp_core.NOT_AWARDED, ""),
        ({"project_grade": "E"}, ["4", "3"], cp_core.AWARDED, "D is needed"),
        ({"project_grade": None}, ["4", "3"], cp_core.NOT_AWARDED, ""),
        ({"career_state": "Under way"}, ["4", "3"], cp_core.NOT_AWARDED, ""),
        ({"career_state": "Not completed"}, ["4", "3"], cp_core.AWARDED, "career-related study not completed"),
        ({cp_core.PARTS[0][1]: "Under way"}, ["4", "3"], cp_core.NOT_AWARDED, ""),
        ({cp_core.PARTS[0][1]: "Not satisfied"}, ["4", "3"], cp_core.AWARDED, "not met"),
        ({}, ["N", "3"], cp_core.AWARDED, "2 are needed"),
    ],
)
def test_a_certificate_agrees_with_grades_and_core(core: Row, grades: list[str | None], result: str, says: str) -> None:
    graded = [{"candidate": "a", "session": "M27", "subject": str(n), "level": "SL", "grade": grade}
              for n, grade in enumerate(grades)]  # fmt: skip
    school = School(cp=[{**CORE, **core}], results=graded)
    found = list(cp_core.award_agrees([{"candidate": "a", "session": "M27", "result": result}], school))
    assert (len(found), says in (found[0].message if found else "")) == (int(bool(says)), True)


def test_the_better_grade_of_a_course_counts_and_none_of_a_later_session() -> None:
    row = {"candidate": "a", "session": "M27", "result": cp_core.NOT_AWARDED}
    one = {"candidate": "a", "session": "M27", "subject": "Biology", "level": "SL", "grade": "2"}
    other = {**one, "subject": "History", "grade": "3"}

    def found(*results: Row) -> int:
        return len(list(cp_core.award_agrees([row], School(cp=[CORE], results=results))))

    assert found(one, {**one, "session": "M26", "grade": "4"}, other) == 1
    assert found(one, {**one, "session": "N27", "grade": "4"}, other) == 0
    assert found({**one, "grade": "4"}, {**other, "level": "EE"}) == 0


@pytest.mark.parametrize(("certificate", "total", "says"), [
    ("Awarded", None, ""), ("Not awarded", None, "nothing speaks against it"), (None, 31, "the grades make"),
    (None, None, ""),
])  # fmt: skip
def test_a_certificate_of_the_middle_years_agrees_with_its_grades(
    certificate: str | None, total: int | None, says: str
) -> None:
    rows = [{"student": "s", "session": "M27", "part": part, "grade": 6} for part in myp_year._PARTS]
    rows[0] |= {"certificate": certificate, "total": total}
    found = list(myp_year.certificate_agrees(rows, School()))
    assert (len(found), says in (found[0].message if found else "")) == (int(bool(says)), True)


def test_numbers_of_a_sample_are_held_against_the_numbers_that_candidates_have() -> None:
    row = {"session": "M27", "numbers": "0001; 0002", "subject": "Biology"}
    assert not list(across_samples.numbers_known([row], School(candidates=[LIV])))
    known = School(candidates=[{**LIV, "session_number": "002222-0001"}])
    assert [one.message for one in across_samples.numbers_known([row], known)][:1] == [
        "No candidate of M27 has the number 0002."
    ]


@pytest.mark.parametrize(
    ("least", "each", "candidates", "names", "needed"),
    [
        (0, 0, 5, "", 0), (2, 0, 5, "Ana", 2), (2, 0, 5, "Ana; Bo", 0), (0, 20, 20, "Ana", 0), (0, 20, 21, "Ana", 2),
        (1, 20, 41, "Ana; Bo", 3), (1, None, 5, "", 1), (2, 20, 0, "", 0), (2, 20, None, "", 0),
    ],
)  # fmt: skip
def test_a_room_needs_so_many_invigilators(
    least: int, each: int | None, candidates: int | None, names: str, needed: int
) -> None:
    school = School({"exam_invigilators_least": least, "exam_candidates_per_invigilator": each})
    found = list(exam_rooms.enough_invigilators([{"candidates": candidates, "invigilators": names}], school))
    assert len(found) == (needed > 0) and all(f"of {needed} invigilators" in one.message for one in found)


def test_scholarships_are_by_session_and_then_currency_and_small_numbers_are_hidden() -> None:
    rows = [
        {"session": "N26", "scholarship": "A", "amount": 100, "currency": "EUR"},
        {"session": "M26", "scholarship": "B", "amount": 50, "currency": "USD"},
        {"session": "M26", "scholarship": "B", "amount": 70, "currency": "USD"},
        {"session": "M26", "scholarship": "C", "currency": "EUR"}, {"session": "M26"},
    ]  # fmt: skip
    lines = outcomes._scholarships(School(destinations=rows), 2).lines
    assert [line[:2] for line in lines] == [("M26", "EUR"), ("M26", "USD"), ("N26", "EUR")]
    assert [line[2:] for line in lines] == [(outcomes.HIDDEN,) * 2, (2, "120"), (outcomes.HIDDEN,) * 2]


@pytest.mark.parametrize(
    ("other", "column"),
    [
        ({"room": "B1", "people": "Bo"}, "room"), ({"room": "B2", "people": "Bo"}, None),
        ({"people": "bo ray; ANA"}, "people"),
        ({"leader": "Ana"}, "people"), ({"room": "B1", "start": time(11)}, None), ({"room": "B1", "date": AFTER}, None),
        ({"room": "B1", "end": None}, None), ({"room": None, "people": "Bo"}, None),
    ],
)  # fmt: skip
def test_meetings_of_a_visit_clash_over_people_then_over_rooms(other: Row, column: str | None) -> None:
    one: Row = {"date": TODAY, "start": time(10), "end": time(11), "room": "B1", "people": "Ana", "meeting": "Head"}
    rows = [one, {"date": TODAY, "start": time(10, 30), "end": time(12), "meeting": "DP", **other}]
    assert [found.column for found in programme_papers.visit_clashes(rows, School())] == ([column] if column else [])
    bare = [{**row, "room": None} for row in rows]
    assert [found.column for found in programme_papers.visit_clashes(bare, School())] == (
        ["people"] if column == "people" else []
    )


@pytest.mark.parametrize(
    ("earlier", "asked"),
    [
        ({"candidate": "a", "category": "D", "session": "M26"}, False),
        ({"candidate": "a", "category": "D", "session": "M27"}, True),
        ({"candidate": "a", "category": "C", "session": "M26"}, True),
        ({"candidate": "b", "category": "D", "session": "M26"}, True),
        ({"candidate": "a", "category": "R", "session": "M26"}, True), ({"candidate": None, "session": "M26"}, True),
    ],
)  # fmt: skip
def test_a_retake_needs_an_earlier_diploma_session(earlier: Row, asked: bool) -> None:
    row = {"candidate": "a", "session": "M27", "category": "R", "subject": "Biology"}
    school = School(registrations=[row, earlier], results=[{"candidate": "z", "category": "D", "session": "N25"}])
    assert rows_of(list(across_readiness.retake_without_diploma([row, dict(row)], school))) == ([0] if asked else [])
    assert not list(across_readiness.retake_without_diploma([row], School(registrations=[earlier])))


def test_arrangements_that_are_settled_are_counted() -> None:
    states = ("Approved", "Refused", "Withdrawn", "Requested", None)
    arrangements = [{"candidate": LIV["code"], "state": state} for state in states]
    found = matrices.candidates(School(candidates=[LIV], arrangements=arrangements))
    cells = dict(zip(found.headers, found.lines[0].cells, strict=True))
    assert tuple(cells["Access arrangements"]) == (matrices.OPEN, "3 of 5")
