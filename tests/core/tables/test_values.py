"""Values are exact: what can be read is read, what cannot is shown, nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.book import CellError, Value
from addin.core.tables.csv_text import from_csv, to_csv
from addin.core.tables.values import READERS, SERIAL_READERS, read_column, show, split

TEXTS = ["000123", "0001-0042", "Nan", "None", "NA", "N/A", "Inf", "1e5", "8085807e40000000", "=1+1", "+1", "-x", "@a"]


@pytest.mark.parametrize("text", TEXTS)
def test_codes_and_names_stay_as_typed(text: str) -> None:
    assert READERS["text"](text) == (text, None)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", 12, "12"), ("text", True, "TRUE"), ("text", "  ", None), ("text", " a ", " a "),
        ("integer", "12", 12), ("integer", 12.0, 12), ("integer", " 7 ", 7), ("number", "3.50", 3.5),
        ("number", "1e3", 1000.0), ("number", -2, -2),
        ("date", date(2026, 3, 1), date(2026, 3, 1)), ("date", datetime(2026, 3, 1), date(2026, 3, 1)),
        ("date", datetime(2026, 3, 1, 9, 30), datetime(2026, 3, 1, 9, 30)),
        ("yes_no", "Yes", True), ("yes_no", "no", False), ("yes_no", True, True), ("yes_no", "", None),
        ("time", "9:05", time(9, 5)), ("time", time(9, 5), time(9, 5)),
    ],
)  # fmt: skip
def test_what_can_be_read_is_read_without_a_remark(kind: str, raw: Value, value: Value) -> None:
    assert READERS[kind](raw) == (value, None)


@pytest.mark.parametrize(
    ("kind", "raw", "says"),
    [
        ("date", "31/02/2026", "31/02/2026 is not a date."),
        ("date", "2026-13-01", "2026-13-01 is not a date."),
        ("date", "soon", "soon is not a date."),
        ("date", 45000, "45000 is a number, not a date."),
        ("date", True, "yes is not a date."),
        ("date", CellError("#N/A"), "The cell's formula gives the error #N/A."),
        ("date", "03/04/2027", "03/04/2027 can be read as 03 April 2027 or as 04 March 2027."),
        ("number", "1,5", "1,5 can be read as 1.5 or as 15."),
        ("number", "a lot", "a lot is not a number."),
        ("number", True, "yes is not a number."),
        ("integer", 3.5, "3.5 is not a whole number."),
        ("yes_no", "maybe", "maybe is neither Yes nor No."),
        ("yes_no", 1, "1 is neither Yes nor No."),
        ("time", "25:00", "25:00 is not a time of day."),
        ("text", date(2026, 3, 1), "turned what was typed into a date or time (2026-03-01)"),
        ("text", CellError("#REF!"), "The cell's formula gives the error #REF!."),
    ],
)
def test_what_cannot_be_read_is_shown_and_never_a_blank(kind: str, raw: Value, says: str) -> None:
    value, odd = READERS[kind](raw)
    assert value is None
    assert odd is not None
    assert says in odd.why
    assert odd.fix
    assert odd.raw == raw


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2027-03-15", date(2027, 3, 15)), ("13/01/2026", date(2026, 1, 13)), ("01/13/2026", date(2026, 1, 13)),
        ("05.05.2026", date(2026, 5, 5)), ("3 Apr 2027", date(2027, 4, 3)), ("21st March 2027", date(2027, 3, 21)),
    ],
)  # fmt: skip
def test_a_date_typed_as_text_is_read_with_a_warning(text: str, meant: date) -> None:
    value, odd = READERS["date"](text)
    assert value == meant
    assert odd is not None
    assert (odd.level, odd.rule) == ("warning", "date-as-text")
    assert meant.isoformat() in odd.fix


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
