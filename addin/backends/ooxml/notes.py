"""Notes (classic comments and their boxes). Only notes that the tool wrote are ever changed or taken away; a person's
notes and threaded comments are read and left alone."""

from __future__ import annotations

import re

from addin.backends.ooxml.formulas import area, area_text
from addin.backends.ooxml.markup import Found, attributes, element, with_prefixes
from addin.backends.ooxml.order import with_child
from addin.backends.ooxml.package import Package
from addin.backends.ooxml.values import escaped, rich, text
from addin.backends.ooxml.workbook import OFFICE, declare, declare_ending, relate, relations
from addin.core.names import NOTE_START
from addin.core.records import field, record
from addin.core.regex import regex

AUTHOR = "IB Trackers"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
NEW_COMMENTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors></authors>'
    b"<commentList></commentList></comments>"
)
NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
NEW_VML = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="%s"/></o:shapelayout></xml>'
)
SHAPE_TYPE = (
    b'<v:shapetype%s id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE_ID = regex(rb"_x0000_s(\d+)")
ID_MAP = regex(rb"""<o:idmap[^>]*\sdata\s*=\s*["']([\d,\s]*)["']""")

Place = tuple[int, int]


@record
class Note:
    """A note on a cell: what it says, and whether the tool wrote it."""

    text: str
    ours: bool


@record
class Notes:
    """The notes of one sheet."""

    package: Package
    sheet_part: str
    by_cell: dict[Place, Note] = field(default_factory=dict)
    comments: str = ""
    vml: str = ""

    def apply(self, wanted: dict[Place, str | None], sheet_xml: bytes) -> bytes:
        """Write and take away the tool's notes; gives the sheet's XML, which may have to point to new parts."""
        gone, new = set(), {}
        for cell, words in wanted.items():
            there = self.by_cell.get(cell)
            if (there and not there.ours) or (there.text if there else None) == words:
                continue
            if there:
                gone.add(cell)
            if words is not None:
                new[cell] = words
        if not gone and not new:
            return sheet_xml
        sheet_xml = self._with_parts(sheet_xml)
        self._write_comments(gone, new)
        self._write_boxes(gone, set(new))
        for cell in gone:
            self.by_cell.pop(cell)
        self.by_cell.update({cell: Note(words, ours=True) for cell, words in new.items()})
        return sheet_xml

    def _with_parts(self, sheet_xml: bytes) -> bytes:
        package = self.package
        if not self.comments:
            self.comments = package.free_name("xl/comments{}.xml")
            package.put(self.comments, NEW_COMMENTS)
            declare(package, self.comments, COMMENTS_TYPE)
            relate(package, self.sheet_part, "comments", self.comments)
        if not self.vml:
            self.vml = package.free_name("xl/drawings/vmlDrawing{}.vml")
            package.put(self.vml, NEW_VML % b"%d" % _free_block(package))
            declare_ending(package, "vml", VML_TYPE)
            relation = relate(package, self.sheet_part, "vmlDrawing", self.vml)
            line = f'<legacyDrawing xmlns:r="{OFFICE}" r:id="{relation}"/>'.encode()
            sheet_xml = with_child(sheet_xml, "legacyDrawing", line)
        return sheet_xml

    def _write_comments(self, gone: set[Place], new: dict[Place, str]) -> None:
        xml = _pair(_pair(self.package.part(self.comments), "authors"), "commentList")
        names = [text(match[2] or b"") for match in element("author").finditer(xml)]
        if AUTHOR not in names:
            names.append(AUTHOR)
            xml = xml.replace(b"</authors", f"<author>{AUTHOR}</author></authors".encode(), 1)
        author = names.index(AUTHOR)

        def keep(match: Found) -> bytes:
            return b"" if _place(attributes(match[1])) in gone else match[0]

        xml = element("comment").sub(keep, xml)
        made = "".join(
            f'<comment ref="{area_text(row, column, row, column)}" authorId="{author}"><text>'
            f'<t xml:space="preserve">{escaped(words)}</t></text></comment>'
            for (row, column), words in sorted(new.items())
        )
        self.package.put(self.comments, xml.replace(b"</commentList", made.encode() + b"</commentList", 1))

    def _write_boxes(self, gone: set[Place], new: set[Place]) -> None:
        xml = with_prefixes(self.package.part(self.vml), NAMESPACES)
        if gone:
            xml = element("v:shape").sub(lambda m: b"" if _box_place(m[0]) in gone else m[0], xml)
        if xml.rstrip().endswith(b"/>"):
            xml = _pair(xml, "xml")
        end = xml.rindex(b"</")
        numbers = [int(number) for number in SHAPE_ID.findall(xml)]
        blocks = [int(word) for word in (ID_MAP.search(xml) or [b"", b"1"])[1].split(b",") if word.strip()]
        first = max(numbers, default=max(blocks, default=1) * 1024) + 1
        kind = b"" if b'"_x0000_t202"' in xml else SHAPE_TYPE % _unbound(xml)
        boxes = "".join(_box(number, place, _unbound(xml).decode()) for number, place in enumerate(sorted(new), first))
        self.package.put(self.vml, xml[:end] + (kind if new else b"") + boxes.encode() + xml[end:])


def notes_of(package: Package, sheet_part: str) -> Notes:
    """The notes of a sheet: the tool's, the persons', and the conversations in threaded comments."""
    notes = Notes(package, sheet_part)
    found = relations(package, sheet_part)
    notes.comments = next((r.part for r in found if r.kind == "comments" and package.has(r.part)), "")
    legacy = _legacy_drawing(package.part(sheet_part))
    notes.vml = next((r.part for r in found if r.id == legacy and package.has(r.part)), "")
    if notes.comments:
        notes.by_cell.update(_classic(package.part(notes.comments)))
    for relation in found:
        if relation.kind == "threadedComment" and package.has(relation.part):
            notes.by_cell.update(_threads(package.part(relation.part)))
    return notes


def _legacy_drawing(xml: bytes) -> str:
    match = element("legacyDrawing").search(xml, xml.rfind(b"</sheetData"))
    words = attributes(match[1]) if match else {}
    return next((value for name, value in words.items() if name.endswith(":id")), "")


def _classic(xml: bytes) -> dict[Place, Note]:
    names = [text(match[2] or b"") for match in element("author").finditer(xml)]
    found = {}
    for match in element("comment").finditer(xml):
        words = attributes(match[1])
        number = int(words.get("authorId", "0"))
        body = element("text").search(match[2] or b"")
        name = names[number] if number < len(names) else ""
        said = rich((body[2] if body else b"") or b"")
        found[_place(words)] = Note(said, ours=name == AUTHOR or said.startswith(NOTE_START))
    return found


def _threads(xml: bytes) -> dict[Place, Note]:
    threads: dict[Place, list[str]] = {}
    for match in element("threadedComment").finditer(xml):
        body = element("text").search(match[2] or b"")
        threads.setdefault(_place(attributes(match[1])), []).append(text((body[2] if body else b"") or b""))
    return {place: Note("\n".join(words), ours=False) for place, words in threads.items()}


def _place(words: dict[str, str]) -> Place:
    bounds = area(words.get("ref", ""))
    return (bounds[0], bounds[1]) if bounds else (0, 0)


def _box_place(shape: bytes) -> Place:
    if b'ObjectType="Note"' not in shape:
        return 0, 0
    row, column = element("x:Row").search(shape), element("x:Column").search(shape)
    return (int(row[2]) + 1, int(column[2]) + 1) if row and column else (0, 0)


def _unbound(xml: bytes) -> bytes:
    """Declarations of the namespaces that the drawing's root does not know by the prefixes we write."""
    start = xml.find(b"?>") + 1
    known = attributes(xml[xml.index(b"<", start) : xml.index(b">", start + 1)])
    return "".join(
        f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if known.get(f"xmlns:{prefix}") != uri
    ).encode()


def _box(number: int, place: Place, namespaces: str = "") -> str:
    """The yellow box in which a note is shown; it is hidden until the pointer rests on the cell."""
    row, column = place[0] - 1, place[1] - 1
    top = max(row - 1, 0)
    return (
        f'<v:shape{namespaces} id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;margin-left:60pt;margin-top:2pt;width:160pt;height:80pt;z-index:1;'
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column + 1}, 15, {top}, 10, {column + 4}, 15, {top + 5}, 4</x:Anchor>"
        "<x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _free_block(package: Package) -> int:
    """The first block of 1,024 shape numbers that no drawing of the workbook uses."""
    used = {0}
    for name in package.names | set(package.changed):
        if name.lower().endswith(".vml") and package.has(name):
            match = ID_MAP.search(package.part(name))
            used |= {int(word) for word in match[1].split(b",") if word.strip()} if match else set()
    return max(used) + 1


def _pair(xml: bytes, name: str) -> bytes:
    """`<authors/>` becomes a pair of tags."""
    return re.sub(rb"<%s([^>]*)/>" % name.encode(), rb"<%s\1></%s>" % (name.encode(), name.encode()), xml, count=1)
