"""Make a workbook beside a list that is none (.xls, .ods, .csv …), so that it can be adopted. The list stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from addin.backends.new_file import new_workbook
from addin.core import target as targets
from addin.core.book import Grid
from addin.core.language import in_one, phrase
from addin.core.recognition.source import Source
from addin.core.records import record
from addin.core.tables.text_numbers import with_numbers
from addin.core.text import counted, typed
from addin.errors import BookProblem, Problem, file_problem
from addin.files import temporary_folder
from addin.importers import endings, read

WORKBOOKS = (".xlsx", ".xlsm")
_ZIP, _OLD_EXCEL, _PARTS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"xl/workbook.xml"


@record
class Beside:
    """A workbook that was made from a list beside it."""

    source: Path
    path: Path
    """The workbook's own name; in a dry run nothing is there."""
    file: Path
    """Where its bytes are."""
    sheets: int
    reading: str = ""
    """How a text file was read."""

    def lines(self, *, dry_run: bool = False) -> list[str]:
        """What was made of the list, and what was not taken over."""
        names = {"source": self.source.name, "name": self.path.name, "sheets": counted(self.sheets, "sheet")}
        made = phrase(WOULD_BE_MADE if dry_run else MADE_OF_LIST, **names)
        if self.reading:
            return [in_one(made, phrase("Read as {reading}.", reading=self.reading))]
        return [in_one(made, phrase(ONLY_IN_LIST, source=self.source.name))]


MADE_OF_LIST = "{name} was made from {source} ({sheets}); {source} stays as it is."
WOULD_BE_MADE = "{name} would be made from {source} ({sheets}); {source} stays as it is."
ONLY_IN_LIST = (
    "Values, dates, widths and fills are taken over, formulas as their results; charts, pictures, comments, "
    "drop-downs and macros are only in {source}."
)


def needs_workbook(target: str) -> bool:
    """Whether a target is a list from which a workbook is made: a file that we read, and that is no workbook."""
    named = targets.parse(target)
    if not isinstance(named, targets.FileTarget):
        return False
    path = Path(named.path)
    if path.suffix.lower() not in convertible() or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            start = file.read(4)
        return start != _ZIP or path.suffix.lower() == ".ods" or _PARTS not in path.read_bytes()
    except OSError:
        return False


def convertible() -> frozenset[str]:
    """How the names of lists end from which a workbook can be made."""
    return endings() - {*WORKBOOKS}


def made_from(target: str) -> Path:
    """The workbook that belongs to a list."""
    return Path(target).with_suffix(".xlsx")


@contextmanager
def workbook_beside(target: str, *, dry_run: bool) -> Iterator[Beside]:
    """Make the workbook of a list; it goes again where the adoption ends in an error. Raises Problem."""
    source, path = Path(target), made_from(target)
    if os.path.lexists(path):
        raise BookProblem(
            phrase("{name} is beside it already; it is not overwritten.", name=path.name),
            where=str(source),
            next=phrase("Adopt that one (ib-trackers adopt {name}), or rename it.", name=typed(str(path))),
        )
    sources = read(source)
    data, reading = _bytes(sources, source)
    sheets = sum(bool(one.grid.values) for one in sources)
    with temporary_folder(path) as folder:
        if dry_run:
            file = folder / path.name
            file.write_bytes(data)
            yield Beside(source, path, file, sheets, reading)
            return
        _write(path, data)
        try:
            yield Beside(source, path, path, sheets, reading)
        except BaseException:
            remove(path, data)
            raise


def remove(path: Path, data: bytes | None = None) -> None:
    """Remove a workbook that we have made, where it holds these bytes still (or any)."""
    with suppress(OSError):
        if data is None or path.read_bytes() == data:
            path.unlink()


def _write(path: Path, data: bytes) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        with suppress(OSError):
            if not isinstance(error, FileExistsError):
                path.unlink()
        raise file_problem(error, path) from None


def _bytes(sources: list[Source], path: Path) -> tuple[bytes, str]:
    """The workbook's bytes, and how the text was read."""
    grids: list[Grid] = []
    decimals: dict[tuple[str, int], int] = {}
    reading = ""
    is_text = path.read_bytes()[:4] not in (_ZIP, _OLD_EXCEL)
    for one in sources:
        if one.damaged:
            row, why = next(iter(one.damaged.items()))
            raise Problem(f"{why}.", where=f"{path}, row {row}", next="Save it again as CSV UTF-8.")
        grid = one.grid
        if is_text:
            reading = f"{one.reading}: {one.assumed}" if one.assumed else one.reading
            grid, mine = with_numbers(grid, comma=one.separator not in ("", ","))
            decimals |= {(grid.sheet, column): most for column, most in mine.items()}
        grids.append(grid)
    if not any(grid.values for grid in grids):
        raise BookProblem(phrase("it is empty"), where=str(path), next=phrase("Check the name of the file."))
    try:
        return new_workbook(grids, decimals), reading
    except BookProblem as problem:
        where = f"{path}, {problem.where}" if problem.where else str(path)
        raise BookProblem(problem.what, where=where, next=problem.next) from None
