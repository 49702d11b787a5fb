"""ib-trackers google: sign in to Google, and find out why it does not work."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "sign in to Google Sheets, and find out why it does not work"
EXAMPLE = "ib-trackers google sign-in key.json"


def options(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    enter = steps.add_parser(
        "sign-in",
        help="keep a key on this computer, for you alone",
        description="Without FILE it says how to get one.",
        epilog="Example: ib-trackers google sign-in key.json",
    )
    enter.add_argument("file", nargs="?", metavar="FILE", help="the file that the Google Cloud console gave you")
    enter.set_defaults(step=sign_in)
    look = steps.add_parser(
        "doctor",
        help="try each step on the way to a spreadsheet",
        description="Tries each step, and says what to do about the first that fails.",
        epilog="Example: ib-trackers google doctor https://docs.google.com/spreadsheets/d/1a2b3c/edit",
    )
    look.add_argument("target", nargs="?", default="", metavar="TARGET", help="gsheet:KEY or a Google Sheets address")
    look.set_defaults(step=examine)


def run(arguments: argparse.Namespace) -> int:
    return int(arguments.step(arguments))


def sign_in(arguments: argparse.Namespace) -> int:
    """Keep the key, and try at once whether Google takes it."""
    from addin.google.keys import STEPS
    from addin.google.sign_in import remember
    from addin.screen import say

    if not arguments.file:
        say(STEPS)
        return 0
    key = remember(Path(arguments.file))
    say(f"The sign-in is kept in {key.path}, for you alone. You can delete {arguments.file} now.")
    if key.who:
        say(f"Press Share in each spreadsheet and add {key.who} as Editor.")
    return examine(argparse.Namespace(target=""))


def examine(arguments: argparse.Namespace) -> int:
    """Tell each check; 2 where one failed."""
    from addin.google.doctor import doctor
    from addin.screen import say

    checks = doctor(arguments.target)
    for check in checks:
        say(str(check))
    return 0 if all(check.ok for check in checks) else 2
