"""Columns that a list lacks, where it is adopted as it stands: the codes of students, what the answers say of all rows,
and whether an item of an inventory is one copy or several."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.adoption import layout_settings
from addin.core.recognition.naming import category_of, free_codes
from addin.core.recognition.pd_programmes import for_the_rest, programmes_of_book, programmes_said, titles_of
from addin.core.recognition.reading import SheetReading
from addin.core.recognition.recognise import Added, Understood, below_all
from addin.core.recognition.work import Work
from addin.core.tables.data_rows import data_rows
from addin.core.tables.dates import FIRST_YEAR
from addin.core.tables.layout import find, header_line, plain
from addin.core.trackers import ID_HEADER, Tracker


def add_codes(grids: Mapping[str, Grid], work: Work, reports: Mapping[str, SheetReading]) -> None:
    """Give each list of students without codes the column Code, where that is wanted; what is not answered is asked."""
    taken = {person.code for person in work.people.all}
    for report, found in _in_place(reports, "candidates"):
        tracker = work.trackers[found.tracker]
        rows = _rows_without(grids[report.sheet], found, tracker, "code")
        if not rows:
            continue
        work.without_code += len(rows)
        if work.need("codes") == "make":
            codes = [*free_codes(len(rows), taken)]
            taken.update(codes)
            _add(report, found, tracker, "code", dict(zip(rows, codes, strict=True)))
            report.remarks.append(
                phrase(
                    "a new column {header} holds a code for each student: {first} to {last}",
                    header=phrase(tracker.columns["code"].header),
                    first=codes[0],
                    last=codes[-1],
                )
            )


def add_answers(grids: Mapping[str, Grid], work: Work, reports: Mapping[str, SheetReading]) -> None:
    """Give lists of students the category, and lists of workshops the programme, the role and the status, that the
    answers say."""
    said: dict[str, dict[str, Callable[[], Value]]] = {
        "candidates": {"category": lambda: category_of(work)},
        "pd": {"role": lambda: work.need("role")},
    }
    book = programmes_of_book(work, reports)
    for name, columns in said.items():
        for report, found in _in_place(reports, name):
            grid, tracker = grids[report.sheet], work.trackers[name]
            if name == "pd":
                found = _add_programmes(report, found, grid, work, book)
            for column, answer in columns.items():
                rows = _rows_without(grid, found, tracker, column)
                if rows and (value := answer()):
                    found = _add(report, found, tracker, column, dict.fromkeys(rows, value))
                    _remark(report, tracker, column, [str(value)])
            if name == "pd":
                _add_status(report, found, grid, work)


def _add_programmes(
    report: SheetReading, found: Understood, grid: Grid, work: Work, book: Collection[str]
) -> Understood:
    """The programme that each workshop's role or title names, and where these name none, the one around them."""
    tracker = work.trackers["pd"]
    rows = _rows_without(grid, found, tracker, "programme")
    numbers = [match.number for match in found.matches if match.column in ("role", "workshop")]
    of_rows: dict[int, Value] = {**programmes_said(grid, numbers, rows)}
    texts = titles_of(grid, found.header_row)
    without = [row for row in rows if row not in of_rows]
    if without and (rest := for_the_rest(texts, set(map(str, of_rows.values())), book, work)):
        of_rows |= dict.fromkeys(without, rest)
    if not of_rows:
        return found
    _remark(report, tracker, "programme", sorted(set(map(str, of_rows.values()))))
    return _add(report, found, tracker, "programme", of_rows)


def _add_status(report: SheetReading, found: Understood, grid: Grid, work: Work) -> None:
    """Workshops that are over were attended, where that is the answer; of the others nothing is known."""
    tracker = work.trackers["pd"]
    number = next((match.number for match in found.matches if match.column == "start"), 0)
    days = {
        row: work.cells.read(tracker.columns["start"], grid.value(row, number), work.order(grid.sheet, number)).value
        for row in (_rows_without(grid, found, tracker, "status") if number else [])
    }
    over = [row for row, day in days.items() if isinstance(day, date) and day <= work.today]
    answers = [work.need("past workshops") for _ in over]
    if over and answers[0] == "attended":
        _add(report, found, tracker, "status", dict.fromkeys(over, "Attended"))
        _remark(report, tracker, "status", ["Attended"])


def add_counts(grids: Mapping[str, Grid], trackers: Mapping[str, Tracker], reports: Mapping[str, SheetReading]) -> None:
    """Give each inventory the columns that say how its items are counted: one copy, or so many of a kind."""
    for report, found in _in_place(reports, "inventory"):
        grid, tracker = grids[report.sheet], trackers[found.tracker]
        number = next((match.number for match in found.matches if match.column == "quantity"), 0)
        if not number and _may_count(grid, found):
            continue  # which of their numbers says how many, a person must say
        rows = _rows_without(grid, found, tracker, "counted_by")
        counted = {row: kept_by(grid.value(row, number) if number else 1) for row in rows}
        if rows:
            found = _add(report, found, tracker, "counted_by", counted)
            _remark(report, tracker, "counted_by", sorted(set(counted.values())))
        if rows := _rows_without(grid, found, tracker, "quantity"):
            _add(report, found, tracker, "quantity", dict.fromkeys(rows, 1))
            _remark(report, tracker, "quantity", ["1"])


def _may_count(grid: Grid, found: Understood) -> bool:
    """Whether a column that nobody knows holds whole numbers above 1, as `how many` does."""
    for one in found.unknown:
        cells = below_all(grid, found.header_row, one.number)
        counts = [cell for cell in cells if type(cell) is int and cell < FIRST_YEAR]
        if cells and len(counts) == len(cells) and max(counts) > 1 and counts != [*range(1, len(counts) + 1)]:
            return True
    return False


def _remark(report: SheetReading, tracker: Tracker, column: str, values: Sequence[str]) -> None:
    report.remarks.append(
        phrase(
            "a new column {header} says {values}",
            header=phrase(tracker.columns[column].header),
            values=" / ".join(map(phrase, values)),
        )
    )


def kept_by(quantity: Value) -> str:
    """How an item is kept in an inventory: one copy, or a number of the same kind."""
    return "Copy" if quantity in (None, 1, "1") else "Quantity"


def _in_place(reports: Mapping[str, SheetReading], tracker: str) -> list[tuple[SheetReading, Understood]]:
    """The sheets that are adopted as they stand for a tracker."""
    return [
        (report, report.understood)
        for report in reports.values()
        if report.way == "place" and report.understood and report.understood.tracker == tracker
    ]


def _rows_without(grid: Grid, found: Understood, tracker: Tracker, column: str) -> list[int]:
    """The rows of a list that lacks a column and has never been adopted before."""
    header = tracker.columns[column].header
    if header not in found.missing or {plain(header), plain(ID_HEADER)} & set(
        map(plain, header_line(grid, found.header_row))
    ):
        return []
    layout = find(grid, tracker, layout_settings(found))
    return data_rows(grid, layout) if layout else []


def _add(
    report: SheetReading, found: Understood, tracker: Tracker, column: str, of_rows: Mapping[int, Value]
) -> Understood:
    report.understood = found.with_added(Added(column, tracker.columns[column].header, of_rows=of_rows))
    return report.understood
