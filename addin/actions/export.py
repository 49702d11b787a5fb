"""export: write a workbook's trackers in another format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from addin.actions import Tell, silent
from addin.core.records import replace
from addin.exporters import export as write
from addin.exporters import remarks
from addin.exporters.ibis import FilledTemplate, fill_template
from addin.exporters.redacted import RedactedCopy, write_redacted
from addin.workspace.disclosures import Purpose
from addin.workspace.tracker_names import tracker_names
from addin.workspace.workbook import opened


class Written(NamedTuple):
    """The files of an export, the rows of each tracker, and what a person must know about it."""

    files: Sequence[Path]
    rows: Counter[str]
    remarks: Sequence[str]


def export(
    target: str,
    *,
    to: str,
    out: Path,
    trackers: Sequence[str] = (),
    overwrite: bool = False,
    purpose: Purpose | None = None,
    tell: Tell = silent,
) -> Written:
    """Write a workbook's trackers in a format. Raises Problem."""
    tell("Reading")
    with opened(target, only=trackers) as workbook:
        if trackers:
            trackers = tracker_names(trackers, workbook.trackers)
            chosen = {name: table for name, table in workbook.tables.items() if name in trackers}
            workbook = replace(workbook, tables=chosen)
        tell("Writing")
        files = write(workbook, to, out, overwrite=overwrite, purpose=purpose)
        return Written(files, Counter({n: len(t) for n, t in workbook.tables.items()}), remarks(workbook))


def export_redacted(
    target: str, out: Path, *, overwrite: bool = False, purpose: Purpose | None = None, tell: Tell = silent
) -> RedactedCopy:
    """Write a copy of a workbook file without private data. Raises Problem."""
    tell("Reading")
    with opened(target) as workbook:
        tell("Writing")
        return write_redacted(workbook, out, overwrite=overwrite, purpose=purpose)


def export_ibis(
    target: str,
    template: Path,
    out: Path,
    *,
    tracker: str = "candidates",
    date_order: str = "",
    overwrite: bool = False,
    purpose: Purpose | None = None,
    tell: Tell = silent,
) -> FilledTemplate:
    """Fill a copy of a template from IBIS with a tracker's rows of the session. Raises Problem."""
    tell("Reading")
    with opened(target, only=[tracker]) as workbook:
        (name,) = tracker_names([tracker], workbook.trackers)
        tell("Writing")
        return fill_template(workbook, name, template, out, date_order=date_order, overwrite=overwrite, purpose=purpose)
