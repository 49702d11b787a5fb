"""The context in which rules are evaluated: other tables, lists and settings, by the names that rules use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from addin.core.book import Value
from addin.core.checks.words import PerRow, broken, later
from addin.core.ib import Row
from addin.core.settings import Settings
from addin.core.tables.exact import with_exact_choices, with_exact_references
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Conditions, Rule, Tracker
from addin.core.trackers.translate import meant
from addin.errors import TrackerProblem


class WorkbookContext:
    """All tables of a workbook with its lists and settings; rules in Python get it as their RuleContext.

    Choices and references count by their meaning ("Biologie" as "Biology"). With `as_typed` they count as they
    are in the cells, which is all that a formula in a sheet can see.
    """

    def __init__(
        self,
        trackers: Mapping[str, Tracker],
        tables: Mapping[str, Table],
        settings: Settings,
        *,
        as_typed: bool = False,
    ) -> None:
        self.trackers, self.settings = trackers, settings
        lists = settings.lists
        if as_typed:
            self.tables = dict(tables)
        else:
            exact = {
                name: with_exact_choices(trackers[name], table, lists, settings.others)
                for name, table in tables.items()
            }
            self.tables = {name: with_exact_references(trackers[name], table, exact) for name, table in exact.items()}
        self._sets: dict[str, frozenset[str]] = {}
        self._firsts: dict[str, dict[Value, int]] = {}
        self._rows: dict[str, list[Row]] = {}
        self.memory: dict[str, Any] = {}
        """What rule functions look up more than once; see addin.core.ib.once."""

    def setting(self, name: str) -> Any:
        return self.settings.get(name, self.trackers)

    def list(self, name: str) -> Mapping[str, Sequence[str]]:
        return self.settings.lists.get(name, {})

    def in_own_words(self, text: str) -> str:
        """A sentence of ours as the workbook's own sheets have it."""
        return self.settings.written.say(text)

    def rows(self, tracker: str) -> Sequence[Row]:
        if tracker not in self._rows:
            table = self.tables.get(tracker)
            self._rows[tracker] = [table.row(i) for i in range(len(table))] if table else []
        return self._rows[tracker]

    def constant(self, limit: Any) -> Any:
        """A limit that is one value: `settings.name` looked up, a date in text read, anything else as it is."""
        if isinstance(limit, str):
            if limit.startswith("settings."):
                return self.constant(self.setting(limit.removeprefix("settings.")))
            try:
                return date.fromisoformat(limit)
            except ValueError:
                return limit
        return limit

    def limit(self, limit: Any, word: str, table: Table) -> Any:
        """The limit of a word for this table: a value, a set of allowed values, or a PerRow list.

        None where there is nothing to hold the cells against: a setting nobody set, a tracker not in the workbook.
        """
        if word in ("one_of", "none_of", "exists_in"):
            return self.reference(limit) if isinstance(limit, str) else limit
        if word == "pattern" and not limit.startswith("settings."):
            return limit
        if isinstance(limit, Mapping):
            return self._moved(limit, table)
        if isinstance(limit, str) and limit in table.columns:
            return PerRow(table.columns[limit])
        return self.constant(limit)

    def _moved(self, limit: Mapping[str, Any], table: Table) -> Any:
        base = self.limit(limit["of"], "at_least", table)
        days, months = limit.get("plus_days", 0), limit.get("plus_months", 0)
        if isinstance(base, PerRow):
            return PerRow(later(value, days, months) for value in base)
        return later(base, days, months)

    def reference(self, name: str) -> frozenset[str] | None:
        """The values of `tracker.column` or `lists.list.column` as texts; None where the tracker is not here."""
        if name not in self._sets:
            values = self._values(name)
            if values is None:
                return None
            self._sets[name] = frozenset(show(value) for value in values if value is not None and value != "")
        return self._sets[name]

    def _values(self, name: str) -> Sequence[Any] | None:
        if name.startswith("settings."):
            return self.setting(name.removeprefix("settings.")) or None
        if not name.startswith("lists."):
            tracker, _, column = name.partition(".")
            return self.tables[tracker].columns[column] if tracker in self.tables else None
        _, which, column = (*name.split("."), "", "")[:3]
        if column not in self.settings.lists.get(which, {}):
            known = ", ".join(f"lists.{n}.{c}" for n, columns in self.settings.lists.items() for c in columns)
            raise TrackerProblem(f"there is no list column {name!r}.", next=f"There are: {known or 'none'}.")
        return self.settings.lists[which][column]

    def matching_rows(self, table: Table, conditions: Conditions) -> set[int]:
        """The indexes of the rows that keep every condition; a blank cell keeps only `blank` and `none_of`."""
        kept = set(range(len(table)))
        for name, words in conditions.items():
            values = table.columns[name]
            several = self.trackers[table.tracker].columns[name].several
            if not words.keys() & {"blank", "none_of"}:
                kept &= {i for i, value in enumerate(values) if value is not None}
            for word, limit in words.items():
                resolved = self.limit(limit, word, table)
                if resolved is None:
                    return set()
                kept -= set(broken(word, values, resolved, several=several))
        return kept

    def allowed(self, tracker: Tracker, column: str) -> Sequence[str]:
        """What a column may hold, in the order of its list; empty where anything may be."""
        limit = tracker.columns[column].words.get("one_of") or tracker.columns[column].words.get("exists_in") or ()
        values: Iterable[Any] = (self._values(limit) or ()) if isinstance(limit, str) else limit
        return [show(value) for value in values]

    def named(self, tracker: Tracker, column: str, values: Iterable[str]) -> Sequence[str]:
        """Choices of a column as its workbook calls them."""
        return [meant(tracker.columns[column], value) for value in values]

    def over(self, rule: Rule) -> Sequence[Value] | None:
        """The groups that a rule demands even where they have no row; None where it takes those it finds."""
        name, _, column = rule.over.partition(".")
        if name not in self.tables:
            return [] if rule.over_where else None
        table = self.tables[name]
        kept = self.matching_rows(table, rule.over_where)
        values = table.columns[column]
        return [value for i, value in enumerate(values) if value is not None and i in kept]

    def first(self, name: str, value: Value) -> int:
        """The index of the first row of `tracker.column` that holds a value."""
        if name not in self._firsts:
            tracker, _, column = name.partition(".")
            pairs = reversed(list(enumerate(self.tables[tracker].columns[column])))
            self._firsts[name] = {held: index for index, held in pairs}
        return self._firsts[name][value]
