"""A process that does one job after the other: a job that hangs, eats or dies ends that process and no other."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from addin.district import limited as limited_module
from addin.district.limited import JOBS, Limited, TooLongError, TooMuchError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
MEMORY = 300 << 20
TOO_MUCH = MEMORY + (4 << 30)
"""More than the free memory that a long run of tests may leave in this process, and the fork may use."""


def work(job: str) -> tuple[str, int]:
    """What a job asks for, and the process that did it."""
    if job == "sleep":
        time.sleep(60)
    if job == "eat":
        return str(len(b"x" * TOO_MUCH)), 0
    if job == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return job, os.getpid()


@pytest.fixture
def limited() -> Iterator[Limited[str, tuple[str, int]]]:
    made: Limited[str, tuple[str, int]] = Limited(work, MEMORY)
    yield made
    made.end()


def test_jobs_share_a_process_until_it_has_done_enough(limited: Limited[str, tuple[str, int]]) -> None:
    answers = [limited.do("a", 20) for _ in range(JOBS + 1)]
    assert len({process for _, process in answers[:JOBS]}) == 1
    assert answers[0][1] != os.getpid()
    assert answers[JOBS][1] != answers[0][1]


def test_a_job_that_hangs_or_eats_ends_and_the_next_is_done(limited: Limited[str, tuple[str, int]]) -> None:
    with pytest.raises(TooLongError):
        limited.do("sleep", 0.05)
    assert limited.do("a", 20)[0] == "a"
    with pytest.raises(TooMuchError):
        limited.do("eat", 20)
    assert limited.do("b", 20)[0] == "b"
    with pytest.raises(TooMuchError):
        limited.do("die", 20)


def test_a_process_that_somebody_ends_between_two_jobs_is_replaced(limited: Limited[str, tuple[str, int]]) -> None:
    _, process = limited.do("a", 20)
    os.kill(process, signal.SIGKILL)
    assert limited.do("b", 20)[0] == "b"


def test_ended_processes_leave_nothing_behind(limited: Limited[str, tuple[str, int]]) -> None:
    _, process = limited.do("a", 20)
    limited.end()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_process_that_reads_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large job does not fit into the pipe: sending it would last for ever."""
    monkeypatch.setattr(limited_module, "_serve", lambda *_: time.sleep(60))
    hanging: Limited[str, tuple[str, int]] = Limited(work, MEMORY)
    with pytest.raises(TooLongError):
        hanging.do("x" * 4_000_000, 0.1)


def test_a_process_that_stops_reading_is_replaced(limited: Limited[str, tuple[str, int]]) -> None:
    _, process = limited.do("a", 20)
    os.kill(process, signal.SIGSTOP)
    job = "x" * 4_000_000
    answer, other = limited.do(job, 5)
    assert answer == job
    assert other != process


def test_a_process_begun_while_garbage_is_collected_collects_its_own() -> None:
    """A copy of a process in the middle of a collection believes for ever that one is going on, and only grows."""
    is_under_way, thread = threading.Event(), threading.Thread(target=gc.collect)

    def dawdle(phase: str, details: dict[str, int]) -> None:
        if phase == "start" and threading.current_thread() is thread:
            is_under_way.set()
            time.sleep(0.5)

    gc.callbacks.append(dawdle)
    made: Limited[str, bool] = Limited(lambda _: limited_module._can_collect(), MEMORY)
    try:
        thread.start()
        assert is_under_way.wait(10)
        assert made.do("", 20)
    finally:
        gc.callbacks.remove(dawdle)
        thread.join()
        made.end()
