"""ib-trackers trackers: list the trackers there are, or explain one."""

from __future__ import annotations

import argparse

HELP = "list the trackers there are, or explain one"
EXAMPLE = "ib-trackers trackers cas"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="the tracker to explain")


def run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.errors import Problem
    from addin.explain import explain
    from addin.screen import say
    from addin.trackers import load_all

    trackers = load_all(Path.cwd() / "trackers")
    if not arguments.name:
        for name, tracker in trackers.items():
            say(f"{name:<16} {tracker.about or tracker.title}")
        return 0
    if arguments.name not in trackers:
        raise Problem(f"There is no tracker {arguments.name!r}.", next=f"There are: {', '.join(trackers)}.")
    say(explain(trackers[arguments.name]))
    return 0
