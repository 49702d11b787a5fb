"""Where the rows of a Reading go: a new sheet for each tracker, or, once it is there, the rows that are new or changed.

What a person has changed on the new sheet since stays: a cell is written again only where its source says something
else than at the last adoption and nobody has touched it. A row that was deleted does not come back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from random import Random

from addin.core.a1 import cell_name, free_sheet_name, quoted, sheet_name_ending
from addin.core.book import Edits, OwnSheet, Value
from addin.core.language import ENGLISH, Language, Phrase
from addin.core.names import ADOPTION_HEADERS
from addin.core.recognition.reading import Listed, Made, Place
from addin.core.records import field, record
from addin.core.tables.layout import Layout, plain
from addin.core.tables.row_ids import new_ids
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import ID_HEADER, Column, Tracker
from addin.core.trackers.translate import in_cell

ORIGIN_HEADER = "Taken from"
AS_WRITTEN = "{header} (as written)"
"""The header of a column of the person's, where the tracker has one of this name."""
PREFIXES = {"inventory": "INV-", "cas": "CAS-"}
WIDEST = 44
Base = Mapping[str, Mapping[str, str]]
"""identity -> {"id": row id, column or header: what the source said at the last adoption}."""


@record
class SheetPlan:
    """What happens to the sheet of one tracker."""

    tracker: str
    sheet: str
    new: bool
    added: int = 0
    changed: int = 0
    kept: int = 0
    """Cells whose source has changed, and which a person has changed too: left as they are."""
    gone: int = 0
    """Rows whose source is no longer there; they stay."""
    columns: dict[str, str] = field(default_factory=dict)
    """header -> column, for the layout."""
    base: dict[str, dict[str, str]] = field(default_factory=dict)


def plan_sheet(
    made: Sequence[Made],
    tracker: Tracker,
    there: Table | None,
    base: Base,
    names: Sequence[str],
    edits: Edits,
    random: Random,
    language: Language = ENGLISH,
) -> SheetPlan:
    """Put these rows into the edits: a new sheet where none is `there`. The tracker is in the language of the sheet;
    the rows are put into it."""
    written = {name for name, column in tracker.columns.items() if not column.local}
    for one in made:
        one.values = {
            name: value
            if name in written and type(value) in _AS_IT_IS
            else _in_cell(tracker.columns[name], value, language)
            for name, value in one.values.items()
        }
        if one.extra:
            one.extra = {language.speak(n) if isinstance(n, Phrase) else n: v for n, v in one.extra.items()}
    if there is None:
        return _new(made, tracker, names, edits, random, language)
    return _merge(made, tracker, there, base, edits, random, language)


_AS_IT_IS = frozenset((str, int, float, date, type(None)))
"""What is in a cell as the rows have it, where the column's words are those of the tracker."""


def _in_cell(column: Column, value: Value, language: Language) -> Value:
    """A value in the words of the sheet; Yes and No as the drop-downs have them."""
    told = in_cell(column, language.speak(value) if isinstance(value, Phrase) else value)
    return ("Yes" if told else "No") if isinstance(told, bool) else told


def _new(
    made: Sequence[Made], tracker: Tracker, names: Sequence[str], edits: Edits, random: Random, language: Language
) -> SheetPlan:
    origin = language.say(ORIGIN_HEADER)
    name = free_name(tracker.sheet, names)
    _number(made, tracker, [])
    columns = used_columns(made, tracker)
    extras = list(dict.fromkeys(header for one in made for header, value in one.extra.items() if value is not None))
    taken = {plain(tracker.columns[c].header) for c in columns} | {plain(origin), plain(ID_HEADER)}
    shown = {
        header: header if plain(header) not in taken else language.say(AS_WRITTEN, header=header) for header in extras
    }
    head: list[Value] = [*(tracker.columns[c].header for c in columns), *shown.values(), origin, ID_HEADER]
    ids = new_ids([], len(made), random)
    rows: list[list[Value]] = [head]
    plan = SheetPlan(tracker.name, name, True, added=len(made))
    for one, row_id in zip(made, ids, strict=True):
        cells = [*(one.values.get(c) for c in columns), *(one.extra.get(header) for header in extras)]
        rows.append([*cells, origin_of(one.origin), row_id])
        plan.base["|".join(one.identity)] = {"id": row_id, **said(one)}
    edits.sheets[name] = OwnSheet(rows, widths=_widths(rows))
    plan.columns = {tracker.columns[c].header: c for c in columns}
    return plan


def used_columns(made: Sequence[Made], tracker: Tracker) -> list[str]:
    """The tracker's columns that these rows fill; what no row knows is no column, so that it is missed once."""
    full = {name for one in made for name, value in one.values.items() if value is not None}
    return [name for name in tracker.columns if name in full]


def free_name(name: str, names: Sequence[str]) -> str:
    """The name for a sheet that is not there yet: `Inventory (tracker)` where the person has an Inventory."""
    is_free = free_sheet_name(name, names) == name
    return name if is_free else free_sheet_name(sheet_name_ending(name, " (tracker)"), names)


def origin_of(place: Place) -> str:
    """`12A!F5`, as a person reads it."""
    return f"{quoted(place[0])}!{cell_name(place[1], place[2])}"


def said(made: Made) -> dict[str, str]:
    """What the source says, column by column, in words."""
    values = {name: show(value) for name, value in made.values.items() if value is not None}
    return values | {f"\0{header}": show(value) for header, value in made.extra.items() if value is not None}


def _merge(
    made: Sequence[Made], tracker: Tracker, there: Table, base: Base, edits: Edits, random: Random, language: Language
) -> SheetPlan:
    origin = language.say(ORIGIN_HEADER)
    (sheet, layout) = next(iter(there.layouts.items()))
    plan = SheetPlan(tracker.name, sheet, False, base={key: dict(value) for key, value in base.items()})
    by_id = {row_id: index for index, row_id in enumerate(there.ids)}
    by_origin = {
        show(value): index for index, value in enumerate(there.extra.get(origin, there.extra.get(ORIGIN_HEADER, ())))
    }
    places = {**layout.columns, **{f"\0{header}": number for header, number in layout.extra.items()}}
    current: dict[str, Sequence[Value]] = {
        **{name: there.raw(name) for name in layout.columns},
        **{f"\0{header}": values for header, values in there.extra.items()},
    }
    plan.columns = _more_columns(made, tracker, layout, places, current, edits, len(there), language)
    new: list[Made] = []
    known = {row["id"] for row in base.values()}
    for one in made:
        key = "|".join(one.identity)
        old = base.get(key)
        index = by_id.get(old["id"]) if old else _by_origin(one, there, by_origin, known, current)
        if old and index is None:
            continue  # somebody deleted the row
        if index is None:
            new.append(one)
            continue
        _update(plan, one, old or {}, there, index, places, current, sheet, edits, origin)
        plan.base[key] = {**(old or {}), "id": there.ids[index], **said(one)}
    _number(new, tracker, current.get(tracker.key[0], ()))
    _add(plan, new, places, edits, there, random, origin)
    plan.gone = len(set(base) - {"|".join(one.identity) for one in made})
    return plan


def _by_origin(
    one: Made,
    there: Table,
    by_origin: Mapping[str, int],
    known: Collection[str],
    current: Mapping[str, Sequence[Value]],
) -> int | None:
    """The row that came from the same cell, where nothing is remembered of it and it says nothing else: rows move."""
    index = by_origin.get(origin_of(one.origin))
    if index is None or there.ids[index] in known:
        return None
    pairs = [(show(one.values.get(name)), show(current[name][index])) for name in there.columns if name in current]
    return index if all(_is_same(new, old) for new, old in pairs if new and old) else None


def _is_same(one: Value, other: Value) -> bool:
    """Whether two cells say the same; Yes is yes."""
    return show(one).casefold() == show(other).casefold()


def _more_columns(
    made: Sequence[Made],
    tracker: Tracker,
    layout: Layout,
    places: dict[str, int],
    current: dict[str, Sequence[Value]],
    edits: Edits,
    rows: int,
    language: Language,
) -> dict[str, str]:
    """Headers for what the sheet has no column for yet, right of the last one; all headers with their columns."""
    needed = used_columns(made, tracker)
    needed += [f"\0{header}" for one in made for header, value in one.extra.items() if value is not None]
    shown = {name: tracker.columns[name].header for name in tracker.columns}
    written = {plain(header) for header in layout.extra}
    for name in dict.fromkeys(needed):
        header = shown.get(name, name[1:])
        as_written = {AS_WRITTEN.format(header=name), language.say(AS_WRITTEN, header=name)}
        if name in places or plain(header) in written or as_written & set(places):
            continue
        number = max([*places.values(), layout.id_column or 0]) + 1
        places[name] = number
        current[name] = [None] * rows
        edits.cells[layout.sheet, layout.header_row, number] = header
    return {shown[name]: name for name in places if not name.startswith("\0")}


def _update(
    plan: SheetPlan,
    one: Made,
    old: Mapping[str, str],
    there: Table,
    index: int,
    places: Mapping[str, int],
    current: Mapping[str, Sequence[Value]],
    sheet: str,
    edits: Edits,
    header: str,
) -> None:
    values = {**one.values, **{f"\0{header}": value for header, value in one.extra.items()}}
    for name, value in values.items():
        if name not in places or value is None or show(value) == old.get(name):
            continue
        held = current[name][index]
        if _is_same(held, value):
            continue
        if held is None or _is_same(held, old.get(name)):
            edits.cells[sheet, there.rows[index], places[name]] = value
            plan.changed += 1
        else:
            plan.kept += 1
    origin = origin_of(one.origin)
    name = next((name for name in (f"\0{header}", f"\0{ORIGIN_HEADER}") if name in places), "")
    if name and show(current[name][index]) != origin:
        edits.cells[sheet, there.rows[index], places[name]] = origin


def _add(
    plan: SheetPlan,
    new: Sequence[Made],
    places: Mapping[str, int],
    edits: Edits,
    there: Table,
    random: Random,
    origin: str,
) -> None:
    first = next(iter(there.layouts.values()))
    ids = new_ids(there.ids, len(new), random)
    for one, row_id in zip(new, ids, strict=True):
        values = {**one.values, **{f"\0{header}": value for header, value in one.extra.items()}}
        row: dict[int, Value] = {
            places[name]: value for name, value in values.items() if name in places and value is not None
        }
        if column := places.get(f"\0{origin}", places.get(f"\0{ORIGIN_HEADER}")):
            row[column] = origin_of(one.origin)
        if first.id_column:
            row[first.id_column] = row_id
        edits.rows.setdefault(first.sheet, []).append(row)
        plan.base["|".join(one.identity)] = {"id": row_id, **said(one)}
    plan.added = len(new)


def _number(made: Sequence[Made], tracker: Tracker, taken: Sequence[Value]) -> None:
    """Give rows without a key of one column a number that nobody has."""
    if len(tracker.key) != 1 or tracker.name not in PREFIXES:
        return
    used = {show(value) for value in taken} | {show(one.values.get(tracker.key[0])) for one in made}
    number = 0
    for one in made:
        if one.values.get(tracker.key[0]) is None:
            number += 1
            while f"{PREFIXES[tracker.name]}{number:03}" in used:
                number += 1
            one.values[tracker.key[0]] = f"{PREFIXES[tracker.name]}{number:03}"


def _widths(rows: Sequence[Sequence[Value]]) -> list[float]:
    widths = []
    for column in range(len(rows[0])):
        longest = max((len(show(row[column])) for row in rows[:300] if column < len(row)), default=8)
        widths.append(float(min(max(longest + 2, 9), WIDEST)))
    return widths


def notes_sheet(listed: Sequence[Listed], language: Language = ENGLISH) -> OwnSheet:
    """What was not understood, or only in part, with links to the cells."""
    rows: list[list[Value]] = [list(map(language.say, ADOPTION_HEADERS))]
    links: dict[tuple[int, int], str] = {}
    for number, one in enumerate(listed, 2):
        cell = cell_name(one.row, one.column)
        rows.append([one.sheet, cell, one.text, language.speak(one.why), language.yes if one.placed else language.no])
        links[number, 2] = f"{quoted(one.sheet)}!{cell}"
    return OwnSheet(rows, links, [18, 9, 36, 60, 18])
