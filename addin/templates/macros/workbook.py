"""Put the macros, the buttons and the ribbon tab into a workbook that XlsxWriter builds, with no Excel at hand.

book = xlsxwriter.Workbook(path)
...                                    # all sheets
add_buttons(home, 2, 1)
add_macros(book, book.worksheets())    # last, before close
book.close()
finish(path)                           # ribbon; the same bytes on every build
"""

import io
import os
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, unescape

from addin.core.language import ENGLISH, Language
from addin.core.regex import regex
from addin.templates.macros.vba_dir import CODE_PAGE
from addin.templates.macros.vba_project import WORKBOOK, Module, vba_project

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MODULES = ("IBBridge", "IBButtons", "IBRibbon")
RIBBON_PART = "customUI/customUI14.xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
BUILT = "2026-01-01T00:00:00Z"  # a fixed date, so that a build says nothing about when it ran
BUILT_IN_ZIP = (2026, 1, 1, 0, 0, 0)
BUTTON_WIDTH, BUTTON_HEIGHT, BUTTON_GAP = 112, 28, 8
QUOTE = '"'
_SAID = regex(r"""(<group id="\w+" label="|screentip="|supertip=")([^"]*)\"""")
SENTENCE = regex(r"""Words\("((?:[^"]|"")*)"\)""")
"""A sentence in the VBA text that a person reads."""
NARROW = 80
"""Pixels of a button that fits into a column of 11 characters: one that reaches into the next column is drawn too wide
where the widths of columns differ a little, as in LibreOffice."""


@dataclass(frozen=True)
class Button:
    """A form button: what it says, the macro it runs, what it does in a sentence (for screen readers)."""

    caption: str
    macro: str
    description: str


BUTTONS = {
    "validate": Button("Validate", "IBValidate", "Check the open workbook and mark what needs attention."),
    "next_problem": Button("Next problem", "IBNextProblem", "Go to the next cell that needs attention."),
    "adopt": Button("Adopt", "IBAdopt", "Read your own sheets; the sheet Setup shows how; press again to do it."),
    "fix": Button("Fix", "IBFix", "Show the certain repairs; press again to write them."),
    "undo": Button("Undo", "IBUndo", "Take back the last change that IB Trackers made; press again to do it."),
    "register_candidate": Button("Register", "IBRegister", "Enter the candidate of the Register sheet as proper rows."),
    "lend": Button("Lend", "IBLend", "Lend what is in the selected rows; a second loan gets a line of its own."),
    "give_back": Button("Return", "IBReturn", "Enter today as the day on which the selected rows came back."),
    "count": Button("Count", "IBCount", "Enter that today's count found what the selected rows say."),
    "import": Button("Import", "IBImport", "Take in a list from another program; press again to write it."),
    "export": Button("Export", "IBExport", "Write the trackers to files."),
    "report": Button("Report", "IBReport", "Make a report to read or print."),
    "ibis": Button("IBIS", "IBIbis", "Fill a copy of the newest template from IBIS with this sheet's rows."),
    "packs": Button("Packs", "IBPacks", "Make the pages of every occasion: exam day, letters, evidence and others."),
    "calendar": Button("Calendar", "IBCalendar", "Write the open dates as calendars, of all and of each colleague."),
    "share": Button("Share", "IBShare", "Set up a Google Sheet for each new line on the Links sheet."),
    "sync": Button("Sync", "IBSync", "Bring this workbook and the shared Google Sheets together."),
    "nightly": Button("Nightly", "IBNightly", "Check and sync this workbook every night; press again to set it up."),
    "remind": Button(
        "Remind", "IBRemind", "Write an e-mail to each colleague with something open; press again to do it."
    ),
    "bring_back": Button("Bring back", "IBBringBack", "Show rows that are gone; press again to put them back."),
    "roll_over": Button("Roll over", "IBRollOver", "Make next session's workbook; press again to do it."),
    "hand_over": Button("Hand over", "IBHandOver", "Pack this workbook for the next coordinator."),
    "redacted_copy": Button("Redacted copy", "IBRedactedCopy", "Make a copy of the workbook without private data."),
    "held_on": Button("Held on", "IBHeldOn", "Write everything held on the person in the selected row."),
    "due_to_erase": Button("Due to erase", "IBDueToErase", "List whose data has been kept longer than your periods."),
    "help": Button("Help", "IBHelp", "What each button does."),
}


def macro_project(sheet_code_names: Sequence[str], language: Language = ENGLISH) -> bytes:
    """`vbaProject.bin` with the product's macros, for a workbook whose sheets have these code names; what they say is
    in this language."""
    documents = [Module(name, kind="document") for name in (WORKBOOK, *sheet_code_names)]
    sources = files("addin.templates.macros") / "vba"
    ours = [Module(n, in_language((sources / f"{n}.bas").read_text(encoding="ascii"), language)) for n in MODULES]
    return vba_project([*documents, *ours])


def in_language(source: str, language: Language) -> str:
    """VBA text with its sentences (`Words("…")`) in a language; those that the code page of macros has no letters for
    stay English."""

    def spoken(found: re.Match[str]) -> str:
        said = language.say(unquoted(found[1])).replace("\u202f", "\u00a0").replace(QUOTE, QUOTE * 2)
        try:
            said.encode(CODE_PAGE)
        except UnicodeEncodeError:
            return found[0]
        return f'Words("{said}")'

    return source if language.is_english else SENTENCE.sub(spoken, source)


def unquoted(literal: str) -> str:
    """What a VBA literal says: a quotation mark is doubled in it."""
    return literal.replace(QUOTE * 2, QUOTE)


def add_macros(workbook: "Workbook", worksheets: Sequence["Worksheet"], language: Language = ENGLISH) -> None:
    """Give the workbook its macros; call it once all sheets are there. `worksheets` must be every sheet."""
    code_names = [f"Sheet{number}" for number in range(1, len(worksheets) + 1)]
    workbook.add_vba_project(io.BytesIO(macro_project(code_names, language)), is_stream=True)
    workbook.set_vba_name(WORKBOOK)
    for sheet, code_name in zip(worksheets, code_names, strict=True):
        sheet.set_vba_name(code_name)


def add_buttons(
    worksheet: "Worksheet", row: int, col: int, which: Sequence[str] = tuple(BUTTONS), width: int = BUTTON_WIDTH
) -> None:
    """Place a row of form buttons, left to right from this cell (both count from 0, as XlsxWriter does)."""
    for place, action in enumerate(which):
        button = BUTTONS[action]
        worksheet.insert_button(
            row,
            col,
            {
                "macro": button.macro,
                "caption": button.caption,
                "description": button.description,
                "width": width,
                "height": BUTTON_HEIGHT,
                "x_offset": place * (width + BUTTON_GAP),
            },
        )


def finish(path: str | os.PathLike[str], ribbon: bool = True, language: Language = ENGLISH) -> None:
    """Add the ribbon tab to a closed workbook and write it again with fixed dates and order: same bytes every time."""
    target = Path(path)
    half_done = target.with_name(target.name + ".part")
    half_done.touch(mode=0o600)  # it holds what the workbook holds
    half_done.write_bytes(finished(target.read_bytes(), ribbon, language))
    half_done.chmod(target.stat().st_mode & 0o777)
    half_done.replace(target)


def finished(content: bytes, ribbon: bool = True, language: Language = ENGLISH) -> bytes:
    """The same for a workbook that is not on a disk yet."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return packed(with_ribbon(parts, language) if ribbon else parts)


def with_ribbon(parts: Mapping[str, bytes], language: Language = ENGLISH) -> dict[str, bytes]:
    """The package's parts with the ribbon tab and the relationship that makes Excel look for it."""
    relation = f'<Relationship Id="rIdRibbon" Type="{RIBBON_RELATION}" Target="{RIBBON_PART}"/></Relationships>'
    relations = parts["_rels/.rels"].replace(b"</Relationships>", relation.encode("ascii"))
    return {**parts, "_rels/.rels": relations, RIBBON_PART: ribbon_in(language)}


def ribbon_in(language: Language) -> bytes:
    """The ribbon tab: what its groups are called and what its buttons do is said in this language."""
    ribbon = (files("addin.templates.macros") / "ribbon.xml").read_text(encoding="utf-8")

    def spoken(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(language.say(unescape(found[2])), {QUOTE: '&quot;'})}{QUOTE}"

    return _SAID.sub(spoken, ribbon).encode() if not language.is_english else ribbon.encode()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package with these parts: sorted, every date the same."""
    fixed = dict(parts)
    core = fixed.get("docProps/core.xml", b"")
    fixed["docProps/core.xml"] = re.sub(rb"(W3CDTF\">)[^<]+", rb"\g<1>" + BUILT.encode("ascii"), core)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in sorted(fixed, key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(name, BUILT_IN_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # as Office writes it, whatever the system
            entry.external_attr = 0
            package.writestr(entry, fixed[name])
    return buffer.getvalue()
