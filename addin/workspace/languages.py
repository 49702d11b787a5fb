"""The languages there are: a catalogue of gettext each, ours in `sheets_templates/languages`, a school's own in
`languages` beside its workbook. Adding a language is adding one file, `pt.po` or `pt.mo`.

    language("fr")        one language by its code or its own name; Problem where there is none
    every(folder)         all of them, to recognise sheets and headers by
    written_in(sheets)    the language in which a workbook of ours was made: by the names of its own sheets

English is in the code: for an English workbook nothing here is loaded.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from addin.core import names
from addin.core.language import ENGLISH, Language, phrase
from addin.errors import SettingsProblem
from addin.workspace.tracker_files import TEMPLATES

if TYPE_CHECKING:
    from gettext import GNUTranslations

OURS = TEMPLATES / "languages"
FOLDER = "languages"
"""The folder beside a workbook with languages of the school's own."""
NAME = "name of the language"
"""The context in which a catalogue translates `English` by its own name."""
MADE_WITH = (names.HOME, names.SETTINGS, names.FINDINGS)
"""Sheets of every new workbook, by whose names its language is known."""


def available(folder: Path | None = None) -> dict[str, Path]:
    """Code -> catalogue, ours and those beside a workbook; a school's own goes before ours."""
    found: dict[str, Path] = {}
    for place in (OURS, *([folder / FOLDER] if folder else [])):
        for suffix in (".po", ".mo"):  # the compiled form of the same language comes last, and stays
            for path in sorted(place.glob(f"*{suffix}")):
                if suffix == ".po" or not _is_older(path):
                    found[path.stem.casefold()] = path
    return found


def _is_older(compiled: Path) -> bool:
    """Whether a school has changed its `.po` after its `.mo` was made."""
    text = compiled.with_suffix(".po")
    return compiled.parent != OURS and text.exists() and text.stat().st_mtime > compiled.stat().st_mtime


def language(name: str, folder: Path | None = None) -> Language:
    """A language by its code (`fr`) or its own name (`français`). Raises SettingsProblem."""
    asked = name.strip().casefold()
    if asked in ("", "en", "english"):
        return ENGLISH
    there = available(folder)
    if asked in there:
        return load(there[asked])
    known = [load(path) for path in there.values()]
    found = next((one for one in known if one.name.casefold() == asked), None)
    if found is None:
        listed = ", ".join(f"{one.code} ({one.name})" for one in (ENGLISH, *known))
        raise SettingsProblem(
            phrase("there is no language {name}.", name=f"{name!r}"), next=phrase("There are: {listed}.", listed=listed)
        )
    return found


def every(folder: Path | None = None) -> list[Language]:
    """All languages but English."""
    return [load(path) for path in available(folder).values()]


def written_in(sheets: Collection[str], folder: Path | None = None, *, english_only: bool = False) -> Language | None:
    """The language in which a workbook of ours was made; None for a person's own workbook."""
    there = {name.casefold() for name in sheets}
    if any(name.casefold() in there for name in MADE_WITH):
        return ENGLISH
    if english_only:
        return None
    for one in every(folder):
        if sum(one.say(name).casefold() in there for name in MADE_WITH) >= 2:
            return one
    return None


def load(path: Path) -> Language:
    """The language of one catalogue. Raises SettingsProblem."""
    try:
        return _load(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, UnicodeError, LookupError, SyntaxError):
        raise SettingsProblem(
            phrase("is no catalogue of translations."), where=str(path), next=phrase("Remove it.")
        ) from None


@lru_cache(maxsize=32)
def _load(path: Path, _changed: int) -> Language:
    words = _compiled(path) if path.suffix == ".mo" else _from_text(path)
    own = words.pgettext(NAME, "English")
    return Language(path.stem.casefold(), own if own != "English" else path.stem, words)


def _compiled(path: Path) -> GNUTranslations:
    from gettext import GNUTranslations

    with path.open("rb") as file:
        return GNUTranslations(file)


def _from_text(path: Path) -> GNUTranslations:
    """A catalogue as translators write it."""
    from gettext import GNUTranslations
    from io import BytesIO

    import polib

    return GNUTranslations(BytesIO(polib.pofile(str(path), encoding="utf-8").to_binary()))
