"""ib-trackers excel: install, remove and diagnose the Excel add-in with its ribbon and buttons."""

from __future__ import annotations

import argparse

from addin.core.language import phrase

HELP = "install and diagnose the Excel add-in"
EXAMPLE = "ib-trackers excel install"


def options(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    for name, summary, step in (
        ("install", "install the ribbon tab IB Trackers, for you alone", install),
        ("uninstall", "remove it", uninstall),
        ("doctor", "try each step from a button to Python, with a remedy for the first that fails", doctor),
    ):
        one = steps.add_parser(name, help=summary, description=summary, epilog=f"Example: ib-trackers excel {name}")
        one.set_defaults(step=lambda arguments, do=step: do())
    about = "write main.py and requirements.txt for xlwings Lite (Excel on the web)"
    one = steps.add_parser("lite", help=about, description=about, epilog="Example: ib-trackers excel lite scripts")
    one.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="where to write them (default: here)")
    one.set_defaults(step=lite)


def run(arguments: argparse.Namespace) -> int:
    return int(arguments.step(arguments))


def lite(arguments: argparse.Namespace) -> int:
    """Write the scripts, and say what to do with them."""
    from pathlib import Path

    from addin.cli.terminal import say
    from addin.excel.lite import write_scripts

    for path in write_scripts(Path(arguments.folder)):
        say(phrase("Wrote {path}", path=path))
    say(
        phrase(
            "In Excel: Add-ins > xlwings Lite. Paste each file into the tab of its name, then choose "
            "a script and run it."
        )
    )
    say(phrase("It lists problems, repairs and clean tables on sheets of its own; not tried in real Excel yet."))
    return 0


def install() -> int:
    """Install everything; one line for each thing that was done."""
    from addin.cli.terminal import say
    from addin.excel.install import here, install

    for line in install(*here()):
        say(line)
    return 0


def uninstall() -> int:
    """Remove everything that install wrote."""
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
