"""Random stories of people at work, told to whole syncs: after each sync ten promises are checked.

Every value that somebody types is unique and bears the mark of its row, so a lost edit, a value on another row and a
row that is there twice show themselves whatever the ids say. The checker shares no code with the engine: it knows only
what people did and what is on the sheets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from xlsx_books import build

from addin.actions.sync.run import Synced, sync
from addin.actions.sync.undo import undo
from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.core.book import Book
from addin.errors import Problem

PROMISES = (
    "no edit is lost without a conflict",
    "private columns are kept",
    "no row is duplicated or lost",
    "a second sync writes nothing",
    "the order of rows is kept",
    "foreign cells are untouched",
    "undo is as before",
    "both values of a conflict are kept",
    "ids are unique, and the same on both sides",
    "a safety stop comes before harm",
)
TRACKERS = {
    "people": 'title="People"\nsheet="People"\nkey=["code"]\n[columns.code]\n[columns.adviser]',
    "log": 'title="Log"\nsheet="Log"\nkey=["entry"]\n[columns.entry]\n[columns.who]\nexists_in="people.code"\n'
    '[columns.hours]\nedited_by="teacher"\n[columns.state]\n[columns.reviewed]\nheader="Last review"\n'
    "[columns.note]\nprivate=true\n",
}
SHEET, ID, MARK = "Log", "IBT id", "Mark"
LEFT_HEAD = ["Entry", "Who", "Hours", "State", "Last review", "reviewed", MARK, "Note", ID]
RIGHT_HEAD = ["Entry", "Who", "Hours", "State", "Last review", "reviewed", MARK, "Remark", ID]
SHARED = ("Entry", "Hours", "State", "Last review", "reviewed")
PRIVATE = {"left": "Note", "right": "Remark"}
FOREIGN = "Foreign"
PEOPLE = [["Code", "Adviser", ID], ["s1", "Kim"], ["s2", "Kim"], ["s3", "Lee"]]
ALL = 'name="{name}"\ntarget="{target}"\ntracker="log"'
SLICE = ALL + '\nonly={{"who.adviser"="{adviser}"}}'
Lines = list[list[Any]]


class Broken(AssertionError):  # noqa: N818 (a promise is broken)
    """A promise that was broken: its number and what was seen."""

    def __init__(self, promise: int, what: str) -> None:
        super().__init__(f"{PROMISES[promise - 1]}: {what}")
        self.promise = promise


@dataclass
class MemoryBooks:
    """Books in memory."""

    folder: Path
    books: dict[str, Any] = field(default_factory=dict)
    target = "excel:left"

    def make(self, name: str, sheets: dict[str, Lines]) -> str:
        self.books[name] = MemoryBook(sheets)
        self.books[name].folder = self.folder
        return "excel:left" if name == "left" else f"gsheet:{name}"

    def open(self, target: str) -> Book:
        return self.books["left" if target == self.target else target.removeprefix("gsheet:")]

    def lines(self, name: str, sheet: str = SHEET) -> Lines:
        values = self.books[name].read([sheet])[sheet].values
        width = max(map(len, values), default=0)
        return [[*line, *[None] * (width - len(line))] for line in values]

    def put(self, name: str, lines: Lines, sheet: str = SHEET) -> None:
        self.books[name]._cells[sheet] = [list(line) for line in lines]


@dataclass
class FileBooks:
    """Workbooks on disk."""

    folder: Path
    books: dict[str, Path] = field(default_factory=dict)

    @property
    def target(self) -> str:
        return str(self.books["left"])

    def make(self, name: str, sheets: dict[str, Lines]) -> str:
        self.books[name] = build(self.folder / f"{name}.xlsx", sheets, {})
        return f"{name}.xlsx"

    def open(self, target: str) -> Book:
        return XlsxBook(self.folder / target)

    def sheets(self, name: str) -> dict[str, Lines]:
        book = XlsxBook(self.books[name])
        return {sheet: grid.values for sheet, grid in book.read(book.sheets()).items()}

    def lines(self, name: str, sheet: str = SHEET) -> Lines:
        values = self.sheets(name)[sheet]
        width = max(map(len, values), default=0)
        return [[*line, *[None] * (width - len(line))] for line in values]

    def put(self, name: str, lines: Lines, sheet: str = SHEET) -> None:
        build(self.books[name], {**self.sheets(name), sheet: lines}, {})


class SheetBooks(FileBooks):
    """A workbook on disk, and spreadsheets at the emulator."""

    def __init__(self, folder: Path, school: Any) -> None:
        super().__init__(folder)
        self.school, self.keys = school, {}

    def make(self, name: str, sheets: dict[str, Lines]) -> str:
        if name == "left":
            return super().make(name, sheets)
        self.school.fresh(**sheets)
        self.keys[name] = self.school.key
        return f"gsheet:{self.school.key}"

    def open(self, target: str) -> Book:
        if not target.startswith("gsheet:"):
            return XlsxBook(Path(target))
        self.school.key = target.removeprefix("gsheet:")
        return self.school.book()

    def lines(self, name: str, sheet: str = SHEET) -> Lines:
        if name == "left":
            return super().lines(name, sheet)
        lines = self.school.teacher.cells(self.keys[name], sheet)
        width = max(map(len, lines), default=0)
        return [[value if value != "" else None for value in [*line, *[""] * (width - len(line))]] for line in lines]

    def put(self, name: str, lines: Lines, sheet: str = SHEET) -> None:
        if name == "left":
            super().put(name, lines, sheet)
            return
        self.school.key = self.keys[name]
        tall, wide = len(self.lines(name, sheet)) + 1, len(lines[0])
        full = [["" if value is None else value for value in line] for line in lines]
        self.school.put(sheet, full + [[""] * wide for _ in range(tall - len(full))])


class Story:
    """One story: books, people, what they did since the last sync, and the promises."""

    def __init__(self, books: Any, random: Random, plan: str, rows: int = 7) -> None:
        self.books, self.random, self.plan = books, random, plan
        self.number = 0
        self.told: list[str] = []
        self.syncs = self.stops = self.undos = self.conflicts_seen = 0
        folder = books.folder
        (folder / "trackers").mkdir(parents=True, exist_ok=True)
        for name, text in TRACKERS.items():
            (folder / "trackers" / f"{name}.toml").write_text(text, encoding="utf-8")
        start = [self.new_line(LEFT_HEAD, f"s{1 + n % 3}") for n in range(rows)]
        books.make("left", {"People": PEOPLE, SHEET: [LEFT_HEAD, *start], FOREIGN: [["mine", 1], [], ["x", None, 2]]})
        self.rights = {"one": ["a"], "two": ["a", "b"], "slices": ["kim", "lee"], "slice and all": ["kim", "a"]}[plan]
        links = []
        for name in self.rights:
            target = books.make(name, {SHEET: [RIGHT_HEAD], FOREIGN: [["theirs", 1]]})
            form = SLICE if name in ("kim", "lee") else ALL
            links.append("[[links]]\n" + form.format(name=name, target=target, adviser=name.title()))
        (folder / "ib-trackers.toml").write_text("\n".join(links), encoding="utf-8")
        self.forget()
        self.settle()

    # ── what is on the sheets ──

    @property
    def names(self) -> list[str]:
        return ["left", *self.rights]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows in order, each header -> value; blank rows left out."""
        head, *lines = self.books.lines(name)
        rows = [dict(zip(head, line, strict=True)) for line in lines]
        return [row for row in rows if any(value is not None for header, value in row.items() if header != ID)]

    def marks(self, name: str) -> list[str]:
        return [row.get(MARK) for row in self.rows(name)]

    def table(self, name: str) -> dict[str, dict[str, Any]]:
        return {row[MARK]: row for row in self.rows(name)}

    def snapshot(self) -> dict[str, Lines]:
        return {name: self.books.lines(name) for name in self.names}

    # ── what people do ──

    def token(self, mark: str) -> str:
        self.number += 1
        return f"{mark}.{self.number}"

    def new_line(self, head: list[str], who: str) -> list[Any]:
        self.number += 1
        mark = f"m{self.number}"
        values = {name: self.token(mark) for name in SHARED} | {"Who": who, MARK: mark}
        for name in self.random.sample(["State", "reviewed", "Last review"], self.random.randrange(3)):
            values[name] = None
        return [values.get(name) for name in head]

    def forget(self) -> None:
        self.typed: dict[tuple[str, str, str], Any] = {}
        self.gone: dict[str, set[str]] = {name: set() for name in self.names}
        self.moved_who: set[str] = set()
        self.moved: set[str] = set()

    def pick(self) -> tuple[str, list[Any], list[list[Any]], int]:
        """A book, its header, its lines and the index of one that holds something; -1 where there is none."""
        name = self.random.choice(self.names)
        head, *lines = self.books.lines(name)
        filled = [n for n, line in enumerate(lines) if line[head.index(MARK)]]
        return name, head, lines, self.random.choice(filled) if filled else -1

    def tell(self, name: str, what: str) -> None:
        self.told.append(f"{name}: {what}")

    def edit(self) -> None:
        name, head, lines, at = self.pick()
        if at < 0:
            return
        own = PRIVATE["left" if name == "left" else "right"]
        column = self.random.choice([*SHARED, own, own])
        mark = lines[at][head.index(MARK)]
        if column in head:
            lines[at][head.index(column)] = value = self.token(mark)
            self.books.put(name, [head, *lines])
            self.typed[name, mark, column] = value
            self.tell(name, f"type {value} into {column}")

    def empty(self) -> None:
        name, head, lines, at = self.pick()
        column = self.random.choice(["Hours", "State", "reviewed"])
        if at >= 0 and column in head:
            mark = lines[at][head.index(MARK)]
            lines[at][head.index(column)] = None
            self.books.put(name, [head, *lines])
            self.typed.pop((name, mark, column), None)
            self.tell(name, f"empty {column} of {mark}")

    def insert(self) -> None:
        name, head, lines, _ = self.pick()
        who = {"kim": ["s1", "s2"], "lee": ["s3"]}.get(name, ["s1", "s2", "s3"])
        if name in ("kim", "lee"):
            advisers = {row[0]: row[1] for row in self.books.lines("left", "People")[1:]}
            who = [code for code, adviser in advisers.items() if adviser == name.title()]
            if not who:
                return
        line = self.new_line(head, self.random.choice(who))
        gap = self.random.random() < 0.2
        if gap:
            lines += [[None] * len(head), line]
        else:
            lines.insert(self.random.randrange(len(lines) + 1), line)
        self.books.put(name, [head, *lines])
        mark = line[head.index(MARK)]
        self.typed |= {(name, mark, h): v for h, v in zip(head, line, strict=True) if h in SHARED and v}
        self.tell(name, f"insert {mark}" + (" after a gap" if gap else ""))

    def delete(self) -> None:
        name, head, lines, at = self.pick()
        if at < 0 or len(lines) < 4 or len(self.gone[name]) > 0:
            return
        mark = lines[at][head.index(MARK)]
        how = self.random.choice(["row", "blank", "clear"])
        if how == "row":
            del lines[at]
        elif how == "blank":
            lines[at] = [None] * len(head)
        else:
            lines[at] = [value if header == ID else None for header, value in zip(head, lines[at], strict=True)]
        self.books.put(name, [head, *lines])
        self.gone[name].add(mark)
        self.typed = {place: value for place, value in self.typed.items() if place[:2] != (name, mark)}
        self.tell(name, f"delete {mark} ({how})")

    def sort(self) -> None:
        name, head, lines, at = self.pick()
        if at >= 0:
            column = self.random.choice(["Entry", "Who", "State"])
            lines.sort(key=lambda line: str(line[head.index(column)]), reverse=self.random.random() < 0.5)
            self.books.put(name, [head, *lines])
            self.tell(name, f"sort by {column}")

    def move_columns(self) -> None:
        name, head, lines, _ = self.pick()
        by = self.random.randrange(1, len(head))
        self.books.put(name, [line[by:] + line[:by] for line in [head, *lines]])
        self.tell(name, f"move the columns by {by}")

    def damage_id(self) -> None:
        name, head, lines, at = self.pick()
        if at < 0:
            return
        at_id, ids = head.index(ID), [line[head.index(ID)] for line in lines]
        how = self.random.choice(["clear", "type", "copy", "new", "all", "two"])
        if how == "all":
            lines = [[None if h == ID else v for h, v in zip(head, line, strict=True)] for line in lines]
        elif how == "two":
            for line in self.random.sample(lines, min(2, len(lines))):
                line[at_id] = self.new_id() if any(line) else None
        else:
            value = {"clear": None, "type": "oops", "copy": self.random.choice(ids), "new": self.new_id()}[how]
            lines[at][at_id] = value
        self.books.put(name, [head, *lines])
        self.tell(name, f"damage ids ({how}) {lines[at][head.index(MARK)]}")

    def new_id(self) -> str:
        """As the Apps Script gives one."""
        self.number += 1
        return "z" + f"{self.number:05d}".translate(str.maketrans("01", "zx"))

    def copy_row(self) -> None:
        """A row copied as a pattern for another, most often with its id and its key."""
        name, head, lines, at = self.pick()
        if at < 0:
            return
        line = list(lines[at])
        self.number += 1
        mark = f"m{self.number}"
        line[head.index(MARK)] = mark
        for column in ("Entry", *self.random.sample(SHARED[1:], 2)):
            line[head.index(column)] = self.token(mark)
        for column in SHARED:
            if line[head.index(column)] and not str(line[head.index(column)]).startswith(f"{mark}."):
                line[head.index(column)] = self.token(mark)
        own = PRIVATE["left" if name == "left" else "right"]
        if own in head:
            line[head.index(own)] = None
        lines.insert(self.random.choice([at + 1, len(lines)]), line)
        self.books.put(name, [head, *lines])
        self.typed |= {(name, mark, h): v for h, v in zip(head, line, strict=True) if h in SHARED and v}
        self.tell(name, f"copy {lines[at][head.index(MARK)]} as {mark}")

    def part_sort(self) -> None:
        """Some columns are sorted without the others: the sync stops, and the person takes it back."""
        name, head, lines, at = self.pick()
        before = self.books.lines(name)
        if at < 0 or any(line[head.index(ID)] is None for line in lines if any(line)):
            return
        known = {mark for mark, row in self.table(name).items() if mark in self.settled[name]}
        rows = [n for n, line in enumerate(lines) if line[head.index(MARK)] in known]
        keys = [lines[n][head.index("Entry")] for n in rows]
        if any(self.settled[name].get(lines[n][head.index(MARK)]) != lines[n][head.index("Entry")] for n in rows):
            return
        columns = [head.index(column) for column in ("Entry", "Hours", "State")]
        order = sorted(range(len(rows)), key=lambda n: keys[n], reverse=self.random.random() < 0.5)
        if order == list(range(len(rows))):
            return
        was = [list(line) for line in lines]
        for to, source in enumerate(order):
            for column in columns:
                lines[rows[to]][column] = was[rows[source]][column]
        self.books.put(name, [head, *lines])
        self.tell(name, "sort a part, sync, take it back")
        snapshot = self.snapshot()
        done = self.sync()
        mine = [link for link in done.stopped if name in ("left", link)]
        if not mine:
            raise Broken(10, "a part-sorted sheet was synced")
        if any(len(reasons) > 2 for reasons in done.stopped.values()):
            raise Broken(10, f"{len(done.stopped[mine[0]])} sentences about one sort")
        if self.books.lines(name) != snapshot[name]:
            raise Broken(10, "a part-sorted sheet was written")
        self.books.put(name, before)
        self.settle()

    def rename_header(self) -> None:
        """A header of the shared sheet is renamed, and named back once the sync has said so."""
        name = self.random.choice(self.rights)
        head, *lines = self.books.lines(name)
        if "State" not in head or not lines:
            return
        before = [list(head), *lines]
        head = ["Status?" if header == "State" else header for header in head]
        self.books.put(name, [head, *lines])
        self.tell(name, "rename State, sync, name it back")
        done = self.sync()
        said = " ".join(done.stopped.get(name, ()))
        if self.settled[name] and "shared sheet" not in said:
            raise Broken(10, f"a renamed header of the shared sheet: {said!r}")
        if self.books.lines(name) != [head, *lines]:
            raise Broken(10, "a sheet with a renamed header was written")
        self.books.put(name, before)
        self.settle()

    def clear_sheet(self) -> None:
        """All rows of a shared sheet are cleared: it is filled again, and nothing is deleted."""
        name = self.random.choice(self.rights)
        self.settle()
        head, *lines = self.books.lines(name)
        if len(lines) < 2 or self.open:
            return
        own = {"Remark"}
        before = {where: [self.bare(row, own) for row in self.rows(where)] for where in self.names}
        self.books.put(name, [head, *([None] * len(head) for _ in lines)])
        self.tell(name, "clear the whole sheet, sync --force")
        self.forget()
        done = self.sync()
        if name not in done.stopped:
            raise Broken(10, "an emptied sheet was synced")
        self.sync(force=True)
        after = {where: [self.bare(row, own) for row in self.rows(where)] for where in self.names}
        if after["left"] != before["left"] or not_the_same(after[name], before["left"], before[name]):
            raise Broken(3, f"an emptied sheet: {len(after[name])} of {len(before[name])} rows came back")
        self.settle()

    @staticmethod
    def bare(row: dict[str, Any], without: set[str]) -> dict[str, Any]:
        return {name: value for name, value in row.items() if name not in {ID, *without}}

    def new_adviser(self) -> None:
        if "kim" not in self.rights:
            return
        lines = self.books.lines("left", "People")
        row = self.random.randrange(1, len(lines))
        lines[row][1] = self.random.choice(["Kim", "Lee"])
        self.books.put("left", lines, "People")
        self.moved_who.add(lines[row][0])
        self.tell("left", f"{lines[row][0]} goes to {lines[row][1]}")

    def decide(self) -> None:
        """A person decides some conflicts: mine, theirs, a value, or words that are no decision."""
        self.settle()
        if not self.open:
            return
        lines = self.books.lines("left", "Conflicts")
        head = lines[0]
        at, own = head.index("Decision"), head.index("Another value")
        said = {}
        for line in lines[1:]:
            if not line[head.index("Row id")]:
                continue
            how = self.random.choice(["mine", "Theirs ", "value", "Theirs please", ""])
            whole = line[head.index("Column")] == "(whole row)"
            if how == "value" and not whole:
                line[own] = self.token(str(line[head.index("Row")]).split(".")[0])
            elif how:
                line[at] = "mine" if how == "value" else how
            said[line[head.index("Link")], line[head.index("Row id")], line[head.index("Column")]] = how
        self.books.put("left", lines, "Conflicts")
        self.tell("left", f"decide {list(said.values())}")
        undecided = {place for place, how in said.items() if how in ("Theirs please", "")}
        before = {place_of(one): one.conflict for one in self.open}
        done = self.sync()
        still = {place_of(one) for one in done.conflicts}
        for place in undecided:
            if place not in still and place in before:
                raise Broken(8, f"a conflict went without a decision: {place}")
        self.settle()

    def undo(self) -> None:
        """A sync is taken back: everything is as it was before it."""
        self.settle(final=False)
        for _ in range(self.random.randint(1, 3)):
            self.random.choice([self.edit, self.empty, self.insert, self.delete, self.delete])()
        before = {name: [self.bare(row, set()) for row in self.rows(name)] for name in self.names}
        done = self.sync()
        if done.stopped:
            done = self.sync(force=True)
        if not done or done.stopped:
            self.check_quick(done)
            return
        target = self.books.target
        self.tell("left", "undo")
        try:
            undo(target, open_=self.books.open)
        except Problem:
            undo(target, open_=self.books.open, force=True)
        self.undos += 1
        after = {name: [self.bare(row, set()) for row in self.rows(name)] for name in self.names}
        for name in self.names:
            if after[name] != before[name]:
                raise Broken(7, difference(name, before[name], after[name]))
        snapshot = self.snapshot()
        undo(target, open_=self.books.open)
        if self.snapshot() != snapshot:
            raise Broken(7, "a second undo changed something")
        self.sync(force=True)
        self.forget()
        self.settle()

    # ── syncs and promises ──

    def sync(self, **more: Any) -> Synced:
        self.syncs += 1
        done = sync(self.books.target, open_=self.books.open, random=self.random, **more)
        self.stops += bool(done.stopped)
        self.conflicts_seen += len(done.conflicts)
        return done

    def settle(self, *, final: bool = True) -> None:
        """Sync, go on after a safety stop, and check every promise."""
        before = self.snapshot()
        tables = {name: self.table(name) for name in self.names}
        orders = {name: self.marks(name) for name in self.names}
        foreign = {name: self.books.lines(name, FOREIGN) for name in self.names}
        rows = [row for name in self.names for row in self.rows(name)]
        self.moved = {row[MARK] for row in rows if row["Who"] in self.moved_who}
        done = self.sync()
        if done.stopped:
            if len(done.stopped) == len(self.rights) and self.snapshot() != before:
                raise Broken(10, "written in spite of a stop")
            done = self.sync(force=True)
        if done.stopped:
            raise Broken(10, f"stopped for good: {done.stopped}")
        self.open = list(done.conflicts)
        after = {name: self.table(name) for name in self.names}
        self.check_values(tables, after)
        self.check_rows(tables, after, orders)
        self.check_ids()
        for name, lines in foreign.items():
            if self.books.lines(name, FOREIGN) != lines:
                raise Broken(6, name)
        self.check_conflicts(tables, after)
        snapshot = self.snapshot()
        again = self.sync()
        if again.written or again or again.stopped:
            plans = {name: (plan.to_left, plan.to_right) for name, plan in again.plans.items()}
            raise Broken(4, f"{plans} {again.stopped}")
        if self.snapshot() != snapshot:
            raise Broken(4, "the sheets changed")
        self.check_agreement(after)
        self.settled = {name: {mark: row["Entry"] for mark, row in after[name].items()} for name in self.names}
        self.notes = {name: {mark: self.own(name, row) for mark, row in after[name].items()} for name in self.names}
        self.forget()

    def check_quick(self, done: Synced) -> None:
        self.open = list(done.conflicts)

    def own(self, name: str, row: dict[str, Any]) -> Any:
        return row.get(PRIVATE["left" if name == "left" else "right"])

    def check_values(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Promise 1 and 2."""
        shown = {value for one in self.open for value in values_of(one.conflict)}
        everywhere = {value for table in after.values() for row in table.values() for value in row.values()}
        for (name, mark, column), value in self.typed.items():
            if column in PRIVATE.values():
                left_home = mark in self.moved and name != "left"
                if after[name].get(mark, {}).get(column) != value and not left_home:
                    raise Broken(2, f"{name}: {column} {value}")
            elif value not in everywhere and value not in shown:
                raise Broken(1, f"{name}: {column} {value}")
        for name in self.names:
            for mark, row in before[name].items():
                note = self.own(name, row)
                if note is None or (mark in self.moved and name != "left"):
                    continue
                if mark in after[name] and self.own(name, after[name][mark]) != note:
                    raise Broken(2, f"{name}: {note} of {mark} is {self.own(name, after[name][mark])}")
                if mark not in after[name] and not any(mark in gone for gone in self.gone.values()):
                    raise Broken(2, f"{name}: {note} went with the row {mark}")

    def check_rows(self, before: dict[str, Any], after: dict[str, Any], orders: dict[str, list[str]]) -> None:
        """Promises 3 and 5, and that every value is on the row into which it was typed."""
        for name in self.names:
            marks = self.marks(name)
            twice = [mark for mark, count in Counter(marks).items() if count > 1 and orders[name].count(mark) < count]
            if twice:
                raise Broken(3, f"{name}: {twice} twice")
            for mark in before[name].keys() - after[name].keys():
                if name != "left" and mark in self.moved:
                    continue
                if not any(mark in gone for other, gone in self.gone.items() if other != name):
                    raise Broken(3, f"{name}: {mark} is lost")
            kept = [mark for mark in orders[name] if mark in after[name]]
            if [mark for mark in marks if mark in before[name]] != kept:
                raise Broken(5, f"{name}: {kept} is now {marks}")
            for mark, row in after[name].items():
                for column, value in row.items():
                    if column in (*SHARED, *PRIVATE.values()) and value and str(value).split(".")[0] != mark:
                        raise Broken(3, f"{name}: {value} on the row {mark}")

    def check_ids(self) -> None:
        """Promise 9."""
        owner: dict[str, str] = {}
        for name in self.names:
            ids = [(row.get(MARK), row.get(ID)) for row in self.rows(name)]
            if any(not row_id for _, row_id in ids) or len({row_id for _, row_id in ids}) != len(ids):
                raise Broken(9, f"{name}: {ids}")
            for mark, row_id in ids:
                if owner.setdefault(row_id, mark) != mark:
                    raise Broken(9, f"{row_id} is {mark} in {name} and {owner[row_id]} elsewhere")

    def check_conflicts(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Promise 8: what was different and is called a conflict is still on both sides."""
        for one in self.open:
            conflict = one.conflict
            if conflict.column is None:
                sides = [name for name in ("left", one.link) if conflict.row in {r.get(ID) for r in self.rows(name)}]
                if not sides:
                    raise Broken(8, f"the row {one.row_name} is gone, and called a conflict")
                continue
            for name, value in (("left", conflict.left), (one.link, conflict.right)):
                row = next((row for row in self.rows(name) if row.get(ID) == conflict.row), {})
                if row.get(one.column_name) != value:
                    raise Broken(8, f"{name}: {one.column_name} is {row.get(one.column_name)}, not {value}")

    def check_agreement(self, after: dict[str, Any]) -> None:
        """Promise 4: both sides hold the same, but for open conflicts."""
        open_ = {(one.link, one.conflict.row) for one in self.open}
        advisers = {row[0]: row[1] for row in self.books.lines("left", "People")[1:]}
        for name in self.rights:
            for mark in after["left"].keys() | after[name].keys():
                mine, theirs = after["left"].get(mark), after[name].get(mark)
                row_id = (mine or theirs)[ID]
                if (name, row_id) in open_:
                    continue
                belongs = name not in ("kim", "lee") or mine is None or advisers.get(mine["Who"]) == name.title()
                if (theirs is None and belongs) or mine is None or (theirs is not None and not belongs):
                    if any(other_row == row_id for _, other_row in open_):
                        continue
                    raise Broken(4, f"{mark} is {'' if mine else 'not '}in left, {'' if theirs else 'not '}in {name}")
                if theirs is None:
                    continue
                both = [column for column in ("Who", MARK, *SHARED) if column in mine and column in theirs]
                apart = [column for column in both if mine[column] != theirs[column]]
                if apart:
                    raise Broken(4, f"{mark}: {apart} differ between left and {name}")

    # ── the whole ──

    def moves(self) -> list[Callable[[], None]]:
        return [
            *[self.edit] * 8, *[self.insert] * 3, *[self.delete] * 3, *[self.damage_id] * 4, *[self.copy_row] * 2,
            self.empty, self.sort, self.move_columns, self.part_sort, self.rename_header, self.new_adviser,
            self.new_adviser, self.decide, self.decide, self.undo, self.undo, self.clear_sheet,
        ]  # fmt: skip

    def play(self, chapters: int = 4, most: int = 5) -> None:
        for _ in range(chapters):
            for _ in range(self.random.randint(1, most)):
                self.random.choice(self.moves())()
            self.told.append("sync")
            self.settle()


PLANS = ("one", "one", "two", "slices", "slice and all")


def stories(seed: int, count: int, first: int = 0) -> Iterator[tuple[str, Random, str]]:
    """The name, the dice and the links of each story."""
    for number in range(first, first + count):
        name = f"{seed}-{number}"
        random = Random(name)
        yield name, random, random.choice(PLANS)


def place_of(one: Any) -> tuple[str, str, str]:
    return one.link, one.conflict.row, one.column_name


def values_of(conflict: Any) -> list[Any]:
    sides = (conflict.left, conflict.right)
    return [value for side in sides for value in (side.values() if hasattr(side, "values") else [side])]


def not_the_same(now: list[Any], mine: list[Any], before: list[Any]) -> bool:
    """Whether rows are missing that were there before, or their shared values differ from the workbook's."""
    marks = {row[MARK] for row in now}
    if marks != {row[MARK] for row in before}:
        return True
    home = {row[MARK]: row for row in mine}
    return any(row.get(c) != home[row[MARK]].get(c) for row in now for c in SHARED if row[MARK] in home)


def difference(name: str, before: list[Any], after: list[Any]) -> str:
    with suppress(ValueError):
        for one, two in zip(before, after, strict=True):
            if one != two:
                return f"{name}: {one} is {two}"
    return f"{name}: {[row[MARK] for row in before]} is {[row[MARK] for row in after]}"
