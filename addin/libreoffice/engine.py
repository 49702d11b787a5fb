"""The engine object that xlwings asks for: its name, its applications, and how values go in and out."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from itertools import chain
from types import NoneType
from typing import Any

import xlwings as xw

from addin.libreoffice.app import Apps
from addin.libreoffice.values import ErrorValue

NAME = "libreoffice"
PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")


class Engine:
    """LibreOffice as an engine of xlwings, beside its engines for Windows and macOS."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: dict[str, Any]) -> Any:
        """Anything that a person may write, as None, bool, str, number, datetime, date or time."""
        kind = type(value).__name__
        if value is None or kind in ("NaTType", "NAType") or (isinstance(value, float) and math.isnan(value)):
            return None
        if kind == "datetime64":  # numpy: its item() may be a number of nanoseconds
            return value.astype("datetime64[us]").item()
        if hasattr(value, "item") and not isinstance(value, str | int | float | bool):  # any other numpy scalar
            return Engine.prepare_xl_data_element(value.item(), options)
        return value.to_pydatetime() if hasattr(value, "to_pydatetime") else value

    @staticmethod
    def clean_value_data(
        rows: Any, build_date: Callable[..., Any], empty: Any, build_number: Callable[..., Any] | None, as_text: bool
    ) -> list[list[Any]]:
        """What was read, as the person asked for it: dates, numbers, blanks and errors in the wanted types."""

        def clean(value: Any) -> Any:
            if value is None:
                return empty
            if isinstance(value, ErrorValue):
                return str(value) if as_text else None
            if isinstance(value, datetime):
                return build_date(**{part: getattr(value, part) for part in PARTS}, tzinfo=None)
            return build_number(value) if build_number else value

        wishes = {
            ErrorValue: True,
            datetime: build_date is not datetime,
            float: build_number,
            NoneType: empty is not None,
        }
        wanted = {kind for kind, wish in wishes.items() if wish} & set(map(type, chain.from_iterable(rows)))
        if not wanted and type(rows) is list:  # most sheets: as it was read
            return rows
        return [[clean(value) if type(value) in wanted else value for value in row] for row in rows]


def register() -> Engine:
    """Make the engine known to xlwings, once, and the active one."""
    if NAME not in [engine.name for engine in xw.engines]:
        xw.engines.add(xw.Engine(impl=Engine()))
    xw.engines[NAME].activate()
    return xw.engines[NAME].impl  # type: ignore[no-any-return]  # xlwings keeps what it was given
