"""ib-trackers handover: give everything to the person who takes over, in one protected file; or take it up."""

from __future__ import annotations

import argparse

from addin.core.language import phrase

HELP = "hand over to another coordinator: one protected archive, or take one up"
EXAMPLE = "ib-trackers handover School.xlsx"
PASSWORD = "IB_TRACKERS_HANDOVER_PASSWORD"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the workbook to hand over, or an archive (.zip) to take up")
    parser.add_argument("--out", metavar="FILE", default="", help="the archive to make (default: beside the workbook)")
    parser.add_argument("--to", metavar="FOLDER", default="", help="the folder to take an archive up into")


def run(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.actions.handover import hand_over, take_over
    from addin.cli.terminal import Progress, say

    password = _password()
    if arguments.file.lower().endswith(".zip"):
        folder = arguments.to or str(Path(arguments.file).with_suffix(""))
        with Progress("Unpacking") as tell:
            taken = take_over(arguments.file, folder, password, tell=tell)
        say(phrase("Taken up: {path}. Open “What you need to know.html” beside it first.", path=taken.path))
        return 0
    with Progress("Reading", "Packing") as tell:
        made = hand_over(arguments.file, arguments.out, password, tell=tell)
    say(phrase("Made {path} with {n} files. It holds no keys and no passwords.", path=made.path, n=len(made.files)))
    say(phrase("Give the file and its password to the new coordinator in different ways, then stop using your copy."))
    return 0


def _password() -> str:
    """From the environment, else asked for; it is kept nowhere."""
    import os
    import sys

    from addin.errors import Problem

    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if sys.stdin is not None and sys.stdin.isatty():
        from getpass import getpass

        return getpass("Password of the archive: ")
    raise Problem(
        phrase("There is no password for the archive."),
        next=phrase("Set {password} where this is run.", password=PASSWORD),
    )
