"""The coordinator's own downloaded IBIS template, filled: a copy in which only the cells below its headers differ.

The IB's headers are not public, so a template's are compared with the headers and aliases of the trackers, which a
school may add to. Whatever cannot be filled is listed before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from addin.backends.ooxml.file import OpenFile
from addin.backends.ooxml.package import Package
from addin.backends.xlsx import XlsxBook
from addin.core.a1 import cell_name
from addin.core.book import Area, Cell, Edits, Grid, Value
from addin.core.checks.rules import check
from addin.core.ib import session as sessions
from addin.core.ib.subjects import Catalogue
from addin.core.language import joined, phrase
from addin.core.records import record
from addin.core.text import counted
from addin.errors import Problem
from addin.exporters.ibis.dates import ORDERS, date_pattern, order_of_format, order_of_pattern
from addin.exporters.ibis.rows import FormRow, column_names, rows_of_session
from addin.exporters.ibis.template import Form, FormColumn, is_required, read_form
from addin.exporters.ibis.values import DoesNotFit, Writer
from addin.workspace.disclosures import Purpose, note_disclosure
from addin.workspace.outputs import outputs_of
from addin.workspace.workbook import Workbook

MOST = 30
"""So many of the problems are listed."""
TRACKERS = ("candidates", "registrations", "predicted", "coursework", "transcripts", "eur")


@record
class FilledTemplate:
    """What was filled, and what a person must know about it."""

    path: Path
    sheet: str
    session: str
    rows: int
    matched: dict[str, str]
    """The template's headers, each with where its values come from."""
    remarks: list[str]


def fill_template(
    workbook: Workbook,
    name: str,
    template: Path,
    out: Path,
    *,
    date_order: str = "",
    overwrite: bool = False,
    purpose: Purpose | None = None,
) -> FilledTemplate:
    """Write a filled copy of the template. Raises Problem, and writes nothing, where anything is missing."""
    session = _session(workbook, name)
    outputs = outputs_of(workbook.target, str(template), overwrite=overwrite)
    if out.suffix.lower() != template.suffix.lower():
        raise Problem(
            phrase("does not end in {suffix}, as the template does.", suffix=template.suffix),
            where=str(out),
            next=phrase("Rename it."),
        )
    outputs.check(out)
    book = XlsxBook(template)
    grids = book.read(book.sheets())
    form = read_form(OpenFile(Package(book.path)), grids, column_names(workbook, name))
    if form is None:
        raise Problem(
            phrase("No sheet has headers that match those of the tracker."),
            where=str(template),
            next=phrase(
                "Choose another --tracker than {name}, or add the template's headers to its aliases.", name=name
            ),
        )
    order = _date_order(workbook, form, date_order)
    rows = rows_of_session(workbook, name, session)
    cells, problems = _cells(workbook, form, grids[form.sheet], rows, order)
    problems = [*_without_source(form), *problems]
    if problems:
        raise _not_filled(template, problems)
    outputs.write(out, _copy(book.path, Edits(cells=cells, tables=_tables(form, grids[form.sheet], len(rows)))))
    note_disclosure(
        workbook,
        "IBIS file",
        purpose or Purpose(),
        what=dict.fromkeys(one.source[0] for one in form.columns),
        people=sorted({row.code for row in rows} - {""}),
        where=out.name,
    )
    return FilledTemplate(out, form.sheet, str(session), len(rows), _matched(workbook, form, order), _remarks(form))


def is_template(workbook: Workbook, name: str, path: Path) -> bool:
    """Whether a workbook has headers that match the tracker's, and nothing below them."""
    try:
        book = XlsxBook(path)
        grids = book.read(book.sheets())
        form = read_form(OpenFile(Package(book.path)), grids, column_names(workbook, name))
    except (Problem, OSError):
        return False
    rows = grids[form.sheet].values[form.first_row - 1 :] if form else []
    return form is not None and not any(value not in (None, "") for row in rows for value in row)


def _session(workbook: Workbook, name: str) -> sessions.Session:
    if name not in TRACKERS:
        raise Problem(
            phrase("{name} does not go into an IBIS template.", name=name),
            next=phrase("Choose one of {trackers}.", trackers=", ".join(TRACKERS)),
        )
    found = sessions.parse(str(workbook.settings.values.get("session") or ""))
    if found is None:
        raise Problem(
            phrase("The exam session is not set."),
            next=phrase("Set it on the Settings sheet, such as M27 for May 2027."),
        )
    return found


def _date_order(workbook: Workbook, form: Form, given: str) -> str:
    """The order of the template's dates; "" where it has none. Raises Problem where it is unknown or not the given."""
    given = order_of_pattern(given.strip()) or given.strip().lower()
    if given and given not in ORDERS:
        raise Problem(
            phrase("--date-order {given} is not known.", given=given),
            next=phrase("Write one of {orders}.", orders=", ".join(ORDERS)),
        )
    dates = [one for one in form.columns if _column_type(workbook, one) == "date"]
    known: dict[str, str] = {}
    for column in dates:
        found = {order_of_pattern(date_pattern(column.text)), order_of_format(column.format)} - {""}
        known |= dict.fromkeys(found, column.header)
        if not found and not given:
            raise Problem(
                phrase("does not say in which order {header} has day and month.", header=column.header),
                where=form.sheet,
                next=phrase("Look it up in IBIS and add --date-order dmy, mdy or ymd."),
            )
    if known and given not in known and (given or len(known) > 1):
        says = " and ".join(f"{order} ({header})" for order, header in known.items())
        raise Problem(
            f"has dates in the order {says}" + (f", not {given}." if given else "."),
            where=form.sheet,
            next=phrase("Leave out --date-order {given}.", given=given)
            if given
            else phrase("Add --date-order with the order that IBIS expects."),
        )
    return given or next(iter(known), "")


def _column_type(workbook: Workbook, column: FormColumn) -> str:
    tracker, name = column.source
    return "text" if name == "subject_code" else workbook.trackers[tracker].columns[name].type


def _without_source(form: Form) -> Iterator[str]:
    for header, text in form.unmatched.items():
        if is_required(text):
            yield f"{header} is required, and no column of the trackers has this name or alias"


def _cells(
    workbook: Workbook, form: Form, grid: Grid, rows: Sequence[FormRow], order: str
) -> tuple[dict[Cell, Value], list[str]]:
    """The cells to fill, and what is in the way."""
    lists = workbook.settings.lists
    writer = Writer(lists, Catalogue(lists.get("subjects", {}), lists.get("subject_aliases", {})), order)
    cells: dict[Cell, Value] = {}
    problems = list(_taken(form, grid))
    if not rows:
        problems.append(phrase("no row of this session is there to fill in, or each is in IBIS already"))
    problems += [joined("", [row.where, ": ", row.problem]) for row in rows if row.problem]
    wrong = _wrong_cells(workbook)
    for number, row in enumerate(rows, form.first_row):
        for place in form.columns:
            try:
                value = row.value(workbook, place, writer)
                row.check(workbook, place, wrong)
            except DoesNotFit as problem:
                problems.append(joined("", [row.where, f": {place.header}: ", problem.args[0]]))
                continue
            if value is not None:
                cells[form.sheet, number, place.number] = value
    return cells, problems


def _wrong_cells(workbook: Workbook) -> dict[tuple[str, int, str], str]:
    """(sheet, row, header) -> what is wrong with that cell: errors of Validate that are about one row alone."""
    found = {}
    for one in check(workbook.present, workbook.tables, workbook.settings):
        rules = workbook.trackers[one.tracker].rules
        if one.level == "error" and not any(rule.id == one.rule and rule.per for rule in rules):
            found[one.sheet, one.row, one.column] = one.message
    return found


def _taken(form: Form, grid: Grid) -> Iterator[str]:
    """Cells below the headers that are filled already: nothing is overwritten."""
    numbers = {column.number for column in form.columns}
    for row in range(form.first_row, len(grid.values) + 1):
        for column in sorted(numbers):
            if grid.value(row, column) is not None or (row, column) in grid.formulas:
                sentence = "{cell} of the template is filled already; download an empty one"
                yield phrase(sentence, cell=cell_name(row, column))
                return


def _not_filled(template: Path, problems: Sequence[str]) -> Problem:
    listed = joined("", [part for problem in problems[:MOST] for part in ("\n  ", problem, ".")])
    more = phrase("\n  and {n} more.", n=len(problems) - MOST) if len(problems) > MOST else ""
    return Problem(
        phrase(
            "was not filled, as {n} must be put right first:{listed}{more}\n",
            n=counted(len(problems), "thing"),
            listed=listed,
            more=more,
        ),
        where=str(template),
        next=phrase("Nothing was written. Correct the workbook or its lists and run again."),
    )


def _tables(form: Form, grid: Grid, rows: int) -> dict[str, list[Area]]:
    """The template's native table, stretched where it is too short for the rows."""
    last = form.first_row + rows - 1
    short = [one._replace(bottom=last) for one in grid.tables if one.top < form.first_row <= one.bottom + 1 <= last]
    return {form.sheet: short} if short else {}


def _copy(template: Path, edits: Edits) -> bytes:
    """The template's bytes with these edits."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / template.name
        path.write_bytes(template.read_bytes())
        path.chmod(0o600)
        book = XlsxBook(path)
        book.apply(edits)
        book.close()
        return path.read_bytes()


def _matched(workbook: Workbook, form: Form, order: str) -> dict[str, str]:
    found = {}
    for column in form.columns:
        tracker, name = column.source
        known = workbook.trackers[tracker].columns.get(name)
        header = known.header if known else "code of the subject"
        dates = f", {order.upper()}" if _column_type(workbook, column) == "date" else ""
        found[column.header] = f"{header} ({workbook.trackers[tracker].title}){dates}"
    return found


def _remarks(form: Form) -> list[str]:
    found = [
        phrase("The list of choices for {header} could not be read; check it.", header=c.header)
        for c in form.columns
        if c.unread_list
    ]
    if form.unmatched:
        found.append(
            phrase("Left blank, as no column has this name or alias: {unmatched}.", unmatched=", ".join(form.unmatched))
        )
    return found
