"""What a person sees in a terminal: plain lines, and a progress line while something takes longer than a second."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from io import TextIOBase
from types import TracebackType

from addin.core.language import Phrase

# ruff: noqa: T201 - this file is the edge where words are printed
PATIENCE = 1.0
"""Seconds before anything is shown: most work is over by then."""


YES = ("", "y", "yes", "j", "ja", "o", "oui", "s", "si", "sí")
"""What goes on: yes in any of our languages."""
VERBOSE = "IB_TRACKERS_VERBOSE"
"""Set while a command runs with --verbose, for the steps of whatever it starts."""


class Silence(TextIOBase):
    """A standard output that drops what is printed: --quiet."""

    def write(self, text: str) -> int:
        """Drop it."""
        return len(text)


@contextmanager
def speaking(*, quiet: bool, verbose: bool) -> Iterator[None]:
    """Say nothing but errors, or each step too, while a command runs."""
    before = os.environ.get(VERBOSE)
    if verbose:
        os.environ[VERBOSE] = "1"
    try:
        with redirect_stdout(Silence()) if quiet else nullcontext():
            yield
    finally:
        if verbose:
            os.environ.pop(VERBOSE)
            os.environ.update({VERBOSE: before} if before is not None else {})


def spoken(text: str) -> str:
    """A sentence in the language of the conversation."""
    if not isinstance(text, Phrase):
        return text
    from addin.workspace.spoken import spoken as in_its_language

    return in_its_language(text)


def say(text: str = "") -> None:
    """One line for the person (standard output), in the language of the conversation; a file has it at once."""
    text = spoken(text)
    try:
        print(text, flush=True)
    except UnicodeEncodeError:
        print(text.encode(sys.stdout.encoding or "ascii", "replace").decode(sys.stdout.encoding or "ascii"), flush=True)


def complain(text: str) -> None:
    """One line about what went wrong (standard error)."""
    print(f"ib-trackers: {spoken(text)}", file=sys.stderr)


class Progress:
    """A progress bar on standard error, only on a terminal and only after a second; use it as a context manager."""

    def __init__(self, *steps: str) -> None:
        import threading  # --help draws nothing

        self._steps, self._now, self._started = steps, "", time.monotonic()
        self._over = threading.Event()
        self._shown = False
        self._watch = threading.Thread(target=self._draw, daemon=True)

    def __enter__(self) -> Progress:
        is_seen = sys.stderr is not None and sys.stderr.isatty() and not isinstance(sys.stdout, Silence)
        if is_seen and VERBOSE not in os.environ:
            self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Draw no more: the work is done, or a person is asked something."""
        self._over.set()
        if self._watch.is_alive():
            self._watch.join()
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False

    def __call__(self, step: str) -> None:
        self._now = step
        if VERBOSE in os.environ:
            print(f"{time.monotonic() - self._started:6.2f} s  {step}", file=sys.stderr)

    def _draw(self) -> None:
        self._over.wait(PATIENCE)
        while not self._over.is_set():
            step = self._now.partition(" ")[0]
            done = self._steps.index(step) if step in self._steps else 0
            bar = "#" * (done * 20 // max(1, len(self._steps)))
            took = time.monotonic() - self._started
            print(f"\r\x1b[K[{bar:<20}] {self._now} … {took:.0f} s", end="", file=sys.stderr, flush=True)
            self._shown = True
            self._over.wait(0.2)
