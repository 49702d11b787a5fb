"""Is the MYP certificate awarded, with how many points, and if not, why.

Source: ibo.org "Grading and awards" (MYP), checked 2026-11-21. The old rule (36 of 63) is obsolete; the rule for the
bilingual certificate could not be verified and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from addin.core.language import phrase
from addin.core.records import frozen

PARTS = (
    "language and literature",
    "individuals and societies",
    "sciences",
    "mathematics",
    "interdisciplinary",
    "language acquisition",
    "arts, design or physical and health education",
    "personal project",
)
"""The eight eAssessments; of several in one part the highest grade counts."""


@frozen
class Certificate:
    """What came out: points of 56, and every reason against it in words."""

    awarded: bool
    points: int
    reasons: tuple[str, ...] = ()


def award(
    grades: Iterable[tuple[str, int]], *, service: bool = True, least_points: int = 28, least_grade: int = 3
) -> Certificate:
    """The award of the MYP certificate.

    >>> award([(part, 3) for part in PARTS]).reasons
    ('24 points, 28 are needed',)

    `grades` are (part, grade) pairs, parts as in PARTS, grades 1 to 7; `service`: service as action was met. Raises
    ValueError for a part or grade that does not exist.
    """
    best: dict[str, int] = {}
    for part, grade in grades:
        if part not in PARTS:
            raise ValueError(f"{part!r} is not a part of the certificate: give some of {', '.join(PARTS)}.")
        if grade not in range(1, 8):
            raise ValueError(f"{grade!r} is not a grade: give 1 to 7.")
        best[part] = max(grade, best.get(part, 0))
    points = sum(best.values())
    reasons = [phrase("no grade for {part}", part=part) for part in PARTS if part not in best]
    reasons += [
        phrase("grade {grade} in {part}, {least_grade} is needed", grade=best[part], part=part, least_grade=least_grade)
        for part in PARTS
        if best.get(part, 7) < least_grade
    ]
    if points < least_points:
        reasons.append(phrase("{points} points, {least_points} are needed", points=points, least_points=least_points))
    if not service:
        reasons.append(phrase("service as action not met"))
    return Certificate(not reasons, points, tuple(reasons))
