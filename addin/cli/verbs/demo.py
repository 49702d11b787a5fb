"""ib-trackers demo: a made-up school, checked, exported and shared, on this computer alone."""

from __future__ import annotations

import argparse

HELP = "see everything at work on a made-up school"
EXAMPLE = "ib-trackers demo"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", default="ib-trackers-demo", metavar="FOLDER", help="where to put it")
    parser.add_argument(
        "--keep", action="store_true", help="at the end, play the teacher yourself in a browser, until Ctrl-C"
    )


def run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.cli.terminal import say
    from addin.demo.tour import demo

    demo(Path(arguments.folder), say, keep=arguments.keep)
    return 0
