"""privacy log and due: what went to whom, and whose data has been kept longer than the school's periods."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from addin.core.language import phrase
from addin.core.records import record
from addin.core.retention import LOG, Due, due, later, unset
from addin.errors import Problem
from addin.workspace.commit import book_key, journal_folder
from addin.workspace.disclosures import Disclosure, disclosures_of, forget_before
from addin.workspace.workbook import opened


@record
class WhatIsDue:
    """Whose period is over, which periods are not set, and how many log entries are too old."""

    people: list[Due]
    unset: list[str]
    old_entries: int
    source: str


def what_is_due(target: str) -> WhatIsDue:
    """Whose data has stayed longer than the school's periods. Raises Problem."""
    with opened(target) as workbook:
        settings = workbook.settings
        years = settings.values.get(LOG)
        old = 0
        if isinstance(years, (int, float)):
            old = sum(_is_old(one, years, settings.today.isoformat()) for one in disclosures_of(workbook))
        source = str(settings.values.get("keep_source") or "")
        return WhatIsDue(
            due(workbook.present, workbook.tables, settings), unset(workbook.present, settings), old, source
        )


def read_log(target: str, person: str = "") -> list[Disclosure]:
    """The log of disclosures of a workbook, of one candidate where a code is given. Raises Problem."""
    with opened(target) as workbook:
        return disclosures_of(workbook, person)


def clean_log(target: str) -> int:
    """Remove log entries that are older than the school's period; how many. Raises Problem where no period is set."""
    with opened(target, verb="privacy") as workbook:
        years = workbook.settings.values.get(LOG)
        if not isinstance(years, (int, float)):
            raise Problem(
                phrase("No period is set for the log."), next=phrase("Set Years to keep the log on the Settings sheet.")
            )
        folder = journal_folder(workbook.book, workbook.target) or workbook.folder
        day = later(workbook.settings.today, -years)
        return forget_before(folder, book_key(workbook.book, workbook.target), day.isoformat())


def _is_old(one: Disclosure, years: float, today: str) -> bool:
    with suppress(ValueError):
        return later(date.fromisoformat(one.at[:10]), years).isoformat() <= today
    return False
