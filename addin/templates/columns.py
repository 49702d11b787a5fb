"""One column of a tracker sheet: its drop-down or check while typing, its message, its conditional formats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from addin.core.checks.words import WORDS
from addin.core.language import Language, all_of, phrase, phrases
from addin.core.people import PERSON_COLUMNS, STAFF
from addin.core.tables.values import show
from addin.core.trackers import Column
from addin.templates.rules_native import Native, both

Options = dict[str, Any]
"""What XlsxWriter's data_validation or conditional_format is given."""
_TITLE, _MESSAGE, _LIST, _FORMULA = 32, 255, 255, 255
"""Excel's limits in characters: message title, message, list written out, formula of a validation."""
_SESSION = r"[MN]\d{2}"
_SESSION_SAYS = "Enter M27 for May 2027, N27 for November 2027."
_EMAIL_SAYS = "That is not an email address. Enter one such as name@school.org."
_AS_DESCRIBED, _AS_OTHERS = "Enter it as described: {about}", "Enter it in the form of the other rows."
_KINDS = {"date": "a date", "integer": "a whole number", "number": "a number", "time": "a time such as 14:30"}


def short(sentence: str, most: int) -> str:
    """The sentence cut at a word, with an ellipsis, where it is too long."""
    return sentence if len(sentence) <= most else sentence[: most - 2].rsplit(" ", 1)[0] + " …"


def validation(native: Native, column: Column) -> Options:
    """The column's native validation with its input message; it refuses only what is surely wrong."""
    options = (
        _list(native, column)
        or _people(native, column)
        or _kind(native, column)
        or _other(native, column)
        or {"validate": "any"}
    )
    if message := _message(native, column, options):
        options |= {"input_title": short(column.header, _TITLE), "input_message": short(message, _MESSAGE)}
    if options["validate"] != "any":
        options |= {"error_title": short(column.header, _TITLE)}
    return options


def _message(native: Native, column: Column, options: Options) -> str:
    """What the column is for, and what may be in it where no drop-down shows it."""
    parts = [column.about]
    limit = column.words.get("one_of", column.words.get("exists_in"))
    values = native.plan.allowed(limit) if limit is not None else None
    if column.several:
        several = native.say("Several: {values}", values="; ".join(map(show, values or ())))
        parts.append(several if values else native.say("Separate several with semicolons."))
    if column.words.get("required") and options["validate"] == "any":
        parts.append(native.say("Must be filled in."))
    return " ".join(part for part in parts if part)


def _list(native: Native, column: Column) -> Options | None:
    if column.type == "yes_no":
        yes_no = [column.yes, column.no]
        return {
            "validate": "list",
            "source": yes_no,
            "error_message": native.say("Choose {yes} or {no}.", yes=yes_no[0], no=yes_no[1]),
        }
    word = next((word for word in ("one_of", "exists_in") if word in column.words), None)
    if word is None or column.several:
        return None
    limit = column.words[word]
    values = native.plan.allowed(limit)
    if values is not None:
        texts = [show(value) for value in values]
        if len(",".join(texts)) > _LIST or any("," in value for value in texts):
            return None
        source: Any = texts
    elif name := native.plan.name(limit):
        source = f"={name}"
    else:
        return None
    # A blank cell in a named list would let everything pass unless blanks are refused.
    doubtful = word in column.warn or not (values or str(limit).startswith("lists."))
    message = native.say(
        "This is not on the other sheet yet. Keep it all the same?"
        if doubtful
        else "Choose a value from the list: click the arrow."
    )
    return {
        "validate": "list",
        "source": source,
        "ignore_blank": values is not None,
        "error_type": "warning" if doubtful else "stop",
        "error_message": message,
    }


def _people(native: Native, column: Column) -> Options | None:
    """The names on the Staff sheet, as a suggestion."""
    tracker = native.tracker
    outside = f"{column.name}_email" in tracker.columns
    if column.name not in PERSON_COLUMNS or column.several or tracker.name == STAFF or outside:
        return None
    name = native.plan.name(f"{STAFF}.name")
    if name is None:
        return None
    return {
        "validate": "list",
        "source": f"={name}",
        "ignore_blank": False,
        "error_type": "warning",
        "error_message": native.say(
            "This name is not on the Staff sheet. Reminders will not reach it. Keep it all the same?"
        ),
    }


def _kind(native: Native, column: Column) -> Options | None:
    """A date, number or time, within its limits."""
    if column.type not in _KINDS:
        return None
    cell = native.place.cell(column.name)
    tests = [f"ISNUMBER({cell})", *([f"INT({cell})={cell}"] if column.type == "integer" else [])]
    for word, limit in column.words.items():
        compares = WORDS[word].native.startswith("compare ") and word not in column.warn
        if compares and (formula := native.broken(column, word, limit)):
            tests.append(f"NOT({formula})")
    formula = f"={both(tests)}"
    if len(formula) > _FORMULA:
        formula = f"=ISNUMBER({cell})"
    limits = list(_limits(native, column)) if len(tests) > 1 else []
    kind = phrase(_KINDS[column.type])
    message = native.say("Enter {kind}.", kind=kind)
    if limits:
        message = native.say("Enter {kind}, {limits}.", kind=kind, limits=all_of(limits))
    return {"validate": "custom", "value": formula, "error_message": short(message, _MESSAGE)}


def _limits(native: Native, column: Column) -> Iterator[str]:
    dates = column.type == "date"
    words = {
        "at_least": "not before {limit}" if dates else "at least {limit}",
        "at_most": "not after {limit}" if dates else "at most {limit}",
        "more_than": "after {limit}" if dates else "more than {limit}",
        "less_than": "before {limit}" if dates else "less than {limit}",
    }
    for word, limit in column.words.items():
        if word in words and word not in column.warn and native.limit(limit):
            yield phrase(words[word], limit=_named(native, limit))


def _named(native: Native, limit: Any) -> str:
    """A limit in a person's words."""
    if isinstance(limit, Mapping):
        base, months, days = _named(native, limit["of"]), limit.get("plus_months"), limit.get("plus_days")
        if months:
            base = phrases("{limit} and {n} month", "{limit} and {n} months", months, limit=base)
        return phrases("{limit} and {n} day", "{limit} and {n} days", days, limit=base) if days else base
    if limit == "settings.today":
        return phrase("today")
    if isinstance(limit, str) and limit.startswith("settings."):
        return show(native.plan.setting(limit.removeprefix("settings.")))
    return native.tracker.columns[limit].header if limit in native.tracker.columns else show(limit)


def _other(native: Native, column: Column) -> Options | None:
    """The first of these words that a sheet can say shortly: unique, pattern, length."""
    for word in ("unique", "pattern", "longest", "none_of"):
        limit = column.words.get(word)
        if not limit:
            continue
        formula = native.broken(column, word, limit)
        if formula and len(formula) < _FORMULA - 6:
            message = native.say(
                {
                    "unique": "Another row already has this. Each row needs its own.",
                    "longest": "Enter at most {limit} characters.",
                    "pattern": _form(column),
                    "none_of": "This value is not allowed here. Choose another.",
                }[word],
                limit=limit,
                about=column.about,
            )
            kind = "warning" if word in column.warn or word == "unique" else "stop"
            return {
                "validate": "custom",
                "value": f"=NOT({formula})",
                "error_type": kind,
                "error_message": short(message, _MESSAGE),
            }
    return None


def _form(column: Column) -> str:
    """What to enter in a column with a pattern."""
    if column.type == "email":
        return _EMAIL_SAYS
    if column.words.get("pattern") == _SESSION:
        return _SESSION_SAYS
    return _AS_DESCRIBED if column.about else _AS_OTHERS


@dataclass(frozen=True, slots=True)
class Mark:
    """One conditional format of a column: when, and how it looks."""

    column: str
    formula: str
    look: str


def marks(native: Native) -> Iterator[Mark]:
    """The conditional formats of a tracker: errors first, so that they win."""
    found = [*_column_marks(native), *_key_marks(native), *_rule_marks(native)]
    rank = {"error": 0, "missing": 0, "warning": 1, "info": 2}
    yield from sorted(found, key=lambda mark: rank[mark.look])


def started(native: Native) -> str:
    """True where something was typed into the row."""
    runs: list[list[str]] = [[]]
    for name, column in native.tracker.columns.items():
        if column.calculated:
            runs.append([])
        else:
            runs[-1].append(native.place.cell(name))
    areas = ",".join(run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in runs if run)
    return f"COUNTA({areas})>0"


def _column_marks(native: Native) -> Iterator[Mark]:
    for column in native.tracker.columns.values():
        if column.calculated:
            continue
        cell = native.place.cell(column.name)
        if column.type in _KINDS:
            yield Mark(column.name, f"AND(ISTEXT({cell}),LEN(TRIM({cell}))>0)", "error")
        for word, limit in column.words.items():
            if word == "unique" and not native.plan.is_compared(native.tracker):
                continue
            if formula := native.broken(column, word, limit):
                warning = word in column.warn
                if word == "required":
                    formula = f"AND({formula},{started(native)})"
                yield Mark(column.name, formula, "warning" if warning else "missing" if word == "required" else "error")


def _key_marks(native: Native) -> Iterator[Mark]:
    key = native.tracker.key
    for name in key:
        if not native.tracker.columns[name].words.get("required"):
            missing = f"LEN(TRIM({native.place.cell(name)}))=0"
            yield Mark(name, f"AND({missing},{started(native)})", "missing")
    compared = native.plan.is_compared(native.tracker)
    if key and compared and not native.tracker.columns[key[0]].words.get("unique"):
        yield Mark(key[-1], native.twice(key), "error")


def _rule_marks(native: Native) -> Iterator[Mark]:
    for rule in native.tracker.rules:
        if rule.unique and native.plan.is_compared(native.tracker):
            yield Mark(rule.unique[-1], native.twice(rule.unique), rule.level)
        when = native.matching_rows(rule.when) if rule.then and rule.when else None
        for name, words in rule.then.items() if when else ():
            for word, limit in words.items():
                if formula := native.broken(native.tracker.columns[name], word, limit):
                    empty = word in ("required",) and rule.level == "error"
                    yield Mark(rule.column or name, f"AND({when},{formula})", "missing" if empty else rule.level)


def refused(language: Language) -> Options:
    """The id column refuses typing: an id is given once and never changed."""
    return {
        "validate": "custom", "value": "=1=2", "ignore_blank": False,
        "input_title": language.say("Row id"),
        "input_message": language.say("Filled in by IB Trackers, to recognise the row when it moves."),
        "error_title": language.say("Row id"),
        "error_message": language.say("IB Trackers fills this column in. Leave it as it is."),
    }  # fmt: skip
