"""Sentences in a workbook's language: written in English, with what they name, and said in another language at the end.

    phrase("{header} is missing.", header=…)   the English sentence; it remembers how it was made
    phrases("{n} row", "{n} rows", n)           the same with a number in it
    joined("\n", sentences)                     several of them as one text
    language.speak(sentence)                    in that language: its words looked up, its dates, numbers and values too
    language.say("Choose from the list.")       the same for words that are at hand

English is what the code says itself: `ENGLISH` looks nothing up. Other languages are catalogues of gettext, whose
message ids are the English sentences; `workspace/languages.py` loads them. Nothing here knows which one is in use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Protocol

from addin.core.regex import regex

_NAMES = regex(r"\{(\w+)\}")
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Said(str):
    """A value in English words, which remembers the value: a date, a number, yes or no, or several of them."""

    __slots__ = ("form", "value")
    value: Any
    form: str

    @classmethod
    def of(cls, text: str, value: Any, form: str = "") -> Said:
        """The words for a value; `form` is `long` for a date whose month is written out, `count` for `1,204`."""
        said = cls(text)
        said.value, said.form = value, form
        return said


class Meant(str):
    """A choice by its English name, as all rules know it, which remembers the cell: `Terminé` for `Complete`."""

    __slots__ = ("local",)
    local: str

    @classmethod
    def of(cls, exact: str, local: str) -> Meant:
        """The exact English value of a choice that a cell holds in the workbook's language."""
        meant = cls(exact)
        meant.local = local
        return meant


class Phrase(str):
    """An English sentence, its message id, and what was filled in."""

    __slots__ = ("first", "id", "many", "n", "values")
    id: str
    many: str
    n: int
    values: Mapping[str, Any]
    first: Callable[[str], str] | None
    """How its first letter changes, where it stands in another sentence."""

    @classmethod
    def of(
        cls,
        text: str,
        sentence: str,
        values: Mapping[str, Any],
        *,
        many: str = "",
        n: int = 1,
        first: Callable[[str], str] | None = None,
    ) -> Phrase:
        """A sentence that was filled in already."""
        made = cls(text)
        made.id, made.values, made.many, made.n, made.first = sentence, values, many, n, first
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return str, (str(self),)  # another process gets the words


def phrase(sentence: str, /, **values: Any) -> str:
    """The sentence with its `{names}` filled in; without values it is as it is, as a header of a person's own."""
    shown = {name: shown_in_english(value) for name, value in values.items()}
    return Phrase.of(sentence.format_map(shown) if values else sentence, sentence, values)


def spoken_later(sentence: str) -> str:
    """A sentence of ours as a part of another: it is looked up when that is spoken."""
    return sentence if isinstance(sentence, Phrase) else Phrase.of(sentence, sentence, {})


def phrases(one: str, many: str, n: int, /, **values: Any) -> str:
    """As `phrase`, by the number `{n}` in it."""
    values["n"] = n
    shown = {name: shown_in_english(value) for name, value in values.items()}
    return Phrase.of((one if n == 1 else many).format_map(shown), one, values, many=many, n=n)


def filled(sentence: str, words: Mapping[str, Any]) -> str:
    """As `phrase`, with names from a mapping that may find them only when asked."""
    values = {name: words[name] for name in _NAMES.findall(sentence)}
    return Phrase.of(sentence.format_map({n: shown_in_english(v) for n, v in values.items()}), sentence, values)


def shown_in_english(value: Any) -> Any:
    """A value as an English sentence shows it."""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(shown_in_english(one)) for one in value)
    return say_value(value) if isinstance(value, (date, bool)) else value


def say_value(value: Any) -> Any:
    """A date, time, or yes and no as a person reads it: `16 Mar 2009`, `14:30`, `Yes`; anything else as it is."""
    if isinstance(value, bool):
        return Said.of("Yes" if value else "No", value)
    if isinstance(value, datetime):
        return Said.of(f"{say_value(value.date())}, {value:%H:%M}", value)
    if isinstance(value, date):
        return Said.of(f"{value.day} {SHORT_MONTHS[value.month - 1]} {value.year}", value)
    return f"{value:%H:%M}" if isinstance(value, time) else value


def long_date(day: date) -> Said:
    """`6 March 2027`."""
    return Said.of(f"{day.day} {MONTHS[day.month - 1]} {day.year}", day, "long")


def in_digits(number: float) -> Said:
    """A number without zeros at its end: `1.5`, `40`."""
    return Said.of(f"{number:g}", float(number))


def in_thousands(number: int) -> Said:
    """A whole number as people write it: `1,204`."""
    return Said.of(f"{number:,}", number, "count")


class Catalogue(Protocol):
    """What gettext's translations offer."""

    def gettext(self, message: str) -> str: ...
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...
    def pgettext(self, context: str, message: str) -> str: ...


class Language:
    """One language: its code (`fr`), its own name (`français`), and its words."""

    __slots__ = ("_words", "code", "name")

    def __init__(self, code: str, name: str, words: Catalogue | None = None) -> None:
        self.code, self.name, self._words = code, name, words

    @property
    def is_english(self) -> bool:
        """True where nothing is looked up."""
        return self._words is None

    def say(self, sentence: str, /, **values: Any) -> str:
        """A sentence of ours with its `{names}` filled in."""
        if not values:
            return self._look_up(sentence)
        return self.speak(phrase(sentence, **values))

    def word(self, text: str, *contexts: str) -> str:
        """A word that means different things in different places: as the first context has it, else the word alone."""
        if self._words is None or not text:
            return text
        for context in contexts:
            found = self._words.pgettext(context, text)
            if found != text:
                return found
        return self._words.gettext(text)

    def speak(self, text: str) -> str:
        """A sentence in this language; what it does not know stays as it is."""
        if self._words is None:
            return str(text)
        if not isinstance(text, Phrase):
            return str(self.show(text)) if isinstance(text, (Said, Meant)) else self._look_up(text)
        found = self._words.ngettext(text.id, text.many, text.n) if text.many else self._look_up(text.id)
        values = {name: self.show(value) for name, value in text.values.items()}
        said = found.format_map(values) if values else found
        return text.first(said[:1]) + said[1:] if text.first else said

    def show(self, value: Any) -> Any:
        """A value as a person reads it in this language."""
        if self._words is None:
            return shown_in_english(value)
        if isinstance(value, Phrase):
            return self.speak(value)
        if isinstance(value, Meant):
            return value.local
        if isinstance(value, Said):
            if value.form == "count":
                return self.count(value.value)
            return self.date(value.value, long=True) if value.form else self.show(value.value)
        if isinstance(value, (list, tuple)):
            return ", ".join(str(self.show(one)) for one in value)
        if isinstance(value, bool):
            return self.yes if value else self.no
        if isinstance(value, datetime):
            return f"{self.date(value)}, {value:%H:%M}"
        if isinstance(value, date):
            return self.date(value)
        return self.number(value) if isinstance(value, float) else say_value(value)

    def date(self, day: date, *, long: bool = False) -> str:
        """`16 mars 2009`."""
        if self._words is None:
            return str(long_date(day) if long else say_value(day))
        month = (MONTHS if long else SHORT_MONTHS)[day.month - 1]
        named = self.word(month, "month" if long else "short month")
        return self._look_up("{day} {month} {year}").format(day=day.day, month=named, year=day.year)

    def number(self, value: float) -> str:
        """A number with this language's decimal sign."""
        return f"{value:.15g}".replace(".", self._look_up("0.5")[1])

    def count(self, number: int) -> str:
        """A whole number with this language's sign between thousands."""
        return f"{number:,}".replace(",", self._look_up("1,000")[1])

    @property
    def yes(self) -> str:
        """`Oui`."""
        return self._look_up("Yes")

    @property
    def no(self) -> str:
        """`Non`."""
        return self._look_up("No")

    @property
    def date_format(self) -> str:
        """The number format of dates in this language's workbooks."""
        return self._look_up("yyyy-mm-dd")

    def _look_up(self, text: str) -> str:
        return self._words.gettext(text) if self._words is not None and text else text


ENGLISH = Language("en", "English")


def lower_first(text: str) -> str:
    """A header in the middle of a sentence; abbreviations (CAS, IB code) keep their capitals."""
    word = text.partition(" ")[0]
    return text if sum(map(str.isupper, word)) > 1 or any(map(str.isdigit, word)) else text[:1].lower() + text[1:]


def all_of(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return phrase("{several} and {last}", several=list(parts[:-1]), last=parts[-1]) if len(parts) > 1 else _only(parts)


def any_of(parts: Sequence[str]) -> str:
    """`a, b or c`."""
    return phrase("{several} or {last}", several=list(parts[:-1]), last=parts[-1]) if len(parts) > 1 else _only(parts)


def _only(parts: Sequence[str]) -> str:
    return parts[0] if parts else ""


def joined(between: str, parts: Sequence[str]) -> str:
    """Sentences one after the other as one text; each is said in the language in the end."""
    if not any(isinstance(part, (Phrase, Said)) for part in parts):
        return between.join(parts)
    values = {f"p{number}": part for number, part in enumerate(parts)}
    return Phrase.of(between.join(parts), between.join(f"{{{name}}}" for name in values), values)


def in_one(*parts: str) -> str:
    """Sentences in one line; blank ones are left out."""
    return joined(" ", [part for part in parts if part])


def in_a_row(parts: Sequence[str]) -> str:
    """`a; b; c`: things that have commas of their own."""
    return _chained("{one}; {other}", parts)


def either(parts: Sequence[str]) -> str:
    """`a; or b; or c`."""
    return _chained("{one}; or {other}", parts)


def _chained(sentence: str, parts: Sequence[str]) -> str:
    whole = _only(parts)
    for other in parts[1:]:
        whole = phrase(sentence, one=whole, other=other)
    return whole


def upper_first(text: str) -> str:
    """A part of a sentence at its beginning."""
    if not isinstance(text, Phrase):
        return text[:1].upper() + text[1:]
    return Phrase.of(text[:1].upper() + text[1:], text.id, text.values, many=text.many, n=text.n, first=str.upper)
