"""privacy held: everything held on one person in one file."""

from __future__ import annotations

import json
from pathlib import Path

from addin.actions import Tell, silent
from addin.actions.fix import find
from addin.actions.report import drawn
from addin.core.language import phrase
from addin.core.records import as_dict
from addin.core.tables.values import show
from addin.errors import Problem
from addin.reports.held import Held, held
from addin.reports.held import page as held_page
from addin.workspace.copies import elsewhere
from addin.workspace.disclosures import Purpose, disclosures_of, note_disclosure
from addin.workspace.outputs import outputs_of
from addin.workspace.workbook import opened


def hold(
    target: str, person: str, out: Path, *, overwrite: bool = False, purpose: Purpose | None = None, tell: Tell = silent
) -> Held:
    """Write everything held on a person as .html, .pdf or .json. Raises Problem."""
    if out.suffix.lower() not in (".html", ".pdf", ".json"):
        raise Problem(
            phrase("must end in .html, .pdf or .json."), where=str(out), next=phrase("Give it one of these names.")
        )
    outputs = outputs_of(target, overwrite=overwrite)
    outputs.check(out)
    tell("Reading")
    with opened(target) as workbook:
        tell("Checking")
        data = held(workbook, person, find(workbook), disclosures_of(workbook, person))
        data.elsewhere = elsewhere(workbook, person)
        tell("Writing")
        if out.suffix.lower() == ".json":
            content = json.dumps(as_dict(data), ensure_ascii=False, indent=1, default=show).encode("utf-8", "replace")
        else:
            content, _ = drawn(held_page(workbook, data), out.suffix.lower())
        outputs.write(out, content)
        note_disclosure(
            workbook, "everything held", purpose or Purpose(), what=data.rows, people=[person], where=out.name
        )
        return data
