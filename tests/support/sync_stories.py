"""Random stories of people at work, told to whole syncs: moves (story_moves.py), and scenes in which a sync takes part.

After each sync the promises of story_promises.py are checked; the books are in story_books.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from random import Random
from typing import Any

from story_books import FileBooks, Formula, MemoryBooks, SheetBooks
from story_moves import Moves
from story_promises import ID, MARK, PROMISES, RIGHT_HEAD, SHARED, SHEET, Broken, exact, is_own

from addin.actions.sync.undo import undo
from addin.core.book import Area
from addin.core.names import STATE_FOLDER
from addin.errors import Problem

__all__ = ("PLANS", "PROMISES", "Broken", "FileBooks", "MemoryBooks", "SheetBooks", "Story", "stories")


class Story(Moves):
    """One story: chapters of moves, each ended by a sync; and scenes that are played to their end."""

    def part_sort(self) -> None:
        """Some columns, or only the ids, are sorted without the others: the sync stops, and it is taken back."""
        name, head, lines, at = self.pick()
        settled, ids = self.settled[name], self.settled_ids[name]
        if at < 0 or any(ids.get(row[MARK], row[ID]) != row[ID] or not row[ID] for row in self.rows(name)):
            return
        rows = [n for n, line in enumerate(lines) if line[head.index(MARK)] in settled]
        now = [lines[n][head.index("Entry")] for n in rows]
        if now != [settled[lines[n][head.index(MARK)]] for n in rows] or len(set(map(str, now))) < len(now):
            return  # nobody could tell by the keys
        if len(rows) > 3 and self.random.random() < 0.5:  # only a stretch of the rows
            start = self.random.randrange(len(rows) - 2)
            rows = rows[start : start + self.random.randint(2, len(rows))]
        keys = [str(lines[n][head.index("Entry")]) for n in rows]
        others = [header for header in head if header not in (ID, MARK, "Entry")]
        columns = self.random.choice([["Entry", "Hours", "State"], ["Entry"], ["Entry", MARK, *others], [ID]])
        order = sorted(range(len(rows)), key=lambda n: keys[n], reverse=self.random.random() < 0.5)
        if order == list(range(len(rows))):
            return
        before = [list(line) for line in lines]
        for to, source in enumerate(order):
            for column in [head.index(column) for column in columns if column in head]:
                lines[rows[to]][column] = before[rows[source]][column]
        self.put(name, head, lines)
        self.tell(name, f"sort only {columns}, sync, take it back")
        snapshot = self.snapshot()
        done = self.sync()
        mine = [link for link in done.stopped if name in ("left", link)]
        if not mine:
            self.put_back(name, columns, ids, done)
            return
        if any(len(reasons) > 2 for reasons in done.stopped.values()):
            raise Broken(10, f"{len(done.stopped[mine[0]])} sentences about one sort")
        if self.snapshot()[name] != snapshot[name]:
            raise Broken(10, "a part-sorted sheet was written")
        self.put(name, head, before)
        self.settle()

    def put_back(self, name: str, columns: list[str], ids: Mapping[str, str], done: Any) -> None:
        """Ids that were exchanged may be put back instead, if it is said; a part-sorted sheet must not be synced.

        Where all columns but the ids were sorted, the ids are what was exchanged.
        """
        rows = self.rows(name)
        exchanged = columns == [ID] or all(header in (*columns, ID) for header in rows[0])
        if not exchanged or not done.remarks or any(ids.get(row[MARK], row[ID]) != row[ID] for row in rows):
            raise Broken(10, "a part-sorted sheet was synced")
        self.settle()

    def rename_header(self) -> None:
        """A header is renamed, and named back once the sync has said so."""
        name = self.random.choice(self.names)
        self.settle()
        head, *lines = self.lines(name)
        column = self.random.choice(["State", "reviewed", "Last review", "Hours", "Entry"])
        if column not in head or not self.settled[name]:
            return
        self.put(name, ["Status?" if header == column else header for header in head], lines)
        self.tell(name, f"rename {column}, sync, name it back")
        snapshot = self.snapshot()
        said = ""
        try:
            done = self.sync()
            said = " ".join(" ".join(reasons) for reasons in done.stopped.values())
        except Problem as problem:  # without its key the tracker is not there at all
            said = str(problem)
        if column != "Entry" and ("the workbook" if name == "left" else "the shared sheet") not in said.casefold():
            raise Broken(10, f"a renamed header of {name}: {said!r}")
        if not said or self.snapshot()[name] != snapshot[name]:
            raise Broken(10, f"a sheet with a renamed header was written: {said!r}")
        self.put(name, head, lines)
        self.settle()

    def retype_header(self) -> None:
        """A header typed anew, with capitals or blanks: the same column."""
        name = self.random.choice(self.names)
        head, *lines = self.lines(name)
        at = self.random.randrange(len(head))
        if not head[at] or head[at] in (MARK, "reviewed", ID) or is_own(head[at]) or head[at].startswith("Extra"):
            return
        new = self.random.choice([head[at].upper(), head[at].lower(), f" {head[at]} ", head[at].replace(" ", "  ")])
        self.put(name, [*head[:at], new, *head[at + 1 :]], lines)
        self.tell(name, f"retype {head[at]} as {new!r}, sync")
        self.edit_elsewhere(name)
        done = self.sync()
        if any("header" in reason for reasons in done.stopped.values() for reason in reasons):
            raise Broken(10, f"{new!r} is {head[at]!r}: {done.stopped}")
        now, *lines = self.lines(name)
        if now[at] != new:
            raise Broken(6, f"the header {new!r} is {now[at]!r}")
        self.put(name, head, lines)
        self.settle()

    def edit_elsewhere(self, name: str) -> None:
        """Somebody edits another book than this one meanwhile."""
        self.only = [other for other in self.names if other != name]
        for _ in range(self.random.randint(1, 2)):
            self.edit()
        self.only = []

    def title_above(self) -> None:
        """Lines above the headers: a title, a blank one."""
        name = self.random.choice(self.names)
        if name == "left" and self.books.titled:
            return
        self.settle()
        lines = self.lines(name)
        titles = [["CAS log of M27"], []][: self.random.randint(1, 2)]
        width = len(lines[0])
        above = [[*title, *[None] * (width - len(title))] for title in titles]
        self.books.put(name, [*above, *lines], SHEET)
        self.tell(name, f"{len(above)} lines above the headers, sync")
        self.edit_elsewhere(name)
        done = self.sync()
        now = self.lines(name)
        if done.stopped or [line[0] for line in now[: len(above)]] != [line[0] for line in above]:
            raise Broken(10, f"a title above the headers: {done.stopped} {now[:3]}")
        self.books.put(name, now[len(above) :], SHEET)
        self.settle()

    def lose_id_column(self) -> None:
        """The id column is deleted: it comes back with every id of a row that another sheet has, too."""
        self.settle()
        name = self.random.choice(self.names)
        head, *lines = self.lines(name)
        at = head.index(ID)
        self.books.put(name, [[*line[:at], *line[at + 1 :], None] for line in (head, *lines)], SHEET)
        self.tell(name, "delete the id column")
        self.edit_elsewhere(name)
        self.settle_ids(name)
        self.settle()
        shared = {mark for other in self.names if other != name for mark in self.settled_ids[other]}
        known = {mark: row_id for mark, row_id in self.ids_before.items() if mark in shared}
        if any(self.settled_ids[name].get(mark, row_id) != row_id for mark, row_id in known.items()):
            raise Broken(9, "a lost id column came back with other ids")

    def settle_ids(self, name: str) -> None:
        """Sync once to have the id column again."""
        self.ids_before = dict(self.settled_ids[name])
        done = self.sync()
        if done.stopped:
            done = self.sync(force=True)
        if ID not in self.lines(name)[0]:
            raise Broken(9, f"no id column in {name}: {done.stopped}")

    def copy_exactly(self) -> None:
        """A row is copied as it is: a second row on both sides, until the copy is deleted again."""
        self.settle()
        name, head, lines, at = self.pick()
        if at < 0 or self.open:
            return
        advisers = {row[0]: row[1] for row in self.lines("left", "People")[1:]}
        if "kim" in self.rights and not advisers.get(lines[at][head.index("Who")]):
            return  # of whom the row is nobody knows: it stays in the slices where it is, and a copy goes to none
        before = {where: sorted(self.marks(where)) for where in self.names}
        mark = lines[at][head.index(MARK)]
        place = self.random.choice([at, at + 1, len(lines)])
        lines.insert(place, list(lines[at]))
        self.put(name, head, lines)
        self.tell(name, f"copy {mark} as it is, sync, delete the copy")
        done = self.sync()
        if done.stopped:
            done = self.sync(force=True)
        counts = {where: self.marks(where).count(mark) for where in self.names}
        wrong = {where for where in self.names if counts[where] != before[where].count(mark) * 2}
        ids = {where: [row[ID] for row in self.rows(where)] for where in self.names}
        if done.stopped or wrong or any(len(set(one)) < len(one) for one in ids.values()):
            raise Broken(3, f"a copied row: {counts} {done.stopped}")
        head, *lines = self.lines(name)
        twins = [n for n, line in enumerate(lines) if line[head.index(MARK)] == mark]
        del lines[twins[1]]
        self.put(name, head, lines)
        done = self.sync()
        if done.stopped:
            done = self.sync(force=True)
        after = {where: sorted(self.marks(where)) for where in self.names}
        if after != before and not done.conflicts:
            raise Broken(3, f"a copied row that was deleted again: {before} {after} {done.stopped}")
        self.forget()
        self.settle()

    def older_copy(self) -> None:
        """The workbook of before the last sync comes back, as from a colleague or a cloud folder: a stop."""
        if not isinstance(self.books, FileBooks):
            return
        self.settle()
        path = self.books.books["left"]
        old = path.read_bytes()
        self.edit_elsewhere("left")
        self.edit()
        self.settle()
        new = path.read_bytes()
        if new == old:
            return
        path.write_bytes(old)
        self.tell("left", "an older copy of the workbook, sync, the newer one again")
        snapshot = self.snapshot()
        done = self.sync()
        if len(done.stopped) < len(self.rights) or self.snapshot() != snapshot:
            raise Broken(10, f"an older workbook was synced: {done.stopped}")
        path.write_bytes(new)
        self.settle()

    def clear_sheet(self) -> None:
        """A shared sheet is cleared, or its tab deleted and made anew: it is filled again, and nothing is deleted."""
        name = self.random.choice(self.rights)
        self.settle()
        head, *lines = self.lines(name)
        if len(self.rows(name)) < 1 or self.open:
            return
        before = {where: [self.bare(row, {"Remark"}) for row in self.rows(where)] for where in self.names}
        if self.random.random() < 0.5:
            self.put(name, head, [[None] * len(head) for _ in lines])
            self.tell(name, "clear the whole sheet, sync --force")
        else:
            self.books.remove(name, SHEET)
            self.tell(name, "delete the tab, link again, sync --force")
            with suppress(Problem):
                if name not in self.sync().stopped:
                    raise Broken(10, "a sheet that is not there was synced")
            self.books.add(name, SHEET, [[h for h in head if h in RIGHT_HEAD or h.startswith("Extra")]])
        self.forget()
        done = self.sync()
        if name not in done.stopped:
            raise Broken(10, "an emptied sheet was synced")
        self.sync(force=True)
        after = {where: [self.bare(row, {"Remark"}) for row in self.rows(where)] for where in self.names}
        if after["left"] != before["left"] or not_the_same(after[name], before["left"], before[name]):
            raise Broken(3, f"an emptied sheet: {len(after[name])} of {len(before[name])} rows came back")
        self.settle()

    def merge_cells(self) -> None:
        """Cells are merged downwards: nothing changes anywhere else, and once they are unmerged all is as it was."""
        self.settle()
        name, head, lines, at = self.pick()
        column = self.random.choice(["Hours", "State"])
        if at < 0 or self.open or at + 1 >= len(lines) or not lines[at + 1][head.index(MARK)]:
            return
        if any(type(line[head.index(column)]) is Formula for line in lines[at : at + 2]):
            return
        if lines[at + 1][head.index(column)] is None:
            return  # no value changes, and a sheet whose values are as they were is not looked at
        before = {where: self.table(where) for where in self.names}
        place = head.index(column) + 1
        self.books.merge(name, SHEET, Area(at + 2, place, at + 3, place))
        self.tell(name, f"merge two cells of {column}, sync, unmerge them")
        done = self.sync()
        if done.stopped or not any("merged" in remark for remark in done.remarks):
            raise Broken(10, f"merged cells: {done.stopped} {done.remarks}")
        if any(self.table(where) != before[where] for where in self.names if where != name):
            raise Broken(1, "merging cells changed the other side")
        self.books.merge(name, SHEET, None)
        self.settle()
        if {where: self.table(where) for where in self.names} != before:
            raise Broken(1, "unmerged cells are not as they were")

    def lose_memory(self) -> None:
        """What the last sync remembered is gone: nothing is deleted, and what differs is a conflict."""
        self.settle()
        (self.books.folder / STATE_FOLDER / "state.sqlite").unlink()
        self.tell("left", "lose the memory")
        for _ in range(self.random.randint(0, 2)):
            self.edit()
        self.settle()

    @staticmethod
    def bare(row: dict[str, Any], without: set[str]) -> dict[str, Any]:
        """A row without its id and the columns that only one side has."""
        return {name: value for name, value in row.items() if name not in {ID, *without} and name[:3] != "Own"}

    def decide(self) -> None:
        """A person decides some conflicts: mine, theirs, a value, or words that are no decision."""
        self.settle()
        if not self.open:
            return
        lines = self.lines("left", "Conflicts")
        if self.random.random() < 0.2:  # sorted by somebody
            lines[1:] = self.random.sample(lines[1:], len(lines) - 1)
        head = lines[0]
        at, own = head.index("Decision"), head.index("Another value")
        marks = {row[ID]: row[MARK] for name in self.names for row in self.rows(name)}
        said = {}
        for line in lines[1:]:
            if not line[head.index("Row id")]:
                continue
            how = self.random.choice(["mine", "Theirs ", "value", "Theirs please", ""])
            whole = line[head.index("Column")] == "(whole row)"
            if how == "value" and not whole:
                line[own] = self.token(marks[line[head.index("Row id")]])  # its key may be that of another row
            elif how:
                line[at] = "mine" if how == "value" else how
            said[line[head.index("Link")], line[head.index("Row id")], line[head.index("Column")]] = how
        self.books.put("left", lines, "Conflicts")
        self.tell("left", f"decide {list(said.values())}")
        decided = {place[1:] for place, how in said.items() if how not in ("Theirs please", "")}  # in any link
        undecided = {place for place in said if place[1:] not in decided}
        before = {place_of(one): one.conflict for one in self.open}
        done = self.sync()
        still = {place_of(one) for one in done.conflicts}
        for place in undecided:
            whole = (*place[:2], "(whole row)")  # another link deletes the row by decision: both rows are shown now
            if not {place, whole} & still and place in before:
                raise Broken(8, f"a conflict went without a decision: {place}")
        self.settle()

    def undo(self) -> None:
        """A sync is taken back: everything is as it was before it."""
        self.settle()
        for _ in range(self.random.randint(1, 3)):
            self.random.choice(
                [
                    self.edit,
                    self.empty,
                    self.insert,
                    self.delete,
                    self.delete,
                    self.type_formula,
                    self.damage_id,
                    self.copy_row,
                    self.sort,
                    self.move_columns,
                    self.gap,
                    self.change_who,
                    self.new_adviser,
                    self.add_column,
                    self.paste_over,
                    self.retype_row,
                    self.rename_own,
                ]
            )()
        before = {name: self.whole(name) for name in self.names}
        done = self.sync()
        if done.stopped:
            before = {
                name: self.whole(name) for name in self.names
            }  # other links may have been synced: a run of its own
            done = self.sync(force=True)
        if not done or done.stopped:
            self.settle()
            return
        target = self.books.target
        self.tell("left", "undo")
        try:
            undo(target, open_=self.books.open)
        except Problem:
            undo(target, open_=self.books.open, force=True)
        self.undos += 1
        for name in self.names:
            if self.whole(name) != before[name]:
                raise Broken(7, difference(name, before[name], self.whole(name)))
        snapshot = self.snapshot()
        undo(target, open_=self.books.open)
        if self.snapshot() != snapshot:
            raise Broken(7, "a second undo changed something")
        self.sync(force=True)
        self.forget()
        self.settle()

    def whole(self, name: str) -> list[dict[str, Any]]:
        """The rows as a person sees them, without ids."""
        rows = self.rows(name)
        return [{header: exact(v, formulas=True) for header, v in row.items() if header != ID} for row in rows]

    def moves(self) -> list[Callable[[], None]]:
        return [
            *[self.edit] * 8,
            *[self.insert] * 3,
            *[self.delete] * 3,
            *[self.damage_id] * 4,
            *[self.copy_row] * 2,
            *[self.type_formula] * 2,
            self.formula_on_a_blank_row,
            self.empty,
            self.sort,
            self.gap,
            self.move_columns,
            self.add_column,
            self.change_who,
            self.new_adviser,
            self.new_adviser,
            self.part_sort,
            self.rename_header,
            self.decide,
            self.decide,
            self.undo,
            self.undo,
            self.clear_sheet,
            self.merge_cells,
            self.lose_memory,
            self.paste_over,
            self.paste_over,
            self.retype_row,
            self.retype_row,
            self.carry,
            self.rename_own,
            self.retype_header,
            self.title_above,
            self.lose_id_column,
            self.copy_exactly,
            self.older_copy,
        ]

    def play(self, chapters: int = 4, most: int = 5) -> None:
        """Tell the story to its end."""
        for _ in range(chapters):
            for _ in range(self.random.randint(1, self.random.choice([most, 2 * most]))):
                self.random.choice(self.moves())()
            self.log.append("sync")
            self.settle()


PLANS = ("one", "one", "two", "slices", "slice and all")


def stories(seed: int, count: int, first: int = 0) -> Iterator[tuple[str, Random, str]]:
    """The name, the dice and the links of each story."""
    for number in range(first, first + count):
        name = f"{seed}-{number}"
        random = Random(name)
        yield name, random, random.choice(PLANS)


def place_of(one: Any) -> tuple[str, str, str]:
    """Link, row and column of a conflict, as its line on the sheet says them."""
    return one.link, one.conflict.row, one.column_name


def not_the_same(now: list[Any], mine: list[Any], before: list[Any]) -> bool:
    """Whether rows are missing that were there before, or their shared values differ from the workbook's."""
    marks = {row[MARK] for row in now}
    if marks != {row[MARK] for row in before}:
        return True
    home = {row[MARK]: row for row in mine}
    return any(row.get(c) != home[row[MARK]].get(c) for row in now for c in SHARED if row[MARK] in home)


def difference(name: str, before: list[Any], after: list[Any]) -> str:
    """What is not as it was, for a person who looks for the reason."""
    with suppress(ValueError):
        for one, two in zip(before, after, strict=True):
            if one != two:
                apart = [(h, one.get(h), two.get(h)) for h in one.keys() | two.keys() if one.get(h) != two.get(h)]
                return f"{name}: {apart}"
    return f"{name}: {[row[MARK][1] for row in before]} is {[row[MARK][1] for row in after]}"
