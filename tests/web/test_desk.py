"""The page's Python in Pyodide under Node: the packed wheels alone give the answers and the bytes of this computer."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from web_page import built_page, own_list, school
from xlsx_books import build as build_book

from addin.errors import DiskFull, Problem
from addin.web import build, bundle, desk, runtime


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_page(tmp_path_factory.mktemp("page") / "out")


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of an island where it is tomorrow already for half of the day."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def in_pyodide(page: Path, tmp_path: Path, script: dict[str, Any]) -> Any:
    (tmp_path / "script.json").write_text(json.dumps(script), encoding="utf-8")
    command = ["node", Path(__file__).parent / "desk.mjs", page, tmp_path / "script.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def native(folder: Path, files: dict[str, Path], requests: list[dict[str, Any]]) -> list[Any]:
    """The same requests on this computer."""
    desk.SCHOOL, desk.MADE = folder / "school", folder / "made"
    folder.mkdir()
    try:
        desk.begin(lambda step: None)
        for name, path in files.items():
            (desk.SCHOOL / name).write_bytes(path.read_bytes())
        asked = [{name: value for name, value in one.items() if name != "keep"} for one in requests]
        answers = [desk.answer(json.dumps(one), lambda step: None) for one in asked]
        return [json.loads(one.replace(str(folder), "")) for one in answers]
    finally:
        desk.SCHOOL, desk.MADE = Path("/school"), Path("/made")


def test_the_wheels_alone_check_mark_fix_export_and_adopt_as_here(page: Path, tmp_path: Path, far_east: None) -> None:
    files = {"School.xlsx": school(tmp_path / "a.xlsx"), "Mine.xlsx": own_list(tmp_path / "b.xlsx")}
    book, mine = {"book": "School.xlsx"}, {"book": "Mine.xlsx"}
    requests = [
        {"task": "check", **book},
        {"task": "check", "write": True, **book, "keep": str(tmp_path / "marked.xlsx")},
        {"task": "repairs", **book},
        {"task": "fix", "groups": [1], **book},
        {"task": "undo", **book},
        {"task": "export", "to": "csv", **book},
        {"task": "report", **book},
        {"task": "check", **mine},
        {"task": "look", **mine},
        {"task": "adopt", "answers": {"session": "M28", "date order": "dmy", "codes": "make"}, **mine},
        {"task": "check", "book": "Notes.docx"},
    ]
    there = in_pyodide(page, tmp_path, {"files": {k: str(v) for k, v in files.items()}, "requests": requests})
    here = native(tmp_path / "native", files, requests)
    assert there["today"] == "{:04}-{:02}-{:02}".format(*there["here"]) == str(date.today())  # not London's day
    levels = [(one["cell"], one["level"]) for one in here[0]["findings"]]
    assert ("G3", "error") in levels or ("G3", "warning") in levels
    for number, (one, other) in enumerate(zip(there["answers"], here, strict=True)):
        if requests[number]["task"] == "undo":  # its first line has the time
            one["lines"], other["lines"] = [len(one["lines"])], [len(other["lines"])]
        assert one == other, requests[number]
    assert here[3]["lines"] and here[9]["written"] and here[8]["questions"]
    assert "Notes.docx is not an Excel workbook" in here[10]["problem"]
    marked = native(tmp_path / "again", files, requests[:2])[1]["files"][0]
    assert (tmp_path / "marked.xlsx").read_bytes() == (tmp_path / "again" / marked.lstrip("/")).read_bytes()
    assert "Checking" in there["steps"]


def test_our_wheel_holds_what_runs_and_no_pictures_or_built_workbooks() -> None:
    wheels = bundle.wheels()
    ours = next(data for name, data in wheels.items() if name.startswith("ib_trackers-"))
    names = zipfile.ZipFile(BytesIO(ours)).namelist()
    assert {"addin/web/desk.py", "addin/cli/main.py", "sheets_templates/cas.toml"} <= set(names)
    unwanted = ("pictures/", "built/", ".pyc", ".so", ".po")
    assert not [name for name in names if any(part in name for part in unwanted)]
    assert bundle.wheels() == wheels  # the same packages give the same bytes, so that a browser fetches them once
    assert all(f"{name} " in bundle.licences() for name in ("openpyxl", "Jinja2", "tomlkit"))


def test_a_folder_of_somebody_else_is_never_filled(tmp_path: Path) -> None:
    (tmp_path / "School.xlsx").touch()
    with pytest.raises(Problem, match="is not empty"):
        build.build(tmp_path, None, lambda step: None)
    with pytest.raises(Problem, match="is a file"):
        build.build(tmp_path / "School.xlsx", None, lambda step: None)
    assert [path.name for path in tmp_path.iterdir()] == ["School.xlsx"]


def test_on_a_full_disk_the_page_stays_as_it_was(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = {path: path.stat().st_mtime_ns for path in page.rglob("*") if path.is_file()}
    monkeypatch.setattr(Path, "write_bytes", full)
    for out in (page, tmp_path / "new"):
        with pytest.raises(DiskFull):
            built_page(out)
    assert {path: path.stat().st_mtime_ns for path in page.rglob("*") if path.is_file()} == before
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_made_anew_and_what_is_no_longer_in_it_goes(page: Path) -> None:
    listed = json.loads((page / "files.json").read_text("utf-8"))
    old = page / "packages" / "old-1-py3-none-any.whl"
    old.touch()
    listed["files"] |= {"packages/old-1-py3-none-any.whl": 0, "../outside.txt": 0}
    outside = page.parent / "outside.txt"
    outside.touch()
    (page / "files.json").write_text(json.dumps(listed), encoding="utf-8")
    built_page(page)
    assert not old.exists()
    assert outside.exists()  # a list that was tampered with reaches nothing outside of the folder


@pytest.mark.parametrize(("source", "words"), [("nothing.tgz", "no such file"), ("empty", "not the npm package")])
def test_what_is_not_pyodide_is_said(tmp_path: Path, source: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Problem, match=words):
        runtime.runtime(tmp_path / source, lambda step: None)
    (tmp_path / "bad.tgz").write_bytes(b"no archive")
    with pytest.raises(Problem, match="cannot be read as an npm archive"):
        runtime.runtime(tmp_path / "bad.tgz", lambda step: None)


def test_without_npm_it_is_said_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(runtime.shutil, "which", lambda name: None)
    with pytest.raises(Problem, match=r"npm is not installed here.*--pyodide FILE"):
        runtime.runtime(None, lambda step: None)


def test_what_npm_fetched_is_used_only_as_it_was_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text(f'#!/bin/sh\necho forged > "$5/pyodide-{runtime.VERSION}.tgz"\n', encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(runtime.shutil, "which", lambda name: str(npm))
    said: list[str] = []
    with pytest.raises(Problem, match=r"not pyodide .* as its makers published it"):
        runtime.runtime(None, said.append)
    assert "only this once" in said[0]
    assert not list((tmp_path / "cache").rglob("*.tgz"))


def test_the_page_never_sends_anybody_to_a_terminal(tmp_path: Path) -> None:
    build_book(tmp_path / "empty.xlsx", {"Sheet1": [["Foo"], ["x"]]}, {})
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    files = {name: tmp_path / name for name in ("empty.xlsx", "broken.xlsx")} | {
        "own.xlsx": own_list(tmp_path / "own.xlsx")
    }
    tasks = [{"task": task} for task in ("check", "repairs", "undo", "report", "look")] + [
        {"task": "fix", "groups": [1]}, {"task": "export", "to": "csv"}, {"task": "adopt", "answers": {}},
        {"task": "check", "write": True},
    ]  # fmt: skip
    answers = native(tmp_path / "native", files, [{**task, "book": book} for book in files for task in tasks])
    said = json.dumps([{key: value for key, value in one.items() if key != "html"} for one in answers])
    assert "ib-trackers " not in said
    assert " --" not in said
    assert "If these are your own sheets, press Set up more sheets" in said
    assert "Nothing to undo." in said
