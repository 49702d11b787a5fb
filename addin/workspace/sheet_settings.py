"""Settings from the workbook's own sheets, merged over those of ib-trackers.toml: what people see goes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from addin.core import names
from addin.core.book import Grid
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.trackers import Tracker
from addin.workspace.home_settings import home_settings
from addin.workspace.lists_sheet import lists_of, with_lists
from addin.workspace.settings_sheet import read_settings_sheet


def with_sheet_settings(
    settings: Settings, grids: Mapping[str, Grid], trackers: Iterable[Tracker]
) -> tuple[Settings, list[str]]:
    """The settings with what the Lists, Home and Settings sheets say, and a sentence for each unusable cell."""
    if names.LISTS in grids:
        settings = replace(settings, lists=with_lists(settings.lists, lists_of(grids[names.LISTS])))
    on_home, remarks = home_settings(grids.get(names.HOME))
    on_sheet = read_settings_sheet(grids.get(names.SETTINGS), trackers)
    settings = replace(
        settings,
        values={**settings.values, **on_home, **on_sheet.values},
        school={**settings.school, **on_sheet.school},
    )
    return settings, [*remarks, *on_sheet.remarks]
