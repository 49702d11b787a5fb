"""import, of the answers of a form: which tracker they are for, and whose rows they are."""

from __future__ import annotations

from collections.abc import Mapping

from addin.core.ib import session as sessions
from addin.core.language import phrase
from addin.core.recognition.forms import WHOLE_NAMES, Form, People, as_asked, asks_for, of_staff, of_students
from addin.core.recognition.likeness import names, weights
from addin.core.recognition.matching import Match, best_row, without_calculated
from addin.core.recognition.recognise import CLEAR, NotUnderstood, Understood
from addin.core.recognition.source import Source
from addin.core.tables.equality import fold
from addin.core.tables.layout import plain
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.workspace.workbook import Workbook

LEAST_ASKED = 2
"""So many questions at least must be about columns of the tracker."""
OF_STAFF = {"pd": ("staff", "email"), "staff": ("name", "email")}
"""The trackers whose rows are of the colleague who answers: the columns of the name and the e-mail address."""

ESSAY = "Extended essay"
"""The component of EE and TOK that a form on essays is about."""


def form_rows(
    source: Source, form: Form, workbook: Workbook, known: Mapping[str, Tracker], only: str
) -> tuple[Source, Understood | NotUnderstood]:
    """The answers as rows of the tracker that asks for most of them."""
    weigh, lists, people = weights(known), workbook.settings.lists, people_of(workbook)
    tried: list[tuple[float, str, Source, list[Match]]] = []
    for name, tracker in known.items():
        made, added = _rows_for(tracker, source, form, people)
        seen = best_row(made.grid, without_calculated(tracker), lists, weigh)
        asked = [match for match in seen.matches if match.number > added]
        if seen.row == 1 and len(asked) >= (1 if only else LEAST_ASKED):
            headers = [plain(tracker.columns[match.column].header) for match in asked]
            tells = len(asked) + sum(weigh.get(header, 0.3) for header in headers)
            tried.append((tells, name, made, seen.matches))
    tried.sort(key=lambda one: -one[0])
    if not tried:
        return source, NotUnderstood(source.grid.sheet, phrase("the answers of a form, whose questions fit no tracker"))
    if len(tried) > 1 and tried[0][0] - tried[1][0] < CLEAR:
        one, other = (known[name].title for _, name, _, _ in tried[:2])
        said = phrase("the answers of a form, which may be {one} or {other}", one=one, other=other)
        return source, NotUnderstood(source.grid.sheet, said)
    _, name, made, matches = tried[0]
    return made, Understood(made.grid.sheet, name, 1, matches)


def _rows_for(tracker: Tracker, source: Source, form: Form, people: People) -> tuple[Source, int]:
    """The answers as this tracker would have them, and how many columns are not from questions."""
    known = names(tracker)
    if pair := OF_STAFF.get(tracker.name):
        asking = form.asking(source, {*(name for name, columns in known.items() if pair[0] in columns), *WHOLE_NAMES})
        staff = people.staff.get(tracker.name, {})
        return of_staff(source, asking, staff, [tracker.columns[name].header for name in pair]), len(pair)
    if "candidate" in tracker.columns:
        asking = form.asking(source, [name for name, columns in known.items() if "candidate" in columns])
        given = {name: (tracker.columns[name].header, value) for name, value in _given(tracker, source, form).items()}
        return of_students(source, asking, people, given), len(given)
    return as_asked(source, form), 0


def _given(tracker: Tracker, source: Source, form: Form) -> dict[str, str]:
    """The columns of a student's row that no question asks for, with the value that all rows have."""
    given = {"entry": ""} if [*tracker.key] == ["entry"] else {}
    given["candidate"] = ""
    known = names(tracker)

    def asked(column: str) -> bool:
        return asks_for(source, form, [name for name, columns in known.items() if column in columns])

    if "session" in tracker.key and not asked("session"):
        given["session"] = ""
    if tracker.name == "core" and not asked("component") and _is_about_essay(source):
        given["component"] = ESSAY
    return given


def _is_about_essay(source: Source) -> bool:
    """Whether the sheet or a question speaks of the extended essay, and none of TOK."""
    words = {*plain(" ".join(map(show, [source.grid.sheet, *source.grid.values[0]]))).split()}
    essay = {"ee"} & words or {"extended", "essay"} <= words or words & {"monografía", "mémoire"}
    return bool(essay) and not words & {"tok", "exhibition", "tdc"}


def people_of(workbook: Workbook) -> People:
    """Who is known by which e-mail address, and which sessions and entries there are."""
    tables = workbook.tables
    candidates = _pairs(workbook, "candidates", "code", "session")
    staff, pd = _by_address(workbook, "staff", "name"), _by_address(workbook, "pd", "staff")
    return People(
        _by_address(workbook, "candidates", "code"),
        {"staff": pd | staff, "pd": staff | pd},
        frozenset(code for code, _ in candidates) - {""},
        frozenset(map(show, tables["cas"].columns["entry"])) if "cas" in tables else frozenset(),
        {code: str(sessions.parse(session) or session) for code, session in candidates if code and session},
    )


def _pairs(workbook: Workbook, tracker: str, one: str, other: str) -> list[tuple[str, str]]:
    table = workbook.tables.get(tracker)
    if table is None:
        return []
    return [(show(a).strip(), show(b).strip()) for a, b in zip(table.columns[one], table.columns[other], strict=True)]


def _by_address(workbook: Workbook, tracker: str, column: str) -> dict[str, str]:
    """Folded e-mail address -> whose it is; without those that are of several."""
    found: dict[str, set[str]] = {}
    for address, value in _pairs(workbook, tracker, "email", column):
        if address and value:
            found.setdefault(fold(address), set()).add(value)
    return {address: next(iter(values)) for address, values in found.items() if len(values) == 1}
