"""Columns of CAS hours in a month, a week or for a strand, and of interviews."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from addin.core.book import Value
from addin.core.recognition.amounts import read_hours
from addin.core.recognition.further_words import FURTHER_STRANDS
from addin.core.recognition.people import bare
from addin.core.recognition.roles import AGREES, Role, part_of
from addin.core.recognition.spoken_dates import month_named, read_spoken
from addin.core.recognition.vocabulary import WORDS, header_key, words_of
from addin.core.regex import regex

STRANDS = {
    "creativity": "Creativity", "creative": "Creativity", "creativite": "Creativity", "creatividad": "Creativity",
    "kreativitat": "Creativity", "activity": "Activity", "action": "Activity", "activite": "Activity",
    "actividad": "Activity", "aktivitat": "Activity", "sport": "Activity", "service": "Service", "servicio": "Service",
    "dienst": "Service", "soziales engagement": "Service", "soziales": "Service", "engagement": "Service",
}  # fmt: skip
STRANDS |= {bare(word): strand for strand, words in FURTHER_STRANDS.items() for word in words.split(" | ")}
STRAND_LETTERS = {"c": "Creativity", "a": "Activity", "s": "Service"}
LETTERS_IN_GERMAN = {"k": "Creativity", "a": "Activity", "d": "Service"}
INTERVIEW = regex(
    r"^([123]) ?(?:st|nd|rd|er|ere|e|a|o|ª|º)? (?:interview|int\b|intvw|entretien|entrevista|gesprach)|"
    r"\b(?:interview|int|intvw|entretien|entrevista|gesprach)s?\b\D*([123])?|\b(first|1st|second|2nd|third|3rd|final|premier|"
    r"deuxieme|troisieme|primera|segunda|tercera|erstes|zweites|drittes|initial|initiale|inicial|interim|mid|midpoint|"
    r"middle|intermediaire|intermedia)\b.*\b(?:interview|entretien|entrevista|gesprach)|"
    r"(erst|zwischen|abschluss)gesprach"
)
_ORDINALS = {
    "first": 1, "1st": 1, "premier": 1, "primera": 1, "erstes": 1, "second": 2, "2nd": 2, "deuxieme": 2, "segunda": 2,
    "zweites": 2, "third": 3, "3rd": 3, "final": 3, "troisieme": 3, "tercera": 3, "drittes": 3, "initial": 1,
    "initiale": 1, "inicial": 1, "erst": 1, "interim": 2, "mid": 2, "midpoint": 2, "middle": 2, "intermediaire": 2,
    "intermedia": 2, "zwischen": 2, "finale": 3, "abschluss": 3,
}  # fmt: skip
WEEK = regex(r"(?:week|wk|w|semaine|sem|semana|kw|woche)\s*(\d{1,2})")
TERM = regex(r"((?:sem|semester|semestre|term|trim|trimester|trimestre|quarter|halbjahr|q|t|s|hj) ?\d) (\w.*)")
"""The hours of a strand in a part of the year: `Sem 1 C`."""
PART_OF_YEAR = regex(
    r"(?:sem|semester|semestre|sems|term|trim|trimester|trimestre|quarter|quadrimestre|halbjahr|donem|q|t|s|hj) ?[1-4]"
    r"(?: 20\d\d(?: \d{2,4})?)?|[1-4](?:st|nd|rd|th|er|e|o|a)? (?:semester|semestre|term|trimestre|trimester|halbjahr)"
)
"""A part of the year alone: `Sem 1`, `2nd term`."""


_HELD = words_of("date | day | when | held | held on | done | completed | datum | fecha | jour | tag | am | le | fait")
"""Headers under the heading of an interview, above the day on which it was."""
_SAID = words_of(
    "note | notes | comment | comments | remark | remarks | outcome | summary | remarque | remarques | observaciones | "
    "comentarios | notizen | bemerkung | bemerkungen"
)


def interview_role(key: str, above: str, cells: Sequence[Value]) -> Role | None:
    """The column of an interview's day, or of what was said: `2nd interview`; Date and Notes under that heading."""
    number = _interview_number(key)
    if not number and INTERVIEW.search(above):
        of_heading = _interview_number(above)
        if of_heading and key in _SAID:
            return Role("interview note", number=of_heading)
        number = int(key) if key in ("1", "2", "3") else _ORDINALS.get(key.split(" ")[0], 0)
        number = number or (of_heading if key in _HELD else 0)
    if not number or (key.startswith("int ") and part_of(cells, lambda v: isinstance(v, int | float)) > AGREES):
        return None
    return Role("interview", number=number)


def _interview_number(key: str) -> int:
    match = INTERVIEW.search(key)
    if not match:
        return 0
    number = int(match[1] or match[2] or _ORDINALS.get(match[3] or match[4] or "", 0))
    return number or next((_ORDINALS[word] for word in key.split() if word in _ORDINALS), 0)  # `Entretien initial`


def time_role(key: str, above: str, header: str, group: str, cells: Sequence[Value]) -> Role | None:
    """A column of hours: in a month, a week, for a strand, or for both where one is above the other."""
    if cells and part_of(cells, lambda value: read_hours(value) is not None) < AGREES:
        return None
    if (term := TERM.fullmatch(key)) and (found := STRANDS.get(term[2]) or STRAND_LETTERS.get(term[2])):
        return Role("strand", strand=found)
    month = month_in(header) or month_in(group)
    strand = strand_in(key, above) or strand_in(above, "")
    week = WEEK.fullmatch(key)
    if month:
        when, year, day = month
        return Role("month", month=when, year=year, day=day, strand=strand)
    if week:
        return Role("week", number=int(week[1]), strand=strand)
    return Role("strand", strand=strand) if strand else None


_STRAND_HEADERS = words_of(
    "strand | strands | cas | c a s | type | cas type | cas strand | area | category | volet | bereich | axe | "
    + WORDS["cas"]["strand"]
)


def is_strand_of_row(key: str, cells: Sequence[Value]) -> bool:
    """Whether a column says of which strand the hours of its row are: C, A and S below each other."""
    named = key in _STRAND_HEADERS or bool(re.search(r"\bstrands?\b", key))
    return named and part_of(cells, lambda value: bool(strand_of(value))) >= 0.9


def is_hours(value: Value) -> bool:
    """Whether a cell is a number of hours."""
    return read_hours(value) is not None


def strand_of(value: Value) -> str:
    """The strand that a cell names, in full or by its letter, or several (`C/S`); "" where it names none."""
    parts = re.split(r"\s*[/,;&+]\s*|\s+(?:and|et|y|und)\s+", value.strip()) if isinstance(value, str) else []
    found = [STRANDS.get(header_key(part), "") or STRAND_LETTERS.get(header_key(part), "") for part in parts]
    return "; ".join(found) if found and all(found) else ""


def strand_in(key: str, above: str) -> str:
    words = re.sub(r"\b(?:hours?|hrs|h|heures|horas|stunden|cas|total)\b", "", key).strip()
    if words in STRANDS:
        return STRANDS[words]
    if words != key and words in STRAND_LETTERS:
        return STRAND_LETTERS[words]  # `Horas C`
    under_hours = bool(above) and (
        month_in(above) or re.search(r"cas|hour|heure|hora|stunde|sem|term|trim|20\d\d", above)
    )
    return STRAND_LETTERS.get(words, "") if under_hours else ""


def letter_of(header: str) -> str:
    """The letter of a strand that a header is, without the word for hours: `Std. K`."""
    return re.sub(r"\b(?:hours?|hrs|h|heures|horas|stunden|std|cas)\b", "", header_key(header)).strip()


def month_in(text: str) -> tuple[int, int, date | None] | None:
    """(month, year or 0, day or None) of a header such as `Sep`, `Sept 26`, `2026-09-01` or `7 Sep 2026`."""
    text = text.strip()
    if not text or len(text) > 30:
        return None
    stem = re.sub(r"(?i)\b(?:hours?|hrs|h|heures|horas|stunden)\b|[()]", "", text).strip(" .-:")
    said = read_spoken(stem)
    if said is None and (number := _month_in_any_language(stem)):
        return number, 0, None
    if said is None or said.precision in ("vague", "two"):
        return None
    if said.start:
        if said.start.day == 1 and re.fullmatch(r"\d{4}-\d\d-\d\d.*", stem):
            return said.start.month, said.start.year, None
        return said.start.month, said.start.year, said.start
    return (said.month, said.year, None) if said.month else None


def _month_in_any_language(text: str) -> int:
    """The month that a word or `9月` names, where it names one only; 0 for any other text."""
    if match := re.fullmatch(r"(\d{1,2})\s*(?:月|월)", text):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else 0
    return month_named(text) if len(text) >= 3 and not re.search(r"[\d\s]", text) else 0
