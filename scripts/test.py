"""python3 scripts/test.py: everything that CI runs. Arguments go to pytest, for example: scripts/test.py -k cas

Installs what the tests need (Debian packages too, as root, and says so first; not with --no-install), then runs ruff,
mypy and pytest, and in parallel xlwings' own tests on our LibreOffice engine. Ends with one line: N passed, N failed,
N skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from environment import ROOT, apt, python

PROGRAMS = {
    "soffice": ("libreoffice-calc", "python3-uno"),  # recalculates, presses the buttons, draws the pictures
    "chromium": ("chromium",),  # looks at the pages
    "pdftoppm": ("poppler-utils",),  # turns a printed sheet into a picture
    "/usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf": ("fonts-noto-core",),  # names of many scripts on paper
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf": ("fonts-droid-fallback",),
    "node": ("nodejs", "npm"),  # runs the Apps Script
}
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3


def main(arguments: list[str]) -> int:
    """Run all checks; the exit code is 0 only when every one of them passed."""
    install = "--no-install" not in arguments
    arguments = [argument for argument in arguments if argument != "--no-install"]
    missing = [package for program, packages in PROGRAMS.items() if not is_there(program) for package in packages]
    if missing and install:
        print(f"Installing Debian packages, where that is possible: {', '.join(missing)}", flush=True)
    if missing and not (install and apt(*missing)):
        print(f"Not installed, so the tests that need them are skipped: {', '.join(missing)}")
    interpreter = python("data,district,excel,google,pandas,test")
    node_packages()
    peer = None if arguments else start_peer(interpreter)
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    types = (["mypy"], ["mypy", "--config-file", "tests/mypy.ini"])
    for check in (["ruff", "check", "."], ["ruff", "format", "--check", "."], *types):
        if arguments:
            break
        done = subprocess.run([interpreter, "-m", *check], cwd=ROOT, check=False)
        counts["failed" if done.returncode else "passed"] += 1
    code = tests(interpreter, arguments, counts)
    if peer:
        counts[told_by(peer)] += 1
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if code or counts["failed"] or not counts["passed"] else 0


def is_there(program: str) -> bool:
    """Whether a program, or a file by its path, is installed."""
    return bool(shutil.which(program)) or Path(program).is_file()


def node_packages() -> None:
    """What the tests of the Apps Script and of the page need, as their lock files name it; once."""
    npm = shutil.which("npm")
    for folder in (ROOT / "tests" / "google" / "apps_script", ROOT / "tests" / "web"):
        if npm and not (folder / "node_modules").exists():
            subprocess.run([npm, "ci", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent"], check=False)


def start_peer(interpreter: Path) -> subprocess.Popen[str]:
    """xlwings' own tests on the engine, several minutes of them, on what the other tests leave of the processors."""
    lower = ["nice", "-n", "10"] if shutil.which("nice") else []
    command = [*lower, interpreter, ROOT / "scripts" / "peer_xlwings.py"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def told_by(peer: subprocess.Popen[str]) -> str:
    """Wait for xlwings' own tests: passed when all is as listed, skipped when they could not run, which is said."""
    said = peer.communicate()[0].rstrip()
    print(said if peer.returncode == 1 else said.rpartition("\n")[2])
    return {0: "passed", 2: "skipped"}.get(peer.returncode, "failed")


def tests(interpreter: Path, arguments: list[str], counts: dict[str, int]) -> int:
    """Run pytest and add up what it says; its exit code."""
    with tempfile.TemporaryDirectory(dir=in_memory()) as folder:
        report = Path(folder) / "report.xml"
        workers = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]  # one file, one process
        both = [] if arguments else [*workers, "--no-loadscope-reorder"]  # long files first, see conftest
        command = [interpreter, "-m", "pytest", "-q", f"--junit-xml={report}", *both, *arguments]
        environment = {**os.environ, "PYTHONUTF8": "1", **({"TMPDIR": folder} if in_memory() else {})}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else each command that a test runs compiles all it imports
        code = subprocess.run(command, cwd=ROOT, check=False, env=environment).returncode
        if report.exists():
            suite = ElementTree.parse(report).getroot()[0]
            total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            counts["failed"] += failed
            counts["skipped"] += skipped
            counts["passed"] += total - failed - skipped
        elif code:
            counts["failed"] += 1
    return code


def in_memory() -> Path | None:
    """Where files are kept in memory, if there is room: a save waits for the disk, and tests save ten thousand times.

    What a test leaves need not outlive the computer; a process that is killed leaves the same there as on a disk.
    """
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    return None if os.statvfs(MEMORY).f_flag & os.ST_NOEXEC else MEMORY


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
