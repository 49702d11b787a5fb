"""People as rules speak of them: a candidate by name and code, staff by the names that the trackers hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher

from addin.core.ib import Row, RuleContext, once
from addin.core.ib.days import day
from addin.core.ib.session import parse
from addin.core.language import Said, phrase
from addin.core.tables.equality import fold

WITHDRAWN = "Withdrawn"
STAFF_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "staff": ("name",), "pd": ("staff",), "access": ("person",), "candidates": ("adviser",),
    "registrations": ("teacher",), "coursework": ("teacher",), "predicted": ("teacher",), "core": ("supervisor",),
    "meetings": ("owner", "chair"), "calendar": ("owner",), "policies": ("owner",), "evaluation": ("owner",),
    "planners": ("owner",), "observations": ("teacher", "observer"), "exams": ("invigilators",),
    "myp": ("supervisor",), "pyp": ("mentor",), "cp": ("supervisor",), "communications": ("owner",),
    "partners": ("owner",), "surveys": ("owner",), "induction": ("person", "mentor"), "eassessment": ("teacher",),
    "idu": ("owner",), "trips": ("staff",), "samples": ("teacher",), "documents": ("owner",),
    "learning": ("leader",), "groups": ("chair", "members"), "visit": ("leader",), "disclosures": ("person",),
    "results": ("teacher",), "keylog": ("person", "second_person"), "materials": ("person", "second_person"),
}  # fmt: skip
"""Where a tracker names colleagues; CAS supervisors are often outside the school."""
NEAR = 0.86
"""Names at least this alike (0 to 1) are asked about; measured on pairs such as Kamau and Kamua."""


class Candidates:
    """The candidates tracker, by code."""

    def __init__(self, context: RuleContext) -> None:
        self.rows: dict[str, Row] = once(context, "candidates by code", lambda: _by_code(context))

    def who(self, code: str | None) -> str:
        """`Ana Diaz (000123)`, or the code alone where no name is known."""
        name = self.name(code)
        return f"{name} ({code})" if name else str(code)

    def name(self, code: str | None) -> str:
        """`Ana Diaz`; blank where no name is known."""
        row = self.rows.get(code or "", {})
        return " ".join(filter(None, (row.get("first_names"), row.get("last_name"))))

    def has_left(self, code: str | None, today: date | None) -> bool:
        return has_left(self.rows.get(code or "", {}), today)


def _by_code(context: RuleContext) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in context.rows("candidates"):
        if row.get("code"):
            found.setdefault(row["code"], row)
    return found


def taken_by(context: RuleContext) -> Mapping[str, list[Row]]:
    """The registrations that were not withdrawn, by candidate."""
    return once(context, "registrations by candidate", lambda: by_candidate(lines(context)))


def has_left(row: Row, today: date | None) -> bool:
    """Whether a candidate's leaving date is today or earlier; any date counts where no day is known."""
    left = day(row.get("left"))
    return left is not None and (today is None or left <= today)


def lines(context: RuleContext) -> Iterator[Row]:
    """The registrations that were not withdrawn."""
    return (row for row in context.rows("registrations") if row.get("candidate") and row.get("status") != WITHDRAWN)


def by_candidate(rows: Iterable[Row], column: str = "candidate") -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.get(column):
            found.setdefault(row[column], []).append(row)
    return found


def session_of(row: Row) -> str:
    """A row's exam session in its short form, `M27` for `May 2027`; the text itself where it is no session."""
    text = row.get("session") or ""
    return str(parse(text) or text)


def people(text: str | None) -> list[str]:
    """The names in a cell, which may hold several, separated by semicolons or commas between whole names."""
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def staff_names(context: RuleContext) -> Counter[str]:
    """Every colleague's name as the trackers write it, with how often; a staff list counts as certain (1,000)."""
    return once(context, "staff names", lambda: _staff_names(context))


def _staff_names(context: RuleContext) -> Counter[str]:
    found: Counter[str] = Counter()
    for tracker, columns in STAFF_COLUMNS.items():
        weight = 1000 if tracker == "staff" else 1
        for row in context.rows(tracker):
            for column in columns:
                for name in people(row.get(column)):
                    found[name] += weight
    return found


_FAR = 6
"""Names whose lengths differ by more letters are not compared; invisible characters and blanks are allowed for."""


def nearly(name: str, known: Sequence[str]) -> str:
    """The one known name that `name` may be a slip of; "" where none or several are as near."""
    folded = fold(name)
    alike = (other for other in known if abs(len(other) - len(name)) <= _FAR)
    near = [(ratio, other) for other in alike if (ratio := _likeness(folded, fold(other))) >= NEAR]
    best = sorted(near, reverse=True)[:2]
    if not best or (len(best) == 2 and best[0][0] == best[1][0]):
        return ""
    return best[0][1]


def _likeness(one: str, other: str) -> float:
    if one == other or abs(len(one) - len(other)) > 2:
        return 0.0
    words, others = one.split(), other.split()
    if len(words) != len(others) or _initials_differ(words, others):
        return 0.0
    return SequenceMatcher(None, one, other).ratio()


def _initials_differ(words: Sequence[str], others: Sequence[str]) -> bool:
    """Two people may share a surname: R. Kamau is not a slip of J. Kamau, nor Ana Diaz of Eva Diaz."""
    differing = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    return any(min(len(a), len(b)) < 4 or a[0] != b[0] for a, b in differing)


def some(names: Iterable[str], most: int = 6) -> str:
    """A few names in a sentence: `a, b, c and 4 more`."""
    listed = sorted(names)
    more = len(listed) - most
    if more <= 0:
        return Said.of(", ".join(listed), listed)
    return phrase("{names} and {more} more", names=listed[:most], more=more)
