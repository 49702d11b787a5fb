"""Find private words in text, however they are written, and black them out.

    private_words(tables)   what is private in a workbook: names, dates, other texts
    Finder                  finds it in any text: other case, without accents, half of a hyphenated name, in a link or
                            file name, a birth date in any order, words of two letters, scripts without blanks

A word inside a longer word is not found (Novák in Nováková), except where a capital letter begins it (`HasegawaEE.pdf`)
and in addresses and links, which have no blanks.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise

from addin.core.book import Value
from addin.core.records import field, record
from addin.core.regex import regex
from addin.core.tables.row_ids import SIGNS
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Column, Tracker

CODE = "candidates.code"
BLACK = "███"
LONGEST = 80
"""Longer private texts, such as notes, are not looked for."""
MOST_WORDS = 3
"""Of a private text that is no name and has more words, the single words are not looked for: they are everybody's."""
LEAST, LEAST_INSIDE, LEAST_DIGITS = 3, 4, 5
"""Letters of a word that is looked for when its text is no name, inside addresses and links, and digits of a number."""
_SEARCHED = frozenset({"text", "link", "email", "date"})
"""Types of columns whose private texts are looked for elsewhere."""
_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ŋ": "n", "ħ": "h",
}  # fmt: skip
_JOINTS = r"\s\-‐-―'’‘`´.,;:/\\|()\[\]{}<>\"“”„«»_+*&@!?#%=~^"
_TOKENS = regex(rf"\d+|[^\d{_JOINTS}]+")
_JOINT = regex(rf"[{_JOINTS}]{{0,3}}")
_LINK = regex(r"\S*(?:://|www\.|@|[\w-]\.[A-Za-z]{2,5}\b)\S*")
_NUMBERS = r"\d{1,4}\s?[./\-年년]\s?\d{1,2}\s?[./\-月월]\s?\d{1,4}[日일]?|\d{4} \d{1,2} \d{1,2}|\d{1,2} \d{1,2} \d{4}"
_NAMED = (
    r"\d{1,2}\s?(?:st|nd|rd|th)?[\s.\-]+(?:de\s+)?[^\W\d_]{3,12}\.?,?[\s\-]+(?:de\s+)?\d{2,4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
)
_DATE = regex(rf"(?<![^\W_])(?:{_NUMBERS}|{_NAMED}|\d{{8}}|\d{{6}})(?![^\W_])")
_NO_BLANKS = regex("[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uf900-\ufaff]")
"""Folded letters of scripts that are written without blanks, or whose names may be a single character."""
Words = tuple[str, ...]


@record
class Private:
    """What is private in a workbook; `codes` are the students' codes, which pseudonyms replace."""

    names: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)


def private_words(
    trackers: Mapping[str, Tracker], tables: Mapping[str, Table], only: Sequence[int] | None = None
) -> Private:
    """What the private columns of these tables hold, and the students' codes; of some rows only, where given."""
    found = Private()
    for name, table in tables.items():
        tracker = trackers[name]
        for key, column in tracker.columns.items():
            values = table.raw(key) if only is None else [table.raw(key)[index] for index in only]
            if is_code(tracker, key):
                found.codes |= {show(value) for value in values if value is not None}
            elif column.private:
                _collect(found, column, values)
    return found


def is_code(tracker: Tracker, column: str) -> bool:
    """Whether a column holds students' codes."""
    return f"{tracker.name}.{column}" == CODE or tracker.columns[column].words.get("exists_in") == CODE


def _collect(found: Private, column: Column, values: list[Value]) -> None:
    for value in set(values):
        if isinstance(value, date):
            found.dates.add(value.date() if isinstance(value, datetime) else value)
        elif isinstance(value, str) and 0 < len(value.strip()) <= LONGEST and column.type in _SEARCHED:
            (found.names if _is_name(column) else found.texts).add(value.strip())


def _is_name(column: Column) -> bool:
    return "name" in column.name or column.name in ("lent_to", "teacher", "collected_by", "contact")


class Finder:
    """Finds what is private in any text."""

    def __init__(self, private: Private) -> None:
        self.private = private
        self.codes = {fold(code): code for code in private.codes}
        self._words: set[str] = set()
        self._phrases: dict[str, list[Words]] = {}
        for text in private.names:
            glued = ["".join(words_of(piece)) for piece in text.split()]  # O'Brien is Obrien, too
            wanted = [word for word in (*words_of(text), *glued) if not word.isdigit()]
            self._words.update(word for word in wanted if len(word) > 1 or _NO_BLANKS.search(word))
        for text in private.texts:
            self._words.update(
                word for word in words_of(text) if len(word) >= (LEAST_DIGITS if word.isdigit() else LEAST)
            )
        for text in {*private.names, *private.texts, *private.codes}:
            if len(text.strip()) >= LEAST:
                self._add_phrase(tuple(_TOKENS.findall(fold(text))))

    def _add_phrase(self, words: Words) -> None:
        if words:
            self._phrases.setdefault(words[0], []).append(words)
            self._phrases[words[0]].sort(key=len, reverse=True)

    @cached_property
    def _unbroken(self) -> re.Pattern[str] | None:
        """Names in scripts without blanks: found anywhere."""
        wanted = sorted(filter(_NO_BLANKS.search, self._words), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, wanted))) if wanted else None

    @cached_property
    def _inside(self) -> re.Pattern[str] | None:
        """Names that are looked for inside addresses, links and words that begin with a capital."""
        wanted = sorted((w for w in self._words if len(w) >= LEAST_INSIDE and w.isalpha()), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, wanted))) if wanted else None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the text holds something private: (start, end), in order, none inside another."""
        folded, places = _folded(text)
        found = [(places[start], places[end]) for start, end in self._in_tokens(folded)]
        if self._unbroken:
            found += [(places[match.start()], places[match.end()]) for match in self._unbroken.finditer(folded)]
        found += self._inside_words(text, folded, places)
        if self.private.dates and any(map(str.isdigit, text)):
            found += [match.span() for match in _DATE.finditer(text) if self._is_private_date(match[0])]
        return _merged(found)

    def _in_tokens(self, folded: str) -> Iterator[tuple[int, int]]:
        """Private words, and texts of several words whatever joins them."""
        tokens = list(_TOKENS.finditer(folded))
        words = [token[0] for token in tokens]
        for place, token in enumerate(tokens):
            if token[0] in self._words:
                yield token.span()
            if _is_glued(folded, tokens, place) and token[0] + words[place + 1] in self._words:
                yield token.start(), tokens[place + 1].end()
            for phrase in self._phrases.get(token[0], ()):
                last = place + len(phrase) - 1
                if tuple(words[place : last + 1]) == phrase and _are_joined(folded, tokens[place : last + 1]):
                    yield token.start(), tokens[last].end()
                    break

    def _inside_words(self, text: str, folded: str, places: list[int]) -> Iterator[tuple[int, int]]:
        """Names glued to something else: `HasegawaEE.pdf`, `a.hasegawa2@x.org`."""
        links = [match.span() for match in _LINK.finditer(text)]
        if not self._inside or not (links or any(map(str.isupper, text[1:]))):
            return
        for match in self._inside.finditer(folded):
            start, end = places[match.start()], places[match.end()]
            begins = text[start].isupper() and (not start or not text[start - 1].isupper())
            ends = end == len(text) or not text[end].isalpha() or (text[end].isupper() and text[end - 1].islower())
            if (begins and ends) or any(low <= start and end <= high for low, high in links):
                yield start, end

    def _is_private_date(self, text: str) -> bool:
        return bool(self.private.dates) and not self.private.dates.isdisjoint(_days(text))

    def blacked(self, text: str, instead: Callable[[str], str] | None = None) -> str:
        """The text without what is private; `instead` gives what stands for a student's code."""
        spans = self.spans(text) if text else []
        if not spans:
            return text
        pieces, done = [], 0
        for start, end in spans:
            code = self.codes.get(fold(text[start:end]))
            pieces += [text[done:start], instead(code) if code and instead else BLACK]
            done = end
        return "".join([*pieces, text[done:]])


def pseudonym(key: bytes, code: str) -> str:
    """The word that stands for a code in every copy made with this key; without it nobody can work back."""
    number = int.from_bytes(hmac.digest(key, code.encode(), hashlib.sha256)[:8], "big")
    word = ""
    for _ in range(7):
        number, sign = divmod(number, len(SIGNS))
        word += SIGNS[sign]
    return f"P-{word}"


def fold(text: str) -> str:
    """Text without case, accents and width, for finding a name however it is written."""
    return _folded(text)[0]


def words_of(text: str) -> list[str]:
    """The folded words of a private text: of an address only what is before the @."""
    return _TOKENS.findall(fold(re.sub(r"@\S+", "", text)))


def _is_glued(folded: str, tokens: list[re.Match[str]], place: int) -> bool:
    """Whether one sign that is no blank is between a word and the next: an apostrophe, a hyphen."""
    end = tokens[place].end()
    return place + 1 < len(tokens) and tokens[place + 1].start() == end + 1 and not folded[end].isspace()


def _are_joined(folded: str, tokens: list[re.Match[str]]) -> bool:
    return all(_JOINT.fullmatch(folded, one.end(), other.start()) for one, other in pairwise(tokens))


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters and its end, where that is in the text."""
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    pieces: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in unicodedata.normalize("NFKD", sign).casefold():
            if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
                continue
            plain = _LETTERS.get(letter, letter)
            pieces.append(plain)
            places += [place] * len(plain)
    places.append(len(text))
    return "".join(pieces), places


def _days(text: str) -> set[date]:
    from addin.core.tables.dates import read_days

    found = set(read_days(text))
    digits = re.findall(r"\d+", text)
    if len(digits) == 1 and len(digits[0]) in (6, 8):
        found |= _solid(digits[0])
    if len(digits) == 3:
        found |= _orders([int(one) for one in digits])
    return found


def _solid(digits: str) -> set[date]:
    """The days that 14032009, 20090314 or 140309 may mean."""
    if len(digits) == 8:
        splits = [(digits[:4], digits[4:6], digits[6:]), (digits[:2], digits[2:4], digits[4:])]
    else:
        splits = [(digits[:2], digits[2:4], digits[4:])]
    return set().union(*(_orders([int(part) for part in split]) for split in splits))


def _orders(numbers: list[int]) -> set[date]:
    """Every day that three numbers may mean, in any order, with years of two digits in either century."""
    first, second, third = numbers
    found = set()
    for year, month, day in (
        (first, second, third),
        (third, second, first),
        (third, first, second),
        (first, third, second),
    ):
        for full in (year,) if year > 99 else (1900 + year, 2000 + year):
            try:
                found.add(date(full, month, day))
            except ValueError:
                continue
    return found


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
