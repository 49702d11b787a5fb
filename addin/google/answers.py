"""Answers looked at before they are used: a captive portal, a filter or a broken proxy also answers with status 200."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from typing import Any, TypeVar

import requests

from addin.core.regex import regex
from addin.errors import Problem
from addin.google import problems

API = "/v4/spreadsheets"
LARGE = 2_000_000
"""Bytes: a larger answer is only parsed by who knows what of it to keep (`understood`)."""
PIECE = 65_536
NOT_ASCII = regex(r"[^\x00-\x7f]+")
T = TypeVar("T")


def from_google(answer: requests.Response, *, where: str) -> requests.Response:
    """The answer, when it is a JSON object as every answer of the Sheets API is. Raises ServiceProblem."""
    if API not in str(answer.url or getattr(answer.request, "path_url", "")):
        return answer
    ends = answer.content[:20].lstrip()[:1] + answer.content[-20:].rstrip()[-1:]
    if len(answer.content) > LARGE and ends == b"{}":
        return answer
    try:
        content = answer.json()
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise problems.not_google(where=where)
    answer.json = lambda **options: content  # type: ignore[method-assign]  # a large answer is parsed once
    return answer


def understood(
    parse: Callable[[Any], T],
    answer: requests.Response,
    *,
    where: str = "",
    each: Callable[[dict[str, Any]], Any] | None = None,
) -> T:
    """What `parse` makes of an answer. Raises ServiceProblem where it has another form than Google's.

    `each` is given every object of the answer as it is parsed, and gives what is kept of it: so a large answer never
    is in memory as a whole.
    """
    try:
        return parse(_parsed(answer, each) if each else answer.json())
    except Problem:
        raise
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise problems.not_google(where=where) from error


def _parsed(answer: requests.Response, each: Callable[[dict[str, Any]], Any]) -> Any:
    """The answer parsed, and let go of: a large one takes as much again as text."""
    large = len(answer.content) > LARGE
    return json.loads(_taken(answer) if large else answer.content.decode(), object_hook=each)


def _taken(answer: requests.Response) -> str:
    """The text of a large answer, in ASCII and taken out of it: a single `…` makes a text twice as large, and a while
    three times."""
    content, answer._content = answer.content, b"{}"
    decoder = codecs.getincrementaldecoder("utf-8")()
    pieces = [_in_ascii(decoder.decode(content[at : at + PIECE])) for at in range(0, len(content), PIECE)]
    decoder.decode(b"", final=True)  # an incomplete character at the end is an error
    del content
    return "".join(pieces)


def _in_ascii(text: str) -> str:
    r"""JSON with its characters written as `\u2026`."""
    return text if text.isascii() else NOT_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
