"""Predicted and final grades: what is missing, what they amount to, and how far apart they are.

The award rules are in award.py, with their sources. Every function is a rule over rows of the trackers predicted,
results or awards; after a retake the highest grade of a subject, level and response language counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.across_dates import grades_due
from addin.core.ib.award import CODES, Award, Result, award, best_results
from addin.core.ib.days import day
from addin.core.ib.key_dates import KeyDate
from addin.core.ib.people import Candidates, session_of, some
from addin.core.ib.session import parse
from addin.core.ib.subjects import catalogue
from addin.core.ib.what_if import Outlook, in_words, outlook
from addin.core.language import in_a_row, phrase

_LETTERS = "ABCDE"
Pair = tuple[str, str]
Key = tuple[str, str, str, str]


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
            yield Violation(
                indexes[0],
                "subject",
                phrase("{candidate} has no line for {missing}.", candidate=candidate, missing=missing),
                "Add them.",
            )


def overdue(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Lines without a predicted grade after the school's day for it (setting `predicted_due`, or the calendar)."""
    today = context.setting("today")
    school, days = day(context.setting("predicted_due")), dict[str, KeyDate | None]()
    for index, row in enumerate(rows):
        session = session_of(row)
        if session not in days:
            days[session] = KeyDate(school, True) if school else grades_due(context, session)
        due = days[session]
        if today and due and today > due.day and row.get("subject") and not row.get("predicted"):
            teacher = row.get("teacher") or "no teacher named"
            text = phrase(
                "The predicted grade was due by {due}: {subject}, {teacher}.",
                due=due.words,
                subject=row["subject"],
                teacher=teacher,
            )
            yield Violation(index, "predicted", text, "Ask for it, or move the date in Calendar or Settings.")


def at_risk(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates whose predicted grades are complete and would not reach the diploma, with the smallest way to it."""
    for index, who, found in _outlooks(rows, context):
        if not found.now.awarded:
            why = in_a_row(found.now.reasons)
            text = phrase(
                "{who}: these grades do not reach the diploma ({points} points): {why}.",
                who=who,
                points=found.now.points,
                why=why,
            )
            yield Violation(
                index,
                "predicted",
                text,
                phrase("Smallest way: {ways}.", ways=in_words(found.ways)) if found.ways else _TALK,
            )


def just_above(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Candidates whose predicted grades reach the diploma, but not if one of them falls by one."""
    for index, who, found in _outlooks(rows, context):
        if found.drops:
            names = some((step.what for step in found.drops), 3)
            text = phrase(
                "{who}: {points} points just reach the diploma; one grade less in {names} loses it.",
                who=who,
                points=found.now.points,
                names=names,
            )
            yield Violation(index, "predicted", text, _TALK)


_TALK = "Talk to the candidate and the teachers."


def _outlooks(rows: Sequence[Row], context: RuleContext) -> Iterator[tuple[int, str, Outlook]]:
    """First line, name and outlook of each diploma candidate and session whose predicted grades are complete."""
    school, people = _School(context), Candidates(context)
    sessions: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("candidate"):
            sessions.setdefault((row["candidate"], row.get("session") or ""), []).append(index)
    for (candidate, _), indexes in sessions.items():
        mine = [rows[index] for index in indexes]
        found = school.outlook(mine, "predicted") if school.diploma(candidate) else None
        if found:
            yield indexes[0], people.who(candidate), found


def against_predicted(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Final grades that are far from the predicted ones; `results_gap` says how far is far, 0 is never."""
    gap = context.setting("results_gap")
    if not gap:
        return
    predicted = {_key(row): row.get("predicted") for row in context.rows("predicted")}
    for index, row in enumerate(rows):
        final, hoped = _points(row.get("grade")), _points(predicted.get(_key(row)))
        if final is not None and hoped is not None and abs(final - hoped) >= gap:
            text = phrase(
                "Predicted {predicted}, final {grade}: {subject}.",
                predicted=predicted[_key(row)],
                grade=row["grade"],
                subject=row.get("subject"),
            )
            yield Violation(index, "grade", text, "Look at the components before you enquire.")


def agrees(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Lines of the awards tracker that do not agree with what the candidate's grades amount to."""
    school = _School(context)
    grades: dict[str, list[Row]] = {}
    for row in context.rows("results"):
        grades.setdefault(row.get("candidate") or "", []).append(row)
    for index, row in enumerate(rows):
        candidate, codes = row.get("candidate") or "", _codes(row.get("codes"))
        own = _up_to(grades.get(candidate, ()), row.get("session") or "")
        found = school.award(own, "grade", cas=1 not in codes) if own and school.diploma(candidate) else None
        if found:
            yield from _differences(index, row, found, codes, known=school.languages_known(own))


def _differences(index: int, row: Row, found: Award, codes: set[int], *, known: bool) -> Iterator[Violation]:
    """`known`: whether every response language is known; without them nothing speaks against a bilingual diploma."""
    fix = "Compare with the results report of the IB."
    if row.get("points") is not None and row["points"] != found.points:
        yield Violation(
            index,
            "points",
            phrase("The grades make {points} points, not {entered}.", points=found.points, entered=row["points"]),
            fix,
        )
    if row.get("core_points") is not None and row["core_points"] != found.core:
        yield Violation(
            index,
            "core_points",
            phrase("TOK and essay make {points}, not {entered}.", points=found.core, entered=row["core_points"]),
            fix,
        )
    stated = row.get("result") or ""
    if stated and (stated == "Diploma not awarded") is found.awarded:
        why = in_a_row(found.reasons) or phrase("no condition speaks against it")
        yield Violation(
            index,
            "result",
            phrase("{stated}, but by the grades: {award} ({why}).", stated=stated, award=found.text, why=why),
            fix,
        )
    elif stated and found.awarded and _other_languages(stated, found, known):
        yield Violation(
            index, "result", phrase("{stated}, but by the languages: {award}.", stated=stated, award=found.text), fix
        )
    if codes and codes != set(found.codes):
        meant = in_a_row([phrase("{code} {meaning}", code=code, meaning=CODES[code]) for code in found.codes])
        meant = meant or phrase("none")
        yield Violation(index, "codes", phrase("By the grades the codes are: {meant}.", meant=meant), fix)


def _other_languages(stated: str, found: Award, known: bool) -> bool:
    says_bilingual = stated == "Bilingual Diploma awarded"
    return found.bilingual != says_bilingual and (known or found.bilingual)


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
        self._languages = {
            (row.get("candidate"), *_pair(row)): row["response_language"]
            for row in context.rows("registrations")
            if row.get("response_language")
        }

    def diploma(self, candidate: str) -> bool:
        """Whether the candidate takes or retakes the diploma, or the category is unknown."""
        return self._categories.get(candidate) in ("D", "R", None)

    def award(self, rows: Sequence[Row], column: str, *, cas: bool = True) -> Award | None:
        """The award for one candidate's lines, the best grade of each subject where it was retaken; None where a grade
        is missing or not all six subjects are there."""
        sessions: dict[str, list[Row]] = {}
        for row in sorted(rows, key=_time):
            sessions.setdefault(row.get("session") or "", []).append(row)
        core = _core(rows, column)
        try:
            subjects = best_results([list(self._subjects(mine, column)) for mine in sessions.values()])
            return award(subjects, tok=core["TK"], ee=core["EE"], cas=cas)  # sessions: registrations.many_sessions
        except ValueError:
            return None

    def outlook(self, rows: Sequence[Row], column: str) -> Outlook | None:
        """As `award` for one session's lines, with what would change it."""
        subjects, core = list(self._subjects(rows, column)), _core(rows, column)
        names = [f"{result.subject} {result.level}" for result in subjects]
        try:
            return outlook(subjects, tok=core["TK"], ee=core["EE"], names=names)
        except ValueError:
            return None

    def languages_known(self, rows: Sequence[Row]) -> bool:
        """Whether the response language of every subject of groups 1, 3 and 4 is known."""
        return all(result.language for result in self._subjects(rows, "grade") if result.groups & {1, 3, 4})

    def _subjects(self, rows: Sequence[Row], column: str) -> Iterator[Result]:
        for row in rows:
            key = row.get("candidate"), *_pair(row)
            if row.get("level") in ("SL", "HL") and row.get("contributing") is not False and key not in self._extra:
                subject = self._known.find(row.get("subject") or "")
                groups = subject.groups if subject else frozenset()
                language = row.get("response_language") or self._languages.get(key, "")
                if subject and 1 in groups and subject.language:
                    language = subject.language
                yield Result(row["level"], row.get(column) or "", groups, language, row.get("subject") or "")


def _up_to(rows: Sequence[Row], session: str) -> list[Row]:
    """A candidate's results of this session and of those before it."""
    last = parse(session)
    here = ((row, parse(row.get("session") or "")) for row in rows)
    return [row for row, when in here if (when and last and not last < when) or row.get("session") == session]


def _time(row: Row) -> tuple[int, int]:
    session = parse(row.get("session") or "")
    return (session.year, session.month) if session else (0, 0)


def _core(rows: Sequence[Row], column: str) -> dict[str, str]:
    """The best letter for TOK (TK) and the essay (EE); "" where there is none."""
    found = {"TK": "", "EE": ""}
    for row in rows:
        letter, level = str(row.get(column) or ""), row.get("level") or ""
        if level in found and letter:
            found[level] = min(found[level] or letter, letter)  # A comes before E, and N after both
    return found


def _by_candidate(rows: Sequence[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("candidate"):
            found.setdefault(row["candidate"], []).append(index)
    return found


def _pair(row: Row) -> Pair:
    return row.get("subject") or "", row.get("level") or ""


def _key(row: Row) -> Key:
    return row.get("candidate") or "", row.get("subject") or "", row.get("level") or "", session_of(row)


def _points(grade: str | None) -> int | None:
    """A grade on a line on which one step is one grade; None for N and for what is no grade."""
    text = (grade or "").strip().upper()
    if len(text) == 1 and text in "1234567":
        return int(text)
    return 5 - _LETTERS.index(text) if len(text) == 1 and text in _LETTERS else None


def _codes(text: str | None) -> set[int]:
    parts = (text or "").replace(",", ";").split(";")
    return {int(part) for part in parts if part.strip().isdigit()}
