"""What each button and menu item does: the verb of the command line, on the workbook that is open.

A button is `f(book) -> message`: the open book is handed in, unsaved changes and all, and the message is what the
person reads. Only the public surface of xlwings is used.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.checks import marks
from addin.core.language import in_one, in_thousands, joined, phrase
from addin.core.names import STATE_FOLDER, VIEWS
from addin.core.tables.values import show
from addin.core.text import counted
from addin.excel.desk import bring_back, count, give_back, hand_over, lend, own_folder, register, remind, roll_over
from addin.excel.importing import import_
from addin.excel.nightly import nightly
from addin.excel.privacy import due_to_erase, held_on, redacted_copy
from addin.excel.sending import calendar, ibis, packs
from addin.excel.sharing import share
from addin.excel.shown import is_agreed, note_shown, shown_before

if TYPE_CHECKING:
    import xlwings

    from addin.workspace.workbook import Workbook


def validate(book: xlwings.Book) -> str:
    """Check the open workbook and mark what is wrong."""
    from addin.actions.messages import validated
    from addin.actions.validate import validate_book
    from addin.backends.excel import ExcelBook

    return joined("\n", validated(validate_book(ExcelBook(book), "excel:"), ""))


_UNFOLDED = 18
"""Characters: the width of a column that was folded away."""


def next_problem(book: xlwings.Book) -> str:
    """Go to the next marked cell and say what is wrong with it and what to do."""
    from addin.backends.excel import ExcelBook

    open_book = ExcelBook(book)
    grids = open_book.read([marks.SHEET, marks.OTHER_SHEET])
    name = marks.own_sheet(grids)
    lines = grids[name].values[1:] if name in grids else []
    if not lines:
        return phrase("There is no problem on the {name} sheet. Validate looks again.", name=name)
    chosen = book.selection
    at = (chosen.sheet.name, chosen.get_address(False, False).partition(":")[0]) if chosen else ("", "")
    visited = (open_book.folder or Path.home()) / STATE_FOLDER / "next-problem.json"
    # Pressed on Home, the selection says nothing: then it goes on from the problem that was shown last.
    sheet, cell, words = marks.next_problem(lines, at, shown_before(visited))
    note_shown(visited, sheet, cell)
    book.sheets[sheet].activate()
    show_cell(book.sheets[sheet].range(cell))
    return words


def show_cell(cell: xlwings.Range) -> None:
    """Select a cell, after opening its column where that is folded away."""
    if cell.column_width == 0:
        cell.column_width = _UNFOLDED
    cell.select()


def adopt(book: xlwings.Book) -> str:
    """Write the Setup sheet; pressed again, adopt the workbook as that sheet says and take it out."""
    from addin.actions.adopt import adopt_book
    from addin.actions.adopt_source import setup_name
    from addin.actions.adopt_words import CHANGE_AND_PRESS, ending_lines, reading_lines, setup_lines
    from addin.backends.excel import ExcelBook

    open_book = ExcelBook(book)
    if not setup_name(open_book.read(open_book.sheets())):
        shown = adopt_book(open_book, "excel:", setup=True)
        if shown.is_ours:
            return joined("\n", ending_lines(shown, "", dry_run=False))
        if shown.written:
            book.sheets[shown.setup].activate()
        lines = reading_lines(shown.reading, shown.titles)[:12]
        return joined("\n", [*lines, *setup_lines(shown, phrase(CHANGE_AND_PRESS))])
    done = adopt_book(ExcelBook(book), "excel:", take_defaults=True)
    return joined("\n", [line for line in ending_lines(done, "", dry_run=False) if line])


def fix(book: xlwings.Book) -> str:
    """Show the certain repairs; pressed again, write them."""
    from addin.actions.fix import fix_book
    from addin.actions.messages import fixable, fixed
    from addin.backends.excel import ExcelBook

    open_book = ExcelBook(book)
    shown = fix_book(open_book, "excel:", write=False)
    lines = fixable(shown)
    seen = (open_book.folder or Path.home()) / STATE_FOLDER / "fix-shown.json"
    if not shown.groups:
        return joined("\n", lines)
    if not is_agreed(seen, book.name, joined("\n", lines)):
        return joined("\n", [*lines, phrase("Press Fix again to write them all.")])
    done = fix_book(ExcelBook(book), "excel:")
    note_shown(seen, "", "")
    return fixed(done)


def undo(book: xlwings.Book) -> str:
    """Show the last change of ours; pressed again, take it back."""
    from addin.actions.undo import undo_book
    from addin.actions.undo_words import undone_lines
    from addin.backends.excel import ExcelBook

    open_book = ExcelBook(book)
    shown = undo_book(open_book, "excel:", dry_run=True)
    lines = joined("\n", undone_lines(shown))
    seen = (open_book.folder or Path.home()) / STATE_FOLDER / "undo-shown.json"
    if not is_agreed(seen, book.name, lines):
        return joined("\n", [lines, phrase("Press Undo again to take it back.")])
    note_shown(seen, "", "")
    if shown.run:
        return _undo_sync(book)
    return joined("\n", undone_lines(undo_book(ExcelBook(book), "excel:")))


def _undo_sync(book: xlwings.Book) -> str:
    from addin.actions.messages import undone
    from addin.actions.sync.books import opener
    from addin.actions.sync.undo import undo as take_back
    from addin.backends.excel import ExcelBook

    usual = opener()
    done = take_back("excel:", open_=lambda target: ExcelBook(book) if target == "excel:" else usual(target))
    return joined("\n", undone(done, dry_run=False, whole=True))


def export(book: xlwings.Book) -> str:
    """Write every tracker as CSV into a folder of the person's own."""
    from addin.backends.excel import ExcelBook
    from addin.exporters import export as write
    from addin.workspace.workbook import read

    workbook = read(ExcelBook(book), "excel:")
    folder = own_folder(book.name)
    written = write(workbook, "csv", folder)
    rows = [
        phrase("{title} {n}", title=phrase(workbook.trackers[name].title), n=in_thousands(len(table)))
        for name, table in workbook.tables.items()
    ]
    files = counted(len(written), "file")
    return phrase("Exported as {files} to {folder}: {rows}.", rows=rows, files=files, folder=folder)


PACKS_OF = {
    "exams": ("exam-day",), "evaluation": ("evaluation",), "pd": ("pd-record", "travel"), "inventory": ("shopping",),
    "registrations": ("registration", "subjects"), "cas": ("missing",), "results": ("results-letters", "outcomes"),
    "awards": ("results-letters",), "destinations": ("outcomes",),
    "transcripts": ("requests",), "eur": ("requests",), "planners": ("curriculum",),
}  # fmt: skip
"""The packs that Report makes of the sheet a person is on."""
PACKS_OF_VIEWS = ("missing", "charts")


def report(book: xlwings.Book) -> str:
    """Make the report that belongs to the sheet in front, and open it in the browser.

    Home and others: the page for the head of school. A row of Candidates or Staff: the page of that student or
    colleague. Views: who is missing what, and charts. CAS, Exams, Evaluation, PD, Inventory, Registrations, Results,
    Destinations, Transcripts, Unit planners: their packs.
    """
    from addin.actions.report import report_open
    from addin.backends.excel import ExcelBook
    from addin.workspace.workbook import read

    workbook = read(ExcelBook(book), "excel:")
    folder = own_folder(book.name)
    chosen = book.selection
    sheet, row = (chosen.sheet.name, chosen.row) if chosen else ("", 0)
    tracker = next((name for name, table in workbook.tables.items() if sheet in table.layouts), "")
    if sheet == workbook.settings.written.say(VIEWS):
        return _packs(workbook, PACKS_OF_VIEWS, folder)
    if tracker in PACKS_OF:
        return _packs(workbook, PACKS_OF[tracker], folder)
    code = _in_row(workbook, "candidates", "code", sheet, row) if tracker == "candidates" else ""
    person = _in_row(workbook, "staff", "name", sheet, row) if tracker == "staff" else ""
    whose = f"student {code}" if code else f"colleague {person}" if person else "report"
    path = folder / f"{_file_name(whose)}.html"
    made = report_open(workbook, path, candidate=code, person=person)
    errors = counted(made.errors, "error")
    first = phrase("Made {path} ({errors} open).", path=path, errors=errors)
    return joined(" ", [first, _show(path), phrase("It holds personal data.")])


def _packs(workbook: Workbook, names: tuple[str, ...], folder: Path) -> str:
    """Make these packs; one that has nothing to show says so."""
    from addin.actions.packs import pack_open
    from addin.errors import Problem

    lines = []
    for name in names:
        try:
            made = pack_open(workbook, name, folder / name)
        except Problem as problem:
            lines.append(phrase("{name}: {what}", name=name, what=in_one(problem.what, problem.next)))
            continue
        pages = phrase("Made {path} ({sheets}).", path=made.path, sheets=counted(made.pages, "sheet"))
        lines += [joined(" ", [pages, _show(made.path)]), *made.remarks]
    return joined("\n", [*lines, phrase("It holds personal data.")])


def _in_row(workbook: Workbook, tracker: str, column: str, sheet: str, row: int) -> str:
    """Whom a row of a sheet is about; "" where nobody is in it."""
    table = workbook.tables[tracker]
    names = zip(table.sheets, table.rows, table.columns[column], strict=True)
    return next((show(name).strip() for place, at, name in names if (place, at) == (sheet, row) and name), "")


def _file_name(words: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_ ." else "-" for sign in words)


def _show(path: Path) -> str:
    import webbrowser

    return phrase("It opens in your browser.") if webbrowser.open(path.as_uri()) else phrase("Open it in a browser.")


def sync(book: xlwings.Book) -> str:
    """Bring the open workbook and its shared sheets together; the workbook is saved, as what was synced must last."""
    from addin.actions.messages import synced
    from addin.actions.sync.books import opener
    from addin.actions.sync.run import sync as run
    from addin.backends.excel import ExcelBook

    usual = opener()
    done = run("excel:", open_=lambda target: ExcelBook(book) if target == "excel:" else usual(target))
    return joined("\n", synced(done, dry_run=False))


def help_(book: xlwings.Book) -> str:
    """Write a page that says what each button does, and open it."""
    from addin.excel.help_page import help_page
    from addin.reports.html import html
    from addin.workspace.spoken import spoken

    path = own_folder(book.name) / "help.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(html(help_page(spoken)))
    return joined(" ", [phrase("{path} says what each button does.", path=path), _show(path)])


BUTTONS: dict[str, Callable[[xlwings.Book], str]] = {
    "validate": validate,
    "next_problem": next_problem,
    "adopt": adopt,
    "fix": fix,
    "undo": undo,
    "register_candidate": register,
    "lend": lend,
    "give_back": give_back,
    "count": count,
    "import": import_,
    "export": export,
    "report": report,
    "ibis": ibis,
    "packs": packs,
    "calendar": calendar,
    "share": share,
    "sync": sync,
    "nightly": nightly,
    "remind": remind,
    "bring_back": bring_back,
    "roll_over": roll_over,
    "hand_over": hand_over,
    "redacted_copy": redacted_copy,
    "held_on": held_on,
    "due_to_erase": due_to_erase,
    "help": help_,
}
