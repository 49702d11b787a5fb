"""In which language a person is answered, decided in one place for each command or press of a button.

    with conversation(target, asked): …    while it runs
        note(language)                      the language of the workbook, where it has been read
        spoken(sentence)                    a sentence in the language of the conversation

First the language that was asked for (`--language`); else that of the workbook, by its Settings sheet and the names of
its sheets, for one that is being adopted by its headers; else that of the computer. Data (`--json`) stays English.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core import names
from addin.core import target as targets
from addin.core.language import ENGLISH, Language, Phrase
from addin.core.text import as_phrase
from addin.errors import Problem

if TYPE_CHECKING:
    from addin.core.book import Book, Grid
    from addin.core.settings import Settings
    from addin.core.trackers import Tracker

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_PREFERENCES = Path("Library") / "Preferences" / ".GlobalPreferences.plist"


class Conversation:
    """A command or a press of a button, and the language of its answers."""

    def __init__(self, target: str = "", book: Book | None = None, asked: str = "") -> None:
        self._target, self._book = target, book
        self._language = _named(asked, _folder(target)) if asked else None

    def about(self, book: Book) -> None:
        """Look into this workbook, which is open, for the language."""
        self._book = book

    def note(self, language: Language) -> None:
        """Answer in the language of the workbook, where none was asked for; the first that is read counts."""
        if self._language is None:
            self._language = language

    @property
    def language(self) -> Language:
        """The language of the answers; looked for in the workbook where no verb has read it."""
        if self._language is None:
            self._language = _of_book(self._book, self._target) or of_computer()
        return self._language


_NOW: ContextVar[Conversation | None] = ContextVar("conversation", default=None)


@contextmanager
def conversation(target: str = "", book: Book | None = None, asked: str = "") -> Iterator[Conversation]:
    """Answer in one language as long as this lasts. Raises SettingsProblem where there is no language `asked`."""
    opened = Conversation(target, book, asked)
    before = _NOW.set(opened)
    try:
        yield opened
    finally:
        _NOW.reset(before)


def note(language: Language) -> None:
    """Say in which language a workbook is that was read."""
    if (now := _NOW.get()) is not None:
        now.note(language)


def settle() -> None:
    """Find out the language now: what is about to be written may hide it."""
    if (now := _NOW.get()) is not None:
        now.language  # noqa: B018 (looked up once, and kept)


def language_after(found: Language | None) -> Language:
    """The language of the answers, once that of a workbook is `found`; None where it does not say."""
    now = _NOW.get()
    if now is None:
        return found or ENGLISH
    if found is not None:
        now.note(found)
    return now.language


def of_headers(
    grids: Collection[Grid], trackers: Collection[Tracker], settings: Settings, folder: Path
) -> Language | None:
    """The language in which a person wrote a workbook of their own, by its headers; None where they do not say."""
    from addin.workspace.translation import language_of_layouts

    name = str(settings.values.get("workbook_language") or language_of_layouts(settings))
    return _named(name, folder) if name else _of_headers(grids, trackers, folder)


def _of_headers(grids: Collection[Grid], trackers: Collection[Tracker], folder: Path) -> Language | None:
    from addin.core.recognition.header_language import WORDS, language_of_headers, words_in
    from addin.workspace.languages import available, load

    there = available(folder)
    further = {code: words_in(load(path), trackers) for code, path in there.items() if code not in WORDS}
    code = language_of_headers(grids, there, further)
    return ENGLISH if code == "en" else load(there[code]) if code else None


def spoken(text: str) -> str:
    """A sentence as the person of this conversation reads it; English outside of any."""
    now = _NOW.get()
    return now.language.speak(text) if now is not None and isinstance(text, Phrase) else str(text)


def said(problem: Problem) -> str:
    """What went wrong, as the person of this conversation reads it."""
    return problem.said(spoken_whole)


def spoken_whole(text: str) -> str:
    """As `spoken`; a sentence that was not made by `phrase` is looked up as it is."""
    now = _NOW.get()
    return now.language.speak(as_phrase(text)) if now is not None else str(text)


def _named(name: str, folder: Path | None) -> Language:
    from addin.workspace.languages import language

    return language(name, folder)


def _folder(target: str) -> Path | None:
    if not target or not targets.is_file(target):
        return None
    folder = Path(target).resolve().parent
    return folder if folder.is_dir() else None


def _of_book(book: Book | None, target: str) -> Language | None:
    """The language of a workbook that no verb has read; None where it cannot be known."""
    from addin.backends.open import open_book

    try:
        if book is not None:
            return _of_sheets(book, Path(book.folder) if book.folder else None)
        folder = _folder(target)
        if folder is None or not Path(target).is_file():
            return None
        opened = open_book(target)
        try:
            return _of_sheets(opened, folder)
        finally:
            opened.close()
    except Exception:  # the sentence about what went wrong matters more than its language
        return None


def _of_sheets(book: Book, folder: Path | None) -> Language | None:
    from addin.workspace.languages import written_in
    from addin.workspace.settings import load
    from addin.workspace.sheet_settings import with_sheet_settings
    from addin.workspace.translation import language_of_layouts

    there = book.sheets()
    settings = load(folder, today=date.today(), book=book.name) if folder else None
    asked = str(settings.values.get("workbook_language") or language_of_layouts(settings)) if settings else ""
    written = written_in(there, folder)
    if written is None:
        return _named(asked, folder) if asked else None
    if settings is None:
        return written
    settings.written = settings.language = written
    sheet = written.say(names.SETTINGS)
    grids = book.read([name for name in there if name == sheet])
    return with_sheet_settings(settings, grids, (), folder)[0].language


def of_computer() -> Language:
    """The language of this computer, where there is a catalogue for it; else English."""
    from addin.workspace.languages import available, load

    there = available()
    for code in _codes(os.environ, sys.platform, Path.home()):
        if code in ("en", "c", "posix"):
            return ENGLISH
        if code in there:
            return load(there[code])
    return ENGLISH


def _codes(environment: Mapping[str, str], platform: str, home: Path) -> Collection[str]:
    """The languages that a computer is set to, the first wanted most: `fr` for fr_CH.UTF-8."""
    found = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    wanted = [*environment.get("LANGUAGE", "").split(":"), found] if found else _of_system(platform, home)
    return [code for one in wanted if (code := one.replace("-", "_").partition("_")[0].partition(".")[0].casefold())]


def _of_system(platform: str, home: Path) -> list[str]:
    """What Windows and macOS are set to, where no variable says it: programs that Excel starts have none."""
    try:
        if platform == "win32":
            import ctypes
            import locale

            number = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined,unused-ignore]
            return [locale.windows_locale.get(number, "")]
        if platform == "darwin":
            import plistlib

            with (home / _PREFERENCES).open("rb") as file:
                return list(map(str, plistlib.load(file).get("AppleLanguages", ())))
    except (OSError, ValueError, AttributeError):
        return []
    return []
