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
    from addin.core.trackers.describe import explain
    from addin.workspace.tracker_files import load_all
    from addin.workspace.tracker_names import tracker_names

    trackers = load_all(Path.cwd() / "trackers")
    if not arguments.name:
        for name, tracker in trackers.items():
            say(f"{name:<16} {tracker.about or tracker.title}")
        return 0
    (name,) = tracker_names([arguments.name], trackers)
    say(explain(trackers[name]))
    return 0
