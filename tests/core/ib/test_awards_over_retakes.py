"""The awards tracker against the grades: over retakes, and with the languages that a bilingual diploma needs."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from make import table
from whole_school import School, clean

from addin.core.checks.rules import check
from addin.core.settings import Settings
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

TRACKERS, LISTS = load_all(), load_lists()
NORA = "000091"


def said(school: School) -> list[str]:
    names = ("candidates", "registrations", "results", "awards", "predicted")
    tables = {name: table(TRACKERS[name], school[name]) for name in names}
    world = Settings(today=date(2027, 3, 1), lists=LISTS, values={"session": "M27"})
    found = check({name: TRACKERS[name] for name in tables}, tables, world)
    return [f.message for f in found if (f.tracker, f.rule) == ("awards", "agrees")]


def school() -> School:
    return deepcopy(clean())


def mine(school: School, tracker: str, **wanted: Any) -> list[dict[str, Any]]:
    rows = school[tracker]
    return [r for r in rows if r.get("candidate") == NORA and all(r.get(k) == v for k, v in wanted.items())]


def retaken(grade: str, points: int) -> School:
    """Nora retakes Biology HL in N26; the award of that session says so many points."""
    changed = school()
    next(row for row in changed["candidates"] if row["code"] == NORA)["category"] = "R"
    changed["results"].append(
        {**mine(changed, "results", subject="Biology", level="HL")[0], "session": "N26", "grade": grade}
    )
    changed["awards"].append({**mine(changed, "awards")[0], "session": "N26", "points": points})
    return changed


def test_the_highest_grade_of_both_sessions_counts() -> None:
    assert said(retaken("7", 34)) == []
    assert said(retaken("3", 32)) == []
    assert said(retaken("7", 32)) == ["The grades make 34 points, not 32."]


def test_a_history_answered_in_another_language_makes_the_diploma_bilingual() -> None:
    changed = school()
    mine(changed, "results", subject="Economics")[0]["response_language"] = "Spanish"
    assert said(changed) == ["Diploma awarded, but by the languages: Bilingual Diploma awarded."]
    mine(changed, "awards")[0]["result"] = "Bilingual Diploma awarded"
    assert said(changed) == []


def test_an_unknown_response_language_is_no_evidence_against_a_bilingual_diploma() -> None:
    changed = school()
    mine(changed, "awards")[0]["result"] = "Bilingual Diploma awarded"
    assert said(changed) == ["Bilingual Diploma awarded, but by the languages: Diploma awarded."]
    for row in (*mine(changed, "results"), *mine(changed, "registrations")):
        row["response_language"] = None
    assert said(changed) == []


def test_the_language_studied_is_that_of_the_language_a_whatever_the_cell_says() -> None:
    changed = school()
    mine(changed, "results", subject="English A: Literature")[0]["response_language"] = "Spanish"
    assert said(changed) == []


def test_a_final_grade_is_compared_with_the_predicted_one_of_its_own_session() -> None:
    changed = retaken("7", 34)
    changed["predicted"].append(
        {"candidate": NORA, "session": "M26", "subject": "Biology", "level": "HL", "predicted": "5"}
    )
    tables = {name: table(TRACKERS[name], changed[name]) for name in ("candidates", "results", "predicted")}
    world = Settings(today=date(2027, 3, 1), lists=LISTS)
    found = check({name: TRACKERS[name] for name in tables}, tables, world)
    assert [f.message for f in found if f.rule == "far-from-predicted"] == []
