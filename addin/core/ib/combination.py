"""May these subjects be taken together for the diploma: rules C1 to C9 (the numbers are our own).

    C1  exactly six contributing subjects                              ibo.org "DP passing criteria"
    C2  one from each of groups 1 to 5                                  ibo.org; school handbooks
    C3  a second group 1 subject, another language, may replace group 2 ibo.org
    C4  three or four at HL                                             school handbooks
    C5  no subject, language, mathematics or history twice              IB handbook 2009, A4.2; school handbooks
    C6  a subject of two groups counts for both, the free slot is open  ibo.org (ESS); school handbooks
    C7  ab initio is SL only                                            Pamoja help centre
    C8  doubts: self-taught, school-based, pilot, transdisciplinary     IB handbook 2009, A4.2; today not verified
    C9  a non-regular diploma leaves one of groups 2, 3, 4 out          secondary; the IB approves it first

The IB's full list is closed: what it forbids beyond this is in lists/excluded_pairs.csv, which a school may edit.
Checked 2026-11-21.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from addin.core.ib.subjects import Subject
from addin.core.records import frozen

GROUPS: Mapping[int, str] = {
    1: "studies in language and literature",
    2: "language acquisition",
    3: "individuals and societies",
    4: "sciences",
    5: "mathematics",
    6: "the arts",
}


@frozen
class Choice:
    """One contributing subject as chosen. `language` is the response language."""

    subject: Subject
    level: str
    language: str = ""
    self_taught: bool = False
    pilot: bool = False

    @property
    def studied(self) -> str:
        """The language that is studied: a group 1 subject without its own is studied in its response language."""
        return self.subject.language or (self.language if 1 in self.subject.groups else "")


@frozen
class Clash:
    """A rule that the choices break: its number, at which choice, in one sentence, and what to do."""

    rule: str
    index: int
    message: str
    fix: str = ""


def find_clashes(choices: Sequence[Choice], *, approved: bool = False, subjects: int = 6) -> list[Clash]:
    """What is wrong with one candidate's contributing subjects; empty when they may be taken together.

    `approved`: the IB has approved a non-regular diploma for this candidate.
    """
    found = [*_twice(choices), *_ab_initio(choices)]
    if len(choices) != subjects:
        return [_wrong_number(choices, subjects), *found]
    return [*found, *_higher(choices), *_groups(choices, approved)]


def doubts(choices: Sequence[Choice]) -> list[Clash]:
    """C8: what the 2009 handbook limited; whether it still holds could not be verified, so these are warnings."""
    advice = "The handbook of 2009 allowed one; ask the IB whether it is allowed today."
    kinds: tuple[tuple[str, Callable[[Choice], bool]], ...] = (
        ("self-taught languages", lambda c: c.self_taught),
        ("school-based or pilot subjects", lambda c: c.pilot or c.subject.status in ("SBS", "pilot", "pilot; SBS")),
        ("transdisciplinary subjects", lambda c: len(c.subject.groups) > 1),
    )
    found = []
    for what, chosen in kinds:
        indexes = [index for index, choice in enumerate(choices) if chosen(choice)]
        if len(indexes) > 1:
            names = " and ".join(choices[index].subject.name for index in indexes)
            found.append(Clash("C8", indexes[1], f"There are {len(indexes)} {what}: {names}.", advice))
    return found


def excluded(choices: Sequence[Choice], pairs: Mapping[str, Sequence[str]]) -> Iterator[Clash]:
    """Pairs of subjects that the school's own list (columns first, second, reason) does not allow together."""
    indexes = {choice.subject.name: index for index, choice in enumerate(choices)}
    both = zip(pairs.get("first", ()), pairs.get("second", ()), strict=False)
    for number, (first, second) in enumerate(both):
        if first in indexes and second in indexes:
            reason = pairs["reason"][number] if "reason" in pairs else ""
            text = f"{first} and {second} may not be taken together{': ' if reason else ''}{reason}."
            yield Clash("C8", indexes[second], text, "Change one of the two.")


def _wrong_number(choices: Sequence[Choice], subjects: int) -> Clash:
    """C1: how many subjects there are, and which groups are still without one."""
    covered = {group for choice in choices for group in choice.subject.groups}
    text = f"{subjects} subjects needed; {len(choices)} recognised."
    if len(choices) > subjects:
        return Clash("C1", len(choices) - 1, text, "Set Contributing to No for the additional ones.")
    missing = [str(group) for group in (1, 2, 3, 4, 5) if group not in covered]
    if missing:
        text += f" Missing groups: {', '.join(missing)}."
    return Clash("C1", max(0, len(choices) - 1), text, "Add the subjects that are missing.")


def _twice(choices: Sequence[Choice]) -> Iterator[Clash]:
    """C5, each clash once: the later of the two choices is named."""
    families: dict[str, int] = {}
    languages: dict[str, int] = {}
    for index, choice in enumerate(choices):
        first = families.setdefault(choice.subject.family, index)
        if first != index:
            yield _make_clash(choices, first, index, f"both are {choice.subject.family}")
            continue
        if choice.studied:
            first = languages.setdefault(choice.studied.casefold(), index)
            if first != index:
                yield _make_clash(choices, first, index, f"both are in {choice.studied}")


def _make_clash(choices: Sequence[Choice], first: int, second: int, why: str) -> Clash:
    one, other = choices[first], choices[second]
    if one.subject.name == other.subject.name:
        levels = f"at {one.level} and {other.level}" if one.level != other.level else f"both times at {one.level}"
        text = f"{one.subject.name} is chosen twice, {levels}."
    else:
        text = f"{one.subject.name} and {other.subject.name} may not both count: {why}."
    return Clash("C5", second, text, "Change one of the two, or set Contributing to No for it.")


def _ab_initio(choices: Sequence[Choice]) -> Iterator[Clash]:
    for index, choice in enumerate(choices):
        if choice.subject.kind == "ab initio" and choice.level != "SL":
            yield Clash("C7", index, f"{choice.subject.name} is offered at SL only.", "Change the level to SL.")


def _higher(choices: Sequence[Choice]) -> Iterator[Clash]:
    higher = [index for index, choice in enumerate(choices) if choice.level == "HL"]
    if len(higher) not in (3, 4):
        text = f"A diploma needs 3 or 4 HL subjects. This candidate has {len(higher)}."
        yield Clash("C4", higher[-1] if higher else 0, text, "Change levels until three or four are HL.")


def _groups(choices: Sequence[Choice], approved: bool) -> Iterator[Clash]:
    """C2 with C3 and C6: every group from 1 to 5 is covered; a subject of two groups covers both."""
    if any(not choice.subject.groups for choice in choices):
        return  # a group that the list does not know: nothing can be said
    covered = {group for choice in choices for group in choice.subject.groups}
    first = {choice.studied.casefold() for choice in choices if 1 in choice.subject.groups}
    if len(first) > 1:
        covered.add(2)
    missing = [group for group in (1, 2, 3, 4, 5) if group not in covered]
    if missing and approved and _non_regular(choices, missing):
        return
    for group in missing:
        text = f"Group {group} ({GROUPS[group]}) has no subject."
        fix = f"Exchange a subject for one of group {group}."
        if group == 2:
            fix = "Add a group 2 language, or a second group 1 subject in another language."
        if approved:
            text += " A non-regular diploma may leave out one of groups 2, 3 and 4, with three subjects of one group."
        yield Clash("C9" if approved else "C2", 0, text, fix)


def _non_regular(choices: Sequence[Choice], missing: Sequence[int]) -> bool:
    """C9: one of groups 2, 3 and 4 is missing, and one group has three subjects."""
    counts = Counter(group for choice in choices for group in choice.subject.groups)
    return len(missing) == 1 and missing[0] in (2, 3, 4) and max(counts.values()) >= 3
