"""A workbook and shared sheets in memory, with the settings that link them, for tests of whole syncs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from addin.actions.sync.run import Synced, sync
from addin.backends.memory import MemoryBook
from addin.core.book import Edits, Value

TRACKERS = {
    "people": 'title="People"\nsheet="People"\nkey=["code"]\n[columns.code]\n[columns.name]\nprivate=true\n'
    "[columns.adviser]",
    "log": 'title="Log"\nsheet="Log"\nkey=["entry"]\n[columns.entry]\n[columns.who]\nexists_in="people.code"\n'
    '[columns.hours]\ntype="number"\nedited_by="teacher"\n[columns.day]\ntype="date"\n[columns.state]\n',
}
ID = "IBT id"
Sheets = Mapping[str, list[list[Value]]]


class Desk:
    """The coordinator's workbook (`left`) and shared sheets by target; `run` is one sync."""

    def __init__(self, folder: Path, left: Sheets, others: Mapping[str, Sheets], links: Sequence[str]) -> None:
        (folder / "trackers").mkdir(parents=True)
        for name, text in TRACKERS.items():
            (folder / "trackers" / f"{name}.toml").write_text(text, encoding="utf-8")
        self.folder = folder
        self.link(links)
        self.left = MemoryBook(dict(left))
        self.left.folder = folder  # type: ignore[attr-defined]
        self.books = {"excel:left": self.left, **{t: MemoryBook(dict(sheets)) for t, sheets in others.items()}}
        self.random = Random(1)

    def link(self, links: Sequence[str]) -> None:
        text = "\n".join(f"[[links]]\n{link}\n" for link in links)
        (self.folder / "ib-trackers.toml").write_text(text, encoding="utf-8")

    def run(self, **more: bool) -> Synced:
        return sync("excel:left", open_=self.books.__getitem__, random=self.random, **more)  # type: ignore[arg-type]

    def put(self, target: str, sheet: str, row: int, column: int, value: Value) -> None:
        """A person types into a cell."""
        self.books[target].apply(Edits(cells={(sheet, row, column): value}))

    def rows(self, target: str, sheet: str) -> list[list[Value]]:
        """The rows below the header, without the ids."""
        values = self.books[target].read([sheet])[sheet].values
        place = values[0].index(ID)
        width = len(values[0])
        lines = [[*line, *[None] * (width - len(line))] for line in values[1:]]
        return [line[:place] + line[place + 1 :] for line in lines if any(v is not None for v in line)]
