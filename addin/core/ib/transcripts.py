"""Which requests for transcripts are free: before results, through the coordinator.

Source: ibo.org "Transcripts FAQ", checked 2026-11-21: at most six institutions, of these at most three in Canada and
the United States together and at most one in the United States; an admissions centre such as UCAS counts as one.
(An older copy reads "three Canada and one US".) Later or further ones are ordered and paid at rrs.ibo.org.
"""

from __future__ import annotations

from collections.abc import Sequence

from addin.core.language import phrase
from addin.core.records import frozen

_CANADA = {"canada", "ca", "can"}
_STATES = {"usa", "us", "united states", "united states of america"}


@frozen
class Limits:
    """How many requests are free."""

    all: int = 6
    north_america: int = 3
    states: int = 1


def not_free(countries: Sequence[str], limits: Limits | None = None) -> list[str]:
    """Why these requests, one country each, are not all free: sentences, none where they are.

    >>> not_free(["UK", "Canada", "Canada", "USA", "Germany", "Germany"])
    []
    """
    limits = limits or Limits()
    named = [_plain(country) for country in countries]
    states = sum(name in _STATES for name in named)
    north = states + sum(name in _CANADA for name in named)
    reasons = []
    if len(named) > limits.all:
        reasons.append(
            phrase("{count} requests; {free} are free, further ones are paid.", count=len(named), free=limits.all)
        )
    if states > limits.states:
        reasons.append(
            phrase("{states} requests to the United States; {free} is free.", states=states, free=limits.states)
        )
    if north > limits.north_america:
        reasons.append(
            phrase(
                "{north} requests to Canada and the United States; {free} are free.",
                north=north,
                free=limits.north_america,
            )
        )
    return reasons


def _plain(country: str) -> str:
    """The name without case, dots and article: `The U.S.A.` as `usa`."""
    return " ".join(country.casefold().replace(".", "").split()).removeprefix("the ")
