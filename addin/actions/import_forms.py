"""import, of the answers of a form: which tracker they are for, and whose rows they are."""

from __future__ import annotations

from collections.abc import Mapping

from addin.core.language import phrase
from addin.core.recognition.forms import WHOLE_NAMES, Form, People, as_asked, of_staff, of_students
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


def form_rows(
    source: Source, form: Form, workbook: Workbook, known: Mapping[str, Tracker], only: str
) -> tuple[Source, Understood | NotUnderstood]:
    """The answers as rows of the tracker that asks for most of them."""
    weigh, lists, people = weights(known), workbook.settings.lists, _people(workbook)
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
        return of_staff(source, asking, people, [tracker.columns[name].header for name in pair]), len(pair)
    if "candidate" in tracker.columns:
        asking = form.asking(source, [name for name, columns in known.items() if "candidate" in columns])
        given = ["entry", "candidate"] if [*tracker.key] == ["entry"] else ["candidate"]
        return of_students(source, asking, people, [tracker.columns[name].header for name in given]), len(given)
    return as_asked(source, form), 0


def _people(workbook: Workbook) -> People:
    """Who is known by which e-mail address."""
    tables = workbook.tables
    codes: dict[str, str] = {}
    staff: dict[str, str] = {}
    for name, found, who in (("candidates", codes, "code"), ("staff", staff, "name"), ("pd", staff, "staff")):
        if name not in tables:
            continue
        several: set[str] = set()
        for email, value in zip(tables[name].columns["email"], tables[name].columns[who], strict=True):
            address = fold(show(email))
            if not address or not value:
                continue
            if found.setdefault(address, show(value)) != show(value) and who != "staff":
                several.add(address)
        for address in several:
            found.pop(address)
    known = frozenset(map(show, tables["candidates"].columns["code"])) if "candidates" in tables else frozenset()
    entries = frozenset(map(show, tables["cas"].columns["entry"])) if "cas" in tables else frozenset()
    return People(codes, staff, known - {""}, entries)
