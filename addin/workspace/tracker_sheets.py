"""Which sheet of a workbook holds which tracker, and which sheets are ours.

`adopt` writes it down in ib-trackers.toml; without that, a sheet named as the tracker (or one of its aliases) is
searched for the tracker's headers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from addin.core import names
from addin.core.book import Grid
from addin.core.checks import marks
from addin.core.language import ENGLISH, Language, phrase
from addin.core.settings import Settings
from addin.core.tables.exact import with_english_choices
from addin.core.tables.layout import Layout, find, plain
from addin.core.tables.table import Table, read_table
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import SettingsProblem
from addin.workspace.lists import load_lists
from addin.workspace.tracker_files import Head

Found = list[tuple[str, Mapping[str, Any]]]
"""Sheets of a tracker, each with what adopt wrote down about it (empty where it wrote nothing)."""


def is_own_sheet(grid: Grid, language: Language = ENGLISH) -> bool:
    """Whether a sheet is the tool's own or its template's: by its name, and by what it holds."""
    ours = {language.say(name): name for name in names.OWN_SHEETS}
    name = ours.get(grid.sheet, grid.sheet)
    if name in (names.FINDINGS, names.OTHER_FINDINGS):
        return marks.is_ours(grid, language)
    if headers := {names.LINKS: names.LINKS_HEADERS, names.IMPORT: names.IMPORT_HEADERS}.get(name):
        return has_headers(grid, headers)
    if grid.values and any(has_headers(grid, one) for one in (names.SETUP_HEADERS, names.ADOPTION_HEADERS)):
        return True
    if name == names.LISTS:
        from addin.workspace.lists_sheet import lists_of

        return not {*load_lists()}.isdisjoint(lists_of(grid))
    if name in names.OWN_SHEETS:
        return True
    if name not in (names.REGISTER, language.say(names.REGISTER)):
        return False
    from addin.workspace.register_sheet import is_form

    return is_form(grid, language)


def has_headers(grid: Grid | None, headers: Sequence[str]) -> bool:
    """Whether a sheet is the tool's that has these headers, in any language; one that is not there yet, or is blank,
    can become it."""
    if grid is None or not grid.values:
        return True
    line = tuple(map(show, grid.values[0][: len(headers)]))
    if line == tuple(headers):
        return True
    if not all(line) or len(line) < len(headers) or any(grid.values[0][len(headers) :]):
        return False
    from addin.workspace.languages import every

    return any(line == tuple(map(one.say, headers)) for one in every())


def sheets_of_trackers(
    known: Mapping[str, Head], sheets: Sequence[str], settings: Settings, languages: Sequence[Language] = ()
) -> dict[str, Found]:
    """Find the sheets of each tracker: as adopt wrote it down, else by name; a sheet belongs to one tracker only.

    A tracker's own sheet name goes before titles and aliases, a school's own tracker before a built-in one; what it is
    called in one of these languages comes last.
    """
    elsewhere = _names_elsewhere(known, languages)
    written = {given.get("sheet"): (name, given) for name, all_ in settings.layouts.items() for given in all_}
    found: dict[str, Found] = {}
    ranking = [*known.items()][::-1]
    for sheet in sheets:
        if sheet in written and written[sheet][0] in known:
            tracker, given = written[sheet]
        else:
            words = plain(sheet)
            ranked = [(rank, name) for name, head in ranking if (rank := _claim(head, words))]
            called = min(ranked, key=lambda claim: claim[0])[1] if ranked else elsewhere.get(words, "")
            tracker, given = called, {}
        if tracker and (given or tracker not in settings.layouts):
            found.setdefault(tracker, []).append((sheet, given))
    return {name: found[name] for name in known if name in found}


def _names_elsewhere(known: Mapping[str, Head], languages: Sequence[Language]) -> dict[str, str]:
    """What the trackers are called in these languages: sheets before titles."""
    found: dict[str, str] = {}
    for language in languages:
        for part in ("sheet", "title"):
            for name, head in known.items():
                found.setdefault(_plainly_in(language, getattr(head, part)), name)
    return found


@lru_cache(maxsize=4096)
def _plainly_in(language: Language, text: str) -> str:
    return plain(language.say(text))


def _claim(head: Head, name: str) -> int:
    """How good a tracker's claim to a sheet of this plain name is: 1 is best, 0 is none."""
    if not head.is_own and not head.may_name(name):
        return 0  # without parsing the lines
    if name == plain(head.sheet):
        return 2 - head.is_own
    if name == plain(head.title):
        return 4 - head.is_own
    return 6 - head.is_own if name in map(plain, head.aliases) else 0


def read_tables(
    trackers: Mapping[str, Tracker], sheets: Mapping[str, Found], grids: Mapping[str, Grid]
) -> dict[str, Table]:
    """Read the tables of the trackers whose headers were found."""
    tables = {}
    for name, tracker in trackers.items():
        for sheet, given in sheets.get(name, ()):
            _check_columns(tracker, sheet, given)
        layouts = [find(grids[sheet], tracker, given) for sheet, given in sheets.get(name, ())]
        found: list[Layout] = [layout for layout in layouts if layout]
        if found:
            tables[name] = with_english_choices(tracker, read_table(tracker, grids, found))
    return tables


def _check_columns(tracker: Tracker, sheet: str, given: Mapping[str, Any]) -> None:
    """Raise SettingsProblem where the settings file maps a header to a column that the tracker does not have."""
    for header, column in given.get("columns", {}).items():
        if column not in tracker.columns:
            from difflib import get_close_matches

            near = get_close_matches(column, tracker.columns, 1)
            raise SettingsProblem(
                phrase(
                    "{header} on sheet {sheet} is mapped to {column}, and {title} has no such column.",
                    header=f"{header!r}",
                    sheet=sheet,
                    column=f"{column!r}",
                    title=tracker.title,
                ),
                where=names.SETTINGS_FILE,
                next=phrase("Did you mean {near}?", near=f"{near[0]!r}")
                if near
                else phrase("Run ib-trackers adopt again."),
            )
