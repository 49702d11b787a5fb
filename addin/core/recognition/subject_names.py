# ruff: noqa: E501 - lists of words are read best as they are
"""Subjects as schools write them: `Eng A L&L`, `Math AA`, `Bio HL`, `Español B NS`, read as the IB's own names.

A name that fits several subjects (`French`) gives all of them: the sheet, the student's other subjects or a person
decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from addin.core.recognition.further_words import FURTHER_SUBJECTS, FURTHER_WHOLE
from addin.core.recognition.people import bare
from addin.core.records import record
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
SELF_TAUGHT = re.compile(r"(?i)\b(?:sss?t|self[- ]?taught|autodidacte?)\b")
"""What is beside a language that a student learns without a teacher."""
_DROPPED = {"and", "the", "of", "in", "y", "et", "und", "de", "la", "le", "level", "ib", "dp", "e"}
_SAME = {
    "maths": "mathematics", "mat": "mathematics", "math": "mathematics", "mathematiques": "mathematics", "matematicas": "mathematics",
    "mathematik": "mathematics", "mathe": "mathematics", "mates": "mathematics", "matematica": "mathematics",
    "eng": "english", "anglais": "english", "ingles": "english", "englisch": "english",
    "fr": "french", "francais": "french", "frances": "french", "franzosisch": "french", "fra": "french",
    "span": "spanish", "esp": "spanish", "espagnol": "spanish", "espanol": "spanish", "spanisch": "spanish",
    "ger": "german", "allemand": "german", "aleman": "german", "deutsch": "german", "chino": "chinese",
    "chinois": "chinese", "italien": "italian", "italiano": "italian", "japonais": "japanese", "arabe": "arabic",
    "literatura": "literature", "litterature": "literature", "literatur": "literature", "lit": "literature", "litt": "literature",
    "lengua": "language", "langue": "language", "sprache": "language", "lang": "language",
    "lal": "language literature", "langlit": "language literature", "ll": "language literature",
    "lanlit": "language literature", "abinitio": "ab initio", "ab": "ab initio", "initio": "",
    "bio": "biology", "biologie": "biology", "biologia": "biology", "chem": "chemistry", "chimie": "chemistry",
    "quimica": "chemistry", "chemie": "chemistry", "phys": "physics", "phy": "physics", "physique": "physics",
    "fisica": "physics", "physik": "physics", "hist": "history", "histoire": "history", "historia": "history",
    "geschichte": "history", "geo": "geography", "geog": "geography", "geographie": "geography",
    "geografia": "geography", "econ": "economics", "economia": "economics", "economie": "economics",
    "wirtschaft": "economics", "eco": "economics", "psych": "psychology", "psychologie": "psychology",
    "psicologia": "psychology", "psy": "psychology", "phil": "philosophy", "filosofia": "philosophy",
    "philosophie": "philosophy", "musique": "music", "musica": "music", "musik": "music", "theater": "theatre",
    "teatro": "theatre", "danse": "dance", "danza": "dance", "informatique": "computer science",
    "informatica": "computer science", "informatik": "computer science", "comp": "computer", "sci": "science",
    "envir": "environmental", "env": "environmental", "sys": "systems", "bus": "business", "man": "management",
    "mgmt": "management", "mgt": "management", "mandarin": "mandarin", "glopo": "global politics",
    "analysis": "analysis", "vis": "visual", "viz": "visual",
}  # fmt: skip
_SAME = FURTHER_SUBJECTS | _SAME
_WHOLE = {
    "mathematics aa": "Mathematics: Analysis and Approaches", "maa": "Mathematics: Analysis and Approaches",
    "aa": "Mathematics: Analysis and Approaches", "mathematics analysis": "Mathematics: Analysis and Approaches",
    "mathematics analyse approches": "Mathematics: Analysis and Approaches",
    "mathematics analisis enfoques": "Mathematics: Analysis and Approaches",
    "mathematics ai": "Mathematics: Applications and Interpretation",
    "mai": "Mathematics: Applications and Interpretation", "ai": "Mathematics: Applications and Interpretation",
    "mathematics applications": "Mathematics: Applications and Interpretation",
    "mathematics aplicaciones interpretacion": "Mathematics: Applications and Interpretation",
    "bm": "Business Management", "business": "Business Management", "gestion empresarial": "Business Management",
    "gestion entreprises": "Business Management", "ess": "Environmental Systems and Societies",
    "sea": "Environmental Systems and Societies", "va": "Visual Arts", "art": "Visual Arts", "arts": "Visual Arts",
    "arts visuels": "Visual Arts", "artes visuales": "Visual Arts", "kunst": "Visual Arts", "bildende kunst": "Visual Arts",
    "tok": "Theory of Knowledge", "tdc": "Theory of Knowledge", "tdk": "Theory of Knowledge", "tk": "Theory of Knowledge",
    "theorie connaissance": "Theory of Knowledge", "teoria conocimiento": "Theory of Knowledge",
    "teoria del conocimiento": "Theory of Knowledge",
    "cs": "Computer Science", "dt": "Design Technology", "sehs": "Sports, Exercise and Health Science",
    "sports science": "Sports, Exercise and Health Science", "gp": "Global Politics", "global pol": "Global Politics",
    "politica global": "Global Politics", "sca": "Social and Cultural Anthropology",
    "anthropology": "Social and Cultural Anthropology", "mandarin b": "Chinese B-Mandarin",
    "mandarin ab initio": "Mandarin ab initio",
    "chinese ab initio": "Mandarin ab initio", "film studies": "Film", "cine": "Film", "geography": "Geography",
}  # fmt: skip
_WHOLE |= {bare(word): name for name, words in FURTHER_WHOLE.items() for word in words.split(" | ")}

_SEVERAL = {
    "中文a": ("Chinese A: Language and Literature", "Chinese A: Literature"),
    "mandarin": ("Chinese B-Mandarin", "Mandarin ab initio"),
    "chinese": (
        "Chinese A: Language and Literature",
        "Chinese A: Literature",
        "Chinese B-Mandarin",
        "Chinese B-Cantonese",
        "Mandarin ab initio",
    ),
}


@record
class SubjectReading:
    """The subjects that a text may mean, the likeliest spelling first, and the level in it ("" where none)."""

    names: tuple[str, ...]
    level: str = ""


_LEVEL_AND_REMARK = re.compile(r"(?i)\W*\b(hl|sl|ns|nm)\b\W*(.*)", re.DOTALL)
_BOTH_LEVELS = re.compile(
    r"(?i)\b(?:hl|higher|ns)\b.*\b(?:sl|standard|nm)\b|\b(?:sl|standard|nm)\b.*\b(?:hl|higher|ns)\b"
)


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
        for key, name in _WHOLE.items():
            if name in known:
                self._exact[key] = name
        transcripts = zip(subjects.get("transcript_name", names), names, strict=False)
        for text, name in [*transcripts, *((name, name) for name in names)]:
            if name in self.regular or _key(text) not in self._exact:
                self._exact[_key(text)] = name
        self._words = {name: _key(name).split() for name in names if name in self.regular}
        self._seen: dict[str, SubjectReading | None] = {}

    def read(self, text: object) -> SubjectReading | None:
        """The subject that a text names, with its level; None where it names none."""
        if not isinstance(text, str) or not 2 <= len(text) <= 70:
            return None
        if text not in self._seen:
            self._seen[text] = self._read(text)
        return self._seen[text]

    def listed(self, text: str) -> list[str]:
        """The subjects of a cell that lists several; a comma may also be within a name."""
        pieces = [piece.strip() for piece in re.split(r"[;\n|•]|\s/\s", text)]
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
        text = SELF_TAUGHT.sub(" ", text)
        words = re.findall(r"[^\W_]+", bare(re.sub(r"\bl\s*&\s*l\b", "language literature", text.casefold())))
        levels = {LEVELS[word] for word in words if word in _IN_NAME}
        level = levels.pop() if len(levels) == 1 else ""
        key = _key(" ".join(word for word in words if word not in _IN_NAME))
        if not key:
            return None
        exact = self._exact.get(key, "")
        if exact and (exact in self.regular or not self._offered(exact)):
            return SubjectReading((exact,), level)
        names = _SEVERAL.get(key) or self._beginning(key.split()) or ((exact,) if exact else ())
        return SubjectReading(names, level) if names else None

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
        least = min((len(self._words[name]) for name in fits), default=0)
        return tuple(name for name in fits if len(self._words[name]) == least)


def _fits(given: Sequence[str], words: Sequence[str]) -> bool:
    at = 0
    for number, word in enumerate(given):
        while at < len(words) and not words[at].startswith(word):
            if number == 0:
                return False
            at += 1
        if at == len(words):
            return False
        at += 1
    return True


def _key(text: str) -> str:
    words = re.findall(r"[^\W_]+", bare(text))
    words = " ".join(_SAME.get(word, word) for word in words).split()
    return " ".join(word for word in words if word not in _DROPPED) or " ".join(words)


def of_student(readings: Sequence[str], taken: Collection[str]) -> tuple[str, ...]:
    """Of the subjects that a text may mean, those that the student takes; all of them where none is taken."""
    own = tuple(name for name in readings if name in taken)
    return own or tuple(readings)
