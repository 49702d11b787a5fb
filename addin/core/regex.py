"""Regular expressions that are compiled when they are first used.

A check loads some hundred of them and needs half: compiling the others took a tenth of a small check's time.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Regex:
    """A pattern that becomes a compiled one at its first use; each method that was asked for is kept."""

    def __init__(self, source: Any, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, for the patterns of a module; what `re.sub` and the like take is only a compiled one."""
    return cast("re.Pattern[AnyStr]", _Regex(source, flags))
