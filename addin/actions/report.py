"""report: a page for the head of school, or a sheet for one student, as HTML or PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes

from addin.actions import Tell, silent
from addin.core.checks.rules import check
from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.records import replace
from addin.errors import Problem, file_problem
from addin.files import private_bytes
from addin.reminders.pages import whole_page
from addin.reports import candidate as student
from addin.reports import facts
from addin.reports.packs import names_of
from addin.reports.page import Page
from addin.reports.redact import FullView, RedactedView
from addin.workspace.disclosures import Purpose, note_disclosure, people_in
from addin.workspace.outputs import outputs_of
from addin.workspace.workbook import Workbook, opened

KEY = "pseudonyms.key"
FORMATS = (".html", ".pdf")


@dataclass(frozen=True, slots=True)
class Reported:
    """Where a report is, what it found open, and what a person must know about its letters."""

    path: Path
    errors: int
    remarks: Sequence[str] = ()


def report(
    target: str,
    out: Path,
    *,
    candidate: str = "",
    person: str = "",
    redacted: bool = False,
    overwrite: bool = False,
    purpose: Purpose | None = None,
    tell: Tell = silent,
) -> Reported:
    """Write a report on a workbook as HTML or PDF, readable by its owner alone. Raises Problem."""
    if out.suffix.lower() not in FORMATS:
        raise Problem(phrase("must end in .html or .pdf."), where=str(out), next=phrase("Give it one of these names."))
    outputs_of(target, overwrite=overwrite).check(out)
    tell("Reading")
    with opened(target) as workbook:
        return report_open(
            workbook,
            out,
            candidate=candidate,
            person=person,
            redacted=redacted,
            overwrite=overwrite,
            purpose=purpose,
            tell=tell,
        )


def report_open(
    workbook: Workbook,
    out: Path,
    *,
    candidate: str = "",
    person: str = "",
    redacted: bool = False,
    overwrite: bool = False,
    purpose: Purpose | None = None,
    tell: Tell = silent,
) -> Reported:
    """As `report`, for a workbook that has been read."""
    tell("Checking")
    findings = check(workbook.present, workbook.tables, workbook.settings)
    copy: FullView = FullView()
    if redacted:
        copy = RedactedView(workbook.trackers, workbook.tables, pseudonym_key(workbook.folder), workbook.settings)
    if person:
        page = whole_page(workbook, findings, person, copy)
    else:
        page = student.page(workbook, findings, copy, candidate) if candidate else facts.page(workbook, findings, copy)
    tell("Writing")
    data, remarks = drawn(page, out.suffix.lower())
    replace(outputs_of(workbook.target, overwrite=overwrite), home=workbook.folder).write(out, data)
    people = people_named(workbook, (page,)) if not redacted else ()
    note_disclosure(workbook, "report", purpose or Purpose(), what=workbook.tables, people=people, where=out.name)
    return Reported(out, sum(finding.level == "error" for finding in findings), [*workbook.remarks, *remarks])


def people_named(workbook: Workbook, pages: Iterable[Page]) -> list[str]:
    """The candidates whose code or whole name is on these pages."""
    said = " ".join(repr(page) for page in pages)
    words = set(re.findall(r"[^\W_]+(?:-[^\W_]+)*", said))
    names = names_of(workbook)
    return [
        code
        for code in people_in(workbook.trackers, workbook.tables)
        if code in words or (names.get(code) and names[code] in said)
    ]


def drawn(page: Page, suffix: str) -> tuple[bytes, Sequence[str]]:
    """A page as HTML or PDF, and what a person must know about its letters. Raises Problem."""
    try:
        if suffix == ".pdf":
            from addin.reports.pdf import pdf

            return pdf(page)
        from addin.reports.html import html

        return html(page), ()
    except ModuleNotFoundError as missing:
        raise Problem(
            phrase("A report needs the package {name}.", name=missing.name),
            next=phrase('Install it: pip install "ib-trackers"'),
        ) from None


def pseudonym_key(folder: Path) -> bytes:
    """The key of this school's pseudonyms; made once, kept in the state folder, never sent anywhere."""
    path = folder / STATE_FOLDER / KEY
    try:
        if path.exists():
            key = path.read_bytes()
            if len(key) == 32:
                return key
            raise Problem(
                phrase("is damaged."),
                where=str(path),
                next=phrase("Put it back from a backup, or delete it: new pseudonyms are made."),
            )
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = token_bytes(32)
        private_bytes(path, key)
    except OSError as error:
        raise file_problem(error, path, doing="used", next=phrase("Check the folder's rights.")) from None
    return key
