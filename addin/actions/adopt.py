"""adopt: make a person's own workbook a live tracker, in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import SystemRandom

from addin.actions import Tell, silent
from addin.backends.open import open_book
from addin.core.recognition.adoption import Adopted, layout_settings, plan
from addin.core.recognition.recognise import NotUnderstood, Understood, as_told, recognise_all
from addin.core.settings import FILE
from addin.workspace.commit import commit_book
from addin.workspace.settings import layouts_text, load
from addin.workspace.tracker_files import load_all
from addin.workspace.tracker_sheets import is_own_sheet
from addin.workspace.turns import writing
from addin.workspace.workbook import file_name, folder_of


@dataclass(frozen=True, slots=True)
class AdoptedBook:
    """What was understood of a person's workbook, what was not, and what was written."""

    understood: Sequence[Understood]
    not_understood: Sequence[NotUnderstood]
    adopted: Sequence[Adopted]
    settings: Path
    titles: dict[str, str]


def adopt(target: str, *, dry_run: bool = False, tell: Tell = silent) -> AdoptedBook:
    """Make a person's own workbook a live tracker, in place; with `dry_run` only say what would be done.

    What a person has written into ib-trackers.toml about a sheet is kept and used. Raises Problem.
    """
    with writing(target, "" if dry_run else "adopt", tell=tell):
        return _adopt(target, dry_run=dry_run, tell=tell)


def _adopt(target: str, *, dry_run: bool, tell: Tell) -> AdoptedBook:
    tell("Reading")
    book = open_book(target)
    try:
        folder = folder_of(book, target)
        name = file_name(book, target)
        settings = load(folder, today=date.today(), book=name)
        trackers = load_all(folder / "trackers")
        grids = book.read(book.sheets())
        grids = {sheet: grid for sheet, grid in grids.items() if not is_own_sheet(grid)}
        tell("Recognising")
        told = {given["sheet"]: (name, given) for name, sheets in settings.layouts.items() for given in sheets}
        found = [
            *(as_told(grid, trackers, *told[sheet]) for sheet, grid in grids.items() if sheet in told),
            *recognise_all({s: g for s, g in grids.items() if s not in told}, trackers, settings.lists),
        ]
        found.sort(key=lambda one: list(grids).index(one.sheet))
        understood = [one for one in found if isinstance(one, Understood)]
        edits, adopted = plan(understood, grids, trackers, SystemRandom())
        if not dry_run and understood:
            tell("Writing")
            layouts: dict[str, list[dict[str, object]]] = {}
            for one in understood:
                layouts.setdefault(one.tracker, []).append(layout_settings(one))
            files = {FILE: layouts_text(folder, layouts, name)}
            commit_book(book, target, grids, edits, verb="adopt", files=files)
    finally:
        book.close()
    others = [one for one in found if isinstance(one, NotUnderstood)]
    return AdoptedBook(understood, others, adopted, folder / FILE, {n: t.title for n, t in trackers.items()})
