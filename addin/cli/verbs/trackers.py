"""ib-trackers trackers: list the trackers there are, or explain one."""

from __future__ import annotations

import argparse

HELP = "list the trackers there are, or explain one"
EXAMPLE = "ib-trackers trackers cas"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="the tracker to explain")


def run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.cli.terminal import say
    from addin.core.tables.table import plain
    from addin.core.trackers.describe import explain
    from addin.errors import Problem
    from addin.workspace.tracker_files import load_all

    trackers = load_all(Path.cwd() / "trackers")
    if not arguments.name:
        for name, tracker in trackers.items():
            say(f"{name:<16} {tracker.about or tracker.title}")
        return 0
    called = {plain(word): name for name, one in trackers.items() for word in (one.title, one.sheet, name)}
    asked = called.get(plain(arguments.name))
    if asked is None:
        raise Problem(f"There is no tracker {arguments.name!r}.", next=_near(arguments.name, list(trackers)))
    say(explain(trackers[asked]))
    return 0


def _near(word: str, names: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), names, 2)
    return f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(names)}."
