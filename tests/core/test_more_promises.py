"""More small promises: rows that are equal to the types, formulas of one row, links beside headers, long texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from make import findings, table, tracker
from test_phrases import FRENCH, Words

from addin.core.a1 import letters, number
from addin.core.book import Grid, OwnSheet, Value
from addin.core.checks.due import due_dates
from addin.core.checks.marks import HEADERS, WIDTHS, as_it_was, with_strip
from addin.core.checks.own_rules import register
from addin.core.checks.predicates import pattern
from addin.core.checks.summary import is_asked
from addin.core.language import ENGLISH, Language
from addin.core.privacy import Finder, Private, _days
from addin.core.recognition.import_columns import Placed, with_headless, with_samples
from addin.core.records import replace
from addin.core.sync.agreed import same, same_types
from addin.core.sync.decisions import _deleted, in_language
from addin.core.sync.identity import Rows, agreement, match
from addin.core.sync.merge import plan
from addin.core.sync.misplaced import Misplaced, explain, left_over
from addin.core.sync.model import Conflict, Row
from addin.core.sync.moments import serial_value
from addin.core.sync.side import SideRows, has_cells_beside, is_lone, lone_formulas
from addin.core.tables.dates import read_periods
from addin.core.tables.exact import with_english_choices
from addin.core.tables.layout import Layout
from addin.core.tables.values import read_serial_date
from addin.core.trackers.model import View
from addin.core.trackers.patterns import pattern_problem
from addin.core.trackers.translate import in_its_words
from addin.errors import TrackerProblem


def test_links_beside_the_headers_leave_every_row_where_it_is() -> None:
    sheet = OwnSheet([["Level", "Cell"], ["error", "B2"], ["info", "B3"]], {(2, 2): "CAS!B2"}, [9, 8])
    found = with_strip(sheet, [("Back", "Home"), ("Next", "My CAS")])
    assert found.rows == [["Level", "Cell", "Back", "Next"], ["error", "B2"], ["info", "B3"]]
    assert found.links == {(1, 3): "Home!A1", (1, 4): "'My CAS'!A1", (2, 2): "CAS!B2"}
    assert found.beside == 2 and len(found.widths) == 4 and with_strip(sheet, []) is sheet


@pytest.mark.parametrize(
    ("limit", "most"),
    [(r"a+", 1_000_000), (r"a+a*", 5_000), (r"a+a*a{1,}", 300), (r"a+a*a+a*", 100), (r"(a+)*a*a+a*", 100)],
)
def test_a_text_too_long_for_its_pattern_does_not_fit(limit: str, most: int) -> None:
    assert pattern(["a" * most], limit) == [] and pattern(["a" * (most + 1), None, "b", "aaaa"], limit) == [0, 2]


@pytest.mark.parametrize(
    ("ours", "others", "equal"),
    [
        ([{"a": 1}], [{"a": 1}], True), ([{"a": 1}], [{"a": True}], False), ([{"a": 1}], [{"a": 1.0}], False),
        ([{"a": 1, "b": "x"}], [{"b": "x", "a": 1}], True), ([{"a": 1}, {"b": 1}], [{"a": 1}, {"b": True}], False),
        ([], [], True), ([{}], [{}], False),
    ],
)  # fmt: skip
def test_rows_are_equal_to_the_types(ours: list[dict[str, Value]], others: list[dict[str, Value]], equal: bool) -> None:
    assert same_types(ours, others) is equal
    if ours and ours[0]:
        assert all(map(same, ours, others)) is equal


LOG = tracker('key=["entry"]\n[columns.entry]\n[columns.start]\ntype="date"')


def test_a_pattern_with_a_limit_of_its_own_fits_as_much_as_it_says() -> None:
    assert pattern(["a" * 150, "a" * 200, "a" * 201], r"a{1,200}") == [2]


@pytest.mark.parametrize(
    ("formulas", "lone"),
    [([3], True), ([2, 3], False), ([3, 4], False), ([1, 3], True), ([3, 5], True)],
)
def test_a_formula_of_ones_own_is_of_its_row_where_none_is_right_above_or_below(
    formulas: list[int], lone: bool
) -> None:
    layout = Layout("Log", 1, {"entry": 1, "start": 2}, {"Mine": 3})
    cells = {("Log", row, 3): "A1" for row in formulas}
    side = SideRows(LOG, {"Log": layout}, {}, {}, formulas=cells)
    assert is_lone(side, ("Log", 3, 3)) is lone
    assert lone_formulas(side, "Log", 3) == ([("Log", 3, 3)] if lone else [])
    assert is_lone(side, ("Log", 3, 2))  # in a column of the tracker it is content


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (1, date(1899, 12, 31)), (46000, date(2025, 12, 9)), (46000.5, datetime(2025, 12, 9, 12)), (0, None),
        (0.99, None), (2_958_465, date(9999, 12, 31)), (2_958_466, None),
        (46000 + 0.99999999 / 86_400, datetime(2025, 12, 9, 0, 0, 1)),
        (46000 + 1.2346 / 86_400, datetime(2025, 12, 9, 0, 0, 1, 235_000)),
    ],
)  # fmt: skip
def test_a_day_number_is_a_day_or_a_moment(number: float, value: date | None) -> None:
    found = read_serial_date(number)[0]
    assert found == value and type(found) is type(value)
    assert not isinstance(found, datetime) or found.time() != time()


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ([None, "1", None, "q"], False), ([None, "1", None, None, "x"], True), (["x", "1"], True), ([None, "1"], False),
        ([None, "1", "own", "q"], False), ([], False),
    ],
)  # fmt: skip
def test_cells_left_and_right_of_the_rows_are_seen(line: list[Value], beside: bool) -> None:
    layout = Layout("Log", 1, {"entry": 2}, {"Mine": 3}, 4)
    assert has_cells_beside(Grid("Log", [["Title", "Entry", "Mine", "IBT id", "x"], line]), layout) is beside
    assert not has_cells_beside(Grid("Log", [["Entry"], ["1"]]), Layout("Log", 1, {"entry": 1}))


def test_how_wide_a_table_of_ours_is_without_what_is_beside_its_headers() -> None:
    assert OwnSheet([["a", "b", "c"], ["1"]], {}, [], beside=1).width == 2
    assert OwnSheet([["a", "b"], ["1", "2", "3"]], {}, [], beside=1).width == 3
    assert OwnSheet([["a"], ["1", "2", "3"]], {}, []).width == 3 and OwnSheet([], {}, []).width == 0


@pytest.mark.parametrize(
    ("now", "meant", "left"),
    [
        ({"x": "old"}, {"x": "new"}, {"x": "new"}), ({"x": "new"}, {"x": "new"}, {}), ({"x": "old"}, {"x": "old"}, {}),
        ({"x": "typed"}, {"x": "new"}, {}), ({"x": "old"}, {}, {"x": None}), ({"y": "old"}, {"y": "new"}, {}),
    ],
)  # fmt: skip
def test_what_shines_through_of_an_overwritten_row_is_put_right(
    now: dict[str, Value], meant: dict[str, Value], left: dict[str, Value]
) -> None:
    assert left_over("a", meant, now, [{"x": "old", "y": None}]) == {("a", name): v for name, v in left.items()}


def test_a_moment_is_said_with_its_day_in_the_language() -> None:
    assert FRENCH.show(datetime(2027, 5, 4, 13, 5)) == "4 mai 2027, 13:05"


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        (r"\d+(, \d+)*", True), (r"[MN]\d{2}", True), (r"(?:\d+,\d+)*", True), (r"(a+){1,10}", True),
        (r"(a+){1,11}", False),
        (r"(a+)+", False), (r"(ab|cd)*", False), (r"(\d+\w)*", False), (r"(\d+a)*", False), (r"(.+,)*", False),
        (r"(", False),
        ("a" * 500, True), ("a" * 501, False), (r"a*b*c*d*", True), (r"a*b*c*d*e*", False), (r"(a*|b)c", True),
    ],
)  # fmt: skip
def test_a_pattern_that_could_take_for_ever_is_refused(text: str, fine: bool) -> None:
    assert (pattern_problem(text) == "") is fine


def test_columns_without_a_header_are_named_and_cells_are_shown_as_samples() -> None:
    grid = Grid(
        "S", [["Code", None, "Name"], ["1", "x", "Ito"], ["2", None, "Ito"], ["3", "y", "Bo"], ["4", "z", "Cy"]]
    )
    placed = [Placed("Code", 1, "Code"), Placed("Name", 3, "Name")]
    layout = Layout("S", 1, {"code": 1, "name": 3})
    more = with_headless(placed, grid, layout, [2, 3, 4, 5])
    assert [(one.header, one.number, one.column) for one in more[2:]] == [("column B", 2, "")]
    assert (
        with_headless(placed, grid, layout, [3]) == placed
        and with_headless(placed, grid, Layout("S", 1, {}), [2]) == placed
    )
    long = Grid("S", [["Code"], ["x" * 24], ["y" * 25], ["1"], ["1"]])
    (shown,) = with_samples([Placed("Code", 1, "Code")], long, [2, 3, 4, 5])
    assert shown.samples == ["x" * 24, "y" * 24 + "…", "1"]
    assert [one.samples for one in with_samples(more, grid, [2, 3, 4, 5])] == [
        ["1", "2", "3"],
        ["Ito", "Bo", "Cy"],
        ["x", "y", "z"],
    ]


@pytest.mark.parametrize(
    ("several", "cell", "meant"),
    [
        (False, "Terminé", "Complete"), (False, "Terminé; Prévu", "Terminé; Prévu"), (True, "Terminé", "Complete"),
        (True, "Terminé; Prévu", "Complete; Planned"), (True, "Terminé; x", "Complete; x"), (True, "x", "x"),
    ],
)  # fmt: skip
def test_choices_of_another_language_are_known_alone_and_several(several: bool, cell: str, meant: str) -> None:
    things = tracker('key=["code"]\n[columns.code]\n[columns.state]\none_of=["Complete","Planned"]')
    state = replace(things.columns["state"], local={"Complete": "Terminé", "Planned": "Prévu"}, several=several)
    things = replace(things, columns={**things.columns, "state": state})
    read = with_english_choices(things, table(things, [{"code": "1", "state": cell}]))
    assert read.columns["state"] == [meant]


def test_a_cell_that_is_understood_is_no_finding() -> None:
    things = tracker('key=["code"]\n[columns.code]\n[columns.hours]\ntype="number"')
    assert not findings(things, [{"code": "1", "hours": "1.50"}])
    assert [one.rule for one in findings(things, [{"code": "1", "hours": "1,50"}])] == ["hours-number-as-text"]


@pytest.mark.parametrize(("name", "hidden"), [("Holm", True), ("Ito", False)])
def test_a_name_of_four_letters_is_found_inside_an_address(name: str, hidden: bool) -> None:
    said = Finder(Private(names={name})).blacked(f"a{name.lower()}@x.org")
    assert (name.lower() not in said) is hidden


@pytest.mark.parametrize(
    ("left", "category", "asked"),
    [
        (None, "D", True), (None, " d ", True), (None, "C", False), (None, None, False),
        (date(2026, 11, 21), "D", False), (date(2026, 11, 22), "D", True), ("May", "D", True),
        (datetime(2026, 11, 21, 9), "D", False), (datetime(2026, 11, 22), "C", False),
    ],
)  # fmt: skip
def test_aims_are_asked_of_whom_they_are_for_until_they_leave(left: Value, category: Value, asked: bool) -> None:
    view = View("cas", "CAS", "p.code", "p.code", asked={"p.category": ("D",)}, left="p.left")
    assert is_asked(view, {"p.category": category, "p.left": left}, date(2026, 11, 21)) is asked


@pytest.mark.parametrize(
    ("digits", "days"),
    [
        ("20091403", [date(1403, 9, 20), date(2009, 3, 14)]), ("14032009", [date(1403, 9, 20), date(2009, 3, 14)]),
        ("991231", [date(1999, 12, 31), date(2099, 12, 31)]), ("2009140", []), ("20091332", [date(1332, 9, 20)]),
    ],
)  # fmt: skip
def test_digits_without_a_sign_may_be_a_birth_date(digits: str, days: list[date]) -> None:
    assert sorted(_days(digits)) == days


@pytest.mark.parametrize(
    ("text", "order", "spans"),
    [
        ("3.-5.11.2026", "mdy", [(date(2026, 11, 3), date(2026, 11, 5))]),
        ("3-5/11/2026", "mdy", [(date(2026, 5, 3), date(2026, 5, 11))]),
        ("Mo.-5/6/2026", "mdy", []), ("May 3 - 5/6/2026", "mdy", [(date(2026, 5, 3), date(2026, 5, 6))]),
    ],
)  # fmt: skip
def test_a_dot_after_the_first_day_says_that_the_day_is_first(
    text: str, order: str, spans: list[tuple[date, date]]
) -> None:
    assert [(one.start, one.end) for one in read_periods(text, order)] == spans


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        ({"x": 2}, None, "deleted in the shared sheet, but edited in the workbook since"),
        (None, {"x": 2}, "deleted in the workbook, but edited in the shared sheet since"),
        ({"x": 1}, None, "deleted in the shared sheet, which had not seen an edit since"),
        (None, {"x": 1}, "deleted in the workbook, which had not seen an edit since"),
    ],
)  # fmt: skip
def test_a_conflict_about_a_deleted_row_says_where_it_was_deleted(
    left: Row | None, right: Row | None, says: str
) -> None:
    assert _deleted(Conflict("r", None, {"x": 1}, left, right)).startswith(says)


def test_a_column_that_a_side_has_lost_is_in_the_base_of_a_row_that_both_have_got() -> None:
    base: dict[str, Row] = {"b": {"x": 1, "y": 2}}
    with_y: dict[str, Row] = {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 2}}
    without_y: dict[str, Row] = {"a": {"x": 1}, "b": {"x": 1}}
    for left, right in ((with_y, without_y), (without_y, with_y)):
        found = plan(base, left, right)
        assert found.base == {"a": {"x": 1, "y": None}, "b": {"x": 1, "y": 2}} and not found
    with_z: dict[str, Row] = {"b": {"x": 1, "y": 2, "z": 3}}
    assert plan(base, with_z, base).base == with_z and plan(base, with_z, base).to_right.cells == {("b", "z"): 3}


def test_twins_without_a_key_are_known_by_their_cells() -> None:
    known: dict[str, Row] = {"a": {"x": 1, "y": None}, "b": {"x": 1, "y": ""}, "c": {"x": 2, "y": None}}
    here: list[Row] = [{"x": 1, "y": ""}, {"x": 1, "y": None}, {"x": None, "y": None}]
    assert match([0, 1, 2], ["a", "b", "c"], {}, Rows(here.__getitem__, known, ())) == ({0: "a", 1: "b"}, [])


def test_drop_downs_have_the_words_of_the_workbook() -> None:
    things = tracker('key=["code"]\n[columns.code]\n[columns.state]\ntype="choice"\none_of=["Complete","Planned"]')
    assert in_its_words(things) is things
    state = replace(things.columns["state"], local={"Complete": "Terminé"})
    local = in_its_words(replace(things, columns={"code": things.columns["code"], "state": state}))
    assert local.columns["state"].words["one_of"] == ["Terminé", "Planned"]


def test_columns_have_letters() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert [number(letters(n)) for n in (1, 26, 27, 53, 703, 16_384)] == [1, 26, 27, 53, 703, 16_384] and number(
        "xfd"
    ) == 16_384


@pytest.mark.parametrize(
    ("row", "was", "share"),
    [
        ({"x": 1, "y": None}, {"x": 1, "y": 2}, 0.5), ({"x": 1, "y": 2}, {"x": 1, "y": ""}, 0.5),
        ({"x": 1, "y": ""}, {"x": 1, "y": None}, 1), ({"x": 1}, {"y": 1}, 0), ({"x": ""}, {"x": None}, 0),
        ({"x": 1, "y": 3}, {"x": 1, "y": 3, "z": 4}, 1),
    ],
)  # fmt: skip
def test_rows_agree_in_a_share_of_the_cells_that_one_of_them_has(row: Row, was: Row, share: float) -> None:
    assert agreement(row, was) == share


def test_findings_are_put_back_with_the_links_of_their_cells() -> None:
    order = ["Home", "CAS", "Findings", "Settings"]
    lines: list[list[Value]] = [["error", "CAS", "B2"], ["info", "Gone", "B3"], ["info", "CAS"], []]
    strip: list[Value] = ["Home", "CAS", "Settings", "Findings"]
    sheet = as_it_was(Grid("Findings", [[*HEADERS, *strip], *lines]), order)
    assert {place: to for place, to in sheet.links.items() if place[0] > 1} == {(2, 3): "CAS!B2"}
    assert sheet.rows[1:] == lines and list(sheet.widths[: len(WIDTHS)]) == list(WIDTHS)
    assert not as_it_was(Grid("Findings", [[*HEADERS, *strip[1:]], *lines]), order).links


def test_the_sheet_of_conflicts_is_said_in_the_language_but_for_what_people_typed() -> None:
    sheet = OwnSheet([["Row", "Decision"], ["(whole row)", "mine"], ["(deleted)", 7]], {}, [])
    spoken = Language("fr", "français", Words({"Row": "Ligne", "(whole row)": "(toute la ligne)", "mine": "le mien"}))
    assert in_language(sheet, spoken).rows == [["Ligne", "Decision"], ["(toute la ligne)", "mine"], ["(deleted)", 7]]
    assert in_language(sheet, ENGLISH) is sheet


@pytest.mark.parametrize(
    ("column", "when"),
    [
        ("due", {"done": {"blank": True}}), ("deadline", {"done": {"blank": True}}),
        ("draft_due", {"done": {"blank": True}}),
        ("next_due", None), ("day", None), ("dues", None),
    ],
)  # fmt: skip
def test_a_date_is_a_due_date_by_its_name(column: str, when: Mapping[str, object] | None) -> None:
    things = tracker(f'key=["code"]\n[columns.code]\n[columns.{column}]\ntype="date"\n[columns.done]\ntype="date"')
    assert [(one.column, dict(one.open)) for one in due_dates(things)] == ([(column, when)] if when else [])


@pytest.mark.parametrize(
    ("number", "kind", "seen", "value"),
    [
        (46000, "date", [], date(2025, 12, 9)), (46000, "date", [46000], 46000),
        (46000, "date", [45999], date(2025, 12, 9)),
        (46000, "date", [46000.0], 46000), (46000, "date", [True], date(2025, 12, 9)), (True, "date", [], True),
        ("x", "date", [], "x"), (0.5, "time", [], time(12)), (12, "date", [], 12),
        (12, "date", [date(2025, 1, 1)], date(1900, 1, 11)),
        (0.5, "date", [timedelta(hours=1)], timedelta(hours=12)),
    ],
)  # fmt: skip
def test_a_day_number_is_what_was_seen_in_its_place(number: Value, kind: str, seen: list[Value], value: Value) -> None:
    found = serial_value(number, kind, seen)
    assert found == value and type(found) is type(value)


def test_what_landed_elsewhere_is_counted() -> None:
    found = Misplaced({("a", "x"): 1, ("b", "x"): 2}, [("x", 1)], {"n": "o"}, ["g", "h", "i"], {"u", "v", "w", "q"})
    assert explain(found).startswith("Somebody moved rows just now; 10 things that")
    assert explain(Misplaced(gone=["g"])).startswith("Somebody moved rows just now; 1 thing that")
    assert Misplaced(undeleted={"u"}) and not Misplaced()


@pytest.mark.parametrize(
    "function", [print, lambda rows: [], lambda context, rows: [], lambda rows, context, more: [], 7]
)
def test_a_rule_of_a_school_takes_rows_and_context(function: Any) -> None:
    with pytest.raises(TrackerProblem, match="must take"):
        register("mine", function)
    with pytest.raises(TrackerProblem, match="is not a name"):
        register("Mine", lambda rows, context: [])
