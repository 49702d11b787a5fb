"""Who may do what: access to files, and protected ranges."""

from __future__ import annotations

from addin.google_emulator.a1 import box_of
from addin.google_emulator.answers import Json, forbidden, protected
from addin.google_emulator.model import Box, Sheet, Spreadsheet

_RIGHTS = {"owner": 3, "organizer": 3, "fileOrganizer": 3, "writer": 2, "commenter": 1, "reader": 1}


def role(book: Spreadsheet, user: str) -> int:
    """3 owner, 2 may edit, 1 may read, 0 nothing."""
    best = 3 if user == book.owner else 0
    for entry in book.permissions:
        if entry.get("type") == "anyone" or entry.get("emailAddress", "").casefold() == user.casefold():
            best = max(best, _RIGHTS.get(entry.get("role", ""), 0))
    return best


def need(book: Spreadsheet, user: str, *, edit: bool) -> None:
    if role(book, user) < (2 if edit else 1):
        raise forbidden()


def may_edit_range(book: Spreadsheet, entry: Json, user: str) -> bool:
    if entry.get("warningOnly") or user == book.owner:
        return True
    editors = entry.get("editors", {})
    return user.casefold() in (name.casefold() for name in editors.get("users", [])) or (
        bool(editors.get("domainUsersCanEdit")) and user.rpartition("@")[2] == book.owner.rpartition("@")[2]
    )


def check_cells(book: Spreadsheet, sheet: Sheet, box: Box, user: str) -> None:
    """400 when the box meets a protected range that this person may not edit."""
    for entry in sheet.protected:
        if may_edit_range(book, entry, user):
            continue
        area = box_of(sheet, range_of(book, entry))
        if area.meets(box) and not _spared(sheet, entry, area, box):
            raise protected()


def _spared(sheet: Sheet, entry: Json, area: Box, box: Box) -> bool:
    """Whether what the box shares with the protected area lies inside one of its unprotected ranges."""
    top, left = max(area.top, box.top), max(area.left, box.left)
    bottom, right = min(area.bottom, box.bottom), min(area.right, box.right)
    for free in (box_of(sheet, spared) for spared in entry.get("unprotectedRanges", [])):
        if free.top <= top and free.left <= left and free.bottom >= bottom and free.right >= right:
            return True
    return False


def range_of(book: Spreadsheet, entry: Json) -> dict[str, int]:
    """The cells that an entry protects: its own range, or that of the named range it points to."""
    if "range" in entry or "namedRangeId" not in entry:
        found: dict[str, int] = entry.get("range", {})
        return found
    return next((n["range"] for n in book.named if n["namedRangeId"] == entry["namedRangeId"]), {})


def seen_by(book: Spreadsheet, entry: Json, user: str) -> Json:
    """The entry as this person gets it: whether they may edit; the editors only for those who may."""
    may = may_edit_range(book, entry, user)
    shown = {key: value for key, value in entry.items() if key != "editors"}
    if may:
        shown["requestingUserCanEdit"] = True
        shown["editors"] = entry.get("editors", {})
    return shown
