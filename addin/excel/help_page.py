"""The page behind Help: each button and what it does, in the words of the ribbon."""

from __future__ import annotations

from importlib.resources import files
from xml.etree import ElementTree

import addin
from addin.reports.page import Grid, Page, Words

_NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
FIRST = (
    "Orange cells are wrong or missing, yellow ones are worth a look; click a cell to see what belongs in it.",
    "Buttons that change much show first what they would do, and do it when pressed again. Undo takes it back.",
    "On a row of Candidates or Staff, Report makes the page of that person; on Exams or PD, what goes out there.",
    "If a button does not answer: send its message to whoever installed IB Trackers.",
)


def help_page() -> Page:
    """A table for each group of the ribbon: button, what it does."""
    ribbon = ElementTree.fromstring((files("addin.templates.macros") / "ribbon.xml").read_bytes())
    blocks = [
        Grid(str(group.get("label")), ("Button", "What it does"), _rows(group), (1, 5))
        for group in ribbon.iter(f"{_NAMESPACE}group")
    ]
    return Page("What each button does", [f"IB Trackers {addin.__version__}"], [*blocks, Words("Good to know", FIRST)])


def _rows(group: ElementTree.Element) -> list[tuple[str, str]]:
    return [(str(button.get("label")), str(button.get("supertip"))) for button in group.iter(f"{_NAMESPACE}button")]
