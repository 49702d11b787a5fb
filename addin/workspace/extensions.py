"""What installed packages of a school add: rule functions and export formats.

A package names them in its pyproject.toml:

    [project.entry-points."ib_trackers.rules"]
    tutor_knows = "our_school.rules:tutor_knows"

They are looked for only when a tracker or a command asks for a name that is not ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from typing import Any

from addin.core.checks import own_rules
from addin.core.trackers import Tracker
from addin.errors import Problem

RULES, EXPORTERS = "ib_trackers.rules", "ib_trackers.exporters"


def load_rules(tracker: Tracker) -> None:
    """Make the rule functions of packages known that this tracker uses. Raises Problem."""
    wanted = {
        rule.use.removeprefix(own_rules.PREFIX) for rule in tracker.rules if rule.use.startswith(own_rules.PREFIX)
    }
    for name in wanted:
        if own_rules.find(name) is None:
            for function in _named(RULES, name):
                own_rules.register(name, function)


def own_exporter(name: str) -> Callable[..., Any] | None:
    """The export function of an installed package; None where there is none. Raises Problem."""
    return next(_named(EXPORTERS, name), None)


def exporter_names() -> list[str]:
    """The names of the export formats that packages add."""
    return sorted({one.name for one in entry_points(group=EXPORTERS)})


def _named(group: str, name: str) -> Iterator[Any]:
    for one in entry_points(group=group, name=name):
        try:
            yield one.load()
        except Exception as error:
            package = one.dist.name if one.dist else "a package"
            raise Problem(
                f"{package} adds {name!r}, but it cannot be loaded ({type(error).__name__}).",
                next="Install the package again, or remove it.",
            ) from error
