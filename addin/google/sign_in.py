"""Signing in to Google: with a service account, or as a person where a school forbids service accounts.

One permission is asked for: spreadsheets. Nothing else in the account's Drive can be seen, so a spreadsheet is opened
by its key, and only when it was shared with the account. A second one, to see names and dates of files, is asked for
only where a person wants it (changes.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import gspread
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import credentials as person
from google.oauth2 import service_account

from addin.core.language import phrase
from addin.errors import SignInProblem
from addin.google import problems
from addin.google.changes import SEE_CHANGES
from addin.google.client import CarefulClient
from addin.google.keys import ACCOUNT_FILE, CHANGES, CLIENT, PERSON, SERVICE, Key, config_folder, keep, read_key
from addin.google.policy import Policy

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
MINUTES = 5


def sign_in(
    key: Path | None = None, *, session: AuthorizedSession | None = None, policy: Policy | None = None
) -> gspread.Client:
    """A gspread client that keeps to the request policy. Asks Google nothing yet.

    `key` is a key file; without it, the account that `remember` keeps. A `session` that is handed in decides how
    requests travel, and brings its own credentials.
    """
    if session is None:
        session = session_of(stored_key(key))
    auth = session.credentials
    careful: Any = partial(CarefulClient, policy=policy)  # gspread calls it as it would call a class
    return gspread.Client(auth, session, http_client=careful)


def session_of(key: Key) -> AuthorizedSession:
    """A session that signs in with this key; a key of the local emulator leads there, and nowhere else."""
    session = AuthorizedSession(credentials(key))  # type: ignore[no-untyped-call]  # google-auth is untyped here
    if key.emulator:
        from addin.google_emulator.adapter import mount

        mount(session, key.emulator)
    return session


def stored_key(path: Path | None = None) -> Key:
    """The key in this file, or the one that is kept on this computer. Raises SignInProblem."""
    if path is None and not (config_folder() / ACCOUNT_FILE).exists():
        raise SignInProblem(phrase("This computer is not signed in to Google."), next=problems.SIGN_IN)
    return read_key(path or config_folder() / ACCOUNT_FILE)


def credentials(key: Key) -> Any:
    """Google's credentials for a key."""
    if key.kind == CLIENT:
        raise SignInProblem(
            phrase("This file names the program, not an account."), where=str(key.path), next=problems.SIGN_IN
        )
    try:
        # google-auth ships its types for some functions only
        scopes = scopes_of(key)
        if key.kind == SERVICE:
            return service_account.Credentials.from_service_account_info(key.info, scopes=scopes)  # type: ignore[no-untyped-call]
        return person.Credentials.from_authorized_user_info(key.info, scopes=scopes)  # type: ignore[no-untyped-call]
    except (ValueError, GoogleAuthError) as error:
        raise SignInProblem(
            phrase("The key cannot be used: {error}.", error=error), where=str(key.path), next=problems.NEW_KEY
        ) from error


def scopes_of(key: Key) -> tuple[str, ...]:
    """The permissions that are asked for with this key."""
    return (*SCOPES, SEE_CHANGES) if key.sees_changes else SCOPES


def remember(
    source: Path,
    *,
    ask: Callable[[Key], Any] | None = None,
    folder: Path | None = None,
    try_: Callable[[Key], None] | None = None,
    see_changes: bool = False,
) -> Key:
    """Sign this computer in with a downloaded file, and keep what later runs need.

    `see_changes` asks for the permission to see names and dates of files, too.

    `try_` raises Problem where Google does not accept the key: then the earlier sign-in stays as it is.
    A service account's key is copied. A desktop client's file starts the sign-in in the browser (`ask`), and what the
    person allowed is kept. The downloaded file can be deleted afterwards.
    """
    found = read_key(source)
    wish = {CHANGES: see_changes}
    info: dict[str, Any] = {**found.info, **wish}
    key = Key(found.kind, info, found.path)
    if key.kind == CLIENT:
        allowed = (ask or ask_in_browser)(key)
        info = {"type": PERSON, **json.loads(allowed.to_json(strip=["token", "expiry"])), **wish}
    else:
        credentials(key)
    if try_:
        try_(Key(str(info["type"]), info, source))
    return read_key(keep(info, folder or config_folder()))


def ask_in_browser(key: Key) -> Any:
    """Open Google's page, and wait until the person has allowed spreadsheets."""
    try:
        from google_auth_oauthlib.flow import InstalledAppFlow, WSGITimeoutError
        from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]  # ships no types
    except ImportError:
        need = "Run: pip install 'ib-trackers[google]'"
        raise SignInProblem(phrase("Signing in as a person needs one more package."), next=need) from None
    flow = InstalledAppFlow.from_client_config({"installed": dict(key.info)}, scopes=scopes_of(key))
    try:
        return flow.run_local_server(port=0, timeout_seconds=60 * MINUTES, authorization_prompt_message=PROMPT)
    except WSGITimeoutError:
        raise SignInProblem(
            phrase("There was no answer in the browser for {minutes} minutes.", minutes=MINUTES),
            next=phrase("Try again."),
        ) from None
    except OAuth2Error as error:
        raise SignInProblem(
            phrase("Google did not sign you in: {error}.", error=error), next=phrase("Try again, and press Allow.")
        ) from error


PROMPT = "Google asks in the browser whether IB Trackers may see and edit your spreadsheets:\n{url}"
