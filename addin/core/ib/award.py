"""Is the diploma awarded, with how many points, and if not: for which reasons, all of them.

Source: IB text "Simplifying the Diploma requirements and failing conditions" (February 2014, from May 2015) as
re-hosted by several schools; 24 and 45 points on ibo.org "DP passing criteria"; checked 2026-11-21. The core points
table was read on four school and textbook pages, on none of ibo.org: hand in another `core` when the IB says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from addin.core.language import phrase
from addin.core.records import field, frozen

Grade = int | str
"""1 to 7, as a number or as text, or "N" where no grade was given."""

CODES: Mapping[int, str] = MappingProxyType(
    {
        1: phrase("CAS requirements have not been met"),
        2: phrase("fewer than 24 points"),
        3: phrase("no grade (N) for TOK, the extended essay or a subject"),
        4: phrase("grade E for TOK or the extended essay"),
        5: phrase("grade 1 in a subject"),
        6: phrase("grade 2 three or more times"),
        7: phrase("grade 3 or below four or more times"),
        8: phrase("fewer than 12 points on higher level subjects (the best three count)"),
        9: phrase("too few points on standard level subjects (9, or 5 where there are two)"),
    }
)
"""What each diploma requirements code means, in our words."""


def _table(lines: Mapping[str, str]) -> Mapping[tuple[str, str], int]:
    points = {
        (row, column): int(value)
        for row, line in lines.items()
        for column, value in zip("ABCD", line.split(), strict=True)
    }
    return MappingProxyType(points)


CORE = _table({"A": "3 3 2 2", "B": "3 2 2 1", "C": "2 2 1 0", "D": "2 1 0 0"})
"""Core points by (TOK grade, essay grade); the table is symmetric. With an E or an N there are none."""


@frozen
class Limits:
    """The numbers of the award rules: in force from May 2015."""

    points: int = 24
    higher: int = 12
    standard: int = 9
    standard_of_two: int = 5
    twos: int = 3
    threes: int = 4
    subjects: int = 6
    sessions: int = 3


class Result(NamedTuple):
    """One contributing subject: level `HL` or `SL` and grade.

    The rest matters for the bilingual diploma only: the subject's `groups` (`{1}`, `{3, 4}`) and its `language`, for
    group 1 the language studied, for the others the response language.
    """

    level: str
    grade: Grade
    groups: frozenset[int] = frozenset()
    language: str = ""
    subject: str = ""
    """Names the subject where several sessions are put together; see `best_results`."""


@frozen
class Award:
    """What came out: `codes` are all diploma requirements codes that hold, `others` further reasons in words."""

    awarded: bool
    points: int
    core: int
    codes: tuple[int, ...] = ()
    others: tuple[str, ...] = ()
    bilingual: bool = False
    hl_points: int = 0
    """The points on higher level subjects, of four the best three."""
    sl_points: int = 0

    @property
    def reasons(self) -> list[str]:
        """Why the diploma is not awarded, in words."""
        return [CODES[code] for code in self.codes] + list(self.others)

    @property
    def text(self) -> str:
        """The result as the candidate results report words it."""
        if not self.awarded:
            return phrase("Diploma not awarded")
        return phrase("Bilingual Diploma awarded") if self.bilingual else phrase("Diploma awarded")


@frozen
class _Marks:
    """The grades by level as numbers, N counted as 0 points."""

    higher: list[int] = field(default_factory=list)
    standard: list[int] = field(default_factory=list)
    missing: int = 0

    @property
    def given(self) -> list[int]:
        return [grade for grade in self.higher + self.standard if grade]


def award(
    subjects: Iterable[Result | tuple[str, Grade]],
    *,
    tok: str,
    ee: str,
    cas: bool = True,
    misconduct: bool = False,
    sessions: int = 1,
    core: Mapping[tuple[str, str], int] = CORE,
    limits: Limits | None = None,
) -> Award:
    """The award of the diploma for six contributing subjects, TOK and extended essay.

    >>> result = award([("HL", 4)] * 3 + [("SL", 4), ("SL", 3), ("SL", 3)], tok="B", ee="C")
    >>> result.awarded, result.points, result.core, result.codes
    (True, 24, 2, ())

    `subjects` are (level, grade) pairs or `Result`s, additional subjects left out; `tok` and `ee` are A to E or N.
    `sessions`: in how many sessions the diploma's subjects were taken. Raises ValueError for grades and levels
    that do not exist, and where there are not six subjects with three or four at HL.
    """
    limits = limits or Limits()
    results = [Result(*subject) for subject in subjects]
    marks = _marks(results, limits)
    tok, ee = _letter(tok, "TOK"), _letter(ee, "extended essay")
    bonus = core.get((tok, ee), 0)
    points = sum(marks.given) + bonus
    codes = tuple(
        code
        for code, holds in (
            (1, not cas),
            (2, points < limits.points),
            (3, bool(marks.missing) or "N" in (tok, ee)),
            (4, "E" in (tok, ee)),
            (5, 1 in marks.given),
            (6, marks.given.count(2) >= limits.twos),
            (7, sum(grade <= 3 for grade in marks.given) >= limits.threes),
            (8, sum(sorted(marks.higher)[-3:]) < limits.higher),
            (9, sum(marks.standard) < (limits.standard_of_two if len(marks.standard) == 2 else limits.standard)),
        )
        if holds
    )
    others = tuple(
        reason
        for reason, holds in (
            (phrase("a penalty for academic misconduct"), misconduct),
            (phrase("more than {sessions} examination sessions", sessions=limits.sessions), sessions > limits.sessions),
        )
        if holds
    )
    awarded = not codes and not others
    bilingual = awarded and is_bilingual(results)
    higher, standard = sum(sorted(marks.higher)[-3:]), sum(marks.standard)
    return Award(awarded, points, bonus, codes, others, bilingual, higher, standard)


def best_results(sessions: Sequence[Iterable[Result]]) -> list[Result]:
    """The contributing results after retakes: of each subject, level and response language the highest grade.

    `sessions` are the results of each session, the first one first; a subject taken at another level or in another
    language is another result, and the newest session that has it decides which of them contributes. Source: school
    handbooks (Audentes; mh.is); the IB's own text could not be read, so compare with the candidate results report.
    """
    best: dict[tuple[str, str, str], Result] = {}
    newest: dict[str, tuple[str, str, str]] = {}
    for results in sessions:
        for result in results:
            key = result.subject, result.level, result.language
            if key not in best or _grade(result.grade) > _grade(best[key].grade):
                best[key] = result
            newest[result.subject] = key
    return [best[key] for key in newest.values()]


def core_points(tok: str, ee: str, core: Mapping[tuple[str, str], int] = CORE) -> int | None:
    """The points for TOK and extended essay, 0 to 3; None where an E or N makes the award impossible."""
    return core.get((_letter(tok, "TOK"), _letter(ee, "extended essay")))


def is_bilingual(results: Sequence[Result]) -> bool:
    """Whether the languages make a bilingual diploma, provided that the diploma is awarded.

    Two group 1 languages, or one and a group 3 or 4 subject in another language, with 3 or more in both. The essay's
    language does not count. Source: school pages citing article 14.2, checked 2026-11-21; what the limits for
    school-based and pilot subjects are today could not be verified.
    """
    passed = [r for r in results if r.language and _grade(r.grade) >= 3]
    first = {r.language.casefold() for r in passed if 1 in r.groups}
    answered = {r.language.casefold() for r in passed if r.groups & {3, 4}}
    return bool(first) and len(first | answered) > 1


def _marks(results: Sequence[Result], limits: Limits) -> _Marks:
    marks = {"HL": [_grade(r.grade) for r in results if r.level == "HL"]}
    marks["SL"] = [_grade(r.grade) for r in results if r.level == "SL"]
    if sum(map(len, marks.values())) != len(results):
        odd = next(r.level for r in results if r.level not in marks)
        raise ValueError(f"{odd!r} is not a level of a subject: give HL or SL.")
    if len(results) != limits.subjects or len(marks["HL"]) not in (3, 4):
        raise ValueError(
            f"six contributing subjects with three or four at HL are needed, not {len(results)} "
            f"with {len(marks['HL'])} at HL."
        )
    return _Marks(marks["HL"], marks["SL"], sum(_grade(r.grade) == 0 for r in results))


def _grade(grade: Grade) -> int:
    """The grade's points: 0 for N."""
    text = str(grade).strip().upper()
    if text == "N":
        return 0
    if text in {"1", "2", "3", "4", "5", "6", "7"}:
        return int(text)
    raise ValueError(f"{grade!r} is not a subject grade: give 1 to 7 or N.")


def _letter(grade: str, what: str) -> str:
    text = str(grade).strip().upper()
    if text not in {"A", "B", "C", "D", "E", "N"}:
        raise ValueError(f"{grade!r} is not a {what} grade: give A to E or N.")
    return text
