"""The texts that are known as headers: columns of people and trackers, subjects, months, strands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from addin.core.recognition.likeness import names
from addin.core.recognition.spoken_dates import MONTHS
from addin.core.recognition.subject_names import SubjectNames, read_level
from addin.core.recognition.time_columns import INTERVIEW, STRANDS, WEEK, month_in
from addin.core.recognition.vocabulary import (
    ESSAY,
    ESSAY_TEACHER,
    KNOWLEDGE,
    NUMBERING,
    TOTAL,
    WHOLE_NAME,
    WORDS,
    asked_of,
    header_key,
    in_two_scripts,
    words_of,
)
from addin.core.regex import regex
from addin.core.trackers import Tracker

NUMBERED = regex(
    r"(?:(?:ib )?(?:group|gr|grp|subject|subj|sub|option|choice|course|block|elective|groupe|grupo|gruppe|fach|matiere|"
    r"asignatura)|hl|sl|higher|standard)\s*"
    r"(\d)\b.*"
)
_CLOCK = regex(r"\d:\d\d\b")
"""What the moment of an answer has, and no header of a day."""
_WORD = regex(r"[a-z0-9]+")


class Words:
    """The headers that the trackers know, and the subjects: what `role_of` asks."""

    def __init__(self, trackers: Mapping[str, Tracker], subjects: SubjectNames) -> None:
        self.subjects = subjects
        self.whole_name, self.numbering = words_of(WHOLE_NAME), words_of(NUMBERING)
        self.total, self.essay, self.knowledge = words_of(TOTAL), words_of(ESSAY), words_of(KNOWLEDGE)
        self.essay_teacher = words_of(ESSAY_TEACHER)
        self.facts: dict[str, str] = {}
        candidates = trackers.get("candidates")
        if candidates:
            for header, found in names(candidates).items():
                self.facts.setdefault(header_key(header), found[0])
        for column, text in WORDS["candidates"].items():
            if not candidates or column in candidates.columns:
                self.facts.update(dict.fromkeys(words_of(text), column))
        self.facts.setdefault("id", "code")
        self.facts.setdefault("candidate", "code")
        self.staff = words_of(WORDS["pd"]["staff"]) | words_of("teacher | staff | staff member | name | colleague")
        """Headers of the names of staff."""
        self.teacher = words_of(WORDS["registrations"]["teacher"]) | words_of(
            "teacher | tchr | subject teacher | staff"
        )
        pd = trackers.get("pd")
        self.pd = {header_key(header) for header in names(pd)} if pd else set()
        self.whose = self.whole_name | self.staff | words_of("last name | surname")
        """Headers of columns that say whose row it is."""
        self.fields = {*self.facts, *self.whole_name}
        for tracker in trackers.values():
            self.fields |= {header_key(header) for header in names(tracker)}
        self.fields -= {""}
        self.longest = max(map(len, self.fields), default=0) + 10
        self._seen: dict[str, str] = {}
        self._fields: dict[str, bool] = {}

    def __call__(self, value: object) -> str:
        """`field`, `topic` or "": what `regions` asks of the texts that may be headers."""
        if isinstance(value, datetime | date):
            return "" if isinstance(value, datetime) and (value.hour or value.minute or value.second) else "topic"
        if not isinstance(value, str):
            return ""
        if value not in self._seen:
            self._seen[value] = self._known(value)
        return self._seen[value]

    def key(self, header: str) -> str:
        """A header as it is compared; of one that says the same in two scripts, the half that is known."""
        key = header_key(header)
        halves = in_two_scripts(header) if key not in self.fields else ()
        return next((half for half in map(header_key, halves) if half in self.fields), key)

    def is_field(self, value: str) -> bool:
        """Whether a text is a column of a person or a tracker."""
        if len(value) > self.longest or not value:
            return False
        if (found := self._fields.get(value)) is None:
            found = self._fields[value] = self._is_field(value)
        return found

    def _is_field(self, value: str) -> bool:
        """Many texts of a long sheet are on it once, so plain ASCII is compared without looking for accents."""
        if value.isascii():
            return " ".join(_WORD.findall(value.casefold().replace("_", " "))) in self.fields or value in ("#", "№")
        return self.key(value) in self.fields

    def _known(self, value: str) -> str:
        if inner := asked_of(value):
            return self._known(inner)
        if len(value) > 60 or _CLOCK.search(value):
            return ""
        if self.is_field(value):
            return "field"
        key = header_key(value)
        words = key in MONTHS or key in STRANDS or key in self.essay or key in self.total
        words = words or bool(read_level(ALL_OF_A_LEVEL.sub(" ", key)))
        pattern = NUMBERED.fullmatch(key) or WEEK.fullmatch(key) or INTERVIEW.search(key)
        topic = words or pattern or self.subjects.read_header(value) or month_in(value)
        return "topic" if topic else ""


ALL_OF_A_LEVEL = regex(r"\b(?:subjects?|courses?|choices|options|levels?|matieres?|asignaturas?|facher|fach|s)\b")
