"""What a person names as the place of a spreadsheet: a file, the open workbook, or a Google Sheet. Parsed here only."""

from __future__ import annotations

from addin.core.language import phrase
from addin.core.records import frozen
from addin.core.regex import regex
from addin.errors import BookProblem

ADDRESS = regex(r"/spreadsheets/(?:u/\d+/)?d/([\w-]+)")
"""Where the key is in a Google Sheets address."""
_OPEN = "excel:"
_KEY = regex(r"[\w-]+")


@frozen
class FileTarget:
    """A workbook on disk."""

    path: str


@frozen
class ExcelTarget:
    """A workbook that is open in Excel or LibreOffice; without a name the one in front."""

    name: str = ""


@frozen
class GoogleTarget:
    """A Google Sheet."""

    key: str


Target = FileTarget | ExcelTarget | GoogleTarget


def parse(text: str) -> Target:
    """The target that a person named: a path, `excel:[NAME]`, `gsheet:KEY` or a Google Sheets address.

    Raises BookProblem for an address that is not that of a Google Sheet, and where nothing is named.
    """
    if "\0" in text:
        raise BookProblem(
            phrase("This is no name of a file."), where=text.replace("\0", "?"), next=phrase("Check the name.")
        )
    if not text.strip():
        raise BookProblem(
            phrase("No workbook is named."), next=phrase("Name one (.xlsx), or . for all in this folder.")
        )
    start, colon, rest = text.strip().partition(":")
    scheme = start.casefold() if colon else ""
    if scheme == "excel":
        return ExcelTarget(rest.strip())
    if scheme == "gsheet":
        return GoogleTarget(_key(rest.strip(), text))
    if scheme in ("http", "https") and rest.startswith("//"):
        return GoogleTarget(_key_in_address(text))
    return FileTarget(text)


def is_file(text: str) -> bool:
    """Whether a person named a file; an address that cannot be read is none."""
    try:
        return isinstance(parse(text), FileTarget)
    except BookProblem:
        return False


def is_open_workbook(text: str) -> bool:
    """Whether a place that a sentence names is the workbook that is open in front of the person."""
    return text.startswith(_OPEN)


def canonical(text: str) -> str:
    """A target under the one name that it has however it was written."""
    target = parse(text)
    return f"gsheet:{target.key}" if isinstance(target, GoogleTarget) else text


def google_key(text: str) -> str:
    """The key of the Google Sheet that a person named. Raises BookProblem where it is none."""
    target = parse(text)
    if not isinstance(target, GoogleTarget):
        raise _no_sheet(text)
    return target.key


def _key(key: str, text: str) -> str:
    if not _KEY.fullmatch(key):
        raise _no_sheet(text)
    return key


def _key_in_address(text: str) -> str:
    if "/spreadsheets/d/e/" in text:
        raise BookProblem(
            phrase("This is the address of a published copy."), where=text, next=phrase("Use the one from Share.")
        )
    found = ADDRESS.search(text)
    if not found:
        raise _no_sheet(text)
    return found[1]


def _no_sheet(text: str) -> BookProblem:
    return BookProblem(
        phrase("This is not the address of a Google Sheet."), where=text, next=phrase("Copy it from the browser.")
    )
