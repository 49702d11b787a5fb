"""The changes that scripts/mutation.py makes: each is one, none is of what makes no difference, and it takes effect."""

from __future__ import annotations

import importlib
import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"
SAMPLE = '''
from __future__ import annotations
from functools import lru_cache
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    KINDS = 4
    from fractions import Fraction
__all__ = ("a",) * 1
LIMIT: tuple[int, int] = (3,)[0]

@lru_cache(maxsize=8)
def a(values: list[int]) -> bool:
    """Text with 1 < 2."""
    values = values[:300]
    return any(map(lambda value: value < LIMIT, values))

def b(first, second=2):
    if not first:
        return ()
    return [one for one, _ in zip(first, first, strict=True) if not one == second]
'''
CHANGES = {
    ": (3,)[0] -> (4,)[0]": ("LIMIT",),
    ": (3,)[0] -> (3,)[1]": ("LIMIT",),
    "a: return any(map(lambda value: value < LIMIT, values)) -> return None": (),
    "a: values[:300] -> values[:600]": (),
    "a: value < LIMIT -> value <= LIMIT": (),
    "b: 2 -> 3": ("b",),
    "b: not first -> not not first": (),
    "b: return [one for one, _ in zip(first, first, strict=True) if not one == second] -> return None": (),
    "b: not one == second -> not not one == second": (),
    "b: one == second -> one != second": (),
}


@pytest.fixture
def mutants(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(SCRIPTS)
    return importlib.import_module("mutants")


@pytest.fixture
def sample(tmp_path: Path) -> ModuleType:
    file = tmp_path / "sample.py"
    file.write_text(SAMPLE, "utf-8")
    spec = importlib.util.spec_from_file_location("addin.sample", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_annotations_decorators_type_blocks_and_texts_are_left_alone(mutants: ModuleType, sample: ModuleType) -> None:
    found = mutants.every_mutant(sample.__file__)
    texts = mutants.described(sample.__file__)
    assert dict(zip(texts, (one.names for one in found), strict=True)) == CHANGES and len(found) == len(CHANGES)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("a: value < LIMIT -> value <= LIMIT", (True, [1])),
        ("a: return any(map(lambda value: value < LIMIT, values)) -> return None", (None, [1])),
        ("b: one == second -> one != second", (False, [2])),
    ],
)
def test_a_mutant_in_a_function_takes_effect_in_what_is_loaded_and_cached(
    mutants: ModuleType, sample: ModuleType, change: str, expected: object
) -> None:
    def results() -> object:
        return sample.a((3, 9)), sample.b([1, 2])

    assert results() == (False, [1])
    mutant = mutants.every_mutant(sample.__file__)[mutants.described(sample.__file__).index(change)]
    put = mutants.Loaded().patch(mutant)
    assert put is not None
    put()
    assert results() == expected


def test_what_runs_when_a_module_is_loaded_is_not_put_into_a_function(mutants: ModuleType, sample: ModuleType) -> None:
    (limit, *_) = mutants.every_mutant(sample.__file__)
    assert limit.names == ("LIMIT",) and mutants.Loaded().patch(limit) is None


def test_what_may_stay_unnoticed_is_a_change_that_can_still_be_made_and_has_a_reason(mutants: ModuleType) -> None:
    stay = tomllib.loads((SCRIPTS / "mutants_that_stay.toml").read_text("utf-8"))
    for module, reasons in stay.items():
        assert not set(reasons) - set(mutants.described(module)), module
        assert all(len(reason.split()) > 3 for reason in reasons.values()), module
