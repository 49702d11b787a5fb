"""A Google spreadsheet as a book: one read for everything, and one guarded, atomic write.

    sheets, read, looks    1 call in all, while each sheet is read once
    apply                  1 read of the touched rows (guard), 1 write that shows what it wrote; none where the book
                           holds everything already

snapshot.py reads · batch.py (with making.py, blocks.py, rows.py, own_sheet.py) makes requests of edits · guard.py looks
whether somebody was faster · writing.py sends · values.py knows one cell
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gspread.http_client import HTTPClient

from addin.backends.gsheets import guard
from addin.backends.gsheets.batch import batch, look_at, news
from addin.backends.gsheets.making import sheet_of
from addin.backends.gsheets.parts import advanced, in_parts
from addin.backends.gsheets.snapshot import GUARD, NAMES, READ, Sheet, Snapshot
from addin.backends.gsheets.writing import fetch, write
from addin.core.book import Cell, Edits, Grid, Look
from addin.core.language import phrase
from addin.core.target import google_key
from addin.errors import BookChanged, RequestRefused


class GoogleBook:
    """A Google spreadsheet. `client` is any gspread HTTP client; sign_in.py gives the careful one."""

    def __init__(self, client: HTTPClient, key: str) -> None:
        self._client, self.key = client, key
        self._seen: Snapshot | None = None
        self._given: set[str] = set()
        self._parts_left = 0
        """Parts of a large batch that are still to be written: each is guarded by what the one before wrote."""

    @classmethod
    def open(cls, target: str, client: HTTPClient | None = None) -> GoogleBook:
        """The spreadsheet that `gsheet:KEY` or an address names. Google is asked at the first read, not before."""
        key = google_key(target)
        if client is None:
            from addin.google.sign_in import sign_in

            client = sign_in().http_client
        return cls(client, key)

    @property
    def client(self) -> HTTPClient:
        """By whom Google is asked."""
        return self._client

    @property
    def name(self) -> str:
        """A Google Sheet has no file name."""
        return ""

    @property
    def folder(self) -> None:
        """A Google Sheet lies in no folder of this computer."""

    @property
    def detects_changes(self) -> bool:
        """`apply` reads the touched rows again and refuses when they have changed."""
        return True

    @property
    def inserts_rows(self) -> bool:
        """Google moves every formula along."""
        return True

    def sheets(self) -> list[str]:
        return list(self._look().sheets)

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        """What these sheets hold. A sheet that was read before is fetched again, and everything with it."""
        if self._given.intersection(sheets):
            self._forget()
        seen = self._look()
        self._given.update(sheets)
        return {name: _copy(seen.sheets[name]) for name in sheets if name in seen.sheets}

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        seen = self._look()
        return {cell: look_at(seen, cell) for cell in cells}

    def apply(self, edits: Edits) -> None:
        """Write the batch; BookChanged when a row that it touches is not as it was read. Then nothing is written."""
        if not edits:
            return
        decided_on = self._seen
        seen = decided_on or fetch(self._client, self.key, GUARD)
        fresh = news(edits, seen)
        if not fresh:
            return
        parts_left = self._parts_left
        self._forget()
        now = self._guard(fresh, decided_on) if decided_on else seen
        made = batch(fresh, seen, now)
        after = write(self._client, self.key, made, seen.tokens, next(iter(seen.sheets.values())).gid)
        if parts_left > 1:
            self._seen, self._parts_left = advanced(seen, fresh, made, after), parts_left - 1

    def parts(self, edits: Edits) -> list[Edits]:
        """A large batch in parts, to be applied one right after the other."""
        found = in_parts(edits)
        self._parts_left = len(found)
        return found

    @property
    def cost(self) -> str:
        """The calls so far against Google's quota, in one line for a person; empty where the client does not count."""
        return str(getattr(self._client, "calls", ""))

    def close(self) -> None:
        """Let go of the connections."""
        self._forget()
        self._client.session.close()

    def _look(self) -> Snapshot:
        if self._seen is None or self._parts_left:
            self._forget()
            self._seen = fetch(self._client, self.key, READ)
        return self._seen

    def _forget(self) -> None:
        self._seen = None
        self._given = set()
        self._parts_left = 0

    def _guard(self, edits: Edits, seen: Snapshot) -> Snapshot:
        for title in [*(cell[0] for cell in [*edits.cells, *edits.looks]), *edits.rows, *edits.inserts, *edits.drops]:
            sheet_of(seen, title)
        rows = guard.touched(edits, seen)
        ranges = guard.ranges(rows)
        try:
            now = fetch(self._client, self.key, GUARD if ranges else NAMES, ranges)
        except RequestRefused as refused:
            if "range" not in refused.what.lower():
                raise
            raise BookChanged(phrase("A sheet was renamed, removed or cut just now."), next=guard.AGAIN) from refused
        guard.compare(rows, edits, seen, now)
        return now


def _copy(sheet: Sheet) -> Grid:
    """A grid that the caller may change without changing what the guard compares with."""
    grid = sheet.grid
    values = [list(line) for line in grid.values]
    return Grid(grid.sheet, values, dict(grid.formulas), list(grid.tables), list(grid.merged), serial_dates=True)
