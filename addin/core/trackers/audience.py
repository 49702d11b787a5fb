"""The one rule of what teachers see: private columns stay with the coordinator, but for the names of their students.

A teacher who is shown `000466` cannot help that student; so the first and last name are shown, read-only, beside the
code. Everything else that a tracker declares private stays in the workbook unless a link says `private = true`.
"""

from __future__ import annotations

from addin.core.trackers.model import Column

NAMES = ("last_name", "first_names")


def is_name(column: Column) -> bool:
    """Whether the column holds the first or last name of the person a row is about."""
    return column.name in NAMES


def is_shown(column: Column, *, private: bool = False) -> bool:
    """Whether a shared sheet has this column; `private` is what the link says."""
    return private or not column.private or (column.calculated and is_name(column))
