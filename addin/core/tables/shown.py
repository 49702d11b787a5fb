"""Numbers that a number format shows as a code, such as 12 in the format `000000`: what a person sees is the code."""

from __future__ import annotations

from functools import cache

from addin.core.regex import regex

_SECTIONS = regex(r'(?:[^;"\\]|"[^"]*"?|\\.?)*')
_CONDITION = regex(r"\[(<=|>=|<>|<|>|=)(\d+)\]")
_PIECES = regex(r'"([^"]*)"?|\\(.)|_.|\*.|\[[^\]]*\]|(0)|([-/ ()+:])|(.)')
"""Groups: quoted text, an escaped character, a digit, a character that stands for itself, anything else."""
_MOST_DIGITS = 30


def shown_code(number: int, code: str) -> str | None:
    """The text that a format such as `000000` or `000-0000` shows; None where the format shows a plain number.

    A format of a code has at least two zeros and nothing that only numbers have: no decimals, thousands or exponents.
    """
    pieces = _code_pieces(_section(code, number)) if number >= 0 else None
    if pieces is None:
        return None
    digits = str(number).rjust(pieces.count("0"), "0")
    shown: list[str] = []
    for piece in reversed(pieces):
        if piece == "0":
            shown.append(digits[-1])
            digits = digits[:-1]
            if "0" not in pieces[: len(pieces) - len(shown)]:
                shown[-1], digits = digits + shown[-1], ""
        else:
            shown.append(piece[1:])
    return "".join(reversed(shown))


@cache
def is_code_format(code: str) -> bool:
    """Whether a number format shows whole numbers as codes."""
    return "00" in code and shown_code(1, code) is not None


def _section(code: str, number: int) -> str:
    """The part of the format that applies to a number that is not negative."""
    sections = [part for part in _SECTIONS.findall(code) if part] or [""]
    for part in sections:
        condition = _CONDITION.search(part)
        if condition is None or _holds(number, condition[1], int(condition[2])):
            return str(part)
    return ""


def _holds(number: int, sign: str, limit: int) -> bool:
    signs = {"<": number < limit, ">": number > limit, "=": number == limit}
    return number != limit if sign == "<>" else any(signs[one] for one in sign)


@cache
def _code_pieces(section: str) -> list[str] | None:
    """`0` for each digit and `'text` for what is between them; None where the section is not of a code."""
    pieces = []
    for quoted, escaped, zero, plain, other in _PIECES.findall(section):
        if other:
            return None
        if zero:
            pieces.append("0")
        elif text := quoted or escaped or plain:
            pieces.append("'" + text)
    return pieces if 2 <= pieces.count("0") <= _MOST_DIGITS else None
