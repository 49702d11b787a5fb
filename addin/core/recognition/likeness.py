"""How much the cells of a person's column look like those of a tracker's column, and the headers like its names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import islice

from addin.core.book import Grid, Value
from addin.core.recognition.form_questions import plain_question, plain_questions
from addin.core.recognition.vocabulary import WORDS, in_two_scripts
from addin.core.regex import regex
from addin.core.settings import Lists
from addin.core.tables.layout import plain
from addin.core.tables.values import READERS, SERIAL_READERS, show, split
from addin.core.trackers import Column, Tracker

SAMPLE = 200
"""How many cells of a column are looked at."""
AGREES = 0.8
"""The part of the cells that must agree with a column before a doubtful header is taken for it."""
LIKE = 0.82
"""How alike a header and a column's name must be to be thought of at all (difflib's ratio)."""

_COUNTED = regex(r"\b(?:[2-9]|no|nr|num|number|id|code|date)\b")
"""What makes a column another one, however alike the rest of its header is."""


def below(grid: Grid, row: int, number: int) -> list[Value]:
    """The filled cells below a header, a sample of them."""
    lines = islice(grid.values, row, None)
    cells = (line[number - 1] for line in lines if len(line) >= number and line[number - 1] is not None)
    return [*islice(cells, SAMPLE)]


def is_subject_group(cells: Sequence[Value]) -> bool:
    """Whether these are the numbers of the IB's six groups of subjects, and no teaching groups."""
    return bool(cells) and all(
        re.fullmatch(r"(?i)(?:g|gr|group|grupo|groupe|gruppe)?\.?\s*[1-6]", show(c)) for c in cells
    )


def alike(header: str, column: Column) -> float:
    """How alike a header and a column's names are, 0 to 1; below LIKE it is not worked out to the last digit."""
    text = plain(header)
    matcher = SequenceMatcher(None, "", text)
    counted = _COUNTED.findall(text)
    best = 0.0
    for name in filter(None, plain_names((column.header, *column.aliases))):
        if _COUNTED.findall(name) != counted:
            continue  # `Essay title no.` is not the essay's title, `Languages` not the second language
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE:
            best = max(best, matcher.ratio())
    return best


def agreement(cells: Sequence[Value], column: Column, lists: Lists, *, serial: bool = False) -> float:
    """The part of these cells (0 to 1) that could be in the column."""
    read = (SERIAL_READERS if serial else READERS)[column.type]
    among = allowed(column, lists)
    pattern = column.words.get("pattern")
    good = 0
    for cell in cells:
        value, odd = read(cell)
        if odd and odd.level == "error":
            continue
        parts: Iterable[str] = split(value) if column.several else (show(value),)
        good += all(
            (not among or plain(part) in among) and (not pattern or bool(re.fullmatch(pattern, part))) for part in parts
        )
    return good / len(cells) if cells else 0.0


def allowed(column: Column, lists: Lists) -> set[str]:
    """The plain values that the column may hold, where a list says so; empty where none does, or it is not known."""
    limit = column.words.get("one_of") or column.words.get("exists_in") or ()
    if isinstance(limit, str):
        _, _, rest = limit.partition("lists.")
        name, _, of = rest.partition(".")
        limit = lists.get(name, {}).get(of, ())
    return {plain(value) for value in limit}


def telling(column: Column, lists: Lists) -> bool:
    """True where a column's cells can be told from any others: by a list or a pattern."""
    return bool(allowed(column, lists)) or "pattern" in column.words


def refers(column: Column) -> bool:
    """True where the column names rows of another tracker, such as a candidate's code."""
    limit = column.words.get("exists_in")
    return isinstance(limit, str) and not limit.startswith("lists.")


_UNIT = regex(
    r"(?i)\s*[(\[]\s*(?:in |en )?(?:usd|us\$|eur|euros?|gbp|chf|jpy|cny|rmb|hkd|sgd|aud|cad|inr|aed|qar|thb|[$€£¥₹]|"
    r"h|hrs?|hours?|heures?|horas?|stunden|std|min|mins|minutes?|minuten|words?|pts?|points?|"
    r"(?:[dj]{1,2}|tt)[./ -]m{1,3}[./ -][yaj]{2,4}|m{1,2}[./ -]d{1,2}[./ -]y{2,4}|"
    r"y{4}[./ -]m{2}[./ -]d{2}|[1-9IV](?:\s*(?:[,/–-]|or|to|and|ou|o|und|bis|y|et|a|à)\s*[1-9IV])+)\s*[)\]]\s*$|"
    r"\s*[(\[]?\s*(?:/|out of)\s*\d{1,3}\s*[)\]]?\s*$"
)
"""What a header says of the unit, the currency, the form, the values or the most of its cells: `Cost (USD)`,
`Category (1, 2 or 3)`, `Mark /24`."""


def known_name(header: str, known: Mapping[str, list[str]]) -> str:
    """The known name that a header is, as it stands, as a question, or as two words for one column (`Activity / project
    title`); "" for any other."""
    names, sides = _names_and_sides(header)
    for name in names:
        if name in known:
            return name
    same = sides and all(side in known for side in sides) and len({tuple(known[side]) for side in sides}) == 1
    return sides[0] if same else ""


@lru_cache(maxsize=8192)  # each tracker is asked for the texts of the same rows
def _names_and_sides(header: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a header may be called in one, and the words of which each may be its column."""
    bare = _UNIT.sub("", header)
    halves = map(plain, in_two_scripts(header))
    names = (plain(header), *plain_questions(header), *(_bare(bare) if bare != header else ()), *halves)
    if "/" not in header and " or " not in header:
        return tuple(filter(None, names)), ()
    return tuple(filter(None, names)), tuple(plain_question(f" {side}") for side in re.split(r"/| or ", header))


def _bare(header: str) -> tuple[str, ...]:
    """A header without what is said of its cells, as it stands and as a question."""
    return (plain(header), *plain_questions(header))


@cache
def plain_names(given: tuple[str, ...]) -> tuple[str, ...]:
    """Names as they are compared."""
    return tuple(map(plain, given))


def names(tracker: Tracker) -> dict[str, list[str]]:
    """Every plain header and alias, with the columns it stands for; a column's own header wins over aliases."""
    own = {plain_names((column.header,))[0]: [column.name] for column in tracker.columns.values()}
    found: dict[str, list[str]] = {}
    for column in tracker.columns.values():
        for alias in dict.fromkeys(plain_names((*column.aliases, column.name, *spoken(tracker.name, column.name)))):
            if alias:
                found.setdefault(alias, []).append(column.name)
    return found | own


@cache
def spoken(tracker: str, column: str) -> tuple[str, ...]:
    """What schools write above a column besides its aliases, in several languages."""
    text = WORDS.get(tracker, {}).get(column, "")
    return tuple(text.split(" | ")) if text else ()


def weights(trackers: Mapping[str, Tracker]) -> dict[str, float]:
    """How much a plain header tells about which tracker a sheet is: 1 for one that only one has, less for `Notes`.

    Columns that are looked up from another tracker, or that name its rows, are not counted: a surname tells of
    Candidates, though many sheets show it. Trackers that few schools keep count half, and three at most: however many
    of those there are, the headers of the main ones go on telling.
    """
    main: dict[str, int] = {}
    other: dict[str, int] = {}
    for tracker in trackers.values():
        own = [c for c in tracker.columns.values() if not c.calculated and not refers(c)]
        count = main if tracker.starter else other
        for header in {
            name for c in own for name in plain_names((c.header, c.name, *c.aliases, *spoken(tracker.name, c.name)))
        }:
            count[header] = count.get(header, 0) + 1
    return {h: max(1.0, main.get(h, 0) + min(3, other.get(h, 0)) / 2) ** -0.5 for h in main | other}
