"""Settings from the workbook's own sheets, merged over those of ib-trackers.toml: what people see goes first."""

from __future__ import annotations

from collections.abc import Mapping

from addin.core import names
from addin.core.book import Grid
from addin.core.records import replace
from addin.core.settings import Settings
from addin.workspace.home_settings import home_settings
from addin.workspace.lists_sheet import lists_of, with_lists


def with_sheet_settings(settings: Settings, grids: Mapping[str, Grid]) -> tuple[Settings, list[str]]:
    """The settings with what the Lists and Home sheets say, and a sentence for each cell that cannot be used."""
    if names.LISTS in grids:
        settings = replace(settings, lists=with_lists(settings.lists, lists_of(grids[names.LISTS])))
    on_home, remarks = home_settings(grids.get(names.HOME))
    return replace(settings, values={**settings.values, **on_home}), remarks
