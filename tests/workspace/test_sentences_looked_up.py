"""What a workbook in another language looks up in its catalogue is there: no sentence stays English unnoticed."""

from __future__ import annotations

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest

from addin.actions.new import new
from addin.actions.validate import validate
from addin.core.names import CALCULATIONS, LISTS
from addin.demo.sample import DAY, school_of
from addin.workspace.languages import OURS
from addin.workspace.lists import load_lists

ENGLISH_SHEETS = {LISTS, CALCULATIONS}
"""Hidden sheets that keep their names, since formulas of the lists refer to them."""
NAMES = re.compile(r"\{\w+\}")
WORD = re.compile("[A-Za-z]{3}")


@pytest.mark.parametrize("programme", ["dp", "pyp"])
def test_each_sentence_that_a_workbook_looks_up_has_a_translation(
    programme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The catalogues are complete for the sentences that the scripts find; this one finds those that they do not."""
    missed: set[str] = set()
    look_up = GNUTranslations.gettext

    def remembered(self: GNUTranslations, message: str) -> str:
        if message not in self._catalog:  # type: ignore[attr-defined]
            missed.add(message)
        return look_up(self, message)

    monkeypatch.setattr(GNUTranslations, "gettext", remembered)
    path = tmp_path / "École.xlsm"
    new(str(path), programme=programme, trackers=("all",), session="M27", language="fr", sample=school_of, today=DAY)
    assert validate(str(path), today=DAY).findings
    known = ENGLISH_SHEETS | of_the_ib() | french()
    assert sorted(text for text in missed - known if WORD.search(NAMES.sub("", text))) == []


def of_the_ib() -> set[str]:
    return {value for columns in load_lists().values() for values in columns.values() for value in values}


def french() -> set[str]:
    """What is French already, also as the name of a second sheet of one title."""
    with (OURS / "fr.mo").open("rb") as file:
        words = set(GNUTranslations(file)._catalog.values())  # type: ignore[attr-defined]
    return words | {f"{word} 2" for word in words}
