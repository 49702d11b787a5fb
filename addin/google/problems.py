"""What Google, the network or the sign-in answered, said in one sentence with the remedy.

The library says little where it matters most: a spreadsheet that was never shared is a 403 with an empty message.
Which texts of the service are recognised, and where they were seen, is beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from addin.core.language import filled, joined, phrase, phrases, spoken_later
from addin.errors import BookProblem, Problem, ReplyLost, RequestRefused, ServiceProblem, SignInProblem

if TYPE_CHECKING:  # a sync of two workbooks knows BookChanged, and may have none of Google's packages
    import requests
    from google.auth.exceptions import GoogleAuthError

SIGN_IN = phrase("Run: ib-trackers google sign-in")
NEW_KEY = phrase("Make a new key in the Google Cloud console, then run: ib-trackers google sign-in KEY.json")
CLOCK_OR_KEY = joined(" ", [phrase("Check this computer's clock."), NEW_KEY])
SHARE = spoken_later("Open it in the browser, press Share, add {who} as Editor, and run this again.")
OWN = spoken_later("Make the spreadsheet yourself, then share it with that address as Editor.")
COPY = spoken_later("Copy its address from the browser again.")
UNPROTECT = spoken_later("In Data > Protect sheets and ranges, add that address to the editors.")
CONVERT = spoken_later("Open it, choose File > Save as Google Sheets, and use the new address.")

KNOWN: list[tuple[int, str, type[Problem], str, str]] = [
    # status, sign in the reason or message, kind, what, next; the first that fits is taken
    (401, "", SignInProblem, spoken_later("Google no longer accepts the sign-in."), SIGN_IN),
    (403, "SERVICE_DISABLED", SignInProblem, spoken_later("The Google Sheets API is not enabled."), "{enable}"),
    (403, "accessNotConfigured", SignInProblem, spoken_later("The Google Sheets API is not enabled."), "{enable}"),
    (403, "has not been used in", SignInProblem, spoken_later("The Google Sheets API is not enabled."), "{enable}"),
    (403, "SCOPE_INSUFFICIENT", SignInProblem, spoken_later("The sign-in does not cover this service."), SIGN_IN),
    (
        403,
        "insufficient authentication scopes",
        SignInProblem,
        spoken_later("The sign-in does not cover this service."),
        SIGN_IN,
    ),
    (403, "storageQuotaExceeded", SignInProblem, spoken_later("{who} cannot own files."), OWN),
    (403, "", SignInProblem, spoken_later("This spreadsheet is not shared with {who}, or only for viewing."), SHARE),
    (404, "", BookProblem, spoken_later("Google knows no spreadsheet with this address."), COPY),
    (400, "edit a protected cell", SignInProblem, spoken_later("{who} may not edit a protected range."), UNPROTECT),
    (
        400,
        "not supported for this document",
        BookProblem,
        spoken_later("This is an Excel file kept in Drive."),
        CONVERT,
    ),
]
"""What Google's refusals mean for a person. Where the texts were seen: 401, gspread issue 686; 403 plain and 404,
recorded answers; scopes and storage, live reports of 2026-09; protected cell, node-google-spreadsheet issue 20; not
supported, gspread issue 732. The three of an API that is not enabled are from general knowledge, unverified."""


def body_of(response: requests.Response) -> Mapping[str, Any]:
    """The error that the answer carries; empty where it is not Google's JSON (a proxy's HTML page, say)."""
    try:
        error = response.json()["error"]
    except (ValueError, KeyError, TypeError):
        return {}
    return error if isinstance(error, dict) else {"message": str(error)}


def reason_of(error: Mapping[str, Any]) -> str:
    """The machine-readable reason, from `details[]` (Sheets) or `errors[]` (Drive)."""
    for detail in [*error.get("details", []), *error.get("errors", [])]:
        if isinstance(detail, dict) and detail.get("reason"):
            return str(detail["reason"])
    return ""


def refusal(response: requests.Response, *, who: str, where: str, after_lost_reply: bool = False) -> Problem:
    """The problem behind an answer that is not a success, and that repeating will not mend."""
    error, status = body_of(response), response.status_code
    message = str(error.get("message", ""))
    said = f"{reason_of(error)} {message}"
    for known_status, sign, kind, what, remedy in KNOWN:
        if status == known_status and sign in said:
            words = {"who": who or phrase("the account you signed in with"), "enable": _enable(error)}
            return kind(filled(what, words), where=where, next=filled(remedy, words))
    why = message or phrase("no reason given")
    what = phrase("Google refused the request ({status}): {why}", status=status, why=why)
    return RequestRefused(what, where=where, status=status, after_lost_reply=after_lost_reply)


def gave_up(why: str, *, where: str, tries: int, seconds: float) -> ServiceProblem:
    """The problem after the last try."""
    sentences = "{why} (asked once in {seconds} s).", "{why} (asked {n} times in {seconds} s)."
    return ServiceProblem(
        phrases(*sentences, tries, why=why, seconds=f"{seconds:.0f}"),
        where=where,
        next=phrase("Try again in a few minutes."),
    )


def too_long(seconds: float, *, where: str) -> ServiceProblem:
    """The problem of a run that has taken too long altogether."""
    return ServiceProblem(
        phrase("Google was too slow: after {seconds} minutes this run gave up.", seconds=f"{seconds / 60:.0f}"),
        where=where,
        next=phrase("What was written so far is whole; run it again later."),
    )


def not_google(*, where: str) -> ServiceProblem:
    """The problem of an answer that says it is a success, and is not one of Google Sheets."""
    return ServiceProblem(
        phrase("This network answered in place of Google."),
        where=where,
        next=phrase("Open any page in the browser: is there a sign-in page of the Wi-Fi or of a filter?"),
    )


def lost(why: str, *, where: str) -> ReplyLost:
    """The problem of a write that cannot be repeated and whose answer never came."""
    look = phrase("Look whether the change is there before you repeat it.")
    return ReplyLost(phrase("{why}, so it is not known whether the change was made.", why=why), where=where, next=look)


def why_no_answer(error: Exception) -> str:
    """What was between this computer and Google, in half a sentence."""
    import requests

    text = str(error)
    if isinstance(error, requests.exceptions.ProxyError) or "ProxyError" in text:
        return phrase("The proxy of this network refused the connection to Google")
    if isinstance(error, requests.exceptions.SSLError) or "SSLError" in text or "CERTIFICATE" in text:
        return phrase("The connection to Google is intercepted: its certificate is not Google's")
    if isinstance(error, requests.exceptions.Timeout) or "timed out" in text.lower():
        return phrase("Google did not answer in time")
    if "resolve" in text.lower() or "getaddrinfo" in text:
        return phrase("Google's address cannot be found: is this computer online?")
    return phrase("The connection to Google was broken")


REFUSED_SIGN_INS: list[tuple[str, str, str]] = [
    # sign in the answer of the token service, what, next (googleapis/google-cloud-php 3622, google-cloud-python 10004)
    ("account not found", spoken_later("Google knows no account {who}: it was deleted."), NEW_KEY),
    ("Invalid JWT Signature", spoken_later("The key of {who} was revoked or replaced."), NEW_KEY),
    (
        "reasonable timeframe",
        spoken_later("The clock of this computer is wrong."),
        spoken_later("Set its date, time and zone, and run this again."),
    ),
    ("expired or revoked", spoken_later("The permission given in the browser has ended."), SIGN_IN),
    ("invalid_grant", spoken_later("Google does not accept the sign-in of {who}."), CLOCK_OR_KEY),
]
"""What the token service's refusals mean for a person."""


def sign_in_refused(error: GoogleAuthError, *, who: str) -> SignInProblem:
    """The problem when Google does not accept the key or the person's permission."""
    text, account = " ".join(str(part) for part in error.args), who or phrase("this account")
    for sign, what, remedy in REFUSED_SIGN_INS:
        if sign in text:
            return SignInProblem(filled(what, {"who": account}), next=remedy)
    return SignInProblem(
        phrase("Google does not accept the sign-in of {account}: {text}.", account=account, text=text[:200]),
        next=SIGN_IN,
    )


def _enable(error: Mapping[str, Any]) -> str:
    for detail in error.get("details", []):
        metadata = detail.get("metadata", {}) if isinstance(detail, dict) else {}
        if url := metadata.get("activationUrl"):
            return phrase("Open {url} and press Enable; it takes a few minutes to work.", url=url)
    return phrase("In the Google Cloud console, under APIs & Services, enable the Google Sheets API.")
