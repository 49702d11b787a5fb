"""Subjects as schools write them: `Eng A L&L`, `Math AA`, `Bio HL`, `Español B NS`, read as the IB's own names.

A name that fits several subjects (`French`) gives all of them: the sheet, the student's other subjects or a person
decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from addin.core.recognition.further_words import FURTHER_SUBJECTS, FURTHER_WHOLE
from addin.core.recognition.language_names import LANGUAGE_NAMES
from addin.core.recognition.people import bare
from addin.core.recognition.subject_words import DROPPED, IN_LANGUAGES, PHRASES, SAME, SEVERAL, WHOLE
from addin.core.records import record
from addin.core.regex import regex
from addin.core.settings import Lists

LEVELS = {
    "hl": "HL", "h l": "HL", "higher": "HL", "higher level": "HL", "high": "HL", "ns": "HL", "lk": "HL", "h": "HL",
    "nivel superior": "HL", "niveau superieur": "HL",
    "sl": "SL", "s l": "SL", "standard": "SL", "standard level": "SL", "std": "SL", "nm": "SL", "gk": "SL", "s": "SL",
    "nivel medio": "SL", "niveau moyen": "SL",
}  # fmt: skip
"""How the two levels are written; NS and NM are the IB's own in French and Spanish."""
_IN_NAME = {"hl", "sl", "higher", "standard", "ns", "nm"}
"""Levels that may be beside a subject's name; a bare h or s may not."""
SELF_TAUGHT = regex(r"(?i)\b(?:sss?t|(?:school[- ]supported )?self[- ]?taught|autodidacte?)\b")
"""What is beside a language that a student learns without a teacher."""
_COURSE = regex(
    r"\b(?:dp ?[12]|ib ?[12]|(?:y|yr|year|grade|gr|g) ?(?:1[0-3]|[12])|pamoja|online)\b|^(?:group|gr|grp) ?[1-6]\b(?=.)"
)
"""The year, the place or the group of a course, beside its name."""
_YEAR_OF_LEVEL = regex(r"\b(hl|sl|ns|nm|higher level|standard level) ?[12]\b")
_YEAR_BEFORE_LEVEL = regex(r" [12] (?=(?:hl|sl|ns|nm)\b)")
_GLUED_LEVEL = regex(r"(?<=[A-Za-z])(?=(?:HL|SL)$)")
_OF_LANGUAGE = regex(r"^(?:lang|language|langue|lengua) (a|b) (\S+)(.*)")
"""`Lang A: English Lit`."""
_TITLE = r"(?:mr|ms|mrs|miss|mx|dr|prof|mme|mlle|sr|sra|herr|frau)"
_TAUGHT_BY = regex(
    rf"(.{{2,50}}?)(?:\s+(?i:{_TITLE})\.? *[A-Z]|\s*(?:[(–—:]|\s-\s)\s*(?:(?i:{_TITLE}|block|period|line|set|room)\b"
    r"|(?!EE|TOK|IA|PG|CAS|HL|SL)[A-Z]{2,4}\W*$))",
    re.DOTALL,
)
"""A subject, and beside it its teacher (`Mr Smith`, `JSM`), block or room."""
_ANY_LANGUAGE = {
    "language literature": "Language and Literature",
    "language language literature": "Language and Literature",
}
_USUAL_LANGUAGES = ("English", "Spanish", "French", "German", "Chinese")
_WORD_OF = {"lengua": "Spanish", "langue": "French", "sprache": "German", "lingua": "Italian"}
STUDIED = ("A", "B", "ab initio")
"""Kinds of courses in a language."""
_ELIDED = regex(r"\b[dl]['’](?=\w)")
_SCRIPTS_MEET = regex(
    r"(?<=[^\W\d_a-z])(?=[a-z]\b)|(?<=[\u3040-\u9fff\uac00-\ud7af])(?=[ab][\u3040-\u9fff\uac00-\ud7af])|"
    r"(?<=[\u3040-\u9fff\uac00-\ud7af][ab])(?=[\u3040-\u9fff\uac00-\ud7af])"
)
_WORDS = {
    word: name.casefold() for name, words in LANGUAGE_NAMES.items() for word in " ".join(words.split()).split(" | ")
}
_WORDS |= PHRASES | FURTHER_SUBJECTS | SAME


@record
class SubjectReading:
    """The subjects that a text may mean, the likeliest spelling first, and the level in it ("" where none)."""

    names: tuple[str, ...]
    level: str = ""


_LEVEL_AND_REMARK = regex(r"(?i)\W*\b(hl|sl|ns|nm)\b\W*(.*)", re.DOTALL)
_BOTH_LEVELS = regex(r"(?i)\b(?:hl|higher|ns)\b.*\b(?:sl|standard|nm)\b|\b(?:sl|standard|nm)\b.*\b(?:hl|higher|ns)\b")


def is_doubtful(text: str) -> bool:
    """Whether a cell leaves open which level is meant: `HL?`, `HL/SL`, `SL -> HL`."""
    return "?" in text or bool(_BOTH_LEVELS.search(text))


def read_remark(text: str) -> tuple[str, str]:
    """The level that a cell holds and what it says besides: `HL (7)`; ("", "") where the level is not certain."""
    if is_doubtful(text):
        return "", ""
    if level := read_level(text):
        return level, ""
    match = _LEVEL_AND_REMARK.fullmatch(text)
    return (read_level(match[1]), match[2].strip(" ()")) if match else ("", "")


def read_level(text: object) -> str:
    """`HL` or `SL` for any usual writing of it; "" for anything else."""
    return LEVELS.get(" ".join(re.findall(r"[^\W_]+", bare(text))), "") if isinstance(text, str) else ""


class SubjectNames:
    """All subjects of the lists, ready to be found by any writing."""

    def __init__(self, lists: Lists) -> None:
        subjects, aliases = lists.get("subjects", {}), lists.get("subject_aliases", {})
        names = subjects.get("name", [])
        states = subjects.get("status", ["regular"] * len(names))
        self.regular = {name for name, state in zip(names, states, strict=False) if state == "regular"} or {*names}
        self._exact: dict[str, str] = {}
        known = {*names}
        for alias, name in zip(aliases.get("alias", ()), aliases.get("name", ()), strict=False):
            self._exact.setdefault(_key(alias), name)
        for key, name in _whole():
            if name in known:
                self._exact[_key(key)] = name
        transcripts = zip(subjects.get("transcript_name", names), names, strict=False)
        for text, name in [*transcripts, *((name, name) for name in names)]:
            if name in self.regular or _key(text) not in self._exact:
                self._exact[_key(text)] = name
        self._words = {name: _key(name).split() for name in names if name in self.regular and "(" not in name}
        self._of_same_words = {frozenset(key.split()): name for key, name in self._exact.items() if key.count(" ") > 1}
        kinds = zip(names, subjects.get("kind", ()), subjects.get("language", ()), strict=False)
        self.studied = {name: language for name, kind, language in kinds if kind in STUDIED and language}
        """The language that is studied, and so answered in, of each course in one."""
        levels = zip(names, subjects.get("hl", ()), strict=False)
        self._only_standard = {name for name, higher in levels if not higher}
        self._seen: dict[str, SubjectReading | None] = {}

    def read(self, text: object) -> SubjectReading | None:
        """The subject that a text names, with its level; None where it names none."""
        if not isinstance(text, str) or not 2 <= len(text) <= 70:
            return None
        if text not in self._seen:
            self._seen[text] = self._read(text)
        return self._seen[text]

    def read_header(self, text: object) -> SubjectReading | None:
        """The subject of a column, which may say who teaches it, and when: `Biology HL (Ms Tan)`. `Lang & Lit` is that
        of any language."""
        found = self.read(text)
        if found is not None or not isinstance(text, str):
            return found
        match = _TAUGHT_BY.match(text)
        return (self.read(match[1]) if match else None) or self._of_any_language(match[1] if match else text)

    def _of_any_language(self, text: str) -> SubjectReading | None:
        """Language A without saying which, those of usual languages first."""
        words = [word for word in _words_of(text) if word not in ("a", "1")]
        level = read_level(" ".join(word for word in words if word in _IN_NAME))
        kind = _ANY_LANGUAGE.get(_key(" ".join(word for word in words if word not in _IN_NAME)))
        if kind is None:
            return None
        names = [name for name in self._words if name.endswith(f" A: {kind}")]
        of_words = [language for word, language in _WORD_OF.items() if word in words]
        usual = [f"{language} A: {kind}" for language in dict.fromkeys((*of_words, *_USUAL_LANGUAGES))]
        names.sort(key=lambda name: usual.index(name) if name in usual else len(usual))
        return SubjectReading(tuple(names), level) if names else None

    def listed(self, text: str) -> list[str]:
        """The subjects of a cell that lists several; a comma may also be within a name."""
        pieces = [piece.strip() for piece in re.split(r"[;\n|•]|\s[/+]\s", text)]
        found: list[str] = []
        for piece in filter(None, pieces):
            found += self._comma_separated([part.strip() for part in piece.split(",") if part.strip()])
        return found

    def _comma_separated(self, parts: Sequence[str]) -> list[str]:
        found: list[str] = []
        number = 0
        while number < len(parts):
            both = ", ".join(parts[number : number + 2])
            joined = len(parts) > number + 1 and self.read(parts[number + 1]) is None and self.read(both) is not None
            found.append(both if joined else parts[number])
            number += 2 if joined else 1
        return found

    def _read(self, text: str) -> SubjectReading | None:
        found = self._read_words(text)
        if found is None and _GLUED_LEVEL.search(text.strip()):  # `ChemHL`, `MathAASL`
            found = self._read_words(_GLUED_LEVEL.sub(" ", text.strip()))
        return found

    def _read_words(self, text: str) -> SubjectReading | None:
        words = _words_of(text)
        levels = {LEVELS[word] for word in words if word in _IN_NAME}
        level = levels.pop() if len(levels) == 1 else ""
        key = _key(" ".join(word for word in words if word not in _IN_NAME))
        names = self._named(key) if key else ()
        if level == "HL":
            names = tuple(name for name in names if name not in self._only_standard) or names
        return SubjectReading(names, level) if names else None

    def _named(self, key: str) -> tuple[str, ...]:
        """The subjects of a name in the form of `_key`: the one that has it, or those that begin with its words."""
        exact = self._exact.get(key, "") or self._of_same_words.get(frozenset(key.split()), "")
        if exact and (exact in self.regular or not self._offered(exact)):
            return (exact,)
        return SEVERAL.get(key) or self._beginning(key.split()) or ((exact,) if exact else ())

    def _offered(self, name: str) -> bool:
        """Whether subjects of today begin like one that has ended: `Mathematics` was one, and is now two."""
        return bool(self._beginning(_key(name).split()))

    def _beginning(self, given: Sequence[str]) -> tuple[str, ...]:
        """Subjects whose words begin as the given ones do, in the same order; those with as many words first."""
        if max(map(len, given)) < 3 or given[0] in ("literature", "language"):
            return ()
        if len(given) == 1:  # one word must be whole, or the beginning of a name of one word
            whole = [name for name, words in self._words.items() if words[0] == given[0]]
            begun = [n for n, words in self._words.items() if len(words) == 1 and words[0].startswith(given[0])]
            return tuple(whole or (begun if len(given[0]) > 3 else ()))
        fits = [name for name, words in self._words.items() if _fits(given, words)]
        fits = [name for name in fits if {*given} <= {*self._words[name]}] or fits
        if given[-1] == "a":  # `English A` is its literature, and its language and literature
            return tuple(fits)
        least = min((len(self._words[name]) for name in fits), default=0)
        return tuple(name for name in fits if len(self._words[name]) == least)


def _fits(given: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the given words begin some of a name's, in the same order."""
    at = 0
    for number, word in enumerate(given):
        while at < len(words) and not _begins(word, words[at]):
            if number == 0:
                return False
            at += 1
        if at == len(words):
            return False
        at += 1
    return True


def _begins(word: str, whole: str) -> bool:
    return whole.startswith(word) and (word, whole) != ("a", "ab")  # English A is not English ab initio


def _whole() -> Iterator[tuple[str, str]]:
    """Each whole name that the words of this package give a subject, with the subject."""
    yield from WHOLE.items()
    for listed in (FURTHER_WHOLE, IN_LANGUAGES):
        for name, texts in listed.items():
            yield from ((text, name) for text in texts.split(" | "))


def _words_of(text: str) -> list[str]:
    """The words of a subject's name as it was typed, without the year and the kind of its course."""
    plain = _ELIDED.sub(
        "", bare(re.sub(r"\bl\s*&\s*l\b", "language literature", SELF_TAUGHT.sub(" ", text).casefold()))
    )
    words = " ".join(re.findall(r"[^\W_]+", _SCRIPTS_MEET.sub(" ", plain)))
    words = _YEAR_BEFORE_LEVEL.sub(" ", _YEAR_OF_LEVEL.sub(r"\1", _COURSE.sub(" ", words).strip()))
    return _OF_LANGUAGE.sub(r"\2 \1\3", words).split()


def _key(text: str) -> str:
    """A name for comparing: standard words, in any language and abbreviation, without those that tell nothing."""
    words = re.findall(r"[^\W_]+", _SCRIPTS_MEET.sub(" ", _ELIDED.sub("", bare(text))))
    read, at = [], 0
    while at < len(words):
        length = next((n for n in (3, 2) if " ".join(words[at : at + n]) in _WORDS and len(words) >= at + n), 1)
        word = " ".join(words[at : at + length])
        read += _WORDS.get(word, word).split()
        at += length
    return " ".join(word for word in read if word not in DROPPED) or " ".join(read)


def of_student(readings: Sequence[str], taken: Collection[str]) -> tuple[str, ...]:
    """Of the subjects that a text may mean, those that the student takes; all of them where none is taken."""
    own = tuple(name for name in readings if name in taken)
    return own or tuple(readings)
