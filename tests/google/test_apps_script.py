"""The Apps Script of the Google menu: run under Node with a strict double, and checked against Google's types."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from addin.core import names
from addin.core import requests as requests_sheet
from addin.core.checks import marks
from addin.core.tables.row_ids import LENGTH, LETTERS, SIGNS
from addin.core.trackers.model import ID_HEADER

HERE = Path(__file__).parent / "apps_script"
SCRIPT = Path(__file__).resolve().parents[2] / "addin" / "google" / "script"
CODE = SCRIPT / "Code.gs"


def needed(path: str | None, remedy: str) -> str:
    """A tool that must be there in CI, and whose absence is a reason to skip elsewhere."""
    if path:
        return path
    if os.environ.get("CI"):
        pytest.fail(remedy)
    pytest.skip(remedy)


def test_menu_requests_and_ids_keep_their_promises_under_node() -> None:
    node = needed(shutil.which("node"), "Node is missing: the Apps Script cannot be run.")
    run = subprocess.run([node, "--test", str(HERE)], capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout[-4000:]
    assert re.search(r"^# pass 40$", run.stdout, re.M), run.stdout[-600:]


def type_check(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """What tsc says about this code."""
    modules = HERE / "node_modules"
    tsc = modules / ".bin" / "tsc"
    compiler = needed(
        str(tsc) if tsc.exists() else None, "TypeScript is missing: run npm ci in tests/google/apps_script."
    )
    (folder / "node_modules").symlink_to(modules)
    shutil.copy(HERE / "tsconfig.json", folder)
    (folder / "Code.js").write_text(code, encoding="utf-8")
    for name in ("Checks", "Form"):
        shutil.copy(SCRIPT / f"{name}.gs", folder / f"{name}.js")
    return subprocess.run([compiler, "-p", str(folder)], capture_output=True, text=True, timeout=120, check=False)


def test_every_method_exists_in_apps_script(tmp_path: Path) -> None:
    run = type_check(tmp_path, CODE.read_text(encoding="utf-8"))
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("getActive()", "getActivSpreadsheet()"),
        (".tryLock(5000)", ".tryLock('soon')"),
        ("range.setNotes(part(notes))", "range.setNotes(notes[0])"),
        ("findProblems(rules, tableOf(", "findProblems(tableOf("),
        ("sheet.hideSheet()", "sheet.hide()"),
        ("e.range.getLastRow()", "e.range.lastRow()"),
    ],
)
def test_the_type_check_finds_an_invented_method(tmp_path: Path, right: str, wrong: str) -> None:
    code = CODE.read_text(encoding="utf-8")
    assert right in code
    assert type_check(tmp_path, code.replace(right, wrong)).returncode != 0


def test_the_script_and_the_program_use_the_same_words() -> None:
    code = CODE.read_text(encoding="utf-8")
    constants = dict(re.findall(r"^const (\w+) = '([^']*)'", code, re.M))
    assert constants["ID_HEADER"] == ID_HEADER
    assert (constants["LETTERS"], "LETTERS + '23456789'" in code) == (
        LETTERS,
        SIGNS[-8:] == "23456789",
    )
    assert f"const ID_LENGTH = {LENGTH};" in code
    assert constants["REQUESTS"] == requests_sheet.SHEET
    assert f"REQUEST_HEADERS = {list(requests_sheet.HEADERS)}" in code
    for kind in requests_sheet.KINDS:
        assert f"ask('{kind}'" in code
    boxes = re.search(r"HOME_BOXES = \{(.*)\};", code)
    assert boxes
    assert dict(re.findall(r"'([^']*)': '([^']*)'", boxes[1])) == requests_sheet.BOXES
    assert f"const STATUS_COLUMN = {requests_sheet.STATUS_COLUMN};" in code
    assert (constants["RULES"], constants["IDS"], constants["NOTE"]) == (names.RULES, names.IDS, names.NOTE_START)
    fills = re.search(r"FILLS = \{(.*)\};", code)
    assert fills
    assert dict(re.findall(r"(\w+): '#(\w+)'", fills[1])) == {k: v.lower() for k, v in marks.FILLS.items()}


def test_the_script_asks_for_no_more_than_this_spreadsheet_and_the_name_of_who_asks() -> None:
    manifest = json.loads((SCRIPT / "appsscript.json").read_text(encoding="utf-8"))
    assert sorted(scope.rsplit("/", 1)[1] for scope in manifest["oauthScopes"]) == [
        "script.container.ui",
        "spreadsheets.currentonly",
        "userinfo.email",
    ]
