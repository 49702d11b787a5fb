"""Which columns hold predicted grades, in which of the three steps, or results, and what a cell says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from addin.core.book import Value
from addin.core.recognition.people import bare
from addin.core.recognition.roles import is_grade, is_letter, no_mark
from addin.core.regex import regex
from addin.core.tables.values import is_number, show

TRACKER, LAST = "predicted", "predicted"
RESULTS = "results"
GRADE = {TRACKER: LAST, RESULTS: "grade"}
"""Tracker of grades -> its column of the grade."""
_RESULTS = regex(
    r"(?i)\b(?:results?|final grades?|résultats?|notes finales|resultados?|notas finales|ergebnisse?|endnoten)\b"
)
_OF_SCHOOL = regex(
    r"(?i)\b(?:mocks?|trials?|practi[cs]e|semesters?|terms?|trimest\w+|quarters?|mid-?terms?|internal|tests?|surveys?|"
    r"reports?|blancs?|simulacros?|semestre|halbjahr\w*|probe\w*|enquiry|enquiries|eur)\b"
)
_WORDS = regex(
    r"(?i)\b(?:pred(?:\.|icted|ictions?)?|forecasts?|pgs?|prévisions?|(?:notes? )?prévues?|predicci(?:ón|ones)|"
    r"(?:notas? |calificaci(?:ón|ones) )?previstas?|prognosen?|prognostiziert\w*|voraussichtlich\w*)(?![^\W\d_])"
)
_GRADE = regex(r"(?i)\b(?:grades?|marks?|notes?|notas?|noten?|calificaci(?:ón|ones))\b")
_FIRST = regex(r"(?:\b|pg ?)1(?:st)?\b|\bfirst\b|\bjune?\b|\bjuin\b|\bjunio\b|\bjuni\b|\bend of (?:year 1|dp1)\b")
_SECOND = regex(
    r"(?:\b|pg ?)2(?:nd)?\b|\bsecond\b|\bjan(?:uary)?\b|\bjanvier\b|\benero\b|\bjanuar\b|\bmocks?\b|\bucas\b"
)
_LEVEL_AND_GRADE = regex(r"(?i)\s*(HL|SL|NS|NM)\s*[-:/,(]?\s*([1-7])\s*\)?\s*")


_SUBJECT_AND_GRADE = regex(r"\s*(.*[^\d\s:=(/–-])[\s:=(/–-]+([1-7])\s*\)?\s*")


def graded_as(texts: Iterable[str]) -> str:
    """The tracker that the grades of a table belong to, by its sheet's name and titles: predicted ones, or results; ""
    where these speak of neither, or of mock examinations and school reports."""
    said = " | ".join(texts).replace("_", " ")
    if _WORDS.search(said):
        return TRACKER
    return RESULTS if _RESULTS.search(said) and not _OF_SCHOOL.search(said) else ""


def step_of(header: str, *, said: bool = False) -> str:
    """The column of Predicted grades that a header stands for: `PG1`, `Pred. (Jan)`, `Final PG`; `Grade` where the
    sheet is about predictions (`said`); "" for any other."""
    words = _WORDS.search(header) or re.search(r"(?i)\bpg(?=\d)", header)
    if not words and not (said and _GRADE.search(header)):
        return ""
    text = bare(header)
    if "final" in text:
        return LAST
    return "first" if _FIRST.search(text) else "second" if _SECOND.search(text) else LAST


def without_words(header: str) -> str:
    """A header without what makes it one of predicted grades: `Biology PG 1` is about Biology."""
    return (
        re.sub(r"[\s:()–-]*\d?[\s:()–-]*$", "", _GRADE.sub("", _WORDS.sub("", header))).strip()
        if step_of(header)
        else ""
    )


def grade_in(raw: Value) -> str:
    """The grade that a cell holds, 1 to 7 or A to E; "" for anything else."""
    if (is_grade(raw) and not no_mark(raw)) or is_letter(raw):
        return str(int(raw)) if is_number(raw) else show(raw).strip().upper()
    return ""


def level_and_grade(text: str) -> tuple[str, str]:
    """What `HL 6` says; two blanks for any other text."""
    match = _LEVEL_AND_GRADE.fullmatch(text)
    return (match[1].upper(), match[2]) if match else ("", "")


def subject_and_grade(text: str) -> tuple[str, str]:
    """What `History 6` says; the text and a blank for any other."""
    match = _SUBJECT_AND_GRADE.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")
