"""new: make a workbook with the trackers that were chosen."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from addin.actions import Tell, silent
from addin.core.book import Value
from addin.core.ib import session as sessions
from addin.core.language import phrase
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.trackers import Tracker
from addin.errors import BookProblem, Problem, file_problem
from addin.files import private
from addin.workspace.languages import language as named_language
from addin.workspace.settings import load
from addin.workspace.spoken import note
from addin.workspace.tracker_files import Head, heads, load_named
from addin.workspace.translation import in_its_language

SAMPLE_SCHOOL = {"name": "Riverside International School", "code": "000999"}


class Planted(Protocol):
    """A mistake planted in a sample: where it is, and the rule that must find it."""

    @property
    def tracker(self) -> str: ...
    @property
    def row(self) -> int: ...
    @property
    def rule(self) -> str: ...
    @property
    def what(self) -> str: ...


class Sample(Protocol):
    """Rows to fill a new workbook with, by tracker, and their row ids; `demo.sample.school` makes one."""

    @property
    def rows(self) -> Mapping[str, list[dict[str, Value]]]: ...
    @property
    def ids(self) -> Mapping[str, list[str]]: ...
    @property
    def planted(self) -> Sequence[Planted]: ...


@dataclass(frozen=True, slots=True)
class Made:
    """A new workbook, and what is in it."""

    path: Path
    titles: Sequence[str]
    planted: int = 0
    planted_list: Path | None = None


def new(
    book: str,
    *,
    programme: str = "dp",
    trackers: Sequence[str] = (),
    session: str = "",
    language: str = "",
    sample: Callable[[Settings, Mapping[str, Tracker]], Sample] | None = None,
    today: date | None = None,
    tell: Tell = silent,
) -> Made:
    """Make a workbook with these trackers (all of the programme's where none are named). Raises Problem.

    `language` is that of its sheets, drop-downs and messages.
    A workbook that exists is never overwritten. `sample` makes its rows for these settings and trackers; a list of the
    mistakes planted in them is written beside it.
    """
    from addin.templates import build

    path = Path(book)
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise BookProblem(
            phrase("must end in .xlsx, or in .xlsm for buttons."),
            where=book,
            next=phrase("Give it one of these names."),
        )
    if os.path.lexists(path):  # a link whose drive is away counts, too
        raise BookProblem(
            phrase("already exists; it is not overwritten."), where=book, next=phrase("Choose another name.")
        )
    settings = load(path.resolve().parent, today=today or date.today())
    chosen = choose(heads(path.resolve().parent / "trackers"), programme, trackers)
    settings = with_session(settings, session, programme)
    spoken = named_language(language or str(settings.values.get("workbook_language") or ""), path.resolve().parent)
    note(spoken)
    settings = replace(settings, language=spoken, written=spoken)
    chosen = in_its_language(chosen, settings)
    _make_folder(path.parent)
    tell("Building")
    titles = [tracker.title for tracker in chosen.values()]
    if sample is None:
        build(path, chosen, settings)
        return Made(path, titles)
    settings = replace(settings, school=settings.school or SAMPLE_SCHOOL)
    made = sample(settings, chosen)
    build(path, chosen, settings, made.rows, made.ids)
    planted = [one for one in made.planted if one.tracker in chosen]
    listed = path.with_name(f"{path.stem} planted mistakes.csv")
    write_planted(listed, planted, chosen)
    return Made(path, titles, len(planted), listed)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise file_problem(error, folder, doing="made", next=phrase("Choose another folder.")) from None


def with_session(settings: Settings, session: str, programme: str) -> Settings:
    """The settings with a session: the one asked for, the school's, or the next May session."""
    found = sessions.parse(session or str(settings.values.get("session") or ""))
    if session and found is None:
        raise Problem(
            phrase("{session} is not an exam session.", session=f"{session!r}"),
            next=phrase("Write it as M27 (May 2027) or N27 (November 2027)."),
        )
    if found is None:
        found = sessions.Session(settings.today.year + (settings.today.month >= 6), 5)
    return replace(settings, values={**settings.values, "session": str(found), "programme": programme})


def choose(known: Mapping[str, Head], programme: str, names: Sequence[str]) -> dict[str, Tracker]:
    """The trackers that were named (`all`: every one of the programme), else its starters; with those they refer to."""
    for name in names:
        if name not in known and name != "all":
            raise Problem(
                phrase("There is no tracker {name}.", name=f"{name!r}"),
                next=phrase("There are: {known}.", known=", ".join(known)),
            )
    if not names or "all" in names:
        mine = [n for n, h in known.items() if not h.programmes or programme in map(str.lower, h.programmes)]
        names = mine if "all" in names else [name for name in mine if known[name].starter]
    return load_named(names, known)


def write_planted(path: Path, planted: Sequence[Planted], trackers: Mapping[str, Tracker]) -> None:
    """What is wrong in the sample, to compare with what Validate finds."""
    with private(path, "utf-8-sig") as file:
        lines = csv.writer(file, lineterminator="\r\n")
        lines.writerow(["Sheet", "Row", "Rule", "What was done"])
        lines.writerows([trackers[one.tracker].sheet, one.row, one.rule, one.what] for one in planted)
