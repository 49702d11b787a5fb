"""A busy Excel is asked again for a while; screen, calculation and events are as they were on every way out.

Excel refuses every call while somebody edits a cell or a dialog is open. xlwings itself asks again without end
(its N_COM_ATTEMPTS is 0), which looks like a hang: here it asks once, and this file asks again until a limit.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from addin.core.language import phrase
from addin.errors import BookInUse, BookProblem, Problem

if TYPE_CHECKING:
    import xlwings

PATIENCE = 20.0  # seconds that a person may need to finish a cell
PAUSE = 0.2
REFUSALS = {
    -2147418111,  # RPC_E_CALL_REJECTED: "Call was rejected by callee" (learn.microsoft.com, COM error codes)
    -2147417846,  # RPC_E_SERVERCALL_RETRYLATER: "The application is busy"
    -2146777998,  # 0x800AC472, VBA_E_IGNORE: Excel while a cell is edited
}
BUSY = BookInUse(
    phrase("Excel is busy: a cell is being edited, or a dialog is open."),
    next=phrase("Finish editing the cell (press Enter) or close the dialog, then try again."),
)
Answer = TypeVar("Answer")


def is_refusal(problem: BaseException) -> bool:
    """True when Excel said "not now", not "no"."""
    if type(problem).__name__ == "ExcelBusyError":  # xlwings' own; it cannot be imported where there is no Windows
        return True
    codes: list[Any] = [getattr(problem, "hresult", None)]
    details = problem.args[2] if len(problem.args) > 2 else None
    if isinstance(details, tuple):  # pywin32's excepinfo: the last one is the code inside Excel
        codes.append(details[-1])
    return any(code in REFUSALS for code in codes)


def patiently(call: Callable[..., Answer], *given: Any, **named: Any) -> Answer:
    """What `call(*given, **named)` gives; while Excel is busy it is tried again, up to PATIENCE seconds."""
    _ask_once()
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return call(*given, **named)
        except Exception as problem:
            if not is_refusal(problem):
                raise
            if time.monotonic() >= end:
                raise BookInUse(BUSY.what, next=BUSY.next) from problem
            time.sleep(PAUSE)


def _ask_once() -> None:
    """xlwings asks again at once and for ever; one attempt of its own leaves the patience to us."""
    native = sys.modules.get("xlwings._xlwindows")
    if native is not None and getattr(native, "N_COM_ATTEMPTS", 1) == 0:
        native.N_COM_ATTEMPTS = 1  # type: ignore[attr-defined]  # the module exists on Windows only


@contextmanager
def calmly(book: xlwings.Book) -> Iterator[None]:
    """No flicker, no recalculation and no event macros between the single writes; then everything as it was."""
    app = patiently(getattr, book, "app")  # the first call: nothing is touched before Excel has answered once
    before = patiently(lambda: (app.screen_updating, app.calculation, app.enable_events))
    front = patiently(getattr, book.sheets, "active")
    try:
        patiently(_settle, app, (False, "manual", False))
        yield
    finally:
        _put_back(app, before)
        with suppress(Exception):
            if book.sheets.active.name != front.name:  # adding a sheet brings it to the front
                front.activate()


def _settle(app: xlwings.App, settings: tuple[bool, str, bool]) -> None:
    app.screen_updating, app.calculation, app.enable_events = settings


def _put_back(app: xlwings.App, before: tuple[bool, str, bool]) -> None:
    """Each setting for itself: one that fails must not keep the others away."""
    for name, value in zip(("calculation", "enable_events", "screen_updating"), (before[1], before[2], before[0])):  # noqa: B905 (both are three)
        with suppress(Exception):
            patiently(setattr, app, name, value)


@contextmanager
def in_words(book: xlwings.Book) -> Iterator[None]:
    """Whatever the spreadsheet program says becomes one sentence with what to do."""
    try:
        yield
    except (Problem, KeyboardInterrupt, SystemExit):
        raise
    except Exception as problem:
        if is_refusal(problem):
            raise BookInUse(BUSY.what, next=BUSY.next) from problem
        where = "the open workbook"
        with suppress(Exception):
            where = book.name
        raise BookProblem(
            phrase("the spreadsheet program refused ({problem}).", problem=said(problem)),
            where=where,
            next=phrase(
                "Nothing was changed. If a sheet is protected, take the protection away (Review, "
                "Unprotect Sheet); if it is filtered, clear the filter; then try again."
            ),
        ) from problem


def said(problem: BaseException) -> str:
    """What the program itself said, in one line."""
    details = problem.args[2] if len(problem.args) > 2 else None
    text = details[2] if isinstance(details, tuple) and len(details) > 2 and details[2] else str(problem)
    line = " ".join(str(text).split())
    return line[:200] or type(problem).__name__
