"""Sheets of the Middle Years and the Career-related Programme are none of the Diploma Programme."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.actions.adopt import adopt
from addin.core.recognition.reading import Reading
from addin.core.recognition.workshop_text import programme_in

NAMES = ("Moreau, Léa", "Petit, Hugo")


def read(path: Path, title: str, rows: list[list[object]]) -> Reading:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return adopt(str(path), dry_run=True, take_defaults=True, answers={"session": "M27"}).reading


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("Projet personnel", ["Élève", "Classe", "Superviseur", "But", "Entretien 1", "Entretien 2"]),
        ("Proyecto personal", ["Alumno", "Curso", "Supervisora", "Objetivo", "Entrevista 1", "Entrevista 2"]),
        ("PP 2027", ["Student", "MYP year", "Supervisor", "Goal of the project", "Interview 1", "Interview 2"]),
    ],
)
def test_interviews_of_a_personal_project_are_none_of_cas(tmp_path: Path, title: str, headers: list[object]) -> None:
    rows = [headers, *([name, "5", "M. Roy", "un jeu", "12/10/2026", "30/11/2026"] for name in NAMES)]
    made = read(tmp_path / "Own.xlsx", title, rows).made
    assert [one.tracker for one in made] == ["myp", "myp"]


def test_interviews_are_those_of_cas_where_nothing_says_otherwise(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Student", "Interview 1", "Interview 2", "Interview 3"]]
    rows += [[name, "12 Oct 2026", "3 Nov 2026", None] for name in NAMES]
    made = read(tmp_path / "Own.xlsx", "Core", rows).made
    assert {one.tracker for one in made} == {"cas", "candidates"}


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        (
            "Cohorte",
            ["Élève", "Projet de réflexion", "Superviseur", "Apprentissage par le service", "Portfolio de langues"],
        ),
        ("Promoción", ["Alumno", "Proyecto de reflexión", "Tutor", "Aprendizaje-servicio", "Portafolio de idiomas"]),
        ("POP", ["Alumno", "Grupo", "Tutor", "Aprendizaje-servicio", "HPP"]),
    ],
)
def test_the_core_of_the_career_related_programme(tmp_path: Path, title: str, headers: list[object]) -> None:
    rows = [headers, *([name, "Ethik", "M. Roy", 20, "oui"] for name in NAMES)]
    made = read(tmp_path / "Own.xlsx", title, rows).made
    assert [one.values["category"] for one in made if one.tracker == "candidates"] in (["CP"] * 2, ["POP"] * 2)
    assert [one.values["service_hours"] for one in made if one.tracker == "cp"] == [20, 20]


@pytest.mark.parametrize(
    ("texts", "programme"),
    [
        (("MYP teacher", "Individuals and societies"), "MYP"),
        (("PP supervisor", ""), "MYP"),
        (("", "PYP: making the PYP happen"), "PYP"),
        (("CP coordinator", "Reflective project"), "CP"),
        (("Teacher", "TOK Cat 1"), "DP"),
        (("MYP and DP teacher", "Sciences"), ""),
        (("Teacher", "Cupboards"), ""),
    ],
)
def test_the_programme_of_a_workshop(texts: tuple[str, str], programme: str) -> None:
    assert programme_in(*texts) == programme


@pytest.mark.parametrize("headings", [[], [["SCIENCE"]]])
def test_a_workshop_of_another_programme_is_none_of_the_diploma(tmp_path: Path, headings: list[list[object]]) -> None:
    """In a list that stays where it is, and in one that becomes rows; a row that names none stays empty there."""
    people = [
        ["Ortega, Maria", "MYP teacher", "Sciences"],
        ["Khan, Bilal", "Teacher", "TOK"],
        ["Poe, Ana", "", "Sciences"],
    ]
    rows: list[list[object]] = [["Name", "Role", "Workshop", "Date"], *headings]
    rows += [[*one, "12 Oct 2025"] for one in people]
    reading = read(tmp_path / "Own.xlsx", "IB training", rows)
    if headings:
        assert [one.values.get("programme") for one in reading.made] == ["MYP", "DP", None]
    else:
        (added,) = (one for one in reading.understood[0].added if one.column == "programme")
        assert [added.in_row(row) for row in (2, 3, 4)] == ["MYP", "DP", None]


@pytest.mark.parametrize(
    ("sheet", "titles", "workshops", "expected"),
    [
        ("MYP workshops", [], ["Sciences", "Arts", "Inquiry"], ["MYP"] * 3),
        ("Training", [["PAI: formación 2026"]], ["Sciences", "Arts", "Inquiry"], ["MYP"] * 3),
        ("Training", [["DP and MYP workshops"]], ["Sciences", "MYP: Arts", "Inquiry"], [None, "MYP", None]),
        ("Training", [], ["Sciences", "Arts", "Inquiry"], ["DP"] * 3),
        ("Training", [], ["Sciences", "MYP: Arts", "Pop music"], [None, "MYP", None]),
    ],
)
def test_a_workshop_is_of_the_programme_that_its_list_is_about(
    tmp_path: Path, sheet: str, titles: list[list[object]], workshops: list[str], expected: list[str | None]
) -> None:
    rows = [*titles, ["Staff member", "Role", "Workshop", "Date", "Place"]]
    rows += [[f"Khan, {n}", "Librarian", one, "12 Oct 2025", "Rome"] for n, one in zip("ABC", workshops, strict=True)]
    reading = read(tmp_path / "Own.xlsx", sheet, rows)
    (added,) = (one for one in reading.understood[0].added if one.column == "programme")
    first = len(titles) + 2
    assert [added.in_row(row) for row in range(first, first + 3)] == expected


def test_a_workshop_is_of_the_programme_of_the_other_sheets(tmp_path: Path) -> None:
    path = tmp_path / "Own.xlsx"
    project = [["Student", "MYP year", "Supervisor", "Goal of the project", "Report submitted on"]]
    training = [["Staff member", "Role", "Workshop", "Date", "Place"]]
    book = openpyxl.Workbook()
    for title, rows in (
        ("Personal Project", [*project, *([name, 5, "M. Roy", "a game", date(2026, 3, 2)] for name in NAMES)]),
        ("Training", [*training, *([name, "Librarian", "Inquiry", date(2025, 3, 2), "Rome"] for name in NAMES)]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    reading = adopt(str(path), dry_run=True, take_defaults=True, answers={"session": "M27"}).reading
    (added,) = (a for one in reading.understood if one.tracker == "pd" for a in one.added if a.column == "programme")
    assert [added.in_row(row) for row in (2, 3)] == ["MYP", "MYP"]


@pytest.mark.parametrize(
    ("header", "roles", "taken"),
    [
        ("Position", ["Lehrkraft", "Lehrkraft", "Lehrerin"], True),
        ("Cargo", ["Professora", "Coordenador", "Professora"], True),
        ("Fonction", ["Coordonnateur PEI", "Professeure", "Bibliothécaire"], True),
        ("Position", ["Goalkeeper", "Striker", "Defender"], False),
    ],
)
def test_the_position_of_staff_in_their_own_words(tmp_path: Path, header: str, roles: list[str], taken: bool) -> None:
    rows: list[list[object]] = [["Staff member", header, "Workshop", "Date", "Place"]]
    rows += [[f"Khan, {n}", role, "DP Biology", date(2025, 3, 2), "Rome"] for n, role in zip("ABC", roles, strict=True)]
    (found,) = read(tmp_path / "Own.xlsx", "Training", rows).understood
    assert ("role" in [match.column for match in found.matches]) is taken


@pytest.mark.parametrize(
    ("header", "cells", "projects"),
    [
        ("Subject", ["Sciences", "Sciences", "Design", "Design"], 0),
        ("Subject", ["A guitar", "A book", "A garden", "A film"], 4),
        ("Goal of the project", ["A guitar", "A book", "A guitar", "A film"], 4),
    ],
)
def test_marks_of_subjects_are_no_projects(tmp_path: Path, header: str, cells: list[str], projects: int) -> None:
    rows: list[list[object]] = [["Student", header, "Crit A", "Crit B", "Crit C", "Crit D"]]
    rows += [[name, cell, 5, 6, 7, 8] for name, cell in zip(NAMES * 2, cells, strict=True)]
    reading = read(tmp_path / "Own.xlsx", "MYP 4 Grades", rows)
    assert [one.tracker for one in reading.made] == ["myp"] * projects
    assert not reading.understood


def test_students_of_the_core_of_the_career_related_programme_are_its_candidates(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Name", "Career-related study", "RP topic", "RP supervisor", "Draft"]]
    rows += [[name, "BTEC Business", "AI ethics", "Ms Lund", date(2027, 1, 10)] for name in ("Ana Ruiz", "Ben Ito")]
    made = read(tmp_path / "Own.xlsx", "CP1 Reflective project", rows).made
    assert {one.tracker for one in made} == {"cp", "candidates"}
    assert [one.values["category"] for one in made if one.tracker == "candidates"] == ["CP", "CP"]
