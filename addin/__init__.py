"""IB Trackers: a coordinator's own spreadsheet, checked, live, shared and never damaged.

    import addin
    with addin.open("School.xlsx") as book:        # or "excel:", "gsheet:KEY"
        findings = addin.validate(book)            # list[Finding]
        frame = book["cas"].to_pandas()

ARCHITECTURE.md beside this file shows the flow and the layers. Importing this package loads no spreadsheet library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from os import PathLike
    from typing import TypeVar

    from addin.api import Findings, OpenBook
    from addin.core.ib import RuleFunction
    from addin.exporters import Write

    Rule = TypeVar("Rule", bound=RuleFunction)
    Exporter = TypeVar("Exporter", bound=Write)

__version__ = "0.1.0"
__all__ = ["__version__", "exporter", "open", "rule", "validate"]


def open(target: str | PathLike[str], *, today: date | None = None) -> OpenBook:  # noqa: A001 (addin.open reads best)
    """Open a workbook, the active workbook (`excel:`) or a Google Sheet (`gsheet:KEY`); use it in a `with` block.

    `today` is the day that the rules go by. Raises addin.errors.Problem in one sentence.
    """
    from addin.api import open_target

    return open_target(target, today=today)


def validate(book: OpenBook | str | PathLike[str], *, write: bool = False) -> Findings:
    """Check every tracker of a book; with `write` the workbook shows the findings, as `ib-trackers validate` does.

    Raises addin.errors.Problem in one sentence.
    """
    from addin.api import validate_target

    return validate_target(book, write=write)


def rule(name: str) -> Callable[[Rule], Rule]:
    """Let a tracker's rule use the function as `use = "own.NAME"`: `(rows, context)` -> `Violation`s.

    Raises addin.errors.Problem. For commands, the function belongs in an installed package: see addin/PYTHON.md.
    """

    def register(function: Rule) -> Rule:
        from addin.core.checks import own_rules

        own_rules.register(name, function)
        return function

    return register


def exporter(name: str) -> Callable[[Exporter], Exporter]:
    """Add an export format: `(workbook, out)` -> the files that it wrote. Raises addin.errors.Problem."""

    def register(function: Exporter) -> Exporter:
        from addin import exporters

        exporters.register(name, function)
        return function

    return register
