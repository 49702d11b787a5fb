"""The spreadsheet's locale: separators in formulas, day and month in dates, a word where it is not the school's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from google_school import School, google_school
from google_world import fresh

from addin.actions.link import link
from addin.actions.new import new
from addin.core.settings import Settings
from addin.google.client import CarefulClient
from addin.templates.google.locales import differences, has_decimal_comma, in_locale, wanted
from addin.templates.google.seen import seen


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with google_school(tmp_path_factory.mktemp("key")) as school:
        yield school


def client(world: School) -> CarefulClient:
    return CarefulClient(None, world.session)


@pytest.mark.parametrize(
    ("locale", "comma"),
    [
        ("en_US", False),
        ("es_ES", True),
        ("es_MX", False),
        ("pt_BR", True),
        ("de_DE", True),
        ("de_CH", False),
        ("tr_TR", True),
        ("zh_CN", False),
        ("", False),
    ],
)
def test_where_a_comma_is_the_decimal_sign(locale: str, comma: bool) -> None:
    assert has_decimal_comma(locale) is comma


def test_only_separators_and_decimals_change_in_a_formula() -> None:
    formula = '=IF(A1>1.5,"a,b; 2.5",COUNTIF(\'Sheet, 2\'!A:A,"x"))'
    assert in_locale(formula, "es_ES") == '=IF(A1>1,5;"a,b; 2.5";COUNTIF(\'Sheet, 2\'!A:A;"x"))'
    assert in_locale(formula, "en_GB") == formula


@pytest.mark.parametrize("locale", ["es_ES", "de_DE"])
def test_a_spreadsheet_with_a_decimal_comma_is_linked_calculated_and_left_alone_the_second_time(
    world: School, tmp_path: Path, locale: str
) -> None:
    book = tmp_path / "School.xlsx"
    new(str(book))
    world.fresh(CAS=[])
    properties = {"properties": {"locale": locale}, "fields": "locale"}
    world.teacher.change(world.key, {"updateSpreadsheetProperties": properties})
    first = link(str(book), f"gsheet:{world.key}", tracker="cas", client=client(world))
    assert first.changes > 20
    world.teacher.set_cell(world.key, "CAS!B2", "'0001")
    labels = [row[0] if row else "" for row in world.teacher.cells(world.key, "Home!A1:A60")]
    row = labels.index("CAS experiences") + 1
    (counts,) = world.teacher.cells(world.key, f"Home!B{row}:C{row}")
    assert counts[0] == "1"
    assert int(counts[1]) > 0  # calculated, and no #ERROR!
    assert link(str(book), f"gsheet:{world.key}", tracker="cas", client=client(world)).changes == 0


def test_the_emulator_refuses_a_comma_as_google_does() -> None:
    api = fresh()
    api.change({"updateSpreadsheetProperties": {"properties": {"locale": "es_ES"}, "fields": "locale"}}, api_tab(api))

    def condition(formula: str) -> dict[str, Any]:
        values = [{"userEnteredValue": formula}]
        rule = {"condition": {"type": "CUSTOM_FORMULA", "values": values}}
        return {"setDataValidation": {"range": api.box(0, 0, 5, 1), "rule": rule}}

    assert api.refused_change(condition("=AND(A1>0,A1<9)")).startswith("400 ")
    api.change(condition("=AND(A1>0;A1<9)"))
    api.put("A1:A2", [["=MAX(1,5;2)"], ["=MAX(1, 2)"]], typed=True)
    assert api.get("A1:A2") == [[2], ["#ERROR!"]]


def api_tab(api: Any) -> dict[str, Any]:
    """A change that does nothing but name the tab again."""
    return {"updateSheetProperties": {"properties": {"sheetId": api.gid, "title": api.tab}, "fields": "title"}}


@pytest.mark.parametrize(("locale", "day"), [("en_US", date(2026, 12, 3)), ("en_GB", date(2026, 3, 12))])
def test_a_typed_date_is_read_in_the_order_of_the_locale(locale: str, day: date) -> None:
    api = fresh()
    api.change({"updateSpreadsheetProperties": {"properties": {"locale": locale}, "fields": "locale"}})
    api.put("A1", [["12/03/2026"]], typed=True)
    assert api.get("A1") == [[(day - date(1899, 12, 30)).days]]


def test_a_spreadsheet_set_for_another_place_is_said_with_where_to_change_it() -> None:
    school = Settings(school={"locale": "es_ES", "time_zone": "Europe/Madrid"})
    assert wanted(school) == {"locale": "es_ES", "timeZone": "Europe/Madrid"}
    one, two = differences({"locale": "en_US", "timeZone": "America/New_York"}, school)
    assert "12/03/2026 typed there is 3 December" in one
    assert "File > Settings" in one
    assert "America/New_York, your school's Europe/Madrid" in two
    assert differences({"locale": "fr_FR", "timeZone": "Europe/Paris"}, school) == []
    assert differences({}, school) == []


def test_a_locale_or_a_zone_that_is_none_is_no_difference_that_breaks_off() -> None:
    settings = Settings(school={"locale": "en_GB", "time_zone": "Europe/London"})
    assert differences({"timeZone": "text"}, settings) != []


@pytest.mark.parametrize(
    "answer",
    [
        {"properties": {"locale": True}},
        {"properties": []},
        {"sheets": [{"properties": {"title": []}}]},
        {"sheets": [7]},
        {"sheets": [{"properties": {"title": "A"}, "data": [{"rowData": [{"values": [None]}]}]}]},
        {"namedRanges": [{"name": {}}]},
    ],
)
def test_an_answer_of_another_form_is_not_read_as_googles(answer: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        seen(answer)
