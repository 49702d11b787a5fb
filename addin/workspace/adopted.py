"""What the last adoption of a workbook said: the answers given, and each row's source, so that the next one updates.

It lies in `.ib-trackers/adopted.json` beside the workbook, for the person's eyes only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from addin.core.names import STATE_FOLDER

STATE = f"{STATE_FOLDER}/adopted.json"
"""Beside the workbook."""


def load_adopted(folder: Path, book: str) -> dict[str, Any]:
    """{"answers": …, "rows": {tracker: {identity: …}}}; empty where the workbook was never adopted."""
    found = _all(folder).get(book, {})
    if not isinstance(found, dict):
        return {}
    parts = {name: found.get(name, {}) for name in ("answers", "rows")}
    return {name: part if isinstance(part, dict) else {} for name, part in parts.items()}


def adopted_text(folder: Path, book: str, answers: Mapping[str, str], rows: Mapping[str, Any]) -> str:
    """The file with what this adoption said, and what it says of other workbooks of the folder."""
    new = {"answers": dict(answers), "rows": dict(rows)}
    return json.dumps({**_all(folder), book: new}, ensure_ascii=False, indent=0)


def _all(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
