"""python scripts/mutation.py MAP: change one small thing in core/ at a time, and see whether the tests notice.

MAP says which test runs which line; scripts/line_map.py writes it once. The sample is spread evenly over all the code
(the seed is printed; give it again to repeat it). Each mutant is tried on the tests that run its line, quickest first,
until one fails. A mutant in a function is put into a fork of one process that has loaded everything; what runs
when modules are loaded is tried in a new process. A test that failed is run without the mutant, too: it must pass.
Survivors are listed: write a test, or say in mutants_that_stay.toml why the change makes no difference.

    python scripts/mutation.py map.json --mutants 20 --under addin/core/checks
"""

from __future__ import annotations

import argparse
import gc
import importlib.machinery
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from line_map import IMPORTED, LEFT_OUT, QUIET, LineMap
from mutants import HERE, Loaded, Mutant, described, every_mutant, mutated

OPTIONS = [*QUIET, "-s", "--tb=no", "--assert=plain", "-m", LEFT_OUT]
NOTHING = Mutant("", -1, 0, "")
QUICK = 0.02
"""Seconds of a test that is tried before others whatever it tests."""
STAY = Path(__file__).with_name("mutants_that_stay.toml")
TOO_LONG, CRASH = "takes too long", "ends the run"


def sample(modules: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """Every so-manieth mutant of all, from a random one on; in random order."""
    every = [mutant for module in modules for mutant in every_mutant(module)]
    chance = random.Random(seed)
    step, start = len(every) / count, chance.random()
    taken = every if step <= 1 else [every[int((number + start) * step)] for number in range(count)]
    return chance.sample(taken, len(taken))


class Choice:
    """Which tests a mutant is tried on."""

    def __init__(self, line_map: LineMap, most: int, seconds: float) -> None:
        self.map, self.most, self.seconds = line_map, most, seconds
        self.sources = {module: (HERE / module).read_text("utf-8").splitlines() for module in line_map.lines}

    def tests(self, mutant: Mutant) -> list[str]:
        """The quick ones, then one of each function before the second case of any, as many as there is time for."""
        ranks, chosen, left = Counter[str](), list[tuple[int, float, str]](), self.seconds
        for name in sorted(self._candidates(mutant), key=lambda name: (self.map.tests[name], name)):
            function = name.partition("[")[0]
            taken = self.map.tests[name]
            chosen.append((ranks[function] if taken > QUICK else 0, taken, name))
            ranks[function] += 1
        tests = []
        for _, taken, name in sorted(chosen)[: self.most]:
            left -= taken
            if left < 0 and tests:
                break
            tests.append(name)
        return tests

    def runs_at_import(self, mutant: Mutant) -> bool:
        """Whether the line runs before any test does."""
        return bool(mutant.names) or IMPORTED in self.map.lines.get(mutant.module, {}).get(mutant.line, ())

    def _candidates(self, mutant: Mutant) -> set[str]:
        """The tests that run the line; for what runs once, those that run its function or a line with its name."""
        here = self.map.lines.get(mutant.module, {})
        found = set(here.get(mutant.line, ()))
        if mutant.names:
            found |= {name for line in range(mutant.line, mutant.end + 1) for name in here.get(line, ())}
            word = re.compile(r"\b(" + "|".join(mutant.names) + r")\b")
            for module, source in self.sources.items():
                for line, names in self.map.lines[module].items():
                    if line <= len(source) and word.search(source[line - 1]):
                        found |= names
        return found & self.map.tests.keys()


class FirstFailure:
    """Calls back at the first failure."""

    def __init__(self, then: Callable[[str], None]) -> None:
        self.then = then

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.then(report.nodeid)


def limit(seconds: float) -> None:
    """Allow this process so much time of the processor, and 4 GB."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


class Session:
    """Tries the sample in place of the usual loop over all tests."""

    def __init__(self, mutants: Sequence[Mutant], choice: Choice, results: Path, seconds: float) -> None:
        self.mutants, self.choice, self.results, self.seconds = mutants, choice, results, seconds
        self.sound: set[tuple[str, bool]] = set()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.config = session.config
        self.items = {item.nodeid: item for item in session.items}
        self.loaded = Loaded()
        gc.freeze()
        end = time.monotonic() + self.seconds
        for mutant in self.mutants:
            begun = time.monotonic()
            if begun > end:
                break
            noticed = self._try(mutant)
            line = {**asdict(mutant), "noticed": noticed, "seconds": round(time.monotonic() - begun, 1)}
            with self.results.open("a", encoding="utf-8") as file:
                print(json.dumps(line), file=file)
        return True

    def _try(self, mutant: Mutant) -> str:
        """The test that notices; "" where none does. A test that fails without the mutant is left out."""
        tests = [name for name in self.choice.tests(mutant) if name in self.items]
        patch = None if self.choice.runs_at_import(mutant) else self.loaded.patch(mutant)
        is_new = patch is None
        while tests:
            noticed = self._run_new(mutant, tests) if patch is None else self._run_fork(patch, tests)
            if not noticed or (noticed, is_new) in self.sound:
                return noticed
            again = [noticed] if noticed in tests else tests
            if not (self._run_new(NOTHING, again) if is_new else self._run_fork(lambda: None, again)):
                self.sound.add((noticed, is_new) if noticed in tests else ("", is_new))
                return noticed
            print(f"fails without a mutant, too: {noticed}", file=sys.stderr)
            tests = tests[tests.index(noticed) + 1 :] if noticed in tests else []
        return ""

    def _seconds(self, tests: Sequence[str]) -> float:
        return 20 + 4 * sum(self.choice.map.tests[name] for name in tests)

    def _run_fork(self, patch: Callable[[], None], tests: Sequence[str]) -> str:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            try:
                self._be_child(patch, tests, write)
            finally:
                os._exit(3)
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as pipe:  # ends with the process
            noticed = pipe.read()
        _, status = os.waitpid(child, 0)
        return noticed or _ending(os.waitstatus_to_exitcode(status))

    def _be_child(self, patch: Callable[[], None], tests: Sequence[str], write: int) -> None:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        os.set_inheritable(write, False)
        limit(self._seconds(tests))
        signal.alarm(int(8 * self._seconds(tests)))

        def then(nodeid: str) -> None:
            os.write(write, nodeid.encode())
            os._exit(1)

        self.config.pluginmanager.register(FirstFailure(then))
        patch()
        chosen = [self.items[name] for name in tests]
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        os._exit(0)

    def _run_new(self, mutant: Mutant, tests: Sequence[str]) -> str:
        asked = json.dumps({"mutant": asdict(mutant), "tests": tests, "seconds": self._seconds(tests)})
        command = [sys.executable, __file__, "--one"]
        done = subprocess.run(command, input=asked, capture_output=True, text=True, cwd=HERE, check=False)
        return done.stdout.rpartition("noticed by ")[2].strip() if done.returncode == 1 else _ending(done.returncode)


def _ending(code: int) -> str:
    """What an exit code without a failed test means."""
    return "" if code == 0 else TOO_LONG if code < 0 else CRASH


def try_one() -> int:
    """In a new process: load the module with the change, and run the tests asked for on standard input."""
    asked = json.load(sys.stdin)
    asked["mutant"]["names"] = tuple(asked["mutant"]["names"])
    mutant, failed = Mutant(**asked["mutant"]), list[str]()
    if mutant.module:
        load_mutated(mutant)
    limit(asked["seconds"])
    code = pytest.main([*OPTIONS, "-x", *asked["tests"]], plugins=[FirstFailure(failed.append)])
    print(f"noticed by {failed[0] if failed else CRASH}")
    return int(bool(code))


def load_mutated(mutant: Mutant) -> None:
    """Have the module compiled with the change when it is imported."""
    file, original = str(HERE / mutant.module), importlib.machinery.SourceFileLoader.get_code

    def get_code(self: Any, fullname: str) -> Any:
        if self.get_filename(fullname) == file:
            return compile(mutated(mutant), file, "exec")
        return original(self, fullname)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def reasons() -> dict[str, dict[str, str]]:
    """Why some changes make no difference: by module, as `described` reads."""
    return tomllib.loads(STAY.read_text("utf-8"))


def judged(results: Sequence[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """What no test noticed, with its line and the change: what should not survive, and what may, with the reason."""
    survived, stayed = list[str](), list[str]()
    known, texts = reasons(), dict[str, list[str]]()
    for found in sorted(results, key=lambda found: (found["module"], found["line"])):
        if not found["noticed"]:
            module = found["module"]
            text = texts.setdefault(module, described(module))[found["number"]]
            reason = known.get(module, {}).get(text, "")
            line = f"{module}:{found['line']}: {text}"
            (stayed if reason else survived).append(f"{line} ({reason})" if reason else line)
    return survived, stayed


def main() -> int:
    """Run the sample and print the figures; 1 where something survived."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("map", type=Path)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--under", default="addin/core", help="the folder to change (default: addin/core)")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--tests", type=int, default=300, help="the most tests for a mutant (default: 300)")
    parser.add_argument("--seconds", type=float, default=20, help="the most seconds of tests for one (default: 20)")
    parser.add_argument("--stop-after", type=float, default=9e9, help="seconds; the same command goes on from there")
    given = parser.parse_args()
    print(f"seed {given.seed}")
    results = given.map.with_suffix(f".{given.seed}.results")
    done = [json.loads(line) for line in results.read_text("utf-8").splitlines()] if results.exists() else []
    known = {(found["module"], found["number"]) for found in done}
    modules = [path.relative_to(HERE).as_posix() for path in sorted((HERE / given.under).rglob("*.py"))]
    mutants = sample(modules, given.mutants, given.seed)
    left = [mutant for mutant in mutants if (mutant.module, mutant.number) not in known]
    if left:
        line_map = LineMap.load(given.map)
        session = Session(left, Choice(line_map, given.tests, given.seconds), results, given.stop_after)
        files = sorted({name.partition("::")[0] for name in line_map.tests})
        pytest.main([*OPTIONS, *files], plugins=[session])
        done = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    survived, stayed = judged(done)
    print(*(f"stays: {line}" for line in stayed), *(f"survived: {line}" for line in survived), sep="\n")
    noticed = len(done) - len(stayed) - len(survived)
    share = f"{noticed} of {len(done)} noticed ({100 * noticed / len(done):.1f} %)"
    print(f"{share}, {len(stayed)} make no difference, {len(survived)} survived, {len(mutants) - len(done)} not tried")
    return int(bool(survived) or len(done) < len(mutants))


if __name__ == "__main__":
    sys.exit(try_one() if sys.argv[1:] == ["--one"] else main())
