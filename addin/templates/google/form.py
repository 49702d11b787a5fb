"""A Google Form for a tracker: the script that makes it, from the same declaration as everything else.

The form asks for what teachers fill in and what a new row needs; drop-downs hold the lists' values, help texts are the
columns' descriptions. Private and calculated columns are never asked for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.tables.values import show
from addin.core.trackers import Column, Tracker
from addin.core.trackers.translate import in_its_words, local_lists

SCRIPT = Path(__file__).resolve().parents[2] / "google" / "script" / "Form.gs"
EMPTY = "const FORM = {};"
MOST_CHOICES = 200
SENDERS = ("supervisor_email", "requested_by", "teacher_email")
"""Columns that get the address of who sends the form, in this order of preference."""


def form_script(tracker: Tracker, sheet: str, settings: Settings) -> str:
    """The Apps Script that makes the form and appends its answers to the sheet."""
    data = json.dumps(form_data(tracker, sheet, settings), ensure_ascii=False, indent=2)
    return SCRIPT.read_text(encoding="utf-8").replace(EMPTY, f"const FORM = {data};")


def form_data(tracker: Tracker, sheet: str, settings: Settings) -> dict[str, Any]:
    """What the form asks, as data."""
    settings = replace(settings, lists=local_lists(settings.lists, [tracker]))
    tracker = in_its_words(tracker)
    sender = next((tracker.columns[name].header for name in SENDERS if name in tracker.columns), "")
    return {
        "title": tracker.title,
        "about": tracker.about,
        "sheet": sheet,
        "sender": sender,
        "fields": [_field(one, settings) for one in tracker.columns.values() if _is_asked(tracker, one, sender)],
    }


def _is_asked(tracker: Tracker, column: Column, sender: str) -> bool:
    if column.private or column.calculated or column.header == sender:
        return False
    some = any(one.edited_by == "teacher" for one in tracker.columns.values())
    needed = column.words.get("required") or column.name in tracker.key
    return bool(needed or not some or column.edited_by == "teacher")


def _field(column: Column, settings: Settings) -> dict[str, Any]:
    return {
        "header": column.header,
        "type": column.type,
        "about": column.about,
        "several": column.several,
        "required": bool(column.words.get("required")),
        "choices": _choices(column, settings),
    }


def _choices(column: Column, settings: Settings) -> list[str]:
    """What a drop-down offers; nothing for a free text, and for values of another tracker."""
    if column.type == "yes_no":
        return [column.yes, column.no]
    limit = column.words.get("one_of") or ()
    if isinstance(limit, str):
        _, name, of = (*limit.split("."), "", "")[:3]
        limit = settings.lists.get(name, {}).get(of, ()) if limit.startswith("lists.") else ()
    values = list(dict.fromkeys(show(value) for value in limit if show(value)))
    return values if len(values) <= MOST_CHOICES else []
