"""What a school has set: session, programme, values that rules ask for, lists, and where its trackers stand.

Everything that the IB may change or that could not be verified is a setting: its default, source and date stand in
the tracker's TOML file, the school's own value in `ib-trackers.toml` beside the workbook.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from addin.errors import SettingsProblem
from addin.trackers import TEMPLATES, Tracker

FILE = "ib-trackers.toml"
START = """# IB Trackers: settings of the workbook in this folder. Yours to edit.
# "ib-trackers trackers NAME" lists what a tracker's rules can be told under [settings].

session = "{session}"
programme = "{programme}"

[school]
name = ""
code = ""

[settings]
"""
Lists = Mapping[str, Mapping[str, list[str]]]
"""list name -> column -> values, all of one length; every value is text."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the rules may ask for. `today` is handed in: no rule looks at a clock."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)
    today: date = date(2000, 1, 1)
    school: Mapping[str, Any] = field(default_factory=dict)
    layouts: Mapping[str, Any] = field(default_factory=dict)
    """tracker -> where it stands in the workbook, as `adopt` wrote it; see addin/recognise.py."""
    links: tuple[Mapping[str, Any], ...] = ()
    """The shared sheets that this workbook is synced with, as written in the file."""
    trackers: tuple[str, ...] = ()
    """The trackers this workbook keeps; empty means all whose sheet is there."""

    def get(self, name: str, trackers: Mapping[str, Tracker] | None = None) -> Any:
        """The school's value of a setting, else the default of the tracker that declares it, else None."""
        if name == "today":
            return self.today
        if name in self.values:
            return self.values[name]
        for tracker in (trackers or {}).values():
            if name in tracker.settings:
                return tracker.settings[name].value
        return None


def load(folder: Path, *, today: date) -> Settings:
    """The settings beside a workbook; defaults where there is no `ib-trackers.toml`. Raises SettingsProblem."""
    path = folder / FILE
    data: dict[str, Any] = {}
    if path.exists():
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except tomllib.TOMLDecodeError as error:
            raise SettingsProblem(f"is not valid TOML: {error}.", where=str(path), next="Mend that line.") from None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsProblem(f"cannot be read: {error}.", where=str(path)) from None
    values = dict(data.get("settings", {}))
    for name in ("session", "programme"):
        if name in data:
            values[name] = data[name]
    return Settings(
        values=values,
        lists=load_lists(folder / "lists"),
        today=today,
        school=data.get("school", {}),
        layouts=data.get("layout", {}),
        links=tuple(data.get("links", ())),
        trackers=tuple(data.get("trackers", ())),
    )


def write_start(folder: Path, values: Mapping[str, Any]) -> Path:
    """An `ib-trackers.toml` for a new workbook, with what a person may want to set; one that is there is kept."""
    from addin.files import private

    path = folder / FILE
    if not path.exists():
        with private(path, "utf-8") as file:
            file.write(START.format(session=values.get("session", ""), programme=values.get("programme", "dp")))
    return path


def write_layouts(folder: Path, layouts: Mapping[str, list[dict[str, Any]]]) -> Path:
    """Write down which sheet holds which tracker, leaving the rest of the file and its comments as they are."""
    import tomlkit

    from addin.files import private

    path = folder / FILE
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig")) if path.exists() else tomlkit.document()
    if not path.exists():
        document.add(tomlkit.comment("IB Trackers: settings of the workbook in this folder. Yours to edit."))
    table = tomlkit.table(is_super_table=True)
    for tracker, sheets in layouts.items():
        array = tomlkit.aot()
        for sheet in sheets:
            array.append(tomlkit.item(sheet))
        table.add(tracker, array)
    document["layout"] = table
    text = tomlkit.dumps(document)
    if not path.exists() or path.read_text(encoding="utf-8-sig") != text:
        with private(path, "utf-8") as file:
            file.write(text)
    return path


def load_lists(*folders: Path) -> dict[str, dict[str, list[str]]]:
    """The reference lists that come with the product, then those of `folders`; a list of the same name replaces."""
    import csv

    lists: dict[str, dict[str, list[str]]] = {}
    for folder in (TEMPLATES / "lists", *folders):
        for path in sorted(folder.glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
            if rows:
                lists[path.stem] = {column: [row[column] or "" for row in rows] for column in rows[0] if column}
    return lists
