"""Pictures on a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.libreoffice.bridge import address_of, properties, struct
from addin.libreoffice.formats import hundredths
from addin.libreoffice.shapes import DRAWING, Floating, Placed

if TYPE_CHECKING:
    from addin.libreoffice.sheets import Sheet

PICTURE = DRAWING + "GraphicObjectShape"


class Picture(Placed, base_classes.Picture):
    """One picture."""

    lock_aspect_ratio = True  # remembered by nobody: LibreOffice locks only while a person drags

    def __init__(self, sheet: Sheet, xl: Any) -> None:
        self._sheet, self.xl = sheet, xl

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def api(self) -> Any:
        return self.xl

    @property
    def name(self) -> str:
        return str(self.xl.Name)

    @name.setter
    def name(self, text: str) -> None:
        self.xl.Name = text

    def delete(self) -> None:
        self.parent.xl.DrawPage.remove(self.xl)

    def update(self, filename: str) -> Picture:
        """Another image in the same place, of the same size and name."""
        self.xl.Graphic = image(self.parent, filename)
        return self


class Pictures(Floating[Picture], base_classes.Collection, base_classes.Pictures):
    """The pictures of a sheet, oldest first."""

    @property
    def api(self) -> Any:
        return self.parent.xl.DrawPage

    def _all(self) -> list[Picture]:
        page = self.api
        shapes = [page.getByIndex(index) for index in range(page.Count)]
        return [Picture(self.parent, xl) for xl in shapes if xl.ShapeType == PICTURE]

    def add(
        self,
        filename: str,
        link_to_file: bool,
        save_with_document: bool,
        left: float | None,
        top: float | None,
        width: float,
        height: float,
        anchor: Any = None,
    ) -> Picture:
        shape = self.parent.book.service(PICTURE)
        shape.Graphic = image(self.parent, filename)
        shape.Name = f"Picture {len(self.parent.shapes) + 1}"
        self.api.add(shape)
        natural = shape.Graphic.Size100thMM
        shape.Size = struct(
            "com.sun.star.awt.Size",
            Width=natural.Width if width < 0 else hundredths(width),
            Height=natural.Height if height < 0 else hundredths(height),
        )
        picture = Picture(self.parent, shape)
        picture.left, picture.top = (anchor.left, anchor.top) if anchor else (left or 0, top or 0)
        return picture


def image(sheet: Sheet, filename: str) -> Any:
    """An image file, as LibreOffice wants it."""
    context = sheet.book.app.context
    provider = context.ServiceManager.createInstanceWithContext("com.sun.star.graphic.GraphicProvider", context)
    return provider.queryGraphic(properties(URL=address_of(filename)))
