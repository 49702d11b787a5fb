"""Sentences for people who have buttons, or no terminal at all."""

from __future__ import annotations

import pytest

from addin.core.text import in_buttons, without_commands

BUTTONS = {"adopt": "Adopt", "undo": "Undo"}


@pytest.mark.parametrize(
    ("text", "buttons", "alone"),
    [
        ("No tracker. If it is yours, run: ib-trackers adopt", "No tracker. If it is yours, press Adopt", None),
        ("Run ib-trackers adopt again.", "Press Adopt again.", None),
        ('Lost. Run: ib-trackers adopt "My list.xlsx"', "Lost. Press Adopt", None),
        ("Nothing to undo. Copies: ib-trackers restore A.xlsx", None, "Nothing to undo."),
        ("Stopped. If that is right, run: ib-trackers undo --force", None, "Stopped."),
        ("See ib-trackers.toml in the folder.", None, None),
    ],
)
def test_commands_become_buttons(text: str, buttons: str | None, alone: str | None) -> None:
    assert in_buttons(text, BUTTONS) == (buttons or text)
    assert without_commands(text, BUTTONS) == (alone or buttons or text)
