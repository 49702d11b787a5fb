"""What Google makes of a value that is sent or typed.

RAW keeps text as text. USER_ENTERED reads it as if typed, in en_US: only the forms in `_FORMS` are known, each from a
recording or a dated probe. Text that looks as if Google would read it in some other way is refused (501) in strict
mode; otherwise it stays text and is noted, so that nobody takes the guess for Google's answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from addin.google_emulator.answers import Json, bad, unimplemented
from addin.google_emulator.model import Entered, Formula
from addin.google_emulator.number_formats import serial

EXACT = 2**53
LONGEST = 50_000

Reading = tuple[Entered, Json | None]
"""The value, and the number format that its text carries."""


class Entry(NamedTuple):
    """How values are to be read: RAW or as typed; today (for dates without a year); strict or best effort."""

    typed: bool
    today: date
    strict: bool
    noted: Callable[[str], None]
    day_first: bool = False
    """12/03/2026 is 12 March: so it is in every locale but few."""

    def plain(self, raw: Any) -> bool:
        """Whether the value stands as it is, whatever the options: nothing to read in it."""
        kind = type(raw)
        if kind is str:
            return 0 < len(raw) <= LONGEST and not (self.typed and not _WORDS.fullmatch(raw))
        return kind is bool or (kind is int and abs(raw) <= EXACT)

    def read(self, raw: Any, where: str, number_format: Json | None = None) -> Reading:
        """One value of a request; `where` names it in a refusal, `number_format` is what its cell has."""
        if isinstance(raw, bool):
            return raw, None
        if isinstance(raw, int | float):
            return number(raw), None
        if not isinstance(raw, str):
            raise bad(f"Invalid {where}: {_protobuf(raw)}")
        if raw == "":
            return None, None
        fits(raw)
        if not self.typed or (number_format or {}).get("type") == "TEXT":
            return raw, None
        if self.day_first and (found := _STROKES.fullmatch(raw.strip())):
            return _day_month(found, raw)
        return self._typed(raw)

    def _typed(self, text: str) -> Reading:
        if text.startswith("'"):
            return text[1:] or None, None
        if text.startswith("=") and len(text) > 1:
            return Formula(text), None
        if text.upper() in ("TRUE", "FALSE"):
            return text.upper() == "TRUE", None
        for pattern, convert in _FORMS:
            found = pattern.fullmatch(text.strip())
            if found:
                try:
                    return convert(found, self.today)
                except ValueError:  # 2026-02-30 looks like a date and is none: text
                    return text, None
        if _DOUBTFUL.fullmatch(text.strip()):
            if self.strict:
                raise unimplemented(f"how Google reads {text!r} as typed input is not known here; send it RAW")
            self.noted(f"{text!r} was kept as text; Google may read it as a number, a date or a time")
        return text, None


def whole(number: float) -> float | int:
    """3.0 is written 3, as JSON from Google has it."""
    return int(number) if number.is_integer() and abs(number) <= EXACT else number


def number(given: float | int) -> float | int:
    """A number as the service keeps it: double precision, so an integer beyond 2**53 loses digits."""
    return given if isinstance(given, int) and abs(given) <= EXACT else whole(float(given))


def fits(text: str) -> None:
    """The limit on a cell's text (its wording: general knowledge, not probed)."""
    if len(text) > LONGEST:
        raise bad(f"Your input contains more than the maximum of {LONGEST} characters in a single cell.")


def _form(kind: str, pattern: str) -> Json:
    return {"type": kind, "pattern": pattern}


def _number(found: re.Match[str], today: date) -> Reading:
    return whole(float(found[0])), None


def _power(found: re.Match[str], today: date) -> Reading:
    return whole(float(found[0])), _form("SCIENTIFIC", "0.00E+00")


def _thousands(found: re.Match[str], today: date) -> Reading:
    pattern = "#,##0.00" if "." in found[0] else "#,##0"
    return whole(float(found[0].replace(",", ""))), _form("NUMBER", pattern)


def _percent(found: re.Match[str], today: date) -> Reading:
    return whole(float(found[1]) / 100), _form("PERCENT", "0.00%" if "." in found[1] else "0%")


def _dollars(found: re.Match[str], today: date) -> Reading:
    pattern = '"$"#,##0.00' if "." in found[1] else '"$"#,##0'
    return whole(float(found[1].replace(",", ""))), _form("CURRENCY", pattern)


def _iso_date(found: re.Match[str], today: date) -> Reading:
    return serial(datetime(int(found[1]), int(found[2]), int(found[3]))), _form("DATE", "yyyy-mm-dd")


def _iso_time(found: re.Match[str], today: date) -> Reading:
    return serial(datetime(*map(int, found.groups()))), _form("DATE_TIME", "yyyy-mm-dd h:mm:ss")  # type: ignore[arg-type]  # six numbers


def _month_day(found: re.Match[str], today: date) -> Reading:
    return serial(datetime(today.year, int(found[1]), int(found[2]))), _form("DATE", "m-d")


def _us_date(found: re.Match[str], today: date) -> Reading:
    return serial(datetime(int(found[3]), int(found[1]), int(found[2]))), _form("DATE", "m/d/yyyy")


def _day_month(found: re.Match[str], text: str) -> Reading:
    """12/03/2026 where the day comes first; 12/13/2026 is no date there."""
    try:
        return serial(datetime(int(found[3]), int(found[2]), int(found[1]))), _form("DATE", "dd/mm/yyyy")
    except ValueError:
        return text, None


_STROKES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

_FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], Reading]]] = [
    # 0042, 42.01: REC Worksheet update_cell; 007: LIVE mmedum 2026-09-06
    (re.compile(r"[-+]?(\d+\.?\d*|\.\d+)"), _number),
    # 2,000,000.01: REC
    (re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?"), _thousands),
    # 50%: LIVE gdrives 007 note 005, 2026-09-27
    (re.compile(r"([-+]?\d+(?:\.\d+)?)%"), _percent),
    # $100.15: LIVE mmedum 2026-09-06
    (re.compile(r"\$(\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?)"), _dollars),
    # 2020-01-01: REC Worksheet get_all_records_value_render_options
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), _iso_date),
    # 2026-09-27 10:30:15: LIVE gdrives 007 note 005, 2026-09-27
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d\d):(\d\d)"), _iso_time),
    # 1e5, shown as 1.00E+05: general knowledge, not probed
    (re.compile(r"[-+]?\d+(?:\.\d*)?[eE][-+]?\d{1,3}"), _power),
    # 1-2: LIVE mmedum 2026-09-06
    (re.compile(r"(\d{1,2})-(\d{1,2})"), _month_day),
    # 9/5/2026: general knowledge of en_US, not probed
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), _us_date),
]

# no digit, no sign and no word that could mean more than itself
_WORDS = re.compile(r"(?!(?i:true|false)\s*$)[^\W\d][^\W\d]*(?: [^\W\d]+)*")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DOUBTFUL = re.compile(
    rf"(?i)(?=.*\d)(?:[\d\s/:.,+()%$€£¥-]+(?:am|pm|e[+-]?\d+|[tz])?[\d:.z]*"
    rf"|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?:\d{{1,4}}[\s,/-]+)?{_MONTH}(?:[\s,/-]+\d{{1,4}}){{0,2}}(?:\s+[\d:]+)?)"
)


def _protobuf(value: Any, indent: str = "") -> str:
    """A list or an object as the refusal prints it (LIVE fgac-ai, 2026-09-18: `Invalid values[3][0]: list_value …`)."""
    if isinstance(value, list):
        inside = "".join(f"{indent}  values {{\n{indent}    {_scalar(v)}\n{indent}  }}\n" for v in value)
        return f"list_value {{\n{inside}{indent}}}\n"
    inside = "".join(
        f'{indent}  fields {{\n{indent}    key: "{k}"\n{indent}    value {{\n{indent}      {_scalar(v)}\n'
        f"{indent}    }}\n{indent}  }}\n"
        for k, v in value.items()
    )
    return f"struct_value {{\n{inside}{indent}}}\n"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return f'string_value: "{value}"'
    if isinstance(value, bool):
        return f"bool_value: {str(value).lower()}"
    if isinstance(value, int | float):
        return f"number_value: {value}"
    return "null_value: NULL_VALUE" if value is None else _protobuf(value).strip()
