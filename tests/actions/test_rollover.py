"""rollover: a new workbook and an archive; the old one is not touched, and nothing is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from addin.actions.rollover import _school_year
from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import Edits, Value
from addin.workspace.workbook import opened


def person(code: str, session: str, group: str) -> list[str]:
    return [
        "--code",
        code,
        "--last-name",
        f"Last{code}",
        "--first-names",
        "Ida",
        "--birth-date",
        "5 May 2009",
        "--session",
        session,
        "--subject",
        "Biology HL",
        "--adviser",
        group,
    ]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    path = tmp_path / "School M27.xlsx"
    assert main(["new", str(path), "--session", "M27"]) == 0
    for code, session in (("1", "M27"), ("2", "M28"), ("3", "M27")):
        assert main(["register", str(path), *person(code, session, "R. Field")]) in (0, 1)
    book = XlsxBook.open(path)
    book.apply(Edits(cells={("Candidates", 4, 60): "My own column", ("Candidates", 6, 60): "mine"}))
    book.close()
    return path


def column(path: Path, tracker: str, name: str) -> list[Value]:
    with opened(str(path)) as workbook:
        return [*workbook.tables[tracker].columns[name]]


def test_graduates_are_archived_and_all_else_goes_on(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = school.read_bytes()
    assert main(["rollover", str(school)]) == 0
    said = capsys.readouterr().out
    assert "Candidates: 3 rows, 1 kept, 2 archived." in said
    new = school.parent / "School M28" / "School M28.xlsx"
    assert column(new, "candidates", "code") == ["2"]
    assert set(column(new, "registrations", "candidate")) == {"2"}
    archive = XlsxBook.open(new.with_name("School archive M27.xlsx"))
    grids = archive.read(archive.sheets())
    assert [line[0] for line in grids["Candidates"].values[1:]] == ["1", "3"]
    assert {line[0] for line in grids["Registrations"].values[1:]} == {"1", "3"}
    with opened(str(new)) as workbook:
        assert workbook.settings.values["session"] == "M28"
        assert "mine" in [value for line in workbook.grids["Candidates"].values for value in line]
    assert school.read_bytes() == before
    assert new.stat().st_mode & 0o077 == 0


def test_nothing_is_overwritten_and_a_dry_run_writes_nothing(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rollover", str(school), "--dry-run"]) == 0
    assert not (school.parent / "School M28").exists()
    assert main(["rollover", str(school)]) == 0
    new = school.parent / "School M28" / "School M28.xlsx"
    held = new.read_bytes()
    assert main(["rollover", str(school)]) == 2
    assert "already exists" in capsys.readouterr().err
    assert new.read_bytes() == held


@pytest.mark.parametrize(
    ("more", "says"),
    [(["--session", "M26"], "is not a session after M27"), (["--session", "soon"], "is not a session after M27")],
)
def test_a_session_that_cannot_follow_is_one_sentence(
    school: Path, more: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollover", str(school), *more]) == 2
    assert says in capsys.readouterr().err


def test_a_pyp_workbook_goes_on_by_school_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It has no exam session, and Settings has no row for one: nothing asks for it."""
    path = tmp_path / "School.xlsx"
    assert main(["-q", "new", str(path), "--programme", "pyp", "--sample"]) == 0
    assert main(["rollover", str(path)]) == 0
    said = capsys.readouterr().out
    (new,) = [one for one in tmp_path.iterdir() if one.is_dir() and one.name.startswith("School 20")]
    year = new.name.removeprefix("School ")
    assert f"for {year};" in said and "session" not in said
    assert column(new / f"School {year}.xlsx", "pyp", "student") == []
    assert len(column(new / f"School {year}.xlsx", "staff", "name")) > 40


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 9, 30), 2026), (date(2026, 10, 1), 2027), (date(2027, 6, 30), 2027)]
)
def test_a_school_year_is_called_by_its_end(day: date, year: int) -> None:
    assert _school_year(day).year == year
