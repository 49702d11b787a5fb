"""Every call to Google, counted, so that a person can see what a run cost and how near the quota it came."""

from __future__ import annotations

from dataclasses import dataclass, field

WINDOW = 60.0


@dataclass(slots=True)
class Calls:
    """The calls of one client. Times are those of the client's clock."""

    quota: int = 60
    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    retries: int = 0
    waited: float = 0.0

    def note(self, read: bool, now: float) -> None:
        """One more call went out."""
        (self.reads if read else self.writes).append(now)

    def busiest_minute(self, read: bool) -> int:
        """The largest number of calls in any sixty seconds."""
        times = self.reads if read else self.writes
        most, start = 0, 0
        for end, time in enumerate(times):
            while time - times[start] >= WINDOW:
                start += 1
            most = max(most, end - start + 1)
        return most

    def until_free(self, read: bool, now: float) -> float:
        """Seconds until the quota has room for one more call; 0 where it has room now."""
        recent = [time for time in (self.reads if read else self.writes) if now - time < WINDOW]
        return WINDOW - (now - recent[-self.quota]) if len(recent) >= self.quota else 0.0

    def __str__(self) -> str:
        """One line for a person."""
        repeated = f", {self.retries} repeated, {self.waited:.0f} s waited" if self.retries or self.waited else ""
        busiest = f"{self.busiest_minute(True)} and {self.busiest_minute(False)} of {self.quota} allowed"
        sent = f"{_count(len(self.reads), 'read')}, {_count(len(self.writes), 'write')}"
        return f"{sent} at Google{repeated} (busiest minute: {busiest})"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")
