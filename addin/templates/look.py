"""Colours, fonts and widths of a new workbook: calm, readable in greyscale, dark on light (contrast over 7 : 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from addin.core.trackers import Column

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

INK, QUIET, BLUE, PALE, LINE = "#1F2933", "#52606D", "#1F3A5F", "#E8EEF5", "#CBD2D9"
ERROR_FILL, WARNING_FILL, DONE_FILL = "#F8CBAD", "#FFE699", "#D9EAD3"
"""The fills of marks.py: a mistake looks the same while it is typed and after Validate."""
FONT = "Arial"
"""There, or replaced by letters of the same width, in every program that opens the workbook."""
TABS = {"home": BLUE, "tracker": "#2F6DB5", "view": "#3F7D58", "findings": "#B4541A", "lists": "#7B8794"}
DATE = "yyyy-mm-dd"
"""The number format of dates, unless the workbook's language has another one."""
NUMBER_FORMATS = {
    "text": "@", "choice": "@", "email": "@", "link": "@", "integer": "0", "number": "General", "date": "yyyy-mm-dd",
    "time": "hh:mm", "yes_no": "General",
}  # fmt: skip
"""Texts are text for ever: `000123` stays what was typed."""
RIGHT = ("integer", "number", "date", "time")
"""Types that are aligned to the right."""
WIDTHS = {
    "text": 18,
    "choice": 16,
    "email": 33,
    "link": 28,
    "integer": 9,
    "number": 10,
    "date": 12,
    "time": 9,
    "yes_no": 9,
}
ID_WIDTH = 9
_ARROW = 3
"""Characters that the filter arrow at the right of a header hides."""

_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": BLUE, "valign": "vcenter"},
    "about": {"font_color": QUIET, "valign": "top", "text_wrap": True},
    "plain": {"font_color": INK, "valign": "vcenter"},
    "wrapped": {"font_color": INK, "valign": "vcenter", "text_wrap": True},
    "quiet": {"font_color": QUIET, "valign": "vcenter", "text_wrap": True},
    "link": {"font_color": BLUE, "underline": 1, "valign": "vcenter"},
    "nav": {"font_color": BLUE, "underline": 1, "valign": "vcenter", "font_size": 9, "align": "left"},
    "tile_name": {"font_color": QUIET, "bg_color": PALE, "align": "center", "valign": "vcenter"},
    "tile": {"bold": True, "font_size": 22, "font_color": BLUE, "bg_color": PALE, "align": "center",
             "valign": "vcenter", "num_format": "0"},
    "tile_note": {"font_color": QUIET, "bg_color": PALE, "align": "center", "valign": "top", "font_size": 8},
    "bold": {"font_color": INK, "bold": True, "valign": "vcenter"},
    "right": {"font_color": INK, "bold": True, "valign": "vcenter", "align": "right"},
    "section": {"bold": True, "font_size": 13, "font_color": BLUE, "bottom": 1, "bottom_color": BLUE},
    "header": {"bold": True, "font_color": INK, "bg_color": PALE, "bottom": 1, "bottom_color": QUIET, "text_wrap": True,
               "valign": "vcenter"},
    "needed": {"bold": True, "font_color": "#FFFFFF", "bg_color": BLUE,
               "text_wrap": True, "valign": "vcenter"},
    "derived": {"italic": True, "font_color": QUIET, "bg_color": "#F1F3F5", "bottom": 1, "bottom_color": QUIET,
                "text_wrap": True, "valign": "vcenter"},
    "id_header": {"font_size": 8, "font_color": QUIET, "bg_color": "#F1F3F5", "bottom": 1, "bottom_color": QUIET,
                  "text_wrap": True, "valign": "vcenter"},
    "id": {"font_size": 8, "font_color": QUIET, "bg_color": "#F1F3F5", "num_format": "@"},
    "number": {"font_color": INK, "num_format": "0", "valign": "vcenter", "align": "right"},
    "date": {"font_color": INK, "num_format": "yyyy-mm-dd", "valign": "vcenter", "align": "right"},
    "share": {"font_color": INK, "num_format": "0%", "valign": "vcenter", "align": "right"},
    "input": {"font_color": INK, "bg_color": "#FFFBEA", "border": 1, "border_color": LINE, "valign": "vcenter",
              "align": "left"},
    "input_date": {"font_color": INK, "bg_color": "#FFFBEA", "border": 1, "border_color": LINE, "valign": "vcenter",
                   "num_format": "yyyy-mm-dd", "align": "left"},
    "derived_cell": {"font_color": QUIET, "italic": True, "valign": "vcenter"},
    "list_name": {"bold": True, "font_color": "#FFFFFF", "bg_color": BLUE},
    "list_text": {"font_color": INK, "num_format": "@"},
}  # fmt: skip
_MARKS: dict[str, dict[str, Any]] = {
    "error": {"bg_color": ERROR_FILL, "font_color": "#7A1F00", "bold": True},
    "warning": {"bg_color": WARNING_FILL, "font_color": "#5C4400", "italic": True},
    "info": {"bg_color": "#DDEBF7", "font_color": INK},
    "missing": {"bg_color": ERROR_FILL},
    "done": {"bg_color": DONE_FILL, "font_color": "#1E4620", "bold": True},
    "open": {"font_color": QUIET, "italic": True},
    "date_mark": {"num_format": "yyyy-mm-dd"},
    "heading": {"bg_color": PALE, "font_color": BLUE, "bold": True},
}
"""Conditional formats; bold and italic tell them apart where colour does not."""


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, date_format: str = DATE) -> None:
        self._book, self._date = book, date_format
        self._made: dict[str, Format] = {}

    def __call__(self, style: str, **more: Any) -> Format:
        """A format by its name, with more properties where they are given."""
        key = style + "".join(f"|{name}={more[name]}" for name in sorted(more))
        if key not in self._made:
            base: Mapping[str, Any] = _STYLES.get(style) or _MARKS[style]
            given = {**base, **more}
            if given.get("num_format") == DATE:
                given["num_format"] = self._date
            font = {} if style in _MARKS else {"font_name": FONT, "font_size": 10}
            self._made[key] = self._book.add_format({**font, **given})
        return self._made[key]

    def cells(self, column: Column, before: Column | None = None) -> Format:
        """The format of a column's cells, `before` is the column to the left of it."""
        side = sides(column, before)
        if column.calculated:
            form = NUMBER_FORMATS[column.type] if column.type == "date" else "General"
            return self("derived_cell", num_format=form, **side)
        return self("wrapped" if is_wrapped(column) else "plain", num_format=NUMBER_FORMATS[column.type], **side)


def is_wrapped(column: Column) -> bool:
    """Whether long texts of a column are shown in several lines, as lists of names are."""
    return column.type == "text" and not column.calculated and (column.several or width(column) > 34)


def sides(column: Column, before: Column | None = None, *, arrow: bool = False) -> dict[str, Any]:
    """How a column is aligned: numbers and dates to the right, text beside them a little apart.

    The text is indented, not the number: LibreOffice forgets indents at the right. `arrow` leaves room in a header for
    the filter's arrow.
    """
    if column.type in RIGHT:
        return {"align": "right", **({"indent": 2} if arrow else {})}
    return {"align": "left", **({"indent": 1} if before is not None and before.type in RIGHT else {})}


def width(column: Column) -> float:
    """A column's width in characters: as declared, else by type, and never less than the header's longest word."""
    longest_word = max(map(len, column.header.split()), default=0)
    values = column.words.get("one_of")
    by_value = (
        max((len(str(v)) for v in values), default=0) + 3 if isinstance(values, list) and not column.several else 0
    )
    given = column.width or max(
        WIDTHS[column.type], longest_word + 4, min(by_value, 40), min(len(column.header), 14) + 3
    )
    if column.type in RIGHT:  # the arrow is beside the text there
        given = max(given, longest_word + 4)
    return header_width(column.header, given)


def header_width(header: str, wide: float) -> float:
    """The width, where it must be wider for its header: no word is broken, and no end hides below the filter arrow."""
    wide = max(wide, max(map(len, header.split()), default=0) + 2)
    return len(header) + _ARROW if wide - _ARROW < len(header) <= wide + 1 else wide
