"""From findings to certain repairs: grouped for a person to see first, then as edits; never anything with two meanings.

group_fixes(findings)   the groups, the largest first: `60 birth dates stored as text -> dates`
edits_of(groups)        the cells to write
with_fixes(...)         the tables as they are after that, so that the marks can follow in the same write
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from addin.core.a1 import cell_place
from addin.core.book import Edits, Value
from addin.core.checks.rules import Finding
from addin.core.language import Phrase, Said, in_thousands, joined, lower_first, phrase, say_value
from addin.core.records import record, replace
from addin.core.tables.table import Table
from addin.core.tables.values import brief
from addin.core.trackers import Tracker

SAMPLES = 3
TITLE = "{column}: {n} {kind}"
"""So many different repairs of a group are shown."""
_KINDS = {
    "date-as-text": "stored as text -> dates",
    "number-as-text": "written as text -> numbers",
    "yes-no-as-text": "written in words or signs -> Yes or No",
    "other-name": "under other names -> exact names",
    "same-code": "written in another way -> exact codes",
    "pattern": "in another form -> exact form",
    "": "with one right value",
}


@record
class Group:
    """Repairs of one kind in one column."""

    tracker: str
    column: str
    kind: str
    findings: Sequence[Finding]

    def title(self) -> str:
        """`60 birth dates stored as text -> dates`."""
        count, kind = len(self.findings), _KINDS.get(self.kind, _KINDS[""])
        noun = lower_first(self.column)
        if count > 1 and noun[-1:].isalpha() and not noun.endswith("s"):
            noun = f"{noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{noun}s"
        values = {"column": self.column, "n": in_thousands(count), "kind": phrase(kind)}
        return Phrase.of(f"{count:,} {noun} {kind}", TITLE, values)  # only English has an easy plural

    def samples(self) -> list[str]:
        """Some of the repairs, each once: `Bio -> Biology`."""
        every = {f"{f.value} -> {brief(f.fix)}": f for f in self.findings}
        shown = [joined(" -> ", [str(f.value), _shown(f.fix)]) for f in list(every.values())[:SAMPLES]]
        return [*shown, *(["…"] if len(every) > SAMPLES else [])]


def _shown(fix: Value) -> str:
    """A repair as a person reads it: a date, yes and no in their language."""
    said = say_value(fix)
    return said if isinstance(said, Said) else brief(fix)


def group_fixes(findings: Iterable[Finding]) -> list[Group]:
    """The certain repairs by column and kind, the largest group first; a cell with two different repairs has none."""
    cells: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.fix is not None:
            cells.setdefault((finding.sheet, finding.cell), []).append(finding)
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for found in cells.values():
        if len({(type(one.fix), one.fix) for one in found}) == 1:
            first = found[0]
            groups.setdefault((first.tracker, first.column, _kind(first)), []).append(first)
    made = [Group(*key, found) for key, found in groups.items()]
    return sorted(made, key=lambda group: -len(group.findings))


def _kind(finding: Finding) -> str:
    return next((kind for kind in _KINDS if finding.rule.endswith(kind)), "")


def edits_of(groups: Iterable[Group]) -> Edits:
    """The cells that these groups write."""
    edits = Edits()
    for group in groups:
        for finding in group.findings:
            edits.cells[finding.sheet, *cell_place(finding.cell)] = finding.fix
    return edits


def with_fixes(
    trackers: Mapping[str, Tracker], tables: Mapping[str, Table], groups: Iterable[Group]
) -> dict[str, Table]:
    """The tables with the repaired cells as they are then read."""
    fixed: dict[str, dict[tuple[str, int, str], Value]] = {}
    for group in groups:
        cells = fixed.setdefault(group.tracker, {})
        cells.update({(f.sheet, f.row, group.column): f.fix for f in group.findings})
    return {n: _with(trackers[n], table, fixed[n]) if n in fixed else table for n, table in tables.items()}


def _with(tracker: Tracker, table: Table, fixed: Mapping[tuple[str, int, str], Value]) -> Table:
    columns, issues = dict(table.columns), dict(table.odd)
    for name, column in tracker.columns.items():
        places = enumerate(zip(table.sheets, table.rows, strict=True))
        mine = {i: fixed[s, r, column.header] for i, (s, r) in places if (s, r, column.header) in fixed}
        if mine:
            columns[name] = [mine.get(i, value) for i, value in enumerate(columns[name])]
            issues[name] = {i: issue for i, issue in issues.get(name, {}).items() if i not in mine}
    return replace(table, columns=columns, odd=issues)
