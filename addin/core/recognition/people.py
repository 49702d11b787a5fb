"""Names of people as schools write them: split into last and first names, and matched across sheets.

A match needs evidence: the same code, else the same e-mail address, else the same name with nothing against it (another
birth date or class). Two people who fit are never decided between.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from addin.core.book import Value
from addin.core.records import field, record
from addin.core.regex import regex
from addin.core.tables.equality import fold, fold_code
from addin.core.tables.values import show

PARTICLES = frozenset({
    "de", "del", "della", "di", "da", "dos", "das", "do", "du", "des", "la", "le", "van", "von", "der", "den", "ten",
    "ter", "zu", "zum", "bin", "binti", "binte", "bint", "ibn", "al", "el", "ben", "st", "st.", "mac", "mc", "y", "e",
})  # fmt: skip
"""Small words that belong to the last name that follows."""
TITLES = regex(r"^(?:mr|mrs|ms|miss|mx|dr|prof|sr|sra|herr|frau|mme|m)\.?\s+", re.IGNORECASE)
MARIAN = frozenset({
    "carmen", "pilar", "mar", "rosario", "angeles", "luz", "lourdes", "jesus", "fatima", "guadalupe", "mercedes", "sol",
    "socorro", "dolores",
})  # fmt: skip
"""What follows `María del` in a first name."""
FAMILY_FIRST = frozenset({
    "zhang", "wang", "liu", "huang", "zhao", "zhou", "zhu", "guo", "luo", "zheng", "liang", "xie", "deng", "feng",
    "peng", "zeng", "jiang", "nguyen", "tran", "pham", "phan", "dang", "bui", "duong", "ngo", "choi", "jung",
    "yoon", "kwon", "hwang", "seo", "cho", "shin", "tanaka", "suzuki", "watanabe", "yamamoto",
})  # fmt: skip
"""Last names of East Asia that hardly anybody bears as a first name: where one comes first, it is the last name."""
_NICKNAME = regex(
    r"\s*(?:\(([^()\d]{2,20})\)|[\"“”„‟]([^\"“”„‟\d]{2,20})[\"“”„‟]|(?<=\s)['‘]([^'‘’\d]{2,20})['’](?=\s|$))"
)
_LETTERS = regex(r"[^\W\d_]", re.UNICODE)


@record
class Name:
    """A name in two parts; `sure` is False where the words alone do not say where one ends."""

    last: str
    first: str
    sure: bool = True


_BLANK_INSIDE = regex(r"(?<=\() +| +(?=\))")
"""`( Evan )` is in brackets like `(Evan)`."""


def is_name(text: Value) -> bool:
    """Whether a cell could be a person's name: a few words of letters, no digits, at most one comma."""
    if (
        not isinstance(text, str)
        or text.count(",") > 1
        or not 2 <= len(text.strip()) <= 60
        or re.search(r"[\d@:/?=<>]", text)
    ):
        return False
    words = _BLANK_INSIDE.sub("", text.replace(",", " ")).split()
    return 1 <= len(words) <= 7 and all(_LETTERS.match(word[:1]) or word[:1] in "'(\"" for word in words)


def split_nickname(text: str) -> tuple[str, str]:
    """The name without what it says in brackets or quotation marks, and that.

    >>> split_nickname("William (Bill) Chen")
    ('William Chen', 'Bill')
    """
    match = _NICKNAME.search(text)
    if not match:
        return text, ""
    rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".replace(" ,", ",").split())
    return (rest, (match[1] or match[2] or match[3]).strip()) if rest else (text, "")


_REMARKS = frozenset({
    "new", "left", "withdrawn", "withdrew", "leaving", "moved", "exchange", "anticipated", "retake", "retaker",
    "course", "courses", "certificate", "tbc", "nouveau", "nouvelle", "neu", "nuevo", "nueva", "parti", "partie",
    "baja", "abgemeldet", "absent", "repeat", "repeating", "part-time",
})  # fmt: skip


def is_nickname(text: str) -> bool:
    """Whether what is in brackets beside a name is another name, and no remark such as `left`."""
    return text[:1].isupper() and is_name(text) and bare(text).split()[0] not in _REMARKS


def split_name(text: str) -> Name | None:
    """`García López, Chloé`, `Chloé GARCÍA LÓPEZ`, `de Vries, Leo`, `Smith J.`; None for a single word.

    >>> split_name("de Vries, Leo")
    Name(last='de Vries', first='Leo', sure=True)
    >>> split_name("de La Tour Anaïs")
    Name(last='de La Tour', first='Anaïs', sure=True)
    """
    text = " ".join(text.split()).strip(" ,;")
    if "," in text:
        before, _, after = text.partition(",")
        return Name(before.strip(), after.strip()) if before.strip() and after.strip() else None
    words = TITLES.sub("", text).split()
    if _EASTERN.fullmatch(text):
        return _eastern(words)
    if len(words) < 2:
        return None
    in_capitals = _capitals(words)
    if in_capitals:
        return in_capitals
    if re.fullmatch(r"\w\.?", words[-1]):
        return Name(" ".join(words[:-1]), words[-1])
    if re.fullmatch(r"\w\.?", words[0]):
        return Name(" ".join(words[1:]), words[0])
    if len(words) > 2 and words[0].islower() and words[0] in PARTICLES:
        plain_words = [word for word in words if word.casefold() not in PARTICLES]
        return Name(" ".join(words[:-1]), words[-1], len(plain_words) == 2)
    start = next((n for n, word in enumerate(words[1:], 1) if word.casefold() in PARTICLES), 0)
    if start:
        return _behind_small_words(words, start)
    if bare(words[0]) in FAMILY_FIRST and bare(words[-1]) not in FAMILY_FIRST:
        return Name(words[0], " ".join(words[1:]), False)
    return Name(" ".join(words[1:]), words[0], len(words) == 2)


_EASTERN = regex(r"[\u3005\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\s]+")
"""Chinese, Japanese and Korean names in their own scripts: the last name comes first."""
_TWO_SIGNS = frozenset({
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "公孫", "慕容",
    "令狐", "东方", "東方", "남궁", "황보", "제갈", "선우", "독고", "사공",
})  # fmt: skip
"""Last names of two signs in China and Korea."""


def _eastern(words: Sequence[str]) -> Name | None:
    """`山田 太郎`; and without a blank, the first sign as the last name, which is not certain."""
    if len(words) == 2:
        return Name(words[0], words[1])
    name = words[0] if len(words) == 1 else ""
    cut = 2 if name[:2] in _TWO_SIGNS or len(name) == 4 else 1
    if not 1 < len(name) <= 4 or re.search(r"[\u3041-\u30ff]", name):
        return None
    return Name(name[:cut], name[cut:], False) if name[cut:] else None


def _behind_small_words(words: Sequence[str], start: int) -> Name:
    """A name with a small word: `Leo de Vries`; `María del Carmen Ortiz` has it in the first name."""
    after = next((n for n in range(start, len(words)) if words[n].casefold() not in PARTICLES), start)
    if start == 1 and bare(words[after]) in MARIAN and after + 1 < len(words):
        return Name(" ".join(words[after + 1 :]), " ".join(words[: after + 1]))
    plain_words = [word for word in words[start:] if word.casefold() not in PARTICLES]
    return Name(" ".join(words[start:]), " ".join(words[:start]), start == 1 and len(plain_words) < 3)


def split_by_email(text: str, email: str) -> Name | None:
    """The name split as its e-mail address has it: `a.bo@` says that Ann Marie Bø's last name is Bø; None where it
    does not say."""
    words = text.split()
    local = plain_letters(email.partition("@")[0])
    found = []
    for cut in range(1, len(words)):
        first, behind = plain_letters("".join(words[:cut])), words[cut:]
        begins = next((word for word in behind if word.casefold() not in PARTICLES), "")
        for last in (plain_letters("".join(behind)), plain_letters(begins)):
            rest = local.replace(last, "", 1)
            if len(last) > 1 and last in local and (first.startswith(rest) or rest.startswith(first)):
                found.append(Name(" ".join(behind), " ".join(words[:cut])))
                break
    return found[0] if len(found) == 1 else None


def plain_letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", bare(text).replace("ø", "o"))


def split_two_surnames(text: str) -> Name | None:
    """The last two names of three or more as the last name, as in Spanish; small words go with the name behind. None
    for a name that begins with a small word: its last name is first."""
    first, *rest = text.split() or [""]
    units = with_small_words(rest)
    if (first.islower() and first in PARTICLES) or len(units) < 2:
        return None
    return Name(" ".join(units[-2:]), " ".join([first, *units[:-2]]))


def with_small_words(words: Sequence[str]) -> list[str]:
    """The words, each with the small ones before it: `de la Peña`; none where small words are the last."""
    units: list[str] = []
    small: list[str] = []
    for word in words:
        small.append(word)
        if word.casefold() not in PARTICLES:
            units.append(" ".join(small))
            small = []
    return units if not small else []


def in_capitals(words: Sequence[str]) -> list[bool]:
    """Which words are in capitals, where some are and some are not; else none."""
    big = [word.isupper() and len(word.strip(".'-")) > 1 for word in words]
    return big if any(big) and not all(big) else []


def _capitals(words: Sequence[str]) -> Name | None:
    """The last name in capitals: `GARCÍA LÓPEZ Chloé`; None where all words or none are."""
    big = in_capitals(words)
    if not big:
        return None
    last = [word for word, capital in zip(words, big, strict=True) if capital]
    first = [word for word, capital in zip(words, big, strict=True) if not capital]
    small = [word for word in first if word.casefold() in PARTICLES]
    if len(small) == len(first):  # `NGUYEN Van`: what is a small word elsewhere is the first name here
        small = []
    return Name(" ".join([*small, *last]), " ".join(word for word in first if word not in small))


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """A name without accents, for comparing what was typed in a hurry."""
    if text.isascii():
        return fold(text)
    text = unicodedata.normalize("NFD", fold(text))
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def name_words(text: str) -> frozenset[str]:
    """The words of a name, in no order, without accents and titles."""
    return frozenset(re.findall(r"[^\W_]+(?:'[^\W_]+)?", bare(TITLES.sub("", text.strip()))))


@record
class Person:
    """One student, as far as the sheets say."""

    number: int
    facts: dict[str, Value] = field(default_factory=dict)
    """Column of Candidates -> value."""
    extra: dict[str, Value] = field(default_factory=dict)
    """Header of the person's own -> value."""
    cells: set[tuple[str, int, int]] = field(default_factory=set)
    origin: tuple[str, int, int] = ("", 0, 0)
    home: bool = False
    """Whether the person is in a Candidates table already."""

    @property
    def code(self) -> str:
        return str(self.facts.get("code") or "")

    @property
    def name(self) -> str:
        return f"{self.facts.get('last_name') or ''}, {self.facts.get('first_names') or ''}".strip(", ")


class People:
    """The students of a workbook, found by code, e-mail address and name."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self.version = 0
        """Counts what has become known: as long as it stays, the same facts find the same students."""
        self._by: dict[tuple[str, object], dict[int, Person]] = {}

    def add(
        self, facts: Mapping[str, Value], *, home: bool = False, origin: tuple[str, int, int] = ("", 0, 0)
    ) -> Person:
        """A person who is not here yet."""
        person = Person(len(self.all), {k: v for k, v in facts.items() if v is not None}, home=home, origin=origin)
        self.all.append(person)
        self.index(person)
        return person

    def index(self, person: Person) -> None:
        """Make a person found by what is known now."""
        self.version += 1
        last = str(person.facts.get("last_name") or "")
        for key in [*_keys(person.facts), *([("last", bare(last))] if last else [])]:
            self._by.setdefault(key, {})[person.number] = person

    def find(self, facts: Mapping[str, Value]) -> list[Person]:
        """Those who may be meant: one is a match, several are a question, none is a new person."""
        last, first = str(facts.get("last_name") or ""), str(facts.get("first_names") or "")
        for key in [*_keys(facts), *([("last", bare(last))] if last and not first else [])]:
            found = [person for person in self._by.get(key, {}).values() if not _contradict(person.facts, facts)]
            if found:
                return found
        return self._by_initial(facts)

    def split(self, text: str) -> Name | None:
        """A whole name as the one student of these words has it who is here; None where there is none."""
        found = self._by.get(("name", name_words(text)), {}).values()
        names = {(show(one.facts.get("last_name")), show(one.facts.get("first_names"))) for one in found}
        return Name(*names.pop()) if len(names) == 1 else None

    def find_without_zeros(self, facts: Mapping[str, Value]) -> list[Person]:
        """Those of this name whose code differs only in the zeros that a cell with a number loses: 123 for 000123."""
        last, first = str(facts.get("last_name") or ""), str(facts.get("first_names") or "")
        code = fold_code(str(facts.get("code") or ""))
        if not (last and first and code.isdigit()):
            return []
        named = self._by.get(("name", name_words(f"{last} {first}")), {}).values()
        return [
            person
            for person in named
            if _is_padded(fold_code(person.code), code)
            and not _contradict({**person.facts, "code": None}, {**facts, "code": None})
        ]

    def _by_initial(self, facts: Mapping[str, Value]) -> list[Person]:
        """`Smith J.` is John Smith where nobody else could be."""
        last, first = str(facts.get("last_name") or ""), str(facts.get("first_names") or "")
        if not re.fullmatch(r"\w\.?", first):
            return []
        return [
            person
            for person in self._by.get(("last", bare(last)), {}).values()
            if bare(str(person.facts.get("first_names") or ""))[:1] == bare(first)[:1]
            and not _contradict(person.facts, facts)
        ]


def _keys(facts: Mapping[str, Value]) -> Iterable[tuple[str, object]]:
    if code := facts.get("code"):
        yield "code", fold_code(str(code))
    if email := facts.get("email"):
        yield "email", fold(str(email))
    last, first = str(facts.get("last_name") or ""), str(facts.get("first_names") or "")
    if last and first:
        yield "name", name_words(f"{last} {first}")


def _is_padded(one: str, other: str) -> bool:
    """Whether two codes are the same number with other zeros before it."""
    return one.isdigit() and one != other and one.lstrip("0") == other.lstrip("0")


def _agree(one: Mapping[str, Value], other: Mapping[str, Value], column: str) -> bool:
    """Whether both have this, and it is the same."""
    return bool(one.get(column)) and fold_code(str(one[column])) == fold_code(str(other.get(column) or ""))


def _contradict(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether what is known of the two cannot be one person."""
    births = [born for born in (one.get("birth_date"), other.get("birth_date")) if isinstance(born, date)]
    if len(births) == 2 and births[0] != births[1]:
        return True
    same = len(births) == 2 or any(_agree(one, other, column) for column in ("code", "email", "session_number"))
    for column in ("code",) if same else ("code", "year_group"):  # who moved to another class is on two lists
        if one.get(column) and other.get(column) and fold_code(str(one[column])) != fold_code(str(other[column])):
            return True
    return False
