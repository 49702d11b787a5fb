"""A copy of the workbook itself without private data: its tracker sheets as they look, and nothing else.

Every part is written again from what is known: cells of the trackers' columns that are not private, headers, styles,
widths and native tables. What is not known to be harmless is not copied: the person's own columns, other sheets,
hidden sheets, formulas, rules, notes, names, pictures, pivot tables, links, properties, macros, Findings and what a
sync keeps. Then every part is searched for every private word; a copy that holds one is not written.
"""

from __future__ import annotations

from pathlib import Path
from secrets import token_bytes

from addin.backends.ooxml.file import OpenFile
from addin.backends.ooxml.package import Package
from addin.core import target as targets
from addin.core.language import phrase
from addin.core.records import record
from addin.core.redaction import Redaction
from addin.errors import Problem
from addin.exporters.redacted.package import packed
from addin.exporters.redacted.search import remains
from addin.exporters.redacted.sheets import CopiedSheet, copied_sheets
from addin.workspace.disclosures import Purpose, note_disclosure, people_in
from addin.workspace.outputs import outputs_of
from addin.workspace.workbook import Workbook


@record
class RedactedCopy:
    """What a redacted copy holds, and what it does not."""

    path: Path
    sheets: list[str]
    emptied: list[str]
    """Headers of columns that are blank in it: private ones and the person's own."""
    left_out: list[str]
    """Sheets that are not in it."""


def write_redacted(
    workbook: Workbook, out: Path, *, overwrite: bool = False, purpose: Purpose | None = None
) -> RedactedCopy:
    """Write the copy. Raises Problem, and writes nothing, where it would not be clean."""
    named = targets.parse(workbook.target)
    if not isinstance(named, targets.FileTarget):
        raise Problem(
            phrase("A redacted copy is made of a workbook file."), next=phrase("Save the workbook and name the file.")
        )
    source = Path(named.path)
    if out.suffix.lower() != ".xlsx":
        raise Problem(
            phrase("does not end in .xlsx."), where=str(out), next=phrase("Name the copy, such as Shared.xlsx.")
        )
    outputs = outputs_of(workbook.target, overwrite=overwrite)
    outputs.check(out)
    file = OpenFile(Package(source.resolve()))
    redaction = Redaction(workbook.trackers, workbook.tables, token_bytes(32), workbook.settings)
    sheets = copied_sheets(workbook, file, redaction)
    data = packed(file, sheets)
    _check_clean(data, sheets, redaction, out)
    outputs.write(out, data)
    note_disclosure(
        workbook,
        "redacted copy",
        purpose or Purpose(),
        what=workbook.tables,
        people=people_in(workbook.trackers, workbook.tables),
        where=out.name,
    )
    copied = {sheet.source for sheet in sheets}
    emptied = list(dict.fromkeys(header for sheet in sheets for header in sheet.emptied))
    left_out = [name for name in file.workbook.sheets if name not in copied]
    return RedactedCopy(out, [sheet.name for sheet in sheets], emptied, left_out)


def _check_clean(data: bytes, sheets: list[CopiedSheet], redaction: Redaction, out: Path) -> None:
    found = remains(data, sheets, redaction)
    if found:
        raise Problem(
            phrase("would still hold something private in {found}; nothing was written.", found=", ".join(found[:3])),
            where=str(out),
            next=phrase("Please report this, without the data."),
        )
