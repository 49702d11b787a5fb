"""Put the person or the thing into a finding's message: a code or a cell alone says nothing to whoever must act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import TYPE_CHECKING

from addin.core.language import ENGLISH, Language, lower_first
from addin.core.records import replace
from addin.core.tables.table import Table
from addin.core.tables.values import brief, show
from addin.core.trackers import Tracker

if TYPE_CHECKING:
    from addin.core.checks.rules import Finding

PEOPLE = "candidates"
"""The tracker whose rows are the students, and whose key the others refer to."""
_NAME = ("first_names", "last_name")
_COLLEAGUE = ("staff", "person", "teacher", "name")
_SAYS_LITTLE = ("session", "programme", "version", "room", "audience", "year")
"""Columns of a key that tell rows apart, and do not say what a row is about."""


class People:
    """Who the rows of a workbook are about; names are looked up only for rows with findings."""

    def __init__(
        self, trackers: Mapping[str, Tracker], tables: Mapping[str, Table], language: Language = ENGLISH
    ) -> None:
        self._trackers, self._tables, self._language = trackers, tables, language
        self._names: dict[str, str] | None = None
        self._columns: dict[str, str] = {}

    def named(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with the person in front: `Viktor Sadeghi (000466): last name is missing.`"""
        rows: dict[str, dict[tuple[str, int], int]] = {}
        return [self._named(finding, rows) for finding in findings]

    def _named(self, finding: Finding, rows: dict[str, dict[tuple[str, int], int]]) -> Finding:
        tracker, table = self._trackers[finding.tracker], self._tables[finding.tracker]
        if tracker.name not in rows:
            rows[tracker.name] = dict(zip(zip(table.sheets, table.rows, strict=True), count(), strict=False))
        index = rows[tracker.name].get((finding.sheet, finding.row))
        code, name = self._who(tracker, table, index) if index is not None else ("", "")
        if not name and not code and index is not None:
            name = _thing(tracker, table, index, finding)
        if not name or name in finding.message:
            return finding
        who = f"{name} ({code})" if code and code != name else name
        starts = finding.message.startswith(f"{finding.column} ") if finding.column else False
        message = lower_first(finding.message) if starts else finding.message
        return replace(finding, message=self._language.say("{who}: {message}", who=who, message=message))

    def _who(self, tracker: Tracker, table: Table, index: int) -> tuple[str, str]:
        """(code, name) of the person whom a row is about, "" where there is none."""
        if tracker.name == PEOPLE:
            code = show(table.columns[tracker.key[0]][index]) if tracker.key else ""
            return code, _full_name(table, index)
        if column := self._student_column(tracker):
            code = show(table.columns[column][index])
            return code, self._known().get(code, "")
        if not {*_NAME} - {*table.columns}:
            return "", _full_name(table, index)
        colleague = next((name for name in ("staff", *tracker.key) if name in _COLLEAGUE), "")
        return "", show(table.columns[colleague][index]) if colleague in table.columns else ""

    def _student_column(self, tracker: Tracker) -> str:
        """The column whose codes are students', "" where there is none; looked for once, not for each finding."""
        if tracker.name not in self._columns:
            references = {c.name: str(c.words.get("exists_in", "")) for c in tracker.columns.values()}
            named = (name for name, reference in references.items() if reference.partition(".")[0] == PEOPLE)
            self._columns[tracker.name] = next(named, "")
        return self._columns[tracker.name]

    def _known(self) -> dict[str, str]:
        if self._names is None:
            table, tracker = self._tables.get(PEOPLE), self._trackers.get(PEOPLE)
            codes = table.columns[tracker.key[0]] if table and tracker and tracker.key else []
            self._names = {show(code): _full_name(table, i) for i, code in enumerate(codes)} if table else {}
        return self._names


def _thing(tracker: Tracker, table: Table, index: int, finding: Finding) -> str:
    """What a row is about that is about nobody, `Economics HL, Paper 1`; "" where the message has it already."""
    parts: list[str] = []
    for name in tracker.key:
        column = tracker.columns[name]
        value = show(table.columns[name][index]).strip() if name in table.columns else ""
        if not value or name in _SAYS_LITTLE or column.type in ("date", "time", "integer", "number"):
            continue
        if value.casefold() in finding.message.casefold() or value == finding.value:
            return ""
        if name == "level" and parts:
            parts[-1] = f"{parts[-1]} {value}"
        else:
            parts.append(value)
    return ", ".join(parts)


def _full_name(table: Table, index: int) -> str:
    parts = (brief(table.columns[name][index], 60).strip() for name in _NAME if name in table.columns)
    return " ".join(filter(None, parts))
