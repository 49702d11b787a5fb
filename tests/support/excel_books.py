"""Small macro workbooks for the tests of addin/excel."""

from pathlib import Path

import xlsxwriter

from addin.templates.macros.workbook import add_buttons, add_macros, finish


def build_workbook(path: Path, sheets: tuple[str, ...] = ("Home", "CAS", "Registrations"), ribbon: bool = True) -> Path:
    """A workbook with all buttons on the first sheet and two on each other one."""
    book = xlsxwriter.Workbook(path)
    for place, name in enumerate(sheets):
        sheet = book.add_worksheet(name)
        sheet.write("A1", name)
        if place:
            add_buttons(sheet, 0, 2, ("validate", "next_problem"))
        else:
            add_buttons(sheet, 3, 1)
    add_macros(book, book.worksheets())
    book.close()
    finish(path, ribbon=ribbon)
    return path
