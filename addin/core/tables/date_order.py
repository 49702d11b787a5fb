"""Whether dates in digits are written day first or month first, as others beside them prove: 25/03/2009 can only be
one thing, and settles 04/05/2009."""

from __future__ import annotations

from collections.abc import Iterable

from addin.core.book import Value
from addin.core.regex import regex
from addin.core.tables.dates import read_days

NUMERIC = regex(r"(?<!\d)(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?!\d)")
SPAN = 40
"""A longer text than this is no date and no span."""


def kind_of(text: str) -> str:
    """The style of a date in digits, such as `/4`: its sign and how long the year is; "" for any other text."""
    match = NUMERIC.fullmatch(text.strip())
    return f"{match[2]}{len(match[4])}" if match else ""


def orders(texts: Iterable[Value]) -> dict[str, str]:
    """style -> `dmy` or `mdy` where the dates of that style prove one and none proves the other."""
    proofs: dict[str, set[str]] = {}
    for text in texts:
        for match in NUMERIC.finditer(text) if isinstance(text, str) and len(text) < SPAN else ():
            if (int(match[1]) > 12) == (int(match[3]) > 12):
                continue
            style = f"{match[2]}{len(match[4])}"
            proofs.setdefault(style, set()).add("dmy" if int(match[1]) > 12 else "mdy")
    return {style: next(iter(found)) for style, found in proofs.items() if len(found) == 1}


def proof_of(texts: Iterable[Value], order: str) -> dict[str, str]:
    """style -> the first date of that style that proves `order`; none where another date of any style proves the
    other one: then nobody can rely on it."""
    found: dict[str, str] = {}
    for text in texts:
        style = kind_of(text) if isinstance(text, str) and len(text) < SPAN else ""
        proved = orders([text]).get(style) if style else None
        if not isinstance(text, str) or not proved or not read_days(text):
            continue
        if proved != order:
            return {}
        found.setdefault(style, text.strip())
    return found
