"""From trackers to sheets of a Google spreadsheet: one `:batchUpdate`, from the same words as checks and workbooks.

    seen.py           what the spreadsheet has now          share.py   which columns of a tracker, and where they stand
    tracker_sheet.py  the sheet, its headers, names, views  checks.py  drop-downs, formats, conditional formats
    guards.py         who may edit what                     lists.py   the lists behind drop-downs    home.py  Home
    locales.py        separators and dates of a locale     computer.py  this computer's
    requests_sheet.py the hidden sheet of requests          script_rules.py  the rules for the sheet's own script

`requests` is a pure function: it compares and gives what is missing or damaged, nothing where all is right. A person's
own sheets, columns, formats and protected ranges are left as they are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.trackers import Tracker
from addin.core.trackers.translate import in_its_words, local_lists
from addin.templates.google import checks, guards, home, lists, locales, requests_sheet, script_rules, tracker_sheet
from addin.templates.google.seen import MASK, Json, Seen, seen
from addin.templates.google.share import Laid, Share, lay
from addin.templates.plan import Plan

__all__ = ["MASK", "Json", "Seen", "Share", "requests", "seen"]


def requests(
    shares: Sequence[Share], settings: Settings, trackers: Mapping[str, Tracker], now: Seen, *, who: str = ""
) -> list[Json]:
    """What makes these shares right in the spreadsheet; [] when they are. Raises BookProblem.

    `trackers` are all that are known, for what the shares refer to; `who` is the address that writes there.
    """
    settings = replace(settings, lists=local_lists(settings.lists, trackers.values()))
    trackers = {name: in_its_words(tracker) for name, tracker in trackers.items()}
    shares = [dataclasses.replace(share, tracker=in_its_words(share.tracker)) for share in shares]
    all_laid = [lay(share, now, reuse=number == 0) for number, share in enumerate(shares)]
    offered = _lists(all_laid, settings)
    of_lists, in_lists = lists.requests(offered, now)
    sources = _sources(all_laid, in_lists)
    plan = Plan(trackers, settings, {laid.tracker.name: laid.place for laid in all_laid}, {}, {})
    made: list[Json] = [request for laid in all_laid for request in tracker_sheet.make(laid)]
    made += of_lists
    for laid in all_laid:
        made += tracker_sheet.headers(laid)
        made += checks.requests(laid, _seen_by(plan, laid), sources)
        made += tracker_sheet.names(laid, now)
        made += tracker_sheet.filter_views(laid)
    made += home.requests(_in_order([*all_laid, *_earlier(all_laid, trackers, now)], now), settings, now)
    made += requests_sheet.requests(now)
    made += script_rules.requests(all_laid, settings, trackers, now)
    for laid in all_laid:
        made += guards.protections(laid, who)
    return [locales.localised(request, str(now.properties.get("locale", ""))) for request in made]


def _seen_by(plan: Plan, laid: Laid) -> Plan:
    """The plan as the formulas of one sheet need it: its own place counts, also where two slices share a tracker."""
    return Plan(plan.trackers, plan.settings, {laid.tracker.name: laid.place}, {}, {})


def _lists(all_laid: Sequence[Laid], settings: Settings) -> dict[str, dict[str, list[str]]]:
    """The lists that the shares use, whole; and the values of other trackers that are not in the spreadsheet."""
    here = {laid.tracker.name for laid in all_laid}
    found: dict[str, dict[str, list[str]]] = {}
    for laid in all_laid:
        for reference in checks.references(laid.tracker):
            kind, _, rest = reference.partition(".")
            which = rest.partition(".")[0]
            if kind == "lists" and which in settings.lists:
                found[which] = {column: list(values) for column, values in settings.lists[which].items()}
            elif kind not in here and reference in laid.share.values:
                found.setdefault(_called(laid, reference), {rest: list(laid.share.values[reference])})
    return found


def _called(laid: Laid, reference: str) -> str:
    """The heading of another tracker's values: each sheet has its own, since each slice has."""
    return f"{reference.partition('.')[0]}.{laid.share.sheet}"


def _sources(all_laid: Sequence[Laid], in_lists: Mapping[str, str]) -> dict[str, str]:
    """Where the values of a reference are: on a tracker's own sheet, else on the Lists sheet."""
    found = {f"lists.{name}": place for name, place in in_lists.items()}
    for laid in all_laid:
        for reference in checks.references(laid.tracker):
            called = f"{_called(laid, reference)}.{reference.partition('.')[2]}"
            if called in in_lists:
                found[reference] = in_lists[called]
    for laid in all_laid:
        found |= {f"{laid.tracker.name}.{name}": tracker_sheet.column_a1(laid, name) for name in laid.place.columns}
    return found


def _in_order(all_laid: Sequence[Laid], now: Seen) -> list[Laid]:
    """In the order of the sheets in the spreadsheet, new ones last, whichever link is made or mended."""
    places = {sheet.gid: number for number, sheet in enumerate(now.sheets)}
    return sorted(all_laid, key=lambda laid: places.get(laid.gid, len(places)))


def _earlier(all_laid: Sequence[Laid], trackers: Mapping[str, Tracker], now: Seen) -> list[Laid]:
    """The shares of earlier links in this spreadsheet, for Home."""
    mine = {laid.share.owner for laid in all_laid}
    found = []
    for sheet in now.sheets:
        name, _, _ = sheet.owner.partition("/")
        if "/" in sheet.owner and sheet.owner not in mine and name in trackers:
            found.append(lay(Share(trackers[name], sheet.title), now))
    return found
