"""What a person says of a column: leave it alone, or take it as another one. Their word goes before our reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from addin.core import records
from addin.core.recognition.matching import Match
from addin.core.recognition.parts import Part
from addin.core.recognition.recognise import Understood, Unknown
from addin.core.recognition.roles import Role
from addin.core.tables.layout import plain
from addin.core.trackers import Tracker

AS_READ, LEAVE = "as read", "leave alone"
OR = " | "
"""Between headers of different trackers that a choice in another language may mean."""


def key_of(sheet: str, header: str) -> str:
    """The name of the answer that says what a column is."""
    return f"column {sheet}!{header}"


def overridden(part: Part, answers: Mapping[str, str], trackers: Mapping[str, Tracker]) -> Part:
    """The table as a person wants its columns read."""
    roles = dict(part.roles)
    found = part.found
    for number, header in part.region.headers.items():
        choice = answers.get(key_of(part.region.sheet, header), "")
        if not choice or choice.casefold() == AS_READ:
            continue
        tracker = trackers.get(found.tracker) if found else trackers.get("candidates")
        column = _column(choice, tracker)
        if found:
            found = _with(found, number, header, column)
        roles[number] = Role("left")
        if column and tracker and tracker.name == "candidates":
            roles = {n: Role("own") if r.column == column and n != number else r for n, r in roles.items()}
            roles[number] = Role("fact", column)
    return records.replace(part, roles=roles, found=found)


def in_place(found: Understood, answers: Mapping[str, str], trackers: Mapping[str, Tracker]) -> Understood:
    """A sheet that is adopted as it stands, likewise."""
    headers = {match.number: match.header for match in found.matches} | {u.number: u.header for u in found.unknown}
    for number, header in headers.items():
        choice = answers.get(key_of(found.sheet, header), "")
        if choice and choice.casefold() != AS_READ:
            found = _with(found, number, header, _column(choice, trackers[found.tracker]))
    return found


def _column(choice: str, tracker: Tracker | None) -> str:
    """The column of the tracker that a choice names; "" for one that is to be left alone."""
    wanted = {plain(one) for one in choice.rpartition(": ")[2].split(OR)}
    columns = tracker.columns.values() if tracker else ()
    return next((one.name for one in columns if wanted & {plain(one.header), plain(one.name)}), "")


def _with(found: Understood, number: int, header: str, column: str) -> Understood:
    matches = [match for match in found.matches if match.number != number and (match.column != column or not column)]
    unknown = [one for one in found.unknown if one.number != number]
    if column:
        matches.append(Match(header, number, column))
    else:
        unknown.append(Unknown(header, number))
    kept = {match.number for match in matches} | {one.number for one in unknown}
    unknown += [Unknown(m.header, m.number) for m in found.matches if m.number not in kept]
    matches.sort(key=lambda match: match.number)
    return replace(found, matches=matches, unknown=sorted(unknown, key=lambda one: one.number))
