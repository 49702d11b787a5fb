"""What titles, headers, names and dates of a person's own sheets say: word for word, and at the edge of each form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from addin.core.book import Grid, Value
from addin.core.recognition.context import (
    category_in,
    is_withdrawn,
    read_context,
    school_year_in,
    session_in,
    student_in,
)
from addin.core.recognition.likeness import alike, below, is_subject_group, known_name, plain_question, weights
from addin.core.recognition.name_order import last_name_first, split_last_name_first
from addin.core.recognition.people import Name, is_nickname, split_by_email, split_name, split_nickname
from addin.core.recognition.spoken_dates import Spoken, is_without_year, month_days, read_spoken
from addin.core.recognition.time_columns import interview_role, is_strand_of_row, strand_of, time_role
from addin.core.recognition.workshops import year_of
from addin.core.records import replace
from addin.workspace.tracker_files import load_all

TRACKERS = load_all()


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("M27", "M27"), ("Candidates N27", "N27"), ("May 2027 exams", "M27"), ("November 2026", "N26"),
        ("mayo 2027", "M27"), ("Noviembre 2026", "N26"), ("Kasım 2026", "N26"), ("2027年5月", "M27"),
        ("2027年11月", "N27"), ("2027届", "M27"), ("Class of 2027", "M27"), ("Promo 2028", "M28"),
        ("DP 2 (2027)", "M27"), ("Students May 27", "M27"), ("Candidates Nov 26", "N26"), ("May 27", ""),
        ("3 May 27 students", ""), ("Students May 23", ""), ("Students May 24", "M24"), ("Year 12", ""),
        ("April 2027", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_session_in_a_title(text: str, session: str) -> None:
    assert session_in(text) == session


@pytest.mark.parametrize(("text", "year"), [
    ("2026-27", 2026), ("2026/2027", 2026), ("26-27", 2026), ("CAS 26/27", 2026), ("2026-28", 0), ("2027-26", 0),
    ("99-00", 2099), ("126-127", 0), ("12-14 and 26-27", 2026), ("", 0),
])  # fmt: skip
def test_a_school_year_is_two_years_that_follow_each_other(text: str, year: int) -> None:
    assert school_year_in(text) == year


@pytest.mark.parametrize(("header", "year"), [
    ("2025", 2025), ("PD 2025", 2025), ("Workshops 2025-26", 2025), ("2025/2026", 2025), ("26-27", 2026),
    ("1925", 0), ("Workshop", 0), ("Workshops attended in 2025-26", 0), ("20255", 0),
])  # fmt: skip
def test_a_header_that_is_a_year(header: str, year: int) -> None:
    assert year_of(header) == year


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("COURSE CANDIDATES", "C"), ("Diploma candidates (12)", "D"), ("Full diploma students:", "D"), ("Retake", "R"),
        ("Anticipated", "A"), ("D", ""), ("The IB", ""), ("Biology", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_heading_gives_a_category(text: str, category: str) -> None:
    assert category_in(text) == category


@pytest.mark.parametrize(("text", "gone"), [
    ("Withdrawn", True), ("WITHDRAWN STUDENTS (3)", True), ("Students who have left the school", True),
    ("Leavers:", True),
    ("Dropped out", True), ("Left hand column", False), ("Students", False), ("", False),
])  # fmt: skip
def test_a_heading_says_who_has_left(text: str, gone: bool) -> None:
    assert is_withdrawn(text) is gone


@pytest.mark.parametrize(("text", "names", "student"), [
    ("CAS log of Aya Ito", "Ito CAS", "Aya Ito"), ("Aya Ito - CAS record", "ito_cas.xlsx", "Aya Ito"),
    ("CAS log of Aya Ito", "Sheet1 CAS", ""), ("CAS log of Ito", "Ito", ""), ("CAS log of Mr Ito Aya", "Ito", ""),
    ("CAS adviser Aya Ito", "Ito", ""), ("", "Ito", ""),
])  # fmt: skip
def test_whose_record_a_sheet_is(text: str, names: str, student: str) -> None:
    assert student_in(text, names) == student


def test_a_form_says_in_labels_who_it_is_about() -> None:
    titles = [
        (1, 1, "Student:"), (1, 2, "Aya Ito"), (2, 1, "Class: 12B"), (3, 1, "Adviser"), (3, 2, "Ms Ray"),
        (4, 1, "Code"), (5, 2, "000123"), (6, 1, "Date of birth"), (6, 2, "3 May 2009"),
    ]  # fmt: skip
    found = read_context(titles, "Sheet1", "x", {"date of birth": "birth_date"})
    assert (found.student, found.year_group, found.adviser, found.code) == ("Aya Ito", "12B", "Ms Ray", "")
    assert dict(found.facts) == {"birth_date": (6, 2)} and found.said == ("Student:", "Aya Ito")
    two = read_context([(1, 1, "Surname"), (1, 2, "Ito"), (2, 1, "First name"), (2, 2, "Aya")], "S", "x")
    assert two.student == "Ito, Aya"
    assert read_context([(1, 1, "Student:"), (2, 1, "12")], "S", "x").student == ""


@pytest.mark.parametrize(
    ("key", "above", "cells", "number"),
    [
        ("1st interview", "", [], 1), ("interview 2", "", [], 2), ("third interview", "", [], 3),
        ("2", "interviews", [], 2),
        ("final", "cas interview", [], 3), ("date", "2nd interview", [], 2), ("place", "2nd interview", [], 0),
        ("4", "interviews", [], 0), ("int 1", "", [5, 6, 7], 0), ("int 1", "", ["yes", 6, "no"], 1),
        ("biology", "", [], 0),
    ],
)  # fmt: skip
def test_the_column_of_an_interview(key: str, above: str, cells: Sequence[Value], number: int) -> None:
    role = interview_role(key, above, cells)
    assert (role.number if role else 0) == number
    assert role is None or role.kind == "interview"


def test_what_was_said_in_an_interview_is_a_column_of_its_own() -> None:
    role = interview_role("notes", "3rd interview", [])
    assert role and (role.kind, role.number) == ("interview note", 3)


@pytest.mark.parametrize(
    ("header", "cells", "kind", "strand"),
    [
        ("Week 3", [1, 2], "week", ""), ("Sem 1 C", [1, 2], "strand", "Creativity"), ("September", [1, 2], "month", ""),
        ("Service", [1, 2], "strand", "Service"), ("Week 3", ["ill", "away"], "", ""), ("Name", [1], "", ""),
        ("Week 3", [], "week", ""), ("Week 3", [1, 2, 3, 4, "ill"], "week", ""), ("Week 3", [1, "ill", "away"], "", ""),
    ],
)  # fmt: skip
def test_a_column_of_hours(header: str, cells: Sequence[Value], kind: str, strand: str) -> None:
    role = time_role(header.casefold(), "", header, "", cells)
    assert (role.kind if role else "", role.strand if role else "") == (kind, strand)
    if kind == "week":
        assert role and role.number == 3


@pytest.mark.parametrize(("value", "strand"), [
    ("C", "Creativity"), ("C/S", "Creativity; Service"), ("Activity and Service", "Activity; Service"), ("x", ""),
    ("C/x", ""), ("", ""), (3, ""), ("Création", ""), ("Kreativität", "Creativity"),
])  # fmt: skip
def test_a_cell_names_strands(value: Value, strand: str) -> None:
    assert strand_of(value) == strand


@pytest.mark.parametrize(("key", "cells", "is_it"), [
    ("strand", ["C", "A"], True), ("cas strand", ["C", "A"], True), ("strand", ["C", "x"], False),
    ("grade", ["C", "A"], False), ("which strand is it", ["C"], True), ("strand", ["C"] * 9 + ["x"], True),
    ("strand", ["C"] * 8 + ["x", "x"], False),
])  # fmt: skip
def test_a_column_of_strands_has_the_header_and_the_cells(key: str, cells: Sequence[Value], is_it: bool) -> None:
    assert is_strand_of_row(key, cells) is is_it


@pytest.mark.parametrize(
    ("text", "last", "first", "sure"),
    [
        ("Smith J.", "Smith", "J.", True), ("J. Smith", "Smith", "J.", True), ("Jo Smith", "Smith", "Jo", True),
        ("Jo Ann Smith", "Ann Smith", "Jo", False), ("de La Tour Anaïs", "de La Tour", "Anaïs", True),
        ("Leo de Vries", "de Vries", "Leo", True), ("Leo Max de Vries", "de Vries", "Leo Max", False),
        ("Leo de Vries Holm Ray", "de Vries Holm Ray", "Leo", False),
        ("María del Carmen Ortiz", "Ortiz", "María del Carmen", True),
        ("SMITH Jo", "SMITH", "Jo", True), ("Jo SMITH", "SMITH", "Jo", True), ("Ito, Aya", "Ito", "Aya", True),
        ("山田 太郎", "山田", "太郎", True), ("欧阳娜", "欧阳", "娜", False), ("王小明", "王", "小明", False),
        ("司马相如", "司马", "相如", False),
    ],
)  # fmt: skip
def test_a_whole_name_in_two(text: str, last: str, first: str, sure: bool) -> None:
    assert split_name(text) == Name(last, first, sure)


@pytest.mark.parametrize("text", ["", "Aya", ", Aya", "Ito,", "王", "王小明大一", "ジョンスミス"])
def test_what_is_no_whole_name_is_not_split(text: str) -> None:
    assert split_name(text) is None


@pytest.mark.parametrize(("text", "rest", "said"), [
    ("William (Bill) Chen", "William Chen", "Bill"), ('William "Bill" Chen', "William Chen", "Bill"),
    ("(Bill)", "(Bill)", ""),
    ("Chen, William (Bill)", "Chen, William", "Bill"), ("Chen", "Chen", ""),
])  # fmt: skip
def test_a_nickname_is_taken_out_of_a_name(text: str, rest: str, said: str) -> None:
    assert split_nickname(text) == (rest, said)


@pytest.mark.parametrize(
    ("text", "is_it"), [("Bill", True), ("New", False), ("left", False), ("bill", False), ("12A", False)]
)
def test_a_remark_is_no_nickname(text: str, is_it: bool) -> None:
    assert is_nickname(text) is is_it


@pytest.mark.parametrize(("text", "email", "last"), [
    ("Ann Marie Bø", "a.bo@x.org", "Bø"), ("Ann Marie Bø", "amb@x.org", None), ("Ann Marie Bø", "", None),
])  # fmt: skip
def test_an_address_says_where_the_last_name_begins(text: str, email: str, last: str | None) -> None:
    found = split_by_email(text, email)
    assert (found.last if found else None) == last


@pytest.mark.parametrize(
    ("header", "names", "order"),
    [
        ("Nom et prénom", [], "yes"), ("Last, first", [], "yes"), ("Prénom et nom", [], "no"),
        ("First, last", [], "no"),
        ("Name", ["DUPONT Léa", "Roux Eva"], "yes"), ("Name", ["Léa DUPONT", "Roux Eva"], "no"),
        ("Name", ["DUPONT Léa", "Roux Eva", "Bo Li"], "perhaps"), ("Name", ["DUPONT Léa", "Eva ROUX"], "perhaps"),
        ("Name", ["DUPONT Léa", "Eva ROUX", "Bo LI"], "no"), ("Name", ["de Vries Leo"], "yes"),
        ("Name", ["Leo de Vries"], "no"),
        ("Name", ["Roux Eva"], ""), ("姓名", ["Roux Eva"], "perhaps"), ("Name", ["Roux, Eva"], ""),
    ],
)  # fmt: skip
def test_which_name_comes_first_in_a_column(header: str, names: Sequence[str], order: str) -> None:
    assert last_name_first(header, [(name, "") for name in names]) == order


@pytest.mark.parametrize(("name", "email", "order"), [
    ("Dupont Léa", "ldupont@x.fr", "yes"), ("Dupont Léa", "l.dupont@x.fr", "yes"), ("Léa Dupont", "ldupont@x.fr", "no"),
    ("Dupont Léa", "dupont@x.fr", ""), ("L D", "ld@x.fr", ""),
])  # fmt: skip
def test_an_address_shows_which_name_comes_first(name: str, email: str, order: str) -> None:
    assert last_name_first("Name", [(name, email)]) == order


@pytest.mark.parametrize(("text", "header", "found"), [
    ("Dupont Léa", "", Name("Dupont", "Léa", True)), ("Dupont Léa Anne", "", Name("Dupont", "Léa Anne", False)),
    ("García López Ana", "Apellidos y nombre", Name("García López", "Ana", True)),
    ("Nguyen Thi Hoa", "Họ và tên", Name("Nguyen", "Thi Hoa", True)), ("Dupont", "", None), ("Dupont, Léa", "", None),
    ("de Vries Leo", "", None), ("DUPONT Léa", "", None), ("Dupont L.", "", None),
])  # fmt: skip
def test_a_name_with_the_last_name_first(text: str, header: str, found: Name | None) -> None:
    assert split_last_name_first(text, header) == found


def days(start: date, end: date | None = None) -> Spoken:
    return Spoken(start, end or start)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (datetime(2025, 3, 2, 10), days(date(2025, 3, 2))), (date(2025, 3, 2), days(date(2025, 3, 2))), (7, None),
        ("2025-03-02", days(date(2025, 3, 2))), ("2025-03-02 00:00:00", days(date(2025, 3, 2))),
        ("13/03/2025", days(date(2025, 3, 13))), ("03/13/2025", days(date(2025, 3, 13))),
        ("03/03/2025", days(date(2025, 3, 3))),
        ("12/03/2025", Spoken(precision="two", year=2025)), ("13/13/2025", None),
        ("11/12/2025", Spoken(precision="two", year=2025)), ("05/29/09", days(date(2009, 5, 29))),
        ("13/03/2025-14/03/2025", days(date(2025, 3, 13), date(2025, 3, 14))),
        ("13/13/2025 - 14/03/2025", None), ("13/03/2025 - 14/13/2025", None),
        ("2 Foo - 3 March 2025", None), ("2 March - 3 Foo 2025", None), ("30 Feb 2025 - 3 March 2025", None),
        ("3 Feb 2025 - 32 March 2025", None),
        ("2 mars 2025", days(date(2025, 3, 2))),
        ("March 2, 2025", days(date(2025, 3, 2))), ("Sun 2 March 25", days(date(2025, 3, 2))),
        ("2 March 59", days(date(2059, 3, 2))),
        ("2 March 60", days(date(1960, 3, 2))), ("on 2 March 2025", days(date(2025, 3, 2))),
        ("done 2 March 2025", days(date(2025, 3, 2))),
        ("2 March 2025 ✓", days(date(2025, 3, 2))), ("2-4 March 2025", days(date(2025, 3, 2), date(2025, 3, 4))),
        ("4-2 March 2025", None), ("2 March - 1 April 2025", days(date(2025, 3, 2), date(2025, 4, 1))),
        ("30 Dec 2024 - 2 Jan 2025", days(date(2024, 12, 30), date(2025, 1, 2))),
        ("2.-4.3.2025", days(date(2025, 3, 2), date(2025, 3, 4))),
        ("13/03/2025 - 14/03/2025", days(date(2025, 3, 13), date(2025, 3, 14))),
        ("14/03/2025 - 13/03/2025", Spoken(precision="vague")),
        ("12/03/2025 - 13/03/2025", Spoken(precision="two")),
        ("March 2025", Spoken(precision="month", month=3, year=2025)),
        ("Mar '25", Spoken(precision="month", month=3, year=2025)), ("March - May 2025", Spoken(precision="vague")),
        ("2025", Spoken(precision="vague", year=2025)), ("1899", None), ("spring", Spoken(precision="vague")),
        ("spring " + "x" * 33, Spoken(precision="vague")), ("spring " + "x" * 34, None),
        ("2 March 2025 (booked)", Spoken(date(2025, 3, 2), date(2025, 3, 2), remark="booked")), ("booked", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_date_is_what_was_said_and_no_more(raw: Value, said: Spoken | None) -> None:
    assert read_spoken(raw) == said


def test_a_month_alone_has_the_year_that_is_given_and_orders_settle_numbers() -> None:
    assert read_spoken("March", year=2026) == Spoken(precision="month", month=3, year=2026)
    assert read_spoken("12/03/2025", {"/4": "dmy"}) == days(date(2025, 3, 12))
    assert read_spoken("12/03/2025", {"/4": "mdy"}) == days(date(2025, 12, 3))
    assert read_spoken("12/03/2025", {"/2": "mdy"}) == Spoken(precision="two", year=2025)


@pytest.mark.parametrize(("text", "without"), [
    ("5.10.", True), ("5/10", True), ("12 March", True), ("March 12", True), ("12 Marsh", False),
    ("5.10.25", False), ("", False),
])  # fmt: skip
def test_a_day_without_a_year(text: str, without: bool) -> None:
    assert is_without_year(text) is without


@pytest.mark.parametrize(
    ("year", "month", "last"), [(2024, 2, 29), (2025, 2, 28), (2025, 12, 31), (2025, 11, 30), (2025, 1, 31)]
)
def test_a_month_from_its_first_to_its_last_day(year: int, month: int, last: int) -> None:
    assert month_days(year, month) == (date(year, month, 1), date(year, month, last))


def test_a_sample_of_the_cells_below_a_header_leaves_blanks_out() -> None:
    rows: list[list[Value]] = [["Code"], [None], [1], [], ["x", 2], *([[n] for n in range(300)])]
    found = below(Grid("S", rows), 1, 1)
    assert found[:3] == [1, "x", 0] and len(found) == 200
    assert below(Grid("S", rows), 1, 2) == [2]


@pytest.mark.parametrize(("cells", "is_it"), [
    ([1, 2, 6], True), (["G1", "Group 3"], True), ([1, 7], False), ([0], False), (["12A"], False), ([], False),
])  # fmt: skip
def test_the_six_groups_of_subjects(cells: Sequence[Value], is_it: bool) -> None:
    assert is_subject_group(cells) is is_it


KNOWN = {
    "workshop": ["workshop"],
    "cost": ["cost"],
    "activity": ["title"],
    "project title": ["title"],
    "hours": ["hours"],
}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Workshop", "workshop"), ("What is the title of your workshop?", "workshop"), ("Cost (USD)", "cost"),
        ("Cost /24", "cost"),
        ("Hours this month", "hours"), ("Activity / project title", "activity"),
        ("Activity or project title", "activity"),
        ("Activity / cost", ""), ("Activity / something", ""), ("Costs", ""), ("", ""), ("Cost (new)", ""),
    ],
)  # fmt: skip
def test_a_header_is_a_known_name_as_a_question_or_with_its_unit(header: str, name: str) -> None:
    assert known_name(header, KNOWN) == name


def test_a_header_is_like_a_name_but_not_with_another_number() -> None:
    title = TRACKERS["cas"].columns["title"]
    column = replace(title, header="Extended essay title", aliases=())
    assert alike("Extended essay title", column) == 1.0 and 0.9 < alike("Extendd essay title", column) < 1
    assert alike("Extended essay title 2", column) == 0.0 and alike("Colour", column) == 0.0
    assert plain_question("Workshop") == "" and plain_question("Which is the workshop?") == "workshop"


def test_a_header_that_few_trackers_have_tells_more() -> None:
    found = weights(TRACKERS)
    assert found["notes"] < found["interview"] <= 1.0
    alone = weights({"cas": TRACKERS["cas"]})
    assert set(alone.values()) == {1.0}
