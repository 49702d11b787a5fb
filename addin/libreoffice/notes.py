"""Notes: the yellow slip of a cell (LibreOffice calls it an annotation)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

if TYPE_CHECKING:
    from addin.libreoffice.ranges import Range


class Note(base_classes.Note):
    """The note of the first cell of a range."""

    def __init__(self, owner: Range) -> None:
        self.owner = owner

    @property
    def api(self) -> Any:
        return self.owner.first_cell.Annotation

    @property
    def text(self) -> str:
        return str(self.api.String)

    @text.setter
    def text(self, text: str) -> None:
        self.api.String = text

    def delete(self) -> None:
        """Only a clearing by kind takes one note away in a single call; the list of notes must be searched."""
        self.owner.first_cell.clearContents(8)  # com.sun.star.sheet.CellFlags.ANNOTATION
