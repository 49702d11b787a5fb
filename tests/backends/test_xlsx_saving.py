"""A write is all or nothing: whatever fails, and whenever, the old workbook is whole; its last versions are kept."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsx_books import build

from addin.backends.backup import KEEP, backups_of, keep_backup
from addin.backends.ooxml import batch, package, saving
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, Look, OwnSheet, Value
from addin.errors import BookProblem

EDIT = Edits(
    cells={("Data", 1, 1): "new"},
    looks={("Data", 2, 1): Look("FFC7CE", "note")},
    sheets={"Findings": OwnSheet([["a"]])},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return build(tmp_path / "a.xlsx", {"Data": [["old"], ["x"]]}, {})


def temporaries(path: Path) -> list[str]:
    return [p.name for p in path.parent.iterdir() if p.name.startswith(".~")]


def failing(original: Callable[..., Any], after: int, problem: Exception) -> Callable[..., Any]:
    """The function, which raises at its call number `after` (from 0) and at none before."""
    calls = iter(range(10_000))

    def call(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == after:
            raise problem
        return original(*args, **kwargs)

    return call


FULL = OSError(28, "No space left on device")
STEPS: list[tuple[str, Any, str, int, Exception]] = [
    ("making the temporary file", os, "open", 0, PermissionError(13, "Permission denied")),
    ("writing the first part", package, "_append", 0, FULL),
    ("writing a later part", package, "_append", 5, FULL),
    ("flushing the new file", os, "fsync", 0, FULL),
    ("keeping its permissions", Path, "chmod", 0, FULL),
    ("reading the new file back", Path, "read_bytes", 1, OSError(5, "Input/output error")),
    ("making the backup", saving, "keep_backup", 0, FULL),
    ("flushing the backup", os, "fsync", 1, FULL),
    ("replacing the old file", os, "replace", 0, PermissionError(13, "in use")),
]


@pytest.mark.parametrize(("module", "name", "after", "problem"), [s[1:] for s in STEPS], ids=[s[0] for s in STEPS])
def test_a_failure_at_any_step_leaves_the_old_file_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, after: int, problem: Exception
) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    book = XlsxBook.open(path)
    shift = 0 if name != "read_bytes" else -1  # the book has read its file already
    monkeypatch.setattr(module, name, failing(getattr(module, name), after + shift, problem))
    with pytest.raises(BookProblem) as said:
        book.apply(EDIT)
    monkeypatch.undo()
    assert said.value.next and str(path) in said.value.where
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert not temporaries(path)
    book.apply(EDIT)  # and when the disk is well again, the same book can be written
    assert XlsxBook.open(path).read(["Data"])["Data"].value(1, 1) == "new"


def test_a_new_file_that_does_not_read_back_is_thrown_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(value: Value, since_1904: bool) -> tuple[str, str]:
        return "", "<v>1</v>"

    monkeypatch.setattr("addin.backends.ooxml.splice.content", wrong)
    before = path.read_bytes()
    with pytest.raises(BookProblem, match="did not read back"):
        XlsxBook.open(path).apply(EDIT)
    assert path.read_bytes() == before and not temporaries(path)


def test_a_new_file_that_is_not_sound_xml_is_thrown_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = batch.splice

    def broken(*args: Any) -> Any:
        done = original(*args)
        done.xml = done.xml.replace(b"</worksheet>", b"</worksheets>")
        return done

    monkeypatch.setattr(batch, "splice", broken)
    before = path.read_bytes()
    with pytest.raises(BookProblem):
        XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): "new"}))
    assert path.read_bytes() == before and not temporaries(path)


def test_somebody_saving_while_we_write_is_not_overwritten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = saving._checked

    def meanwhile(*args: Any) -> Any:
        build(path, {"Data": [["theirs"]]}, {})
        return original(*args)

    monkeypatch.setattr(saving, "_checked", meanwhile)
    with pytest.raises(BookProblem, match="changed since"):
        XlsxBook.open(path).apply(EDIT)
    assert XlsxBook.open(path).read(["Data"])["Data"].values == [["theirs"]] and not temporaries(path)


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody can ask whether a process runs")
def test_what_a_killed_process_left_is_cleared_by_the_next_run_and_a_write_under_way_is_not(path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    killed = path.with_name(f".~ib-trackers-{gone.pid}-{'0' * 16}.tmp")
    old, young = (path.with_name(f".~ib-trackers-{os.getpid()}-{digit * 16}.tmp") for digit in "12")
    for left in (killed, old, young):
        left.write_bytes(b"people's data")
    os.utime(old, (1, 1))
    XlsxBook.open(path).close()
    assert temporaries(path) == [young.name]


def test_the_new_version_is_private_until_it_takes_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.chmod(0o644)
    original, modes = saving._checked, []

    def look(temporary: Path, *args: Any) -> Any:
        modes.append(temporary.stat().st_mode & 0o777)
        return original(temporary, *args)

    monkeypatch.setattr(saving, "_checked", look)
    XlsxBook.open(path).apply(EDIT)
    assert (modes, path.stat().st_mode & 0o777) == ([0o600], 0o644)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends the signal that cannot be caught")
def test_a_process_killed_at_any_moment_leaves_one_whole_version(path: Path) -> None:
    code = (
        "import sys; from addin.core.book import Edits; from addin.backends.xlsx import XlsxBook\n"
        "print('ready', flush=True)\n"
        "for n in range(10**6): XlsxBook.open(sys.argv[1]).apply(Edits(cells={('Data', 1, 1): n, ('Data', 9, 9): n}))"
    )
    for wait in (0.02, 0.05, 0.08, 0.11, 0.17):
        child = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
        assert child.stdout is not None and child.stdout.readline()
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        grid = XlsxBook.open(path).read(["Data"])["Data"]
        assert grid.value(1, 1) == (grid.value(9, 9) if grid.value(9, 9) is not None else "old")


def test_nothing_is_written_when_nothing_differs(path: Path) -> None:
    XlsxBook.open(path).apply(EDIT)
    before = path.stat().st_mtime_ns, path.stat().st_ino, len(backups_of(path))
    XlsxBook.open(path).apply(EDIT)
    XlsxBook.open(path).apply(Edits(drops={"Data": [99]}, looks={("Data", 50, 50): Look()}))
    assert (path.stat().st_mtime_ns, path.stat().st_ino, len(backups_of(path))) == before


def test_the_version_before_is_kept_and_only_the_last_ten(path: Path) -> None:
    for number in range(KEEP + 3):
        before = path.read_bytes()
        XlsxBook.open(path).apply(Edits(cells={("Data", 1, 1): number}))
        assert backups_of(path)[-1].read_bytes() == before
    assert len(backups_of(path)) == KEEP
    assert XlsxBook.open(backups_of(path)[0]).read(["Data"])["Data"].value(1, 1) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_backups_are_private_and_the_file_keeps_its_permissions(path: Path) -> None:
    path.chmod(0o640)
    XlsxBook.open(path).apply(EDIT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    folder = path.parent / ".ib-trackers"
    assert [stat.S_IMODE(p.stat().st_mode) for p in (folder, folder / "backups")] == [0o700, 0o700]
    assert {stat.S_IMODE(p.stat().st_mode) for p in backups_of(path)} == {0o600}


def test_workbooks_with_similar_names_do_not_lose_each_others_backups(tmp_path: Path) -> None:
    for number in range(KEEP + 2):
        keep_backup(tmp_path / "a.xlsx", b"%d" % number)
        keep_backup(tmp_path / "a.b.xlsx", b"%d" % number)
    assert len(backups_of(tmp_path / "a.xlsx")) == len(backups_of(tmp_path / "a.b.xlsx")) == KEEP
    assert backups_of(tmp_path / "a.xlsx")[-1].read_bytes() == b"%d" % (KEEP + 1)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the right to make links")
def test_a_link_to_a_workbook_stays_a_link(path: Path) -> None:
    link = path.parent / "link.xlsx"
    link.symlink_to(path)
    XlsxBook.open(link).apply(EDIT)
    assert link.is_symlink() and XlsxBook.open(path).read(["Data"])["Data"].value(1, 1) == "new"


def test_the_rows_that_were_written_are_checked_without_a_copy_of_them(path: Path) -> None:
    """New ids in every row are as much XML as the sheet itself, which was in memory three times while it was read."""
    cells = b'<c t="inlineStr"><is><t>Project week</t></is></c>' * 50
    rows = b"".join(b'<row r="%d">%s</row>' % (number, cells) for number in range(1, 2_001))
    xml = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    name, made = "xl/worksheets/sheet1.xml", package.Package(path)
    made.spliced[name] = set(range(1, 2_001))
    tracemalloc.start()
    try:
        assert saving._defect(saving._new_in(name, xml, made)) == ""
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert b"".join(saving._new_in(name, xml, made)) == xml
    assert peak < len(xml) / 2
