"""The verbs: where core meets edge. The command line, the buttons and the scheduled scripts all call these.

One verb, one file. Each takes what a person named and gives back facts; the words for a person are made at the edges
(commands/, buttons.py, answers.py).
"""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str], None]
"""Told what is being done, so that a person sees progress."""


def silent(step: str) -> None:
    """Nobody is watching."""
