"""Another planted school: what a coordinator would have missed, found with who, where and what to do."""

from __future__ import annotations

from datetime import date, time

import pytest
from planting import Checked, Mistake, add, drop, every, put
from second_school import TODAY, clean

CHECKED = Checked(clean(), TODAY)
findings = CHECKED.findings

NOAH, MARI, THABO, VEERA = "S2702", "S2703", "S2704", "S2701"
PHYSICS = {"candidate": NOAH, "subject": "Physics", "level": "HL"}
GONE = date(2026, 12, 18)


def left(name: str) -> Mistake:
    return put("staff", {"name": name}, left=GONE)


PLANTED: list[tuple[str, Mistake, str, str]] = [
    # tracker that says it, the mistake, words of the sentence, words of the remedy
    ("candidates", drop("registrations", candidate=THABO), "Thabo Dlamini (S2704) has no registration lines",
     "Registrations"),
    ("candidates", drop("cas", candidate=THABO), "Thabo Dlamini (S2704) has no CAS entry", "interview"),
    ("candidates", drop("cas", candidate=NOAH, interview="Second"), "Noah Baptiste (S2702): the second CAS interview",
     "Hold"),
    ("candidates", put("registrations", PHYSICS, status="Planned"), "Noah Baptiste (S2702): In IBIS is Yes", "IBIS"),
    ("candidates", put("candidates", {"code": NOAH}, release_consent=False), "McGill University", "cancel"),
    ("candidates", put("candidates", {"code": VEERA}, left=date(2027, 1, 10)), "Physics coursebook", "Inventory"),
    ("candidates", put("candidates", {"code": NOAH}, left=date(2027, 1, 10)), "transcript request", "Transcripts"),
    ("candidates", put("candidates", {"code": MARI}, left=date(2027, 1, 10)), "extra time in 10 papers", "Exams"),
    ("candidates", put("candidates", {"code": THABO}, left=date(2027, 1, 10)), "8 registration lines", "Withdraw"),
    ("arrangements", put("candidates", {"code": MARI}, left=date(2027, 1, 10)), "Mariana Castellanos", "Withdrawn"),
    ("candidates", add("candidates", code="S2799", last_name="Baptist", first_names="Noah", session="M27",
     category="D", registered=False),
     "Noah Baptist (S2799) may be Noah Baptiste (S2702)", "passport"),
    ("candidates", every("candidates", {"adviser": "Samuel Osei"}, adviser="Samuel Ossei"), "Samuel Osei", "Write"),
    ("candidates", put("candidates", {"code": NOAH}, adviser="Nobody Known"), "Nobody Known", "Staff"),
    ("candidates", drop("registrations", candidate=NOAH, level="EE"), "no extended essay line", "EE"),
    ("candidates", drop("awards", candidate="S2602"), "Aminata Keita", "points"),
    ("candidates", add("candidates", code="S2732", last_name="Klein", first_names="Jo", session="M27", category="CP",
                       birth_date=date(2009, 3, 3)), "Jo Klein (S2732) has no row in CP core", "Add"),
    ("registrations", put("registrations", PHYSICS, teacher="Farida Hasan"), "Farida Hassan", "Write"),
    ("registrations", put("registrations", PHYSICS, level="SL"), "3 or 4 HL", "level"),
    ("registrations", put("registrations", PHYSICS, subject="History Americas"), "History", "Change"),
    ("registrations", put("registrations", {"candidate": NOAH, "subject": "History Europe"}, subject="History"),
     "by region", "Europe"),
    ("registrations", put("registrations", {"candidate": NOAH, "level": "HL"}, response_language="Spanish"),
     "answered in English", "English"),
    ("registrations", drop("coursework", candidate=NOAH, subject="Physics"),
     "Noah Baptiste (S2702) has no coursework line for Physics", "Add"),
    ("registrations", drop("predicted", candidate=NOAH), "Noah Baptiste (S2702) has no predicted grades", "Add"),
    ("registrations", drop("results", candidate="S2601", subject="Physics", level="HL"), "Physics HL", "N where"),
    ("registrations", drop("pd", staff="Farida Hassan"), "Farida Hassan teaches Physics", "Plan"),
    ("registrations", put("pd", {"staff": "Farida Hassan"}, subject="Chemistry"), "Farida Hassan teaches Physics",
     "Plan"),
    ("registrations", drop("access", person="Dmitri Volkov"), "Dmitri Volkov teaches registered candidates", "Grant"),
    ("registrations", put("staff", {"name": "Farida Hassan"}, subjects="Chemistry"), "Staff names Chemistry",
     "subjects on Staff"),
    ("registrations", add("registrations", candidate="S2801", session="M27", category="A", subject="Physics",
     level="EE",
                          response_language="English", contributing=False, status="Confirmed"),
                           "cannot take an extended essay", "diploma session"),
    ("registrations", put("candidates", {"code": NOAH}, session="N27"), "the candidate's session is N27", "session"),
    ("predicted", put("predicted", PHYSICS, level="SL"), "Noah Baptiste (S2702) is registered for Physics HL, not SL",
     "level"),
    ("predicted", put("predicted", PHYSICS, subject="Chemistry"), "not registered for Chemistry", "Registered"),
    ("predicted", put("predicted", PHYSICS, teacher="Goran Petrovic"), "Goran Petrovic here, Farida Hassan", "name"),
    ("predicted", drop("predicted", **PHYSICS), "S2702 has no line for Physics HL", "Add"),
    ("predicted", put("predicted", {"candidate": THABO, "level": "TK"}, predicted="E"), "Thabo Dlamini (S2704)", "TOK"),
    ("coursework", put("coursework", {"candidate": NOAH, "subject": "Physics"}, level="SL"), "Physics HL, not SL",
     "level"),
    ("coursework", put("coursework", {"candidate": NOAH, "subject": "Physics"}, session="N27"), "in M27, not in N27",
     "session"),
    ("coursework", put("coursework", {"candidate": NOAH, "subject": "Physics"}, teacher="Dmitri Volkov"),
     "Dmitri Volkov here", "name"),
    ("core", put("core", {"candidate": NOAH}, subject="Visual Arts"), "registered in Physics", "subject"),
    ("core", put("core", {"candidate": NOAH}, supervisor="Bianca Moretti"), "Bianca Moretti here, Farida Hassan",
     "name"),
    ("core", drop("core", candidate=NOAH, component="TOK essay"), "S2702", "line"),
    ("results", put("results", {"candidate": "S2601", "subject": "French B"}, level="HL"), "French B SL, not HL",
     "level"),
    ("awards", put("awards", {"candidate": "S2601"}, points=33), "32 points", "report"),
    ("awards", put("awards", {"candidate": "S2601"}, result="Bilingual Diploma awarded"), "Diploma awarded", "report"),
    ("awards", drop("results", candidate="S2602"), "Aminata Keita (S2602) has an award for M26, but no results",
     "Results"),
    ("awards", put("candidates", {"code": "S2601"}, category="C"), "is in category C", "category"),
    ("awards", put("candidates", {"code": "S2601"}, cas_complete=False), "CAS complete is No", "CAS"),
    ("eur", put("eur", {}, grade_before="4", grade_after=None), "the result 5", "grade"),
    ("eur", put("eur", {}, grade_after="6"), "Results has 5", "Results"),
    ("eur", put("eur", {}, consent=None), "consent", "consent"),
    ("eur", put("eur", {}, subject="Chemistry"), "Chemistry", "subject"),
    ("eur", put("eur", {}, requested=date(2026, 9, 20), result_on=None), "last day", "day"),
    ("transcripts", put("transcripts", {"candidate": NOAH}, session="N27"), "N27", "session"),
    ("transcripts", put("transcripts", {"candidate": NOAH}, institution="Oslo"), "Oslo is not among the destinations",
     "Destinations"),
    ("transcripts", put("transcripts", {"candidate": NOAH}, country="USA"), "in USA here and in Canada", "country"),
    ("transcripts", put("transcripts", {"candidate": VEERA}, consent=False), "Aalto University", "consent"),
    ("destinations", put("destinations", {"candidate": VEERA}, needs="Chemistry HL"), "Chemistry HL", "wish"),
    ("destinations", put("destinations", {"candidate": "S2601"}, offer_points=35), "35 points", "Met"),
    ("destinations", put("destinations", {"candidate": VEERA}, session="M28"), "is in M27; this row says M28",
     "session"),
    ("exams", drop("exams", subject="Physics"), "Physics HL", "papers"),
    ("exams", put("exams", {"subject": "Physics"}, invigilators="Farida Hassan; Kirsten Vogel"),
     "Farida Hassan teaches Physics", "another subject"),
    ("exams", put("exams", {"subject": "Physics"}, invigilators="Kirsten Vogl; Ingrid Solheim"),
     "Kirsten Vogl is nearly Kirsten Vogel", "Write"),
    ("exams", put("exams", {"subject": "Physics"}, extra_time="S2703; S2704"), "Thabo Dlamini (S2704) has extra time",
     "approval"),
    ("exams", put("exams", {"subject": "Physics"}, extra_time=None),
     "Mariana Castellanos (S2703) has approved extra time", "Physics"),
    ("exams", drop("arrangements"), "no access arrangement is entered: Mariana Castellanos (S2703)", "approval"),
    ("exams", put("arrangements", {}, state="Requested"), "is not approved", "approval"),
    ("exams", put("exams", {"subject": "Physics"}, candidates=3),
     "3 candidates are planned; 4 are registered", "Compare"),
    ("exams", put("exams", {"subject": "Physics"}, date=date(2026, 5, 4)),
     "the exams of M27 are in April and May 2027", "day"),
    ("exams", put("exams", {"subject": "Physics", "paper": "Paper 1"}, date=date(2027, 4, 28)), "same time",
     "supervision"),
    ("materials", put("materials", {}, opened=date(2027, 1, 30)), "the key log has no line", "Key log"),
    ("materials", put("materials", {}, received=79), "79", "Report"),
    ("materials", put("materials", {}, person="Ingrid Solhiem"), "Ingrid Solheim", "Write"),
    ("keylog", put("keylog", {}, second_person="Ingrid Solheim"), "Ingrid Solheim is named twice", "second"),
    ("keylog", left("Kirsten Vogel"), "Kirsten Vogel is named for", "leaving date"),
    ("staff", left("Kirsten Vogel"), "still adviser of", "somebody else"),
    ("staff", left("Kirsten Vogel"), "still invigilator of 10 papers", "somebody else"),
    ("staff", left("Farida Hassan"), "still teacher on", "somebody else"),
    ("staff", left("Farida Hassan"), "still supervisor of", "somebody else"),
    ("staff", left("Goran Petrovic"), "still holder of 1 loan", "somebody else"),
    ("staff", left("Goran Petrovic"), "supervisor of 1 MYP project", "somebody else"),
    ("staff", left("Bianca Moretti"), "mentor of 2 exhibition pupils", "somebody else"),
    ("staff", left("Bianca Moretti"), "owner of 1 unit plan", "somebody else"),
    ("staff", left("Robert Ashworth"), "owner of 6 policies", "somebody else"),
    ("staff", left("Ingrid Solheim"), "owner of 2 open dates", "somebody else"),
    ("staff", drop("pd", staff="Ingrid Solheim"), "Ingrid Solheim (DP coordinator) has no workshop", "Plan"),
    ("access", left("Dmitri Volkov"), "Dmitri Volkov left on 18 December 2026 (Staff), but still has access", "Remove"),
    ("access", put("access", {"person": "Samuel Osei"}, left_school=GONE), "Samuel Osei left", "Remove"),
    ("access", put("access", {"person": "Samuel Osei"}, person="Samuel Osai"), "nearly Samuel Osei", "Write"),
    ("pd", put("pd", {"staff": "Etienne Rousseau"}, certificate=None), "Etienne Rousseau", "certificate"),
    ("pd", add("pd", staff="Kirsten Vogel", role="CAS coordinator", programme="DP", workshop="CAS", category=2,
     status="Booked",
               start=date(2027, 5, 3), end=date(2027, 5, 5)), "Kirsten Vogel is at CAS, but invigilates", "another"),
    ("cp", put("candidates", {"code": "S2731"}, category="D"), "Lena Hoffmann (S2731) is in category D", "category"),
    ("cp", put("cp", {}, session="N27"), "Lena Hoffmann (S2731)", "session"),
    ("cas", put("cas", {"candidate": NOAH, "interview": "Second"}, start=date(2025, 9, 1), end=date(2025, 9, 1)),
     "before the first", "dates"),
    ("cas", put("candidates", {"code": NOAH}, joined=date(2025, 9, 20)), "before the candidate joined", "dates"),
    ("observations", put("observations", {}, observer="Dmitri Volkov"),
     "Dmitri Volkov is the observer and the teacher", "names"),
    ("observations", put("observations", {}, codes="0503-01"), "no standard 0503", "0403"),
    ("planners", drop("planners", course="Physics"), "Physics", "Add"),
    ("planners", put("planners", {"course": "Physics"}, owner="Farida Hasan"), "Farida Hassan", "Write"),
    ("evaluation", put("evaluation", {}, code="0201-02-0210", programme="DP"), "line of the PYP", "programme"),
    ("policies", drop("policies", policy="Assessment"), "Assessment", "Add"),
    ("meetings", left("Ingrid Solheim"), "Ingrid Solheim is named for", "leaving date"),
    ("meetings", put("meetings", {}, due=date(2027, 2, 1)), "Samuel Osei was to do this", "Done on"),
    ("myp", put("myp", {"year": 5}, registered=False), "Emil Lund is in year 5", "Register"),
    ("myp", put("myp", {"year": 5}, supervisor="Goran Petrovitch"), "Goran Petrovic", "Write"),
    ("pyp", put("pyp", {"student": "P0"}, mentor="Bianca Moreti"), "Bianca Moretti", "Write"),
    ("inventory", put("inventory", {}, lent_to="S2799"), "S2799", "code"),
    ("communications", put("communications", {"kind": "IB notice"}, done=None), "Exam procedures", "Pass"),
    ("calendar", put("calendar", {"event": "University fair"}, owner="Kirsten Vogl"), "Kirsten Vogel", "Write"),
]  # fmt: skip
LATER: list[tuple[date, str, Mistake, str]] = [
    # seen from the calendar on a later day
    (date(2027, 3, 16), "core", lambda school: None, "none of 8 rows has the upload, which was due by 15 March 2027"),
    (date(2027, 4, 21), "coursework", put("coursework", {"candidate": NOAH}, mark=None), "the mark"),
    (date(2027, 4, 21), "predicted", put("predicted", PHYSICS, predicted=None),
     "was due by 20 April 2027: Physics, Farida Hassan"),
    (date(2027, 7, 1), "candidates", put("candidates", {"code": VEERA}, cas_complete=True),
     "CAS was to be complete by"),
    (date(2027, 7, 20), "registrations", lambda school: None, "Solveig Eriksen (S2711): 8 lines are not in IBIS"),
    (date(2027, 5, 6), "exams", add("materials", item="9", session="M27", kind="Scripts", content="Physics HL Paper 1",
                                     exam_date=date(2027, 5, 4), sent=date(2027, 5, 4), courier="1"),
                                      "its scripts have no line"),
    (date(2027, 4, 27), "exams", add("materials", item="9", session="M27", kind="Question papers",
     content="Physics HL Paper 1",
                                      exam_date=date(2027, 5, 4)), "has no bag in Exam materials"),
]  # fmt: skip


def test_the_clean_school_has_no_finding() -> None:
    assert [(f.tracker, f.rule, f.message) for f in findings(clean())] == []


@pytest.mark.parametrize(
    ("tracker", "mistake", "words", "remedy"), PLANTED, ids=[f"{i}-{p[0]}" for i, p in enumerate(PLANTED)]
)
def test_a_mistake_is_found_with_who_and_what_to_do(tracker: str, mistake: Mistake, words: str, remedy: str) -> None:
    school = clean()
    mistake(school)
    found = findings(school)
    mine = [f for f in found if f.tracker == tracker and words in f.message]
    assert mine, [f"{f.tracker} {f.rule}: {f.message}" for f in found]
    assert any(remedy.casefold() in f.suggestion.casefold() for f in mine), [f.suggestion for f in mine]


@pytest.mark.parametrize(("today", "tracker", "mistake", "words"), LATER, ids=[f"{p[1]}-{p[0]}" for p in LATER])
def test_the_calendar_finds_what_is_late(today: date, tracker: str, mistake: Mistake, words: str) -> None:
    school = clean()
    mistake(school)
    said = [f.message for f in findings(school, today) if f.tracker == tracker]
    assert any(words in message for message in said), said


def test_a_candidates_extra_room_at_another_time_is_no_clash() -> None:
    school = clean()
    put("exams", {"subject": "Physics", "paper": "Paper 1"}, date=date(2027, 4, 28), start=time(8))(school)
    assert [f.message for f in findings(school)] == []
