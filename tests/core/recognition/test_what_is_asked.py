"""What a person is asked once the sheets are read: each question with its answers, the most important first."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from addin.core.recognition.naming import (
    _few,
    _pad_numbers,
    _tell_apart,
    category_of,
    free_codes,
    questions,
    usual_answers,
)
from addin.core.recognition.people import Person
from addin.core.recognition.reading import Made, Question
from addin.core.recognition.row_reader import _certificate


def work(needs: dict[str, int], **more: Any) -> Any:
    """What `questions` looks at: how many rows wait for each answer."""
    given = {
        "needs": needs, "answers": {}, "examples": {}, "behind": {}, "today": date(2026, 11, 30), "without_code": 0,
        "people": SimpleNamespace(all=[]),
    }  # fmt: skip
    return SimpleNamespace(**given | more)


def asked(
    needs: dict[str, int], session: str = "", orders: dict[str, str] | None = None, **more: Any
) -> list[Question]:
    return questions(work(needs, **more), orders or {}, session)


def answers(one: Question) -> list[str]:
    return [answer for answer, _ in one.options]


def test_the_most_important_is_asked_first_and_what_is_answered_is_not() -> None:
    names = [
        "under way", "language", "programme", "subject Maths", "level x", "school year", "date order /4", "withdrawn",
        "name order", "codes", "session", "role", "past workshops", "history region", "not known",
    ]  # fmt: skip
    found = [one.name for one in asked(dict.fromkeys(names, 1))]
    assert found == [
        "session", "codes", "name order", "withdrawn", "date order /4", "school year", "level x", "subject Maths",
        "programme", "language", "under way", "role", "past workshops", "history region",
    ]  # fmt: skip
    assert [one.name for one in asked({"session": 1, "language": 2}, answers={"session": "M27"})] == ["language"]


@pytest.mark.parametrize(
    ("today", "session", "options", "default"),
    [
        (date(2026, 11, 30), "", ["M27", "M28", "leave"], "leave"),
        (date(2027, 5, 31), "", ["M27", "M28", "M29", "leave"], "leave"),
        (date(2027, 6, 1), "", ["M28", "M29", "leave"], "leave"),
        (date(2026, 11, 30), "M28", ["M27", "M28", "leave"], "M28"),
        (date(2026, 11, 30), "N26", ["M27", "M28", "N26", "leave"], "N26"),
    ],
)
def test_the_sessions_that_are_offered_are_those_to_come(
    today: date, session: str, options: list[str], default: str
) -> None:
    (one,) = asked({"session": 3}, session, today=today)
    assert (answers(one), one.default, one.flag) == (options, default, "--session")
    assert str(one.text) == "Which exam session? (3 rows)"


def test_the_session_of_the_oldest_class_is_asked_where_there_are_several() -> None:
    (one,) = asked({"session": 1}, behind={"12B": 0, "12A": 0, "11A": 1})
    assert str(one.text).startswith("Which exam session are the oldest (12A, 12B) in?")
    assert "(1 row)" in str(one.text)


@pytest.mark.parametrize(
    ("month", "options"), [(7, ["2026-27", "2025-26"]), (6, ["2025-26", "2024-25"]), (12, ["2026-27", "2025-26"])]
)
def test_the_school_year_is_this_or_the_one_before(month: int, options: list[str]) -> None:
    (one,) = asked({"school year": 1}, today=date(2026, month, 1))
    assert answers(one) == options and one.default == options[0]
    usual = usual_answers(date(2026, month, 1), take_defaults=False)
    assert usual["school year"] == options[0] and "codes" not in usual
    assert usual_answers(date(2026, month, 1), take_defaults=True)["codes"] == "make"
    assert usual_answers(date(2099, 9, 1), take_defaults=False)["school year"] == "2099-00"


def person(number: int, **facts: str) -> Person:
    return Person(number, dict(facts))


def test_codes_are_made_or_are_the_numbers_of_the_session_where_all_have_one() -> None:
    two = SimpleNamespace(all=[person(0), person(1), person(2, code="0012")])
    (one,) = asked({"codes": 9}, people=two)
    assert str(one.text) == "2 students have no student code." and answers(one) == ["make", "none"]
    assert (one.default, one.flag) == ("", "--make-codes")
    (one,) = asked({"codes": 9}, people=two, examples={"numbers": "yes"}, without_code=1)
    assert str(one.text) == "3 students have no student code." and answers(one) == ["ib", "make", "none"]
    assert one.default == "ib"
    (one,) = asked({"codes": 9}, without_code=1)
    assert str(one.text) == "1 student has no student code." and one.default == "make"
    (one,) = asked({"codes": 9}, people=two, without_code=1)
    assert one.default == ""


@pytest.mark.parametrize(
    ("name", "example", "text", "options", "default"),
    [
        ("programme", "", "Which programme?", ["dp", "cp"], "dp"),
        ("date order /4", "1/2/2027", "Is 1/2/2027 day first or month first?", ["dmy", "mdy", "leave"], "mdy"),
        ("date order .4", "1.2.2027", "Is 1.2.2027 day first or month first?", ["dmy", "mdy", "leave"], "leave"),
        ("withdrawn", "Ito, Aya", "2 rows struck out", ["leave out", "take"], "leave out"),
        ("level x", "x", "2 cells say x where HL or SL belongs.", ["leave", "HL", "SL"], "leave"),
        ("under way", "ok", "2 CAS entries under way (ok)", ["leave", "Approved", "Submitted", "Draft"], "leave"),
        ("language", "", "Response language of the 2", ["English", "French", "Spanish", "leave"], "English"),
        ("name order", "Eva Diaz", "Which comes first in names such as Eva Diaz?", ["first", "last"], "first"),
        ("past workshops", "x", "2 workshops are over. Were they attended?", ["attended", "leave"], "attended"),
        ("past workshops", "", "2 workshops are over. Were they attended?", ["attended", "leave"], "leave"),
        ("role", "", "Which IB role do these staff have?", ["leave", "Subject teacher"], "leave"),
        ("subject Maths", "A or B", "Which subject is Maths? (2)", ["A", "B", "leave"], "leave"),
    ],
)
def test_each_question_has_its_answers(name: str, example: str, text: str, options: list[str], default: str) -> None:
    (one,) = asked({name: 2}, orders={"/4": "mdy"}, examples={name: example})
    assert str(one.text).startswith(text) and (answers(one), one.default) == (options, default)


def test_history_is_asked_by_region() -> None:
    (one,) = asked({"history region": 1})
    assert answers(one)[:2] == ["leave", "Europe"] and one.default == "leave"
    assert str(one.text) == "History HL is registered by region (1 student)."


def test_many_names_are_shortened_to_two() -> None:
    assert _few("Ito, Aya") == "Ito, Aya" and _few("a" * 60) == "a" * 60
    assert _few(", ".join(["Name" * 4] * 5)) == f"{'Name' * 4}, {'Name' * 4} …"


def test_session_numbers_get_the_zeros_that_a_spreadsheet_took() -> None:
    def padded(*numbers: str) -> list[str]:
        people = [person(n, **({"session_number": number} if number else {})) for n, number in enumerate(numbers)]
        _pad_numbers(people)
        return [str(one.facts.get("session_number", "")) for one in people]

    assert padded("0001", "2", "", "x") == ["0001", "0002", "", "x"] and padded("1", "22") == ["1", "22"]
    assert padded() == [] and padded("01", "abcdef", "3") == ["01", "abcdef", "03"]


def test_rows_that_would_be_one_are_numbered() -> None:
    rows = [
        Made(name, {"entry": "E"} if name == "cas" else {}, ("S", n, 1), identity=(name, "a"))
        for n, name in enumerate(["cas", "cas", "registrations", "registrations", "cas"])
    ]
    rows.append(Made("cas", {}, ("S", 9, 1), identity=("cas", "a")))
    _tell_apart(rows)
    assert [one.identity[2:] for one in rows] == [(), ("#2",), (), ("#2",), ("#3",), ("#4",)]
    assert [one.values.get("entry") for one in rows] == ["E", "E-2", None, None, "E-3", None]


def test_codes_that_nobody_has() -> None:
    assert list(free_codes(3, {"S002"})) == ["S001", "S003", "S004"] and not list(free_codes(0, ()))


@pytest.mark.parametrize(("answer", "category"), [("dp", "D"), ("CP", "CP"), ("", None), ("both", None)])
def test_the_category_of_a_programme(answer: str, category: str | None) -> None:
    given: Any = SimpleNamespace(need=lambda _: answer)
    assert category_of(given) == category


@pytest.mark.parametrize(
    ("raw", "value", "kept"),
    [
        ("yes", "on file", ""), ("✓", "on file", ""), ("no", None, ""), ("Not yet", None, ""), ("IB-77", "IB-77", ""),
        ("pending", None, "pending"), ("Requested in May", None, "Requested in May"), ("-", None, ""),
    ],
)  # fmt: skip
def test_a_certificate_is_there_is_not_or_is_to_come(raw: str, value: str | None, kept: str) -> None:
    found = _certificate(raw)
    assert (found.value, found.kept or "") == (value, kept)
