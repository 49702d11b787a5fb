"""The quota of the Sheets API: so many reads and so many writes a minute, for each person and for the project.

A batch counts once; the minute is that of the clock. 60 and 300: the documentation's page "Usage limits"; the refusal:
LIVE harvester fixtures, 2026-09-30 (no Retry-After); its project form: READ r-lib/gargle #160.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from addin.google_emulator.answers import ApiError

PROJECT = "000000000000"


class Quota:
    """Counts requests in the current minute."""

    def __init__(self, per_user: int = 60, per_project: int = 300) -> None:
        self.per_user, self.per_project = per_user, per_project
        self._minute = -1
        self._used: Counter[tuple[str, str]] = Counter()

    def take(self, user: str, kind: str, now: float) -> None:
        """Count one request, `Read` or `Write`; 429 when the minute is used up."""
        minute = int(now // 60)
        if minute != self._minute:
            self._minute, self._used = minute, Counter()
        for who, limit in ((user, self.per_user), ("", self.per_project)):
            if self._used[who, kind] >= limit:
                raise exhausted(kind, limit, minute * 60, per_user=bool(who))
        self._used.update([(user, kind), ("", kind)])

    def left(self, user: str, kind: str) -> int:
        return self.per_user - self._used[user, kind]


def exhausted(kind: str, limit: int, start: int, *, per_user: bool) -> ApiError:
    metric, scope = f"{kind} requests", " per user" if per_user else ""
    metadata = {
        "window_start_time": datetime.fromtimestamp(start, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
        "quota_location": "global",
        "service": "sheets.googleapis.com",
        "quota_unit": "1/min/{project}" + ("/{user}" if per_user else ""),
        "quota_limit": f"{kind}RequestsPerMinutePer{'User' if per_user else 'Project'}",
        "consumer": f"projects/{PROJECT}",
        "quota_limit_value": str(limit),
    }
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    link = {
        "description": "Request a higher quota limit.",
        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
    }
    links = {"@type": "type.googleapis.com/google.rpc.Help", "links": [link]}
    text = (
        f"Quota exceeded for quota metric '{metric}' and limit '{metric} per minute{scope}' of service "
        f"'sheets.googleapis.com' for consumer 'project_number:{PROJECT}'."
    )
    return ApiError(429, "RESOURCE_EXHAUSTED", text, [info, links])
