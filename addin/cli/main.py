"""argv to verb to text and exit code: 0 clean, 1 something for a person to look at, 2 it could not run.

Each verb is a file in verbs/ over one function of actions/; nothing heavy is imported before it is used.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from types import ModuleType

from addin import __version__
from addin.cli.parser import Parser, add_common, common_last, did_you_mean
from addin.cli.terminal import complain, speaking
from addin.cli.verbs import module_of, verb_of, verbs
from addin.core.language import phrase
from addin.core.text import sentences_of
from addin.errors import Problem, file_problem

PROGRAM = "ib-trackers"
EXTRAS = {
    "xlwings": "excel",
    "gspread": "google",
    "google": "google",
    "google_auth_oauthlib": "google",
    "pandas": "pandas",
}
"""Packages that not every school needs, and the extra that brings each."""
STOPPED = "Stopped. Nothing was left half written; ib-trackers history lists what was written."
_TARGETS = ("into", "target", "workbook", "book", "file")
"""The arguments that name the workbook a verb works on."""
EXIT_CODES = "Exit codes: 0 clean, 1 something for you to look at, 2 could not run."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, and never shows a traceback for what a person can fix."""
    gc.set_threshold(100_000, 50, 50)  # a run is short: looking for rings of dead objects took a tenth of it
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that has no letter for something shows ? instead
    argv = common_last(sys.argv[1:] if argv is None else argv)
    if any("\0" in word for word in argv):
        complain_in_its_language(phrase("A name has a character that no file name can have. Check the command."))
        return 2
    try:
        return _main(argv)
    except KeyboardInterrupt:  # before the verb began, or after it ended
        complain(STOPPED)
        return 2


def _main(argv: Sequence[str]) -> int:
    name = module_of(argv[0]) if argv else ""
    if argv and not name and argv[0][:1] not in ("-", ""):
        complain_in_its_language(
            phrase("There is no command {argv}. {near}", argv=repr(argv[0]), near=_near(argv[0])),
        )
        return 2
    arguments = parser_of(name).parse_args(argv[1:]) if name else overview().parse_args(argv)
    with speaking(quiet=arguments.quiet and getattr(arguments, "json", "") != "-", verbose=arguments.verbose):
        return run(arguments)


def _near(word: str) -> str:
    """The verb that may have been meant, or where they are listed."""
    return did_you_mean(word, map(verb_of, verbs())) or phrase("{program} --help lists them.", program=PROGRAM)


def complain_in_its_language(text: str) -> None:
    """Say what is wrong before any verb runs, in the language of this computer."""
    from addin.workspace.spoken import conversation

    with conversation():
        complain(text)


def run(arguments: argparse.Namespace) -> int:
    """Run the verb, and answer in the workbook's language, or the one that was asked for."""
    from addin.workspace.spoken import conversation

    target = str(next((value for name in _TARGETS if (value := getattr(arguments, name, None))), ""))
    try:
        with conversation(target, asked=arguments.language or ""):
            return _run(arguments)
    except Problem as problem:
        complain_in_its_language(sentences_of(problem))  # there is no such language
        return 2


def _run(arguments: argparse.Namespace) -> int:
    """Run the verb; what goes wrong becomes one sentence and exit code 2."""
    try:
        return int(arguments.do(arguments))
    except Problem as problem:
        complain(_said(problem))
    except KeyboardInterrupt:
        complain(STOPPED)
    except BrokenPipeError:
        return 0  # the reader, such as `head`, has had enough
    except ModuleNotFoundError as missing:
        if missing_extra(missing) is None:
            raise
        complain(
            phrase(
                "{name} is not installed. Run: pip install '{missing_extra}'",
                name=missing.name,
                missing_extra=missing_extra(missing),
            )
        )
    except OSError as error:
        complain(_said(file_problem(error, error.filename or "a file", doing="used")))
    except Exception as error:  # a mistake of ours; its text may quote a cell, so only its kind is shown
        if "Symlink loop" in str(error):  # so Python 3.11 and 3.12 answer
            complain(phrase("This name is a link that leads back to itself. Name the workbook itself."))
        elif arguments.verbose:
            raise
        else:
            complain(
                phrase(
                    "Unexpected error ({name}). Please report it; --verbose shows the details.",
                    name=type(error).__name__,
                )
            )
    return 2


def _said(problem: Problem) -> str:
    from addin.workspace.spoken import said

    return said(problem)


def missing_extra(missing: ModuleNotFoundError) -> str | None:
    """What to install for a package that is not there; None for a mistake of our own."""
    package = (missing.name or "").partition(".")[0]
    if package in EXTRAS:
        return f"ib-trackers[{EXTRAS[package]}]"
    return "ib-trackers" if package and package != "addin" else None


def parser() -> argparse.ArgumentParser:
    """The whole command line, with every verb and its options."""
    return overview(fill)


def overview(add: Callable[[argparse.ArgumentParser, ModuleType], object] | None = None) -> argparse.ArgumentParser:
    """The list of verbs, each with a line of help; `add` gives each verb's parser more, which --help does not show."""
    top = Parser(
        prog=PROGRAM,
        description="Live, checked, shared trackers for IB coordinators.",
        epilog=f"{PROGRAM} VERB --help shows an example. New here? {PROGRAM} demo. {EXIT_CODES}",
    )
    top.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parsers = top.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name in verbs():
        module = import_module(f"addin.cli.verbs.{name}")
        one = parsers.add_parser(verb_of(name), help=module.HELP)
        if add:
            add(one, module)
    return top


def parser_of(name: str) -> argparse.ArgumentParser:
    """The command line of one verb, by its module's name; the others are not loaded."""
    return fill(Parser(prog=f"{PROGRAM} {verb_of(name)}"), import_module(f"addin.cli.verbs.{name}"))


def fill(one: argparse.ArgumentParser, module: ModuleType) -> argparse.ArgumentParser:
    """Give a verb's parser what its module says of it."""
    one.description = (module.__doc__ or "").partition(": ")[2]
    one.epilog = f"Example: {module.EXAMPLE}"
    module.options(one)
    add_common(one)
    one.set_defaults(do=module.run)
    return one
