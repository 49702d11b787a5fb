"""The buttons of privacy: a copy without private data, everything held on one person, and what is due to be erased."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.language import in_a_row, joined, phrase, say_value
from addin.core.tables.values import show
from addin.core.text import counted
from addin.errors import Problem
from addin.excel.desk import own_folder, saved_file

if TYPE_CHECKING:
    import xlwings

    from addin.workspace.workbook import Workbook

PEOPLE = {"candidates": "code", "staff": "name", "registrations": "candidate", "cas": "candidate"}
"""The trackers that have the column Held on, and the column that says on whom."""
_SHOWN = 12


def redacted_copy(book: xlwings.Book) -> str:
    """Write a copy of the saved workbook without private data, to send on."""
    from addin.actions.export import export_redacted

    path = saved_file(book, "Redacted copy")
    made = export_redacted(str(path), _free(path, f"{path.stem} redacted {date.today():%Y-%m-%d}.xlsx"))
    blank = phrase("Blank in it: {columns}.", columns=", ".join(made.emptied) or phrase("no column"))
    sheets = ", ".join(made.sheets)
    return joined(
        "\n",
        [
            phrase("Made {path} as the workbook was last saved, with {sheets}.", path=made.path, sheets=sheets),
            blank,
            phrase("Students have pseudonyms. Look through the copy before you send it."),
        ],
    )


def held_on(book: xlwings.Book) -> str:
    """Write everything held on the person in the selected row, as a page."""
    from addin.actions.held import hold
    from addin.backends.excel import ExcelBook
    from addin.workspace.workbook import read

    person = _person(read(ExcelBook(book), "excel:"), book)
    if not person:
        raise Problem(
            phrase("No person is selected."), next=phrase("Select a row of Candidates or Staff, then press Held on.")
        )
    path = saved_file(book, "Held on")
    name = "".join(sign if sign.isalnum() or sign in "-_ " else "-" for sign in person)
    out = _free(path, f"held on {name} {date.today():%Y-%m-%d}.html")
    data = hold(str(path), person, out)
    rows = counted(sum(map(len, data.rows.values())), "row")
    mentions = counted(len(data.mentions), "mention")
    first = phrase(
        "Made {path}: {rows} about {person}, {mentions} elsewhere, as the workbook was last saved.",
        path=out,
        rows=rows,
        person=person,
        mentions=mentions,
    )
    return joined("\n", [first, phrase("It may name others, too. Check it before you hand it out.")])


def due_to_erase(book: xlwings.Book) -> str:
    """List whose data has been kept longer than the periods on the Settings sheet."""
    from addin.actions.retention import what_is_due
    from addin.workspace.settings_sheet import PRIVACY

    found = what_is_due(str(saved_file(book, "Due to erase")))
    titles = {row.name: row.title for row in PRIVACY}
    lines = [
        phrase(
            "{person}: since {since} ({period}): {rows}",
            person=one.person,
            since=say_value(one.since),
            period=phrase(titles[one.setting]),
            rows=counted(sum(one.rows.values()), "row"),
        )
        for one in found.people[:_SHOWN]
    ]
    if len(found.people) > _SHOWN:
        lines.append(phrase("and {n} more.", n=len(found.people) - _SHOWN))
    if found.old_entries:
        lines.append(
            phrase(
                "Log of disclosures: {entries} older than your period.",
                entries=counted(found.old_entries, "entry", "entries"),
            )
        )
    if found.unset:
        lines.append(
            phrase(
                "No period is set on the Settings sheet: {unset}.",
                unset=in_a_row([phrase(titles[name]) for name in found.unset]),
            )
        )
    return joined("\n", lines or [phrase("Nothing is due.")])


def _person(workbook: Workbook, book: xlwings.Book) -> str:
    """Whom the selected row is about; "" where it is about nobody."""
    chosen = book.selection
    for name, column in PEOPLE.items():
        table = workbook.tables.get(name)
        if chosen is not None and table is not None:
            cells = zip(table.sheets, table.rows, table.columns[column], strict=True)
            for sheet, row, value in cells:
                if (sheet, row) == (chosen.sheet.name, chosen.row) and value:
                    return show(value).strip()
    return ""


def _free(path: Path, name: str) -> Path:
    """A file of this name, numbered where there is one, in the folder where Export writes."""
    folder = own_folder(path.name)
    folder.mkdir(parents=True, exist_ok=True)
    out, number = folder / name, 2
    while out.exists():
        out = folder / f"{Path(name).stem} {number}{Path(name).suffix}"
        number += 1
    return out
