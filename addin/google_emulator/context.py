"""What an endpoint needs to know about one request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from addin.google_emulator.formulas import Calculator
from addin.google_emulator.model import Spreadsheet


@dataclass
class Context:
    """The spreadsheet, who asks, when, and where new ids come from.

    `as_recorded` answers as the service did in 2023-24, without what came later.
    """

    book: Spreadsheet
    user: str
    now: datetime
    strict: bool
    new_id: Callable[[str], str | int]
    note: Callable[[str], None]
    as_recorded: bool = False
    _calculator: Calculator | None = None

    @property
    def calculator(self) -> Calculator:
        """Works out formulas; made again when cells have changed."""
        if self._calculator is None:
            self._calculator = Calculator(self.book, self.now, self.strict)
        return self._calculator

    def changed(self) -> None:
        self._calculator = None
