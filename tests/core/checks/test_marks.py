"""Marks: put on what is wrong, taken off when it is mended, and never anything of a person's."""

from __future__ import annotations

from pathlib import Path

import pytest
from make import tracker

from addin.actions.validate import show
from addin.backends.memory import MemoryBook
from addin.core.book import Edits, Look
from addin.core.checks.marks import FILLS, HEADERS, SHEET, findings_sheet
from addin.core.checks.rules import Finding, check
from addin.core.names import NOTE_START
from addin.core.settings import Settings
from addin.core.tables.layout import find
from addin.core.tables.table import read_table
from addin.workspace.languages import language
from addin.workspace.workbook import Workbook

THINGS = tracker('key=["code"]\n[columns.code]\n[columns.kind]\none_of=["A","B"]\n[columns.n]\ntype="integer"')


def book(*rows: list[object]) -> MemoryBook:
    return MemoryBook({"Things": [["Code", "Kind", "N", "IBT id"], *rows]})  # type: ignore[list-item]


def run(book: MemoryBook) -> bool:
    grids = book.read(book.sheets())
    layout = find(grids["Things"], THINGS)
    assert layout is not None
    tables = {"things": read_table(THINGS, grids, [layout])}
    workbook = Workbook(book, "x", Path(), Settings(), {"things": THINGS}, grids, tables)
    return show(workbook, check({"things": THINGS}, tables, Settings()))


def marked(book: MemoryBook) -> dict[tuple[int, int], str]:
    cells = [("Things", row, column) for row in range(1, 8) for column in range(1, 5)]
    return {(row, column): look.fill for (_, row, column), look in book.looks(cells).items() if look.fill}


def test_a_wrong_cell_gets_a_fill_a_note_and_a_line_and_a_second_run_changes_nothing() -> None:
    b = book(["1", "X", 3, "id1"], ["2", "A", "x", "id2"])
    assert run(b)
    assert marked(b) == {(2, 2): FILLS["error"], (3, 3): FILLS["error"]}
    note = b.looks([("Things", 2, 2)])["Things", 2, 2].note
    assert note is not None
    assert note.startswith(NOTE_START + "“X” is not a choice for Kind.")
    lines = b.read([SHEET])[SHEET].values
    assert lines[0] == list(HEADERS)
    assert [line[2] for line in lines[1:]] == ["B2", "C3"]
    done = b.applied
    assert not run(b)
    assert b.applied == done


def test_a_mended_cell_gets_its_own_fill_back() -> None:
    b = book(["1", "X", 3, "id1"])
    b.apply(Edits(looks={("Things", 2, 2): Look("00FF00")}))
    run(b)
    assert marked(b) == {(2, 2): FILLS["error"]}
    b.apply(Edits(cells={("Things", 2, 2): "A"}))
    run(b)
    assert b.looks([("Things", 2, 2)])["Things", 2, 2] == Look("00FF00", None)
    assert b.read([SHEET])[SHEET].values == [list(HEADERS)]


def test_a_persons_own_note_is_kept_and_none_of_ours_put_over_it() -> None:
    b = book(["1", "X", 3, "id1"])
    b.apply(Edits(looks={("Things", 2, 2): Look("", "ask Ms Ito")}))
    run(b)
    assert b.looks([("Things", 2, 2)])["Things", 2, 2] == Look(FILLS["error"], "ask Ms Ito")
    b.apply(Edits(cells={("Things", 2, 2): "A"}))
    run(b)
    assert b.looks([("Things", 2, 2)])["Things", 2, 2] == Look("", "ask Ms Ito")


def test_a_fill_that_a_person_has_changed_since_is_theirs() -> None:
    b = book(["1", "X", 3, "id1"])
    run(b)
    b.apply(Edits(looks={("Things", 2, 2): Look("123456", b.looks([("Things", 2, 2)])["Things", 2, 2].note)}))
    b.apply(Edits(cells={("Things", 2, 2): "A"}))
    run(b)
    assert b.looks([("Things", 2, 2)])["Things", 2, 2] == Look("123456", None)


@pytest.mark.parametrize("formats_move", [True, False], ids=["as in Excel", "values only"])
def test_after_a_sort_the_mark_is_on_the_row_it_belongs_to(formats_move: bool) -> None:
    b = book(["2", "X", 3, "id1"], ["1", "A", 3, "id2"])
    b.apply(Edits(looks={("Things", 2, 2): Look("00FF00")}))
    run(b)
    rows = b.read(["Things"])["Things"].values
    swapped = {("Things", r, c): rows[4 - r][c - 1] if r == 2 else rows[1][c - 1] for r in (2, 3) for c in (1, 2, 3, 4)}
    b.apply(Edits(cells=dict(swapped)))
    if formats_move:
        look = b.looks([("Things", 2, 2)])["Things", 2, 2]
        b.apply(Edits(looks={("Things", 2, 2): Look(), ("Things", 3, 2): look}))
    run(b)
    assert marked(b)[3, 2] == FILLS["error"]
    assert marked(b).get((2, 2), "") in ("", "00FF00")


def test_rows_without_an_id_get_one_once() -> None:
    b = book(["1", "A", 3], ["2", "B", 4, "id2"])
    run(b)
    ids = [line[3] for line in b.read(["Things"])["Things"].values[1:]]
    assert ids[1] == "id2"
    assert isinstance(ids[0], str) and len(ids[0]) == 6
    assert not run(b)


def test_a_cell_as_long_as_a_cell_can_be_is_listed_in_short() -> None:
    b = book(["1", "x" * 32_767, 3, "id1"])
    assert run(b)
    assert max(len(str(value)) for line in b.read([SHEET])[SHEET].values for value in line) < 2_100


@pytest.mark.parametrize(
    ("code", "value", "rule", "shown"),
    [
        ("en", "2027-03-04", "start-at-least", "2027-03-04"),
        ("fr", "2027-03-04", "start-at-least", "04/03/2027"),
        ("de", "2027-03-04", "start-at-least", "04.03.2027"),
        ("fr", "2027-03-04", "start-date-as-text", "2027-03-04"),
        ("fr", "M27 2027-03-04", "start-at-least", "M27 2027-03-04"),
    ],
)
def test_findings_show_a_day_as_the_workbook_does(code: str, value: str, rule: str, shown: str) -> None:
    """And a day that is written as text as it is written."""
    one = Finding("cas", "CAS", 5, "id1", "Start", "D5", rule, "error", value, "It is early.", "Correct it.")
    assert findings_sheet([one], {}, language(code)).rows[1][4] == shown
