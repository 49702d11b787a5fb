"""The demo's school with a CAS slice shared on the emulator, in a folder of its own: for watching, checks and names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from addin.actions.link import link
from addin.actions.new import new
from addin.actions.sync.run import sync
from addin.demo.sample import school_of
from addin.demo.sharing import ADVISER, TEACHER, Stage, _stage

__all__ = ["TEACHER", "Shared", "Stage", "shared_school"]

MADE_ON = date(2026, 11, 29)
"""The sample's rows follow from the day: of this one, the CAS slice holds errors and warnings."""


class Shared:
    """A workbook, and its teacher's sheet on the emulator."""

    def __init__(self, book: Path, stage: Stage) -> None:
        self.book, self.stage = book, stage
        self.teacher = stage.google.person(TEACHER)

    @property
    def key(self) -> str:
        return self.stage.key

    def type(self, cell: str, value: Any) -> None:
        self.teacher.set_cell(self.key, cell, value)

    def values(self, area: str) -> list[list[Any]]:
        return self.teacher.cells(self.key, area)

    def ask(self, kind: str, row: int, asked: str = "2026-11-29 10:42:00", number: str = "") -> None:
        """What the menu writes."""
        line = [number or f"u{row}", kind, asked, TEACHER, "NEW", ""]
        for column, value in zip("ABCDEF", line, strict=True):
            self.type(f"_requests!{column}{row}", value)


@contextmanager
def shared_school(folder: Path) -> Iterator[Shared]:
    """School.xlsx with all its sample rows, linked and synced once."""
    book = folder / "School.xlsx"
    new(str(book), sample=school_of, today=MADE_ON)
    with _stage() as stage:
        only = {"candidate.adviser": ADVISER}
        link(str(book), stage.target, tracker="cas", only=only, name=f"CAS of {ADVISER}", client=stage.client())
        sync(str(book), open_=stage.open)
        yield Shared(book, stage)
