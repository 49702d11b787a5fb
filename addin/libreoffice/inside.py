"""What runs inside soffice, in its own Python: work on very many objects at once.

Each note is an object of its own, and to ask one from outside takes ten messages to soffice. soffice can load a Python
file by its address (service com.sun.star.loader.Python, part of python3-uno and of LibreOffice's own Python), and from
inside the same questions take a seventh of the time. Nothing of the add-in is imported here: soffice's Python has none
of it. helper.py calls this file, and does without where it cannot be loaded.
"""

from collections.abc import Sequence
from typing import Any

import uno
import unohelper  # type: ignore[import-not-found]  # soffice's Python has it

NAME = "ib-trackers.inside.1"


class Inside(unohelper.Base, uno.getClass("com.sun.star.task.XJob")):  # type: ignore[misc]  # classes made at run time
    """A job of soffice: `execute` is what UNO calls."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def execute(self, given: Any) -> Any:
        """Read the notes of a sheet, or write these, as (row, column, text) counted from 0."""
        named = {each.Name: each.Value for each in given}
        if "notes" not in named:
            return read(named["sheet"].Annotations)
        write(named["document"], named["sheet"].Annotations, named["notes"])
        return None


def read(holder: Any) -> tuple[tuple[int, int, str], ...]:
    """Every note of a sheet."""
    found = (holder.getByIndex(index) for index in range(holder.Count))
    return tuple((note.Position.Row, note.Position.Column, note.String) for note in found)


def write(document: Any, holder: Any, notes: Sequence[tuple[int, int, str]]) -> None:
    """Write these notes; the sheet is drawn once at the end, not once for each."""
    document.addActionLock()
    try:
        for row, column, text in notes:
            where = uno.createUnoStruct("com.sun.star.table.CellAddress")
            where.Row, where.Column = row, column
            holder.insertNew(where, text)
    finally:
        document.removeActionLock()


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 (the name that soffice looks for)
g_ImplementationHelper.addImplementation(Inside, NAME, ("com.sun.star.task.Job",))
