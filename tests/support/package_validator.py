"""A validator of workbook files, independent of our own reader and writer: what Excel would repair or refuse is named.

It parses every part, resolves every relationship, checks content types, the order of a worksheet's parts, cells,
styles, shared texts, native tables against the cells, notes against their boxes, and that ids are unique.
tests/conftest.py holds every workbook to it that any of our code puts in its place.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
EXCEL, VML = "{urn:schemas-microsoft-com:office:excel}", "{urn:schemas-microsoft-com:vml}"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
ORDER = re.findall(
    r"\w+",
    """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems
    tableParts extLst""",
)
KINDS = {"legacyDrawing": "vmlDrawing", "drawing": "drawing", "tablePart": "table"}
"""What an element of a sheet may lead to."""
CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Area = tuple[int, int, int, int]


Key = tuple[object, ...]


def problems(file: Path | IO[bytes], sound: set[Key] | None = None) -> list[str]:
    """What is wrong with a workbook, one line each; nothing for a sound one.

    `sound` remembers sheets that were found sound, by the checksums of their parts, from one call to the next.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return list(_Package(archive, set() if sound is None else sound).problems())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        return [f"cannot be validated: {problem}"]


class _Package:
    def __init__(self, archive: zipfile.ZipFile, sound: set[Key]) -> None:
        self.archive, self.sound = archive, sound
        self.all_names = [info.filename for info in archive.infolist() if not info.filename.endswith("/")]
        self.names = {_folded(name): name for name in self.all_names}
        self.trees: dict[str, ET.Element] = {}
        self.relations: dict[str, dict[str, tuple[str, str]]] = {}

    def problems(self) -> Iterator[str]:
        for name, times in Counter(map(_folded, self.all_names)).items():
            if times > 1:
                yield f"{name}: the archive holds it {times} times"
        yield from self._parse()
        yield from self._content_types()
        yield from self._relations()
        book = next((part for kind, part in self.relations.get("", {}).values() if kind == "officeDocument"), None)
        if book is None or book not in self.trees:
            yield "no workbook part"
            return
        yield from self._references()
        yield from self._workbook(book)

    def _parse(self) -> Iterator[str]:
        for folded, name in self.names.items():
            try:
                data = self.archive.read(name)
            except (zipfile.BadZipFile, OSError, ValueError) as problem:
                yield f"{folded}: cannot be unpacked ({problem})"
                continue
            if folded.endswith((".xml", ".rels", ".vml")) and ("part", *self._checksum(folded)) not in self.sound:
                try:
                    self.trees[folded] = ET.fromstring(data)
                except ET.ParseError:
                    yield f"{folded}: not well-formed"

    def _checksum(self, part: str) -> Key:
        info = self.archive.getinfo(self.names[part])
        return info.CRC, info.file_size

    def _content_types(self) -> Iterator[str]:
        types = self.trees.get("[content_types].xml")
        if types is None:
            yield "no content types"
            return
        endings = [e.get("Extension", "").lower() for e in types.iter(TYPES + "Default")]
        parts = [_folded(e.get("PartName", "")) for e in types.iter(TYPES + "Override")]
        yield from (f"content types: {one} is named {n} times" for one, n in Counter(endings + parts).items() if n > 1)
        yield from (f"content types: {part} is not there" for part in parts if part not in self.names)
        for name in self.names:
            if name != "[content_types].xml" and name not in parts and name.rpartition(".")[2] not in endings:
                yield f"{name}: has no content type"

    def _relations(self) -> Iterator[str]:
        for name, tree in self.trees.items():
            if not name.endswith(".rels"):
                continue
            folder, file = posixpath.split(name)
            source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
            if source and source not in self.names:
                yield f"{name}: its part is not there"
            found: dict[str, tuple[str, str]] = {}
            for one in tree.iter(PACKAGE + "Relationship"):
                key, target = one.get("Id", ""), one.get("Target", "")
                if key in found:
                    yield f"{name}: the id {key} is there twice"
                kind = one.get("Type", "").rpartition("/")[2]
                if one.get("TargetMode") == "External":
                    found[key] = kind, ""
                    continue
                path = target.partition("#")[0].replace("\\", "/")
                path = path if path.startswith("/") else posixpath.join(posixpath.dirname(source), path)
                part = _folded(posixpath.normpath(path))
                found[key] = kind, part
                if target and part not in self.names:
                    yield f"{name}: {key} leads to {part}, which is not there"
            self.relations[source] = found

    def _references(self) -> Iterator[str]:
        """Every `r:id` in a part is the id of one of its relationships."""
        for name, tree in self.trees.items():
            if name.endswith(".rels"):
                continue
            known = self.relations.get(name, {})
            for element in _outside_cells(tree):
                for attribute, value in element.attrib.items():
                    space, _, word = attribute.rpartition("}")
                    named = space in ("{" + OFFICE, "{" + STRICT_OFFICE) and word in ("id", "embed", "link", "pict")
                    if named and value and value not in known:
                        yield f"{name}: {_local(element)} names the relationship {value}, which is not there"
                    elif named and value and known[value][0] != KINDS.get(_local(element), known[value][0]):
                        yield f"{name}: {_local(element)} names {value}, a relationship of another kind"

    def _part_of(self, source: str, kind: str) -> ET.Element | None:
        parts = [part for word, part in self.relations.get(source, {}).values() if word == kind]
        return next((self.trees[part] for part in parts if part in self.trees), None)

    def _workbook(self, book: str) -> Iterator[str]:
        root = self.trees[book]
        sheets = [e for e in root.iter() if _local(e) == "sheet" and e.get("sheetId")]
        names = [e.get("name", "") for e in sheets]
        for what, values in (("name", map(str.casefold, names)), ("sheetId", (e.get("sheetId") for e in sheets))):
            yield from (f"workbook: two sheets have the {what} {one}" for one, n in Counter(values).items() if n > 1)
        yield from (f"workbook: no sheet can be called {name!r}" for name in names if not 0 < len(name) <= 31)
        for name in (e for e in root.iter() if _local(e) == "definedName"):
            if int(name.get("localSheetId", "0")) >= len(sheets):
                yield f"workbook: the name {name.get('name')} belongs to a sheet that is not there"
        styles, strings = self._part_of(book, "styles"), self._part_of(book, "sharedStrings")
        if [part for kind, part in self.relations.get(book, {}).values() if kind == "styles"] and styles is not None:
            yield from _styles(styles)
        limits = {
            "s": _length(styles, "cellXfs"),
            "dxfId": _length(styles, "dxfs"),
            "text": None if strings is None else sum(_local(e) == "si" for e in strings),
        }
        tables: list[ET.Element] = []
        for sheet in sheets:
            key = next((v for a, v in sheet.attrib.items() if a.endswith("}id")), "")
            kind, part = self.relations.get(book, {}).get(key, ("", ""))
            if kind == "worksheet" and part in self.names:
                yield from self._checked_sheet(part, limits, tables)
        for word in ("id", "displayName"):
            values = Counter((table.get(word) or "").casefold() for table in tables)  # type: ignore[assignment]
            yield from (f"two tables have the {word} {one}" for one, n in values.items() if n > 1)

    def _checked_sheet(self, part: str, limits: dict[str, int | None], tables: list[ET.Element]) -> Iterator[str]:
        near = [p for _, p in self.relations.get(part, {}).values() if p in self.names]
        strings = [name for name in self.names if name.endswith("sharedstrings.xml")]
        key = ("sheet", *(self._checksum(one) for one in (part, *near, *strings)))
        if key in self.sound:
            tables += [self.trees[p] for k, p in self.relations.get(part, {}).values() if k == "table"]
            return
        if part not in self.trees and ("part", *self._checksum(part)) in self.sound:
            self.trees[part] = ET.fromstring(self.archive.read(self.names[part]))
        if part not in self.trees:
            return
        found = list(self._sheet(part, limits, tables))
        yield from found
        if not found:
            self.sound |= {key, ("part", *self._checksum(part))}

    def _sheet(self, part: str, limits: dict[str, int | None], tables: list[ET.Element]) -> Iterator[str]:
        sheet = _Sheet(part, self.trees[part], limits, self._part_of_book("sharedStrings"))
        yield from sheet.problems()
        mine = [self.trees[p] for k, p in self.relations.get(part, {}).values() if k == "table" and p in self.trees]
        declared = sum(_local(e) == "tablePart" for e in _outside_cells(sheet.root))
        if declared != len(mine):
            yield f"{part}: names {declared} tables, its relationships {len(mine)}"
        for table in mine:
            yield from sheet.table(table)
        yield from (
            f"{part}: two tables overlap" for i, a in enumerate(mine) for b in mine[:i] if _meet(_ref(a), _ref(b))
        )
        tables += mine
        comments, vml = self._part_of(part, "comments"), self._part_of(part, "vmlDrawing")
        if comments is not None:
            yield from sheet.notes(comments, vml)

    def _part_of_book(self, kind: str) -> ET.Element | None:
        book = next(part for word, part in self.relations[""].values() if word == "officeDocument")
        return self._part_of(book, kind)


class _Sheet:
    def __init__(self, part: str, root: ET.Element, limits: dict[str, int | None], strings: ET.Element | None) -> None:
        self.part, self.root, self.limits, self.strings = part, root, limits, strings
        self.texts: dict[tuple[int, int], ET.Element] = {}
        self.arrays: list[Area] = []

    def problems(self) -> Iterator[str]:
        words = [_local(e) for e in self.root if _local(e) in ORDER]
        if words != sorted(words, key=ORDER.index):
            yield f"{self.part}: its parts are out of order ({', '.join(words)})"
        yield from self._cells()
        merged = [_area(e.get("ref", "")) for e in _outside_cells(self.root) if _local(e) == "mergeCell"]
        areas = [area for area in merged if area]
        if len(areas) < 500 and any(_meet(a, b) for i, a in enumerate(areas) for b in areas[:i]):
            yield f"{self.part}: merged cells overlap"
        most = self.limits["dxfId"]
        for element in _outside_cells(self.root):
            if _local(element) == "cfRule" and int(element.get("dxfId", "0")) >= max(most or 0, 1):
                yield f"{self.part}: a conditional format names a style that is not there"

    def _cells(self) -> Iterator[str]:
        data = next((e for e in self.root if _local(e) == "sheetData"), None)
        last_row = 0
        for row in data if data is not None else ():
            number = int(row.get("r", last_row + 1))
            if not last_row < number <= LAST_ROW:
                yield f"{self.part}: row {number} follows row {last_row}"
            last_row, last_column = number, 0
            for cell in row:
                column = _column_of(cell.get("r"), number) if "r" in cell.attrib else last_column + 1
                if not last_column < column <= LAST_COLUMN:
                    yield f"{self.part}: cell {cell.get('r')} is out of place in row {number}"
                    continue
                last_column = column
                self.texts[number, column] = cell
                yield from self._cell(cell)

    def _cell(self, cell: ET.Element) -> Iterator[str]:
        styles = self.limits["s"]
        if styles is not None and int(cell.get("s", "0")) >= max(styles, 1):
            yield f"{self.part}: {cell.get('r')} has a style that is not there"
        for child in cell:
            if child.tag.endswith("}v"):
                if cell.get("t") == "s" and not 0 <= int(child.text or "-1") < (self.limits["text"] or 0):
                    yield f"{self.part}: {cell.get('r')} names a text that is not there"
            elif child.get("t") == "array":
                area = _area(child.get("ref", ""))
                if area and area[:2] != area[2:]:
                    self.arrays.append(area)

    def table(self, table: ET.Element) -> Iterator[str]:
        """A table's columns say what the cells of its first row say."""
        area, name = _ref(table), table.get("displayName")
        if area is None:
            yield f"table {name}: no area"
            return
        columns = [e for e in table.iter() if _local(e) == "tableColumn"]
        if len(columns) != area[3] - area[1] + 1:
            yield f"table {name}: {len(columns)} columns over {table.get('ref')}"
        for word in ("id", "name"):
            values = Counter((e.get(word) or "").casefold() for e in columns)
            yield from (f"table {name}: two columns have the {word} {one!r}" for one, n in values.items() if n > 1)
        if table.get("headerRowCount") != "0":
            for column, element in enumerate(columns, area[1]):
                there, said = self._text(area[0], column), _decoded(element.get("name", ""))
                if there is not None and there != said:
                    yield f"table {name}: the column {said!r} stands over the cell {there!r}"
                if not 0 < len(said) <= 255:
                    yield f"table {name}: a column's name has {len(said)} characters"
        yield from (
            f"table {name}: a formula fills several of its cells" for array in self.arrays if _meet(array, area)
        )

    def _text(self, row: int, column: int) -> str | None:
        """The text of a cell; None where it cannot be told (a number, a formula)."""
        cell = self.texts.get((row, column))
        if cell is None:
            return ""
        if cell.get("t") == "s" and self.strings is not None:
            items = [e for e in self.strings if _local(e) == "si"]
            value = next((e for e in cell if _local(e) == "v"), None)
            place = int(value.text or 0) if value is not None else len(items)
            return _rich(items[place]) if place < len(items) else ""
        return _rich(cell) if cell.get("t") == "inlineStr" else None

    def notes(self, comments: ET.Element, vml: ET.Element | None) -> Iterator[str]:
        authors = sum(_local(e) == "author" for e in comments.iter())
        found = [e for e in comments.iter() if _local(e) == "comment"]
        refs = Counter(e.get("ref") for e in found)
        yield from (f"{self.part}: two notes on {ref}" for ref, n in refs.items() if n > 1)
        if any(int(e.get("authorId", "0")) >= authors for e in found):
            yield f"{self.part}: a note by an author that is not there"
        if vml is None:
            yield f"{self.part}: notes without boxes"
            return
        boxes = [
            (int(e.findtext(EXCEL + "Row", "-1")) + 1, int(e.findtext(EXCEL + "Column", "-1")) + 1)
            for e in vml.iter(EXCEL + "ClientData")
            if e.get("ObjectType") == "Note"
        ]
        missing = {(area or (0, 0))[:2] for area in map(_area, filter(None, refs))} - set(boxes)
        if missing:
            yield f"{self.part}: no box for the notes at {sorted(missing)[:3]}"
        ids = Counter(e.get("id") for e in vml.iter(VML + "shape"))
        yield from (f"{self.part}: two boxes have the id {one}" for one, n in ids.items() if one and n > 1)


def _styles(root: ET.Element) -> Iterator[str]:
    counts = {name: _length(root, name) or 0 for name in ("fonts", "fills", "borders", "cellXfs", "cellStyleXfs")}
    for parent in root:
        if _local(parent) in counts and int(parent.get("count", len(parent))) != len(parent):
            yield f"styles: {_local(parent)} has {len(parent)} entries, not {parent.get('count')}"
    for style in (e for p in root if _local(p) == "cellXfs" for e in p):
        for word, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            if int(style.get(word, "0")) >= max(counts[name], 1):
                yield f"styles: a style names entry {style.get(word)} of {name}, which is not there"


def _length(root: ET.Element | None, name: str) -> int | None:
    return None if root is None else next((len(e) for e in root if _local(e) == name), 0)


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _ref(element: ET.Element) -> Area | None:
    return _area(element.get("ref", ""))


def _outside_cells(root: ET.Element) -> Iterator[ET.Element]:
    """All elements but the cells of a sheet, of which there are many."""
    for child in root:
        if not child.tag.endswith("}sheetData"):
            yield from child.iter()


def _column_of(address: str | None, row: int) -> int:
    """The column of a cell's address; 0 where it is not an address in this row."""
    letters = (address or "").removesuffix(str(row))
    return _column(letters) if letters.isalpha() and letters.isupper() and letters != address else 0


def _area(text: str) -> Area | None:
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?", text)
    if not match:
        return None
    left, top, right, bottom = match.groups()
    return int(top), _column(left), int(bottom or top), _column(right or left)


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _meet(one: Area | None, other: Area | None) -> bool:
    if not one or not other:
        return False
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _rich(item: ET.Element) -> str:
    phonetic = {id(t) for run in item.iter() if _local(run) == "rPh" for t in run.iter()}
    texts: Iterable[ET.Element] = (e for e in item.iter() if _local(e) == "t" and id(e) not in phonetic)
    return _decoded("".join(e.text or "" for e in texts))


def _decoded(text: str) -> str:
    return CODED.sub(lambda match: chr(int(match[1], 16)), text)
