"""How people call a tracker: by its name, title, sheet or alias, in any case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from addin.core.language import phrase
from addin.core.tables.layout import plain
from addin.errors import Problem


class Named(Protocol):
    """A tracker, or the first lines of its file."""

    @property
    def title(self) -> str: ...
    @property
    def sheet(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


def tracker_names(wanted: Iterable[str], known: Mapping[str, Named]) -> list[str]:
    """The names of the trackers that a person asked for. Raises Problem: what exists, and what may be meant."""
    return [name if name in known else _find(name, known) for name in wanted]


def _find(wanted: str, known: Mapping[str, Named]) -> str:
    called: dict[str, str] = {}
    for words in (_names, _titles, _aliases):  # a name goes before a title, a title before an alias
        for name, one in known.items():
            for word in words(name, one):
                called.setdefault(plain(word), name)
    found = called.get(plain(wanted))
    if found is not None:
        return found
    from difflib import get_close_matches

    near = list(dict.fromkeys(called[word] for word in get_close_matches(plain(wanted), called, 3)))
    there = f"Did you mean {' or '.join(near[:2])}?" if near else f"There are: {', '.join(known)}."
    raise Problem(phrase("There is no tracker {wanted}.", wanted=f"{wanted!r}"), next=there)


def _names(name: str, one: Named) -> Sequence[str]:
    return (name,)


def _titles(name: str, one: Named) -> Sequence[str]:
    return (one.title, one.sheet)


def _aliases(name: str, one: Named) -> Sequence[str]:
    return one.aliases
