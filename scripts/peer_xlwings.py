"""Run xlwings' own desktop tests on the LibreOffice engine, and compare with the list of what is known to miss.

    python scripts/peer_xlwings.py [--only MODULE ...] [CHECKOUT]

The tests come from xlwings' source distribution, which pip fetches from the package index, or from CHECKOUT, a clone of
github.com/xlwings/xlwings (IB_TRACKERS_PEER_XLWINGS names one too). Run this with the Python of .venv: the release that
the list is about, and what else the tests need, are put into a folder beside it, once. Only the folder tests/ is used,
as a copy: beside the sources pytest would import those, not the release.

The list is tests/libreoffice/peer_xlwings.toml: each miss with its reason. A new miss fails the run, and so
does one that is listed but passes, so that the list stays true. Ends with 0 when all is as listed, 1 when
not, 2 when it cannot run: then the last line says so, and why.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
import xml.etree.ElementTree as ET  # what pytest itself wrote a moment ago
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from environment import ROOT, VENV

LIST = ROOT / "tests" / "libreoffice" / "peer_xlwings.toml"
SECONDS_A_TEST = 60
VARIABLE = "IB_TRACKERS_PEER_XLWINGS"
TITLE = "xlwings' own tests"
BACKEND = '''"""Says what the source distribution is; xlwings' own build backend would need a compiler of Rust."""
from pathlib import Path

NAME = "xlwings-{version}.dist-info"


def prepare_metadata_for_build_wheel(folder, settings=None):
    Path(folder, NAME).mkdir()
    Path(folder, NAME, "METADATA").write_text("Metadata-Version: 2.1\\nName: xlwings\\nVersion: {version}\\n")
    return NAME


def build_wheel(*given):
    raise NotImplementedError
'''
"""pip hands a source distribution over only after it has asked its build backend for the name and version in it."""
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


class NotRunError(Exception):
    """Why the tests cannot be run here."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path, nargs="?")
    parser.add_argument("--only", nargs="+", metavar="MODULE", default=[])
    parser.add_argument("--keep", type=Path, help="keep the logs in this folder")
    given = parser.parse_args()
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    named = given.checkout or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    try:
        if not shutil.which("soffice"):
            raise NotRunError("LibreOffice is not installed.")
        tests = tests_of(named) if named else fetched(listed)
        release = installed(listed)
    except NotRunError as problem:
        print(f"{TITLE}: NOT RUN, because {problem}")
        return 2
    with tempfile.TemporaryDirectory(prefix="peer-xlwings-") as folder:
        work = Path(folder)
        shutil.copytree(tests, work / "tests")
        (work / "tests" / "conftest.py").write_text(CONFTEST)
        os.environ.update(MPLBACKEND="agg", PYTHONPATH=str(release))
        total = Outcome()
        for module in given.only or listed["modules"]:
            _run_and_tell(work, module, listed["misses"], total)
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            for log in work.glob("*.log"):
                shutil.copy(log, given.keep)
    return verdict(total, listed, whole=not given.only)


def fetched(listed: dict[str, Any]) -> Path:
    """The tests in xlwings' source distribution, fetched once."""
    version = listed["release"]
    folder = VENV / "peer" / f"source-{version}"
    tests = folder / f"xlwings-{version}" / "tests"
    if not tests.exists():
        with tempfile.TemporaryDirectory() as name:
            Path(name, "maturin.py").write_text(BACKEND.format(version=version))
            source = f"xlwings=={version}"
            wanted = ["--no-deps", "--no-build-isolation", "--no-binary", "xlwings", "--dest", name, source]
            pip("download", *wanted, PYTHONPATH=name, what="its source distribution could not be fetched")
            with tarfile.open(next(Path(name).glob("*.tar.gz"))) as archive:
                safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Debian's 3.11.2 lacks it
                archive.extractall(folder, **safe)  # type: ignore[arg-type]
    return tests_of(tests.parent)


def tests_of(checkout: Path) -> Path:
    if not (checkout / "tests" / "test_range.py").exists():
        raise NotRunError(f"{checkout} holds no tests of xlwings.")
    return checkout / "tests"


def installed(listed: dict[str, Any]) -> Path:
    """The folder with the release of xlwings and what else its tests need, filled once."""
    folder = VENV / "peer" / f"release-{listed['release']}"
    if not (folder / "xlwings").exists():
        what = "what they need could not be installed"
        wanted = ["--no-deps", "--target", str(folder), f"xlwings=={listed['release']}", *listed["needs"]]
        pip("install", *wanted, what=what)
    return folder


def pip(*command: str, what: str, **env: str) -> None:
    """Run pip. Raises NotRunError with its last word."""
    whole = [sys.executable, "-m", "pip", "--disable-pip-version-check", *command]
    done = subprocess.run(whole, env={**os.environ, **env}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotRunError(f"{what} ({(done.stderr.strip().splitlines() or ['pip said nothing'])[-1]}).")


def run_patiently(work: Path, module: str, known: Collection[str]) -> Outcome:
    """A module that misses what is not listed gets one more try: these tests have time limits, and the office that they
    drive shares the machine with the rest of the test run. What passes then is said to have needed it."""
    one = run(work, module)
    new = sorted({*one.missed, *one.skipped} - set(known))
    if not new:
        return one
    for name in new:
        print(f"{name}: {one.missed.get(name, 'skipped')}; the module once more")
    again = run(work, module)
    again.passed |= one.passed
    for name in one.passed:
        again.missed.pop(name, None)
    return again


def _run_and_tell(work: Path, module: str, known: Collection[str], total: Outcome) -> None:
    start = time.monotonic()
    one = run_patiently(work, module, known)
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
    unlike = len(new) + len(mended) + len(gone)
    outcome = "as listed" if not unlike else f"{unlike} not as listed"
    print(f"{TITLE}: {counts['passed']} pass, {counts['missed']} miss, {counts['skipped']} skip themselves, {outcome}")
    too_few = whole and counts["passed"] < int(str(listed["at_least"]))
    if too_few:
        print(f"FEWER than the {listed['at_least']} that must pass")
    return int(bool(new or mended or gone or too_few))


if __name__ == "__main__":
    sys.exit(main())
