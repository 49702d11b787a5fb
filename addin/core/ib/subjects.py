"""The DP subjects of lists/subjects.csv, found by their name, their transcript name or an alias.

The list is the school's to edit: codes, names, levels and groups come from it and from nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from addin.core.ib import RuleContext, once
from addin.core.records import field, frozen

List = Mapping[str, Sequence[str]]
_COLUMNS = (
    "name", "code", "sl", "hl", "group", "language", "kind", "family", "status", "guide_from", "guide_to",
    "ended",
)  # fmt: skip


@frozen
class Subject:
    """One subject: the levels it is examined at, the groups it may stand for, and what it must not meet twice."""

    name: str
    code: str = ""
    levels: frozenset[str] = frozenset()
    groups: frozenset[int] = frozenset()
    language: str = ""
    kind: str = ""
    """For languages: A, B, ab initio or classical."""
    family: str = ""
    """Subjects of one family exclude each other (History of any region, any mathematics); else the name."""
    status: str = "regular"
    """regular, core, SBS (school-based syllabus), pilot, or ended."""
    guide_from: str = ""
    guide_to: str = ""
    """The last session or year of the present guide, `M28` or `2028`; "" where it is not known."""
    ended: str = ""


@frozen
class Catalogue:
    """The subjects of a list; asks for one are answered from an index, rows are read only when asked for."""

    columns: List
    aliases: List = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)
    _found: dict[str, Subject | None] = field(default_factory=dict)

    def find(self, name: str) -> Subject | None:
        """The subject of this name, transcript name or alias, whatever its case and punctuation; None if unknown."""
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _look_up(self, name: str) -> Subject | None:
        names = self.columns.get("name", ())
        if name in names:  # the usual case, and far cheaper than an index for one candidate's eight subjects
            return self._subject(names.index(name))
        if not self._places:
            self._places.update(self._index())
        index = self._places.get(_folded(name))
        return None if index is None else self._subject(index)

    def __iter__(self) -> Iterator[Subject]:
        return (self._subject(index) for index in range(len(self.columns.get("name", ()))))

    def _index(self) -> Mapping[str, int]:
        names = {_folded(name): index for index, name in enumerate(self.columns.get("name", ()))}
        known = dict(names)
        for index, name in enumerate(self.columns.get("transcript_name", ())):
            known.setdefault(_folded(name), index)
        for alias, name in zip(self.aliases.get("alias", ()), self.aliases.get("name", ()), strict=False):
            if _folded(name) in names:
                known.setdefault(_folded(alias), names[_folded(name)])
        return known

    def _subject(self, index: int) -> Subject:
        cells = (self.columns[name][index] if name in self.columns else "" for name in _COLUMNS)
        return _subject(*cells)


@lru_cache(maxsize=1024)
def _subject(
    name: str,
    code: str,
    sl: str,
    hl: str,
    group: str,
    language: str,
    kind: str,
    family: str,
    status: str,
    guide_from: str,
    guide_to: str,
    ended: str,
) -> Subject:
    """One row of the list; a cohort asks for the same few dozen thousands of times."""
    levels = {level for level, cell in (("SL", sl), ("HL", hl)) if cell.strip().upper() in ("Y", "YES", "TRUE")}
    return Subject(
        name=name,
        code=code,
        levels=frozenset(levels),
        groups=frozenset(map(int, re.findall(r"[1-6]", group))),
        language=language,
        kind=kind,
        family=family or name,
        status=status or "regular",
        guide_from=guide_from,
        guide_to=guide_to,
        ended=ended,
    )


def catalogue(context: RuleContext) -> Catalogue:
    """The school's subjects and aliases."""
    return once(context, "catalogue", lambda: Catalogue(context.list("subjects"), context.list("subject_aliases")))


def _folded(name: str) -> str:
    """A name without case, punctuation and double blanks, for comparing."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()
