"""Requests to Google end in time, wait politely, are repeated only when that cannot write twice, and are counted."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from google.auth.exceptions import RefreshError, TransportError
from scripted_http import BOOK, answer, client, refusal

from addin.errors import BookProblem, ReplyLost, RequestRefused, ServiceProblem, SignInProblem
from addin.google.client import CarefulClient
from addin.google.policy import Policy, retry_after

HTML = "<html><title>Error 502 (Server Error)!!1</title></html>"
BATCH = f"{BOOK}:batchUpdate"
GUARD = {"addNamedRange": {"namedRange": {"namedRangeId": "ibt-1", "name": "ib_trackers_1", "range": {}}}}

SAFE: list[tuple[str, str, Any, Any]] = [
    ("get", BOOK, None, None),
    ("get", f"{BOOK}/values:batchGet", None, None),
    ("post", f"{BOOK}/values:batchGetByDataFilter", {"dataFilters": []}, None),
    ("post", f"{BOOK}/developerMetadata:search", {"dataFilters": []}, None),
    ("put", f"{BOOK}/values/A1", {"values": [["x"]]}, {"valueInputOption": "RAW"}),
    ("post", f"{BOOK}/values:batchUpdate", {"valueInputOption": "RAW", "data": []}, None),
    ("post", f"{BOOK}/values/A1:B2:clear", None, None),
    ("post", f"{BOOK}/values:batchClear", {"ranges": ["A1"]}, None),
    ("post", BATCH, {"requests": [{"updateCells": {}}, {"repeatCell": {}}]}, None),
    ("post", BATCH, {"requests": [GUARD, {"appendCells": {}}, {"deleteDimension": {}}]}, None),
]
UNSAFE: list[tuple[str, str, Any, Any]] = [
    ("post", f"{BOOK}/values/A1:append", {"values": [["x"]]}, {"valueInputOption": "RAW"}),
    ("put", f"{BOOK}/values/A1", {"values": [["=A2"]]}, {"valueInputOption": "USER_ENTERED"}),
    ("post", f"{BOOK}/values:batchUpdate", {"valueInputOption": "USER_ENTERED", "data": []}, None),
    ("post", BATCH, {"requests": [{"updateCells": {}}, {"appendCells": {}}]}, None),
    ("post", BATCH, {"requests": [{"insertDimension": {}}]}, None),
    ("post", BATCH, {"requests": [{"addNamedRange": {"namedRange": {"name": "x"}}}, {"appendCells": {}}]}, None),
    ("post", BATCH, {"requests": []}, None),
    ("post", "https://www.googleapis.com/drive/v3/files", {"name": "x"}, None),
    ("delete", "https://www.googleapis.com/drive/v3/files/1", None, None),
]
LOST = [
    answer(503, {"error": {"code": 503, "message": "The service is currently unavailable."}}),
    answer(502, HTML),
    answer(408, HTML),
    requests.exceptions.ReadTimeout("read timed out"),
    requests.exceptions.ConnectionError("Connection aborted."),
    requests.exceptions.ChunkedEncodingError("cut"),
]


@pytest.mark.parametrize("lost", LOST, ids=[str(n) if callable(lost) else str(lost) for n, lost in enumerate(LOST)])
@pytest.mark.parametrize("request_", SAFE, ids=lambda r: f"{r[0]} {r[1][49:]}")
def test_what_cannot_write_twice_is_repeated_after_a_lost_reply(request_: Any, lost: Any) -> None:
    method, url, body, params = request_
    http, script, clock = client(lost, answer(200))
    assert http.request(method, url, json=body, params=params).ok
    assert (len(script.sent), http.calls.retries, len(clock.slept)) == (2, 1, 1)


@pytest.mark.parametrize("lost", LOST, ids=[str(n) if callable(lost) else str(lost) for n, lost in enumerate(LOST)])
@pytest.mark.parametrize("request_", UNSAFE, ids=lambda r: f"{r[0]} {r[1][36:]}")
def test_what_could_write_twice_is_sent_once_and_said_to_be_uncertain(request_: Any, lost: Any) -> None:
    method, url, body, params = request_
    http, script, _ = client(lost, answer(200))
    with pytest.raises(ReplyLost, match="not known whether the change was made"):
        http.request(method, url, json=body, params=params)
    assert len(script.sent) == 1


@pytest.mark.parametrize(
    "unsent",
    [
        requests.exceptions.ConnectTimeout("timed out"),
        requests.exceptions.ProxyError("proxy"),
        TransportError("token endpoint not reached"),
        RefreshError("server error", retryable=True),
        RefreshError("<html>502</html>"),
    ],
    ids=str,
)
def test_what_was_never_sent_may_be_sent_again_even_an_append(unsent: Exception) -> None:
    http, script, _ = client(unsent, answer(200))
    assert http.request("post", f"{BOOK}/values/A1:append", json={}).ok
    assert len(script.sent) == 2


def test_a_429_waits_for_the_quota_of_the_next_minute_and_then_repeats_even_an_append() -> None:
    http, script, clock = client(refusal(429, "Quota exceeded"), answer(200))
    clock.now = 1_790_000_000.0 - 1_790_000_000.0 % 60 + 17
    http.request("post", f"{BOOK}/values/A1:append", json={})
    assert clock.slept == [43.5]
    assert len(script.sent) == 2


def test_drives_403_for_its_quota_is_a_quota_too() -> None:
    reply = refusal(403, "Rate Limit Exceeded", errors=[{"reason": "userRateLimitExceeded"}])
    http, script, _ = client(reply, answer(200))
    assert http.request("get", "https://www.googleapis.com/drive/v3/files").ok
    assert len(script.sent) == 2


@pytest.mark.parametrize("status", [429, 503])
def test_a_permanent_failure_ends_within_the_deadline_with_one_sentence(status: int) -> None:
    http, _, clock = client(refusal(status, "no"))
    began = clock.now
    with pytest.raises(ServiceProblem) as caught:
        http.request("get", BOOK)
    assert clock.now - began <= http.policy.deadline
    text = str(caught.value)
    assert text.startswith("gsheet:1abcDEF: Google") and "\n" not in text
    assert text.endswith("Try again in a few minutes.")


def test_waits_grow_with_full_jitter_between_nothing_and_a_bound() -> None:
    http, _, clock = client(answer(500), policy=Policy(attempts=8, deadline=1000), chance=1.0)
    with pytest.raises(ServiceProblem):
        http.request("get", BOOK)
    assert clock.slept == [2, 4, 8, 16, 32, 32, 32]
    http, _, clock = client(answer(500), chance=0.0)
    with pytest.raises(ServiceProblem):
        http.request("get", BOOK)
    assert clock.slept == [0, 0, 0, 0, 0]


def test_retry_after_is_honoured_and_ends_the_matter_when_it_is_past_the_deadline() -> None:
    http, _, clock = client(answer(503, Retry_After="17"), answer(200))
    http.request("get", BOOK)
    assert clock.slept == [17.5]
    http, script, clock = client(answer(429, Retry_After="3600"))
    with pytest.raises(ServiceProblem):
        http.request("get", BOOK)
    assert (len(script.sent), clock.slept) == (1, [])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("17", 17.0), ("", None), ("soon", None), ("Wed, 21 Oct 2015 07:28:30 GMT", 30.0), ("-1", None)],
)
def test_retry_after_in_both_forms(text: str, seconds: float | None) -> None:
    response = requests.Response()
    response.headers["Retry-After"] = text
    assert retry_after(response, 1445412480.0) == seconds


REFUSALS = [
    (400, {"message": "Invalid requests[0].updateCells: No grid with id: 9"}, RequestRefused, "No grid with id: 9"),
    (401, {"message": "Request had invalid authentication credentials."}, SignInProblem, "google sign-in"),
    (403, {"message": "The caller does not have permission", "status": "PERMISSION_DENIED"}, SignInProblem, "Share"),
    (403, {"message": "", "details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}, SignInProblem, "sign-in"),
    (403, {"message": "", "errors": [{"reason": "storageQuotaExceeded"}]}, SignInProblem, "cannot own files"),
    (404, {"message": "Requested entity was not found."}, BookProblem, "Copy its address"),
    (400, {"message": "This operation is not supported for this document"}, BookProblem, "Save as Google Sheets"),
    (400, {"message": "You are trying to edit a protected cell or object."}, SignInProblem, "Protect sheets"),
    (
        403,
        {"message": "x", "details": [{"reason": "SERVICE_DISABLED", "metadata": {"activationUrl": "https://e.test"}}]},
        SignInProblem,
        "Open https://e.test and press Enable",
    ),
]


@pytest.mark.parametrize(("status", "error", "kind", "words"), REFUSALS, ids=lambda v: str(v)[:40])
def test_a_refusal_is_not_repeated_and_says_what_to_do(status: int, error: Any, kind: Any, words: str) -> None:
    http, script, _ = client(answer(status, {"error": {"code": status, **error}}))
    with pytest.raises(kind) as caught:
        http.request("get", BOOK)
    assert words in str(caught.value)
    assert len(script.sent) == 1


def test_a_403_without_a_word_names_the_address_to_share_with() -> None:
    http, _, _ = client(answer(403, ""))
    http.auth = type("Account", (), {"service_account_email": "bot@school.iam.gserviceaccount.com"})
    with pytest.raises(SignInProblem, match=r"add bot@school\.iam\.gserviceaccount\.com as Editor"):
        http.request("get", BOOK)


SIGN_INS = [
    ("invalid_grant: Invalid grant: account not found", "deleted"),
    ("invalid_grant: Invalid JWT Signature.", "revoked or replaced"),
    ("invalid_grant: Invalid JWT: Token must be a short-lived token and in a reasonable timeframe.", "clock"),
    ("invalid_grant: Token has been expired or revoked.", "has ended"),
    ("invalid_grant: Bad Request", "Check this computer's clock"),
    ("invalid_client: The OAuth client was not found.", "The OAuth client was not found"),
]


@pytest.mark.parametrize(("text", "words"), SIGN_INS)
def test_a_refused_sign_in_is_not_repeated_and_says_what_to_do(text: str, words: str) -> None:
    http, script, _ = client(RefreshError(text))
    with pytest.raises(SignInProblem, match=words):
        http.request("get", BOOK)
    assert len(script.sent) == 1


def test_an_intercepted_certificate_is_not_repeated_and_named() -> None:
    http, script, _ = client(requests.exceptions.SSLError("CERTIFICATE_VERIFY_FAILED"))
    with pytest.raises(ServiceProblem, match="REQUESTS_CA_BUNDLE"):
        http.request("get", BOOK)
    assert len(script.sent) == 1


def test_every_call_is_counted_and_told_against_the_quota() -> None:
    http, _, _ = client(answer(503), answer(200))
    http.request("get", BOOK)
    http.request("post", BATCH, json={"requests": [{"updateCells": {}}]})
    assert (len(http.calls.reads), len(http.calls.writes), http.calls.retries) == (2, 1, 1)
    assert (
        str(http.calls) == "2 reads, 1 write at Google, 1 repeated, 1 s waited (busiest minute: 2 and 1 of 60 allowed)"
    )


def test_it_waits_rather_than_asking_for_a_sixty_first_read_in_a_minute() -> None:
    http, _, clock = client(answer(200))
    for _ in range(60):
        http.request("get", BOOK)
        clock.now += 0.25
    assert clock.slept == []
    http.request("get", BOOK)
    assert clock.slept == [45.0]
    assert http.calls.busiest_minute(read=True) == 60
    http.request("post", BATCH, json={"requests": [{"updateCells": {}}]})
    assert clock.slept == [45.0]  # writes have a quota of their own


def test_every_request_has_time_outs_and_none_outlives_the_deadline() -> None:
    http, script, clock = client(answer(200))
    http.request("get", BOOK)
    assert script.timeouts == [(10.0, 60.0)]

    def stall(request: requests.PreparedRequest) -> requests.Response:
        clock.now += script.timeouts[-1][1]
        raise requests.exceptions.ReadTimeout("timed out")

    http, script, clock = client(stall, policy=Policy(deadline=100))
    began = clock.now
    with pytest.raises(ServiceProblem, match="did not answer in time"):
        http.request("get", BOOK)
    assert script.timeouts == [(10.0, 60.0), (10.0, pytest.approx(39, abs=1))]
    assert clock.now - began <= 100


@pytest.fixture
def silent_server() -> Iterator[str]:
    """A server that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v4/spreadsheets/x"


def test_a_stalled_server_is_given_up_within_the_time_out(silent_server: str) -> None:
    http = CarefulClient(None, requests.Session(), policy=Policy(attempts=2, read=0.3, first_wait=0.01))
    began = time.monotonic()
    with pytest.raises(ServiceProblem, match="Google did not answer in time"):
        http.request("get", silent_server)
    assert time.monotonic() - began < 2
    http.session.close()


def test_knowing_a_problem_needs_none_of_googles_packages() -> None:
    """A sync of two workbooks catches BookChanged, and may run where the extra `google` is not installed."""
    names = ("requests", "google.auth", "gspread")
    code = f"import sys, addin.google.problems; print([m for m in {names} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
