"""Kinds for named ranges and protected ranges."""

from __future__ import annotations

import re
from copy import deepcopy

from addin.google_emulator.answers import Json, bad, protected
from addin.google_emulator.batch.places import mask_of, the_box, the_sheet, tidy_range
from addin.google_emulator.context import Context
from addin.google_emulator.masks import merge
from addin.google_emulator.model import Sheet
from addin.google_emulator.protection import may_edit_range


def add_named_range(context: Context, request: Json) -> Json:
    given = request.get("namedRange", {})
    name = given.get("name", "")
    _check_name(context, name, None)
    named_id = given.get("namedRangeId") or str(context.new_id("named"))
    if any(one["namedRangeId"] == named_id for one in context.book.named):
        raise bad(f"A named range with id: {named_id} already exists.")  # unknown wording
    the_box(context, given.get("range", {}))
    entry = {"namedRangeId": named_id, "name": name, "range": tidy_range(given.get("range", {}))}
    context.book.named.append(entry)
    return {"namedRange": deepcopy(entry)}


def _check_name(context: Context, name: str, own: Json | None) -> None:
    if not re.fullmatch(r"[^\W\d]\w{0,249}", name) or re.fullmatch(r"(?i)[a-z]{1,3}\d+|r\d+c\d+|true|false", name):
        raise bad(f"The name of a named range is not valid: {name}")  # unknown wording
    others = [one["name"] for one in context.book.named if one is not own] + context.book.taken_names
    if name.casefold() in (other.casefold() for other in others):  # READ gspread #1530
        raise bad(f"Cannot add named range with name: {name}, a named range with that name already exists.")


def _named(context: Context, named_id: str) -> Json:
    for one in context.book.named:
        if one["namedRangeId"] == named_id:
            return one
    raise bad(f"No named range with id: {named_id}")  # unknown wording


def update_named_range(context: Context, request: Json) -> None:
    given, mask = request.get("namedRange", {}), mask_of(request)
    entry = _named(context, given.get("namedRangeId", ""))
    new = {**merge(entry, given, mask), "namedRangeId": entry["namedRangeId"]}
    _check_name(context, new.get("name", ""), entry)
    the_box(context, new.get("range", {}))
    entry.update(name=new["name"], range=tidy_range(new.get("range", {})))


def delete_named_range(context: Context, request: Json) -> None:
    context.book.named.remove(_named(context, request.get("namedRangeId", "")))


def add_protected_range(context: Context, request: Json) -> Json:
    """The answer repeats the editors that were sent; a later get lists the one who protected, too (REC
    add_protected_range_normal #4-5)."""
    given = {key: value for key, value in request.get("protectedRange", {}).items() if key != "requestingUserCanEdit"}
    sheet = _sheet_of(context, given)
    span = tidy_range(given.get("range", {}))
    if not set(span) - {"sheetId"} and any(_whole(entry) for entry in sheet.protected) and "namedRangeId" not in given:
        raise bad(f'Sheet "{sheet.title}" already has sheet protection.')  # READ google-api-python-client #1064
    editors = {kind: value for kind, value in given.get("editors", {}).items() if value}
    _check_editors(given, editors)
    entry = {"protectedRangeId": given.get("protectedRangeId") or context.new_id("protected")}
    if "namedRangeId" in given:
        entry["namedRangeId"] = given["namedRangeId"]
    entry["range"] = span
    if given.get("description"):
        entry["description"] = given["description"]
    if given.get("warningOnly"):
        entry["warningOnly"] = True
    if given.get("unprotectedRanges"):
        entry["unprotectedRanges"] = [tidy_range(one) for one in given["unprotectedRanges"]]
    sheet.protected.append({**entry, "editors": _with_owner(context, editors)})
    return {"protectedRange": {**deepcopy(entry), "requestingUserCanEdit": True, "editors": editors}}


def _sheet_of(context: Context, given: Json) -> Sheet:
    if "range" not in given and "namedRangeId" in given:
        place = _named(context, given["namedRangeId"])["range"]
        given["range"] = dict(place)
    span = given.get("range", {})
    if set(span) - {"sheetId"}:
        return the_box(context, span)[0]
    return the_sheet(context, span.get("sheetId", 0))


def _whole(entry: Json) -> bool:
    return not set(entry.get("range", {})) - {"sheetId"}


def _check_editors(given: Json, editors: Json) -> None:
    if given.get("warningOnly") and editors:
        raise bad("ProtectedRange is warningOnly. Editors cannot be set on it.")  # READ google-api-python-client #1437


def _with_owner(context: Context, editors: Json) -> Json:
    users = list(editors.get("users", []))
    users += [user for user in dict.fromkeys([context.user, context.book.owner]) if user not in users]
    return {**editors, "users": users}


def _protected(context: Context, protected_id: int) -> tuple[Sheet, Json]:
    for sheet in context.book.sheets:
        for entry in sheet.protected:
            if entry["protectedRangeId"] == protected_id:
                if not may_edit_range(context.book, entry, context.user):
                    raise protected()
                return sheet, entry
    raise bad(f"No protected range with id: {protected_id}")  # READ google-api-python-client #1064


def update_protected_range(context: Context, request: Json) -> None:
    given, mask = request.get("protectedRange", {}), mask_of(request)
    sheet, entry = _protected(context, given.get("protectedRangeId", 0))
    new = {**merge(entry, given, mask), "protectedRangeId": entry["protectedRangeId"]}
    new.pop("requestingUserCanEdit", None)
    if "editors" in mask or "*" in mask:
        editors = {kind: value for kind, value in new.get("editors", {}).items() if value}
        _check_editors(new, editors)
        new["editors"] = _with_owner(context, editors)
    if not new.get("warningOnly"):
        new.pop("warningOnly", None)
    new["range"] = tidy_range(new.get("range", {}))
    target = _sheet_of(context, new)
    sheet.protected.remove(entry)
    target.protected.append(new)


def delete_protected_range(context: Context, request: Json) -> None:
    sheet, entry = _protected(context, request.get("protectedRangeId", 0))
    sheet.protected.remove(entry)


KINDS = {
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
}
