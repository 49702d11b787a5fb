"""A list with one row each that cannot be adopted as it stands: merged names, sections, one student a sheet."""

from __future__ import annotations

import re

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.amounts import read_hours
from addin.core.recognition.cells import Read
from addin.core.recognition.header_rows import filled
from addin.core.recognition.parts import Part
from addin.core.recognition.people import Person, bare, is_name
from addin.core.recognition.reading import Made, SheetReading
from addin.core.recognition.recognise import Match
from addin.core.recognition.regions import texts_above
from addin.core.recognition.roles import taken_mark
from addin.core.recognition.time_columns import STRANDS
from addin.core.recognition.work import Work, add_facts, facts_of_row, named, order_question, person_of_row
from addin.core.recognition.workshop_rows import by_line, complete_workshop, without_mode
from addin.core.tables.values import show
from addin.core.trackers import Tracker

SECTION = "Section"
_TYPES = {
    "calculators": "Calculator",
    "textbooks": "Textbook",
    "books": "Textbook",
    "novels": "Novel or text",
    "devices": "Device",
    "laptops": "Device",
    "guides": "Subject guide",
}


def list_rows(part: Part, grid: Grid, work: Work, report: SheetReading) -> None:
    """The rows of a list for its tracker."""
    assert part.found is not None
    tracker = work.trackers[part.found.tracker]
    if tracker.name == "candidates":
        _people(part, grid, work, report)
        return
    seen: dict[tuple[str, ...], int] = {}
    for row in part.region.rows:
        person, mine = _whose(part, grid, row, work)
        if mine and person is None:
            continue
        made = _row(part, grid, row, tracker, work, person)
        if not made.values:
            own = {n for n in part.region.columns if (role := part.roles.get(n)) and role.kind not in ("name", "fact")}
            work.placed -= {(grid.sheet, row, number) for number in own}
            work.listed[:] = [one for one in work.listed if (one.sheet, one.row, one.placed) != (grid.sheet, row, True)]
            continue
        report.rows += 1
        for workshop in by_line(made, part, grid, row, work):
            _complete(workshop, part, grid, row, work)
            for one in _by_strand(workshop, part, grid, row, work):
                _keep(one, part, grid, row, tracker, seen, work)


def _keep(
    made: Made, part: Part, grid: Grid, row: int, tracker: Tracker, seen: dict[tuple[str, ...], int], work: Work
) -> None:
    """Note the row, with what makes it the same one when the sheet is read again."""
    identity = _identity(made, part, grid, row, tracker)
    identity = (str(made.person), *identity) if made.person >= 0 else identity
    seen[identity] = seen.get(identity, 0) + 1
    number = seen[identity]
    identity = identity[1:] if made.person >= 0 else identity
    made.identity = (*identity, str(number)) if number > 1 else identity
    if made.person < 0:
        made.identity = (tracker.name, *made.identity)
    work.made.append(made)


def _by_strand(made: Made, part: Part, grid: Grid, row: int, work: Work) -> list[Made]:
    """An entry with the hours of each strand in a column of its own: one row for each strand that has hours."""
    found: list[Made] = []
    for number, role in part.roles.items():
        raw = part.region.value(grid, row, number)
        if role.kind != "strand" or made.tracker != "cas" or not filled(raw):
            continue
        header = part.region.headers[number]
        made.extra.pop(header, None)
        amount = read_hours(raw)
        if amount is None:
            work.placed.discard((grid.sheet, row, number))
            work.list(grid.sheet, row, number, raw, phrase("{header}: not a number of hours", header=header))
        elif amount.number:
            values: dict[str, Value] = {**made.values, "strand": role.strand, "hours": amount.number}
            found.append(records.replace(made, values=values, origin=(grid.sheet, row, number)))
    return found or [made]


def _people(part: Part, grid: Grid, work: Work, report: SheetReading) -> None:
    seen: dict[int, int] = {}
    for row in part.region.rows:
        report.rows += person_of_row(part, grid, row, work, report, seen) is not None


def _whose(part: Part, grid: Grid, row: int, work: Work) -> tuple[Person | None, bool]:
    """The student whose row it is, and whether the tracker's rows belong to students at all."""
    assert part.found is not None
    tracker = work.trackers[part.found.tracker]
    column = tracker.columns.get("candidate")
    if column is None or "candidates" not in work.trackers:
        return None, False
    report = SheetReading(grid.sheet, "rows")
    number = next((m.number for m in part.found.matches if m.column == "candidate"), 0)
    raw = part.region.value(grid, row, number) if number else None
    if filled(raw) and not is_name(raw):
        found = work.people.find({"code": show(raw)})
        if len(found) == 1:
            work.placed.add((grid.sheet, row, number))
            return found[0], True
        facts = {} if found else {**facts_of_row(part, grid, row, _silent(work))[0], "code": show(raw)}
        if not work.home and not work.people.find_without_zeros(facts):
            person = work.people.add({"code": show(raw)}, origin=(grid.sheet, row, number))
            work.placed.add((grid.sheet, row, number))
            return person, True
    return person_of_row(part, grid, row, work, report, {}), True


def _row(part: Part, grid: Grid, row: int, tracker: Tracker, work: Work, person: Person | None) -> Made:
    assert part.found is not None
    first = min(
        (m.number for m in part.found.matches if filled(grid.value(row, m.number))), default=part.region.columns[0]
    )
    made = Made(tracker.name, {}, (grid.sheet, row, first), person=person.number if person else -1)
    matched = {match.number: match for match in part.found.matches}
    columns = {match.column for match in part.found.matches}
    for number in part.region.columns:
        raw = part.region.value(grid, row, number)
        role = part.roles.get(number)
        if not filled(raw) or (role and role.kind in ("numbering", "left") and number not in matched):
            continue
        if role and role.kind == "strand ticked" and tracker.name == "cas":
            _tick(made, role.strand, raw)
            work.placed.add((grid.sheet, row, number))
            continue
        if role and role.kind == "outcome ticked" and tracker.name == "cas" and "outcomes" not in columns:
            _tick_outcome(made, role.number, raw)
            work.placed.add((grid.sheet, row, number))
            continue
        match = matched.get(number)
        if match and match.column == "candidate" and person is not None:
            continue
        if match and not tracker.columns[match.column].calculated:
            _take(made, part, grid, row, match, tracker, raw, work)
        elif person is None or role is None or role.kind not in ("name", "fact"):
            made.extra[part.region.headers[number]] = raw
            work.placed.add((grid.sheet, row, number))
    return made


def _tick(made: Made, strand: str, raw: Value) -> None:
    """A strand of an entry that is ticked in a column of its own."""
    if taken_mark(raw):
        made.values["strand"] = "; ".join(one for one in (str(made.values.get("strand", "")), strand) if one)


def _tick_outcome(made: Made, number: int, raw: Value) -> None:
    """A learning outcome of an entry that is ticked in a column of its own."""
    if taken_mark(raw):
        made.values["outcomes"] = "; ".join(filter(None, (str(made.values.get("outcomes", "")), f"LO{number}")))


def _take(made: Made, part: Part, grid: Grid, row: int, match: Match, tracker: Tracker, raw: Value, work: Work) -> None:
    column = tracker.columns[match.column]
    header = part.region.headers[match.number]
    written = raw
    if tracker.name == "pd" and column.name in ("start", "end", "place") and isinstance(raw, str):
        raw = without_mode(made, column.name, raw)
    read = work.cells.read(column, raw, work.order(grid.sheet, match.number)) if raw else Read()
    if read.kept and raw != written:
        read.kept = show(written)
    if column.name == "certificate":
        read = _certificate(raw)
    if column.name == "lent_quantity" and read.value == 0:
        read = Read()
    if read.value is not None:
        made.values[column.name] = read.value
    _take_more(made, read, tracker, column.name)
    if read.kept:
        made.extra[header] = read.kept
    if read.why == "day or month first?":
        work.need(order_question(show(raw)), show(raw))
    if read.why or (read.kept and read.value is not None):
        work.list(
            grid.sheet, row, match.number, raw, read.why or phrase("taken as the number in it"), placed=bool(read.kept)
        )
    if not read.why:
        work.placed.add((grid.sheet, row, match.number))


def _take_more(made: Made, read: Read, tracker: Tracker, column: str) -> None:
    """What a cell says besides its value: the last day of a span, a currency, a level, booked."""
    end = read.more.get("end")
    if end and column == "start" and "end" in tracker.columns:
        made.values.setdefault("end", end)
    if remark := read.more.get("remark"):
        made.extra["\0remark"] = remark
    if currency := read.more.get("currency"):
        made.extra["Currency"] = currency
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


def _complete(made: Made, part: Part, grid: Grid, row: int, work: Work) -> None:
    """What the other words of the row, its section and the answers say."""
    section = part.region.sections.get(row, "")
    if made.tracker == "pd":
        record = any(
            re.search(r"(?i)\b(record|log|history|attended|completed)\b", text) for text in texts_above(part.region)
        )
        complete_workshop(made, work, "record" if record else "")
    elif made.tracker == "core":
        _complete_essay(made, part, grid, work)
    elif made.tracker == "inventory":
        _complete_item(made, section, work)
    elif made.tracker == "cas":
        if _PROJECT.fullmatch(str(made.values.get("strand") or "").strip()):
            made.values["kind"] = "Project"
            del made.values["strand"]
        if _UNDER_WAY.fullmatch(str(made.values.get("status") or "")):
            made.values["status"] = work.need("under way", str(made.values["status"])) or made.values["status"]
        kind = "Interview" if _is_interview(made) else "Project" if _is_project(made) else "Experience"
        made.values.setdefault("kind", kind)
        if section and (strand := STRANDS.get(bare(section.strip(": ")))):
            made.values.setdefault("strand", strand)
    if section and made.tracker != "cas":
        made.extra.setdefault(SECTION, section)
    made.extra.pop("\0remark", None)


_UNDER_WAY = re.compile(
    r"(?i)on-?going|in progress|under ?way|started|current|active|continuing|en cours|en curso|in corso|laufend|"
    r"em curso"
)
_PROJECT = re.compile(r"(?:cas )?(?:project|proyecto|projet|projekt)", re.IGNORECASE)


def _is_project(made: Made) -> bool:
    """Whether the title says that it is the CAS project: `Girls who code (PROJECT)`."""
    title = str(made.values.get("title") or "")
    return bool(re.search(rf"(?i)\(\s*{_PROJECT.pattern}\s*\)|\bCAS project\b", title))


def _is_interview(made: Made) -> bool:
    return bool(re.search(r"(?i)\binterview\b", str(made.values.get("title") or "")))


_ESSAY = re.compile(r"(?i)\b(?:ee|extended essays?|monograf[ií]as?|mémoires?|memoires?|facharbeit(?:en)?)\b")


def _complete_essay(made: Made, part: Part, grid: Grid, work: Work) -> None:
    """That it is about the extended essay, where the sheet or its headers say so, and its subject by its own name."""
    said = " ".join([grid.sheet, *texts_above(part.region), *part.region.headers.values()])
    if _ESSAY.search(said) and not re.search(r"(?i)\btok\b", said):
        made.values.setdefault("component", "Extended essay")
    reading = work.words.subjects.read(made.values.get("subject"))
    if reading and len(reading.names) == 1:
        made.values["subject"] = reading.names[0]


def _complete_item(made: Made, section: str, work: Work) -> None:
    types = {bare(name): name for name in work.cells.lists.get("item_types", {}).get("name", ())}
    key = bare(section)
    kind = types.get(key) or types.get(key.rstrip("s")) or _TYPES.get(key, "")
    if kind and kind in types.values():
        made.values.setdefault("type", kind)
    quantity = made.values.get("quantity")
    if "counted_by" not in made.values:
        made.values["counted_by"] = "Copy" if quantity in (None, 1) and made.values.get("copy_number") else "Quantity"
    if quantity is None and "quantity" not in made.values and made.values.get("copy_number"):
        made.values["quantity"] = 1


_SAME_ROW = {
    "pd": ("staff", "workshop"),
    "inventory": ("item", "edition"),
    "cas": ("title", "strand"),
    "registrations": ("subject", "level"),
}


def _identity(made: Made, part: Part, grid: Grid, row: int, tracker: Tracker) -> tuple[str, ...]:
    """What makes the row the same when the sheet is read again: its key, or what stands for it, dates as written."""
    assert part.found is not None
    whole = "start" not in tracker.key and all(made.values.get(name) for name in tracker.key)
    said = [bare(show(made.values.get(name))) for name in (tracker.key if whole else _SAME_ROW.get(tracker.name, ()))]
    dated = next((m.number for m in part.found.matches if m.column == "start"), 0)
    if dated and not whole:
        said.append(bare(show(part.region.value(grid, row, dated))))
    return tuple(said)


def join_people(part: Part, grid: Grid, work: Work, report: SheetReading) -> bool:
    """Facts about students who are known from other sheets; False where most of them are not, and nothing is taken."""
    rows = []
    for row in part.region.rows:
        facts, cells, extra = facts_of_row(part, grid, row, _silent(work))
        found = work.people.find(
            {**({"year_group": part.context.year_group} if part.context.year_group else {}), **facts}
        )
        rows.append((row, facts, cells, extra, found))
    if 2 * sum(len(found) == 1 for *_, found in rows) < len(rows):
        return False
    for row, _, _, _, found in rows:
        facts, cells, extra = facts_of_row(part, grid, row, work)
        if len(found) == 1:
            report.rows += 1
            add_facts(found[0], facts, extra, cells, work, grid.sheet, part)
        elif cells:
            why = (
                phrase("no student of this name is on the other sheets")
                if not found
                else phrase("several students may be meant")
            )
            work.list(grid.sheet, *min(cells), grid.value(*min(cells)), why)
    return True


def of_strangers(part: Part, grid: Grid, work: Work) -> bool:
    """Whether the rows of a list belong to students, and most of these are in no list of candidates."""
    assert part.found is not None
    if not work.home or "candidate" not in work.trackers[part.found.tracker].columns:
        return False
    names = [
        (part.region.value(grid, row, number), number)
        for row in part.region.rows
        for number, role in part.roles.items()
        if role.kind == "name"
    ]
    known = sum(len(work.people.find(named(show(value)))) == 1 for value, _ in names if filled(value))
    return bool(names) and 2 * known < len(names)


def _silent(work: Work) -> Work:
    """The same work with a list of its own, for looking without noting."""
    return Work(
        work.trackers, work.words, work.cells, work.answers, work.people, work.home, work.today, orders=work.orders
    )
