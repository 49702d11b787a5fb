"""Rules at the edge of what they ask: the day itself, the one short of a share, the row that is withdrawn or blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from planting import LISTS, TRACKERS

from addin.core.ib import (
    Row,
    across_accounts,
    across_candidates,
    across_duties,
    across_materials,
    across_meetings,
    across_results,
    across_staff,
    across_subjects,
    across_trips,
    exam_rooms,
    matrices,
    pd,
    programme_papers,
    registrations,
    requests,
    results,
)
from addin.core.settings import Settings

TODAY = date(2026, 11, 21)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


class School:
    """What rules may ask: settings, the rows of other trackers, the shipped lists."""

    def __init__(self, settings: Mapping[str, Any] | None = None, **rows: Sequence[Row]) -> None:
        self._settings, self._rows = {"today": TODAY, **(settings or {})}, rows

    def setting(self, name: str) -> Any:
        return self._settings.get(name, Settings().get(name, TRACKERS))

    def list(self, name: str) -> Mapping[str, Sequence[str]]:
        return LISTS.get(name, {})

    def in_own_words(self, text: str) -> str:
        return text

    def rows(self, tracker: str) -> Sequence[Row]:
        return self._rows.get(tracker, ())


@pytest.mark.parametrize(("held", "lacking"), [(3, [3]), (2, [])])
def test_an_account_is_asked_about_where_three_quarters_have_one(held: int, lacking: list[int]) -> None:
    staff = [{"name": name} for name in ("Ana", "Bo", "Cy", "Di")]
    access = [{"person": one["name"], "system": "My IB", "granted": BEFORE} for one in staff[:held]]
    found = across_accounts.staff_without_account(staff, School(access=access))
    assert [one.row for one in found] == lacking


@pytest.mark.parametrize(
    ("one", "other", "nearly"),
    [
        ("Holm", "Hohm", True), ("Holm", "Hlom", True), ("Holm", "Homs", False), ("Hol", "Hom", False),
        ("Holmes", "Hulmas", True), ("Holmes", "Hulmat", False), ("Holmes", "Holmesxx", True),
        ("Holmes", "Holmesxxx", False), ("Holmes", "oHlmse", True), ("Holm", "Holm", False), ("abcdef", "fbcdea", True),
    ],
)  # fmt: skip
def test_names_are_nearly_the_same_by_letters_that_differ(one: str, other: str, nearly: bool) -> None:
    rows = [{"last_name": name, "first_names": "Liv"} for name in (one, other)]
    assert across_candidates._nearly_same_name(*rows) is nearly
    assert across_candidates._nearly_same_name(*reversed(rows)) is nearly
    assert not across_candidates._nearly_same_name({**rows[0], "first_names": "Ida"}, rows[1])


@pytest.mark.parametrize(
    ("trip", "last", "covered"),
    [
        ((TODAY, AFTER), TODAY, True), ((AFTER, AFTER), TODAY, False), ((BEFORE, BEFORE), TODAY, False),
        ((BEFORE, TODAY), TODAY, True), ((AFTER, AFTER), AFTER, True), ((TODAY, None), TODAY, True),
    ],
)  # fmt: skip
def test_a_trip_covers_a_workshop_that_it_shares_a_day_with(
    trip: tuple[date, date | None], last: date, covered: bool
) -> None:
    trips = [{"staff": "Ana", "start": trip[0], "end": trip[1]}]
    pd = [{"staff": "ana", "start": TODAY, "end": last, "mode": "Face-to-face", "status": "Booked", "workshop": "TOK"}]
    assert [one.row for one in across_trips.workshop_has_trip(pd, School(trips=trips))] == ([] if covered else [0])


def test_a_trip_is_asked_about_from_today_on_and_where_trips_are_kept() -> None:
    pd = [{"staff": "Ana", "start": day, "mode": "Face-to-face", "status": "Booked"} for day in (BEFORE, TODAY)]
    other = [{"staff": "Bo", "start": TODAY}]
    assert [one.row for one in across_trips.workshop_has_trip(pd, School(trips=other))] == [1]
    assert list(across_trips.workshop_has_trip(pd, School(trips=[{**other[0], "state": "Cancelled"}]))) == []
    trips = [{"staff": "Ana", "state": "Booked", "start": day, "cover": "yes"} for day in (BEFORE, TODAY)]
    (found,) = across_trips.booked_is_released(trips, School())
    assert (found.row, "without release" in found.message) == (1, True)


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [(TODAY, TODAY, []), (BEFORE, BEFORE, [0]), (AFTER, AFTER, [0]), (BEFORE, AFTER, []), (TODAY, None, [])],
)
def test_a_trip_needs_a_workshop_on_its_days(start: date, end: date | None, found: list[int]) -> None:
    held = [{"staff": "Ana", "start": TODAY}, {"staff": "Ana", "start": AFTER, "status": "Cancelled"}]
    trip = {"staff": "Ana", "start": start, "end": end, "workshop": "TOK"}
    assert [one.row for one in across_trips.trip_has_workshop([trip], School(pd=held))] == found
    assert list(across_trips.trip_has_workshop([{**trip, "state": "Cancelled"}], School(pd=held))) == []


GROUP = {"group": "DP team", "cadence": "Weekly", "from": TODAY - timedelta(days=100)}


@pytest.mark.parametrize(
    ("days_ago", "found"),
    [([10], 0), ([11], 1), ([11, -1], 0), ([], 1), ([101], 1), ([100], 1), ([0], 0)],
)
def test_a_weekly_group_is_overdue_after_half_as_much_again(days_ago: list[int], found: int) -> None:
    meetings = [{"group": "dp team", "date": TODAY - timedelta(days=days)} for days in days_ago]
    school = School(meetings=[*meetings, {"group": "Others", "date": TODAY}])
    said = [one.message for one in across_meetings.cadence([GROUP], school)]
    assert len(said) == found
    if days_ago in ([], [101]):
        assert "has not met since" in said[0]
    elif found:
        assert "the last meeting was on" in said[0]
    assert list(across_meetings.cadence([{**GROUP, "from": AFTER}], school)) == []
    assert list(across_meetings.cadence([{**GROUP, "until": BEFORE}], school)) == []
    assert list(across_meetings.cadence([GROUP], School())) == []


def test_destinations_are_asked_about_where_most_of_the_session_have_one() -> None:
    rows = [{"code": code, "category": "D", "session": "M26"} for code in "abcd"]
    awards = [{"candidate": code} for code in "abcd"]

    def asked(known: str, *, graded: Sequence[Row] = awards) -> list[int]:
        school = School(awards=graded, destinations=[{"candidate": code} for code in known])
        return [one.row for one in across_results.without_destination(rows, school)]

    assert (asked("abc"), asked("ab"), asked("abcd"), asked("abc", graded=awards[:3])) == ([3], [], [], [])


def test_families_are_asked_about_where_most_were_informed() -> None:
    def row(told: date | None, **more: Any) -> Row:
        return {"candidate": "a", "session": "M26", "result": "Diploma", "told": told, **more}

    informed = [row(TODAY)] * 3
    assert [one.row for one in across_results.families_told([*informed, row(None)], School())] == [3]
    assert list(across_results.families_told([*informed[:2], row(None)], School())) == []
    assert list(across_results.families_told([*informed, row(None), row(None)], School())) == []
    assert (
        list(across_results.families_told([*informed, row(None, session="N26"), row(None, result=None)], School()))
        == []
    )


def test_workshops_count_only_when_held_planned_or_booked_by_somebody() -> None:
    lines = [{"subject": "Biology", "level": "HL", "teacher": "Ana"}]

    def untrained(*workshops: Row, **settings: Any) -> list[str]:
        return [one.message for one in across_staff.trained(lines, School(settings, pd=workshops))]

    mine = {"staff": "ana", "subject": "Biology", "status": "Attended", "category": 2}
    others = {**mine, "staff": "Bo"}
    assert untrained() == untrained({"status": "Attended"}) == untrained({**others, "status": "Cancelled"}) == []
    assert len(untrained(others)) == 1 and untrained(mine) == [] and untrained({**mine, "status": "Planned"}) == []
    assert len(untrained(mine, pd_for="authorization")) == 1
    assert untrained({**mine, "category": 1}, pd_for="authorization") == []
    assert len(untrained({**mine, "programme": "MYP"})) == len(untrained({**mine, "subject": "Chemistry"})) == 1


def test_lines_of_a_candidate_are_those_that_were_not_withdrawn() -> None:
    line = {"candidate": "a", "subject": "Biology", "level": "HL", "teacher": "Ana; Bo"}
    rows: list[Row] = [line, {**line, "status": "Withdrawn"}, {**line, "candidate": None}, {**line, "level": "EE"}]
    assert across_subjects._groups(rows) == {"a": [0, 3]}
    assert across_subjects.teachers(rows[1:]) == {("Ana", "Biology"): 1, ("Bo", "Biology"): 1}


@pytest.mark.parametrize(
    ("content", "subject", "about"),
    [
        ("Biology HL paper 1", "Biology", True),
        ("Biology HL paper 1", "Physics", False),
        ("Scripts of the morning", "Physics", True),
        ("Scripts of the morning", None, True),
        ("Biology HL paper 1", None, True),
        (None, "Physics", True),
    ],
)
def test_materials_are_about_a_paper_of_their_day(content: str | None, subject: str | None, about: bool) -> None:
    material, paper = {"exam_date": TODAY, "content": content}, {"date": TODAY, "subject": subject}
    assert across_materials._is_for(material, paper) is about
    assert not across_materials._is_for(material, {**paper, "date": AFTER})


@pytest.mark.parametrize(
    ("asked", "answered", "found"),
    [(10, 4, True), (10, 5, False), (10, 0, True), (10, -1, False), (0, 0, False), (1, 0, True), (10, None, False)],
)
def test_a_survey_is_low_below_the_least_rate(asked: int, answered: int | None, found: bool) -> None:
    school = School({"survey_rate_least": 50})
    row = {"survey": "S", "asked": asked, "answered": answered}
    assert bool(list(programme_papers.low_rate([row], school))) is found
    assert list(programme_papers.low_rate([row], School({"survey_rate_least": None}))) == []


@pytest.mark.parametrize(
    ("grade", "points"),
    [
        ("1", 1),
        ("7", 7),
        ("8", None),
        ("0", None),
        ("A", 5),
        ("e", 1),
        (" B ", 4),
        ("N", None),
        (None, None),
        ("12", None),
    ],
)
def test_a_grade_is_a_step_on_one_line(grade: str | None, points: int | None) -> None:
    assert results._points(grade) == points


def test_invigilators_are_counted_in_a_room_that_may_have_no_name() -> None:
    school = School({"exam_invigilators_least": 2, "exam_candidates_per_invigilator": 25})

    def said(**row: Any) -> list[str]:
        return [one.message for one in exam_rooms.enough_invigilators([row], school)]

    assert said(candidates=1, invigilators="Ana", room="Hall") == ["1 of 2 invigilators for 1 candidates in Hall."]
    assert said(candidates=51, invigilators="Ana; Bo") == ["2 of 3 invigilators for 51 candidates in a room."]
    assert said(candidates=50, invigilators="Ana; Bo") == said(candidates=0) == said() == []


def test_the_end_of_a_subject_is_said_as_a_session_where_it_is_one() -> None:
    assert (registrations._end("M27"), registrations._end("2027")) == ("May 2027", "2027")


@pytest.mark.parametrize(
    ("name", "kind", "needed"),
    [("eur", "1", True), ("eur", "2", False), ("eur", "9", True), ("eur", None, True), ("transcripts", "2", True)],
)
def test_consent_is_needed_unless_the_list_says_no(name: str, kind: str | None, needed: bool) -> None:
    kinds = {"code": ["1", "2"], "consent": ["yes", "no"]}
    assert requests.needs_consent(name, {"type": kind}, kinds) is needed


@pytest.mark.parametrize(
    ("tracker", "row", "duty"),
    [
        ("eassessment", {"teacher": "Ana", "session": "M27"}, "teacher of {n} eAssessments"),
        ("eassessment", {"teacher": "Ana", "session": "M27", "grade": 5}, None),
        ("candidates", {"code": "a", "adviser": "Ana", "session": "M27"}, "adviser of {n} candidates"),
        ("surveys", {"owner": "Ana"}, "owner of {n} surveys"),
        ("surveys", {"owner": "Ana", "done": TODAY}, None),
    ],
)
def test_a_duty_is_open_until_it_is_done(tracker: str, row: Row, duty: str | None) -> None:
    found = across_duties._duties(School(**{tracker: [row]})).get("ana", {})
    assert (duty in found) if duty else found == {}


@pytest.mark.parametrize(("count", "says"), [(1, "adviser of 1 candidate."), (2, "adviser of 2 candidates.")])
def test_one_duty_is_said_in_the_singular(count: int, says: str) -> None:
    rows: list[Row] = [{"code": str(n), "last_name": "Holm", "adviser": "Ana", "session": "M27"} for n in range(count)]
    school = School(candidates=rows)
    [found] = across_duties.left_with_duties([{"name": "Ana", "left": TODAY}], school)
    assert says in found.message
    assert set(across_duties.ONE) == {duty for _, _, duty, _ in across_duties._DUTIES}


LIV: Row = {"code": "a", "last_name": "Holm", "first_names": "Liv", "session": "M27", "category": "D", "payment": True}
LINES: list[Row] = [
    {"candidate": "a", "session": "M27", "subject": "Biology", "level": "HL", "status": "In IBIS"},
    {"candidate": "a", "session": "M27", "subject": "Economics", "level": "SL", "status": "Planned"},
    {"candidate": "a", "session": "M27", "subject": "Biology", "level": "EE", "status": "Confirmed"},
    {"candidate": "a", "session": "M26", "subject": "Physics", "level": "SL", "status": "Planned"},
]


def needs(**rows: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """What is asked of Liv: requirement -> state and words."""
    found = matrices.candidates(School(candidates=[LIV, {"code": "b", "session": "M27"}], **rows))
    (line,) = [one for one in found.lines if one.key == "a"]
    return dict(zip(found.headers, map(tuple, line.cells), strict=True))


def test_what_a_candidate_still_needs_is_counted() -> None:
    found = needs(
        registrations=LINES,
        core=[{"candidate": "a", "component": "Extended essay", "first_meeting": TODAY, "uploaded": TODAY}],
        coursework=[{"candidate": "a", "session": "M27", "submitted": TODAY}, {"candidate": "a", "session": "M26"}],
        arrangements=[{"candidate": "a", "state": state} for state in ("Approved", "Refused", "Asked", None)],
    )
    assert {name: words for name, (_, words) in found.items()} == {
        "Registration": "2 of 3",
        "EE and TOK lines": "1 of 2",
        "Fees": "yes",
        "Extended essay": "2 of 6",
        "Coursework in": "1 of 1",
        "Coursework marks": "0 of 1",
        "Access arrangements": "2 of 4",
    }
    assert found["Coursework in"][0] == found["Fees"][0] == matrices.DONE
    assert found["Registration"][0] == found["Access arrangements"][0] == matrices.OPEN


def test_what_is_not_there_at_all_is_late_where_others_have_it() -> None:
    others = [{**LINES[0], "candidate": "b"}]
    core = [{"candidate": "b", "component": name} for name in ("TOK exhibition", "Extended essay")]
    found = needs(registrations=others, core=core, cas=[{"candidate": "b"}])
    assert found["Registration"] == found["Extended essay"] == found["TOK exhibition"] == (matrices.LATE, "no line")
    assert found["CAS"][0] == matrices.OPEN and "EE and TOK lines" not in found
    marked = [{"candidate": "a", "component": "TOK exhibition", "mark": mark} for mark in (7, None)]
    assert needs(core=marked[:1])["TOK exhibition"] == (matrices.DONE, "marked")
    assert needs(core=marked[1:])["TOK exhibition"] == (matrices.OPEN, "no mark")
    assert set(needs()) == {"Fees"}


@pytest.mark.parametrize(("session", "keys"), [("", ["a", "now"]), ("M27", ["a"]), ("M26", ["old"])])
def test_candidates_are_those_of_the_session_or_of_sessions_to_come(session: str, keys: list[str]) -> None:
    rows = [
        LIV,
        {"code": "old", "session": "M26"},
        {"code": "now", "session": "N26"},
        {**LIV, "code": "x", "left": TODAY},
    ]
    found = matrices.candidates(School(candidates=rows), session)
    assert [line.key for line in found.lines] == keys


@pytest.mark.parametrize(("ended", "status", "found"), [(BEFORE, None, [0]), (TODAY, None, []), (BEFORE, "Booked", [])])
def test_a_role_that_began_after_the_last_workshop_needs_one(ended: date, status: str | None, found: list[int]) -> None:
    row = {"staff": "Ana", "role": "Teacher", "in_role_since": TODAY}
    rows = [
        {**row, "status": "Attended", "start": ended, "end": ended},
        *([{**row, "status": status}] if status else []),
    ]
    assert [one.row for one in pd.needs(rows, School())] == found


@pytest.mark.parametrize(
    ("consent", "why"),
    [
        (None, "consent is missing"),
        (False, "consent is refused"),
        (TODAY, ""),
        (BEFORE, ""),
        (AFTER, "consent is of a day to come"),
        (True, ""),
    ],
)
def test_a_request_may_be_made_with_consent_of_today_or_before(consent: Any, why: str) -> None:
    assert requests.missing_consent("transcripts", {"consent": consent}, {}, TODAY) == why
    assert (
        requests.missing_consent("eur", {"consent": consent, "type": "2"}, {"code": ["2"], "consent": ["no"]}, TODAY)
        == ""
    )
