# ruff: noqa: E501 - lists of words are read best as they are
"""The answers of a form of Google or Microsoft: what the program adds to them, and whose rows they are.

Google writes the moment of the answer and, where asked for, the e-mail address; Microsoft writes a number, when the
answer was begun and sent, the e-mail address and the name. In between are the questions, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from addin.core import records
from addin.core.book import Value, trimmed
from addin.core.language import phrase
from addin.core.recognition.form_questions import plain_questions
from addin.core.recognition.source import Source
from addin.core.recognition.vocabulary import WHOLE_NAME
from addin.core.regex import regex
from addin.core.tables.date_order import NUMERIC, orders
from addin.core.tables.equality import fold
from addin.core.tables.layout import plain
from addin.core.tables.values import show


def _plain(words: str) -> frozenset[str]:
    return frozenset(map(plain, words.split(" | ")))


STAMPS = _plain(
    "Timestamp | Zeitstempel | Horodateur | Marca temporal | Marca de tiempo | Informazioni cronologiche | "
    "Carimbo de data/hora | Tijdstempel | Tidsstämpel | Tidsstempel | Aikaleima | 时间戳记 | タイムスタンプ"
)
BEGUN = _plain(
    "Start time | Heure de début | Hora de inicio | Startzeit | Ora di inizio | Hora de início | Begintijd | Starttid"
)
SENT = _plain(
    "Completion time | Heure de fin | Hora de finalización | Fertigstellungszeit | Ora di completamento | "
    "Hora de conclusão | Tijd van voltooien | Slutförandetid | Fuldførelsestidspunkt"
)
CHANGED = _plain(
    "Last modified time | Heure de la dernière modification | Hora de la última modificación | Uhrzeit der letzten Änderung"
)
EMAILS = _plain(
    "Email | E-mail | Email Address | E-mail address | Username | Adresse e-mail | Adresse de messagerie | Adresse mail | "
    "Courriel | Adresse courriel | Adresse électronique | Nom d'utilisateur | Dirección de correo electrónico | Correo electrónico | Correo | "
    "Nombre de usuario | E-Mail-Adresse | Nutzername | Indirizzo email | Endereço de e-mail | E-mailadres | E-postadress"
)
NAMES = _plain("Name | Nom | Nombre | Nome | Naam | Namn | Navn")
ADDED = _plain(
    "ID | Id. | Language | Langue | Idioma | Sprache | Total points | Quiz feedback | Grade posted time | Score"
)
"""What Microsoft adds besides: a number, the language, the marks of a quiz."""
WHOLE_NAMES = frozenset(map(plain, WHOLE_NAME.split(" | ")))
"""Questions for the name of the one who answers."""
NOBODY = {"", "anonymous", "anonyme", "anónimo", "anonym"}
"""What is written for the e-mail address of one who need not give it."""


@dataclass(frozen=True, slots=True)
class Form:
    """The columns that a program adds to the answers, by number (0: there is none), and the questions."""

    program: str
    stamp: int
    email: int
    name: int
    questions: Sequence[int]
    asked: int = 0
    """The question that asks who it is: the student's code, or the colleague's name."""

    def asking(self, source: Source, headers: Collection[str]) -> Form:
        """The same, where the first question with one of these plain headers asks who it is."""
        number = next((number for number in self.questions if _asks(source, number, headers)), 0)
        questions = [one for one in self.questions if one != number and not _asks(source, one, WHOLE_NAMES)]
        return replace(self, asked=number, questions=questions)


def asks_for(source: Source, form: Form, headers: Collection[str]) -> bool:
    """Whether one of the questions is called by one of these plain headers."""
    return any(_asks(source, number, headers) for number in form.questions)


def _asks(source: Source, number: int, headers: Collection[str]) -> bool:
    header = show(source.grid.values[0][number - 1])
    return any(name in headers for name in (plain(header), *plain_questions(header)))


def find_form(source: Source) -> Form | None:
    """The form whose answers these are; None for any other list. Its questions are in the first row."""
    line = source.grid.values[0] if source.grid.values else []
    head = [plain(cell) if isinstance(cell, str) else "" for cell in line]
    email = next((number for number, name in enumerate(head, 1) if name in EMAILS), 0)
    if head[:1] and head[0] in STAMPS:
        added = {1, email}
        return Form("Google Forms", 1, email, 0, _others(line, added)) if email or len(head) > 2 else None
    sent = next((number for number, name in enumerate(head, 1) if name in SENT), 0)
    begun = next((number for number, name in enumerate(head, 1) if name in BEGUN), 0)
    if not sent or not begun or sent > 6:
        return None
    name = next((number for number, one in enumerate(head[: sent + 3], 1) if one in NAMES), 0)
    extra = {number for number, one in enumerate(head[: sent + 5], 1) if one in CHANGED | ADDED}
    return Form("Microsoft Forms", sent, email, name, _others(line, {begun, sent, email, name, *extra}))


def _others(line: Sequence[Value], added: set[int]) -> list[int]:
    return [number for number, cell in enumerate(line, 1) if cell is not None and number not in added]


@dataclass(frozen=True, slots=True)
class People:
    """What a workbook knows of those who answer: folded e-mail address -> the student's code; tracker -> folded e-mail
    address -> the name of the colleague there."""

    codes: Mapping[str, str]
    staff: Mapping[str, Mapping[str, str]]
    known: frozenset[str] = frozenset()
    """The students' codes."""
    entries: frozenset[str] = frozenset()
    """The numbers of entries that are there: an answer keeps the one that it was given."""
    sessions: Mapping[str, str] = field(default_factory=dict)
    """Code -> the session of the student."""


def of_students(source: Source, form: Form, people: People, given: Mapping[str, tuple[str, str]]) -> Source:
    """The answers as rows of students: `given` maps entry, candidate, session and other columns that no question asks
    for to their headers, and to the value that all rows have.

    A number is made from the moment of the answer, so that importing the same answers again updates them.
    """
    moments = _moments(source, form)
    lines: list[list[Value]] = [[*(header for header, _ in given.values()), *_answers(source, form, 1)]]
    excluded: dict[int, str] = {}
    for number, line in enumerate(source.grid.values[1:], 2):
        address, asked = _cell(line, form.email), _text(source, number, form.asked)
        code = people.codes.get(fold(show(address)), "")
        if asked in people.known and code and code != asked:
            excluded[number] = phrase("the e-mail address is of {code}, the code {asked}", code=code, asked=asked)
        code = code or (asked if asked in people.known else "")
        if line and not code:
            excluded[number] = _unknown(address)
        cells: dict[str, Value] = {name: value or None for name, (_, value) in given.items()}
        cells["candidate"] = code or address
        if "entry" in given:
            cells["entry"] = _entry(_cell(line, form.stamp), moments, people.entries)
        if "session" in given:
            cells["session"] = people.sessions.get(code)
        lines.append([*cells.values(), *_answers(source, form, number)] if line else [])
    return _made(source, form, lines, excluded)


def of_staff(source: Source, form: Form, known: Mapping[str, str], headers: Sequence[str]) -> Source:
    """The answers as rows of colleagues: `headers` are those of the name and the e-mail address.

    `known` maps folded e-mail addresses to the names in the workbook, by which a colleague is called.
    """
    lines: list[list[Value]] = [[*headers, *_answers(source, form, 1)]]
    excluded: dict[int, str] = {}
    for number, line in enumerate(source.grid.values[1:], 2):
        address, name = _cell(line, form.email), _text(source, number, form.asked) or _cell(line, form.name)
        called = known.get(fold(show(address)), "")
        if fold(show(address)) in NOBODY or "@" not in show(address):
            address = None
        who = called or name
        if line and who is None:
            excluded[number] = phrase("it says neither a name nor the e-mail address of a colleague")
        lines.append([who, address, *_answers(source, form, number)] if line else [])
    return _made(source, form, lines, excluded)


def as_asked(source: Source, form: Form) -> Source:
    """The answers alone, with the e-mail address, for a tracker of neither students nor colleagues."""
    wanted = [number for number in (form.email, *form.questions) if number]
    lines = [[_cell(line, number) for number in wanted] for line in source.grid.values]
    return _made(source, form, lines, {})


def _made(source: Source, form: Form, lines: list[list[Value]], excluded: Mapping[int, str]) -> Source:
    grid = records.replace(source.grid, values=trimmed(lines), shown={}, merged=[], formulas={})
    more = max(0, max(map(len, lines), default=0) - max(source.widths, default=0))
    widths = [width + more for width in source.widths]
    return replace(source, grid=grid, widths=widths, excluded=excluded, program=form.program)


def _unknown(address: Value) -> str:
    if fold(show(address)) in NOBODY:
        return phrase("it does not say whose answer it is: collect e-mail addresses in the form")
    return phrase("{address} is not the e-mail address of a candidate", address=show(address))


def _answers(source: Source, form: Form, row: int) -> list[Value]:
    line, shown = source.grid.values[row - 1], source.grid.shown
    return [shown.get((row, number)) or _tidy(_cell(line, number)) for number in form.questions]


def _text(source: Source, row: int, number: int) -> str:
    """A cell as a person sees it."""
    return source.grid.shown.get((row, number)) or show(_cell(source.grid.values[row - 1], number)).strip()


def _tidy(value: Value) -> Value:
    """An answer without the semicolon that Microsoft writes behind the last of several."""
    return value.strip().rstrip(";").rstrip() or None if isinstance(value, str) else value


def _cell(line: Sequence[Value], number: int) -> Value:
    return line[number - 1] if 0 < number <= len(line) else None


def _moments(source: Source, form: Form) -> str:
    """Whether the moments are written day first or month first; "" where neither is proved."""
    texts = [show(_cell(line, form.stamp)) for line in source.grid.values[1:]]
    found = set(orders(match[0] for text in texts if (match := NUMERIC.search(text))).values())
    return found.pop() if len(found) == 1 else ""


_MOMENT = regex(r"(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})\D+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?\s?m?\b", re.I)


def _entry(stamp: Value, order: str, known: frozenset[str]) -> Value:
    """The number of an entry: F and the moment. Where day and month are not certain, the one that is there already."""
    read = _read(stamp, order)
    forms = [f"F{one:%Y%m%d%H%M%S}" for one in read]
    digits = re.findall(r"\d+", show(stamp))
    forms += ["F" + "".join(f"{int(part):02}" for part in digits)] if digits else []
    there = next((form for form in forms if form in known), "")
    return there or (forms[0] if len(read) == 1 else forms[-1] if forms else None)


def _read(stamp: Value, order: str) -> list[datetime]:
    """The moments that a stamp may be."""
    if isinstance(stamp, datetime):
        return [stamp]
    match = _MOMENT.match(show(stamp).strip())
    if not match:
        return []
    one, two, three = int(match[1]), int(match[2]), int(match[3])
    days = [(one, two, three)] if len(match[1]) == 4 else []
    if not days:
        year = three if three > 99 else 2000 + three
        ways = {"dmy": (year, two, one), "mdy": (year, one, two)}
        days = [ways[order]] if order else [*dict.fromkeys(ways.values())]
    hour = int(match[4]) % 12 + (12 if match[7].casefold() == "p" else 0) if match[7] else int(match[4])
    found = []
    for year, month, day in days:
        try:
            found.append(datetime(year, month, day, hour, int(match[5]), int(match[6] or 0)))
        except ValueError:
            continue
    return found
