"""Numbers as text: day numbers and the number formats of en_US.

Known: the patterns that recordings and probes show (coercion.py), and the rule that display rounds to the second
(LIVE gdrives 007 note 005: 23:59:59.999 shows the next day). A pattern that is not understood is refused (501).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from addin.google_emulator.answers import Json, unimplemented

_EPOCH = datetime(1899, 12, 30)
_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]

# en_US defaults for a type without a pattern: the guide "Date & number formats" of the Sheets API documentation
_DEFAULTS = {
    "DATE": "m/d/yyyy",
    "TIME": "h:mm:ss am/pm",
    "DATE_TIME": "m/d/yyyy h:mm:ss",
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": '"$"#,##0.00',
    "SCIENTIFIC": "0.00E+00",
    "TEXT": "@",
}
_TIMES = ("DATE", "TIME", "DATE_TIME")


def serial(moment: datetime) -> float | int:
    """Days since 1899-12-30."""
    days = (moment - _EPOCH) / timedelta(days=1)
    return int(days) if days.is_integer() else days


def moment(number: float) -> datetime:
    return _EPOCH + timedelta(days=number)


def is_date(number_format: Json | None) -> bool:
    return number_format is not None and number_format.get("type") in _TIMES


def shown(number: float | int, number_format: Json | None) -> str:
    """The number as the cell shows it."""
    kind = (number_format or {}).get("type")
    pattern = (number_format or {}).get("pattern") or _DEFAULTS.get(str(kind), "")
    if not pattern or pattern in ("General", "@"):
        return plain(number)
    if kind in _TIMES or (kind not in _DEFAULTS and re.search(r"[ymdhs]", pattern)):
        return _date(number, pattern)
    return _number(number, pattern)


def plain(number: float | int) -> str:
    """A number without a format. Beyond ten significant digits the display is general knowledge, not probed."""
    if isinstance(number, int) or (float(number).is_integer() and abs(number) < 1e15):
        return str(int(number))
    text = f"{number:.10g}"
    return text.replace("e", "E")


def _date(number: float, pattern: str) -> str:
    exact = moment(number)
    if ".0" not in pattern:
        exact = (exact + timedelta(microseconds=500_000)).replace(microsecond=0)
    half = re.search(r"(?i)am/pm|a/p", pattern) is not None
    parts, hours_before = [], False
    tokens = re.findall(r"(?i)\"[^\"]*\"|\\.|am/pm|a/p|y+|m+|d+|h+|s+|\.0+|\[[^\]]*\]|.", pattern)
    for i, token in enumerate(tokens):
        following = next((t.lower() for t in tokens[i + 1 :] if re.match(r"[a-zA-Z\[]", t)), "")
        parts.append(_date_part(token, exact, half, hours_before or following.startswith("s")))
        if re.match(r"[a-zA-Z]", token):
            hours_before = token[0].lower() == "h"
    return "".join(parts)


def _date_part(token: str, at: datetime, half: bool, minutes: bool) -> str:  # noqa: C901 (one branch a token)
    low, count = token.lower(), len(token)
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("["):
        raise unimplemented(f"the number format token {token} is not known here")
    if token.startswith("\\"):
        return token[1:]
    if low == "am/pm":
        return at.strftime("%p")
    if low == "a/p":
        return at.strftime("%p")[0]
    if token.startswith(".0"):
        return f".{at.microsecond // 1000:03d}"[:count]
    if low[0] == "y":
        return f"{at.year % 100:02d}" if count <= 2 else f"{at.year:04d}"
    if low[0] == "m":
        return _padded(at.minute, count) if minutes else _name_or_number(at.month, count, _MONTHS[at.month - 1])
    if low[0] == "d":
        return _name_or_number(at.day, count, _DAYS[at.isoweekday() % 7])
    if low[0] == "h":
        return _padded((at.hour % 12 or 12) if half else at.hour, count)
    if low[0] == "s":
        return _padded(at.second, count)
    return token


def _padded(number: int, count: int) -> str:
    return f"{number:02d}" if count >= 2 else str(number)


def _name_or_number(number: int, count: int, name: str) -> str:
    return _padded(number, count) if count <= 2 else name[:3] if count == 3 else name


_BODY = re.compile(r"(?P<int>[#0,]*)(?:\.(?P<dec>[#0]+))?(?P<exp>E\+0+)?")


def _number(number: float | int, pattern: str) -> str:
    sections = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', pattern)
    section, sign = sections[0], "-" if number < 0 else ""
    if number < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    if number == 0 and len(sections) > 2:
        section = sections[2]
    pieces = re.findall(r'"[^"]*"|\\.|\[[^\]]*\]|[#0,.]+(?:E\+0+)?|.', section)
    digits = [i for i, piece in enumerate(pieces) if re.fullmatch(r"[#0,.]*[#0][#0,.]*(?:E\+0+)?", piece)]
    if len(digits) > 1 or any(piece[0] in "[?_*" for piece in pieces):
        raise unimplemented(f"the number format {pattern!r} is not known here")
    size = abs(number) * (100 if "%" in section else 1)
    text = [_digits(size, p) if i in digits else p.strip('"').removeprefix("\\") for i, p in enumerate(pieces)]
    return sign + "".join(text)


def _digits(size: float, piece: str) -> str:
    found = _BODY.fullmatch(piece)
    if not found:
        raise unimplemented(f"the number format {piece!r} is not known here")
    decimals = found["dec"] or ""
    if found["exp"]:
        mantissa, power = f"{size:.{len(decimals)}e}".split("e")
        return f"{mantissa}E{int(power):+03d}"
    rounded = Decimal(repr(size)).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in found["int"] else f"{rounded:f}"
    whole, _, rest = text.partition(".")
    least = found["int"].replace(",", "").count("0")
    if least == 0 and whole == "0":
        whole = ""
    while rest and len(rest) > decimals.count("0") and rest.endswith("0"):
        rest = rest[:-1]
    return whole.rjust(least, "0") + (f".{rest}" if rest else "")
