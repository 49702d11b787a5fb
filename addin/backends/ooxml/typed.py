"""What a cell's XML says -> its value: by the workbook's texts, its date styles and its calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from addin.backends.ooxml.markup import decode
from addin.backends.ooxml.scan import CellAt, broken_off, inner
from addin.backends.ooxml.values import LAST_DAY, from_iso, from_serial, number, rich, text
from addin.core.book import CellError, Value
from addin.core.language import phrase
from addin.core.records import field, record
from addin.core.regex import regex
from addin.core.tables.shown import shown_code
from addin.errors import BookProblem

DAY_ZERO = date(1899, 12, 30).toordinal()
STRING_ITEM = regex(
    r'<si(?:\s[^<>]*)?(?:(?<=/)>|(?<!/)>(?:<t(?: xml:space="preserve")?>([^<]*)</t></si>'
    r"|([^<]*(?:<(?!/?si[\s/>])[^<]*)*)</si\s*>))|<si/>"  # no `*+`: Python 3.11.2 finds nothing in a group with one
)


def shared_strings(xml: bytes) -> list[str]:
    """The workbook's list of texts, which cells name by their place in it."""
    found = STRING_ITEM.findall(xml.decode())
    if len(found) != xml.count(b"<si"):
        raise BookProblem(
            phrase("the workbook's list of texts breaks off in the middle."),
            next=phrase("Restore an older version of the file."),
        )
    if b"&" not in xml and b"_x" not in xml and b"\r" not in xml[100:]:
        return [rich(runs.encode()) if runs else simple for simple, runs in found]
    return [rich(runs.encode()) if runs else _plain(simple) for simple, runs in found]


def _plain(string: str) -> str:
    return text(string.encode()) if "&" in string or "_x" in string or "\r" in string else string


@record
class Values:
    """Turns what a cell's XML says into its value; knows the workbook's texts, date styles and calendar."""

    strings: Callable[[], list[str]]
    dates: dict[bytes, str]
    since_1904: bool
    codes: dict[bytes, str] = field(default_factory=dict)
    """The number formats that show numbers as codes, by style."""

    def shown(self, style: bytes, value: Value) -> str | None:
        """The code that a number of this style shows as; None where it shows as a number."""
        form = self.codes.get(style)
        return shown_code(value, form) if form and type(value) is int else None

    def plain(self, style: bytes, kind: bytes, raw: bytes) -> Value:
        """The value of a cell of this style and type that holds <v>raw</v>."""
        if kind == b"s":
            return self._shared(raw)
        if not kind or kind == b"n":
            return self._number(style, raw)
        if kind == b"b":
            return raw.strip() in (b"1", b"true")
        if kind == b"e":
            return CellError(decode(raw))
        if kind == b"d":
            return from_iso(raw)
        return text(raw)

    def _shared(self, raw: bytes) -> Value:
        strings = self.strings()
        place = int(raw) if raw.strip().isdigit() else -1
        if not 0 <= place < len(strings):
            raise BookProblem(
                phrase("a cell names a text that the workbook does not hold."),
                next=phrase("Open it in Excel, let it repair, and save it."),
            )
        return strings[place]

    def _number(self, style: bytes, raw: bytes) -> Value:
        if not raw:
            return None
        value = number(raw)
        kind = self.dates.get(style)
        if kind == "date" and type(value) is int and 60 < value <= LAST_DAY and not self.since_1904:
            return date.fromordinal(DAY_ZERO + value)  # nearly every date, at once
        if kind and isinstance(value, int | float):
            return from_serial(value, kind, self.since_1904)
        return value

    def other(self, style: bytes, kind: bytes, content: bytes) -> Value:
        """The value of a cell with more in it than <v>: a formula, an inline text."""
        if kind == b"inlineStr" and (inline := inner(content, "is")) is not None:
            return rich(inline)
        raw = inner(content, "v")
        if raw is None and (b"<v" in content or (kind == b"inlineStr" and b"<is" in content)):
            raise broken_off()
        if raw is None or (not raw and kind != b"str"):
            return None
        return self.plain(style, kind, raw)


def cell_shown(cell: CellAt, value: Value, values: Values) -> str | None:
    """The code as which a number of a cell shows."""
    return values.shown(cell.attributes.get("s", "").encode(), value) if values.codes else None


def cell_value(cell: CellAt, values: Values) -> Value:
    """The value of one cell that the careful scan found."""
    if not cell.content.strip():
        return None
    words = cell.attributes
    return values.other(words.get("s", "").encode(), words.get("t", "").encode(), cell.content)
