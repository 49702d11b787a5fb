"""The verbs of the command line. One file is one verb, with `HELP`, `EXAMPLE`, `options(parser)` and `run(arguments)`.

`run` gives the exit code. A module's name with _ for - is the verb's (`import_` is import).
"""

from __future__ import annotations

import os

FIRST = (
    "new",
    "adopt",
    "register",
    "validate",
    "fix",
    "export",
    "import_",
    "report",
    "remind",
    "sync",
    "conflicts",
    "history",
    "undo",
    "stock",
    "rollover",
    "handover",
    "schedule",
    "watch",
)
"""The verbs that `--help` lists first, in this order; the others follow by name."""


def _modules() -> set[str]:
    """The names of the files here."""
    names = [entry.name for entry in os.scandir(__path__[0])]
    return {name.removesuffix(".py") for name in names if name.endswith(".py")}


def module_of(verb: str) -> str:
    """The name of a verb's module; "" where there is no such verb."""
    names = (verb.replace("-", "_"), verb.replace("-", "_") + "_")
    return next((name for name in names if verb[:1].isalpha() and name in _modules()), "")


def verb_of(module: str) -> str:
    """The verb of a module's name."""
    return module.strip("_").replace("_", "-")


def verbs() -> list[str]:
    """The names of all verbs' modules, as `--help` lists them."""
    return sorted(
        _modules() - {"__init__"}, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name)
    )
