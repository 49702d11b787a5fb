"""argv to verb to text and exit code: 0 clean, 1 findings of level error, 2 it could not run.

Each verb is a file in commands/ over one function of actions/; nothing heavy is imported before it is used.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from types import ModuleType

from addin import __version__
from addin.cli.terminal import complain
from addin.cli.verbs import module_of, verbs
from addin.errors import Problem

PROGRAM = "ib-trackers"
EXTRAS = {
    "xlwings": "excel", "gspread": "google", "google": "google", "google_auth_oauthlib": "google", "pandas": "pandas",
}  # fmt: skip
"""Packages that not every school needs, and the extra that brings each."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, and never shows a traceback for what a person can mend."""
    gc.set_threshold(100_000, 50, 50)  # a run is short: looking for rings of dead objects took a tenth of it
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that has no letter for something shows ? instead
    argv = sys.argv[1:] if argv is None else argv
    name = module_of(argv[0]) if argv else ""
    arguments = parser_of(name).parse_args(argv[1:]) if name else parser().parse_args(argv)
    try:
        return int(arguments.do(arguments))
    except Problem as problem:
        complain(str(problem))
    except KeyboardInterrupt:
        complain("stopped by you; nothing is half written.")
    except BrokenPipeError:
        return 0  # the reader, such as `head`, has had enough
    except ModuleNotFoundError as missing:
        if missing_extra(missing) is None:
            raise
        complain(f"{missing.name} is not installed. Run: pip install '{missing_extra(missing)}'")
    except OSError as error:
        where, why = error.filename or "a file", error.strerror or error
        complain(f"{where}: {why}. Check the name, the folder and your rights.")
    return 2


def missing_extra(missing: ModuleNotFoundError) -> str | None:
    """What to install for a package that is not there; None for a mistake of our own."""
    package = (missing.name or "").partition(".")[0]
    if package in EXTRAS:
        return f"ib-trackers[{EXTRAS[package]}]"
    return "ib-trackers" if package and package != "addin" else None


def parser() -> argparse.ArgumentParser:
    """The whole command line, with every verb."""
    top = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Live, checked, shared trackers for IB coordinators.",
        epilog="ib-trackers VERB --help shows an example. New here? ib-trackers demo",
    )
    top.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parsers = top.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name in verbs():
        module = import_module(f"addin.cli.verbs.{name}")
        filled(parsers.add_parser(name.strip("_").replace("_", "-"), help=module.HELP), module)
    return top


def parser_of(name: str) -> argparse.ArgumentParser:
    """The command line behind one verb, by its module's name; the others are not loaded."""
    verb = name.strip("_").replace("_", "-")
    return filled(argparse.ArgumentParser(prog=f"{PROGRAM} {verb}"), import_module(f"addin.cli.verbs.{name}"))


def filled(one: argparse.ArgumentParser, module: ModuleType) -> argparse.ArgumentParser:
    """A verb's parser with what its module says of it."""
    one.description = (module.__doc__ or "").partition(": ")[2]
    one.epilog = f"Example: {module.EXAMPLE}"
    module.options(one)
    one.set_defaults(do=module.run)
    return one
