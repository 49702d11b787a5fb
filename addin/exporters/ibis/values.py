"""A value as a template takes it: one of its drop-down's words, a date in its order, a plain text or number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from addin.backends.ooxml.styles import date_kind
from addin.core.book import Value
from addin.core.ib import session as sessions
from addin.core.ib.subjects import Catalogue
from addin.core.language import phrase
from addin.core.records import record
from addin.core.settings import Lists
from addin.core.tables.layout import plain
from addin.core.tables.values import brief, read_yes_no, show
from addin.core.text import first_of
from addin.core.trackers import Column
from addin.exporters.ibis.dates import date_pattern, written_date
from addin.exporters.ibis.template import FormColumn

SUBJECTS = "lists.subjects.name"


class DoesNotFit(Exception):  # noqa: N818 (a person reads it as one line of a list)
    """Why a value cannot be in a template's column."""


@record
class Writer:
    """What is needed to write a value as a template takes it."""

    lists: Lists
    subjects: Catalogue
    order: str
    """The order of dates: dmy, mdy or ymd."""

    def written(self, value: Value, column: Column, place: FormColumn) -> Value:
        """The value as it is written into the template. Raises DoesNotFit."""
        if column.words.get("one_of") == SUBJECTS and self.subjects.find(show(value)) is None:
            raise DoesNotFit(phrase("{value} is not in the list of subjects", value=brief(value)))
        if place.source[1] == "subject_code":
            value = self._code(show(value))
        if place.choices is not None:
            return self._choice(value, column, place)
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            real = place.rule == "date" or date_kind(place.format) in ("date", "datetime")
            return value if real else written_date(value, date_pattern(place.text), self.order)
        if place.rule in ("whole", "decimal") and isinstance(value, str):
            if not value.isdecimal():
                raise DoesNotFit(phrase("{value} is not a number, which the template asks for", value=brief(value)))
            return int(value)
        return ("Yes" if value else "No") if isinstance(value, bool) else value

    def _code(self, subject: str) -> str:
        found = self.subjects.find(subject)
        if not found or not found.code:
            raise DoesNotFit(phrase("the list of subjects has no code for {subject}", subject=subject))
        return found.code

    def _choice(self, value: Value, column: Column, place: FormColumn) -> Value:
        """The word of the drop-down that means the value."""
        assert place.choices is not None
        for reading in self._readings(value, column):
            found = [word for word in place.choices if plain(word) == plain(reading)]
            if found:
                return found[0]
        for word in place.choices:
            if self._means(word, value, column):
                return word
        words = first_of([*map(brief, place.choices)], 8)
        raise DoesNotFit(phrase("{value} is not in the template's list ({words})", value=brief(value), words=words))

    def _readings(self, value: Value, column: Column) -> Iterator[str]:
        """The value itself, then what its list says about it: its code, its name, its name in transcripts."""
        yield show(value)
        _, _, rest = str(column.words.get("one_of", "")).partition("lists.")
        name, _, key = rest.partition(".")
        columns = self.lists.get(name, {})
        if show(value) in columns.get(key, ()):
            row = columns[key].index(show(value))
            yield from (columns[one][row] for one in ("code", "name", "transcript_name") if columns.get(one))

    def _means(self, word: Value, value: Value, column: Column) -> bool:
        """Whether a word of the drop-down is another way to say the value."""
        if isinstance(value, bool):
            read = word if isinstance(word, bool) else read_yes_no(show(word))[0]
            return read is value or plain(word) == ("y" if value else "n")
        if column.name == "session":
            there, ours = sessions.parse(show(word)), sessions.parse(show(value))
            return there is not None and there == ours
        if column.words.get("one_of") == SUBJECTS:
            there_, ours_ = self.subjects.find(show(word)), self.subjects.find(show(value))
            return there_ is not None and there_ == ours_
        return False
