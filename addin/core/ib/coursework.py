"""Internal assessment, essays and the TOK tasks: marks against the criteria of the right guide, and their length.

Maxima, splits and word limits stand in lists/ia_tasks.csv, each with its source; what is not listed there is not
checked. Every function is a rule over rows of the coursework tracker or of the core tracker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from addin.core.ib import Ask, Fault, Row
from addin.core.ib.session import Session, is_from, is_up_to, parse
from addin.core.ib.subjects import catalogue
from addin.core.records import frozen

_COLUMNS = ("subject", "task", "level", "max", "split", "words", "from", "to")


@frozen
class Task:
    """One task of one guide: its maximum, the maxima of its criteria (none where unknown), its longest text."""

    task: str
    level: str
    max: int | None
    split: tuple[int, ...]
    words: int | None
    first: str
    last: str

    def examined(self, level: str, session: Session | None) -> bool:
        """Whether it is the task for a level in a session; without a session every guide is possible."""
        in_time = session is None or (is_from(session, self.first) and is_up_to(session, self.last))
        return in_time and self.level in ("", level)


def marks(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """Marks that cannot be: above a maximum, of too few or too many criteria, not the sum of the criteria."""
    for place, row, found in _tasks(rows, ask, _subject_keys(ask)):
        yield from _faults(place, row, found)


def core_marks(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """The same for the extended essay, the TOK exhibition and the TOK essay."""
    for place, row, found in _tasks(rows, ask, lambda row: {row.get("component") or ""}):
        yield from _faults(place, row, found)


def words(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """Coursework that is longer than its guide allows."""
    for place, row, found in _tasks(rows, ask, _subject_keys(ask)):
        yield from _too_long(place, row, found)


def core_words(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """The same for the extended essay and the TOK essay."""
    for place, row, found in _tasks(rows, ask, lambda row: {row.get("component") or ""}):
        yield from _too_long(place, row, found)


def guides(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """Tasks of a guide that is not, or no longer, examined in the candidate's session."""
    known = _by_subject(ask)
    keys = _subject_keys(ask)
    for place, row in enumerate(rows):
        session, level = parse(row.get("session") or ""), row.get("level") or ""
        named = [task for key in keys(row) for task in known.get(key, ()) if _same(task.task, row.get("task"))]
        if session and named and not any(task.examined(level, session) for task in named):
            now = {t.task for key in keys(row) for t in known.get(key, ()) if t.examined(level, session)}
            say = f"{row.get('task')} is not the task for {session.name}."
            yield Fault(place, "task", say, f"Now it is: {', '.join(sorted(now))}." if now else "Look at the guide.")


def registered(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """Coursework in a subject that the candidate is not registered for; candidates without any line are left out."""
    known = catalogue(ask)

    def name(subject: str | None) -> str:
        found = known.find(subject or "")
        return found.name if found else subject or ""

    taken: dict[str, set[str]] = {}
    for row in ask.rows("registrations"):
        if row.get("status") != "Withdrawn":
            taken.setdefault(row.get("candidate") or "", set()).add(name(row.get("subject")))
    for place, row in enumerate(rows):
        candidate, subject = row.get("candidate") or "", name(row.get("subject"))
        if subject and candidate in taken and subject not in taken[candidate]:
            say = f"{candidate} is not registered for {subject}."
            yield Fault(place, "subject", say, "Correct the subject here or in Registrations.")


def without_core(rows: Sequence[Row], ask: Ask) -> Iterator[Fault]:
    """Diploma candidates of a session who have no line for a part of the core that others of it have already."""
    people: dict[str, set[str]] = {}
    for row in ask.rows("candidates"):
        if row.get("code") and row.get("category") == "D" and not row.get("left"):
            people.setdefault(row.get("session") or "", set()).add(row["code"])
    parts: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        if row.get("component") and row.get("candidate"):
            parts.setdefault((row["component"], row.get("session") or ""), []).append(place)
    for (component, session), places in parts.items():
        if missing := sorted(people.get(session, set()) - {rows[place]["candidate"] for place in places}):
            some = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
            say = f"These diploma candidates of {session} have no line for the {component}: {some}."
            yield Fault(places[0], "component", say, "Add a line for each of them.")


def _tasks(rows: Sequence[Row], ask: Ask, keys: Callable[[Row], set[str]]) -> Iterator[tuple[int, Row, Task]]:
    """Each row whose task is known beyond doubt: exactly one of the list is examined in its session."""
    known = _by_subject(ask)
    for place, row in enumerate(rows):
        session, level = parse(row.get("session") or ""), row.get("level") or ""
        found = [
            task for key in keys(row) for task in known.get(key, ())
            if task.examined(level, session) and _same(task.task, row.get("task"))
        ]  # fmt: skip
        if len(found) == 1:
            yield place, row, found[0]


def _faults(place: int, row: Row, task: Task) -> Iterator[Fault]:
    mark, single = row.get("mark"), _criteria(row.get("criteria"))
    if mark is not None and task.max is not None and mark > task.max:
        yield Fault(place, "mark", f"{mark} of {task.max} marks for {task.task}.", "Correct the mark.")
    if single and task.split and len(single) != len(task.split):
        say = f"{len(single)} marks, but {task.task} has {len(task.split)} criteria."
        yield Fault(place, "criteria", say, f"Their maxima are {'+'.join(map(str, task.split))}.")
    elif single and any(one > most for one, most in zip(single, task.split, strict=False)):
        yield Fault(
            place, "criteria", f"A mark is above its maximum: {'+'.join(map(str, single))}.",
            f"The maxima are {'+'.join(map(str, task.split))}.",
        )  # fmt: skip
    elif single and mark is not None and sum(single) != mark:
        yield Fault(place, "mark", f"The criteria make {sum(single)}, not {mark}.", "Correct one of the two.")


def _too_long(place: int, row: Row, task: Task) -> Iterator[Fault]:
    written = row.get("words")
    if written is not None and task.words is not None and written > task.words:
        say = f"{written} words; {task.task} may have {task.words}."
        yield Fault(place, "words", say, "Shorten it: what comes after the limit may not be read.")


def _by_subject(ask: Ask) -> dict[str, list[Task]]:
    columns = ask.list("ia_tasks")
    found: dict[str, list[Task]] = {}
    if not all(name in columns for name in _COLUMNS):
        return found
    for subject, task, level, most, split, longest, first, last in zip(*(columns[n] for n in _COLUMNS), strict=True):
        one = Task(task, level, _number(most), tuple(_criteria(split)), _number(longest), first, last)
        found.setdefault(subject, []).append(one)
    return found


def _subject_keys(ask: Ask) -> Callable[[Row], set[str]]:
    """Under which names of the list a row's subject may stand: its own, its family's, `Language B`."""
    known = catalogue(ask)

    def keys(row: Row) -> set[str]:
        subject = known.find(row.get("subject") or "")
        if not subject:
            return {row.get("subject") or ""}
        return {subject.name, subject.family} | ({f"Language {subject.kind}"} if subject.kind else set())

    return keys


def _same(task: str, written: str | None) -> bool:
    """Whether a row means this task; one that names none means the only one there is."""
    return not written or " ".join(written.split()).casefold() == task.casefold()


def _criteria(text: str | None) -> list[int]:
    return [int(part) for part in (text or "").replace(" ", "").split("+") if part.isdigit()]


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else None
