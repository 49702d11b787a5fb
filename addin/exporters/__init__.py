"""One format, one file: a module here has `write(workbook, out) -> list[Path]` and its name is the format's.

Its docstring's first line says what the format is for; a module may name the ending of its files as `SUFFIX`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from addin.core import target as targets
from addin.core.a1 import letters
from addin.core.language import joined, phrase
from addin.core.records import replace
from addin.core.tables.layout import headless_columns
from addin.core.text import counted
from addin.errors import Problem, file_problem
from addin.exporters.tables import uncalculated
from addin.files import temporary_folder
from addin.workspace.disclosures import Purpose, note_disclosure, people_in
from addin.workspace.outputs import outputs_of
from addin.workspace.workbook import Workbook

PARTS = ("__init__", "tables", "typed")
"""Modules of this folder that are no formats: what several formats share."""
Write = Callable[[Workbook, Path], list[Path]]
"""Writes a workbook's tables to a file or folder; the files that were written."""
_OWN: dict[str, Write] = {}
FORMATS = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in PARTS))


def export(
    workbook: Workbook, to: str, out: Path, *, overwrite: bool = False, purpose: Purpose | None = None
) -> list[Path]:
    """Write the workbook's tables in a format; the files that were written. All of them appear, or none.

    A file that is there is only replaced where we wrote it, or with `overwrite`. Raises Problem.
    """
    to = to.lower()
    write, suffix = _format(to)
    _check_place(workbook, to, suffix, out)
    outputs = replace(outputs_of(workbook.target, overwrite=overwrite), home=workbook.folder)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with temporary_folder(out) as folder:
            made = _made(write, workbook, folder / out.name, out)
            places = {one: out.parent / one.relative_to(folder) for one in made}
            for place in places.values():
                outputs.check(place)
            for one, place in places.items():
                place.parent.mkdir(parents=True, exist_ok=True)
                one.replace(place)
    except OSError as error:
        raise file_problem(error, out, next=phrase("Choose another place.")) from None
    outputs.note(places.values())
    note_disclosure(
        workbook,
        f"export {to}",
        purpose or Purpose(),
        what=workbook.tables,
        people=people_in(workbook.trackers, workbook.tables),
        where=out.name,
    )
    return list(places.values())


def _made(write: Write, workbook: Workbook, hidden: Path, out: Path) -> list[Path]:
    """What a format writes; where it refuses, the place is named that the person named, not the hidden one."""
    try:
        return write(workbook, hidden)
    except Problem as problem:
        if not problem.where.startswith(str(hidden)):
            raise
        where = str(out) + problem.where.removeprefix(str(hidden))
        raise Problem(problem.what, where=where, next=problem.next) from None


def register(name: str, write: Write) -> None:
    """Add a format of a school; the attribute `SUFFIX` of its function may name another ending. Raises Problem."""
    if name in FORMATS or not name.isidentifier() or name != name.lower():
        raise Problem(
            phrase("{name} cannot be the name of an export format.", name=f"{name!r}"),
            next=phrase("Use another, in lower_snake_case."),
        )
    _OWN[name] = write


def _format(to: str) -> tuple[Write, str]:
    """The function that writes a format, ours or a school's, and the ending of its files. Raises Problem."""
    if to in FORMATS:
        module = import_module(f"addin.exporters.{to}")
        return module.write, getattr(module, "SUFFIX", f".{to}")
    from addin.workspace.extensions import exporter_names, own_exporter

    found = _OWN.get(to) or own_exporter(to)
    if found is None:
        known = ", ".join([*FORMATS, *sorted({*_OWN, *exporter_names()})])
        raise Problem(
            phrase("There is no export format {to}.", to=f"{to!r}"), next=phrase("There are: {known}.", known=known)
        )
    return found, getattr(found, "SUFFIX", f".{to}")


def remarks(workbook: Workbook) -> list[str]:
    """What a person must know about an export: sheets and columns that are not in it, and formulas without a result."""
    found = [*workbook.remarks, *_headless(workbook)]
    waiting = Counter((sheet, header) for sheet, header, _ in uncalculated(workbook))
    if waiting:
        places = [phrase("{header} on {sheet}", header=head, sheet=sheet) for sheet, head in list(waiting)[:5]]
        more = [phrase("{count} more columns", count=len(waiting) - 5)] if len(waiting) > 5 else []
        found.append(
            phrase(
                "{formulas} not calculated yet ({places}). Open the workbook in Excel, save it, and export again.",
                formulas=counted(waiting.total(), "formula"),
                places=joined(", ", [*places, *more]),
            )
        )
    return found


def _headless(workbook: Workbook) -> Iterator[str]:
    for table in workbook.tables.values():
        for sheet, layout in table.layouts.items():
            rows = table.rows_on(sheet)
            for number in headless_columns(workbook.grids[sheet], layout, rows):
                yield phrase(
                    "Column {letters} of {sheet} has no header: it is not in the export. Give it one and export again.",
                    letters=letters(number),
                    sheet=sheet,
                )


def _check_place(workbook: Workbook, to: str, suffix: str, out: Path) -> None:
    """Refuse a place that a person cannot have meant: the workbook itself, or a file of another kind."""
    named = targets.parse(workbook.target)
    places = {place.resolve() for place in (out, out / f"trackers{suffix}")}
    if isinstance(named, targets.FileTarget) and Path(named.path).resolve() in places:
        raise Problem(
            phrase("is the workbook itself."), where=str(out), next=phrase("Choose another place for the export.")
        )
    ending = out.suffix.lower()
    known = {f".{name}" for name in FORMATS} | {".xlsm", suffix}
    if ending != suffix and (ending in known or out.is_file()):
        raise Problem(
            phrase("does not end in {suffix}.", suffix=suffix),
            where=str(out),
            next=phrase("Name a folder, or a file that ends in {suffix}.", suffix=suffix),
        )
    if ending == suffix == ".csv" and len(workbook.tables) > 1:
        names = ", ".join(workbook.tables)
        raise Problem(
            phrase("cannot hold several trackers ({names}), as each is a CSV file of its own.", names=names),
            where=str(out),
            next=phrase("Name a folder, or choose one with --tracker."),
        )
