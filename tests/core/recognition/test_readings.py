"""How single texts are read: names, dates, subjects, amounts, workshops. What could be two things is none."""

from __future__ import annotations

from datetime import date

import pytest

from addin.core import records
from addin.core.book import Grid
from addin.core.recognition.amounts import read_category, read_hours, read_money, read_quantity
from addin.core.recognition.context import adviser_in, is_class_heading, read_context, session_in
from addin.core.recognition.people import People, split_name
from addin.core.recognition.recognise import Understood, recognise
from addin.core.recognition.spoken_dates import read_spoken
from addin.core.recognition.subject_names import SubjectNames, read_level, read_remark
from addin.core.recognition.time_columns import month_in
from addin.core.recognition.workshop_text import read_workshop
from addin.core.tables.date_order import orders
from addin.core.tables.values import read_number
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

SUBJECTS = SubjectNames(load_lists())


@pytest.mark.parametrize(
    ("text", "last", "first", "sure"),
    [
        ("García López, Chloé", "García López", "Chloé", True),
        ("Chloé García López", "García López", "Chloé", False),
        ("Chloé GARCÍA LÓPEZ", "GARCÍA LÓPEZ", "Chloé", True),
        ("de Vries, Leo", "de Vries", "Leo", True),
        ("Leo de Vries", "de Vries", "Leo", True),
        ("Smith J.", "Smith", "J.", True),
        ("Mr John Brown", "Brown", "John", True),
        ("Ann Berg", "Berg", "Ann", True),
        ("王, 芳", "王", "芳", True),
        ("山田 太郎", "山田", "太郎", True),
        ("王小明", "王", "小明", False),
        ("欧阳娜", "欧阳", "娜", False),
        ("김민준", "김", "민준", False),
    ],
)
def test_a_name_in_one_cell_is_split(text: str, last: str, first: str, sure: bool) -> None:
    name = split_name(text)
    assert name is not None
    assert (name.last, name.first, name.sure) == (last, first, sure)


@pytest.mark.parametrize("text", ["Kim", "", "Smith,", ", John", "王", "ジョンスミス"])
def test_a_single_word_is_not_split(text: str) -> None:
    assert split_name(text) is None


def test_people_are_found_by_code_then_email_then_name_and_never_guessed() -> None:
    people = People()
    one = people.add({"code": "0012", "last_name": "Ito", "first_names": "Aya", "email": "a@x.example"})
    twin = people.add({"last_name": "Smith", "first_names": "John", "birth_date": date(2009, 1, 1)})
    other = people.add({"last_name": "Smith", "first_names": "John", "birth_date": date(2009, 2, 2)})
    assert people.find({"code": "0012", "last_name": "Itō"}) == [one]
    assert people.find({"email": "A@x.example"}) == [one]
    assert people.find({"last_name": "Ito", "first_names": "A."}) == [one]
    assert people.find({"last_name": "Smith", "first_names": "John"}) == [twin, other]
    assert people.find({"last_name": "Smith", "first_names": "John", "birth_date": date(2009, 2, 2)}) == [other]
    assert people.find({"last_name": "Berg", "first_names": "Ann"}) == []
    assert people.find({"code": "12", "last_name": "Ito", "first_names": "Aya"}) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("12-14 March 2024", date(2024, 3, 12), date(2024, 3, 14)),
        ("3.-5.11.2022", date(2022, 11, 3), date(2022, 11, 5)),
        ("28 Feb - 2 March 2024", date(2024, 2, 28), date(2024, 3, 2)),
        ("March 5-7, 2024", date(2024, 3, 5), date(2024, 3, 7)),
        ("1 de mayo de 2024", date(2024, 5, 1), date(2024, 5, 1)),
        ("3 août 2025", date(2025, 8, 3), date(2025, 8, 3)),
        ("2025-08-20", date(2025, 8, 20), date(2025, 8, 20)),
        ("24/10/2009", date(2009, 10, 24), date(2009, 10, 24)),
        ("Mon 3 Feb 2025", date(2025, 2, 3), date(2025, 2, 3)),
    ],
)
def test_a_date_is_read_in_any_usual_form(text: str, start: date, end: date) -> None:
    said = read_spoken(text)
    assert said is not None
    assert (said.start, said.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "precision", "remark"),
    [
        ("spring 2021", "vague", ""),
        ("Oct 2023", "month", ""),
        ("out 2025", "month", ""),
        ("June 2026 (booked)", "month", "booked"),
        ("end of term", "vague", ""),
        ("02/10/2025", "two", ""),
        ("2024", "vague", ""),
    ],
)
def test_no_day_is_made_up(text: str, precision: str, remark: str) -> None:
    said = read_spoken(text)
    assert said is not None
    assert (said.start, said.precision, said.remark) == (None, precision, remark)


@pytest.mark.parametrize(
    ("header", "month"),
    [
        ("Sep", 9),
        ("سبتمبر", 9),
        ("9月", 9),
        ("13月", 0),
        ("październik", 10),
        ("сентябрь", 9),
        ("listopad", 0),
        ("Points", 0),
    ],
)
def test_a_month_above_hours_is_known_in_any_language_that_has_no_other(header: str, month: int) -> None:
    found = month_in(header)
    assert (found[0] if found else 0) == month


@pytest.mark.parametrize(
    ("title", "session"),
    [
        ("CAS hours November 2026", ""),
        ("Predicted Grades November 2026 (for UCAS)", ""),
        ("Predicted grades May 2027", "M27"),
        ("Predicted grades, November 2026 session", "N26"),
        ("Stocktake May 2027", ""),
        ("May 2027", "M27"),
    ],
)
def test_the_month_in_which_a_list_was_made_is_no_session(title: str, session: str) -> None:
    assert session_in(title) == session


@pytest.mark.parametrize("text", ["n/a", "31/02/2009", "Biology", "12 March", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_spoken(text) is None


def test_the_other_dates_of_a_style_say_which_comes_first() -> None:
    known = orders(["05/29/09", "01/06/09", "16/03/2009", "03/06/2009", "07.02.2009"])
    assert known == {"/2": "mdy", "/4": "dmy"}
    assert orders(["05/29/09", "29/05/09"]) == {}
    said = read_spoken("01/06/09", known)
    assert said is not None
    assert said.start == date(2009, 1, 6)


@pytest.mark.parametrize(
    ("text", "names", "level"),
    [
        ("Eng A Lit", ("English A: Literature",), ""),
        ("Eng A L&L", ("English A: Language and Literature",), ""),
        ("English A: Lang & Lit", ("English A: Language and Literature",), ""),
        ("Math AA", ("Mathematics: Analysis and Approaches",), ""),
        ("Bio HL", ("Biology",), "HL"),
        ("Español A Literatura NS", ("Spanish A: Literature",), "HL"),
        ("Histoire NM", ("History",), "SL"),
        ("Spanish ab", ("Spanish ab initio",), ""),
        ("ESS", ("Environmental Systems and Societies",), ""),
        ("TdC", ("Theory of Knowledge",), ""),
    ],
)
def test_a_subject_is_known_however_it_is_written(text: str, names: tuple[str, ...], level: str) -> None:
    reading = SUBJECTS.read(text)
    assert reading is not None
    assert (reading.names, reading.level) == (names, level)


@pytest.mark.parametrize("text", ["French", "Maths", "Mathematics", "Chinese B", "Mandarin"])
def test_a_name_of_several_subjects_is_not_decided(text: str) -> None:
    reading = SUBJECTS.read(text)
    assert reading is not None
    assert len(reading.names) > 1


@pytest.mark.parametrize("text", ["Class", "Name", "Form", "Date", "Total", "Lit", "12A", "Ms Ray", "", "Student"])
def test_other_words_are_no_subject(text: str) -> None:
    assert SUBJECTS.read(text) is None


def test_every_alias_of_ours_and_of_the_ib_is_known() -> None:
    lists = load_lists()["subject_aliases"]
    for alias, name in zip(lists["alias"], lists["name"], strict=True):
        reading = SUBJECTS.read(alias)
        assert reading is not None, alias
        assert name in reading.names, alias


@pytest.mark.parametrize(("text", "level"), [("hl", "HL"), ("Higher", "HL"), ("S", "SL"), ("x", ""), ("12A", "")])
def test_levels(text: str, level: str) -> None:
    assert read_level(text) == level


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("3h", 3),
        ("1h30", 1.5),
        ("2,5", 2.5),
        ("45 min", 0.75),
        (4, 4),
        ("c. 5", 5),
        ("-", 0),
        ("2 Std", 2),
        ("2u", 2),
        ("3 uur", 3),
        ("2ч", 2),
    ],
)
def test_hours(value: object, hours: float) -> None:
    amount = read_hours(value)  # type: ignore[arg-type]
    assert amount is not None
    assert amount.number == hours


@pytest.mark.parametrize("value", ["2-3", "ill", "x", date(2026, 3, 2), -1, ""])
def test_what_could_be_two_numbers_is_none(value: object) -> None:
    assert read_hours(value) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("€ 720", 720, "EUR"),
        ("$850", 850, "$"),
        ("free", 0, ""),
        ("CHF 1'200.-", 1200, "CHF"),
        ("1.250,50 €", 1250.5, "EUR"),
    ],
)
def test_money(text: str, number: float, unit: str) -> None:
    money = read_money(text)
    assert money is not None
    assert (money.number, money.unit) == (number, unit)


def test_quantities_and_categories() -> None:
    assert [read_quantity(text).number for text in ("c. 10", "1 box", "60")] == [10, 1, 60]  # type: ignore[union-attr]
    assert read_quantity("a few") is None
    assert [read_category(text) for text in ("III", "Cat 1", "category 2", "n/a", 3, 4)] == [3, 1, 2, None, 3, None]


@pytest.mark.parametrize(
    ("text", "category", "topic", "place", "mode"),
    [
        ("Cat 1 Physics, Bangkok", 1, "Physics", "Bangkok", ""),
        ("IB Cat. 2 History online", 2, "History", "", "Online"),
        ("TOK Cat 3 Vienna", 3, "Theory of Knowledge", "Vienna", ""),
        ("Maths AA category 2, Singapore", 2, "Mathematics: Analysis and Approaches", "Singapore", ""),
        ("CAS cat 1 (virtual)", 1, "CAS", "", "Virtual"),
        ("in-house ATL day", None, "", "", "In-school"),
        ("IB Coordinators workshop", None, "", "", ""),
    ],
)
def test_a_workshop_as_it_is_jotted_down(text: str, category: int | None, topic: str, place: str, mode: str) -> None:
    said = read_workshop(text, SUBJECTS)
    assert (said.category, said.topic, said.place, said.mode) == (category, topic, place, mode)


@pytest.mark.parametrize(
    ("lines", "sheet", "book", "expected"),
    [
        (["IBDP CLASS OF 2027 - 12A (adviser Mr Brown)"], "12A", "x", ("M27", "12A", "Mr Brown", 0)),
        (["CAS hours"], "DP2", "CAS hours 26-27.xlsx", ("", "DP2", "", 2026)),
        (["May 2027 subject choices"], "Sheet1", "x", ("M27", "", "", 0)),
        (["CAS log 2025-27"], "Sheet1", "x", ("", "", "", 0)),
    ],
)
def test_titles_sheets_and_file_names_say_what_holds_for_all_rows(
    lines: list[str], sheet: str, book: str, expected: tuple[object, ...]
) -> None:
    context = read_context([(n, 1, text) for n, text in enumerate(lines, 1)], sheet, book)
    assert (context.session, context.year_group, context.adviser, context.school_year) == expected


def test_trackers_that_few_keep_do_not_hide_a_list_of_students() -> None:
    """Each tracker that also has names and sessions made the headers of Candidates tell less."""
    known = load_all()
    more = {f"own{n}": records.replace(known["recruitment"], name=f"own{n}") for n in range(20)}
    grid = Grid("list", [["Code", "Last name", "First names", "Session", "Category"], ["01", "Ito", "Aya", "M27", "D"]])
    for trackers in (known, {**known, **more}):
        found = recognise(grid, trackers, load_lists())
        assert isinstance(found, Understood)
        assert found.tracker == "candidates"


@pytest.mark.parametrize(
    ("text", "level", "rest"),
    [
        ("HL (7)", "HL", "7"),
        ("(SL)", "SL", ""),
        ("hl - drop Oct", "HL", "drop Oct"),
        ("HL?", "", ""),
        ("HL/SL", "", ""),
        ("HL → SL", "", ""),
        ("SL (was HL)", "", ""),
        ("sl/ab?", "", ""),
        ("Chem", "", ""),
    ],
)
def test_a_level_that_is_not_certain_is_none(text: str, level: str, rest: str) -> None:
    assert read_remark(text) == (level, rest)


@pytest.mark.parametrize(
    ("text", "adviser", "heading"),
    [
        ("Class 11A - Mrs Calloway", "Mrs Calloway", True),
        ("12B (Tutor: Mr A. Kamau)", "Mr A. Kamau", False),
        ("Year 13 – Dr. O'Neill", "Dr. O'Neill", True),
        ("Year 12", "", True),
        ("12A Biology HL - Mr Hu", "", False),
        ("11A - Field trip", "", False),
        ("Mrs Calloway", "", False),
    ],
)
def test_who_leads_a_class_stands_behind_it(text: str, adviser: str, heading: bool) -> None:
    assert (adviser_in(text), is_class_heading(text)) == (adviser, heading)


def test_a_student_who_moved_to_another_class_is_one_student() -> None:
    people = People()
    name = {"last_name": "Ray", "first_names": "Jo"}
    one = people.add({**name, "year_group": "12A", "session_number": "0003"})
    assert people.find({**name, "year_group": "12B", "session_number": "0003"}) == [one]
    assert people.find({**name, "year_group": "12B"}) == []


@pytest.mark.parametrize("text", ["9" * 400, "9" * 5000, "9" * 5000 + " min", "1e999", "inf", "nan"])
def test_endless_numbers_are_no_amounts(text: str) -> None:
    assert read_hours(text) is read_money(text) is None
    assert read_quantity(text.partition("e")[0] * 30) is None
    assert read_number(text)[0] is None
