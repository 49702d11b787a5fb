"""Books with candidates who do not take their subject: a few are asked about, a habit of the school is not."""

from __future__ import annotations

import pytest
from test_ib_more import School

from addin.core.ib import Row, across_loans

TAKEN = [
    {"candidate": str(n), "session": "M27", "category": "D", "subject": "Biology", "level": "SL"} for n in range(20)
]


def book(number: int, subject: str) -> Row:
    return {
        "asset": f"A{number}",
        "item": "Course book",
        "type": "Textbook",
        "subject": subject,
        "lent_to": str(number),
    }


@pytest.mark.parametrize(
    ("fitting", "odd", "found"),
    [(0, 1, 1), (0, 5, 5), (0, 6, 0), (8, 6, 6), (6, 8, 0)],
    ids=["one", "five", "six of six", "fewer than fit", "more than fit"],
)
def test_books_of_another_subject_are_named_unless_most_are_so(fitting: int, odd: int, found: int) -> None:
    rows = [book(n, "Biology" if n < fitting else "Physics") for n in range(fitting + odd)]
    people = [{"code": str(n), "last_name": "Berg"} for n in range(20)]
    school = School(registrations=TAKEN, candidates=people)
    assert len(list(across_loans.subject_taken(rows, school))) == found
