"""A full disk, a pipe for a workbook, broken inputs: nothing is damaged, and a person reads the right sentence."""

from __future__ import annotations

import errno
import importlib.util
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from addin.cli.main import main
from addin.cli.verbs.handover import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
LIST = (
    "Candidate code,Last name,First names,Session,Category,Adviser,Birth date\n"
    "000001,Ito,,M27,D,A. Kamau,16/03/2009\n000002,Doe,Ann,M27,D,A. Kamau,2009-02-30\n"
)
VERBS = [
    ["validate", "S.xlsx"],
    ["import", "list.csv", "--into", "S.xlsx", "--tracker", "candidates", "--yes"],
    ["export", "S.xlsx", "--to", "csv", "--out", "out"],
    ["export", "S.xlsx", "--to", "json", "--out", "out.json"],
    ["report", "S.xlsx", "--out", "r.html"],
    ["validate", "S.xlsx", "--read-only", "--json", "found.json"],
    ["undo", "S.xlsx"],
    ["restore", "S.xlsx", "1"],
    ["adopt", "S.xlsx"],
    ["fix", "S.xlsx", "--yes"],
    ["sync", "S.xlsx"],
    ["conflicts", "S.xlsx"],
    ["remind", "S.xlsx"],
    ["new", "N.xlsx", "--trackers", "candidates", "--session", "M27"],
    ["rollover", "S.xlsx", "--session", "M28"],
    ["export", "S.xlsx", "--to", "xlsx", "--out", "out.xlsx"],
    ["compare", "S.xlsx", "--with", "list.csv", "--dry-run"],
    ["handover", "S.xlsx", "--out", "out.zip"],
    ["handover", "given.zip", "--to", "taken"],
    ["export", "S.xlsx", "--redact", "--out", "out.xlsx"],
    ["export", "S.xlsx", "--to", "sqlite", "--out", "out.sqlite"],
    ["report", "S.xlsx", "--pack", "candidates", "--out", "pack"],
    ["privacy", "erase", "S.xlsx", "000001"],
    ["privacy", "held", "S.xlsx", "000001", "--out", "held.html"],
]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("school")
    assert main(["new", str(folder / "S.xlsx"), "--trackers", "candidates", "--session", "M27"]) == 0
    (folder / "list.csv").write_text(LIST)
    words = ["import", str(folder / "list.csv"), "--into", str(folder / "S.xlsx"), "--tracker", "candidates", "--yes"]
    assert main(words) in (0, 1)
    shutil.copy(folder / "S.xlsx", folder / "Team.xlsx")
    link = '[[links]]\nname = "all"\ntarget = "Team.xlsx"\ntracker = "candidates"\n'
    settings = folder / "ib-trackers.toml"
    old = settings.read_text("utf-8") if settings.is_file() else ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PASSWORD, "a long password")
        assert main(["handover", str(folder / "S.xlsx"), "--out", str(folder / "given.zip")]) == 0
    settings.write_text(f'{old}\n[people]\n"A. Kamau" = "a@x.org"\n{link}', encoding="utf-8")
    return folder


class FullDisk:
    """A disk that is full at the n-th file that is opened for writing, or made to last, or the n-th folder."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
        self.left, self.met = number, False
        real_open, real_fsync, real_mkdir, real_write = os.open, os.fsync, os.mkdir, os.write

        def opened(path: Any, flags: int, *more: Any, **named: Any) -> int:
            if flags & (os.O_CREAT | os.O_WRONLY):
                self.count()
            return real_open(path, flags, *more, **named)

        def synced(file: int) -> None:
            self.count()
            real_fsync(file)

        def made(*given: Any, **named: Any) -> None:
            self.count()
            real_mkdir(*given, **named)

        def written(file: int, data: bytes) -> int:
            self.count()
            return real_write(file, data)

        monkeypatch.setattr(os, "open", opened)
        monkeypatch.setattr(os, "write", written)
        monkeypatch.setattr(os, "fsync", synced)
        monkeypatch.setattr(os, "mkdir", made)

    def count(self) -> None:
        self.left -= 1
        if self.left <= 0:  # full it stays
            self.met = True
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def copy_of(school: Path, folder: Path) -> Path:
    shutil.copytree(school, folder)
    return folder


@pytest.mark.parametrize("argv", VERBS, ids=lambda argv: " ".join(argv[:3]))
def test_on_a_full_disk_nothing_breaks_and_it_is_said(
    school: Path, tmp_path: Path, argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSWORD, "a long password")
    for number in range(1, 60):
        folder = copy_of(school, tmp_path / str(number))
        monkeypatch.chdir(folder)
        there = set(folder.iterdir())
        before = (folder / "S.xlsx").read_bytes()
        with monkeypatch.context() as patch:
            disk = FullDisk(patch, number)
            code = main(argv)
        err = capsys.readouterr().err
        after = (folder / "S.xlsx").read_bytes()
        if after != before:
            assert main(["validate", "S.xlsx", "--read-only"]) in (0, 1), number  # whole, and readable
        if code == 2:
            assert "disk is full" in err, (number, err)
            assert err.count("\n") == 1
            assert after == before, number
            if "was made" not in err and argv[0] != "remind":  # who was reminded is remembered one by one
                assert set(folder.iterdir()) - there <= {folder / ".ib-trackers"}, number
        assert "take it away" not in err
        capsys.readouterr()
        if not disk.met:
            assert code in (0, 1)
            return
    raise AssertionError("it never came to its end")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "argv",
    [
        ["validate", "pipe.xlsx"],
        ["import", "pipe.csv", "--into", "S.xlsx"],
        ["restore", "pipe.xlsx"],
        ["undo", "pipe.xlsx"],
        ["validate", "S.xlsx", "--read-only"],
        ["trackers"],
    ],
)
def test_a_pipe_in_the_place_of_a_file_is_a_sentence_and_never_waited_for(
    school: Path, tmp_path: Path, argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of(school, tmp_path / "now")
    monkeypatch.chdir(folder)
    (folder / "trackers").mkdir()
    for name in ("pipe.xlsx", "pipe.csv", "trackers/mine.toml"):
        os.mkfifo(folder / name)
    if argv == ["validate", "S.xlsx", "--read-only"]:
        (folder / "trackers" / "mine.toml").unlink()
        (folder / "ib-trackers.toml").unlink(missing_ok=True)
        os.mkfifo(folder / "ib-trackers.toml")
    assert main(argv) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
def test_a_sample_of_broken_inputs_ends_in_sentences() -> None:
    spec = importlib.util.spec_from_file_location("fuzz_inputs", ROOT / "scripts" / "fuzz_inputs.py")
    assert spec is not None
    assert spec.loader is not None
    fuzz = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fuzz)
    assert fuzz.fuzz(40, seed=20261129) == []


@pytest.mark.parametrize("where", ["parser_of", "run"])
def test_ctrl_c_at_any_moment_is_a_sentence(
    where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(*given: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"addin.cli.main.{where}", pressed)
    assert main(["trackers"]) == 2
    assert capsys.readouterr().err.startswith("ib-trackers: Stopped. Nothing was left half written;")
