"""handover: everything but keys in one protected file, taken up on another computer as it was."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from addin.cli.main import main
from addin.workspace.workbook import opened

WORD = "correct horse"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IB_TRACKERS_HANDOVER_PASSWORD", WORD)
    folder = tmp_path / "first"
    folder.mkdir()
    path = folder / "School.xlsx"
    assert main(["new", str(path), "--session", "M27"]) == 0
    more = ["--last-name", "Berg", "--first-names", "Ida", "--birth-date", "5 May 2009"]
    assert main(["register", str(path), "--code", "1", *more]) in (0, 1)
    (folder / ".ib-trackers" / "pseudonyms.key").write_bytes(b"k" * 32)
    (folder / ".ib-trackers" / "state.sqlite").write_bytes(b"base")
    (folder / "lists").mkdir()
    (folder / "lists" / "houses.csv").write_text("name\nRed\n", encoding="utf-8")
    (folder / "ib-trackers.toml").write_text(
        '[[links]]\nname = "CAS of Ms Ito"\ntracker = "cas"\ntarget = "gsheet:abc"\n', encoding="utf-8"
    )
    return path


def test_the_second_computer_has_what_the_first_had_and_no_key(book: Path, tmp_path: Path) -> None:
    assert main(["handover", str(book)]) == 0
    archive = book.with_name("School handover.zip")
    assert archive.stat().st_mode & 0o077 == 0
    to = tmp_path / "second"
    assert main(["handover", str(archive), "--to", str(to)]) == 0
    assert (to / "School.xlsx").read_bytes() == book.read_bytes()
    assert (to / "ib-trackers.toml").read_bytes() == book.with_name("ib-trackers.toml").read_bytes()
    assert (to / ".ib-trackers" / "state.sqlite").read_bytes() == b"base"
    assert (to / "lists" / "houses.csv").exists()
    assert not [path for path in to.rglob("*") if "key" in path.name or "lock" in path.name]
    assert all(path.stat().st_mode & 0o077 == 0 for path in to.rglob("*") if path.is_file())
    page = (to / "What you need to know.html").read_text("utf-8")
    assert "CAS of Ms Ito" in page
    assert "May 2027" in page
    assert "Berg" not in page
    with opened(str(to / "School.xlsx")) as workbook:
        assert workbook.tables["candidates"].columns["code"] == ["1"]


def test_the_archive_is_protected(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["handover", str(book)]) == 0
    archive = book.with_name("School handover.zip")
    assert b"Berg" not in archive.read_bytes()
    with zipfile.ZipFile(archive) as file, pytest.raises((RuntimeError, NotImplementedError)):
        file.read("School.xlsx")
    monkeypatch.setenv("IB_TRACKERS_HANDOVER_PASSWORD", "wrong horse")
    assert main(["handover", str(archive), "--to", str(book.parent / "x")]) == 2
    assert "does not open with this password" in capsys.readouterr().err
    assert not (book.parent / "x").exists()


def test_nothing_is_overwritten_and_a_short_password_is_refused(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["handover", str(book)]) == 0
    assert main(["handover", str(book)]) == 2
    assert "already exists" in capsys.readouterr().err
    assert main(["handover", str(book.with_name("School handover.zip")), "--to", str(book.parent)]) == 2
    assert "is not empty" in capsys.readouterr().err
    monkeypatch.setenv("IB_TRACKERS_HANDOVER_PASSWORD", "short")
    assert main(["handover", str(book), "--out", str(book.with_name("b.zip"))]) == 2
    assert "fewer than 8 characters" in capsys.readouterr().err


def test_a_file_that_is_none_of_ours_is_refused(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = book.with_name("other.zip")
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("a.txt", "x")
    assert main(["handover", str(other)]) == 2
    assert "is not a handover archive" in capsys.readouterr().err
