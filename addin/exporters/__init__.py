"""One format, one file: a module here has `write(workbook, out) -> list[Path]` and its name is the format's."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from addin.core.book import Value
from addin.core.tables.table import Table
from addin.core.trackers import ID_HEADER, Tracker
from addin.errors import Problem
from addin.workspace.workbook import Workbook

FORMATS = tuple(
    sorted(
        path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in ("__init__", "csv_text", "files")
    )
)


def export(workbook: Workbook, to: str, out: Path) -> list[Path]:
    """Write the workbook's tables in a format; the files that were written. Raises Problem."""
    to = to.lower()
    if to not in FORMATS:
        raise Problem(f"There is no export format {to!r}.", next=f"There are: {', '.join(FORMATS)}.")
    check_place(workbook, to, out)
    write: Callable[[Workbook, Path], list[Path]] = import_module(f"addin.exporters.{to}").write
    try:
        return write(workbook, out)
    except OSError as error:
        raise Problem(
            f"cannot be written: {error.strerror}.", where=str(error.filename or out), next="Choose another place."
        ) from None


def check_place(workbook: Workbook, to: str, out: Path) -> None:
    """Refuse a place that a person cannot have meant: the workbook itself, or a file of another kind."""
    places = {place.resolve() for place in (out, out / f"trackers.{to}")}
    if Path(workbook.target).resolve() in places:
        raise Problem("is the workbook itself.", where=str(out), next="Choose another place for the export.")
    ending = out.suffix.lower().lstrip(".")
    if ending != to and (ending in (*FORMATS, "xlsm") or out.is_file()):
        raise Problem(f"does not end in .{to}.", where=str(out), next=f"Name a folder, or a file that ends in .{to}.")
    if ending == to == "csv" and len(workbook.tables) > 1:
        names = ", ".join(workbook.tables)
        raise Problem(
            f"cannot hold several trackers ({names}), as each is a CSV file of its own.",
            where=str(out), next="Name a folder, or choose one with --tracker.",
        )  # fmt: skip


def exported(tracker: Tracker, table: Table) -> tuple[list[str], list[list[Value]]]:
    """Headers and columns as they are exported: the tracker's that stand in the book, the person's own, the row id."""
    there = {name for layout in table.layouts.values() for name in layout.columns}
    names = [name for name in tracker.columns if name in there]
    headers = [tracker.columns[name].header for name in names]
    headers += [f"{header} (own)" if header in headers else header for header in table.extra]
    columns = [table.raw(name) for name in names] + list(table.extra.values())
    if any(table.ids):
        headers.append(ID_HEADER)
        columns.append([row_id or None for row_id in table.ids])
    return headers, columns
