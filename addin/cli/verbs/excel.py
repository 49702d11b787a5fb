"""ib-trackers excel: put the ribbon and the buttons into Excel, take them out, and find out why they do not work."""

from __future__ import annotations

import argparse

HELP = "put the buttons into Excel, and find out why they do not work"
EXAMPLE = "ib-trackers excel install"


def options(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    for name, told, step in (
        ("install", "put the ribbon IB Trackers into Excel, for you alone", install),
        ("uninstall", "take it out again", uninstall),
        ("doctor", "try each step from a button to Python, and say what to do about the first that fails", doctor),
    ):
        one = steps.add_parser(name, help=told, description=told, epilog=f"Example: ib-trackers excel {name}")
        one.set_defaults(step=step)


def run(arguments: argparse.Namespace) -> int:
    return int(arguments.step())


def install() -> int:
    """Put everything in its place, and say what went where."""
    from addin.cli.terminal import say
    from addin.excel.install import here, install

    for line in install(*here()):
        say(line)
    say("Start Excel anew: the tab IB Trackers is there. If it is not: ib-trackers excel doctor")
    return 0


def uninstall() -> int:
    """Take everything away again."""
    from addin.cli.terminal import say
    from addin.excel.install import here, uninstall

    for line in uninstall(*here()):
        say(line)
    return 0


def doctor() -> int:
    """Each check in one line with its remedy; 2 where one failed."""
    from addin.cli.terminal import say
    from addin.excel.doctor import checks

    found = checks()
    for check in found:
        say(str(check))
    return 0 if all(check.ok for check in found) else 2
