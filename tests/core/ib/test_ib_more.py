"""The optional trackers: they never burden who does not use them, and their rules in Python at the edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

import pytest
from make import TODAY, table

from addin.core.book import Grid
from addin.core.checks.rules import check
from addin.core.ib import (
    Row,
    across_subjects,
    after_results,
    contacts,
    coursework,
    cp_core,
    exam_rooms,
    key_dates,
    planning,
    results,
    school_papers,
)
from addin.core.ib.days import day, months_on
from addin.core.ib.subjects import Catalogue
from addin.core.recognition.recognise import Understood, recognise
from addin.core.settings import Settings
from addin.core.trackers import Tracker
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

LISTS = load_lists()
TRACKERS = load_all()
FIRST = ("candidates", "registrations", "cas", "pd", "inventory")
OPTIONAL = {name: tracker for name, tracker in TRACKERS.items() if name not in FIRST}


class School:
    """What rules may ask: settings (the declared defaults but for those given), rows, the shipped lists."""

    def __init__(self, settings: Mapping[str, Any] | None = None, **rows: Sequence[Row]) -> None:
        self._settings, self._rows = {"today": TODAY, **(settings or {})}, rows
        self._defaults = Settings()

    def setting(self, name: str) -> Any:
        return self._settings.get(name, self._defaults.get(name, TRACKERS))

    def list(self, name: str) -> Mapping[str, Sequence[str]]:
        return LISTS.get(name, {})

    def in_own_words(self, text: str) -> str:
        return text

    def rows(self, tracker: str) -> Sequence[Row]:
        return self._rows.get(tracker, ())


# ── no burden ──


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_tracker_without_rows_finds_nothing_however_full_the_others_are(name: str) -> None:
    first = TRACKERS["candidates"].examples[0]
    people = [{**row, "cas_complete": False, "session": "M26"} for row in first.rows]
    taken = next(e.rows for e in TRACKERS["registrations"].examples if not e.trips)
    tables = {
        "candidates": table(TRACKERS["candidates"], people),
        "registrations": table(TRACKERS["registrations"], taken),
        name: table(OPTIONAL[name], []),
    }
    expected = {"predicted_due": "2026-01-01", "evaluation_visit": "2026-01-01", "meeting_gap_days": 1}
    found = check(TRACKERS, tables, Settings(values=expected, today=TODAY, lists=LISTS))
    assert [finding for finding in found if finding.tracker == name] == []


@pytest.mark.parametrize("name", TRACKERS)
def test_a_sheet_with_a_trackers_own_headers_is_taken_for_it_whatever_its_name(name: str) -> None:
    tracker = TRACKERS[name]
    grid = Grid("Sheet1", [[column.header for column in tracker.columns.values()]])
    found = recognise(grid, TRACKERS, LISTS)
    assert isinstance(found, Understood), found
    assert found.tracker == name
    assert {match.column for match in found.matches} == set(tracker.columns)


def test_sheets_and_settings_have_names_of_their_own_that_fit() -> None:
    sheets = [tracker.sheet for tracker in TRACKERS.values()]
    assert len({sheet.casefold() for sheet in sheets} | {"home", "deadlines", "findings", "lists"}) == len(sheets) + 4
    assert max(map(len, sheets)) <= 31
    settings = [setting for tracker in TRACKERS.values() for setting in tracker.settings]
    assert sorted({name for name in settings if settings.count(name) > 1}) == []


@pytest.mark.parametrize("name", OPTIONAL)
def test_optional_trackers_stay_small_and_say_who_sees_what(name: str) -> None:
    tracker: Tracker = OPTIONAL[name]
    assert 8 <= len(tracker.columns) <= 23
    own = [rule for rule in tracker.rules if not rule.use.startswith("across_")]  # nobody has to fill in those
    assert 3 <= len(own) <= 10
    secret = {"mark", "grade", "predicted", "criteria", "points", "last_name", "first_names", "consent"}
    assert [c.name for c in tracker.columns.values() if c.name in secret and not c.private] == []


# ── lists ──


def test_the_criteria_of_each_task_make_its_maximum_and_its_subject_is_known() -> None:
    tasks, known = LISTS["ia_tasks"], Catalogue(LISTS["subjects"], LISTS["subject_aliases"])
    families = {subject.family for subject in known} | {f"Language {subject.kind}" for subject in known if subject.kind}
    core = {"Extended essay", "TOK exhibition", "TOK essay"}
    for subject, split, most in zip(tasks["subject"], tasks["split"], tasks["max"], strict=True):
        assert subject in families | core, subject
        assert not split or sum(map(int, split.split("+"))) == int(most), subject


def test_lists_that_are_chosen_from_have_each_value_once() -> None:
    for name, column in (
        ("psp_codes", "code"),
        ("policies", "name"),
        ("iben_roles", "name"),
        ("ib_systems", "name"),
        ("ecoursework_states", "name"),
        ("eur_types", "code"),
        ("myp_service_outcomes", "code"),
        ("audiences", "name"),
        ("channels", "name"),
        ("meeting_types", "name"),
        ("evidence_types", "name"),
        ("exam_item_types", "name"),
        ("diploma_codes", "code"),
    ):
        values = LISTS[name][column]
        assert len({value.casefold() for value in values}) == len(values), name
    assert LISTS["policies"]["mandated"].count("yes") == 6
    assert len(LISTS["myp_service_outcomes"]["code"]) == 7


# ── days ──


def test_days_are_read_from_cells_and_settings_and_moved_by_months() -> None:
    assert (day("2027-10-04"), day("4.10.2027"), day(""), day(3)) == (date(2027, 10, 4), None, None, None)
    assert months_on(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert months_on(date(2027, 11, 30), 3) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("session", "ids", "last"),
    [
        ("M26", ("m-eur", "n-eur"), date(2026, 9, 15)),
        ("N26", ("m-eur", "n-eur"), date(2027, 3, 15)),
        ("M26", ("m27-exams", "m26-exams"), date(2026, 5, 20)),
        ("M27", ("m26-exams", "m27-exams"), None),
        ("M27", ("nothing",), None),
        ("", ("m-eur",), None),
        (None, ("m-eur",), None),
    ],
)
def test_the_last_day_of_a_session_comes_from_the_list(session: str, ids: tuple[str, ...], last: date | None) -> None:
    assert key_dates.last_day(School(), session, *ids) == last


# ── papers and plans ──


def test_mandated_policies_are_missed_only_where_policies_are_listed_at_all() -> None:
    assert not list(school_papers.mandated([{"policy": None}], School()))
    assert not list(school_papers.mandated([{"policy": "Homework", "kind": "Essential agreement"}], School()))
    (fault,) = school_papers.mandated([{"policy": " language "}, {"policy": "Inclusion"}], School())
    assert "Academic integrity" in fault.message
    assert "Language" not in fault.message


@pytest.mark.parametrize(
    ("visit", "row", "column"),
    [
        ("2027-10-04", {"due": date(2027, 6, 4)}, None),  # the very day
        ("2027-10-04", {"due": date(2027, 6, 5)}, "due"),
        ("2027-10-04", {"due": date(2027, 6, 5), "submitted": date(2026, 1, 1)}, None),
        ("2027-03-21", {}, None),
        ("2027-03-20", {}, "submitted"),
        ("", {"due": date(2027, 6, 5)}, None),
        ("soon", {"due": date(2027, 6, 5)}, None),
    ],
)
def test_documents_are_there_four_months_before_the_visit(visit: str, row: Row, column: str | None) -> None:
    found = school_papers.before_visit([{"evidence": "Budget", **row}], School({"evaluation_visit": visit}))
    assert [fault.column for fault in found] == ([column] if column else [])


def test_courses_are_compared_by_subject_whatever_their_spelling() -> None:
    school = School(registrations=[
        {"subject": "Biology", "level": "HL"}, {"subject": "Biology", "level": "EE"},
        {"subject": "Chemistry", "level": "SL", "status": "Withdrawn"}, {"subject": "Computer Science", "level": "SL"},
    ])  # fmt: skip
    rows = [{"programme": "DP", "course": "BIOLOGY"}, {"programme": "MYP", "course": "Computer Science"}]
    (fault,) = planning.courses_without_plan(rows, school)
    assert fault.message == "No unit plan yet for Computer Science."
    assert not list(planning.courses_without_plan([{"programme": "MYP", "course": "Sciences"}], school))


@pytest.mark.parametrize(
    ("levels", "hours", "state", "expected"),
    [
        (["HL"], [239.5], "Complete", True),
        (["HL"], [240], "Complete", False),
        (["HL", "HL"], [120, None], "Complete", False),  # not all hours are known
        (["SL"], [100], "Draft", False),
        (["SL", "HL"], [150, 240], "Complete", False),  # each level for itself
    ],
)
def test_hours_are_told_when_all_units_are_complete(
    levels: list[str], hours: list[Any], state: str, expected: bool
) -> None:
    rows = [
        {"programme": "DP", "course": "Biology", "level": level, "hours": given, "state": state}
        for level, given in zip(levels, hours, strict=True)
    ]
    assert bool(list(planning.hours(rows, School()))) is expected
    assert not list(planning.hours([{**row, "programme": "MYP"} for row in rows], School()))


def test_a_group_is_silent_after_its_gap_and_zero_is_never() -> None:
    rows = [{"group": "Sciences", "date": date(2026, 10, 22)}, {"date": date(2026, 1, 9)}]  # thirty days ago
    assert not list(planning.silent_groups(rows, School({"meeting_gap_days": 30})))
    assert [f.row for f in planning.silent_groups(rows, School({"meeting_gap_days": 29}))] == [0]
    assert not list(planning.silent_groups(rows, School({"meeting_gap_days": 0})))
    assert not list(
        planning.silent_groups([*rows, {"group": "Sciences", "date": TODAY}], School({"meeting_gap_days": 1}))
    )


@pytest.mark.parametrize(
    ("families", "link", "expected"),
    [
        (date(2026, 10, 10), date(2025, 11, 21), []),  # six weeks and twelve months to the day
        (date(2026, 10, 9), date(2025, 11, 20), [0, 1]),
    ],
)
def test_long_silence_is_told_and_zero_is_never(families: date, link: date, expected: list[int]) -> None:
    rows = [
        {"date": families, "audience": "Staff; Families", "kind": "Letter"},
        {"date": link, "audience": "IB schools", "kind": "Link", "contact": "Riverside"},
    ]
    assert [f.row for f in contacts.silence(rows, School({"families_weeks": 6}))] == expected
    assert not list(contacts.silence(rows, School({"families_weeks": 0, "links_months": 0})))
    again = [{"date": TODAY, "audience": "Families", "kind": "Link", "contact": "Riverside"}]
    assert not list(contacts.silence(rows + again, School({"families_weeks": 6})))


# ── marks ──

PIECE = {"session": "M27", "subject": "Biology", "level": "HL", "task": "Investigation"}


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"mark": 24}, []),
        ({"mark": 25}, ["mark"]),
        ({"criteria": "6 + 6+6 +6", "mark": 24}, []),
        ({"criteria": "6+6+6+7"}, ["criteria"]),
        ({"criteria": "6+6+6"}, ["criteria"]),
        ({"criteria": "6+6+6+5", "mark": 24}, ["mark"]),
        ({"subject": "French B", "task": "Individual oral", "criteria": "12+6+6+6", "mark": 30}, []),
        ({"subject": "French B", "task": "Individual oral", "criteria": "6+12+6+6"}, ["criteria"]),
        ({"subject": "French ab initio", "task": None, "mark": 31}, ["mark"]),
        ({"subject": "English A: Literature", "task": "HL essay", "mark": 21}, ["mark"]),
        ({"subject": "English A: Literature", "task": "HL essay", "level": "SL", "mark": 21}, []),  # SL has no essay
        ({"subject": "English A: Literature", "task": None, "mark": 41}, []),  # oral or essay: nobody knows
        ({"subject": "Global Politics", "task": "engagement  PROJECT", "level": "SL", "mark": 30}, ["mark"]),
        ({"subject": "Global Politics", "task": "Engagement project", "level": "HL", "mark": 30}, []),
        ({"subject": "Computer Science", "task": "Solution", "session": "N26", "mark": 34}, []),
        ({"subject": "Computer Science", "task": "Solution", "session": "M27", "mark": 34}, ["mark"]),
        ({"subject": "History Europe", "criteria": "6+15+4", "mark": 25}, []),
        ({"subject": "Theatre", "task": "Production proposal", "mark": 99}, []),  # its maximum is not known
        ({"subject": None, "task": None, "mark": 99}, []),
    ],
)
def test_marks_against_the_guide_of_the_session(row: Row, columns: list[str]) -> None:
    assert [fault.column for fault in coursework.marks([{**PIECE, **row}], School())] == columns


def test_coursework_belongs_to_a_registered_subject() -> None:
    school = School(
        registrations=[
            {"candidate": "1", "subject": "Biology"},
            {"candidate": "1", "subject": "Physics", "status": "Withdrawn"},
        ]
    )
    rows = [
        {"candidate": c, "subject": s} for c, s in (("1", "BIOLOGY"), ("1", "Physics"), ("2", "Music"), ("1", None))
    ]
    assert [fault.row for fault in across_subjects.registered(rows, school)] == [1, 2]


def test_a_school_without_a_list_of_tasks_is_told_nothing() -> None:
    class Bare(School):
        def list(self, name: str) -> Mapping[str, Sequence[str]]:
            return {"task": ["Investigation"]} if name == "ia_tasks" else LISTS.get(name, {})

    assert not list(coursework.marks([{**PIECE, "mark": 99}], Bare()))


@pytest.mark.parametrize(
    ("subject", "task", "session", "expected"),
    [
        ("Psychology", "Report", "N26", False),
        ("Psychology", "Report", "M27", True),
        ("Psychology", "Research proposal", "M26", True),
        ("Psychology", "Something else", "M27", False),
        ("Psychology", "Report", "", False),
    ],
)
def test_a_task_of_another_guide(subject: str, task: str, session: str, expected: bool) -> None:
    row = {"subject": subject, "task": task, "session": session, "level": "HL"}
    assert bool(list(coursework.guides([row], School()))) is expected


def test_only_candidates_of_the_same_session_are_missed_in_the_core() -> None:
    school = School(candidates=[
        {"code": "1", "category": "D", "session": "M27"}, {"code": "2", "category": "D", "session": "M27"},
        {"code": "3", "category": "D", "session": "M28"}, {"code": "4", "category": "C", "session": "M27"},
        {"code": "5", "category": "D", "session": "M27", "left": date(2026, 1, 1)},
    ])  # fmt: skip
    rows = [{"candidate": "1", "component": "TOK essay", "session": "M27"}]
    assert [fault.message.split()[0] for fault in coursework.without_core(rows, school)] == ["2"]


# ── grades ──

HIGHER, STANDARD = ("English A: Literature", "Biology", "Chemistry"), ("French B", "History", "Mathematical Studies")


def grades(column: str, higher: str, standard: str, tok: str, ee: str) -> list[dict[str, Any]]:
    pairs = [
        *((subject, "HL", grade) for subject, grade in zip(HIGHER, higher, strict=True)),
        *((subject, "SL", grade) for subject, grade in zip(STANDARD, standard, strict=True)),
        ("Theory of Knowledge", "TK", tok),
        ("Biology", "EE", ee),
    ]
    return [{"candidate": "1", "session": "M27", "subject": s, "level": lv, column: g} for s, lv, g in pairs]


@pytest.mark.parametrize(
    ("higher", "standard", "tok", "ee", "expected"),
    [
        ("444", "333", "A", "B", False),
        ("444", "333", "B", "C", True),
        ("777", "777", "A", "E", True),
        ("777", "771", "A", "A", True),
        ("443", "555", "B", "B", True),
        ("777", "777", "", "A", False),
    ],
)
def test_predicted_grades_that_would_not_make_a_diploma(
    higher: str, standard: str, tok: str, ee: str, expected: bool
) -> None:
    rows = grades("predicted", higher, standard, tok, ee)
    assert bool(list(results.at_risk(rows, School()))) is expected
    assert not list(results.at_risk(rows, School(candidates=[{"code": "1", "category": "C"}])))
    assert not list(results.at_risk(rows[:-3], School())), "five subjects say nothing yet"


def test_additional_subjects_do_not_make_the_diploma_better_or_worse() -> None:
    extra = {"candidate": "1", "session": "M27", "subject": "Music", "level": "SL", "predicted": "1"}
    rows = [*grades("predicted", "444", "333", "A", "B"), extra]
    school = School(registrations=[{"candidate": "1", "subject": "Music", "level": "SL", "contributing": False}])
    assert not list(results.at_risk(rows, school))
    low = [*grades("predicted", "444", "333", "B", "C"), {**extra, "predicted": "7"}]
    assert "23 points" in next(iter(results.at_risk(low, school))).message


@pytest.mark.parametrize(
    ("due", "expected"), [("2026-11-21", False), ("2026-11-20", True), (date(2026, 11, 20), True), ("", False)]
)
def test_predicted_grades_are_due_on_the_schools_own_day(due: str | date, expected: bool) -> None:
    rows = [{"subject": "Biology", "predicted": None}, {"subject": "Physics", "predicted": "5"}, {"subject": None}]
    found = [fault.row for fault in results.overdue(rows, School({"predicted_due": due}))]
    assert found == ([0] if expected else [])


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"points": 24, "core_points": 3, "result": "Diploma awarded"}, []),
        ({"points": 23, "core_points": 2, "result": "Diploma not awarded"}, ["points", "core_points", "result"]),
        ({"codes": "2"}, ["codes"]),
        ({"result": "Diploma not awarded", "codes": "1"}, []),  # CAS is open: the report knows
        ({}, []),
    ],
)
def test_an_award_is_compared_with_the_grades(row: Row, columns: list[str]) -> None:
    school = School(results=grades("grade", "444", "333", "A", "B"))
    found = results.agrees([{"candidate": "1", "session": "M27", **row}], school)
    assert [fault.column for fault in found] == columns


def test_a_difference_is_told_with_its_reasons_and_for_diploma_candidates_only() -> None:
    school = School(results=grades("grade", "444", "333", "B", "C"))
    row = {"candidate": "1", "session": "M27", "result": "Diploma awarded"}
    assert "fewer than 24 points" in next(iter(results.agrees([row], school))).message
    school = School(results=grades("grade", "444", "333", "B", "C"), candidates=[{"code": "1", "category": "C"}])
    assert not list(results.agrees([row], school))


def test_a_bilingual_diploma_is_told_by_the_language_of_the_answers() -> None:
    own = grades("grade", "555", "555", "B", "B")
    own[4]["response_language"] = "Spanish"  # History
    school = School(results=own)
    row = {"candidate": "1", "session": "M27", "result": "Diploma not awarded"}
    (fault,) = results.agrees([row], school)
    assert "Bilingual Diploma awarded" in fault.message


@pytest.mark.parametrize(
    ("predicted", "final", "expected"),
    [
        ("6", "4", True),
        ("6", "5", False),
        ("4", "6", True),
        ("A", "C", True),
        ("B", "C", False),
        ("6", "N", False),
        (None, "4", False),
    ],
)
def test_far_from_predicted(predicted: str | None, final: str, expected: bool) -> None:
    key = {"candidate": "1", "subject": "Biology", "level": "HL"}
    school = School(predicted=[{**key, "predicted": predicted}])
    assert bool(list(results.against_predicted([{**key, "grade": final}], school))) is expected


def test_predicted_lines_are_missed_for_the_same_session_only() -> None:
    school = School(registrations=[
        {"candidate": "1", "session": "M27", "subject": "Physics", "level": "SL"},
        {"candidate": "1", "session": "M26", "subject": "Biology", "level": "SL"},
        {"candidate": "1", "session": "M27", "subject": "Music", "level": "SL", "status": "Withdrawn"},
        {"candidate": "2", "session": "M27", "subject": "Physics", "level": "SL"},
    ])  # fmt: skip
    rows = [{"candidate": "1", "session": "M27", "subject": "Chemistry", "level": "HL"}]
    assert [fault.message for fault in results.incomplete(rows, school)] == ["1 has no line for Physics SL."]


# ── after the results ──


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"requested": date(2026, 9, 15)}, False),
        ({"requested": date(2026, 9, 16)}, True),
        ({"state": "Wanted"}, True),
        ({"state": "Withdrawn"}, False),
        ({"session": "N26", "state": "Wanted"}, False),
        ({"session": "N26", "requested": date(2027, 3, 16)}, True),
        ({"session": "", "requested": date(2030, 1, 1)}, False),
    ],
)
def test_enquiries_end_on_a_day(row: Row, expected: bool) -> None:
    assert bool(list(after_results.enquiry_in_time([{"session": "M26", **row}], School()))) is expected


def test_what_is_for_the_whole_group_is_asked_once_and_what_is_for_one_once_each() -> None:
    base = {"session": "M26", "subject": "Biology", "level": "HL"}
    group = [{**base, "type": "2A", "candidate": "1"}, {**base, "type": "2A", "candidate": "2"}]
    each = [{**base, "type": "2B", "candidate": "1"}, {**base, "type": "2B", "candidate": "2"}]
    assert [fault.row for fault in after_results.enquiry_once(group, School())] == [1]
    assert not list(after_results.enquiry_once(each, School()))
    assert not list(after_results.enquiry_once([group[0], {**group[1], "state": "Withdrawn"}], School()))
    assert not list(after_results.enquiry_once([group[0], {**group[1], "level": "SL"}], School()))


@pytest.mark.parametrize(("asked", "expected"), [(date(2026, 8, 28), False), (date(2026, 8, 29), True)])
def test_a_report_is_asked_for_within_a_month(asked: date, expected: bool) -> None:
    base = {"candidate": "1", "session": "M26", "subject": "Biology", "level": "HL"}
    rows = [
        {**base, "type": "1 re-mark", "result_on": date(2026, 7, 28)},
        {**base, "type": "1 report", "requested": asked},
    ]
    assert bool(list(after_results.enquiry_report(rows, School()))) is expected


@pytest.mark.parametrize(
    ("requests", "expected"),
    [
        ("UCAS:UK UCAS:UK :Canada :Canada :USA :Germany :Germany", 0),
        (":USA :USA", 1),
        (":Canada :Canada :Canada :USA", 1),
        (":UK :UK :UK :UK :UK :UK :UK", 1),
        ("", 0),
    ],
)
def test_free_transcripts_with_a_centre_counted_once(requests: str, expected: int) -> None:
    rows = [
        {"candidate": "1", "session": "M27", "institution": f"U{n}", "centre": centre or None, "country": country}
        for n, (centre, _, country) in enumerate(text.partition(":") for text in requests.split())
    ]
    assert len(list(after_results.transcripts_free(rows, School()))) == expected
    more = {"transcripts_all": 9, "transcripts_north_america": 9, "transcripts_states": 9}
    assert not list(after_results.transcripts_free(rows, School(more)))
    paid = [{**row, "free": False} for row in rows]
    assert not list(after_results.transcripts_free(paid, School()))
    apart = [{**row, "session": f"M{20 + n}"} for n, row in enumerate(rows)]
    assert not list(after_results.transcripts_free(apart, School())), "each session counts for itself"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"entered": date(2026, 7, 5)}, False),
        ({"entered": date(2026, 7, 6)}, True),
        ({}, True),
        ({"free": False}, False),
        ({"state": "Cancelled"}, False),
        ({"session": "N26"}, False),
    ],
)
def test_free_transcripts_end_with_the_results(row: Row, expected: bool) -> None:
    rows = [{"session": "M26", "institution": "Leeds", **row}]
    assert bool(list(after_results.transcripts_in_time(rows, School()))) is expected


def test_offers_are_compared_with_the_points_of_the_same_session() -> None:
    school = School(awards=[{"candidate": "1", "session": "M26", "points": 34}])
    row = {"candidate": "1", "session": "M26", "institution": "Leeds", "offer_points": 35}
    assert "1 too few" in next(iter(after_results.offers_met([row], school))).message
    for quiet in (
        {"offer_points": 34},
        {"session": "M27"},
        {"reply": "Declined"},
        {"met": False},
        {"offer_points": 30, "met": False, "offer_higher": "6,6,6"},
    ):
        assert not list(after_results.offers_met([{**row, **quiet}], school)), quiet


def test_needed_subjects_may_hold_commas_and_levels() -> None:
    school = School(registrations=[
        {"candidate": "1", "subject": "Sports, Exercise and Health Science", "level": "SL"},
        {"candidate": "1", "subject": "Biology", "level": "HL"},
        {"candidate": "1", "subject": "Physics", "level": "SL", "status": "Withdrawn"},
    ])  # fmt: skip
    assert list(after_results.subjects_taken([{"candidate": "1", "needs": "Physics"}], school))
    row = {"candidate": "1", "institution": "Leeds", "needs": "Sports, Exercise and Health Science; BIOLOGY HL"}
    assert not list(after_results.subjects_taken([row], school))
    (fault,) = after_results.subjects_taken([{**row, "needs": "Biology SL; Biology"}], school)
    assert "Biology SL" in fault.message
    assert not list(after_results.subjects_taken([{**row, "candidate": "2", "needs": "Chemistry"}], school))


# ── exam days ──


def sitting(start: time = time(9), minutes: int = 60, **more: Any) -> dict[str, Any]:
    base = {"session": "M27", "subject": "Biology", "level": "HL", "paper": "Paper 1", "room": "Hall"}
    return {**base, "date": date(2027, 5, 3), "start": start, "minutes": minutes, "seats": 40, **more}


def test_a_room_is_too_full_only_at_one_time() -> None:
    one = sitting(candidates=30)
    for other, expected in (
        (sitting(time(9, 59), candidates=11), 2),
        (sitting(time(10), candidates=11), 0),
        (sitting(candidates=10), 0),
        (sitting(candidates=11, room="B12"), 0),
        (sitting(candidates=11, date=date(2027, 5, 4)), 0),
        (sitting(start=None, candidates=11), 0),
    ):  # type: ignore[arg-type]
        assert len(list(exam_rooms.rooms([one, other], School()))) == expected, other


@pytest.mark.parametrize(
    ("candidates", "names", "expected"),
    [(20, "A; B", False), (1, "A", True), (40, "A, B", False), (41, "A; B", True), (0, None, False), (None, "", False)],
)
def test_invigilators_by_the_schools_own_numbers(candidates: int | None, names: str | None, expected: bool) -> None:
    rows = [sitting(candidates=candidates, invigilators=names)]
    assert bool(list(exam_rooms.enough_invigilators(rows, School()))) is expected
    off = School({"exam_invigilators_least": 0, "exam_candidates_per_invigilator": 0})
    assert not list(exam_rooms.enough_invigilators(rows, off))


def test_nobody_invigilates_in_two_rooms_at_one_time() -> None:
    rows = [sitting(invigilators="A; B"), sitting(room="B12", invigilators="B; C"), sitting(invigilators="A")]
    assert [fault.row for fault in exam_rooms.one_place_at_a_time(rows, School())] == [1]


def test_two_rooms_of_one_paper_are_no_clash_and_two_subjects_are() -> None:
    school = School(registrations=[
        {"candidate": "1", "session": "M27", "subject": "Biology", "level": "HL"},
        {"candidate": "1", "session": "M27", "subject": "Physics", "level": "SL"},
        {"candidate": "2", "session": "M27", "subject": "Physics", "level": "SL", "status": "Withdrawn"},
    ])  # fmt: skip
    rows = [sitting(), sitting(room="B12"), sitting(subject="Physics", level="SL and HL", room="C1", candidates=1)]
    (fault,) = exam_rooms.clashes(rows, school)
    assert (fault.row, fault.message[-2:]) == (2, "1.")
    assert not list(exam_rooms.counts(rows, school))
    assert [f.row for f in exam_rooms.counts([{**rows[2], "candidates": 2}], school)] == [0]
    assert not list(exam_rooms.counts([sitting(subject="Music", candidates=9)], school)), "nobody is registered yet"


# ── CP ──


def test_ibis_is_told_of_what_is_not_satisfied() -> None:
    row = {"service_state": "Not satisfied", "skills_state": "Not satisfied", "language_state": "Satisfied"}
    (fault,) = cp_core.tell_ibis([row], School())
    assert "personal and professional skills, service learning" in fault.message
    assert not list(cp_core.tell_ibis([{**row, "in_ibis": date(2026, 5, 1)}], School()))
    assert not list(cp_core.tell_ibis([{"service_state": "Under way"}], School()))


@pytest.mark.parametrize(
    ("session", "uploaded", "expected"),
    [("M26", date(2026, 4, 20), False), ("M26", date(2026, 4, 21), True), ("M26", None, True), ("M27", None, False)],
)
def test_reflective_projects_are_uploaded_in_time(session: str, uploaded: date | None, expected: bool) -> None:
    rows = [{"session": session, "question": "Why?", "uploaded": uploaded}]
    assert bool(list(cp_core.project_in_time(rows, School()))) is expected
