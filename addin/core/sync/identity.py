"""Which row is which: a row is recognised by its id, and where the id is damaged by what the row holds.

    id in the sheet                       what the row is
    ────────────────────────────────────  ───────────────────────────────────────────────────────────────────────
    known, once                           that row
    known, on several rows                that row where the key (else most cells) agrees; the others are copies: new
    known, beside another row, while its  that row without an id; the other one is new
    own row is there without an id
    blank, foreign, unknown               the missing row with the same unique key; else the one with all the same
                                          cells; else the only one that is nearly the same; else a new row
    known, beside another row's key       part of the sheet was sorted: a problem, nothing is guessed

A vanished id whose row is still there is therefore a damaged id and is put back, never a deletion and a new row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal

from addin.core.book import Value
from addin.core.sync.model import Row
from addin.core.tables.row_ids import is_id, new_ids

__all__ = ["IdProblem", "Identity", "Print", "identify", "new_ids"]

Print = tuple[Value, ...]
"""The values that make a row the same row to a person."""
NEARLY = 0.6
"""Share of the filled cells that must agree before a row is recognised without its key."""
HALF = 0.5
"""Share of the filled cells below which a row whose key was typed over may be another one."""
MOST_PAIRS = 200_000
"""So many pairs of rows are compared cell by cell; beyond that nothing is guessed."""


@dataclass(frozen=True, slots=True)
class IdProblem:
    """Ids that a person must look at; `rows` are row numbers as people count.

    `moved`: these ids are beside the values of other rows, as after sorting a part of the sheet. `unclear`: these rows
    have lost their ids and look like more than one missing row.
    """

    kind: Literal["moved", "unclear"]
    rows: tuple[int, ...]
    sheet: str = ""


@dataclass(slots=True)
class Identity:
    """For each row its id ("" for a new row); the indexes whose id cell must be written; and what is not clear."""

    ids: list[str] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    problems: list[IdProblem] = field(default_factory=list)


@dataclass(slots=True)
class Rows:
    """The rows of a sheet and the rows that are known, as prints of the key and of all cells."""

    row: Callable[[int], Row]
    known: Mapping[str, Row]
    key: Sequence[str]

    def key_of(self, row: Row) -> Print | None:
        """The key's values; None where the key is blank."""
        print_ = tuple(plain(row.get(name)) for name in self.key)
        return print_ if any(value is not None for value in print_) else None

    def agrees(self, index: int, name: str, elsewhere: Mapping[str, Row] | None) -> bool:
        """Whether the other side has a row with this id and this key: then the id is right."""
        there = elsewhere.get(name) if elsewhere else None
        return there is not None and self.key_of(self.row(index)) == self.key_of(there)


def identify(
    cells: Sequence[Value],
    row: Callable[[int], Row],
    known: Mapping[str, Row],
    key: Sequence[str] = (),
    *,
    elsewhere: Mapping[str, Row] | None = None,
    force: bool = False,
) -> Identity:
    """Recognise the rows of a sheet: `cells` are its id cells, `row(index)` gives a row's values, `known` the rows of
    the last sync, `elsewhere` those of the other side now. With `force` ids beside the values of other rows are put
    back to their own."""
    rows = Rows(row, known, key)
    claims, lost = read_ids(cells, known)
    owners: dict[str, int] = {}
    for name, indexes in claims.items():
        was = known.get(name) or (elsewhere or {}).get(name)
        owner = indexes[0] if len(indexes) == 1 else most_alike(indexes, was, rows)
        owners[name] = owner
        lost += [index for index in indexes if index != owner]
    found = Identity([""] * len(cells))
    while (rest := reclaim(owners, lost, rows)) != lost:  # a row that has lost its id to its owner may own another
        lost = rest
    moved, foreign = misplaced_ids(owners, rows, bool(lost))
    lost += [owners.pop(name) for name in foreign]
    doubtful = {name: owners.pop(name) for name in doubtful_ids(owners, rows)} if moved and force else {}
    lost += doubtful.values()
    if moved and not force:
        found.problems.append(IdProblem("moved", tuple(sorted(owners[name] for name in moved))))
    unknown = [(name, index) for name, index in owners.items() if name not in known]
    strangers = [index for name, index in unknown if not rows.agrees(index, name, elsewhere)]
    missing = [name for name in known if name not in owners]
    matched, unclear = match(sorted({*lost, *strangers}), missing, owners, rows)
    for name, index in doubtful.items():
        if index not in matched and name not in matched.values():
            owners[name] = index  # nothing speaks for another row: it is this one, edited
            lost.remove(index)
    if unclear and not force:
        found.problems.append(IdProblem("unclear", tuple(sorted(set(unclear)))))
    for name, index in owners.items():
        found.ids[index] = name
    for index, name in matched.items():
        found.ids[index] = name
    found.new = [index for index in sorted(set(lost)) if index not in matched]
    for index in found.new:
        found.ids[index] = ""
    found.repaired = [index for index, name in enumerate(found.ids) if name and name != cells[index]]
    return found


def read_ids(cells: Sequence[Value], known: Collection[str]) -> tuple[dict[str, list[int]], list[int]]:
    """The ids as they are claimed (id -> indexes), and the rows whose id cell holds none."""
    claims: dict[str, list[int]] = {}
    lost: list[int] = []
    for index, cell in enumerate(cells):
        name = cell if type(cell) is str else ""
        if name not in known and not is_id(name):
            name = name.strip().casefold()
            if name not in known and not is_id(name):
                lost.append(index)
                continue
        claims.setdefault(name, []).append(index)
    return claims, lost


def most_alike(indexes: Sequence[int], was: Row | None, rows: Rows) -> int:
    """Which of several rows with one id is the original: the key decides, then the number of equal cells."""
    if was is None:
        return indexes[0]
    key = rows.key_of(was)
    return max(indexes, key=lambda i: (rows.key_of(rows.row(i)) == key, agreement(rows.row(i), was), -i))


def reclaim(owners: dict[str, int], lost: list[int], rows: Rows) -> list[int]:
    """Give an id back to a row that has lost it, where another row has it (a copy, made another entry): the row with
    the key of that id, and with more of its cells. The rows that are without an id then."""
    strangers = {index: name for name, index in owners.items() if name not in rows.known}
    keys = {rows.key_of(rows.row(index)): index for index in [*lost, *strangers]} if rows.key else {}
    if not keys:
        return lost
    without = list(lost)
    for name, index in list(owners.items()):
        was = rows.known.get(name)
        print_ = rows.key_of(was) if was is not None else None
        other = keys.get(print_) if print_ is not None else None
        if was is None or other is None or rows.key_of(rows.row(index)) == print_:
            continue
        if agreement(rows.row(other), was) > agreement(rows.row(index), was):
            owners[name] = other
            without.append(index)
            if other in strangers:
                del owners[strangers[other]]
            else:
                without.remove(other)
    return reclaim_without_key(owners, without, rows)


def reclaim_without_key(owners: dict[str, int], lost: list[int], rows: Rows) -> list[int]:
    """The same where the key of the row without an id was typed over, too: it is nearly the row of that id, and the row
    that has the id is another one in its key and most of its cells."""
    if not lost:
        return lost
    odd = [
        name
        for name, index in owners.items()
        if (was := rows.known.get(name)) is not None
        and rows.key_of(rows.row(index)) != rows.key_of(was)
        and agreement(rows.row(index), was) < HALF
    ]
    without = list(lost)
    for other, name in nearly_alike(lost, odd, rows).items():
        without[without.index(other)] = owners[name]
        owners[name] = other
    return without


def misplaced_ids(owners: Mapping[str, int], rows: Rows, lost: bool) -> tuple[list[str], list[str]]:
    """The ids that are beside another row's key. `moved`: the other id is beside a third row, or `lost`, as after
    sorting a part. `foreign`: the other id is gone, and the row is more like the row that had it: somebody typed over
    the id.

    One row edited to look like another is no such case: the other one is then still beside its own key.
    """
    if not rows.key:
        return [], []
    here = {name: index for name, index in owners.items() if name in rows.known}
    known = {name: rows.key_of(was) for name, was in rows.known.items()}
    same_keys = all(rows.row(index).get(k) == rows.known[name].get(k) for name, index in here.items() for k in rows.key)
    if same_keys and len({*known.values()}) == len(known):
        return [], []  # nearly always so, and at once
    now = {name: rows.key_of(rows.row(index)) for name, index in here.items()}
    owner_of = unique(known)
    moved, foreign = [], []
    for name, print_ in now.items():
        other = owner_of.get(print_, "") if print_ not in (None, known[name]) else ""
        if other in now and now[other] != print_:
            moved.append(name)
        elif other and other not in owners:
            row = rows.row(here[name])
            if agreement(row, rows.known[other]) > agreement(row, rows.known[name]):
                foreign.append(name)
            elif lost:
                moved.append(name)
    more_moved, more_foreign = misplaced_without_key(here, owner_of, rows)
    return [*moved, *more_moved], [*foreign, *more_foreign]


def misplaced_without_key(
    here: Mapping[str, int], owner_of: Mapping[Print | None, str], rows: Rows
) -> tuple[list[str], list[str]]:
    """The same of ids beside rows whose key was typed over, or is that of several rows, and which are by all else
    another known row; `moved`, where that one's id is beside a row that is not it, either."""
    odd = {
        name: index
        for name, index in here.items()
        if rows.key_of(rows.row(index)) not in owner_of and agreement(rows.row(index), rows.known[name]) < HALF
    }
    alike = nearly_alike([*odd.values()], [*rows.known], rows)
    others = {name: alike[index] for name, index in odd.items() if alike.get(index, name) != name}
    foreign = [name for name, other in others.items() if other not in here]
    moved = [
        name
        for name, other in others.items()
        if other in here and agreement(rows.row(here[other]), rows.known[other]) < HALF
    ]
    return moved, foreign


def doubtful_ids(owners: Mapping[str, int], rows: Rows) -> list[str]:
    """In a sheet of which a part was sorted: all ids but those beside a key that is theirs alone, or beside a row that
    is more like theirs than like the one whose key it has. Rows with a blank key, or one that others have, too, were
    sorted along, though no key shows it."""
    owner_of = unique({name: rows.key_of(was) for name, was in rows.known.items()})
    doubtful = []
    for name, index in owners.items():
        if name not in rows.known:
            continue
        row = rows.row(index)
        other = owner_of.get(rows.key_of(row))
        if other == name:
            continue
        own = agreement(row, rows.known[name])
        if other and own >= HALF and own > agreement(row, rows.known[other]):
            continue  # its key was edited
        doubtful.append(name)
    return doubtful


def unique(prints: Mapping[str, Print | None]) -> dict[Print | None, str]:
    """Print -> id, for prints that only one row has."""
    count = Counter(prints.values())
    return {print_: name for name, print_ in prints.items() if print_ is not None and count[print_] == 1}


def match(
    candidates: Sequence[int], missing: Sequence[str], owners: Mapping[str, int], rows: Rows
) -> tuple[dict[int, str], list[int]]:
    """Which missing row each candidate is, as far as that is sure; and the rows that are not clear."""
    found: dict[int, str] = {}
    unclear: list[int] = []
    if not candidates or not missing:
        return found, unclear
    present = {rows.key_of(rows.known[name]) for name in owners if name in rows.known} if rows.key else set()

    def by_key(row: Row) -> Print | None:
        print_ = rows.key_of(row)
        return None if print_ in present else print_

    def by_cells(row: Row) -> frozenset[tuple[str, Value]] | None:
        return frozenset((name, plain(value)) for name, value in row.items() if filled(value)) or None

    def left() -> tuple[list[int], list[str]]:
        seen, taken = {*found, *unclear}, set(found.values())
        return [i for i in candidates if i not in seen], [name for name in missing if name not in taken]

    for print_of in (by_key, by_cells):
        unclear += pair_up(*left(), print_of, rows, found)
    found |= nearly_alike(*left(), rows)
    return found, unclear


def pair_up(
    candidates: Iterable[int],
    missing: Iterable[str],
    print_of: Callable[[Row], object],
    rows: Rows,
    found: dict[int, str],
) -> list[int]:
    """Pair candidates and missing rows that have the same print; what is left over unclear is given back."""
    groups: dict[object, list[str]] = defaultdict(list)
    for name in missing:
        groups[print_of(rows.known[name])].append(name)
    here: dict[object, list[int]] = defaultdict(list)
    for index in candidates:
        print_ = print_of(rows.row(index))
        if print_ is not None and print_ in groups:
            here[print_].append(index)
    unclear: list[int] = []
    for print_, indexes in here.items():
        names = groups[print_]
        if len(names) == 1:
            found[most_alike(indexes, rows.known[names[0]], rows)] = names[0]
        elif all(agreement(rows.row(i), rows.known[n]) == 1 for i in indexes for n in names):
            if len(indexes) < len(names):
                unclear += indexes
            else:  # twins to the last cell: any order is right
                found |= dict(zip(indexes, names, strict=False))
        else:
            found |= best_pairs(indexes, names, rows)
    return unclear


def nearly_alike(candidates: Sequence[int], missing: Sequence[str], rows: Rows) -> dict[int, str]:
    """Rows whose id and key are both gone, recognised by the rest: each the other's only best, and by a value that no
    other known row has."""
    if not candidates or not missing or len(candidates) * len(missing) > MOST_PAIRS:
        return {}
    counts = Counter((name, plain(value)) for was in rows.known.values() for name, value in was.items())
    sure = {
        index: [
            name
            for name in missing
            if agreement(rows.row(index), rows.known[name]) >= NEARLY
            and any(
                counts[column, plain(value)] == 1 and plain(rows.row(index).get(column)) == plain(value)
                for column, value in rows.known[name].items()
                if filled(value)
            )
        ]
        for index in candidates
    }
    claimed = Counter(name for names in sure.values() for name in names)
    return {index: names[0] for index, names in sure.items() if len(names) == 1 and claimed[names[0]] == 1}


def best_pairs(indexes: Sequence[int], names: Sequence[str], rows: Rows) -> dict[int, str]:
    """Rows of one key, paired by the number of equal cells, the most alike first."""
    ranked = sorted(
        ((-agreement(rows.row(i), rows.known[n]), i, place) for i in indexes for place, n in enumerate(names))
    )
    found: dict[int, str] = {}
    for _, index, place in ranked:
        if index not in found and names[place] not in found.values():
            found[index] = names[place]
    return found


def agreement(row: Row, was: Row) -> float:
    """The share of filled cells, of the columns that both have, in which two rows agree."""
    columns = [name for name in was if name in row and (filled(was[name]) or filled(row[name]))]
    if not columns:
        return 0
    return sum(plain(row[name]) == plain(was[name]) for name in columns) / len(columns)


def filled(value: Value) -> bool:
    """True for anything but a blank or an empty text."""
    return value is not None and value != ""


def plain(value: Value) -> Value:
    """A value as spreadsheets compare it: an empty text is a blank, a midnight is a day."""
    if value == "":
        return None
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
