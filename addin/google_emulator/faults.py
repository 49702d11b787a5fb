"""What can go wrong between a program and Google, as a script: each fault waits for the request it is meant for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from addin.google_emulator.calls import Call

Kind = Literal[
    "quota", "unavailable", "unavailable after", "html 502", "reset", "reset after", "stall", "revoke", "act"
]
On = str | Callable[[Call], bool]


@dataclass
class Fault:
    """One planned fault. `times` is how often it still strikes, None for ever."""

    kind: Kind
    on: On
    times: int | None
    seconds: float = 0.0
    act: Callable[[], object] | None = None

    def fits(self, call: Call) -> bool:
        if callable(self.on):
            return self.on(call)
        if "/" in self.on or ":" in self.on:
            return self.on in call.path
        return self.on == call.kind or (self.on == "any" and call.kind in ("read", "write", "drive", "token"))


@dataclass
class Faults:
    """The script. `on` is `any`, `read`, `write`, `drive`, `token`, part of a path (with `/` or `:`), or a function."""

    planned: list[Fault] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def quota(self, on: On = "any", times: int | None = 1) -> None:
        """429, as when the minute is used up."""
        self._plan(Fault("quota", on, times))

    def unavailable(self, on: On = "any", times: int | None = 1, *, after: bool = False) -> None:
        """503; with `after` the request is carried out first, and only its answer is lost."""
        self._plan(Fault("unavailable after" if after else "unavailable", on, times))

    def bad_gateway(self, on: On = "any", times: int | None = 1) -> None:
        """502 with a page of HTML instead of JSON."""
        self._plan(Fault("html 502", on, times))

    def reset(self, on: On = "any", times: int | None = 1, *, after: bool = False) -> None:
        """The connection breaks; with `after` once the request has been carried out."""
        self._plan(Fault("reset after" if after else "reset", on, times))

    def stall(self, seconds: float, on: On = "any", times: int | None = 1) -> None:
        """The server takes the request and is silent for so long, then breaks the connection."""
        self._plan(Fault("stall", on, times, seconds))

    def revoke(self, on: On = "any", times: int | None = 1) -> None:
        """The access token is no longer good: 401 until a new one is fetched."""
        self._plan(Fault("revoke", on, times))

    def between(self, act: Callable[[], object], on: On = "write", times: int | None = 1) -> None:
        """Somebody else does something right before the next request of this sort."""
        self._plan(Fault("act", on, times, act=act))

    def clear(self) -> None:
        with self._lock:
            self.planned.clear()

    def _plan(self, fault: Fault) -> None:
        with self._lock:
            self.planned.append(fault)

    def due(self, call: Call) -> list[Fault]:
        """The faults for this request: all acts that wait for it, and the first other fault."""
        found: list[Fault] = []
        with self._lock:
            for fault in list(self.planned):
                if not fault.fits(call) or (fault.kind != "act" and any(one.kind != "act" for one in found)):
                    continue
                found.append(fault)
                self.struck.append(fault.kind)
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.planned.remove(fault)
        return found
