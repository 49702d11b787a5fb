"""Charts on a sheet: made, named, placed, given their data and one of the common kinds."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.libreoffice.bridge import struct
from addin.libreoffice.formats import hundredths
from addin.libreoffice.shapes import Floating, Placed

if TYPE_CHECKING:
    from addin.libreoffice.sheets import Sheet

KINDS = {  # the word of xlwings -> LibreOffice's kind of diagram
    "line": "LineDiagram",
    "pie": "PieDiagram",
    "area": "AreaDiagram",
    "column_clustered": "BarDiagram",
    "xy_scatter": "XYDiagram",
    "radar": "NetDiagram",
    "doughnut": "DonutDiagram",
}
TRIES, PAUSE = 60, 0.05  # seconds
DIAGRAM = "com.sun.star.chart."


class Chart(Placed, base_classes.Chart):
    """One chart. LibreOffice keeps it as a table chart (what is drawn) and a shape (where it is)."""

    def __init__(self, sheet: Sheet, xl_chart: Any) -> None:
        self._sheet, self.chart = sheet, xl_chart

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def xl(self) -> Any:  # found again: renaming a chart gives it a new shape
        for _ in range(TRIES):  # a busy office draws a new chart a moment after it was asked to
            page = self.parent.xl.DrawPage
            shapes = (page.getByIndex(index) for index in range(page.Count))
            for shape in shapes:
                if getattr(shape, "PersistName", None) == self.chart.Name:
                    return shape
            sleep(PAUSE)
        raise LookupError(f"the chart {self.chart.Name} is not drawn on its sheet")

    @property
    def api(self) -> Any:
        return self.xl, self.chart

    @property
    def name(self) -> str:
        return str(self.xl.Name or self.chart.Name)

    @name.setter
    def name(self, text: str) -> None:
        self.xl.Name = text

    def set_source_data(self, rng: Any, plot_by: Any = None) -> None:
        self.chart.Ranges = (getattr(rng, "impl", rng).xl.RangeAddress,)
        self.chart.HasColumnHeaders = True

    @property
    def chart_type(self) -> str:
        kind = self.chart.EmbeddedObject.Diagram.DiagramType.removeprefix(DIAGRAM)
        return next((word for word, name in KINDS.items() if name == kind), kind)

    @chart_type.setter
    def chart_type(self, word: str) -> None:
        if word not in KINDS:
            raise NotImplementedError(f"charts of the kind {word} are not offered by this engine")
        document = self.chart.EmbeddedObject
        document.Diagram = document.createInstance(DIAGRAM + KINDS[word])

    def delete(self) -> None:
        self.parent.xl.Charts.removeByName(self.chart.Name)


class Charts(Floating[Chart], base_classes.Collection, base_classes.Charts):
    """The charts of a sheet."""

    @property
    def api(self) -> Any:
        return self.parent.xl.Charts

    def _all(self) -> list[Chart]:
        return [Chart(self.parent, self.api.getByIndex(index)) for index in range(self.api.Count)]

    def add(self, left: float, top: float, width: float, height: float, *more: Any, **also: Any) -> Chart:
        if any(value is not None for value in (*more, *also.values())):
            raise NotImplementedError("this engine makes an empty chart; set its kind and data afterwards")
        from addin.libreoffice.sheets import free_name

        name = free_name("Chart {}", self.api, first=1)
        frame = struct(
            "com.sun.star.awt.Rectangle",
            X=hundredths(left),
            Y=hundredths(top),
            Width=hundredths(width),
            Height=hundredths(height),
        )
        self.api.addNewByName(name, frame, (), False, False)
        return Chart(self.parent, self.api.getByName(name))
