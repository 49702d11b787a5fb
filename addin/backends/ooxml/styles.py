"""What a cell's style means, and clones of it: another fill, or another kind of number, all else the same."""

from __future__ import annotations

import re
from functools import cached_property

from addin.backends.ooxml.markup import attributes, children, element, escape, with_attribute
from addin.core.language import phrase
from addin.core.regex import regex
from addin.core.tables.shown import is_code_format
from addin.errors import BookProblem

# Built-in formats that show dates or times (ECMA-376 part 1, 18.8.30); 27-36 and 50-58 are the East Asian ones.
BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, *range(50, 59)), "date"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), "time"),
    22: "datetime",
    46: "duration",
}
BUILT_IN_CODES = {0: "General", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 49: "@"}
FORMAT_FOR = {"date": 14, "datetime": 22, "time": 21, "duration": 46, "": 0}
FLAGS = ("applyFill", "applyNumberFormat", "applyFont")
NO_LETTERS = regex(r'"[^"]*"?|\\.|_.|\*.|\[\$[^\]]*\]')
NUMBER_FORMAT = regex(rb"""\snumFmtId\s*=\s*["'](\d+)""")
ELAPSED = regex(r"\[(?:h+|m+|s+)\]", re.I)
MINIMAL = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    b'</fills><borders count="1"><border/></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def date_kind(code: str) -> str:
    """What a number format shows: "date", "time", "datetime", "duration", or "" for numbers and text."""
    bare = NO_LETTERS.sub("", code)
    if ELAPSED.search(bare):
        return "duration"
    bare = re.sub(r"\[[^\]]*\]|AM/PM|A/P", lambda m: "h" if "/" in m[0] else "", bare, flags=re.I).lower()
    if "general" in bare:
        return ""
    day = "y" in bare or "d" in bare
    hour = "h" in bare or "s" in bare
    day = day or ("m" in bare and not hour)
    return {(True, True): "datetime", (True, False): "date", (False, True): "time"}.get((day, hour), "")


def solid(rgb: str) -> bytes:
    """The fill that `RRGGBB` asks for."""
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{rgb}"/><bgColor indexed="64"/></patternFill></fill>'
    ).encode()


class Styles:
    """The styles part: what is there, and what this batch adds to it."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.xfs = _items(xml, "cellXfs")
        self.fills = _items(xml, "fills")
        self.fonts = _items(xml, "fonts")
        self._had = {"cellXfs": len(self.xfs), "fills": len(self.fills), "fonts": len(self.fonts)}
        codes = {int(w["numFmtId"]): w.get("formatCode", "") for w in map(attributes, _items(xml, "numFmts"))}
        numbers = list(map(_number_format, self.xfs))
        kinds = {n: date_kind(codes[n]) if n in codes else BUILT_IN.get(n, "") for n in set(numbers)}
        self._kinds = [kinds[number] for number in numbers]
        self._codes = {index: codes[number] for index, number in enumerate(numbers) if number in codes}
        self._filled: dict[tuple[int, str], int] = {}

    @cached_property
    def _keys(self) -> dict[object, int]:
        """The first style of each kind: asked for when one is cloned."""
        keys: dict[object, int] = {}
        for index, xf in enumerate(self.xfs):
            keys.setdefault(_key(xf), index)
        return keys

    def kind(self, style: int) -> str:
        """What the style's number format shows (see `date_kind`)."""
        return self._kinds[style] if style < len(self._kinds) else ""

    def number_format(self, style: int) -> str:
        """The code of the style's number format; "" for a built-in one whose look depends on the computer."""
        if style >= len(self.xfs):
            return ""
        return self._codes.get(style, BUILT_IN_CODES.get(_number_format(self.xfs[style]), ""))

    def date_styles(self) -> dict[bytes, str]:
        """The styles that show dates or times, as they are named in a sheet's XML."""
        return {str(index).encode(): kind for index, kind in enumerate(self._kinds) if kind}

    def code_styles(self) -> dict[bytes, str]:
        """The formats of the styles that show whole numbers as codes, such as `000000`, as in a sheet's XML."""
        shows_codes = {code for code in set(self._codes.values()) if is_code_format(code)}
        return {str(index).encode(): code for index, code in self._codes.items() if code in shows_codes}

    def fill(self, style: int) -> str:
        """The style's fill as a Look says it: `RRGGBB`, "" or a word that `with_fill` can put back."""
        if style >= len(self.xfs):
            return ""
        words = attributes(_tag(self.xfs[style]))
        index = int(words.get("fillId", "0"))
        return self._word(index) if index < len(self.fills) else ""

    def struck(self) -> set[int]:
        """The styles in struck-out letters."""
        fonts = {n for n, font in enumerate(self.fonts) if (match := _STRIKE.search(font)) and match[1] not in _OFF}
        return {n for n, xf in enumerate(self.xfs) if fonts and _number(xf, "fontId") in fonts}

    def filled(self) -> dict[int, str]:
        """The styles with a fill, and which."""
        words = {n: self._word(n) for n in range(len(self.fills))}
        return {n: word for n, xf in enumerate(self.xfs) if (word := words.get(_number(xf, "fillId"), ""))}

    def _word(self, index: int) -> str:
        pattern = element("patternFill").search(self.fills[index])
        words = attributes(pattern[1]) if pattern else {}
        if pattern and words.get("patternType", "none") == "none":
            return ""
        colour = element("fgColor").search(self.fills[index])
        if not pattern or words.get("patternType") != "solid" or not colour:
            return f"fill:{index}"
        shade = attributes(colour[1])
        if "rgb" in shade:
            return shade["rgb"][-6:].upper()
        tint = f":{shade['tint']}" if float(shade.get("tint", "0")) else ""
        return next((f"{kind}:{shade[kind]}{tint}" for kind in ("theme", "indexed") if kind in shade), f"fill:{index}")

    def with_fill(self, style: int, word: str) -> int:
        """A style like this one, with this fill; the very same style where nothing changes."""
        known = self._filled.get((style, word))
        if known is None:
            same = self.fill(style) == word
            known = style if same else self._clone(style, "fillId", self._fill_id(word), "applyFill")
            self._filled[style, word] = known
        return known

    def _fill_id(self, word: str) -> int:
        for index in range(len(self.fills)):
            if self._word(index) == word:
                return index
        if not re.fullmatch(r"[0-9A-Fa-f]{6}", word):
            raise BookProblem(
                phrase("the workbook knows no fill {word}.", word=f"{word!r}"),
                next=phrase("Use RRGGBB, such as FFC7CE."),
            )
        self.fills.append(solid(word.upper()))
        return len(self.fills) - 1

    def with_kind(self, style: int, kind: str) -> int:
        """A style like this one whose number format shows this kind ("" for plain numbers)."""
        return (
            style if self.kind(style) == kind else self._clone(style, "numFmtId", FORMAT_FOR[kind], "applyNumberFormat")
        )

    def bold(self) -> int:
        """A style in bold, for the header of an own sheet."""
        return self._with_font(b"<b/>")

    def link(self) -> int:
        """A style that looks like a link."""
        return self._with_font(b"<u/>", b'<color rgb="FF0563C1"/>')

    def from_the_top(self, style: int, *, wrap: bool) -> int:
        """A style like this one whose text begins at the top; `wrap`: a long one goes on in the next line."""
        source = self.xfs[style] if style < len(self.xfs) else b"<xf/>"
        tag = _tag(source)
        inner = b"" if tag.endswith(b"/>") else source[len(tag) : source.rindex(b"</")]
        alignment = b'<alignment vertical="top"' + (b' wrapText="1"/>' if wrap else b"/>")
        opened = with_attribute(tag, "applyAlignment", "1").rstrip(b"/>") + b">"
        xf = opened + alignment + element("alignment").sub(lambda _: b"", inner) + b"</xf>"
        return self._added(xf, self.kind(style))

    def _with_font(self, mark: bytes, colour: bytes = b"") -> int:
        """The first font with a mark and perhaps a colour, in the order that Excel writes: b, u, sz, color, name."""
        first = element("font").search(self.fonts[0]) if self.fonts else None
        content = (first[2] if first else b"") or b""
        if colour:
            content = element("color").sub(lambda _: b"", content)
            content = content.replace(b"<name", colour + b"<name", 1) if b"<name" in content else content + colour
        font = b"<font>" + (b"" if mark in content else mark) + content + b"</font>"
        if font not in self.fonts:
            self.fonts.append(font)
        return self._clone(0, "fontId", self.fonts.index(font), "applyFont")

    def _clone(self, style: int, name: str, value: int, flag: str) -> int:
        source = self.xfs[style] if style < len(self.xfs) else b"<xf/>"
        tag = _tag(source)
        changed = with_attribute(with_attribute(tag, name, str(value)), flag, "1") + source[len(tag) :]
        return self._added(changed, self._kind_of_clone(style, name, value))

    def _added(self, xf: bytes, kind: str) -> int:
        """The number of a style: the one that says the same, else a new one."""
        key = _key(xf)
        if key in self._keys:
            return self._keys[key]
        self.xfs.append(xf)
        self._kinds.append(kind)
        self._keys[key] = len(self.xfs) - 1
        return len(self.xfs) - 1

    def _kind_of_clone(self, style: int, name: str, value: int) -> str:
        return BUILT_IN.get(value, "") if name == "numFmtId" else self.kind(style)

    def result(self) -> bytes:
        """The styles part with what was added; the same bytes where nothing was."""
        xml = self.xml
        for name, items in (("cellXfs", self.xfs), ("fills", self.fills), ("fonts", self.fonts)):
            added = items[self._had[name] :]
            if added:
                xml = _with_items(xml, name, added, len(items))
        return xml


def _tag(xml: bytes) -> bytes:
    """The start tag of the element that these bytes are."""
    return xml[: xml.index(b">") + 1]


_STRIKE = regex(rb"""<(?:\w+:)?strike(?:\s+val\s*=\s*["'](\w+)["'])?\s*/?>""")
_OFF = (b"0", b"false", b"off")


def _number(xf: bytes, name: str) -> int:
    """A number that a style names, such as that of its font."""
    word = attributes(_tag(xf)).get(name, "0")
    return int(word) if word.isdigit() else 0


def _number_format(xf: bytes) -> int:
    """The number of a style's number format."""
    found = NUMBER_FORMAT.search(xf, 0, xf.index(b">") + 1)
    return int(found[1]) if found else 0


def _items(xml: bytes, parent: str) -> list[bytes]:
    match = element(parent).search(xml)
    if not match or not match[2]:
        return []
    start, end = match.span(2)
    return [xml[begin:done] for _, begin, done in children(xml, start, end)]


def _with_items(xml: bytes, parent: str, added: list[bytes], count: int) -> bytes:
    match = element(parent).search(xml)
    if match is None or match[2] is None:
        raise BookProblem(
            phrase("the workbook's styles lack {part}.", part=escape(parent)),
            next=phrase("Open it in Excel and save it."),
        )
    tag = with_attribute(xml[match.start() : match.start(2)], "count", str(count))
    start, end = match.span(2)
    return xml[: match.start()] + tag + xml[start:end] + b"".join(added) + xml[end:]


def _key(xf: bytes) -> object:
    """What makes two styles the same: all they say, apart from the flags that only say it is meant."""
    tag = _tag(xf)
    words = {name: value for name, value in attributes(tag).items() if name not in FLAGS}
    for name in ("numFmtId", "fontId", "fillId", "borderId"):
        words.setdefault(name, "0")
    rest = b"" if tag.endswith(b"/>") else re.sub(rb"</xf\s*>$", b"", xf[len(tag) :])
    return frozenset(words.items()), rest
