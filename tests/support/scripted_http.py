"""An HTTP transport that answers from a list, and a clock that only moves when somebody sleeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import requests
from requests.adapters import BaseAdapter

from addin.google.client import CarefulClient
from addin.google.policy import Policy

KEY = "1abcDEF"
BOOK = f"https://sheets.googleapis.com/v4/spreadsheets/{KEY}"


class Clock:
    """Time that passes only in `sleep`."""

    def __init__(self, now: float = 1_790_000_010.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


Reply = Callable[[requests.PreparedRequest], requests.Response] | Exception


class Script(BaseAdapter):
    """Answers each request with the next reply; the last one is repeated for ever."""

    def __init__(self, replies: Iterable[Reply]) -> None:
        super().__init__()
        self.replies = list(replies)
        self.sent: list[requests.PreparedRequest] = []
        self.timeouts: list[Any] = []

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        self.sent.append(request)
        self.timeouts.append(options["timeout"])
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply(request)

    def close(self) -> None:
        pass


def answer(status: int, body: Any = None, **headers: str) -> Reply:
    """A reply with this status and body (JSON, or text as it is)."""

    def reply(request: requests.PreparedRequest) -> requests.Response:
        response = requests.Response()
        response.status_code = status
        response.request = request
        response.url = request.url or ""
        response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
        response._content = (body if isinstance(body, str) else json.dumps(body or {})).encode()
        return response

    return reply


def refusal(status: int, message: str, **more: Any) -> Reply:
    """Google's own form of an error."""
    return answer(status, {"error": {"code": status, "message": message, **more}})


def client(*replies: Reply, policy: Policy | None = None, chance: float = 0.5) -> tuple[CarefulClient, Script, Clock]:
    """The product's client over a script, with the script and the clock to look at."""
    session, script, clock = requests.Session(), Script(replies), Clock()
    session.mount("https://", script)
    made = CarefulClient(None, session, policy=policy, clock=clock, sleep=clock.sleep, chance=lambda: chance)
    return made, script, clock
