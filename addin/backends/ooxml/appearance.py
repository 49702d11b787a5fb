"""How a sheet looks: its hidden rows and columns, struck-out letters, fills and comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from addin.backends.ooxml.markup import attributes, element
from addin.backends.ooxml.styles import Styles
from addin.core.a1 import cell_place
from addin.core.book import Appearance
from addin.core.regex import regex

LONG = 400_000
"""The fills of a sheet with more bytes than this are not looked up: they are stripes, and no signs."""
WIDEST = 1000
"""Hidden columns beyond this one are those that Excel hides right of a sheet."""
_ROW = regex(rb"""<(?:\w+:)?row\b[^<>]*?\sr=["'](\d+)["'][^<>]*>""")
_HIDDEN = regex(rb"""\shidden=["'](?:1|true)["']""")
_CELL = regex(rb"""<(?:\w+:)?c\b[^<>]*>""")
_PLACE, _STYLE = regex(rb"""\sr=["']([A-Z]+\d+)["']"""), regex(rb"""\ss=["'](\d+)["']""")


def appearance_of(xml: bytes, styles: Styles, notes: Iterable[tuple[int, int]]) -> Appearance:
    """What a person sees of a sheet besides its values."""
    found = Appearance(notes=set(notes))
    if b"hidden" in xml:
        found.hidden_rows = {int(match[1]) for match in _ROW.finditer(xml) if _HIDDEN.search(match[0])}
        found.hidden_columns = set(_hidden_columns(xml))
    struck, filled = styles.struck(), styles.filled() if len(xml) < LONG else {}
    for place, style in _styled(xml, struck | filled.keys()):
        if style in struck:
            found.struck.add(place)
        if style in filled:
            found.fills[place] = filled[style]
    return found


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for match in element("col").finditer(xml[: max(0, xml.find(b"sheetData"))]):
        words = attributes(match[1])
        first, last = words.get("min", ""), words.get("max", "")
        if words.get("hidden") in ("1", "true") and first.isdigit() and last.isdigit():
            yield from range(int(first), min(int(last), WIDEST) + 1)


def _styled(xml: bytes, wanted: Iterable[int]) -> Iterator[tuple[tuple[int, int], int]]:
    """The cells with one of these styles."""
    names = {str(one).encode(): one for one in wanted}
    if not names:
        return
    for match in _CELL.finditer(xml):
        style = _STYLE.search(match[0])
        place = _PLACE.search(match[0]) if style and style[1] in names else None
        if style and place:
            yield cell_place(place[1].decode()), names[style[1]]
