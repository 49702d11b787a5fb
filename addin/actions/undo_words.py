"""What an undo took back, in a few lines: the same words on the command line and in the buttons."""

from __future__ import annotations

from datetime import datetime

from addin.actions.undo import Undone
from addin.core.language import in_one, in_thousands, joined, phrase
from addin.core.text import counted

MOST = 10
"""Places that are listed."""
TAKEN = ("{what}: taken back.", "{what}: taken back ({changes}).", "The workbook is exactly as before.")
WOULD_BE_TAKEN = (
    "{what}: would be taken back.",
    "{what}: would be taken back ({changes}).",
    "The workbook becomes exactly as before.",
)

REMOVED_MADE = "{name}, which was made from {source}, is removed again; {source} is unchanged."
WOULD_BE_REMOVED = "{name}, which was made from {source}, would be removed; {source} is unchanged."


def undone_lines(done: Undone) -> list[str]:
    """What was taken back, for a person."""
    at = datetime.fromisoformat(done.at)
    what = phrase("{verb} of {at} ({words})", verb=phrase(done.verb), at=f"{at:%Y-%m-%d, %H:%M}", words=done.words)
    if done.run:
        return [phrase("{what}: would be taken back on both sides.", what=what)]
    taken = TAKEN if done.written else WOULD_BE_TAKEN
    if done.removed:
        gone = phrase(REMOVED_MADE if done.written else WOULD_BE_REMOVED, name=done.removed, source=done.source)
        found = [in_one(phrase(taken[0], what=what), gone)]
    elif done.whole:
        found = [in_one(phrase(taken[0], what=what), phrase(taken[2]))]
    else:
        changes = counted(done.count, "change")
        found = [in_one(phrase(taken[1], what=what, changes=changes), phrase("Your own edits since then stay."))]
    if done.changed_since:
        found.append(phrase("Changed since then, and left as they are:"))
        found += [f"  {place}" for place in done.changed_since[:MOST]]
        if len(done.changed_since) > MOST:
            found.append(joined("", ["  ", phrase("… and {n} more", n=in_thousands(len(done.changed_since) - MOST))]))
    return [*found, *done.remarks]
