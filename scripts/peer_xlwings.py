"""Run xlwings' own desktop tests on the LibreOffice engine, and compare with the list of what is known to miss.

    python scripts/peer_xlwings.py CHECKOUT [MODULE ...]

CHECKOUT is a clone of github.com/xlwings/xlwings at commit aee5b72 (its main.py is that of release 0.36.17). Run this
with the Python of an environment of its own: pip install xlwings==0.36.17 pandas numpy matplotlib pytz pytest
pytest-timeout. Only the clone's folder tests/ is used, as a copy: beside the sources pytest would import those, not the
release.

The list is tests/peer_xlwings.toml: each miss with its reason. A new miss fails the run, and so does one that is
listed but passes, so that the list stays true. Ends with 0 when all is as listed, 1 when not, 2 when it cannot run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import xml.etree.ElementTree as ET  # what pytest itself wrote a moment ago
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "peer_xlwings.toml"
SECONDS_A_TEST = 60
CONFTEST = f"""import sys
sys.path.append({str(ROOT)!r})
from addin.libreoffice.engine import register
register()
"""


@dataclass
class Outcome:
    """What became of each test, by `module::test`."""

    passed: set[str] = field(default_factory=set)
    missed: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


def run(work: Path, module: str) -> Outcome:
    """One test module in a process of its own."""
    report = work / f"{module}.xml"
    command = [sys.executable, "-m", "pytest", f"tests/{module}.py", "-q", "--tb=short", f"--timeout={SECONDS_A_TEST}"]
    done = subprocess.run([*command, f"--junitxml={report}"], cwd=work, capture_output=True, text=True)
    (work / f"{module}.log").write_text(done.stdout + done.stderr)
    if not report.exists():
        raise SystemExit(f"{module} did not run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    outcome = Outcome()
    for case in ET.parse(report).iter("testcase"):
        place = (case.get("classname") or "").removeprefix("tests.").removeprefix(module).strip(".")
        name = "::".join(part for part in (module, place, case.get("name") or "") if part)
        bad = [child for child in case if child.tag in ("failure", "error")]
        skip = case.find("skipped")
        if bad:
            outcome.missed[name] = " ".join((bad[0].get("message") or "").split())[:160]
        elif skip is not None:
            outcome.skipped[name] = skip.get("message") or ""
        else:
            outcome.passed.add(name)
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--keep", type=Path, help="keep the logs in this folder")
    given = parser.parse_args()
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    if not (given.checkout / "tests" / "test_range.py").exists():
        print(f"NOT RUN: {given.checkout} holds no tests of xlwings. See --help.")
        return 2
    with tempfile.TemporaryDirectory(prefix="peer-xlwings-") as folder:
        work = Path(folder)
        shutil.copytree(given.checkout / "tests", work / "tests")
        (work / "tests" / "conftest.py").write_text(CONFTEST)
        os.environ["MPLBACKEND"] = "agg"
        total = Outcome()
        for module in given.modules or listed["modules"]:
            _run_and_tell(work, module, total)
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            for log in work.glob("*.log"):
                shutil.copy(log, given.keep)
    return verdict(total, listed, whole=not given.modules)


def _run_and_tell(work: Path, module: str, total: Outcome) -> None:
    start = time.monotonic()
    one = run(work, module)
    took = time.monotonic() - start
    print(
        f"{module:16} {len(one.passed):4} passed {len(one.missed):3} missed {len(one.skipped):3} skipped {took:6.1f} s",
        flush=True,
    )
    for name, why in {**one.missed, **one.skipped}.items():
        print(f"    {name}: {why}")
    total.passed |= one.passed
    total.missed |= one.missed
    total.skipped |= one.skipped


def verdict(total: Outcome, listed: dict[str, object], *, whole: bool) -> int:
    """Compare with the list; 0 when all is as it says."""
    known = {str(name): str(why) for name, why in dict(listed["misses"]).items()}  # type: ignore[call-overload]
    ran = {module.partition("::")[0] for module in (*total.passed, *total.missed, *total.skipped)}
    missing = {**total.missed, **total.skipped}
    new = sorted(set(missing) - set(known))
    mended = sorted(name for name in known if name in total.passed)
    gone = sorted(name for name in known if name.partition("::")[0] in ran and name not in {*missing, *total.passed})
    for title, names in (("NEW", new), ("PASSES NOW, take it off the list", mended), ("NO SUCH TEST", gone)):
        for name in names:
            print(f"{title}: {name}")
    counts = Counter(passed=len(total.passed), missed=len(total.missed), skipped=len(total.skipped))
    print(f"total: {counts['passed']} passed, {counts['missed']} missed, {counts['skipped']} skipped")
    too_few = whole and counts["passed"] < int(str(listed["at_least"]))
    if too_few:
        print(f"FEWER than the {listed['at_least']} that must pass")
    return int(bool(new or mended or gone or too_few))


if __name__ == "__main__":
    sys.exit(main())
