"""A table of staff down and workshops across: which column holds the names, and which are workshops."""

from __future__ import annotations

from collections.abc import Mapping

from addin.core.book import Grid, Value
from addin.core.recognition.context import school_year_in
from addin.core.recognition.header_rows import filled
from addin.core.recognition.header_words import Words
from addin.core.recognition.people import is_name
from addin.core.recognition.regions import Region
from addin.core.recognition.roles import Role, cells_of, no_mark, taken_mark
from addin.core.recognition.spoken_dates import Spoken, read_spoken
from addin.core.recognition.subject_names import SubjectNames
from addin.core.recognition.vocabulary import ABOUT_PD, WORDS, header_key, words_of
from addin.core.recognition.workshop_text import CATEGORY, split_mode, topic_of
from addin.core.regex import regex
from addin.core.tables.values import show

_BESIDE_NAME = regex(r"(.+?)\s*\(([^()]+)\)")


def name_and_subject(text: str, subjects: SubjectNames) -> tuple[str, str]:
    """A colleague's name and the subject in brackets behind it: `Maria Ortega (History)`; "" where there is none."""
    match = _BESIDE_NAME.fullmatch(text.strip())
    topic = topic_of(match[2], subjects) if match else ""
    return (match[1], topic) if match and topic else (text.strip(), "")


TITLES = words_of("workshop | workshop title | " + WORDS["pd"]["workshop"])
"""Headers of the names of workshops."""


def staff_column(region: Region, grid: Grid, words: Words) -> int:
    """The column of the staff's names; 0 where there is none."""
    for number, header in region.headers.items():
        cells = cells_of(region, grid, number)
        if header_key(header) in words.staff and cells and sum(map(is_name, cells)) >= 0.8 * len(cells):
            return number
    return 0


def workshop_columns(region: Region, grid: Grid, found: Mapping[int, Role], words: Words) -> dict[int, Role]:
    """The columns that are workshops, on a sheet about training with dates and marks below their names; none on any
    other."""
    said = " ".join([grid.sheet, *(text for _, _, text in region.titles), *region.headers.values()])
    staff = staff_column(region, grid, words)
    categories = sum(bool(CATEGORY.search(header)) for header in region.headers.values())
    if not staff or not (ABOUT_PD.search(said) or categories > 1):
        return {}
    columns = _with_days_beside(region, grid, found)
    likely: dict[int, float] = {}
    for number, role in found.items():
        if number in columns:
            continue
        cells = cells_of(region, grid, number)
        if number != staff and cells and year_of(region.headers[number]) and all(map(_is_jotted, cells)):
            columns[number] = Role("workshops of year", year=year_of(region.headers[number]))
            continue
        ours = (
            number == staff or header_key(region.headers[number]) in words.pd or _LATEST.search(region.headers[number])
        )
        free = not ours and role.kind in ("own", "subject", "month") and cells
        if free and not (_ABOUT_STAFF.search(region.headers[number]) and all(map(_is_mark, cells))):
            likely[number] = sum(map(_is_attended, cells)) / len(cells)
    sure = {_series(region.headers[number]) for number, share in likely.items() if share >= 0.8}
    for number, share in likely.items():
        if share >= 0.8 or (share >= 0.5 and _series(region.headers[number]) in sure):
            columns[number] = Role("workshop")
    years = sum(role.kind == "workshops of year" for role in columns.values())
    if years:
        return columns if years > 1 else {}
    least = 1 if categories > 1 else 2
    return {} if len(columns) < least or (len(columns) == 2 and _has_titles(region, grid)) else columns


_DAY = words_of("year | date | when | held | año | fecha | année | date | jahr | datum | wann | cuándo | quand")


def _with_days_beside(region: Region, grid: Grid, found: Mapping[int, Role]) -> dict[int, Role]:
    """The workshops of each category, and when each was in the column behind it: `Cat 1 | Year | Cat 2 | Year`."""
    columns: dict[int, Role] = {}
    for number in found:
        behind = number + 1
        if not CATEGORY.search(region.headers[number]) or header_key(region.headers.get(behind, "")) not in _DAY:
            continue
        days = cells_of(region, grid, behind)
        if all(read_spoken(show(day)) or no_mark(day) for day in days):
            columns |= {number: Role("workshop", number=behind), behind: Role("day of workshop", number=number)}
    return columns if len(columns) > 2 else {}


def said_of(region: Region, grid: Grid, row: int, number: int, role: Role) -> Value:
    """What a row says of a workshop: where it was, with the day that is in the column behind it."""
    raw = region.value(grid, row, number)
    day = region.value(grid, row, role.number) if role.number else None
    texts = [show(value).strip() for value in (raw, day) if filled(value)]
    return raw if day is None else ", ".join(texts)


_YEAR = regex(r"\W*(?:[^\W\d]{2,12}\.? ){0,2}(20\d\d)(?:\s*[-–/]\s*(?:20)?\d\d)?\W*")


def year_of(header: str) -> int:
    """The year, or the first one of the school year, that a header is; 0 for any other."""
    match = _YEAR.fullmatch(header)
    return int(match[1]) if match else school_year_in(header) if len(header) <= 20 else 0


def _is_jotted(value: Value) -> bool:
    """Whether a cell says which workshops somebody went to, or none."""
    text = isinstance(value, str) and bool(len(value.strip()) > 5 or CATEGORY.search(value)) and not read_spoken(value)
    return no_mark(value) or (text and not taken_mark(value))


_LATEST = regex(
    r"(?i)\b(?:last|latest|most recent|next|derni[eè]re?|prochaine?|últim[oa]|próxim[oa]|letzte[rs]?|nächste[rs]?)\b"
)
"""Which of several workshops a column is about, and so none by name."""


_ABOUT_STAFF = regex(
    r"(?i)\b(?:trained|certified|certificates?|qualified|examiner|moderator|workshop leader|on file|"
    r"form[ée]e?s?|certifi[ée]e?s?|formado|formada|certificad[oa]|geschult|zertifiziert|prüfer(?:in)?)\b"
)
"""Marks below such a header say something of the person, and name no workshop: `IB trained?`, `Examiner`."""


def _is_mark(value: Value) -> bool:
    return taken_mark(value) or no_mark(value)


def _series(header: str) -> str:
    """What the headers of a series have in common: `Cat 1`, `Cat 2`; the header itself where no number is in it."""
    return "".join("#" if sign.isdigit() else sign for sign in header_key(header))


def _has_titles(region: Region, grid: Grid) -> bool:
    """Whether a column holds the names of workshops: then two columns of days beside it are when each was."""
    for number, header in region.headers.items():
        cells = cells_of(region, grid, number) if header_key(header) in TITLES else []
        if cells and not any(map(_is_attended, cells)) and all(isinstance(cell, str) for cell in cells):
            return True
    return False


def _is_attended(value: Value) -> bool:
    """Whether a cell says that somebody went, or when and where, or that it is not clear."""
    if isinstance(value, str) and value.strip() in ("?", "??"):
        return True
    return _is_mark(value) or bool(times_attended(value))


_PLACE_FIRST = regex(r"([^\d,(]{3,30}?)[\s,(]+((?:[^\W\d_]{3,10}\.?\s+|\d{1,2}[./-])?(?:19|20)\d\d)\W*")
_PLACE_LAST = regex(r"((?:[^\W\d_]{3,10}\.?\s+|\d{1,2}[./-])?(?:19|20)\d\d)[\s,(]+([^\d,()]{3,30})\)?\s*")


_BETWEEN = regex(r"\s*(?:[;,&+\n]|\s/\s|\band\b|\bet\b|\bund\b)\s*")


def times_attended(value: Value, orders: Mapping[str, str] | None = None) -> list[tuple[str, str, Spoken]]:
    """(as written, where, when), as often as a cell below a workshop says it: `2014; 2018`; none where a part says
    neither."""
    place, said = _read_attended(value, orders)
    if said is not None:
        return [(show(value), place, said)]
    parts = [part for part in _BETWEEN.split(value) if part] if isinstance(value, str) else []
    found = [(part, *_read_attended(part, orders)) for part in parts] if len(parts) > 1 else []
    times = [(part, place, said) for part, place, said in found if said is not None]
    return times if len(times) == len(found) else []


def _read_attended(value: Value, orders: Mapping[str, str] | None = None) -> tuple[str, Spoken | None]:
    """(where, when) of a cell below a workshop: `12 Oct 2019`, `Nairobi, March 2021`, `online 10/2024`."""
    said = read_spoken(value, orders)
    if said is not None or not isinstance(value, str):
        return "", said
    if match := _PLACE_LAST.fullmatch(value.strip()):
        return match[2].strip(), read_spoken(match[1], orders)
    if match := _PLACE_FIRST.fullmatch(value.strip()):
        return match[1].strip(), read_spoken(match[2], orders)
    mode, rest = split_mode(value)
    return (mode, read_spoken(rest, orders)) if mode else ("", None)
