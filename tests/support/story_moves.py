"""What people do in a story: each move is one of theirs, on one of the books, and is written down."""

from __future__ import annotations

from typing import Any

from story_books import Formula
from story_promises import ID, MARK, SHARED, Promises, own_column

Lines = list[list[Any]]


class Moves(Promises):
    """Moves that need no sync of their own."""

    def pick(self) -> tuple[str, list[Any], Lines, int]:
        """A book, its header, its lines and the index of one that holds something; -1 where there is none."""
        name = self.random.choice(self.only or self.names)
        head, *lines = self.lines(name)
        filled = [n for n, line in enumerate(lines) if line[head.index(MARK)]]
        return name, head, lines, self.random.choice(filled) if filled else -1

    def put(self, name: str, head: list[Any], lines: Lines) -> None:
        self.books.put(name, [head, *lines], "Log")

    # ── cells ──

    def edit(self) -> None:
        name, head, lines, at = self.pick()
        own = own_column(name)
        column = self.random.choice([*SHARED, own, own, *[h for h in head if h and h.startswith(("Own ", "Extra"))]])
        if at >= 0 and column in head:
            mark = lines[at][head.index(MARK)]
            value = self.value(mark, column)
            if column == "Entry" and self.random.random() < 0.15:  # the key of another row, or of none
                other = self.random.choice(lines)[head.index(column)]
                value = other if type(other) is not Formula else value
                self.mint(mark, value)
            if type(value) is type(lines[at][head.index(column)]) and value == lines[at][head.index(column)]:
                return  # what is there already is no edit
            lines[at][head.index(column)] = value
            self.put(name, head, lines)
            self.forget_typed(name, mark, column, value)
            self.tell(name, f"type {value!r} into {column} of {mark}")

    def forget_typed(self, name: str, mark: str, column: str, value: Any) -> None:
        """Note what was typed last; yes and no cannot be followed, since they are not unique."""
        self.typed.pop((name, mark, column), None)
        if value is not None and not isinstance(value, bool):
            self.typed[name, mark, column] = value

    def type_formula(self) -> None:
        """A formula where there was a value, or nothing; and sometimes down the whole column."""
        name, head, lines, at = self.pick()
        if name == "left" and self.books.titled:
            return
        column = self.random.choice([*SHARED, own_column(name), own_column(name)])
        if at < 0 or column not in head:
            return
        whole = self.random.random() < 0.25
        for number in range(len(lines)) if whole else [at]:
            mark = lines[number][head.index(MARK)]
            if mark:
                lines[number][head.index(column)] = value = Formula(self.token(mark))
                self.typed[name, mark, column] = value
        self.put(name, head, lines)
        self.tell(name, f"a formula into {column} of {'all' if whole else lines[at][head.index(MARK)]}")

    def formula_on_a_blank_row(self) -> None:
        name, head, lines, at = self.pick()
        if name == "left" and self.books.titled:
            return
        column = self.random.choice(["reviewed", own_column(name) if name != "left" else "reviewed"])
        if at < 0 or column not in head:
            return
        blank = [n for n, line in enumerate(lines) if all(value is None for value in line)]
        if not blank:
            blank = [len(lines) + 1]
            lines += [[None] * len(head), [None] * len(head)]
        lines[self.random.choice(blank)][head.index(column)] = Formula(self.token("m0"))
        self.put(name, head, lines)
        self.tell(name, f"a formula into {column} of a blank row")

    def empty(self) -> None:
        name, head, lines, at = self.pick()
        column = self.random.choice(["Hours", "State", "reviewed", "Begun", "Score", "Agreed"])
        if at >= 0 and column in head:
            mark = lines[at][head.index(MARK)]
            lines[at][head.index(column)] = None
            self.put(name, head, lines)
            self.typed.pop((name, mark, column), None)
            self.tell(name, f"empty {column} of {mark}")

    def change_who(self) -> None:
        """A row gets another student, and so perhaps another adviser."""
        name, head, lines, at = self.pick()
        if at >= 0:
            lines[at][head.index("Who")] = self.random.choice(["s1", "s2", "s3"])
            self.put(name, head, lines)
            self.moved_marks.add(lines[at][head.index(MARK)])
            self.tell(name, f"{lines[at][head.index(MARK)]} is now of {lines[at][head.index('Who')]}")

    def new_adviser(self) -> None:
        if "kim" not in self.rights:
            return
        lines = self.lines("left", "People")
        row = self.random.randrange(1, len(lines))
        lines[row][1] = self.random.choice(["Kim", "Lee", "Kim", "Lee", None])
        self.books.put("left", lines, "People")
        self.moved_who.add(lines[row][0])
        self.tell("left", f"{lines[row][0]} goes to {lines[row][1]}")

    # ── rows ──

    def insert(self) -> None:
        name, head, lines, _ = self.pick()
        who = ["s1", "s2", "s3"]
        if name in ("kim", "lee"):
            advisers = {row[0]: row[1] for row in self.lines("left", "People")[1:]}
            who = [code for code, adviser in advisers.items() if adviser == name.title()]
            if not who:
                return
        line = self.new_line(head, self.random.choice(who))
        gap = self.random.random() < 0.2
        if gap:
            lines += [[None] * len(head), line]
        else:
            lines.insert(self.random.randrange(len(lines) + 1), line)
        self.put(name, head, lines)
        mark = line[head.index(MARK)]
        for header, value in zip(head, line, strict=True):
            if header in SHARED:
                self.forget_typed(name, mark, header, value)
        self.tell(name, f"insert {mark}" + (" after a gap" if gap else ""))

    def gap(self) -> None:
        name, head, lines, _ = self.pick()
        at = self.random.randrange(len(lines) + 1)
        lines[at:at] = [[None] * len(head) for _ in range(self.random.randint(1, 2))]
        self.put(name, head, lines)
        self.tell(name, f"leave a gap before line {at + 2}")

    def delete(self) -> None:
        name, head, lines, at = self.pick()
        if at < 0 or len(lines) < 4 or len(self.gone[name]) > 0:
            return
        mark = lines[at][head.index(MARK)]
        if mark in self.copied[name]:
            return  # the copy has its id: to everybody it is that row, edited
        how = self.random.choice(["row", "blank", "clear"])
        if how == "row":
            del lines[at]
        elif how == "blank":
            lines[at] = [None] * len(head)
        else:
            lines[at] = [value if header == ID else None for header, value in zip(head, lines[at], strict=True)]
        self.put(name, head, lines)
        self.gone[name].add(mark)
        self.typed = {place: value for place, value in self.typed.items() if place[:2] != (name, mark)}
        self.tell(name, f"delete {mark} ({how})")

    def copy_row(self) -> None:
        """A row copied as a pattern for another, most often with its id and its key."""
        name, head, lines, at = self.pick()
        if at < 0:
            return
        line = list(lines[at])
        self.number += 1
        mark = f"m{self.number}"
        line[head.index(MARK)] = mark
        present = [column for column in SHARED if column in head]
        for column in ("Entry", *self.random.sample(present[1:], 2)):
            line[head.index(column)] = self.token(mark) if column == "Entry" else self.value(mark, column)
        for number, header in enumerate(head):
            if header not in (ID, MARK, "Who", *SHARED) or header == own_column(name):
                line[number] = None
            elif header in SHARED and line[number] is not None and not self.belongs(line[number], mark):
                line[number] = self.value(mark, header)
        lines.insert(self.random.choice([at + 1, len(lines)]), line)
        self.put(name, head, lines)
        for header, value in zip(head, line, strict=True):
            if header in SHARED:
                self.forget_typed(name, mark, header, value)
        self.copied[name].add(lines[at][head.index(MARK)])
        self.tell(name, f"copy {lines[at][head.index(MARK)]} as {mark}")

    def paste_over(self) -> None:
        """A row copied over another one, with its id; then made another entry."""
        name, head, lines, at = self.pick()
        over = self.random.randrange(len(lines)) if lines else 0
        gone = lines[over][head.index(MARK)] if lines else None
        if at < 0 or over == at or not gone or self.gone[name] or gone in self.copied[name]:
            return
        self.number += 1
        mark = f"m{self.number}"
        line = [
            mark
            if header == MARK
            else self.token(mark)
            if header == "Entry"
            else value
            if header in (ID, "Who") or value is None
            else self.value(mark, header)
            if header in SHARED
            else None
            for header, value in zip(head, lines[at], strict=True)
        ]
        lines[over] = line
        self.put(name, head, lines)
        self.gone[name].add(gone)
        self.copied[name].add(lines[at][head.index(MARK)])
        self.typed = {place: value for place, value in self.typed.items() if place[:2] != (name, gone)}
        for header, value in zip(head, line, strict=True):
            if header in SHARED:
                self.forget_typed(name, mark, header, value)
        self.tell(name, f"paste {lines[at][head.index(MARK)]} over {gone} as {mark}")

    def retype_row(self) -> None:
        """A row is deleted and typed again at the end: another place, no id, nothing in one's own column."""
        name, head, lines, at = self.pick()
        if at < 0 or lines[at][head.index(MARK)] in self.copied[name]:
            return
        line = lines.pop(at)
        mark = line[head.index(MARK)]
        lines.append(
            [value if header in (*SHARED, MARK, "Who") else None for header, value in zip(head, line, strict=True)]
        )
        self.put(name, head, lines)
        self.typed = {
            place: value for place, value in self.typed.items() if place[:2] != (name, mark) or place[2] in SHARED
        }
        self.tell(name, f"type {mark} again at the end")

    def carry(self) -> None:
        """A row is cut out of one shared sheet and pasted into another."""
        if len(self.rights) < 2:
            return
        source, to = self.random.sample(self.rights, 2)
        head, *lines = self.lines(source)
        there, *others = self.lines(to)
        full = [n for n, line in enumerate(lines) if line[head.index(MARK)]]
        if len(full) < 3 or self.gone[source]:
            return
        at = self.random.choice(full)
        row = dict(zip(head, lines.pop(at), strict=True))
        if any(other[there.index(MARK)] == row[MARK] for other in others):
            return  # it is there, too: that would be a copy
        self.put(source, head, lines)
        self.put(to, there, [*others, [row.get(h) if h in (*SHARED, MARK, "Who", ID) else None for h in there]])
        self.moved_marks.add(row[MARK])
        for header in SHARED:
            if (value := self.typed.pop((source, row[MARK], header), None)) is not None:
                self.typed[to, row[MARK], header] = value
        self.typed = {place: value for place, value in self.typed.items() if place[:2] != (source, row[MARK])}
        self.tell(source, f"cut {row[MARK]}, paste it into {to}")

    def sort(self) -> None:
        name, head, lines, at = self.pick()
        if at >= 0:
            column = self.random.choice(["Entry", "Who", "State"])
            lines.sort(key=lambda line: str(line[head.index(column)]), reverse=self.random.random() < 0.5)
            self.put(name, head, lines)
            self.tell(name, f"sort by {column}")

    # ── columns ──

    def move_columns(self) -> None:
        name, head, lines, _ = self.pick()
        if name == "left" and self.books.titled:
            return
        by = self.random.randrange(1, len(head))
        self.put(name, head[by:] + head[:by], [line[by:] + line[:by] for line in lines])
        self.tell(name, f"move the columns by {by}")

    def add_column(self) -> None:
        """A column of one's own with values; sometimes the other side makes one of the same name, and shares it."""
        name, head, lines, at = self.pick()
        if at < 0 or len(head) > 12:
            return
        self.number += 1
        shared = self.random.random() < 0.3
        header = f"{'Extra' if shared else 'Own'} {self.number}"
        at_mark = head.index(MARK)
        for line in lines:
            value = self.token(line[at_mark]) if line[at_mark] and self.random.random() < 0.7 else None
            line.append(value)
            if value:
                self.typed[name, line[at_mark], header] = value
        self.put(name, [*head, header], lines)
        for other in self.names if shared else []:
            if other != name:
                head, *lines = self.lines(other)
                self.put(other, [header, *head], [[None, *line] for line in lines])
        self.tell(name, f"add the column {header}")

    def rename_own(self) -> None:
        """A column of one's own gets another name, or goes."""
        name, head, lines, _ = self.pick()
        own = [header for header in head if header and header.startswith("Own ")]
        if not own:
            return
        at = head.index(self.random.choice(own))
        typed = {place: value for place, value in self.typed.items() if place[0] == name and place[2] == head[at]}
        for place in typed:
            del self.typed[place]
        if self.random.random() < 0.5:
            self.tell(name, f"delete the column {head[at]}")
            head, lines = [*head[:at], *head[at + 1 :]], [[*line[:at], *line[at + 1 :]] for line in lines]
        else:
            self.number += 1
            self.tell(name, f"rename {head[at]} Own {self.number}")
            head[at] = f"Own {self.number}"
            self.typed |= {(name, mark, head[at]): value for (_, mark, _), value in typed.items()}
        self.put(name, head, lines)

    # ── ids ──

    def damage_id(self) -> None:
        name, head, lines, at = self.pick()
        if at < 0:
            return
        at_id, ids = head.index(ID), [line[head.index(ID)] for line in lines]
        how = self.random.choice(["clear", "type", "copy", "new", "all", "two", "capitals", "swap"])
        if how == "all":
            lines = [[None if h == ID else v for h, v in zip(head, line, strict=True)] for line in lines]
        elif how == "swap":
            other = self.random.randrange(len(lines))
            lines[at][at_id], lines[other][at_id] = lines[other][at_id], lines[at][at_id]
        elif how == "two":
            for line in self.random.sample(lines, min(2, len(lines))):
                line[at_id] = self.new_id() if line[head.index(MARK)] else None
        else:
            value = {"clear": None, "type": "oops", "copy": self.random.choice(ids), "new": self.new_id()}.get(how)
            lines[at][at_id] = f" {lines[at][at_id]} ".upper() if how == "capitals" and lines[at][at_id] else value
        self.put(name, head, lines)
        self.tell(name, f"damage ids ({how}) {lines[at][head.index(MARK)]}")

    def new_id(self) -> str:
        """As the Apps Script gives one."""
        self.number += 1
        return "z" + f"{self.number:05d}".translate(str.maketrans("01", "zx"))
