"""The `dir` stream of a VBA project: its name, its references and its modules, as records ([MS-OVBA] 2.3.4.2).

A record is a number, a size and data, little-endian. Most texts come twice, in the code page and in UTF-16.
"""

import struct
from collections.abc import Sequence

CODE_PAGE = "cp1252"  # VBA text is stored in one code page; ours is ASCII, and a test holds it to that
LANGUAGE = struct.pack("<I", 0x409)
COOKIE = b"\xff\xff"  # "MUST be 0xFFFF on write"
# What the text refers to: the two libraries that Office puts into every Excel project beside VBA and Excel themselves.
OFFICE_LIBRARY = (
    r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
    r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library"
)
REFERENCES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    ("Office", OFFICE_LIBRARY),
)


def dir_records(project: str, modules: Sequence[tuple[str, bool]]) -> bytes:
    """The stream, not yet compressed; `modules` are (name, whether it is an ordinary module and no document)."""
    count = _record(0x0F, struct.pack("<H", len(modules))) + _record(0x13, COOKIE)
    references = b"".join(_reference(name, library) for name, library in REFERENCES)
    listed = b"".join(_module(name, ordinary) for name, ordinary in modules)
    return _information(project) + references + count + listed + _record(0x10)


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _twice(number: int, unicode_number: int, text: str) -> bytes:
    return _record(number, text.encode(CODE_PAGE)) + _record(unicode_number, text.encode("utf-16-le"))


def _information(project: str) -> bytes:
    return b"".join(
        (
            _record(0x01, struct.pack("<I", 1)),  # made for 32-bit Windows, which 64-bit and macOS accept
            _record(0x02, LANGUAGE),
            _record(0x14, LANGUAGE),  # the language of calls
            _record(0x03, struct.pack("<H", int(CODE_PAGE.removeprefix("cp")))),
            _record(0x04, project.encode(CODE_PAGE)),
            _twice(0x05, 0x40, ""),  # description
            _record(0x06) + _record(0x3D),  # help file, twice
            _record(0x07, bytes(4)),  # help context
            _record(0x08, bytes(4)),  # flags
            struct.pack("<HIIH", 0x09, 4, 1, 1),  # version 1.1: the size says 4, and six bytes follow
            _twice(0x0C, 0x3C, ""),  # constants for #If
        )
    )


def _reference(name: str, library: str) -> bytes:
    raw = library.encode(CODE_PAGE)
    return _twice(0x16, 0x3E, name) + _record(0x0D, struct.pack("<I", len(raw)) + raw + bytes(6))


def _module(name: str, ordinary: bool) -> bytes:
    return b"".join(
        (
            _twice(0x19, 0x47, name),
            _twice(0x1A, 0x32, name),  # the stream has the module's name
            _twice(0x1C, 0x48, ""),  # description
            _record(0x31, bytes(4)),  # the text starts at 0: nothing but text is in the stream
            _record(0x1E, bytes(4)),  # help context
            _record(0x2C, COOKIE),
            _record(0x21 if ordinary else 0x22),
            _record(0x2B),
        )
    )
