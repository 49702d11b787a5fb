"""Drop-downs, other input rules and conditional formats of a shared tracker, from the same words as everywhere else.

Google's conditional formats see other sheets only through INDIRECT (READ Google's help page on conditional formatting),
so names of lists become that. Drop-downs with several choices cannot be made through the API: such columns have none,
and the format marks what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from addin.core.tables.values import show
from addin.core.trackers import Column, Tracker
from addin.templates.columns import marks, validation
from addin.templates.google.seen import Json, area, holds
from addin.templates.google.share import Laid
from addin.templates.look import ERROR_FILL, WARNING_FILL
from addin.templates.plan import Plan, text
from addin.templates.rules_native import Native

MOST_LISTED = 200
"""Values that a drop-down holds itself; more of them are not offered."""
MOST_MESSAGE = 255


def colour(hexed: str) -> Json:
    """`#F8CBAD` as Google writes colours."""
    parts = (int(hexed.lstrip("#")[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return {"rgbColor": dict(zip(("red", "green", "blue"), parts, strict=True))}


LOOKS: dict[str, Json] = {
    "error": {
        "backgroundColorStyle": colour(ERROR_FILL),
        "textFormat": {"bold": True, "foregroundColorStyle": colour("#7A1F00")},
    },
    "missing": {"backgroundColorStyle": colour(ERROR_FILL)},
    "warning": {
        "backgroundColorStyle": colour(WARNING_FILL),
        "textFormat": {"italic": True, "foregroundColorStyle": colour("#5C4400")},
    },
    "info": {"backgroundColorStyle": colour("#DDEBF7"), "textFormat": {"foregroundColorStyle": colour("#1F2933")}},
}
"""Orange, yellow and blue, as in Excel; a conditional format with one of these looks is ours."""
NUMBER_FORMATS = {
    "text": {"type": "TEXT", "pattern": "@"}, "choice": {"type": "TEXT", "pattern": "@"},
    "email": {"type": "TEXT", "pattern": "@"}, "link": {"type": "TEXT", "pattern": "@"},
    "date": {"type": "DATE", "pattern": "yyyy-mm-dd"}, "time": {"type": "TIME", "pattern": "hh:mm"},
}  # fmt: skip
"""Codes stay text; dates are shown the one way that nobody misreads. Numbers keep Google's own format."""


def references(tracker: Tracker) -> list[str]:
    """The lists and columns of other trackers that the tracker's words name, in their order."""
    words = [column.words for column in tracker.columns.values()]
    words += [w for rule in tracker.rules for part in (rule.when, rule.then) for w in part.values()]
    named = (w[word] for w in words for word in ("one_of", "none_of", "exists_in") if word in w)
    return list(dict.fromkeys(n for n in named if isinstance(n, str) and not n.startswith("settings.")))


def requests(laid: Laid, plan: Plan, sources: Mapping[str, str]) -> Iterator[Json]:
    """What makes the checks of this sheet right. `sources`: where the values of a reference are, in A1."""
    native = Native(plan, laid.tracker)
    speak = Translator(plan, references(laid.tracker), sources)
    for column in laid.tracker.columns.values():
        yield from _format(laid, column)
        rule = None if column.calculated else input_rule(native, column, speak)
        if not _everywhere(laid, column, rule):
            yield {"setDataValidation": {"range": _below(laid, column), **({"rule": rule} if rule else {})}}
    yield from _conditional(laid, native, speak)


class Translator:
    """Names of lists in formulas as Google's conditional formats can follow them."""

    def __init__(self, plan: Plan, used: Iterable[str], sources: Mapping[str, str]) -> None:
        self.sources = sources
        self._places = {name: sources.get(one, "") for one in used if (name := plan.name(one))}
        self._names = re.compile(rf"\b(?:all_)?({'|'.join(map(re.escape, self._places)) or '(?!)'})\b")

    def __call__(self, formula: str) -> str | None:
        """The formula as Google takes it; None where it needs values that are not in the spreadsheet."""
        if any(not self._places[name] for name in self._names.findall(formula)):
            return None
        return self._names.sub(lambda found: f"INDIRECT({text(self._places[found[1]])})", formula)

    def source(self, name: str) -> str:
        """Where the values behind a defined name are; empty where they are not in the spreadsheet."""
        return self._places.get(name, "")


def input_rule(native: Native, column: Column, speak: Translator) -> Json | None:
    """The column's drop-down or other input rule; strict where Excel's refuses, else a warning."""
    options = validation(native, column)
    message = options.get("error_message", "")
    if choices := _choices(native, column, speak):
        strict = options.get("error_type", "stop") == "stop" and _is_closed(column)
        help_ = "Choose from the list." if strict else "Choose from the list where you can."
        return _rule(*choices, strict=strict, message=help_, arrow=True)
    if options["validate"] != "custom":
        return None
    if column.type == "date":
        return _rule("DATE_IS_VALID", [], strict=True, message=message)
    if column.type == "email":
        return _rule("TEXT_IS_EMAIL", [], strict="pattern" not in column.warn, message=message)
    formula = speak(options["value"])
    strict = options.get("error_type", "stop") == "stop"
    return _rule("CUSTOM_FORMULA", [formula], strict=strict, message=message) if formula else None


def _is_closed(column: Column) -> bool:
    """Whether the list is complete: other trackers' rows may still have to be entered."""
    word = next((word for word in ("one_of", "exists_in") if word in column.words), "")
    limit = column.words.get(word)
    another = isinstance(limit, str) and not limit.startswith(("lists.", "settings."))
    return word not in column.warn and not another


def _choices(native: Native, column: Column, speak: Translator) -> tuple[str, list[str]] | None:
    if column.several:
        return None
    if column.type == "yes_no":
        return "ONE_OF_LIST", [column.yes, column.no]
    limit = column.words.get("one_of", column.words.get("exists_in"))
    if limit is None:
        return None
    values = native.plan.allowed(limit)
    if values is not None:
        return ("ONE_OF_LIST", [show(value) for value in values]) if 0 < len(values) <= MOST_LISTED else None
    place = speak.sources.get(limit)
    return ("ONE_OF_RANGE", [f"={place}"]) if place else None


def _rule(kind: str, values: list[str], *, strict: bool, message: str, arrow: bool = False) -> Json:
    condition: Json = {"type": kind}
    if values:
        condition["values"] = [{"userEnteredValue": value} for value in values]
    rule: Json = {"condition": condition, "strict": strict}
    if message:
        rule["inputMessage"] = message[:MOST_MESSAGE]
    return rule | ({"showCustomUi": True} if arrow else {})


def _below(laid: Laid, column: Column) -> Json:
    return area(laid.gid, laid.place.first_row, laid.place.columns[column.name], bottom=laid.rows)


def _everywhere(laid: Laid, column: Column, rule: Json | None) -> bool:
    """Whether every row has this rule already; where there is to be none, a person's own may stay."""
    if rule is None:
        return True
    if laid.sheet is None:
        return False
    at, sheet = laid.place.columns[column.name], laid.sheet
    found = [sheet.cell(row, at).get("dataValidation") for row in range(laid.place.first_row, laid.rows + 1)]
    good: list[Json] = []
    for one in found:
        if not any(one == known for known in good):
            if one is None or not holds(one, rule):
                return False
            good.append(one)
    return True


def _format(laid: Laid, column: Column) -> Iterator[Json]:
    """The number format, where it is another kind: a date that is shown as 3 May stays so."""
    wanted = NUMBER_FORMATS.get(column.type)
    if wanted is None:
        return
    at, sheet = laid.place.columns[column.name], laid.sheet
    rows = range(laid.place.first_row, laid.rows + 1)
    kinds = {_kind(sheet.cell(row, at)) for row in rows} if sheet else set()
    if kinds != {wanted["type"]}:
        cell = {"userEnteredFormat": {"numberFormat": wanted}}
        yield {"repeatCell": {"range": _below(laid, column), "cell": cell, "fields": "userEnteredFormat.numberFormat"}}


def _kind(cell: Json) -> str:
    return str(cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type", ""))


def _conditional(laid: Laid, native: Native, speak: Translator) -> Iterator[Json]:
    """The formats in their order, errors first; where one is missing or changed, ours are laid again."""
    wanted: list[Json] = []
    for mark in marks(native):
        if formula := speak(f"={mark.formula}"):
            place = area(laid.gid, laid.place.first_row, laid.place.columns[mark.column])
            condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
            wanted.append({"ranges": [place], "booleanRule": {"condition": condition, "format": LOOKS[mark.look]}})
    there = laid.sheet.conditional if laid.sheet else []
    ours = [number for number, rule in enumerate(there) if _is_ours(rule)]
    if holds([there[n] for n in ours], wanted) and all(_reaches_down(there[n], laid.rows) for n in ours):
        return
    for number in reversed(ours):
        yield {"deleteConditionalFormatRule": {"sheetId": laid.gid, "index": number}}
    for number, rule in enumerate(wanted):
        yield {"addConditionalFormatRule": {"rule": rule, "index": number}}


def _is_ours(rule: Json) -> bool:
    condition = rule.get("booleanRule", {})
    custom = condition.get("condition", {}).get("type") == "CUSTOM_FORMULA"
    return custom and any(holds(condition.get("format"), look) for look in LOOKS.values())


def _reaches_down(rule: Json, rows: int) -> bool:
    return all(one.get("endRowIndex", rows) >= rows for one in rule.get("ranges", []))
