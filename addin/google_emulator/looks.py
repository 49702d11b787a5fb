"""Colours, the theme, and the look that a cell has of itself."""

from __future__ import annotations

import math
import struct

from addin.google_emulator.answers import Json, bad

# REC of 2023-24, for a spreadsheet made through Drive. One converted from .xlsx has Calibri 12 (LIVE harvester).
WHITE: Json = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
_THEME = {
    "TEXT": (0, 0, 0),
    "BACKGROUND": (255, 255, 255),
    "ACCENT1": (66, 133, 244),
    "ACCENT2": (234, 67, 53),
    "ACCENT3": (251, 188, 4),
    "ACCENT4": (52, 168, 83),
    "ACCENT5": (255, 109, 1),
    "ACCENT6": (70, 189, 198),
    "LINK": (17, 85, 204),
}


def channel(level: int) -> float | int:
    """One of 256 levels as Google writes it: the fewest digits that give the same single (127 is 0.49803922)."""
    if level in (0, 255):
        return level // 255
    wanted = _single(level / 255)
    return next(short for short in (float(f"{wanted:.{n}g}") for n in range(1, 10)) if _single(short) == wanted)


def colour(given: Json) -> Json:
    """A colour as it comes back: 8 bits a channel, no zero channels (REC update_tab_color #7, where 0.5 is 127)."""
    levels = {name: min(255, math.floor(_single(_single(given.get(name, 0)) * 255))) for name in WHITE}
    return {name: channel(level) for name, level in levels.items() if level > 0}


def _single(number: float) -> float:
    return float(struct.unpack("f", struct.pack("f", number))[0])


def theme() -> Json:
    pairs = [{"colorType": kind, "color": {"rgbColor": _rgb(levels)}} for kind, levels in _THEME.items()]
    return {"primaryFontFamily": "Arial", "themeColors": pairs}


def _rgb(levels: tuple[int, int, int]) -> Json:
    return {name: channel(level) for name, level in zip(WHITE, levels, strict=True) if level}


def theme_colour(kind: str) -> Json:
    if kind not in _THEME:
        raise bad(f"Invalid theme color: {kind}")  # unknown wording
    return _rgb(_THEME[kind])
