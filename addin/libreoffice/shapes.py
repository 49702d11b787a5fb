"""Shapes: what floats above the cells of a sheet, such as buttons, boxes, pictures and charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from xlwings import base_classes

from addin.libreoffice.bridge import struct
from addin.libreoffice.formats import Font, hundredths, points

if TYPE_CHECKING:
    from addin.libreoffice.sheets import Sheet

DRAWING = "com.sun.star.drawing."
TYPES = {  # LibreOffice's kind of shape -> the word of xlwings
    DRAWING + "GraphicObjectShape": "picture",
    DRAWING + "CustomShape": "auto_shape",
    DRAWING + "RectangleShape": "auto_shape",
    DRAWING + "EllipseShape": "auto_shape",
    DRAWING + "TextShape": "text_box",
    DRAWING + "LineShape": "line",
    DRAWING + "ConnectorShape": "line",
    DRAWING + "GroupShape": "group",
    DRAWING + "ControlShape": "form_control",
    DRAWING + "OLE2Shape": "chart",
}
NOTE_SHAPE = DRAWING + "CaptionShape"
WHITE = (255, 255, 255)  # Excel writes white into a shape that its theme fills


class Placed:
    """Where something floating is, in points from the top left corner of the sheet."""

    xl: Any

    def _move(self, axis: str, value: float) -> None:
        place = self.xl.Position
        setattr(place, axis, hundredths(value))
        self.xl.Position = place

    def _size(self, width: float | None = None, height: float | None = None) -> None:
        size = self.xl.Size
        self.xl.Size = struct(
            "com.sun.star.awt.Size",
            Width=size.Width if width is None else hundredths(width),
            Height=size.Height if height is None else hundredths(height),
        )

    @property
    def left(self) -> float:
        return points(self.xl.Position.X)

    @left.setter
    def left(self, value: float) -> None:
        self._move("X", value)

    @property
    def top(self) -> float:
        return points(self.xl.Position.Y)

    @top.setter
    def top(self, value: float) -> None:
        self._move("Y", value)

    @property
    def width(self) -> float:
        return points(self.xl.Size.Width)

    @width.setter
    def width(self, value: float) -> None:
        self._size(width=value)

    @property
    def height(self) -> float:
        return points(self.xl.Size.Height)

    @height.setter
    def height(self, value: float) -> None:
        self._size(height=value)


class Shape(Placed, base_classes.Shape):
    """One shape of a sheet."""

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

    @property
    def type(self) -> str:
        return TYPES.get(self.xl.ShapeType, "mixed")

    @property
    def index(self) -> int:
        return next(number for number, shape in enumerate(self.parent.shapes, 1) if shape.name == self.name)

    def delete(self) -> None:
        self.parent.xl.DrawPage.remove(self.xl)

    def activate(self) -> None:
        view = self.parent.book.doc.CurrentController
        if view:
            view.select(self.xl)

    def scale_width(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        """A picture keeps its proportions, as in Excel; other shapes grow in one direction."""
        self._scale(factor, 1.0, relative_to_original_size)

    def scale_height(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        self._scale(1.0, factor, relative_to_original_size)

    def _scale(self, wider: float, higher: float, from_original: bool) -> None:
        is_picture = self.type == "picture"
        size = self.xl.Graphic.Size100thMM if from_original and is_picture else self.xl.Size
        if is_picture and not from_original:
            wider = higher = wider * higher
        current = self.xl.Size
        self.xl.Size = struct(
            "com.sun.star.awt.Size",
            Width=round(size.Width * wider) if wider != 1.0 else current.Width,
            Height=round(size.Height * higher) if higher != 1.0 else current.Height,
        )

    @property
    def text(self) -> str | None:
        if self.type == "form_control":
            return str(self.xl.Control.Label)
        return str(self.xl.String) or None

    @text.setter
    def text(self, value: str) -> None:
        if self.type == "form_control":
            self.xl.Control.Label = value
        else:
            self.xl.String = value

    @property
    def font(self) -> Font:
        return Font(self.xl, automatic=WHITE)

    @property
    def characters(self) -> Any:
        raise NotImplementedError("single characters are not offered by this engine")


Found = TypeVar("Found", bound=Any)


class Floating(Generic[Found]):
    """A collection of a sheet's floating things, by number from 1 or by name."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def _all(self) -> list[Found]:
        raise NotImplementedError

    def __iter__(self) -> Iterator[Found]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: str | int) -> Found:
        from addin.libreoffice.sheets import picked

        try:
            return picked(self._all(), key)
        except IndexError as problem:
            raise KeyError(key) from problem

    def __contains__(self, key: Any) -> bool:
        try:
            self(key)
        except KeyError:
            return False
        return True


class Shapes(Floating[Shape], base_classes.Collection):
    """All that floats on a sheet; the slips of notes are none of it."""

    @property
    def api(self) -> Any:
        return self.parent.xl.DrawPage

    def _all(self) -> list[Shape]:
        page = self.api
        shapes = [page.getByIndex(index) for index in range(page.Count)]
        return [Shape(self.parent, xl) for xl in shapes if xl.ShapeType != NOTE_SHAPE]
