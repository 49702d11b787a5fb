"""Find the workbook that is open: in Excel, or in a LibreOffice that can be reached.

LibreOffice is asked on Linux, and wherever IB_TRACKERS_LO_PIPE names its pipe. Without that the pipe is `ib-trackers`:
`soffice "--accept=pipe,name=ib-trackers;urp;StarOffice.ComponentContext"`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from addin.backends.excel.patience import patiently
from addin.core.language import phrase
from addin.errors import BookProblem, ServiceProblem

if TYPE_CHECKING:
    import xlwings

PIPE_VARIABLE = "IB_TRACKERS_LO_PIPE"
OFFICE_ANSWERS_WITHIN = 3.0  # seconds; a LibreOffice that runs answers at once


def open_workbook(name: str) -> xlwings.Book:
    """The open workbook of this name; "" is the one in front. BookProblem when there is none."""
    apps = _office() if PIPE_VARIABLE in os.environ or sys.platform not in ("win32", "darwin") else _excel()
    books = patiently(lambda: [book for app in apps for book in app.books])
    if not books:
        raise BookProblem(phrase("no workbook is open."), next=phrase("Open it first, then try again."))
    if not name:
        return patiently(lambda: apps[0].books.active)
    wanted = _bare(name)
    for book in books:
        if wanted in (book.name.casefold(), Path(book.name).stem.casefold()):
            return book
    raise BookProblem(
        phrase("no open workbook is called {name}.", name=f"{name!r}"),
        next=phrase("Open now: {names}. Open yours first.", names=", ".join(_names(books))),
    )


def _excel() -> list[xlwings.App]:
    """The running instances of Excel, the one in front first."""
    from addin.backends.excel.lean_xlwings import lean_xlwings

    xw = lean_xlwings()
    apps: list[xlwings.App] = patiently(list, xw.apps)
    if not apps:
        raise BookProblem(
            phrase("Excel is not running."), next=phrase("Open the workbook in Excel first, then try again.")
        )
    front = xw.apps.active
    return sorted(apps, key=lambda app: app.pid != front.pid)


def _office() -> list[xlwings.App]:
    """The LibreOffice that listens on the pipe."""
    from addin.backends.excel.lean_xlwings import lean_xlwings
    from addin.libreoffice import DEFAULT_PIPE, attach
    from addin.libreoffice.office import accept_option

    lean_xlwings()
    pipe = os.environ.get(PIPE_VARIABLE) or DEFAULT_PIPE
    try:
        return [attach(pipe, OFFICE_ANSWERS_WITHIN)]
    except ServiceProblem as problem:
        raise BookProblem(
            phrase("no open workbook can be reached: there is no Excel here, and no LibreOffice that listens."),
            next=phrase(
                'Start it as: soffice "{accept_option}" and open the workbook, or name the file itself.',
                accept_option=accept_option(pipe),
            ),
        ) from problem


def _bare(name: str) -> str:
    """The last part of what may be a path."""
    return name.replace("\\", "/").rpartition("/")[2].casefold()


def _names(books: Iterable[xlwings.Book]) -> list[str]:
    return [book.name for book in books]
