"""Kinds for drop-downs and other input rules, and for conditional formats."""

from __future__ import annotations

from copy import deepcopy

from addin.google_emulator.answers import Json, bad
from addin.google_emulator.batch.formats import tidy_format
from addin.google_emulator.batch.places import editable_box, the_box, the_sheet, tidy_range
from addin.google_emulator.context import Context
from addin.google_emulator.locales import check_condition
from addin.google_emulator.model import Sheet


def set_data_validation(context: Context, request: Json) -> None:
    sheet, box = editable_box(context, request.get("range", {}))
    rule = request.get("rule")
    if rule is not None and "condition" not in rule:
        raise bad("A data validation rule needs a condition.")  # unknown wording
    check_condition((rule or {}).get("condition", {}), context.book.locale)
    kept = {key: value for key, value in (rule or {}).items() if value is not False} or None
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sheet.put(row, column, sheet.cell(row, column)._replace(validation=kept))


def _rule(context: Context, given: Json) -> tuple[Sheet, Json]:
    """A conditional format as it is kept, and the one sheet that all its ranges are on."""
    ranges = given.get("ranges", [])
    if not ranges or len({one.get("sheetId", 0) for one in ranges}) != 1:
        raise bad("A conditional format needs ranges, all on the same sheet.")  # unknown wording
    if ("booleanRule" in given) == ("gradientRule" in given):
        raise bad("A conditional format is either a booleanRule or a gradientRule.")  # unknown wording
    check_condition(given.get("booleanRule", {}).get("condition", {}), context.book.locale)
    for one in ranges:
        sheet, _ = the_box(context, one)
    kept = tidy_format(given)
    kept["ranges"] = [tidy_range(one) for one in ranges]
    return sheet, kept


def _at(sheet: Sheet, index: int) -> Json:
    if not 0 <= index < len(sheet.conditional):
        raise bad(f"No conditional format on sheet: {sheet.id} at index: {index}")
    found: Json = sheet.conditional[index]
    return found


def add_rule(context: Context, request: Json) -> None:
    """The rule goes in at the index, 0 where none is given; those from there on move down."""
    sheet, rule = _rule(context, request.get("rule", {}))
    index = request.get("index", 0)
    if not 0 <= index <= len(sheet.conditional):
        raise bad(f"index {index} is not between 0 and {len(sheet.conditional)}")  # unknown wording
    sheet.conditional.insert(index, rule)


def update_rule(context: Context, request: Json) -> Json:
    """Replace the rule at an index, or move it to another."""
    index = request.get("index", 0)
    if "rule" in request:
        sheet, rule = _rule(context, request["rule"])
        old = _at(sheet, index)
        sheet.conditional[index] = rule
        return {"oldRule": old, "newRule": deepcopy(rule), "newIndex": index}
    sheet = the_sheet(context, request.get("sheetId", 0))
    old, new_index = _at(sheet, index), request.get("newIndex", 0)
    if not 0 <= new_index < len(sheet.conditional):
        raise bad(f"newIndex {new_index} is not between 0 and {len(sheet.conditional) - 1}")  # unknown wording
    sheet.conditional.insert(new_index, sheet.conditional.pop(index))
    return {"oldIndex": index, "newRule": deepcopy(old), "newIndex": new_index}


def delete_rule(context: Context, request: Json) -> Json:
    sheet, index = the_sheet(context, request.get("sheetId", 0)), request.get("index", 0)
    _at(sheet, index)
    return {"rule": sheet.conditional.pop(index)}


KINDS = {
    "setDataValidation": set_data_validation,
    "addConditionalFormatRule": add_rule,
    "updateConditionalFormatRule": update_rule,
    "deleteConditionalFormatRule": delete_rule,
}
