"""One cell of a person's sheet as a tracker's column wants it, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from addin.core.book import CellError, Value
from addin.core.ib import session as sessions
from addin.core.language import phrase
from addin.core.recognition.amounts import read_category, read_hours, read_money, read_quantity
from addin.core.recognition.context import session_in
from addin.core.recognition.likeness import allowed
from addin.core.recognition.people import bare
from addin.core.recognition.programme_words import myp_year
from addin.core.recognition.spoken_dates import is_without_year, read_spoken
from addin.core.recognition.subject_names import SubjectNames, read_level
from addin.core.recognition.time_columns import STRANDS
from addin.core.recognition.vocabulary import CATEGORIES
from addin.core.records import field, record
from addin.core.regex import regex
from addin.core.settings import Lists
from addin.core.tables.values import show, split
from addin.core.trackers import Column

NOTHING = {"n/a", "na", "-", "–", "—", "none", "nil", "/", "n.a.", "k.a.", "s/o", "x/x", "."}
_MAY_BE_OPEN = frozenset({"subject", "title", "supervisor"})
OPEN = {
    "tbc",
    "tbd",
    "tba",
    "pending",
    "undecided",
    "not sure",
    "pendiente",
    "por decidir",
    "à définir",
    "offen",
    "unklar",
}
YES = {
    "yes",
    "y",
    "true",
    "x",
    "✓",
    "✔",
    "√",
    "1",
    "oui",
    "o",
    "si",
    "sí",
    "ja",
    "j",
    "paid",
    "done",
    "ok",
    "received",
    "signed",
}
NO = {"no", "n", "false", "0", "non", "nein", "not yet", "unpaid", "open", "pending"}
LAST_OF_MYP = 5
"""The last year of the MYP: a column of years up to it is one of MYP years."""
MONEY = ("cost", "price", "fee", "budgeted", "spent", "estimate")


@record
class Read:
    """The value for the column; `kept` is text to keep beside it, `why` what is unclear, `more` what else it says."""

    value: Value = None
    kept: str = ""
    why: str = ""
    more: dict[str, Value] = field(default_factory=dict)


class CellReader:
    """Reads cells with what a workbook says of itself: the order of its dates, the school year, the lists."""

    def __init__(self, lists: Lists, subjects: SubjectNames, orders: Mapping[str, str]) -> None:
        self.lists, self.subjects, self.orders = lists, subjects, orders
        self._choices: dict[str, dict[str, str]] = {}
        self._seen: dict[tuple[object, ...], Read] = {}

    def read(self, column: Column, raw: Value, order: Mapping[str, str] | None = None) -> Read:
        """What this cell means in this column."""
        if column.type == "date" or isinstance(raw, CellError):
            return self._read(column, raw, order)
        key = (column.name, column.header, type(raw), raw)
        if key not in self._seen:
            self._seen[key] = self._read(column, raw, order)
        return self._seen[key]

    def _read(self, column: Column, raw: Value, order: Mapping[str, str] | None) -> Read:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return Read()
        if isinstance(raw, CellError):
            return Read(why=phrase("the formula gives {raw}", raw=raw), kept=str(raw))
        text = " ".join(show(raw).split())
        if text in ("?", "??", "???"):
            return Read(why=phrase("not known yet"))
        if text.casefold() in OPEN and (column.type in ("date", "choice") or column.name in _MAY_BE_OPEN):
            return Read(kept=text, why=phrase("not known yet"))
        if text.casefold() in NOTHING and column.type != "text":
            return Read()
        return self._of_type(column, raw, text, order)

    def _of_type(self, column: Column, raw: Value, text: str, order: Mapping[str, str] | None) -> Read:
        if column.type == "date":
            return self._date(raw, text, {**self.orders, **(order or {})})
        if column.type in ("integer", "number"):
            return _number(column, raw, text)
        if column.type == "yes_no":
            return _yes_no(raw, text)
        if column.type == "email":
            return Read(text)
        if column.type == "choice":
            return self._choice(column, text)
        if column.name == "session":
            found = sessions.parse(text)
            return Read(str(found) if found else session_in(f"class of {text}") or session_in(text) or text)
        return Read(text if not isinstance(raw, str) else raw.strip())

    def _date(self, raw: Value, text: str, order: Mapping[str, str]) -> Read:
        said = read_spoken(raw, order)
        if said is None:
            return Read(
                kept=text,
                why=phrase("the year is missing") if is_without_year(text) else phrase("not a date that can be read"),
            )
        more: dict[str, Value] = {"remark": said.remark} if said.remark else {}
        if said.start is None:
            whys = {
                "two": phrase("day or month first?"),
                "month": phrase("a month, not a day"),
                "vague": phrase("no exact date"),
            }
            return Read(kept=text, why=whys[said.precision], more=more)
        if said.end and said.end != said.start:
            more["end"] = said.end
        return Read(said.start, more=more)

    def _choice(self, column: Column, text: str) -> Read:
        known = self._known(column)
        if column.several:
            if column.name == "outcomes" and (whole := _outcomes(text, known)):
                return Read(whole)
            parts = _parts(text, column)
            found = [_one_of(part, known) for part in parts]
            if not all(found):
                found = [known.get(bare(piece), "") for part in parts for piece in part.split()]  # `LO5 LO7`
            return Read("; ".join(found)) if all(found) else Read(text)
        if exact := known.get(bare(text)):
            return Read(exact)
        if column.name in ("subject", "second_subject"):
            reading = self.subjects.read(text)
            if reading and len(reading.names) == 1:
                return Read(reading.names[0], more={"level": reading.level} if reading.level else {})
        if column.name == "level":
            return Read(read_level(text) or text)
        return Read(_one_of(text, known) or text)

    def _known(self, column: Column) -> dict[str, str]:
        if column.name + column.header not in self._choices:
            words = {bare(value): value for value in _values(column, self.lists)}
            if column.name == "strand":
                words |= {**STRANDS, "c": "Creativity", "a": "Activity", "s": "Service"}
            if column.name == "category":
                words |= {k: v for k, v in CATEGORIES.items() if bare(v) in words}
            if column.name == "outcomes":
                words |= {sign: f"LO{n}" for n in range(1, 8) for sign in (str(n), f"lo {n}", f"outcome {n}")}
            self._choices[column.name + column.header] = words
        return self._choices[column.name + column.header]


def _values(column: Column, lists: Lists) -> list[str]:
    limit = column.words.get("one_of") or ()
    if isinstance(limit, str):
        _, _, rest = limit.partition("lists.")
        name, _, of = rest.partition(".")
        return list(lists.get(name, {}).get(of, ()))
    return [str(value) for value in limit] if allowed(column, lists) else []


_RANGE = regex(r"(?i)(?:LO\s*|outcomes?\s*)?([1-7])\s*(?:-|–|to|bis|à|a)\s*(?:LO\s*)?([1-7])")


def _outcomes(text: str, known: Mapping[str, str]) -> str:
    """Learning outcomes from one to another, `1-3, 7`, or `all 7`; "" for any other text."""
    every = list(dict.fromkeys(value for value in known.values() if re.fullmatch(r"LO\d", value)))
    if re.fullmatch(r"(?i)(?:all|alle|tous|todos)(?:\s+(?:7|seven|of them))?|7/7", text.strip()):
        return "; ".join(every)
    found: list[str] = []
    for piece in re.split(r"\s*[,;/&+]\s*", text):
        match = _RANGE.fullmatch(piece.strip())
        if match and int(match[1]) < int(match[2]):
            found += [f"LO{n}" for n in range(int(match[1]), int(match[2]) + 1)]
        elif one := known.get(bare(piece.strip())):
            found.append(one)
        else:
            return ""
    return "; ".join(dict.fromkeys(found)) if _RANGE.search(text) else ""


def _parts(text: str, column: Column) -> list[str]:
    if column.name == "strand" and re.fullmatch(r"[CASAcas](?:\s*[/,&+;]?\s*[CAScas]){0,2}", text):
        return re.findall(r"[CAScas]", text)
    pieces = split(re.sub(r"\s+(?:and|et|y|und)\s+|[/&+]", ";", text))
    return list(pieces)


def _one_of(text: str, known: Mapping[str, str]) -> str:
    """The exact value for a text, where only one begins with it."""
    key = bare(text).rstrip(" .")
    if key in known:
        return known[key]
    begun = {value for word, value in known.items() if len(key) > 3 and word.startswith(key)}
    return begun.pop() if len(begun) == 1 else ""


def _number(column: Column, raw: Value, text: str) -> Read:
    if isinstance(raw, bool | date):
        return Read(kept=text, why=phrase("not a number"))
    if column.name == "category":
        found = read_category(raw)
        return Read(found) if found else Read(kept=text, why=phrase("not a category 1, 2 or 3"))
    if column.name == "hours":
        hours = read_hours(raw)
        return (
            Read(hours.number, text if hours.about else "")
            if hours
            else Read(kept=text, why=phrase("not a number of hours"))
        )
    if column.name == "minutes" and not re.fullmatch(r"\d+(?:\.0)?", text):
        hours = read_hours(raw)
        return Read(round(hours.number * 60)) if hours else Read(kept=text, why=phrase("not a number"))
    if any(word in column.name for word in MONEY):
        money = read_money(raw)
        if money is None:
            return Read(kept=text, why=phrase("not a sum of money"))
        return Read(money.number, more={"currency": money.unit} if money.unit else {})
    if column.name == "year" and column.words.get("at_most") == LAST_OF_MYP and (year := myp_year(text)):
        return Read(year)
    amount = read_quantity(raw)
    if amount is None or (column.type == "integer" and amount.number != int(amount.number)):
        return Read(kept=text, why=phrase("not a number"))
    rough = amount.about or amount.unit
    return Read(int(amount.number) if column.type == "integer" else amount.number, text if rough else "")


def _yes_no(raw: Value, text: str) -> Read:
    if isinstance(raw, bool):
        return Read(raw)
    key = text.casefold()
    if key in YES or key in NO:
        return Read(key in YES)
    return Read(kept=text, why=phrase("neither yes nor no"))
