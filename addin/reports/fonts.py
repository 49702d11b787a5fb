"""Letters for the PDF: fonts of this computer, so that Novák, Юлия, محمد and 山田 are on paper as people write them.

A PDF's built-in fonts know Western letters only. The fonts that this computer has are tried in order; letters that
change with their neighbours are joined by HarfBuzz; what is read from the right is drawn from the right. What no font
has, and what cannot be embedded, is said in a sentence.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from addin.reports.scripts import east_of, is_shaped, ordered, script_of

NAMES = (
    "DejaVuSans", "NotoSans-Regular", "LiberationSans-Regular", "arial", "Arial", "Arial Unicode", "segoeui", "calibri",
    "Carlito-Regular", "NotoSansArabic-Regular", "NotoSansHebrew-Regular", "NotoSansThai-Regular",
    "NotoSansDevanagari-Regular", "NotoSansBengali-Regular", "NotoSansTamil-Regular", "NotoSansTelugu-Regular",
    "NotoSansGujarati-Regular", "NotoSansGurmukhi-Regular", "NotoSansKannada-Regular", "NotoSansMalayalam-Regular",
    "NotoSansSinhala-Regular", "NotoSansArmenian-Regular", "NotoSansGeorgian-Regular", "NotoSansEthiopic-Regular",
    "NotoSansKhmer-Regular", "NotoSansLao-Regular", "NotoSansMyanmar-Regular", "Nirmala", "LeelawUI", "tahoma",
    "Kohinoor", "Thonburi", "Vera",
)  # fmt: skip
"""File names without ending, the widest first; Vera comes with reportlab and is always there."""
BOLD = {
    "DejaVuSans": "DejaVuSans-Bold",
    "NotoSans-Regular": "NotoSans-Bold",
    "LiberationSans-Regular": "LiberationSans-Bold",
    "Carlito-Regular": "Carlito-Bold",
    "arial": "arialbd",
    "Arial": "Arial Bold",
    "segoeui": "segoeuib",
    "calibri": "calibrib",
    "Vera": "VeraBd",
}
_ANY_EAST = ("DroidSansFallbackFull", "Arial Unicode")
EAST = {
    "zh": ("msyh", "simhei", "simsun", "NotoSansSC-Regular", "STHeiti Light", "wqy-zenhei", "wqy-microhei", *_ANY_EAST),
    "ja": ("YuGothM", "meiryo", "msgothic", "NotoSansJP-Regular", "ipag", "ipagp", "TakaoGothic", "VL-Gothic-Regular",
           *_ANY_EAST),
    "ko": ("malgun", "NotoSansKR-Regular", "AppleGothic", "NanumGothic", "UnDotum", *_ANY_EAST),
}  # fmt: skip
"""Fonts with the letters of East Asia by language: a Chinese name in a Japanese font has other strokes."""
NAMED = {"zh": ("STSong-Light", "gbk"), "ja": ("HeiseiKakuGo-W5", "shift_jis"), "ko": ("HYSMyeongJo-Medium", "euc_kr")}
"""Adobe's Asian fonts, which a PDF only names and many readers supply, with the letters that they hold."""
LANGUAGES = {"zh": "Chinese", "ja": "Japanese", "ko": "Korean"}
JOINED = "-joined"
"""Ends the name of a font whose letters HarfBuzz joins."""


class Fonts:
    """The fonts of one document: `markup` sets a text, `remarks` say what is not on paper as it should be."""

    def __init__(self) -> None:
        self._files = dict(_files())
        self._known: dict[str, Any] = {}
        self._order = [name for name in NAMES if name in self._files]
        self._lost: set[str] = set()
        self._named: set[str] = set()
        self.plain = self._register(self._order[0])
        bold = BOLD.get(self._order[0], "")
        self.bold = self._register(bold) if bold in self._files else self.plain

    @property
    def remarks(self) -> list[str]:
        """What a person must know about the letters of this document."""
        found = []
        if self._lost:
            found.append(
                f"No font on this computer has {' '.join(sorted(self._lost))}: these letters are boxes in the PDF; "
                "HTML shows them."
            )
        for language in sorted(self._named):
            found.append(
                f"{LANGUAGES[language]} letters are not embedded in the PDF, as this computer has no font that can be: "
                "check the print, or use HTML."
            )
        return found

    def simple(self, text: str) -> str | None:
        """The text with plain spaces for control characters, where the document's own font has all; else None."""
        first = self._known[self._order[0]].face.charToGlyph
        clean = _clean(text)
        return clean if all(ord(letter) in first for letter in clean) and not is_shaped(clean) else None

    def markup(self, text: str) -> str:
        """The text as paragraph markup: escaped, with a font named where the document's own lacks a letter."""
        simple = self.simple(text)
        if simple is not None:
            return escape(simple)
        clean = _clean(text)
        east = east_of(clean) or "zh"
        return "".join(self._part(words, is_right, east) for words, is_right in ordered(clean))

    def _part(self, text: str, is_right: bool, east: str) -> str:
        """One direction of a line. What is read from the right stays on one line: its words are drawn as a whole."""
        text = text.replace(" ", "\N{NO-BREAK SPACE}") if is_right else text
        made = []
        for joined, run in groupby(_in_words(text, is_right), lambda pair: pair[1]):
            words = "".join(letters for letters, _ in run)
            if joined:
                made.append(_in_font(self._joined(words), words))
            else:
                runs = groupby(words, lambda letter: self._font_for(letter, east))
                made += [_in_font(name, "".join(letters)) for name, letters in runs]
        return "".join(reversed(made) if is_right else made)

    def _joined(self, words: str) -> str:
        """The font for letters that are joined: the first that has them all, else the one that has the most."""
        wanted = {ord(letter) for letter in words if not letter.isspace() and unicodedata.category(letter) != "Cf"}
        best, most = self._order[0], -1
        for name in self._order:
            has = len(wanted & self._face(name).keys())
            if has > most:
                best, most = name, has
            if has == len(wanted):
                break
        self._lost |= {chr(one) for one in wanted - self._face(best).keys()}
        return self._register(best, JOINED)

    def _font_for(self, letter: str, east: str) -> str:
        if script_of(letter) in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "FULLWIDTH", "IDEOGRAPHIC"):
            return self._east(letter, east)
        for name in self._order:
            if ord(letter) in self._face(name):
                return "" if name == self._order[0] else self._register(name)
        if not letter.isspace() and unicodedata.category(letter) not in ("Cf", "Cc"):
            self._lost.add(letter)
        return ""

    def _east(self, letter: str, language: str) -> str:
        """An embedded font of this language, else one that the PDF only names."""
        for name in EAST[language]:
            if name in self._files and ord(letter) in self._face(name):
                return self._register(name)
        for one in (language, *NAMED):
            if _holds(NAMED[one][1], letter):
                self._named.add(one)
                return self._register_named(NAMED[one][0])
        self._lost.add(letter)
        return ""

    def _face(self, name: str) -> dict[int, int]:
        """The letters of a font; none for one that cannot be embedded."""
        self._register(name)
        known: dict[int, int] = self._known[name].face.charToGlyph if self._known[name] else {}
        return known

    def _register(self, name: str, suffix: str = "") -> str:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFError, TTFont

        known = f"ibt-{name}{suffix}"
        if name + suffix not in self._known:
            try:
                font = TTFont(known, str(self._files[name]))
            except TTFError:  # outlines of another kind, which cannot be embedded
                self._known[name + suffix] = None
                return self.plain
            self._known[name + suffix] = font
            pdfmetrics.registerFont(font)
            pdfmetrics.registerFontFamily(known, normal=known, bold=known, italic=known, boldItalic=known)
        return known

    def _register_named(self, name: str) -> str:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont

        if name not in self._known:
            self._known[name] = UnicodeCIDFont(name)
            pdfmetrics.registerFont(self._known[name])
            pdfmetrics.registerFontFamily(name, normal=name, bold=name, italic=name, boldItalic=name)
        return name


@contextmanager
def joining() -> Iterator[None]:
    """While a document is built, let HarfBuzz join the letters of our joined fonts, and leave all others as they are.

    reportlab shapes whole words, whatever their fonts, and with decorative ligatures: both would change names.
    """
    from reportlab.pdfbase.ttfonts import ShapedStr, makeShapedFragWord, shapeFragWord
    from reportlab.platypus import paragraph

    def shape(word: Any) -> Any:
        is_done = any(isinstance(words, ShapedStr) for _, words in word[1:])  # a piece of a long word
        if is_done or not any(getattr(frag, "fontName", "").endswith(JOINED) for frag, _ in word[1:]):
            return word
        made, width = [], 0.0
        for font, group in groupby(word[1:], lambda pair: getattr(pair[0], "fontName", "")):
            run = list(group)
            part = [_width(run), *run]
            if font.endswith(JOINED):
                part = shapeFragWord(part, features={"kern": True, "liga": True}, force=True)
            width += part[0]
            made += part[1:]
        return makeShapedFragWord(word)([width, *made])

    paragraph.shapeFragWord = shape
    try:
        yield
    finally:
        paragraph.shapeFragWord = shapeFragWord


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(" " if ord(letter) < 32 else letter for letter in text))


def _width(run: list[Any]) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(sum(stringWidth(words, frag.fontName, frag.fontSize) for frag, words in run if words))


def _in_words(text: str, is_right: bool) -> Iterator[tuple[str, bool]]:
    """Stretches of a text with whether their letters are joined; signs and spaces go with the letters before them."""
    joined = is_right
    for letter in text:
        if not is_right and (letter == " " or letter.isalnum()):
            joined = is_shaped(letter)
        elif is_shaped(letter):
            joined = True
        yield letter, joined


def _in_font(name: str, text: str) -> str:
    return f'<font name="{name}">{escape(text)}</font>' if name else escape(text)


def _holds(encoding: str, letter: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return ord(letter) > 0x2E7F


def _files() -> Iterator[tuple[str, Path]]:
    """Name -> file of the fonts that are wanted and that this computer has."""
    import reportlab

    wanted = {*NAMES, *BOLD.values(), *(name for names in EAST.values() for name in names)}
    for folder in (*_folders(), Path(reportlab.__file__).parent / "fonts"):
        if folder.is_dir():
            for path in sorted(folder.rglob("*.tt[fc]")):
                if path.stem in wanted:
                    yield path.stem, path


def _folders() -> list[Path]:
    home = Path.home()
    return [
        Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
        home / "Library" / "Fonts",
        Path("/usr/share/fonts/truetype"),
        Path("/usr/share/fonts/TTF"),
        Path("/usr/share/fonts/dejavu"),
        Path("/usr/share/fonts/dejavu-sans-fonts"),
        home / ".local" / "share" / "fonts",
    ]
