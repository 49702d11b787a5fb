"""JSON: one file with every tracker, its rows by column header; dates and times as ISO text, numbers as numbers."""

from __future__ import annotations

import json
from pathlib import Path

from addin.core.book import Value
from addin.core.tables.values import show
from addin.exporters.tables import exported
from addin.files import private
from addin.workspace.workbook import Workbook


def write(workbook: Workbook, out: Path) -> list[Path]:
    """`out` is the file, or a folder in which `trackers.json` is made."""
    path = out if out.suffix.lower() == ".json" else out / "trackers.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {}
    for name in workbook.tables:
        columns = exported(workbook, name)
        rows = zip(*([_plain(value) for value in column.values] for column in columns), strict=True)
        headers = [column.header for column in columns]
        data[name] = [dict(zip(headers, row, strict=True)) for row in rows]
    with private(path, encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
    return [path]


def _plain(value: Value) -> str | int | float | bool | None:
    return value if value is None or isinstance(value, (bool, int, float)) else show(value)
