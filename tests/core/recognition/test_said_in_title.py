"""What the title of a list says of all its rows."""

from __future__ import annotations

import pytest

from addin.core.recognition.said_in_title import said_of_all
from addin.workspace.lists import load_lists
from addin.workspace.tracker_files import load_all

TRACKERS, LISTS = load_all(), load_lists()


@pytest.mark.parametrize(
    ("title", "tracker", "said"),
    [
        ("Personal Projects 2026", "myp", {"project": "Personal"}),
        ("Community and personal projects", "myp", {}),
        ("MYP unit planners", "planners", {"programme": "MYP"}),
        ("Letters home", "communications", {"kind": "Letter"}),
        ("Aoki, first name Ren, class D", "registrations", {}),  # a letter says nothing, neither does a name with one
    ],
)
def test_a_title_says_what_every_row_is(title: str, tracker: str, said: dict[str, str]) -> None:
    assert said_of_all(title, TRACKERS[tracker], (), LISTS) == said
    assert said_of_all(title, TRACKERS[tracker], said, LISTS) == {}
