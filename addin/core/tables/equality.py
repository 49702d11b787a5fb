"""Decide whether two people, codes or headers are the same although they are written differently.

`fold` is the comparison form: Unicode NFC, invisible characters dropped, width and case folded, apostrophes and dashes
unified, blanks tidied. `fold_code` also takes off what spreadsheets put around a code (`'0012`, `="0012"`) and reads
numerals of every script. Compare exactly first, then by these; never store a folded text. `loose_code` is for
questions only: what is equal under it *may* be the same code (lost zeros, `10012.0`, `1.00012E+11`, `#0012`,
`OO12`), so a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import cache

from addin.core.language import phrase
from addin.core.regex import regex

_IGNORED = (
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
    (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Unicode's default-ignorable code points, the control characters that are no blanks, and annotation marks."""
_APOSTROPHES = "`´ʹʻʼʽʾʿˈˊˋ‘’‛′‵＇ꞌ՚׳"
_DASHES = "‐‑‒–—―−﹘﹣－⁃˗֊־᠆"
_QUOTES = {ord(sign): "'" for sign in _APOSTROPHES} | {ord(sign): "-" for sign in _DASHES}
_FORMULA_TEXT = regex(r"=\s*\"(.*)\"", re.DOTALL)
_WHOLE_FLOAT = regex(r"(\d+)[.,]0+")
_GROUPED = regex(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")
_SCIENTIFIC = regex(r"(\d)(?:[.,](\d+))?e\+?(\d{1,2})")
_LABEL = regex(r"(?:no|nr|id|code|#|№|n[°º])[ .:]*(?=\S*\d)")
_LOOKALIKES = str.maketrans("oоοil|іӏ", "00011111")
"""Letters, Latin, Cyrillic and Greek, that people and scanners take for digits (as they are after folding)."""
_SHORTENED = regex(r"\d[.,]\d+E\+\d{2}")
PRECISION = 15
"""So many digits of a number survive in a spreadsheet; the rest become zeros."""


@cache
def _invisible() -> dict[int, None]:
    """The signs that nobody sees; thousands, so they are listed only where a text is not plain ASCII."""
    return dict.fromkeys(code for low, high in _IGNORED for code in range(low, high + 1))


@cache
def _widths() -> dict[int, str]:
    """The wide and narrow forms of signs, each with its usual form."""
    return {
        code: unicodedata.normalize("NFKC", chr(code))
        for code in (0x3000, *range(0xFF01, 0xFFEF))
        if unicodedata.decomposition(chr(code)).startswith(("<wide>", "<narrow>")) and code not in _invisible()
    }


@cache
def _all_signs() -> dict[int, str | None]:
    return {**_invisible(), **_QUOTES, **_widths(), 0xFF07: "'", 0xFF40: "'", 0xFF0D: "-", 0x2800: " "}


def fold(text: str) -> str:
    """The form in which people and headers are compared; idempotent, "" where nothing visible is left."""
    if text.isascii() and text.isprintable():
        return " ".join(text.replace("`", "'").casefold().split())
    folded = unicodedata.normalize("NFD", text).translate(_all_signs()).casefold().translate(_QUOTES)
    folded = folded.replace("i\u0307", "i")  # a Turkish capital I with its dot is an i
    return " ".join(unicodedata.normalize("NFC", folded).split())


def fold_code(text: str) -> str:
    """As `fold`, without the apostrophes or `="…"` by which spreadsheets keep a code as text, and with the numerals of
    every script as 0 to 9; idempotent."""
    folded = _with_ascii_digits(fold(text))
    while folded[:1] in ("=", "'"):
        match = _FORMULA_TEXT.fullmatch(folded)
        bare = fold(match[1]) if match else folded[1:].lstrip() if folded[0] == "'" else folded
        if not bare or bare == folded:
            break
        folded = bare
    return folded


def _with_ascii_digits(text: str) -> str:
    """The text with the numerals of every script as 0 to 9; `²` and `②` are other signs."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def loose_code(text: str) -> str:
    """A code as it may be meant: taken for a number on the way (no leading zeros, no `.0`, no grouping, no exponent),
    with blanks, quotation marks or a label (`No. 0012`), or with letters that look like digits (`OO12`)."""
    code = fold_code(text)
    if not code.isdecimal():
        code = _bare_code(code)
    if match := _WHOLE_FLOAT.fullmatch(code):
        code = match[1]
    elif match := _GROUPED.fullmatch(code):
        code = code.replace(match[1], "")
    elif match := _SCIENTIFIC.fullmatch(code):
        digits, whole = match[1] + (match[2] or ""), int(match[3]) + 1
        code = digits.ljust(whole, "0")[:whole]
    return code.lstrip("0") or code[-1:]


def _bare_code(code: str) -> str:
    """A code without what people and programs put around it; letters as digits where it is mostly of digits."""
    plain = unicodedata.normalize("NFKC", code).strip("\"'“”„«». ")
    plain = _LABEL.sub("", plain, count=1)
    plain = plain if _GROUPED.fullmatch(plain) else "".join(plain.split())
    digits = plain.translate(_LOOKALIKES)
    known = sum(map(str.isdecimal, plain))
    return (digits if digits.isdecimal() and 2 * known >= len(digits) else plain) or code


def is_number_writing(text: str) -> bool:
    """True for a code that only a program writes so, as it took the code for a number: `10012.0`, `1.00012E+11`."""
    bare = text.strip()
    return bool(_WHOLE_FLOAT.fullmatch(bare) or _SHORTENED.fullmatch(bare))


def rounded_to(text: str, codes: Iterable[str]) -> list[str]:
    """The codes of which `text` may be a rounded writing: `1.00012E+11` of 100012345678, or zeros after 15 digits."""
    code = fold_code(text)
    if match := _SCIENTIFIC.fullmatch(code):
        kept, length = 1 + len(match[2] or ""), int(match[3]) + 1
        wanted = _rounded(loose_code(text), kept)
        return [one for one in codes if len(one) == length and one.isdecimal() and _rounded(one, kept) == wanted]
    if code.isdecimal() and len(code) > PRECISION and not code[PRECISION:].strip("0"):
        return [one for one in codes if len(one) == len(code) and one[:PRECISION] == code[:PRECISION]]
    return []


def _rounded(digits: str, kept: int) -> str:
    return f"{int(digits):.{kept - 1}e}"


def without_zeros(texts: Iterable[str], codes: Collection[str]) -> dict[str, str]:
    """text -> the one code that it is when a cell with a number has lost the zeros before it: 123 for 000123.

    Only where all codes of digits are equally long: then a shorter one is no code of its own.
    """
    whole = [code for code in codes if code.isdecimal()]
    if len({len(code) for code in whole}) != 1:
        return {}
    known = {code.lstrip("0"): code for code in whole}
    found = {text: known.get(text) for text in texts if text.isdecimal() and not text.startswith("0")}
    return {text: code for text, code in found.items() if code and len(code) > len(text)}


def same(one: str, other: str) -> bool:
    """True where two people or headers are the same, however they are written."""
    return one == other or fold(one) == fold(other)


_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    (phrase("blanks"), lambda text: " ".join(text.split())),
    (phrase("invisible characters"), lambda text: text.translate(_invisible()).strip()),
    (phrase("accents stored in another way"), lambda text: unicodedata.normalize("NFC", text)),
    (phrase("full-width characters"), lambda text: unicodedata.normalize("NFC", text.translate(_widths())).strip()),
    (phrase("another apostrophe or dash"), lambda text: text.translate(_QUOTES)),
    (phrase("capital letters"), fold),
    (phrase("numerals of another script"), lambda text: _with_ascii_digits(text)),
    (phrase("the mark that keeps it as text"), lambda text: fold_code(text)),
)


def difference(one: str, other: str) -> str:
    """What two equal writings differ in, for a remark; "" where they are the same letter by letter."""
    if one == other:
        return ""
    return next((name for name, step in _STEPS if step(one) == step(other)), phrase("the way it is written"))
