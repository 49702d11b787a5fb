"""Every write of ours can be taken back: byte for byte where nobody edited since, else exactly what we wrote."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from xlsx_books import build

from addin.actions.undo import undo
from addin.actions.validate import validate
from addin.backends.backup import backups_of
from addin.backends.memory import MemoryBook
from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import CellError, Edits, Look, OwnSheet, Value
from addin.errors import Problem
from addin.workspace.commit import commit_book
from addin.workspace.journal import entries, read_entry

ROWS: list[list[Value]] = [["Code", "Name", "Hours", "IBT id"]] + [  # type: ignore[assignment]
    [f"{n:06}", f"Name {n}", n, f"id{n:04}"] for n in range(1, 9)
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "School.xlsx"
    build(path, {"Data": ROWS, "Mine": [["a"], [1]]}, {})
    return path


def write(path: Path, edits: Edits, *, verb: str = "fix", **files: str) -> bool:
    book = XlsxBook.open(path)
    grids = book.read(book.sheets())
    return commit_book(book, str(path), grids, edits, verb=verb, files=files or None)


def cells(path: Path, sheet: str = "Data") -> list[list[Value]]:
    return XlsxBook.open(path).read([sheet])[sheet].values


EDITS = [
    Edits(cells={("Data", 3, 2): "Fixed", ("Data", 4, 3): None}),
    Edits(rows={"Data": [{1: "000042", 2: "New", 4: "idnew1"}, {1: "000043", 2: "New", 4: "idnew2"}]}),
    Edits(drops={"Data": [3, 5]}),
    Edits(
        looks={("Data", 2, 2): Look("F8CBAD", "IB Trackers: x")}, sheets={"Findings": OwnSheet([["Level"], ["error"]])}
    ),
]


@pytest.mark.parametrize("edits", EDITS, ids=["cells", "rows", "drops", "marks"])
def test_a_write_is_taken_back_byte_for_byte(book: Path, edits: Edits) -> None:
    before = book.read_bytes()
    assert write(book, edits)
    assert book.read_bytes() != before
    done = undo(str(book))
    assert (done.verb, done.whole, list(done.changed_since)) == ("fix", True, [])
    assert book.read_bytes() == before
    with pytest.raises(Problem, match="Nothing to undo"):
        undo(str(book))


def test_writes_are_taken_back_one_after_the_other(book: Path) -> None:
    states = [book.read_bytes()]
    for edits in EDITS:
        write(book, edits)
        states.append(book.read_bytes())
    for state in reversed(states[:-1]):
        assert undo(str(book)).whole
        assert book.read_bytes() == state


def person(path: Path, edits: Edits) -> None:
    """An edit that is not ours: no journal knows of it."""
    XlsxBook.open(path).apply(edits)


def test_after_an_edit_of_the_person_only_ours_goes(book: Path) -> None:
    write(book, Edits(cells={("Data", 3, 2): "Fixed", ("Data", 4, 3): 99}))
    person(book, Edits(cells={("Data", 3, 3): "mine", ("Data", 4, 3): 7}))
    done = undo(str(book))
    assert (done.whole, done.count, list(done.changed_since)) == (False, 1, ["Data!C4"])
    assert cells(book)[2] == ["000002", "Name 2", "mine", "id0002"]
    assert cells(book)[3][2] == 7


def test_a_row_that_moved_is_found_by_its_id(book: Path) -> None:
    write(book, Edits(cells={("Data", 5, 2): "Fixed"}))
    person(book, Edits(drops={"Data": [2, 3]}))
    assert undo(str(book)).count == 1
    assert [row[1] for row in cells(book)[1:] if row] == [f"Name {n}" for n in range(3, 9)]


def test_a_row_of_ours_that_the_person_has_added_to_stays(book: Path) -> None:
    write(book, Edits(rows={"Data": [{1: "000042", 2: "New"}, {1: "000043", 2: "Other"}]}))
    person(book, Edits(cells={("Data", 10, 3): 5}))
    done = undo(str(book))
    assert (done.count, list(done.changed_since)) == (1, ["Data: 000042, New"])
    assert cells(book)[-1] == ["000042", "New", 5]


def test_a_formula_is_never_overwritten_and_a_sheet_that_is_gone_is_named(book: Path) -> None:
    write(book, Edits(cells={("Data", 3, 3): 5, ("Mine", 2, 1): 2}))
    from openpyxl import load_workbook

    made = load_workbook(book)
    made["Data"]["C3"] = "=2+3"
    del made["Mine"]
    made.save(book)
    assert sorted(undo(str(book)).changed_since) == ["Data!C3", "Mine!A2"]


def test_a_settings_file_comes_back_with_its_write(book: Path) -> None:
    settings = book.with_name("ib-trackers.toml")
    write(book, Edits(cells={("Data", 2, 2): "x"}), verb="adopt", **{"ib-trackers.toml": "a\n"})
    assert settings.read_text() == "a\n"
    undo(str(book))
    assert not settings.exists()
    settings.write_text("mine\n")
    write(book, Edits(), verb="adopt", **{"ib-trackers.toml": "ours\n"})
    settings.write_text("edited since\n")
    assert list(undo(str(book)).changed_since) == ["ib-trackers.toml"]
    assert settings.read_text() == "edited since\n"


def test_a_dry_run_writes_nothing(book: Path) -> None:
    write(book, EDITS[0])
    state, kept = book.read_bytes(), len(backups_of(book))
    assert not undo(str(book), dry_run=True).written
    assert (book.read_bytes(), len(backups_of(book))) == (state, kept)


def test_what_changes_nothing_is_no_entry(book: Path) -> None:
    assert not write(book, Edits(cells={("Data", 2, 2): "Name 1"}))
    assert entries(book.parent, book.name) == []


def test_a_killed_write_leaves_nothing_that_undo_could_take_for_a_write(book: Path, monkeypatch: Any) -> None:
    before = book.read_bytes()
    monkeypatch.setattr("addin.workspace.commit._drop", lambda *given: None)
    monkeypatch.setattr("addin.backends.ooxml.saving.keep_backup", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(book, EDITS[0])
    assert len(entries(book.parent, book.name)) == 1
    assert undo(str(book)).whole
    assert book.read_bytes() == before


def test_an_entry_keeps_every_kind_of_value_and_a_damaged_one_is_passed_over(book: Path) -> None:
    from datetime import date, datetime, time, timedelta

    values: list[Value] = [
        1.5,
        True,
        "x'\"\n",
        date(2027, 3, 1),
        datetime(2027, 3, 1, 2, 3),
        time(8, 30),
        timedelta(hours=2),
        CellError("#N/A"),
        None,
    ]
    edits = Edits(cells={("Data", 2, n): value for n, value in enumerate(values, 10)})
    memory = MemoryBook({"Data": [list(row) for row in ROWS]})
    memory.folder = book.parent
    commit_book(memory, str(book), memory.read(["Data"]), edits, verb="fix")
    (entry,) = entries(book.parent, book.name)
    assert list(entry.cells.values()) == values
    assert [type(v) for v in entry.cells.values()] == [type(v) for v in values]
    path = book.parent / ".ib-trackers" / "journal" / f"{entry.number:06}.entry"
    assert path.stat().st_mode & 0o777 == 0o600
    text, chance = path.read_text(), random.Random(7)
    for _ in range(200):
        at = chance.randrange(len(text))
        path.write_text(
            text[:at] + chance.choice(["", "{", "9", "__import__('os')"]) + text[at + chance.randrange(9) :]
        )
        read_entry(book.parent, entry.number)  # None or an entry, never an exception


def test_an_entry_without_a_moment_is_no_entry(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, EDITS[0])
    (entry,) = entries(book.parent, book.name)
    path = book.parent / ".ib-trackers" / "journal" / f"{entry.number:06}.entry"
    path.write_text(path.read_text().replace(entry.at, "2026-11-30T22:-4:30"))
    assert read_entry(book.parent, entry.number) is None
    assert main(["undo", str(book), "--dry-run"]) == 2
    assert "Unexpected" not in capsys.readouterr().err


def test_validate_is_taken_back_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "S.xlsx"
    main(["new", str(path), "--sample", "--trackers", "candidates"])
    before = path.read_bytes()
    validate(str(path))
    capsys.readouterr()
    assert main(["undo", str(path)]) == 0
    assert "The workbook is exactly as before." in capsys.readouterr().out
    assert path.read_bytes() == before
    assert main(["undo", str(path)]) == 2
    assert "never synced" not in capsys.readouterr().err


def test_history_lists_every_write_of_ours(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", str(book)]) == 0
    assert "Nothing was changed yet." in capsys.readouterr().out
    write(book, EDITS[0])
    write(book, EDITS[1], verb="import")
    assert main(["history", str(book)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split(" · ")[1:] for line in said] == [["import", "2 new rows"], ["fix", "2 cells"]]


@pytest.mark.parametrize("edits", EDITS, ids=["cells", "rows", "drops", "marks"])
def test_a_write_to_an_open_workbook_is_taken_back_from_what_was_kept(tmp_path: Path, edits: Edits) -> None:
    from addin.actions.undo import undo_book

    held = MemoryBook({"Data": [list(row) for row in ROWS], "Mine": [["a"], [1]]})
    held.name, held.folder = "School.xlsx", tmp_path
    held.apply(Edits(sheets={"Findings": OwnSheet([["Level"], ["old"]])}))
    before = held.read(held.sheets())
    commit_book(held, "excel:", before, edits, verb="fix")
    assert held.read(held.sheets()) != before or edits.looks
    done = undo_book(held, "excel:")
    assert not done.changed_since
    now = held.read(held.sheets())
    assert {name: sorted(map(str, grid.values)) for name, grid in now.items()} == {
        name: sorted(map(str, grid.values)) for name, grid in before.items()
    }
    assert held.looks([("Data", 2, 2)]) == {("Data", 2, 2): Look()}
