"""Values as CSV text that no spreadsheet takes for a formula, and back again.

Text that begins like a formula (`= + - @`, tab, carriage return) gets an apostrophe in front, as OWASP advises
(CSV injection); reading takes exactly that apostrophe away again. Numbers stay numbers, negative ones too.
"""

from __future__ import annotations

import re

from addin.core.book import Value
from addin.values import show

_GUARD = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def to_csv(value: Value) -> str:
    """The value as it stands in a CSV file."""
    text = show(value)
    return "'" + text if isinstance(value, str) and _GUARD.match(text) else text


def from_csv(text: str) -> str:
    """What `to_csv` was given, as text."""
    return text[1:] if _GUARDED.match(text) else text
