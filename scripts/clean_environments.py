"""Install the wheel into clean environments, with the lowest and the newest versions, and run every verb there.

    python scripts/clean_environments.py [--python 3.12] [--versions lowest|newest] [--folder DIR]

Every Python from 3.11 on that this computer has is taken (`python3.11`, `python3.12`, …). The verbs run in a folder of
their own, without the source tree, and what they write is looked at (every_verb.py). Needs the network, and the
packages of the tests for the Python that runs it. Ends with 0 when every verb did in every environment what it is for.
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

from every_verb import walked

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
EXTRAS = ("excel", "google", "data", "district", "pandas")


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
                runs, problems = tried(python, versions, wheel, place)
                print(f"Python {name}, {versions} versions: {runs} runs, {len(problems)} problems")
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


def tried(python: str, versions: str, wheel: Path, place: Path) -> tuple[int, list[str]]:
    """How often the wheel was run in a new environment, and what went wrong."""
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
        return 0, [f"could not be installed: {done.stderr.strip().splitlines()[-1]}"]
    return walked(program / "ib-trackers", place)


if __name__ == "__main__":
    sys.exit(main())
