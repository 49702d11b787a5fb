"""The promises that a story holds a sync to: what is on the sheets, what people did since, and the checks after a sync.

Every value that somebody types is unique and bears the mark of its row, so a lost edit, a value on another row and a
row that is there twice show themselves whatever the ids say. The checker shares no code with the engine: it knows only
what people did and what is on the sheets.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from story_books import Formula, Lines

from addin.actions.sync.run import Synced, sync

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
    "formulas stay",
    "a dry run writes nothing, and says what the sync does",
)
TRACKERS = {
    "people": 'title="People"\nsheet="People"\nkey=["code"]\n[columns.code]\n[columns.adviser]',
    "log": 'title="Log"\nsheet="Log"\nkey=["entry"]\n[columns.entry]\n[columns.who]\nexists_in="people.code"\n'
    '[columns.hours]\nedited_by="teacher"\n[columns.state]\n[columns.reviewed]\nheader="Last review"\n'
    '[columns.begun]\ntype="date"\n[columns.score]\ntype="number"\n[columns.agreed]\ntype="yes_no"\n'
    '[columns.note]\nprivate=true\n[columns.name]\nlook_up="people.adviser"\nby="who"\nprivate=true\n',
}
SHEET, ID, MARK = "Log", "IBT id", "Mark"
BOTH = ["Entry", "Who", "Hours", "State", "Last review", "reviewed", MARK, "Begun", "Score", "Agreed"]
LEFT_HEAD = [*BOTH, "Note", ID]
RIGHT_HEAD = [*BOTH, "Remark", ID]
SHARED = ("Entry", "Hours", "State", "Last review", "reviewed", "Begun", "Score", "Agreed")
START = date(2020, 1, 1)
ODD = ("={}", "+{}", "'{}", "{} ", "{}\nline two", "@{}", "-{}", '"{}"', "  {}", "{}\t", "００{}", "1e5{}")
"""Texts that a spreadsheet might take for something else."""
PRIVATE = {"left": "Note", "right": "Remark"}
FOREIGN = "Foreign"
PEOPLE = [["Code", "Adviser", ID], ["s1", "Kim"], ["s2", "Kim"], ["s3", "Lee"]]
ALL = 'name="{name}"\ntarget="{target}"\ntracker="log"'
SLICE = ALL + '\nonly={{"who.adviser"="{adviser}"}}'
RIGHTS = {"one": ["a"], "two": ["a", "b"], "slices": ["kim", "lee"], "slice and all": ["kim", "a"]}
Rows = dict[str, dict[str, Any]]


class Broken(AssertionError):  # noqa: N818 (a promise is broken)
    """A promise that was broken: its number and what was seen."""

    def __init__(self, promise: int, what: str) -> None:
        super().__init__(f"{PROMISES[promise - 1]}: {what}")
        self.promise = promise


def own_column(name: str) -> str:
    """The column of this book that the other side never sees."""
    return PRIVATE["left" if name == "left" else "right"]


def is_own(header: str) -> bool:
    """Whether only one side has a column of this name."""
    return header in PRIVATE.values() or header.startswith("Own ")


def is_typed(header: str | None) -> bool:
    """Whether everything in this column bears the mark of its row."""
    return header is not None and (header in SHARED or is_own(header) or header.startswith("Extra "))


class Promises:
    """Books that are linked, what people did there since the last sync, and what must hold after the next."""

    def __init__(self, books: Any, random: Random, plan: str, rows: int = 7) -> None:
        self.books, self.random, self.plan = books, random, plan
        self.number = 0
        self.minted: dict[tuple[str, Any], set[str]] = {}
        self.log: list[str] = []
        self.syncs = self.stops = self.undos = self.conflicts_seen = 0
        self.open: list[Any] = []
        self.only: list[str] = []
        folder = books.folder
        (folder / "trackers").mkdir(parents=True, exist_ok=True)
        for name, text in TRACKERS.items():
            (folder / "trackers" / f"{name}.toml").write_text(text, encoding="utf-8")
        head = list(books.left_head or LEFT_HEAD)
        start = [self.new_line(head, f"s{1 + n % 3}") for n in range(rows)]
        books.make("left", {"People": PEOPLE, SHEET: [head, *start], FOREIGN: [["mine", 1], [], ["x", None, 2]]})
        self.rights = RIGHTS[plan]
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

    def lines(self, name: str, sheet: str = SHEET) -> Lines:
        found: Lines = self.books.lines(name, sheet)
        return found

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows in order, each header -> value. A row in which only formulas are left is none."""
        head, *lines = self.lines(name)
        rows = [dict(zip(head, line, strict=True)) for line in lines]
        return [
            row
            for row in rows
            if row[MARK] or any(v is not None and type(v) is not Formula for h, v in row.items() if h and h != ID)
        ]

    def marks(self, name: str) -> list[str]:
        return [row[MARK] for row in self.rows(name)]

    def table(self, name: str) -> Rows:
        return {row[MARK]: row for row in self.rows(name)}

    def snapshot(self) -> dict[str, list[list[tuple[type, Any]]]]:
        """Everything on the sheets, formulas as such; blank lines at the end do not count."""
        found = {}
        for name in self.names:
            lines = [[(type(value), value) for value in line] for line in self.lines(name)]
            while lines and all(value is None for _, value in lines[-1]):
                lines.pop()
            found[name] = lines
        return found

    def formulas(self, name: str) -> dict[tuple[str, str], str]:
        """(mark, header) -> what the formula there gives."""
        return {
            (row[MARK], header): value
            for row in self.rows(name)
            for header, value in row.items()
            if type(value) is Formula and row[MARK]
        }

    def lone_formulas(self, name: str) -> Counter[str]:
        """The formulas on lines that are no rows."""
        head, *lines = self.lines(name)
        at = head.index(MARK)
        return Counter(value for line in lines if not line[at] for value in line if type(value) is Formula)

    # ── what people did ──

    def token(self, mark: str) -> str:
        self.number += 1
        return self.mint(mark, f"{mark}.{self.number}")

    def mint(self, mark: str, value: Any) -> Any:
        """A value that belongs to this row."""
        self.minted.setdefault(exact(value), set()).add(mark)
        return value

    def value(self, mark: str, header: str) -> Any:
        """What somebody types there: mostly what is meant for it, sometimes not."""
        odd = self.random.random() < 0.15
        kind = {"Begun": "date", "Score": "number", "Agreed": "bool"}.get(header, "text")
        if odd:
            kind = self.random.choice(["text", "odd", "odd", "number" if kind != "date" else "text"])
        if kind == "bool":
            return self.random.random() < 0.5
        self.number += 1
        number = self.number
        if kind == "date":
            moment = datetime(2020, 1, 1, 10, 30) + timedelta(number)
            return self.mint(mark, moment if self.random.random() < 0.1 else moment.date())
        if kind == "number":
            return self.mint(mark, number if self.random.random() < 0.5 else number + 0.25)
        form = self.random.choice(ODD) if kind == "odd" else "{}"
        return self.mint(mark, form.format(f"{mark}.{number}"))

    def belongs(self, value: Any, mark: str) -> bool:
        """Whether this value was typed into the row with this mark; of yes and no nobody can tell."""
        return isinstance(value, bool) or mark in self.minted.get(exact(value), ())

    def new_line(self, head: list[str], who: str) -> list[Any]:
        self.number += 1
        mark = f"m{self.number}"
        values = {name: self.token(mark) if name == "Entry" else self.value(mark, name) for name in SHARED}
        values |= {"Who": who, MARK: mark}
        for name in self.random.sample(["State", "reviewed", "Last review", *SHARED[5:]], self.random.randrange(4)):
            values[name] = None
        return [values.get(name) for name in head]

    def tell(self, name: str, what: str) -> None:
        self.log.append(f"{name}: {what}")

    def forget(self) -> None:
        """A sync has seen everything that people did."""
        self.typed: dict[tuple[str, str, str], Any] = {}
        self.gone: dict[str, set[str]] = {name: set() for name in self.names}
        self.copied: dict[str, set[str]] = {name: set() for name in self.names}
        self.moved_who: set[str] = set()
        self.moved_marks: set[str] = set()
        self.moved: set[str] = set()

    # ── syncs and promises ──

    def sync(self, **more: Any) -> Synced:
        self.syncs += 1
        done = sync(self.books.target, open_=self.books.open, random=self.random, **more)
        self.stops += bool(done.stopped)
        self.conflicts_seen += len(done.conflicts)
        return done

    def settle(self) -> None:
        """Sync, go on after a safety stop, and check every promise."""
        before = self.snapshot()
        tables = {name: self.table(name) for name in self.names}
        orders = {name: self.marks(name) for name in self.names}
        foreign = {name: self.lines(name, FOREIGN) for name in self.names}
        formulas = {name: (self.formulas(name), self.lone_formulas(name)) for name in self.names}
        rows = [row for name in self.names for row in self.rows(name)]
        self.moved = self.moved_marks | {row[MARK] for row in rows if row["Who"] in self.moved_who}
        dry = self.dry_run(before) if self.random.random() < 0.15 else None
        done = self.sync()
        if dry is not None and dry != what_was_done(done):
            raise Broken(12, f"{dry} is {what_was_done(done)}")
        if done.stopped:
            if len(done.stopped) == len(self.rights) and self.snapshot() != before:
                raise Broken(10, "written in spite of a stop")
            self.check_order(orders)
            deleted = set().union(*self.gone.values())  # by now perhaps in another link: it may come back at the end
            orders = {n: [m for m in order if m not in deleted - {*self.marks(n)}] for n, order in orders.items()}
            done = self.sync(force=True)
        if done.stopped:
            raise Broken(10, f"stopped for good: {done.stopped}")
        self.open = list(done.conflicts)
        after = {name: self.table(name) for name in self.names}
        self.moved |= self.gone_elsewhere(after)
        self.check_values(tables, after)
        self.check_rows(tables, after, orders)
        self.check_ids()
        self.check_formulas(formulas, after)
        for name, lines in foreign.items():
            if self.lines(name, FOREIGN) != lines:
                raise Broken(6, name)
        self.check_conflicts()
        self.check_rest()
        self.books.check()
        self.check_agreement(after)
        self.settled = {name: {mark: row["Entry"] for mark, row in after[name].items()} for name in self.names}
        self.settled_ids = {name: {mark: row[ID] for mark, row in after[name].items()} for name in self.names}
        self.forget()

    def dry_run(self, before: Any) -> Any:
        """What a sync would do."""
        done = self.sync(dry_run=True)
        if self.snapshot() != before:
            raise Broken(12, "a dry run wrote")
        return what_was_done(done)

    def gone_elsewhere(self, after: dict[str, Rows]) -> set[str]:
        """The marks of rows that a slice has no longer, because they belong to another adviser by now."""
        advisers = {row[0]: row[1] for row in self.lines("left", "People")[1:]}
        return {
            mark
            for name in self.rights
            for mark, row in after["left"].items()
            if name in ("kim", "lee")
            and mark not in after[name]
            and advisers.get(row["Who"]) not in (None, name.title())
        }

    def check_values(self, before: dict[str, Rows], after: dict[str, Rows]) -> None:
        """Promises 1 and 2."""
        shown = {exact(value) for one in self.open for value in values_of(one.conflict)}
        everywhere = {exact(value) for table in after.values() for row in table.values() for value in row.values()}
        for (name, mark, column), value in self.typed.items():
            if is_own(column):
                left_home = mark in self.moved and name != "left"
                if exact(after[name].get(mark, {}).get(column)) != exact(value) and not left_home:
                    raise Broken(2, f"{name}: {column} {value}")
            elif exact(value) not in everywhere and exact(value) not in shown:
                raise Broken(1, f"{name}: {column} of {mark}: {value!r}")
        for name in self.names:
            for mark, row in before[name].items():
                if mark in self.moved and name != "left":
                    continue
                own = {header: value for header, value in row.items() if is_own(header) and value is not None}
                if mark in after[name] and any(
                    exact(after[name][mark].get(h)) != exact(value) for h, value in own.items()
                ):
                    raise Broken(2, f"{name}: of {mark} was {own}, is {after[name][mark]}")
                if own and mark not in after[name] and not any(mark in gone for gone in self.gone.values()):
                    raise Broken(2, f"{name}: {own} went with the row {mark}")

    def check_rows(self, before: dict[str, Rows], after: dict[str, Rows], orders: dict[str, list[str]]) -> None:
        """Promises 3 and 5, and that every value is on the row into which it was typed."""
        self.check_order(orders)
        whole = {one.conflict.row for one in self.open if one.conflict.column is None}
        asked = {row[MARK] for name in self.names for row in self.rows(name) if row[ID] in whole}
        waiting = {(one.conflict.row, one.column_name) for one in self.open}
        for name in self.names:
            marks = self.marks(name)
            twice = {mark for mark, count in Counter(marks).items() if count > 1 and orders[name].count(mark) < count}
            if twice - asked:  # a row that was cut out, and pasted as another one, is there twice until it is decided
                raise Broken(3, f"{name}: {twice} twice")
            for mark in before[name].keys() - after[name].keys():
                if name != "left" and mark in self.moved:
                    continue
                if not any(mark in gone for other, gone in self.gone.items() if other != name):
                    raise Broken(3, f"{name}: {mark} is lost")
            for mark, row in after[name].items():
                strangers = {
                    header: value
                    for header, value in row.items()
                    if value
                    and is_typed(header)
                    and not self.belongs(value, mark)
                    # no sync writes over a formula: it stays, and is asked about, where the row became another one
                    and not (type(value) is Formula and (row[ID], header) in waiting)
                }
                if strangers:
                    raise Broken(3, f"{name}: {strangers} on the row {mark}")

    def check_order(self, orders: dict[str, list[str]]) -> None:
        """Promise 5: the rows that were there are in the order in which they were."""
        for name, order in orders.items():
            marks = self.marks(name)
            kept = [mark for mark in order if mark in marks]
            if [mark for mark in marks if mark in order] != kept:
                raise Broken(5, f"{name}: {kept} is now {marks}")

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

    def check_formulas(self, before: dict[str, tuple[Any, Counter[str]]], after: dict[str, Rows]) -> None:
        """Promise 11: a sync writes over no formula, neither in a row nor on a blank line."""
        for name, (formulas, lone) in before.items():
            for (mark, header), value in formulas.items():
                now = after[name].get(mark, {}).get(header)
                if mark in after[name] and (type(now) is not Formula or now != value):
                    raise Broken(11, f"{name}: {header} of {mark} was ={value}, is {now!r}")
            if lone - self.lone_formulas(name):
                raise Broken(11, f"{name}: {lone - self.lone_formulas(name)} on a blank line")

    def check_conflicts(self) -> None:
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
                if exact(row.get(one.column_name)) != exact(value):
                    raise Broken(8, f"{name}: {one.column_name} is {row.get(one.column_name)}, not {value}")

    def check_rest(self) -> None:
        """Promise 4: a second sync does nothing."""
        snapshot = self.snapshot()
        again = self.sync()
        if again.written or again or again.stopped:
            plans = {name: (plan.to_left, plan.to_right) for name, plan in again.plans.items()}
            raise Broken(4, f"{plans} {again.stopped}")
        if self.snapshot() != snapshot:
            raise Broken(4, "the sheets changed")

    def check_agreement(self, after: dict[str, Rows]) -> None:
        """Promise 4: both sides hold the same, but for open conflicts."""
        open_ = {(one.link, one.conflict.row) for one in self.open}
        advisers = {row[0]: row[1] for row in self.lines("left", "People")[1:]}
        for name in self.rights:
            for mark in after["left"].keys() | after[name].keys():
                mine, theirs = after["left"].get(mark), after[name].get(mark)
                row_id = (mine or theirs)[ID]  # type: ignore[index]
                if (name, row_id) in open_:
                    continue
                adviser = advisers.get(mine["Who"]) if mine else None
                belongs = name not in ("kim", "lee") or mine is None or adviser == name.title()
                unknown = name in ("kim", "lee") and mine is not None and not adviser  # stays where it is
                if (theirs is None and belongs) or mine is None or (theirs and not belongs and not unknown):
                    if any(other_row == row_id for _, other_row in open_):
                        continue
                    raise Broken(4, f"{mark} is {'' if mine else 'not '}in left, {'' if theirs else 'not '}in {name}")
                if theirs is None:
                    continue
                apart = [
                    column
                    for column in mine.keys() & theirs.keys() - {ID}
                    if exact(mine[column]) != exact(theirs[column])
                    and {type(mine[column]), type(theirs[column])} != {Formula}
                ]
                if apart:
                    raise Broken(4, f"{mark}: {apart} differ between left and {name}")


def what_was_done(done: Synced) -> Any:
    """How much a sync does, link by link; new ids are drawn, so rows cannot be compared by them."""
    sides = {name: (plan.to_left, plan.to_right) for name, plan in done.plans.items()}
    done_to = {
        name: [(sorted(map(str, to.cells.values())), len(to.rows), len(to.drops)) for to in both]
        for name, both in sides.items()
    }
    return done_to, sorted(done.stopped), len(done.conflicts)


def exact(value: Any, *, formulas: bool = False) -> tuple[str, Any]:
    """A value with its kind: yes is not 1, a date is not its day number; with `formulas` one is not what it gives."""
    if type(value) is Formula and formulas:
        return "formula", value
    if isinstance(value, datetime) and not (value.hour or value.minute):
        value = value.date()
    kind = "number" if type(value) in (int, float) else "text" if isinstance(value, str) else type(value).__name__
    return kind, value


def values_of(conflict: Any) -> list[Any]:
    """Both values of a conflict."""
    sides = (conflict.left, conflict.right)
    return [value for side in sides for value in (side.values() if hasattr(side, "values") else [side])]
