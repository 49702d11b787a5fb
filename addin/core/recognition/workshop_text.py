"""A workshop as people jot it down: `Cat 1 Physics, Bangkok` is a category, a subject and a place."""

from __future__ import annotations

import re

from addin.core.recognition.amounts import read_category
from addin.core.recognition.spoken_dates import read_spoken
from addin.core.recognition.subject_names import SubjectNames
from addin.core.records import record
from addin.core.regex import regex

CATEGORY = regex(r"\b(?:cat(?:egory|égorie|egoría|egoria)?|kat)\.?\s*([1-3]|i{1,3})\b", re.I)
_MODES = (
    (regex(r"\(?\b(?:online|on-line|webinar|zoom|en ligne|à distance|en línea|a distancia)\b\)?", re.I), "Online"),
    (regex(r"\(?\b(?:virtual|virtuell?e?)\b\)?", re.I), "Virtual"),
    (regex(r"\(?\b(?:in-house|in house|in-school|in school|inset)\b\)?", re.I), "In-school"),
    (
        regex(
            r"\(?\b(?:face[- ]to[- ]face|f2f|ftf|in[- ]person|on[- ]?site|(?:en )?présentiel|presencial|präsenz)\b\)?",
            re.I,
        ),
        "Face-to-face",
    ),
    (regex(r"\(?\b(?:blended|hybrid|hybride|híbrido)\b\)?", re.I), "Blended"),
)
_TOPICS = {"cas": "CAS", "ee": "Extended essay", "atl": "ATL", "tok": "Theory of Knowledge"}


@record
class Workshop:
    """The parts of the text; "" and None where it does not say."""

    category: int | None = None
    topic: str = ""
    place: str = ""
    mode: str = ""


def split_mode(text: str) -> tuple[str, str]:
    """The one mode that a text names, and its rest: `online, March 2026`; ("", text) where it names none, or two."""
    named = [(name, pattern) for pattern, name in _MODES if pattern.search(text)]
    if len(named) != 1:
        return "", text
    name, pattern = named[0]
    return name, " ".join(pattern.sub(" ", text).split()).strip(" ,;:-–/()|@")


_LINE = regex(r"\s*(?:[-•*·–]|\(?\d{1,2}[.)])\s+")


def jotted(text: str) -> list[str]:
    """The workshops that one cell lists, a line or a number each; one where it lists only that."""
    lines = [line for line in re.split(r"\n+|;\s+(?=\S)", text) if line.strip()]
    return [_LINE.sub("", line, count=1).strip() for line in lines]


_BEFORE_DATE = regex(r"[,:;]\s*|\s[–-]\s+|\s*\(")


def split_date(text: str) -> tuple[str, str]:
    """The title of a workshop and the date at its end: `Cat 1 Physics, Bangkok, 12-14 March 2024`; "" for no date."""
    for between in _BEFORE_DATE.finditer(text):
        tail = text[between.end() :].strip(" ()")
        if read_spoken(split_mode(tail)[1]):
            return text[: between.start()].strip(" ,:–-("), tail
    return text, ""


def read_workshop(text: str, subjects: SubjectNames) -> Workshop:
    """What the text says besides being a title."""
    mode, rest = "", text
    for pattern, name in _MODES:
        if pattern.search(rest):
            mode, rest = name, pattern.sub(" ", rest)
            break
    match = CATEGORY.search(rest)
    if not match:
        return Workshop(mode=mode)
    before, after = _tidy(rest[: match.start()]), rest[match.end() :]
    if before:
        topic, place = before, _tidy(after)
    else:
        topic, _, place = (_tidy(part) for part in after.partition(","))
    return Workshop(read_category(match[1]), _named(topic, subjects), place if is_place(place) else "", mode)


def topic_of(text: str, subjects: SubjectNames) -> str:
    """The one subject, or the part of a programme, that a text names; "" for any other."""
    key = text.strip().casefold()
    reading = subjects.read(text)
    return _TOPICS.get(key) or (reading.names[0] if reading and len(reading.names) == 1 else "")


def _named(topic: str, subjects: SubjectNames) -> str:
    """The topic of a workshop; "" for what may as well be where it was: `Berlin`."""
    named = topic_of(topic, subjects)
    elsewhere = is_place(topic) and not _OF_SCHOOL.search(topic) and subjects.read(topic) is None
    return named or ("" if elsewhere else topic)


_OF_SCHOOL = regex(
    r"(?i)learn|teach|school|lead|head|assess|coordin|counsel|librar|manag|approach|programme|policy|inquir|concept|"
    r"language|action|service|play|creat|think|skill|project|exhibition|portfolio|moderat|exam|inclusi|well-?being|"
    r"mathem|scien|humanit|art|design|music|tech|physical|aprend|enseñ|evalu|lider|apprent|enseign|évalu|lern|lehr|"
    r"leit|bewert"
)
"""What a topic speaks of, and no place."""


def is_place(text: str) -> bool:
    """Whether a text may be a place: a few words with capitals."""
    words = text.split()
    return 0 < len(words) <= 4 and all(word[:1].isupper() for word in words)


_PROGRAMMES = {
    "MYP": regex(
        r"\b(?:myp|(?-i:PEI|PAI)|personal projects?|projets? personnels?|proyectos? personal(?:es)?|pp supervisor|"
        r"community projects?|service as action|e-?assessments?)\b",
        re.I,
    ),
    "PYP": regex(r"\b(?:pyp|(?-i:PEP)|coord\w+ (?:du )?(?-i:PP))\b", re.I),
    "CP": regex(r"\b(?:ibcp|(?-i:CP|POP)|career-related|reflective projects?)\b", re.I),
    "DP": regex(r"\b(?:dp|ibdp|diploma|extended essay|(?-i:CAS)|tok|coord\w+ (?:del )?(?-i:PD))\b", re.I),
}
"""Short names that are words too are in capitals: a workshop on pop music is none of the Career-related Programme."""


def programmes_in(*texts: str) -> list[str]:
    """The programmes that these texts name, such as a role and a workshop."""
    return [name for name, pattern in _PROGRAMMES.items() if any(map(pattern.search, texts))]


def programme_in(*texts: str) -> str:
    """The one programme that these texts name; "" where they name none, or several."""
    found = programmes_in(*texts)
    return found[0] if len(found) == 1 else ""


_KIND = regex(
    r"(?i)\s*(?:(?:IB|BI|IBO|IBDP|DP)\b\.?|workshops?\b|pd\b|training\b|talleres|taller\b|formación\b|formations?\b|"
    r"ateliers?\b|fortbildung(?:en)?\b|oficinas?\b|(?:de|del|du|der|do|on|in|für|sobre|sur)\b)\s*"
)
"""What only says that it is a workshop."""


def _tidy(text: str) -> str:
    text = text.strip(" ,;:-–()?")
    while match := _KIND.match(text):
        text = text[match.end() :].strip(" ,;:-–()?")
    return " ".join(text.split()).strip(" ,;:-–()")
