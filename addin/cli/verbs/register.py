"""ib-trackers register: enter one candidate with subjects, TOK and essay; what is not given is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable

HELP = "register one candidate: the one on the Register sheet, or as you say here"
EXAMPLE = "ib-trackers register School.xlsx"
QUESTIONS = {
    "code": "Code of the student", "last_name": "Last name", "first_names": "First names",
    "birth_date": "Date of birth", "session": "Exam session", "category": "Category (D, C, A, R or CP)",
    "adviser": "CAS adviser", "email": "Email address",
}  # fmt: skip
ASKED = ("code", "last_name", "first_names", "birth_date", "adviser")
"""What is asked for; the others have a default or may wait."""
SUBJECTS = 6


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="a workbook, excel:[NAME] or gsheet:KEY")
    for name, words in QUESTIONS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT", default="", help=words)
    parser.add_argument(
        "--subject", metavar="NAME", action="append", default=[], help='such as "Biology HL"; repeat it'
    )
    parser.add_argument("--essay", metavar="SUBJECT", default="", help="subject of the extended essay")
    parser.add_argument(
        "--response-language", metavar="NAME", default="", help="response language (default: Settings sheet)"
    )
    parser.add_argument("--no-tok", action="store_true", help="do not add theory of knowledge")
    parser.add_argument("--dry-run", action="store_true", help="show the rows; write nothing")


def run(arguments: argparse.Namespace) -> int:
    import sys

    from addin.actions.messages import registered
    from addin.actions.register import Entry, register
    from addin.cli.terminal import Progress, say, spoken

    values = {name: getattr(arguments, name) for name in QUESTIONS}
    subjects, essay = list(arguments.subject), arguments.essay
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    on_sheet = not any((*values.values(), *subjects, essay)) and has_form(arguments.target, filled=at_terminal)
    if not on_sheet and at_terminal and not all(values[name] for name in ASKED[:4]):
        subjects, essay = ask(values, subjects, essay, lambda question: input(spoken(question)))
    entry = None if on_sheet else Entry(values, subjects, essay, not arguments.no_tok, arguments.response_language)
    with Progress("Reading", "Writing", "Checking") as tell:
        done = register(arguments.target, entry, dry_run=arguments.dry_run, tell=tell)
    for line in registered(done):
        say(line)
    return 1 if any(one.level == "error" for one in done.findings) else 0


def has_form(target: str, *, filled: bool) -> bool:
    """Whether the workbook has a Register sheet of ours (`filled`: one that somebody has begun to fill in)."""
    from addin.workspace.register_sheet import form_of
    from addin.workspace.workbook import opened

    with opened(target) as workbook:
        form = form_of(workbook.grids, workbook.settings.written)
        return form is not None and (bool(form) or not filled)


def ask(
    values: dict[str, str], subjects: list[str], essay: str, question: Callable[[str], str]
) -> tuple[list[str], str]:
    """Ask for what was not given, in the language of the workbook; an empty answer leaves it out."""
    from addin.core.language import joined, phrase

    for name in ASKED:
        if not values[name]:
            values[name] = question(joined(": ", [phrase(QUESTIONS[name]), ""])).strip()
    for number in range(len(subjects) + 1, SUBJECTS + 1):
        if text := question(phrase("Subject {number} with level, such as Biology HL: ", number=number)).strip():
            subjects.append(text)
    if essay or values["category"].strip().upper() == "CP":  # the Career-related Programme has no extended essay
        return subjects, essay
    return subjects, question(phrase("Subject of the extended essay: ")).strip()
