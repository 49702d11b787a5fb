"""The Settings sheet of a workbook: what a coordinator sets, one row each, read before `ib-trackers.toml`.

A row is recognised by its name in the hidden last column, else by the words in the first; rows may be moved and sorted.
A blank value means the default. A value that cannot be read is a remark, and the default counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from addin.core.a1 import cell_name
from addin.core.book import Grid, Value
from addin.core.language import ENGLISH, Language
from addin.core.tables.values import brief, is_number, read_date, show
from addin.core.trackers import Tracker

HEADERS = ("Setting", "Value", "What it means", "Default", "Source", "Name")
PROGRAMMES = ("DP", "MYP", "PYP", "CP")
MOST = 1e9
"""Numbers of settings are smaller than this."""
SEARCH = 12
"""Rows at the top of the sheet in which the header row is looked for."""


class Row(NamedTuple):
    """One setting as the sheet shows it. `kind` is text, number, numbers, date, session or a list of choices."""

    name: str
    title: str
    kind: str
    about: str
    default: Any = ""
    source: str = "your school"
    choices: tuple[str, ...] = ()


SCHOOL = (
    Row("school_name", "School name", "text", "Shown on Home, on reports and in e-mails."),
    Row("school_code", "School code", "text", "The IB's six-digit code of your school. Session numbers of other "
        "schools are then found."),
    Row("programme", "Programme", "choice", "The programme that this workbook is for.", "DP", choices=PROGRAMMES),
    Row("session", "Exam session", "session", "M27 is May 2027, N27 is November 2027."),
    Row("first_exam", "First day of exams", "date", "From your IB exam schedule; leave empty until you know it."),
    Row("workbook_language", "Language", "text", "The language of messages, reports and e-mails: English, français, "
        "español or Deutsch.", "English"),
    Row("language", "Language of instruction", "text", "The response language of new registrations.", "English"),
)  # fmt: skip
CODE_ONLY = Row("school_code", "School code", "text", "The IB's six-digit code of your school.")
REMINDERS = (
    Row("remind_days", "Days before a date on which people are reminded", "numbers",
        "Numbers separated by semicolons.", "28; 14; 7; 1"),
    Row("remind_every", "Days until an open item is repeated", "number", "At least 1.", 7),
    Row("mail_host", "Mail server", "text", "Ask your IT department. Leave empty to send the messages yourself."),
    Row("mail_from", "Send mail from", "text", "The sender's address, such as ib@school.org."),
    Row("mail_user", "Mail account", "text", "The user name at the mail server; its password is asked when you send."),
    Row("mail_port", "Mail server port", "number", "Leave empty for the usual port."),
    Row("mail_security", "Mail security", "choice", "How the connection is protected.", "starttls",
        choices=("starttls", "tls", "none")),
)  # fmt: skip
LETTER = (
    Row("letter_subject", "Subject of reminders", "text",
        "{trackers}, {items}, {school} and {name} are replaced.", "{trackers}: {items}"),
    Row("letter_greeting", "Greeting", "text", "First line.", "Dear {name},"),
    Row("letter_opening", "Before the open items", "text", "One sentence.", "These items are waiting for you:"),
    Row("letter_dates", "Before coming dates", "text", "One sentence.", "Coming up:"),
    Row("letter_closing", "Closing", "text", "One sentence.", "Thank you."),
    Row("letter_signature", "Signature", "text", "Your name, or the school.", "{school}"),
    Row("letter_footer", "Last line", "text", "A note on confidentiality.",
        "This message contains personal data of students. Please do not forward it."),
)  # fmt: skip
OFFICER = "ask your data protection officer"
PRIVACY = (
    Row("keep_students", "Years to keep students' records", "number",
        "After the session, or the day of leaving if later.", "", OFFICER),
    Row("keep_results", "Years to keep results and awards", "number", "Counted in the same way.", "", OFFICER),
    Row("keep_support", "Years to keep access arrangements", "number", "Health data. Counted in the same way.", "",
        OFFICER),
    Row("keep_staff", "Years to keep records of staff", "number", "After Left on of the Staff sheet.", "", OFFICER),
    Row("keep_log", "Years to keep the log of disclosures", "number", "After the day of each entry.", "", OFFICER),
    Row("keep_source", "Where these periods are from", "text", "Your policy or law, with its date."),
)  # fmt: skip
_ACRONYMS = {
    "cas": "CAS",
    "pd": "PD",
    "eur": "EUR",
    "myp": "MYP",
    "pyp": "PYP",
    "cp": "CP",
    "hl": "HL",
    "sl": "SL",
    "ibis": "IBIS",
}
_LIMITS = {"least": "minimum", "most": "maximum"}
_TITLES = {
    "anticipated_most": "Maximum anticipated subjects", "cas_slack": "CAS tolerance in percent",
    "cas_warn_months": "Months of warning before CAS is due", "outcomes_least": "Smallest group in outcomes",
    "pd_for": "Purpose of professional development", "predicted_due": "Predicted grades due",
}  # fmt: skip
"""Titles that a name alone does not give."""


def sections(
    trackers: Iterable[Tracker], programme: str, language: Language = ENGLISH
) -> Iterator[tuple[str, list[Row]]]:
    """What the sheet of a workbook with these trackers shows: a title and its rows, section by section."""
    trackers = list(trackers)
    yield language.say("School"), [_said(row, language) for row in _school(trackers, programme)]
    yield language.say("Reminders"), [_said(row, language) for row in REMINDERS]
    yield language.say("Reminder e-mail"), [_said(row, language) for row in LETTER]
    yield language.say("Privacy"), [_said(row, language) for row in PRIVACY]
    for tracker in trackers:
        wanted = (one for one in tracker.settings.values() if one.name != "school_code" and one.is_for(programme))
        if rows := [threshold(one, language) for one in wanted]:
            yield tracker.title, rows


def _school(trackers: Iterable[Tracker], programme: str) -> Iterator[Row]:
    """The rows about the school that mean something to it: no exams in the PYP, no session numbers in the MYP."""
    names = {tracker.name for tracker in trackers}
    left_out = {"session", "first_exam"} if programme.upper() == "PYP" else set()
    left_out |= set() if "registrations" in names else {"language"}
    for row in SCHOOL:
        if row.name not in left_out:
            yield CODE_ONLY if row.name == CODE_ONLY.name and "candidates" not in names else row


def _said(row: Row, language: Language) -> Row:
    default = language.say(row.default) if row.name.startswith("letter_") else row.default
    return row._replace(
        title=language.say(row.title), about=language.say(row.about), source=language.say(row.source), default=default
    )


def threshold(setting: Any, language: Language = ENGLISH) -> Row:
    """A tracker's setting as a row."""
    kind = "number" if is_number(setting.value) else "date" if "2027-" in setting.about else "text"
    whose, stop, more = setting.source.partition(";")
    said = f"{language.say('our suggestion')}{stop}{more}" if whose == "own" else setting.source
    source = f"{said} ({setting.checked})" if setting.checked else said
    return Row(setting.name, language.say(title_of(setting.name)), kind, setting.about, setting.value, source)


def title_of(name: str) -> str:
    """`cas_most_hours` as a person reads it: `Maximum CAS hours`."""
    if name in _TITLES:
        return _TITLES[name]
    words = name.split("_")
    limit = next((word for word in words if word in _LIMITS), "")
    said = " ".join([*([_LIMITS[limit]] if limit else []), *(_ACRONYMS.get(w, w) for w in words if w != limit)])
    return said[:1].upper() + said[1:]


class OnSheet(NamedTuple):
    """What the Settings sheet says: values by name, and a remark for each value that cannot be read."""

    values: dict[str, Value | tuple[int, ...]]
    school: dict[str, str]
    remarks: list[str]


def read_settings_sheet(grid: Grid | None, trackers: Iterable[Tracker], language: Language = ENGLISH) -> OnSheet:
    """The values that are filled in on a Settings sheet; nothing where there is none, or it is a person's own."""
    found = OnSheet({}, {}, [])
    header = _header(grid, language)
    if grid is None or header is None:
        return found
    known = {row.name: row for row in (*SCHOOL, *REMINDERS, *LETTER, *PRIVACY)}
    known |= {name: threshold(one) for t in trackers for name, one in t.settings.items() if name not in known}
    by_title = {title.casefold(): row for row in known.values() for title in (language.say(row.title), row.title)}
    top, columns = header
    for number in range(top + 1, len(grid.values) + 1):
        value = grid.value(number, columns["Value"])
        name = grid.value(number, columns["Name"]) if "Name" in columns else None
        row = known.get(show(name)) or by_title.get(show(grid.value(number, columns["Setting"])).casefold().strip())
        if row is None or value is None or show(value).strip() == "":
            continue
        _take(found, row, value, f"{grid.sheet}!{cell_name(number, columns['Value'])}")
    return found


def setting_cell(grid: Grid | None, name: str, language: Language = ENGLISH) -> tuple[str, int, int] | None:
    """The cell with the value of a setting; None where the sheet has no such row."""
    header = _header(grid, language)
    if grid is None or header is None or "Name" not in header[1]:
        return None
    top, columns = header
    for number in range(top + 1, len(grid.values) + 1):
        if grid.value(number, columns["Name"]) == name:
            return grid.sheet, number, columns["Value"]
    return None


def _header(grid: Grid | None, language: Language) -> tuple[int, dict[str, int]] | None:
    called = {language.say(name): name for name in HEADERS} | {name: name for name in HEADERS}
    for number, line in enumerate(grid.values[:SEARCH] if grid else (), 1):
        columns = {called[value]: at for at, value in enumerate(line, 1) if isinstance(value, str) and value in called}
        if {"Setting", "Value"} <= columns.keys():
            return number, columns
    return None


def _take(found: OnSheet, row: Row, value: Value, cell: str) -> None:
    meant, expected = _READERS[row.kind](row, value)
    if meant is None:
        found.remarks.append(f"{cell}: {row.title} is {brief(value)}; enter {expected}. The default counts until then.")
        return
    if row.name in ("school_name", "school_code"):
        found.school[row.name.removeprefix("school_")] = meant
    if row.name != "school_name":
        found.values[row.name] = meant


def _text(row: Row, value: Value) -> tuple[Any, str]:
    return show(value).strip(), "a text"


def _number(row: Row, value: Value) -> tuple[Any, str]:
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", "."))
        except ValueError:
            return None, "a number"
    if not is_number(value) or not 0 <= value < MOST:
        return None, "a number"
    return (int(value) if float(value).is_integer() else value), ""


def _numbers(row: Row, value: Value) -> tuple[Any, str]:
    parts = [part.strip() for part in show(value).replace(",", ";").split(";") if part.strip()]
    fine = parts and all(part.isdecimal() and len(part) < 10 for part in parts)
    return (tuple(map(int, parts)) if fine else None), "numbers separated by semicolons, such as 28; 14; 7; 1"


def _date(row: Row, value: Value) -> tuple[Any, str]:
    day = read_date(value)[0]
    return (day if isinstance(day, date) else None), "a date"


def _session(row: Row, value: Value) -> tuple[Any, str]:
    from addin.core.ib.session import parse

    session = parse(show(value))
    return (str(session) if session else None), "an exam session, such as M27 or N27"


def _choice(row: Row, value: Value) -> tuple[Any, str]:
    chosen = next((one for one in row.choices if one.casefold() == show(value).strip().casefold()), None)
    return (chosen.lower() if chosen else None), f"one of {', '.join(row.choices)}"


_READERS = {
    "text": _text,
    "number": _number,
    "numbers": _numbers,
    "date": _date,
    "session": _session,
    "choice": _choice,
}


def letter_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The words of reminders, by their names without `letter_`: the school's, else ours."""
    return {row.name.removeprefix("letter_"): str(values.get(row.name) or row.default) for row in LETTER}


def mail_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The mail server as `[mail]` names it, from the settings of the sheet."""
    return {name.removeprefix("mail_"): value for name, value in values.items() if name.startswith("mail_")}
