"""Who lags behind for the date, such as in CAS, in a line for the person who advises them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from addin.core.checks.context import WorkbookContext
from addin.core.checks.rules import Finding
from addin.core.checks.summary import Line, summarise
from addin.core.tables.values import show
from addin.core.trackers import Tracker, View
from addin.reports.progress import aims_of, expected, missing, wanting
from addin.reports.redact import CODE
from addin.workspace.workbook import Workbook

SAID = ("without-cas", "cas-still-open")
"""Rules whose finding says it of the same candidate already."""


class Behind(NamedTuple):
    """A candidate who lags behind: their row on Candidates, their code, the tracker, and what is still missing."""

    sheet: str
    row: int
    code: str
    tracker: Tracker
    words: str


def behind(workbook: Workbook, findings: Sequence[Finding]) -> Iterator[Behind]:
    """The candidates of the session who lag behind in a summary with a pace; the same people that Home counts."""
    table = workbook.tables.get("candidates")
    if table is None:
        return
    said = {(one.sheet, one.row) for one in findings if one.rule in SAID}
    places: dict[str, tuple[str, int]] = {}
    for place in zip(table.columns["code"], table.sheets, table.rows, strict=True):
        places.setdefault(show(place[0]).strip(), place[1:])
    context = WorkbookContext(workbook.trackers, workbook.tables, workbook.settings)
    for tracker in workbook.present.values():
        for view in tracker.views:
            for line in _late(tracker, view, context):
                code = show(line.value).strip()
                if places[code] not in said:
                    yield Behind(*places[code], code, tracker, _words(tracker, view, line, context))


def _late(tracker: Tracker, view: View, context: WorkbookContext) -> list[Line]:
    pace = next((measure.name for measure in view.columns if measure.pace), "")
    if not pace or view.per != CODE:
        return []
    asked = expected(view, context) or ()
    return [line for line in summarise(tracker, view, context) if line.value in asked and line.measures[pace] is True]


def _words(tracker: Tracker, view: View, line: Line, context: WorkbookContext) -> str:
    aims = aims_of(view, context)
    lacks = ", ".join(wanting(view, name, line.measures[name], aims[name]) for name in missing(line, aims))
    return f"behind in {tracker.sheet} for the date. Still missing: {lacks}." if lacks else ""
