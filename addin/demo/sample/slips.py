"""The planted mistakes, one line each: where, what is changed, which rules find it, in words."""

from __future__ import annotations

# ruff: noqa: E501 -- a table: one mistake a line
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
Where = Callable[[Row], bool]
Change = Mapping[str, Any] | Callable[[Row, date], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Slip:
    """One row is changed; `trips` are the rules, parted by blanks."""

    tracker: str
    where: Where
    change: Change
    trips: str
    what: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Two rows that agree in the columns `same` get one value in `column`."""

    tracker: str
    where: Where
    column: str
    trips: str
    what: str
    same: tuple[str, ...] = ()
    second_only: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """A row is repeated at the end, with changes."""

    tracker: str
    where: Where
    change: Change
    trips: str
    what: str
    second_only: bool = False


def _is(**values: Any) -> Where:
    return lambda row: all(row.get(name) == value for name, value in values.items())


def _days(count: int) -> timedelta:
    return timedelta(days=count)


_FINAL, _COURSE = _is(year_group="DP2", category="D"), _is(category="C")
_SUBMITTED, _COMPLETE = _is(status="Submitted", kind="Experience"), _is(status="Complete", kind="Experience")
_PROJECT, _DONE = _is(kind="Project", status="Approved"), _is(kind="Project", status="Complete")
_NEW_BORN = {
    "birth_date": date(2009, 1, 2),
    "email": None,
    "personal_code": None,
    "session_number": None,
    "identifier_state": "Missing",
}

SLIPS = (
    Slip("candidates", _FINAL, {"last_name": None}, "last-name-required", "no last name"),
    Slip("candidates", _FINAL, lambda r, t: {"session": f"May 20{r['session'][1:]}"}, "session-pattern", "the session in words"),
    Slip("candidates", _FINAL, {"email": "at home"}, "email-pattern", "no email address"),
    Slip("candidates", _FINAL, {"birth_date": "31/02/2009"}, "birth-date-type", "a day that does not exist"),
    Slip("candidates", _FINAL, {"birth_date": None}, "birth-date-required", "no birth date"),
    Slip("candidates", _FINAL, lambda r, t: {"birth_date": date(t.year - 5, 3, 4)}, "age", "born five years ago"),
    Slip("candidates", _FINAL, {"session_number": "61983-0001"}, "session-number-pattern", "a school code cut short"),
    Slip("candidates", _FINAL, {"personal_code": "AB12"}, "personal-code-pattern", "a personal code cut short"),
    Slip("candidates", _FINAL, {"school_code": "999"}, "school-code-pattern", "the school code without its zeros"),
    Slip("candidates", _is(identifier_state="Confirmed"), {"session_number": None}, "codes-are-there",
         "confirmed codes that are not there"),
    Slip("candidates", _is(identifier_state="Confirmed"), {"identifier_state": "Missing"}, "codes-have-a-state",
         "a session number that is said to be missing"),
    Slip("candidates", _COURSE, lambda r, t: {"left": r["joined"] - _days(9)}, "left-at-least", "left before joining"),
    Slip("candidates", _FINAL, lambda r, t: {"integrity_signed": t + _days(9)}, "integrity-signed-at-most",
         "signed next week"),
    Slip("candidates", _FINAL, {"guardian_email": "mother (at) mail"}, "guardian-email-pattern", "no email address"),
    Slip("candidates", _FINAL, {"first_language": "Elvish"}, "first-language-one-of", "an unknown language"),
    Slip("registrations", _COURSE, {"subject": "Biologie"}, "subject-other-name", "a subject in another language"),
    Slip("registrations", _COURSE, {"level": None}, "level-required", "no level"),
    Slip("registrations", _COURSE, {"response_language": "Klingon"}, "response-language-one-of", "no such language"),
    Slip("registrations", _is(category="CP"), lambda r, t: {"session": f"May {r['session'][1:]}"}, "session-pattern", "the session in words"),
    Slip("registrations", _COURSE, {"subject": "History", "level": "HL"}, "offered", "History at HL has a region"),
    Slip("registrations", _is(level="TK"), {"status": "Maybe"}, "status-one-of", "an unknown status"),
    Slip("registrations", _is(level="EE"), {"contributing": True}, "core-not-contributing", "an essay that counts"),
    Slip("registrations", _is(level="EE"), {"framework": "Movement and time"}, "essay-second-subject",
         "a framework without the second subject"),
    Slip("registrations", lambda r: r["level"] == "EE" and r["session"] >= "M27",
         lambda r, t: {"framework": "Movement and time", "second_subject": r["subject"]},
         "essay-subjects", "the same subject twice in one essay"),
    Slip("registrations", _is(level="SL"), {"framework": "Movement and time", "second_subject": "Geography"},
         "second-subject-only-for-essays", "a second subject that is no essay's"),
    Slip("registrations", _is(category="C"), {"category": "R"}, "categories agrees-with-candidates",
         "two categories in one session"),
    Slip("registrations", _COURSE, {"candidate": "999"}, "candidate-exists-in", "a code that no candidate has"),
    Slip("registrations", lambda r: r["level"] == "EE" and r["subject"] == "Biology" and r["session"] >= "M27", {"second_subject": "Geography"}, "essay-framework",
         "two subjects without a framework"),
    Slip("registrations", _is(category="A"), {"pilot": True}, "anticipated-no-pilot", "a pilot subject taken early"),
    Slip("cas", _is(status="Approved", kind="Series"), {"start": None}, "start-is-needed", "approved, not begun"),
    Slip("cas", lambda r: _COMPLETE(r) and not r.get("review_sent"), {"end": None}, "complete-has-end",
         "complete without end"),
    Slip("cas", _SUBMITTED, {"candidate": None}, "candidate-required", "an entry without a student"),
    Slip("cas", _SUBMITTED, {"candidate": "999"}, "candidate-exists-in", "a code that no candidate has"),
    Slip("cas", _is(status="Complete", kind="Series"), lambda r, t: {"end": r["start"] - _days(20)}, "end-at-least",
         "ends before it begins"),
    Slip("cas", _SUBMITTED, {"end": "31/02/2026"}, "end-type", "a day that does not exist"),
    Slip("cas", _SUBMITTED, {"start": "03/04/2026"}, "start-date-two-ways", "March or April?"),
    Slip("cas", _COMPLETE, lambda r, t: {"start": r["start"].isoformat()}, "start-date-as-text", "a date as text"),
    Slip("cas", _COMPLETE, {"hours": 2000}, "hours-at-most", "two thousand hours"),
    Slip("cas", _COMPLETE, {"hours": -3}, "hours-at-least", "less than no hours"),
    Slip("cas", _COMPLETE, {"hours": "ten"}, "hours-type", "hours in words"),
    Slip("cas", _SUBMITTED, {"strand": "Sport"}, "strand-other-name", "a strand that does not exist"),
    Slip("cas", _SUBMITTED, {"strand": None}, "strand-is-needed", "no strand"),
    Slip("cas", _COMPLETE, {"outcomes": "LO2; LO9"}, "outcomes-one-of", "a ninth outcome"),
    Slip("cas", _COMPLETE, {"outcomes": None}, "complete-has-outcomes", "complete without outcomes"),
    Slip("cas", _SUBMITTED, {"status": "Finished"}, "status-one-of", "an unknown status"),
    Slip("cas", _SUBMITTED, {"kind": "Trip"}, "kind-one-of", "an unknown kind"),
    Slip("cas", _PROJECT, {"end": None}, "project-has-end", "a project without end"),
    Slip("cas", _DONE, lambda r, t: {"end": r["start"] + _days(10)}, "project-a-month", "a project of ten days"),
    Slip("cas", _DONE, {"stages": "Investigation; Action"}, "project-stages", "two of five stages"),
    Slip("cas", _DONE, {"together": False}, "project-together", "a project alone"),
    Slip("cas", _COMPLETE, {"reflections": None}, "complete-has-reflections", "complete without reflection"),
    Slip("cas", _COMPLETE, lambda r, t: {"end": t + _days(60)}, "complete-not-in-future", "complete in two months"),
    Slip("cas", _COMPLETE, {"supervisor": None}, "supervisor-is-named", "no supervisor"),
    Slip("cas", _COMPLETE, {"supervisor_relative": True}, "supervisor-relative-none-of", "an aunt as supervisor"),
    Slip("cas", _COMPLETE, {"supervisor_email": "on file"}, "supervisor-email-pattern", "no email address"),
    Slip("cas", _is(interview="First"), {"interview": None}, "interview-number", "which interview?"),
    Slip("cas", _COMPLETE, {"interview": "Third"}, "interview-only", "an experience that is an interview"),
    Slip("cas", _SUBMITTED, lambda r, t: {"start": r["start"] - _days(1500)}, "in-programme", "began before joining"),
    Slip("cas", lambda r: bool(r.get("review_sent")), lambda r, t: {"review_done": r["review_sent"] - _days(3)},
         "review-done-at-least", "answered before it was asked"),
    Slip("cas", _SUBMITTED, {"title": "A very long title " * 8}, "title-longest", "a title that is a story"),
    Slip("pd", _is(status="Attended"), {"certificate": None}, "attended-has-certificate", "no certificate"),
    Slip("pd", _is(status="Attended"), lambda r, t: {"start": t + _days(90), "end": t + _days(92)},
         "attended-not-in-future", "attended in three months"),
    Slip("pd", _is(status="Planned"), lambda r, t: {"start": t - _days(90), "end": t - _days(88)}, "planned-is-over",
         "planned, but over"),
    Slip("pd", _is(status="Attended"), {"category": 4}, "category-at-most", "a fourth category"),
    Slip("pd", _is(status="Attended"), {"category": None}, "category-is-known", "no category"),
    Slip("pd", _is(status="Attended", role="Subject teacher"), {"subject": None}, "subject-teachers-have-a-subject",
         "a teacher of nothing"),
    Slip("pd", _is(status="Booked"), {"cover": False}, "booked-has-cover", "no cover"),
    Slip("pd", _is(counts_for="Evaluation"), {"workshop_programme": "MYP"}, "counts", "another programme's workshop"),
    Slip("pd", _is(counts_for="Evaluation"), {"ib_recognised": False}, "counts", "a workshop the IB does not recognise"),
    Slip("pd", _is(status="Attended"), lambda r, t: {"end": r["start"] - _days(2)}, "end-at-least", "ends too early"),
    Slip("pd", _is(status="Attended"), {"role": "Teacher of things"}, "role-one-of", "an unknown role"),
    Slip("pd", _is(status="Attended", subject="Biology"), {"guide_first_exams": 2016}, "guide-is-newer", "an old guide"),
    Slip("pd", _is(status="Attended"), {"mode": "On the phone"}, "mode-one-of", "an unknown mode"),
    Slip("pd", _is(status="Attended"), {"cost": -50}, "cost-at-least", "a fee below nothing"),
    Slip("inventory", _is(counted_by="Copy", counted=1), {"quantity": 3, "counted": 3}, "a-copy-is-one",
         "three of one copy"),
    Slip("inventory", lambda r: bool(r.get("lent_to")) and not r.get("returned"), {"due": None}, "loan-has-dates",
         "lent for ever"),
    Slip("inventory", lambda r: bool(r.get("lent_to")) and not r.get("returned"), {"lent_to": None}, "loan-has-borrower",
         "a loan without a borrower"),
    Slip("inventory", lambda r: bool(r.get("lent_to")) and not r.get("returned"), lambda r, t: {"due": t - _days(5)},
         "overdue", "five days late"),
    Slip("inventory", _is(counted_by="Quantity"), lambda r, t: {"counted": r["quantity"] - 3}, "count-agrees",
         "three are missing"),
    Slip("inventory", _is(counted_by="Quantity"), {"counted_on": None}, "count-has-day", "counted at no time"),
    Slip("inventory", _is(counted_by="Copy", state="In use"), lambda r, t: {"guide_valid_to": date(t.year - 1, 5, 31)}, "guide-has-ended",
         "a guide that has ended"),
    Slip("inventory", _is(counted_by="Quantity"), {"condition": "Unusable"}, "unusable-in-use", "unusable, in use"),
    Slip("inventory", _is(counted_by="Quantity"), lambda r, t: {"replace_by": t - _days(30)}, "replace-now",
         "should have been replaced"),
    Slip("inventory", _is(counted_by="Quantity"), lambda r, t: {"wanted": r["quantity"] + 5}, "too-few", "five too few"),
    Slip("inventory", _is(counted_by="Quantity"), {"condition": "OK"}, "condition-one-of", "an unknown condition"),
    Slip("inventory", lambda r: bool(r.get("returned")), lambda r, t: {"returned": r["lent_on"] - _days(4)},
         "returned-at-least", "back before it was lent"),
    Slip("inventory", _is(counted_by="Quantity"), {"quantity": "a few"}, "quantity-type", "a quantity in words"),
    Slip("inventory", _is(counted_by="Quantity"),
         lambda r, t: {"lent_to": "Year 12", "lent_on": t, "due": t + _days(9), "lent_quantity": r["quantity"] + 1},
         "lent-quantity-at-most", "more lent than there are"),
    Slip("inventory", _is(counted_by="Quantity"), lambda r, t: {"lent_to": "Year 12", "lent_on": t, "due": t + _days(9)},
         "quantity-lent-is-known", "lent, but how many?"),
)  # fmt: skip

TWINS = (
    Twin("candidates", _FINAL, "email", "email-unique", "one address for two"),
    Twin("candidates", _FINAL, "personal_code", "personal-code-unique", "one personal code for two"),
    Twin(
        "candidates", _FINAL, "session_number", "session-number-twice", "one session number for two", second_only=True
    ),
    Twin("cas", _is(kind="Interview"), "interview", "interview-twice", "the same interview twice", ("candidate",)),
    Twin("inventory", _is(counted_by="Copy"), "copy_number", "copy-twice", "the same copy twice", ("item",)),
    Twin("inventory", _is(counted_by="Quantity"), "asset", "key", "one asset number for two things"),
)

COPIES = (
    Copy("candidates", _FINAL, {**_NEW_BORN, "last_name": "Copperfield"}, "key", "one code for two people"),
    Copy("registrations", _COURSE, {}, "key", "the same subject twice"),
    Copy("registrations", _is(level="EE"), lambda r, t: {"subject": "World Religions"}, "core-once", "two essays",
         second_only=True),
    Copy("cas", _SUBMITTED, {"entry": "9001"}, "same-experience-twice", "the same experience twice"),
    Copy("cas", _SUBMITTED, {"title": "Another title"}, "key", "one entry number for two entries"),
    Copy("pd", _is(status="Attended"), {}, "key", "the same workshop twice"),
)  # fmt: skip
