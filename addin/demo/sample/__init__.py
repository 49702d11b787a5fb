"""A believable school for trying things out: nobody in it exists. All rows are clean, but for what was planted.

    school(seed, today, lists)  ->  Sample(rows, ids, planted)

    people.py  made-up names        candidates.py  registrations.py  cas.py  pd.py  inventory.py: the clean rows
    planted.py what is wrong, where, and which rules must find it

The same seed and day give the same school; dates move with the day, so that a sample never looks old.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from addin.core.book import Value
from addin.core.ib.session import Session, parse
from addin.core.settings import Settings
from addin.core.sync.identity import new_ids
from addin.core.trackers import Tracker
from addin.demo.sample import candidates, cas, exam_year, graduates, inventory, pd, planted, registrations, rest, teams
from addin.demo.sample.candidates import may_session
from addin.demo.sample.planted import FIRST_ROW, Planted

__all__ = ["Planted", "Sample", "school", "school_of"]

Row = dict[str, Value]
Rows = dict[str, list[Row]]
DAY = date(2026, 11, 22)
"""The day of the sample that comes with the product."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A school's rows, their ids, and the mistakes that were planted in them."""

    rows: Mapping[str, list[dict[str, Value]]]
    ids: Mapping[str, list[str]]
    planted: tuple[Planted, ...]


def school(seed: int = 1, today: date = DAY) -> Sample:
    """120 candidates with their registrations and CAS, 300 workshops, 800 things, a few dozen mistakes."""
    random = Random(seed)
    people = candidates.rows(random, today)
    workshops = pd.rows(random, today)
    courses = registrations.rows(random, people, pd.teachers(workshops))
    rows: Rows = {
        "candidates": people,
        "registrations": courses,
        "cas": cas.rows(random, people, today),
        "pd": workshops,
        "inventory": inventory.rows(random, courses, today),
    }
    found = planted.plant(rows, today)
    return Sample(rows, _ids(rows, random), tuple(found))


def school_of(settings: Settings, trackers: Mapping[str, Tracker]) -> Sample:
    """The sample school of a programme and session in these trackers, for `actions.new`."""
    programme = settings.programme
    random = Random(1)
    session = parse(str(settings.values.get("session") or "")) or Session(may_session(settings.today), 5)
    base = school(today=settings.today)
    pupils = rest.students(random, PUPILS)
    rows = _of_programme(base, programme, session, pupils, random, settings.today)
    if programme == "myp" and "candidates" in trackers:
        rows["candidates"] = candidates.last_year(random, pupils, session, settings.today)
    marked = {(one.tracker, one.row - FIRST_ROW) for one in base.planted} if programme == "dp" else set()
    last = _last_session(rows, trackers, marked, session, random, settings.today) if programme == "dp" else {}
    for name in ("candidates", "registrations"):
        rows[name] = [*rows.get(name, ()), *last.pop(name, ())] if name in rows else []
    staff = [str(row["name"]) for row in rows["staff"] if row.get("subjects")][:12]
    staff = staff if len(staff) > 2 else [str(row["name"]) for row in rows["staff"]][:12]
    codes = [str(row["code"]) for row in rows.get("candidates", ()) if row["session"] == str(session)] or ["1"]
    planted = [one for one in base.planted if one.tracker in rows and programme == "dp"]
    odd = {index for tracker, index in marked if tracker == "candidates"}
    clean = [code for index, code in enumerate(codes) if index not in odd]
    cast = rest.Cast(clean or codes, staff, str(session), settings.today)
    own = {name: held for name, held in rows.items() if name in trackers}
    others = {n: rest.from_examples(t, cast) for n, t in trackers.items() if n not in own}
    others |= {n: _pupils(trackers[n], cast, pupils) for n in ("myp", "pyp") if n in trackers}
    if "cp" in trackers and programme == "cp":
        others["cp"] = rest.from_examples(trackers["cp"], cast, len(cast.codes))
    if "eassessment" in others:
        others["eassessment"] = _as_pupils(others["eassessment"], pupils)
    if {"groups", "meetings"} <= trackers.keys():
        members = [str(row["name"]) for row in rows["staff"] if row["name"] not in staff] or staff
        others["groups"] = teams.groups(members, programme, settings.today)
        others["meetings"] = teams.meetings(others["groups"], settings.today)
    others |= {name: held for name, held in last.items() if name in trackers and held}
    unread = {one.row - FIRST_ROW for one in base.planted if one.tracker == "registrations" and one.rule in UNREAD}
    sound = [row for n, row in enumerate(rows.get("registrations", ())) if programme != "dp" or n not in unread]
    gone = {row["code"] for row in rows.get("candidates", ()) if row.get("left")}
    helped = [row for row in others.get("arrangements", ()) if row["candidate"] not in gone]
    others |= _exam_year(sound, trackers, cast, helped, random)
    refused = {row["code"] for row in rows.get("candidates", ()) if row.get("release_consent") is False}
    for name in {"transcripts", "disclosures"} & others.keys():
        others[name] = [row for row in others[name] if row.get("candidate") not in refused]
    others |= _of_the_staff(others, rows["staff"], settings.today)
    keep = {"dp": [*own], "cp": ["staff", "candidates", "registrations"]}.get(programme, ["staff"])
    keep += [*EXAM_YEAR, "calendar"]
    held = rest.cleaned(trackers, own | others, keep, settings)
    empty = {n: rest.from_examples(t, cast, FEW) for n, t in trackers.items() if not held.get(n) and n not in own}
    held = rest.cleaned(trackers, held | empty, keep, settings)
    planted += rest.with_one_each(trackers, held, cast, settings)
    planted += rest.plant_one(trackers, held, [n for n in trackers if n not in base.rows and n != "staff"], settings)
    planted += rest.consequences(trackers, held, planted, settings)
    return Sample(held, _ids(held, random), tuple(planted))


def _of_programme(
    base: Sample, programme: str, session: Session, pupils: list[tuple[str, str, str]], random: Random, today: date
) -> Rows:
    """The base school's rows as far as a programme has them, for the session asked for."""
    rows: Rows = {name: [dict(row) for row in held] for name, held in base.rows.items()}
    first = Session(may_session(today), 5)
    names = {str(first): str(session), str(Session(first.year + 1, 5)): str(Session(session.year + 1, session.month))}
    for held in rows.values():
        for row in held:
            row.update({"session": names[str(row["session"])]} if row.get("session") in names else {})
    if programme == "dp":
        _fall_behind(rows, base)
    else:
        rows = {"pd": pd.of_programme(rows["pd"], programme), "inventory": rows["inventory"]} | (
            _career(rows) if programme == "cp" else {}
        )
        if programme in ("myp", "pyp"):
            rows["inventory"] = [inventory.of_programme(row, programme) for row in rows["inventory"]]
        for row in rows["inventory"] if programme in ("myp", "pyp") else ():
            row["lent_to"] = row.get("lent_to") and random.choice(pupils)[0]
    rows["staff"] = rest.staff_rows(
        rows["pd"], candidates.ADVISERS if programme != "pyp" else (), today, NEW_COLLEAGUE[programme]
    )
    return rows


def _exam_year(
    courses: list[Row], trackers: Mapping[str, Tracker], cast: rest.Cast, helped: Sequence[Row], random: Random
) -> dict[str, list[Row]]:
    """The trackers that hang on the registrations; `helped` are the rows of access arrangements."""
    codes = list(dict.fromkeys(str(row["candidate"]) for row in courses if row["session"] == cast.session))
    diploma = [str(row["candidate"]) for row in courses if row["category"] == "D"]
    extra = [str(row["candidate"]) for row in helped if row.get("extra_time") and row.get("state") == "Approved"]
    made = {
        "predicted": exam_year.predicted(courses, codes, cast.session, random),
        "coursework": exam_year.coursework(courses, cast.session, cast.today),
        "core": exam_year.core(courses, diploma, cast.session, cast.today),
        "access": exam_year.access(courses, cast.staff, cast.today) if courses else [],
        "exams": exam_year.exams(courses, cast.staff, cast.session, extra),
        "keylog": exam_year.keylog(cast.staff, cast.today),
        "planners": exam_year.planners(courses, cast.today),
    }
    return {name: held for name, held in made.items() if name in trackers and held}


def _last_session(
    rows: Rows,
    trackers: Mapping[str, Tracker],
    marked: set[tuple[str, int]],
    session: Session,
    random: Random,
    today: date,
) -> dict[str, list[Row]]:
    """The graduates, where anything is kept of them: they took what Diploma candidates without a mistake take now."""
    if "results" not in trackers:
        return {}
    odd = {rows[name][index].get("candidate", rows[name][index].get("code")) for name, index in marked if name != "cas"}
    people = [row for index, row in enumerate(rows["candidates"]) if ("candidates", index) not in marked]
    early = {row["candidate"] for row in rows["registrations"] if row["category"] != "D"}
    models = [
        row
        for row in people
        if row["category"] == "D" and row["session"] == str(session) and row["code"] not in odd | early
    ]
    # None of them earns a bilingual diploma: one language A, English, and nothing else answered in another language.
    other = {
        row["candidate"]
        for row in rows["registrations"]
        if row["response_language"] != "English" and not _is_acquired(str(row["subject"]))
    }
    models = [row for row in models if row["code"] not in other]
    return graduates.graduates(models, rows["registrations"], Session(session.year - 1, session.month), today, random)


def _is_acquired(subject: str) -> bool:
    return subject.endswith((" B", " ab initio"))


def _of_the_staff(others: Mapping[str, list[Row]], staff: Sequence[Row], today: date) -> dict[str, list[Row]]:
    """Plans of the groups that there are, and an induction for everybody who is new."""
    made: dict[str, list[Row]] = {}
    if "learning" in others and others.get("groups"):
        teams = [row["group"] for row in others["groups"]]
        made["learning"] = [row | {"group": teams[n % len(teams)]} for n, row in enumerate(others["learning"])]
    if others.get("induction"):
        since = today - timedelta(days=NEW_FOR)
        new = [row["name"] for row in staff if isinstance(joined := row.get("joined"), date) and joined >= since]
        made["induction"] = [*({**others["induction"][0], "person": name} for name in new), *others["induction"]]
    if accounts := others.get("access"):
        made["access"] = [
            row | {"administrator": row.get("administrator") if n < ADMINISTRATORS else None}
            for n, row in enumerate(accounts)
        ]
    return made


NEW_COLLEAGUE = {
    "dp": ("CAS adviser", "Subject teacher", "Biology"),
    "cp": ("Adviser", "Subject teacher", "Biology"),
    "myp": ("Project supervisor", "Subject teacher", "Sciences"),
    "pyp": ("Mentor", "PYP classroom teacher", ""),
}
"""What advisers are called, and role and subject of the colleague who is new."""
IDEAS = (
    ("Water", "Water connects people.", "Where it comes from", "Who has it", "How we use it"),
    ("Food", "What we eat changes the land.", "Where it grows", "Who goes without", "What we waste"),
    ("Energy", "Energy is shared unequally.", "How we make it", "Who pays for it", "How we save it"),
    ("Forests", "Forests give us more than wood.", "What lives there", "Who cuts them", "How they grow back"),
)
"""Groups of the PYP exhibition: name, central idea and three lines of inquiry."""
PUPILS, FEW = 48, 2
UNREAD = ("subject-other-name", "subject-one-of", "level-required", "level-one-of", "key")
"""Mistakes after which a registration says no subject and level that other trackers could take over."""
EXAM_YEAR = ("predicted", "coursework", "core", "exams")
"""Trackers whose rows follow from the registrations: they stay as they are made."""
ADMINISTRATORS, MOST_IN_GROUP = 2, 3
NEW_FOR = 365
"""Days after joining for which a colleague is new."""


def _pupils(tracker: Tracker, cast: rest.Cast, pupils: list[tuple[str, str, str]]) -> list[Row]:
    """One row for each pupil, otherwise as in the tracker's clean examples."""
    made = rest.from_examples(tracker, cast, len(pupils))
    return [
        {**row, **_in_group(tracker, made, n), "student": code, "first_names": first, "last_name": last}
        for n, (row, (code, first, last)) in enumerate(zip(made, pupils, strict=False))
    ]


def _in_group(tracker: Tracker, made: list[Row], n: int) -> Row:
    """What a pupil shares with the others of the group: in the PYP mentor and day, too, and what it is all about."""
    number = n // MOST_IN_GROUP
    if tracker.name != "pyp":
        return {"group": f"{made[n]['group']} {number + 1}"} if made[n].get("group") else {}
    first = next(row for row in made[number * MOST_IN_GROUP :] if row.get("central_idea"))
    name, idea, *lines = IDEAS[number % len(IDEAS)]
    shared = {key: value for key, value in first.items() if key not in ("journal", "class")}
    classes = ("5A", "5B")
    return (
        shared
        | {"group": f"{name} {number // len(IDEAS) + 1}", "class": classes[number % len(classes)]}
        | {"central_idea": idea, "line_1": lines[0], "line_2": lines[1], "line_3": lines[2]}
        | {"place": f"Stand {number + 1}"}
    )


def _as_pupils(rows: list[Row], pupils: list[tuple[str, str, str]]) -> list[Row]:
    """The lines of so many students as those of our pupils."""
    them = dict(zip(dict.fromkeys(row["student"] for row in rows), pupils, strict=False))
    named = [(row, them[row["student"]]) for row in rows if row["student"] in them]
    return [{**row, "student": code, "first_names": first, "last_name": last} for row, (code, first, last) in named]


def _career(rows: Rows) -> Rows:
    """Candidates of the Career-related Programme: those who take a few courses only."""
    people = [
        {**row, "category": "CP", "year_group": str(row["year_group"]).replace("DP", "CP")}
        for row in rows["candidates"]
        if row["category"] in ("C", "CP")
    ]
    codes = {row["code"] for row in people}
    courses = [{**row, "category": "CP"} for row in rows["registrations"] if row["candidate"] in codes]
    return {"candidates": people, "registrations": courses}


def _fall_behind(rows: Rows, base: Sample) -> None:
    """Every seventh Diploma candidate of the session has hardly begun: their entries are drafts."""
    marked = {one.row - FIRST_ROW for one in base.planted if one.tracker == "cas"}
    busy = {rows["cas"][index]["candidate"] for index in marked} | {
        rows["candidates"][one.row - FIRST_ROW]["code"] for one in base.planted if one.tracker == "candidates"
    }
    people = [row for row in rows["candidates"] if row["category"] == "D" and row["year_group"] == "DP2"]
    late = {row["code"] for row in people[::4]} - busy
    for index, row in enumerate(rows["cas"]):
        if row["candidate"] in late and row["kind"] != "Interview" and index not in marked:
            row.update({"status": "Draft", "review_sent": None, "review_done": None})


def _ids(rows: Rows, random: Random) -> dict[str, list[str]]:
    given: set[str] = set()
    ids = {}
    for tracker, held in rows.items():
        ids[tracker] = new_ids(given, len(held), random)
        given.update(ids[tracker])
    return ids
