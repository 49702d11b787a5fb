"""The category of candidates where a school calls it otherwise: a column Programme with IBDP, IBCP and DP Courses."""

from __future__ import annotations

from addin.core.book import Grid
from addin.core.recognition.likeness import AGREES, below
from addin.core.recognition.matching import HeaderCandidate, Match, headers_in
from addin.core.recognition.vocabulary import header_key, words_of
from addin.core.settings import Lists
from addin.core.tables.choices import Choices, choices_of
from addin.core.tables.values import show
from addin.core.trackers import Tracker

LIST = "lists.categories.code"
LEAST_CELLS = 2
LONG = 3
"""Letters of a word that cannot be the name of a set or a house, as C and A can."""
_PROGRAMME = words_of("programme | program | ib programme | ib program | pathway | programa | filière | track | route")


def with_category(grid: Grid, best: HeaderCandidate, tracker: Tracker, lists: Lists) -> list[Match]:
    """The matches, and the one column left whose cells say Diploma, Courses or the like, as the category."""
    column = tracker.columns.get("category")
    choices = choices_of(column, lists) if column and column.words.get("one_of") == LIST else None
    if column is None or choices is None or any(match.column == column.name for match in best.matches):
        return best.matches
    numbers = {match.number for match in best.matches}
    free = [(number, header) for number, header in headers_in(grid, best.row) if number not in numbers]
    found = [Match(header, n, column.name) for n, header in free if _is_category(grid, best.row, n, header, choices)]
    return sorted([*best.matches, *found], key=lambda one: one.number) if len(found) == 1 else best.matches


def _is_category(grid: Grid, row: int, number: int, header: str, choices: Choices) -> bool:
    """Whether the cells below a header name categories, and are no single letters of something else."""
    cells = [show(cell).strip() for cell in below(grid, row, number)]
    good = [cell for cell in cells if len(choices.meanings(cell)) == 1]
    enough = len(cells) >= LEAST_CELLS and len(good) >= AGREES * len(cells)
    return enough and (header_key(header) in _PROGRAMME or any(len(cell) >= LONG for cell in good))
