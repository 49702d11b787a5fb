"""Marks in cells, headers of forms and of two rows, titles, and what a person is told is unclear."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from addin.core.book import Area, Grid, Value
from addin.core.recognition.columns import roles
from addin.core.recognition.grids import _unclear
from addin.core.recognition.header_rows import _is_form, _score, header_block
from addin.core.recognition.header_words import Words
from addin.core.recognition.new_sheets import notes_sheet
from addin.core.recognition.people import People
from addin.core.recognition.reading import Listed
from addin.core.recognition.regions import regions
from addin.core.recognition.roles import Role, is_mark, no_mark, taken_mark
from addin.core.recognition.subject_names import SubjectNames
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

WORDS = Words(load_all(), SubjectNames(load_lists()))


@pytest.mark.parametrize(
    ("value", "mark", "yes", "no"),
    [
        (True, True, True, False), (False, True, False, True), (1, True, True, False), (0, True, False, True),
        (2, False, False, False), ("x", True, True, False), ("✓", True, True, False), ("-", True, False, True),
        ("n/a", True, False, True), ("HL", True, False, False), ("hl - late", True, False, False),
        ("?", True, False, False),
        ("???", False, False, False), ("Choir", False, False, False),
    ],
)  # fmt: skip
def test_a_cell_says_yes_no_or_a_level(value: Value, mark: bool, yes: bool, no: bool) -> None:
    assert (is_mark(value), taken_mark(value), no_mark(value)) == (mark, yes, no)


@pytest.mark.parametrize(
    ("level", "raw", "says"),
    [
        ("", "maybe", "Biology: neither HL nor SL"), ("", "x", "Biology: taken, but HL or SL is missing"),
        ("", "HL?", "Biology: not certain whether HL or SL"),
        ("HL", "maybe", "Biology HL: not clear whether it is taken"),
    ],
)  # fmt: skip
def test_what_is_unclear_about_a_subject(level: str, raw: str, says: str) -> None:
    assert str(_unclear(Role("subject", subjects=("Biology",), level=level), "Biology", raw)) == says


class Known:
    """Fields are words in capitals, topics words with a capital."""

    def __call__(self, value: object) -> str:
        text = str(value)
        return "field" if text.isupper() else "topic" if text.istitle() else ""

    def is_field(self, value: str) -> bool:
        return value.isupper()


@pytest.mark.parametrize(
    ("cells", "score"),
    [
        (["NAME", "CODE"], 2), (["NAME", "Biology", "History"], 3), (["NAME", "Biology"], 0),
        (["Biology", "History"], 0),
        (["NAME"], 0), (["NAME", "CODE", "a"], 2), (["NAME", "CODE", "a", "b"], 0),
        (["NAME", "CODE", "a", "b", "c"], 0),
        (["NAME:", "CODE"], 0), (["NAME", "CODE", "DAY", "KIND", 1, 2, 3, 4], 4), (["NAME", "CODE", 1, 2, 3], 0),
        (["NAME", "ito", "CODE", "12"], 0), ([], 0),
    ],
)  # fmt: skip
def test_headers_are_counted(cells: list[Value], score: int) -> None:
    assert _score(dict(enumerate(cells)), Known()) == score


@pytest.mark.parametrize(
    ("kinds", "values", "form"),
    [
        (["field", "", "field", ""], ["NAME", "ito", "CODE", "12"], True),
        (["field", "topic", "field", ""], ["NAME", "A1", "CODE", "12"], True),
        (["field", "topic", "field", ""], ["NAME", "Biology", "CODE", "12"], False),
        (["field", "field", "field", ""], ["NAME", "CLASS", "CODE", "12"], False),
        (["field", "", "", ""], ["NAME", "ito", "x", "12"], False), (["field", ""], ["NAME", "ito"], False),
        (["field", "", "field"], ["NAME", "ito", "CODE"], False),
    ],
)  # fmt: skip
def test_a_form_has_labels_and_answers_in_turn(kinds: list[str], values: list[Value], form: bool) -> None:
    assert _is_form(values, kinds) is form


@pytest.mark.parametrize(
    ("second", "third", "block"),
    [
        ([None, "Date", "Notes"], ["Ito", "1 May", "fine"], (1, 2)),
        (["x", "Date", "Notes"], ["Ito", "1 May", "fine"], (1, 1)),
        ([None, "Date", "Notes"], [None, "1 May", "fine"], (1, 1)),
        ([None, 3, "Notes"], ["Ito", "1 May", "fine"], (1, 1)),
        ([None, "Date", "x" * 26], ["Ito", "1 May", "fine"], (1, 1)), ([None, "HL", "SL"], [None, "x", None], (1, 2)),
    ],
)  # fmt: skip
def test_short_texts_under_a_merged_heading_are_a_second_row_of_headers(
    second: list[Value], third: list[Value], block: tuple[int, int]
) -> None:
    grid = Grid("S", [["Name", "1st interview", None], second, third], merged=[Area(1, 2, 1, 3, "")])
    assert header_block(grid, 1, 3, 1) == block


def kinds_of(*lines: list[Value]) -> Mapping[int, str]:
    grid = Grid("S", [*lines])
    (region,) = regions(grid, WORDS)
    return {number: role.kind for number, role in roles(region, grid, WORDS).items()}


@pytest.mark.parametrize(
    ("numbers", "counts"),
    [
        ([1, 2, 3], True),
        ([1, 2, 1], True),
        ([0, 1, 2], True),
        ([2, 3, 4], False),
        ([3, 2, 1], False),
        (["1.", "2.", "3."], True),
    ],
)
def test_a_column_that_counts_the_rows_is_no_content(numbers: list[Value], counts: bool) -> None:
    names = ("Ito", "Diaz", "Berg")
    lines: list[list[Value]] = [[n, name, "Aya", 3] for n, name in zip(numbers, names, strict=True)]
    assert (kinds_of(["No", "Last name", "First names", "September"], *lines)[1] == "numbering") is counts


def test_the_titles_of_a_table_are_the_lines_above_its_headers() -> None:
    rows: list[list[Value]] = [["CAS log"], [None, "Class 12A"], [], ["Code", "Last name", "First names"]]
    (region,) = regions(Grid("S", [*rows, ["000123", "Ito", "Aya"], ["000124", "Diaz", "Eva"]]), WORDS)
    assert region.titles == [(1, 1, "CAS log"), (2, 2, "Class 12A")]
    assert (region.header_row, region.rows) == (4, [5, 6])


def test_what_was_not_understood_is_a_sheet_with_links() -> None:
    sheet = notes_sheet([Listed("My CAS", 7, 3, "ill", "not a number of hours"), Listed("CAS", 2, 1, "x", "?", True)])
    assert [line[:3] for line in sheet.rows[1:]] == [["My CAS", "C7", "ill"], ["CAS", "A2", "x"]]
    assert [line[4] for line in sheet.rows[1:]] == ["No", "Yes"]
    assert sheet.links == {(2, 2): "'My CAS'!C7", (3, 2): "CAS!A2"}


def test_an_initial_finds_only_who_it_may_be() -> None:
    people = People()
    aya = people.add({"last_name": "Ito", "first_names": "Aya", "code": "0012"})
    assert people.find({"last_name": "Ito", "first_names": "A."}) == [aya]
    assert people.find({"last_name": "Ito", "first_names": "B."}) == []
    assert people.find({"last_name": "Ito", "first_names": "A.", "code": "0013"}) == []
    assert people.find({"last_name": "Ito"}) == [aya] and people.find({"last_name": "Ito", "code": "0013"}) == []
