"""Looks: colours, measures, number formats and fonts, between Excel's words and LibreOffice's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.libreoffice.bridge import enum, struct

if TYPE_CHECKING:
    from addin.libreoffice.books import Book

DIGIT = 190.5  # 1/100 mm that one character of column width takes, in the default font
CODE_PARTS = re.compile(r"""\"[^"]*\"|\\.|AM/PM|A/P|General|\[(?![HMS]+\])[^\]]*\]|([DMYHS]+)""")
MIXED = (0, 0, 0)  # what Excel says of cells that have different colours
BOLD_FROM, BOLD, NORMAL = 100, 150.0, 100.0  # com.sun.star.awt.FontWeight


def to_colour(value: Any) -> int:
    """`(r, g, b)`, `#rrggbb` or Excel's number, blue first, as LibreOffice's number, red first; None is no colour."""
    if value is None:
        return -1
    if isinstance(value, str):
        return int(value.lstrip("#"), 16)
    if isinstance(value, int):
        value = value.to_bytes(3, "little")
    return int.from_bytes(bytes(value[:3]), "big")


def from_colour(value: int) -> tuple[int, int, int] | None:
    """LibreOffice's number as (r, g, b); None where there is no colour."""
    if value < 0:
        return None
    red, green, blue = (value & 0xFFFFFF).to_bytes(3, "big")
    return red, green, blue


def points(hundredths: float) -> float:
    """1/100 mm as points, rounded to the quarter as Excel's are."""
    return round(hundredths * 72 / 2540 * 4) / 4


def hundredths(size: float) -> int:
    """Points as 1/100 mm."""
    return round(size * 2540 / 72)


def number_format(book: Book, key: int) -> str:
    """The code of a number format, spelled as Excel spells it: letters of dates and times are small there."""
    if key not in book.format_codes:
        book.format_codes[key] = str(book.doc.NumberFormats.getByKey(key).FormatString)
    code = book.format_codes[key]
    return CODE_PARTS.sub(lambda found: found[0].lower() if found[1] else found[0], code)


def number_format_key(book: Book, code: str) -> int:
    """The document's own number of a format code; a new one where it has none yet."""
    known = book.doc.NumberFormats
    locale = struct("com.sun.star.lang.Locale", Language="en", Country="US")
    key = known.queryKey(code, locale, True)
    return int(key if key >= 0 else known.addNew(code, locale))


class Font(base_classes.Font):
    """The font of cells, or of the text in a shape: both have LibreOffice's character properties."""

    def __init__(self, target: Any, automatic: tuple[int, int, int] = (0, 0, 0)) -> None:
        self.target, self.automatic = target, automatic

    @property
    def api(self) -> Any:
        return self.target

    @property
    def bold(self) -> bool:
        return bool(self.target.CharWeight > BOLD_FROM)

    @bold.setter
    def bold(self, on: bool) -> None:
        self.target.CharWeight = BOLD if on else NORMAL

    @property
    def italic(self) -> bool:
        return bool(self.target.CharPosture.value == "ITALIC")

    @italic.setter
    def italic(self, on: bool) -> None:
        self.target.CharPosture = enum("com.sun.star.awt.FontSlant", "ITALIC" if on else "NONE")

    @property
    def size(self) -> float:
        return float(self.target.CharHeight)

    @size.setter
    def size(self, size: float) -> None:
        self.target.CharHeight = float(size)

    @property
    def color(self) -> tuple[int, int, int]:
        return from_colour(self.target.CharColor) or self.automatic

    @color.setter
    def color(self, value: Any) -> None:
        self.target.CharColor = to_colour(value)

    @property
    def name(self) -> str:
        return str(self.target.CharFontName)

    @name.setter
    def name(self, name: str) -> None:
        self.target.CharFontName = name
