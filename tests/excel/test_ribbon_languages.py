"""The ribbon of a workbook in another language: groups and tips are in it, the names of the buttons stay."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from addin.actions.new import new
from addin.templates.macros.workbook import RIBBON_PART


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
