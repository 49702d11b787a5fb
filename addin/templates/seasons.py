"""Which part of the year a tracker belongs to: the order of the tabs and of the list on Home."""

from __future__ import annotations

from collections.abc import Iterable

from addin.core.trackers import Tracker

SEASONS: dict[str, tuple[str, ...]] = {
    "All year": ("candidates", "registrations", "cas", "cp", "myp", "pyp", "pd", "inventory", "calendar"),
    "Essays, coursework and predicted grades": ("core", "coursework", "predicted"),
    "Exams": ("exams", "materials", "keylog"),
    "Results and after": ("results", "awards", "eur", "transcripts", "destinations"),
    "School and evaluation": ("access", "policies", "evaluation", "planners", "meetings", "observations",
                              "communications", "staff"),
}  # fmt: skip
OWN = "Your own trackers"


def season_of(tracker: str) -> str:
    """The part of the year, or of the work, that a tracker belongs to."""
    return next((season for season, names in SEASONS.items() if tracker in names), OWN)


def by_season(trackers: Iterable[Tracker]) -> dict[str, list[Tracker]]:
    """Trackers by season, in the order of the year; seasons without a tracker are left out."""
    held = list(trackers)
    ordered = {season: [t for t in held if season_of(t.name) == season] for season in (*SEASONS, OWN)}
    return {season: found for season, found in ordered.items() if found}
