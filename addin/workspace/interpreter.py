"""Whether the Python that runs now will still be there tomorrow: what Excel or a scheduler starts must last."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import PurePath, PureWindowsPath

from addin.errors import Problem

_RUNNERS = {"archive-v0", "environments-v0", "environments-v1", "environments-v2", "builds-v0"}
"""Folders of uv's cache in which `uvx` and `uv run --with` make environments that are cleaned away."""


def is_cached(python: str) -> bool:
    """Whether an interpreter is in the cache of a tool that runs programs without installing them (uvx, pipx run)."""
    path = PureWindowsPath(python) if "\\" in python else PurePath(python)
    folders = [part.casefold() for part in path.parts]
    if _RUNNERS & set(folders):
        return True
    pairs = set(pairwise(folders))
    return bool(pairs & {("pipx", ".cache"), (".cache", "pipx"), (".cache", "uv"), ("uv", "cache"), ("pipx", "cache")})


def lasting(python: str = "") -> str:
    """The interpreter to write into settings that outlive this run. Raises Problem for one in a tool's cache."""
    python = python or sys.executable
    if is_cached(python):
        raise Problem(
            "IB Trackers runs from a cache that is cleaned now and then, so nothing that starts it later would last.",
            where=python,
            next='Install it for good: uv tool install "ib-trackers[excel,google]". Then run this command again.',
        )
    return python
