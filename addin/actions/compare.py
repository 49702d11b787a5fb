"""compare: list the differences between a workbook and a list from elsewhere; the trackers stay as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from addin.actions import Tell, silent
from addin.actions.import_ import chosen_sheets, plan_all
from addin.core import names
from addin.core.book import Edits
from addin.core.language import Language
from addin.core.recognition.compare import HEADERS, Difference, differences, differences_sheet, rows_of
from addin.core.recognition.import_result import ImportPlan
from addin.core.recognition.recognise import NotUnderstood
from addin.core.tables.csv_text import to_csv
from addin.importers import read
from addin.workspace.commit import commit
from addin.workspace.outputs import outputs_of
from addin.workspace.workbook import opened


@dataclass(slots=True)
class Compared:
    """What was compared, and every difference."""

    plans: Sequence[ImportPlan] = ()
    not_understood: Sequence[NotUnderstood] = ()
    differences: list[Difference] = field(default_factory=list)
    written: bool = False
    sheet: str = ""
    """The sheet with the differences."""


def _names(language: Language) -> list[str]:
    """What the sheet of differences may be called: a workbook keeps the one that it has."""
    return [language.say(names.DIFFERENCES), names.DIFFERENCES]


def compare(
    target: str,
    source: Path,
    *,
    tracker: str = "",
    sheet: str = "",
    encoding: str = "",
    out: Path | None = None,
    overwrite: bool = False,
    write: bool = True,
    tell: Tell = silent,
) -> Compared:
    """Compare a workbook with a list; the differences go to a sheet of their own (`write`) and to a file.

    Raises Problem.
    """
    outputs = outputs_of(target, str(source), overwrite=overwrite)
    if out:
        outputs.check(out)
    tell("Reading")
    sources = chosen_sheets(read(source, encoding=encoding), sheet, source)
    with opened(target, only=[tracker] if tracker else ()) as workbook:
        tell("Comparing")
        planned = plan_all(workbook, sources, tracker, source, {})
        result = Compared(planned.plans, planned.not_understood)
        for plan in planned.plans:
            result.differences += differences(plan, workbook.trackers[plan.tracker], workbook.tables[plan.tracker])
        there = [name for name in _names(workbook.settings.written) if name in workbook.book.sheets()]
        if write and (result.differences or there):
            tell("Writing")
            result.sheet = there[0] if there else workbook.settings.written.say(names.DIFFERENCES)
            sheets = {result.sheet: differences_sheet(result.differences, workbook.settings.written)}
            result.written = commit(workbook, Edits(sheets=sheets), verb="compare")
    if out:
        outputs.write(out, _as_csv(result.differences))
    return result


def _as_csv(found: list[Difference]) -> bytes:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(HEADERS)
    lines.writerows(map(to_csv, row) for row in rows_of(found))
    return text.getvalue().encode("utf-8-sig")
