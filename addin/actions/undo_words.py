"""What an undo took back, in a few lines: the same words on the command line and in the buttons."""

from __future__ import annotations

from addin.actions.undo import Undone
from addin.core.text import counted

MOST = 10
"""Places that are listed."""


def undone_lines(done: Undone) -> list[str]:
    """What was taken back, for a person."""
    start = f"{done.verb} of {done.at.replace('T', ', ')[:17]} ({done.words})"
    if done.run:
        return [f"{start}: would be taken back on both sides."]
    if done.whole:
        end = "The workbook is exactly as before." if done.written else "The workbook becomes exactly as before."
    else:
        end = "Your own edits since then stay."
    number = "" if done.whole else f" ({counted(done.count, 'change')})"
    found = [f"{start}: {'taken back' if done.written else 'would be taken back'}{number}. {end}"]
    if done.changed_since:
        found.append("Changed since then, and left as they are:")
        found += [f"  {place}" for place in done.changed_since[:MOST]]
        if len(done.changed_since) > MOST:
            found.append(f"  … and {len(done.changed_since) - MOST:,} more")
    return [*found, *done.remarks]
