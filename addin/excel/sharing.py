"""The button Share: sign this computer in to Google, and share what the Links sheet says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from addin.core.language import in_one, joined, phrase
from addin.core.names import STATE_FOLDER
from addin.excel.desk import own_folder, saved_file
from addin.excel.shown import is_agreed, note_shown

if TYPE_CHECKING:
    import xlwings


def share(book: xlwings.Book) -> str:
    """Set up the new lines of the Links sheet; without one, make room for them. Signs in first where that is needed."""
    from addin.actions.messages import shared
    from addin.actions.share import share_book
    from addin.backends.excel import ExcelBook
    from addin.errors import SignInProblem

    path = saved_file(book, "Share")
    lines = []
    try:
        done = share_book(ExcelBook(book), "excel:")
    except SignInProblem as problem:
        signed_in, answer = _sign_in(book.name, path.parent)
        if not signed_in:
            return joined("\n", [problem.what, answer])
        lines.append(answer)
        done = share_book(ExcelBook(book), "excel:")
    if done.ready or done.failed:
        book.sheets[done.sheet].activate()
    lines += shared(done, phrase("Then press Share again."), phrase("Press Sync: it brings both sides together."))
    if any(one.new for one in done.made):
        lines.append(_script(book.name))
    return joined("\n", lines)


def _script(name: str) -> str:
    """Write the script of the shared sheets into the person's own folder; what to do with it."""
    from addin.workspace.script_words import spoken_script

    path = own_folder(name) / "IB Trackers script.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(spoken_script(), encoding="utf-8")
    except OSError as error:
        return phrase(
            "The script with checks for teachers could not be written to {path}: {why}.",
            path=path,
            why=error.strerror,
        )
    return phrase(
        "For checks while teachers type: in the Google Sheet choose Extensions > Apps Script, paste {path}, save.",
        path=path,
    )


def _sign_in(name: str, folder: Path) -> tuple[bool, str]:
    """Whether this computer is signed in now, and what to say. A key that was found is shown before it is used."""
    from addin.actions.google_doctor import must_accept
    from addin.google.keys import PRESS_SHARE, downloaded_keys, how_to_get_a_key, synced_by
    from addin.google.sign_in import remember

    found = downloaded_keys([Path.home() / "Downloads", Path.home() / "Desktop", folder])
    if not found:
        return False, how_to_get_a_key(PRESS_SHARE)
    seen = folder / STATE_FOLDER / "share-shown.json"
    if not is_agreed(seen, name, str(found[0])):
        there = phrase("There is a Google key: {file}.", file=found[0])
        return False, joined("\n", [there, phrase("Press Share again to sign this computer in with it.")])
    key = remember(found[0], try_=must_accept)
    note_shown(seen, "", "")
    program = synced_by(found[0])
    copied = phrase("{program} has copied it: empty its bin, too.", program=program) if program else ""
    signed_in = phrase("Signed in as {who}.", who=key.who) if key.who else phrase("You are signed in.")
    return True, in_one(signed_in, phrase("Delete {file} now.", file=found[0]), copied)
