"""A gspread HTTP client that gives up in time, waits politely and never writes twice.

gspread's own has no time-out, and its back-off client retries for ever and repeats appends (measured with 6.2.1).
The rules are in policy.py; this file carries them out. Problems come out as sentences (problems.py), with gspread's
own error as their cause.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient

from addin.errors import Problem, ServiceProblem
from addin.google import answers, problems
from addin.google import policy as rules
from addin.google.calls import Calls
from addin.google.policy import Policy

PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with one try, and whether and when to try again."""

    problem: Problem | None
    """Set where repeating cannot help."""
    why: str = ""
    maybe_done: bool = False
    """True where the request may have been carried out although no answer came."""
    over_quota: bool = False
    after: float | None = None
    cause: Exception | None = None


@dataclass(slots=True)
class Asked:
    """One request, with what policy.py says about it."""

    method: str
    url: str
    parts: Mapping[str, Any]
    read: bool
    repeatable: bool
    started: float
    maybe_done: bool = False
    """True once a try may have been carried out although its answer was lost."""

    @property
    def where(self) -> str:
        """The spreadsheet it is about, short enough for a sentence; empty where it is about none."""
        found = re.search(r"/(?:spreadsheets|files)/([\w-]+)", self.url)
        return f"gsheet:{found[1]}" if found else ""


class CarefulClient(HTTPClient):
    """An HTTPClient with time-outs, bounded retries, a deadline for each request, and every call counted.

    A `session` may be handed in: it decides how requests travel (a proxy, a certificate, a local server).
    """

    def __init__(
        self,
        auth: Any,
        session: requests.Session | None = None,
        *,
        policy: Policy | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.policy = policy or Policy()
        super().__init__(auth, session)
        self.session.headers["User-Agent"] = (
            "ib-trackers (gzip)"  # without the word Google may not compress its answers
        )
        self.auth: Any = auth or getattr(session, "credentials", None)  # gspread sets it only where it made the session
        self.timeout = (self.policy.connect, self.policy.read)
        self.calls = Calls(self.policy.quota)
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._run_began: float | None = None

    @property
    def who(self) -> str:
        """The address to share a spreadsheet with; empty where the account does not tell."""
        return str(getattr(self.auth, "service_account_email", "") or getattr(self.auth, "account", "") or "")

    def begin_run(self) -> None:
        """Start the time of a run again: a program that watches is never at its end."""
        self._run_began = None

    def request(
        self,
        method: str,
        endpoint: str,
        params: Any = None,
        data: bytes | None = None,
        json: Any = None,
        files: Any = None,
        headers: Any = None,
    ) -> requests.Response:
        """Send one request by the rules of policy.py; a success comes back, everything else is a Problem."""
        parts = {"params": params, "data": data, "json": json, "files": files, "headers": headers}
        asked = Asked(
            method,
            endpoint,
            parts,
            read=rules.is_read(method, endpoint),
            repeatable=rules.repeatable(method, endpoint, rules.json_body(json, data), params),
            started=self._clock(),
        )
        if self._run_began is None:
            self._run_began = asked.started
        if asked.started - self._run_began > self.policy.run:
            raise problems.too_long(self.policy.run, where=asked.where)
        for attempt in range(1, self.policy.attempts + 1):
            self._keep_to_quota(asked.read)
            answer = self._try(asked)
            if isinstance(answer, requests.Response) and answer.ok:
                return answers.from_google(answer, where=asked.where)
            trouble = self._trouble(answer, asked)
            asked.maybe_done = asked.maybe_done or trouble.maybe_done
            wait = self._wait(trouble, attempt)
            last = attempt == self.policy.attempts or self._clock() + wait >= asked.started + self.policy.deadline
            if problem := self._problem(asked, trouble, attempt if last else 0):
                raise problem from trouble.cause
            self._pause(wait)
            self.calls.retries += 1
        raise AssertionError("the last try either succeeds or raises")  # attempts is at least 1

    def _problem(self, asked: Asked, trouble: Trouble, tries: int) -> Problem | None:
        """What to raise now; None where it is worth another try. `tries` is set after the last one."""
        if trouble.problem:
            return trouble.problem
        if asked.maybe_done and not asked.read and (tries or not asked.repeatable):
            return problems.lost(trouble.why, where=asked.where)
        if tries:
            seconds = self._clock() - asked.started
            return problems.gave_up(trouble.why, where=asked.where, tries=tries, seconds=seconds)
        return None

    def _try(self, asked: Asked) -> requests.Response | Exception:
        left = max(1.0, asked.started + self.policy.deadline - self._clock())
        timeout = (min(self.policy.connect, left), min(self.policy.read, left))
        self.calls.note(asked.read, self._clock())
        ask = partial(self.session.request, timeout=timeout, hooks={"response": read_whole}, **asked.parts)
        return within(left, lambda: ask(method=asked.method, url=asked.url))

    def _trouble(self, answer: requests.Response | Exception, asked: Asked) -> Trouble:
        if isinstance(answer, Exception):
            return no_answer(answer, asked.where, self.who)
        cause, after = APIError(answer), rules.retry_after(answer, self._clock())
        if rules.over_quota(answer):
            why = f"Google's {self.policy.quota} reads and {self.policy.quota} writes a minute are used up"
            return Trouble(None, why, over_quota=True, after=after, cause=cause)
        if rules.worth_repeating(answer):
            why = f"Google Sheets is not working just now (answer {answer.status_code})"
            return Trouble(None, why, maybe_done=True, after=after, cause=cause)
        refused = problems.refusal(answer, who=self.who, where=asked.where, after_lost_reply=asked.maybe_done)
        return Trouble(refused, cause=cause)

    def _wait(self, trouble: Trouble, attempt: int) -> float:
        """How long to wait before the next try, with jitter so that many programs do not come back at once."""
        if trouble.after is not None:
            return trouble.after + self._chance()
        if trouble.over_quota:
            return rules.until_next_minute(self._clock()) + self._chance()
        return float(self._chance() * min(self.policy.longest_wait, self.policy.first_wait * 2**attempt))

    def _keep_to_quota(self, read: bool) -> None:
        """Wait rather than ask for what Google would refuse."""
        if wait := self.calls.until_free(read, self._clock()):
            self._pause(wait)

    def _pause(self, seconds: float) -> None:
        self.calls.waited += seconds
        self._sleep(seconds)


def within(seconds: float, send: Callable[[], requests.Response]) -> requests.Response | Exception:
    """The answer, or what went wrong; a time-out where it is not whole by then.

    The time-outs of `requests` begin again with each byte: a server that sends ten a second would hold us for ever. So
    the request is made in a thread of its own, which is left behind when its time is over.
    """
    done: SimpleQueue[requests.Response | BaseException] = SimpleQueue()

    def work() -> None:
        try:
            done.put(send())
        except BaseException as error:  # handed over, and raised where it is not one of those below
            done.put(error)

    Thread(target=work, daemon=True).start()
    try:
        answer = done.get(timeout=seconds)
    except Empty:
        return requests.exceptions.ReadTimeout(f"the answer was not whole after {seconds:.0f} s")
    if isinstance(answer, BaseException) and not isinstance(answer, requests.RequestException | GoogleAuthError):
        raise answer
    return answer


def read_whole(answer: requests.Response, **given: Any) -> None:
    """Read the content of an answer once, as a hook. (`requests` gathers pieces and then joins them: twice the memory.)

    Every answer passes here, also the one to a token that has run out, which is never looked at.
    """
    if answer._content is False:
        content = BytesIO()
        with closing(answer):  # one that is cut short leaves no connection open
            for piece in answer.iter_content(PIECE):
                content.write(piece)
        answer._content = content.getvalue()


def no_answer(error: Exception, where: str, who: str) -> Trouble:
    """What to make of a request that got no answer at all."""
    why = problems.why_no_answer(error)
    if isinstance(error, RefreshError) and not _stumbled(error):
        return Trouble(problems.sign_in_refused(error, who=who), cause=error)
    if "certificate is not Google's" in why:
        advice = "Ask whoever runs the network for its certificate, and set REQUESTS_CA_BUNDLE to that file."
        return Trouble(ServiceProblem(f"{why}.", where=where, next=advice), cause=error)
    sent = not isinstance(error, GoogleAuthError | requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError)
    never_connected = "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)
    return Trouble(None, why, maybe_done=sent and not never_connected, cause=error)


def _stumbled(error: RefreshError) -> bool:
    """Did the token service fail, rather than refuse? (A 502 page makes a RefreshError too: gspread issue 1563.)"""
    text = " ".join(str(part) for part in error.args)
    return bool(error.retryable or re.search(r"<html|server error|internal_failure|unavailable|timed out", text, re.I))
