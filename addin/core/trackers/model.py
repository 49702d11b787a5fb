"""What a tracker is: one TOML file says it, these are the parts it has.

    Tracker     title, sheet, key, columns, rules, views, settings, examples
    Column      name, header, type and the rule words its cells must keep
    Rule        one of four forms: when/then, unique, per/measure, use (plain Python in addin/core/ib)
    View        a live summary: one line per value of a column, each column a measure

A name in a rule is `column`, `settings.name`, `tracker.column` or `lists.list.column`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addin.core.records import field, record

TYPES = ("text", "integer", "number", "date", "time", "yes_no", "choice", "email", "link")
LEVELS = ("error", "warning", "info")
MEASURES = ("count", "distinct", "sum", "earliest", "latest", "months")
ID_HEADER = "IBT id"
"""The header of the column in which a row's short id is."""


@record
class Column:
    """One column. `words` maps rule words to their values, `warn` names those that are warnings only."""

    name: str
    header: str
    type: str = "text"
    several: bool = False
    about: str = ""
    aliases: tuple[str, ...] = ()
    private: bool = False
    edited_by: str = ""
    width: float = 0
    folded: bool = False
    look_up: str = ""
    by: str = ""
    default: Any = None
    example: str = ""
    """A value as it should be written, for messages."""
    words: Mapping[str, Any] = field(default_factory=dict)
    warn: frozenset[str] = frozenset()
    local: Mapping[str, str] = field(default_factory=dict)
    """What the workbook's cells call a choice, or Yes and No, where that is not its English name."""

    @property
    def yes(self) -> str:
        """Yes, as cells of the column have it."""
        return self.local.get("Yes", "Yes")

    @property
    def no(self) -> str:
        """No, as cells of the column have it."""
        return self.local.get("No", "No")

    @property
    def calculated(self) -> bool:
        """True where the sheet looks the value up by a formula; nobody types or syncs it."""
        return bool(self.look_up)


Conditions = Mapping[str, Mapping[str, Any]]
"""column -> rule words; a row keeps them when every word holds and no such cell is blank."""


@record
class Rule:
    """More than one cell says: exactly one of `then`, `unique`, `measure` and `use` is set."""

    id: str
    level: str = "error"
    say: str = ""
    fix: str = ""
    column: str = ""
    when: Conditions = field(default_factory=dict)
    then: Conditions = field(default_factory=dict)
    unique: tuple[str, ...] = ()
    per: str = ""
    over: str = ""
    over_where: Conditions = field(default_factory=dict)
    measure: str = ""
    of: tuple[str, ...] = ()
    where: Conditions = field(default_factory=dict)
    low: Any = None
    high: Any = None
    use: str = ""


@record
class Pace:
    """Whether a line lags behind the calendar: the share of its aims that is reached against the time that has passed.

    The time runs over `months` from `MONTHS_BEFORE` the exam session, or from `joined` where that is later; `slack` is
    how many percent a line may lag. `session` and `joined` are columns that the view shows.
    """

    aims: Mapping[str, Any]
    session: str
    joined: str
    months: Any
    slack: Any


@record
class Measure:
    """One column of a view: a measure of the rows that belong to the line, or one that looks at the others.

    `needs` says whether all aims are reached, `lacks` lists the columns whose aim is not, `pace` says who lags behind.
    """

    name: str
    header: str
    measure: str
    of: tuple[str, ...] = ()
    where: Conditions = field(default_factory=dict)
    needs: Mapping[str, Any] = field(default_factory=dict)
    lacks: Mapping[str, Any] = field(default_factory=dict)
    pace: Pace | None = None
    programmes: tuple[str, ...] = ()

    def is_for(self, programme: str) -> bool:
        """Whether the workbook of a school of this programme shows it."""
        return not self.programmes or programme.upper() in self.programmes

    @property
    def is_asked(self) -> bool:
        """Whether it is blank for those of whom no aims are asked."""
        return bool(self.needs or self.lacks or self.pace)


@record
class View:
    """A live summary: one line per value of `per` (`tracker.column`), matched with this tracker's column `match`.

    `asked` names shown columns and the values of whom aims are asked (CAS: Diploma candidates), until the day in the
    shown column `left`; the columns with `needs`, `lacks` or `pace` are blank for everybody else.
    """

    name: str
    title: str
    per: str
    match: str
    show: tuple[str, ...] = ()
    columns: tuple[Measure, ...] = ()
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left: str = ""


@record
class Setting:
    """A value that a school may change: with its source and the day on which it was checked."""

    name: str
    value: Any
    about: str
    source: str
    checked: str
    programmes: tuple[str, ...] = ()

    def is_for(self, programme: str) -> bool:
        """Whether a school of this programme needs it."""
        return not self.programmes or programme.upper() in self.programmes


@record
class Example:
    """Rows and the rules they must trip: the tracker's own tests."""

    name: str
    rows: tuple[Mapping[str, Any], ...]
    trips: tuple[str, ...]
    given: Mapping[str, tuple[Mapping[str, Any], ...]]
    settings: Mapping[str, Any]


@record
class Tracker:
    """One declared tracker; see the head of this file."""

    name: str
    title: str
    sheet: str
    about: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    rules: tuple[Rule, ...] = ()
    views: tuple[View, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    aliases: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    starter: bool = False
    """Whether a new workbook has it unless told otherwise."""
    order: int = 100
    source: str = ""
