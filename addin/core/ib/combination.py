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
from addin.core.language import all_of, phrase
from addin.core.records import frozen

GROUPS: Mapping[int, str] = {
    1: phrase("studies in language and literature"),
    2: phrase("language acquisition"),
    3: phrase("individuals and societies"),
    4: phrase("sciences"),
    5: phrase("mathematics"),
    6: phrase("the arts"),
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
        (phrase("self-taught languages"), lambda c: c.self_taught),
        (phrase("school-based or pilot subjects"), _is_school_based),
        (phrase("transdisciplinary subjects"), lambda c: len(c.subject.groups) > 1),
    )
    found = []
    for what, chosen in kinds:
        indexes = [index for index, choice in enumerate(choices) if chosen(choice)]
        if len(indexes) > 1:
            names = all_of([choices[index].subject.name for index in indexes])
            found.append(
                Clash(
                    "C8",
                    indexes[1],
                    phrase("There are {count} {what}: {names}.", count=len(indexes), what=what, names=names),
                    advice,
                )
            )
    return found


def _is_school_based(choice: Choice) -> bool:
    return choice.pilot or choice.subject.status in ("SBS", "pilot", "pilot; SBS")


def excluded(choices: Sequence[Choice], pairs: Mapping[str, Sequence[str]]) -> Iterator[Clash]:
    """Pairs of subjects that the school's own list (columns first, second, reason) does not allow together."""
    indexes = {choice.subject.name: index for index, choice in enumerate(choices)}
    both = zip(pairs.get("first", ()), pairs.get("second", ()), strict=False)
    for number, (first, second) in enumerate(both):
        if first in indexes and second in indexes:
            reason = pairs["reason"][number] if "reason" in pairs else ""
            text = phrase("{first} and {second} may not be taken together.", first=first, second=second)
            if reason:
                text = phrase(
                    "{first} and {second} may not be taken together: {reason}.",
                    first=first,
                    second=second,
                    reason=reason,
                )
            yield Clash("C8", indexes[second], text, "Change one of the two.")


def _wrong_number(choices: Sequence[Choice], subjects: int) -> Clash:
    """C1: how many subjects there are, and which groups are still without one."""
    covered = {group for choice in choices for group in choice.subject.groups}
    text = phrase("{subjects} subjects needed; {count} recognised.", subjects=subjects, count=len(choices))
    if len(choices) > subjects:
        return Clash("C1", len(choices) - 1, text, "Set Contributing to No for the additional ones.")
    missing = [str(group) for group in (1, 2, 3, 4, 5) if group not in covered]
    if missing:
        text = phrase("{text} Missing groups: {groups}.", text=text, groups=missing)
    return Clash("C1", max(0, len(choices) - 1), text, "Add the subjects that are missing.")


def _twice(choices: Sequence[Choice]) -> Iterator[Clash]:
    """C5, each clash once: the later of the two choices is named."""
    families: dict[str, int] = {}
    languages: dict[str, int] = {}
    for index, choice in enumerate(choices):
        first = families.setdefault(choice.subject.family, index)
        if first != index:
            yield _make_clash(choices, first, index, phrase("both are {subject}", subject=choice.subject.family))
            continue
        if choice.studied:
            first = languages.setdefault(choice.studied.casefold(), index)
            if first != index:
                yield _make_clash(choices, first, index, phrase("both are in {language}", language=choice.studied))


def _make_clash(choices: Sequence[Choice], first: int, second: int, why: str) -> Clash:
    one, other = choices[first], choices[second]
    if one.subject.name == other.subject.name:
        levels = (
            phrase("at {level} and {other}", level=one.level, other=other.level)
            if one.level != other.level
            else phrase("both times at {level}", level=one.level)
        )
        text = phrase("{subject} is chosen twice, {levels}.", subject=one.subject.name, levels=levels)
    else:
        text = phrase(
            "{subject} and {other} may not both count: {why}.",
            subject=one.subject.name,
            other=other.subject.name,
            why=why,
        )
    return Clash("C5", second, text, "Change one of the two, or set Contributing to No for it.")


def _ab_initio(choices: Sequence[Choice]) -> Iterator[Clash]:
    for index, choice in enumerate(choices):
        if choice.subject.kind == "ab initio" and choice.level != "SL":
            yield Clash(
                "C7",
                index,
                phrase("{subject} is offered at SL only.", subject=choice.subject.name),
                "Change the level to SL.",
            )


def _higher(choices: Sequence[Choice]) -> Iterator[Clash]:
    higher = [index for index, choice in enumerate(choices) if choice.level == "HL"]
    if len(higher) not in (3, 4):
        text = phrase("A diploma needs 3 or 4 HL subjects. This candidate has {count}.", count=len(higher))
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
        text = phrase("Group {group} ({name}) has no subject.", group=group, name=GROUPS[group])
        fix = phrase("Exchange a subject for one of group {group}.", group=group)
        if group == 2:
            fix = "Add a group 2 language, or a second group 1 subject in another language."
        if approved:
            text = phrase(
                "{text} A non-regular diploma may leave out group 2, 3 or 4, with three subjects of one group.",
                text=text,
            )
        yield Clash("C9" if approved else "C2", 0, text, fix)


def _non_regular(choices: Sequence[Choice], missing: Sequence[int]) -> bool:
    """C9: one of groups 2, 3 and 4 is missing, and one group has three subjects."""
    counts = Counter(group for choice in choices for group in choice.subject.groups)
    return len(missing) == 1 and missing[0] in (2, 3, 4) and max(counts.values()) >= 3
