"""One row of a grid: whose it is, and where what is made of it goes."""

from __future__ import annotations

from addin.core.book import Grid, Value
from addin.core.recognition.parts import Part
from addin.core.recognition.people import Person
from addin.core.recognition.reading import Made
from addin.core.recognition.work import Work
from addin.core.records import field, record

TOK, ESSAY_LEVEL, TOK_LEVEL = "Theory of Knowledge", "EE", "TK"


@record
class StudentRow:
    """One row of a grid: whose it is, and where what is made of it goes."""

    part: Part
    grid: Grid
    row: int
    person: Person
    work: Work
    taken: dict[str, int] = field(default_factory=dict)
    """Subject -> the column that it was taken from."""
    higher: frozenset[str] = frozenset()
    """The subjects that a column of its own lists as those at higher level."""
    not_taken: tuple[str, ...] = ()
    """What that column lists and the row does not have: then the others need not be at standard level."""

    def value(self, number: int) -> Value:
        return self.part.region.value(self.grid, self.row, number)

    def header(self, number: int) -> str:
        return self.part.region.headers[number]

    def place(self, number: int) -> None:
        """Note that a cell was understood."""
        self.work.placed.add((self.grid.sheet, self.row, number))

    def list(self, number: int, why: str, *, placed: bool = False) -> None:
        """Note a cell that a person should look at."""
        self.work.list(self.grid.sheet, self.row, number, self.value(number), why, placed=placed)

    def register(self, number: int, subject: str, level: str, notes: str = "") -> None:
        """A registration of this student, from this cell."""
        values: dict[str, Value] = {"subject": subject, "level": level, "notes": notes or None}
        what = level if level in (ESSAY_LEVEL, TOK_LEVEL) else subject
        origin = (self.grid.sheet, self.row, number)
        made = Made("registrations", values, origin, person=self.person.number, identity=(what,))
        self.work.made.append(made)
        self.place(number)
