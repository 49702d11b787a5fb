"""Rows become a sheet of their own; adopted again, they meet what a person did to that sheet meanwhile."""

from __future__ import annotations

from random import Random

import pytest
from make import tracker

from addin.core.book import Edits, Grid, Value
from addin.core.recognition.new_sheets import Base, SheetPlan, plan_sheet
from addin.core.recognition.reading import Made
from addin.core.tables.layout import find
from addin.core.tables.table import Table, read_table

STOCK = tracker(
    'key = ["code"]\n[columns.code]\n[columns.item]\n[columns.room]\n[columns.lent]\ntype = "yes_no"',
    name="inventory",
    sheet="Stock",
)


def made(item: str, row: int, own: str = "", **values: Value) -> Made:
    """A row of a list that says so much of an item."""
    extra: dict[str, Value] = {"Shelf": own} if own else {}
    return Made("inventory", {"item": item, **values}, ("List", row, 1), extra, identity=("inventory", item))


def sheet_of(edits: Edits) -> list[list[Value]]:
    (sheet,) = edits.sheets.values()
    return sheet.rows


def planned(
    rows: list[Made], lines: list[list[Value]] | None = None, base: Base | None = None
) -> tuple[SheetPlan, Edits]:
    """The plan for these rows, where the sheet holds these lines."""
    edits = Edits()
    return plan_sheet(rows, STOCK, _there(lines) if lines else None, base or {}, ["List"], edits, Random(1)), edits


def _there(lines: list[list[Value]]) -> Table:
    grid = Grid("Stock", lines)
    layout = find(grid, STOCK, {})
    assert layout is not None
    return read_table(STOCK, {"Stock": grid}, [layout])


def test_a_new_sheet_has_the_columns_that_rows_fill_their_own_ones_and_where_they_are_from() -> None:
    rows = [made("Atlas", 2, "S1", lent=True), made("Globe", 3, lent=False, code="INV-002"), made("Ruler", 4, "S2")]
    plan, edits = planned(rows)
    head, *lines = sheet_of(edits)
    assert head[:-2] == ["Code", "Item", "Lent", "Shelf"] and head[-1] == "IBT id"
    assert [line[:-2] for line in lines] == [
        ["INV-001", "Atlas", "Yes", "S1"], ["INV-002", "Globe", "No", None], ["INV-003", "Ruler", None, "S2"],
    ]  # fmt: skip
    assert [line[-2] for line in lines] == ["List!A2", "List!A3", "List!A4"]
    assert (plan.sheet, plan.new, plan.added) == ("Stock", True, 3)
    assert (plan.changed, plan.kept, plan.gone) == (0, 0, 0)
    assert plan.columns == {"Code": "code", "Item": "item", "Lent": "lent"}
    ids = [line[-1] for line in lines]
    assert len(set(ids)) == 3 and [one["id"] for one in plan.base.values()] == ids
    assert plan.base["inventory|Atlas"] | {"id": ""} == {
        "id": "", "code": "INV-001", "item": "Atlas", "lent": "Yes", "\0Shelf": "S1",
    }  # fmt: skip


HEAD: list[Value] = ["Code", "Item", "IBT id"]
LINE: list[Value] = ["INV-001", "Atlas", "aaa"]
BASE: Base = {"inventory|Atlas": {"id": "aaa", "code": "INV-001", "item": "Atlas"}}


def test_what_the_sheet_has_no_column_for_gets_one_right_of_the_last() -> None:
    rows = [made("Atlas", 2, "S1", room="B12"), made("Globe", 3)]
    plan, edits = planned(rows, [HEAD, LINE], BASE)
    assert edits.cells == {
        ("Stock", 1, 4): "Room", ("Stock", 2, 4): "B12", ("Stock", 1, 5): "Shelf", ("Stock", 2, 5): "S1",
    }  # fmt: skip
    ((row,),) = edits.rows.values()
    assert (row[1], row[2], row.keys()) == ("INV-002", "Globe", {1, 2, 3}) and row[3] != "aaa"
    assert (plan.added, plan.changed, plan.kept, plan.gone) == (1, 2, 0, 0)
    assert plan.columns == {"Code": "code", "Item": "item", "Room": "room"}


@pytest.mark.parametrize(
    ("typed", "was", "says", "written", "changed", "kept"),
    [
        ("B12", "B12", "B12", None, 0, 0), ("B12", "B12", "B13", "B13", 1, 0), ("B14", "B12", "B13", None, 0, 1),
        ("b13", "B12", "B13", None, 0, 0), (None, "B12", "B13", "B13", 1, 0), ("B14", "B12", "B12", None, 0, 0),
        ("B14", "B12", None, None, 0, 0),
    ],
)  # fmt: skip
def test_a_cell_that_a_person_changed_stays(
    typed: str | None, was: str, says: str | None, written: str | None, changed: int, kept: int
) -> None:
    base = {"inventory|Atlas": {**BASE["inventory|Atlas"], "room": was}}
    plan, edits = planned([made("Atlas", 2, room=says)], [["Code", "Item", "IBT id", "Room"], [*LINE, typed]], base)
    assert edits.cells == ({("Stock", 2, 4): written} if written else {})
    assert (plan.changed, plan.kept, plan.added) == (changed, kept, 0)


def test_rows_that_a_person_deleted_stay_away_and_rows_whose_source_has_gone_stay() -> None:
    base = {**BASE, "inventory|Globe": {"id": "bbb", "item": "Globe"}}
    plan, edits = planned([made("Globe", 3)], [HEAD, LINE], base)
    assert not edits.cells and not edits.rows and (plan.added, plan.gone) == (0, 1)


@pytest.mark.parametrize(("item", "width"), [("Atlas", 9.0), ("A" * 8, 10.0), ("A" * 42, 44.0), ("A" * 43, 44.0)])
def test_columns_of_a_new_sheet_are_as_wide_as_their_cells(item: str, width: float) -> None:
    _, edits = planned([made(item, 2)])
    (sheet,) = edits.sheets.values()
    assert sheet.widths[:2] == [9.0, width] and len(sheet.widths) == 4
