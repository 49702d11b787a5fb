"""Candidates, their CAS and their teachers' workshops: rules in Python, with just the rows that matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from addin.core.ib import Row, across_candidates, candidates, cas, inventory, pd
from addin.workspace.settings import load_lists

LISTS = load_lists()


class School:
    """What rules may ask: settings, rows of other trackers, the shipped lists."""

    def __init__(self, settings: Mapping[str, Any] | None = None, **rows: Sequence[Row]) -> None:
        self._settings, self._rows = settings or {}, rows

    def setting(self, name: str) -> Any:
        return self._settings.get(name)

    def list(self, name: str) -> Mapping[str, Sequence[str]]:
        return LISTS.get(name, {})

    def in_own_words(self, text: str) -> str:
        return text

    def rows(self, tracker: str) -> Sequence[Row]:
        return self._rows.get(tracker, ())


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ({"session_number": "0001"}, {"session_number": "0001"}, True),
        ({"session_number": "0001"}, {"session_number": "061983-0001"}, False),  # no school is known for the first
        ({"session_number": "0001", "school_code": "061983"}, {"session_number": "061983-0001"}, True),
        ({"session_number": "0001", "school_code": "061983"}, {"session_number": "0001", "school_code": "4"}, False),
        ({"session_number": "1"}, {"session_number": "0001"}, True),
        ({"session_number": "0001"}, {"session_number": "0001", "session": "N27"}, False),
        ({"session_number": None}, {"session_number": None}, False),
    ],
)
def test_a_session_number_is_one_candidates_within_school_and_session(one: Row, other: Row, clash: bool) -> None:
    rows = [{"session": "M27", **one}, {"session": "M27", **other}]
    found = list(candidates.session_numbers(rows, School()))
    assert [fault.row for fault in found] == [1] * clash


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Holm", "Hollm", True),
        ("Li", "Lo", False),
        ("Kim", "Kam", False),
        ("Weber", "Webber", True),
        ("Holm", "Holt", True),
        ("Holm", "Hunt", False),
        ("Andersen", "Andersson", True),
    ],
)
def test_names_a_letter_apart_are_asked_about_unless_they_are_short(one: str, other: str, near: bool) -> None:
    rows = [
        {"code": code, "last_name": name, "first_names": "Liv", "session": "M27", "birth_date": date(2009, 2, 7)}
        for code, name in (("1", one), ("2", other))
    ]
    found = list(across_candidates.nearly_same_person(rows, School(candidates=rows)))
    assert [fault.row for fault in found] == [1] * near


@pytest.mark.parametrize(
    ("born", "session", "expected"),
    [
        (date(2012, 5, 1), "M27", False),  # 15 on this very day
        (date(2012, 5, 2), "M27", True),
        (date(2006, 5, 2), "M27", False),  # 20 until tomorrow
        (date(2006, 5, 1), "M27", True),
        (date(2006, 4, 30), "N27", True),
        (None, "M27", False),
        (date(1999, 1, 1), "", False),
    ],
)
def test_ages_outside_of_what_is_expected_are_pointed_out(born: date | None, session: str, expected: bool) -> None:
    school = School({"age_least": 15, "age_most": 20})
    found = list(candidates.ages([{"birth_date": born, "session": session}], school))
    assert bool(found) is expected


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12, 061983-0031 and 0007", ["0012", "0031", "0007"]),
        ("Candidates: 1\n2\n13", ["0001", "0002", "0013"]),
        ("tel. 0123456", []),
        ("", []),
    ],
)
def test_numbers_are_found_in_a_pasted_sample_list(text: str, numbers: list[str]) -> None:
    assert candidates.numbers_in(text) == numbers


WHOLE_CAS = [
    {"kind": "Series", "strand": "Creativity; Activity", "outcomes": "LO1; LO2; LO3", "start": date(2025, 9, 1),
     "end": date(2027, 3, 1), "status": "Complete"},
    {"kind": "Project", "strand": "Service", "outcomes": "LO4, LO5, LO6, LO7", "start": date(2026, 1, 1),
     "end": date(2026, 2, 1), "status": "Complete"},
    *({"kind": "Interview", "interview": n, "status": "Complete"} for n in ("First", "Second", "Third")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("left_out", "lacks"),
    [
        (None, []),
        (0, ["4 of 7 learning outcomes", "1 of 3 strands", "1 of 18 months"]),
        (1, ["3 of 7 learning outcomes", "2 of 3 strands", "0 of 1 projects"]),
        (4, ["2 of 3 interviews"]),
    ],
)
def test_what_cas_still_lacks(left_out: int | None, lacks: list[str]) -> None:
    rows = [row for place, row in enumerate(WHOLE_CAS) if place != left_out]
    assert cas.missing(cas.progress(rows), School()) == lacks


def test_drafts_and_rejected_entries_and_a_second_line_for_one_interview_do_not_count() -> None:
    rows = [{**row, "status": "Rejected"} for row in WHOLE_CAS[:1]] + WHOLE_CAS[1:4] + [WHOLE_CAS[2]]
    done = cas.progress(rows)
    assert (done.experiences, done.interviews, done.months) == (1, 2, 1)


@pytest.mark.parametrize(
    ("today", "warn", "expected"),
    [
        (date(2027, 1, 1), 4, True),
        (date(2026, 12, 31), 4, True),  # not yet five whole months
        (date(2026, 11, 30), 4, False),
        (date(2027, 1, 1), 0, False),
        (date(2027, 9, 1), 4, True),  # a year is given to finish
        (date(2028, 7, 1), 4, False),
    ],
)
def test_open_cas_is_told_when_the_exams_are_near(today: date, warn: int, expected: bool) -> None:
    school = School({"cas_warn_months": warn, "today": today}, cas=[{"candidate": "1", **WHOLE_CAS[0]}])
    rows = [{"code": "1", "session": "M27", "category": "D"}]
    assert bool(list(cas.still_open(rows, school))) is expected
    assert not list(cas.still_open([{**rows[0], "cas_complete": True}], school))
    assert not list(cas.still_open([{**rows[0], "category": "C"}], school))


def test_entries_lie_within_a_candidates_own_time() -> None:
    school = School(candidates=[{"code": "1", "joined": date(2026, 1, 10), "left": date(2026, 12, 1)}])
    rows = [
        {"candidate": "1", "start": date(2026, 1, 10), "end": date(2026, 12, 1)},
        {"candidate": "1", "start": date(2026, 1, 9), "end": date(2026, 12, 2)},
        {"candidate": "2", "start": date(2020, 1, 1)},
        {"candidate": None, "start": None},
    ]
    assert [(f.row, f.column) for f in cas.in_programme(rows, school)] == [(1, "start"), (1, "end")]


ROLE = {"staff": "A", "role": "Subject teacher", "programme": "DP", "subject": "Biology", "status": "Attended"}


def test_a_workshop_for_another_subject_or_role_does_not_count_for_this_one() -> None:
    school = School({"today": date(2026, 11, 21)})
    new = {**ROLE, "in_role_since": date(2025, 8, 1), "end": date(2020, 1, 1)}
    assert [f.row for f in pd.needs([new], school)] == [0]
    assert [f.row for f in pd.needs([new, {**ROLE, "subject": "Physics", "end": date(2026, 1, 1)}], school)] == [0]
    assert not list(pd.needs([new, {**ROLE, "end": date(2026, 1, 1)}], school))
    assert not list(pd.needs([new, {**ROLE, "status": "Planned", "end": date(2027, 1, 1)}], school))


def test_a_later_workshop_or_a_plan_settles_what_was_due() -> None:
    school = School({"today": date(2026, 11, 21)})
    old = {**ROLE, "next_due": date(2026, 7, 1)}
    assert [f.row for f in pd.due([old], school)] == [0]
    assert not list(pd.due([old, {**ROLE, "next_due": date(2030, 7, 1)}], school))
    assert not list(pd.due([old, {**ROLE, "status": "Booked"}], school))
    assert [f.row for f in pd.due([old, {**ROLE, "role": "TOK teacher", "status": "Booked"}], school)] == [0]


@pytest.mark.parametrize(
    ("subject", "years", "expected"),
    [
        ("Biology", [2016], True),
        ("Biology", [2025], False),
        ("Biology", [2016, 2025], False),
        ("Philosophy", [2016], False),  # the list knows no newer guide
        ("Herbology", [2016], False),
    ],
)
def test_knowledge_of_an_older_guide_is_told(subject: str, years: list[int], expected: bool) -> None:
    rows = [{**ROLE, "subject": subject, "guide_first_exams": year} for year in years]
    assert bool(list(pd.guides(rows, School()))) is expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"counts_for": "Evaluation"}, False),
        ({"counts_for": "Evaluation", "workshop_programme": "DP", "ib_recognised": True}, False),
        ({"counts_for": "Evaluation", "workshop_programme": "MYP"}, True),
        ({"counts_for": "Authorization", "ib_recognised": False}, True),
        ({"counts_for": None, "workshop_programme": "MYP", "ib_recognised": False}, False),
    ],
)
def test_what_cannot_count_may_not_say_so(row: Row, expected: bool) -> None:
    assert bool(list(pd.counts([{**ROLE, **row}], School()))) is expected


def test_category_one_is_asked_for_only_on_the_way_to_authorization() -> None:
    rows = [{**ROLE, "category": 2}, {**ROLE, "category": 1, "status": "Cancelled"}]
    assert not list(pd.category_one(rows, School({"pd_for": "evaluation"})))
    assert len(list(pd.category_one(rows, School({"pd_for": "authorization"})))) == 1
    planned = [*rows, {**ROLE, "category": 1, "status": "Planned"}]
    assert not list(pd.category_one(planned, School({"pd_for": "authorization"})))


@pytest.mark.parametrize(
    ("loan", "days"),
    [
        ({}, "3 days"),
        ({"due": date(2026, 11, 20)}, "1 day "),
        ({"due": date(2026, 11, 21)}, ""),
        ({"returned": date(2026, 11, 20)}, ""),
        ({"state": "Lost"}, ""),
        ({"lent_to": None}, ""),
        ({"due": None}, ""),
    ],
)
def test_loans_are_overdue_from_the_day_after(loan: Row, days: str) -> None:
    row = {"item": "Atlas", "asset": "1", "lent_to": "7", "due": date(2026, 11, 18), **loan}
    found = list(inventory.overdue([row], School({"today": date(2026, 11, 21)})))
    assert [days in fault.message for fault in found] == [True] * bool(days)
