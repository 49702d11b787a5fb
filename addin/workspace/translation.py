"""In which language a workbook is, and its trackers in that language. For an English workbook nothing is loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from addin.core import names
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.tables.table import Table
from addin.core.trackers import Tracker
from addin.workspace.tracker_sheets import Found


def with_languages(settings: Settings, folder: Path, there: Sequence[str], claimed: Mapping[str, Found]) -> Settings:
    """The settings with the language of the workbook's own sheets; of a person's own, that of `ib-trackers.toml`.

    Further languages are tried where sheets have names that are not English.
    """
    known = {sheet for found in claimed.values() for sheet, _ in found}
    named = str(settings.values.get("workbook_language") or language_of_layouts(settings))
    if written_in_english(there) or ({*there} <= known and not named):
        return settings
    from addin.workspace.languages import every, language, written_in

    written = written_in(there, folder)
    if written is None:
        written = language(named, folder)
    return replace(settings, written=written, language=written, others=tuple(every(folder)))


LANGUAGE = "language"
"""What adopt writes beside a layout: the language of the person's sheets."""


def language_of_layouts(settings: Settings) -> str:
    """The language of a person's own workbook, as adopt found it; "" for English."""
    written = (one.get(LANGUAGE) for sheets in settings.layouts.values() for one in sheets)
    return next((str(code) for code in written if code), "")


def written_in_english(sheets: Collection[str]) -> bool:
    """Whether a workbook of ours was made in English; decided by names alone."""
    there = {name.casefold() for name in sheets}
    return any(name.casefold() in there for name in (names.HOME, names.SETTINGS, names.FINDINGS))


def with_all_languages(settings: Settings, folder: Path) -> Settings:
    """The settings with every language as one in which headers and choices may be."""
    from addin.workspace.languages import every

    return replace(settings, others=tuple(every(folder)))


def is_unread(sheets: Mapping[str, Found], tables: Mapping[str, Table]) -> bool:
    """Whether a sheet that is named like a tracker was not read: its headers may be in another language."""
    return any(
        name not in tables or sheet not in tables[name].layouts for name, found in sheets.items() for sheet, _ in found
    )


def in_its_language(trackers: Mapping[str, Tracker], settings: Settings) -> dict[str, Tracker]:
    """The trackers as their workbook has them, with the headers of further languages as aliases."""
    written, spoken, others = settings.written, settings.language, settings.others
    if written.is_english and spoken.is_english and not others:
        return dict(trackers)
    from addin.core.trackers.translate import translated, with_other_names

    return {
        name: with_other_names(translated(tracker, settings.lists, written, spoken), others)
        for name, tracker in trackers.items()
    }
