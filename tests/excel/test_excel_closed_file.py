"""A scheduled run on a closed macro workbook leaves macros, buttons and ribbon as they were."""

import re
from pathlib import Path

import pytest
from excel_books import build_workbook
from excel_readers import button_macros, needed, parts_of, read_project, ribbon_items

from addin.backends.open import open_book
from addin.core.book import Edits, Look, OwnSheet

FINDINGS = OwnSheet(rows=[["tracker", "cell"], ["CAS", "B6"]], links={(2, 2): "CAS!B6"})


def changed(path: Path, edits: Edits) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The parts before and after these edits, through the backend for closed files."""
    before = parts_of(path)
    book = open_book(str(path))
    book.apply(edits)
    book.close()
    return before, parts_of(path)


@pytest.fixture
def path(tmp_path):
    return build_workbook(tmp_path / "School.xlsm")


def test_macros_and_ribbon_stay_byte_for_byte(path):
    """Cells, marks with notes and a sheet of findings: as a scheduled validate writes them."""
    marks = {("CAS", 6, 2): Look("FFC7CE", "31/02/2026 is not a date."), ("Home", 12, 2): Look("FFC7CE", "look")}
    before, after = changed(path, Edits(cells={("CAS", 5, 1): "x"}, looks=marks, sheets={"Findings": FINDINGS}))
    assert before != after
    for part in ("xl/vbaProject.bin", "customUI/customUI14.xml", "_rels/.rels"):
        assert after[part] == before[part]
    assert ribbon_items(after) == ribbon_items(before)
    assert button_macros(after) == button_macros(before)
    assert buttons(after) == buttons(before)
    assert read_project(after["xl/vbaProject.bin"]).sources
    assert needed("pyopenvba").check_file(str(path)).ok


def test_without_notes_the_buttons_stay_byte_for_byte_too(path):
    before, after = changed(path, Edits(cells={("CAS", 5, 1): "x"}, looks={("Home", 12, 2): Look("FFC7CE")}))
    drawings = [part for part in before if "drawings/" in part or part.startswith("customUI")]
    assert drawings and all(after[part] == before[part] for part in drawings)


def test_marks_that_come_and_go_leave_no_trace_in_the_macros(path):
    """The same marks three times over, then none."""
    kept = parts_of(path)
    for look in (Look("FFC7CE", "wrong"), Look("FFC7CE", "wrong"), Look("FFC7CE", "still wrong"), Look()):
        _, after = changed(path, Edits(looks={("CAS", 6, 2): look}))
        assert after["xl/vbaProject.bin"] == kept["xl/vbaProject.bin"]
        assert button_macros(after) == button_macros(kept)


def buttons(parts: dict[str, bytes]) -> list[str]:
    """The shape of each form button, as it stands in the drawings."""
    texts = [content.decode() for name, content in sorted(parts.items()) if name.endswith(".vml")]
    shapes = [shape for text in texts for shape in re.findall(r"<v:shape .*?</v:shape>", text, re.S)]
    return [shape for shape in shapes if 'ObjectType="Button"' in shape]
