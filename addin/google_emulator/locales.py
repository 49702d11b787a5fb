"""What a locale changes: the sign between a formula's arguments, and how typed dates are read.

Independent projects report that Google refuses custom formulas with `,` where a comma is the decimal sign (es_ES,
pt_BR, de_DE, tr_TR); the wording of the refusal is not known.
"""

from __future__ import annotations

import re

from addin.google_emulator.answers import Json, bad

COMMA_LANGUAGES = frozenset(
    "cs da de el es fi fr hr hu id it nb nl no pl pt ro ru sk sl sv tr uk vi".split()  # noqa: SIM905 (easier to read)
)
POINT_LOCALES = frozenset(("de_CH", "it_CH", "es_MX", "es_US", "es_PR"))
_PIECES = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\d+,\d+|,|;')


class WrongSeparatorError(Exception):
    """A formula has a comma between arguments where the locale wants a semicolon."""


def has_decimal_comma(locale: str) -> bool:
    return locale.partition("_")[0] in COMMA_LANGUAGES and locale not in POINT_LOCALES


def has_month_first(locale: str) -> bool:
    """Whether 12/03/2026 is 3 December there (general knowledge of CLDR, not probed)."""
    return locale in ("en_US", "en_PH", "es_US", "es_PR", "")


def plain_formula(text: str, locale: str) -> str:
    """The formula as an English spreadsheet writes it. Raises WrongSeparatorError."""
    if not has_decimal_comma(locale):
        return text

    def plain(found: re.Match[str]) -> str:
        piece = found[0]
        if piece == ",":
            raise WrongSeparatorError
        return "," if piece == ";" else piece.replace(",", ".") if piece[0].isdigit() else piece

    return _PIECES.sub(plain, text)


def check_condition(condition: Json, locale: str) -> None:
    """Refuse a custom formula that the locale cannot read."""
    for value in condition.get("values", []) if condition.get("type") == "CUSTOM_FORMULA" else ():
        try:
            plain_formula(str(value.get("userEnteredValue", "")), locale)
        except WrongSeparatorError:
            raise bad(f"Invalid ConditionValue.userEnteredValue: {value['userEnteredValue']}") from None
