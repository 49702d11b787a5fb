"""A finding names the person as well as the code, wherever in the workbook the row is."""

from __future__ import annotations

from make import table, tracker

from addin.core.checks.people import People, _thing
from addin.core.checks.rules import Finding, check
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.trackers import Tracker


def named(name: str, text: str) -> Tracker:
    return replace(tracker(text), name=name)


CANDIDATES = named(
    "candidates", 'key=["code"]\n[columns.code]\n[columns.last_name]\nrequired=true\n[columns.first_names]'
)
CAS = named(
    "cas",
    'key=["entry"]\n[columns.entry]\n[columns.candidate]\nexists_in="candidates.code"\n[columns.title]\nrequired=true',
)


def test_the_person_stands_in_front_of_the_message() -> None:
    people = [{"code": "0001", "last_name": "Sadeghi", "first_names": "Viktor"}, {"code": "0002", "first_names": "Ana"}]
    entries = [{"entry": "1", "candidate": "0001"}, {"entry": "2", "candidate": "0009"}]
    trackers = {"candidates": CANDIDATES, "cas": CAS}
    tables = {"candidates": table(CANDIDATES, people), "cas": table(CAS, entries)}
    messages = [one.message for one in People(trackers, tables).named(check(trackers, tables, Settings()))]
    assert "Ana (0002): last name is missing." in messages
    assert "Viktor Sadeghi (0001): title is missing." in messages
    assert "Title is missing." in messages, "nobody is known by that code"


def test_an_endless_name_is_shortened_in_the_message() -> None:
    trackers = {"candidates": CANDIDATES}
    tables = {"candidates": table(CANDIDATES, [{"code": "0001", "first_names": "x" * 32_767}])}
    assert all(len(one.message) < 200 for one in People(trackers, tables).named(check(trackers, tables, Settings())))


def test_a_row_about_nobody_is_named_by_its_key_unless_the_message_says_it() -> None:
    papers = named(
        "exams", 'key=["subject","level","part"]\n[columns.subject]\n[columns.level]\n[columns.part]\n[columns.room]\n'
        "required=true",
    )  # fmt: skip
    rows = [{"subject": "Economics", "level": "HL", "part": "Paper 1"}, {"subject": "Music"}]
    held = table(papers, rows)

    def thing(index: int, value: str, message: str) -> str:
        return _thing(
            papers, held, index, Finding("exams", "Exams", 2, "", "Room", "A2", "x", "error", value, message, "", "")
        )

    assert thing(0, "", "Room is missing.") == "Economics HL, Paper 1" and thing(1, "", "Room is missing.") == "Music"
    assert thing(0, "Economics", "This is taught by nobody.") == "" and thing(0, "", "economics is full.") == ""
