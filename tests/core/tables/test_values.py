"""Values are exact: what can be read is read, what cannot is shown, nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.book import CellError, Value
from addin.core.tables.csv_text import from_csv, to_csv
from addin.core.tables.dates import month_numbers, read_days, read_periods
from addin.core.tables.values import READERS, SERIAL_READERS, read_column, show, split

TEXTS = ["000123", "0001-0042", "Nan", "None", "NA", "N/A", "Inf", "1e5", "8085807e40000000", "=1+1", "+1", "-x", "@a"]


@pytest.mark.parametrize("text", TEXTS)
def test_codes_and_names_stay_as_typed(text: str) -> None:
    assert READERS["text"](text) == (text, None)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", 12, "12"),
        ("text", 10012.0, "10012"),
        ("text", True, "TRUE"),
        ("text", "  ", None),
        ("text", " a ", " a "),
        ("integer", "12", 12),
        ("integer", 12.0, 12),
        ("integer", " 7 ", 7),
        ("number", "3.50", 3.5),
        ("number", "1e3", 1000.0),
        ("number", -2, -2),
        ("date", date(2026, 3, 1), date(2026, 3, 1)),
        ("date", datetime(2026, 3, 1), date(2026, 3, 1)),
        ("date", datetime(2026, 3, 1, 9, 30), datetime(2026, 3, 1, 9, 30)),
        ("yes_no", "Yes", True),
        ("yes_no", "no", False),
        ("yes_no", True, True),
        ("yes_no", "", None),
        ("time", "9:05", time(9, 5)),
        ("time", time(9, 5), time(9, 5)),
    ],
)
def test_what_can_be_read_is_read_without_a_remark(kind: str, raw: Value, value: Value) -> None:
    read, issue = READERS[kind](raw)
    assert read == value and type(read) is type(value)
    assert issue is None or issue.level == "none"


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("integer", "000012", True),
        ("integer", "12.0", True),
        ("integer", "-12", False),
        ("integer", "12", False),
        ("number", "1.50", True),
        ("number", "+5", True),
        ("number", "1e3", True),
        ("number", "0.12345678901234567890", True),
        ("number", "12345678901234567890", False),
        ("number", "0.5", False),
        ("time", "2:30 pm", True),
        ("time", "14:30", False),
    ],
)
def test_a_text_that_its_value_does_not_show_is_kept(kind: str, raw: str, kept: bool) -> None:
    values, issues = read_column([raw, None], kind)
    assert values[0] is not None
    assert {index: issue.raw for index, issue in issues.items()} == ({0: raw} if kept else {})


@pytest.mark.parametrize(
    ("kind", "raw", "says"),
    [
        ("date", "31/02/2026", "“31/02/2026” is not a date."),
        ("date", "2026-13-01", "“2026-13-01” is not a date."),
        ("date", "soon", "“soon” is not a date."),
        ("date", 45000, "45000 is a number, not a date."),
        ("date", True, "Yes is not a date."),
        ("date", CellError("#N/A"), "The cell's formula gives the error #N/A."),
        ("date", "03/04/2027", "“03/04/2027” can mean 4 Mar 2027 or 3 Apr 2027. Day or month first?"),
        ("date", "15 listopad 2008", "“15 listopad 2008” can mean 15 Oct 2008 or 15 Nov 2008. Which day?"),
        ("date", "12-14 March 2024", "“12-14 March 2024” is a range of days."),
        ("date", "Oct 2023", "“Oct 2023” is a month, not a day."),
        ("number", "1,500", "“1,500” can mean 1.5 or 1500."),
        ("number", "2-3", "“2-3” is not an exact number."),
        ("number", "c. 10", "“c. 10” is not an exact number."),
        ("number", "a lot", "“a lot” is not a number."),
        ("number", True, "Yes is not a number."),
        ("number", date(2027, 3, 2), "2 Mar 2027 is not a number."),
        ("integer", 3.5, "3.5 is not a whole number."),
        ("yes_no", "maybe", "“maybe” is neither Yes nor No."),
        ("yes_no", 2, "“2” is neither Yes nor No."),
        ("time", "25:00", "25:00 is not a time of day."),
        ("text", date(2026, 3, 1), "turned what was typed into a date or time (1 Mar 2026)"),
        ("text", CellError("#REF!"), "The cell's formula gives the error #REF!."),
    ],
)
def test_what_cannot_be_read_is_shown_and_never_a_blank(kind: str, raw: Value, says: str) -> None:
    value, odd = READERS[kind](raw)
    assert value is None
    assert odd is not None
    assert says in odd.message
    assert odd.suggestion
    assert odd.raw == raw
    assert odd.fix is None


DATES = """
2009-01-15 | 2009/1/15 | 2009.01.15 | 15-Jan-09 | 15-JAN-2009 | January 15, 2009 | Jan. 15 2009 | 15th of January, 2009
15/01/2009 | 1/15/2009 | 15.1.2009 | 15.01.2009 14:30 | 20090115 | 15/01/09 | 01/15/09 | 15 Jan '09 | 2009-Jan-15
2009-01-15T00:00:00.000Z | 2009-01-15T23:30:00+08:00 | 1/15/2009 0:06:16 | 2009/01/15 9:14:03 am GMT+1
Thursday, January 15, 2009 | jeudi 15 janvier 2009 | 15 de enero de 2009 | 15. Januar 2009 | 15 gennaio 2009
2009年1月15日 | 2009 年 1 月 15 日(木) | 平成21年1月15日 | 2009년 1월 15일 | 2009. 1. 15. | ２００９／１／１５
15. tammikuuta 2009 | 15 stycznia 2009 | 15 Ocak 2009 | 15 января 2009 г. | 2009. gada 15. janvāris
2009 m. sausio 15 d. | ngày 15 tháng 1 năm 2009 | 15 มกราคม 2552 | ١٥ يناير ٢٠٠٩ | 2009. január 15.
"""


@pytest.mark.parametrize("text", [text.strip() for line in DATES.strip().splitlines() for text in line.split("|")])
def test_a_date_typed_as_text_is_read_with_a_warning_and_its_exact_value(text: str) -> None:
    meant = date(2009, 1, 15)
    value, issue = READERS["date"](text)
    assert value == meant
    assert issue is not None
    assert (issue.level, issue.rule, issue.fix) == ("warning", "date-as-text", meant)
    assert "15 Jan 2009" in issue.suggestion


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("marraskuu", 11),
        ("MARRASKUUTA", 11),
        ("marzo", 3),
        ("décembre", 12),
        ("decembre", 12),
        ("Sept", 9),
        ("août", 8),
    ],
)
def test_a_month_is_a_whole_word_or_its_languages_own_abbreviation(text: str, month: int) -> None:
    assert month_numbers(text) == (month,)


@pytest.mark.parametrize("text", ["marvelous", "mayor", "Augst", "decem", "ma", "mon", "janitor"])
def test_no_word_is_read_by_its_first_letters(text: str) -> None:
    assert month_numbers(text) == ()
    assert read_days(f"5 {text} 2009") == ()


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("12-14 March 2024", date(2024, 3, 12), date(2024, 3, 14), "range"),
        ("3.-5.11.2022", date(2022, 11, 3), date(2022, 11, 5), "range"),
        ("March 12-14, 2024", date(2024, 3, 12), date(2024, 3, 14), "range"),
        ("du 28 février au 2 mars 2024", date(2024, 2, 28), date(2024, 3, 2), "range"),
        ("30 Dec 2023 - 2 Jan 2024", date(2023, 12, 30), date(2024, 1, 2), "range"),
        ("13/03/2024 - 14/03/2024", date(2024, 3, 13), date(2024, 3, 14), "range"),
        ("octobre 2023", date(2023, 10, 1), date(2023, 10, 31), "month"),
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "year"),
        ("22 Apr 2009", date(2009, 4, 22), date(2009, 4, 22), "day"),
    ],
)
def test_spans_are_read_with_their_precision(text: str, start: date, end: date, precision: str) -> None:
    assert [(p.start, p.end, p.precision) for p in read_periods(text)] == [(start, end, precision)]


def test_the_order_of_day_and_month_can_be_said() -> None:
    assert read_days("3/4/2027", "dmy") == (date(2027, 4, 3),)
    assert read_days("3/4/2027", "mdy") == (date(2027, 3, 4),)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("$850", 850),
        ("850 €", 850),
        ("US$ 1,200.50", 1200.5),
        ("CHF 1'200.-", 1200),
        ("1,5", 1.5),
        ("1.234,50", 1234.5),
        ("1 234", 1234),
        ("3h", 3),
        ("2 hrs", 2),
        ("2h30", 2.5),
        ("30:30", 30.5),
        ("1,5 Std.", 1.5),
        ("III", 3),
        ("Cat 1", 1),
        ("2½", 2.5),
    ],
)
def test_a_number_with_what_people_write_around_it_is_read_with_a_remark(text: str, number: float) -> None:
    value, issue = READERS["number"](text)
    assert value == number
    assert issue is not None
    assert (issue.level, issue.fix) == ("warning", number)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ja", True),
        ("Oui", True),
        ("x", True),
        ("✓", True),
        (1, True),
        ("是", True),
        ("SÍ", True),
        ("да", True),
        ("nein", False),
        ("0", False),
        ("✗", False),
        ("いいえ", False),
        ("não", False),
    ],
)
def test_yes_and_no_are_read_in_many_languages(text: Value, meant: bool) -> None:
    value, issue = READERS["yes_no"](text)
    assert value is meant
    assert issue is not None
    assert issue.fix is meant


def test_a_breath_before_midnight_is_midnight() -> None:
    assert READERS["date"](datetime(2009, 1, 14, 23, 59, 59, 999983)) == (date(2009, 1, 15), None)
    assert READERS["date"](datetime(2009, 1, 14, 13, 29, 59, 999983)) == (datetime(2009, 1, 14, 13, 30), None)
    assert READERS["date"](datetime(2009, 1, 14, 13, 29, 59, 500000)) == (
        datetime(2009, 1, 14, 13, 29, 59, 500000),
        None,
    )
    assert READERS["time"](time(13, 29, 59, 999983)) == (time(13, 30), None)


@pytest.mark.parametrize(
    ("raw", "hours", "words"), [(timedelta(hours=30, minutes=30), 30.5, "30:30"), (time(2, 30), 2.5, "02:30:00")]
)
def test_a_duration_is_hours_and_is_shown_as_the_cell_shows_it(raw: Value, hours: float, words: str) -> None:
    value, issue = READERS["number"](raw)
    assert value == hours
    assert issue is not None
    assert issue.level == "none", "it is no finding"
    assert show(issue.raw) == words


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [("date", 46023, date(2026, 1, 1)), ("date", 46023.5, datetime(2026, 1, 1, 12)), ("time", 0.25, time(6))],
)
def test_google_gives_dates_as_day_numbers(kind: str, raw: Value, value: Value) -> None:
    assert SERIAL_READERS[kind](raw) == (value, None)


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(allow_nan=False), st.dates(), st.booleans())))
def test_a_column_reads_as_its_cells_do(raws: list[Value]) -> None:
    for kind, reader in READERS.items():
        values, odd = read_column(list(raws), kind)
        assert list(zip(values, (odd.get(i) for i in range(len(raws))), strict=True)) == [reader(raw) for raw in raws]


@given(st.text())
def test_csv_text_comes_back_and_never_starts_a_formula(text: str) -> None:
    written = to_csv(text)
    assert from_csv(written) == text
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_negative_numbers_stay_numbers_in_csv() -> None:
    assert to_csv(-5) == "-5"
    assert to_csv("-5") == "'-5"


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("a; b", ("a", "b")), ("a,b\nc", ("a", "b", "c")), (" ; ", ()), (None, ()), (7, ("7",)), ("a", ("a",))],
)
def test_several_values_part_at_semicolon_comma_and_line(cell: Value, parts: tuple[str, ...]) -> None:
    assert split(cell) == parts


def test_show_is_what_a_person_would_type() -> None:
    assert [show(v) for v in (None, True, date(2026, 1, 2), 7, 2.5, "x")] == ["", "yes", "2026-01-02", "7", "2.5", "x"]


@pytest.mark.parametrize(
    ("others", "day", "said"),
    [
        (["25/03/2009"], date(2009, 5, 4), "Day first, as in 25/03/2009, it is 4 May 2009."),
        (["03/25/2009", "12/31/2009"], date(2009, 4, 5), "Month first, as in 03/25/2009, it is 5 Apr 2009."),
        (["25.03.2009"], None, "Day or month first?"),
        (["25/03/2009", "03/25/2009"], None, "Day or month first?"),
        (["25/03/2009", "03-25-2009"], None, "Day or month first?"),
        (["31/02/2009", "05/06/2009"], None, "Day or month first?"),
    ],
)
def test_a_column_that_proves_its_order_settles_its_other_dates(
    others: list[Value], day: date | None, said: str
) -> None:
    values, issues = read_column(["04/05/2009", None, *others], "date")
    assert values[0] == day and said in issues[0].message
    assert issues[0].fix == day and issues[0].rule == ("date-as-text" if day else "date-two-ways")
