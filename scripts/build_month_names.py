"""python scripts/build_month_names.py: write addin/core/tables/month_names.py from CLDR (needs: pip install babel).

The names and real abbreviations of the twelve months and seven weekdays in the languages that IB schools teach and
work in. A word that is one month here and another there (listopad) gets both: a reader then asks instead of guessing.
"""

from __future__ import annotations

import re
import sys
import textwrap
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
OUT = HERE / "addin" / "core" / "tables" / "month_names.py"
FIRST = ("en", "en_GB", "en_AU", "fr", "fr_CA", "es", "es_MX", "de", "pt", "pt_PT", "it", "nl")
"""The IB's working languages and the most usual ones: their words win over the same word elsewhere."""
OTHERS = (
    "af am ar ar_LB az be bg bn bs ca cs cy da de_AT el et eu fa fi fil ga gl he hi hr hu hy id is ka kk km ko ky lo"
    " lt lv mg mk ml mn ms mt my nb ne nn pa pl ro ru sk sl so sq sr sr_Latn sv sw ta te tg th tr uk ur uz vi zu"
)
HEAD = '''"""Months and weekdays as people write them, folded, from CLDR {version}.

Written by scripts/build_month_names.py; do not edit.
Unicode CLDR data: Copyright Unicode, Inc., Unicode License v3.
One line of words for each month, January first.
"""

from __future__ import annotations

'''


def spellings(name: str) -> set[str]:
    """A name in lower case, and without its accents where it is in Latin letters; a dot at the end dropped."""
    word = unicodedata.normalize("NFKC", name).casefold().strip(" .")
    if re.search(r"[\d\s]", word) or len(word) < (3 if word.isascii() else 2):
        return set()
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    return (
        {word, bare}
        if all(unicodedata.name(sign, "").startswith("LATIN") for sign in bare if sign.isalpha())
        else {word}
    )


def collect(locales: tuple[str, ...] | list[str]) -> tuple[dict[str, set[int]], set[str]]:
    """word -> months, and the words for weekdays."""
    from babel import Locale

    months: dict[str, set[int]] = {}
    days: set[str] = set()
    for code in locales:
        locale = Locale.parse(code)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context].get(width, {}).items():
                    for word in spellings(name):
                        months.setdefault(word, set()).add(number)
                for name in locale.days[context].get(width, {}).values():
                    days |= spellings(name)
    return months, days


def main() -> int:
    """Write the file."""
    from importlib.metadata import version

    sure, days = collect(FIRST)
    rest, more = collect(OTHERS.split())
    sure.setdefault("sept", {9})
    found = {**rest, **sure}
    lines = [" ".join(sorted(word for word, months in found.items() if month in months)) for month in range(1, 13)]
    text = HEAD.format(version=f"(babel {version('babel')})") + "MONTHS = (\n"
    text += "".join(quoted(line) for line in lines) + ")\n"
    text += "WEEKDAYS = (\n" + quoted(" ".join(sorted((days | more) - set(found)))) + ")\n"
    OUT.write_text(text, encoding="utf-8")
    both = {word: sorted(months) for word, months in found.items() if len(months) > 1}
    print(f"{len(found)} words for months; with two meanings: {both}")
    return 0


def quoted(words: str) -> str:
    """Words as a triple-quoted block of lines."""
    body = "\n".join(textwrap.wrap(words, 116, break_long_words=False, break_on_hyphens=False))
    return f'    """\n{body}\n""",\n' if body else '    "",\n'


if __name__ == "__main__":
    sys.exit(main())
