"""Sessions and the dates of a session."""

from __future__ import annotations

from datetime import date

import pytest

from addin.core.ib.deadlines import deadlines
from addin.core.ib.session import Session, is_from, is_up_to, parse
from addin.errors import TrackerProblem
from addin.workspace.settings import load_lists

DEADLINES = load_lists()["deadlines"]


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("M27", "M27"),
        ("m27", "M27"),
        (" N26 ", "N26"),
        ("M2027", "M27"),
        ("May 2027", "M27"),
        ("MAY-27", "M27"),
        ("November 2026", "N26"),
        ("Nov 26", "N26"),
        ("2027 May", "M27"),
        ("M00", "M00"),
        ("A27", None),
        ("M7", None),
        ("May", None),
        ("2027", None),
        ("", None),
        ("M27 N27", None),
        ("Nov. 2026", None),
    ],
)
def test_a_session_is_read_from_what_people_write(text: str, session: str | None) -> None:
    found = parse(text)
    assert (str(found) if found else None) == session


def test_sessions_sort_by_time_and_have_a_long_name() -> None:
    sessions = [Session(2027, 5), Session(2026, 11), Session(2026, 5), Session(2027, 11)]
    assert [str(session) for session in sorted(sessions)] == ["M26", "N26", "M27", "N27"]
    assert (Session(2026, 11).name, Session(2026, 11).starts) == ("November 2026", date(2026, 11, 1))


@pytest.mark.parametrize(
    ("limit", "session", "from_it", "up_to_it"),
    [
        ("M26", "M26", True, True),
        ("M26", "N26", True, False),
        ("M26", "N25", False, True),
        ("2028", "N28", True, True),
        ("2028", "M29", True, False),
        ("2028", "N27", False, True),
        ("", "M27", True, True),
        ("soon", "M27", True, True),
    ],
)
def test_limits_are_sessions_or_years(limit: str, session: str, from_it: bool, up_to_it: bool) -> None:
    found = parse(session)
    assert found
    assert (is_from(found, limit), is_up_to(found, limit)) == (from_it, up_to_it)


# FACTS section 2: a date before, in and after the exam year, and one of each session
@pytest.mark.parametrize(
    ("session", "id_", "day"),
    [
        ("M27", "m-reg1", date(2026, 11, 15)),
        ("M27", "m-results", date(2027, 7, 5)),
        ("N26", "n-results", date(2026, 12, 16)),
        ("N26", "n-eur", date(2027, 3, 15)),
        ("M27", "m-myp-reg", date(2026, 10, 20)),
    ],
)
def test_a_deadline_has_the_day_of_its_year(session: str, id_: str, day: date) -> None:
    found = parse(session)
    assert found
    assert {d.id: d.starts for d in deadlines(DEADLINES, found)}[id_] == day


def test_a_session_has_its_own_exam_dates_and_no_others() -> None:
    ids = {d.id for d in deadlines(DEADLINES, Session(2027, 5))}
    assert "m27-exams" in ids
    assert not {id_ for id_ in ids if id_.startswith(("m26", "n"))}


def test_where_sources_disagree_there_is_one_line_without_a_date() -> None:
    for session in (Session(2027, 5), Session(2027, 11)):
        known = deadlines(DEADLINES, session)
        events = [one.event for one in known if one.programme == "DP"]
        assert len(set(events)) == len(events)
        doubtful = [one for one in known if one.event == "IA marks and predicted grades"]
        assert [(one.starts, one.words) for one in doubtful] == [(None, "confirm in your IB notice")]
        assert not any("ibsurvival" in one.source for one in known)


def test_days_before_the_first_exam_need_the_first_exam() -> None:
    without = {d.id: d for d in deadlines(DEADLINES, Session(2027, 5))}["m-conduct"]
    assert (without.starts, without.words) == (None, "14 days before the first exam")
    known = {d.id: d for d in deadlines(DEADLINES, Session(2027, 5), date(2027, 4, 28))}["m-conduct"]
    assert known.starts == date(2027, 4, 14)
    each = {d.id: d for d in deadlines(DEADLINES, Session(2027, 5), date(2027, 4, 28))}["m-comments"]
    assert (each.starts, each.words) == (None, "28 days after each exam")


def test_the_career_related_programme_has_the_dates_of_its_courses_and_none_of_cas() -> None:
    known = deadlines(DEADLINES, Session(2027, 5))
    ids = {programme: {one.id for one in known if one.is_for(programme)} for programme in ("dp", "cp", "myp")}
    assert "m-cas" in ids["dp"] and "m-cas" not in ids["cp"] and {"m-cp-rp", "m-eur"} <= ids["cp"]
    assert "m-cp-rp" not in ids["dp"] and not ids["myp"] & ids["cp"]


def test_dates_come_in_order_and_vague_ones_last() -> None:
    days = [d.starts for d in deadlines(DEADLINES, Session(2026, 11))]
    known = [day for day in days if day]
    assert known == sorted(known)
    assert days[: len(known)] == known


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"month": "April"}, "month is 'April', not a whole number"),
        ({"month": "2", "day": "30"}, "no day 30 in month 2"),
    ],
)
def test_a_date_that_a_school_has_mistyped_is_named(cells: dict[str, str], says: str) -> None:
    row = {"id": "ours", "session": "M", "event": "Fees", "year": "0", "month": "4", "day": "1"} | cells
    with pytest.raises(TrackerProblem, match=f"ours: .*{says}"):
        deadlines({column: [value] for column, value in row.items()}, Session(2027, 5))


def test_a_schools_own_list_may_have_fewer_columns() -> None:
    row = {"id": "ours", "session": "M27", "event": "Fees", "month": "4", "day": "1"}
    (found,) = deadlines({column: [value] for column, value in row.items()}, Session(2027, 5))
    assert (found.starts, found.source) == (date(2027, 4, 1), "")
