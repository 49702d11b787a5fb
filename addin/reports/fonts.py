"""Letters for the PDF: fonts of this computer, so that Novák, Nguyễn, Юлия and 山田 stand on paper as they are written.

A PDF's built-in fonts know Western letters only. The fonts that this computer has are tried in order, and each letter
is set in the first that has it; what none has is counted, so that the person can be told.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

NAMES = (
    "DejaVuSans", "NotoSans-Regular", "LiberationSans-Regular", "arial", "Arial", "Arial Unicode", "segoeui", "calibri",
    "Carlito-Regular",
    "NotoSansArabic-Regular", "NotoSansHebrew-Regular", "NotoSansThai-Regular", "NotoSansDevanagari-Regular", "Vera",
)  # fmt: skip
"""File names without .ttf, the widest first; Vera comes with reportlab and is always there."""
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
EAST = (("HeiseiKakuGo-W5", "shift_jis"), ("STSong-Light", "gbk"), ("HYSMyeongJo-Medium", "euc_kr"))
"""Adobe's Asian fonts, which a PDF names and every reader supplies, with the letters that they hold."""


class Fonts:
    """The fonts of one document: `markup` sets a text, `lost` are the letters that no font here has."""

    def __init__(self) -> None:
        self._files = dict(_files())
        self._known: dict[str, Any] = {}
        self._order = [name for name in NAMES if name in self._files]
        self.lost: set[str] = set()
        self.plain = self._register(self._order[0])
        bold = BOLD.get(self._order[0], "")
        self.bold = self._register(bold) if bold in self._files else self.plain

    def markup(self, text: str) -> str:
        """The text as paragraph markup: escaped, with a font named where the document's own lacks a letter."""
        first = self._known[self._order[0]].face.charToGlyph
        clean = "".join(" " if ord(letter) < 32 else letter for letter in text)
        if all(ord(letter) in first for letter in clean):
            return escape(clean)
        runs = ((name, "".join(letters)) for name, letters in groupby(clean, self._font_for))
        return "".join(f'<font name="{n}">{escape(t)}</font>' if n else escape(t) for n, t in runs)

    def _font_for(self, letter: str) -> str:
        for name in self._order:
            if ord(letter) in self._known.get(name, self._load(name)).face.charToGlyph:
                return "" if name == self._order[0] else f"ibt-{name}"
        for name, encoding in EAST:
            if _holds(encoding, letter):
                return self._register_east(name)
        self.lost.add(letter)
        return ""

    def _load(self, name: str) -> Any:
        self._register(name)
        return self._known[name]

    def _register(self, name: str) -> str:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        known = f"ibt-{name}"
        if name not in self._known:
            self._known[name] = TTFont(known, str(self._files[name]))
            pdfmetrics.registerFont(self._known[name])
            pdfmetrics.registerFontFamily(known, normal=known, bold=known, italic=known, boldItalic=known)
        return known

    def _register_east(self, name: str) -> str:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont

        if name not in self._known:
            self._known[name] = UnicodeCIDFont(name)
            pdfmetrics.registerFont(self._known[name])
            pdfmetrics.registerFontFamily(name, normal=name, bold=name, italic=name, boldItalic=name)
        return name


def _holds(encoding: str, letter: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return ord(letter) > 0x2E7F


def _files() -> Iterator[tuple[str, Path]]:
    """Name -> file of the fonts that are wanted and that this computer has."""
    import reportlab

    wanted = {*NAMES, *BOLD.values()}
    for folder in (*_folders(), Path(reportlab.__file__).parent / "fonts"):
        if folder.is_dir():
            for path in sorted(folder.rglob("*.ttf")):
                if path.stem in wanted:
                    yield path.stem, path


def _folders() -> list[Path]:
    home = Path.home()
    return [
        Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", Path("/System/Library/Fonts/Supplemental"),
        Path("/Library/Fonts"), home / "Library" / "Fonts", Path("/usr/share/fonts/truetype"),
        Path("/usr/share/fonts/TTF"), Path("/usr/share/fonts/dejavu"), Path("/usr/share/fonts/dejavu-sans-fonts"),
        home / ".local" / "share" / "fonts",
    ]  # fmt: skip
