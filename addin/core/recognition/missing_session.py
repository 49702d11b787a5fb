"""The exam session of a list that has no column for it and is adopted as it stands: a title above it may say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from addin.core.book import Grid, Value
from addin.core.language import phrase
from addin.core.recognition.adoption import layout_settings
from addin.core.recognition.cohorts import in_words, session_for, years_behind
from addin.core.recognition.reading import Question, SheetReading
from addin.core.recognition.recognise import Added, Understood
from addin.core.recognition.survey import Surveyed
from addin.core.recognition.work import Work
from addin.core.tables.data_rows import data_rows
from addin.core.tables.layout import find, header_line, plain
from addin.core.trackers import ID_HEADER, Column, Tracker

COLUMN = "session"


def add_sessions(
    surveyed: Mapping[str, Surveyed], grids: Mapping[str, Grid], work: Work, reports: Mapping[str, SheetReading]
) -> list[Question]:
    """Give each list the column Session that its title, or an answer, fills in; the questions about it, one for each
    session that titles say."""
    asked: dict[str, list[str]] = {}
    for name, found, column in _without_session(grids, work.trackers, reports):
        said = _said(surveyed[name], found)
        answer = work.answers.get(question_of(said) if said else COLUMN, "")
        groups = {} if said else _groups(grids[name], found, work.trackers[found.tracker])
        behind = years_behind(groups.values())
        work.behind.update(behind)
        if said:
            asked.setdefault(said, []).append(name)
        if answer in ("", "leave"):
            continue
        of_rows = {row: session_for(group, answer, behind) or None for row, group in groups.items()} if behind else {}
        reports[name].understood = found.with_added(Added(column.name, column.header, answer, of_rows))
        told = phrase("a new column {header} holds {answer} in each row", header=column.header, answer=answer)
        if behind:
            sessions = in_words(answer, behind)
            told = phrase("a new column {header} holds {sessions}", header=column.header, sessions=sessions)
        reports[name].remarks.append(told)
    return [_question(said, sheets) for said, sheets in asked.items() if question_of(said) not in work.answers]


def _groups(grid: Grid, found: Understood, tracker: Tracker) -> dict[int, Value]:
    """The class in each row of a list."""
    number = next((match.number for match in found.matches if match.column == "year_group"), 0)
    layout = find(grid, tracker, layout_settings(found)) if number else None
    return {row: grid.value(row, number) for row in data_rows(grid, layout)} if layout else {}


def without_session(
    surveyed: Mapping[str, Surveyed], grids: Mapping[str, Grid], work: Work, reports: Mapping[str, SheetReading]
) -> list[int]:
    """How many rows each list has that says nowhere of which session it is, while nobody has been asked."""
    lists = _without_session(grids, work.trackers, reports) if COLUMN not in work.answers else ()
    return [
        sum(any(cell is not None for cell in line) for line in grids[name].values[found.header_row :])
        for name, found, column in lists
        if all(one.column != column.name for one in found.added) and not _said(surveyed[name], found)
    ]


def question_of(said: str) -> str:
    """The name of the question whether a list is of the session that its title says."""
    return f"session {said}"


def only_session(questions: Sequence[Question]) -> str:
    """The session that the titles of all lists say; "" where they differ or say none."""
    said = {one.default for one in questions}
    return said.pop() if len(said) == 1 else ""


def _without_session(
    grids: Mapping[str, Grid], trackers: Mapping[str, Tracker], reports: Mapping[str, SheetReading]
) -> Iterator[tuple[str, Understood, Column]]:
    for name, report in reports.items():
        found = report.understood
        column = trackers[found.tracker].columns.get(COLUMN) if found else None
        if report.way != "place" or found is None or column is None or column.header not in found.missing:
            continue
        headers = set(map(plain, header_line(grids[name], found.header_row)))
        if not headers & {plain(column.header), plain(ID_HEADER)}:
            yield name, found, column


def _said(one: Surveyed, found: Understood) -> str:
    """The session that the words around a list say; "" where its tables say two."""
    said = {part.context.session for part in one.parts if part.region.header_row == found.header_row}
    return said.pop() if len(said) == 1 else ""


def _question(said: str, sheets: Sequence[str]) -> Question:
    text = phrase(
        "{sheets}: no column for the exam session; the title says {month}. Enter {said}?",
        sheets=", ".join(sheets),
        month=_month(said),
        said=said,
    )
    return Question(question_of(said), text, [(said, _month(said)), ("leave", phrase("leave it out"))], said)


def _month(session: str) -> str:
    """`May 2027` for M27."""
    year = 2000 + int(session[1:])
    return phrase("May {year}", year=year) if session.startswith("M") else phrase("November {year}", year=year)
