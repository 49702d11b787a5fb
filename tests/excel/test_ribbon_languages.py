"""The ribbon of a workbook in another language: groups and tips are in it, the names of the buttons stay."""

from __future__ import annotations

import re
import zipfile
from gettext import NullTranslations
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
from excel_readers import read_project
from excel_vba_gate import problems

from addin.actions.new import new
from addin.core.language import Language
from addin.templates.macros.workbook import MODULES, RIBBON_PART, SENTENCE, in_language
from addin.workspace.languages import available, load


class Fixed(NullTranslations):
    """A catalogue with these sentences."""

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__()
        self.words = words

    def gettext(self, message: str) -> str:
        return self.words.get(message, message)


def said(path: Path) -> list[tuple[str, str, str, str]]:
    """What each group and button is called, and its tips."""
    with zipfile.ZipFile(path) as package:
        ribbon = ElementTree.fromstring(package.read(RIBBON_PART))
    kinds = ("group", "button")
    return [
        (one.tag.rpartition("}")[2], one.get("label", ""), one.get("screentip", ""), one.get("supertip", ""))
        for one in ribbon.iter()
        if one.tag.rpartition("}")[2] in kinds
    ]


@pytest.mark.parametrize("code", ["fr", "es", "de"])
def test_groups_and_tips_are_in_the_language_of_the_workbook(code: str, tmp_path: Path) -> None:
    for one in ("en", code):
        new(str(tmp_path / f"{one}.xlsm"), language=one, trackers=("candidates",))
    english, other = (said(tmp_path / f"{one}.xlsm") for one in ("en", code))
    assert len(english) == len(other) > 30
    for before, after in zip(english, other, strict=True):
        kind, label, *tips = after
        assert kind == before[0] and (label != before[1]) == (kind == "group"), after
        assert not [tip for tip, was in zip(tips, before[2:], strict=True) if was and tip == was], after


@pytest.mark.parametrize("code", ["fr", "es", "de"])
def test_what_the_macros_say_is_in_the_language_of_the_workbook(code: str, tmp_path: Path) -> None:
    texts = {}
    for one in ("en", code):
        new(str(tmp_path / f"{one}.xlsm"), language=one, trackers=("candidates",))
        with zipfile.ZipFile(tmp_path / f"{one}.xlsm") as package:
            project = read_project(package.read("xl/vbaProject.bin"))
        texts[one] = SENTENCE.findall(project.sources["IBBridge"])
    assert len(texts["en"]) == len(texts[code]) > 12
    for before, after in zip(texts["en"], texts[code], strict=True):
        assert after != before, after
        assert set(re.findall(r"\{\w+\}", after)) == set(re.findall(r"\{\w+\}", before))


@pytest.mark.parametrize("code", ["fr", "es", "de"])
def test_the_macros_compile_in_each_language(code: str) -> None:
    language = load(available()[code])
    folder = files("addin.templates.macros") / "vba"
    sources = {name: in_language((folder / f"{name}.bas").read_text(encoding="ascii"), language) for name in MODULES}
    assert problems(sources) == []


def test_a_language_that_macros_have_no_letters_for_leaves_them_english() -> None:
    source = 'Say Words("Still working. The answer will appear here.")'
    chinese = Language("zh", "中文", Fixed({"Still working. The answer will appear here.": "仍在进行"}))
    quoted = Language("fr", "français", Fixed({"Still working. The answer will appear here.": 'Un "mot"\u202f!'}))
    assert in_language(source, chinese) == source
    assert in_language(source, quoted) == 'Say Words("Un ""mot""\u00a0!")'
