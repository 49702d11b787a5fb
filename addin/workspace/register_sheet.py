"""The Register sheet: the cells of its form, for the template that draws it and for the verb that reads it.

Every cell may be empty: a session, category and language that are not given are those of Settings, TOK is added to a
diploma. Our form is known by its title, in the workbook's language: a school may call a sheet of its own Register.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from addin.core import names
from addin.core.book import Cell, Grid, Value
from addin.core.language import ENGLISH, Language
from addin.core.records import field, record
from addin.core.tables.choices import CHOICE
from addin.core.tables.values import show

TITLE = "Register a candidate"
FIRST_ROW = 5
VALUE = 2
"""The number of the column that the person's details are typed in."""
FIELDS = {
    "code": "Code", "last_name": "Last name", "first_names": "First names", "birth_date": "Birth date",
    "adviser": "CAS adviser", "email": "Email", "session": "Exam session", "category": "Category",
    "language": "Response language", "tok": "Theory of knowledge", "essay": "Extended essay in",
}  # fmt: skip
"""The form's fields, one below the other, with the words before each."""
OF_THE_DIPLOMA = ("tok", "essay")
"""The last fields: the form of another programme ends before them."""
NEEDED = ("code", "last_name", "first_names", "birth_date")
LEVELS = ("HL", "SL")
SUBJECT, LEVEL, SUBJECTS = 5, 6, 6
"""The columns of subjects and levels, and how many lines there are."""


def fields_of(programme: str) -> dict[str, str]:
    """The fields that the form of a programme shows: the Career-related Programme has no CAS, TOK or essay."""
    if programme.upper() != "CP":
        return FIELDS
    return {name: words for name, words in FIELDS.items() if name not in OF_THE_DIPLOMA} | {"adviser": "Adviser"}


@record
class Form:
    """What a person typed into the form; `subjects` are names with their levels, `sheet` is where it is."""

    values: Mapping[str, str]
    subjects: list[str] = field(default_factory=list)
    sheet: str = names.REGISTER
    tok: bool = True

    def __bool__(self) -> bool:
        return bool(self.subjects or any(self.values.values()))


def level_in(language: Language, level: str) -> str:
    """What a level is called in the workbook's language: `NS` for `HL` in French."""
    return language.word(level, "registrations.level", CHOICE)


def is_form(grid: Grid | None, language: Language = ENGLISH) -> bool:
    """Whether a sheet is our form."""
    return grid is not None and grid.value(1, 1) in (TITLE, language.say(TITLE))


def form_of(grids: Mapping[str, Grid], language: Language = ENGLISH) -> Form | None:
    """The form of a workbook in this language as it is filled in; None where the workbook has none."""
    called = (language.say(names.REGISTER), names.REGISTER)
    grid = next((grids[name] for name in called if is_form(grids.get(name), language)), None)
    if grid is None:
        return None
    values = {name: _text(grid.value(FIRST_ROW + at, VALUE)) for at, name in enumerate(FIELDS)}
    lines = [
        (_text(grid.value(row, SUBJECT)), _text(grid.value(row, LEVEL)))
        for row in range(FIRST_ROW + 1, FIRST_ROW + 1 + SUBJECTS)
    ]
    levels = {level_in(language, level): level for level in LEVELS}
    subjects = [f"{name} {levels.get(level, level)}".strip() for name, level in lines if name]
    no = {word.casefold() for word in ("No", "False", language.no)}
    return Form(values, subjects, grid.sheet, values["tok"].casefold() not in no)


def emptied(sheet: str = names.REGISTER) -> dict[Cell, Value]:
    """The edits that clear the form on this sheet."""
    cells = [(FIRST_ROW + at, VALUE) for at in range(len(FIELDS))]
    rows = range(FIRST_ROW + 1, FIRST_ROW + 1 + SUBJECTS)
    cells += [(row, column) for row in rows for column in (SUBJECT, LEVEL)]
    return dict.fromkeys(((sheet, *cell) for cell in cells), None)


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else show(value).strip() if value is not None else ""
