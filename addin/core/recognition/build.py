"""From what each sheet is to the rows that are made of it, with every cell accounted for. Pure: the same workbook and
the same answers give the same Reading."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from addin.core import records
from addin.core.book import Grid, Value
from addin.core.language import all_of, joined, phrase
from addin.core.recognition.cells import CellReader
from addin.core.recognition.date_orders import date_orders
from addin.core.recognition.formats import Crossed
from addin.core.recognition.grids import grid_rows
from addin.core.recognition.header_rows import filled
from addin.core.recognition.header_words import Words
from addin.core.recognition.hours import hour_rows
from addin.core.recognition.left_out import count_crossed, set_aside
from addin.core.recognition.level_rows import member_rows
from addin.core.recognition.lists import join_people, list_rows, of_strangers
from addin.core.recognition.matrix import matrix_rows, understood_columns
from addin.core.recognition.missing_columns import add_answers, add_codes, add_counts
from addin.core.recognition.missing_session import add_sessions, only_session, without_session
from addin.core.recognition.naming import give_codes, questions
from addin.core.recognition.parts import Part
from addin.core.recognition.pd_programmes import give_programmes
from addin.core.recognition.people import People, bare
from addin.core.recognition.predicted_rows import complete_predicted
from addin.core.recognition.reading import Answers, Reading, SheetReading
from addin.core.recognition.recognise import NotUnderstood, Understood
from addin.core.recognition.regions import Region
from addin.core.recognition.repeated import drop_repeated
from addin.core.recognition.roles import Role
from addin.core.recognition.said_in_title import add_said
from addin.core.recognition.subject_lists import subject_rows
from addin.core.recognition.survey import Surveyed
from addin.core.recognition.turning import turn_place, turned
from addin.core.recognition.work import Work
from addin.core.settings import Lists
from addin.core.text import first_of
from addin.core.trackers import Tracker

WHAT = {
    "grid": "subject grid",
    "subjects": "subjects by student",
    "members": "students by subject and level",
    "hours": "CAS hours",
    "matrix": "workshops by staff",
    "people": "facts about students",
}
LIST = "list"
BECOMES = "{mine} -> {ours}"


def build(
    surveyed: Mapping[str, Surveyed],
    grids: Mapping[str, Grid],
    words: Words,
    trackers: Mapping[str, Tracker],
    lists: Lists,
    answers: Answers,
    *,
    home: Sequence[Mapping[str, Value]],
    today: date,
    before: Sequence[Mapping[str, Value]] = (),
    crossed: Mapping[str, Crossed] | None = None,
    assumed: Answers | None = None,
) -> Reading:
    """The rows of a workbook. `home` are the students who are in a table of their own, by column of Candidates;
    `before` are those of the sheet that an earlier adoption made: they keep their codes. `crossed` is what is struck
    out on the sheets, and blank in `grids`. What is `assumed` fills in for answers that are missing."""
    across = {name for name, one in surveyed.items() if one.turned}
    grids = {name: turned(grid) if name in across else grid for name, grid in grids.items()}
    people = People()
    for facts in home:
        people.add(facts, home=True)
    rows = {
        name: records.replace(one, parts=list(one.parts))
        for name, one in surveyed.items()
        if one.way in ("rows", "people")
    }
    by_sheet, sure, together = date_orders(rows, grids, answers)
    work = Work(
        trackers,
        words,
        CellReader(lists, words.subjects, sure),
        answers,
        people,
        bool(home),
        today,
        assumed or {},
        _known(before),
        orders=by_sheet,
    )
    reports = {name: _report(one, grids[name]) for name, one in surveyed.items()}
    set_aside(rows, grids, crossed or {}, work, reports)
    # Grids and lists of students first: facts about people are joined to those who are known by then.
    passes = ("candidates", "grid", "subjects", "members", "hours", "matrix", "list", "people")
    for step in passes:
        for name, one in rows.items():
            for part in one.parts:
                if _step(part) == step:
                    _build_part(part, one, grids[name], work, reports[name])
    complete_predicted(work)
    drop_repeated(work)
    give_programmes(grids, work, reports)
    give_codes(work, reports)
    for name, one in rows.items():
        _account(one, grids[name], work, reports[name])
    count_crossed(crossed or {}, surveyed, reports, answers)
    _turn_back(work, across)
    for name, codes in work.padded.items():
        reports[name].remarks.append(
            phrase("codes without their zeros, joined as the names agree: {codes}", codes=_changed(codes))
        )
    for made in work.made:
        report = reports[made.origin[0]]
        report.made[made.tracker] = report.made.get(made.tracker, 0) + 1
    about_sessions = add_sessions(surveyed, grids, work, reports)
    for rows_ in without_session(surveyed, grids, work, reports):
        work.needs["session"] = work.needs.get("session", 0) + rows_
    add_codes(grids, work, reports)
    add_answers(grids, work, reports)
    add_counts(grids, trackers, reports)
    add_said(surveyed, grids, trackers, lists, reports)
    asked = questions(work, together, only_session(about_sessions))
    return Reading(
        list(reports.values()), work.made, work.listed, [*about_sessions, *asked], people, behind=work.behind
    )


def _changed(codes: Mapping[str, str]) -> str:
    return first_of([f"{short} is {whole}" for short, whole in codes.items()], 6)


def _turn_back(work: Work, across: Collection[str]) -> None:
    """Places on sheets that were read by columns, as they are on the sheet."""
    for made in work.made:
        if made.origin[0] in across:
            made.origin = turn_place(made.origin)
    work.listed = [
        records.replace(one, row=one.column, column=one.row) if one.sheet in across else one for one in work.listed
    ]


def _known(before: Sequence[Mapping[str, Value]]) -> People:
    known = People()
    for facts in before:
        known.add(facts)
    return known


def _step(part: Part) -> str:
    if part.shape == "list" and part.found and part.found.tracker == "candidates":
        return "candidates"
    return part.shape


_BUILDERS = {
    "grid": grid_rows,
    "subjects": subject_rows,
    "members": member_rows,
    "hours": hour_rows,
    "matrix": matrix_rows,
}


def _build_part(part: Part, one: Surveyed, grid: Grid, work: Work, report: SheetReading) -> None:
    if part.shape in _BUILDERS:
        _BUILDERS[part.shape](part, grid, work, report)
    elif part.shape == "list" and of_strangers(part, grid, work) and isinstance(one.found, Understood):
        report.way, report.understood = "place", one.found
    elif part.shape == "list":
        list_rows(part, grid, work, report)
    elif part.shape == "people" and not join_people(part, grid, work, report):
        if one.way == "people":
            report.way = "left"
        return
    if part.shape == "people" and one.way == "people":
        report.way = "joined"


def _report(one: Surveyed, grid: Grid) -> SheetReading:
    shapes = list(dict.fromkeys(part.shape for part in one.parts))
    report = SheetReading(one.sheet, one.way)
    report.what = all_of([phrase(WHAT.get(shape, LIST)) for shape in shapes])
    if isinstance(one.found, Understood) and one.way == "place":
        report.understood = one.found
    if isinstance(one.found, NotUnderstood):
        report.why = one.found.why
    return report


def _account(one: Surveyed, grid: Grid, work: Work, report: SheetReading) -> None:
    """Count the sheet's cells: placed, headings and totals, listed. What is left is listed now, so that it adds up."""
    if report.way not in ("rows", "joined"):
        return
    aside: set[tuple[int, int]] = set()
    left_rows = {aside.row for part in one.parts for aside in part.region.asides if aside.kind == "left"}
    for part in one.parts:
        aside |= _headings(part, grid)
    listed = {(item.row, item.column) for item in work.listed if item.sheet == grid.sheet and not item.placed}
    alone = {number for part in one.parts for number, role in part.roles.items() if _is_alone(part, role, work)}
    data = {row for part in one.parts for row in part.region.rows}
    cells = ((row, n, v) for row, line in enumerate(grid.values, 1) for n, v in enumerate(line, 1) if filled(v))
    for row, column, value in cells:
        report.read += 1
        if (grid.sheet, row, column) in work.placed:
            report.placed += 1
        elif row in left_rows:
            report.left += (row, column) not in listed
        elif (row, column) in aside:
            report.headings += 1
        elif (row, column) not in listed and row in data and column in alone:
            report.left += 1
        elif (row, column) not in listed:
            why = phrase("in a row that was not taken") if row in data else phrase("outside the tables")
            work.list(grid.sheet, row, column, value, why)
    for part in one.parts:
        _name_columns(part, grid, report, work)


def _is_alone(part: Part, role: Role, work: Work) -> bool:
    """Whether a column says nothing that a row could take: facts about students who are in a list of their own, or
    what a person wants left alone."""
    return role.kind == "left" or (work.home and part.shape != "list" and role.kind in ("own", "fact"))


def _name_columns(part: Part, grid: Grid, report: SheetReading, work: Work) -> None:
    """Which columns go along as they are, and which are left alone; the notes that were read."""
    notes = [aside for aside in part.region.asides if aside.kind == "note"]
    report.remarks += [
        phrase("row {row}, read and not imported: {text}", row=note.row, text=note.text) for note in notes
    ]
    people = part.shape != "list" or (part.found is not None and part.found.tracker == "candidates")
    taken = {match.number for match in part.found.matches} if part.found else set()
    if part.shape == "matrix":
        understood = understood_columns(part, grid, work)
        taken |= understood.keys()
        columns = work.trackers["pd"].columns
        pairs = [(part.region.headers[number], phrase(columns[name].header)) for number, name in understood.items()]
        if renamed := [phrase(BECOMES, mine=mine, ours=ours) for mine, ours in pairs if bare(mine) != bare(ours)]:
            report.remarks.append(joined(", ", renamed))
    for number, role in part.roles.items():
        if number in taken:
            continue
        if role.kind in ("total", "numbering", "left") or (role.kind == "own" and _is_alone(part, role, work)):
            report.alone.append(part.region.own_name(number))
        elif role.kind == "own" and people:
            report.kept.append(part.region.own_name(number))


def _headings(part: Part, grid: Grid) -> set[tuple[int, int]]:
    """The cells of a table that are headers, titles, totals, notes or a running number: evidence, no data."""
    region = part.region
    found = {(row, column) for row, column, _ in region.titles}
    found |= {(region.header_row, column) for column in range(region.columns[0], region.columns[-1] + 1)}
    above = range(region.top or region.header_row, region.header_row)
    found |= {(row, column) for row in above for column in range(region.columns[0], region.columns[-1] + 1)}
    for area in grid.merged:
        if area.top < region.header_row <= area.bottom and area.left == area.right:
            found.add((area.top, area.left))
    for aside in region.asides:
        found |= {(aside.row, column) for column in range(1, len(grid.values[aside.row - 1]) + 1)}
    alone = [number for number, role in part.roles.items() if role.kind in ("total", "numbering")]
    alone += [number for number in range(1, region.columns[-1]) if _counts_rows(region, grid, number)]
    found |= {(row, number) for row in region.rows for number in alone}
    return found


def _counts_rows(region: Region, grid: Grid, number: int) -> bool:
    """Whether a column without a header only numbers the rows."""
    cells = [grid.value(row, number) for row in region.rows] if number not in region.columns else []
    return len(cells) > 1 and cells == [*range(1, len(cells) + 1)]
