"""Headings such as COURSE CANDIDATES say the category of the students below."""

from __future__ import annotations

import pytest

from addin.core.recognition.context import category_in


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("FULL DIPLOMA", "D"),
        ("Diploma candidates (24)", "D"),
        ("Diploma Programme students", "D"),
        ("candidats au diplôme", "D"),
        ("Alumnos de diploma", "D"),
        ("Courses only", "C"),
        ("DP courses", "C"),
        ("Certificats:", "C"),
        ("Anticipés", "A"),
        ("candidatos anticipados", "A"),
        ("Retakers 3", "R"),
        ("Career-related Programme", "CP"),
        ("A", ""),
        ("Class 12A", ""),
        ("Biology", ""),
    ],
)
def test_a_heading_of_a_category_gives_it(text: str, category: str) -> None:
    assert category_in(text) == category
