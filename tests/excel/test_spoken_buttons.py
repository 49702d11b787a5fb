"""Buttons in a workbook of another language: no sentence of our own is left in English."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from english_left import english_in

from addin.actions.import_sheet import import_sheet_book
from addin.actions.links_sheet import HEADERS, new_lines, sheet_with_room
from addin.actions.new import new
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, Value
from addin.core.language import joined
from addin.core.names import IMPORT, IMPORT_HEADERS, LINKS
from addin.errors import Problem
from addin.excel.help_page import help_page
from addin.excel.nightly import nightly
from addin.schedule.schedulers import not_here
from addin.workspace.languages import language
from addin.workspace.spoken import conversation, said, spoken
from addin.workspace.workbook import opened

LANGUAGES = ["fr", "es", "de"]


@pytest.fixture(params=LANGUAGES)
def school(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    book = tmp_path / "2027.xlsx"
    new(str(book), language=request.param)
    return book, request.param


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_help_page_is_in_the_language(code: str) -> None:
    with conversation(asked=code):
        page = str(help_page(spoken))
    assert english_in(page, code, data=("rows=", "headers=")) == []


def test_the_sheet_for_sharing_is_in_the_language_and_known_again(school: tuple[Path, str]) -> None:
    book, code = school
    say = language(code).say
    with opened(str(book)) as workbook:
        own = sheet_with_room(workbook, {})
    assert own is not None and own.rows[0] == list(map(say, HEADERS))
    assert own.choices[HEADERS.index("Direction") + 1] == (say("Both ways"), say("From here only"), say("To here only"))
    own.rows[1][:5] = [say("Candidates"), "Ms Ito", None, "https://docs.google.com/spreadsheets/d/key/edit", None]
    before: list[Value] = list(HEADERS)  # as a workbook made before has them
    for headers in (own.rows[0], before):
        own.rows[0] = headers
        opened_book = XlsxBook.open(str(book))
        opened_book.apply(Edits(sheets={say(LINKS): own}))
        opened_book.close()
        with opened(str(book)) as workbook:
            assert [line.whose for line in new_lines(workbook)] == ["Ms Ito"]


def test_the_sheet_for_importing_is_in_the_language_and_its_yes_is_followed(school: tuple[Path, str]) -> None:
    book, code = school
    said_so, folder = language(code), book.parent / "lists"
    folder.mkdir()
    (folder / "students.csv").write_text("Code,Last name,First names\nC1,Ito,Aiko\n", "utf-8")
    opened_book = XlsxBook.open(str(book))
    assert import_sheet_book(opened_book, str(book), [folder]).sheet == said_so.say(IMPORT)
    opened_book.close()
    opened_book = XlsxBook.open(str(book))
    grid = opened_book.read([said_so.say(IMPORT)])[said_so.say(IMPORT)]
    assert list(grid.values[0]) == list(map(said_so.say, IMPORT_HEADERS))
    opened_book.apply(Edits(cells={(grid.sheet, 2, 4): said_so.yes}))
    opened_book.close()
    opened_book = XlsxBook.open(str(book))
    done = import_sheet_book(opened_book, str(book), [folder])
    opened_book.close()
    assert done.changes
    with conversation(str(book)):
        assert english_in(spoken(joined("\n", done.lines)), code, data=("students.csv", "students")) == []


def test_nightly_says_what_to_do_where_nothing_runs_jobs(tmp_path: Path) -> None:
    path = tmp_path / "School.xlsx"
    new(str(path))
    book: Any = SimpleNamespace(name=path.name, fullname=str(path))

    def missing(command: Any, given: str = "") -> subprocess.CompletedProcess[str]:
        raise not_here(command[0])

    with pytest.raises(Problem) as caught:
        nightly(book, scheduler="cron", do=missing)
    assert "--scheduler" not in str(caught.value) and "Press Validate" in str(caught.value)
    with conversation(asked="fr"):
        assert english_in(said(caught.value), "fr") == []
