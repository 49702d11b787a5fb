"""Hold reading and writing of closed workbooks to files that Excel itself saved.

    python scripts/peer_excel_files.py FOLDER

FOLDER holds workbooks (.xlsx, .xlsm), at any depth: for instance xlsxwriter/test/comparison/xlsx_files of a clone of
github.com/jmcnamara/XlsxWriter, about a thousand files saved by Excel; or your own. They are read and copied, never
changed. For each file:

* every cell reads as openpyxl reads it, and as our careful scan does;
* after an edit (a text, a fill with a note, an own sheet) the copy reads back, each part is well-formed, no part has
  changed that the edit is not about, openpyxl opens it, and the same edit once more changes nothing.

Ends with 0 when all holds, 1 with a line for each file where it does not, 2 when there is nothing to read.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile

import openpyxl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin.backends.ooxml import fast_reader, reader  # noqa: E402
from addin.backends.ooxml.values import uncode  # noqa: E402
from addin.backends.xlsx import XlsxBook  # noqa: E402
from addin.core.book import Edits, Grid, Look, OwnSheet, Value  # noqa: E402 (found only with the line above)
from addin.errors import Problem  # noqa: E402

ABOUT = ("sheet", "workbook.xml", "styles", "Content_Types", "comments", "vmlDrawing", "calcChain")
"""Parts that an edit may change: sheets with their relations, styles, notes and the lists of parts."""


def main(argv: list[str]) -> int:
    files = sorted(path for path in Path(argv[0]).rglob("*.xls[xm]") if path.is_file()) if argv else []
    if not files:
        print("There is no workbook to read: name a folder that holds some. See the head of this file.")
        return 2
    warnings.simplefilter("ignore")  # openpyxl warns of what it drops; nothing is saved with it here
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(files, 1):
            copy = Path(folder) / path.name
            shutil.copy(path, copy)
            for fault in faults(path, copy, counts):
                print(f"{path}: {fault}")
                counts["faults"] += 1
            copy.unlink()
            if sys.stderr.isatty():
                print(f"\r{number} of {len(files)}", end="", file=sys.stderr, flush=True)
    print(", ".join(f"{number:,} {what}" for what, number in counts.items()))
    return int(counts["faults"] > 0)


def faults(path: Path, copy: Path, counts: Counter[str]) -> Iterator[str]:
    """What does not hold for one file."""
    counts["files"] += 1
    try:
        grids = read(copy)
    except Problem as problem:
        yield f"refused: {problem}"
        return
    yield from against_careful(copy, grids)
    yield from against_openpyxl(path, grids, counts)
    edit = Edits(
        cells={(first := next(iter(grids)), 3, 2): "text"},
        looks={(first, 1, 1): Look("F8CBAD", "IB Trackers: a note")},
        sheets={"Findings": OwnSheet([["Level"], ["error"]])},
    )
    try:
        XlsxBook.open(copy).apply(edit)
    except Problem as problem:
        counts["edits of table headers refused"] += 1  # formulas may name them
        if "header of the table" not in str(problem):
            yield f"refused: {problem}"
        return
    yield from after(path, copy, first)
    before = copy.read_bytes()
    XlsxBook.open(copy).apply(edit)
    if copy.read_bytes() != before:
        yield "the same edit once more changed the file"


def read(path: Path) -> dict[str, Grid]:
    book = XlsxBook.open(path)
    return book.read(book.sheets())


def against_careful(path: Path, grids: dict[str, Grid]) -> Iterator[str]:
    """The careful scan, asked for every row, says the same."""

    def refuse(*_: object) -> Iterator[fast_reader.Line]:
        raise fast_reader.Unusual

    quick, reader.lines = reader.lines, refuse  # type: ignore[assignment]
    try:
        if read(path) != grids:
            yield "the quick way reads something else than the careful scan"
    finally:
        reader.lines = quick


def against_openpyxl(path: Path, grids: dict[str, Grid], counts: Counter[str]) -> Iterator[str]:
    book = openpyxl.load_workbook(path, data_only=True)
    for name, grid in grids.items():
        for (row, column), cell in book[name]._cells.items():
            ours, theirs = plain(grid.value(row, column)), plain(cell.value)
            counts["cells"] += theirs is not None
            blank = theirs is None and ours == ""
            if ours != theirs and not blank and not first_day(ours, theirs) and not coded(ours, theirs):
                yield f"{name}, row {row}, column {column}: {ours!r}, and openpyxl reads {theirs!r}"


def plain(value: Value | object) -> object:
    """A value as the two can be compared: openpyxl knows moments and no days."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def coded(ours: object, theirs: object) -> bool:
    """openpyxl leaves coded characters such as _x000D_ as they are, and takes every x005F_ away."""
    texts = isinstance(ours, str) and isinstance(theirs, str)
    return texts and (uncode(theirs) == ours or ours.replace("x005F_", "") == theirs)  # type: ignore[attr-defined]


def first_day(ours: object, theirs: object) -> bool:
    """Day 0 of the calendar that begins in 1904 is a day; openpyxl takes it for midnight."""
    return ours == datetime(1904, 1, 1) and str(theirs) == "00:00:00"


def after(path: Path, copy: Path, sheet: str) -> Iterator[str]:
    book = XlsxBook.open(copy)
    if book.read([sheet])[sheet].value(3, 2) != "text" or book.looks([(sheet, 1, 1)])[sheet, 1, 1].fill != "F8CBAD":
        yield "the edit does not read back"
    openpyxl.load_workbook(copy)
    with ZipFile(path) as old, ZipFile(copy) as new:
        there = set(new.namelist())
        for name in old.namelist():
            if (name not in there or new.read(name) != old.read(name)) and not any(word in name for word in ABOUT):
                yield f"its part {name} has changed"
        for name in there:
            if name.endswith((".xml", ".rels")):
                expat.ParserCreate().Parse(new.read(name), True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
