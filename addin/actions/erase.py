"""privacy erase: a student goes from a workbook so that totals stay; undo takes it back until it is confirmed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from addin.actions import Tell, silent
from addin.actions.fix import find
from addin.actions.validate import edits_to_show
from addin.backends.backup import backups_of
from addin.core import target as targets
from addin.core.book import Cell, Grid, Value
from addin.core.checks.erased import is_erased
from addin.core.erasure import Erasure, names_of_one, new_word, plan_erasure, rows_about, whole_names
from addin.core.language import phrase
from addin.core.names import STATE_FOLDER
from addin.core.records import field, record, replace
from addin.core.text import counted
from addin.errors import Problem
from addin.files import private_bytes, read_json
from addin.workspace import journal
from addin.workspace.commit import book_key, commit, journal_folder
from addin.workspace.copies import elsewhere, left_in_file, other_sheets, shared
from addin.workspace.disclosures import rename_person
from addin.workspace.tracker_files import heads
from addin.workspace.tracker_sheets import read_tables, sheets_of_trackers
from addin.workspace.workbook import Workbook, opened

PENDING = "erasures.json"
"""Which code became which word, until a person confirms: confirming needs it, undo leaves it."""


@record
class Erased:
    """What an erasure did, and where the person still is."""

    plan: Erasure
    still: list[str] = field(default_factory=list)
    """Sentences: places that were not changed."""


def erase(target: str, person: str, *, dry_run: bool = False, tell: Tell = silent) -> Erased:
    """Erase a candidate from a workbook; `undo` takes it back until it is confirmed. Raises Problem."""
    tell("Reading")
    with opened(target, verb="" if dry_run else "erase") as workbook:
        if is_erased(person):
            raise Problem(
                phrase("{person} is erased already.", person=person),
                next=phrase("To make it final: add --confirm {person}", person=person),
            )
        if not rows_about(workbook.trackers, workbook.tables, person):
            raise Problem(
                phrase("There is no row about {person}.", person=person),
                where=target,
                next=phrase("Name a candidate by the code."),
            )
        tell("Checking")
        plan = plan_erasure(workbook.trackers, workbook.tables, workbook.grids, person, new_word(), workbook.settings)
        names = whole_names(workbook.tables, person)
        if not dry_run:
            tell("Writing")
            _write(workbook, plan, person)
        return Erased(plan, [*other_sheets(workbook, names), *elsewhere(workbook, person)])


def confirm(target: str, word: str) -> list[str]:
    """Make an erasure final: kept copies, undo and the link from word to code go. Raises Problem.

    Returns sentences about what is left.
    """
    with opened(target, verb="erase") as workbook:
        folder = journal_folder(workbook.book, workbook.target)
        pending = _pending(folder) if folder else {}
        if folder is None or word not in pending:
            raise Problem(
                phrase("No erasure {word} waits.", word=word),
                next=phrase("Erase the person first: ib-trackers privacy erase …"),
            )
        if not rows_about(workbook.trackers, workbook.tables, word):
            raise Problem(
                phrase("{word} is not in the workbook: was the erasure undone?", word=word),
                next=phrase("Erase the person again."),
            )
        code, names = pending[word]["code"], pending[word]["names"]
        done = []
        if targets.is_file(target):
            copies = backups_of(Path(target).resolve())
            for one in copies:
                one.unlink(missing_ok=True)
            done.append(
                phrase("{copies} of the workbook deleted.", copies=counted(len(copies), "kept copy", "kept copies"))
            )
        numbers = [one.number for one in journal.entries(folder, book_key(workbook.book, target))]
        for number in numbers:
            journal.forget(folder, number)
        done.append(phrase("Undo and history of earlier changes of this workbook are gone."))
        entries = rename_person(folder, code, word)
        done.append(
            phrase(
                "{entries} of the log of disclosures now say {word}.",
                entries=counted(entries, "entry", "entries"),
                word=word,
            )
        )
        _keep_pending(
            folder,
            {
                one: data
                for one, data in pending.items()
                if one != word and rows_about(workbook.trackers, workbook.tables, one)
            },
        )
        return [*done, *left_in_file(target, [code, *names]), *shared(workbook)]


def _write(workbook: Workbook, plan: Erasure, person: str) -> None:
    """Write the erasure with its marks and Findings as one change, and remember that it waits to be confirmed."""
    after = with_cells(workbook, {**dict.fromkeys(plan.calculated), **plan.cells})
    edits = edits_to_show(after, find(after))
    edits.cells.update(plan.cells)
    folder = journal_folder(workbook.book, workbook.target)
    before = _pending(folder) if folder else {}
    if folder is not None:  # first, since it must be known when the workbook is written
        names = sorted(names_of_one(workbook.tables, person))
        waiting = {word: one for word, one in before.items() if one["code"] != person}
        _keep_pending(folder, waiting | {plan.word: {"code": person, "names": names}})
    try:
        commit(workbook, edits, verb="erase")
    except BaseException:
        if folder is not None:
            with suppress(OSError):
                _keep_pending(folder, before)
        raise


def with_cells(workbook: Workbook, cells: Mapping[Cell, Value]) -> Workbook:
    """The workbook as it is once these cells are written."""
    grids = dict(workbook.grids)
    for sheet in {cell[0] for cell in cells}:
        grids[sheet] = _edited(grids[sheet], {cell[1:]: value for cell, value in cells.items() if cell[0] == sheet})
    sheets = sheets_of_trackers(heads(workbook.folder / "trackers"), list(grids), workbook.settings)
    return replace(workbook, grids=grids, tables=read_tables(workbook.trackers, sheets, grids))


def _edited(grid: Grid, cells: Mapping[tuple[int, int], Value]) -> Grid:
    values = [list(line) for line in grid.values]
    for (row, column), value in cells.items():
        values[row - 1][column - 1] = value
    return replace(grid, values=values)


def _pending(folder: Path) -> dict[str, dict[str, Any]]:
    """Each erasure that waits. Raises FileProblem."""
    found: dict[str, dict[str, Any]] | None = read_json(
        folder / STATE_FOLDER / PENDING,
        lambda found: all(isinstance(one["code"], str) and _are_texts(one["names"]) for one in found.values()),
        next=phrase(
            "Put it back from a backup, or delete it: what was erased and not confirmed can then only be undone."
        ),
    )
    return found or {}


def _are_texts(names: Any) -> bool:
    return isinstance(names, list) and all(isinstance(name, str) for name in names)


def _keep_pending(folder: Path, pending: Mapping[str, object]) -> None:
    path = folder / STATE_FOLDER / PENDING
    if pending:
        private_bytes(path, json.dumps(pending, ensure_ascii=False).encode())
    else:
        path.unlink(missing_ok=True)
