"""A forked process that does one job after the other within limits of time and memory.

A job that hangs or takes too much ends that process and not this one. What a job has loaded and looked up serves the
next one, which a new process for each job would pay for again (some 0.1 of 0.26 seconds of a school's workbook).
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import socket
import struct
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, Generic, TypeVar

J = TypeVar("J")
A = TypeVar("A")
JOBS = 100
"""After so many jobs a process is ended, so that what it has gathered never counts against the next job."""
TRIES = 2
"""New processes that a job may end; somebody may have ended the first."""
FILES = 4096
"""Open files of the parent that a child lets go of."""


_FORKING = threading.Lock()


class TooLongError(Exception):
    """The job took more seconds than it may."""


class TooMuchError(Exception):
    """The job needed more memory than it may, or the system ended its process."""


_RUNNING: set[Limited[Any, Any]] = set()
"""Those with a process."""


def end_all() -> None:
    """End the processes that this one has started."""
    for one in tuple(_RUNNING):
        one.end()


atexit.register(end_all)


class Limited(Generic[J, A]):
    """Does jobs by `work` in a process of its own that may take `memory` bytes more than this one."""

    def __init__(self, work: Callable[[J], A], memory: int) -> None:
        self._work, self._memory, self._owner = work, memory, os.getpid()
        self._pipe: Connection | None = None
        self._child, self._done = 0, 0

    def do(self, job: J, seconds: float) -> A:
        """The answer to one job. Raises TooLongError or TooMuchError."""
        ended = 0
        while True:
            is_new = self._pipe is None
            pipe = self._pipe or self._start()
            try:
                _send_within(pipe, seconds)
                pipe.send(job)
                if not pipe.poll(seconds):
                    self.end()
                    raise TooLongError
                answer: A = pipe.recv()  # written by our own child
            except (EOFError, OSError) as error:
                self.end()
                ended += is_new  # one that has done other jobs may have ended of what they left behind
                if ended == TRIES:
                    raise (TooLongError if isinstance(error, BlockingIOError) else TooMuchError) from None
                continue
            self._done += 1
            if self._done >= JOBS:
                self.end()
            return answer

    def end(self) -> None:
        """End the process; the next job starts another one."""
        pipe, self._pipe = self._pipe, None
        if pipe is None or self._owner != os.getpid():
            return
        pipe.close()
        with suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
        self._done = 0
        _RUNNING.discard(self)

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        self._child = _fork()
        if self._child == 0:  # pragma: no cover - runs in the child
            try:
                _serve(theirs, self._work, self._memory)
            finally:
                os._exit(1)
        theirs.close()
        self._pipe = ours
        _RUNNING.add(self)
        return ours


def _send_within(pipe: Connection, seconds: float) -> None:
    """Let sending fail with BlockingIOError where nobody reads for so long: a process may hang as it starts."""
    whole, rest = divmod(seconds, 1)
    with socket.socket(fileno=os.dup(pipe.fileno())) as same:
        same.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", int(whole), int(rest * 1e6)))


def _fork() -> int:
    """As os.fork, but never while a thread of this process collects garbage: the child then never could, and grew by
    2 MB with every workbook."""
    with _FORKING:
        was_on = gc.isenabled()
        gc.disable()
        try:
            while not _can_collect():
                time.sleep(0.001)
            return os.fork()
        finally:
            if was_on:
                gc.enable()


class _Ring:
    """Refers to itself: only the garbage collection takes it away."""

    def __init__(self) -> None:
        self.itself = self


def _can_collect() -> bool:
    """Whether garbage is collected when asked for; not while another thread is at it."""
    gone = weakref.ref(_Ring())
    gc.collect(0)
    return gone() is None


def _serve(pipe: Connection, work: Callable[[J], A], memory: int) -> None:  # pragma: no cover - runs in the child
    """Answer one job after the other until the parent is gone; a MemoryError ends the process without an answer."""
    number = pipe.fileno()
    os.closerange(3, number)  # the parent's sockets are not ours to keep open
    os.closerange(number + 1, FILES)
    gc.callbacks.clear()  # the engine's, which looks at its own process
    _limit(memory)
    while True:
        pipe.send(work(pipe.recv()))


def _limit(memory: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_used() + memory, -1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _used() -> int:
    """Bytes of address space that the process has already."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 2 * 1024**3
