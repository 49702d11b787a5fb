"""The verbs of the command line. One file is one verb, with `HELP`, `EXAMPLE`, `options(parser)` and `run(arguments)`.

`run` gives the exit code. A module's name with _ for - is the verb's (`import_` is import).
"""

from __future__ import annotations

from pathlib import Path

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


def module_of(verb: str) -> str:
    """The name of a verb's module; "" where there is no such verb."""
    names = (verb.replace("-", "_"), verb.replace("-", "_") + "_")
    here = Path(__file__).parent
    return next((name for name in names if verb[:1].isalpha() and (here / f"{name}.py").exists()), "")


def verb_of(module: str) -> str:
    """The verb of a module's name."""
    return module.strip("_").replace("_", "-")


def verbs() -> list[str]:
    """The names of all verbs' modules, as `--help` lists them."""
    found = [path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__"]
    return sorted(found, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
