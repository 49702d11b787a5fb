"""The Python interface: the same functions that the verbs call, for scripts and notebooks. See addin/__init__.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from addin.backends.open import open_book
from addin.core.book import Value
from addin.core.checks.rules import FIELDS, Finding
from addin.core.records import as_dict
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Column, Tracker
from addin.workspace.tracker_names import tracker_names
from addin.workspace.workbook import Workbook, read

if TYPE_CHECKING:
    import pandas

MOST_SHOWN = 200
"""Rows that a notebook shows."""
KINDS = {"integer": "Int64", "number": "Float64", "yes_no": "boolean", "choice": "category", "date": "datetime64[s]"}
"""Column type -> the type in a DataFrame; all others are text."""


class OpenBook:
    """An open book: `book["cas"]` is a tracker by name, title or sheet. It is closed at the end of the `with` block."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook

    @property
    def trackers(self) -> list[str]:
        """The names of the trackers that it holds."""
        return list(self.workbook.tables)

    def __getitem__(self, name: str) -> TrackerRows:
        (found,) = tracker_names([name], self.workbook.present)
        return TrackerRows(self.workbook.trackers[found], self.workbook.tables[found])

    def __iter__(self) -> Iterator[str]:
        return iter(self.trackers)

    def __len__(self) -> int:
        return len(self.workbook.tables)

    def __contains__(self, name: object) -> bool:
        return name in self.workbook.tables

    def export(self, to: str, out: str | PathLike[str]) -> list[Path]:
        """Write every tracker in a format (csv, xlsx, … or one of your own); the files. Raises Problem."""
        from addin.exporters import export

        return export(self.workbook, to, Path(out))

    def close(self) -> None:
        """Let go of the book."""
        self.workbook.book.close()

    def __enter__(self) -> OpenBook:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _repr_html_(self) -> str:
        titles = {name: self.workbook.trackers[name].title for name in self.trackers}
        return _html(["Tracker", "Name", "Rows"], [[titles[n], n, f"{len(self[n]):,}"] for n in self], len(self))

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(table)}" for name, table in self.workbook.tables.items())
        return f"<{self.workbook.target}: {sizes}>"


class TrackerRows(Sequence[dict[str, Value]]):
    """The rows of one tracker: each a dict of typed values by column name."""

    def __init__(self, tracker: Tracker, table: Table) -> None:
        self.tracker, self.table = tracker, table

    @overload
    def __getitem__(self, index: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Value]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Value] | list[dict[str, Value]]:
        if isinstance(index, slice):
            return [self.table.row(one) for one in range(*index.indices(len(self)))]
        return self.table.row(range(len(self))[index])

    def __len__(self) -> int:
        return len(self.table)

    def to_pandas(self, *, raw: bool = False) -> pandas.DataFrame:
        """A DataFrame with typed columns, indexed by row number; `id` and `sheet` say which row it is.

        Where cells of a column cannot be read as its type they are missing there, and a column `NAME_raw` beside it
        holds what the cells say; with `raw` every column has one. A person's own columns follow
        as they are. Needs the extra `pandas`.
        """
        import pandas

        index = pandas.Index(self.table.rows, name="row")
        data: dict[str, Any] = {"id": self.table.ids, "sheet": self.table.sheets}
        for name, values in self.table.columns.items():
            data[name] = _typed(values, self.tracker.columns[name], index)
            if raw or any(issue.raw is not None for issue in self.table.odd.get(name, {}).values()):
                data[f"{name}_raw"] = pandas.Series(self.table.raw(name), index=index, dtype=object)
        for header, values in self.table.extra.items():
            data[header] = pandas.Series(values, index=index, dtype=object)
        return pandas.DataFrame(data, index=index)

    def _repr_html_(self) -> str:
        names = list(self.table.columns)
        headers = [self.tracker.columns[name].header for name in names]
        rows = ([show(row[name]) for name in names] for row in self[:MOST_SHOWN])
        return _html(headers, rows, len(self))


class Findings(list[Finding]):
    """What a check found: a list, and a table in a notebook."""

    @overload
    def __getitem__(self, index: SupportsIndex) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Finding | Findings:
        found = super().__getitem__(index)
        return Findings(found) if isinstance(index, slice) else found  # type: ignore[arg-type,return-value]

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame with a row for each finding; `level` is ordered: info, warning, error."""
        import pandas

        frame = pandas.DataFrame([as_dict(one) for one in self], columns=list(FIELDS))
        frame["level"] = pandas.Categorical(frame["level"], ["info", "warning", "error"], ordered=True)
        return frame

    def _repr_html_(self) -> str:
        headers = ["Level", "Sheet", "Cell", "Column", "Value", "What is wrong", "What to do"]
        rows = ([f.level, f.sheet, f.cell, f.column, f.value, f.message, f.suggestion] for f in self[:MOST_SHOWN])
        return _html(headers, rows, len(self))


def open_target(target: str | PathLike[str], *, today: date | None = None) -> OpenBook:
    """Open and read a book. Raises Problem."""
    text = fspath(target)
    book = open_book(text)
    try:
        return OpenBook(read(book, text, today=today))
    except BaseException:
        book.close()
        raise


def validate_target(book: OpenBook | str | PathLike[str], *, write: bool = False) -> Findings:
    """Check a book, or what a target names. Raises Problem."""
    from addin.actions.validate import validate, validate_open

    if isinstance(book, OpenBook):
        return Findings(validate_open(book.workbook, write=write).findings)
    return Findings(validate(fspath(book), write=write).findings)


def _typed(values: Sequence[Value], column: Column, index: pandas.Index) -> pandas.Series:
    """A column of a DataFrame in the type that the tracker declares; what does not fit that type is missing."""
    import pandas

    kind = KINDS.get(column.type)
    if kind is None:
        texts = [None if value is None else show(value) for value in values]
        return pandas.Series(texts, index=index, dtype=object if column.type == "time" else "string")
    if kind == "category":
        texts = [None if value is None else show(value) for value in values]
        return pandas.Series(pandas.Categorical(texts), index=index)
    if kind == "datetime64[s]":
        return pandas.Series(pandas.to_datetime(list(values), errors="coerce"), index=index).astype(kind)
    wanted: tuple[type, ...] = (bool,) if kind == "boolean" else (int,) if kind == "Int64" else (int, float)
    fits = [isinstance(value, wanted) and isinstance(value, bool) == (kind == "boolean") for value in values]
    fitting = [value if fit else None for value, fit in zip(values, fits, strict=True)]
    return pandas.Series(fitting, index=index, dtype=kind)


def _html(headers: Iterable[str], rows: Iterable[Iterable[str]], total: int) -> str:
    """A table for a notebook; every value escaped."""
    head = "".join(f"<th>{escape(one)}</th>" for one in headers)
    body = "".join("<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) + "</tr>" for row in rows)
    more = f"<p>{total:,} rows, the first {MOST_SHOWN} shown.</p>" if total > MOST_SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
