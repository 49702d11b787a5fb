"""Internal assessment, essays and the TOK tasks: marks against the criteria of the right guide, and their length.

Maxima, splits and word limits are in lists/ia_tasks.csv, each with its source; what is not listed there is not
checked. Every function is a rule over rows of the coursework tracker or of the core tracker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.people import Candidates, session_of, some
from addin.core.ib.session import Session, is_from, is_up_to, parse
from addin.core.ib.subjects import catalogue
from addin.core.language import phrase, phrases
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


def marks(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Marks that cannot be: above a maximum, of too few or too many criteria, not the sum of the criteria."""
    for index, row, found in _tasks(rows, context, _subject_keys(context)):
        yield from _faults(index, row, found)


def core_marks(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """The same for the extended essay, the TOK exhibition and the TOK essay."""
    for index, row, found in _tasks(rows, context, lambda row: {row.get("component") or ""}):
        yield from _faults(index, row, found)


def words(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Coursework that is longer than its guide allows."""
    for index, row, found in _tasks(rows, context, _subject_keys(context)):
        yield from _too_long(index, row, found)


def core_words(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """The same for the extended essay and the TOK essay."""
    for index, row, found in _tasks(rows, context, lambda row: {row.get("component") or ""}):
        yield from _too_long(index, row, found)


def guides(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Tasks of a guide that is not, or no longer, examined in the candidate's session."""
    known = _by_subject(context)
    keys = _subject_keys(context)
    for index, row in enumerate(rows):
        session, level = parse(row.get("session") or ""), row.get("level") or ""
        named = [task for key in keys(row) for task in known.get(key, ()) if _same(task.task, row.get("task"))]
        if session and named and not any(task.examined(level, session) for task in named):
            now = {t.task for key in keys(row) for t in known.get(key, ()) if t.examined(level, session)}
            text = phrase("{task} is not the task for {session}.", task=row.get("task"), session=session.name)
            yield Violation(
                index, "task", text, phrase("Now it is: {tasks}.", tasks=sorted(now)) if now else "Look at the guide."
            )


def without_core(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Diploma candidates of a session who have no line for a part of the core that others of it have already."""
    people: dict[str, set[str]] = {}
    for row in context.rows("candidates"):
        if row.get("code") and row.get("category") == "D" and not row.get("left"):
            people.setdefault(session_of(row), set()).add(row["code"])
    parts: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(rows):
        if row.get("component") and row.get("candidate"):
            parts.setdefault((row["component"], session_of(row)), []).append(index)
    who = Candidates(context).who
    for (component, session), indexes in parts.items():
        if missing := sorted(people.get(session, set()) - {rows[index]["candidate"] for index in indexes}):
            text = phrases(
                "{candidates} of {session} has no line for the {component}.",
                "{candidates} of {session} have no line for the {component}.",
                len(missing),
                candidates=some(map(who, missing), 10),
                session=session,
                component=component,
            )
            yield Violation(indexes[0], "component", text, "Add a line for each of them.")


def _tasks(
    rows: Sequence[Row], context: RuleContext, keys: Callable[[Row], set[str]]
) -> Iterator[tuple[int, Row, Task]]:
    """Each row whose task is known beyond doubt: exactly one of the list is examined in its session."""
    known = _by_subject(context)
    for index, row in enumerate(rows):
        session, level = parse(row.get("session") or ""), row.get("level") or ""
        found = [
            task
            for key in keys(row)
            for task in known.get(key, ())
            if task.examined(level, session) and _same(task.task, row.get("task"))
        ]
        if len(found) == 1:
            yield index, row, found[0]


def _faults(index: int, row: Row, task: Task) -> Iterator[Violation]:
    mark, single = row.get("mark"), _criteria(row.get("criteria"))
    if mark is not None and task.max is not None and mark > task.max:
        yield Violation(
            index,
            "mark",
            phrase("{mark} of {max} marks for {task}.", mark=mark, max=task.max, task=task.task),
            "Correct the mark.",
        )
    if single and task.split and len(single) != len(task.split):
        text = phrase(
            "{count} marks, but {task} has {criteria} criteria.",
            count=len(single),
            task=task.task,
            criteria=len(task.split),
        )
        yield Violation(
            index, "criteria", text, phrase("Their maxima are {marks}.", marks="+".join(map(str, task.split)))
        )
    elif single and any(one > most for one, most in zip(single, task.split, strict=False)):
        yield Violation(
            index,
            "criteria",
            phrase("A mark is above its maximum: {marks}.", marks="+".join(map(str, single))),
            phrase("The maxima are {marks}.", marks="+".join(map(str, task.split))),
        )
    elif single and mark is not None and sum(single) != mark:
        yield Violation(
            index,
            "mark",
            phrase("The criteria make {total}, not {mark}.", total=sum(single), mark=mark),
            "Correct one of the two.",
        )


def _too_long(index: int, row: Row, task: Task) -> Iterator[Violation]:
    written = row.get("words")
    if written is not None and task.words is not None and written > task.words:
        text = phrase("{written} words; {task} may have {words}.", written=written, task=task.task, words=task.words)
        yield Violation(index, "words", text, "Shorten it: what comes after the limit may not be read.")


def _by_subject(context: RuleContext) -> dict[str, list[Task]]:
    columns = context.list("ia_tasks")
    found: dict[str, list[Task]] = {}
    if not all(name in columns for name in _COLUMNS):
        return found
    for subject, task, level, most, split, longest, first, last in zip(*(columns[n] for n in _COLUMNS), strict=True):
        one = Task(task, level, _number(most), tuple(_criteria(split)), _number(longest), first, last)
        found.setdefault(subject, []).append(one)
    return found


def _subject_keys(context: RuleContext) -> Callable[[Row], set[str]]:
    """Under which names of the list a row's subject may be: its own, its family's, `Language B`."""
    known = catalogue(context)

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
