"""Kinds for charts: kept and given back as they were sent, with the usual font, never drawn."""

from __future__ import annotations

from copy import deepcopy

from addin.google_emulator.answers import Json, bad, unimplemented
from addin.google_emulator.batch.places import mask_of, the_object, the_sheet
from addin.google_emulator.context import Context
from addin.google_emulator.masks import merge
from addin.google_emulator.model import Sheet

FONT = "Roboto"


def add_chart(context: Context, request: Json) -> Json:
    chart = deepcopy(request.get("chart", {}))
    position = chart.get("position", {})
    if "overlayPosition" not in position:
        raise unimplemented("a chart on a sheet of its own is not carried out here")
    if "spec" not in chart:
        raise bad("A chart needs a spec.")  # unknown wording
    anchor = position["overlayPosition"].get("anchorCell", {})
    sheet = the_sheet(context, anchor.get("sheetId", 0))
    chart["chartId"] = chart.get("chartId") or context.new_id("chart")
    chart["spec"] = _with_font(chart["spec"])
    sheet.charts.append(chart)
    return {"chart": deepcopy(chart)}


def _chart(context: Context, chart_id: int) -> tuple[Sheet, Json]:
    return the_object(context, "charts", "chartId", chart_id, "embedded object")


def update_spec(context: Context, request: Json) -> None:
    _, chart = _chart(context, request.get("chartId", 0))
    chart["spec"] = _with_font(request.get("spec", {}))


def update_position(context: Context, request: Json) -> Json:
    _, chart = _chart(context, request.get("objectId", 0))
    given = {"overlayPosition": request.get("newPosition", {}).get("overlayPosition", {})}
    below = mask_of(request)
    chart["position"] = merge(chart["position"], given, {} if "*" in below else {"overlayPosition": below})
    return {"position": deepcopy(chart["position"])}


def delete_object(context: Context, request: Json) -> None:
    sheet, chart = _chart(context, request.get("objectId", 0))
    sheet.charts.remove(chart)


def _with_font(spec: Json) -> Json:
    """The spec with the font that the service gives (pygsheets' tests against it, 2024-01)."""
    title = {"titleTextFormat": {"fontFamily": FONT, **spec.get("titleTextFormat", {})}} if spec.get("title") else {}
    return {"fontName": FONT, **deepcopy(spec), **title}


KINDS = {
    "addChart": add_chart,
    "updateChartSpec": update_spec,
    "updateEmbeddedObjectPosition": update_position,
    "deleteEmbeddedObject": delete_object,
}
