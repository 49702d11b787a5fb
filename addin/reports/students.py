"""What the sheets of many students have in common, looked up once: rows by code, views, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from addin.core.book import Value
from addin.core.checks.context import WorkbookContext
from addin.core.checks.rules import Finding
from addin.core.checks.summary import Line, summarise
from addin.core.tables.values import show
from addin.core.trackers import View
from addin.reports import progress
from addin.reports.facts import whose
from addin.reports.redact import CODE, FullView
from addin.workspace.workbook import Workbook

OfView = tuple[View, Mapping[str, float], Mapping[str, Line], set[Value] | None]


class Students:
    """A checked workbook, asked about one student after the other."""

    def __init__(self, workbook: Workbook, findings: Sequence[Finding], copy: FullView) -> None:
        self.workbook, self.copy = workbook, copy
        self._findings = findings
        self._rows: dict[tuple[str, str], dict[str, list[int]]] = {}

    def rows(self, tracker: str, column: str, code: str) -> list[int]:
        """The rows of a tracker in which the column holds this code."""
        key = tracker, column
        if key not in self._rows:
            found: dict[str, list[int]] = {}
            for index, value in enumerate(self.workbook.tables[tracker].columns[column]):
                if value is not None:
                    found.setdefault(show(value).strip(), []).append(index)
            self._rows[key] = found
        return list(self._rows[key].get(code.strip(), ()))

    @cached_property
    def views(self) -> list[OfView]:
        """The views with aims that have a line for each candidate: the view, its aims, lines by code, who is asked."""
        context = WorkbookContext(self.workbook.trackers, self.workbook.tables, self.workbook.settings)
        found: list[OfView] = []
        for tracker in self.workbook.present.values():
            for view in tracker.views:
                aims = progress.aims_of(view, context) if view.per == CODE else {}
                if aims:
                    lines: dict[str, Line] = {}
                    for line in summarise(tracker, view, context):
                        lines.setdefault(show(line.value).strip(), line)
                    found.append((view, aims, lines, progress.expected(view, context)))
        return found

    def findings(self, code: str) -> list[Finding]:
        """The findings in rows about a student."""
        return self._by_code.get(code.strip(), [])

    @cached_property
    def _by_code(self) -> dict[str, list[Finding]]:
        about, found = whose(self.workbook), dict[str, list[Finding]]()
        for finding in self._findings:
            code = about.get((finding.sheet, finding.row))
            if code:
                found.setdefault(code, []).append(finding)
        return found
