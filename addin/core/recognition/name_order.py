"""Whether a column of whole names has the last name first, by the names in it that say so.

`DUPONT Léa`, `de Vries Leo` and `Dupont Léa` beside `ldupont@` do; `Léa DUPONT`, `Leo de Vries` and `Léa Dupont` beside
that address say the contrary. Names that may be read either way are then read as the others of their column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from addin.core.recognition.people import (
    PARTICLES,
    TITLES,
    Name,
    bare,
    in_capitals,
    plain_letters,
    split_nickname,
    with_small_words,
)
from addin.core.regex import regex

LAST_NAME = (
    r"(?:last ?names?|surnames?|family ?names?|noms?(?: de famille)?|apellidos?|nachnamen?|familiennamen?|cognom[ei]"
    r"|sobrenomes?|apelidos?|nazwisko|фамилия|achternaam|efternamn|etternavn|ho)"
)
FIRST_NAME = (
    r"(?:first ?names?|given ?names?|forenames?|prenoms?|nombres?|vornamen?|nomes?|imie|имя|voornaam|fornamn|fornavn"
    r"|ten)"
)
_BETWEEN = r"(?: ?[,/&+-]? ?| and | et | y | e | und | i | en | och | og | va )"
_HEADER_SAYS_LAST = regex(
    rf"\b(?:{LAST_NAME}{_BETWEEN}\(?{FIRST_NAME}|name{_BETWEEN}\(?(?:vornamen?|first ?names?|prenoms?)"
    r"|last[,/ ]+first(?: name)?)\b|^фио$"
)
_HEADER_SAYS_FIRST = regex(rf"\b(?:{FIRST_NAME}{_BETWEEN}\(?(?:{LAST_NAME}|name)|first[,/ ]+last(?: name)?)\b")
_SPANISH = regex(r"apellidos?|apelidos?|sobrenomes?")
_EAST = "姓名|氏名|이름|성명"
_HEADER_OF_THE_EAST = regex(_EAST)
_ONE_WORD = regex(rf"\bho (?:va )?ten\b|фио|фамилия|{_EAST}")
"""Headers of names whose last name is the first word, whatever follows."""
ENOUGH = 2
"""One name in so many must show the order of the others."""


def last_name_first(header: str, names: Sequence[tuple[str, str]]) -> str:
    """Whether names, each with its e-mail address or "", have the last name first: "yes", "no", "perhaps" or "".

    The header says so (`Nom et prénom`), or the names; "perhaps" where few show it, or other names the contrary; ""
    where nothing does.
    """
    header = bare(header)
    if _HEADER_SAYS_LAST.search(header):
        return "yes"
    if _HEADER_SAYS_FIRST.search(header):
        return "no"
    said = Counter(_order(split_nickname(text)[0], email) for text, email in names)
    if not said["last"] or said["first"] > said["last"]:
        if said["first"]:
            return "no"
        return "perhaps" if _HEADER_OF_THE_EAST.search(header) else ""
    return "yes" if not said["first"] and ENOUGH * said["last"] >= len(names) else "perhaps"


def split_last_name_first(text: str, header: str = "") -> Name | None:
    """The name in a column that has the last name first, sure where it has two words beside small ones; None where the
    name itself says how it is to be read. Where the header is Spanish, two names before the first are the last name.

    >>> split_last_name_first("N'Guyen Tom")
    Name(last="N'Guyen", first='Tom', sure=True)
    >>> split_last_name_first("García de la Peña Ana", "Apellidos y nombre")
    Name(last='García de la Peña', first='Ana', sure=True)
    """
    words = TITLES.sub("", text.strip()).split()
    if len(words) < 2 or "," in text or words[0].islower() or in_capitals(words) or any(map(_is_initial, words)):
        return None
    units, header = with_small_words(words), bare(header)
    if len(units) < 2:
        return None
    last = 2 if len(units) > 2 and _SPANISH.search(header) else 1
    sure = len(units) == 2 or last == 2 or bool(_ONE_WORD.search(header))
    return Name(" ".join(units[:last]), " ".join(units[last:]), sure)


@lru_cache(maxsize=4096)
def _order(text: str, email: str) -> str:
    """ "last" for a name that shows its last name first, "first" for one that shows it behind, else ""."""
    words = TITLES.sub("", text.strip()).split()
    if len(words) < 2 or "," in text:
        return ""
    if big := in_capitals(words):
        return "last" if big[0] or (words[0].casefold() in PARTICLES and big[1]) else "first" if big[-1] else ""
    if words[0].islower() and words[0] in PARTICLES:
        return "last"
    if any(word.islower() and word in PARTICLES for word in words[1:-1]) and words[-1][:1].isupper():
        return "first"
    return _order_by_email(words, email)


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _order_by_email(words: Sequence[str], email: str) -> str:
    """By an address of an initial and the last name: `ldupont@` or `l.dupont@`."""
    local = plain_letters(email.partition("@")[0])
    before, behind = plain_letters("".join(words[:-1])), plain_letters(words[-1])
    first, rest = plain_letters(words[0]), plain_letters("".join(words[1:]))
    if len(rest) > 1 and local == first[:1] + rest:
        return "first"
    return "last" if len(before) > 1 and local == behind[:1] + before else ""
