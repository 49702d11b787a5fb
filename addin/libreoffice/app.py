"""The application: one running soffice, with the settings of Excel that buttons touch."""

from __future__ import annotations

import atexit
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.libreoffice.books import Books
from addin.libreoffice.bridge import properties
from addin.libreoffice.helper import helper
from addin.libreoffice.office import Office, connect, launch

if TYPE_CHECKING:
    from addin.libreoffice.engine import Engine
    from addin.libreoffice.notes import Slips
    from addin.libreoffice.ranges import Range


class Apps(base_classes.Apps):
    """The soffice processes this Python is attached to, the active one first."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.running: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.running]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        """A soffice of one's own, without a book unless one is asked for."""
        office = launch()
        app = App(self, connect(office.pipe), office.pipe, office)
        atexit.register(app.kill)
        if add_book:
            app.books.add()
        return app

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind: each process ends with its app, or with this Python."""

    def __iter__(self) -> Iterator[App]:
        yield from list(self.running)

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> App:
        return {app.pid: app for app in self.running}[pid]


def kept(name: str, default: Any) -> Any:
    """A setting of Excel that headless LibreOffice has no use for: what was set is read back."""

    def read(app: App) -> Any:
        return app.settings.get(name, default)

    def write(app: App, value: Any) -> None:
        app.settings[name] = value

    return property(read, write)


class App(base_classes.App):
    """One soffice: ours (`office` is its process), or one that a person started."""

    hwnd = 0
    version = "16.0"  # xlwings reads the caller's arguments on a Unix only from 15 on
    path = ""
    startup_path = None
    visible = kept("visible", False)
    display_alerts = kept("display_alerts", True)
    enable_events = kept("enable_events", True)
    interactive = kept("interactive", True)
    cut_copy_mode = kept("cut_copy_mode", False)
    status_bar = kept("status_bar", False)

    def __init__(self, apps: Apps, context: Any, pipe: str, office: Office | None = None) -> None:
        self.apps, self.context, self.pipe, self.office = apps, context, pipe, office
        self.settings: dict[str, Any] = {}
        self.waiting: list[Slips] = []
        self._inside: Any | None = None
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.keeper = ""
        if office:  # soffice ends with its last shown document: keep a hidden one open
            hidden = self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
            self.keeper = hidden.RuntimeUID
        apps.running.insert(0, self)

    @property
    def engine(self) -> Engine:
        return self.apps.engine

    @property
    def api(self) -> Any:
        return self.desktop

    xl = api

    @property
    def inside(self) -> Any | None:
        """What runs inside this soffice, for questions about very many objects at once; None where it cannot be loaded.
        Then soffice is asked again the next time: it may only have been busy."""
        if self._inside is None:
            self._inside = helper(self.context)
        return self._inside

    @property
    def screen_updating(self) -> bool:
        """Off, notes wait (notes.py). The view itself is not locked: it would stay so if this Python died."""
        return bool(self.settings.get("screen_updating", True))

    @screen_updating.setter
    def screen_updating(self, on: bool) -> None:
        self.settings["screen_updating"] = on
        if on:
            self.settle()

    def settle(self) -> None:
        """Do what waits."""
        while self.waiting:
            self.waiting.pop().write()

    @property
    def pid(self) -> int:
        """Of a process that is not ours the pipe is used instead: all that xlwings wants is a number of its own."""
        return self.office.process.pid if self.office else abs(hash((os.getpid(), self.pipe))) % 10**9

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def calculation(self) -> str:
        books = list(self.books)
        automatic = not books or self.books.active.doc.isAutomaticCalculationEnabled()
        kept_mode: str = self.settings.get("calculation", "automatic")
        return (kept_mode if kept_mode != "manual" else "automatic") if automatic else "manual"

    @calculation.setter
    def calculation(self, mode: str) -> None:
        self.settings["calculation"] = mode
        for book in self.books:
            book.doc.enableAutomaticCalculation(mode != "manual")

    def calculate(self) -> None:
        self.books.active.doc.calculateAll()

    def activate(self, steal_focus: Any = None) -> None:
        self.apps.running.sort(key=lambda app: app is not self)

    @property
    def selection(self) -> Range | None:
        from addin.libreoffice.ranges import Range

        front = self.books.active
        chosen = front.doc.CurrentSelection
        if chosen is None or not hasattr(chosen, "RangeAddress"):  # a shape is selected, or several areas
            return None
        return Range.at(front.sheet_at(chosen.RangeAddress.Sheet), chosen.RangeAddress)

    def run(self, macro: str, args: Any) -> Any:
        """Run a macro, named as in Excel: `Sub`, `Module.Sub`, `'Book.xlsm'!Module.Sub`."""
        self.settle()
        book_name, _, name = macro.rpartition("!")
        book = self.books(book_name.strip("'")) if book_name else self.books.active
        # short integers arrive as 0 in an `As Long` parameter: hand over doubles
        given = tuple(float(arg) if type(arg) is int else getattr(arg, "api", arg) for arg in args or ())
        return basic_script(book.doc, name).invoke(given, (), ())[0]

    def quit(self) -> None:
        self.kill()

    def kill(self) -> None:
        """Let go; a process that is ours ends with all its books, unsaved changes included."""
        if self in self.apps.running:
            self.apps.running.remove(self)
        if self.office:
            self.office.stop()
            self.office = None


def basic_script(doc: Any, name: str) -> Any:
    """The Basic procedure `Module.Name` (or `Name` alone, looked for) of a document's VBA project."""
    libraries = doc.BasicLibraries
    library = next(n for n in reversed(libraries.ElementNames) if n != "Standard")  # bears the VBA project's name
    modules = libraries.getByName(library)
    if "." not in name:
        declared = re.compile(rf"(?mi)^\s*(public\s+)?(sub|function)\s+{re.escape(name)}\b").search
        name = next(f"{module}.{name}" for module in modules.ElementNames if declared(modules.getByName(module)))
    address = f"vnd.sun.star.script:{library}.{name}?language=Basic&location=document"
    return doc.getScriptProvider().getScript(address)
