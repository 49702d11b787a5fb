"""One batch of edits: worked out in memory, checked, and only then written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from addin.backends.ooxml import managed_sheet as own
from addin.backends.ooxml.file import OpenFile
from addin.backends.ooxml.formulas import fixed
from addin.backends.ooxml.package import Package
from addin.backends.ooxml.reader import merged_areas, read_sheet
from addin.backends.ooxml.scan import cells, rows, rows_numbered, sheet_data
from addin.backends.ooxml.shared_formulas import FORMULA
from addin.backends.ooxml.splice import Aspect, Splice, put_content, splice
from addin.backends.ooxml.styles import MINIMAL
from addin.backends.ooxml.tables import NativeTable, check_headers, native_tables
from addin.backends.ooxml.typed import cell_value
from addin.backends.ooxml.values import same, storable
from addin.backends.ooxml.workbook import declare, relate
from addin.core.a1 import SHEET_FORBIDDEN, SHEET_LIMIT, is_sheet_name
from addin.core.book import Area, Edits, OwnSheet, Value
from addin.core.language import phrase
from addin.errors import BookProblem

if TYPE_CHECKING:
    from addin.backends.ooxml.append_rows import Growth

MANY = 5_000  # cells: from here on reading the whole sheet is quicker than looking at rows one by one
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Batch:
    """Edits on their way into a workbook."""

    def __init__(self, file: OpenFile, edits: Edits) -> None:
        self.file, self.edits = file, edits
        self.package, self.workbook = file.package, file.workbook
        self.styles = file.styles()
        self.values_changed = self.formulas_changed = False
        self.changed: list[tuple[str, Mapping[tuple[int, int], Set[Aspect]]]] = []
        self.replaced: list[tuple[str, Sequence[Sequence[Value]]]] = []
        self.settled: dict[str, set[tuple[int, int]]] = {}
        """sheet -> new formulas that were written with their results."""
        self.written: dict[str, dict[tuple[int, int], Value]] = {}

    def prepare(self) -> bool:
        """Work out the changed parts; False when the workbook holds all of it already."""
        for sheet in self._touched():
            self._sheet(sheet)
        for name, content in self.edits.sheets.items():
            self._own_sheet(name, content)
        for name in self.edits.removed:
            if name in self.workbook.sheets and len(self.workbook.sheets) > 1:
                self.workbook.remove_sheet(name)
        if self.values_changed and self._has_formulas():
            self._stored_results()
        self._finish_styles()
        if self.formulas_changed:
            self.workbook.forget_calculation_order()
        if self.values_changed and self._has_formulas():
            self.workbook.recalculate()
        if self.package.changed:
            self._check_allowed()
        return bool(self.package.changed)

    def _touched(self) -> list[str]:
        """The edited sheets in the workbook's order; names that are not there come first, and fail."""
        edits = self.edits
        names = (
            {sheet for sheet, _, _ in (*edits.cells, *edits.looks)}
            | set(edits.rows)
            | set(edits.drops)
            | set(edits.tables)
        )
        return sorted(names - set(self.workbook.sheets)) + [name for name in self.workbook.sheets if name in names]

    def _check_allowed(self) -> None:
        where = self.package.where
        if any(name.lower().startswith("_xmlsignatures/") for name in self.package.names):
            raise BookProblem(
                phrase("the workbook carries a digital signature, which any change would break."),
                where=where,
                next=phrase("Take the signature off in Excel (File > Info), or work on a copy."),
            )
        if self.workbook.strict:
            raise BookProblem(
                phrase("the workbook is saved as Strict Open XML, which can be read but is not written."),
                where=where,
                next=phrase("Save it in Excel as a plain Excel Workbook (.xlsx)."),
            )

    def _sheet(self, sheet: str) -> None:
        part = self.workbook.sheet_part(sheet)
        where = f"{self.package.where}, {sheet}"
        xml = self.file.sheet_in_order(sheet)
        whole = xml is self.package.part(part)
        tables = native_tables(self.package, part)
        wanted = self._wanted(sheet)
        cells = {(row, column): value for (name, row, column), value in self.edits.cells.items() if name == sheet}
        check_headers(tables, cells, self.edits.drops.get(sheet, []), where)
        asked = {area.name: area.bottom for area in self.edits.tables.get(sheet, ())}
        tables = [table.down_to(asked.get(table.area.name, 0)) for table in tables]
        growth = self._rows(sheet, xml, tables, wanted, where)
        self._drops(sheet, tables, wanted, where)
        notes = self._notes(sheet, wanted)
        self._set_results(sheet, wanted)
        done = splice(xml, wanted, self.file.values, self.styles, where)
        self.values_changed |= done.values_changed
        self.formulas_changed |= done.formulas_changed
        self.changed.append((sheet, done.cells))
        results = {place for place, change in wanted.changes.items() if change.result is not None}
        self.settled[sheet] = results & done.cells.keys()
        if whole and self.package.is_as_it_was(part) and not done.formulas_changed:
            self.package.spliced[part] = {row for row, _ in wanted.changes} | set(wanted.emptied)
        xml = done.xml
        if growth:
            xml = growth.applied(xml, self.package)
        if notes:
            xml = self.file.notes(sheet).apply(notes, xml)
        for area in self.edits.tables.get(sheet, ()):
            if growth and growth.bounds.name == area.name:
                area = area._replace(bottom=growth.bottom)
            xml = self._native_table(sheet, xml, tables, area)
        self.package.put(part, xml)
        self._remember(sheet, wanted)

    def _set_results(self, sheet: str, wanted: Splice) -> None:
        """Give the new formulas of a sheet the results that are known."""
        for (row, column), change in wanted.changes.items() if self.edits.results else ():
            if change.formula and (known := self.edits.results.get((sheet, row, column))) is not None:
                change.result = known

    def _native_table(self, sheet: str, xml: bytes, tables: list[NativeTable], area: Area) -> bytes:
        from addin.backends.ooxml import native  # once in a workbook's life

        headers = self._line(xml, sheet, area)
        there = next((table for table in tables if table.area.name == area.name), None)
        if there is None:
            return native.make(self.workbook, sheet, xml, area, headers)
        self.package.put(there.part, native.stretched(self.package.part(there.part), there, area, headers))
        return xml

    def _line(self, xml: bytes, sheet: str, area: Area) -> list[str]:
        """The headers of a table: its first row, as it stands in the XML."""
        start, end = sheet_data(xml, self.package.where)
        found: dict[int, Value] = {}
        for row in rows_numbered(xml, start, end, [area.top]) or ():
            line = xml[row.cells : row.cells_end]
            found = {cell.column: cell_value(cell, self.file.values) for cell in cells(line)}
        places = range(area.left, area.right + 1)
        if all(found.get(column) is not None for column in places):
            return [str(found[column]) for column in places]
        whole = read_sheet(xml, sheet, self.file.values, [], self.package.where).values[area.top - 1]
        return [str(header) for header in whole[area.left - 1 : area.right]]

    def _wanted(self, sheet: str) -> Splice:
        wanted = Splice()
        for (name, row, column), value in self.edits.cells.items():
            if name == sheet:
                put_content(wanted.change(row, column), row, value)
        for (name, row, column), look in self.edits.looks.items():
            if name == sheet:
                wanted.change(row, column).fill = look.fill
        return wanted

    def _rows(self, sheet: str, xml: bytes, tables: list[NativeTable], wanted: Splice, where: str) -> Growth | None:
        new = self.edits.rows.get(sheet)
        if not new:
            return None
        from addin.backends.ooxml.append_rows import add_rows

        merged = merged_areas(xml, sheet_data(xml, where)[1])
        return add_rows(xml, new, tables, merged, wanted, where)

    def _drops(self, sheet: str, tables: list[NativeTable], wanted: Splice, where: str) -> None:
        for row in self.edits.drops.get(sheet, []):
            beside = [table.area for table in tables if table.area.top <= row <= table.area.bottom]
            if len(beside) > 1:
                names = " and ".join(area.name for area in beside)
                raise BookProblem(
                    phrase(
                        "row {row} belongs to {names}, which are side by side, so it cannot be removed.",
                        row=row,
                        names=names,
                    ),
                    where=where,
                    next=phrase("Move one of them to a sheet of its own."),
                )
            area = beside[0] if beside else Area(row, 1, row, 16_384)
            wanted.emptied[row] = area.left, area.right

    def _notes(self, sheet: str, wanted: Splice) -> dict[tuple[int, int], str | None]:
        notes = {(row, column): look.note for (name, row, column), look in self.edits.looks.items() if name == sheet}
        if wanted.emptied:
            for row, column in self.file.notes(sheet).by_cell:
                left, right = wanted.emptied.get(row, (1, 0))
                if left <= column <= right:
                    notes[row, column] = None  # the note was about what was here
        return notes

    def _own_sheet(self, name: str, content: OwnSheet) -> None:
        since_1904 = self.workbook.since_1904
        existing = next((sheet for sheet in self.workbook.sheets if sheet.lower() == name.lower()), None)
        old: list[list[Value]] = []
        if existing is None:
            _check_name(name, self.package.where)
            others = [self.package.part(part) for part in list(self.workbook.sheets.values())[:1]]
            new = own.new_sheet(is_right_to_left=any(map(own.is_right_to_left, others)))
            xml = own.sheet_with(new, content, self.styles, since_1904)
            self.workbook.add_sheet(name, xml)
        else:
            part = self.workbook.sheets[existing]
            self._check_own(existing, part)
            xml = self.package.part(part)
            grid = read_sheet(xml, existing, self.file.values, [], self.package.where)
            if not grid.formulas and own.holds(xml, grid.values, content, since_1904):
                return
            old = grid.values
            self.formulas_changed |= bool(grid.formulas)
            self.package.put(part, own.sheet_with(xml, content, self.styles, since_1904))
            self.workbook.filter_name(existing, fixed(own.whole(content)))
        self.values_changed = True
        self.replaced += [(existing or name, old), (existing or name, content.rows)]

    def _stored_results(self) -> None:
        """No formula that reads a changed cell keeps the result that it had before."""
        from addin.backends.ooxml.references import References
        from addin.backends.ooxml.stored_results import Fed, all_changed, known_by_sheet, with_results

        package, known = self.package, known_by_sheet(self.edits.results)
        sheets = {name: package.part(part) for name, part in self.workbook.sheets.items()}
        changed = all_changed(self.changed, self.replaced)
        fed = Fed(References(package, self.workbook), sheets, changed, self.settled).cells()
        for sheet in sorted({*fed, *known} & sheets.keys()):
            part = self.workbook.sheets[sheet]
            untouched = package.is_as_it_was(part)
            settled = self.settled.get(sheet, set())
            rest = {place: value for place, value in known.get(sheet, {}).items() if place not in settled}
            if not rest and sheet not in fed:
                continue
            xml, touched = with_results(sheets[sheet], fed.get(sheet, set()), rest, self.file.values, package.where)
            package.put(part, xml)
            if untouched or part in package.spliced:
                package.spliced[part] = package.spliced.get(part, set()) | touched

    def _check_own(self, sheet: str, part: str) -> None:
        """An own sheet that a person made a native table of has parts that would contradict its new content."""
        tables = native_tables(self.package, part)
        if tables:
            raise BookProblem(
                phrase(
                    "the sheet {sheet} holds the table {name}, so its content cannot be replaced.",
                    sheet=sheet,
                    name=tables[0].area.name,
                ),
                where=self.package.where,
                next=phrase("Turn it back into plain cells (Table Design > Convert to Range), or delete the sheet."),
            )

    def _finish_styles(self) -> None:
        part = self.workbook.one("styles")
        if part:
            self.package.put(part, self.styles.result())
        elif self.styles.result() != MINIMAL:
            part = self.workbook.styles_part()
            self.package.put(part, self.styles.result())
            declare(self.package, part, STYLES_TYPE)
            if not self.workbook.named("styles"):
                relate(self.package, self.workbook.part, "styles", part)

    def _has_formulas(self) -> bool:
        if self.formulas_changed or self.workbook.one("calcChain"):
            return True
        unknown = (part for part in self.workbook.sheets.values() if part not in self.file.without_formulas)
        return any(b"<f" in self.package.part(part) for part in unknown)

    def _remember(self, sheet: str, wanted: Splice) -> None:
        """What the new file must say when it is read back."""
        said = self.written.setdefault(sheet, {})
        for (row, column), change in wanted.changes.items():
            left, right = wanted.emptied.get(row, (1, 0))
            if isinstance(change.value, Value) and not left <= column <= right and not change.formula:
                said[row, column] = storable(change.value, self.workbook.since_1904)

    def check(self, written: Package) -> None:
        """Read the edited cells of the new file; a difference means that it must not replace the old one."""
        new = OpenFile(written)
        if list(new.workbook.sheets) != list(self.workbook.sheets):
            raise _unsound("its list of sheets", self.package.where)
        for sheet, said in self.written.items():
            if not said:
                continue
            value_at = _values_at(new, sheet, set(said))
            for place, value in said.items():
                if not same(value_at(place), value):
                    raise _unsound(f"{sheet}, row {place[0]}, column {place[1]}", self.package.where)


def _values_at(file: OpenFile, sheet: str, places: set[tuple[int, int]]) -> Callable[[tuple[int, int]], Value | None]:
    """The values of some cells. Where they are few, the careful scan looks at their rows alone: a second opinion."""
    if len(places) > MANY:
        grid = file.grid(sheet)
        return lambda place: None if place in grid.formulas else grid.value(*place)
    xml = file.package.part(file.workbook.sheet_part(sheet))
    numbers = {row for row, _ in places}
    found: dict[tuple[int, int], Value] = {}
    start, end = sheet_data(xml, file.package.where)
    for row in rows_numbered(xml, start, end, numbers) or rows(xml, start, end):
        if row.number in numbers:
            for cell in cells(xml[row.cells : row.cells_end]):
                if (row.number, cell.column) in places and not FORMULA.search(cell.content):
                    found[row.number, cell.column] = cell_value(cell, file.values)
    return found.get


def _unsound(what: str, where: str) -> BookProblem:
    return BookProblem(
        phrase("the new version did not read back as it should ({what}); nothing was written.", what=what),
        where=where,
        next=phrase("Please report this with a copy of the workbook without its data."),
    )


def _check_name(name: str, where: str) -> None:
    if not is_sheet_name(name):
        raise BookProblem(
            phrase("{name} cannot be the name of a sheet.", name=f"{name!r}"),
            where=where,
            next=phrase(
                "Use 1 to {most} letters, none of {forbidden}",
                most=SHEET_LIMIT,
                forbidden=SHEET_FORBIDDEN,
            ),
        )
