"""A note in a column of one's own beside a row that is blank otherwise: it is nobody else's, and nobody deletes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sync_people import Files

LINK = 'name="all"\ntarget="Team.xlsx"\ntracker="log"'
THEIRS = "Team.xlsx"


@pytest.fixture
def people(tmp_path: Path) -> Files:
    """A workbook and a team's workbook in step, the team's with a column of its own."""
    made = Files(tmp_path / "school", [LINK], [THEIRS])
    made.sync()
    made.add_column(THEIRS)
    made.sync()
    return made


def notes(people: Files) -> list[object]:
    head, *lines = people.lines(THEIRS)
    return [line[len(head) - 1] for line in lines]


def comes_to_rest(people: Files) -> None:
    people.sync()
    again = people.sync()
    assert (again.written, again.stopped) == (False, {})


def test_a_note_on_a_blank_line_makes_no_row_in_the_workbook(people: Files) -> None:
    head, *lines = people.lines(THEIRS)
    people.put(THEIRS, [head, [None] * (len(head) - 1) + ["ask Kim"], *lines])
    rows = people.lines("left")
    comes_to_rest(people)
    assert notes(people)[0] == "ask Kim"
    assert people.lines("left") == rows


def test_a_note_outlives_the_row_beside_it(people: Files) -> None:
    head, *lines = people.lines(THEIRS)
    mark = head.index("IBT id")
    lines[1] = [value if column in (mark, len(head) - 1) else None for column, value in enumerate(lines[1])]
    people.put(THEIRS, [head, *lines])
    before = notes(people)
    assert before[1] is not None
    comes_to_rest(people)
    comes_to_rest(people)
    assert notes(people) == before
