"""Rule functions of a school, under names of its own: `@addin.rule("tutor_knows")` is `use = "own.tutor_knows"`.

They come from a script that calls `addin.rule`, or from an installed package (see workspace/extensions.py); never from
a file beside a workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from addin.core.ib import Row, RuleContext, RuleFunction, Violation
from addin.core.regex import regex
from addin.errors import TrackerProblem

PREFIX = "own."
_NAME = regex(r"[a-z][a-z0-9_]*")
_KNOWN: dict[str, RuleFunction] = {}


def register(name: str, function: Callable[[Sequence[Row], RuleContext], Iterable[Violation]]) -> None:
    """Let trackers use a function as `own.NAME`. Raises TrackerProblem for a name or function that cannot be."""
    if not _NAME.fullmatch(name):
        raise TrackerProblem(f"{name!r} is not a name for a rule function.", next="Use lower_snake_case.")
    code = getattr(function, "__code__", None)
    if code is None or code.co_varnames[: code.co_argcount] != ("rows", "context"):
        raise TrackerProblem(f"the rule function {name!r} must take (rows, context).", next="Change its parameters.")

    def guarded(rows: Sequence[Row], context: RuleContext) -> Iterable[Violation]:
        try:
            return list(function(rows, context))
        except Exception as error:
            raise TrackerProblem(
                f"the rule function {PREFIX}{name} of your school failed ({type(error).__name__}).",
                next="Ask whoever wrote it; without the rule the tracker works.",
            ) from error

    guarded.__doc__ = function.__doc__
    _KNOWN[name] = guarded


def find(use: str) -> RuleFunction | None:
    """The function of a name such as `own.tutor_knows`; None where nobody registered it."""
    return _KNOWN.get(use.removeprefix(PREFIX))
