"""Rows of Predicted grades, and what other sheets know of their level and of the essay's subject."""

from __future__ import annotations

from addin.core.language import phrase
from addin.core.recognition.predicted import GRADE, TRACKER
from addin.core.recognition.reading import Made
from addin.core.recognition.work import Work


def predict(made: Made, grades: dict[str, str], work: Work, tracker: str = TRACKER) -> None:
    """Add the predicted grades of a subject beside its registration, or what is known of it; or its result."""
    kept = {name: made.values.get(name) for name in ("subject", "level", "teacher") if made.values.get(name)}
    identity = made.identity
    work.made.append(Made(tracker, {**kept, **grades}, made.origin, person=made.person, identity=identity))


def complete_predicted(work: Work) -> None:
    """Give grades without a level, or without the essay's subject, what the student's registrations say."""
    known: dict[tuple[int, str], set[str]] = {}
    essays: dict[int, set[str]] = {}
    for made in work.made:
        subject, level = str(made.values.get("subject")), str(made.values.get("level") or "")
        if made.tracker == "registrations" and level == "EE":
            essays.setdefault(made.person, set()).add(subject)
        elif made.tracker == "registrations" and level:
            known.setdefault((made.person, subject), set()).add(level)
    kept: list[Made] = []
    for made in work.made:
        if made.tracker in GRADE and not made.values.get("subject"):
            if len(subjects := essays.get(made.person, set())) != 1:
                work.placed.discard(made.origin)
                why = phrase("a grade of the essay, whose subject is missing")
                work.list(*made.origin, made.values.get(GRADE[made.tracker]), why)
                continue
            made.values["subject"] = next(iter(subjects))
        if made.tracker in GRADE and not made.values.get("level"):
            levels = known.get((made.person, str(made.values["subject"])), set())
            if len(levels) == 1:
                made.values["level"] = next(iter(levels))
            else:
                names = (GRADE[made.tracker], "second", "first")
                grade = next((made.values[name] for name in names if name in made.values), None)
                work.list(*made.origin, grade, phrase("HL or SL is missing"), placed=True)
        kept.append(made)
    work.made = kept
