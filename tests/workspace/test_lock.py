"""One writer at a time: others wait, then get a sentence; a lock ends with its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from addin.backends.lock import LOCK, holder_of, locked
from addin.core.names import STATE_FOLDER
from addin.errors import Busy

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from pathlib import Path
from addin.backends.lock import locked
with locked(Path(sys.argv[1]), "import"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holding(folder: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that holds the lock already."""
    words = [sys.executable, "-c", HOLD, str(folder), str(seconds)]
    other = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_a_second_writer_waits_and_then_says_who_is_at_work(tmp_path: Path) -> None:
    other, messages = holding(tmp_path, 20), list[str]()
    try:
        with (
            pytest.raises(Busy, match=rf"import .*process {other.pid}\)\. Try again"),
            locked(tmp_path, "validate", wait=1.3, tell=messages.append),
        ):
            pass
        assert messages[0] == "Waiting for another run (import)"
    finally:
        other.kill()
        other.communicate()


def test_a_writer_that_ends_lets_the_next_go_on(tmp_path: Path) -> None:
    other = holding(tmp_path, 0.3)
    with locked(tmp_path, "validate", wait=20):
        assert holder_of(tmp_path).verb == "validate"
    assert holder_of(tmp_path).verb == ""
    other.communicate()


def test_the_lock_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    other = holding(tmp_path, 60)
    os.kill(other.pid, signal.SIGKILL)
    other.communicate()
    assert holder_of(tmp_path).verb == "import"  # what it left behind
    with locked(tmp_path, "validate", wait=0):
        pass


def test_it_may_be_taken_again_inside_but_not_by_another_thread(tmp_path: Path) -> None:
    outcome: list[type[BaseException] | None] = []

    def another() -> None:
        try:
            with locked(tmp_path, "sync", wait=0):
                outcome.append(None)
        except Busy as busy:
            outcome.append(type(busy))

    with locked(tmp_path, "fix"), locked(tmp_path, "validate", wait=0):
        thread = threading.Thread(target=another)
        thread.start()
        thread.join()
    assert outcome == [Busy]
    with locked(tmp_path, "sync", wait=0):
        pass


def test_a_holder_on_another_computer_counts_until_the_lock_is_broken(tmp_path: Path) -> None:
    path = tmp_path / STATE_FOLDER / LOCK
    path.parent.mkdir()
    path.write_text("office-pc\n12\n99\n1\nsync\n2026-11-29 02:30")
    with pytest.raises(Busy, match=r"office-pc at 2026-11-29 02:30.*--break-lock"), locked(tmp_path, "fix", wait=0):
        pass
    with locked(tmp_path, "fix", wait=0, break_lock=True):
        pass
    with locked(tmp_path, "fix", wait=0):
        pass


def test_a_damaged_lock_file_is_no_holder(tmp_path: Path) -> None:
    path = tmp_path / STATE_FOLDER / LOCK
    path.parent.mkdir()
    for content in (b"", b"\xff\xfe\x00", b"x" * 5_000, b"a\nb\n"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        with locked(tmp_path, "fix", wait=0):
            pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_needs_no_lock(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with locked(tmp_path, "fix", wait=0):
        pass


def test_it_costs_nothing_to_speak_of(tmp_path: Path) -> None:
    started = time.perf_counter()
    for _ in range(50):
        with locked(tmp_path, "validate"):
            pass
    assert time.perf_counter() - started < 0.5
