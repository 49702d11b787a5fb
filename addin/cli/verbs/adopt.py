"""ib-trackers adopt: make your own spreadsheet a live tracker."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from addin.cli.output import add_json, check_json, write_json
from addin.core.language import phrase

if TYPE_CHECKING:
    from addin.actions.adopt import AdoptedBook
    from addin.core.recognition.reading import Question, Reading

HELP = "make your own spreadsheet a live tracker"
EXAMPLE = "ib-trackers adopt MyCandidates.xlsx --session M27"
MOST_LINES = 25
AS_JSON = '{"session": "M27"}'
_MORE = "… and {n} lines more (--json FILE has all)"
_OPTION, _QUESTION = "{name} ({words})", "{question} {choices}"
MOST_QUESTIONS = 5
FLAGS = {"session": "session", "programme": "programme", "date_order": "date order", "name_order": "name order"}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target", metavar="BOOK", help="your workbook, or a list (.xls, .ods, .csv); your own sheets stay as they are"
    )
    parser.add_argument("--dry-run", action="store_true", help="only show what was understood; write nothing")
    parser.add_argument("--yes", action="store_true", help="ask nothing: take the answer shown first")
    parser.add_argument("--setup", action="store_true", help="only write the sheet Setup: change it, adopt again")
    parser.add_argument("--session", metavar="M27", help="the exam session of students without one")
    parser.add_argument(
        "--programme", type=str.lower, choices=("dp", "cp", "myp", "pyp"), help="the programme of the students"
    )
    parser.add_argument(
        "--date-order", type=str.lower, choices=("dmy", "mdy"), help="how to read dates such as 03/04/2009"
    )
    parser.add_argument(
        "--name-order", type=str.lower, choices=("first", "last"), help="which name comes first, as in Dupont Léa"
    )
    parser.add_argument("--make-codes", action="store_true", help="give students without a code one (S001, S002 …)")
    parser.add_argument("--answers", metavar="FILE", help="a JSON or TOML file with the answers to the questions")
    add_json(parser, "what was understood")


def run(arguments: argparse.Namespace) -> int:
    from addin.actions.adopt import adopt
    from addin.cli.terminal import Progress

    inputs = [arguments.target, *([arguments.answers] if arguments.answers else [])]
    check_json(arguments, *inputs)
    talk = not (arguments.yes or arguments.dry_run or arguments.setup or arguments.json == "-") and _is_terminal()
    with Progress("Reading", "Recognising", "Writing") as tell:

        def ask(reading: Reading, titles: Mapping[str, str]) -> Mapping[str, str] | None:
            tell.stop()
            return _ask(reading, titles)

        result = adopt(
            arguments.target,
            dry_run=arguments.dry_run,
            answers=_given(arguments),
            ask=ask if talk else None,
            take_defaults=arguments.yes,
            setup=arguments.setup,
            tell=tell,
        )
    if arguments.json:
        from addin.actions.adopt_words import as_json

        write_json(arguments.json, as_json(result), inputs=inputs, overwrite=arguments.overwrite)
    if arguments.json != "-":
        tell_result(result, arguments.target, dry_run=arguments.dry_run, shown=talk and result.asked)
    if result.setup:
        return 0 if result.written or result.reading.made or result.understood else 1
    if result.is_ours:
        return 0
    return 0 if (result.understood or result.new_sheets) and not result.open_questions else 1


def _is_terminal() -> bool:
    import sys

    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def _given(arguments: argparse.Namespace) -> dict[str, str]:
    """The answers of the flags and of the file. Raises Problem."""
    from addin.core.ib import session as sessions
    from addin.errors import Problem

    answers = _from_file(arguments.answers) if arguments.answers else {}
    answers |= {name: getattr(arguments, flag) for flag, name in FLAGS.items() if getattr(arguments, flag)}
    if arguments.make_codes:
        answers["codes"] = "make"
    if "session" in answers:
        found = sessions.parse(answers["session"])
        if found is None:
            wrong = f"{answers['session']!r} is not an exam session."
            raise Problem(wrong, next=phrase("Write it as M27 (May 2027) or N27 (November 2027)."))
        answers["session"] = str(found)
    return answers


def _from_file(name: str) -> dict[str, str]:
    """The answers of a file: {"session": "M27", "codes": "make", …}. Raises Problem."""
    from pathlib import Path

    import tomli

    from addin.errors import Problem
    from addin.files import parsed_json

    try:
        text = Path(name).read_text("utf-8-sig")
        found = tomli.loads(text) if name.casefold().endswith(".toml") else parsed_json(text)
    except OSError as error:
        raise Problem(
            phrase("cannot be read: {strerror}.", strerror=error.strerror),
            where=name,
            next=phrase("Check the name of the file."),
        ) from None
    except (ValueError, RecursionError):
        raise Problem(
            phrase("is neither JSON nor TOML."), where=name, next=phrase("Write it as {example}.", example=AS_JSON)
        ) from None
    if not isinstance(found, dict):
        raise Problem(phrase("holds no answers."), where=name, next=phrase("Write it as {example}.", example=AS_JSON))
    return {str(key): str(value) for key, value in found.items()}


def _ask(reading: Reading, titles: Mapping[str, str]) -> Mapping[str, str] | None:
    """Show what was understood, put the questions, and ask whether to go on."""
    from addin.actions.adopt_words import reading_lines
    from addin.cli.terminal import YES, say, spoken

    for line in reading_lines(reading, titles)[: MOST_LINES - 1]:
        say(line)
    answers: dict[str, str] = {}
    try:
        for number, question in enumerate(reading.questions):
            # the first are the most important; nobody answers more than a few
            answers[question.name] = _put(question) if number < MOST_QUESTIONS else question.default or "leave"
        going = input(spoken(phrase("Go ahead? [Y/n]")) + " ").strip().casefold()
    except EOFError:
        return None
    return answers if going in YES else None


def _put(question: Question) -> str:
    from addin.cli.terminal import say, spoken

    default = question.default or (question.options[0][0] if question.options else "")
    choices = [phrase(_OPTION, name=name, words=words) if words else name for name, words in question.options]
    say(phrase(_QUESTION, question=question.text, choices=choices))
    names = {spoken(words).casefold(): name for name, words in question.options if words}
    names |= {name.casefold(): name for name, _ in question.options}
    for _ in range(3):
        typed = input(f"[{default}] ").strip()
        if not typed:
            return default
        if typed.casefold() in names or question.name == "session":
            return names.get(typed.casefold(), typed.upper())
        say(phrase("Choose one of: {names}.", names=list(dict.fromkeys(names.values()))))
    return default


def tell_result(result: AdoptedBook, target: str, *, dry_run: bool, shown: bool = False) -> None:
    """What was understood and what was written, in at most 25 lines."""
    from addin.actions.adopt_words import ending_lines, place_lines, reading_lines
    from addin.cli.terminal import say

    body = [line for found in result.understood for line in place_lines(found, result)]
    body += reading_lines(result.reading, result.titles)
    ending = ending_lines(result, target, dry_run)
    room = MOST_LINES - len(ending)
    if len(body) > room:
        details = [line for line in body if not line.startswith("    ")]
        body = details if len(details) <= room else [*details[: room - 1], phrase(_MORE, n=len(details) - room + 1)]
    for line in ending[1:] if shown else [*body, *ending]:
        say(line)
