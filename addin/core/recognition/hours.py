"""CAS hours by month, week or strand, and interviews, as entries of their own."""

from __future__ import annotations

from collections.abc import Mapping

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.language import MONTHS, in_digits, joined, phrase
from addin.core.recognition.amounts import read_hours
from addin.core.recognition.context import first_month, month_year
from addin.core.recognition.header_rows import filled
from addin.core.recognition.parts import Part
from addin.core.recognition.people import Person
from addin.core.recognition.reading import Made, SheetReading
from addin.core.recognition.roles import Role, no_mark, taken_mark
from addin.core.recognition.spoken_dates import is_without_year, month_days, read_spoken
from addin.core.recognition.time_columns import TERM, strand_of
from addin.core.recognition.vocabulary import header_key
from addin.core.recognition.work import Work, order_question, person_of_row
from addin.core.tables.values import is_number, show

INTERVIEWS = {1: "First", 2: "Second", 3: "Third"}


def hour_rows(part: Part, grid: Grid, work: Work, report: SheetReading) -> None:
    """The entries of a matrix of hours or interviews, and its students; totals are checked against the entries."""
    seen: dict[int, int] = {}
    agreed: list[bool] = []
    for row in part.region.rows:
        person = person_of_row(part, grid, row, work, report, seen)
        if person is None:
            continue
        report.rows += 1
        strand = _strand_of_row(part, grid, row, work)
        total, numbers = 0.0, 0.0
        by_strand: dict[str, float] = {}
        for number, role in part.roles.items():
            raw = part.region.value(grid, row, number)
            if filled(raw) and role.kind in ("month", "week", "term", "strand"):
                if strand and not role.strand:
                    role = records.replace(role, strand=strand)
                hours = _hours_cell(part, grid, row, number, role, raw, person, work)
                total += hours
                by_strand[role.strand] = by_strand.get(role.strand, 0.0) + hours
                numbers += hours if is_number(raw) else 0
            elif filled(raw) and role.kind == "interview":
                _interview_cell(part, grid, row, number, role, raw, person, work)
        _interview_notes(part, grid, row, person, work)
        agreed += _totals(part, grid, row, (total, numbers), by_strand, work)
    if agreed:
        report.remarks.append(
            phrase(
                "the hours agree with the sheet's own total in {number} of {rows} rows",
                number=sum(agreed),
                rows=len(agreed),
            )
        )


def _strand_of_row(part: Part, grid: Grid, row: int, work: Work) -> str:
    """The strand that is beside the hours of a row."""
    number = next((n for n, role in part.roles.items() if role.kind == "strand of row"), 0)
    strand = strand_of(part.region.value(grid, row, number)) if number else ""
    if strand:
        work.placed.add((grid.sheet, row, number))
    return strand


def _totals(
    part: Part, grid: Grid, row: int, sums: tuple[float, float], by_strand: Mapping[str, float], work: Work
) -> list[bool]:
    """Whether the row's own totals agree with its hours; a sheet's SUM leaves out what is text, such as 3h."""
    agreed = []
    for number, role in part.roles.items():
        stated = grid.value(row, number)
        if role.kind == "total" and isinstance(stated, int | float):
            strand = strand_of(part.region.headers[number]) if len(by_strand) > 1 else ""
            expected = (by_strand.get(strand, 0.0),) if strand else sums
            agreed.append(any(abs(stated - one) <= 0.01 for one in expected))
            if not agreed[-1]:
                work.list(
                    grid.sheet,
                    row,
                    number,
                    stated,
                    phrase("the hours of this row add up to {hours}", hours=in_digits(expected[0])),
                )
    return agreed


def _hours_cell(
    part: Part, grid: Grid, row: int, number: int, role: Role, raw: Value, person: Person, work: Work
) -> float:
    amount = read_hours(raw)
    if amount is None:
        work.list(
            grid.sheet,
            row,
            number,
            raw,
            phrase("{header}: not a number of hours", header=part.region.headers[number]),
        )
        return 0.0
    work.placed.add((grid.sheet, row, number))
    if amount.number == 0:
        return 0.0
    values, what = _when(part, number, role, work)
    values |= {"kind": "Hours", "hours": amount.number, "strand": role.strand or None, "status": "Submitted"}
    if amount.about:
        values["notes"] = show(raw)
        work.list(grid.sheet, row, number, raw, phrase("taken as the number in it"), placed=True)
    made = Made("cas", values, (grid.sheet, row, number), person=person.number, identity=("hours", what))
    work.made.append(made)
    return float(amount.number)


def _when(part: Part, number: int, role: Role, work: Work) -> tuple[dict[str, Value], str]:
    """The dates and the title of an entry, and what tells it from the student's others."""
    strand = f" {role.strand}" if role.strand else ""
    if role.kind == "week":
        year = part.context.school_year or _year(work)
        week = phrase("week {number}", number=role.number)
        if year:
            week = phrase("week {number} of {year}", number=role.number, year=f"{year}-{(year + 1) % 100:02}")
        return {"title": _title(week, role)}, f"{year}-w{role.number:02}{strand}"
    if role.kind == "term":
        when = " ".join(part.region.headers[number].split())
        return {"title": _title(when, role)}, f"{when.casefold()}{strand}"
    if role.kind == "strand":
        header = part.region.headers[number]
        title = phrase("{strand} hours", strand=phrase(role.strand))
        if term := TERM.fullmatch(header_key(header)):
            title = _title(" ".join(header.split())[: len(term[1])], role)
        return {"title": title}, f"{part.region.groups.get(number, '')} {header}".strip().casefold()
    if role.day:
        return {"title": _title(role.day.isoformat(), role), "start": role.day, "end": role.day}, (
            f"{role.day.isoformat()}{strand}"
        )
    begins = first_month([other.month for other in part.roles.values() if other.kind == "month"])
    year = role.year or month_year(role.month, part.context.school_year or _year(work) or 0, begins)
    if year < 1900:
        return {"title": _title(phrase(MONTHS[role.month - 1]), role)}, f"m{role.month:02}{strand}"
    start, end = month_days(year, role.month)
    month = phrase("{month} {year}", month=phrase(MONTHS[role.month - 1]), year=year)
    return {"title": _title(month, role), "start": start, "end": end}, f"{year}-{role.month:02}{strand}"


def _title(when: str, role: Role) -> str:
    """`CAS hours, September 2026 Service`."""
    title = phrase("CAS hours, {when}", when=when)
    return joined(" ", [title, phrase(role.strand)]) if role.strand else title


def _year(work: Work) -> int:
    answer = work.need("school year")
    return int(answer[:4]) if answer[:4].isdigit() else 0


def _interview_cell(
    part: Part, grid: Grid, row: int, number: int, role: Role, raw: Value, person: Person, work: Work
) -> None:
    which = INTERVIEWS[role.number]
    said = read_spoken(raw, {**work.cells.orders, **work.order(grid.sheet, number)})
    if said is None and no_mark(raw):
        work.placed.add((grid.sheet, row, number))
        return
    values: dict[str, Value] = {
        "kind": "Interview",
        "title": phrase("{which} interview", which=phrase(which)),
        "interview": which,
    }
    if said and said.start:
        planned = bool(said.remark) or said.start > work.today
        values |= {"start": said.start, "status": "Draft" if planned else "Complete"}
        if planned:
            values["notes"] = show(raw)
    elif taken_mark(raw):
        values["status"] = "Submitted"
    elif said:
        values |= {"status": "Submitted", "notes": show(raw)}
        why = phrase("day or month first?") if said.precision == "two" else phrase("no exact day; kept in Notes")
        if said.precision == "two":
            work.need(order_question(show(raw)), show(raw))
        work.list(
            grid.sheet, row, number, raw, phrase("{which} interview: {why}", which=phrase(which), why=why), placed=True
        )
    elif is_without_year(show(raw)):
        values |= {"status": "Submitted", "notes": show(raw)}
        work.list(
            grid.sheet,
            row,
            number,
            raw,
            phrase("{which} interview: the year is missing; kept in Notes", which=phrase(which)),
            placed=True,
        )
    else:
        work.list(
            grid.sheet, row, number, raw, phrase("{which} interview: neither a date nor yes or no", which=phrase(which))
        )
        return
    work.placed.add((grid.sheet, row, number))
    if any(_is_same(one, values, person) for one in work.made):
        return  # another sheet has it, too
    made = Made("cas", values, (grid.sheet, row, number), person=person.number, identity=("interview", which))
    work.made.append(made)


def _is_same(made: Made, values: Mapping[str, Value], person: Person) -> bool:
    """Whether an entry is the interview of this student that these values tell of."""
    same = made.person == person.number and made.tracker == "cas"
    return same and all(made.values.get(name) == values.get(name) for name in ("interview", "start", "status"))


def _interview_notes(part: Part, grid: Grid, row: int, person: Person, work: Work) -> None:
    """What was said in an interview goes to its entry; without one it is listed."""
    for number, role in part.roles.items():
        raw = part.region.value(grid, row, number)
        if role.kind != "interview note" or not filled(raw):
            continue
        which = INTERVIEWS[role.number]
        of_row = [one for one in work.made if one.origin[:2] == (grid.sheet, row) and one.person == person.number]
        entry = next((one for one in of_row if one.values.get("interview") == which), None)
        if entry is None:
            why = phrase("{which} interview: a note, but no day", which=phrase(which))
            work.list(grid.sheet, row, number, raw, why)
            continue
        entry.values["notes"] = "; ".join(filter(None, (show(entry.values.get("notes")), show(raw))))
        work.placed.add((grid.sheet, row, number))
