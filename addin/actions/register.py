"""register: one candidate with subjects, TOK and extended essay as proper rows of Candidates and Registrations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import SystemRandom
from typing import Any

from addin.actions import Tell, silent
from addin.actions.stored_results import with_results
from addin.core import target as targets
from addin.core.book import Book, Edits, Value
from addin.core.checks.people import People
from addin.core.checks.rules import Finding, check
from addin.core.ib import session as sessions
from addin.core.language import phrase
from addin.core.recognition.subject_names import SubjectNames
from addin.core.settings import Settings
from addin.core.tables.row_ids import new_ids
from addin.core.tables.table import Table
from addin.core.tables.values import read_date, show
from addin.core.trackers import Column, Tracker
from addin.errors import Problem
from addin.workspace.commit import commit
from addin.workspace.register_sheet import FIELDS as FORM_FIELDS
from addin.workspace.register_sheet import NEEDED as FORM_NEEDED
from addin.workspace.register_sheet import emptied, form_of
from addin.workspace.workbook import Workbook, opened, read

DIPLOMA_SUBJECTS = 6
TOK = ("Theory of Knowledge", "TK")
ESSAY = "EE"
FIELDS = ("code", "last_name", "first_names", "birth_date", "session", "category", "adviser", "email")
"""What a person says about a candidate, in the order of the questions."""
NEEDED = FIELDS[:4]


@dataclass(frozen=True, slots=True)
class Entry:
    """One candidate as a person enters them. `subjects` are names with HL or SL, in any usual writing."""

    values: Mapping[str, str]
    subjects: Sequence[str] = ()
    essay: str = ""
    tok: bool = True
    language: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """The rows that were written, and what is still open about the candidate."""

    name: str
    rows: Mapping[str, Sequence[Mapping[str, Value]]]
    findings: Sequence[Finding] = field(default_factory=list)
    written: bool = True


def register(target: str, entry: Entry | None = None, *, dry_run: bool = False, tell: Tell = silent) -> Registered:
    """Write one candidate into a workbook: this one, else the one on its Register sheet, which is then cleared.

    Raises Problem where something needed is missing or cannot be read.
    """
    tell("Reading")
    with opened(target, verb="" if dry_run else "register") as workbook:
        done = _write(workbook, entry, dry_run=dry_run, tell=tell)
    if dry_run:
        return done
    with opened(target) as workbook:
        tell("Checking")
        return _with_findings(workbook, done)


def register_book(book: Book, target: str) -> Registered:
    """As `register` from the Register sheet, for a book that is already open: what a button does."""
    done = _write(read(book, target), None)
    return _with_findings(read(book, target), done)


def _write(workbook: Workbook, entry: Entry | None, *, dry_run: bool = False, tell: Tell = silent) -> Registered:
    rows = planned(workbook, entry or on_sheet(workbook))
    name = f"{rows['candidates'][0]['first_names']} {rows['candidates'][0]['last_name']}"
    if dry_run:
        return Registered(name, rows, written=False)
    tell("Writing")
    edits = _edits(workbook, rows)
    if entry is None and (form := form_of(workbook.grids, workbook.settings.written)):
        edits.cells |= emptied(form.sheet)
    commit(workbook, with_results(workbook, edits), verb="register")
    return Registered(name, rows)


def _with_findings(workbook: Workbook, done: Registered) -> Registered:
    """With what is still open about the candidate."""
    found = People(workbook.trackers, workbook.tables).named(
        check(workbook.present, workbook.tables, workbook.settings)
    )
    return replace(done, findings=_about(workbook, found, show(done.rows["candidates"][0]["code"])))


def on_sheet(workbook: Workbook) -> Entry:
    """The candidate who was typed into the Register sheet. Raises Problem where nobody was."""
    form = form_of(workbook.grids, workbook.settings.written)
    if form is None:
        raise Problem(
            phrase("There is no Register sheet in it."),
            where=workbook.target,
            next=phrase("Give --code, --last-name …")
            if targets.is_file(workbook.target)
            else phrase("Type the person on a tracker's sheet, in the first empty row."),
        )
    missing = [FORM_FIELDS[name] for name in FORM_NEEDED if not form.values[name]]
    if missing:
        fields = [workbook.settings.written.say(name) for name in missing]
        empty = phrase("The Register sheet is empty.")
        what = phrase("{missing} missing on the Register sheet.", missing=fields) if form else empty
        raise Problem(what, where=workbook.target, next=phrase("Fill in its yellow cells, then press Register."))
    values = {name: value for name, value in form.values.items() if name in FIELDS}
    return Entry(values, form.subjects, form.values["essay"], form.tok, form.values["language"])


def planned(workbook: Workbook, entry: Entry) -> dict[str, list[dict[str, Value]]]:
    """The new rows by tracker. Raises Problem."""
    for name in ("candidates", "registrations"):
        if name not in workbook.tables:
            raise Problem(
                phrase("There is no {name} sheet in it.", name=workbook.settings.written.say(name.capitalize())),
                where=workbook.target,
            )
    subjects = [_subject(workbook.settings, text) for text in entry.subjects]
    person = _person(workbook, entry, len(subjects))
    rows = list(_subject_rows(workbook.settings, entry, person, subjects))
    return {"candidates": [person], "registrations": rows}


def _person(workbook: Workbook, entry: Entry, subjects: int) -> dict[str, Value]:
    given = {name: value.strip() for name, value in entry.values.items() if value.strip()}
    missing = [workbook.trackers["candidates"].columns[name].header for name in NEEDED if name not in given]
    if missing:
        raise Problem(
            phrase("{missing} missing.", missing=", ".join(missing)),
            next=phrase("Give each, or run register at a terminal to be asked."),
        )
    table = workbook.tables["candidates"]
    codes = [show(value).strip() for value in table.columns["code"]]
    if given["code"] in codes:
        row = table.rows[codes.index(given["code"])]
        raise Problem(
            phrase("{code} is already on Candidates, row {row}.", code=given["code"], row=row),
            next=phrase("Use another code."),
        )
    day = read_date(given["birth_date"])[0]
    if not isinstance(day, date):
        raise Problem(
            phrase("“{day}” is not a date.", day=given["birth_date"]),
            next=phrase("Write it as 14 Mar 2009 or 2009-03-14."),
        )
    usual = "D" if subjects >= DIPLOMA_SUBJECTS else "C"
    if workbook.settings.programme == "cp":
        usual = "CP"
    category = given.get("category", usual).upper()
    person: dict[str, Value] = {**given, "birth_date": day, "category": category}
    person["session"] = _session(workbook.settings, given.get("session", ""))
    return person


def _session(settings: Settings, text: str) -> str:
    found = sessions.parse(text or str(settings.values.get("session") or ""))
    if found is None:
        why = f"“{text}” is not an exam session." if text else "The exam session is missing."
        raise Problem(why, next=phrase("Use M27 for May 2027, N27 for November 2027, or set it on the Settings sheet."))
    return str(found)


def _subject(settings: Settings, text: str) -> tuple[str, str]:
    """Subject and level that a text names. Raises Problem where it fits none or several."""
    found = SubjectNames(settings.lists).read(text)
    if found is None:
        raise Problem(
            phrase("No IB subject is called “{text}”.", text=text),
            next=phrase("Write its name with HL or SL, such as Biology HL."),
        )
    if len(found.names) > 1:
        raise Problem(
            phrase("“{text}” fits several subjects.", text=text),
            next=phrase("Choose one: {names}.", names=", ".join(found.names[:6])),
        )
    if not found.level:
        raise Problem(
            phrase("The level of {subject} is missing.", subject=found.names[0]),
            next=phrase("Write {subject} HL or SL.", subject=found.names[0]),
        )
    return found.names[0], found.level


def _subject_rows(
    settings: Settings, entry: Entry, person: Mapping[str, Value], subjects: Sequence[tuple[str, str]]
) -> Iterator[dict[str, Value]]:
    base = {"candidate": person["code"], "session": person["session"], "category": person["category"]}
    usual = entry.language or str(settings.values.get("language") or "English")
    studied = SubjectNames(settings.lists).studied
    for name, level in subjects:
        language = studied.get(name, usual)
        yield {
            **base,
            "subject": name,
            "level": level,
            "response_language": language,
            "contributing": True,
            "status": "Planned",
        }
    if entry.essay:
        found = SubjectNames(settings.lists).read(entry.essay)
        if found is None or len(found.names) > 1:
            raise Problem(
                phrase("The essay's subject “{essay}” is not clear.", essay=entry.essay),
                next=phrase("Write the full name."),
            )
        name = found.names[0]
        yield {
            **base,
            "subject": name,
            "level": ESSAY,
            "response_language": studied.get(name, usual),
            "contributing": False,
            "status": "Planned",
        }
    if entry.tok and person["category"] == "D":
        yield {
            **base,
            "subject": TOK[0],
            "level": TOK[1],
            "response_language": usual,
            "contributing": False,
            "status": "Planned",
        }


def _edits(workbook: Workbook, rows: Mapping[str, Sequence[Mapping[str, Value]]]) -> Edits:
    edits = Edits()
    taken = [row_id for table in workbook.tables.values() for row_id in table.ids if row_id]
    for name, lines in rows.items():
        table, tracker = workbook.tables[name], workbook.trackers[name]
        ids = new_ids(taken, len(lines), SystemRandom())
        taken += ids
        sheet, cells = _cells(table, tracker, lines, ids)
        edits.rows[sheet] = cells
    return edits


def _cells(
    table: Table, tracker: Tracker, lines: Sequence[Mapping[str, Value]], ids: Sequence[str]
) -> tuple[str, list[dict[int, Value]]]:
    layout = next(iter(table.layouts.values()))
    lost = sorted({name for line in lines for name in line} - {*layout.columns})
    lost = [name for name in lost if name in tracker.columns]
    if lost:
        headers = ", ".join(tracker.columns[name].header for name in lost)
        raise Problem(
            phrase("Sheet {sheet} has no column for {headers}.", sheet=layout.sheet, headers=headers),
            next=phrase("Add it, then try again."),
        )
    found = []
    for line, row_id in zip(lines, ids, strict=True):
        cells: dict[int, Value] = {
            layout.columns[name]: _written(tracker.columns[name], value) for name, value in line.items()
        }
        if layout.id_column:
            cells[layout.id_column] = row_id
        found.append(cells)
    return layout.sheet, found


def _written(column: Column, value: Any) -> Value:
    """A value as the cells of the workbook have it, in its language."""
    word = ("Yes" if value else "No") if isinstance(value, bool) else value
    return column.local.get(word, word) if isinstance(word, str) else word


def _about(workbook: Workbook, findings: Sequence[Finding], code: str) -> list[Finding]:
    """The findings in the rows of one candidate."""
    places = set()
    for name, column in (("candidates", "code"), ("registrations", "candidate")):
        table = workbook.tables[name]
        for sheet, row, value in zip(table.sheets, table.rows, table.columns[column], strict=True):
            if show(value).strip() == code:
                places.add((sheet, row))
    return [one for one in findings if (one.sheet, one.row) in places and one.level != "info"]
