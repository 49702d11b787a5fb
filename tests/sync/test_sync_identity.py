"""Which row is which: a lost, overwritten, copied or re-made id is repaired by what the row holds; a sorted part of a
sheet is a problem, and no row is ever taken for another one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.core.sync import IdProblem, identify
from addin.core.sync.words import id_problem

KNOWN = {
    "b2bbbb": {"name": "Ana", "hours": 1, "mark": "x1"},
    "c3cccc": {"name": "Bo", "hours": 2, "mark": "x2"},
    "d4dddd": {"name": "Chen", "hours": 3, "mark": "x3"},
}
A, B, C = (("b2bbbb", "Ana", 1, "x1"), ("c3cccc", "Bo", 2, "x2"), ("d4dddd", "Chen", 3, "x3"))


def with_id(row, row_id):
    return (row_id, *row[1:])


def looked_at(*rows, known=KNOWN, key=("name",), **more):
    """identify() of rows given as (id, name, hours, mark)."""
    lines = [dict(zip(("name", "hours", "mark"), row[1:], strict=False)) for row in rows]
    return identify([row[0] for row in rows], lines.__getitem__, known, key, **more)


A_, B_, C_ = "b2bbbb", "c3cccc", "d4dddd"
CASES = [
    ("as before", [A, B, C], [A_, B_, C_], []),
    ("sorted as a whole", [C, B, A], [C_, B_, A_], []),
    ("a key corrected", [("b2bbbb", "Anna", 1, "x1"), B, C], [A_, B_, C_], []),
    ("a row deleted", [B, C], [B_, C_], []),
    ("a row copied with its id", [A, B, C, B], [A_, B_, C_, ""], [3]),
    ("a row copied with its id, the original edited", [A, ("c3cccc", "Bo", 9, "x2"), C, B], [A_, "", C_, B_], [1]),
    ("a row copied with its id, the copy made another", [A, B, C, ("c3cccc", "New", 2, "x2")], [A_, B_, C_, ""], [3]),
    ("an id emptied", [with_id(A, None), B, C], [A_, B_, C_], []),
    ("an id emptied, the row edited", [(None, "Ana", 7, "y"), B, C], [A_, B_, C_], []),
    ("an id blanked with a space", [with_id(A, " "), B, C], [A_, B_, C_], []),
    ("an id with a space and capitals", [with_id(A, "B2BBBB "), B, C], [A_, B_, C_], []),
    ("a number as id", [with_id(A, 17), B, C], [A_, B_, C_], []),
    ("yes as id", [with_id(A, True), B, C], [A_, B_, C_], []),
    ("a word as id", [with_id(A, "hello!"), B, C], [A_, B_, C_], []),
    ("an id overwritten with another row's", [A, with_id(B, "b2bbbb"), C], [A_, B_, C_], []),
    ("an id overwritten with that of a deleted row", [with_id(B, "b2bbbb"), C], [B_, C_], []),
    ("a deleted row's key given to another", [("b2bbbb", "Bo", 1, "x1"), C], [A_, C_], []),
    (
        "a copy made another entry, the original without its id",
        [(None, *A[1:]), ("b2bbbb", "New", 1, "x9"), B, C],
        [A_, "", B_, C_],
        [1],
    ),
    (
        "a new row that took the id of another, whose key was typed over",
        [(None, "Anna", 1, "x1"), ("b2bbbb", "New", 7, "x9"), B, C],
        [A_, "", B_, C_],
        [1],
    ),
    (
        "an entry typed over a row, beside a new one",
        [("b2bbbb", "New", 7, "x9"), (None, "More", 8, "x8"), B, C],
        [A_, "", B_, C_],
        [1],
    ),
    (
        "ids exchanged, a row copied with the wrong id and made another entry",
        [with_id(A, "c3cccc"), ("c3cccc", "New", 7, "x2"), with_id(B, "b2bbbb"), C],
        [A_, "", B_, C_],
        [1],
    ),
    (
        "ids exchanged in a ring, a row copied with the wrong id and made another entry",
        [with_id(A, "c3cccc"), ("c3cccc", "New", 7, "x2"), with_id(B, "d4dddd"), with_id(C, "b2bbbb")],
        [A_, "", B_, C_],
        [1],
    ),
    ("an id overwritten with that of a deleted row, the key typed over", [("b2bbbb", "Eva", 2, "x2"), C], [B_, C_], []),
    ("an id re-made", [with_id(A, "z9zzzz"), B, C], [A_, B_, C_], []),
    ("two ids re-made", [with_id(A, "z9zzzz"), with_id(B, "z8zzzz"), C], [A_, B_, C_], []),
    ("all ids lost, another order", [with_id(C, None), with_id(A, None), with_id(B, None)], [C_, A_, B_], []),
    ("an id lost and the key typed over", [(None, "Anna", 1, "x1"), B, C], [A_, B_, C_], []),
    ("an id lost, the row deleted, a new row", [(None, "Eva", 1, "y9"), B, C], ["", B_, C_], [0]),
    ("a new row with an id of its own", [A, B, C, ("z9zzzz", "Eva", 1, "y9")], [A_, B_, C_, "z9zzzz"], []),
    ("new rows without ids", [A, B, C, (None, "Eva", 5, None), ("", "Finn", 6, None)], [A_, B_, C_, "", ""], [3, 4]),
    ("one row made like another", [("b2bbbb", "Bo", 1, "x1"), B, C], [A_, B_, C_], []),
]


@pytest.mark.parametrize(("rows", "ids", "new"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_row_is_recognised_by_what_it_holds(rows, ids, new):
    found = looked_at(*rows)
    assert (found.ids, found.new, found.problems) == (ids, new, [])
    assert found.repaired == [i for i, name in enumerate(ids) if name and name != rows[i][0]]


def test_rows_that_were_sorted_without_their_ids_are_one_problem_until_forced():
    rows = [with_id(B, A_), with_id(A, B_), C]
    found = looked_at(*rows)
    assert found.problems == [IdProblem("moved", (0, 1))]
    forced = looked_at(*rows, force=True)
    assert (forced.ids, forced.problems) == ([B_, A_, C_], [])
    said = id_problem(IdProblem("moved", tuple(range(2, 389)), "Log"), "Kim", "right")
    assert len(said.split(". ")) == 3
    assert "387 rows" in said
    assert "Undo the sort" in said


def test_force_gives_exchanged_ids_back_though_another_rows_key_was_typed_into_one() -> None:
    """Two rows of one class and house have each other's id, and a third one's name was typed into one of them."""
    known = {name: {**row, "class": "12A", "house": "red", "tutor": f"t{name}"} for name, row in KNOWN.items()}
    known[C_] |= {"class": "12B", "house": "blue"}
    lines = [dict(known[B_]), {**known[A_], "name": "Chen"}, dict(known[C_])]
    ids = [A_, B_, C_]
    assert [one.kind for one in identify(ids, lines.__getitem__, known, ("name",)).problems] == ["moved"]
    assert identify(ids, lines.__getitem__, known, ("name",), force=True).ids == [B_, A_, C_]


def test_force_leaves_an_id_beside_its_own_row_though_another_rows_key_was_typed_into_it():
    """Bo's key was typed over with Chen's, Chen's row is deleted, and Ana's id is lost."""
    found = looked_at(with_id(A, None), ("c3cccc", "Chen", 2, "x2"), force=True)
    assert found.ids == [A_, B_]


def test_of_two_rows_with_an_id_of_the_other_side_the_one_like_its_row_there_has_it():
    """Bo was pasted here from another sheet, and then copied over Ana and made another entry."""
    found = looked_at(("c3cccc", "New", 7, "x7"), B, known={C_: KNOWN[C_]}, elsewhere=KNOWN)
    assert found.ids == ["", B_]


def test_without_a_key_a_row_is_recognised_by_all_its_cells():
    assert looked_at(with_id(A, None), B, with_id(C, "z9zzzz"), key=()).ids == [A_, B_, C_]


def test_twins_keep_their_number_and_are_asked_about_when_one_is_gone():
    twins = {"b2bbbb": {"name": "Ana"}, "c3cccc": {"name": "Ana"}}
    assert looked_at((None, "Ana"), (None, "Ana"), known=twins).ids == [A_, B_]
    found = looked_at((None, "Ana"), known=twins)
    assert found.problems == [IdProblem("unclear", (0,))]
    assert "not clear" in id_problem(found.problems[0])


def test_a_row_that_the_other_side_has_is_no_stranger():
    elsewhere = {"z9zzzz": {"name": "Ana", "hours": 1, "mark": "x1"}}
    found = looked_at(with_id(A, "z9zzzz"), B, C, elsewhere=elsewhere)
    assert found.ids == ["z9zzzz", B_, C_]


@given(st.permutations(range(8)), st.integers(0, 8))
@settings(max_examples=200, deadline=None, database=None, derandomize=True)
def test_a_part_of_a_sheet_sorted_without_its_ids_is_always_noticed(order, top):
    """The names of the first rows are put in another order; the ids stay where they were."""
    known = {f"r{i}rrrr": {"name": f"Name {i}"} for i in range(8)}
    order = [*(place for place in order if place < top), *range(top, 8)]
    found = looked_at(*((f"r{i}rrrr", f"Name {place}") for i, place in enumerate(order)), known=known)
    misplaced = tuple(i for i, place in enumerate(order) if i != place)
    assert [problem.rows for problem in found.problems] == ([misplaced] if misplaced else [])


@given(st.permutations(range(8)), st.integers(0, 3))
@settings(max_examples=300, deadline=None, database=None, derandomize=True)
def test_after_a_part_sort_force_gives_rows_with_one_key_or_none_their_ids_too(order, twins):
    """Keys that several rows have, or none has, do not show that they were sorted along; the rest of the row does."""
    names = [None, None, *["Twice"] * twins, *(f"Name {i}" for i in range(6 - twins))]
    known = {f"r{i}rrrr": {"name": name, "hours": i} for i, name in enumerate(names)}
    found = looked_at(*((f"r{i}rrrr", names[place], place) for i, place in enumerate(order)), known=known, force=True)
    shown = any(names[i] != names[place] and names.count(names[place]) == 1 for i, place in enumerate(order))
    assert found.problems == []
    assert not shown or found.ids == [f"r{place}rrrr" for place in order]


@given(st.permutations(range(6)), st.lists(st.sampled_from(["lose", "remake", "overwrite"]), min_size=6, max_size=6))
@settings(max_examples=200, deadline=None, database=None, derandomize=True)
def test_whatever_happens_to_the_ids_alone_every_row_keeps_its_own(order, damage):
    known = {f"r{i}rrrr": {"name": f"Name {i}", "hours": i % 2} for i in range(6)}
    rows, ids = [], []
    for place, what in zip(order, damage, strict=True):
        own = f"r{place}rrrr"
        rows.append(({"lose": None, "remake": f"z{place + 2}zzzz", "overwrite": own}[what], f"Name {place}", place % 2))
        ids.append(own)
    assert looked_at(*rows, known=known).ids == ids


NAMES = [f"{letter}{number}{letter * 4}" for number, letter in zip((2, 3, 4, 5, 6), "bcdfg", strict=True)]
FIVE = {
    row: {"name": f"n{at}", "hours": at, "mark": f"x{at}", "state": None if at == 2 else f"s{at}"}
    for at, row in enumerate(NAMES)
}


def read_with(ids, rows, **more):
    return identify(ids, rows.__getitem__, FIVE, ("name",), **more)


@given(st.permutations(NAMES), st.data())
@settings(max_examples=300, deadline=None)
def test_no_row_is_another_one_when_ids_are_exchanged_and_rows_copied(ids, data):
    rows, ids = [dict(row) for row in FIVE.values()], list(ids)
    for number in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(rows) - 1))
        place = data.draw(st.integers(0, len(rows)))
        other = {"name": f"new{number}", "hours": 70 + number, "mark": f"y{number}", "state": rows[at]["state"]}
        rows.insert(place, other)
        ids.insert(place, ids[at])
    for force in (False, True):
        found = read_with(ids, rows, force=force)
        if not found.problems:
            owners = {rows[index]["name"]: name for index, name in enumerate(found.ids)}
            assert {row["name"]: name for name, row in FIVE.items()}.items() <= owners.items()


@given(st.permutations(NAMES), st.sets(st.integers(0, 4)))
@settings(max_examples=300, deadline=None)
def test_no_row_is_another_one_when_ids_are_exchanged_and_keys_typed_over(ids, typed):
    rows = [{**row, "name": f"t{at}"} if at in typed else row for at, row in enumerate(FIVE.values())]
    found = read_with(ids, rows)
    assert found.problems or found.ids == NAMES
    assert read_with(ids, rows, force=True).ids == NAMES


@given(st.permutations(NAMES), st.lists(st.sampled_from(["n0", "n1", None]), min_size=5, max_size=5))
@settings(max_examples=300, deadline=None)
def test_no_row_is_another_one_when_ids_are_exchanged_and_several_rows_have_one_key(ids, keys):
    known = {name: {**row, "name": key} for (name, row), key in zip(FIVE.items(), keys, strict=True)}
    rows = list(known.values())
    found = identify(ids, rows.__getitem__, known, ("name",))
    assert found.problems or found.ids == NAMES
    assert identify(ids, rows.__getitem__, known, ("name",), force=True).ids == NAMES


@given(st.sets(st.integers(0, 4)), st.sets(st.sampled_from(["hours", "mark", "state"])))
def test_rows_that_were_edited_are_no_problem(typed, columns):
    rows = [
        {**row, "name": f"t{at}", **{c: f"{c}{at}" for c in columns}} if at in typed else row
        for at, row in enumerate(FIVE.values())
    ]
    found = read_with(NAMES, rows)
    assert (found.ids, found.problems) == (NAMES, [])


class Counted(str):
    """An id that counts how often it is compared with another one."""

    __slots__ = ()
    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)  # type: ignore[arg-type]


def test_finding_all_lost_ids_again_takes_no_look_at_each_pair_of_rows() -> None:
    """20,000 rows whose id column was deleted took six seconds."""
    rows = 600
    known = {Counted(f"b{n:05}"): {"code": f"s{n}", "name": f"Name {n}"} for n in range(rows)}
    now = list(known.values())
    Counted.compared = 0
    found = identify([None] * rows, now.__getitem__, known, ["code"])
    assert found.ids == list(known)
    assert Counted.compared < 10 * rows
