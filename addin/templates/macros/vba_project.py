"""Build `vbaProject.bin`, the part of a workbook that holds its macros, from VBA text ([MS-OVBA], read 2026-11).

Only the source text is stored. Office also keeps a compiled copy ("p-code") that need not match the text; here there
is none, so what can be read is what runs: Excel compiles it when the workbook is opened ([MS-OVBA] 2.3.4.1).
Same modules, same bytes.
"""

import re
import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from addin.templates.macros.compound_file import Storage, Stream, compound_file
from addin.templates.macros.compression import compress
from addin.templates.macros.vba_dir import CODE_PAGE, dir_records

Kind = Literal["document", "module"]

# The stream _VBA_PROJECT: version FFFF, no cache. The last two bytes are "undefined"; they are 01 00 here because they
# are so in files without a cache that Excel opens every day (the .xlam of xlwings 0.37.8, read 2026-11).
NO_COMPILED_CODE = bytes.fromhex("CC61FFFF000100")
WORKBOOK_BASE = "0{00020819-0000-0000-C000-000000000046}"
SHEET_BASE = "0{00020820-0000-0000-C000-000000000046}"
WORKBOOK = "ThisWorkbook"
DOCUMENT_FLAGS = {
    "GlobalNameSpace": False,
    "Creatable": False,
    "PredeclaredId": True,
    "Exposed": True,
    "TemplateDerived": False,
    "Customizable": True,
}
EDITOR = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"


@dataclass(frozen=True)
class Module:
    """A module of VBA text. Every workbook has one document module for itself and one for each sheet."""

    name: str
    source: str = ""
    kind: Kind = "module"

    def text(self) -> str:
        """What is stored: the attribute lines first, every line ended by CRLF."""
        lines = [line for line in self.source.splitlines() if not line.startswith("Attribute VB_")]
        head = [f'Attribute VB_Name = "{self.name}"']
        if self.kind == "document":
            head.append(f'Attribute VB_Base = "{WORKBOOK_BASE if self.name == WORKBOOK else SHEET_BASE}"')
            head += [f"Attribute VB_{flag} = {value}" for flag, value in DOCUMENT_FLAGS.items()]
        body = "\n".join(lines).strip("\n").split("\n") if any(lines) else []
        return "".join(f"{line}\r\n" for line in head + body)


def vba_project(modules: Sequence[Module], name: str = "IBTrackers") -> bytes:
    """The bytes of `vbaProject.bin` for these modules; ValueError where Office would refuse them."""
    modules = sorted(modules, key=lambda module: module.kind != "document")  # stable; documents come first
    _refuse_bad_names(modules)
    sources = [Stream(module.name, compress(module.text().encode(CODE_PAGE))) for module in modules]
    described = dir_records(name, [(module.name, module.kind == "module") for module in modules])
    streams = [Stream("_VBA_PROJECT", NO_COMPILED_CODE), Stream("dir", compress(described)), *sources]
    project = Stream("PROJECT", _project_text(modules, name).encode(CODE_PAGE))
    return compound_file([Storage("VBA", streams), project, Stream("PROJECTwm", _name_map(modules))])


def _refuse_bad_names(modules: Sequence[Module]) -> None:
    names = [module.name for module in modules]
    if WORKBOOK not in names:
        raise ValueError(f"A project needs the document module {WORKBOOK}.")
    for name in names:
        if not re.fullmatch(r"[A-Za-z]\w{0,30}", name, re.ASCII):
            raise ValueError(
                f"{name!r} cannot be a module's name: a letter first, then letters, digits or _, at most 31."
            )
    if len({name.lower() for name in names}) < len(names):
        raise ValueError("Two modules have the same name.")


def _project_text(modules: Sequence[Module], name: str) -> str:
    """The PROJECT stream (2.3.1): which modules there are; not protected, no password, visible."""
    identity = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name}:" + "|".join(m.name for m in modules))).upper() + "}"
    declared = [f"Document={m.name}/&H00000000" if m.kind == "document" else f"Module={m.name}" for m in modules]
    lines = [
        f'ID="{identity}"',
        *declared,
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_scrambled(identity, bytes(4), seed=0x0C)}"',  # 0: not protected
        f'DPB="{_scrambled(identity, bytes(1), seed=0x5E)}"',  # 0: no password
        f'GC="{_scrambled(identity, bytes([0xFF]), seed=0x98)}"',  # FF: visible
        "",
        "[Host Extender Info]",
        EDITOR,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _scrambled(identity: str, data: bytes, seed: int) -> str:
    """A value of the PROJECT stream in Office's own scrambling (2.4.3.2); any seed will do, so it is fixed."""
    key = sum(identity.encode("ascii")) & 0xFF
    out = [seed, seed ^ 2, seed ^ key]
    plain, older, newer = key, seed ^ 2, seed ^ key
    filler = bytes((seed & 6) // 2)
    for byte in filler + struct.pack("<I", len(data)) + data:
        cipher = byte ^ (older + plain & 0xFF)
        out.append(cipher)
        plain, older, newer = byte, newer, cipher
    return bytes(out).hex().upper()


def _name_map(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream (2.3.3): each name in the code page and in UTF-16."""
    pairs = (m.name.encode(CODE_PAGE) + b"\0" + m.name.encode("utf-16-le") + b"\0\0" for m in modules)
    return b"".join(pairs) + b"\0\0"
