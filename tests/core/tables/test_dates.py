"""A date in text: the edges of what is read, of the two centuries, and of spans."""

from __future__ import annotations

from datetime import date

import pytest

from addin.core.tables.dates import month_numbers, read_days, read_periods


def said(text: str, order: str = "") -> list[str]:
    return [day.isoformat() for day in read_days(text, order)]


def spans(text: str) -> list[str]:
    return [f"{one.start} {one.end} {one.precision}" for one in read_periods(text)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1.1.29", ["2029-01-01"]),
        ("1.1.30", ["1930-01-01", "2030-01-01"]),
        ("1.1.44", ["1944-01-01", "2044-01-01"]),
        ("1.1.45", ["1945-01-01"]),
        ("1.1.00", ["2000-01-01"]),
        ("31 Dec 99", ["1999-12-31"]),
        ("1.1.1900", ["1900-01-01"]),
        ("31.12.1899", []),
        ("31.12.2199", ["2199-12-31"]),
        ("1.1.2200", []),
    ],
)
def test_years_of_two_digits_are_asked_about_where_both_centuries_may_be_meant(text: str, days: list[str]) -> None:
    assert said(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12/12/2027", ["2027-12-12"]),
        ("13/12/2027", ["2027-12-13"]),
        ("12/13/2027", ["2027-12-13"]),
        ("3/4/2027", ["2027-03-04", "2027-04-03"]),
        ("2027-1-2", ["2027-01-02"]),
        ("2027/13/2", []),
        ("29.2.2027", []),
        ("99-12-31", ["1999-12-31"]),
        ("2027 1 2", ["2027-01-02"]),
        ("13 1 2027", ["2027-01-13"]),
        ("20270102", ["2027-01-02"]),
        ("13012027", ["2027-01-13"]),
        ("1.1.027", []),
        ("2027-1-2027", []),
        ("平成元年1月8日", ["1989-01-08"]),
        ("令和7年2月3日", ["2025-02-03"]),
        ("2027年2月3日", ["2027-02-03"]),
        ("27年2月3日", ["2027-02-03"]),
        ("7年2月3日", []),
        ("ngày 5 tháng 3 năm 2027", ["2027-03-05"]),
        ("5 มกราคม 2570", ["2027-01-05"]),
        ("5 มกราคม พ.ศ. 2570", ["2027-01-05"]),
        ("5 มกราคม ค.ศ. 2027", ["2027-01-05"]),
        ("5 January 2570", []),
        ("2027 January 5", ["2027-01-05"]),
        ("January 5, 27", ["2027-01-05"]),
        ("January 500, 2027", []),
        ("5 January", []),
        ("January 5 6 2027", []),
        ("5 January February 2027", []),
        ("no digit", []),
        ("", []),
    ],
)
def test_a_day_is_read_in_every_order_that_exists_and_in_no_other(text: str, days: list[str]) -> None:
    assert said(text) == days


def test_an_order_that_is_known_leaves_one_reading() -> None:
    assert (said("3/4/2027", "dmy"), said("3/4/2027", "mdy")) == (["2027-04-03"], ["2027-03-04"])
    assert (said("13/4/2027", "mdy"), said("4/13/2027", "dmy")) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "5 January 2027 14:30", "Mon, 5 January 2027", "5 January 2027 (Tuesday)", "5 January 2027, 9:05:07.25 am",
        "2027-01-05T14:30:00Z", "2027-01-05 14:30 UTC+2", "lundi 5 janvier 2027", "5 January 2027, 14h30",
    ],
)  # fmt: skip
def test_a_clock_and_a_day_of_the_week_do_not_matter(text: str) -> None:
    assert said(text) == ["2027-01-05"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12-14 March 2024", ["2024-03-12 2024-03-14 range"]),
        ("14-14 March 2024", []),
        ("15-14 March 2024", []),
        ("3.-5.11.2024", ["2024-11-03 2024-11-05 range"]),
        ("28.2.-15.3.2024", ["2024-02-28 2024-03-15 range"]),
        ("15.3.-15.3.2024", []),
        ("28 Feb - 5 March 2024", ["2024-02-28 2024-03-05 range"]),
        ("5 March - 5 March 2024", []),
        ("5 March 2024 to 5 March 2024", ["2024-03-05 2024-03-05 range"]),
        ("6 March 2024 to 5 March 2024", []),
        ("from 5 March 2024 to 7 March 2024", ["2024-03-05 2024-03-07 range"]),
        ("March 12-14, 2024", ["2024-03-12 2024-03-14 range"]),
        ("March 14-14, 2024", []),
        ("March 30-32, 2024", []),
        ("du 5 au 7 mars 2024", ["2024-03-05 2024-03-07 range"]),
        ("5 March 2024", ["2024-03-05 2024-03-05 day"]),
        ("Oct 2023", ["2023-10-01 2023-10-31 month"]),
        ("2023 Oct", ["2023-10-01 2023-10-31 month"]),
        ("2023-12", ["2023-12-01 2023-12-31 month"]),
        ("2/2024", ["2024-02-01 2024-02-29 month"]),
        ("2023-13", []),
        ("0/2024", []),
        ("12-1899", []),
        ("1-1900", ["1900-01-01 1900-01-31 month"]),
        ("12.2199", ["2199-12-01 2199-12-31 month"]),
        ("2023年10月", ["2023-10-01 2023-10-31 month"]),
        ("2021", ["2021-01-01 2021-12-31 year"]),
        ("1999", ["1999-01-01 1999-12-31 year"]),
        ("1899", []),
        ("2100", []),
        ("March", []),
    ],
)
def test_a_span_ends_after_it_begins_and_says_how_exact_it_is(text: str, found: list[str]) -> None:
    assert spans(text) == found


@pytest.mark.parametrize(
    ("word", "months"),
    [
        ("Sept.", (9,)), ("MÄRZ", (3,)), ("marz", (3,)), ("fevrier", (2,)), ("février", (2,)), ("listopad", (10, 11)),
        ("ב" + "ינואר", (1,)), ("nothing", ()), ("", ()), ("ינואר", (1,)),
    ],
)  # fmt: skip
def test_a_month_is_known_with_and_without_accents(word: str, months: tuple[int, ...]) -> None:
    assert month_numbers(word) == months


def test_readings_are_in_the_order_of_the_calendar_each_once() -> None:
    assert read_days("4/3/2027") == (date(2027, 3, 4), date(2027, 4, 3)) == read_days("3/4/2027")
