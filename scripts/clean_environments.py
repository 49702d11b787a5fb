"""Install the wheel into clean environments, with the lowest and the newest versions, and run every verb there.

    python scripts/clean_environments.py [--python 3.12] [--versions lowest|newest] [--folder DIR]

Every Python from 3.11 on that this computer has is taken (`python3.11`, `python3.12`, …). The verbs run in a folder of
their own, without the source tree. Needs the network. Ends with 0 when every verb ran in every environment.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
EXTRAS = ("excel", "google", "data", "pandas")
LONGEST = 900
"""Seconds for one run."""
RUNS: tuple[tuple[str, set[int]], ...] = (
    ("--version", {0}),
    ("new School.xlsx --sample", {0}),
    ("new Macros.xlsm --session M27", {0}),
    ("validate School.xlsx --json found.json", {1}),
    ("fix School.xlsx --yes", {0}),
    ("undo School.xlsx", {0}),
    ("history School.xlsx", {0, 1}),
    ("restore School.xlsx", {0}),
    ("export School.xlsx --to csv --out csv", {0, 1}),
    ("export School.xlsx --to xlsx --out clean.xlsx", {0, 1}),
    ("export School.xlsx --to ics --out ics", {0, 1}),
    ("export School.xlsx --to sqlite --out all.sqlite", {0, 1}),
    ("export School.xlsx --to parquet --out parquet", {0, 1}),
    ("export School.xlsx --redact --out redacted.xlsx", {0}),
    ("import csv/candidates.csv --into School.xlsx --dry-run", {0, 1}),
    ("compare School.xlsx --with csv/candidates.csv", {0, 1}),
    ("adopt clean.xlsx --dry-run", {0, 1}),
    ("report School.xlsx --out report.pdf", {0}),
    ("report School.xlsx --out report.html", {0}),
    ("remind School.xlsx", {0, 1}),
    ("rollover School.xlsx --dry-run", {0, 1}),
    ("register --help", {0}),
    ("handover --help", {0}),
    ("privacy --help", {0}),
    ("district --help", {0}),
    ("emulator --help", {0}),
    ("web --help", {0}),
    ("sync School.xlsx --dry-run", {0, 2}),
    ("conflicts School.xlsx", {0, 2}),
    ("watch --help", {0}),
    ("schedule show School.xlsx --scheduler cron", {0}),
    ("excel doctor", {0, 2}),
    ("excel lite scripts", {0}),
    ("google doctor --help", {0}),
    ("trackers cas", {0}),
    ("completion bash", {0}),
    ("demo demo", {0}),
)
"""What is run, and the exit codes that are right without Excel, Google and a person."""


def main() -> int:
    """Make the wheel and try it everywhere; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", action="append", help="only this Python, such as 3.12 (repeatable)")
    parser.add_argument("--versions", choices=("lowest", "newest"), help="only these versions of the packages")
    parser.add_argument("--folder", help="where to work (default: a temporary folder)")
    arguments = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        wheel = built(Path(folder))
        for name, python in interpreters(arguments.python or PYTHONS):
            for versions in [arguments.versions] if arguments.versions else ["lowest", "newest"]:
                place = Path(folder) / f"{name}-{versions}"
                problems = tried(python, versions, wheel, place)
                print(f"Python {name}, {versions} versions: {len(RUNS) - len(problems)} of {len(RUNS)} ran")
                print("".join(f"  {one}\n" for one in problems), end="", flush=True)
                failed += bool(problems)
                shutil.rmtree(place)
    return 1 if failed else 0


def interpreters(wanted: list[str] | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The Pythons of these versions that this computer has and that run."""
    code = "import sys; print('{}.{}'.format(*sys.version_info), sys.executable)"
    for name in wanted:
        kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{name}.*/bin/python{name}"))
        for found in filter(None, (shutil.which(f"python{name}"), *map(str, kept))):
            version = subprocess.run([found, "-c", code], capture_output=True, text=True, check=False)
            if version.returncode == 0 and version.stdout.startswith(name):
                yield name, version.stdout.split(maxsplit=1)[1].strip()
                break
        else:
            print(f"Python {name}: not on this computer")


def built(folder: Path) -> Path:
    """The wheel of the source tree."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def lowest() -> list[str]:
    """The packages of our extras at the lowest versions that pyproject.toml allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [*project["dependencies"], *(one for extra in EXTRAS for one in project["optional-dependencies"][extra])]
    return [re.sub(r"\[.*?\]", "", one).replace(">=", "==") for one in named if ">=" in one]


def tried(python: str, versions: str, wheel: Path, place: Path) -> list[str]:
    """What went wrong with the wheel in a new environment."""
    subprocess.run([python, "-m", "venv", place / "env"], check=True)
    program = place / "env" / ("Scripts" if os.name == "nt" else "bin")
    command = [
        program / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary=:all:",
    ]
    command += [f"{wheel}[{','.join(EXTRAS)}]", *(lowest() if versions == "lowest" else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"could not be installed: {done.stderr.strip().splitlines()[-1]}"]
    work = place / "a folder of mine"
    work.mkdir()
    (work / "addin").mkdir()  # a person may call a folder so
    return [said for run, codes in RUNS if (said := problem(program / "ib-trackers", run, codes, work))]


def problem(program: Path, run: str, codes: set[int], work: Path) -> str:
    """What is wrong with one run; "" for a good one."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    try:
        done = subprocess.run(
            [program, *run.split()],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return f"{run}: not over after {LONGEST} seconds"
    if done.returncode in codes and "Traceback" not in done.stderr and "Unexpected error" not in done.stderr:
        return ""
    last = (done.stderr.strip() or done.stdout.strip() or "said nothing").splitlines()[-1]
    return f"{run}: ended with {done.returncode}: {last}"


if __name__ == "__main__":
    sys.exit(main())
