"""Why a button could not do its work, in a sentence that says what to do next.

Excel and macOS answer with numbers. Each number below was looked up, not guessed: [MS-ERREF] and Microsoft's pages on
COM errors for Windows; Apple's "Apple Event Manager result codes" for macOS (read 2026-11).
"""

from collections.abc import Iterator

from addin.core.language import in_one, phrase
from addin.core.target import is_open_workbook
from addin.core.text import as_phrase, in_buttons
from addin.errors import Problem
from addin.workspace.spoken import said, spoken

BUTTONS = {
    "adopt": "Adopt", "validate": "Validate", "fix": "Fix", "undo": "Undo", "sync": "Sync", "google link": "Share",
    "google sign-in": "Share", "import": "Import", "restore": "Bring back",
}  # fmt: skip
"""The button for a command that a sentence advises."""
WITHOUT_MACROS = "Without macros: leave the workbook open and run in a terminal: ib-trackers validate excel:"
LOOK_OVER = "Send this message to whoever installed IB Trackers (ib-trackers excel doctor finds the cause)."
BUSY = (
    "Excel is busy. Finish editing the cell (press Enter or Esc), close any dialog that is open, and press the "
    "button again."
)
NOT_ALLOWED = (
    "macOS does not let Python talk to Excel. Open System Settings > Privacy & Security > Automation, allow "
    "Microsoft Excel under the program that asked, and press the button again."
)
GONE = "Excel or the workbook was closed while the button was at work. Open it and press the button again."
PROTECTED = "The sheet is protected. Unprotect it (Review > Unprotect Sheet) and press the button again."

SENTENCES = {
    -2147418111: BUSY,  # 0x80010001 RPC_E_CALL_REJECTED, "Call was rejected by callee"
    -2147417846: BUSY,  # 0x8001010A RPC_E_SERVERCALL_RETRYLATER
    -2146777998: BUSY,  # 0x800AC472 VBA_E_IGNORE: a cell is being edited
    -1712: BUSY,  # errAETimeout
    -1743: NOT_ALLOWED,  # errAEEventNotPermitted
    -1744: NOT_ALLOWED,  # errAEEventWouldRequireUserConsent
    -600: GONE,  # procNotFound
    -609: GONE,  # connectionInvalid
    -2147023174: GONE,  # 0x800706BA RPC_S_SERVER_UNAVAILABLE
    -2147417848: GONE,  # 0x80010108 RPC_E_DISCONNECTED
}


def reason(error: BaseException) -> str | None:
    """The sentence for this error; None where nobody foresaw it."""
    if isinstance(error, Problem):
        here = is_open_workbook(error.where)  # the one in front: the person sees which
        words = spoken(in_one(as_phrase(error.what), as_phrase(error.next))) if here else said(error)
        return in_buttons(words, BUTTONS)
    if isinstance(error, ModuleNotFoundError):
        lacks = "The Python that was started lacks the package {name}. Install 'ib-trackers[excel]'."
        return spoken(in_one(phrase(lacks, name=error.name), phrase(LOOK_OVER)))
    if type(error).__name__ == "ExcelBusyError":  # xlwings' own, defined on Windows only
        return spoken(phrase(BUSY))
    known = next((SENTENCES[number] for number in _numbers(error) if number in SENTENCES), None)
    if known is None and "protected sheet" in str(error).lower():
        return spoken(phrase(PROTECTED))
    return spoken(phrase(known)) if known else None


def _numbers(error: BaseException) -> Iterator[int]:
    """Every number an error carries: pywin32 puts them into nested arguments, appscript into an attribute."""
    for attribute in ("hresult", "errornumber"):
        number = getattr(error, attribute, None)
        if isinstance(number, int):
            yield number
    yield from _flat(error.args)


def _flat(values: tuple[object, ...]) -> Iterator[int]:
    for value in values:
        if isinstance(value, int):
            yield value
        elif isinstance(value, tuple):
            yield from _flat(value)
