"""What the builders of rows share: the people found so far, the rows made, and the account of every cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.cells import CellReader
from addin.core.recognition.cohorts import session_for
from addin.core.recognition.context import Context, adviser_in, category_in, class_in
from addin.core.recognition.header_words import Words
from addin.core.recognition.name_order import last_name_first, split_last_name_first
from addin.core.recognition.parts import Part
from addin.core.recognition.people import (
    People,
    Person,
    bare,
    is_nickname,
    split_by_email,
    split_name,
    split_nickname,
    split_two_surnames,
)
from addin.core.recognition.reading import LEAVE, Answers, Listed, Made, SheetReading
from addin.core.records import field, record, replace
from addin.core.regex import regex
from addin.core.tables.date_order import kind_of
from addin.core.tables.values import show
from addin.core.trackers import Tracker


@record
class Work:
    """State of one reading."""

    trackers: Mapping[str, Tracker]
    words: Words
    cells: CellReader
    answers: Answers
    people: People
    home: bool
    """Whether the students are in a table of their own already: then nobody is added."""
    today: date = date(2000, 1, 1)
    assumed: Answers = field(default_factory=dict)
    """Answers that hold as long as nobody gives another one; their questions are asked all the same."""
    known: People | None = None
    """The students of the Candidates sheet that an earlier adoption made: they keep their codes."""
    made: list[Made] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    placed: set[tuple[str, int, int]] = field(default_factory=set)
    aside: set[tuple[str, int, int]] = field(default_factory=set)
    needs: dict[str, int] = field(default_factory=dict)
    """Question -> how many rows wait for its answer."""
    behind: dict[str, int] = field(default_factory=dict)
    """Class -> how many years it is behind the oldest, where the students are in several (see cohorts.py)."""
    without_code: int = 0
    """Students without a code in lists that are adopted as they stand."""
    examples: dict[str, str] = field(default_factory=dict)
    orders: dict[str, dict[int, dict[str, str]]] = field(default_factory=dict)
    """sheet -> column -> the order of its dates."""
    last_name_first: dict[tuple[str, int, int], str] = field(default_factory=dict)
    """sheet, header row and column of names -> whether the last name is first in them (see name_order.py)."""
    padded: dict[str, dict[str, str]] = field(default_factory=dict)
    """sheet -> code without its zeros -> the code it was joined to."""

    def need(self, name: str, example: str = "") -> str:
        """The answer to a question; "" where nobody has given it yet, which is noted."""
        self.needs[name] = self.needs.get(name, 0) + 1
        self.examples.setdefault(name, example)
        answer = self.answers.get(name, self.assumed.get(name, ""))
        return "" if answer in LEAVE else answer

    def session_of(self, group: Value) -> str:
        """The exam session of a class as it was answered for the oldest; "" where it is not known."""
        return session_for(group, self.need("session"), self.behind)

    def order(self, sheet: str, column: int) -> dict[str, str]:
        """The order of day and month in a column, by the style of its dates."""
        return self.orders.get(sheet, {}).get(column, {})

    def list(self, sheet: str, row: int, column: int, value: Value, why: str, *, placed: bool = False) -> None:
        """Note a cell that a person should look at."""
        self.listed.append(Listed(sheet, row, column, " ".join(show(value).split())[:80], why, placed))
        if placed:
            self.placed.add((sheet, row, column))


def person_of_row(
    part: Part, grid: Grid, row: int, work: Work, report: SheetReading, seen: dict[int, int]
) -> Person | None:
    """The student of a row of a table, found or added; None where it is not certain who it is (this is listed)."""
    sheet = grid.sheet
    facts, cells, extra = facts_of_row(part, grid, row, work)
    if not facts.get("last_name") and not facts.get("code") and not facts.get("email"):
        if part.context.student:
            facts |= named(part.context.student)
        elif facts.get("first_names"):
            pass
        else:
            return None
    facts = {**_from_context(part.context, work), **_of_form(part, grid, work), **_from_section(part, row), **facts}
    found = work.people.find(facts) or _joined_without_zeros(facts, work, sheet)
    first = min(cells, default=(row, part.region.columns[0]))
    text = f"{facts.get('last_name') or ''}, {facts.get('first_names') or ''}".strip(", ") or str(
        facts.get("code") or ""
    )
    if len(found) > 1:
        work.list(
            sheet,
            *first,
            text,
            phrase("{number} students may be meant: add the code or the birth date", number=len(found)),
        )
        return None
    if not found and work.home:
        work.list(sheet, *first, text, phrase("no student of this name is in the list of candidates"))
        return None
    person = found[0] if found else work.people.add({}, origin=(sheet, *first))
    if person.number in seen and not part.context.student and not _continues(part, grid, row, cells):
        work.list(
            sheet,
            *first,
            text,
            phrase("is also in row {row}: one student should be in one row", row=seen[person.number]),
        )
        return None
    seen.setdefault(person.number, row)
    add_facts(person, facts, extra, cells, work, sheet, part)
    return person


def _joined_without_zeros(facts: dict[str, Value], work: Work, sheet: str) -> list[Person]:
    """The student of this name whose code has lost its zeros on one of two sheets; the longer code is theirs."""
    found = work.people.find_without_zeros(facts)
    if len(found) != 1:
        return found
    person, code = found[0], show(facts["code"]).strip()
    short, whole = sorted((code, person.code), key=len)
    work.padded.setdefault(sheet, {})[short] = whole
    if person.home:
        whole = person.code
    elif whole != person.code:
        person.facts["code"] = whole
        work.people.index(person)
    facts["code"] = whole
    return found


def _continues(part: Part, grid: Grid, row: int, cells: Mapping[tuple[int, int], str]) -> bool:
    """Whether the name of a row is that of the row above, merged over both."""
    whose = [place for place, column in cells.items() if column in ("last_name", "code")]
    return bool(whose) and all(place in part.region.filled for place in whose)


def facts_of_row(
    part: Part, grid: Grid, row: int, work: Work
) -> tuple[dict[str, Value], dict[tuple[int, int], str], dict[str, Value]]:
    """What a row says of a person: facts by column of Candidates, the cells they stand in, columns of their own."""
    facts: dict[str, Value] = {}
    cells: dict[tuple[int, int], str] = {}
    extra: dict[str, Value] = {}
    matched = _matched(part)
    columns = work.trackers["candidates"].columns if "candidates" in work.trackers else {}
    for number, role in part.roles.items():
        raw = part.region.value(grid, row, number)
        if raw is None or (isinstance(raw, str) and not raw.strip()) or number in matched:
            continue
        if role.kind == "name":
            facts.update(whole_name(part, grid, row, number, show(raw), work))
            cells[row, number] = "last_name"
        elif role.kind == "fact" and role.column in columns:
            read = work.cells.read(columns[role.column], raw, work.order(grid.sheet, number))
            cells[row, number] = role.column
            if read.value is not None:
                facts[role.column] = read.value
            _more_facts(role.column, raw, read.value, facts)
            if read.kept or read.why:
                extra |= {part.region.own_name(number): read.kept} if read.kept else {}
                if read.why == "day or month first?":
                    work.need(order_question(show(raw)), show(raw))
                work.list(
                    grid.sheet,
                    row,
                    number,
                    raw,
                    read.why or phrase("kept as it was written too"),
                    placed=bool(read.kept),
                )
        elif role.kind == "own" and not matched:
            extra[part.region.own_name(number)] = raw
            cells[row, number] = ""
    return facts, cells, extra


def _more_facts(column: str, raw: Value, value: Value, facts: dict[str, Value]) -> None:
    """What a cell says besides its own fact: a nickname, a second nationality."""
    if column == "first_names" and is_nickname((called := split_nickname(show(value)))[1]):
        facts["first_names"] = called[0]
        facts.setdefault("preferred_name", called[1])
    both = re.fullmatch(r"([^/;,]+?)\s*[/;,]\s*([^/;,]+)", show(raw).strip()) if column == "nationality" else None
    if both:
        facts |= {"nationality": both[1], "second_nationality": both[2]}


def _matched(part: Part) -> set[int]:
    """The columns of a list that are its tracker's own, and so say nothing of the student."""
    if part.shape != "list" or part.found is None or part.found.tracker == "candidates":
        return set()
    return {match.number for match in part.found.matches if match.column != "candidate"}


def order_question(text: str) -> str:
    """The name of the question how dates of this style are written."""
    return f"date order {kind_of(text)}"


def whole_name(part: Part, grid: Grid, row: int, number: int, text: str, work: Work) -> dict[str, Value]:
    """A whole name in two: as the same student has it elsewhere, as the header or the names of its column say, or as
    is answered; where three words do not say where the last name begins, the e-mail address may; else it is listed."""
    text, nickname = split_nickname(text)
    called: dict[str, Value] = {"preferred_name" if is_nickname(nickname) else "notes": nickname} if nickname else {}
    if known := work.people.split(text):
        return {"last_name": known.last, "first_names": known.first} | called
    name, order = split_name(text), _last_name_first(part, grid, number, work)
    other = split_last_name_first(text, part.region.headers[number]) if order != "no" else None
    if not order and name and name.sure and other and other.sure and other.last != name.last:
        order = "yes" if work.need("name order", text) == "last" else ""
    if other and order == "yes":
        name = other
    elif other and order == "perhaps" and name and name.last != other.last:
        name = replace(name, sure=False) if name.sure else other
    if name is None or name.sure:
        return (named(text) if name is None else {"last_name": name.last, "first_names": name.first}) | called
    address = _email_column(part)
    better = None
    if address and order != "yes":
        better = split_by_email(text, show(part.region.value(grid, row, address)))
    if better is None and order != "yes" and _SPANISH.search(bare(part.region.headers[number])):
        better = split_two_surnames(text)
    if better is None:
        why = phrase("where does the last name begin? taken as {last}, {first}", last=name.last, first=name.first)
        work.list(grid.sheet, row, number, text, why, placed=True)
    name = better or name
    return {"last_name": name.last, "first_names": name.first} | called


def _email_column(part: Part) -> int:
    return next((n for n, role in part.roles.items() if role.column == "email"), 0)


def _last_name_first(part: Part, grid: Grid, number: int, work: Work) -> str:
    """Whether the names of a column begin with the last name, as those that can be told apart do."""
    key = (grid.sheet, part.region.header_row, number)
    if key not in work.last_name_first:
        address = _email_column(part)
        rows = [(part.region.value(grid, row, number), row) for row in part.region.rows]
        names = [
            (cell, show(part.region.value(grid, row, address)) if address else "")
            for cell, row in rows
            if isinstance(cell, str)
        ]
        work.last_name_first[key] = last_name_first(part.region.headers[number], names)
    return work.last_name_first[key]


_SPANISH = regex(r"\b(?:nombres?|apellidos?|alumn[oa]s?|estudiantes?)\b")


def named(text: str) -> dict[str, Value]:
    text, _ = split_nickname(text)
    name = split_name(text)
    return {"last_name": name.last, "first_names": name.first} if name else {"last_name": text.strip()}


def _of_form(part: Part, grid: Grid, work: Work) -> dict[str, Value]:
    """What the labels of a student's form say: the birth date, the e-mail address."""
    facts: dict[str, Value] = {}
    columns = work.trackers["candidates"].columns if "candidates" in work.trackers else {}
    for name, (row, number) in part.context.facts.items():
        raw = grid.value(row, number)
        if name in columns and raw is not None:
            read = work.cells.read(columns[name], raw, work.order(grid.sheet, number))
            if read.value is not None and not read.why:
                facts[name] = read.value
                work.placed.add((grid.sheet, row, number))
    return facts


def _from_section(part: Part, row: int) -> dict[str, Value]:
    """The class and the adviser that are above the rows of their students."""
    text = part.region.sections.get(row, "")
    if not text:
        return {}
    said = {"year_group": class_in(text), "adviser": adviser_in(text), "category": category_in(text)}
    return {name: value for name, value in said.items() if value}


def _from_context(context: Context, work: Work) -> dict[str, Value]:
    facts: dict[str, Value] = {"year_group": context.year_group, "adviser": context.adviser, "code": context.code}
    facts["session"] = context.session
    if context.programme in ("dp", "cp") and "programme" not in work.answers:
        facts["category"] = {"dp": "D", "cp": "CP"}[context.programme]
    if context.category:
        facts["category"] = context.category
    return {name: value for name, value in facts.items() if value}


def _other_class(
    person: Person, facts: Mapping[str, Value], cells: Mapping[tuple[int, int], str], work: Work, sheet: str
) -> None:
    """Say that a student is on the lists of two classes, where the class is above the lists."""
    known, here = person.facts.get("year_group"), facts.get("year_group")
    if known and here and known != here and "year_group" not in cells.values() and cells:
        work.list(
            sheet,
            *min(cells),
            person.name,
            phrase("is also on the list of {group}, and taken from there", group=show(known)),
            placed=True,
        )


def _is_kept(person: Person, part: Part, number: int, extra: Mapping[str, Value]) -> bool:
    """Whether a cell of the person's own column is what the new row will hold: a student has one row, and the first
    of two texts is in it."""
    header = part.region.own_name(number)
    return show(person.extra.get(header, extra[header])) == show(extra[header])


def add_facts(
    person: Person,
    facts: Mapping[str, Value],
    extra: Mapping[str, Value],
    cells: Mapping[tuple[int, int], str],
    work: Work,
    sheet: str,
    part: Part,
) -> None:
    """Take what a row says over to the person; what contradicts an earlier row is listed."""
    if person.home:
        _account_at_home(person, facts, cells, work, sheet)
        return
    for (row, number), column in cells.items():
        known, value = person.facts.get(column), facts.get(column)
        names_them = column in ("last_name", "first_names")
        if column and value is not None and known not in (None, value) and not names_them:
            here = person.origin[0] == sheet
            sentence = "an earlier row says {value}" if here else "another sheet says {value}"
            work.list(sheet, row, number, value, phrase(sentence, value=show(known)))
        elif not column and not _is_kept(person, part, number, extra):
            header = part.region.own_name(number)
            work.list(
                sheet,
                row,
                number,
                extra[header],
                phrase("{header} of this student is {value}", header=header, value=show(person.extra[header])),
            )
        elif value is not None or not column:
            work.placed.add((sheet, row, number))
    _other_class(person, facts, cells, work, sheet)
    new = {column: value for column, value in facts.items() if value not in (None, "") and not person.facts.get(column)}
    person.extra.update({header: value for header, value in extra.items() if header not in person.extra})
    if new:
        person.facts.update(new)
        work.people.index(person)


def _account_at_home(
    person: Person, facts: Mapping[str, Value], cells: Mapping[tuple[int, int], str], work: Work, sheet: str
) -> None:
    """The cells that say who of the list of students a row is about."""
    for (row, number), column in cells.items():
        known = person.facts.get(column)
        who = column in ("last_name", "first_names", "code", "email")
        if who or (column and known is not None and known == facts.get(column)):
            work.placed.add((sheet, row, number))


def silent(work: Work) -> Work:
    """The same work with a list of its own, for looking without noting."""
    return Work(
        work.trackers,
        work.words,
        work.cells,
        work.answers,
        work.people,
        work.home,
        work.today,
        assumed=work.assumed,
        orders=work.orders,
    )
