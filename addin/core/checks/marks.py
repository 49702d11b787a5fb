"""From findings to edits: the Findings sheet, a fill and a note on each wrong cell, and taking them away again.

Only what the tool put there is ever removed. The Findings sheet remembers, in a hidden column, which fill each marked
cell had before; a marked row is found again by its row id, so a sort between two runs does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from addin.core import names
from addin.core.a1 import cell_name, cell_place, quoted
from addin.core.book import Cell, Edits, Grid, Look, OwnSheet, Value, trimmed
from addin.core.checks.rules import Finding
from addin.core.language import ENGLISH, Language
from addin.core.records import record, replace
from addin.core.regex import regex
from addin.core.tables.table import Table
from addin.core.trackers import Tracker

SHEET = names.FINDINGS
OTHER_SHEET = names.OTHER_FINDINGS
"""Our sheet's name in a workbook whose person has a Findings sheet of their own."""
HEADERS = (
    "Level",
    "Sheet",
    "Cell",
    "Column",
    "Value",
    "What is wrong",
    "What to do",
    "Tracker",
    "Rule",
    "Row id",
    "Fill before",
)
WIDTHS = (13, 17, 8, 16, 18, 41, 34, 0, 0, 0, 0)
"""What a person reads, and the strip of links beside it, fit on a laptop's screen; the others are hidden."""
STRIP_CELLS, STRIP_WIDTH = 4, 9
WRAPPED = frozenset({2, 4, 5, 6, 7, 9})
"""The columns whose texts are shown whole, on several lines where they are long."""
FILLS = {"error": "F8CBAD", "warning": "FFE699", "info": "DDEBF7"}
"""The marks: light enough to read on, apart from each other in greyscale too."""
MOST_MARKS = 2_000
"""More wrong cells than this are listed, but not marked: a sheet full of notes helps nobody."""
NO_FILL = "none"
MOST_CHARACTERS, MOST_OF_SENTENCE = 300, 2_000
"""Of a value, and of a sentence, in the Findings sheet: a cell holds no more than 32,767."""
_LEVELS = ("error", "warning", "info")


@record
class Marked:
    """A cell that an earlier run marked: where it was, whose it is, and its fill before."""

    sheet: str
    cell: str
    column: str
    id: str
    fill: str


def is_ours(grid: Grid | None, language: Language = ENGLISH) -> bool:
    """Whether a sheet of this name is the tool's: by its header row, or because nothing is on it."""
    if grid is None or not grid.values:
        return True
    return tuple(grid.values[0][: len(HEADERS)]) in (HEADERS, tuple(map(language.say, HEADERS)))


def next_problem(lines: Sequence[Sequence[Value]], *seen: tuple[str, str]) -> tuple[str, str, str]:
    """Sheet and cell of the problem after the first of these places that is one, and the words for it.

    `lines` are those of Findings below the headers, at least one; after the last comes the first.
    """
    places = [(str(line[1]), str(line[2])) for line in lines]
    last = next((place for place in seen if place in places), None)
    number = (places.index(last) + places.count(last)) % len(places) if last else 0
    entry = dict(zip(HEADERS, lines[number], strict=False))
    words = f"{number + 1} of {len(places)}: {entry['What is wrong']} {entry.get('What to do') or ''}".strip()
    return *places[number], words


def own_sheet(grids: Mapping[str, Grid], language: Language = ENGLISH) -> str:
    """The name of our Findings sheet in a workbook with these sheets: never that of a sheet of the person's own."""
    # A spreadsheet program tells the names of sheets apart without regard to case.
    called = language.say(SHEET)
    there = next((name for name in grids if name.casefold() == called.casefold()), called)
    return there if is_ours(grids.get(there), language) else language.say(OTHER_SHEET)


def marked_before(grid: Grid | None) -> list[Marked]:
    """What the Findings sheet of the workbook remembers; one entry for each marked cell."""
    found: dict[tuple[str, str], Marked] = {}
    for line in grid.values[1:] if grid else ():
        entry = dict(zip(HEADERS, line, strict=False))
        if isinstance(entry.get("Cell"), str) and isinstance(entry.get("Fill before"), str):
            sheet, cell, column, row_id, fill = (
                str(entry.get(name) or "") for name in ("Sheet", "Cell", "Column", "Row id", "Fill before")
            )
            found.setdefault((sheet, cell), Marked(sheet, cell, column, row_id, "" if fill == NO_FILL else fill))
    return list(found.values())


def on_visible_cells(findings: Iterable[Finding], grids: Mapping[str, Grid]) -> list[Finding]:
    """The findings, each at a cell that a person can see: not below another one of the merged cells it is in."""
    return [_on_visible_cell(one, grids[one.sheet]) if grids[one.sheet].merged else one for one in findings]


def _on_visible_cell(finding: Finding, grid: Grid) -> Finding:
    visible = cell_name(*grid.visible_cell(*cell_place(finding.cell)))
    return finding if visible == finding.cell else replace(finding, cell=visible)


def by_cell(findings: Iterable[Finding]) -> dict[Cell, list[Finding]]:
    """The findings of each cell, worst first, for the cells that are marked."""
    cells: dict[Cell, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: _LEVELS.index(f.level)):
        cell = (finding.sheet, *cell_place(finding.cell))
        if cell in cells or len(cells) < MOST_MARKS:
            cells.setdefault(cell, []).append(finding)
    return cells


class Places:
    """Where the cells of rows are now, by row id and header."""

    def __init__(self, trackers: Mapping[str, Tracker], tables: Mapping[str, Table]) -> None:
        self._rows = {
            (sheet, row_id): (row, name)
            for name, table in tables.items()
            for sheet, row_id, row in zip(table.sheets, table.ids, table.rows, strict=True)
            if row_id
        }
        self._columns = {
            (name, sheet, trackers[name].columns[column].header): number
            for name, table in tables.items()
            for sheet, layout in table.layouts.items()
            for column, number in layout.columns.items()
        }

    def now(self, marked: Marked) -> Cell:
        """The cell of an earlier mark: that of its row id and header, else where it was."""
        row, tracker = self._rows.get((marked.sheet, marked.id), (0, ""))
        column = self._columns.get((tracker, marked.sheet, marked.column))
        return (marked.sheet, row, column) if column else (marked.sheet, *cell_place(marked.cell))


def cells_to_look_at(findings: Sequence[Finding], before: Sequence[Marked], places: Places) -> set[Cell]:
    """The cells whose fill and note decide what is to do."""
    stood = {(marked.sheet, *cell_place(marked.cell)) for marked in before}
    return {*by_cell(findings), *(places.now(marked) for marked in before), *stood}


def edits(
    findings: Sequence[Finding],
    before: Sequence[Marked],
    places: Places,
    looks: Mapping[Cell, Look],
    old: Grid | None,
    name: str = SHEET,
    language: Language = ENGLISH,
    strip: Sequence[tuple[str, str]] = (),
) -> Edits:
    """What to change so that the workbook shows these findings and no others; empty when it already does.

    `old` is what is on our Findings sheet, `name` how it is called here, `language` that of its headers, `strip` the
    words of its links to other sheets, each with the sheet.
    """
    marks = by_cell(findings)
    fills = _fills_before(before, places, looks)
    batch = Edits()
    for cell, look in _looks(marks, fills, looks):
        if looks.get(cell, Look()) != look:
            batch.looks[cell] = look
    kept = {cell: fills.get(cell, _own(looks.get(cell, Look()).fill)) for cell in marks}
    sheet = with_strip(findings_sheet(findings, kept, language), strip)
    if old is None or _differs(old, sheet.rows):
        batch.sheets[name] = sheet
    return batch


def _fills_before(before: Sequence[Marked], places: Places, looks: Mapping[Cell, Look]) -> dict[Cell, str]:
    """The fill that each marked cell had before; a place left behind by a sort counts where our fill still is."""
    fills = {
        cell: marked.fill
        for marked in before
        if looks.get(cell := (marked.sheet, *cell_place(marked.cell)), Look()).fill in FILLS.values()
    }
    return fills | {places.now(marked): marked.fill for marked in before}


def _looks(
    marks: Mapping[Cell, list[Finding]], fills: Mapping[Cell, str], looks: Mapping[Cell, Look]
) -> Iterator[tuple[Cell, Look]]:
    for cell in sorted({*marks, *fills}):
        now = looks.get(cell, Look())
        theirs = now.note if now.note and not now.note.startswith(names.NOTE_START) else None
        if cell in marks:
            yield cell, Look(FILLS[marks[cell][0].level], theirs or _note(marks[cell]))
        else:
            # A fill that a person has changed since is theirs now.
            yield cell, Look(fills[cell] if now.fill in FILLS.values() else now.fill, theirs)


def _own(fill: str) -> str:
    """The fill before ours: none, where a mark of ours was copied along with a row."""
    return "" if fill in FILLS.values() else fill


def _note(findings: Sequence[Finding]) -> str:
    return names.NOTE_START + "\n".join(f"{f.message} {f.suggestion}".strip()[:MOST_OF_SENTENCE] for f in findings)


_DAY = regex(r"(\d{4})-(\d\d)-(\d\d)")


def _as_the_sheet_has_it(finding: Finding, language: Language) -> str:
    """The value of a finding with a day as the cells of the workbook's language show it; what is written as text
    stays as it is written."""
    day = None if language.is_english or finding.rule.endswith("-as-text") else _DAY.fullmatch(finding.value)
    if day is None:
        return finding.value
    return language.say("yyyy-mm-dd").replace("yyyy", day[1]).replace("mm", day[2]).replace("dd", day[3])


def findings_sheet(findings: Sequence[Finding], fills: Mapping[Cell, str], language: Language = ENGLISH) -> OwnSheet:
    """The Findings sheet: one row each, with a link to the cell."""
    rows: list[list[Value]] = [[language.say(header) for header in HEADERS]]
    levels = {level: language.say(level) for level in _LEVELS}
    links = {}
    for number, f in enumerate(findings, 2):
        row, column = cell_place(f.cell)
        fill = fills.get((f.sheet, row, column))
        remembered = None if fill is None else fill or NO_FILL
        rows.append(
            [
                levels[f.level],
                f.sheet,
                f.cell,
                f.column,
                _as_the_sheet_has_it(f, language)[:MOST_CHARACTERS],
                f.message[:MOST_OF_SENTENCE],
                f.suggestion[:MOST_OF_SENTENCE],
                f.tracker,
                f.rule,
                f.id,
                remembered,
            ]
        )
        links[number, 3] = f"{quoted(f.sheet)}!{cell_name(row, column)}"
    return OwnSheet(rows, links, list(WIDTHS), wrapped=WRAPPED)


def with_strip(sheet: OwnSheet, strip: Sequence[tuple[str, str]]) -> OwnSheet:
    """The sheet with links to other sheets beside its headers: the first row stays in sight, and is the header's."""
    if not strip:
        return sheet
    first = len(sheet.rows[0]) + 1
    rows = [[*sheet.rows[0], *(words for words, _ in strip)], *sheet.rows[1:]]
    links = {(1, first + at): f"{quoted(to)}!A1" for at, (_, to) in enumerate(strip)}
    widths = [*sheet.widths, *[STRIP_WIDTH] * len(strip)]
    return replace(sheet, rows=rows, links=links | sheet.links, widths=widths, beside=len(strip))


def as_it_was(grid: Grid, order: Sequence[str]) -> OwnSheet:
    """An own sheet as a grid holds it, to be put back; Findings with the links that a grid does not tell.

    `order` are the workbook's sheets. Findings is known by its strip, which ends with its own name.
    """
    rows, first = [list(line) for line in grid.values], len(HEADERS)
    beside = rows[0][first:] if rows else []
    if not beside or beside[-1] != grid.sheet or grid.sheet not in order or len(beside) != STRIP_CELLS:
        return OwnSheet(rows)
    at = order.index(grid.sheet)
    targets = [str(beside[0]), order[at - 1], order[(at + 1) % len(order)], grid.sheet]
    rows[0] = rows[0][:first]
    links = {
        (number, 3): f"{quoted(str(line[1]))}!{line[2]}"
        for number, line in enumerate(rows, 1)
        if number > 1 and len(line) > 2 and line[1] in order
    }
    sheet = OwnSheet(rows, links, list(WIDTHS), wrapped=WRAPPED)
    return with_strip(sheet, [(str(words), to) for words, to in zip(beside, targets, strict=True)])


def _differs(old: Grid, rows: Sequence[Sequence[Value]]) -> bool:
    def bare(lines: Sequence[Sequence[Value]]) -> list[list[Value]]:
        return trimmed([[value if value != "" else None for value in line] for line in lines])

    width = len(HEADERS)
    return bare([*old.values[:1], *(line[:width] for line in old.values[1:])]) != bare(rows)
