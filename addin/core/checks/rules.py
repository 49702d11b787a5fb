"""Trackers and tables in, findings out: every mistake, each with its cell, its sentence and a suggestion.

    check        cells that cannot be read, row ids, column words, the key, then each tracker's own rules
    Finding      one row of the findings table; bad data is a value here, never an exception

One pass per rule over plain columns; nothing is imported that a check does not need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from addin.core.a1 import cell_name
from addin.core.book import Value
from addin.core.checks.advice import session_of
from addin.core.checks.context import WorkbookContext
from addin.core.checks.erased import without_erased
from addin.core.checks.measures import groups, measured
from addin.core.checks.messages import Words, cell_sentences, declared_names, fill, others, reference_sentences
from addin.core.checks.predicates import comparable_texts
from addin.core.checks.words import broken, duplicates
from addin.core.language import all_of, phrase, phrases
from addin.core.records import field_names, record, replace
from addin.core.settings import Settings
from addin.core.tables.table import Table
from addin.core.tables.values import brief, show
from addin.core.trackers import Column, Rule, Tracker


@record
class Finding:
    """One thing that is wrong, doubtful or worth knowing about one cell."""

    tracker: str
    sheet: str
    row: int
    id: str
    column: str
    cell: str
    rule: str
    level: str
    value: str
    message: str
    suggestion: str
    fix: Value = None
    """The exact value to write into the cell, where only one is right."""


FIELDS = field_names(Finding)


def check(
    trackers: Mapping[str, Tracker], tables: Mapping[str, Table], settings: Settings | None = None
) -> list[Finding]:
    """All findings of these tables, in the order of trackers, sheets, rows and columns.

    `tables` maps tracker names to Tables; a tracker without a table is left out, and rules that ask for it too.
    """
    context = WorkbookContext(trackers, tables, settings or Settings())
    found: list[Finding] = []
    for name, tracker in trackers.items():
        if name in tables:
            all_found = _Checker(tracker, context.tables[name], context).run()
            found += _in_order(tables[name], without_erased(tracker, context.tables[name], all_found))
    speak = context.settings.language.speak
    for one in found:
        one.message, one.suggestion = speak(one.message), speak(one.suggestion)
    return found


def _in_order(table: Table, found: Iterable[Finding]) -> list[Finding]:
    sheets = {sheet: place for place, sheet in enumerate(table.layouts)}
    return sorted(found, key=lambda f: (sheets.get(f.sheet, len(sheets)), f.row, len(f.cell), f.cell, f.rule))


class _Checker:
    """One tracker's checks; holds what every check needs: the tracker, its table and the context of its rules."""

    def __init__(self, tracker: Tracker, table: Table, context: WorkbookContext) -> None:
        self.tracker, self.table, self.context = tracker, table, context

    def run(self) -> Iterator[Finding]:
        yield from self._missing_columns()
        yield from self._unreadable()
        yield from self._row_ids()
        for column in self.tracker.columns.values():
            if not column.calculated:
                yield from self._words(column)
        yield from self._key()
        for rule in self.tracker.rules:
            yield from self._rule(rule)

    def _finding(
        self, index: int, column: str, rule: str, level: str, message: str, suggestion: str, fix: Value = None
    ) -> Finding:
        return finding(self.tracker, self.table, index, column, rule, level, message, suggestion, fix)

    def _missing_columns(self) -> Iterator[Finding]:
        """A sheet that lacks a column of the key, or one that must be filled in, cannot be fully checked: said once."""
        for sheet, layout in self.table.layouts.items():
            missing = {name: c for name, c in self.tracker.columns.items() if name not in layout.columns}
            key = [column.header for name, column in missing.items() if name in self.tracker.key]
            rest = [c.header for name, c in missing.items() if c.words.get("required") is True and name not in key]
            names = list(dict.fromkeys([*key, *rest]))
            if names and sheet in self.table.sheets:
                listed = all_of(names)
                yield Finding(
                    self.tracker.name,
                    sheet,
                    layout.header_row,
                    "",
                    "",
                    cell_name(*layout.top_of(layout.header_row, min(layout.columns.values()))),
                    "missing-columns",
                    "error" if key else "warning",
                    "",
                    phrases(
                        "Sheet {sheet} has no column {columns}, so its rows are not fully checked.",
                        "Sheet {sheet} has no columns {columns}, so its rows are not fully checked.",
                        len(names),
                        sheet=sheet,
                        columns=listed,
                    ),
                    phrases(
                        "Add the column, or run Adopt to say which of yours it is.",
                        "Add the columns, or run Adopt to say which of yours they are.",
                        len(names),
                    ),
                )

    def _unreadable(self) -> Iterator[Finding]:
        for name, odd in self.table.odd.items():
            for index, what in odd.items():
                if what.level == "none" or (name, index) in self.table.covered:
                    continue
                rule = f"{_dashed(name)}-{what.rule}"
                yield self._finding(index, name, rule, what.level, what.message, what.suggestion, what.fix)

    def _row_ids(self) -> Iterator[Finding]:
        ids = self.table.ids
        bad = duplicates([value or None for value in ids])
        first = {value: index for index, value in reversed(list(enumerate(ids)))} if bad else {}
        for index in bad:
            if index != first[ids[index]]:
                other = self.table.rows[first[ids[index]]]
                yield self._finding(
                    index,
                    "",
                    "row-id",
                    "error",
                    phrase("This row has the same row id as row {other}: it was probably copied.", other=other),
                    "Clear the row id of the copy; it gets its own.",
                )

    def _words(self, column: Column) -> Iterator[Finding]:
        if column.name in self.table.columns and self._stands(column.name):
            for word in column.words:
                level = "warning" if word in column.warn else "error"
                rule = f"{_dashed(column.name)}-{_dashed(word)}"
                for index, message, advice, fix in self._broken(column, word, column.words[word]):
                    is_session = fix is not None and fix == session_of(show(self.table.columns[column.name][index]))
                    grade = "warning" if is_session else level  # May 2027 is understood, only written otherwise
                    yield self._finding(index, column.name, rule, grade, message, advice, fix)

    def _stands(self, column: str) -> bool:
        """A column that this workbook does not have is not missing in every row: adopt has listed it once."""
        return any(column in layout.columns for layout in self.table.layouts.values())

    def _broken(
        self, column: Column, word: str, limit: Any, among: Set[int] | None = None
    ) -> Iterator[tuple[int, str, str, Value]]:
        """(index, message, suggestion, exact value) of each cell that breaks a word; `among`: only of these rows."""
        resolved = self.context.limit(limit, word, self.table)
        if resolved is None:
            return
        values = self.table.columns[column.name]
        issues = self.table.odd.get(column.name, {})
        bad = broken(word, values, resolved, several=column.several)
        bad = bad if among is None else sorted(among & {*bad})
        where = others(comparable_texts(values), self.table, bad) if bad and word == "unique" else {}
        declared = declared_names(column, word, limit, resolved, {}) if bad else {}
        for index in bad:
            if (column.name, index) in self.table.covered:
                continue  # hidden under a merged cell, whose own row says it
            if index not in issues or issues[index].level != "error":
                more = {"where": where[index][1]} if index in where else {}
                if word == "exists_in":
                    more = reference_sentences(values[index], limit, self.context.trackers)
                yield index, *cell_sentences(column, word, index, values[index], (limit, resolved), declared | more)

    def _key(self) -> Iterator[Finding]:
        key = [name for name in self.tracker.key if self._stands(name)]
        for name in key:
            if not self.tracker.columns[name].words.get("required"):
                column = self.tracker.columns[name]
                for index, message, advice, _ in self._broken(column, "required", True):
                    yield self._finding(index, name, f"{_dashed(name)}-required", "error", message, advice)
        if key and len(key) == len(self.tracker.key) and not self.tracker.columns[key[0]].words.get("unique"):
            yield from self._twice(
                key, "key", "error", "{what} is also {where}.", "Keep one row, or correct the other."
            )

    def _twice(self, columns: Sequence[str], rule: str, level: str, say: str, fix: str) -> Iterator[Finding]:
        folded = [comparable_texts(self.table.columns[name]) for name in columns]
        whole: list[Any] = folded[0]
        if len(folded) > 1:
            whole = [None if None in part else part for part in zip(*folded, strict=True)]
        bad = duplicates(whole)
        other = others(whole, self.table, bad) if bad else {}
        for index in bad:
            what = " · ".join(brief(self.table.columns[name][index]) for name in columns)
            row, where = other[index]
            words = Words(self.tracker, self.table, index, what=what, other=row, where=where)
            yield self._finding(index, columns[-1], rule, level, fill(say, words), fill(fix, words))

    def _rule(self, rule: Rule) -> Iterator[Finding]:
        forms: tuple[tuple[Any, Callable[[Rule], Iterator[Finding]]], ...] = (
            (rule.then, self._when_then),
            (rule.measure, self._measure),
            (rule.use, self._use),
        )
        needed = {*rule.when, *rule.unique, *rule.of, *rule.where, *([rule.per] if rule.per else [])}
        if not all(self._stands(name) for name in needed):
            return
        if rule.unique:
            yield from self._twice(rule.unique, rule.id, rule.level, rule.say, rule.fix)
        for used, form in forms:
            if used:
                yield from form(rule)

    def _when_then(self, rule: Rule) -> Iterator[Finding]:
        chosen = self.context.matching_rows(self.table, rule.when)
        for name, words in rule.then.items():
            if not self._stands(name):
                continue
            column = self.tracker.columns[name]
            for word, limit in words.items():
                for index, _, advice, _ in self._broken(column, word, limit, among=chosen):
                    names = Words(self.tracker, self.table, index, value=brief(self.table.columns[name][index]))
                    say, advice = fill(rule.say, names), fill(rule.fix, names) or advice
                    yield self._finding(index, rule.column or name, rule.id, rule.level, say, advice)

    def _measure(self, rule: Rule) -> Iterator[Finding]:
        low = self.context.constant(rule.low)
        high = self.context.constant(rule.high)
        several = bool(rule.of) and self.tracker.columns[rule.of[0]].several
        allowed = self.context.allowed(self.tracker, rule.of[0]) if rule.of else ()
        chosen = self.context.matching_rows(self.table, rule.where)
        over = self.context.over(rule)
        for group, indexes in groups(self.table.columns[rule.per], over).items():
            kept = [i for i in indexes if i in chosen] if rule.where else indexes
            n, seen = measured(rule.measure, [self.table.columns[name] for name in rule.of], kept, several)
            if n is None or not ((low is not None and n < low) or (high is not None and n > high)):
                continue
            details: dict[str, Any] = {
                "n": show(n),
                "low": show(low),
                "high": show(high),
                "group": show(group),
                rule.per: show(group),
            }
            missing = [value for value in allowed if value not in seen]
            details["missing"] = self.context.named(self.tracker, rule.of[0], missing) if rule.of else missing
            at, table, index, column = self._place(rule, group, indexes)
            words = Words(at, table, index, **details)
            said = fill(rule.say, words), fill(rule.fix, words)
            placed = finding(at, table, index, column, rule.id, rule.level, *said)
            yield replace(placed, tracker=self.tracker.name)

    def _place(self, rule: Rule, group: Any, indexes: Sequence[int]) -> tuple[Tracker, Table, int, str]:
        """A group's finding is at its first row, or, where it has none, where the group itself is listed."""
        if indexes:
            return self.tracker, self.table, indexes[0], rule.column or (rule.of[0] if rule.of else rule.per)
        name, _, column = rule.over.partition(".")
        return self.context.trackers[name], self.context.tables[name], self.context.first(rule.over, group), column

    def _use(self, rule: Rule) -> Iterator[Finding]:
        from addin.core.checks.rule_functions import rule_function

        used = rule_function(rule.use, rule.id, self.tracker.source)
        rows = self.context.rows(self.tracker.name)
        parts = groups(self.table.columns[rule.per], None) if rule.per else {None: list(range(len(rows)))}
        for indexes in parts.values():
            for violation in used([rows[i] for i in indexes], self.context):
                index = indexes[violation.row]
                yield self._finding(index, violation.column, rule.id, rule.level, violation.message, violation.fix)


def finding(
    tracker: Tracker,
    table: Table,
    index: int,
    column: str,
    rule: str,
    level: str,
    message: str,
    suggestion: str,
    fix: Value = None,
) -> Finding:
    """A finding at one cell; `column` is the column's name, "" for the row id."""
    sheet, row = table.sheets[index], table.rows[index]
    layout = table.layouts[sheet]
    place = layout.columns.get(column) if column else layout.id_column
    header = tracker.columns[column].header if column else ""
    odd = table.odd.get(column, {}).get(index)
    value = show(odd.raw if odd else table.columns[column][index]) if column else table.ids[index]
    where = cell_name(*layout.top_of(row, place or min(layout.columns.values())))
    return Finding(
        tracker.name, sheet, row, table.ids[index], header, where, rule, level, value, message, suggestion, fix
    )


def _dashed(name: str) -> str:
    return name.replace("_", "-")
