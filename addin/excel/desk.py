"""The buttons of the coordinator's desk: register, lend, return, count, remind, bring back, roll over, hand over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.language import in_one, joined, phrase, phrases
from addin.core.names import STATE_FOLDER
from addin.core.text import counted, first_of
from addin.excel.shown import is_agreed, note_shown, shown_before

if TYPE_CHECKING:
    import xlwings


def register(book: xlwings.Book) -> str:
    """Enter the candidate of the Register sheet, and clear the form."""
    from addin.actions.messages import registered
    from addin.actions.register import register_book
    from addin.backends.excel import ExcelBook

    return joined("\n", [*registered(register_book(ExcelBook(book), "excel:")), phrase("Undo takes this back.")])


def _stock(book: xlwings.Book, verb: str) -> str:
    from addin.actions.stock import Wish, stock_book, summary
    from addin.backends.excel import ExcelBook

    done = stock_book(ExcelBook(book), "excel:", Wish(verb, rows=_selected_rows(book)))
    if done.next_cell:
        sheet, row, column = done.next_cell
        book.sheets[sheet].range((row, column)).select()
    done_so = summary(done, verb)
    return in_one(done_so, phrase("Undo takes this back.")) if done.written else done_so


def _selected_rows(book: xlwings.Book) -> list[int]:
    """The rows that are selected on the sheet of the inventory; none on another sheet."""
    from addin.backends.excel import ExcelBook
    from addin.workspace.workbook import read

    chosen = book.selection
    workbook = read(ExcelBook(book), "excel:")
    table = workbook.tables.get("inventory")
    if chosen is None or table is None or chosen.sheet.name not in table.layouts:
        return []
    first, last = chosen.row, chosen.row + chosen.rows.count - 1
    return [row for row in table.rows if first <= row <= last]


def lend(book: xlwings.Book) -> str:
    """Lend the selected rows of Inventory from today on."""
    return _stock(book, "lend")


def give_back(book: xlwings.Book) -> str:
    """Enter that the selected rows of Inventory came back today."""
    return _stock(book, "give_back")


def count(book: xlwings.Book) -> str:
    """Enter that today's count found what the selected rows of Inventory say."""
    return _stock(book, "count")


def roll_over(book: xlwings.Book) -> str:
    """Show what would go into next session's workbook; pressed again, save this one and make it.

    What was typed since the last save is shown before it goes into the new workbook: then a third press is needed.
    """
    from addin.actions.messages import rolled_over
    from addin.actions.rollover import rollover
    from addin.backends.excel import ExcelBook

    path = saved_file(book, "Roll over")
    seen = path.parent / STATE_FOLDER / "rollover-shown.json"
    if shown_before(seen)[0] == book.name:
        ExcelBook(book).save()
    shown = joined("\n", rolled_over(rollover(str(path), dry_run=True)))
    if not is_agreed(seen, book.name, shown):
        again = phrase("Press Roll over again: it saves this workbook and makes the new one.")
        return joined("\n", [shown, again])
    note_shown(seen, "", "")
    return joined("\n", rolled_over(rollover(str(path))))


def remind(book: xlwings.Book) -> str:
    """Show who has something open; pressed again, write a draft for each of them."""
    from addin.actions.messages import reminded
    from addin.actions.remind import remind_open
    from addin.backends.excel import ExcelBook
    from addin.workspace.workbook import read

    workbook = read(ExcelBook(book), "excel:")
    result = remind_open(workbook, dry_run=True)
    shown = joined("\n", reminded(result, dry_run=True))
    seen = workbook.folder / STATE_FOLDER / "remind-shown.json"
    if not result.reminders or shown_before(seen) != (book.name, shown):
        note_shown(seen, book.name, shown)
        again = phrase("Press Remind again to write the e-mails.")
        return joined("\n", [shown, again]) if result.reminders else shown
    note_shown(seen, "", "")
    done = remind_open(workbook)
    drafts = phrase("The drafts are in {folder}: open each in your mail program to send it.", folder=done.folder)
    return joined("\n", [*reminded(done), drafts])


def bring_back(book: xlwings.Book) -> str:
    """Show the rows that an earlier state has and this one lacks; pressed again, put them back."""
    from addin.actions.bring_back import bring_back_book
    from addin.backends.excel import ExcelBook

    open_book = ExcelBook(book)
    found = bring_back_book(open_book, "excel:", dry_run=True)
    if not found.rows:
        return phrase("No row of an earlier state is missing.")
    shown = phrase("Gone since {at}: {rows}", at=found.at, rows=first_of(found.rows, 8, "; "))
    seen = (open_book.folder or Path.home()) / STATE_FOLDER / "bring-back-shown.json"
    if not is_agreed(seen, book.name, shown):
        again = phrase("Press Bring back again to put {rows} back.", rows=counted(len(found.rows), "row"))
        return joined("\n", [shown, again])
    note_shown(seen, "", "")
    done = bring_back_book(ExcelBook(book), "excel:")
    return phrases(
        "{n} row is back, below the others. Undo takes this back.",
        "{n} rows are back, below the others. Undo takes this back.",
        len(done.rows),
    )


def hand_over(book: xlwings.Book) -> str:
    """Save the workbook and pack it for a new coordinator, with a password that is shown once."""
    from secrets import token_hex

    from addin.actions.handover import hand_over as pack
    from addin.backends.excel import ExcelBook

    path = saved_file(book, "Hand over")
    ExcelBook(book).save()
    password = "-".join(token_hex(2) for _ in range(4))
    made = pack(str(path), "", password)
    files = counted(len(made.files), "file")
    return joined(
        "\n",
        [
            phrase(
                "Saved this workbook and made {path} with {files}, without keys and passwords.",
                path=made.path,
                files=files,
            ),
            phrase("Its password, shown only now: {password}", password=password),
            phrase("Send the file and the password to the new coordinator separately, then stop using your copy."),
        ],
    )


def own_folder(name: str) -> Path:
    """The folder of the person's own in which the buttons write files about the workbook of this name."""
    return Path.home() / "Documents" / "IB Trackers" / Path(name).stem


def saved_file(book: xlwings.Book, button: str) -> Path:
    """The file of the workbook. Raises Problem for one that was never saved."""
    from addin.backends.excel import ExcelBook
    from addin.errors import Problem

    folder = ExcelBook(book).folder
    path = Path(folder) / book.name if folder else None
    if path is None or not path.is_file():
        raise Problem(
            phrase("{button} works on a saved workbook.", button=button),
            next=phrase("Save it, then press {button} again.", button=button),
        )
    return path
