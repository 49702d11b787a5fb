"""The functions of `core/ib` that a rule may use: those written as a rule, and nothing else that is imported there.

A rule function is public, defined in its own module, takes `(rows, context)` and is annotated to give `Violation`s.
"""

from __future__ import annotations

from importlib import import_module
from types import FunctionType

from addin.core.checks import own_rules
from addin.core.ib import RuleFunction
from addin.core.regex import regex
from addin.errors import TrackerProblem

_NAME = regex(r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")


def rule_function(use: str, rule: str = "", source: str = "") -> RuleFunction:
    """The function that a rule names by `use = "module.function"`. Raises TrackerProblem."""
    if use.startswith(own_rules.PREFIX):
        own = own_rules.find(use)
        if own is None:
            raise TrackerProblem(
                f"rule {rule!r} uses {use!r}, which no installed package of your school has.",
                where=source,
                next="Install the package with this rule function, or take the rule out of the file.",
            )
        return own
    match = _NAME.fullmatch(use)
    found = _function(match[1], match[2]) if match else None
    if found is None:
        raise TrackerProblem(
            f"rule {rule!r} uses {use!r}, which is no rule function of addin/core/ib.",
            where=source,
            next="Use one that a built-in tracker uses, or write the rule with when/then, unique or measure.",
        )
    return found


def _function(module: str, name: str) -> RuleFunction | None:
    try:
        found = getattr(import_module(f"addin.core.ib.{module}"), name, None)
    except ImportError:
        return None
    if not isinstance(found, FunctionType) or found.__module__ != f"addin.core.ib.{module}":
        return None
    code = found.__code__
    takes = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    gives = str(found.__annotations__.get("return", ""))
    return found if takes == ("rows", "context") and "Violation" in gives else None
