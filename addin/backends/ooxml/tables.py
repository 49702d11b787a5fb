"""Native tables: which there are on a sheet, and a table with more rows."""

from __future__ import annotations

from addin.backends.ooxml.formulas import area, area_text
from addin.backends.ooxml.markup import attributes, element, with_attribute
from addin.backends.ooxml.package import Package
from addin.backends.ooxml.values import text, uncode
from addin.backends.ooxml.workbook import relations
from addin.core.book import Area, Value
from addin.core.language import phrase
from addin.core.records import field, record, replace
from addin.errors import BookProblem


@record
class NativeTable:
    """A native table: where it lies (its totals row left out), its headers, the formulas of calculated columns."""

    part: str
    area: Area
    totals: int = 0
    calculated: dict[int, str] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)

    def down_to(self, bottom: int) -> NativeTable:
        """The table with the rows below it down to this one; a totals row stays its end."""
        if self.totals or bottom <= self.area.bottom:
            return self
        return replace(self, area=self.area._replace(bottom=bottom))


def native_tables(package: Package, sheet_part: str) -> list[NativeTable]:
    """The tables of a sheet."""
    found = []
    for relation in relations(package, sheet_part):
        if relation.kind == "table" and package.has(relation.part):
            table = _table(relation.part, package.part(relation.part))
            if table:
                found.append(table)
    return found


def check_headers(tables: list[NativeTable], cells: dict[tuple[int, int], Value], drops: list[int], where: str) -> None:
    """A table's part repeats its headers, and formulas name them: Excel repairs workbooks in which they differ."""
    for table in tables:
        top, name = table.area.top, table.area.name
        for column, header in table.headers.items():
            if (top, column) in cells and str(cells[top, column]) != header:
                raise BookProblem(
                    phrase(
                        "{header} is a header of the table {name}, which formulas may name.",
                        header=f"{header!r}",
                        name=name,
                    ),
                    where=where,
                    next=phrase("Rename it in the spreadsheet program, which updates the formulas too."),
                )
        if table.headers and top in drops:
            raise BookProblem(
                phrase("row {top} is the header of the table {name}.", top=top, name=name),
                where=where,
                next=phrase("Keep that row."),
            )


def _table(part: str, xml: bytes) -> NativeTable | None:
    root = element("table").search(xml)
    words = attributes(root[1]) if root else {}
    bounds = area(words.get("ref", ""))
    if not root or not bounds:
        return None
    top, left, bottom, right = bounds
    totals = int(words.get("totalsRowCount", "0"))
    name = words.get("displayName") or words.get("name", "")
    table = NativeTable(part, Area(top, left, bottom - totals, right, name), totals)
    for column, match in enumerate(element("tableColumn").finditer(xml), left):
        if words.get("headerRowCount") != "0":
            table.headers[column] = uncode(attributes(match[1]).get("name", ""))
        formula = element("calculatedColumnFormula").search(match[2] or b"")
        if formula and "array" not in attributes(formula[1]):
            table.calculated[column] = text(formula[2] or b"")
    return table


def grown(xml: bytes, bottom: int) -> bytes:
    """The table's part when its last row is `bottom`; its filter grows with it."""
    for name in ("table", "autoFilter"):
        match = element(name).search(xml)
        bounds = area(attributes(match[1]).get("ref", "")) if match else None
        if match and bounds:
            end = xml.index(b">", match.end(1)) + 1
            top, left, _, right = bounds
            tag = with_attribute(xml[match.start() : end], "ref", area_text(top, left, bottom, right))
            xml = xml[: match.start()] + tag + xml[end:]
    return xml
