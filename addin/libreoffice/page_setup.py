"""What of a sheet is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.libreoffice.bridge import struct
from addin.libreoffice.ranges import Range

if TYPE_CHECKING:
    from addin.libreoffice.sheets import Sheet


class PageSetup(base_classes.PageSetup):
    """The part of a sheet that is printed."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def api(self) -> Any:
        return self.sheet.xl

    @property
    def print_area(self) -> str | None:
        areas = self.api.getPrintAreas()
        return ",".join(Range.at(self.sheet, area).address for area in areas) or None

    @print_area.setter
    def print_area(self, text: str | None) -> None:
        if not text:
            self.api.setPrintAreas((struct("com.sun.star.table.CellRangeAddress"),))
            self.api.setPrintAreas(())
            return
        parts = [self.sheet.range(part.strip()) for part in text.split(",")]
        self.api.setPrintAreas(tuple(part.xl.RangeAddress for part in parts))
