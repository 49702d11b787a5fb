"""What an IBIS template asks for: its sheet, the rows of its headers, and for each column what may be in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from addin.backends.ooxml.file import OpenFile
from addin.backends.ooxml.formulas import area
from addin.backends.ooxml.markup import attributes, decode, element
from addin.core.book import Grid, Value
from addin.core.records import record, replace
from addin.core.regex import regex
from addin.core.tables.layout import HEADER_SEARCH, header_line, plain
from addin.core.tables.values import show
from addin.exporters.ibis.dates import date_pattern

_NEEDED = regex(
    r"\*|\b(?:required|mandatory|compulsory|obligatoire|requis|obligatorio|requerido|pflicht(?:feld)?)\b", re.I
)
_OPTIONAL = regex(r"\b(?:optional|if applicable|facultatif|optionnel|opcional|not required)\b", re.I)
_WHOSE = regex(r"^\W*(?:candidate|student|pupil)(?:'s|’s)?\s+", re.I)
_VAGUE = {"name", "number", "date", "nom", "nombre"}
"""Headers that say too little: a name may be the whole of it."""
_BRACKETS = regex(r"[(\[].*?[)\]]")
_REFERENCE = regex(r"(?:(?:'((?:[^']|'')+)'|([^'!]+))!)?(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)")


@record
class FormColumn:
    """One column of a template that we can fill."""

    number: int
    header: str
    source: tuple[str, str]
    """Tracker and column that its values come from."""
    text: str
    """All that is said above it: group, header and hints."""
    format: str = ""
    rule: str = ""
    """What its cells must hold by the template's own rule: date, whole, decimal, list …; "" for anything."""
    choices: tuple[Value, ...] | None = None
    """The words of its drop-down; None where it has none."""
    unread_list: str = ""
    """The formula of a drop-down whose words cannot be read."""

    @property
    def required(self) -> bool:
        """Whether the template says that the column must be filled."""
        return is_required(self.text)


@record
class Form:
    """Where a template is filled in."""

    sheet: str
    first_row: int
    columns: list[FormColumn]
    unmatched: dict[str, str]
    """Headers that no column of ours answers, each with all that is said above it."""


def is_required(text: str) -> bool:
    """Whether what is said above a column marks it as one that must be filled."""
    return bool(_NEEDED.search(text)) and not _OPTIONAL.search(text)


def read_form(file: OpenFile, grids: Mapping[str, Grid], names: Mapping[str, tuple[str, str]]) -> Form | None:
    """The sheet and rows whose headers fit best; None where no sheet has two of them."""
    best: tuple[tuple[int, int], Form | None] = ((1, 0), None)
    for sheet, grid in grids.items():
        for row in range(1, min(HEADER_SEARCH, len(grid.values)) + 1):
            for depth in (1, 2):
                found = _form_at(grid, row, depth, names)
                score = len(found.columns), -depth
                if len(found.columns) > 1 and score > best[0]:
                    best = score, replace(found, sheet=sheet)
    form = best[1]
    return form and replace(form, columns=_with_limits(file, grids, form))


def _form_at(grid: Grid, row: int, depth: int, names: Mapping[str, tuple[str, str]]) -> Form:
    """What the form would be if its headers were in these rows."""
    above = _spread(grid, row) if depth == 2 else {}
    below = {n: show(v) for n, v in enumerate(header_line(grid, row + depth - 1), 1) if v is not None}
    first = row + depth
    hints: dict[int, str] = {}
    while (found := _hints(grid, first)) is not None:
        hints = {n: f"{hints.get(n, '')} {found.get(n, '')}" for n in {*hints, *found}}
        first += 1
    columns: dict[tuple[str, str], FormColumn] = {}
    unmatched = {}
    for number in sorted({*above, *below}):
        top, low = above.get(number, ""), below.get(number, "")
        text = " ".join(filter(None, (top, low, hints.get(number, "").strip())))
        header = low if low and not _is_hint(low) else top
        source = _source(_readings(top, low), names)
        if source and source not in columns:
            columns[source] = FormColumn(number, header, source, text)
        elif low or depth == 1:
            unmatched[header] = text
    return Form("", first, list(columns.values()), unmatched)


def _spread(grid: Grid, row: int) -> dict[int, str]:
    """The texts of a row; one that is merged over several columns is in each of them."""
    line = grid.values[row - 1] if row <= len(grid.values) else []
    found = {number: show(value) for number, value in enumerate(line, 1) if value is not None}
    for one in grid.merged:
        if one.top <= row <= one.bottom and (value := grid.value(one.top, one.left)) is not None:
            found |= dict.fromkeys(range(one.left, one.right + 1), show(value))
    return found


def _readings(top: str, low: str) -> list[str]:
    """The headers that a column may be meant to have, the fullest first."""
    if not low or _is_hint(low) or top == low:
        return [top or low]
    return [f"{top} {low}", low] if top else [low]


def _source(readings: list[str], names: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    for text in readings:
        bare = _OPTIONAL.sub(" ", _NEEDED.sub(" ", _BRACKETS.sub(" ", text)))
        pattern = date_pattern(bare)
        bare = bare.replace(pattern, " ") if pattern else bare
        parts = (text, bare, _WHOSE.sub("", bare), *re.split(r"[/|\n]", bare))
        for key in map(plain, parts):
            if key in names and key not in _VAGUE:
                return names[key]
    return None


def _is_hint(text: str) -> bool:
    """Whether a text is nothing but a pattern of dates or a word such as Required."""
    bare = _OPTIONAL.sub("", _NEEDED.sub("", text))
    pattern = date_pattern(bare)
    rest = bare.replace(pattern, "") if pattern else bare
    return rest != text and not plain(rest)


def _hints(grid: Grid, row: int) -> dict[int, str] | None:
    """What a row below the headers says about them (`DD/MM/YYYY`, `Required`); None where it says no such thing."""
    line = grid.values[row - 1] if row <= len(grid.values) else []
    texts = {number: value for number, value in enumerate(line, 1) if isinstance(value, str)}
    return texts if any(map(_is_hint, texts.values())) else None


def _with_limits(file: OpenFile, grids: Mapping[str, Grid], form: Form) -> list[FormColumn]:
    """The columns with their number formats and drop-downs."""
    formats = file.formats(form.sheet, form.first_row, [column.number for column in form.columns])
    rules = list(_rules(file, form.sheet))
    found = []
    for column in form.columns:
        column = replace(column, format=formats[column.number])
        for kind, areas, formula in rules:
            if any(
                left <= column.number <= right and bottom >= form.first_row >= top for top, left, bottom, right in areas
            ):
                column = replace(column, rule=kind)
                if kind == "list":
                    words = _words(file, grids, form.sheet, formula)
                    column = replace(column, choices=words, unread_list="" if words else formula)
        found.append(column)
    return found


def _rules(file: OpenFile, sheet: str) -> list[tuple[str, list[tuple[int, int, int, int]], str]]:
    """The kind, areas and first formula of each validation rule, those that Excel keeps in its extension included."""
    xml = file.package.part(file.workbook.sheet_part(sheet))
    found = []
    for name, formula, place in (("dataValidation", "formula1", ""), ("x14:dataValidation", "xm:f", "xm:sqref")):
        for match in element(name).finditer(xml):
            words, inner = attributes(match[1]), match[2] or b""
            one, where = element(formula).search(inner), element(place).search(inner) if place else None
            places = decode(where[2] or b"") if where else words.get("sqref", "")
            areas = [bounds for text in places.split() if (bounds := area(text))]
            found.append((words.get("type", ""), areas, decode(one[2] or b"") if one else ""))
    return found


def _words(file: OpenFile, grids: Mapping[str, Grid], sheet: str, formula: str) -> tuple[Value, ...] | None:
    """The words of a drop-down; None where its formula is none that we can follow."""
    formula = formula.strip().removeprefix("=")
    if formula.startswith('"') and formula.endswith('"'):
        return tuple(word.strip() for word in formula[1:-1].replace('""', '"').split(","))
    match = _REFERENCE.fullmatch(formula)
    if not match:
        named = {
            attributes(one[1]).get("name", "").casefold(): decode(one[2] or b"")
            for one in element("definedName").finditer(file.package.part(file.workbook.part))
        }
        match = _REFERENCE.fullmatch(named.get(formula.casefold(), ""))
    bounds = area(match[3].replace("$", "")) if match else None
    grid = grids.get((match[1] or match[2] or sheet).replace("''", "'")) if match else None
    if grid is None or bounds is None:
        return None
    top, left, bottom, right = bounds
    bottom = min(bottom, len(grid.values))
    cells = (grid.value(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return tuple(value for value in cells if value is not None) or None
