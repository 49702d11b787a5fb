"""Values as CSV text that no spreadsheet takes for a formula, and back again.

Text that begins like a formula (`= + - @`, tab, carriage return) gets an apostrophe in front, as OWASP advises
(CSV injection); reading takes exactly that apostrophe away again. Numbers stay numbers, negative ones too.
"""

from __future__ import annotations

import codecs
import csv
import io
import re

from addin.core.book import Value
from addin.core.tables.values import show

DELIMITERS = (",", ";", "\t", "|")
LOOK = 50
"""So many lines are looked at to find out the delimiter."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_GUARD = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def to_csv(value: Value) -> str:
    """The value as it stands in a CSV file."""
    text = show(value)
    return "'" + text if isinstance(value, str) and _GUARD.match(text) else text


def from_csv(text: str) -> str:
    """What `to_csv` was given, as text."""
    return text[1:] if _GUARDED.match(text) else text


def decoded(data: bytes) -> str:
    """The text in the encoding that its bytes speak for: marked ones, UTF-8, bare UTF-16, else Western.

    Western is cp1252, or the older one of the Macintosh where lines end as they did there.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    head = data[:2000]
    if b"\0" in head:
        return data.decode("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("mac_roman" if b"\r" in data and b"\n" not in data else "cp1252")


def told_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, taken off the text."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    return (first[4], rest) if first.lower().startswith("sep=") and len(first) == 5 else ("", text)


def delimiter(text: str) -> str:
    """The delimiter with which most lines have as many cells as most others, and more than one."""
    head = "".join(text.splitlines(keepends=True)[:LOOK])

    def fit(sign: str) -> tuple[int, int]:
        try:
            lengths = [len(line) for line in csv.reader(io.StringIO(head, newline=""), delimiter=sign) if line]
        except csv.Error:
            return (0, 0)
        wide = [length for length in lengths if length > 1]
        usual = max(set(wide), key=wide.count) if wide else 0
        return wide.count(usual), usual

    return max(DELIMITERS, key=fit)
