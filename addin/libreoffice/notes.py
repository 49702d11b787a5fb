"""Notes: the yellow slips of cells (LibreOffice calls them annotations)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.libreoffice.areas import boxes
from addin.libreoffice.bridge import struct
from addin.libreoffice.helper import read_notes, write_notes

if TYPE_CHECKING:
    from addin.libreoffice.ranges import Range
    from addin.libreoffice.sheets import Sheet

NOTE = 8  # com.sun.star.sheet.CellFlags.ANNOTATION
FRESH = 5.0  # seconds for which a text that came with the list of notes is taken for the note's


class Slips:
    """All notes of a sheet. xlwings asks before each new note whether the cell has one: to look into the cell takes
    twenty messages to soffice, to see that there are as many notes as before takes one.

    While the screen is not to be updated, new notes wait; they are written in one go before anything is done that they
    matter for (App.settle), and at the latest when the screen is updated again.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.order = sheet, sheet.book.order
        self.xl = sheet.xl.Annotations  # belongs to a place among the sheets, not to the sheet: hence `order`
        self.places: set[tuple[int, int]] = set()
        self.waiting: dict[tuple[int, int], str] = {}

    def on(self, row: int, column: int) -> bool:
        """True when this cell has a note."""
        if (row, column) in self.waiting:
            self.sheet.book.app.settle()
        # While notes wait the screen stands still: their number was asked for at the first of them.
        if not self.waiting and self.xl.Count != len(self.places):
            found = boxes(self.sheet.xl.queryContentCells(NOTE).RangeAddressesAsString)
            self.places = {
                (row, column)
                for top, left, bottom, right in found
                for row in range(top + 1, bottom + 2)
                for column in range(left + 1, right + 2)
            }
        return (row, column) in self.places

    def all(self) -> list[Note]:
        """Every note, in LibreOffice's order."""
        app = self.sheet.book.app
        app.settle()
        if app.inside is None:
            found = (self.xl.getByIndex(index) for index in range(self.xl.Count))
            return [Note(self.sheet.cell(note.Position.Row, note.Position.Column), note) for note in found]
        notes = read_notes(app.inside, self.sheet.xl)
        return [Note(self.sheet.cell(row, column), text=text) for row, column, text in notes]

    def put(self, row: int, column: int, text: str) -> None:
        """Write a note, now or soon; one that is there is replaced."""
        app = self.sheet.book.app
        if app.screen_updating or app.inside is None:
            self.xl.insertNew(struct("com.sun.star.table.CellAddress", Column=column - 1, Row=row - 1), text)
            self.places.add((row, column))
            return
        if not self.waiting:
            app.waiting.append(self)
        self.waiting[row, column] = text

    def write(self) -> None:
        """Write the notes that wait."""
        waiting, self.waiting = self.waiting, {}
        book = self.sheet.book
        notes = [(row - 1, column - 1, text) for (row, column), text in waiting.items()]
        write_notes(book.app.inside, book.doc, self.sheet.xl, notes)
        self.places |= waiting.keys()


class Note(base_classes.Note):
    """The note of the first cell of a range."""

    def __init__(self, owner: Range, annotation: Any = None, text: str | None = None) -> None:
        self.owner = owner
        self._annotation = annotation
        self._text, self._until = text, time.monotonic() + FRESH

    @property
    def api(self) -> Any:
        if self._annotation is None:
            self.owner.sheet.book.app.settle()
            self._annotation = self.owner.first_cell.Annotation
        return self._annotation

    @property
    def location(self) -> Range:
        return self.owner

    @property
    def text(self) -> str:
        text, self._text = self._text, None  # good for one answer: a note that is kept is asked again
        return text if text is not None and time.monotonic() < self._until else str(self.api.String)

    @text.setter
    def text(self, text: str) -> None:
        self._text = None
        self.api.String = text

    def delete(self) -> None:
        """By clearing one kind of content; the sheet's list of notes would have to be searched."""
        self.owner.sheet.moved()
        self.owner.first_cell.clearContents(NOTE)
