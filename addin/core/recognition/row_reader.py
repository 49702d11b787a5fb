"""The rows of a list, one after the other: whose each is, and what its cells are for the tracker.

Thousands of rows repeat what a few say: the same student, strand or number of hours. What was read once and left no
remark is not read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.cells import Read
from addin.core.recognition.header_rows import filled
from addin.core.recognition.parts import Part
from addin.core.recognition.people import Person, is_name
from addin.core.recognition.pupils import holds_names, name_column
from addin.core.recognition.reading import Made, SheetReading
from addin.core.recognition.recognise import Match
from addin.core.recognition.roles import Role, taken_mark
from addin.core.recognition.spoken_dates import dated_by
from addin.core.recognition.work import Work, facts_of_row, order_question, person_of_row, silent
from addin.core.recognition.workshop_rows import without_mode
from addin.core.records import record, replace
from addin.core.tables.values import show
from addin.core.trackers import Tracker

_Key = tuple[object, ...]
_Put = Callable[[Made, int, Value], None]
"""Puts a cell (row of the sheet, value) into a row of the tracker."""


@record
class _Known:
    """A student whose row was read before: what it placed, and the questions that it waits for."""

    person: Person | None
    mine: bool
    placed: tuple[int, ...]
    needs: tuple[str, ...]
    version: int


class RowReader:
    """Reads the rows of one list."""

    def __init__(self, part: Part, grid: Grid, tracker: Tracker, work: Work) -> None:
        self.part, self.grid, self.tracker, self.work = part, grid, tracker, work
        matches = part.found.matches if part.found else ()
        self.matched = {match.number: match for match in matches}
        self.names = {match.column for match in matches}
        self.candidate = next((match.number for match in matches if match.column == "candidate"), 0)
        self._about = tuple(number for number, role in part.roles.items() if self._is_about_people(number, role))
        self._in_order = sorted(self.matched)
        self._puts = [self._puts_of_columns(is_known=is_known) for is_known in (False, True)]
        self._people: dict[_Key, _Known] = {}
        self._values: dict[tuple[int, type, Value], Value] = {}

    def _is_about_people(self, number: int, role: Role) -> bool:
        """Whether a column may say whose row it is (as `facts_of_row` reads it)."""
        own = role.kind == "own" and self.matched.keys() <= {self.candidate}
        said = role.kind in ("name", "fact") and (number == self.candidate or number not in self.matched)
        return number == self.candidate or own or said or role.column == "email"

    def whose(self, row: int) -> tuple[Person | None, bool]:
        """The student whose row it is, and whether the tracker's rows belong to students at all."""
        if "candidate" not in self.tracker.columns or "candidates" not in self.work.trackers:
            return None, False
        work, sheet = self.work, self.grid.sheet
        line = self.part.region.line(self.grid, row)
        raws = [line[number - 1] for number in self._about]
        key = (*raws, *map(type, raws), self.part.region.sections.get(row, ""))
        known = self._people.get(key)
        if known and known.version == work.people.version:
            work.placed.update((sheet, row, number) for number in known.placed)
            for name in known.needs:
                work.needs[name] += 1
            return known.person, known.mine
        before = {number for number in self._about if (sheet, row, number) in work.placed}
        version, listed, needs = work.people.version, len(work.listed), dict(work.needs)
        person, mine = self._find(row)
        if version == work.people.version and listed == len(work.listed) and not before:
            placed = tuple(number for number in self._about if (sheet, row, number) in work.placed)
            asked = tuple(name for name, n in work.needs.items() for _ in range(n - needs.get(name, 0)))
            self._people[key] = _Known(person, mine, placed, asked, version)
        return person, mine

    def _find(self, row: int) -> tuple[Person | None, bool]:
        part, grid, work, number = self.part, self.grid, self.work, self.candidate
        report = SheetReading(grid.sheet, "rows")
        raw = part.region.value(grid, row, number) if number else None
        if filled(raw) and not is_name(raw):
            found = work.people.find({"code": show(raw)})
            if len(found) == 1:
                work.placed.add((grid.sheet, row, number))
                return found[0], True
            facts = {} if found else {**facts_of_row(part, grid, row, silent(work))[0], "code": show(raw)}
            if not work.home and not work.people.find_without_zeros(facts):
                person = work.people.add({"code": show(raw)}, origin=(grid.sheet, row, number))
                work.placed.add((grid.sheet, row, number))
                return person, True
        return person_of_row(part, grid, row, work, report, {}), True

    def made(self, row: int, person: Person | None) -> Made:
        """The row for the tracker, with the columns of the person's own."""
        region, grid = self.part.region, self.grid
        line = region.line(grid, row)
        known = (number for number in self._in_order if filled(grid.value(row, number)))
        made = Made(self.tracker.name, {}, (grid.sheet, row, next(known, region.columns[0])))
        made.person = person.number if person else -1
        for number, put in self._puts[person is not None]:
            if filled(raw := line[number - 1]):
                put(made, row, raw)
        return made

    def _puts_of_columns(self, *, is_known: bool) -> list[tuple[int, _Put]]:
        """What puts the cell of each column into a row, where its student is known and where not."""
        found: list[tuple[int, _Put]] = []
        names = name_column(self.part) if holds_names(self.tracker) else 0
        for number in self.part.region.columns:
            role, match = self.part.roles.get(number), self.matched.get(number)
            if role and role.kind in ("numbering", "left") and not match:
                continue
            if number == names:
                continue  # made a row for each name (pupils.py)
            if role and (tick := self._tick_of(number, role)):
                found.append((number, tick))
            elif match and match.column == "candidate" and is_known:
                continue
            elif match and not self.tracker.columns[match.column].calculated:
                found.append((number, partial(self._take, match)))
            elif not is_known or role is None or role.kind not in ("name", "fact"):
                found.append((number, partial(self._put_own, number)))
        return found

    def _put_own(self, number: int, made: Made, row: int, raw: Value) -> None:
        """Keep the cell of a column of the person's own."""
        made.extra[self.part.region.own_name(number)] = raw
        self.work.placed.add((self.grid.sheet, row, number))

    def _tick_of(self, number: int, role: Role) -> _Put | None:
        """What takes a strand or a learning outcome that is ticked in a column of its own; None for other columns."""
        if self.tracker.name != "cas":
            return None
        if role.kind == "strand ticked":
            return partial(self._tick, number, "strand", role.strand)
        if role.kind == "outcome ticked" and "outcomes" not in self.names:
            return partial(self._tick, number, "outcomes", f"LO{role.number}")
        return None

    def _tick(self, number: int, column: str, word: str, made: Made, row: int, raw: Value) -> None:
        if taken_mark(raw):
            made.values[column] = "; ".join(filter(None, (str(made.values.get(column, "")), word)))
        self.work.placed.add((self.grid.sheet, row, number))

    def _take(self, match: Match, made: Made, row: int, raw: Value) -> None:
        """Put what a cell says into its column."""
        is_date = isinstance(raw, str) and self.tracker.columns[match.column].type == "date"
        if is_date and (day := dated_by(str(raw), self.part.region.sections.get(row, ""))):
            self._keep(made, row, match, raw, Read(day))
            return
        key = (match.number, type(raw), raw)
        if key in self._values:
            if (value := self._values[key]) is not None:
                made.values[match.column] = value
            self.work.placed.add((self.grid.sheet, row, match.number))
            return
        raw, read = self._read(made, match, raw)
        if not (read.kept or read.why or read.more or self.tracker.name == "pd"):
            self._values[key] = read.value
        self._keep(made, row, match, raw, read)

    def _read(self, made: Made, match: Match, raw: Value) -> tuple[Value, Read]:
        """What is read of a cell, and what it means in its column."""
        work, tracker = self.work, self.tracker
        column = tracker.columns[match.column]
        written = raw
        if tracker.name == "pd" and column.name in ("start", "end", "place") and isinstance(raw, str):
            raw = without_mode(made, column.name, raw)
        if column.name == "certificate":
            return raw, _certificate(raw)
        read = work.cells.read(column, raw, work.order(self.grid.sheet, match.number)) if raw else Read()
        if column.name == "lent_quantity" and read.value == 0:
            read = Read()
        return raw, replace(read, kept=show(written)) if read.kept and raw != written else read

    def _keep(self, made: Made, row: int, match: Match, raw: Value, read: Read) -> None:
        """Put what a cell means into the row, and list what is unclear."""
        work, sheet = self.work, self.grid.sheet
        if read.value is not None:
            made.values[match.column] = read.value
        _take_more(made, read, self.tracker, match.column)
        if read.kept:
            made.extra[self.part.region.own_name(match.number)] = read.kept
        if read.why == "day or month first?":
            work.need(order_question(show(raw)), show(raw))
        if read.why or (read.kept and read.value is not None):
            why = read.why or phrase("taken as the number in it")
            work.list(sheet, row, match.number, raw, why, placed=bool(read.kept))
        if not read.why:
            work.placed.add((sheet, row, match.number))


def _take_more(made: Made, read: Read, tracker: Tracker, column: str) -> None:
    """What a cell says besides its value: the last day of a span, a currency, a level, booked."""
    end = read.more.get("end")
    if end and column == "start" and "end" in tracker.columns:
        made.values.setdefault("end", end)
    if remark := read.more.get("remark"):
        made.extra["\0remark"] = remark
    if currency := read.more.get("currency"):
        made.extra[phrase("Currency")] = currency
    if level := read.more.get("level"):
        made.values.setdefault("level", level)


def _certificate(raw: Value) -> Read:
    text = show(raw).strip()
    no = text.casefold() in ("n", "no", "none", "-", "missing", "not yet", "non", "nein")
    if re.match(
        r"(?i)(?:pending|awaited|awaiting|requested|to come|to follow|ausstehend|pendiente|en attente)\b", text
    ):
        return Read(kept=text)
    return Read() if no else Read("on file" if text.casefold() in ("y", "yes", "x", "✓", "ja", "oui", "sí") else text)
