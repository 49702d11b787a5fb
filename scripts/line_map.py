"""python scripts/line_map.py MAP: run the tests of core/ once, and write down which test runs which line of it.

MAP is a JSON file that scripts/mutation.py reads. Each folder or file of tests is run by itself and replaces its own
part of MAP, so that a run can be continued, and a changed test file be run again. The coverage, branches included, is
printed at the end. Needs: pip install coverage

    python scripts/line_map.py map.json                                  everything that exercises core/ in memory
    python scripts/line_map.py map.json tests/core tests/sync/test_x.py  only these
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

HERE = Path(__file__).resolve().parent.parent
CORE = Path("addin/core")
FOLDERS = ["core", "sync", "workspace", "exporters", "actions", "reminders", "reports", "templates"]
LEFT_OUT = "not slow and not libreoffice and not browser and not live"
QUIET = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "timeout=0"]
IMPORTED = "(imported)"  # what runs when the modules are loaded and the tests are collected


class LineMap:
    """The tests by name with their seconds, and the lines of each module with the tests that run them."""

    def __init__(self, tests: dict[str, float], lines: dict[str, dict[int, set[str]]]) -> None:
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
        return cls(kept["tests"], lines)

    def save(self, path: Path) -> None:
        """Write the map, each test as a number."""
        numbers = {name: number for number, name in enumerate([*self.tests, IMPORTED])}
        lines = {
            module: {line: sorted(numbers[name] for name in names if name in numbers) for line, names in found.items()}
            for module, found in self.lines.items()
        }
        path.write_text(json.dumps({"tests": self.tests, "lines": lines}), "utf-8")

    def replace(self, path: str, new: LineMap) -> None:
        """Take what the tests in one file or folder run from another map."""
        self.tests = {name: taken for name, taken in self.tests.items() if not name.startswith(path)}
        for found in self.lines.values():
            for line in found:
                found[line] = {name for name in found[line] if not name.startswith(path)}
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


def collect(data_file: Path, path: str) -> LineMap:
    """Run one file or folder of tests under coverage."""
    measured = coverage.Coverage(data_file=str(data_file), branch=True, source=[str(CORE)])
    measured.erase()
    measured.start()
    recorder = Recorder(measured)
    pytest.main([*QUIET, "-m", LEFT_OUT, path], plugins=[recorder])
    measured.stop()
    measured.save()
    lines: dict[str, dict[int, set[str]]] = {}
    data = measured.get_data()
    for file in data.measured_files():
        found = lines[Path(file).relative_to(HERE).as_posix()] = {}
        for line, contexts in data.contexts_by_lineno(file).items():
            found[line] = {context or IMPORTED for context in contexts}
    return LineMap(recorder.tests, lines)


def report(folder: Path) -> None:
    """Print the coverage by all that has been run so far; by file into coverage.txt."""
    total = coverage.Coverage(data_file=str(folder / "all"), branch=True, source=[str(CORE)])
    total.combine([str(path) for path in folder.glob("*.coverage")], keep=True)
    with (folder / "coverage.txt").open("w", encoding="utf-8") as file:
        print(f"coverage of {CORE}, branches included: {total.report(file=file, show_missing=True):.1f} %")


def main() -> int:
    """Run the tests, folder by folder, each in a process of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("map", type=Path)
    parser.add_argument("tests", nargs="*", default=[f"tests/{folder}" for folder in FOLDERS])
    given = parser.parse_args()
    if len(given.tests) > 1:
        for path in given.tests:
            subprocess.run([sys.executable, __file__, given.map, path], cwd=HERE, check=True)
        return 0
    (path,) = given.tests
    folder = given.map.with_suffix(".data")
    folder.mkdir(exist_ok=True)
    line_map = LineMap.load(given.map) if given.map.exists() else LineMap({}, {})
    line_map.replace(path, collect(folder / f"{path.replace('/', '-')}.coverage", path))
    line_map.save(given.map)
    report(folder)
    print(
        f"{len(line_map.tests)} tests, {sum(line_map.tests.values()):.0f} s, {len(line_map.lines)} modules", flush=True
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
