"""The import gate: what a list from elsewhere changes in a tracker, as plain data, decided before anything is written.

Rows are matched by their row id, else by the tracker's key (`row_match.py`). Nothing is deleted and a blank cell
empties nothing. What is not certain is listed with its reason, never guessed: duplicate keys, codes that went through
a number, cells that cannot be read or that a formula fills. Every row of the source is taken, left out or doubtful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from random import Random

from addin.core.a1 import cell_name
from addin.core.book import CellError, Grid, Value
from addin.core.language import phrase
from addin.core.recognition.cohorts import in_words, session_for, years_behind
from addin.core.recognition.import_cells import (
    Line,
    References,
    as_compared,
    cells_that_are_no_code,
    is_blank,
    is_same,
    read_lines,
    references_of,
    written_value,
)
from addin.core.recognition.import_columns import (
    place_columns,
    second_table,
    with_headless,
    with_samples,
)
from addin.core.recognition.import_result import Change, Doubt, ImportPlan, Remark
from addin.core.recognition.import_values import Meaning, Understanding
from addin.core.recognition.likeness import names, refers
from addin.core.recognition.recognise import Understood
from addin.core.recognition.row_match import Key, Match, RowFinder, fold_key
from addin.core.recognition.row_without_key import RowWithoutKey
from addin.core.recognition.short_rows import reader_of, short_rows
from addin.core.recognition.source import Source
from addin.core.recognition.source_rows import align_sections, sort_rows
from addin.core.tables.equality import difference, fold, fold_code, loose_code
from addin.core.tables.row_ids import is_id, new_ids
from addin.core.tables.table import Table, read_table
from addin.core.tables.values import ReadIssue, brief, show
from addin.core.trackers import Tracker

PLAIN = Understanding()
"""Cells are what they are."""


def plan_import(
    found: Understood,
    source: Source,
    tracker: Tracker,
    table: Table,
    grids: Mapping[str, Grid],
    *,
    allowed: Callable[[str], Sequence[str]],
    keep_ids: bool,
    random: Random,
    defaults: Mapping[str, str],
    others: Collection[str] = (),
    understanding: Understanding = PLAIN,
) -> ImportPlan:
    """The plan for one recognised sheet of a source.

    `allowed` gives the values that a column may hold; `defaults` are values for columns that the source does not have,
    in keys and new rows; `others` are the plain headers of other trackers; `understanding` is how cells are
    read that say the same in another writing.
    """
    source = align_sections(source, found.header_row)
    columns = place_columns(found, source.grid, tracker, table)
    layout = columns.layout
    numbers = {number: name for name, number in {**layout.columns, **layout.extra}.items()}
    if layout.id_column:
        numbers[layout.id_column] = ""
    key = [layout.columns[name] for name in tracker.key if name in layout.columns]
    rows, left = sort_rows(source, layout.header_row, numbers, key, names(tracker).keys(), others)
    if short := short_rows(source, layout.header_row, rows, key, reader_of(layout, tracker, allowed)):
        rows = [row for row in rows if row not in short]
        left = sorted([*left, *short.values()], key=lambda one: one.row)
    plan = ImportPlan(
        tracker.name,
        source.grid.sheet,
        source.reading,
        source.assumed,
        source.program,
        len(rows),
        with_samples(with_headless(columns.placed, source.grid, layout, rows), source.grid, rows),
        left_out=left,
    )
    if beside := second_table(columns.placed, key):
        plan.doubts.append(Doubt(plan.source, layout.header_row, beside))
    if layout.columns:
        taken = read_table(tracker, {layout.sheet: source.grid}, [layout], {layout.sheet: rows})
        lines = read_lines(taken, columns, tracker, table, allowed, understanding)
        plan.sessions = {show(line[SESSION][0]) for line in lines if SESSION in line} - {""}
        absent = {n: value for n, value in defaults.items() if n in tracker.columns and n not in layout.columns}
        plan.defaults = {tracker.columns[name].header: value for name, value in absent.items()}
        behind = years_behind(map(_group, lines)) if SESSION in absent else {}
        if behind:
            plan.defaults[tracker.columns[SESSION].header] = in_words(absent[SESSION], behind)
        given = {*layout.columns, *absent}
        references = references_of(layout, tracker, allowed)
        planner = _Planner(
            plan, tracker, table, grids, keep_ids, random, references, given, absent, understanding.exact
        )
        planner.behind, planner.fills = behind, source.fills
        planner.no_codes = cells_that_are_no_code(source.grid, layout, tracker, rows)
        planner.run(list(zip(rows, taken.ids, lines, strict=True)))
    return plan


class _Planner:
    """Holds what every row needs: the target's rows by id and by key, and the plan that grows."""

    def __init__(
        self,
        plan: ImportPlan,
        tracker: Tracker,
        table: Table,
        grids: Mapping[str, Grid],
        keep_ids: bool,
        random: Random,
        references: References,
        given: Collection[str],
        defaults: Mapping[str, str],
        meanings: Mapping[str, Meaning],
    ) -> None:
        self.plan, self.tracker, self.table, self.grids = plan, tracker, table, grids
        self.keep_ids, self.random, self.references = keep_ids, random, references
        self.raw = {name: as_compared(table, name) for name in tracker.columns} | dict(table.extra)
        self.meanings, self.defaults = meanings, defaults
        exact = {name: list(map(meanings[name], self.raw[name])) for name in tracker.key if name in meanings}
        self.finder = RowFinder(tracker, table, self.raw | exact, given)
        self.identity = _identity(tracker)
        self.new: list[tuple[int, str, Line]] = []
        self.no_codes: Mapping[int, str] = {}
        self.fills: Collection[str] = ()
        self.behind: Mapping[str, int] = {}
        """Class -> how many years it is behind the oldest, where the list has several (see cohorts.py)."""

    def key(self, line: Line) -> Key:
        """What makes a row the same row to a person, as words."""
        return tuple(
            show(line[name][0]).strip() if name in line else self.defaults.get(name, "") for name in self.tracker.key
        )

    def run(self, lines: Sequence[tuple[int, str, Line]]) -> None:
        """Decide on every row, then place the new ones."""
        keys = [self.key(line) for _, _, line in lines]
        folded = [fold_key(key) for key in keys]
        same_id = Counter(row_id for _, row_id, _ in lines)
        same_key: dict[Key, list[int]] = {}
        for (row, _, _), form in zip(lines, folded, strict=True):
            same_key.setdefault(form, []).append(row)
        taken, bare = self.plan.matched, self.without_key(lines, keys)
        for (row, row_id, line), key, form in zip(lines, keys, folded, strict=True):
            if row_id and same_id[row_id] > 1:
                self.doubt(row, phrase("row id {row_id} is on several rows of the source.", row_id=row_id))
                continue
            others = [other for other in same_key[form] if other != row]
            if others and all(key) and row_id not in self.finder.by_id and not self._all_exact(key, form):
                self.doubt(
                    row, phrase("{key} is also in row {others} of the source.", key=" · ".join(key), others=others[0])
                )
                continue
            found = self.finder.find(row_id, key, is_id(row_id))
            if found.doubt and row in bare and row_id not in self.finder.by_id:
                found = bare[row] if not bare[row].doubt else Match(doubt=f"{found.doubt[:-1]}; {bare[row].doubt}")
            if doubt := (found.doubt and self.unread_key(line)) or found.doubt or self.question(line):
                self.doubt(row, doubt)
            elif found.index is None:
                if row in self.no_codes:
                    self.doubt(row, self.no_codes[row])
                else:
                    self.add(row, row_id, key, line)
            elif found.index in taken:
                self.doubt(row, phrase("another row of the source is about the same row."))
            else:
                taken.add(found.index)
                self.update(row, found.index, line)
        self.place()

    def without_key(self, lines: Sequence[tuple[int, str, Line]], keys: Sequence[Key]) -> Mapping[int, Match]:
        """Where the rows with a blank key may belong, as far as anything else identifies rows of the tracker."""
        bare = {
            row: {name: cell[0] for name, cell in line.items()}
            for (row, _, line), key in zip(lines, keys, strict=True)
            if not any(key)
        }
        finder = RowWithoutKey(self.tracker, self.table, self.raw, list(bare.values())) if bare else None
        return {row: finder.find(line) for row, line in bare.items()} if finder and finder.ways else {}

    def _all_exact(self, key: Key, form: Key) -> bool:
        """True where the target itself tells these writings apart: each is the key of a row of its own."""
        return key in self.finder.by_key and len(self.finder.folded.get(form, ())) > 1

    def question(self, line: Line) -> str:
        """Why a code of another tracker in this row may be meant otherwise; "" where it is known or merely new."""
        for name, (codes, loose) in self.references.items():
            code = show(line[name][0]).strip()
            if code and code not in codes and (meant := loose.get(loose_code(code))):
                return phrase(
                    "{header} {code} may be {meant}, changed on the way.",
                    header=self.header(name),
                    code=code,
                    meant=meant,
                )
        return ""

    def unread_key(self, line: Line) -> str:
        """Why a filled cell of the key cannot be read; "" where each is blank or read."""
        for name in self.tracker.key:
            value, issue, _ = line.get(name, (None, None, None))
            if value is None and issue and issue.level == "error":
                return phrase("{header}: {message}", header=self.header(name), message=issue.message)
        return ""

    def doubt(self, row: int, why: str) -> None:
        self.plan.doubts.append(Doubt(self.plan.source, row, why))

    def header(self, name: str) -> str:
        return self.tracker.columns[name].header if name in self.tracker.columns else name

    def update(self, row: int, index: int, line: Line) -> None:
        """Replace the cells of one row that differ; filled cells stay where the source is blank."""
        before = len(self.plan.changes)
        sheet, number = self.table.sheets[index], self.table.rows[index]
        layout = self.table.layouts[sheet]
        for name, (value, issue, raw) in line.items():
            old = self.raw[name][index]
            if old is raw or (value is not None and type(old) is type(value) and old == value):
                continue  # the usual case, in short
            column = layout.columns.get(name) or layout.extra.get(name)
            new = written_value(value, issue)
            if new is None and column and not is_blank(old):
                self.plan.blanks.append(Change(sheet, cell_name(number, column), self.header(name), old, None, index))
            if new is None or column is None or is_same(old, new) or is_same(old, raw):
                continue
            if (name in self.meanings and is_same(self.meanings[name](old), new)) or (
                name in self.fills and not is_blank(old)
            ):
                continue
            if self.is_kept(row, name, old, new):
                continue
            if (number, column) in self.grids[sheet].formulas:
                self.doubt(
                    row,
                    phrase(
                        "{header} is calculated in {place}: kept.",
                        header=self.header(name),
                        place=f"{sheet}!{cell_name(number, column)}",
                    ),
                )
            elif (issue and issue.level == "error" and not is_blank(old)) or isinstance(new, CellError):
                self.doubt(
                    row,
                    phrase(
                        "{header} says {new}, which cannot be read: {old} is kept.",
                        header=self.header(name),
                        new=brief(new),
                        old=brief(old),
                    ),
                )
            else:
                self.plan.changes.append(Change(sheet, cell_name(number, column), self.header(name), old, new, index))
                self.plan.edits.cells[sheet, number, column] = new
                self.note_unread(row, name, issue)
        changed = len(self.plan.changes) > before
        self.plan.changed_rows += changed
        self.plan.unchanged += not changed

    def is_kept(self, row: int, name: str, old: Value, new: Value) -> bool:
        """Whether the stored text says the same in another writing; it stays, with a remark.

        Capital letters count as another writing only in what identifies a row or a person.
        """
        if not isinstance(old, str) or not isinstance(new, str):
            return False
        if name not in self.identity and "\n" in old + new:
            return False
        alike = fold_code(old) == fold_code(new) if name in self.identity else fold(old) == fold(new)
        how = difference(old, new) if alike else ""
        if not how or (how == "capital letters" and name not in self.identity):
            return False
        self.plan.remarks.append(Remark(row, self.header(name), old, new, how))
        return True

    def note_unread(self, row: int, name: str, issue: ReadIssue | None) -> None:
        if issue and issue.level == "error":
            self.plan.unread.append(Doubt(self.plan.source, row, f"{self.header(name)}: {issue.message}"))

    def add(self, row: int, row_id: str, key: Key, line: Line) -> None:
        if len(self.table.layouts) > 1:
            sheets = " and ".join(self.table.layouts)
            self.doubt(
                row,
                phrase(
                    "{key} is new, but {title} is on {sheets}: enter it yourself.",
                    key=" · ".join(key),
                    title=self.tracker.title,
                    sheets=sheets,
                ),
            )
            return
        self.plan.added.append(" · ".join(key))
        self.plan.called.append(_called(key, line))
        self.new.append((row, row_id, line))

    def place(self) -> None:
        """Put the new rows below the tracker's last, each with an id where the sheet has a column for it."""
        if not self.new:
            return
        (layout,) = self.table.layouts.values()
        used = {row_id for row_id in self.table.ids if row_id}
        kept = [row_id if self.keep_ids and is_id(row_id) and row_id not in used else "" for _, row_id, _ in self.new]
        fresh = iter(new_ids([*used, *filter(None, kept)], kept.count(""), self.random))
        for (row, _, line), row_id in zip(self.new, kept, strict=True):
            cells: dict[int, Value] = {
                layout.columns[name]: session_for(_group(line), value, self.behind) or None
                if name == SESSION
                else value
                for name, value in self.defaults.items()
                if name in layout.columns
            }
            for name, (value, issue, _) in line.items():
                column = layout.columns.get(name) or layout.extra.get(name)
                new = written_value(value, issue)
                if isinstance(new, CellError):
                    self.doubt(
                        row, phrase("{header} holds the error {new}: left blank.", header=self.header(name), new=new)
                    )
                elif column and new is not None:
                    cells[column] = new
                    self.note_unread(row, name, issue)
            if layout.id_column and self.keep_ids:
                cells[layout.id_column] = row_id or next(fresh)
            self.plan.edits.rows.setdefault(layout.sheet, []).append(cells)


SESSION = "session"


def _group(line: Line) -> Value:
    """The class of a student."""
    return line["year_group"][0] if "year_group" in line else None


def _identity(tracker: Tracker) -> frozenset[str]:
    """Columns that say who or what a row is: the key, references to other trackers, what must be unique together."""
    references = (name for name, column in tracker.columns.items() if refers(column) or column.type == "email")
    unique = (name for rule in tracker.rules for name in rule.unique)
    return frozenset([*tracker.key, *references, *unique])


def _called(key: Key, line: Line) -> str:
    """What a new row is called: `Aya Ito (000999)` where the list names the person, else by its key."""
    names = [show(line[name][0]).strip() for name in ("first_names", "last_name") if name in line]
    code = " · ".join(key)
    return f"{' '.join(names)} ({code})" if any(names) and all(names) else code
