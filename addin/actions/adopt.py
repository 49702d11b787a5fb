"""adopt: make a person's own workbook a live tracker.

Sheets with one row each are adopted in place; grids and messy tables become rows on new sheets of the same workbook.
Nothing is written before it is shown, and one batch writes it all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from addin.actions import Tell, silent
from addin.actions.adopt_source import (
    Opened,
    as_it_looks,
    find_students,
    is_ours,
    known_answers,
    open_source,
    setup_name,
    survey_sheets,
    with_known,
)
from addin.actions.convert import Beside, needs_workbook, remove, workbook_beside
from addin.backends.open import open_book
from addin.core import names, records
from addin.core.book import Book, Edits
from addin.core.language import ENGLISH, Language, phrase
from addin.core.recognition.adoption import Adopted, plan, settings_after
from addin.core.recognition.build import build
from addin.core.recognition.formats import TAKE
from addin.core.recognition.naming import usual_answers
from addin.core.recognition.new_sheets import SheetPlan, free_name, notes_sheet, plan_sheet
from addin.core.recognition.people import People
from addin.core.recognition.reading import LEAVE, Made, Question, Reading
from addin.core.recognition.recognise import NotUnderstood, Understood
from addin.core.recognition.setup import choices_of, english_choices, setup_sheet
from addin.core.settings import FILE
from addin.core.trackers.translate import translated
from addin.workspace import spoken
from addin.workspace.adopted import adopted_text, load_adopted, state_name
from addin.workspace.commit import commit_book
from addin.workspace.languages import every
from addin.workspace.settings import layouts_text
from addin.workspace.translation import LANGUAGE
from addin.workspace.turns import writing

Ask = Callable[[Reading, Mapping[str, str]], Mapping[str, str] | None]
"""Shows a Reading (with the titles of the trackers) and gives the answers; None where the person does not go on."""


@dataclass(frozen=True, slots=True)
class AdoptedBook:
    """What was understood of a person's workbook, what was not, and what was written."""

    reading: Reading
    adopted: Sequence[Adopted]
    new_sheets: Sequence[SheetPlan]
    settings: Path
    titles: dict[str, str]
    headers: dict[str, dict[str, str]]
    """tracker -> column -> what stands above it."""
    answers: Mapping[str, str] = field(default_factory=dict)
    written: bool = False
    asked: bool = False
    """Whether a person has seen the Reading and answered."""
    open_questions: Sequence[Question] = ()
    """Questions without which nothing was written."""
    setup: str = ""
    """The name of the Setup sheet, where only that was written, for a person to look at."""
    is_settled: bool = False
    """Whether there was nothing to write on the Setup sheet: how the sheets are read is in the settings already."""
    is_ours: bool = False
    """Whether the workbook has nothing but our own sheets: there is nothing to adopt."""
    beside: Beside | None = None
    """The workbook that was made for it, where the target is no workbook but a list (.xls, .ods, .csv …)."""

    @property
    def understood(self) -> list[Understood]:
        """The sheets that are adopted in place."""
        return self.reading.understood

    @property
    def not_understood(self) -> list[NotUnderstood]:
        """The sheets that are left alone."""
        return self.reading.not_understood


def adopt(
    target: str,
    *,
    dry_run: bool = False,
    answers: Mapping[str, str] | None = None,
    ask: Ask | None = None,
    take_defaults: bool = False,
    setup: bool = False,
    tell: Tell = silent,
) -> AdoptedBook:
    """Make a person's own workbook a live tracker; with `dry_run` only say what would be done.

    `answers` settle questions beforehand; `ask` puts the others to a person; with `take_defaults` the first answer
    holds. With `setup` only the Setup sheet is written, where a person changes what is wrong; the next adoption
    follows it and takes it out. What a person has written into ib-trackers.toml about a sheet is kept and used.
    Raises Problem.
    """
    with ExitStack() as stack:
        stack.enter_context(writing(target, "" if dry_run else "adopt", tell=tell))
        tell("Reading")
        beside = stack.enter_context(workbook_beside(target, dry_run=dry_run)) if needs_workbook(target) else None
        book = stack.enter_context(closing(open_book(str(beside.file) if beside else target)))
        found = adopt_book(
            book,
            str(beside.path) if beside else target,
            dry_run=dry_run,
            answers=answers or {},
            ask=ask,
            take_defaults=take_defaults,
            setup=setup,
            tell=tell,
            made_from=beside.source.name if beside else "",
        )
        if beside and not found.written and not dry_run:
            remove(beside.file)
        return replace(found, beside=beside)


def adopt_book(
    book: Book,
    target: str,
    *,
    dry_run: bool = False,
    answers: Mapping[str, str] | None = None,
    ask: Ask | None = None,
    take_defaults: bool = False,
    setup: bool = False,
    tell: Tell = silent,
    made_from: str = "",
) -> AdoptedBook:
    """As `adopt`, for a book that is already open: what a button does. It was made from the list `made_from`."""
    opened = open_source(book, target)
    tell("Recognising")
    state = load_adopted(opened.folder, opened.name) if opened.made else {}  # undone: asked again
    theirs = spoken.of_headers(opened.grids.values(), opened.trackers.values(), opened.settings, opened.folder)
    language = spoken.language_after(theirs)
    if is_ours(opened):
        return AdoptedBook(NOTHING, [], [], opened.folder / FILE, {}, {}, is_ours=True)
    on_sheet = setup_name(opened.read)
    shown = choices_of(opened.read[on_sheet]) if on_sheet else {}
    chosen = (
        english_choices(shown, opened.trackers.values(), [ENGLISH, language, *every(opened.folder)]) if shown else {}
    )
    given = {**known_answers(opened), **state.get("answers", {}), **({} if setup else chosen), **(answers or {})}
    seen = as_it_looks(opened, given)
    surveyed, words, known = survey_sheets(opened, seen.grids, given)
    home, before = find_students(opened, surveyed, known)
    if given.get("session") != state.get("answers", {}).get("session"):
        before = [{name: value for name, value in one.items() if name != "session"} for one in before]

    def read(with_answers: Mapping[str, str], assumed: Mapping[str, str] | None = None) -> Reading:
        now, again = seen, surveyed
        if seen.crossed and (with_answers.get("withdrawn") == TAKE) != seen.take:
            now = as_it_looks(opened, with_answers)
            again = survey_sheets(opened, now.grids, with_answers)[0]
        reading = build(
            again,
            now.grids,
            words,
            opened.trackers,
            opened.settings.lists,
            with_answers,
            home=home,
            today=opened.settings.today,
            before=before,
            crossed=now.crossed,
            assumed=assumed,
        )
        reading.questions[:] = [_in_their_language(one, language) for one in reading.questions]
        return with_known(reading, known, opened)

    take_defaults = take_defaults or bool(chosen)
    usual = usual_answers(opened.settings.today, take_defaults=take_defaults)
    usual["language"] = RESPONSE_LANGUAGES.get(language.code, usual["language"])
    assumed = {} if ask or setup else usual
    reading = read(given, assumed)
    titles = {name: phrase(tracker.title) for name, tracker in opened.trackers.items()}
    headers = {name: {c.name: phrase(c.header) for c in one.columns.values()} for name, one in opened.trackers.items()}
    if setup:
        own = setup_sheet(reading, surveyed, opened.grids, opened.trackers, shown, language)
        sheet = on_sheet or free_name(language.say(names.SETUP), opened.names)
        edits = Edits(sheets={sheet: own}) if len(own.rows) > 1 else Edits()
        written = (
            bool(edits)
            and not dry_run
            and commit_book(book, target, opened.read, edits, verb="setup", made_from=made_from)
        )
        settled = not edits
        return AdoptedBook(
            reading, [], [], opened.folder / FILE, titles, headers, given, written, setup=sheet, is_settled=settled
        )
    asked = ask is not None and bool(reading.questions)
    reading, given, needed = _answered(reading, given, read, ask, take_defaults, titles, assumed)
    _say_in(reading, opened, theirs or ENGLISH)
    edits, adopted, sheets = _edits(reading, opened, known, state, language, theirs or ENGLISH)
    written = False
    if not dry_run and not needed and (reading.understood or sheets):
        tell("Writing")
        if chosen:
            edits.removed.append(on_sheet)
        files = _files(opened, reading, sheets, given, state, theirs or ENGLISH)
        written = commit_book(book, target, opened.read, edits, verb="adopt", files=files, made_from=made_from)
    return AdoptedBook(reading, adopted, sheets, opened.folder / FILE, titles, headers, given, written, asked, needed)


NOTHING = Reading([], [], [], [], People())
RESPONSE_LANGUAGES = {"fr": "French", "es": "Spanish"}
"""What students most likely answer in, by the language of a workbook."""


def _in_their_language(question: Question, language: Language) -> Question:
    """The question of the response language, with that of the workbook as what is taken by itself."""
    answer = RESPONSE_LANGUAGES.get(language.code) if question.name == "language" else None
    return records.replace(question, default=answer) if answer else question


def _answered(
    reading: Reading,
    given: Mapping[str, str],
    read: Callable[[Mapping[str, str]], Reading],
    ask: Ask | None,
    take_defaults: bool,
    titles: Mapping[str, str],
    assumed: Mapping[str, str],
) -> tuple[Reading, dict[str, str], list[Question]]:
    """The reading with all questions answered, the answers, and the questions that stay open.

    It is read again only where an answer is another one than was `assumed`.
    """
    given = dict(given)
    if not reading.questions:
        return reading, given, []
    if ask is not None:
        found = ask(reading, titles)
        if found is None:
            return reading, given, list(reading.questions)
        given |= found
        return read(given), given, []
    defaults = {
        one.name: one.default or (_first(one) if take_defaults else "")
        for one in reading.questions
        if one.default or take_defaults
    }
    open_ = [one for one in reading.questions if one.name not in defaults]
    given |= defaults
    if ask is None and all(_is_assumed(answer, assumed.get(name, "")) for name, answer in defaults.items()):
        return records.replace(reading, questions=open_), given, open_
    return read(given), given, open_


def _is_assumed(answer: str, assumed: str) -> bool:
    """Whether an answer changes nothing: it was assumed, or it leaves everything as it is."""
    return answer == assumed or (not assumed and answer in LEAVE)


def _first(question: Question) -> str:
    """What `--yes` takes: never a guess about a date or a session, which are left as they are."""
    if question.name.startswith("date order") or question.name == "session":
        return "leave"
    return question.options[0][0] if question.options else ""


def _say_in(reading: Reading, opened: Opened, written: Language) -> None:
    """Put the columns that sheets get into the language these are written in."""
    for report in reading.sheets:
        found = report.understood
        if found and found.added and not written.is_english:
            local = translated(opened.trackers[found.tracker], opened.settings.lists, written, written)
            added = [one.in_words_of(local.columns[one.column]) for one in found.added]
            report.understood = replace(found, added=added)


def _edits(
    reading: Reading,
    opened: Opened,
    known: Sequence[Understood | NotUnderstood],
    state: Mapping[str, Any],
    language: Language,
    written: Language,
) -> tuple[Edits, list[Adopted], list[SheetPlan]]:
    random = Random()
    edits, adopted = plan(reading.understood, opened.grids, opened.trackers, random)
    sheets: list[SheetPlan] = []
    taken = list(opened.names)
    rows: dict[str, list[Made]] = {}
    for row in reading.made:
        rows.setdefault(row.tracker, []).append(row)
    for tracker in opened.trackers.values():
        made = rows.get(tracker.name, [])
        base = state.get("rows", {}).get(tracker.name, {})
        if made or (tracker.name in opened.made and base):
            local = translated(tracker, opened.settings.lists, written, written)
            one = plan_sheet(made, local, opened.made.get(tracker.name), base, taken, edits, random, written)
            taken.append(one.sheet)
            sheets.append(one)
    if reading.listed and sheets:
        edits.sheets[language.say(names.ADOPTION)] = notes_sheet(reading.listed, language)
    return edits, adopted, sheets


def _files(
    opened: Opened,
    reading: Reading,
    sheets: Sequence[SheetPlan],
    answers: Mapping[str, str],
    state: Mapping[str, Any],
    written: Language,
) -> dict[str, str]:
    """The text files that belong to the adoption: which sheet is which tracker, and what the sources said."""
    layouts: dict[str, list[dict[str, object]]] = {}
    for one in reading.understood:
        layouts.setdefault(one.tracker, []).append(settings_after(one))
    for plan_ in sheets:
        layouts.setdefault(plan_.tracker, []).append({"sheet": plan_.sheet, "header_row": 1, "columns": plan_.columns})
    if not written.is_english:
        layouts = {name: [{**one, LANGUAGE: written.code} for one in all_] for name, all_ in layouts.items()}
    files = {FILE: layouts_text(opened.folder, layouts, opened.name)}
    if sheets:
        rows = {**state.get("rows", {}), **{plan_.tracker: plan_.base for plan_ in sheets}}
        files[state_name(opened.name)] = adopted_text(answers, rows)
    return files
