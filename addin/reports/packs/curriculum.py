"""The curriculum pack: concepts and approaches to learning by programme and year, and the units in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from addin.core.ib import curriculum
from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.text import counted, first_of
from addin.reports import facts
from addin.reports.packs import Pack, Row, Sheet, file_name, needed, rows_of
from addin.reports.page import Block, Grid, Item, Link, Page, Pill, Tile, Tiles, Words
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

UNITS = ("course", "level", "year", "order", "unit", "hours", "concepts", "atl", "state")
"""What the scope and sequence of a programme shows of a unit."""
WIDTHS: Mapping[str, float] = {
    "course": 14, "level": 6, "year": 6, "order": 7, "unit": 20, "hours": 7, "concepts": 18, "atl": 18, "state": 10,
}  # fmt: skip
NUMBERS = frozenset({"year", "order", "hours"})
MOST = 20


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return the index with the matrices, and a page for each programme. Raises Problem where there are no units."""
    needed(workbook, "planners", phrase("curriculum pack"))
    rows = [row for row in rows_of(workbook, "planners") if row["unit"]]
    programmes = dict.fromkeys(year.split()[0] for year in curriculum.years(rows))
    sheets = [
        Sheet(
            file_name("units", number, name), _units(workbook, name, [r for r in rows if r["programme"] == name], copy)
        )
        for number, name in enumerate(programmes, 1)
    ]
    return Pack([Sheet("index.html", _index(workbook, rows, sheets, copy)), *sheets])


def _index(workbook: Workbook, rows: Sequence[Row], sheets: Sequence[Sheet], copy: FullView) -> Page:
    skills = tuple(map(str, workbook.trackers["planners"].columns["atl"].words.get("one_of", ())))
    concepts = curriculum.by_year(rows, "concepts")
    learning = curriculum.by_year(rows, "atl", skills)
    bare = [f"{show(row['unit'])} ({curriculum.course_of(row)})" for row in rows if not row["concepts"]]
    unused = [skill for skill in skills if not learning[skill]]
    tiles = [
        Tile(str(len(rows)), "units"),
        Tile(str(len({curriculum.course_of(row) for row in rows})), "courses"),
        Tile(str(len(concepts)), "concepts"),
        Tile(str(len(bare)), "without concepts", "warning" if bare else "good"),
    ]
    blocks: list[Block] = [Tiles(tiles)]
    if unused:
        blocks.append(Words("Never planned", [f"No unit names {first_of(unused, MOST)}."]))
    years = curriculum.years(rows)
    blocks.append(_matrix("Approaches to learning by year", "Skill", learning, years))
    blocks.append(_matrix("Concepts by year", "Concept", concepts, years))
    units = Counter(map(curriculum.course_of, rows))
    courses = curriculum.by_course(rows, "atl")
    blocks.append(_matrix("Approaches to learning by course", "Course", courses, skills, units))
    if bare:
        blocks.append(Words("Units without concepts", [first_of(bare, MOST)]))
    blocks.append(Grid("Units in order", ("Page",), [[Link(sheet.page.title, sheet.name)] for sheet in sheets], (1,)))
    return Page("Curriculum", facts.heading_lines(workbook), blocks, facts.foot(copy))


def _matrix(
    title: str,
    header: str,
    matrix: curriculum.Matrix,
    columns: Sequence[str],
    units: Mapping[str, int] | None = None,
) -> Grid:
    """A line for each thing, a column for each year or skill, and the number of units; a gap is pointed out."""
    rows: list[list[Item]] = []
    for name, counts in matrix.items():
        total = units[name] if units and counts else sum(counts.values())
        rows.append([name, *(counts.get(one, "") for one in columns), total or Pill("none", "warning")])
    numbers = frozenset(range(1, len(columns) + 2))
    widths = (16.0, *(max(7.0, float(len(one))) for one in columns), 7.0)
    return Grid(title, (header, *columns, "Units"), rows, widths, numbers)


def _units(workbook: Workbook, programme: str, rows: Sequence[Row], copy: FullView) -> Page:
    """The scope and sequence of one programme: course by course, year by year, in the order of the units."""
    ordered = sorted(
        rows, key=lambda row: (show(row["course"]), show(row["level"]), row["year"] or 0, row["order"] or 0)
    )
    columns = workbook.trackers["planners"].columns
    cells: list[list[Item]] = [[show(row[name]) for name in UNITS] for row in ordered]
    numbers = frozenset(at for at, name in enumerate(UNITS) if name in NUMBERS)
    headers = [columns[name].header for name in UNITS]
    grid = Grid(counted(len(rows), "unit"), headers, cells, [WIDTHS[name] for name in UNITS], numbers)
    return Page(f"{programme}: units in order", facts.heading_lines(workbook), [grid], facts.foot(copy))
