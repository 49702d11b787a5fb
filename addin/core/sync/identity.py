"""Which row is which: ids that are double, lost, strange or on the wrong row are reported, never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from addin.core.book import Value
from addin.core.tables.row_ids import new_ids

__all__ = ["IdProblem", "Identity", "Print", "identity", "new_ids"]

Print = tuple[Value, ...]
"""A row's fingerprint: the values of the columns that make it the same row to a person."""


@dataclass(frozen=True, slots=True)
class IdProblem:
    """Something wrong with the id of these rows (`rows` are row numbers as people count).

    `double`: one id on several rows, as after copying a row. `strange`: not an id that was given here.
    `lost`: the row has no id, but it is the row that had `id`. `moved`: the id now stands beside the values of the row
    that had the id `other`, as after sorting a part of the sheet.
    """

    kind: Literal["double", "strange", "lost", "moved"]
    id: str
    rows: tuple[int, ...]
    other: str = ""


@dataclass(slots=True)
class Identity:
    """What `identity` found: rows that need a new id, and problems that must be mended first."""

    new: list[int] = field(default_factory=list)
    problems: list[IdProblem] = field(default_factory=list)


def identity(
    rows: Sequence[tuple[int, Value]],
    prints: Mapping[int, Print] | None = None,
    known: Mapping[str, Print] | None = None,
) -> Identity:
    """Look at the ids of a sheet: `rows` is (row number, id cell), `prints` the fingerprint of each row number now,
    `known` the fingerprint of each id in the base."""
    found, (prints, known) = Identity(), (prints or {}, known or {})
    numbers: dict[str, list[int]] = {}
    blank: list[int] = []
    for number, cell in rows:
        if cell is None or (type(cell) is str and not cell.strip()):
            blank.append(number)
        elif type(cell) is str and cell == cell.strip():
            numbers.setdefault(cell, []).append(number)
        else:
            found.problems.append(IdProblem("strange", str(cell), (number,)))
    found.problems += [IdProblem("double", name, tuple(at)) for name, at in numbers.items() if len(at) > 1]
    found.problems += moved(numbers, prints, known)
    lost = owners({name: print_ for name, print_ in known.items() if name not in numbers})
    for number in blank:
        name = lost.pop(prints[number], "") if number in prints else ""
        if name:
            found.problems.append(IdProblem("lost", name, (number,)))
        else:
            found.new.append(number)
    return found


def moved(numbers: Mapping[str, list[int]], prints: Mapping[int, Print], known: Mapping[str, Print]) -> list[IdProblem]:
    """The ids that stand beside another row's values, while that other id no longer does.

    One row edited to look like another is no such case: the other one then still stands beside its own values.
    """
    now = {name: prints[at[0]] for name, at in numbers.items() if at[0] in prints and name in known}
    whose, found = owners(known), []
    for name, print_ in now.items():
        other = whose.get(print_, "")
        if other and known[name] != print_ and now.get(other) != print_:
            found.append(IdProblem("moved", name, tuple(numbers[name]), other))
    return found


def owners(known: Mapping[str, Print]) -> dict[Print, str]:
    """Fingerprint -> id; "" where several rows look alike, which proves nothing, and none for blank rows."""
    whose: dict[Print, str] = {}
    for name, print_ in known.items():
        if any(value is not None for value in print_):
            whose[print_] = "" if print_ in whose else name
    return whose
