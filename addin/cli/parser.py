"""The command line's parser: mistakes in one sentence with what may be meant, and the options that every verb has."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import NoReturn

from addin.cli.terminal import complain
from addin.core.language import joined, phrase
from addin.core.regex import regex

COMMON: Mapping[tuple[str, str], str] = {
    ("-q", "--quiet"): "print nothing but errors",
    ("-v", "--verbose"): "print each step, and the details of an error",
}
"""The options that every verb has, with their help."""
LANGUAGE = "--language"
_UNKNOWN = regex(r"unrecognized arguments: (\S+)")
_SENTENCES = {
    r"unrecognized arguments: (?P<name>\S+).*": "there is no option {name}.",
    r"the following arguments are required: (?P<names>.+)": "still needed: {names}.",
    r"one of the arguments (?P<names>.+) is required": "one of these is needed: {names}.",
    r"argument (?P<name>.+): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)": (
        "{name} cannot be {value}. Choose from {choices}."
    ),
    r"argument (?P<name>.+): invalid \w+ value: (?P<value>.+)": "{name} cannot be {value}.",
    r"argument (?P<name>.+): expected (?:one|at least one) argument": "{name} needs a value.",
    r"argument (?P<name>.+): not allowed with argument (?P<other>.+)": "{name} does not go together with {other}.",
    r"argument (?P<name>.+): ignored explicit argument .+": "{name} takes no value.",
    r"ambiguous option: (?P<name>.+) could match (?P<choices>.+)": "{name} could be {choices}.",
}
"""What argparse says, and our sentence for it."""


class Parser(argparse.ArgumentParser):
    """An argparse parser that answers a mistake in one sentence and ends with 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and what may be meant."""
        from addin.workspace.spoken import conversation

        unknown = _UNKNOWN.match(message)
        options = [one for action in self._actions for one in action.option_strings]
        near = did_you_mean(unknown[1], options) if unknown else ""
        with conversation():
            complain(joined(" ", [_sentence(message), near or phrase("See {command}.", command=f"{self.prog} --help")]))
        raise SystemExit(2)


def _sentence(message: str) -> str:
    """What argparse says, as a sentence that can be said in other languages."""
    for pattern, sentence in _SENTENCES.items():
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return phrase(sentence, **match.groupdict())
    return f"{message}."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "Did you mean …?" for the nearest known words; blank where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), list(known), 2)
    return phrase("Did you mean {near}?", near=" or ".join(near)) if near else ""


def add_common(parser: argparse.ArgumentParser, default: bool | str = False) -> None:
    """The options that every verb has, and each of its steps, which leaves what stood before it as it is."""
    for names, words in COMMON.items():
        parser.add_argument(*names, action="store_true", default=default, help=words)
    if LANGUAGE not in parser._option_string_actions:
        parser.add_argument(
            LANGUAGE,
            metavar="NAME",
            default=default or "",
            help="the language of the answers: English, French, … (default: that of the workbook)",
        )
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for step in action.choices.values():
                add_common(step, argparse.SUPPRESS)


def common_last(argv: Sequence[str]) -> list[str]:
    """The words with options that every verb has behind the verb, where somebody put them before it."""
    common = {name for names in COMMON for name in names}
    before = list(takewhile(common.__contains__, argv))
    return [*argv[len(before) :], *before] if len(before) < len(argv) else list(argv)
