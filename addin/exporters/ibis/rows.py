"""The rows that go into a template: those of the session's candidates who have not left, with what is known of each.

Requests for transcripts and enquiries come after the exams, when everybody has left: of them the open ones are taken,
and each must have the consent that it needs.
"""

from __future__ import annotations

from collections.abc import Mapping

from addin.core.book import Value
from addin.core.ib import session as sessions
from addin.core.ib.people import WITHDRAWN, has_left
from addin.core.ib.requests import REQUESTS, is_for_everybody, is_open, missing_consent
from addin.core.language import phrase
from addin.core.recognition.likeness import spoken
from addin.core.records import field, record
from addin.core.tables.layout import plain
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.errors import Problem
from addin.exporters.ibis.template import FormColumn
from addin.exporters.ibis.values import DoesNotFit, Writer
from addin.workspace.workbook import Workbook

CANDIDATES = "candidates"
SUBJECT_CODES = ("Subject code", "IB subject code", "Code matière", "Code de la matière", "Código de la asignatura")


@record
class FormRow:
    """One row for a template: the row of each tracker that it takes values from."""

    where: str
    rows: Mapping[str, Mapping[str, Value]]
    unread: Mapping[str, Mapping[str, Value]]
    """tracker -> column -> what its cell holds, where it could not be read."""
    problem: str = ""
    """Why the row as a whole cannot be filled in."""
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """tracker -> sheet and row that its values are read from."""
    code: str = ""

    def value(self, workbook: Workbook, place: FormColumn, writer: Writer) -> Value:
        """What goes into a column of the template; None for a blank. Raises DoesNotFit."""
        tracker, name = place.source
        column = workbook.trackers[tracker].columns["subject" if name == "subject_code" else name]
        row, unread = self.rows.get(tracker, {}), self.unread.get(tracker, {})
        if self.problem:
            return None
        if column.name in unread:
            raise DoesNotFit(phrase("{value} cannot be read", value=repr(show(unread[column.name]))))
        value = row.get(column.name)
        if value is None and name == "school_code":
            value = workbook.settings.get("school_code", workbook.trackers) or None
        if value is None or value == "":
            if place.required or column.words.get("required"):
                raise DoesNotFit(phrase("{header} is missing", header=column.header))
            return None
        return writer.written(value, column, place)

    def check(self, workbook: Workbook, place: FormColumn, wrong: Mapping[tuple[str, int, str], str]) -> None:
        """Raise DoesNotFit where Validate finds an error in the cell that a column is filled from."""
        tracker, name = place.source
        header = workbook.trackers[tracker].columns["subject" if name == "subject_code" else name].header
        if tracker in self.places and (said := wrong.get((*self.places[tracker], header))):
            raise DoesNotFit(said.rstrip("."))


def column_names(workbook: Workbook, name: str) -> dict[str, tuple[str, str]]:
    """Plain header -> tracker and column: the tracker's own first, then those of its candidate."""
    found: dict[str, tuple[str, str]] = {}
    for tracker in dict.fromkeys((name, CANDIDATES)):
        columns = [one for one in workbook.trackers[tracker].columns.values() if not one.calculated]
        if "subject" in workbook.trackers[tracker].columns:
            found |= {plain(word): (tracker, "subject_code") for word in SUBJECT_CODES}
        for column in columns:
            found.setdefault(plain(column.header), (tracker, column.name))
        for column in columns:
            for word in (*column.aliases, column.name, *spoken(tracker, column.name)):
                found.setdefault(plain(word), (tracker, column.name))
    return found


def rows_of_session(workbook: Workbook, name: str, session: sessions.Session) -> list[FormRow]:
    """The tracker's rows of a session, without candidates who have left and registrations that are withdrawn."""
    if CANDIDATES not in workbook.tables:
        raise Problem(
            phrase("The workbook has no Candidates sheet."), next=phrase("Add one, so that it is known who is who.")
        )
    people = workbook.tables[CANDIDATES]
    places = {show(code): index for index, code in enumerate(people.columns["code"]) if code is not None}
    table, kinds = workbook.tables[name], workbook.settings.lists.get("eur_types", {})
    found = []
    for index in range(len(table)):
        row = table.row(index)
        code = show(row["code" if name == CANDIDATES else "candidate"])
        person = index if name == CANDIDATES else places.get(code)
        who = people.row(person) if person is not None else {}
        said = row.get("session") or who.get("session")
        named = sessions.parse(show(said))
        gone = not is_open(name, row) if name in REQUESTS else has_left(who, workbook.settings.today)
        if gone or row.get("status") == WITHDRAWN or named not in (session, None):
            continue
        known = person is not None or (not code and is_for_everybody(name, row))
        problem = "" if known else phrase("no candidate has the code {code}", code=code or phrase("(blank)"))
        problem = problem or ("" if named else _no_session(show(said)))
        if name in REQUESTS:
            problem = problem or missing_consent(name, row, kinds, workbook.settings.today)
        unread = {CANDIDATES: _unread(people, person) if person is not None else {}, name: _unread(table, index)}
        where = phrase(
            "{sheet} row {row} ({code})",
            sheet=table.sheets[index],
            row=table.rows[index],
            code=code or phrase("no code"),
        )
        tables = {CANDIDATES: (people, person), name: (table, index)}
        cells = {key: (one.sheets[at], one.rows[at]) for key, (one, at) in tables.items() if at is not None}
        found.append(FormRow(where, {CANDIDATES: who, name: row}, unread, problem, cells, code))
    return found


def _unread(table: Table, index: int) -> dict[str, Value]:
    return {
        name: odd[index].raw for name, odd in table.odd.items() if index in odd and table.columns[name][index] is None
    }


def _no_session(said: str) -> str:
    return phrase("the session is {session}", session=repr(said)) if said else phrase("the session is missing")
