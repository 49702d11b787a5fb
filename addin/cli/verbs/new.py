"""ib-trackers new: make a workbook with the trackers you choose."""

from __future__ import annotations

import argparse

from addin.core.language import phrase

HELP = "make a new workbook with trackers, drop-downs and live summaries"
EXAMPLE = "ib-trackers new School.xlsx --session M27"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", metavar="BOOK", help="the workbook to make: .xlsx, or .xlsm with buttons")
    parser.add_argument(
        "--programme", type=str.lower, choices=("dp", "myp", "pyp", "cp"), default="dp", help="programme (default: dp)"
    )
    parser.add_argument(
        "--trackers", metavar="A,B", default="", help="these trackers only, or all (default: the main ones)"
    )
    parser.add_argument("--session", metavar="M27", default="", help="the exam session, for the deadlines")
    parser.add_argument(
        "--language",
        metavar="fr",
        default="",
        help="the workbook's language: en, fr, es, de (default: en)",
    )
    parser.add_argument("--sample", action="store_true", help="fill it with a made-up school, mistakes included")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.new import new
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted, typed
    from addin.demo.sample import school_of

    sample = school_of if arguments.sample else None

    names = [name.strip() for name in arguments.trackers.split(",") if name.strip()]
    with Progress("Building") as tell:
        made = new(
            arguments.book,
            programme=arguments.programme,
            trackers=names,
            session=arguments.session,
            language=arguments.language,
            sample=sample,
            tell=tell,
        )
    say(phrase("Made {path} with {titles}.", path=made.path, titles=", ".join(made.titles)))
    if made.planted:
        mistakes = counted(made.planted, "planted mistake")
        sentence = "The school in it is made up, with {mistakes}: see {file}."
        say(phrase(sentence, mistakes=mistakes, file=made.planted_list))
    say(phrase("Open it and enter your school on the Settings sheet and your colleagues on the Staff sheet."))
    say(phrase("To check it: {command}", command=f"ib-trackers validate {typed(str(made.path))}"))
    return 0
