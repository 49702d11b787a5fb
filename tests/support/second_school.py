"""Another made-up school, right in every tracker: two sessions, course, early, CP, MYP and PYP students, graduates.

It was written without looking at whole_school.py, as a coordinator fills in the year; nobody in it exists.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

Row = dict[str, Any]
School = dict[str, list[Row]]
TODAY = date(2027, 2, 8)
# code, last, first, session, category, response language of the humanities subject
M27 = [
    ("S2701", "Aalto", "Veera"),
    ("S2702", "Baptiste", "Noah"),
    ("S2703", "Castellanos", "Mariana"),
    ("S2704", "Dlamini", "Thabo"),
]
N27 = [("S2711", "Eriksen", "Solveig"), ("S2712", "Fontaine", "Hugo")]
COURSE, CAREER, EARLY = ("S2721", "Gupta", "Anaya"), ("S2731", "Hoffmann", "Lena"), ("S2801", "Ito", "Haruka")
OLD = [("S2601", "Jankowski", "Piotr"), ("S2602", "Keita", "Aminata")]
SUBJECTS = {  # subject -> level, teacher, response language
    "English A: Language and Literature": ("HL", "Margaret Whitfield", "English"),
    "French B": ("SL", "Etienne Rousseau", "French"),
    "History Europe": ("HL", "Dmitri Volkov", "English"),
    "Physics": ("HL", "Farida Hassan", "English"),
    "Mathematics: Applications and Interpretation": ("SL", "Goran Petrovic", "English"),
    "Visual Arts": ("SL", "Bianca Moretti", "English"),
}
TOK, CAS = "Samuel Osei", "Kirsten Vogel"
COORDINATOR, HEAD = "Ingrid Solheim", "Robert Ashworth"
TASKS = {"Physics": "Investigation", "History Europe": "Investigation", "French B": "Individual oral"}
DIPLOMA = [*M27, *N27]


def clean() -> School:
    """The school, fresh at each call."""
    return {
        "staff": staff(),
        "candidates": candidates(),
        "registrations": registrations(),
        "cas": cas(),
        "pd": pd(),
        "access": access(),
        "coursework": coursework(),
        "core": core(),
        "predicted": predicted(),
        "results": results(),
        "awards": awards(),
        "eur": eur(),
        "transcripts": transcripts(),
        "destinations": destinations(),
        "exams": exams(),
        "materials": materials(),
        "keylog": keylog(),
        "policies": policies(),
        "meetings": meetings(),
        "calendar": calendar(),
        "inventory": inventory(),
        "arrangements": arrangements(),
        "planners": planners(),
        "communications": communications(),
        "observations": observations(),
        "evaluation": evaluation(),
        "cp": cp(),
        "myp": myp(),
        "pyp": pyp(),
    }


def staff() -> list[Row]:
    roles = {name: "Subject teacher" for _, name, _ in SUBJECTS.values()}
    roles |= {TOK: "TOK teacher", CAS: "CAS coordinator", COORDINATOR: "DP coordinator", HEAD: "Head of school"}
    return [
        {"name": name, "email": f"{name.split()[1].lower()}@campus.example", "roles": role, "joined": date(2019, 8, 1)}
        for name, role in roles.items()
    ]


def session_of(code: str) -> str:
    return {"S26": "M26", "S271": "N27", "S28": "M28"}.get(code[:4], {"S26": "M26", "S28": "M28"}.get(code[:3], "M27"))


def candidates() -> list[Row]:
    found = []
    categories = {COURSE[0]: "C", CAREER[0]: "CP", EARLY[0]: "D"}
    for number, (code, last, first) in enumerate([*DIPLOMA, COURSE, CAREER, EARLY, *OLD]):
        old = session_of(code) == "M26"
        found.append(
            {
                "code": code,
                "last_name": last,
                "first_names": first,
                "session": session_of(code),
                "category": categories.get(code, "D"),
                "adviser": CAS if number % 2 else TOK,
                "birth_date": date(2008 + (not old), 1 + number, 11),
                "email": f"{first.lower()}@campus.example",
                "joined": date(2024 if old else 2026 if code == EARLY[0] else 2025, 8, 20),
                "release_consent": True,
                "integrity_signed": date(2025, 9, 5),
                "registered": code != EARLY[0] and session_of(code) != "N27",
                "left": date(2026, 6, 26) if old else None,
                "cas_complete": None,
            }
        )
    return found


def line(
    code: str,
    session: str,
    category: str,
    subject: str,
    level: str,
    language: str,
    counts: bool,
    teacher: str,
    status: str,
) -> Row:
    return {
        "candidate": code,
        "session": session,
        "category": category,
        "subject": subject,
        "level": level,
        "response_language": language,
        "contributing": counts,
        "teacher": teacher,
        "status": status,
    }


def registrations() -> list[Row]:
    found = []
    for code, _, _ in [*DIPLOMA, *OLD]:
        status = "Planned" if session_of(code) == "N27" else "Confirmed"
        for subject, (level, teacher, language) in SUBJECTS.items():
            found.append(line(code, session_of(code), "D", subject, level, language, True, teacher, status))
        found.append(line(code, session_of(code), "D", "Physics", "EE", "English", False, "Farida Hassan", status))
        found.append(line(code, session_of(code), "D", "Theory of Knowledge", "TK", "English", False, TOK, status))
    for code, category in ((COURSE[0], "C"), (CAREER[0], "CP")):
        for subject in ("English A: Language and Literature", "French B"):
            level, teacher, language = SUBJECTS[subject]
            found.append(line(code, "M27", category, subject, level, language, False, teacher, "Confirmed"))
    found.append(line(EARLY[0], "M27", "A", "French B", "SL", "French", True, "Etienne Rousseau", "Confirmed"))
    return found


def cas() -> list[Row]:
    found = []
    for number, (code, _, _) in enumerate(DIPLOMA):
        who = {"candidate": code, "supervisor": "M. Dupont"}
        found.append(
            who
            | {
                "entry": f"c{number}a",
                "kind": "Experience",
                "title": "Food bank",
                "strand": "Service",
                "outcomes": "LO1; LO4",
                "start": date(2025, 9, 15),
                "status": "Approved",
            }
        )
        for place, (which, on) in enumerate((("First", date(2025, 9, 30)), ("Second", date(2026, 5, 20)))):
            found.append(
                who
                | {
                    "entry": f"c{number}i{place}",
                    "kind": "Interview",
                    "title": f"{which} interview",
                    "interview": which,
                    "start": on,
                    "end": on,
                    "status": "Complete",
                }
            )
    return found


def pd() -> list[Row]:
    people = [(name, "Subject teacher", subject) for subject, (_, name, _) in SUBJECTS.items()]
    people += [
        (TOK, "TOK teacher", "Theory of Knowledge"),
        (CAS, "CAS coordinator", None),
        (COORDINATOR, "DP coordinator", None),
        (HEAD, "Head of school", None),
    ]
    return [
        {"staff": name, "role": role, "programme": "DP", "subject": subject,
         "workshop": f"{subject or role}: category 1",
         "category": 1, "start": date(2025, 10, 3), "end": date(2025, 10, 5), "status": "Attended",
          "ib_recognised": True,
         "workshop_programme": "DP", "certificate": f"https://files.example/pd/{number}.pdf",
         "in_role_since": date(2020, 8, 1)} for number, (name, role, subject) in enumerate(people)
    ]  # fmt: skip


def access() -> list[Row]:
    return [
        {"person": one["name"], "system": "My IB", "role": one["roles"], "programme": "DP", "granted": date(2020, 9, 1),
         "granted_by": COORDINATOR, "checked": date(2026, 9, 10)} for one in staff()
    ]  # fmt: skip


def coursework() -> list[Row]:
    return [
        {"candidate": code, "session": session_of(code), "subject": subject, "level": SUBJECTS[subject][0],
         "task": task,
         "teacher": SUBJECTS[subject][1], "due": date(2027, 3, 1), "state": "In progress"}
        for code, _, _ in DIPLOMA for subject, task in TASKS.items()
    ] + [
        {"candidate": code, "session": "M27", "subject": "French B", "level": "SL", "task": "Individual oral",
         "teacher": "Etienne Rousseau", "due": date(2027, 3, 1), "state": "In progress"} for code in (COURSE[0],
          CAREER[0], EARLY[0])
    ]  # fmt: skip


def core() -> list[Row]:
    found = []
    for code, _, _ in DIPLOMA:
        found.append({"candidate": code, "component": "Extended essay", "session": session_of(code),
         "subject": "Physics",
                      "title": "Sails", "supervisor": "Farida Hassan", "due": date(2027, 2, 20),
                      "first_meeting": date(2026, 4, 10), "second_meeting": date(2026, 10, 12)})  # fmt: skip
        found.append(
            {
                "candidate": code,
                "component": "TOK essay",
                "session": session_of(code),
                "supervisor": TOK,
                "title": "Prescribed title 3",
                "due": date(2027, 2, 25),
            }
        )
    return found


def grades(codes: list[tuple[str, str, str]], column: str) -> list[Row]:
    found = []
    for code, _, _ in codes:
        lines = [(subject, level, teacher, "5") for subject, (level, teacher, _) in SUBJECTS.items()]
        lines += [("Physics", "EE", "Farida Hassan", "B"), ("Theory of Knowledge", "TK", TOK, "C")]
        found += [
            {
                "candidate": code,
                "session": session_of(code),
                "subject": subject,
                "level": level,
                "teacher": teacher,
                column: grade,
            }
            for subject, level, teacher, grade in lines
        ]
    return found


def predicted() -> list[Row]:
    course = [
        {"candidate": code, "session": "M27", "subject": subject, "level": SUBJECTS[subject][0],
         "teacher": SUBJECTS[subject][1], "predicted": "4"}
        for code, subject in ((COURSE[0], "English A: Language and Literature"), (COURSE[0], "French B"),
                              (CAREER[0], "English A: Language and Literature"), (CAREER[0], "French B"), (EARLY[0],
                               "French B"))
    ]  # fmt: skip
    return grades(M27, "predicted") + course


def results() -> list[Row]:
    languages = {subject: language for subject, (_, _, language) in SUBJECTS.items()}
    return [
        row
        | {"response_language": languages.get(row["subject"], "English"), "contributing": row["level"] in ("SL", "HL")}
        for row in grades(OLD, "grade")
    ]


def awards() -> list[Row]:
    return [
        {"candidate": code, "session": "M26", "points": 32, "core_points": 2, "result": "Diploma awarded",
         "told": date(2026, 7, 6),
         "arrived": date(2026, 9, 18), "collected": date(2026, 10, 9), "collected_by": "graduate"} for code, _, _ in OLD
    ]  # fmt: skip


def eur() -> list[Row]:
    return [{
        "request": "E1", "candidate": "S2601", "session": "M26", "subject": "Physics", "level": "HL",
         "type": "1 re-mark",
        "grade_before": "5", "grade_after": "5", "state": "Result in", "consent": date(2026, 7, 20), "fee": 120,
         "paid": True,
        "requested": date(2026, 7, 24), "result_on": date(2026, 8, 11),
    }]  # fmt: skip


def transcripts() -> list[Row]:
    return [
        {"candidate": "S2701", "session": "M27", "institution": "Aalto University", "country": "Finland", "free": True,
         "asked": date(2026, 11, 2), "consent": True, "entered": date(2026, 11, 9), "state": "Entered"},
        {"candidate": "S2702", "session": "M27", "institution": "McGill University", "country": "Canada", "free": True,
         "asked": date(2026, 11, 3), "consent": True, "state": "Asked"},
    ]  # fmt: skip


def destinations() -> list[Row]:
    return [
        {"candidate": "S2701", "session": "M27", "institution": "Aalto University", "country": "Finland",
         "course": "Design",
         "needs": "Visual Arts; Physics HL", "decision": "Conditional", "offer_points": 30, "reply": "Firm"},
        {"candidate": "S2702", "session": "M27", "institution": "McGill University", "country": "Canada",
         "course": "Physics",
         "needs": "Physics HL", "decision": "Applied"},
        {"candidate": "S2601", "session": "M26", "institution": "Utrecht", "country": "Netherlands",
         "course": "History",
         "decision": "Unconditional", "reply": "Firm", "going": True, "offer_points": 30, "met": True},
    ]  # fmt: skip


WRITTEN = [subject for subject in SUBJECTS if subject != "Visual Arts"]


def exams() -> list[Row]:
    seats = {"English A: Language and Literature": 6, "French B": 7}
    found = []
    for number, subject in enumerate(WRITTEN):
        for paper in (1, 2):
            on = date(2027, 4, 28) + timedelta(days=2 * number + paper - 1)
            found.append({
                "session": "M27", "subject": subject, "level": SUBJECTS[subject][0], "paper": f"Paper {paper}",
                 "room": "Gym",
                "date": on, "start": time(13), "minutes": 90, "candidates": seats.get(subject, len(M27)), "seats": 30,
                "invigilators": f"{CAS}; {COORDINATOR}", "extra_time": "S2703",
            })  # fmt: skip
    return found


def materials() -> list[Row]:
    return [
        {"item": "1", "session": "M27", "kind": "Stationery", "content": "Booklets and cover sheets", "expected": 80,
         "received": 80,
         "received_on": date(2027, 1, 28), "opened": date(2027, 1, 29), "place": "Safe", "person": COORDINATOR,
          "second_person": HEAD},
    ]  # fmt: skip


def keylog() -> list[Row]:
    return [
        {"date": date(2027, 1, 28), "out_at": time(10), "in_at": time(10, 20), "person": COORDINATOR,
         "second_person": HEAD,
         "reason": "Delivery", "left_sealed": True},
        {"date": date(2027, 1, 29), "out_at": time(14), "in_at": time(14, 45), "person": COORDINATOR,
         "second_person": CAS,
         "reason": "Count", "left_sealed": True},
    ]  # fmt: skip


def policies() -> list[Row]:
    names = (
        "Access and admissions",
        "Inclusion",
        "Academic integrity",
        "Language",
        "Assessment",
        "Complaints procedure",
    )
    return [
        {"policy": name, "kind": "Policy", "programme": "DP", "owner": HEAD, "version": "4", "state": "In force",
         "reviewed": date(2026, 9, 1), "next_review": date(2027, 9, 1), "approved_by": "Governors",
          "approved": date(2026, 9, 20),
         "link": "https://campus.example/policies", "codes": "0301-01-0100", "told_staff": date(2026, 9, 25),
         "told_families": date(2026, 9, 28), "told_students": date(2026, 9, 28)} for name in names
    ]  # fmt: skip


def meetings() -> list[Row]:
    return [
        {"date": date(2027, 1, 20), "type": "Planning", "group": "DP team", "chair": COORDINATOR,
         "present": f"{TOK}; {CAS}",
         "agenda": "https://files.example/m/1", "minutes": "https://files.example/m/2", "item": "Mock exams",
         "action": "Publish the plan", "owner": TOK, "due": date(2027, 2, 20)},
    ]  # fmt: skip


def calendar() -> list[Row]:
    return [
        {"event": "Predicted grades and IA marks", "due": date(2027, 4, 20), "kind": "IB deadline", "programme": "DP",
         "session": "M27",
         "owner": COORDINATOR, "source": "IB notice of September", "checked": date(2026, 9, 15)},
        {"event": "Upload of EE and TOK essays", "due": date(2027, 3, 15), "kind": "IB deadline", "programme": "DP",
         "session": "M27",
         "owner": COORDINATOR, "source": "IB notice of September", "checked": date(2026, 9, 15)},
        {"event": "University fair", "due": date(2027, 3, 3), "kind": "Event", "owner": CAS},
    ]  # fmt: skip


def inventory() -> list[Row]:
    return [
        {"asset": "PH-01", "item": "Physics coursebook", "type": "Textbook", "subject": "Physics",
         "counted_by": "Copy", "copy_number": "1",
         "quantity": 1, "state": "In use", "location": "Lab 2", "lent_to": "S2701", "lent_on": date(2026, 9, 3),
          "due": date(2027, 5, 28)},
        {"asset": "GDC-01", "item": "Graphic calculator", "counted_by": "Copy", "copy_number": "1", "quantity": 1,
         "state": "In use",
         "location": "Maths office", "lent_to": "Goran Petrovic", "lent_on": date(2026, 9, 3), "due": date(2027, 6,
          15)},
    ]  # fmt: skip


def arrangements() -> list[Row]:
    return [{
        "candidate": "S2703", "need": "Dyslexia", "evidence": "Psychologist's report", "evidence_date": date(2025, 3,
         3), "extra_time": 25,
        "consent": True, "state": "Approved", "requested": date(2026, 9, 14), "approved": date(2026, 11, 2),
         "told": date(2026, 11, 4),
    }]  # fmt: skip


def planners() -> list[Row]:
    return [
        {"programme": "DP", "course": subject, "level": level, "year": 1, "order": 1, "unit": f"{subject}: first unit",
         "owner": teacher,
         "hours": 30, "concepts": "Change", "statement": "…", "assessment": "Test", "state": "Draft", "version": "2",
         "next_review": date(2027, 8, 20), "link": "https://files.example/units"} for subject, (level, teacher,
          _) in SUBJECTS.items()
    ]  # fmt: skip


def communications() -> list[Row]:
    return [
        {"date": date(2027, 1, 12), "kind": "IB notice", "audience": "Staff", "channel": "My IB",
         "topic": "Exam procedures",
         "owner": COORDINATOR, "done": date(2027, 1, 13)},
        {"date": date(2027, 1, 25), "kind": "Letter", "audience": "Families", "channel": "Email", "topic": "Mock exams",
         "owner": COORDINATOR, "due": date(2027, 1, 25), "done": date(2027, 1, 25)},
    ]  # fmt: skip


def observations() -> list[Row]:
    return [{
        "date": date(2027, 1, 14), "kind": "Observation", "observer": COORDINATOR, "teacher": "Dmitri Volkov",
         "programme": "DP",
        "codes": "0403-01", "next_step": "Sources earlier", "feedback": date(2027, 1, 16), "follow_up": date(2027, 3,
         10), "evaluative": False,
    }]  # fmt: skip


def evaluation() -> list[Row]:
    return [{
        "code": "0201-02-0200", "programme": "DP", "evidence": "Certificates of the coordinator",
         "type": "Certificate", "state": "In place",
        "link": "https://files.example/e/1", "owner": COORDINATOR, "due": date(2026, 12, 1), "submitted": date(2026,
         12, 3),
    }]  # fmt: skip


def cp() -> list[Row]:
    return [{
        "candidate": CAREER[0], "session": "M27", "career_study": "Hospitality", "career_state": "Under way",
         "question": "Who serves whom?",
        "supervisor": CAS, "service_state": "Under way", "language": "Spanish", "language_state": "Under way",
         "skills_state": "Under way",
    }]  # fmt: skip


def myp() -> list[Row]:
    return [
        {"student": "Y501", "last_name": "Lund", "first_names": "Emil", "year": 5, "project": "Personal",
         "goal": "A canoe",
         "supervisor": "Goran Petrovic", "due": date(2027, 3, 20), "registered": True},
        {"student": "Y301", "last_name": "Mbeki", "first_names": "Zola", "year": 3, "project": "Community",
         "group": "G1",
         "goal": "A garden", "supervisor": "Bianca Moretti", "due": date(2027, 4, 20)},
    ]  # fmt: skip


def pyp() -> list[Row]:
    return [
        {"student": f"P{number}", "last_name": last, "first_names": first, "class": "5A", "group": "Water",
         "theme": "Sharing the planet",
         "central_idea": "Water is shared.", "line_1": "a", "line_2": "b", "line_3": "c", "mentor": "Bianca Moretti",
         "presented": date(2027, 5, 20)} for number, (last, first) in enumerate((("Nowak", "Ola"), ("Oduya", "Tobi")))
    ]  # fmt: skip
