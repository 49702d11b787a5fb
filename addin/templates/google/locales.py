"""Formulas and dates as the spreadsheet's locale wants them.

Where a comma is the decimal sign, Google refuses formulas that part their arguments with one (independent projects
report it for es_ES, pt_BR, de_DE, tr_TR; not checked live by us): the separator is then a semicolon. And a date that
is typed as 12/03/2026 is 3 December in a US locale.
"""

from __future__ import annotations

import re
from typing import Any

from addin.core.regex import regex
from addin.core.settings import Settings
from addin.templates.google.seen import Json

_COMMA = {
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "hy",
    "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq",
    "sr", "sv", "tr", "uk", "vi",
}  # fmt: skip
_POINT = {
    "de_CH", "de_LI", "it_CH", "es_MX", "es_US", "es_PR", "es_GT", "es_HN", "es_NI", "es_PA", "es_SV", "es_DO", "es_PE",
    "es_419",
}  # fmt: skip
"""Languages whose decimal sign is a comma, and their countries where it is a point (general knowledge, after CLDR)."""
_PIECES = regex(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\d+\.\d+|,|;')


def has_decimal_comma(locale: str) -> bool:
    """Whether numbers are written 1,5 there."""
    plain = locale.replace("-", "_")
    return plain.partition("_")[0].lower() in _COMMA and plain not in _POINT


def in_locale(formula: str, locale: str) -> str:
    """A formula with the separators of the locale; texts and sheet names in it stay as they are."""
    if not has_decimal_comma(locale):
        return formula
    return _PIECES.sub(_with_semicolons, formula)


def _with_semicolons(found: re.Match[str]) -> str:
    piece = found[0]
    if piece == ",":
        return ";"
    return piece.replace(".", ",") if piece[0].isdigit() else piece


def localised(request: Any, locale: str) -> Any:
    """A request with every formula in it as the locale wants it."""
    if not has_decimal_comma(locale):
        return request
    if isinstance(request, list):
        return [localised(one, locale) for one in request]
    if not isinstance(request, dict):
        return request
    if request.get("type") == "CUSTOM_FORMULA":
        values = [{**one, "userEnteredValue": in_locale(one["userEnteredValue"], locale)} for one in request["values"]]
        return {**request, "values": values}
    made: Json = {name: localised(value, locale) for name, value in request.items()}
    if "formulaValue" in made:
        made["formulaValue"] = in_locale(made["formulaValue"], locale)
    return made


def wanted(settings: Settings) -> Json:
    """The locale and time zone of the school: `locale` and `time_zone` under [school], else those of this computer."""
    from addin.templates.google.computer import computer_locale, computer_zone

    found = {
        "locale": str(settings.school.get("locale") or computer_locale()),
        "timeZone": str(settings.school.get("time_zone") or computer_zone()),
    }
    return {name: value for name, value in found.items() if value}


def differences(found: Json, settings: Settings) -> list[str]:
    """What a person has to know where the spreadsheet is set for another place than the school; one sentence each."""
    remarks = []
    school, there = wanted(settings), found.get("locale", "")
    if there and school.get("locale") and _dates(there) != _dates(school["locale"]):
        meant = "3 December" if _dates(there) == "month first" else "12 March"
        remarks.append(
            f"The spreadsheet is set to the locale {there}, your school to {school['locale']}: 12/03/2026 typed there "
            f"is {meant}. Change it in the spreadsheet under File > Settings."
        )
    zone = found.get("timeZone", "")
    if zone and school.get("timeZone") and zone != school["timeZone"] and not _same_zone(zone, school["timeZone"]):
        remarks.append(
            f"The spreadsheet's time zone is {zone}, your school's {school['timeZone']}. "
            "Change it in the spreadsheet under File > Settings."
        )
    return remarks


def _dates(locale: str) -> str:
    """How a date with strokes is read: only few locales take the month first."""
    return "month first" if locale.replace("-", "_") in ("en_US", "en_PH", "es_US", "es_PR", "") else "day first"


def _same_zone(one: str, other: str) -> bool:
    """Whether two names mean the same clock all year round."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    try:
        zones = [ZoneInfo(name) for name in (one, other)]
    except (OSError, ValueError, LookupError):
        return False
    days = (datetime(2026, month, 15, tzinfo=UTC) for month in (1, 7))
    return all(day.astimezone(zones[0]).utcoffset() == day.astimezone(zones[1]).utcoffset() for day in days)
