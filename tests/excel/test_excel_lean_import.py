"""A press of a button does not pay for libraries that it does not use."""

import subprocess
import sys

import pytest
from excel_readers import needed

SLOW = ("numpy", "pandas", "polars", "matplotlib")


def answer_of(program: str) -> str:
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_xlwings_comes_without_the_data_libraries():
    program = "import sys; from addin.backends.excel.lean_xlwings import lean_xlwings; lean_xlwings(); "
    loaded = answer_of(program + "print(*(n for n in sys.modules if n.split('.')[0] in " + repr(SLOW) + "))")
    assert loaded == ""
    assert answer_of(program + "print([n for n in sys.modules if n.startswith('xlwings.pro')])") == "[]"


def test_afterwards_everything_can_be_imported_as_ever():
    needed("pandas")
    program = (
        "from addin.backends.excel.lean_xlwings import lean_xlwings; xw = lean_xlwings(); "
        "import pandas, numpy, xlwings; "
        "import sys; assert xw is xlwings and not [n for n, m in sys.modules.items() if m is None]; "
        "print(pandas.DataFrame({'a': [1]}).a.sum())"
    )
    assert answer_of(program) == "1"


def test_what_was_imported_before_stays():
    needed("numpy")
    program = (
        "import numpy; from addin.backends.excel.lean_xlwings import hidden\n"
        "with hidden(['numpy', 'fractions']):\n"
        "    import numpy as again\n"
        "    try:\n"
        "        import fractions\n"
        "    except ImportError:\n"
        "        print(again is numpy)\n"
        "import fractions"
    )
    assert answer_of(program) == "True"


def test_hiding_ends_even_after_an_error():
    from addin.backends.excel.lean_xlwings import hidden

    with pytest.raises(RuntimeError), hidden(["no_such_package"]):
        raise RuntimeError
    assert "no_such_package" not in sys.modules


def test_the_entry_imports_no_spreadsheet_library():
    """Until a button needs one: an answer such as "not set up" comes at once."""
    program = (
        "import sys, addin.excel.entry; print([n for n in ('xlwings', 'openpyxl', 'xlsxwriter') if n in sys.modules])"
    )
    assert answer_of(program) == "[]"
