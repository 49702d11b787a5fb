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
from addin.core.sync.misplaced import detect, explain, fix
from addin.core.sync.model import Plan
from addin.core.sync.side import merged, side_rows
from addin.core.tables.layout import find
from addin.core.tables.table import read_table
from addin.errors import BookChanged


def verify_write(book: Book, pairs: Sequence[Pair], plans: Mapping[str, Plan]) -> None:
    """Raise BookChanged, with everything put back, when rows had moved under the write."""
    changed = [pair for pair in pairs if plans[pair.link.name].to_right or pair.right.fresh]
    if not changed or not isinstance(targets.parse(changed[0].link.target), targets.GoogleTarget):
        return
    grids = book.read([pair.link.sheet for pair in changed])
    repairs, said = [], ""
    for pair in changed:
        layout = find(grids[pair.link.sheet], pair.tracker) if pair.link.sheet in grids else None
        if layout is None:
            continue
        table = read_table(pair.tracker, grids, [layout])
        now = side_rows(pair.tracker, table, grids, pair.base, (), Random(), pair.left.rows, recognise=False)
        found = detect(pair.right, now, plans[pair.link.name].to_right, pair.names)
        if found:
            repairs.append(fix(found, pair.right, now))
            said = explain(found)
    if repairs:
        book.apply(merged(repairs))
        raise BookChanged(said, next=phrase("Run this again."))
