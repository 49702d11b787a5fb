"""python scripts/line_map.py MAP: run the tests that reach core/ once, and write down which test runs which line of it.

MAP is a JSON file that scripts/mutation.py reads. A few test files at a time are run in a process of their own and
replace their part of MAP. A file that is in MAP as it is now is not run again, so that the same command goes on where
it was stopped; start a new MAP when core/ has changed. The coverage, branches included, is printed at the end.
Needs: pip install coverage

    python scripts/line_map.py map.json                                  everything that exercises core/ in memory
    python scripts/line_map.py map.json tests/core tests/sync/test_x.py  only these
    python scripts/line_map.py map.json --stop-after 500                 no further files after so many seconds
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import coverage
import pytest

HERE = Path(__file__).resolve().parent.parent
CORE = Path("addin/core")
TESTS = ["core", "test_cases.py", "sync", "actions", "exporters", "reports", "reminders", "workspace", "cli"]
AT_ONCE = 6
LEFT_OUT = "not slow and not libreoffice and not browser and not live"
QUIET = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "timeout=0"]
IMPORTED = "(imported)"  # what runs when the modules are loaded and the tests are collected


class LineMap:
    """The test files with what they held, the tests by name with their seconds, and the tests that run each line."""

    def __init__(self, files: dict[str, str], tests: dict[str, float], lines: dict[str, dict[int, set[str]]]) -> None:
        self.files = files
        self.tests = tests
        self.lines = lines

    @classmethod
    def load(cls, path: Path) -> LineMap:
        """Read a map that `save` has written."""
        kept = json.loads(path.read_text("utf-8"))
        names = [*kept["tests"], IMPORTED]
        lines = {
            module: {int(line): {names[number] for number in numbers} for line, numbers in found.items()}
            for module, found in kept["lines"].items()
        }
        return cls(kept["files"], kept["tests"], lines)

    def save(self, path: Path) -> None:
        """Write the map, each test as a number."""
        numbers = {name: number for number, name in enumerate([*self.tests, IMPORTED])}
        lines = {
            module: {line: sorted(numbers[name] for name in names if name in numbers) for line, names in found.items()}
            for module, found in self.lines.items()
        }
        path.write_text(json.dumps({"files": self.files, "tests": self.tests, "lines": lines}), "utf-8")

    def replace(self, new: LineMap) -> None:
        """Take what the tests of some files run from another map."""
        self.tests = {name: taken for name, taken in self.tests.items() if file_of(name) not in new.files}
        for found in self.lines.values():
            for line in found:
                found[line] = {name for name in found[line] if file_of(name) not in new.files}
        self.files |= new.files
        self.tests |= new.tests
        for module, found in new.lines.items():
            mine = self.lines.setdefault(module, {})
            for line, names in found.items():
                mine.setdefault(line, set()).update(names)


class Recorder:
    """Tells coverage which test runs, and keeps the processor's seconds of those that pass."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self.measured = measured
        self.tests: dict[str, float] = {}
        self.begun = 0.0

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.measured.switch_context(item.nodeid)
        self.begun = time.process_time()
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.tests[report.nodeid] = round(time.process_time() - self.begun, 4)


def file_of(test: str) -> str:
    """The file of a test."""
    return test.partition("::")[0]


def held(file: str) -> str:
    """What tells whether a test file has changed."""
    return hashlib.sha256((HERE / file).read_bytes()).hexdigest()[:12]


def test_files(given: Iterable[str]) -> list[str]:
    """Every test file in folders and files."""
    found = []
    for name in given:
        path = HERE / name
        found += sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
    return [path.relative_to(HERE).as_posix() for path in found]


def collect(data_file: Path, files: Sequence[str]) -> LineMap:
    """Run some files of tests under coverage."""
    measured = coverage.Coverage(data_file=str(data_file), branch=True, source=[str(CORE)])
    measured.erase()
    measured.start()
    recorder = Recorder(measured)
    pytest.main([*QUIET, "-m", LEFT_OUT, *files], plugins=[recorder])
    measured.stop()
    measured.save()
    lines: dict[str, dict[int, set[str]]] = {}
    data = measured.get_data()
    for file in data.measured_files():
        found = lines[Path(file).relative_to(HERE).as_posix()] = {}
        for line, contexts in data.contexts_by_lineno(file).items():
            found[line] = {context or IMPORTED for context in contexts}
    return LineMap({file: held(file) for file in files}, recorder.tests, lines)


def report(folder: Path) -> None:
    """Print the coverage by all that has been run so far; by file into coverage.txt."""
    total = coverage.Coverage(data_file=str(folder / "all"), branch=True, source=[str(CORE)])
    total.combine([str(path) for path in folder.glob("*.coverage")], keep=True)
    with (folder / "coverage.txt").open("w", encoding="utf-8") as file:
        print(f"coverage of {CORE}, branches included: {total.report(file=file, show_missing=True):.1f} %")


def add(path: Path, files: Sequence[str]) -> None:
    """Run some test files and keep what they run."""
    line_map = load(path)
    data_file = path.with_suffix(".data") / f"{files[0].replace('/', '-')}.coverage"
    line_map.replace(collect(data_file, files))
    line_map.save(path)


def load(path: Path) -> LineMap:
    """The map so far."""
    return LineMap.load(path) if path.exists() else LineMap({}, {}, {})


def main() -> int:
    """Run the tests that the map does not hold yet, some files at a time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("map", type=Path)
    parser.add_argument("tests", nargs="*", default=[f"tests/{name}" for name in TESTS])
    parser.add_argument("--stop-after", type=float, default=9e9, help="seconds; the same command goes on from there")
    parser.add_argument("--add", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.add:
        add(given.map, given.tests)
        return 0
    given.map.with_suffix(".data").mkdir(exist_ok=True)
    known, end = load(given.map).files, time.monotonic() + given.stop_after
    left = [file for file in test_files(given.tests) if known.get(file) != held(file)]
    while left and time.monotonic() < end:
        now, left = left[:AT_ONCE], left[AT_ONCE:]
        subprocess.run([sys.executable, __file__, "--add", given.map, *now], cwd=HERE, check=True)
        line_map = load(given.map)
        print(f"{len(line_map.tests)} tests, {sum(line_map.tests.values()):.0f} s, {len(left)} files left", flush=True)
    if not left:
        report(given.map.with_suffix(".data"))
    return int(bool(left))


if __name__ == "__main__":
    sys.exit(main())
