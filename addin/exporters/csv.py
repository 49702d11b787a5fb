"""CSV: one file per tracker in a folder, UTF-8 with a signature so that Excel shows accents, CRLF line ends."""

from __future__ import annotations

import csv
from pathlib import Path

from addin.core.tables.csv_text import to_csv
from addin.exporters.tables import exported
from addin.files import private
from addin.workspace.workbook import Workbook


def write(workbook: Workbook, out: Path) -> list[Path]:
    """`out` is a folder, or a file name ending in .csv where just one tracker is exported."""
    single = out.suffix.lower() == ".csv" and len(workbook.tables) == 1
    (out.parent if single else out).mkdir(parents=True, exist_ok=True)
    written = []
    for name in workbook.tables:
        path = out if single else out / f"{name}.csv"
        columns = exported(workbook, name)
        with private(path, encoding="utf-8-sig") as file:
            lines = csv.writer(file, lineterminator="\r\n")
            lines.writerow(to_csv(column.header) for column in columns)
            lines.writerows(map(to_csv, row) for row in zip(*(column.values for column in columns), strict=True))
        written.append(path)
    return written
