"""The `…ByDataFilter` forms of the values endpoints."""

from __future__ import annotations

from addin.google_emulator.a1 import a1
from addin.google_emulator.answers import Json
from addin.google_emulator.context import Context
from addin.google_emulator.metadata import places
from addin.google_emulator.values import read_box, totals, update


def as_ranges(context: Context, filters: list[Json]) -> list[str]:
    return [a1(sheet, box) for one in filters for sheet, box in places(context, one)]


def batch_get(context: Context, body: Json) -> Json:
    found = [
        {"valueRange": read_box(context, sheet, box, body), "dataFilters": [one]}
        for one in body.get("dataFilters", [])
        for sheet, box in places(context, one)
    ]
    answer: Json = {"spreadsheetId": context.book.id}
    return {**answer, "valueRanges": found} if found else answer


def batch_update(context: Context, body: Json) -> Json:
    """Each item is written to every place that its filter selects (LIVE harvester A5)."""
    done = []
    for item in body.get("data", []):
        given = {name: item[name] for name in ("values", "majorDimension") if name in item}
        for sheet, box in places(context, item.get("dataFilter", {})):
            written = update(context, a1(sheet, box), given, body)
            answer = {name: value for name, value in written.answer.items() if name != "spreadsheetId"}
            answer["dataFilter"] = item["dataFilter"]
            done.append(written._replace(answer=answer))
    return totals(context, done)
