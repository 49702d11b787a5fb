"""Is the Career-related Programme certificate awarded, and if not, why.

Source: ibo.org "CP passing criteria", checked 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Sequence

from addin.core.language import phrase
from addin.core.records import frozen

REQUIREMENTS = ("personal and professional skills", "service learning", "language development")
"""The parts of the core that are only satisfied or not; IBIS has them satisfied unless the school says otherwise."""
HOURS = {
    "personal and professional skills": 90,
    "service learning": 50,
    "language development": 50,
    "reflective project": 50,
}
"""Hours of the core; secondary sources (TIBCP, JEO), checked 2026-11-21: show them, do not enforce them."""


@frozen
class Certificate:
    """What came out, with every reason against it in words."""

    awarded: bool
    reasons: tuple[str, ...] = ()


def award(
    courses: Sequence[int | str],
    *,
    reflective_project: str,
    career_study: bool = True,
    open_requirements: Sequence[str] = (),
    misconduct: bool = False,
    least_grade: int = 3,
    least_courses: int = 2,
) -> Certificate:
    """The award of the CP certificate.

    >>> award([3, 3, 1], reflective_project="D").awarded
    True

    `courses` are the grades (1 to 7 or N) of the DP courses registered for the CP; `reflective_project` is A to E or
    N; `open_requirements` names those of REQUIREMENTS that are not met. Raises ValueError for what does not exist.
    """
    good = [grade for grade in map(_grade, courses) if grade >= least_grade]
    letter = reflective_project.strip().upper()
    if letter not in set("ABCDEN"):
        raise ValueError(f"{reflective_project!r} is not a reflective project grade: give A to E or N.")
    if unknown := [name for name in open_requirements if name not in REQUIREMENTS]:
        raise ValueError(f"{unknown[0]!r} is not a requirement: give some of {', '.join(REQUIREMENTS)}.")
    reasons = [phrase("{name} not met", name=name) for name in REQUIREMENTS if name in open_requirements]
    if not career_study:
        reasons.insert(0, phrase("career-related study not completed"))
    if len(good) < least_courses:
        reasons.append(
            phrase(
                "grade {least_grade} or more in {count} DP courses, {least_courses} are needed",
                least_grade=least_grade,
                count=len(good),
                least_courses=least_courses,
            )
        )
    if letter in ("E", "N"):
        reasons.append(phrase("grade {letter} for the reflective project, D is needed", letter=letter))
    if misconduct:
        reasons.append(phrase("a penalty for academic misconduct"))
    return Certificate(not reasons, tuple(reasons))


def _grade(grade: int | str) -> int:
    text = str(grade).strip().upper()
    if text == "N":
        return 0
    if text in set("1234567"):
        return int(text)
    raise ValueError(f"{grade!r} is not a grade: give 1 to 7 or N.")
