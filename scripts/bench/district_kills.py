"""python scripts/bench/district_kills.py: a district's run and its workers are killed at random moments, 50 times.

Each time the whole run or one of its workers gets SIGKILL; then it is begun again over the same results. When a run
comes to its end, every part of the dataset must be, byte for byte, that of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]
PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from addin.district.run import district
if __name__ == "__main__":
    district(sys.argv[1], Path(sys.argv[2]), today=date(2026, 11, 29), workers=2)
"""


def content(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*.parquet"))
    }


def begin(script: Path, source: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(script), str(source), str(out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def workers_of(process: int) -> list[int]:
    """The worker processes of a run, from /proc."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            number, _, rest = status.read_text().partition(" (")
            if int(rest.rpartition(")")[2].split()[1]) == process:
                found.append(int(number))
    return found


def disturb(process: subprocess.Popen[bytes], dice: random.Random) -> str:
    """Kill the run with all its processes, or one of its workers; which."""
    workers = workers_of(process.pid)
    if workers and dice.random() < 0.5:
        with suppress(ProcessLookupError):
            os.kill(dice.choice(workers), signal.SIGKILL)
        return "worker"
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return "run"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--schools", type=int, default=12)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    from district_schools import make_schools

    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, script = folder / "schools", folder / "run.py"
        make_schools(source, given.schools, candidates=20, cas=100, broken=2)
        script.write_text(PROGRAM)
        start = time.monotonic()
        begin(script, source, folder / "undisturbed").wait()
        whole, wanted = time.monotonic() - start, content(folder / "undisturbed")
        killed = {"run": 0, "worker": 0}
        ends = wrong = 0
        while sum(killed.values()) < given.kills or ends == 0:
            process = begin(script, source, folder / "out")
            with suppress(subprocess.TimeoutExpired):
                process.wait(dice.random() * whole)
            if process.poll() is None and sum(killed.values()) < given.kills:
                killed[disturb(process, dice)] += 1
            with suppress(subprocess.TimeoutExpired):  # one whose worker was killed goes on
                process.wait(20 * whole)
            if process.returncode == 0:
                ends += 1
                wrong += content(folder / "out") != wanted
                shutil.rmtree(folder / "out")
        print(
            f"{sum(killed.values())} kills ({killed['run']} of the run, {killed['worker']} of a worker), "
            f"{ends} runs came to their end, {wrong} with other results than the undisturbed one "
            f"({len(wanted)} parts, {whole:.1f} s)."
        )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
