"""Build addin/core/tables/name_letters.py: which letters are together in names, language by language.

The figures come from the lists of first and last names in the package Faker (MIT licence); only counts of letter pairs
are kept. Run it after `pip install Faker`; it is needed only to add a language;
then `ruff format` the module.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "addin" / "core" / "tables" / "name_letters.py"
PAIRS = {
    "ca": ["es_CA"], "cs": ["cs_CZ"], "da": ["da_DK", "no_NO"], "de": ["de_DE", "de_AT", "de_CH"],
    "es": ["es_ES", "es_MX", "es_AR", "es_CO", "es_CL"], "et": ["et_EE"], "fi": ["fi_FI"],
    "fr": ["fr_FR", "fr_BE", "fr_CA", "fr_QC"], "ga": ["ga_IE"], "hr": ["hr_HR"], "hu": ["hu_HU"], "is": ["is_IS"],
    "it": ["it_IT"], "lt": ["lt_LT"], "lv": ["lv_LV"], "nl": ["nl_NL", "nl_BE"], "pl": ["pl_PL"],
    "pt": ["pt_PT", "pt_BR"], "ro": ["ro_RO"], "sk": ["sk_SK"], "sl": ["sl_SI"], "sv": ["sv_SE"], "tr": ["tr_TR"],
    "vi": ["vi_VN"],
}  # fmt: skip
"""Latin letters: pairs of letters, as few of them are special."""
LETTERS = {
    "ru": ["ru_RU"], "uk": ["uk_UA"], "bg": ["bg_BG"], "el": ["el_GR"], "he": ["he_IL"], "ar": ["ar_AA", "ar_SA"],
    "fa": ["fa_IR"], "th": ["th_TH"],
}  # fmt: skip
WIDE = {"zh": ["zh_CN"], "tw": ["zh_TW"], "ja": ["ja_JP"], "ko": ["ko_KR"]}
HEAD = '''"""Letters that stand in names, by language, with the binary logarithm of their count (0 to 9) behind each.

Made by scripts/build_name_letters.py from the names in Faker (MIT licence). `^` and `$` are the ends of a word.
"""

'''


def main() -> int:
    """Write the module."""
    text = HEAD + _table("PAIRS", {name: _pairs(_names(places)) for name, places in PAIRS.items()})
    text += _table("LETTERS", {name: _letters(_names(places)) for name, places in LETTERS.items()})
    text += _table("WIDE", {name: _letters(_names(places)) for name, places in WIDE.items()})
    TARGET.write_text(text.rstrip() + "\n", encoding="utf-8")
    return 0


def _names(places: Iterable[str]) -> set[str]:
    return {name for place in places for name in _of_place(place) if "{{" not in name}


def _of_place(place: str) -> Iterator[str]:
    provider = import_module(f"faker.providers.person.{place}").Provider
    for word in dir(provider):
        kept = ("first_name" in word or "last_name" in word or "first_kana" in word) and "format" not in word
        value = getattr(provider, word)
        if kept and not callable(value) and not isinstance(value, property):
            yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)


def _pairs(names: Iterable[str]) -> Counter[str]:
    words = (word for name in names for word in re.findall(r"[^\W\d_]+", _lower(name)))
    ends = [f"^{word}$" for word in words]
    return Counter(a + b for word in ends for a, b in pairwise(word) if not (a + b).isascii())


def _letters(names: Iterable[str]) -> Counter[str]:
    return Counter(
        sign for name in names for sign in _lower(name) if not sign.isascii() and unicodedata.category(sign)[0] in "LM"
    )


def _lower(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower().replace("i\N{COMBINING DOT ABOVE}", "i")


def _table(name: str, found: dict[str, Counter[str]]) -> str:
    lines = [f"{name} = {{\n"]
    for language, counts in found.items():
        text = "".join(f"{letters}{min(9, number.bit_length() - 1)}" for letters, number in sorted(counts.items()))
        pieces = [text[start : start + 99] for start in range(0, len(text), 99)] or [""]
        lines += [f'    "{language}": (\n', *(f'        "{piece}"\n' for piece in pieces), "    ),\n"]
    return "".join([*lines, "}\n\n"])


if __name__ == "__main__":
    sys.exit(main())
