"""Cell formats as they are kept: colours in 8 bits, and in both forms in which Google gives them."""

from __future__ import annotations

from typing import Any

from addin.google_emulator.answers import Json
from addin.google_emulator.looks import colour, theme_colour
from addin.google_emulator.masks import Mask

_PAIRS = {
    "backgroundColor": "backgroundColorStyle",
    "foregroundColor": "foregroundColorStyle",
    "color": "colorStyle",
    "headerColor": "headerColorStyle",
    "firstBandColor": "firstBandColorStyle",
    "secondBandColor": "secondBandColorStyle",
    "footerColor": "footerColorStyle",
}


def tidy_format(given: Any) -> Any:
    """The same object with each colour in both forms, `backgroundColor` and `backgroundColorStyle`."""
    if isinstance(given, list):
        return [tidy_format(item) for item in given]
    if not isinstance(given, dict):
        return given
    result = {key: tidy_format(value) for key, value in given.items()}
    for plain, style in _PAIRS.items():
        if style in given and "themeColor" in given[style]:
            result[plain], result[style] = theme_colour(given[style]["themeColor"]), given[style]
        elif style in given or plain in given:
            rgb = colour(given[style].get("rgbColor", {}) if style in given else given[plain])
            result[plain], result[style] = rgb, {"rgbColor": rgb}
    return result


def tidy_border(given: Json) -> Json:
    """A border as it is kept; the width follows from the style (discovery document)."""
    widths = {"SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}
    border: Json = tidy_format(given)
    style = border.get("style", "NONE")
    if style != "NONE":
        border["width"] = widths.get(style, 1)
    return border


def widened(mask: Mask) -> Mask:
    """A mask that names one form of a colour means the other too."""
    wide = {name: widened(below) for name, below in mask.items()}
    for plain, style in _PAIRS.items():
        if plain in wide or style in wide:
            wide[plain] = wide[style] = {}
    return wide
