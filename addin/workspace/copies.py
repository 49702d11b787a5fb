"""Where else data on a person may be: kept copies, undo, shared sheets, what left, other sheets, the file's parts."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from addin.backends.backup import backups_of
from addin.core import target as targets
from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.privacy import Finder
from addin.core.text import counted, first_of
from addin.workspace import journal
from addin.workspace.commit import book_key, journal_folder
from addin.workspace.disclosures import disclosures_of
from addin.workspace.workbook import Workbook

UNKNOWN = "IBIS, printed pages, mail boxes and copies that people made: IB Trackers does not know of them."
MOST = 8


def elsewhere(workbook: Workbook, person: str) -> list[str]:
    """Where else data on a person may be, as far as we know."""
    folder, found = journal_folder(workbook.book, workbook.target), []
    if folder and targets.is_file(workbook.target):
        copies = len(backups_of(Path(workbook.target).resolve()))
        if copies:
            found.append(
                f"{counted(copies, 'earlier copy', 'earlier copies')} of the workbook in {STATE_FOLDER}/backups."
            )
    if folder and journal.entries(folder, book_key(workbook.book, workbook.target)):
        found.append(phrase("Earlier values of changed cells, kept for undo."))
    found += shared(workbook)
    gone = [one for one in disclosures_of(workbook, person) if one.where]
    if gone:
        files = ", ".join(dict.fromkeys(one.where for one in gone[-MOST:]))
        found.append(
            phrase(
                "{messages} that left: {files}.",
                messages=counted(len(gone), "file or message", "files and messages"),
                files=files,
            )
        )
    found.append(
        "IBIS, printed pages, mail boxes and other copies that people made: IB Trackers does not know of them."
    )
    return found


def shared(workbook: Workbook) -> list[str]:
    names = [str(link.get("name") or link.get("tracker")) for link in workbook.settings.links]
    words = "until the next sync, their version history after it, and the history of syncs beside the workbook."
    return [f"Shared sheets ({', '.join(names)}) {words}"] if names else []


def other_sheets(workbook: Workbook, names: Finder) -> list[str]:
    """Sheets that no tracker reads and in which somebody typed the person's code or name."""
    others = [name for name in workbook.book.sheets() if name not in workbook.grids]
    found = []
    for name, grid in workbook.book.read(others).items():
        rows = [row for row, line in enumerate(grid.values, 1) if _is_typed(grid, row, line, names)]
        if rows:
            listed = first_of(rows, MOST)
            found.append(
                phrase("Sheet {name}, row {rows}: not one of our trackers; clear it by hand.", name=name, rows=listed)
            )
    return found


def _is_typed(grid: Grid, row: int, line: Sequence[Value], names: Finder) -> bool:
    """Whether a row names the person in a cell that no formula fills."""
    arrays = [area for area in grid.arrays if area.top <= row <= area.bottom]
    return any(
        isinstance(value, str)
        and names.spans(value)
        and (row, column) not in grid.formulas
        and not any(area.left <= column <= area.right for area in arrays)
        for column, value in enumerate(line, 1)
    )


def left_in_file(target: str, words: Sequence[str]) -> list[str]:
    """Whether a part of the workbook's file still holds one of these words, such as a formula's old result."""
    if not targets.is_file(target):
        return []
    try:
        with zipfile.ZipFile(target) as archive:
            parts = [n for n in archive.namelist() if any(w.encode() in archive.read(n) for w in words if len(w) > 3)]
    except (OSError, zipfile.BadZipFile):
        return []
    if not parts:
        return ["The workbook's file holds neither the code nor the whole name any more."]
    listed = ", ".join(parts[:4])
    return [f"Old results and unused text in the workbook's file ({listed}): open it in Excel, save it, and they go."]
