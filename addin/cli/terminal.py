"""What a person sees in a terminal: plain lines, and a progress line while something takes longer than a second."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType

# ruff: noqa: T201 - this file is the edge where words are printed
PATIENCE = 1.0
"""Seconds before anything is shown: most work is over by then."""


def say(text: str = "") -> None:
    """One line for the person (standard output)."""
    try:
        print(text)
    except UnicodeEncodeError:
        print(text.encode(sys.stdout.encoding or "ascii", "replace").decode(sys.stdout.encoding or "ascii"))


def complain(text: str) -> None:
    """One line about what went wrong (standard error)."""
    print(f"ib-trackers: {text}", file=sys.stderr)


class Progress:
    """A progress bar on standard error, only on a terminal and only after a second; use it as a context manager."""

    def __init__(self, *steps: str) -> None:
        self._steps, self._now, self._started = steps, "", time.monotonic()
        self._over = threading.Event()
        self._shown = False
        self._watch = threading.Thread(target=self._draw, daemon=True)

    def __enter__(self) -> Progress:
        if sys.stderr is not None and sys.stderr.isatty():
            self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        if self._watch.is_alive():
            self._watch.join()
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def __call__(self, step: str) -> None:
        self._now = step

    def _draw(self) -> None:
        self._over.wait(PATIENCE)
        while not self._over.is_set():
            done = self._steps.index(self._now) if self._now in self._steps else 0
            bar = "#" * (done * 20 // max(1, len(self._steps)))
            took = time.monotonic() - self._started
            print(f"\r\x1b[K[{bar:<20}] {self._now} … {took:.0f} s", end="", file=sys.stderr, flush=True)
            self._shown = True
            self._over.wait(0.2)
