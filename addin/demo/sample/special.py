"""Planted mistakes whose finding is elsewhere: at another row of the same candidate or person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from addin.demo.sample.planted import Ground

_DIPLOMA = ("SL", "HL")


def special(ground: Ground) -> None:
    """Plant them."""
    _too_few_higher(ground)
    _five_subjects(ground)
    _ab_initio_higher(ground)
    _anticipated_higher(ground)
    _category_in_words(ground)
    _same_person(ground)
    _cas_confirmed_without_entries(ground)
    _cas_confirmed_too_early(ground)
    _newer_role(ground)
    _due(ground)


def _subjects(ground: Ground, candidate: str) -> list[int]:
    rows = ground.rows["registrations"]
    return [i for i, row in enumerate(rows) if row["candidate"] == candidate and row["level"] in _DIPLOMA]


def _free_diploma(ground: Ground, suits: Any) -> list[int]:
    """The six subjects of a diploma candidate in one session that nothing was planted in yet."""
    rows = ground.rows["registrations"]
    for index, row in enumerate(rows):
        own = _subjects(ground, row["candidate"])
        alone = all(rows[i]["category"] == "D" for i in own) and len(own) == 6
        if alone and suits([rows[i] for i in own]) and not ground.used & ground.marks("registrations", index):
            return own
    raise LookupError("no candidate suits")


def _three_higher(lines: list[dict[str, Any]]) -> bool:
    return [line["level"] for line in lines].count("HL") == 3


def _too_few_higher(ground: Ground) -> None:
    rows = ground.rows["registrations"]
    own = _free_diploma(ground, _three_higher)
    higher = [i for i in own if rows[i]["level"] == "HL"]
    rows[higher[0]]["level"] = "SL"
    ground.note("registrations", higher[-1], "combination", "two subjects at HL")


def _five_subjects(ground: Ground) -> None:
    own = _free_diploma(ground, _three_higher)
    ground.rows["registrations"][own[0]]["contributing"] = False
    ground.note("registrations", own[-1], "combination", "five subjects")


def _ab_initio_higher(ground: Ground) -> None:
    rows = ground.rows["registrations"]
    own = _free_diploma(ground, lambda lines: _three_higher(lines) and any("ab initio" in x["subject"] for x in lines))
    place = next(i for i in own if "ab initio" in rows[i]["subject"])
    rows[place]["level"] = "HL"
    ground.note("registrations", place, "offered", "ab initio at HL")


def _anticipated_higher(ground: Ground) -> None:
    rows = ground.rows["registrations"]
    place = ground.free(
        "registrations",
        lambda row: row["category"] == "A" and _three_higher([rows[i] for i in _subjects(ground, row["candidate"])]),
    )
    rows[place]["level"] = "HL"
    ground.note("registrations", place, "anticipated-is-sl", "taken early at HL")


def _category_in_words(ground: Ground) -> None:
    """Understood as the code, which is offered; nothing else is wrong."""
    rows = ground.rows["candidates"]
    index = ground.free("candidates", lambda row: row["category"] == "C")
    rows[index]["category"] = "Course"
    ground.note("candidates", index, "category-other-name", "the category in words")


def _same_person(ground: Ground) -> None:
    rows = ground.rows["candidates"]
    index = ground.free("candidates", lambda row: row["category"] == "D" and row["year_group"] == "DP1")
    rows.append(rows[index] | {"code": "900002", "email": None, "personal_code": None, "session_number": None})
    for place in (index, len(rows) - 1):
        ground.note("candidates", place, "same-person", "one student under two codes")


def _cas_confirmed_without_entries(ground: Ground) -> None:
    rows = ground.rows["candidates"]
    index = ground.free("candidates", lambda row: row["year_group"] == "DP2" and row["category"] == "C")
    rows[index]["cas_complete"] = True
    trips = "cas-outcomes cas-strands cas-project cas-interviews"
    ground.note("candidates", index, trips, "CAS confirmed without a single entry")


def _cas_confirmed_too_early(ground: Ground) -> None:
    """Everything is there but the last interview and the eighteen months."""
    entries = ground.rows["cas"]
    for index, row in enumerate(ground.rows["candidates"]):
        own = [i for i, entry in enumerate(entries) if entry["candidate"] == row["code"]]
        done = [entries[i] for i in own if entries[i]["status"] not in ("Draft", "Rejected")]
        outcomes = {part for entry in done for part in (entry.get("outcomes") or "").split("; ") if part}
        strands = {part for entry in done for part in (entry.get("strand") or "").split("; ") if part}
        if row["category"] == "D" and len(outcomes) == 7 and len(strands) == 3:
            row["cas_complete"] = True
            for i in own:
                if entries[i].get("interview") == "Third":
                    entries[i] |= {
                        "kind": "Experience",
                        "interview": None,
                        "status": "Draft",
                        "title": "An idea",
                        "strand": "Service",
                    }
            ground.used |= ground.marks("candidates", index) | {("cas", f"row {i}") for i in own}
            trips = "cas-interviews cas-months" if _months(done) < 18 else "cas-interviews"
            ground.note("cas", own[0], trips, "CAS confirmed before its end")
            return
    raise LookupError("no candidate suits")


def _months(entries: list[dict[str, Any]]) -> int:
    """Whole months from the first start to the last end."""
    done = [entry for entry in entries if entry["kind"] != "Interview"]
    first, last = min(entry["start"] for entry in done), max(entry["end"] for entry in done if entry["end"])
    months: int = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    return months


def _people(ground: Ground) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, row in enumerate(ground.rows["pd"]):
        found.setdefault(row["staff"], []).append(index)
    return found


def _person_with_all_attended(ground: Ground) -> list[int]:
    rows = ground.rows["pd"]
    for own in _people(ground).values():
        attended = all(rows[i]["status"] == "Attended" for i in own)
        if attended and not any(ground.used & ground.marks("pd", i) for i in own):
            return own
    raise LookupError("no person suits")


def _newer_role(ground: Ground) -> None:
    own = _person_with_all_attended(ground)
    for i in own:
        ground.rows["pd"][i]["in_role_since"] = ground.today - timedelta(days=3)
    ground.used |= {("pd", f"row {i}") for i in own}
    ground.note("pd", own[-1], "role-is-newer", "no workshop since the role began")


def _due(ground: Ground) -> None:
    own = _person_with_all_attended(ground)
    ground.rows["pd"][own[0]]["next_due"] = ground.today - timedelta(days=40)
    ground.used |= {("pd", f"row {i}") for i in own}
    ground.note("pd", own[0], "next-is-due", "the next workshop is overdue")
