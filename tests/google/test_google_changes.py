"""Sheets in which nothing has changed are not read: one question to Drive, where the sign-in may see changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from google_school import School, google_school

from addin.actions.google_doctor import doctor
from addin.actions.link import link
from addin.actions.new import new
from addin.actions.sync import quiet
from addin.actions.sync.run import sync
from addin.backends.gsheets import GoogleBook
from addin.backends.open import open_book
from addin.backends.xlsx import XlsxBook
from addin.core.book import Book, Edits
from addin.core.names import STATE_FOLDER
from addin.google.changes import SEE_CHANGES, versions
from addin.google.client import CarefulClient
from addin.google.keys import CHANGES, Key, read_key
from addin.google.sign_in import SCOPES, scopes_of, session_of
from addin.schedule.watch import watch

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Shared:
    """A small workbook with CAS entries, and a teacher's sheet of them."""

    def __init__(self, folder: Path, service: School) -> None:
        self.book, self.service = folder / "School.xlsx", service
        found = read_key(service.google.key_file(folder))
        key = Key(found.kind, {**found.info, CHANGES: True}, found.path)
        assert scopes_of(key) == (*SCOPES, SEE_CHANGES)
        self.session = session_of(key)

    def client(self) -> CarefulClient:
        return CarefulClient(self.session.credentials, self.session)

    def open(self, target: str) -> Book:
        return GoogleBook.open(target, self.client()) if target.startswith("gsheet:") else open_book(target)


def place_of(header: str, path: Path) -> tuple[int, int]:
    """The row and the column, from 1, in which the header is on the sheet CAS."""
    grid = XlsxBook.open(path).read(["CAS"])["CAS"].values
    return next((row, line.index(header) + 1) for row, line in enumerate(grid, 1) if header in line)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """The shared sheet of a sign-in that may see changes; synced until there is nothing to do."""
    folder = tmp_path_factory.mktemp("changes")
    with google_school(folder) as service:
        service.fresh()
        shared = Shared(folder, service)
        new(str(shared.book), trackers=["cas"])
        row, title = place_of("Title", shared.book)
        _, entry = place_of("Entry", shared.book)
        cells = {("CAS", row + n, title): f"Title {n}" for n in range(1, 5)}
        XlsxBook.open(shared.book).apply(Edits(cells=cells | {("CAS", row + n, entry): f"E{n}" for n in range(1, 5)}))
        link(str(shared.book), f"gsheet:{service.key}", tracker="cas", client=shared.client())
        yield shared
        shared.session.close()


def calls(school: Shared, start: int) -> list[str]:
    """What Google was asked since then."""
    every = school.service.google.calls[start:]
    return [
        "files" if call.path.startswith("/drive/") else "sheet"
        for call in every
        if call.path.startswith("/drive/") or "/spreadsheets/" in call.path
    ]


def synced(school: Shared) -> list[str]:
    """One sync, and what it asked."""
    start = len(school.service.google.calls)
    sync(str(school.book), open_=school.open)
    return calls(school, start)


def settled(school: Shared) -> None:
    """Sync until nothing is read any more."""
    for _ in range(4):
        if synced(school) == ["files"]:
            return
    raise AssertionError("the sync never comes to rest")


def test_a_sync_in_which_nothing_changed_asks_one_question(school: Shared) -> None:
    settled(school)
    assert synced(school) == ["files"]


def test_a_teachers_edit_is_seen_and_brought_over(school: Shared) -> None:
    settled(school)
    place = next(
        cell for cell in "BCDEFG" if school.service.teacher.cells(school.service.key, f"CAS!{cell}1") == [["Title"]]
    )
    school.service.teacher.set_cell(school.service.key, f"CAS!{place}3", "Another title")
    assert "sheet" in synced(school)
    grid = XlsxBook.open(school.book).read(["CAS"])["CAS"]
    assert any("Another title" in map(str, row) for row in grid.values)


def test_an_edit_of_the_workbook_and_of_its_settings_is_seen(school: Shared) -> None:
    settled(school)
    row, title = place_of("Title", school.book)
    XlsxBook.open(school.book).apply(Edits(cells={("CAS", row + 1, title): "A title of the coordinator"}))
    assert "sheet" in synced(school)
    settled(school)
    settings = school.book.with_name("ib-trackers.toml")
    settings.write_text(settings.read_text("utf-8") + "\n# a line more\n", "utf-8")
    assert "sheet" in synced(school)


def test_where_drive_says_nothing_every_sheet_is_read(school: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(school)
    monkeypatch.setattr("addin.google.changes.FILES", "https://www.googleapis.com/drive/v3/no-such-thing")
    assert versions(school.client()) is None
    assert "sheet" in synced(school)
    said = [str(check) for check in doctor(session=school.session)]
    assert any("does not say which sheets have changed" in line and "Google Drive API" in line for line in said)


def test_without_the_permission_the_values_are_compared(school: Shared) -> None:
    assert versions(school.service.client()) is None

    def once() -> list[str]:
        start = len(school.service.google.calls)
        sync(str(school.book), open_=lambda target: school.service.book() if "gsheet" in target else open_book(target))
        return [call.path.rpartition("/")[2] for call in school.service.google.calls[start:]]

    def is_quiet(asked: list[str]) -> bool:
        return [path for path in asked if "token" not in path and "Locations" not in path] == ["values:batchGet"]

    for _ in range(3):
        once()
    assert is_quiet(once())
    teacher, key = school.service.teacher, school.service.key
    place = next(cell for cell in "BCDEFG" if teacher.cells(key, f"CAS!{cell}1") == [["Title"]])
    teacher.set_cell(key, f"CAS!{place}4", "A title of today")
    assert not is_quiet(once())
    grid = XlsxBook.open(school.book).read(["CAS"])["CAS"]
    assert any("A title of today" in map(str, row) for row in grid.values)
    said = [str(check) for check in doctor(session=school.session)]
    assert any(line.endswith("Google Drive says which sheets have changed.") for line in said)


def test_a_run_between_makes_the_next_sync_look_again(school: Shared) -> None:
    settled(school)
    before = quiet.look(str(school.book), school.open)
    assert before and quiet.is_known(str(school.book), before)
    assert not quiet.is_known(str(school.book), replace(before, run=before.run + 1))


def test_a_damaged_memory_and_a_copy_of_a_cloud_folder_make_it_look(school: Shared) -> None:
    settled(school)
    memory = school.book.parent / STATE_FOLDER / quiet.FILE
    for text in ("", "{", "[" * 100_000):
        memory.write_text(text, "utf-8")
        assert "sheet" in synced(school)
        settled(school)
    copy = school.book.with_name("School (conflicted copy 2026-11-30).xlsx")
    copy.write_bytes(school.book.read_bytes())
    assert any(copy.name in remark for remark in sync(str(school.book), open_=school.open).remarks)
    copy.unlink()


def test_a_watcher_looks_only_where_something_changed(school: Shared) -> None:
    clock, lines = [NOW], list[str]()

    def turn(turns: int) -> list[str]:
        start = len(school.service.google.calls)
        watch(
            str(school.book),
            MINUTE,
            turns=turns,
            watching=True,
            say=lines.append,
            complain=lines.append,
            client=school.client(),
            open_=school.open,
            now=lambda: clock[0],
            sleep=lambda seconds: clock.__setitem__(0, clock[0] + timedelta(seconds=seconds)),
        )
        return calls(school, start)

    turn(1)
    asked = turn(4)
    assert asked.count("files") == 4
    assert asked.count("sheet") == 1, "its first turn looks; nothing has changed since"
    assert turn(12).count("sheet") == 3, "every five minutes it is looked at all the same"
    teacher, key = school.service.teacher, school.service.key
    for cell, value in zip(
        "ABCDEF", ["u2", "validate", "2026-11-30 10:00:00", "t@school.example", "NEW", ""], strict=True
    ):
        teacher.set_cell(key, f"_requests!{cell}2", value)
    turn(2)
    assert any("validate" in line for line in lines), lines
    assert teacher.cells(key, "_requests!E2") != [["NEW"]]
