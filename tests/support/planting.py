"""Mistakes to plant in a clean school of all trackers, and what the checks find then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from make import table

from addin.core.checks.context import WorkbookContext
from addin.core.checks.rules import Finding, _Checker, check
from addin.core.settings import Settings
from addin.core.tables.table import Table
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

School = dict[str, list[dict[str, Any]]]
Mistake = Callable[[School], Any]
TRACKERS, LISTS = load_all(), load_lists()


class Checked:
    """A clean school whose tables are made once; `findings` makes only those anew that a mistake has touched."""

    def __init__(self, right: School, today: date) -> None:
        self.right, self.today = right, today
        self.tables = {name: table(TRACKERS[name], rows) for name, rows in right.items()}

    def findings(self, school: School, today: date | None = None) -> list[Finding]:
        return check({name: TRACKERS[name] for name in school}, self._tables(school), self._settings(today))

    def of_tracker(self, school: School, tracker: str) -> list[Finding]:
        """The findings of one tracker alone, in no order."""
        tables = self._tables(school)
        context = WorkbookContext({name: TRACKERS[name] for name in school}, tables, self._settings())
        return list(_Checker(TRACKERS[tracker], context.tables[tracker], context).run())

    def _settings(self, today: date | None = None) -> Settings:
        return Settings(today=today or self.today, lists=LISTS, values={"session": "M27"})

    def _tables(self, school: School) -> dict[str, Table]:
        return {
            name: self.tables[name] if rows == self.right[name] else table(TRACKERS[name], rows)
            for name, rows in school.items()
        }


def rule_of(found: Finding) -> str:
    """The rule of a finding, with its tracker."""
    return f"{found.tracker}/{found.rule}"


def says(found: Iterable[Finding]) -> str:
    """The rules of findings, with how many of each."""
    rules = Counter(map(rule_of, found))
    return "; ".join(rule if count == 1 else f"{rule} x{count}" for rule, count in sorted(rules.items())) or "-"


def sentences(found: Iterable[Finding]) -> str:
    """A line for each rule: what its first finding says, and what to do."""
    first: dict[str, str] = {}
    for one in found:
        first.setdefault(rule_of(one), f"{one.level} in {one.column}. {one.message} {one.suggestion}")
    return "".join(f"{rule}: {text.strip()}\n" for rule, text in sorted(first.items()))


def fits(row: dict[str, Any], where: dict[str, Any]) -> bool:
    return all(row.get(name) == value for name, value in where.items())


def put(tracker: str, where: dict[str, Any], **changes: Any) -> Mistake:
    """The first row that fits gets these values."""
    return lambda school: next(row for row in school[tracker] if fits(row, where)).update(changes)


def every(tracker: str, where: dict[str, Any], **changes: Any) -> Mistake:
    """Every row that fits gets these values."""
    return lambda school: [row.update(changes) for row in school[tracker] if fits(row, where)]


def drop(tracker: str, **where: Any) -> Mistake:
    """Every row that fits is gone."""
    return lambda school: school.update({tracker: [row for row in school[tracker] if not fits(row, where)]})


def add(tracker: str, **row: Any) -> Mistake:
    return lambda school: school[tracker].append(row)


def both(*mistakes: Mistake) -> Mistake:
    return lambda school: [mistake(school) for mistake in mistakes]
