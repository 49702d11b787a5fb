"""report --pack: the pages of one occasion together, as a folder of HTML pages or as one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from addin.actions import Tell, silent
from addin.actions.report import people_named, pseudonym_key
from addin.core.language import phrase
from addin.core.records import replace
from addin.errors import FileProblem, Problem, file_problem
from addin.reports.packs import PACKS as OF_REPORTS
from addin.reports.packs import Pack
from addin.reports.redact import FullView, RedactedView
from addin.workspace.disclosures import Purpose, note_disclosure
from addin.workspace.outputs import Outputs, outputs_of
from addin.workspace.workbook import Workbook, opened

ELSEWHERE = {"colleagues": "addin.reminders.pages"}
"""Packs that are made of more than reports."""
PACKS = tuple(sorted((*OF_REPORTS, *ELSEWHERE)))


@dataclass(frozen=True, slots=True)
class PackMade:
    """Where a pack is, its number of pages, and what its reader must know."""

    path: Path
    pages: int
    remarks: Sequence[str] = ()


def pack(
    target: str,
    name: str,
    out: Path,
    *,
    files: str = "html",
    redacted: bool = False,
    overwrite: bool = False,
    purpose: Purpose | None = None,
    tell: Tell = silent,
) -> PackMade:
    """Write a pack into a folder (of `files` html or pdf), or as one PDF where the name ends so.

    Raises Problem before anything is written.
    """
    if out.suffix.lower() == ".html":
        raise Problem(
            phrase("A pack has several pages."),
            where=str(out),
            next=phrase("Name a folder, or a file that ends in .pdf."),
        )
    if name not in PACKS:
        raise Problem(
            phrase("There is no pack {name}.", name=name), next=phrase("There are: {packs}.", packs=", ".join(PACKS))
        )
    tell("Reading")
    with opened(target) as workbook:
        return pack_open(
            workbook, name, out, files=files, redacted=redacted, overwrite=overwrite, purpose=purpose, tell=tell
        )


def pack_open(
    workbook: Workbook,
    name: str,
    out: Path,
    *,
    files: str = "html",
    redacted: bool = False,
    overwrite: bool = False,
    purpose: Purpose | None = None,
    tell: Tell = silent,
) -> PackMade:
    """As `pack`, for a workbook that has been read."""
    outputs = replace(outputs_of(workbook.target, overwrite=overwrite), home=workbook.folder)
    tell("Checking")
    made = _filled(workbook, name, redacted)
    tell("Writing")
    whole = out.suffix.lower() == ".pdf"
    written = _write_pdf(made, out, outputs) if whole else _write_folder(made, out, outputs, files, tell)
    people = people_named(workbook, (sheet.page for sheet in made.sheets)) if not redacted else ()
    note_disclosure(workbook, f"pack {name}", purpose or Purpose(), what=workbook.tables, people=people, where=out.name)
    return written


def _filled(workbook: Workbook, name: str, redacted: bool) -> Pack:
    copy: FullView = FullView()
    if redacted:
        copy = RedactedView(workbook.trackers, workbook.tables, pseudonym_key(workbook.folder), workbook.settings)
    module = import_module(ELSEWHERE.get(name) or f"addin.reports.packs.{name.replace('-', '_')}")
    made: Pack = module.pack(workbook, copy)
    return Pack(made.sheets, [*made.remarks, *workbook.remarks])


def _write_pdf(made: Pack, out: Path, outputs: Outputs) -> PackMade:
    outputs.check(out)
    try:
        from addin.reports.pdf import pdf

        data, remarks = pdf(*(sheet.page for sheet in made.sheets))
    except ModuleNotFoundError as missing:
        raise _needs(missing) from None
    outputs.write(out, data)
    return PackMade(out, len(made.sheets), [*made.remarks, *remarks])


def _write_folder(made: Pack, out: Path, outputs: Outputs, files: str, tell: Tell) -> PackMade:
    """Write every page, or none: all names are checked first, and all pages are drawn."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise FileProblem(
            phrase("is not a folder."), where=str(out), next=phrase("Name a folder, or a file that ends in .pdf.")
        )
    for sheet in made.sheets:
        outputs.check(out / _named(sheet.name, files))
    try:
        pages, letters = _drawn(made, out, files, tell)
    except ModuleNotFoundError as missing:
        raise _needs(missing) from None
    is_new = not out.exists()
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise file_problem(error, out, next=phrase("Choose another place.")) from None
    try:
        outputs.write_all(pages)
    except FileProblem:
        if is_new:
            out.rmdir()
        raise
    others = sorted(path.name for path in out.glob(f"*.{files}") if path not in pages and outputs.is_ours(path))
    old = [f"From an earlier pack, not part of this one: {', '.join(others)}."] if others else []
    return PackMade(out / _named("index.html", files), len(pages), [*made.remarks, *old, *letters])


def _named(name: str, files: str) -> str:
    return f"{name.removesuffix('.html')}.{files}"


def _drawn(made: Pack, out: Path, files: str, tell: Tell) -> tuple[dict[Path, bytes], Sequence[str]]:
    """The bytes of each page by its place, and what a person must know about the letters."""
    pages: dict[Path, bytes] = {}
    remarks: Sequence[str] = ()
    if files == "pdf":
        from addin.reports.pdf import pdfs

        drawn = pdfs(sheet.page for sheet in made.sheets)
    else:
        from addin.reports.html import htmls

        drawn = ((data, []) for data in htmls(sheet.page for sheet in made.sheets))
    for number, sheet in enumerate(made.sheets, 1):
        tell(f"Writing {number} of {len(made.sheets)}")
        pages[out / _named(sheet.name, files)], remarks = next(drawn)
    return pages, remarks


def _needs(missing: ModuleNotFoundError) -> Problem:
    return Problem(
        phrase("A report needs the package {name}.", name=missing.name),
        next=phrase('Install it: pip install "ib-trackers"'),
    )
