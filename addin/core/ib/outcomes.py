"""Participation and outcomes by session, subject and group, with small numbers hidden so that nobody is pointed out.

A count under the setting `outcomes_least` is hidden, and so is what would give it away by subtraction (see
core/suppression.py). A mean is shown only of a group whose count is shown. Nothing is compared with the world: the IB's
own statistics are not kept here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from addin.core.ib import Row, RuleContext
from addin.core.ib.people import Candidates, session_of
from addin.core.ib.session import parse
from addin.core.suppression import suppress

AWARDED = ("Diploma awarded", "Bilingual Diploma awarded", "CP certificate awarded")
GROUPS = (("gender", "Gender"), ("first_language", "First language"), ("nationality", "Nationality"))
"""Columns of Candidates by which participation and results may be looked at, as far as the school keeps them."""
HIDDEN = "–"
Shown = str | int | float


class Table(NamedTuple):
    """A title, headers, and lines of values that may be shown to anybody in the school."""

    title: str
    headers: tuple[str, ...]
    lines: tuple[tuple[Shown, ...], ...]


def outcomes(context: RuleContext) -> list[Table]:
    """Every table that the trackers hold something for."""
    least = context.setting("outcomes_least")
    least = 5 if least is None else int(least)
    found = [_sessions(context, least), _subjects(context, least), _moderation(context)]
    found += [_group(context, column, title, least) for column, title in GROUPS]
    found += [_destinations(context, least), _scholarships(context, least)]
    return [table for table in found if table.lines]


def _sessions(context: RuleContext, least: int) -> Table:
    """The trend: who takes what, awards with and without, mean points."""
    people = list(Candidates(context).rows.values())
    awards: dict[str, list[Row]] = defaultdict(list)
    for row in context.rows("awards"):
        if row.get("result"):
            awards[session_of(row)].append(row)
    sessions = _in_time({session_of(row) for row in people} | set(awards))
    entries, results = [], []
    for session in sessions:
        mine = [row for row in people if session_of(row) == session]
        diploma = sum(row.get("category") in ("D", "R") for row in mine)
        entries.append([diploma, len(mine) - diploma])
        said = Counter(_result(row["result"]) for row in awards[session])
        results.append([said["bilingual"], said["awarded"], said["not"]])
    lines: list[tuple[Shown, ...]] = []
    for session, entry, given, raw in zip(
        sessions, _by_line(entries, least), _by_line(results, least), results, strict=True
    ):
        total, points = sum(raw), [row["points"] for row in awards[session] if row.get("points") is not None]
        rate = f"{100 * (raw[0] + raw[1]) / total:.0f} %" if total and given[2] is not None else HIDDEN if total else ""
        lines.append((session, *map(_cell, entry), *map(_cell, given), rate, _mean(points, least)))
    headers = ("Session", "Diploma", "Others", "Bilingual", "Awarded", "Not awarded", "Rate", "Mean points")
    return Table("Participation and awards by session", headers, tuple(lines))


def _by_line(counts: Sequence[Sequence[int]], least: int) -> list[list[int | None]]:
    """Each line for itself: no total of the sessions is shown."""
    return [suppress([line], least)[0] for line in counts]


def _result(text: str) -> str:
    return "bilingual" if text.startswith("Bilingual") else "awarded" if text in AWARDED else "not"


def _subjects(context: RuleContext, least: int) -> Table:
    """Each subject and session: entries, mean grade, mean predicted grade and the difference of the two."""
    predicted = {
        (row.get("candidate"), row.get("subject"), row.get("level"), session_of(row)): row.get("predicted")
        for row in context.rows("predicted")
    }
    grades: dict[tuple[str, str, str], list[tuple[int, int | None]]] = defaultdict(list)
    for row in context.rows("results"):
        grade, level = str(row.get("grade") or ""), row.get("level")
        if level in ("SL", "HL") and row.get("subject") and grade.isdigit():
            hoped = str(predicted.get((row.get("candidate"), row["subject"], level, session_of(row))) or "")
            pair = int(grade), int(hoped) if hoped.isdigit() else None
            grades[str(row["subject"]), level, session_of(row)].append(pair)
    lines: list[tuple[Shown, ...]] = []
    for (subject, level, session), pairs in sorted(
        grades.items(), key=lambda one: (one[0][0], one[0][1], _time(one[0][2]))
    ):
        both = [(final, hoped) for final, hoped in pairs if hoped is not None]
        known = len(both) >= least
        gap = sum(final - hoped for final, hoped in both) / len(both) if both else 0.0
        lines.append(
            (
                subject,
                level,
                session,
                _few(len(pairs), least),
                _mean([one for one, _ in pairs], least),
                _mean([hoped for _, hoped in both], least) if known else HIDDEN,
                f"{gap:+.1f}" if known else HIDDEN,
            )
        )
    headers = ("Subject", "Level", "Session", "Entries", "Mean grade", "Mean predicted", "Difference")
    return Table("Grades by subject", headers, tuple(lines))


def _moderation(context: RuleContext) -> Table:
    """What moderation made of the school's marks: means of whole groups, as the IB reports them."""
    lines = [
        (
            str(row.get("subject")),
            str(row.get("level") or ""),
            str(row.get("task")),
            session_of(row),
            row["school_mean"],
            row["moderated_mean"],
            f"{row['moderated_mean'] - row['school_mean']:+.1f}",
        )
        for row in context.rows("samples")
        if row.get("school_mean") is not None and row.get("moderated_mean") is not None
    ]
    headers = ("Subject", "Level", "Task", "Session", "Mean before", "Mean after", "Change")
    return Table("Moderation of internal assessment", headers, tuple(sorted(lines)))


def _group(context: RuleContext, column: str, title: str, least: int) -> Table:
    """Participation and awards by one column of Candidates; hidden numbers cannot be worked out from the totals."""
    people = {code: row for code, row in Candidates(context).rows.items() if row.get(column)}
    results = {row.get("candidate"): row for row in context.rows("awards") if row.get("result")}
    kinds = ("Diploma", "Courses", "CP")
    groups = sorted({str(row[column]) for row in people.values()})
    counts = []
    for name in groups:
        mine = [(code, row) for code, row in people.items() if str(row[column]) == name]
        taken = Counter(_kind(row.get("category")) for _, row in mine)
        got = [results[code]["result"] in AWARDED for code, _ in mine if code in results]
        counts.append([*(taken[kind] for kind in kinds), sum(got), len(got) - sum(got)])
    shares = [suppress([line[:3] for line in counts], least), suppress([line[3:] for line in counts], least)]
    points = _points_by_group(people, results, column)
    sizes = suppress([[len(points[name])] for name in groups], least)
    lines: list[tuple[Shown, ...]] = []
    for name, entry, award, size in zip(groups, *shares, sizes, strict=True):
        mean = _mean(points[name], least) if size[0] is not None and points[name] else HIDDEN if points[name] else ""
        lines.append((name, *map(_cell, entry), *map(_cell, award), mean))
    return Table(f"By {title.lower()}", (title, *kinds, "Awarded", "Not awarded", "Mean points"), tuple(lines))


def _points_by_group(people: dict[str, Row], results: dict[str | None, Row], column: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for code, row in people.items():
        points = results.get(code, {}).get("points")
        if points is not None:
            found[str(row[column])].append(points)
    return found


def _destinations(context: RuleContext, least: int) -> Table:
    """Where graduates go, by country and session."""
    going = [row for row in context.rows("destinations") if row.get("going") is True]
    sessions = _in_time({session_of(row) for row in going})
    countries = sorted({str(row.get("country") or "not entered") for row in going})
    counts = [
        [sum(str(r.get("country") or "not entered") == name and session_of(r) == s for r in going) for s in sessions]
        for name in countries
    ]
    lines = [(name, *map(_cell, line)) for name, line in zip(countries, suppress(counts, least), strict=True)]
    return Table("Destinations by country", ("Country", *sessions), tuple(lines))


def _scholarships(context: RuleContext, least: int) -> Table:
    """Scholarships by session and currency; amounts only where enough people share them."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in context.rows("destinations"):
        if row.get("scholarship") or row.get("amount"):
            found[session_of(row), str(row.get("currency") or "")].append(float(row.get("amount") or 0))
    lines = [
        (session, currency, _few(len(amounts), least), f"{sum(amounts):,.0f}" if len(amounts) >= least else HIDDEN)
        for (session, currency), amounts in sorted(found.items(), key=lambda one: (_time(one[0][0]), one[0][1]))
    ]
    return Table("Scholarships", ("Session", "Currency", "Scholarships", "Total"), tuple(lines))


def _kind(category: str | None) -> str:
    return "CP" if category == "CP" else "Courses" if category == "C" else "Diploma"


def _few(count: int, least: int) -> Shown:
    return HIDDEN if 0 < count < least else count


def _cell(count: int | None) -> Shown:
    return HIDDEN if count is None else count


def _mean(values: Sequence[float | int | None], least: int) -> Shown:
    known = [value for value in values if value is not None]
    if not known:
        return ""
    return f"{sum(known) / len(known):.1f}" if len(known) >= least else HIDDEN


def _in_time(sessions: Iterable[str]) -> list[str]:
    return sorted((one for one in sessions if one), key=_time)


def _time(session: str) -> tuple[int, int, str]:
    found = parse(session)
    return (found.year, found.month, session) if found else (0, 0, session)
