"""A list with one row each that cannot be adopted as it stands: merged names, sections, one student a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.amounts import read_hours
from addin.core.recognition.core_tasks import by_task
from addin.core.recognition.header_rows import filled
from addin.core.recognition.parts import Part
from addin.core.recognition.people import bare
from addin.core.recognition.programme_words import myp_year_said
from addin.core.recognition.pupils import (
    by_pupil,
    holds_names,
    lists_groups,
    lists_whole_names,
    name_column,
    staff_columns,
)
from addin.core.recognition.reading import Made, SheetReading
from addin.core.recognition.regions import ROOM, texts_above
from addin.core.recognition.row_reader import RowReader
from addin.core.recognition.said_in_title import said_of_all
from addin.core.recognition.subject_names import is_doubtful
from addin.core.recognition.time_columns import STRANDS
from addin.core.recognition.work import Work, add_facts, facts_of_row, named, person_of_row, silent
from addin.core.recognition.workshop_rows import by_line, complete_workshop
from addin.core.regex import regex
from addin.core.tables.values import show
from addin.core.trackers import Tracker

SECTION = phrase("Section")
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
    before = report.rows
    for nth, (task, one) in enumerate(by_task(part, tracker)):
        counted = report.rows
        _rows_of(one, grid, work, report, {"component": task} if task else {})
        report.rows = report.rows if not nth else max(counted, before + report.rows - counted)


def _rows_of(part: Part, grid: Grid, work: Work, report: SheetReading, told: dict[str, Value]) -> None:
    """The rows of a list, of which this much is told."""
    assert part.found is not None
    tracker = work.trackers[part.found.tracker]
    seen: dict[tuple[str, ...], int] = {}
    reader = RowReader(part, grid, tracker, work)
    titles = " ".join([grid.sheet, *texts_above(part.region)])
    known = reader.names | told.keys()
    by_title = said_of_all(titles, tracker, known, work.cells.lists)
    said = told or {**_said_by_words(part, titles, tracker), **by_title}
    named_in = name_column(part) if holds_names(tracker) else 0
    groups = bool(named_in) and (
        lists_groups(part.region.value(grid, one, named_in) for one in part.region.rows)
        or lists_whole_names(part, grid, named_in)
    )
    strands = [(number, role.strand) for number, role in part.roles.items() if role.kind == "strand"]
    strands = strands if tracker.name == "cas" else []
    for row in part.region.rows:
        person, mine = reader.whose(row)
        if mine and person is None:
            continue
        made = reader.made(row, person)
        if not made.values and not (said and person and made.extra):
            own = {n for n in part.region.columns if (role := part.roles.get(n)) and role.kind not in ("name", "fact")}
            work.placed -= {(grid.sheet, row, number) for number in own}
            work.listed[:] = [one for one in work.listed if (one.sheet, one.row, one.placed) != (grid.sheet, row, True)]
            continue
        report.rows += 1
        made.values = {**said, **made.values}
        if person is None and "session" in tracker.key and not made.values.get("session"):
            made.values["session"] = part.context.session or work.need("session") or None
        pupils = by_pupil(made, part, grid, row, named_in, groups, work) if named_in else (made,)
        for workshop in [one for pupil in pupils for one in by_line(pupil, part, grid, row, work)]:
            _complete(workshop, part, grid, row, work)
            for one in _by_strand(workshop, part, grid, row, work, strands) if strands else (workshop,):
                _keep(one, part, grid, row, seen, work, tuple(map(show, told.values())))


def _keep(
    made: Made,
    part: Part,
    grid: Grid,
    row: int,
    seen: dict[tuple[str, ...], int],
    work: Work,
    told: tuple[str, ...],
) -> None:
    """Note the row, with what makes it the same one when the sheet is read again."""
    tracker = work.trackers[made.tracker]
    identity = (*_identity(made, part, grid, row, tracker), *told)
    identity = (str(made.person), *identity) if made.person >= 0 else identity
    seen[identity] = seen.get(identity, 0) + 1
    number = seen[identity]
    identity = identity[1:] if made.person >= 0 else identity
    made.identity = (*identity, str(number)) if number > 1 else identity
    if made.person < 0:
        made.identity = (tracker.name, *made.identity)
    work.made.append(made)


def _by_strand(
    made: Made, part: Part, grid: Grid, row: int, work: Work, strands: Sequence[tuple[int, str]]
) -> list[Made]:
    """An entry with the hours of each strand in a column of its own: one row for each strand that has hours."""
    found: list[Made] = []
    for number, strand in strands:
        if not filled(raw := part.region.value(grid, row, number)):
            continue
        header = part.region.own_name(number)
        made.extra.pop(header, None)
        amount = read_hours(raw)
        if amount is None:
            work.placed.discard((grid.sheet, row, number))
            work.list(grid.sheet, row, number, raw, phrase("{header}: not a number of hours", header=header))
        elif amount.number:
            values: dict[str, Value] = {**made.values, "strand": strand, "hours": amount.number}
            found.append(records.replace(made, values=values, origin=(grid.sheet, row, number)))
    return found or [made]


def _people(part: Part, grid: Grid, work: Work, report: SheetReading) -> None:
    seen: dict[int, int] = {}
    for row in part.region.rows:
        report.rows += person_of_row(part, grid, row, work, report, seen) is not None


def _complete(made: Made, part: Part, grid: Grid, row: int, work: Work) -> None:
    """What the other words of the row, its section and the answers say."""
    section = part.region.sections.get(row, "")
    if made.tracker == "pd":
        record = any(
            re.search(r"(?i)\b(record|log|history|attended|completed)\b", text) for text in texts_above(part.region)
        )
        _name_staff(made, part, grid, row)
        complete_workshop(made, work, "record" if record else "")
    elif made.tracker == "core":
        _name_subject(made, work)
    elif made.tracker == "inventory":
        _complete_item(made, section, work)
    elif made.tracker == "cas":
        _complete_entry(made, section, work, part)
    if section and made.tracker != "cas":
        made.extra.setdefault(SECTION, section)
    made.extra.pop("\0remark", None)


def _name_staff(made: Made, part: Part, grid: Grid, row: int) -> None:
    """The colleague of a workshop whose last and first names are in columns of their own."""
    columns = staff_columns(part)
    parts = [show(part.region.value(grid, row, number)).strip() for number in columns]
    if not all(parts) or not parts:
        return
    made.values["staff"] = ", ".join(parts)
    for number in columns:
        made.extra.pop(part.region.own_name(number), None)


def _complete_entry(made: Made, section: str, work: Work, part: Part) -> None:
    """The kind of an entry of CAS, and the strand that its section says."""
    if _PROJECT.fullmatch(str(made.values.get("strand") or "").strip()):
        made.values["kind"] = "Project"
        del made.values["strand"]
    if _UNDER_WAY.fullmatch(str(made.values.get("status") or "")):
        made.values["status"] = work.need("under way", str(made.values["status"])) or made.values["status"]
    made.values.setdefault("kind", "Project" if made.values.get("title") and _asks_project(part) else _kind(made))
    if section and (strand := STRANDS.get(bare(section.strip(": ")))):
        made.values.setdefault("strand", strand)


def _asks_project(part: Part) -> bool:
    """Whether the titles of a list are those of projects, as their header says."""
    titles = [match.header for match in part.found.matches if match.column == "title"] if part.found else []
    return any(_PROJECT.fullmatch(header.strip()) for header in titles)


_UNDER_WAY = regex(
    r"(?i)on-?going|in progress|under ?way|started|current|active|continuing|en cours|en curso|in corso|laufend|"
    r"em curso"
)
_PROJECT = regex(r"(?:cas[ -])?(?:project|proyecto|projet|projekt)s?(?: cas)?", re.IGNORECASE)


_TITLED_PROJECT = regex(rf"\(\s*{_PROJECT.pattern}\s*\)|\bCAS project\b", re.IGNORECASE)
_INTERVIEWS = regex(r"(?i)\b(?:interviews?|entretiens?|entrevistas?|gespräche?)\b")
_INTERVIEW = regex(r"\binterview\b", re.IGNORECASE)


def _kind(made: Made) -> str:
    """What an entry is by its title: `Girls who code (PROJECT)` is the CAS project."""
    title = str(made.values.get("title") or "")
    return "Interview" if _INTERVIEW.search(title) else "Project" if _TITLED_PROJECT.search(title) else "Experience"


_ESSAY = regex(r"(?i)\b(?:ee|extended essays?|monograf[ií]as?|mémoires?|memoires?|facharbeit(?:en)?)\b")
_ASSESSMENT = regex(r"(?i)\b(?:ias?|internal assessments?)\b")


def _said_by_words(part: Part, titles: str, tracker: Tracker) -> dict[str, Value]:
    """What the sheet, its titles and its headers say of every row: the extended essay, the internal assessment, and of
    CAS entries without titles that they are interviews."""
    assert part.found is not None
    said = " ".join([titles, *part.region.headers.values()])
    if tracker.name == "core" and _ESSAY.search(said) and not re.search(r"(?i)\btok\b", said):
        return {"component": "Extended essay"}
    if tracker.name == "coursework" and _ASSESSMENT.search(said):
        return {"task": "IA"}
    if (
        tracker.name == "myp"
        and (year := myp_year_said(titles))
        and all(m.column != "year" for m in part.found.matches)
    ):
        return {"year": year}
    untitled = all(match.column != "title" for match in part.found.matches)
    return {"kind": "Interview"} if tracker.name == "cas" and untitled and _INTERVIEWS.search(said) else {}


def _name_subject(made: Made, work: Work) -> None:
    """The subject of an essay by its own name; one that is not certain stays as it is written."""
    if is_doubtful(show(made.values.get("subject"))):
        return
    reading = work.words.subjects.read(made.values.get("subject"))
    if reading and len(reading.names) == 1:
        made.values["subject"] = reading.names[0]


def _complete_item(made: Made, section: str, work: Work) -> None:
    types = {bare(name): name for name in work.cells.lists.get("item_types", {}).get("name", ())}
    key = bare(section)
    kind = types.get(key) or types.get(key.rstrip("s")) or _TYPES.get(key, "")
    if kind and kind in types.values():
        made.values.setdefault("type", kind)
    elif section and not made.values.get("location") and ROOM.search(section):
        made.values["location"] = section.rstrip(": ")
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
    same = tracker.key if whole else _SAME_ROW.get(tracker.name, ())
    if not whole and holds_names(tracker):
        same = ("last_name", "first_names", *tracker.key)
    said = [bare(show(made.values.get(name))) for name in same]
    dated = next((m.number for m in part.found.matches if m.column == "start"), 0)
    if dated and not whole:
        said.append(bare(show(part.region.value(grid, row, dated))))
    return tuple(said)


def join_people(part: Part, grid: Grid, work: Work, report: SheetReading) -> bool:
    """Facts about students who are known from other sheets; False where most of them are not, and nothing is taken."""
    rows = []
    for row in part.region.rows:
        facts, cells, extra = facts_of_row(part, grid, row, silent(work))
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
