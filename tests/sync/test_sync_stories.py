"""A fixed sample of the stories of scripts/soak_stories.py: twelve promises hold after every sync.

What the checker found in the engine of 2026-11-29, before rows were recognised by what they hold: of 100 stories (seed
1, in memory) not one came to its end. With a teacher's own column called `reviewed`, all broke at the first sync (its
values were mixed with those of the tracker's column of this internal name). With another name for it: 46 stopped for
good or said one sort in many sentences, 19 undone otherwise than before, 15 changed the order of rows, 13 lost or
doubled rows, 2 lost private values, 1 lost a value of a conflict. The counts of the runs since are in soak_stories.txt.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from google_school import TypedByFormat, google_school
from story_books import Formula, with_formulas
from story_promises import FOREIGN, SHEET
from story_templates import TemplateBooks
from sync_people import trackers_read_once
from sync_stories import FileBooks, MemoryBooks, SheetBooks, Story, stories

from addin.core.book import Edits, Grid

__all__ = ("trackers_read_once",)  # a fixture of every test here


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("name", "random", "plan"), [(*one,) for one in stories(7, 8)], ids=lambda one: str(one)[:8])
def test_in_memory(tmp_path: Path, name: str, random: object, plan: str) -> None:
    Story(MemoryBooks(tmp_path), random, plan).play()  # type: ignore[arg-type]


@pytest.mark.timeout(120)
def test_two_workbooks_on_disk(tmp_path: Path) -> None:
    ((_, random, _),) = stories(8, 1)
    Story(FileBooks(tmp_path), random, "one", rows=5).play(chapters=2)


@pytest.mark.timeout(120)
def test_a_workbook_of_ours_that_another_program_saves(tmp_path: Path) -> None:
    ((_, random, _),) = stories(601, 1)
    Story(TemplateBooks(tmp_path), random, "one", rows=4).play(chapters=1, most=3)


@pytest.mark.timeout(120)
def test_a_workbook_and_a_sheet_at_the_emulator(tmp_path: Path) -> None:
    ((_, random, _),) = stories(9, 1)
    with google_school(tmp_path) as school:
        story = Story(SheetBooks(tmp_path, school), random, "one", rows=5)
        story.play(chapters=2)
        books = story.books
        seen = TypedByFormat(books.open(f"gsheet:{books.keys['a']}")).read([SHEET, FOREIGN])
        for sheet, grid in seen.items():  # the checker's own reading is as the program's
            assert snapshot_of(books.lines("a", sheet)) == snapshot_of(with_formulas(grid))


def snapshot_of(lines: list[list[Any]]) -> list[list[tuple[type, Any]]]:
    return [[(type(value), value) for value in line] for line in lines]


@pytest.mark.parametrize("books", [FileBooks, TemplateBooks])
def test_the_checkers_programs_never_save_the_bytes_of_before(tmp_path: Path, books: type[FileBooks]) -> None:
    """Else an edit taken back within a second would look like an older copy of the file, which is a safety stop."""
    story = Story(books(tmp_path), Random(1), "one", rows=2)
    head, *lines = story.lines("left")
    path = story.books.books["left"]
    saved = set()
    for _ in range(2):
        story.put("left", head, lines)
        saved.add(path.read_bytes())
    assert len(saved) == 2


def test_the_checker_sees_an_hour_that_a_format_hides(tmp_path: Path) -> None:
    moment = datetime(2027, 3, 24, 10, 30)
    with google_school(tmp_path) as school:
        school.fresh(Log=[["Begun"]])
        book = school.book()
        book.apply(Edits({("Log", 2, 1): date(2027, 3, 24)}))
        book.apply(Edits({("Log", 2, 1): moment}))
        assert TypedByFormat(school.book()).read(["Log"])["Log"].value(2, 1) == moment


def test_the_checker_sees_a_formula_that_is_calculated_only_when_the_file_is_opened() -> None:
    grid = Grid("Log", [["Note", None], [None, 1]], {(2, 1): '"m1.7"&""'})
    line = with_formulas(grid)[1]
    assert (type(line[0]), line[0]) == (Formula, "m1.7")


def test_the_checker_reads_a_book_again_as_soon_as_anything_in_it_differs(tmp_path: Path) -> None:
    with google_school(tmp_path) as school:
        story = Story(SheetBooks(tmp_path, school), Random(1), "one", rows=2)
        for name, target in (("left", story.books.target), ("a", f"gsheet:{story.books.keys['a']}")):
            lines = story.lines(name)
            lines[1][0] = "mine"
            assert story.lines(name)[1][0] != "mine"  # what is given is the asker's own
            story.books.open(target).apply(Edits({(SHEET, 2, 1): "new"}))
            assert story.lines(name)[1][0] == "new"
