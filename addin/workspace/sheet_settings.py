"""Settings from the workbook's own sheets, merged over those of ib-trackers.toml: what people see goes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from addin.core import names
from addin.core.book import Grid
from addin.core.language import Language
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.trackers import Tracker
from addin.errors import SettingsProblem
from addin.workspace.home_settings import home_settings


def with_sheet_settings(
    settings: Settings, grids: Mapping[str, Grid], trackers: Iterable[Tracker], folder: Path | None = None
) -> tuple[Settings, list[str]]:
    """The settings with what the Lists, Home and Settings sheets say, and a sentence for each unusable cell."""
    trackers, written = list(trackers), settings.written
    if names.LISTS in grids:
        from addin.workspace.lists_sheet import lists_of, with_lists

        own = lists_of(grids[names.LISTS])
        if not written.is_english:
            from addin.core.trackers.translate import english_lists

            own = english_lists(own, settings.lists, trackers, written)
        settings = replace(settings, lists=with_lists(settings.lists, own))
    on_home, remarks = home_settings(grids.get(written.say(names.HOME)), written)
    values, school = {**settings.values, **on_home}, settings.school
    if sheet := grids.get(written.say(names.SETTINGS)):
        from addin.workspace.settings_sheet import read_settings_sheet

        on_sheet = read_settings_sheet(sheet, trackers, written)
        values, school = {**values, **on_sheet.values}, {**school, **on_sheet.school}
        remarks = [*remarks, *on_sheet.remarks]
    spoken, remark = _spoken(str(values.get("workbook_language") or ""), written, folder)
    settings = replace(
        settings,
        language=spoken,
        values=values,
        school=school,
    )
    return settings, [*remarks, *([remark] if remark else [])]


def _spoken(name: str, written: Language, folder: Path | None) -> tuple[Language, str]:
    """The language that was asked for, with a remark where there is none of this name; else that of the workbook."""
    if not name:
        return written, ""
    from addin.workspace.languages import language

    try:
        return language(name, folder), ""
    except SettingsProblem as problem:
        return written, f"{names.SETTINGS}: {problem}"
