"""python scripts/build_language_names.py: write addin/core/recognition/language_names.py (needs: pip install babel).

From CLDR: what the languages of the IB's subjects are called, in themselves and in the languages that schools work in:
`Polski`, `Norwegisch`, `日本語`. A word that means two of them is left out: a reader asks instead of guessing.
"""

from __future__ import annotations

import csv
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin.core.recognition.people import bare  # noqa: E402

OUT = ROOT / "addin" / "core" / "recognition" / "language_names.py"
LIST = ROOT / "sheets_templates" / "lists" / "languages.csv"
LOCALES = "en fr es de it pt nl sv da nb fi pl cs hu ro tr el he ru uk ar zh zh_Hant ja ko id vi th hi"
OTHER_NAMES = {
    "Modern Greek": "el",
    "Kiswahili": "sw",
    "Slovene": "sl",
    "Siswati": "ss",
    "Sesotho": "st",
    "Chichewa": "ny",
}
"""Languages that CLDR calls otherwise in English."""
TOO_SHORT = 3
HEAD = '''"""What the languages of the IB's subjects are called in many languages, folded, from CLDR {version}.

Written by scripts/build_language_names.py; do not edit.
Unicode CLDR data: Copyright Unicode, Inc., Unicode License v3.
"""

from __future__ import annotations

LANGUAGE_NAMES: dict[str, str] = {{
'''


def countries() -> set[str]:
    """What countries are called: `Bulgaria` is no language, though Finnish has one word for both."""
    from babel import Locale

    return {bare(name) for locale in LOCALES.split() for name in Locale.parse(locale).territories.values()}


def called(code: str) -> set[str]:
    """A language's names, folded: in itself and in each of `LOCALES`."""
    from babel import Locale, UnknownLocaleError

    names = [Locale.parse(locale).languages.get(code, "") for locale in LOCALES.split()]
    try:
        names.append(Locale.parse(code).languages.get(code, ""))
    except UnknownLocaleError:
        pass
    folded = {bare(name).replace("’", "'").strip() for name in names}
    return {name for name in folded if len(name) >= (TOO_SHORT if name.isascii() else 2) and "(" not in name}


def main() -> int:
    """Write the file."""
    from importlib.metadata import version

    from babel import Locale

    english = {name: code for code, name in Locale.parse("en").languages.items()}
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        languages = [line["name"] for line in csv.DictReader(file)]
    codes = {name: OTHER_NAMES.get(name) or english.get(name, "") for name in languages}
    found = {name: called(code) for name, code in codes.items() if code}
    lines, places = [], countries()
    for name, words in found.items():
        others = places.union(*(more for other, more in found.items() if other != name), map(bare, languages))
        if kept := " | ".join(sorted(words - others)):
            lines.append(f'    "{name}": """\n' + "\n".join(textwrap.wrap(kept, 90)) + '\n    """,\n')
    OUT.write_text(HEAD.format(version=f"(babel {version('babel')})") + "".join(lines) + "}\n", encoding="utf-8")
    print(f"{len(lines)} languages; without names: {sorted(set(languages) - set(found))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
