"""The import gate: the same key in another writing finds its row and stays; what may be the same is a question."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from make import table, tracker

from addin.core.book import Grid, Value
from addin.core.recognition.import_columns import place_columns
from addin.core.recognition.import_plan import plan_import
from addin.core.recognition.import_result import ImportPlan
from addin.core.recognition.matching import Match
from addin.core.recognition.recognise import Understood
from addin.core.recognition.source import Source
from addin.core.tables.equality import fold_code
from addin.core.tables.layout import Layout
from addin.core.tables.table import read_table

PEOPLE = tracker(
    'key = ["code"]\n[columns.code]\n[columns.name]\n[columns.note]\n[[rules]]\nid = "same"\nunique = ["name"]\n'
    'say = "x"\nfix = "y"\n',
    name="people",
    sheet="People",
)
CODES = ["0012", "10012", "A-7", "O'Neill", "100012345678", "José 1"]


def planned(stored: Sequence[Mapping[str, Value]], lines: Sequence[Sequence[Value]]) -> ImportPlan:
    """What a list with code, name and note changes."""
    held = table(PEOPLE, stored)
    header = list(PEOPLE.columns)
    grid = Grid("list", [["Code", "Name", "Note"], *map(list, lines)])
    found = Understood("list", "people", 1, [Match(name.title(), n, name) for n, name in enumerate(header, 1)])
    width = len(header) + 1
    grids = {"People": Grid("People", [[None] * width] * (len(stored) + 1))}
    return plan_import(
        found,
        Source(grid),
        PEOPLE,
        held,
        grids,
        allowed=lambda _: (),
        keep_ids=True,
        random=Random(1),
        defaults={},
    )


STORED = [{"code": code, "name": f"Name {n}"} for n, code in enumerate(CODES)]


def written_otherwise() -> st.SearchStrategy[tuple[str, str]]:
    """A stored code, and the same in another writing."""

    def change(code: str, steps: Sequence[str]) -> str:
        for step in steps:
            if step == "case":
                code = code.swapcase()
            elif step in ("NFC", "NFD"):
                code = unicodedata.normalize(step, code)
            elif step == "wide":
                code = "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in code)
            elif step == "dash":
                code = code.replace("-", "–").replace("'", "’")
            elif step == "text":
                bare = not {*code} & {*'"＂'} and not code.startswith(("'", "=", "＝"))  # wrapped once, however wide
                code = f'="{code}"' if bare else code
            else:
                code = f"{step}{code}{step}"
        return code

    steps = [
        "case",
        "NFC",
        "NFD",
        "dash",
        "wide",
        " ",
        "\t",
        "\u200b",
        "\ufeff",
        "\u00a0",
        "\u3000",
        "\u200e",
        "\u00ad",
    ]
    changes = st.lists(st.sampled_from([*steps, "\u2060", "\ufe0f", "text"]), max_size=4)
    return st.tuples(st.sampled_from(CODES), changes).map(lambda one: (one[0], change(*one)))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written_otherwise())
def test_the_same_code_in_another_writing_makes_no_row_and_rewrites_no_key(pair: tuple[str, str]) -> None:
    code, given_code = pair
    plan = planned(STORED, [[given_code, None, "seen"]])
    assert fold_code(given_code) == fold_code(code)
    assert not plan.added
    assert not plan.doubts
    assert [(change.header, change.new) for change in plan.changes] == [("Note", "seen")]
    assert [remark.kept for remark in plan.remarks] == ([code] if given_code != code else [])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text(st.characters(exclude_categories=["Cs"])))
def test_no_writing_ever_makes_two_rows_of_what_is_the_same(one: str, other: str) -> None:
    assume(one.strip() and other.strip())
    plan = planned([{"code": one, "name": "A"}], [[other, "B", None]])
    if fold_code(one) == fold_code(other):
        assert not plan.added
        assert all(change.header != "Code" for change in plan.changes)
    elif plan.added:
        assert plan.added == [other.strip()]


@pytest.mark.parametrize(
    ("given_code", "meant"),
    [
        ("12", "0012"),
        ("12.0", "0012"),
        ("10012.0", "10012"),
        ("10012,00", "10012"),
        ("1.00012E+11", "100012345678"),
        ("10,012", "10012"),
        ("1.0012E+04", "10012"),
        ("010012", "10012"),
    ],
)
def test_a_code_that_went_through_a_number_is_a_question(given_code: str, meant: str) -> None:
    plan = planned(STORED, [[given_code, "X", "y"]])
    assert not plan.added
    assert not plan.changes
    assert f"{given_code} may be {meant}" in plan.doubts[0].why


@pytest.mark.parametrize("code", ["4711.0", "4.71100E+11"])
def test_a_new_code_that_a_program_wrote_as_a_number_is_a_question(code: str) -> None:
    plan = planned(STORED, [[code, "X", None]])
    assert not plan.added
    assert "turned into a number" in plan.doubts[0].why


@pytest.mark.parametrize("given_code", ["0012\n", "\n0012", "٠٠١٢", "\t0012\r\n"])
def test_a_line_break_or_other_numerals_never_rewrite_a_key(given_code: str) -> None:
    plan = planned(STORED, [[given_code, None, "seen"]])
    assert (plan.added, plan.doubts) == ([], [])
    assert [(change.header, change.new) for change in plan.changes] == [("Note", "seen")]


@pytest.mark.parametrize("given_code", ["#0012", "OO12", '"0012"', "No. 0012"])
def test_what_may_be_a_code_in_another_writing_is_a_question(given_code: str) -> None:
    plan = planned(STORED, [[given_code, "X", "y"]])
    assert not plan.added
    assert plan.doubts[0].why == f"{given_code} may be 0012 in another writing."


@pytest.mark.parametrize(("code", "why"), [(True, "which is no code"), (12345678901234567890, "lost its last digits")])
def test_what_a_spreadsheet_made_of_a_code_is_no_new_code(code: Value, why: str) -> None:
    plan = planned(STORED, [[code, "X", None], ["0013", "Y", None]])
    assert plan.added == ["0013"]
    assert why in plan.doubts[0].why


def test_a_second_table_beside_the_list_is_said() -> None:
    grid = Grid("list", [["Code", "Name", None, "Code", "Name"], ["0013", "A", None, "0014", "B"]])
    found = Understood("list", "people", 1, [Match("Code", 1, "code"), Match("Name", 2, "name")])
    plan = plan_import(
        found,
        Source(grid),
        PEOPLE,
        table(PEOPLE, STORED),
        {"People": Grid("People", [[None] * 4] * 7)},
        allowed=lambda _: (),
        keep_ids=True,
        random=Random(1),
        defaults={},
    )
    assert plan.added == ["0013"]
    assert plan.doubts[0].why.startswith("Code is also in column D: the table there was not read.")


@pytest.mark.parametrize("code", ["0013", "A7", "O Neill", "10012.5", "1e5", "12.34.56", "?", "✓", "-"])
def test_another_code_is_a_new_row(code: str) -> None:
    assert planned(STORED, [[code, "X", None]]).added == [code]


def test_two_writings_of_one_code_in_the_list_are_not_both_taken() -> None:
    plan = planned([], [["0012", "A", None], ["0012\u200b", "B", None], ["0013", "C", None]])
    assert plan.added == ["0013"]
    assert [doubt.row for doubt in plan.doubts] == [2, 3]


def test_codes_that_the_tracker_itself_tells_apart_find_their_own_rows() -> None:
    plan = planned([{"code": "ab", "name": "A"}, {"code": "AB", "name": "B"}], [["ab", "A", "one"], ["AB", "B", "two"]])
    assert [(change.cell, change.new) for change in plan.changes] == [("C2", "one"), ("C3", "two")]
    assert not plan.doubts


def test_a_name_in_another_writing_stays_and_a_corrected_one_is_taken() -> None:
    plan = planned(
        [{"code": "1", "name": "O'Neill"}, {"code": "2", "name": "Diaz"}],
        [["1", "O’NEILL ", None], ["2", "Díaz", None]],
    )
    assert [change.new for change in plan.changes] == ["Díaz"]
    assert [remark.kept for remark in plan.remarks] == ["O'Neill"]


def test_every_row_of_the_source_is_accounted_for() -> None:
    lines = [["0012", "Name 0", None], ["12", "X", None], ["new", "Y", None], [], ["Page 1 of 1"], [None, "Z", "z"]]
    plan = planned(STORED, lines)
    assert plan.rows == 4
    assert plan.unchanged + plan.changed_rows + len(plan.added) + len(plan.doubts) == plan.rows
    assert [one.row for one in plan.left_out] == [6]


@pytest.mark.parametrize(
    ("line", "changed", "kept"),
    [
        (["0012", "NAME 0", None], [], ["capital letters"]),  # a name identifies, too
        (["0012", None, "seen"], ["Note"], []),
        (["0012", None, "SEEN BY ANA"], ["Note"], []),
        (["0012", None, "Seen  by Ana"], [], ["blanks"]),
        (["0012", None, "Seen\nby Ana"], ["Note"], []),
        (["0012", None, "Seen by Ana"], [], []),
        (["0012", "Name 1", None], ["Name"], []),
    ],
)
def test_another_writing_stays_and_capital_letters_count_in_a_note(
    line: list[Value], changed: list[str], kept: list[str]
) -> None:
    plan = planned([{"code": "0012", "name": "Name 0", "note": "Seen by Ana"}], [line])
    assert [one.header for one in plan.changes] == changed and not plan.added
    assert [len(plan.remarks)] == [len(kept)]
    assert plan.changed_rows == bool(changed) and plan.unchanged == (not changed)


def test_columns_that_the_target_lacks_or_calculates_are_placed_nowhere() -> None:
    things = tracker(
        'key = ["code"]\n[columns.code]\n[columns.name]\n[columns.class]\nlook_up = "candidates.class"\nby = "code"\n'
        "[columns.room]",
        name="things",
        sheet="Things",
    )
    grid = Grid("Things", [["Code", "Name", "Class"], ["1", "x", None]])
    held = read_table(things, {"Things": grid}, [Layout("Things", 1, {"code": 1, "name": 2, "class": 3}, {})])
    head: list[Value] = ["Code", "Name", "Class", "Room", "Mine"]
    matches = [Match(str(h), n, str(h).casefold()) for n, h in enumerate(head[:4], 1)]
    found = place_columns(Understood("list", "things", 1, matches), Grid("list", [head, ["1"]]), things, held)
    assert dict(found.layout.columns) == {"code": 1, "name": 2} and found.own == {}
    assert [(one.header, one.column) for one in found.placed] == [
        ("Code", "Code"), ("Name", "Name"), ("Room", ""), ("Mine", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "unread", "changed"), [("3", [], 1), ("1,5", [], 1), ("x", ["Hours: "], 1), (None, [], 0)]
)
def test_a_cell_that_cannot_be_read_is_listed_with_its_header(
    hours: str | None, unread: list[str], changed: int
) -> None:
    log = tracker('key = ["code"]\n[columns.code]\n[columns.hours]\ntype = "number"', name="log", sheet="Log")
    found = Understood("list", "log", 1, [Match("Code", 1, "code"), Match("Hours", 2, "hours")])
    plan = plan_import(
        found,
        Source(Grid("list", [["Code", "Hours"], ["1", hours]])),
        log,
        table(log, [{"code": "1"}]),
        {"Log": Grid("Log", [["Code", "Hours", "IBT id"], ["1", None, "r00000"]])},
        allowed=lambda _: (),
        keep_ids=True,
        random=Random(1),
        defaults={},
    )
    assert [one.why[:7] for one in plan.unread] == unread and len(plan.changes) == changed
