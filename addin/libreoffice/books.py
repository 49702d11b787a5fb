"""Workbooks: the documents of a soffice; opening, saving, PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from addin.libreoffice.bridge import address_of, path_of, properties
from addin.libreoffice.names import Names
from addin.libreoffice.sheets import Sheet, Sheets, picked

if TYPE_CHECKING:
    from addin.libreoffice.app import App

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
    ".pdf": "calc_pdf_Export",
}
ALWAYS_RUN_MACROS = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN


class Books(base_classes.Books):
    """The spreadsheets that are open, oldest first; the hidden one that keeps soffice alive is none of them."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        return self.app.desktop.Components

    def _counts(self, doc: Any) -> bool:
        return (
            doc is not None
            and doc.supportsService("com.sun.star.sheet.SpreadsheetDocument")
            and doc.RuntimeUID != self.app.keeper
        )

    def _all(self) -> list[Book]:
        found: list[Book] = []
        walk = self.api.createEnumeration()  # newest first
        while walk.hasMoreElements():
            doc = walk.nextElement()
            if self._counts(doc):
                found.insert(0, Book(self.app, doc))
        return found

    def __iter__(self) -> Iterator[Book]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: str | int) -> Book:
        return picked(self._all(), key)

    @property
    def active(self) -> Book:
        current = self.app.desktop.getCurrentComponent()
        return Book(self.app, current) if self._counts(current) else self._all()[-1]

    def add(self) -> Book:
        return Book(self.app, self.app.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ()))

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: Any = None,
        format: Any = None,  # noqa: A002 (xlwings calls it so)
        password: str | None = None,
        *unused: Any,
        **also_unused: Any,
    ) -> Book:
        """Open a file, shown: only a shown document has a view, so a selection and pressable buttons."""
        wanted: dict[str, Any] = {"MacroExecutionMode": ALWAYS_RUN_MACROS, "ReadOnly": bool(read_only)}
        if password:
            wanted["Password"] = password
        doc = self.app.desktop.loadComponentFromURL(address_of(fullname), "_blank", 0, properties(**wanted))
        if doc is None:
            raise XlwingsError(f"LibreOffice does not open {fullname} (is a .~lock file beside it?)")
        return Book(self.app, doc)


class Book(base_classes.Book):
    """One open document."""

    def __init__(self, app: App, doc: Any) -> None:
        self._app, self.doc = app, doc
        self.order = 0  # grows when sheets come, go or change places
        self.format_codes: dict[int, str] = {}  # number -> code of a format; a document uses no number twice

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> Any:
        return self.doc

    xl = api

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @cached_property
    def holder(self) -> Any:
        """LibreOffice's own list of the sheets, live."""
        return self.doc.Sheets

    def reordered(self) -> None:
        """Sheets are about to come, go or change places."""
        self.app.settle()
        self.order += 1

    def sheet_at(self, index: int) -> Sheet:
        """The sheet at this place, counted from 0 as LibreOffice does."""
        return Sheet(self, self.holder.getByIndex(index))

    @contextmanager
    def heights_kept(self, wanted: bool = True) -> Iterator[None]:
        """Row heights are left alone: LibreOffice works out those of every row between the first and the last cell of a
        change, whatever it was. (20,000 ids written: 2.8 s of its time with, 0.2 s without.)"""
        before = self.doc.IsAdjustHeightEnabled
        self.doc.IsAdjustHeightEnabled = before and not wanted
        try:
            yield
        finally:
            self.doc.IsAdjustHeightEnabled = before

    def service(self, name: str) -> Any:
        """An object that this document makes itself, such as a shape."""
        return self.doc.createInstance(name)

    @property
    def fullname(self) -> str:
        return path_of(self.doc.URL) if self.doc.URL else self.name

    @property
    def name(self) -> str:
        if self.doc.URL:
            return Path(path_of(self.doc.URL)).name
        return self.doc.Title.rpartition(" - ")[0] or self.doc.Title or "Untitled"

    def activate(self) -> None:
        if self.doc.CurrentController:
            self.doc.CurrentController.Frame.activate()

    def close(self) -> None:
        self.app.settle()
        self.doc.setModified(False)  # nobody is there to be asked
        self.doc.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        self.app.settle()
        if not path and self.doc.URL:
            self.doc.store()
            return
        target = Path(path or self.name).absolute()
        target = target if target.suffix else target.with_name(target.name + ".xlsx")
        kind = FILTERS.get(target.suffix.lower())
        if kind is None:
            raise NotImplementedError(f"LibreOffice does not save {target.suffix} here")
        secret = {"Password": password} if password else {}
        self.doc.storeAsURL(address_of(target), properties(FilterName=kind, **secret))

    def to_pdf(self, path: str, quality: Any = None) -> None:
        self.app.settle()
        self.doc.storeToURL(address_of(path), properties(FilterName=FILTERS[".pdf"]))
