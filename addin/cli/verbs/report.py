"""ib-trackers report: a page to read and print, for the head of school or for one student."""

from __future__ import annotations

import argparse

from addin.cli.output import TARGET, add_overwrite, add_purpose
from addin.core.language import in_one, phrase

HELP = "make a page to print: the programme's status, one student's sheet to sign, one colleague's page, or a pack"
EXAMPLE = "ib-trackers report School.xlsx --out report.pdf"
PACKS = {
    "candidates": "a sheet for each candidate",
    "charts": "CAS, deadlines, registrations, workshops, points",
    "colleagues": "what each has open",
    "curriculum": "concepts, approaches to learning and units by year and course",
    "evaluation": "evidence by standard and practice",
    "exam-day": "attendance, seating, invigilators",
    "missing": "candidates and staff against every requirement",
    "outcomes": "participation and results, small numbers hidden",
    "pd-record": "workshops for the school profile",
    "registration": "a page for each candidate to sign",
    "requests": "transcripts and enquiries with consent",
    "results-letters": "a letter for each candidate",
    "shopping": "what to order",
    "subjects": "a page for each subject",
    "travel": "workshops to come",
}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help=TARGET)
    parser.add_argument(
        "--out", required=True, metavar="FILE", help="the page to make: .html or .pdf; for --pack a folder, or .pdf"
    )
    add_overwrite(parser)
    add_purpose(parser)
    parser.add_argument("--candidate", metavar="CODE", default="", help="the sheet of this student, to print and sign")
    parser.add_argument("--person", metavar="NAME", default="", help="all that one colleague has to do and has done")
    parser.add_argument(
        "--pack",
        choices=PACKS,
        default="",
        metavar="PACK",
        help="several pages with an index: " + "; ".join(f"{name} ({what})" for name, what in PACKS.items()),
    )
    parser.add_argument(
        "--files", choices=("html", "pdf"), default="html", help="what the folder of a pack holds (default: html)"
    )
    parser.add_argument(
        "--redacted", action="store_true", help="leave private columns out and give candidates pseudonyms"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.pack:
        return _pack(arguments)
    from pathlib import Path

    from addin.actions.report import report
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted
    from addin.workspace.disclosures import Purpose

    with Progress("Reading", "Checking", "Writing") as tell:
        made = report(
            arguments.target,
            Path(arguments.out),
            candidate=arguments.candidate,
            person=arguments.person,
            redacted=arguments.redacted,
            overwrite=arguments.overwrite,
            purpose=Purpose(arguments.recipient, arguments.why),
            tell=tell,
        )
    say(phrase("Made {path} ({errors} open in the workbook).", path=made.path, errors=counted(made.errors, "error")))
    for remark in made.remarks:
        say(remark)
    if not arguments.redacted:
        share = "" if arguments.person else phrase("To share it, use --redacted.")
        say(in_one(phrase("Contains personal data: only you can open it."), share))
    return 0


def _pack(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from addin.actions.packs import pack
    from addin.cli.terminal import Progress, say
    from addin.core.text import counted
    from addin.errors import Problem
    from addin.workspace.disclosures import Purpose

    if arguments.candidate or arguments.person:
        raise Problem(
            phrase("A pack is for everybody."), next=phrase("Leave --candidate and --person out, or leave --pack out.")
        )
    with Progress("Reading", "Checking", "Writing") as tell:
        made = pack(
            arguments.target,
            arguments.pack,
            Path(arguments.out),
            files=arguments.files,
            redacted=arguments.redacted,
            overwrite=arguments.overwrite,
            purpose=Purpose(arguments.recipient, arguments.why),
            tell=tell,
        )
    say(phrase("Made {path} ({pages}).", path=made.path, pages=counted(made.pages, "sheet")))
    for remark in made.remarks:
        say(remark)
    if not arguments.redacted:
        say(phrase("Contains personal data: only you can open it."))
    return 0
