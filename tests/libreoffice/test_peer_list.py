"""The list of what xlwings' own tests miss on our engine is well formed; scripts/test.py runs them and compares."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTED = tomllib.loads((ROOT / "tests" / "libreoffice" / "peer_xlwings.toml").read_text(encoding="utf-8"))
SCRIPT = ROOT / "scripts" / "peer_xlwings.py"


def test_each_miss_names_a_test_that_is_run_and_why_it_misses() -> None:
    for name, why in LISTED["misses"].items():
        module, *rest = name.split("::")
        assert module in LISTED["modules"] and len(rest) == 2 and all(re.fullmatch(r"\w+", part) for part in rest), name
        assert len(why.split()) >= 2, f"{name} needs a reason"


def test_what_is_fetched_is_named_to_the_version() -> None:
    assert re.fullmatch(r"[\d.]+", LISTED["release"]) and LISTED["at_least"] >= 305
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", need) for need in LISTED["needs"])


def test_without_the_tests_it_is_said_that_they_were_not_run(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, SCRIPT, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout.startswith("xlwings' own tests: NOT RUN, because ") and done.stdout.count("\n") == 1
