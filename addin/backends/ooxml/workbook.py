"""The parts that hold a workbook together: the list of sheets, relationships, content types, the calculation flag."""

from __future__ import annotations

import posixpath
import re

from addin.backends.ooxml.markup import Found, attributes, children, decode, element, escape, with_attribute
from addin.backends.ooxml.package import Package
from addin.core.language import phrase
from addin.core.records import record
from addin.errors import BookProblem

STRICT = "http://purl.oclc.org/ooxml/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"
# What follows <calcPr> in a workbook (ECMA-376 part 1, 18.2.27)
AFTER_CALCULATION = (
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


@record
class Relation:
    """An arrow from one part to another: its id, the last word of its type, the part's name."""

    id: str
    kind: str
    part: str


def relations(package: Package, part: str) -> list[Relation]:
    """The parts that this part points to; links to the outside are left out."""
    name = relations_part(part)
    if not package.has(name):
        return []
    found = []
    for match in element("Relationship").finditer(package.part(name)):
        words = attributes(match[1])
        if words.get("TargetMode") != "External" and "Target" in words:
            kind = words.get("Type", "").rpartition("/")[2]
            found.append(Relation(words.get("Id", ""), kind, _target(part, words["Target"])))
    return found


def relations_part(part: str) -> str:
    """Where a part's relationships are."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def _target(part: str, target: str) -> str:
    target = target.partition("#")[0].replace("\\", "/")
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def relate(package: Package, part: str, kind: str, target: str) -> str:
    """Point from one part to another and give the new relationship's id."""
    name = relations_part(part)
    xml = package.part(name) if package.has(name) else EMPTY_RELATIONS
    taken = {attributes(match[1]).get("Id") for match in element("Relationship").finditer(xml)}
    new = next(f"rId{n}" for n in range(1, 100_000) if f"rId{n}" not in taken)
    line = f'<Relationship Id="{new}" Type="{OFFICE}/{kind}" Target="/{escape(target)}"/>'.encode()
    package.put(name, _inside(xml, "Relationships", line))
    return new


def unrelate(package: Package, part: str, target: str) -> None:
    """Forget the arrow from one part to another."""
    gone = {relation.id for relation in relations(package, part) if relation.part == target}
    name = relations_part(part)

    def keep(match: Found) -> bytes:
        return b"" if attributes(match[1]).get("Id") in gone else match[0]

    package.put(name, element("Relationship").sub(keep, package.part(name)))


def _inside(xml: bytes, parent: str, line: bytes) -> bytes:
    """The XML with one more child at the end of its root element."""
    end = xml.rfind(f"</{parent}".encode())
    if end >= 0:
        return xml[:end] + line + xml[end:]
    start = xml.rfind(b"/>")
    return xml[:start].rstrip() + b">" + line + f"</{parent}>".encode() + xml[start + 2 :]


def declare(package: Package, part: str, content_type: str) -> None:
    """Say in [Content_Types].xml what a new part is."""
    xml = package.part(TYPES)
    known = {attributes(match[1]).get("PartName", "").lower() for match in element("Override").finditer(xml)}
    if f"/{part}".lower() not in known:
        line = f'<Override PartName="/{escape(part)}" ContentType="{content_type}"/>'.encode()
        package.put(TYPES, _inside(xml, "Types", line))


def declare_ending(package: Package, ending: str, content_type: str) -> None:
    """Say in [Content_Types].xml what parts with this ending are. Endings are before single parts."""
    xml = package.part(TYPES)
    known = {attributes(match[1]).get("Extension", "").lower() for match in element("Default").finditer(xml)}
    if ending not in known:
        line = f'<Default Extension="{ending}" ContentType="{content_type}"/>'.encode()
        start = re.search(rb"<(?:Default|Override)[\s/>]", xml)
        place = start.start() if start else xml.rfind(b"</")
        package.put(TYPES, xml[:place] + line + xml[place:])


def undeclare(package: Package, part: str) -> None:
    """Take a part that goes out of [Content_Types].xml."""

    def keep(match: Found) -> bytes:
        return b"" if attributes(match[1]).get("PartName", "").lower() == f"/{part}".lower() else match[0]

    package.put(TYPES, element("Override").sub(keep, package.part(TYPES)))


def _without_index(xml: bytes, index: int) -> bytes:
    """The workbook part after the sheet of this index is gone: names and tabs that count sheets."""

    def name(match: Found) -> bytes:
        local = attributes(match[1]).get("localSheetId", "")
        if not local.isdigit() or int(local) < index:
            return bytes(match[0])
        return b"" if int(local) == index else with_attribute(match[0], "localSheetId", str(int(local) - 1))

    def view(match: Found) -> bytes:
        tag: bytes = match[0]
        for word in ("activeTab", "firstSheet"):
            number = attributes(match[1]).get(word, "")
            if number.isdigit() and int(number) and int(number) >= index:
                tag = with_attribute(tag, word, str(int(number) - 1))
        return tag

    xml = element("workbookView").sub(view, element("definedName").sub(name, xml))
    return element("definedNames").sub(lambda match: match[0] if (match[2] or b"").strip() else b"", xml)


class Workbook:
    """The workbook part: which sheets there are, in which part each lies, which calendar counts its days."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = next((r.part for r in relations(package, "") if r.kind == "officeDocument"), "xl/workbook.xml")
        xml = package.part(self.part)
        self.strict = STRICT.encode() in xml
        self.relations = relations(package, self.part)
        settings = element("workbookPr").search(xml)
        self.since_1904 = settings is not None and attributes(settings[1]).get("date1904") in ("1", "true")
        parts = {relation.id: relation for relation in self.relations}
        self.sheets: dict[str, str] = {}
        self.hidden: set[str] = set()
        """The sheets whose tabs a person cannot see."""
        listed = element("sheets").search(xml)
        for match in element("sheet").finditer((listed[2] if listed else b"") or b""):
            words = attributes(match[1])
            target = next((value for name, value in words.items() if name.rpartition(":")[2] == "id"), "")
            relation = parts.get(target)
            if relation and relation.kind == "worksheet":
                self.sheets[words.get("name", "")] = relation.part
                if words.get("state", "visible") != "visible":
                    self.hidden.add(words.get("name", ""))

    def one(self, kind: str) -> str | None:
        """The one part of this kind that the workbook points to, such as `styles`."""
        return next((r.part for r in self.relations if r.kind == kind and self.package.has(r.part)), None)

    def named(self, kind: str) -> str | None:
        """The name of the part of this kind that the workbook points to, whether it is there or not."""
        return next((relation.part for relation in self.relations if relation.kind == kind), None)

    def styles_part(self) -> str:
        """Where new styles go: the part that is named as theirs, else the one on whose name some programs insist.

        A program may have put an empty one there without pointing to it.
        """
        return self.named("styles") or posixpath.join(posixpath.dirname(self.part), "styles.xml")

    def sheet_part(self, sheet: str) -> str:
        """The part that holds a sheet; a sheet that is not there is a sentence."""
        if sheet not in self.sheets:
            raise BookProblem(
                phrase("there is no sheet {sheet} in the workbook.", sheet=f"{sheet!r}"),
                where=self.package.where,
                next=phrase("Its sheets are: {sheets}.", sheets=", ".join(self.sheets)),
            )
        return self.sheets[sheet]

    def add_sheet(self, name: str, xml: bytes) -> str:
        """Append a worksheet and give its part."""
        package = self.package
        part = package.free_name(posixpath.join(posixpath.dirname(self.part), "worksheets/sheet{}.xml"))
        package.put(part, xml)
        main = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        declare(package, part, main)
        relation = relate(package, self.part, "worksheet", part)
        book = package.part(self.part)
        taken = [int(number) for number in re.findall(rb"""\ssheetId\s*=\s*["'](\d+)""", book)]
        line = (
            f'<sheet xmlns:r="{OFFICE}" name="{escape(name)}" sheetId="{max(taken, default=0) + 1}" r:id="{relation}"/>'
        )
        end = book.index(b"</sheets")
        package.put(self.part, book[:end] + line.encode() + book[end:])
        self.sheets[name] = part
        return part

    def remove_sheet(self, name: str) -> None:
        """Take a worksheet of ours out, with what the workbook says of it."""
        package, part = self.package, self.sheets.pop(name)
        xml = package.part(self.part)
        listed = element("sheets").search(xml)
        assert listed is not None
        tags = list(element("sheet").finditer(listed[2] or b""))
        index = next(n for n, tag in enumerate(tags) if attributes(tag[1]).get("name") == name)
        start = listed.span(2)[0]
        first, last = tags[index].span()
        package.put(self.part, _without_index(xml[: start + first] + xml[start + last :], index))
        unrelate(package, self.part, part)
        for one in (part, relations_part(part)):
            if package.has(one):
                package.remove(one)
        undeclare(package, part)

    def filter_name(self, sheet: str, whole: str) -> None:
        """Let the hidden name that Excel keeps for a sheet's filter follow the filter."""
        xml = self.package.part(self.part)
        for match in element("definedName").finditer(xml):
            owner, mark, _ = decode(match[2] or b"").rpartition("!")
            named = owner.removeprefix("'").removesuffix("'").replace("''", "'") == sheet
            if named and attributes(match[1]).get("name") == "_xlnm._FilterDatabase":
                start, end = match.span(2)
                self.package.put(self.part, xml[:start] + escape(f"{owner}{mark}{whole}").encode() + xml[end:])
                return

    def recalculate(self) -> None:
        """Ask the spreadsheet program to calculate every formula when it next opens the workbook."""
        xml = self.package.part(self.part)
        match = element("calcPr").search(xml)
        if match:
            if attributes(match[1]).get("fullCalcOnLoad") not in ("1", "true"):
                tag = with_attribute(match[0], "fullCalcOnLoad", "1")
                self.package.put(self.part, xml[: match.start()] + tag + xml[match.end() :])
            return
        root = xml.index(b"<workbook")
        place = xml.rindex(b"</workbook")
        for name, start, _ in children(xml, xml.index(b">", root) + 1, place):
            if name in AFTER_CALCULATION:
                place = start
                break
        self.package.put(self.part, xml[:place] + b'<calcPr fullCalcOnLoad="1"/>' + xml[place:])

    def forget_calculation_order(self) -> None:
        """Drop the calculation chain: it must not name cells that hold no formula any more, and Excel rebuilds it."""
        chain = self.one("calcChain")
        if chain:
            self.package.remove(chain)
            unrelate(self.package, self.part, chain)
            undeclare(self.package, chain)
