"""LibreOffice as an engine of xlwings: the same button functions in a real spreadsheet program without Excel.

    attach(pipe)            the xlwings App of a LibreOffice that runs and listens on this pipe
    start()                 a headless LibreOffice of one's own, for tests and schedules; ends with the block

How it is laid out: office.py is the process, bridge.py LibreOffice's Python bridge; engine.py, app.py, books.py,
sheets.py, ranges.py, names.py, tables.py, notes.py, shapes.py, charts.py follow the classes of xlwings one by one;
values.py reads blocks of cells, entries.py writes them, formats.py has their looks, areas.py many ranges at once;
helper.py has soffice run inside.py, for work on very many notes. What xlwings can do and this cannot raises
NotImplementedError.

A LibreOffice that a person works in is reachable when it was started as
`soffice "--accept=pipe,name=ib-trackers;urp;StarOffice.ComponentContext"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from addin.libreoffice.office import DEFAULT_PIPE

if TYPE_CHECKING:
    import xlwings

__all__ = ["DEFAULT_PIPE", "attach", "start"]


def attach(pipe: str = DEFAULT_PIPE, seconds: float = 60.0) -> xlwings.App:
    """The App of the LibreOffice that listens on this pipe. Raises ServiceProblem when there is none in that time."""
    import xlwings as xw

    from addin.libreoffice.app import App
    from addin.libreoffice.engine import register
    from addin.libreoffice.office import connect

    context = connect(pipe, seconds)
    engine = register()
    known = next((app for app in engine.apps.running if app.pipe == pipe), None)
    if known is None:
        known = App(engine.apps, context, pipe)
    known.activate()
    return xw.App(impl=known)


@contextmanager
def start(env: Mapping[str, str] | None = None, pipe: str = "") -> Iterator[xlwings.App]:
    """A headless LibreOffice of one's own: its App, attached; the process ends with the block."""
    import xlwings as xw

    from addin.libreoffice.app import App
    from addin.libreoffice.engine import register
    from addin.libreoffice.office import connect, launch

    office = launch(pipe, env)
    try:
        engine = register()
        app = App(engine.apps, connect(office.pipe), office.pipe, office)
        try:
            yield xw.App(impl=app)
        finally:
            app.kill()
    finally:
        office.stop()
