"""Records do what dataclasses do, as far as the product needs it."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from addin.core.records import as_dict, field, field_names, frozen, record, replace


@record
class Shelf:
    """A shelf."""

    name: str
    items: list[str] = field(default_factory=list)
    high: int = 3

    @property
    def full(self) -> bool:
        return len(self.items) >= self.high


@frozen
class Place:
    row: int
    column: int = 1


def test_fields_are_given_by_place_or_name_and_have_defaults_of_their_own() -> None:
    one, other = Shelf("a"), Shelf(name="b", high=1)
    one.items.append("x")
    assert (one.items, other.items, one.full, other.high) == (["x"], [], False, 1)
    assert field_names(Shelf) == ("name", "items", "high")
    assert as_dict(other) == {"name": "b", "items": [], "high": 1}
    assert repr(other) == "Shelf(name='b', items=[], high=1)"
    assert Shelf.__doc__ == "A shelf."


def test_equal_by_value_and_never_to_another_kind() -> None:
    assert Shelf("a") == Shelf("a") and Shelf("a") != Shelf("b")
    assert Place(1, 1) != (1, 1)
    assert copy.deepcopy(Shelf("a", ["x"])) == Shelf("a", ["x"]) == pickle.loads(pickle.dumps(Shelf("a", ["x"])))


@pytest.mark.parametrize("given", [{}, {"name": "a", "colour": "red"}])
def test_a_missing_or_unknown_field_is_named(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="name is missing" if not given else "colour"):
        Shelf(**given)
    with pytest.raises(TypeError, match="Shelf has the fields"):
        Shelf("a", [], 3, 4)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Shelf("a").colour = "red"  # type: ignore[attr-defined]


def test_what_is_frozen_stays_and_may_be_a_key() -> None:
    assert {Place(1): "x"}[Place(1)] == "x"
    with pytest.raises(AttributeError, match="Place does not change: row stays 1"):
        Place(1).row = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        hash(Shelf("a"))
    assert copy.deepcopy(Place(1)) == Place(1) == pickle.loads(pickle.dumps(Place(1)))
    moved = replace(Place(1, 2), row=3)
    assert (moved, replace(Shelf("a"), name="b").name) == (Place(3, 2), "b")
