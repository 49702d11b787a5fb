"""Which request may be repeated, when, and how long everything may take.

    outcome                                  reads, overwrites of named places, guarded batches    anything else
    429, or Drive's 403 for its quota        wait for the next minute's quota, then repeat         the same
    5xx (JSON or HTML), time-out, cut line   repeat, a bounded number of times                     never: ReplyLost
    could not connect, nothing was sent      repeat                                                repeat
    400, 403, 404                            never                                                 never

Short retries after a 429 only burn quota: Google refills it once a minute and sends no Retry-After with it (seen live,
2026-09-30). A 503 may follow a write that was carried out, which is why an append is never repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from addin.core.regex import regex
from addin.files import parsed_json
from addin.google.problems import body_of, reason_of

OVERWRITES = frozenset(
    {
        "updateCells",
        "repeatCell",
        "updateDimensionProperties",
        "updateSheetProperties",
        "setDataValidation",
        "setBasicFilter",
        "clearBasicFilter",
        "updateSpreadsheetProperties",
        "updateNamedRange",
        "updateProtectedRange",
    }
)
"""Requests of a batch that name their place and give the same result when they are applied twice."""

QUOTA_REASONS = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})

READ_POSTS = regex(r"(:batchGetByDataFilter|:getByDataFilter|developerMetadata:search)$")
VALUE_WRITES = regex(r"(/values:batchUpdate|/values:batchClear|/values/[^/]+:clear)$")


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient the program is. Times are in seconds."""

    attempts: int = 6
    deadline: float = 180.0
    connect: float = 10.0
    read: float = 60.0
    first_wait: float = 1.0
    longest_wait: float = 32.0
    run: float = 1800.0
    """All requests of one run together: nobody waits for more than half an hour."""
    quota: int = 60
    """Reads, and writes, that Google allows one account each minute ("Usage limits" of the Sheets API)."""


def is_read(method: str, url: str) -> bool:
    """Does this request only look?"""
    return method.upper() == "GET" or bool(READ_POSTS.search(_path(url)))


def repeatable(method: str, url: str, body: Mapping[str, Any] | None, params: Mapping[str, Any] | None = None) -> bool:
    """May this request be sent again when it is not known whether it was carried out?"""
    if is_read(method, url):
        return True
    body, path = body or {}, _path(url)
    if method.upper() == "PUT" and "/values/" in path:
        return str((params or {}).get("valueInputOption")) == "RAW"
    if VALUE_WRITES.search(path):
        return not path.endswith("/values:batchUpdate") or str(body.get("valueInputOption")) == "RAW"
    if path.endswith(":batchUpdate"):
        return _batch_repeatable(body.get("requests", []))
    return False


def _batch_repeatable(batch: list[Mapping[str, Any]]) -> bool:
    """True when every request overwrites a named place, or when a guard lets the batch be applied only once.

    The guard: a named range can be added only once under its name and id, and a batch is applied whole or not at all.
    """
    kinds = [kind for request in batch for kind in request]
    guarded = any("namedRangeId" in request.get("addNamedRange", {}).get("namedRange", {}) for request in batch)
    return bool(kinds) and (guarded or all(kind in OVERWRITES for kind in kinds))


def over_quota(response: requests.Response) -> bool:
    """Is this Google's way of saying: too many requests this minute?"""
    if response.status_code == 429:
        return True
    return response.status_code == 403 and reason_of(body_of(response)) in QUOTA_REASONS


def worth_repeating(response: requests.Response) -> bool:
    """Did the service stumble (any 5xx, or 408), whatever the body looks like?"""
    return response.status_code >= 500 or response.status_code == 408


def retry_after(response: requests.Response, now: float) -> float | None:
    """The seconds that the service asks us to wait; None where it does not say."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - now)


def until_next_minute(now: float) -> float:
    """Seconds until the quota of the next minute begins."""
    return 60.0 - now % 60.0


def json_body(body: Any, data: bytes | None) -> Mapping[str, Any] | None:
    """The JSON that a request carries, handed over as an object or as bytes."""
    if isinstance(body, Mapping):
        return body
    try:
        read = parsed_json(data) if data else None
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _path(url: str) -> str:
    return url.split("?", 1)[0]
