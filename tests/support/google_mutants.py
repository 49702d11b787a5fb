"""Nineteen deliberate faults in the emulator, to see whether the checks notice them.

Each is a small change of one line, made in a copy of the package. The checks are the replay (where recordings are at
hand), the pinned facts and the quota; they run in a process of their own on the copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("addin/google_emulator")


@dataclass(frozen=True)
class Mutant:
    """What breaks, in which file, which text, and what it becomes."""

    name: str
    file: str
    old: str
    new: str


MUTANTS = [
    Mutant(
        "append always at column A", "values.py", "top, left = table.bottom, table.left", "top, left = table.bottom, 0"
    ),
    Mutant("append picks the first block", "values.py", "table = max(met", "table = min(met"),
    Mutant(
        "null overwrites",
        "entering.py",
        "if raw is None:\n                continue",
        'if raw is None:\n                raw = ""',
    ),
    Mutant("blanks at the end kept", "values.py", "box.left, last + 1", "box.left, box.right"),
    Mutant(
        "date epoch off by one",
        "number_formats.py",
        "_EPOCH = datetime(1899, 12, 30)",
        "_EPOCH = datetime(1899, 12, 31)",
    ),
    Mutant("RAW reads numbers", "values.py", 'Entry(option == "USER_ENTERED",', "Entry(True,"),
    Mutant("sheetId 0 not dropped", "batch/places.py", 'not (key == "sheetId" and value == 0)', "True"),
    Mutant(
        "FORMATTED_VALUE heeds dateTimeRenderOption",
        "effective.py",
        'if self.value == "FORMATTED_VALUE":\n',
        'if self.value == "FORMATTED_VALUE" and self.dates_as_text | (not is_date(number_format(cell))):\n',
    ),
    Mutant("404 becomes 403", "answers.py", 'ApiError(404, "NOT_FOUND"', 'ApiError(403, "NOT_FOUND"'),
    Mutant("an empty range has values", "values.py", "    if rows:\n        answer", "    if True:\n        answer"),
    Mutant("titles never quoted", "a1.py", "if _PLAIN.fullmatch(title) and", "if True or"),
    Mutant("descending ignored", "batch/moving.py", '.get("sortOrder") == "DESCENDING"', '.get("sortOrder") == "X"'),
    Mutant("delete does not shift", "shifting.py", "max(self.at, position + self.by)", "position"),
    Mutant(
        "a batch is not all or nothing",
        "service.py",
        "before.copy() if route.edits else before",
        "before",
    ),
    Mutant("quota off by one", "quota.py", "[who, kind] >= limit", "[who, kind] > limit"),
    Mutant("metadata does not move", "shifting.py", "return place is None or shift", "return True or shift"),
    Mutant("INSERT_ROWS ignored", "values.py", '== "INSERT_ROWS" and', '== "X" and'),
    Mutant("percent not read", "coercion.py", '(re.compile(r"([-+]?\\d+(?:\\.\\d+)?)%"), _percent),', ""),
    Mutant(
        "index of a rule ignored", "batch/rules.py", "conditional.insert(index, rule)", "conditional.insert(0, rule)"
    ),
]


def copy_of_package(folder: Path) -> Path:
    """The product and the checks, to be broken."""
    shutil.copytree(ROOT / "addin", folder / "addin", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("google_checks.py", "google_facts.py", "google_replay.py", "google_world.py"):
        shutil.copy(ROOT / "tests" / "support" / name, folder)
    return folder


def break_it(folder: Path, mutant: Mutant) -> None:
    path = folder / PACKAGE / mutant.file
    source = path.read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1, f"{mutant.name}: its text is there {source.count(mutant.old)} times"
    path.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")


def mend(folder: Path, mutant: Mutant) -> None:
    shutil.copy(ROOT / PACKAGE / mutant.file, folder / PACKAGE / mutant.file)


def caught_by(folder: Path, recordings: Path | None) -> str:
    """Which check notices the fault, or nothing."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "google_checks.py", *([str(recordings)] if recordings else [])]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return "" if done.returncode == 0 else (done.stdout.strip() or done.stderr.strip().splitlines()[-1])
