"""The strip of links that every sheet of ours has: Home, the sheet before, the sheet after, Findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from addin.core.names import FINDINGS, HOME


def strip(name: str, visible: Sequence[str], called: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """Each link of a sheet's strip: its words, and the sheet that it leads to as the workbook calls it.

    `visible` are the sheets that a person sees, in order; `called` gives a sheet's name in the workbook's language.
    """
    at = visible.index(name)
    before, after = visible[at - 1], visible[(at + 1) % len(visible)]
    links = ((called(HOME), HOME), (called("‹ Prev"), before), (called("Next ›"), after), (called(FINDINGS), FINDINGS))
    return [(words, called(to)) for words, to in links]
