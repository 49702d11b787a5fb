"""A small school that is right in every tracker at once: eight candidates in two sessions, seven colleagues.

`clean()` gives its rows by tracker. Nobody in it exists.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

Row = dict[str, Any]
School = dict[str, list[Row]]
TODAY = date(2026, 11, 21)
PEOPLE = [
    ("000101", "Berg", "Ida"), ("000102", "Holm", "Liv"), ("000103", "Okafor", "Chidi"), ("000104", "Sato", "Yuki"),
    ("000105", "Moreau", "Anouk"), ("000106", "Rossi", "Dario"),
]  # fmt: skip
GRADUATES = [("000091", "Keller", "Nora"), ("000092", "Novak", "Petr")]
TEACHERS = {
    "English A: Literature": "Rosa Field", "Spanish B": "Marta Lopez", "Economics": "Olu Ade", "Biology": "Ana Kamau",
    "Mathematics: Analysis and Approaches": "Henrik Dahl", "Chemistry": "Priya Menon", "Theory of Knowledge": "Olu Ade",
}  # fmt: skip
HIGHER = ("English A: Literature", "Economics", "Biology")
SUBJECTS = [subject for subject in TEACHERS if subject != "Theory of Knowledge"]
TASKS = {"Biology": "Investigation", "Chemistry": "Investigation"}


def clean() -> School:
    """The school, fresh at each call."""
    return {
        "staff": _staff(),
        "candidates": _candidates(),
        "registrations": _registrations(),
        "cas": _cas(),
        "pd": _pd(),
        "access": _access(),
        "coursework": _coursework(),
        "core": _core(),
        "predicted": _predicted(),
        "results": _results(),
        "awards": _awards(),
        "eur": _eur(),
        "transcripts": _transcripts(),
        "destinations": _destinations(),
        "exams": _exams(),
        "materials": _materials(),
        "keylog": _keylog(),
        "policies": _policies(),
        "meetings": _meetings(),
        "calendar": _calendar(),
        "inventory": _inventory(),
        "arrangements": _arrangements(),
        "communications": _communications(),
        "observations": _observations(),
        "evaluation": _evaluation(),
    }


def _level(subject: str) -> str:
    return "HL" if subject in HIGHER else "SL"


def _staff() -> list[Row]:
    names = dict.fromkeys([*TEACHERS.values(), "Jonas Weber"])
    return [
        {
            "name": name,
            "email": f"{name.split()[1].lower()}@school.example",
            "roles": "Teacher",
            "joined": date(2020, 8, 1),
        }
        for name in names
    ]


def _candidates() -> list[Row]:
    found = []
    for number, (code, last, first) in enumerate([*PEOPLE, *GRADUATES]):
        graduate = (code, last, first) in GRADUATES
        found.append({
            "code": code, "last_name": last, "first_names": first, "session": "M26" if graduate else "M27",
            "category": "D", "year_group": "DP2", "adviser": "Jonas Weber", "birth_date": date(2008 + (not graduate), 1 + number, 7),
            "email": f"{last.lower()}@school.example", "joined": date(2024 if graduate else 2025, 8, 25),
            "release_consent": True, "registered": True, "left": date(2026, 6, 30) if graduate else None,
        })  # fmt: skip
    return found


def _registrations() -> list[Row]:
    found = []
    for code, _, _ in [*PEOPLE, *GRADUATES]:
        session = "M26" if code < "000100" else "M27"
        lines = [(subject, _level(subject), True) for subject in SUBJECTS]
        lines += [("Biology", "EE", False), ("Theory of Knowledge", "TK", False)]
        found += [
            {"candidate": code, "session": session, "category": "D", "subject": subject, "level": level,
             "response_language": "Spanish" if subject == "Spanish B" else "English", "contributing": counts,
             "teacher": TEACHERS[subject], "status": "Confirmed"}
            for subject, level, counts in lines
        ]  # fmt: skip
    return found


def _cas() -> list[Row]:
    found = []
    for number, (code, _, _) in enumerate(PEOPLE):
        common = {"candidate": code, "supervisor": "P. Roy", "status": "Approved"}
        found.append(common | {
            "entry": f"{number}1", "kind": "Experience", "title": "Choir", "strand": "Creativity", "start": date(2025, 9, 8),
        })  # fmt: skip
        for place, which in enumerate(("First", "Second")):
            found.append(common | {
                "entry": f"{number}{place + 2}", "kind": "Interview", "title": f"{which} interview", "interview": which,
                "start": date(2025 + place, 10 - 4 * place, 1), "end": date(2025 + place, 10 - 4 * place, 1),
                "status": "Complete",
            })  # fmt: skip
    return found


def _pd() -> list[Row]:
    return [
        {"staff": name, "role": "Subject teacher", "programme": "DP", "subject": subject, "workshop": f"{subject}: category 1",
         "category": 1, "start": date(2025, 3, 1), "end": date(2025, 3, 3), "status": "Attended", "ib_recognised": True,
         "workshop_programme": "DP", "certificate": f"https://files.example/{number}.pdf", "in_role_since": date(2021, 8, 1)}
        for number, (subject, name) in enumerate(TEACHERS.items()) if subject != "Theory of Knowledge"
    ]  # fmt: skip


def _access() -> list[Row]:
    return [
        {"person": row["name"], "system": "My IB", "role": "Teacher", "programme": "DP", "granted": date(2021, 9, 1),
         "granted_by": "Head", "checked": date(2026, 9, 1)} for row in _staff()
    ]  # fmt: skip


def _coursework() -> list[Row]:
    return [
        {
            "candidate": code,
            "session": "M27",
            "subject": subject,
            "level": _level(subject),
            "task": TASKS[subject],
            "teacher": TEACHERS[subject],
            "due": date(2027, 2, 1),
            "state": "In progress",
        }
        for code, _, _ in PEOPLE
        for subject in TASKS
    ]


def _core() -> list[Row]:
    return [
        {"candidate": code, "component": "Extended essay", "session": "M27", "subject": "Biology", "title": "Light",
         "supervisor": "Ana Kamau", "due": date(2027, 1, 10), "first_meeting": date(2026, 3, 1)}
        for code, _, _ in PEOPLE
    ]  # fmt: skip


def _predicted() -> list[Row]:
    found = []
    for code, _, _ in PEOPLE:
        lines = [(subject, _level(subject), "5") for subject in SUBJECTS]
        lines += [("Biology", "EE", "B"), ("Theory of Knowledge", "TK", "B")]
        found += [
            {
                "candidate": code,
                "session": "M27",
                "subject": subject,
                "level": level,
                "teacher": TEACHERS[subject],
                "predicted": grade,
            }
            for subject, level, grade in lines
        ]
    return found


def _results() -> list[Row]:
    found = []
    for code, _, _ in GRADUATES:
        lines = [(subject, _level(subject), "5") for subject in SUBJECTS]
        lines += [("Biology", "EE", "B"), ("Theory of Knowledge", "TK", "B")]
        found += [
            {"candidate": code, "session": "M26", "subject": subject, "level": level, "grade": grade,
             "response_language": "Spanish" if subject == "Spanish B" else "English",
             "contributing": level in ("SL", "HL")} for subject, level, grade in lines
        ]  # fmt: skip
    return found


def _awards() -> list[Row]:
    return [
        {"candidate": code, "session": "M26", "points": 32, "core_points": 2, "result": "Diploma awarded",
         "told": date(2026, 7, 6), "arrived": date(2026, 9, 20), "collected": date(2026, 10, 1), "collected_by": "family"}
        for code, _, _ in GRADUATES
    ]  # fmt: skip


def _eur() -> list[Row]:
    return [{
        "request": "1", "candidate": "000091", "session": "M26", "subject": "Biology", "level": "HL", "type": "1 re-mark",
        "grade_before": "5", "grade_after": "5", "state": "Result in", "consent": date(2026, 7, 8), "fee": 110,
        "paid": True, "requested": date(2026, 7, 10), "result_on": date(2026, 7, 28),
    }]  # fmt: skip


def _transcripts() -> list[Row]:
    return [
        {"candidate": "000101", "session": "M27", "institution": "Leeds", "country": "UK", "free": True,
         "asked": date(2026, 10, 1), "consent": True, "entered": date(2026, 10, 5), "state": "Entered"},
        {"candidate": "000102", "session": "M27", "institution": "Oslo", "country": "Norway", "free": True,
         "asked": date(2026, 10, 1), "consent": True, "state": "Asked"},
    ]  # fmt: skip


def _destinations() -> list[Row]:
    return [{
        "candidate": "000101", "session": "M27", "institution": "Leeds", "country": "UK", "course": "Biology",
        "needs": "Biology HL; Chemistry", "decision": "Applied",
    }]  # fmt: skip


def _exams() -> list[Row]:
    return [
        {"session": "M27", "subject": subject, "level": _level(subject), "paper": "Paper 1", "room": "Hall",
         "date": date(2027, 4, 26 + number) if number < 4 else date(2027, 5, number), "start": time(9), "minutes": 120,
         "candidates": len(PEOPLE), "seats": 40, "invigilators": "Jonas Weber; " + ("Olu Ade" if subject == "Biology" else "Ana Kamau")}
        for number, subject in enumerate(SUBJECTS)
    ]  # fmt: skip


def _materials() -> list[Row]:
    return [{
        "item": "1", "session": "M27", "kind": "Stationery", "content": "Answer booklets", "expected": 200, "received": 200,
        "received_on": date(2026, 11, 10), "place": "Safe", "person": "Rosa Field", "second_person": "Olu Ade",
    }]  # fmt: skip


def _keylog() -> list[Row]:
    return [{
        "date": date(2026, 11, 10), "out_at": time(9, 5), "in_at": time(9, 20), "person": "Rosa Field",
        "second_person": "Olu Ade", "reason": "Delivery", "left_sealed": True,
    }]  # fmt: skip


def _policies() -> list[Row]:
    names = (
        "Access and admissions",
        "Inclusion",
        "Academic integrity",
        "Language",
        "Assessment",
        "Complaints procedure",
    )
    return [
        {"policy": name, "kind": "Policy", "programme": "DP", "owner": "Rosa Field", "version": "2026", "state": "In force",
         "reviewed": date(2026, 8, 25), "next_review": date(2027, 8, 25), "approved_by": "Board",
         "approved": date(2026, 9, 5), "link": "https://school.example/policy", "told_staff": date(2026, 9, 10),
         "told_families": date(2026, 9, 12), "told_students": date(2026, 9, 15)} for name in names
    ]  # fmt: skip


def _meetings() -> list[Row]:
    return [{
        "date": date(2026, 11, 5), "type": "Planning", "group": "Sciences", "chair": "Ana Kamau", "present": "Priya Menon",
        "agenda": "https://files.example/a", "minutes": "https://files.example/m", "item": "Command terms",
        "action": "Write the list", "owner": "Priya Menon", "due": date(2026, 12, 15),
    }]  # fmt: skip


def _calendar() -> list[Row]:
    return [
        {"event": "Open evening", "due": date(2027, 2, 10), "kind": "Event", "programme": "DP", "owner": "Rosa Field"}
    ]


def _inventory() -> list[Row]:
    return [{
        "asset": "B1", "item": "Biology book", "type": "Textbook", "subject": "Biology", "counted_by": "Copy",
        "copy_number": "1", "quantity": 1, "state": "In use", "location": "B12", "lent_to": "000101",
        "lent_on": date(2026, 9, 1), "due": date(2027, 5, 15),
    }]  # fmt: skip


def _arrangements() -> list[Row]:
    return [{
        "candidate": "000103", "need": "Dyslexia", "evidence": "Report", "evidence_date": date(2025, 5, 5),
        "arrangement": "Computer", "consent": True, "state": "Approved", "requested": date(2026, 9, 1),
        "approved": date(2026, 10, 1), "told": date(2026, 10, 5),
    }]  # fmt: skip


def _communications() -> list[Row]:
    return [{
        "date": date(2026, 9, 3), "kind": "IB notice", "audience": "Staff", "channel": "My IB", "topic": "Procedures",
        "owner": "Rosa Field", "done": date(2026, 9, 5),
    }]  # fmt: skip


def _observations() -> list[Row]:
    return [{
        "date": date(2026, 10, 5), "kind": "Observation", "observer": "Rosa Field", "teacher": "Olu Ade", "programme": "DP",
        "next_step": "exit cards", "feedback": date(2026, 10, 6), "follow_up": date(2027, 1, 10), "evaluative": False,
    }]  # fmt: skip


def _evaluation() -> list[Row]:
    return [{
        "code": "0201-02-0200", "programme": "DP", "evidence": "Job description", "type": "Job description",
        "link": "https://files.example/job.pdf", "owner": "Rosa Field", "due": date(2026, 9, 1),
        "submitted": date(2026, 9, 20), "state": "In place",
    }]  # fmt: skip
