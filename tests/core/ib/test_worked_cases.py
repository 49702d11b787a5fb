"""Worked cases as tables, in worked/: each line was worked out by hand from its sources, not from the code."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from make import TODAY, table

from addin.core.checks.rules import check
from addin.core.ib import cas, cp, myp
from addin.core.ib.award import Result, award, best_results
from addin.core.ib.combination import Choice, doubts, excluded, find_clashes
from addin.core.ib.subjects import Catalogue
from addin.core.ib.transcripts import not_free
from addin.core.settings import Settings
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

FOLDER = Path(__file__).parent / "worked"
LISTS, TRACKERS = load_lists(), load_all()
KNOWN = Catalogue(LISTS["subjects"], LISTS["subject_aliases"])
Case = Mapping[str, str]


def cases(name: str) -> list[Any]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=f"{name}-{number}") for number, row in enumerate(csv.DictReader(file), 2)]


def test_there_are_more_than_two_hundred() -> None:
    assert sum(len(cases(path.stem)) for path in FOLDER.glob("*.csv")) >= 300


def each(name: str) -> Any:
    return pytest.mark.parametrize("case", cases(name))


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split())


@each("award")
def test_award(case: Case) -> None:
    subjects = [(level, grade) for level, column in (("HL", "hl"), ("SL", "sl")) for grade in case[column].split()]
    found = award(
        subjects, tok=case["tok"], ee=case["ee"], cas=case["but"] != "cas", misconduct=case["but"] == "misconduct"
    )
    assert (found.points, found.core, found.codes) == (int(case["total"]), int(case["core"]), numbers(case["codes"]))
    assert (found.hl_points, found.sl_points) == (int(case["hl_points"]), int(case["sl_points"]))
    assert found.awarded is not bool(case["codes"] or case["but"]), case["why"]


def choice(text: str) -> Choice:
    name, _, level = text.strip().rpartition(" ")
    subject = KNOWN.find(name)
    assert subject, name
    return Choice(subject, level, "English")


@each("combination")
def test_combination(case: Case) -> None:
    choices = [choice(part) for part in case["subjects"].split(";")]
    found = [clash.rule for clash in find_clashes(choices, approved=case["approved"] == "yes")]
    if not found:
        found = [clash.rule for clash in (*doubts(choices), *excluded(choices, LISTS["excluded_pairs"]))]
    assert sorted(found) == case["rules"].split(), case["why"]


def result(text: str) -> Result:
    *subject, level, language, grade = text.split()
    return Result(level, grade, frozenset(), language, " ".join(subject))


@each("retake")
def test_retake(case: Case) -> None:
    sessions = [[result(part) for part in text.split(";")] for text in (case["first"], *case["later"].split("|"))]
    found = "; ".join(f"{one.subject} {one.level} {one.grade}" for one in best_results(sessions))
    assert found == case["contributes"], case["why"]


@each("cp")
def test_cp(case: Case) -> None:
    found = cp.award(
        case["courses"].split(),
        reflective_project=case["project"],
        career_study=case["career"] == "yes",
        open_requirements=[part for part in case["open"].split(";") if part],
        misconduct=case["misconduct"] == "yes",
    )
    assert found.awarded is (case["awarded"] == "yes"), case["why"]
    assert bool(found.reasons) is not found.awarded


@each("myp")
def test_myp(case: Case) -> None:
    columns = ("ll", "is", "sc", "ma", "idu", "la", "ad", "pp")
    grades = [
        (part, int(grade)) for part, column in zip(myp.PARTS, columns, strict=True) for grade in case[column].split()
    ]
    found = myp.award(grades, service=case["service"] == "yes")
    assert (found.points, found.awarded) == (int(case["points"]), case["awarded"] == "yes"), case["why"]


@each("transcripts")
def test_transcripts(case: Case) -> None:
    countries = [part.strip() for part in case["requests"].split(";") if part.strip()]
    assert (not not_free(countries)) is (case["free"] == "yes"), case["why"]


STRANDS = {"C": "Creativity", "A": "Activity", "S": "Service"}
KINDS = {"E": "Experience", "P": "Project", "I": "Interview"}


def cas_entry(text: str) -> dict[str, Any]:
    kind, what, *rest = text.strip().split("/")
    if kind == "I":
        return {"kind": "Interview", "interview": what, "status": "Complete"}
    outcomes, start, end, status = rest
    return {
        "kind": KINDS[kind],
        "strand": "; ".join(STRANDS[letter] for letter in what),
        "status": status,
        "outcomes": "; ".join(f"LO{number}" for number in outcomes),
        "start": date.fromisoformat(start),
        "end": date.fromisoformat(end) if end else None,
    }


class Defaults:
    """A school that changed no setting."""

    def setting(self, name: str) -> Any:
        return Settings().get(name, TRACKERS)

    def list(self, name: str) -> Mapping[str, Any]:
        return LISTS.get(name, {})

    def in_own_words(self, text: str) -> str:
        return text

    def rows(self, tracker: str) -> list[Any]:  # type: ignore[valid-type]
        return []


@each("cas")
def test_cas(case: Case) -> None:
    done = cas.progress(cas_entry(part) for part in case["entries"].split("|") if part.strip())
    aims = (
        ("outcome", len(done.outcomes), 7),
        ("strand", len(done.strands), 3),
        ("project", done.projects, 1),
        ("interview", done.interviews, 3),
        ("month", done.months, 18),
    )
    lacks = [f"{aim - have} {what}{'s' * (aim - have != 1)}" for what, have, aim in aims if have < aim]
    assert lacks == [part for part in case["missing"].split(";") if part], case["why"]
    assert len(cas.missing(done, Defaults())) == len(lacks)


def typed(column: str, text: str) -> Any:
    if text in ("", "yes", "no"):
        return {"": None, "yes": True, "no": False}[text]
    if len(text) == 10 and text[4] == text[7] == "-":
        return date.fromisoformat(text)
    return int(text) if column in ("category", "guide_first_exams", "marks_above") else text


def rows(text: str, first: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for number, part in enumerate(text.split("|")):
        pairs = (pair.split("=") for pair in part.strip().split(";") if pair.strip())
        unique = {"workshop": f"Workshop {number}"} if "workshop" in first else {}
        found.append({**first, **unique, **{column: typed(column, value) for column, value in pairs}})
    return found


def tripped(tracker: str, lines: list[dict[str, Any]], **settings: Any) -> list[str]:
    of = TRACKERS[tracker]
    world = Settings(today=TODAY, lists=LISTS, values=settings)
    return sorted({f.rule for f in check({tracker: of}, {tracker: table(of, lines)}, world)})


@each("pd")
def test_professional_development(case: Case) -> None:
    first = {
        "staff": "Ana Kamau", "role": "Subject teacher", "programme": "DP", "subject": "Biology", "workshop": "",
        "category": 1, "start": date(2025, 3, 1), "end": date(2025, 3, 3), "status": "Attended",
        "certificate": "https://files.example/1.pdf",
    }  # fmt: skip
    assert tripped("pd", rows(case["rows"], first), pd_for=case["for"]) == case["trips"].split(), case["why"]


@each("eur")
def test_enquiry_upon_results(case: Case) -> None:
    first = {
        "request": "1", "candidate": "1", "session": "M26", "subject": "Biology", "level": "HL", "type": "1 re-mark",
        "state": "Requested", "consent": date(2026, 7, 8), "requested": date(2026, 7, 10),
    }  # fmt: skip
    assert tripped("eur", rows(case["rows"], first)) == case["trips"].split(), case["why"]


def registration(text: str) -> dict[str, Any]:
    category, session, *words = text.split()
    flags = {word for word in words if word in ("additional", "self-taught")}
    *name, level = [word for word in words if word not in flags]
    subject = KNOWN.find(" ".join(name))
    assert subject, name
    return {
        "candidate": "1", "session": session, "category": category, "subject": subject.name, "level": level,
        "response_language": "English", "contributing": "additional" not in flags,
        "self_taught": "self-taught" in flags or None,
    }  # fmt: skip


@each("sessions")
def test_sessions(case: Case) -> None:
    found = tripped("registrations", [registration(part.strip()) for part in case["rows"].split("|")])
    assert [rule for rule in found if rule != "combination"] == case["trips"].split(), case["why"]
