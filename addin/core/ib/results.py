"""Predicted and final grades: what is missing, what they amount to, and how far apart they are.

The award rules stand in award.py, with their sources. Every function is a rule over rows of the trackers predicted,
results or awards; the diploma is worked out for category D only, because which grade counts after a retake is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.award import CODES, Award, Result, award
from addin.core.ib.days import day
from addin.core.ib.subjects import catalogue

_LETTERS = "ABCDE"
Pair = tuple[str, str]
Key = tuple[str, str, str]


def incomplete(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates with predicted grades who lack a line for a registered subject, the essay or TOK."""
    taken: dict[str, list[Row]] = {}
    for row in context.rows("registrations"):
        if row.get("status") != "Withdrawn" and row.get("subject"):
            taken.setdefault(row.get("candidate") or "", []).append(row)
    for candidate, indexes in _by_candidate(rows).items():
        here = {_pair(rows[index]) for index in indexes}
        sessions = {rows[index].get("session") for index in indexes}
        open_ones = [row for row in taken.get(candidate, ()) if row.get("session") in sessions]
        missing = [" ".join(_pair(row)).strip() for row in open_ones if _pair(row) not in here]
        if missing:
            yield Violation(indexes[0], "subject", f"{candidate} has no line for {', '.join(missing)}.", "Add them.")


def overdue(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Lines without a predicted grade after the school's day for it (setting `predicted_due`)."""
    due, today = day(context.setting("predicted_due")), context.setting("today")
    if due is None or not today or today <= due:
        return
    for index, row in enumerate(rows):
        if row.get("subject") and not row.get("predicted"):
            text = (
                f"The predicted grade was due on {due}: {row['subject']}, {row.get('teacher') or 'no teacher named'}."
            )
            yield Violation(index, "predicted", text, "Ask for it, or move the setting predicted_due.")


def at_risk(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates whose predicted grades are all there and would not make a diploma."""
    school = _School(context)
    for candidate, indexes in _by_candidate(rows).items():
        found = school.award([rows[index] for index in indexes], "predicted") if school.diploma(candidate) else None
        if found and not found.awarded:
            text = f"With these grades the diploma is not reached: {'; '.join(found.reasons)} ({found.points} points)."
            yield Violation(indexes[0], "predicted", text, "Talk to the candidate and the teachers.")


def against_predicted(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Final grades that are far from the predicted ones; `results_gap` says how far is far, 0 is never."""
    gap = context.setting("results_gap")
    if not gap:
        return
    predicted = {_key(row): row.get("predicted") for row in context.rows("predicted")}
    for index, row in enumerate(rows):
        final, hoped = _points(row.get("grade")), _points(predicted.get(_key(row)))
        if final is not None and hoped is not None and abs(final - hoped) >= gap:
            text = f"Predicted {predicted[_key(row)]}, final {row['grade']}: {row.get('subject')}."
            yield Violation(index, "grade", text, "Look at the components before you enquire.")


def agrees(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Lines of the awards tracker that do not agree with what the candidate's grades amount to."""
    school = _School(context)
    grades: dict[Pair, list[Row]] = {}
    for row in context.rows("results"):
        grades.setdefault((row.get("candidate") or "", row.get("session") or ""), []).append(row)
    for index, row in enumerate(rows):
        candidate, codes = row.get("candidate") or "", _codes(row.get("codes"))
        own = grades.get((candidate, row.get("session") or ""), ())
        found = school.award(own, "grade", cas=1 not in codes) if own and school.diploma(candidate) else None
        if found:
            yield from _differences(index, row, found, codes)


def _differences(index: int, row: Row, found: Award, codes: set[int]) -> Iterator[Violation]:
    fix = "Compare with the results report of the IB."
    if row.get("points") is not None and row["points"] != found.points:
        yield Violation(index, "points", f"The grades make {found.points} points, not {row['points']}.", fix)
    if row.get("core_points") is not None and row["core_points"] != found.core:
        yield Violation(index, "core_points", f"TOK and essay make {found.core}, not {row['core_points']}.", fix)
    told = row.get("result") or ""
    if told and (told == "Diploma not awarded") is found.awarded:
        why = "; ".join(found.reasons) or "no condition speaks against it"
        yield Violation(index, "result", f"{told}, but by the grades: {found.text} ({why}).", fix)
    if codes and codes != set(found.codes):
        meant = "; ".join(f"{code} {CODES[code]}" for code in found.codes) or "none"
        yield Violation(index, "codes", f"By the grades the codes are: {meant}.", fix)


class _School:
    """What the award needs to know beside the grades, read once: categories, additional subjects, the list."""

    def __init__(self, context: RuleContext) -> None:
        self._known = catalogue(context)
        self._categories = {row.get("code"): row.get("category") for row in context.rows("candidates")}
        self._extra = {
            (row.get("candidate"), *_pair(row))
            for row in context.rows("registrations")
            if row.get("contributing") is False
        }

    def diploma(self, candidate: str) -> bool:
        """Whether the candidate is in the diploma category, or nobody has written down in which."""
        return self._categories.get(candidate) in ("D", None)

    def award(self, rows: Sequence[Row], column: str, *, cas: bool = True) -> Award | None:
        """The award for one candidate's lines; None where a grade is missing or not all six subjects are there."""
        core = {row["level"]: row.get(column) for row in rows if row.get("level") in ("EE", "TK")}
        try:
            return award(self._subjects(rows, column), tok=core.get("TK") or "", ee=core.get("EE") or "", cas=cas)
        except ValueError:
            return None

    def _subjects(self, rows: Sequence[Row], column: str) -> Iterator[Result]:
        for row in rows:
            extra = row.get("contributing") is False or (row.get("candidate"), *_pair(row)) in self._extra
            if row.get("level") in ("SL", "HL") and not extra:
                subject = self._known.find(row.get("subject") or "")
                language = row.get("response_language") or (subject.language if subject else "")
                groups = subject.groups if subject else frozenset()
                yield Result(row["level"], row.get(column) or "", groups, language)


def _by_candidate(rows: Sequence[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("candidate"):
            found.setdefault(row["candidate"], []).append(index)
    return found


def _pair(row: Row) -> Pair:
    return row.get("subject") or "", row.get("level") or ""


def _key(row: Mapping[str, str | None]) -> Key:
    return row.get("candidate") or "", row.get("subject") or "", row.get("level") or ""


def _points(grade: str | None) -> int | None:
    """A grade on a line on which one step is one grade; None for N and for what is no grade."""
    text = (grade or "").strip().upper()
    if len(text) == 1 and text in "1234567":
        return int(text)
    return 5 - _LETTERS.index(text) if len(text) == 1 and text in _LETTERS else None


def _codes(text: str | None) -> set[int]:
    parts = (text or "").replace(",", ";").split(";")
    return {int(part) for part in parts if part.strip().isdigit()}
