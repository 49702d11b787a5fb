"""A tracker in words, as `ib-trackers trackers NAME` and the generated pages say it."""

from __future__ import annotations

from typing import Any

import pytest
from make import tracker

from addin.core.trackers.describe import explain, in_words

LOANS = tracker(
    """
about = "What is lent."
key = ["item", "day"]
[columns.item]
required = true
[columns.day]
type = "date"
at_most = "settings.today"
[columns.back]
type = "date"
at_least = { of = "day", plus_days = 7, plus_months = 1 }
warn = ["at_least"]
[columns.price]
type = "number"
at_least = 2
[columns.who]
private = true
exists_in = "people.code"
[columns.last_name]
look_up = "people.last_name"
by = "who"
[columns.kinds]
several = true
one_of = ["Book", "Key"]
[columns.mail]
type = "email"
[columns.code]
pattern = "[A-Z]{2}"
example = "AB"
[columns.other]
pattern = "[A-Z]{3}"
unique = true
[settings.most]
value = 3
about = "Loans each."
source = "own"
checked = 2026-11-01
[settings.none]
about = "Nothing."
source = "own"
checked = 2026-11-01
[[rules]]
id = "late"
level = "warning"
when = { item = { required = true } }
then = { back = { required = true } }
say = "{item} since {n} days."
fix = "Ask."
[[views]]
name = "by-who"
title = "By person"
per = "people.code"
match = "who"
[views.columns.n]
header = "Loans"
measure = "count"
""",
    "loans",
    "Loans",
)


def test_every_part_of_a_tracker_is_explained() -> None:
    said = explain(LOANS).splitlines()
    assert said == EXPECTED.strip("\n").splitlines()


EXPECTED = """
Loans (sheet Loans)
What is lent.

Unique key: Item, Day

Columns
  Item: text, must be filled in
  Day: date, not after today
  Back: date, not before day plus 7 days and 1 month (warning)
  Price: number, 2 or more
  Who: text, one of the codes in People, private
  Last name: text, looked up from people.last_name
  Kinds: text, several, separated by semicolons, one of Book, Key
  Mail: email
  Code: text, written like AB
  Other: text, no value twice, in a fixed form

Checks over more than one cell
  late (warning): (Item) since … days.

Live summaries
  By person: Loans

Settings (change them on the Settings sheet)
  most = 3: Loans each. Source: own, checked 2026-11-01.
  none = not set: Nothing. Source: own, checked 2026-11-01.
"""


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (["a", 2], "a, 2"),
        (3, "3"),
        ("settings.today", "today"),
        ("settings.most", "the setting most"),
        ("lists.subject_groups.name", "the list of subject groups"),
        ("people.last_name", "the last names in People"),
        ("last_name", "last name"),
        ({"of": "day", "plus_days": 7}, "day plus 7 days"),
        ({"of": "settings.today", "plus_days": 7, "plus_months": 2}, "today plus 7 days and 2 months"),
        ({"of": "day", "plus_days": 1}, "day plus 1 day"),
    ],
)
def test_a_limit_is_said_as_a_person_would(limit: Any, words: str) -> None:
    assert in_words(limit) == words
