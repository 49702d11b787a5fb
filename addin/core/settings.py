"""What the rules may ask for: a school's settings and lists, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from addin.core import names
from addin.core.language import ENGLISH, Language
from addin.core.records import field, record
from addin.core.tables.values import is_number
from addin.core.trackers import Tracker
from addin.errors import SettingsProblem

FILE = names.SETTINGS_FILE
"""The settings file beside a workbook."""
Lists = Mapping[str, Mapping[str, list[str]]]
"""list name -> column -> values, all of one length; every value is text."""


@record
class Settings:
    """What the rules may ask for. `today` is handed in: no rule looks at a clock."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)
    today: date = date(2000, 1, 1)
    school: Mapping[str, Any] = field(default_factory=dict)
    layouts: Mapping[str, Any] = field(default_factory=dict)
    """tracker -> where it stands in the workbook, as `adopt` wrote it; see addin/core/recognition/recognise.py."""
    links: tuple[Mapping[str, Any], ...] = ()
    """The shared sheets that this workbook is synced with, as written in the file."""
    language: Language = ENGLISH
    """The language of findings, reports and e-mails."""
    written: Language = ENGLISH
    """The language of the workbook's own sheets, headers, drop-downs and formulas."""
    others: tuple[Language, ...] = ()
    """Further languages in which its sheets, headers and choices may be."""
    trackers: tuple[str, ...] = ()
    """The trackers this workbook keeps; empty means all whose sheet is there."""

    @property
    def programme(self) -> str:
        """The school's programme in small letters; the Diploma Programme where none is set."""
        return str(self.values.get("programme") or "dp").lower()

    def get(self, name: str, trackers: Mapping[str, Tracker] | None = None) -> Any:
        """The school's value of a setting, else the default of the tracker that declares it, else None.

        Raises SettingsProblem where the school's is text and a number is asked for, or the other way round.
        """
        if name == "today":
            return self.today
        usual = next((t.settings[name].value for t in (trackers or {}).values() if name in t.settings), None)
        if name not in self.values:
            return usual
        value = self.values[name]
        if is_number(usual) != is_number(value) and usual is not None:
            raise _wrong_kind(name, value, usual)
        return value


def _wrong_kind(name: str, value: Any, usual: Any) -> SettingsProblem:
    kind, example = ("a number", usual) if is_number(usual) else ("a text or a date", f'"{usual or value}"')
    return SettingsProblem(
        f"{name} is {value!r}, and should be {kind}.", where=FILE, next=f"Write it as {name} = {example}"
    )
