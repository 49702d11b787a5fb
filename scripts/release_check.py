"""Answers each question that a release asks, one line each; ends with 0 when every answer is yes.

python scripts/release_check.py
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin import __version__  # noqa: E402


def run(*command: str) -> bool:
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def is_committed() -> bool:
    done = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode == 0 and not done.stdout.strip()


def is_in_changelog() -> bool:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    return bool(re.search(rf"^## {re.escape(__version__)}\b", text, re.MULTILINE))


def is_pinned() -> bool:
    """Every package that pyproject.toml names has its version in constraints.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.split(r"[\[<>=!~; ]", one)[0].casefold().replace("_", "-") for one in named}
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {line.partition("==")[0].casefold().replace("_", "-") for line in lines}
    return not names - pinned


def is_whole() -> bool:
    """The wheel holds what the program reads at run time."""
    with tempfile.TemporaryDirectory() as folder:
        if not run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", folder, str(ROOT)):
            return False
        names = set(zipfile.ZipFile(next(Path(folder).glob("*.whl"))).namelist())
    needed = {
        "addin/py.typed",
        "addin/reports/page.html",
        "addin/google/script/Code.gs",
        "sheets_templates/cas.toml",
        "sheets_templates/lists/subjects.csv",
        "addin/templates/macros/vba/IBBridge.bas",
    }
    return needed <= names


QUESTIONS: list[tuple[str, Callable[[], bool]]] = [
    ("Is everything committed?", is_committed),
    (f"Does the changelog have a part for {__version__}?", is_in_changelog),
    ("Are the generated documents up to date?", lambda: run(sys.executable, "scripts/build_docs.py", "--check")),
    ("Are the built workbooks up to date?", lambda: run(sys.executable, "scripts/build_templates.py", "--check")),
    ("Is every dependency pinned?", is_pinned),
    ("Does the wheel hold everything?", is_whole),
    ("Do all tests pass?", lambda: run(sys.executable, "scripts/test.py")),
]


def main() -> int:
    """Ask and answer."""
    good = True
    for question, answer in QUESTIONS:
        yes = answer()
        good &= yes
        print(f"{'yes' if yes else 'NO '}  {question}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
