"""`:batchUpdate`: requests are carried out in order, and all of them or none.

One file a family; a kind is a function `(context, request) -> reply or None`, found by its name.
"""

from __future__ import annotations

from collections.abc import Callable

from addin.google_emulator.answers import ApiError, Json, bad, unimplemented
from addin.google_emulator.batch import cells, charts, dimensions, filters, moving, names, replacing, rules, sheets
from addin.google_emulator.context import Context
from addin.google_emulator.metadata import CHANGES as METADATA

Kind = Callable[[Context, Json], Json | None]

KINDS: dict[str, Kind] = {
    **sheets.KINDS,
    **cells.KINDS,
    **moving.KINDS,
    **dimensions.KINDS,
    **names.KINDS,
    **rules.KINDS,
    **filters.KINDS,
    **charts.KINDS,
    **replacing.KINDS,
    **METADATA,
}


def run(context: Context, requests: list[Json]) -> list[Json]:
    """The replies. The caller puts the spreadsheet back when this raises."""
    if not requests:
        raise bad("Must specify at least one request.")  # LIVE fgac-ai, 2026-09-18
    return [_one(context, number, request) for number, request in enumerate(requests)]


def _one(context: Context, number: int, request: Json) -> Json:
    if len(request) != 1:
        raise bad(f"Invalid requests[{number}]: exactly one kind of request must be set.")  # unknown wording
    ((kind, body),) = request.items()
    if kind not in KINDS:
        raise unimplemented(f"requests of kind {kind} are not carried out here")
    try:
        answer = KINDS[kind](context, body)
    except ApiError as error:
        if error.code == 400:
            error.message = f"Invalid requests[{number}].{kind}: {error.message}"
        raise
    context.changed()
    return {kind: answer} if answer is not None else {}
