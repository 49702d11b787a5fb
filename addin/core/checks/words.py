"""The one vocabulary of rules: every word a tracker may use, each as one entry.

An entry has the predicate (what breaks the word), the message and the suggestion, what it means in a description, how
reports call it, and its form in a spreadsheet: a formula that is true where `{cell}` breaks `{limit}`, or the name of a
builder in `templates/rules_native.py`. Adding a word is adding one entry; everything else looks here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from addin.core.book import Value
from addin.core.checks import predicates as test
from addin.core.checks.advice import Advice, closest_choice, exact_form, known_code
from addin.core.checks.predicates import Bad, PerRow, duplicates, later, whole_months
from addin.core.records import record

__all__ = ["WORDS", "PerRow", "Word", "broken", "duplicates", "later", "whole_months"]


@record
class Word:
    """One word for rules; `{limit}`, `{value}` and `{header}` are filled in as a person reads them."""

    bad: Callable[[Sequence[Value], Any], Bad]
    say: str
    suggestion: str
    description: str
    """What a column of this word must keep, for `ib-trackers trackers NAME`."""
    kind: str
    """What is wrong with a cell, for reports that may quote no cell."""
    native: str
    """A formula of `{cell}` and `{limit}`, the name of a builder, or "" where no sheet can say it."""
    advise: Callable[[Value, Any], Advice | None] | None = None
    """A better value for this one cell, where there is one; then `suggestion` is not used."""
    date_say: str = ""
    date_suggestion: str = ""
    """Dates come before and after; numbers are more and less."""


WORDS: dict[str, Word] = {
    "required": Word(
        test.required, "{header} is missing.", "Enter it.", "must be filled in", "is missing", "LEN(TRIM({cell}))=0"
    ),
    "blank": Word(
        test.blank, "{header} must be empty here.", "Clear the cell.", "must be empty", "must be empty",
        "LEN(TRIM({cell}))>0",
    ),
    "unique": Word(
        test.unique, "{header} {value} is also {where}.", "Correct one of the two.", "no value twice", "is a duplicate",
        "unique",
    ),
    "one_of": Word(
        test.one_of, "{value} is not a choice for {header}.", "{choose}", "one of {}", "is not one of the choices",
        "one_of", closest_choice,
    ),
    "none_of": Word(
        test.none_of, "{header} cannot be {value} here.", "Choose another value.", "not {}", "is not possible here",
        "none_of",
    ),
    "pattern": Word(
        test.pattern, "{value} is not a valid {name}.", "{example}", "written like {}", "is not valid", "pattern",
        exact_form,
    ),
    "at_least": Word(
        test.compare(operator.lt), "{header} is {value}; the minimum is {limit}.", "Enter {limit} or more.",
        "{} or more", "is too small or too early", "compare <", None, "{header} is {value}, before {limit}.",
        "Enter {limit} or a later date.",
    ),
    "at_most": Word(
        test.compare(operator.gt), "{header} is {value}; the maximum is {limit}.", "Enter {limit} or less.",
        "{} or less", "is too large or too late", "compare >", None, "{header} is {value}, after {limit}.",
        "Enter {limit} or an earlier date.",
    ),
    "more_than": Word(
        test.compare(operator.le), "{header} is {value}; it must be more than {limit}.", "Enter more than {limit}.",
        "more than {}", "is too small or too early", "compare <=", None, "{header} is {value}, not after {limit}.",
        "Enter a date after {limit}.",
    ),
    "less_than": Word(
        test.compare(operator.ge), "{header} is {value}; it must be less than {limit}.", "Enter less than {limit}.",
        "less than {}", "is too large or too late", "compare >=", None, "{header} is {value}, not before {limit}.",
        "Enter a date before {limit}.",
    ),
    "exists_in": Word(
        test.one_of, "{nothing}", "{add}", "one of {}", "is not known", "one_of", known_code,
    ),
    "longest": Word(
        test.longest, "{header} has {length} characters; the maximum is {limit}.", "Shorten it.",
        "maximum {} characters", "is too long", "LEN({cell})>{limit}",
    ),
    "most_words": Word(
        test.most_words, "{header} has {words} words; the maximum is {limit}.", "Shorten it.", "maximum {} words",
        "is too long",
        "words >",
    ),
    "least_values": Word(
        test.least_values, "{header} has {count} values; the minimum is {limit}.", "Add what is missing.",
        "minimum {} values", "has too few values", "count <",
    ),
    "most_values": Word(
        test.most_values, "{header} has {count} values; the maximum is {limit}.", "Keep {limit} at most.",
        "maximum {} values", "has too many values", "count >",
    ),
}  # fmt: skip
"""word -> its entry, in the order in which they are checked and described."""


def broken(word: str, values: Sequence[Value], limit: Any, *, several: bool = False) -> Bad:
    """The indexes of the cells that break a word."""
    if several and WORDS[word].bad is test.one_of:
        return test.several_one_of(values, limit)
    return WORDS[word].bad(values, limit)
