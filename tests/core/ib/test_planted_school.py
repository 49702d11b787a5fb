"""A school over all trackers: the clean one has no finding; each planted mistake is found, with who and where."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, time

import pytest
from planting import Checked, Mistake, add, drop, put
from whole_school import TODAY, clean

CHECKED = Checked(clean(), TODAY)
findings = CHECKED.findings

LIV, IDA = "000102", "000101"
BIO = {"candidate": LIV, "subject": "Biology", "level": "HL"}
PLANTED: list[tuple[str, str, Mistake, str]] = [
    # tracker that tells, rule, the mistake, words of the sentence
    ("candidates", "without-registration", drop("registrations", candidate=LIV), "Liv Holm (000102)"),
    ("candidates", "without-cas", drop("cas", candidate=LIV), "Liv Holm (000102)"),
    ("candidates", "interview-overdue", drop("cas", candidate=LIV, interview="Second"), "second CAS interview"),
    ("candidates", "interview-overdue", drop("cas", candidate=LIV, kind="Interview"), "first CAS interview"),
    ("candidates", "left-but-active", put("candidates", {"code": LIV}, left=date(2026, 10, 1)), "registration lines"),
    ("candidates", "left-but-active", put("candidates", {"code": IDA}, left=date(2026, 10, 1)), "Biology book"),
    ("candidates", "left-but-active", put("candidates", {"code": LIV}, left=date(2026, 10, 1)), "transcript request"),
    ("candidates", "in-ibis-agrees", put("registrations", BIO, status="Planned"), "Biology HL"),
    ("candidates", "in-ibis-agrees", drop("registrations", candidate=LIV), "no registration lines"),
    ("candidates", "in-ibis-agrees", put("candidates", {"code": LIV}, registered=False), "every line is in IBIS"),
    ("candidates", "core-registered", drop("registrations", candidate=LIV, level="EE"), "extended essay"),
    ("candidates", "core-registered", drop("registrations", candidate=LIV, level="TK"), "TOK"),
    ("candidates", "release-refused", put("candidates", {"code": LIV}, release_consent=False), "Oslo"),
    ("candidates", "without-award", drop("awards", candidate="000091"), "Nora Keller"),
    ("candidates", "nearly-same-person",
     add("candidates", code="000199", last_name="Hollm", first_names="Liv", session="M28", category="D",
         birth_date=date(2009, 2, 7)), "Liv Holm (000102)"),
    ("candidates", "adviser-name", put("candidates", {"code": LIV}, adviser="Jonas Webber"), "Jonas Weber"),
    ("candidates", "on-the-staff-sheet", put("candidates", {"code": LIV}, adviser="Max Fremd"), "Max Fremd"),
    ("registrations", "combination", put("registrations", BIO, level="SL"), "3 or 4 HL"),
    ("registrations", "combination", drop("registrations", candidate=LIV, subject="Economics"), "Missing groups: 3"),
    ("registrations", "combination", put("registrations", {"candidate": LIV, "subject": "Chemistry"}, contributing=False),
     "6 subjects needed"),
    ("registrations", "offered", put("registrations", BIO, subject="History"), "History"),
    ("registrations", "subject-twice",
     add("registrations", candidate=LIV, session="M27", category="D", subject="Biology", level="SL", contributing=False,
         response_language="English", teacher="Ana Kamau", status="Confirmed"), "SL and at HL"),
    ("registrations", "self-taught", put("registrations", BIO, self_taught=True), "self-taught"),
    ("registrations", "planned-after-deadline", put("registrations", BIO, status="Planned"), "deadline was 15 January"),
    ("registrations", "agrees-with-candidates", put("registrations", BIO, session="N27"), "N27"),
    ("registrations", "without-coursework", drop("coursework", candidate=LIV, subject="Biology"), "Biology"),
    ("registrations", "without-predicted", drop("predicted", candidate=LIV), "Liv Holm"),
    ("registrations", "without-result", drop("results", candidate="000092", subject="Economics"), "Economics HL"),
    ("registrations", "teacher-trained", drop("pd", staff="Ana Kamau"), "Ana Kamau teaches Biology"),
    ("registrations", "teacher-account", drop("access", person="Ana Kamau"), "Ana Kamau"),
    ("registrations", "teacher-name", put("registrations", BIO, teacher="Ana Kamua"), "Ana Kamau"),
    ("registrations", "withdrawn-not-contributing", put("registrations", BIO, status="Withdrawn"), "Biology"),
    ("predicted", "registered", put("predicted", BIO, level="SL"), "Biology HL, not SL"),
    ("predicted", "registered", put("predicted", BIO, subject="Physics"), "not registered for Physics"),
    ("predicted", "registered", put("predicted", BIO, session="M28"), "Biology"),
    ("predicted", "incomplete", drop("predicted", candidate=LIV, subject="Economics"), "Economics HL"),
    ("predicted", "at-risk", put("predicted", {"candidate": LIV, "level": "EE"}, predicted="E"), "Liv Holm"),
    ("predicted", "subjects-have-numbers", put("predicted", BIO, predicted="A"), "Biology"),
    ("results", "registered", put("results", {"candidate": "000091", "subject": "Economics"}, level="SL"), "not SL"),
    ("results", "far-from-predicted",
     add("predicted", candidate="000091", session="M26", subject="Economics", level="HL", predicted="7"), "Economics"),
    ("awards", "agrees", put("awards", {"candidate": "000091"}, points=33), "32 points"),
    ("awards", "agrees", put("results", {"candidate": "000091", "level": "TK"}, grade="E"), "Diploma"),
    ("eur", "grade-before", put("eur", {}, grade_before="6", grade_after=None), "the result 5"),
    ("eur", "consent-first", put("eur", {}, consent=None), "consent"),
    ("eur", "registered", put("eur", {}, subject="Physics"), "Physics"),
    ("transcripts", "registered", put("transcripts", {"candidate": LIV}, candidate="000999"), "000999"),
    ("transcripts", "entered-has-consent", put("transcripts", {"candidate": IDA}, consent=False), "Leeds"),
    ("destinations", "subjects-taken", put("destinations", {}, needs="Physics HL"), "Physics HL"),
    ("coursework", "level-and-session", put("coursework", {"candidate": LIV, "subject": "Biology"}, level="SL"), "not SL"),
    ("coursework", "level-and-session", put("coursework", {"candidate": LIV}, candidate="000091"), "M26"),
    ("coursework", "marks", put("coursework", {"candidate": LIV, "subject": "Biology"}, mark=30), "30 of 24"),
    ("core", "essay-subject", put("core", {"candidate": LIV}, subject="Economics"), "registered in Biology"),
    ("core", "nobody-left-out", drop("core", candidate=LIV), LIV),
    ("access", "left-with-duties", put("access", {"person": "Jonas Weber"}, left_school=date(2026, 8, 1)), "adviser of 6"),
    ("access", "left-with-duties", put("access", {"person": "Ana Kamau"}, left_school=date(2026, 8, 1)), "teacher on"),
    ("access", "leaver-has-access", put("access", {"person": "Ana Kamau"}, left_school=date(2026, 8, 1)), "Ana Kamau"),
    ("staff", "left-with-duties", put("staff", {"name": "Rosa Field"}, left=date(2026, 8, 1)), "owner of 6 policies"),
    ("exams", "papers-missing", drop("exams", subject="Economics"), "Economics HL"),
    ("exams", "own-subject", put("exams", {"subject": "Economics"}, invigilators="Olu Ade; Jonas Weber"), "Olu Ade"),
    ("exams", "counts", put("exams", {"subject": "Biology"}, candidates=5), "6 are registered"),
    ("exams", "clashes", put("exams", {"subject": "Economics"}, date=date(2027, 4, 26), start=time(10)), "same time"),
    ("exams", "two-places",
     put("exams", {"subject": "Economics"}, date=date(2027, 4, 26), room="B12", invigilators="Jonas Weber; Ana Kamau"),
     "Jonas Weber"),
    ("exams", "seats", put("exams", {"subject": "Biology"}, seats=4), "4 seats"),
    ("arrangements", "requested-has-consent", put("arrangements", {}, consent=False), "consent"),
    ("arrangements", "candidate-left", put("candidates", {"code": "000103"}, left=date(2026, 10, 1)), "Chidi Okafor"),
    ("keylog", "two-persons", put("keylog", {}, second_person="Rosa Field"), "Rosa Field"),
    ("materials", "number-differs", put("materials", {}, received=180), "180"),
    ("pd", "attended-has-certificate", put("pd", {"staff": "Olu Ade"}, certificate=None), "Olu Ade"),
    ("pd", "staff-name", put("pd", {"staff": "Ana Kamau"}, staff="Ana Kamua"), "Ana Kamau"),
    ("policies", "mandated", drop("policies", policy="Inclusion"), "Inclusion"),
    ("policies", "owner-name", put("policies", {"policy": "Language"}, owner="Rosa Fielt"), "Rosa Field"),
    ("meetings", "action-overdue", put("meetings", {}, due=date(2026, 11, 10)), "Priya Menon"),
    ("inventory", "overdue", put("inventory", {}, due=date(2026, 11, 10)), "11 days overdue"),
    ("calendar", "overdue", put("calendar", {}, due=date(2026, 11, 10)), "Open evening"),
]  # fmt: skip


def test_the_clean_school_has_no_finding() -> None:
    assert [(f.tracker, f.rule, f.message) for f in findings(clean())] == []


def test_the_mistakes_are_many_and_of_many_kinds() -> None:
    assert len(PLANTED) >= 60
    assert len({(tracker, rule) for tracker, rule, _, _ in PLANTED}) >= 40


@pytest.mark.parametrize(
    ("tracker", "rule", "mistake", "words"), PLANTED, ids=[f"{i}-{p[0]}-{p[1]}" for i, p in enumerate(PLANTED)]
)
def test_a_planted_mistake_is_found(tracker: str, rule: str, mistake: Mistake, words: str) -> None:
    school = deepcopy(clean())
    mistake(school)
    today = date(2027, 1, 20) if rule == "planned-after-deadline" else TODAY
    found = [f for f in findings(school, today) if (f.tracker, f.rule) == (tracker, rule)]
    assert any(words in f.message for f in found), [f"{f.rule}: {f.message}" for f in findings(school, today)]
    assert all(f.suggestion for f in found)
