"""The word `pattern` as a formula, as far as a sheet can: codes of fixed length sign by sign, and `contains`.

A sheet has no regular expressions that every version knows, but codes mostly are a row of signs, `[A-Z]{3}\\d{4}`, some
with a part that may be missing: `(\\d{6}-)?\\d{4}`. Other patterns are left to Validate.
"""

from __future__ import annotations

import re
import string

from addin.core.regex import regex

_PART = regex(r"(\\d|\[[^\]^]+\]|\\[.\-/+ ]|[A-Za-z0-9 _@#/:-])(?:\{(\d+)\})?(?![{*+?])")
MOST_SIGNS = 24


def signs(pattern: str) -> list[str] | None:
    """For each sign of the text the signs that may be there; None where the pattern is of another kind."""
    found: list[str] = []
    place = 0
    while place < len(pattern):
        match = _PART.match(pattern, place)
        if not match:
            return None
        found += [_class(match[1])] * int(match[2] or 1)
        place = match.end()
    return found if 0 < len(found) <= MOST_SIGNS and all(found) else None


def _class(part: str) -> str:
    if part == r"\d":
        return string.digits
    if not part.startswith("["):
        return part.removeprefix("\\")
    allowed = ""
    inside = part[1:-1].replace(r"\d", string.digits).replace("\\", "")
    place = 0
    while place < len(inside):
        if inside[place + 1 : place + 2] == "-" and place + 2 < len(inside):
            allowed += "".join(map(chr, range(ord(inside[place]), ord(inside[place + 2]) + 1)))
            place += 3
        else:
            allowed += inside[place]
            place += 1
    return allowed


def contains(pattern: str) -> str | None:
    """The text that must be somewhere: "Service" for `.*Service.*`, "" for `.+`; None for other patterns."""
    if pattern in (".+", ".*"):
        return ""
    match = re.fullmatch(r"\.\*([A-Za-z0-9 -]+)\.\*", pattern)
    return match[1] if match else None


def without_options(pattern: str) -> list[str]:
    """The patterns that one stands for, its parts that may be missing written out: `(a)?b` is `b` or `ab`."""
    match = re.search(r"\(([^()|]+)\)\?", pattern)
    if not match:
        return [pattern]
    before, after = pattern[: match.start()], pattern[match.end() :]
    return [*without_options(before + after), *without_options(before + match[1] + after)]


def keeps(pattern: str, cell: str) -> str | None:
    """A formula that is true where the cell's text has the pattern; None where it cannot be said."""
    inside = contains(pattern)
    if inside is not None:
        return f'ISNUMBER(FIND("{inside}",{cell}))' if inside else f"LEN({cell})>0"
    tests = [_fixed(one, cell) for one in without_options(pattern)]
    if any(test is None for test in tests):
        return None
    return tests[0] if len(tests) == 1 else f"OR({','.join(test for test in tests if test)})"


def _fixed(pattern: str, cell: str) -> str | None:
    allowed = signs(pattern)
    if allowed is None:
        return None
    tests = [f"LEN({cell})={len(allowed)}"]
    for place, choice in enumerate(allowed, 1):
        one = f"MID({cell},{place},1)"
        quoted = choice.replace('"', '""')
        tests.append(f'EXACT({one},"{quoted}")' if len(choice) == 1 else f'ISNUMBER(FIND({one},"{quoted}"))')
    return f"AND({','.join(tests)})"
