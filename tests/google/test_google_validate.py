"""A whole Validate of a Google spreadsheet with twelve trackers, counted at the service; the next changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from google_school import School, google_school

from addin.actions.validate import Validated, validate_book
from addin.core.checks.marks import FILLS
from addin.core.names import NOTE_START

TODAY = date(2026, 11, 1)
TRACKER = """
title = "{name}"
sheet = "{name}"
key = ["entry"]
[columns.entry]
required = true
[columns.start]
type = "date"
required = true
"""
ROWS = [["IBT id", "Entry", "Start"], ["b2c3d4", "E1", 46000], ["c2c3d4", "E2", "31/02/2026"]]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with google_school(tmp_path_factory.mktemp("key")) as school:
        yield school


@pytest.fixture
def school(service: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> School:
    (tmp_path / "trackers").mkdir()
    names = [f"Own{number}" for number in range(12)]
    for name in names:
        path = tmp_path / "trackers" / f"{name.lower()}.toml"
        path.write_text(TRACKER.format(name=name), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return service.fresh(**dict.fromkeys(names, ROWS))


def validate(school: School) -> Validated:
    return validate_book(school.book(), f"gsheet:{school.key}", today=TODAY)


def test_one_read_when_nothing_has_to_be_written_and_three_calls_otherwise(school: School) -> None:
    first = validate(school)
    assert (len(first.rows), first.count("error")) == (12, 12)
    assert school.counted() == (2, 1)
    version = school.google.service.books[school.key].version
    again = validate(school)
    assert again.count("error") == 12
    assert school.counted() == (1, 0)
    assert school.google.service.books[school.key].version == version


def test_the_wrong_cells_are_marked_and_when_mended_they_are_clean_again(school: School) -> None:
    validate(school)
    cell = ("Own3", 3, 3)
    look = school.book().looks([cell])[cell]
    assert look.fill == FILLS["error"]
    assert look.note
    assert look.note.startswith(NOTE_START)
    assert school.teacher.cells(school.key, "Findings!A1:C2")[0] == ["Level", "Sheet", "Cell"]
    assert len(school.teacher.cells(school.key, "Findings!A2:A99")) == 12
    school.teacher.set_cell(school.key, "Own3!C3", "2026-02-28")
    school.counted()
    assert validate(school).count("error") == 11
    assert school.counted() == (2, 1)
    clean = school.book().looks([cell])[cell]
    assert (clean.fill, clean.note) == ("", None)


def test_a_new_row_gets_its_id_in_the_same_write(school: School) -> None:
    validate(school)
    school.teacher.set_cell(school.key, "Own7!B4", "E3")
    school.teacher.set_cell(school.key, "Own7!C4", "2026-02-28")
    school.counted()
    validate(school)
    assert school.counted() == (2, 1)
    assert len(school.teacher.cells(school.key, "Own7!A4")[0][0]) == 6
