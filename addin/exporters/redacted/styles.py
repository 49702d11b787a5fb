"""The styles of a redacted copy, written again: what says how cells look, and no word that a person may have chosen.

Names of styles and fonts, texts in number formats, comments and what is not in the standard may name anybody. Only
known elements stay, with attributes that are numbers, colours or words of the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from addin.backends.ooxml.managed_sheet import MAIN
from addin.backends.ooxml.values import attribute_text
from addin.core.language import phrase
from addin.core.regex import regex
from addin.errors import Problem

NAMESPACES = (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
ELEMENTS = frozenset((
    "styleSheet", "numFmts", "numFmt", "fonts", "font", "b", "i", "strike", "condense", "extend", "outline",
    "shadow", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme", "fills", "fill",
    "patternFill", "fgColor", "bgColor", "gradientFill", "stop", "borders", "border", "start", "end", "left",
    "right", "top", "bottom", "diagonal", "vertical", "horizontal", "cellStyleXfs", "cellXfs", "xf", "alignment",
    "protection", "cellStyles", "cellStyle", "colors", "indexedColors", "rgbColor", "mruColors",
))  # fmt: skip
ATTRIBUTES = frozenset((
    "count", "numFmtId", "val", "rgb", "theme", "indexed", "tint", "auto", "patternType", "type", "degree", "left",
    "right", "top", "bottom", "position", "style", "diagonalUp", "diagonalDown", "outline", "fontId", "fillId",
    "borderId", "xfId", "quotePrefix", "pivotButton", "applyNumberFormat", "applyFont", "applyFill", "applyBorder",
    "applyAlignment", "applyProtection", "horizontal", "vertical", "textRotation", "wrapText", "indent",
    "relativeIndent", "justifyLastLine", "shrinkToFit", "readingOrder", "locked", "hidden", "builtinId", "iLevel",
    "customBuiltin",
))  # fmt: skip
WORDS = frozenset((
    "true", "false", "none", "single", "double", "singleAccounting", "doubleAccounting", "baseline", "superscript",
    "subscript", "major", "minor", "solid", "mediumGray", "darkGray", "lightGray", "darkHorizontal", "darkVertical",
    "darkDown", "darkUp", "darkGrid", "darkTrellis", "lightHorizontal", "lightVertical", "lightDown", "lightUp",
    "lightGrid", "lightTrellis", "gray125", "gray0625", "linear", "path", "thin", "medium", "dashed", "dotted",
    "thick", "hair", "mediumDashed", "dashDot", "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot",
    "general", "left", "center", "right", "fill", "justify", "centerContinuous", "distributed", "top", "bottom",
    "frozen", "frozenSplit", "split", "topLeft", "topRight", "bottomLeft", "bottomRight", "default", "portrait",
    "landscape",
))  # fmt: skip
"""What attributes of styles and sheets may say, apart from numbers, colours and places."""
EXACT = regex(r"[+-]?\d{1,12}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?|[0-9A-F]{6}(?:[0-9A-F]{2})?")
PLACE = regex(r"[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?")
BUILT_IN = {
    0: "Normal", 3: "Comma", 4: "Currency", 5: "Percent", 6: "Comma [0]", 7: "Currency [0]", 8: "Hyperlink",
    9: "Followed Hyperlink", 10: "Note", 11: "Warning Text", 15: "Title", 16: "Heading 1", 17: "Heading 2",
    18: "Heading 3", 19: "Heading 4", 20: "Input", 21: "Output", 22: "Calculation", 23: "Check Cell",
    24: "Linked Cell", 25: "Total", 26: "Good", 27: "Bad", 28: "Neutral",
}  # fmt: skip
FONTS = frozenset((
    "Aptos", "Aptos Narrow", "Arial", "Arial Black", "Arial Narrow", "Arial Unicode MS", "Batang",
    "Bookman Old Style", "Calibri", "Calibri Light", "Cambria", "Candara", "Carlito", "Century Gothic",
    "Comic Sans MS", "Consolas", "Corbel", "Courier New", "DejaVu Sans", "Franklin Gothic Book", "Garamond",
    "Geneva", "Georgia", "Gill Sans MT", "Helvetica", "Helvetica Neue", "Impact", "Lato", "Leelawadee UI",
    "Liberation Sans", "Liberation Serif", "Lucida Sans Unicode", "MS Gothic", "MS PGothic", "MS Sans Serif",
    "Malgun Gothic", "Meiryo", "Microsoft YaHei", "Montserrat", "Nirmala UI", "Noto Sans", "Noto Serif", "Nunito",
    "Open Sans", "Oswald", "Palatino Linotype", "Poppins", "Raleway", "Roboto", "Segoe UI", "SimHei", "SimSun",
    "Source Sans Pro", "Sylfaen", "Symbol", "Tahoma", "Times", "Times New Roman", "Trebuchet MS", "Ubuntu",
    "Verdana", "Wingdings", "Yu Gothic", "宋体", "微软雅黑", "游ゴシック", "ＭＳ Ｐゴシック", "メイリオ",
    "맑은 고딕", "굴림", "돋움",
))  # fmt: skip
"""Fonts that come with computers and office programs; any other may be called after a person."""
_LITERAL = regex(r'"[^"]*"?|\\[^\W\d_]|\[\$[^\]-]*')
_SIGNS = regex(r'"[^"\w]*"')
_PART = regex(
    r"General|AM/PM|A/P|y{1,4}|m{1,5}|d{1,4}|h{1,2}|s{1,2}|a{3,4}|e[+-]?|0|/\d{1,3}"
    r"|\[\$-[0-9a-f,]{1,12}\]|\[(?:h+|m+|s+)\]|\[[<>=]+-?[\d.]{1,4}\]"
    r"|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d{1,2})\]"
    r'|"[^"\w]*"|[^\w\[\]"]|_.',
    re.IGNORECASE | re.DOTALL,
)


def safe(value: str) -> bool:
    """Whether an attribute says a number, a colour, a place or a word of the standard."""
    return value in WORDS or bool(EXACT.fullmatch(value) or PLACE.fullmatch(value))


def redacted_styles(xml: bytes) -> bytes:
    """The styles in the words of the standard. Raises Problem where they are not well-formed."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(xml)
    except (ParseError, DefusedXmlException):
        raise _unreadable() from None
    body = "".join(_written(root, ""))
    if not body:
        raise _unreadable()
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}'.encode()


def _unreadable() -> Problem:
    return Problem(
        phrase("The workbook's styles cannot be read."),
        next=phrase("Open it in Excel, save it, and make the copy again."),
    )


def _written(one: Any, parent: str) -> Iterator[str]:
    """An element and what is in it, as far as it is known; texts, comments and other namespaces are not written."""
    namespace, _, name = str(one.tag).rpartition("}")
    if namespace.lstrip("{") not in NAMESPACES or name not in ELEMENTS:
        return
    words = "".join(
        f' {word}="{attribute_text(said)}"'
        for word, value in one.attrib.items()
        if (said := _said(name, word, value, one.attrib)) is not None
    )
    inner = "".join(piece for child in one for piece in _written(child, name))
    space = "" if parent else f' xmlns="{MAIN}"'
    yield f"<{name}{space}{words}>{inner}</{name}>" if inner else f"<{name}{space}{words}/>"


def _said(element: str, word: str, value: str, others: dict[str, str]) -> str | None:
    """What the copy says in an attribute; None where it has none."""
    if element == "numFmt" and word == "formatCode":
        return number_format(value)
    if element == "name" and word == "val":
        return value if value in FONTS else "Calibri"
    if element == "cellStyle" and word == "name":
        built_in, which = others.get("builtinId", ""), others.get("xfId", "0")
        known = BUILT_IN.get(int(built_in)) if built_in.isdecimal() else None
        return known or (f"Style {which}" if safe(which) else "Style")
    return value if word in ATTRIBUTES and safe(value) else None


def number_format(code: str) -> str:
    """A number format without words of a person's own; General where others are left."""
    bare = _LITERAL.sub(_without_words, code).replace("[$]", "")
    return bare if bare and _is_known(bare) else "General"


def _without_words(found: re.Match[str]) -> str:
    """A text of a number format: nothing, but for signs such as "€", and the language behind a currency."""
    if _SIGNS.fullmatch(found[0]):
        return found[0]
    return "[$" if found[0].startswith("[$") else ""


def _is_known(code: str) -> bool:
    place = 0
    while place < len(code):
        found = _PART.match(code, place)
        if not found:
            return False
        place = found.end()
    return True
