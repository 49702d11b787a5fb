"""One cell's value and its XML: numbers, dates, text and errors, exactly."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from addin.backends.ooxml.markup import decode, element, pattern
from addin.core.book import CellError, Value
from addin.core.language import in_thousands, phrase
from addin.core.regex import regex
from addin.errors import BookProblem

DAY = 86_400_000_000  # microseconds
LAST_DAY = 2_958_465  # 9999-12-31
LONGEST_TEXT = (
    32_767  # characters; Excel's limit for one cell (support.microsoft.com, "Excel specifications and limits")
)
SNAP = 5  # microseconds: programs that write 15 digits miss a whole millisecond by up to 4.4; more after the year 4770
SNAP_SECOND = 499  # microseconds: nearer to a whole second than half a millisecond Excel shows the whole second
CODED = regex(r"_x([0-9A-Fa-f]{4})_")
MUST_CODE = "_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]"  # compiled when a text has some


def number(raw: bytes) -> Value:
    """A whole number is an int, any other a float to the last digit; what is no number is kept as text."""
    try:
        return int(raw)
    except ValueError:
        pass
    try:
        value = float(raw)
    except ValueError:
        return decode(raw)
    if not math.isfinite(value):
        return decode(raw)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def text(raw: bytes) -> str:
    """Element content as the text that a person typed: entities, line ends and `_x000D_` codes resolved."""
    return uncode(decode(raw))


def uncode(string: str) -> str:
    """`_x000D_` is the carriage return that XML cannot hold (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in string:
        return string
    plain = CODED.sub(lambda match: chr(int(match[1], 16)), string)
    if any("\ud800" <= character <= "\udfff" for character in plain):
        return without_halves(plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass"))
    return plain


def without_halves(string: str) -> str:
    """Half a character, which no file of text can hold, as the code that a workbook has for it."""
    if string.isprintable():
        return string
    return re.sub("[\ud800-\udfff]", lambda match: f"_x{ord(match[0]):04X}_", string)


def rich(raw: bytes) -> str:
    """The runs of a shared or inline string put together, without the phonetic guides above them."""
    if b"<rPh" in raw:
        raw = element("rPh").sub(lambda _: b"", raw)
    return text(b"".join(match[2] or b"" for match in pattern("t").finditer(raw)))


def escaped(string: str) -> str:
    """Text as element content; the opposite of `text`."""
    if "_x" in string or not (string.isprintable() or string.replace("\n", "").isprintable()):
        string = re.sub(MUST_CODE, lambda match: f"_x{ord(match[0]):04X}_", string)
    return string.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute_text(string: str) -> str:
    """Text as an attribute of a table's part; XML would turn its line breaks and tabs into blanks."""
    coded = re.sub(r"[\t\n]", lambda match: f"_x{ord(match[0]):04x}_", escaped(string))
    return coded.replace('"', "&quot;")


def from_serial(serial: float, kind: str, since_1904: bool) -> Value:
    """The date, time or length of time that a day number shows in a format of this kind (see styles.date_kind).

    Nothing is lost: a time on a day stays a datetime although the format shows the day alone. Excel's 29 February 1900
    (day 60) and numbers that are no day stay numbers.
    """
    days = math.floor(serial)
    micro = round((serial - days) * DAY)
    micro = _snapped(micro, max(SNAP, math.ulp(serial) * DAY))
    if micro == DAY:
        days, micro = (days + 1, 0) if days or kind != "time" else (0, DAY - 1000)
    if kind == "duration":
        return timedelta(days=days, microseconds=micro) if abs(days) < 999_999_999 else serial
    shift = 1462 if since_1904 else 0
    if days < 0 or days + shift > LAST_DAY or (days == 60 and not shift):
        return serial
    if days == 0 and (kind == "time" or (not shift and (micro or kind == "datetime"))):
        return _time(micro)
    if days == 0 and not shift:
        return serial
    day = date(1899, 12, 31 if days + shift < 60 else 30) + timedelta(days=days + shift)
    if kind == "date" and not micro:
        return day
    return datetime(day.year, day.month, day.day) + timedelta(microseconds=micro)


def _snapped(micro: int, reach: float) -> int:
    second, whole = round(micro, -6), round(micro, -3)
    if abs(micro - second) <= max(reach, SNAP_SECOND):
        return second
    return whole if abs(micro - whole) <= reach else micro


def _time(micro: int) -> time:
    return (datetime(2000, 1, 1) + timedelta(microseconds=micro)).time()


def to_serial(value: date | time | timedelta, since_1904: bool) -> float | None:
    """The day number of a date, time or length of time; None where this workbook's calendar has none for it."""
    if isinstance(value, timedelta):
        return _exact(value // timedelta(microseconds=1))
    if isinstance(value, time):
        return None if value.tzinfo else _exact(_micro(value))
    days = value.toordinal() - date(1899, 12, 30).toordinal()
    if days <= 60:
        days -= 1
    if since_1904:
        days -= 1462
    if days < (0 if since_1904 else 1):
        return None
    if isinstance(value, datetime):
        return None if value.tzinfo else _exact(days * DAY + _micro(value.time()))
    return days


def _micro(value: time) -> int:
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond


def _exact(micro: int) -> float:
    return micro // DAY if micro % DAY == 0 else micro / DAY


def from_iso(raw: bytes) -> Value:
    """A cell of type "d": a date written out, as Strict workbooks do."""
    string = decode(raw).strip().removesuffix("Z")
    try:
        if "T" not in string:
            return time.fromisoformat(string) if ":" in string else date.fromisoformat(string)
        return datetime.fromisoformat(string)
    except ValueError:
        return string


def storable(value: Value, since_1904: bool) -> Value:
    """The value as a cell can hold it, and as it will be read back: a moment to its millisecond (or better), a moment
    with a time zone or before 1900 as ISO text rather than as a wrong date. What no cell can hold is refused."""
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise BookProblem(
                phrase(
                    "a text of {n} characters is longer than the {most} a cell can hold.",
                    n=in_thousands(len(value)),
                    most=in_thousands(LONGEST_TEXT),
                ),
                next=phrase("Shorten it or keep it in a document of its own."),
            )
        return without_halves(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise BookProblem(
            phrase("a cell cannot hold the number {value}.", value=value),
            next=phrase("Leave it blank or write it as text."),
        )
    if isinstance(value, (date, time, timedelta)):
        serial = to_serial(value, since_1904)
        back = None if serial is None else from_serial(serial, kind_of(value), since_1904)
        return back if type(back) is type(value) else _iso(value)
    return value


def _iso(value: date | time | timedelta) -> str:
    return str(value) if isinstance(value, timedelta) else value.isoformat()


def kind_of(value: date | time | timedelta) -> str:
    """The kind of number format in which such a value shows."""
    if isinstance(value, timedelta):
        return "duration"
    if isinstance(value, time):
        return "time"
    return "datetime" if isinstance(value, datetime) else "date"


def content(value: Value, since_1904: bool) -> tuple[str, str]:
    """(type attribute, inner XML) of a cell that holds this value. Text is always a text cell, never a formula."""
    if isinstance(value, CellError):
        return ' t="e"', f"<v>{escaped(value)}</v>"
    if isinstance(value, str):
        space = ' xml:space="preserve"' if value != value.strip() or "\n" in value or "\t" in value else ""
        return ' t="inlineStr"', f"<is><t{space}>{escaped(value)}</t></is>"
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ' t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, (int, float)):
        return "", f"<v>{value!r}</v>"
    return "", f"<v>{to_serial(value, since_1904)!r}</v>"


def stored_result(value: Value, since_1904: bool) -> tuple[str, str]:
    """(type, `<v>`) of a formula's result; both blank where there is none."""
    if value is None:
        return "", ""
    if isinstance(value, CellError):
        return "e", f"<v>{escaped(value)}</v>"
    if isinstance(value, str):
        return "str", f"<v>{escaped(value)}</v>"
    if isinstance(value, bool):
        return "b", f"<v>{int(value)}</v>"
    number = value if isinstance(value, int | float) else to_serial(value, since_1904)
    return "", f"<v>{number!r}</v>"


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same to the last detail; 7 and 7.0 are one number, True and 1 are not."""
    if type(one) is type(other):
        return one == other
    if isinstance(one, bool) or isinstance(other, bool):
        return False
    return isinstance(one, (int, float)) and isinstance(other, (int, float)) and one == other
