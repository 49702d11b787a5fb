"""What the last adoption of a workbook said: the answers given, and each row's source, so that the next one updates.

It lies in `.ib-trackers/` beside the workbook, one file for each workbook, for the person's eyes only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.files import read_json


def state_name(book: str) -> str:
    """The file of a workbook, as seen from its folder."""
    safe = re.sub(r"[^\w .()-]", "_", book)
    return f"{STATE_FOLDER}/adopted {safe}.json"


def load_adopted(folder: Path, book: str) -> dict[str, Any]:
    """{"answers": …, "rows": {tracker: {identity: …}}}; empty where it was never adopted. Raises FileProblem."""
    found = read_json(
        folder / state_name(book), _is_adoption, next=phrase("Delete it: the next adoption asks everything anew.")
    )
    return {name: found.get(name, {}) for name in ("answers", "rows")} if found else {}


def _is_adoption(found: Any) -> bool:
    answers, rows = found.get("answers", {}), found.get("rows", {})
    return all(isinstance(one, dict) for one in (found, answers, rows, *rows.values())) and all(
        isinstance(answer, str) for answer in answers.values()
    )


def adopted_text(answers: Mapping[str, str], rows: Mapping[str, Any]) -> str:
    """The file with what this adoption said."""
    return json.dumps({"answers": dict(answers), "rows": dict(rows)}, ensure_ascii=False)
