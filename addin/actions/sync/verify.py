"""After a write to a shared Google Sheet: did it land on the rows it was meant for? The sheet is read once more.

What was overwritten by mistake is put back as it was read (core/sync/misplaced.py), and the sync begins again; nothing
is remembered of it. What cannot be seen is a person typing into the very cell that is being written, within that tenth
of a second: the write wins, and Google's version history has the other value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from addin.actions.sync.session import Pair
from addin.core import target as targets
from addin.core.book import Book
from addin.core.language import phrase
from addin.core.sync.agreed import exactly_alike
from addin.core.sync.misplaced import detect, explain, fix
from addin.core.sync.model import Plan, Row, apply, same
from addin.core.sync.side import SideRows, merged, side_rows
from addin.core.tables.layout import find
from addin.core.tables.table import read_table
from addin.errors import BookChanged


def verify_write(book: Book, pairs: Sequence[Pair], plans: Mapping[str, Plan]) -> str:
    """Raise BookChanged, with everything put back, when rows had moved under the write.

    One word for the values that are there now (google/changes.py), where every row of every link is as decided; else
    "", since somebody has edited meanwhile, and the next sync has to read it.
    """
    from addin.google.changes import word_of

    changed = [pair for pair in pairs if plans[pair.link.name].to_right or pair.right.fresh]
    if not changed or not isinstance(targets.parse(changed[0].link.target), targets.GoogleTarget):
        return ""
    sheets = sorted({pair.link.sheet for pair in pairs})
    grids = book.read(sheets)
    as_decided = grids.keys() >= set(sheets)
    repairs, said = [], ""
    for pair in pairs:
        layout = find(grids[pair.link.sheet], pair.tracker) if pair.link.sheet in grids else None
        if layout is None:
            as_decided = False
            continue
        table = read_table(pair.tracker, grids, [layout])
        now = side_rows(pair.tracker, table, grids, pair.base, (), Random(), pair.left.rows, recognise=False)
        to_right = plans[pair.link.name].to_right
        as_decided = as_decided and _is_as_decided(now, apply(pair.right.rows, to_right))
        found = detect(pair.right, now, to_right, pair.names) if pair in changed else None
        if found:
            repairs.append(fix(found, pair.right, now))
            said = explain(found)
    if repairs:
        book.apply(merged(repairs))
        raise BookChanged(said, next=phrase("Run this again."))
    return word_of(grids[sheet].values for sheet in sheets) if as_decided else ""


def _is_as_decided(now: SideRows, wanted: Mapping[str, Row]) -> bool:
    """Whether a sheet holds these rows and no others, each under its own id."""
    if now.fresh or now.problems or now.rows.keys() != wanted.keys():
        return False
    rows = [wanted[row] for row in now.rows]
    alike = exactly_alike(list(now.rows.values()), rows)
    return all(
        is_alike or _holds_the_same(one, other)
        for is_alike, one, other in zip(alike, now.rows.values(), rows, strict=True)
    )


def _holds_the_same(one: Row, other: Row) -> bool:
    return all(same(one.get(name), other.get(name)) for name in one.keys() | other.keys())
