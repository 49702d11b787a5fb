"""Amounts as people write them, at the edge; and a comparison as a sheet."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from addin.core.book import Value
from addin.core.recognition.amounts import Amount, read_category, read_hours, read_money, read_quantity
from addin.core.recognition.compare import Difference, differences_sheet
from addin.core.recognition.subject_names import SubjectNames
from addin.workspace.settings import load_lists


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        (0, Amount(0)), (-1, None), (1.5, Amount(1.5)), (timedelta(hours=1, minutes=20), Amount(1.33)),
        (time(2, 45), Amount(2.75)), ("-", Amount(0)), ("2h30", Amount(2.5)), ("90 min", Amount(1.5)),
        ("ca. 3", Amount(3, True)), ("3+", Amount(3, True)), ("3,5 h", Amount(3.5)), ("soon", None), (None, None),
        (True, None),
    ],
)  # fmt: skip
def test_hours(value: Value, hours: Amount | None) -> None:
    assert read_hours(value) == hours


@pytest.mark.parametrize(
    ("value", "quantity"),
    [
        (60, Amount(60)), ("60", Amount(60)), ("1,200", Amount(1200)), ("1'200'000", Amount(1_200_000)),
        ("12,00", None), ("c. 10", Amount(10, True)), ("c. 1,200", Amount(1200, True)),
        ("1 box", Amount(1, False, "box")),
        ("3 (new)", Amount(3, False, "new")), ("10+", Amount(10, True)), ("1" * 12, Amount(int("1" * 12))),
        ("1" * 13, None), ("box", None), (None, None),
    ],
)  # fmt: skip
def test_quantities(value: Value, quantity: Amount | None) -> None:
    assert read_quantity(value) == quantity


@pytest.mark.parametrize(
    ("value", "money"),
    [
        (720, Amount(720)), ("€ 720", Amount(720, False, "EUR")), ("$850.50", Amount(850.5, False, "$")),
        ("CHF 1'200.-", Amount(1200, False, "CHF")), ("1.200 eur", Amount(1200, False, "EUR")),
        ("1,200.50 gbp", Amount(1200.5, False, "GBP")), ("free", Amount(0)), ("much", None), (None, None),
    ],
)  # fmt: skip
def test_money(value: Value, money: Amount | None) -> None:
    assert read_money(value) == money


@pytest.mark.parametrize(
    ("value", "category"),
    [(1, 1), (3, 3), (4, None), (0, None), ("III", 3), ("Cat 2", 2), ("category 3", 3), ("iiii", None), (None, None)],
)
def test_categories(value: Value, category: int | None) -> None:
    assert read_category(value) == category


def test_differences_are_a_sheet_with_a_link_to_each_cell() -> None:
    cell = Difference("CAS", "My sheet", "C7", "000417", "Hours", 2, None, "only in the workbook")
    row = Difference("CAS", "", "", "000431", "", None, None, "row is only in the list")
    sheet = differences_sheet([cell, row])
    assert [line[1] for line in sheet.rows] == ["Row", "My sheet!C7", None]
    assert sheet.rows[1][4:6] == ["2", None] and sheet.rows[2][3] is None
    assert sheet.links == {(2, 2): "'My sheet'!C7"}


NAMES = SubjectNames(load_lists())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ChemHL", ["Chemistry"]), ("x", None), (7, None), ("Biology HL", ["Biology"]), ("b" * 71, None),
        ("Nothing that is taught", None),
    ],
)  # fmt: skip
def test_a_subject_is_known_with_its_level(text: object, names: list[str] | None) -> None:
    found = NAMES.read(text)
    assert (list(found.names) if found else None) == names
    if found:
        assert found.level == "HL"


def test_a_subject_may_have_a_comma_in_its_name() -> None:
    assert NAMES._comma_separated(["Biology HL", "Chemistry SL"]) == ["Biology HL", "Chemistry SL"]
    assert NAMES._comma_separated(["English A", "Lang and Lit HL", "Physics"]) == [
        "English A, Lang and Lit HL",
        "Physics",
    ]
