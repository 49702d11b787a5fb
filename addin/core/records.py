"""Records: classes that are nothing but their fields, for what every click loads.

A dataclass writes and compiles its methods when it is imported: 0.6 ms each and 20 ms for the machinery, a fifth of a
whole Validate of a small workbook. A record has the methods that are here. Where nobody waits, a dataclass will do.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, cast, dataclass_transform

T = TypeVar("T")


class _Fresh:
    """A default that is made again for each record."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], T]) -> T:
    """A default that each record has for itself, such as a list of its own."""
    return _Fresh(default_factory)  # type: ignore[return-value]  # as dataclasses.field says it too


@dataclass_transform(field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """The class with its annotated names as fields: slots, an initialiser, equality by value and a readable repr."""
    return _made(cls, {"__hash__": None})


@dataclass_transform(field_specifiers=(field,), frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """As a record, but it never changes, so it may be a key."""
    values = attrgetter(*cls.__annotations__)

    def hashed(self: Any) -> int:
        return hash(values(self))

    def refuse(self: Any, name: str, value: object) -> None:
        raise AttributeError(f"{cls.__name__} does not change: {name} stays {getattr(self, name, None)!r}")

    def reduced(self: Any) -> tuple[Any, ...]:
        return type(self), tuple(as_dict(self).values())

    return _made(cls, {"__hash__": hashed, "__setattr__": refuse, "__reduce__": reduced})


def _made(cls: type[T], methods: dict[str, Any]) -> type[T]:
    names = tuple(cls.__annotations__)
    own = dict(vars(cls))
    defaults = {name: own.pop(name) for name in names if name in own}
    for name in ("__dict__", "__weakref__"):
        own.pop(name, None)
    values = attrgetter(*names)
    put = object.__setattr__

    def initialise(self: Any, *given: Any, **named: Any) -> None:
        for name, value in zip(names, given, strict=False):
            put(self, name, value)
        for name in names[len(given) :]:
            if name in named:
                put(self, name, named.pop(name))
            elif name in defaults:
                default = defaults[name]
                put(self, name, default.make() if type(default) is _Fresh else default)
            else:
                raise TypeError(f"{cls.__name__}: {name} is missing")
        if named or len(given) > len(names):
            raise TypeError(f"{cls.__name__} has the fields {', '.join(names)}; given was {(*given, *named)}")

    def equals(self: Any, other: object) -> bool:
        return bool(values(self) == values(other)) if type(other) is type(self) else NotImplemented

    def shown(self: Any) -> str:
        return f"{cls.__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    methods = {"__slots__": names, "__init__": initialise, "__eq__": equals, "__repr__": shown, **methods}
    return cast("type[T]", type(cls.__name__, cls.__bases__, {**methods, **own}))


def field_names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a record, in order."""
    return tuple(kind.__slots__)


def as_dict(one: Any) -> dict[str, Any]:
    """A record's fields by name."""
    return {name: getattr(one, name) for name in one.__slots__}


def replace(one: T, **changes: Any) -> T:
    """A copy of a record with these fields changed."""
    names = field_names(type(one))
    if changes.keys() - names:
        return type(one)(**{**as_dict(one), **changes})  # which says what is wrong
    return type(one)(*[changes[name] if name in changes else getattr(one, name) for name in names])
