"""A workshop as people jot it down: `Cat 1 Physics, Bangkok` is a category, a subject and a place."""

from __future__ import annotations

import re

from addin.core.recognition.amounts import read_category
from addin.core.recognition.subject_names import SubjectNames
from addin.core.records import record

_CATEGORY = re.compile(r"\b(?:cat(?:egory|égorie|egoría|egoria)?|kat)\.?\s*([1-3]|i{1,3})\b", re.I)
_MODES = (
    (re.compile(r"\(?\b(?:online|on-line|webinar|en ligne|en línea)\b\)?", re.I), "Online"),
    (re.compile(r"\(?\bvirtual\b\)?", re.I), "Virtual"),
    (re.compile(r"\(?\b(?:in-house|in house|in-school|in school|inset)\b\)?", re.I), "In-school"),
    (re.compile(r"\(?\b(?:face-to-face|face to face|f2f|in person|présentiel|presencial)\b\)?", re.I), "Face-to-face"),
    (re.compile(r"\(?\bblended\b\)?", re.I), "Blended"),
)
_TOPICS = {"cas": "CAS", "ee": "Extended essay", "atl": "ATL", "tok": "Theory of Knowledge"}


@record
class Workshop:
    """The parts of the text; "" and None where it does not say."""

    category: int | None = None
    topic: str = ""
    place: str = ""
    mode: str = ""


def read_workshop(text: str, subjects: SubjectNames) -> Workshop:
    """What the text says besides being a title."""
    mode, rest = "", text
    for pattern, name in _MODES:
        if pattern.search(rest):
            mode, rest = name, pattern.sub(" ", rest)
            break
    match = _CATEGORY.search(rest)
    if not match:
        return Workshop(mode=mode)
    before, after = _tidy(rest[: match.start()]), rest[match.end() :]
    if before:
        topic, place = before, _tidy(after)
    else:
        topic, _, place = (_tidy(part) for part in after.partition(","))
    return Workshop(read_category(match[1]), _named(topic, subjects), place if _is_place(place) else "", mode)


def _named(topic: str, subjects: SubjectNames) -> str:
    if topic.casefold() in _TOPICS:
        return _TOPICS[topic.casefold()]
    reading = subjects.read(topic)
    return reading.names[0] if reading and len(reading.names) == 1 else topic


def _is_place(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 4 and all(word[:1].isupper() for word in words)


def _tidy(text: str) -> str:
    text = re.sub(r"^\s*IB\b\.?", "", text.strip(" ,;:-–()"))
    return " ".join(text.split()).strip(" ,;:-–()")
