"""The page behind Help: each button and what it does, in the words of the ribbon."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from xml.etree import ElementTree

import addin
from addin.core.language import phrase
from addin.reports.page import Grid, Page, Words

_NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
GOOD_TO_KNOW = (
    "Orange cells are wrong or missing, yellow ones are worth a look; click a cell to see what belongs in it.",
    "Buttons that change much show first what they would do, and do it when pressed again. Undo takes it back.",
    "On a row of Candidates or Staff, Report makes the page of that person; on Exams or PD, what goes out there.",
    "If a button does not answer: send its message to whoever installed IB Trackers.",
)


def help_page(speak: Callable[[str], str] = str) -> Page:
    """A table for each group of the ribbon: button, what it does; `speak` says a sentence in the person's language."""
    ribbon = ElementTree.fromstring((files("addin.templates.macros") / "ribbon.xml").read_bytes())
    heads = (speak(phrase("Button")), speak(phrase("What it does")))
    blocks = [
        Grid(speak(phrase(str(group.get("label")))), heads, _rows(group, speak), (1, 5))
        for group in ribbon.iter(f"{_NAMESPACE}group")
    ]
    good_to_know = Words(speak(phrase("Good to know")), [speak(phrase(sentence)) for sentence in GOOD_TO_KNOW])
    title = speak(phrase("What each button does"))
    return Page(title, [f"IB Trackers {addin.__version__}"], [*blocks, good_to_know])


def _rows(group: ElementTree.Element, speak: Callable[[str], str]) -> list[tuple[str, str]]:
    buttons = group.iter(f"{_NAMESPACE}button")
    return [(str(button.get("label")), speak(phrase(str(button.get("supertip"))))) for button in buttons]
