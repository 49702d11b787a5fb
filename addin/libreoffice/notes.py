"""Notes: the yellow slip of a cell (LibreOffice calls it an annotation)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

if TYPE_CHECKING:
    from addin.libreoffice.ranges import Range


class Note(base_classes.Note):
    """The note of the first cell of a range."""

    def __init__(self, owner: Range, annotation: Any = None) -> None:
        self.owner = owner
        self._annotation = annotation

    @property
    def api(self) -> Any:
        if self._annotation is None:
            self._annotation = self.owner.first_cell.Annotation
        return self._annotation

    @property
    def location(self) -> Range:
        return self.owner

    @property
    def text(self) -> str:
        return str(self.api.String)

    @text.setter
    def text(self, text: str) -> None:
        self.api.String = text

    def delete(self) -> None:
        """By clearing one kind of content; the sheet's list of notes would have to be searched."""
        self.owner.first_cell.clearContents(8)  # com.sun.star.sheet.CellFlags.ANNOTATION
