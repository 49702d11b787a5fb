"""The buttons for what goes out: a template from IBIS filled, the pages of each occasion, and calendars."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.language import joined, phrase
from addin.core.text import counted
from addin.errors import Problem, SheetMissing
from addin.excel.desk import own_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings

    from addin.workspace.workbook import Workbook

MOST = 12
"""Lines that a message box shows."""


def ibis(book: xlwings.Book) -> str:
    """Fill a copy of the newest template from IBIS with the rows of the sheet in front, else with the candidates."""
    from addin.exporters.ibis import TRACKERS, fill_template

    workbook, front = _read(book)
    name = front if front in TRACKERS else "candidates"
    if name not in workbook.tables:
        raise Problem(
            phrase("The workbook has no Candidates sheet."), next=phrase("Add one, so that it is known who is who.")
        )
    folder = own_folder(book.name)
    folders = [Path.home() / "Downloads", Path.home() / "Desktop", *([workbook.folder] if workbook.folder else [])]
    template = next(_templates(workbook, name, folders), None)
    if template is None:
        raise Problem(
            phrase(
                "No empty template for {title} is in Downloads, on the Desktop or beside this workbook.",
                title=workbook.trackers[name].title,
            ),
            next=phrase("Download it from IBIS, then press IBIS again on the sheet whose rows go into it."),
        )
    folder.mkdir(parents=True, exist_ok=True)
    out = _free(folder / f"{template.stem} filled {date.today():%Y-%m-%d}{template.suffix}")
    filled = fill_template(workbook, name, template, out)
    lines = [f"{header}: {source}" for header, source in filled.matched.items()]
    more = [phrase("… and {n} more.", n=len(lines) - MOST)] if len(lines) > MOST else []
    first = phrase(
        "Filled {rows} of session {session} into a copy of {template}: {path}",
        rows=counted(filled.rows, "row"),
        session=filled.session,
        template=template,
        path=out,
    )
    notes = [phrase("Note: {remark}", remark=remark) for remark in filled.remarks]
    last = phrase("Check it before you upload it. It holds personal data.")
    return joined("\n", [first, *lines[:MOST], *more, *notes, last])


def packs(book: xlwings.Book) -> str:
    """Make the pages of every occasion for which the workbook has rows, each in a folder of its name."""
    from addin.actions.packs import PACKS, pack_open

    workbook, _ = _read(book)
    folder, made, none, absent = own_folder(book.name), list[str](), list[str](), list[str]()
    for name in PACKS:
        try:
            done = pack_open(workbook, name, folder / name)
        except SheetMissing:
            absent.append(name)
            continue
        except Problem as problem:
            none.append(phrase("{name}: {what}", name=name, what=problem.what))
            continue
        made.append(joined("", [name, " (", counted(done.pages, "page"), ")"]))
    there = phrase("Made in {folder}: {packs}. They hold personal data.", folder=folder, packs=made)
    if absent:
        none.append(phrase("This workbook has no sheets for {packs}.", packs=", ".join(absent)))
    return joined("\n", [there if made else phrase("Nothing to make yet."), *none])


def calendar(book: xlwings.Book) -> str:
    """Write the open dates as calendars: one of all, and one for each colleague."""
    from addin.exporters import export

    workbook, _ = _read(book)
    folder = own_folder(book.name) / "calendars"
    written = export(workbook, "ics", folder)
    people = counted(len(written) - 1, "colleague")
    return phrase(
        "Made {path} and one for each of {people} beside it. Open one to add it to your calendar; after changes press "
        "Calendar and open it again: dates are updated, not added twice.",
        path=folder / "calendar.ics",
        people=people,
    )


def _read(book: xlwings.Book) -> tuple[Workbook, str]:
    """The open workbook, and the tracker of the sheet in front."""
    from addin.backends.excel import ExcelBook
    from addin.workspace.workbook import read

    workbook = read(ExcelBook(book), "excel:")
    chosen = book.selection
    sheet = chosen.sheet.name if chosen else ""
    return workbook, next((name for name, table in workbook.tables.items() if sheet in table.layouts), "")


def _templates(workbook: Workbook, name: str, folders: list[Path]) -> Iterator[Path]:
    """The recent templates for a tracker in these folders, the newest first."""
    from addin.actions.import_sheet import newest
    from addin.exporters.ibis import is_template

    for path in newest(folders, besides=workbook.folder / workbook.book.name):
        if path.suffix.lower() in (".xlsx", ".xlsm") and is_template(workbook, name, path):
            yield path


def _free(path: Path) -> Path:
    """This file, numbered where there is one."""
    out, number = path, 2
    while out.exists():
        out, number = path.with_name(f"{path.stem} {number}{path.suffix}"), number + 1
    return out
