"""Whatever answers in place of Google, or arrives damaged, ends in a sentence; no request and no run is without end."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from scripted_http import BOOK, answer, client

from addin.errors import Problem, ServiceProblem
from addin.google import answers
from addin.google.client import CarefulClient, read_whole
from addin.google.policy import Policy

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))


def test_damaged_answers_with_status_200_never_give_a_traceback(tmp_path: Path) -> None:
    from fuzz_google import fuzz

    ended, bugs = fuzz(tmp_path, 30, seed=17)
    assert bugs == []
    assert ended["a sentence"] > 5


@pytest.mark.parametrize("body", ["<html>Accept the terms</html>", "x", "[1, 2]", '"text"', '{"sheets": [', "null"])
def test_a_sign_in_page_in_place_of_google_is_named(body: str) -> None:
    careful, _, _ = client(answer(200, body))
    with pytest.raises(ServiceProblem, match=r"This network answered in place of Google\..*sign-in page"):
        careful.request("get", BOOK)


ODD = ("…", "學生 𝄞 👩🏽‍🏫", 'é"\\ \u2028 \\u00e9', "\x7f\x80\u0301", "plain")


def large_answer(lines: list[list[str]]) -> requests.Response:
    """An answer with these lines in it, as Google writes them: not in ASCII."""
    made = requests.Response()
    text = json.dumps({"lines": [{"values": line} for line in lines]}, ensure_ascii=False)
    made.status_code, made._content = 200, text.encode()
    assert len(made.content) > answers.LARGE
    return made


def parsed(given: requests.Response) -> Any:
    return answers.understood(lambda content: content["lines"], given, each=lambda one: one.get("values", one))


@pytest.mark.parametrize("shift", range(4))
def test_a_large_answer_keeps_every_character_wherever_a_piece_ends(shift: int) -> None:
    lines = [["x" * shift, *ODD, f"{number}"] for number in range(40_000)]
    assert parsed(large_answer(lines)) == lines


def test_a_large_answer_with_damaged_characters_is_not_googles() -> None:
    damaged = large_answer([["學生"] * 400_000])
    sound = damaged.content
    for content in (sound.replace("生".encode(), b"\xe7\x94", 1), sound + b"\xe7\x94"):
        damaged._content = content
        with pytest.raises(ServiceProblem):
            parsed(damaged)


def test_one_character_does_not_multiply_the_memory_of_a_large_answer() -> None:
    given = large_answer([*([["x" * 40]] * 40_000), ["…"], *([["x" * 40]] * 40_000)])
    size = len(given.content)
    tracemalloc.start()
    try:
        answers.understood(len, given, each=lambda one: ())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2.5 * size


def test_an_answer_is_in_memory_once_when_it_has_arrived() -> None:
    given, size = requests.Response(), 20_000_000
    given.status_code, given.raw = 200, BytesIO(bytes(size))
    tracemalloc.start()
    try:
        read_whole(given)
        content = given.content
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert content == bytes(size)
    assert peak < 1.5 * size


class Dripping:
    """A server that sends its answer ten bytes a second, for ever."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/v4/spreadsheets/x"

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._drip, args=(connection,), daemon=True).start()

    def _drip(self, connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not self.over.wait(0.1):
            try:
                connection.sendall(b" ")
            except OSError:
                return


@pytest.fixture
def dripping() -> Iterator[Dripping]:
    server = Dripping()
    yield server
    server.over.set()
    server.socket.close()


def test_a_server_that_drips_bytes_is_left_at_the_deadline(dripping: Dripping) -> None:
    careful = CarefulClient(None, requests.Session(), policy=Policy(attempts=3, deadline=2, read=60))
    began = time.monotonic()
    with pytest.raises(Problem, match="did not answer in time"):
        careful.request("get", dripping.url)
    assert time.monotonic() - began < 20


def test_a_run_has_an_end_too_and_a_watcher_begins_anew_each_turn() -> None:
    careful, _, clock = client(answer(200, {}), policy=Policy(run=600))
    careful.request("get", BOOK)
    clock.now += 601
    with pytest.raises(ServiceProblem, match=r"after 10 minutes this run gave up\. What was written so far is whole"):
        careful.request("get", BOOK)
    careful.begin_run()
    assert careful.request("get", BOOK).ok


@pytest.mark.parametrize(
    ("status", "reason", "says"),
    [
        (403, "SERVICE_DISABLED", "API is not enabled"),
        (403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "does not cover this service"),
        (403, "IAM_PERMISSION_DENIED", "not shared with"),
        (429, "RATE_LIMIT_EXCEEDED", "used up"),
    ],
)
def test_remedies_follow_codes_whatever_language_google_speaks(status: int, reason: str, says: str) -> None:
    error: dict[str, Any] = {"code": status, "message": "Se ha producido un error.", "details": [{"reason": reason}]}
    careful, _, _ = client(answer(status, {"error": error}), policy=Policy(attempts=1))
    with pytest.raises(Problem, match=says):
        careful.request("get", BOOK)
