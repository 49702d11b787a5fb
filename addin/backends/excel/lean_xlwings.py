"""Import xlwings without the data libraries it takes along when they happen to be installed.

xlwings imports numpy, pandas, polars and matplotlib wherever it finds them, only to convert to and from their types.
No button needs that, and a person waits for it at every press (measured with 0.37.8 on two cores: 0.52 s with pandas
installed, 0.09 s this way). While xlwings is imported these names are hidden; afterwards anyone may import them.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType

NOT_FOR_BUTTONS = ("numpy", "pandas", "polars", "matplotlib", "plotly", "PIL", "xlwings.pro")


def lean_xlwings() -> ModuleType:
    """The xlwings package; if somebody imported it before, as it is."""
    if "xlwings" not in sys.modules:
        with hidden(NOT_FOR_BUTTONS):
            import xlwings
    import xlwings

    return xlwings


@contextmanager
def hidden(names: Sequence[str]) -> Iterator[None]:
    """Let these packages look as if they were not installed, except those that are imported already.

    None in sys.modules is Python's own way to say "importing this fails" (docs.python.org, sys.modules).
    """
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None is allowed there, typeshed says not
    try:
        yield
    finally:
        for name in absent:
            if sys.modules.get(name) is None:
                sys.modules.pop(name, None)
