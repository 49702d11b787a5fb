"""Who has not heard from the school for long: families, and the schools it has links with (own rules).

A rule over rows of the communications tracker; both spans are settings, 0 is never.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from addin.core.ib import Row, RuleContext, Violation
from addin.core.ib.days import day, months_on
from addin.core.language import phrase


def silence(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Families without a word for `families_weeks`, linked schools without one for `links_months`."""
    today, weeks, months = (context.setting(name) for name in ("today", "families_weeks", "links_months"))
    if not today:
        return
    families, links = _latest(rows)
    if weeks and families and (today - families[0]).days > 7 * weeks:
        text = phrase("Families heard last on {day}, more than {weeks} weeks ago.", day=families[0], weeks=weeks)
        yield Violation(families[1], "date", text, "Write to them, or enter what was sent.")
    for contact, (last, index) in links.items():
        if months and last < months_on(today, -months):
            text = phrase("The last contact with {contact} was on {last}.", contact=contact, last=last)
            yield Violation(index, "date", text, "Get in touch, or enter what there was.")


def _latest(rows: Sequence[Row]) -> tuple[tuple[date, int] | None, dict[str, tuple[date, int]]]:
    """The last day with its row: of anything for families, and of each linked school."""
    families: tuple[date, int] | None = None
    links: dict[str, tuple[date, int]] = {}
    for index, row in enumerate(rows):
        on = day(row.get("date"))
        if on and "Families" in (row.get("audience") or ""):
            families = max(families or (on, index), (on, index))
        if on and row.get("kind") == "Link" and row.get("contact"):
            links[row["contact"]] = max(links.get(row["contact"], (on, index)), (on, index))
    return families, links
