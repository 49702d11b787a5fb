"""Readers of macro workbooks for the tests: strict about [MS-CFB] and [MS-OVBA], and independent of our writer.

olefile reads the compound file, oletools decompresses; the records are read here, in the order the specification
demands.
"""

import importlib
import io
import os
import re
import struct
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import olefile
import pytest
from defusedxml.ElementTree import fromstring

WORKBOOK_TYPES = {
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ".xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}


def needed(name: str) -> ModuleType:
    """A package of the test group; missing, its tests are skipped with the reason, and fail in CI."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # oletools calls pyparsing by its old names
        if os.environ.get("CI") == "true":
            return importlib.import_module(name)
        return pytest.importorskip(name, reason=f"needs {name}, from the test group")


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of a package; no part twice, none damaged, every XML part well-formed."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        parts = {name: package.read(name) for name in names}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            fromstring(content)
    return parts


@dataclass
class Project:
    """What vbaProject.bin holds."""

    references: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def procedures(self) -> dict[str, list[tuple[str, str]]]:
        """Every Sub and Function that can be called from outside: small letters -> (module, its parameters)."""
        found: dict[str, list[tuple[str, str]]] = {}
        for module, source in self.sources.items():
            for match in re.finditer(r"(?mi)^\s*(?:Public\s+)?(?:Sub|Function)\s+(\w+)\s*\(([^)]*)\)", source):
                found.setdefault(match[1].lower(), []).append((module, match[2].strip()))
        return found


class DirRecords:
    """The records of the dir stream, taken one by one; anything out of order fails."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def following(self) -> int:
        return int(struct.unpack_from("<H", self.content, self.at)[0])

    def take(self, wanted: int) -> bytes:
        number, size = struct.unpack_from("<HI", self.content, self.at)
        assert number == wanted, f"record {number:#x} at {self.at}, wanted {wanted:#x}"
        start = self.at + 6
        self.at = start + size
        assert self.at <= len(self.content)
        return self.content[start : self.at]

    def twice(self, number: int, unicode_number: int) -> str:
        text = self.take(number).decode("cp1252")
        assert self.take(unicode_number).decode("utf-16-le") == text
        return text

    def information(self) -> None:
        assert self.take(0x01) == struct.pack("<I", 1)
        assert self.take(0x02) == self.take(0x14) == struct.pack("<I", 0x409)
        assert self.take(0x03) == struct.pack("<H", 1252)
        assert self.take(0x04).decode("cp1252").isidentifier()
        self.twice(0x05, 0x40)
        assert self.take(0x06) == self.take(0x3D)
        assert self.take(0x07) == self.take(0x08) == bytes(4)
        assert struct.unpack_from("<HI", self.content, self.at) == (0x09, 4)
        self.at += 12  # the size says 4, six bytes follow
        self.twice(0x0C, 0x3C)

    def references(self) -> list[str]:
        names = []
        while self.following() != 0x0F:
            names.append(self.twice(0x16, 0x3E))
            body = self.take(0x0D)
            assert len(body) == 4 + struct.unpack_from("<I", body)[0] + 6
        return names

    def modules(self) -> list[tuple[str, str, int, bool]]:
        """(name, stream, where the text starts, whether it is an ordinary module) of each."""
        count = struct.unpack("<H", self.take(0x0F))[0]
        assert self.take(0x13) == b"\xff\xff"
        found = []
        for _ in range(count):
            name, stream = self.twice(0x19, 0x47), self.twice(0x1A, 0x32)
            self.twice(0x1C, 0x48)
            start = struct.unpack("<I", self.take(0x31))[0]
            assert self.take(0x1E) == bytes(4)
            assert self.take(0x2C) == b"\xff\xff"
            ordinary = self.following() == 0x21
            assert self.take(0x21 if ordinary else 0x22) == b""
            assert self.take(0x2B) == b""
            found.append((name, stream, start, ordinary))
        assert self.take(0x10) == b""
        assert self.at == len(self.content)
        return found


def read_project(content: bytes) -> Project:
    """Read vbaProject.bin; fails where PROJECT, dir, PROJECTwm and the streams do not agree."""
    ole = olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_UNSURE)
    assert not ole.parsing_issues
    version = ole.openstream("VBA/_VBA_PROJECT").read()
    assert (version[:5].hex(), len(version)) == ("cc61ffff00", 7), "there is compiled code"
    records = DirRecords(unpacked(ole.openstream("VBA/dir").read()))
    records.information()
    project = Project(references=records.references())
    modules = records.modules()
    text = ole.openstream("PROJECT").read().decode("cp1252")
    project.kinds = {name: kind for kind, name in re.findall(r"(?m)^(Document|Module|Class)=([^/\r\n]+)", text)}
    names = [module[0] for module in modules]
    assert list(project.kinds) == names, "PROJECT and dir name different modules"
    assert re.findall(r"(?m)^(\w+)=0, 0, 0, 0, C\r$", text) == names
    assert {path[1] for path in ole.listdir() if path[0] == "VBA"} == {m[1] for m in modules} | {"dir", "_VBA_PROJECT"}
    mapped = b"".join(n.encode("cp1252") + b"\0" + n.encode("utf-16-le") + b"\0\0" for n in names) + b"\0\0"
    assert ole.openstream("PROJECTwm").read() == mapped
    for name, stream, start, ordinary in modules:
        source = unpacked(ole.openstream(f"VBA/{stream}").read()[start:]).decode("cp1252")
        assert source.startswith(f'Attribute VB_Name = "{name}"\r\n')
        assert "\n" not in source.replace("\r\n", ""), f"{name}: a line that does not end in CRLF"
        assert ordinary == (project.kinds[name] == "Module")
        project.sources[name] = source
    return project


def unpacked(content: bytes) -> bytes:
    return bytes(needed("oletools.olevba").decompress_stream(bytearray(content)))


def code_names(parts: dict[str, bytes]) -> list[str]:
    """The code names of the workbook and of each sheet; the document modules must have the same."""
    names = [re.search(r'<workbookPr[^>]*codeName="([^"]+)"', parts["xl/workbook.xml"].decode())]
    sheets = [f"xl/worksheets/sheet{n}.xml" for n in range(1, len(parts)) if f"xl/worksheets/sheet{n}.xml" in parts]
    names += [re.search(r'<sheetPr[^>]*codeName="([^"]+)"', parts[sheet].decode()) for sheet in sheets]
    assert all(names), "a sheet without a code name"
    return [match[1] for match in names if match]


def button_macros(parts: dict[str, bytes]) -> list[str]:
    """The macro of every form button."""
    drawings = [content.decode() for name, content in sorted(parts.items()) if name.endswith(".vml")]
    assert all(text.count('ObjectType="Button"') == text.count("<x:FmlaMacro>") for text in drawings)
    return [macro for text in drawings for macro in re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", text)]


def ribbon_items(parts: dict[str, bytes]) -> list[dict[str, str]]:
    """The attributes of every ribbon item that does something; the part must be related to the package."""
    part = "customUI/customUI14.xml"
    if part not in parts:
        return []
    relations = fromstring(parts["_rels/.rels"])
    kinds = [r.get("Type") for r in relations if r.get("Target") == part]
    assert kinds == ["http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"]
    root = fromstring(parts[part])
    assert root.tag == "{http://schemas.microsoft.com/office/2009/07/customui}customUI"
    return [dict(element.attrib) for element in root.iter() if element.get("onAction")]
