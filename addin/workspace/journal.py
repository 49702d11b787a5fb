"""Every write of ours to a workbook, in order: what was written, and from which copy the old state comes back.

One file an entry in `.ib-trackers/journal`, 0600, named by its number. An entry is kept as Python literals, which cost
a click no import to write; reading checks every part. The oldest go when there are more than `KEEP` of a workbook.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

from addin.core.book import Cell, CellError, Edits, Look, Value
from addin.core.language import joined, phrase
from addin.core.names import STATE_FOLDER
from addin.core.records import as_dict, field, frozen, replace
from addin.core.text import counted
from addin.files import private

FOLDER, SUFFIX = "journal", ".entry"
KEEP = 20
MOMENT = "%Y-%m-%dT%H:%M:%S"
SYNC = "sync"
"""The verb of an entry that only says that a sync ran: its own memory has the rest."""

Files = Mapping[str, tuple[str | None, str]]
"""Text files beside the workbook that were written: name -> (text before, None where there was none; text now)."""


@frozen
class Entry:
    """One write. `before` and `after` are fingerprints of the workbook's file; blank where it is no file of ours."""

    number: int
    book: str
    verb: str
    at: str
    before: str = ""
    after: str = ""
    run: int = 0
    """The number of a sync's run in its own memory."""
    cells: Mapping[Cell, Value] = field(default_factory=dict)
    looks: Mapping[Cell, Look] = field(default_factory=dict)
    rows: Mapping[str, list[dict[int, Value]]] = field(default_factory=dict)
    drops: Mapping[str, list[int]] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    files: Files = field(default_factory=dict)
    old: Mapping[str, Any] = field(default_factory=dict)
    """What was there before, where no copy of a file has it; see workspace/snapshot.py."""
    made_from: str = ""
    """The list beside the workbook from which it was made for this write."""

    def words(self) -> str:
        """What was written, for a person: "3 cells, 2 new rows"."""
        marked = len(self.looks)
        added, dropped = (sum(map(len, parts.values())) for parts in (self.rows, self.drops))
        counts = {
            counted(len(self.cells), "cell"): len(self.cells),
            counted(added, "new row"): added,
            counted(dropped, "deleted row"): dropped,
            counted(marked, "mark"): marked,
        }
        found = [words for words, number in counts.items() if number]
        found += [phrase("the sheet {name}", name=name) for name in self.sheets]
        return joined(", ", found) if found else phrase("both sides") if self.verb == SYNC else phrase("settings")


def new_entry(folder: Path, book: str, verb: str, edits: Edits, *, before: str = "", run: int = 0) -> Entry:
    """An entry for these edits, numbered after the last."""
    at = time.strftime(MOMENT)
    tables = tuple(sorted(edits.tables))
    return Entry(
        _last_number(folder) + 1,
        book.casefold(),
        verb,
        at,
        before,
        "",
        run,
        edits.cells,
        edits.looks,
        edits.rows,
        edits.drops,
        tuple(sorted({*edits.sheets, *edits.removed})),
        tables,
    )


def write_entry(folder: Path, entry: Entry) -> None:
    """Keep an entry; the oldest of its workbook go. Raises OSError."""
    path = _path(folder, entry.number)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with private(path, "utf-8") as file:
        file.write(repr(_pack(as_dict(entry))))
    numbers = _numbers(folder)
    if len(numbers) > KEEP * 2:  # of all workbooks of the folder; each is looked into only then
        mine = [one.number for one in entries(folder, entry.book)]
        for number in mine[KEEP:]:
            forget(folder, number)
        for number in numbers[: -KEEP * 10]:
            forget(folder, number)


def forget(folder: Path, number: int) -> None:
    """Remove an entry."""
    _path(folder, number).unlink(missing_ok=True)


def entries(folder: Path, book: str) -> list[Entry]:
    """The entries of a workbook, the newest first; one that cannot be read is left out."""
    found = (read_entry(folder, number) for number in reversed(_numbers(folder)))
    return [one for one in found if one is not None and one.book in (book.casefold(), "")]


def read_entry(folder: Path, number: int) -> Entry | None:
    """An entry by its number; None where it is not there or damaged."""
    import ast

    try:
        parts = _unpack(ast.literal_eval(_path(folder, number).read_text(encoding="utf-8")))
        entry = Entry(**parts)
        _check(entry, number)
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, AttributeError, MemoryError, RecursionError):
        return None
    return entry


def finished(entry: Entry, **changes: Any) -> Entry:
    """The entry with what is known when the write is over."""
    return replace(entry, **changes)


def _check(entry: Entry, number: int) -> None:
    texts = (entry.book, entry.verb, entry.at, entry.before, entry.after, entry.made_from)
    mappings = (entry.cells, entry.looks, entry.rows, entry.drops, entry.files, entry.old)
    cells = [*entry.cells, *entry.looks]
    right = (
        entry.number == number
        and all(type(one) is str for one in texts)
        and all(isinstance(one, dict) for one in mappings)
        and all(len(cell) == 3 and [*map(type, cell)] == [str, int, int] and min(cell[1:]) > 0 for cell in cells)
        and all(isinstance(look, Look) for look in entry.looks.values())
        and all(isinstance(line, dict) for lines in entry.rows.values() for line in lines)
        and all(type(row) is int for rows in entry.drops.values() for row in rows)
    )
    if not right or not time.strptime(entry.at, MOMENT):
        raise ValueError("damaged")


def _numbers(folder: Path) -> list[int]:
    path = folder / STATE_FOLDER / FOLDER
    names = [one.stem for one in path.iterdir() if one.suffix == SUFFIX] if path.is_dir() else []
    return sorted(int(name) for name in names if name.isdigit() and len(name) < 10)


def _last_number(folder: Path) -> int:
    return max(_numbers(folder), default=0)


def _path(folder: Path, number: int) -> Path:
    return folder / STATE_FOLDER / FOLDER / f"{number:06}{SUFFIX}"


_READ: Mapping[str, Any] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time_of_day.fromisoformat,
    "length": lambda count: timedelta(microseconds=count),
    "error": CellError,
    "number": float,
    "look": lambda look: Look(*look),
}
_TAG = "!"


def _pack(value: Any) -> Any:
    """A value as Python literals; what is none of them is a tuple that begins with a tag."""
    kind = type(value)
    if kind in (str, int, bool, type(None)):
        return value
    if kind is float:
        return value if value - value == 0 else (_TAG, "number", str(value))
    if kind in (list, tuple):
        return kind(_pack(one) for one in value)
    if isinstance(value, Mapping):
        return {key: _pack(one) for key, one in value.items()}
    if isinstance(value, Look):
        return (_TAG, "look", tuple(value))
    if isinstance(value, timedelta):
        return (_TAG, "length", value // timedelta(microseconds=1))
    if isinstance(value, CellError):
        return (_TAG, "error", str(value))
    return (_TAG, kind.__name__, value.isoformat())


def _unpack(value: Any) -> Any:
    if isinstance(value, tuple) and len(value) == 3 and value[0] == _TAG and isinstance(value[1], str):
        return _READ[value[1]](value[2])
    if isinstance(value, list | tuple):
        return type(value)(_unpack(one) for one in value)
    if isinstance(value, dict):
        return {key: _unpack(one) for key, one in value.items()}
    return value


def sheets_of(entry: Entry) -> list[str]:
    """The sheets that an entry touched."""
    named: Iterable[str] = [cell[0] for cell in (*entry.cells, *entry.looks)]
    return list(dict.fromkeys([*named, *entry.rows, *entry.drops, *entry.sheets]))
