"""Who is missing what, and outcomes in which nobody can be found by subtraction."""

from __future__ import annotations

from datetime import date
from typing import Any

from make import table
from second_school import COURSE, School, clean

from addin.core.checks.context import WorkbookContext
from addin.core.ib.matrices import DONE, LATE, NONE, OPEN, Cell, candidates, sorted_by_need, staff
from addin.core.ib.outcomes import HIDDEN, outcomes
from addin.core.settings import Settings
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

TRACKERS, LISTS = load_all(), load_lists()


def context(school: School, **values: Any) -> WorkbookContext:
    tables = {name: table(TRACKERS[name], rows) for name, rows in school.items()}
    return WorkbookContext(TRACKERS, tables, Settings(today=date(2027, 2, 8), lists=LISTS, values=values))


def cell(school: School, code: str, header: str) -> Cell:
    matrix = candidates(context(school))
    line = next(line for line in matrix.lines if line.key == code)
    return line.cells[matrix.headers.index(header)]


def test_a_candidate_is_held_against_every_requirement_in_use() -> None:
    school = clean()
    assert cell(school, "S2701", "Registration") == (DONE, "8 of 8")
    assert cell(school, "S2701", "Extended essay") == (OPEN, "2 of 6")
    assert cell(school, "S2701", "CAS").state == OPEN
    assert cell(school, "S2701", "Predicted grades") == (DONE, "8 of 8")
    assert cell(school, "S2701", "Loans") == (OPEN, "1 out")
    assert cell(school, "S2702", "Loans").state == NONE
    assert cell(school, COURSE[0], "CAS").state == NONE
    school["registrations"] = [row for row in school["registrations"] if row["candidate"] != "S2702"]
    assert cell(school, "S2702", "Registration") == (LATE, "no line")
    matrix = candidates(context(school))
    assert "Fees" not in matrix.headers, "nobody's fees are entered, so nobody is asked"
    assert "S2601" not in {line.key for line in matrix.lines}, "graduates are not asked"
    assert [line.missing for line in sorted_by_need(matrix.lines)] == sorted(
        (x.missing for x in matrix.lines), reverse=True
    )
    assert {line.key for line in candidates(context(school), "N27").lines} == {"S2711", "S2712"}


def test_a_colleague_is_held_against_workshops_accounts_and_tasks() -> None:
    school = clean()
    school["meetings"][0]["due"] = date(2027, 2, 1)
    school["pd"] = [row for row in school["pd"] if row["staff"] != "Farida Hassan"]
    matrix = staff(context(school))
    lines = {line.key: dict(zip(matrix.headers, line.cells, strict=True)) for line in matrix.lines}
    assert lines["Farida Hassan"]["Workshop"] == (OPEN, "none")
    assert lines["Dmitri Volkov"]["Workshop"] == (DONE, "attended")
    assert lines["Samuel Osei"]["Actions"] == (LATE, "0 of 1")
    assert lines["Dmitri Volkov"]["Accounts"] == (DONE, "My IB")


def graduates(results: list[str], gender: str = "F") -> School:
    people = [
        {"code": f"G{n}", "last_name": f"L{n}", "first_names": "X", "session": "M26", "category": "D", "gender": gender,
         "birth_date": date(2008, 1, 1 + n)} for n in range(len(results))
    ]  # fmt: skip
    awards = [
        {"candidate": f"G{n}", "session": "M26", "points": 30, "result": result} for n, result in enumerate(results)
    ]
    return {"candidates": people, "awards": awards}


def first_line(school: School, **values: Any) -> dict[str, Any]:
    found = outcomes(context(school, **values))[0]
    return dict(zip(found.headers, found.lines[0], strict=True))


def test_rates_and_means_are_shown_where_no_number_is_small() -> None:
    shown = first_line(graduates(["Diploma awarded"] * 12 + ["Diploma not awarded"] * 8))
    assert (shown["Awarded"], shown["Not awarded"], shown["Rate"], shown["Mean points"]) == (12, 8, "60 %", "30.0")


def test_a_small_number_is_hidden_with_what_would_give_it_away() -> None:
    shown = first_line(graduates(["Diploma awarded"] * 18 + ["Diploma not awarded"] * 2))
    assert (shown["Awarded"], shown["Not awarded"], shown["Rate"]) == (HIDDEN, HIDDEN, HIDDEN)
    shown = first_line(graduates(["Diploma awarded"] * 18 + ["Diploma not awarded"] * 2), outcomes_least=0)
    assert (shown["Awarded"], shown["Not awarded"], shown["Rate"]) == (18, 2, "90 %")


def test_the_mean_of_a_small_group_is_hidden_with_that_of_another() -> None:
    school = graduates(["Diploma awarded"] * 20)
    for row in school["candidates"][:3]:
        row["gender"] = "M"
    tables = {found.title: found for found in outcomes(context(school))}
    lines = {line[0]: line for line in tables["By gender"].lines}
    assert lines["M"][-1] == lines["F"][-1] == HIDDEN, "the mean of all would give the other away"


def test_every_number_that_is_hidden_leaves_at_least_two_possibilities() -> None:
    for yes in range(12):
        for no in range(12):
            school = graduates(["Diploma awarded"] * yes + ["Diploma not awarded"] * no)
            if not yes + no:
                continue
            shown = first_line(school)
            hidden = [name for name in ("Bilingual", "Awarded", "Not awarded") if shown[name] == HIDDEN]
            assert len(hidden) != 1, (yes, no, shown)
            assert all(not 0 < shown[name] < 5 for name in ("Awarded", "Not awarded") if shown[name] != HIDDEN)


def test_moderation_and_destinations_are_counted() -> None:
    school = clean()
    school["samples"] = [
        {
            "session": "M26",
            "subject": "Physics",
            "level": "HL",
            "task": "Investigation",
            "school_mean": 18.0,
            "moderated_mean": 16.5,
            "maximum": 24,
        }
    ]
    titles = {found.title: found for found in outcomes(context(school, outcomes_least=0))}
    assert titles["Moderation of internal assessment"].lines[0][-1] == "-1.5"
    assert titles["Destinations by country"].lines == (("Netherlands", 1),)
    physics = next(line for line in titles["Grades by subject"].lines if line[0] == "Physics")
    assert physics[3:5] == (2, "5.0")
