"""The order in which a worksheet's parts must be; Excel refuses sheets that break it."""

from __future__ import annotations

import re

from addin.backends.ooxml.markup import children

# ECMA-376 part 1, 18.3.1.99 worksheet
ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
RANK = {name: place for place, name in enumerate(ORDER)}


def with_child(xml: bytes, name: str, line: bytes) -> bytes:
    """The sheet with this child put in, in place of the one it has or where the order asks for it."""
    start, end = _stretch(xml, name)
    for child, begin, done in children(xml, start, end):
        if child == name:
            return xml[:begin] + line + xml[done:]
        if _rank(child, xml[begin:done]) > RANK[name]:
            return xml[:begin] + line + xml[begin:]
    return xml[:end] + line + xml[end:]


def child_of(xml: bytes, name: str) -> bytes:
    """The child of the sheet with this name, b"" where there is none."""
    start, end = _stretch(xml, name)
    return next((xml[begin:done] for child, begin, done in children(xml, start, end) if child == name), b"")


def _stretch(xml: bytes, name: str) -> tuple[int, int]:
    """Where to look: before the data, or after it; the data itself is never walked through."""
    data = xml.index(b"<sheetData")
    if RANK[name] < RANK["sheetData"]:
        return xml.index(b">", xml.index(b"<worksheet")) + 1, data
    close = xml.rfind(b"</sheetData")
    start = xml.index(b">", data if close < 0 else close) + 1
    return start, xml.rindex(b"</worksheet")


def _rank(child: str, xml: bytes) -> int:
    if child in RANK:
        return RANK[child]
    inside = re.findall(rb"<([A-Za-z]+)[\s/>]", xml)  # mc:AlternateContent is where its content would
    return min((RANK[word.decode()] for word in inside if word.decode() in RANK), default=len(ORDER))


def without(xml: bytes, name: str) -> bytes:
    """The sheet without this child."""
    old = child_of(xml, name)
    return xml.replace(old, b"", 1) if old else xml
