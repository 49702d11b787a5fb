"""argv to verb to text and exit code: 0 clean, 1 findings of level error, 2 it could not run.

Each verb is a file in commands/ over one function of actions/; nothing heavy is imported before it is used.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from addin import __version__
from addin.commands import verbs
from addin.errors import Problem
from addin.screen import complain


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, and never shows a traceback for what a person can mend."""
    arguments = parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except Problem as problem:
        complain(str(problem))
    except KeyboardInterrupt:
        complain("stopped by you; nothing is half written.")
    except BrokenPipeError:
        return 0  # the reader, such as `head`, has had enough
    return 2


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="ib-trackers",
        description="Live, checked, shared trackers for IB coordinators.",
        epilog="ib-trackers VERB --help shows an example. New here? ib-trackers demo",
    )
    top.add_argument("--version", action="version", version=f"ib-trackers {__version__}")
    parsers = top.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name in verbs():
        module = import_module(f"addin.commands.{name}")
        verb = name.strip("_").replace("_", "-")
        one = parsers.add_parser(
            verb,
            help=module.HELP,
            description=(module.__doc__ or "").partition(": ")[2],
            epilog=f"Example: {module.EXAMPLE}",
        )
        module.options(one)
        one.set_defaults(run=module.run)
    return top
