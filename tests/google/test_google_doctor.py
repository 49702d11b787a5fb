"""The way from a key to a shared sheet, with the real libraries over HTTP; the doctor finds each stumbling block."""

from __future__ import annotations

import json
import threading
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import gspread
import pytest
import requests
from google.auth.transport.requests import AuthorizedSession
from google_school import HASTY, TEACHER, School, google_school
from scripted_http import Script, answer

from addin.actions.google_doctor import Check, doctor
from addin.backends.gsheets import GoogleBook
from addin.core.book import Edits
from addin.errors import ServiceProblem, SignInProblem
from addin.google.client import CarefulClient
from addin.google.keys import config_folder, read_key
from addin.google.policy import Policy
from addin.google.sign_in import ask_in_browser, credentials, remember, sign_in
from addin.google_emulator.accounts import BOT

DRIVE = "https://www.googleapis.com/auth/drive"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with google_school(tmp_path_factory.mktemp("key")) as world:
        yield world


@pytest.fixture
def world(service: School) -> School:
    return service.fresh(CAS=[["IBT id", "Candidate"], ["b2c3d4", "Ana"]])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    return tmp_path


def test_sign_in_create_share_link_read_write_protect_and_recover(world: School, home: Path) -> None:
    """The teacher owns the sheet and shares it; the program opens it by key with its one permission."""
    path = world.google.token_file(home, TEACHER, f"https://www.googleapis.com/auth/spreadsheets {DRIVE}")
    session = AuthorizedSession(credentials(read_key(path)))
    world.google.mount(session)
    teacher = gspread.Client(session.credentials, session, CarefulClient)
    sheet = teacher.create("PD of M27")
    sheet.sheet1.update([["IBT id", "Name"], ["b2c3d4", "0042"]], raw=True)
    bot = sign_in(session=world.session, policy=HASTY)
    with pytest.raises(SignInProblem, match=f"add {BOT} as Editor"):
        bot.open_by_key(sheet.id)
    sheet.share(BOT, "user", "writer", notify=False)
    world.google.faults.unavailable("any", times=2)
    assert bot.open_by_key(sheet.id).sheet1.get_all_values() == [["IBT id", "Name"], ["b2c3d4", "0042"]]
    book = GoogleBook.open(sheet.url, bot.http_client)
    title = book.sheets()[0]
    world.google.faults.bad_gateway("write")
    book.apply(Edits(rows={title: [{1: "c2c3d4", 2: "=1"}]}))
    assert sheet.sheet1.get_all_values()[2] == ["c2c3d4", "=1"]
    sheet.sheet1.add_protected_range("B1:B9", editor_users_emails=[TEACHER])
    with pytest.raises(SignInProblem, match="Protect sheets and ranges"):
        GoogleBook.open(sheet.url, bot.http_client).apply(Edits(cells={(title, 2, 2): "x"}))
    session.close()
    session._auth_request_session.close()


@pytest.mark.parametrize("when", ["at the first call", "when the token is renewed"])
def test_a_sign_in_that_stalls_is_given_up_within_the_time_out(world: School, when: str) -> None:
    auth = credentials(read_key(world.google.key_file(world.folder)))
    http = CarefulClient(auth, policy=Policy(attempts=1, read=0.5))
    world.google.mount(http.session)
    if when == "when the token is renewed":
        http.spreadsheets_get(world.key)
        world.google.service.accounts.revoke()
    world.google.faults.stall(6, on="token", times=None)
    began = time.monotonic()
    with pytest.raises(ServiceProblem, match="did not answer in time"):
        http.spreadsheets_get(world.key)
    assert time.monotonic() - began < 5
    world.google.faults.clear()
    http.session.close()


def test_the_answer_to_a_token_that_ran_out_is_read_though_nobody_looks_at_it(world: School) -> None:
    """Else its connection is open until the collector comes by."""
    http = CarefulClient(credentials(read_key(world.google.key_file(world.folder))), policy=Policy(attempts=1))
    world.google.mount(http.session)
    http.spreadsheets_get(world.key)
    world.google.service.accounts.revoke()
    seen: list[requests.Response] = []
    send = http.session.send

    def watched(*given: Any, **more: Any) -> requests.Response:
        seen.append(send(*given, **more))
        return seen[-1]

    http.session.send = watched  # type: ignore[method-assign]
    http.spreadsheets_get(world.key)
    http.session.close()
    assert [(one.status_code, one._content is not False) for one in seen] == [(401, True), (200, True)]


class Browser:
    """A person in front of Google's page, who allows or refuses."""

    def __init__(self, school: School, allows: bool) -> None:
        self.school, self.allows = school, allows
        self.scopes: list[str] = []

    def open(self, url: str, **_: Any) -> bool:
        threading.Thread(target=self.answer, args=(url,), daemon=True).start()
        return True

    def answer(self, url: str) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.scopes.append(asked["scope"])
        reply = {"state": asked["state"], "error": "access_denied"}
        if self.allows:
            code = self.school.google.service.accounts.new_code(TEACHER, asked["scope"])
            reply = {"state": asked["state"], "code": code, "scope": asked["scope"]}
        requests.get(f"{asked['redirect_uri']}?{urlencode(reply)}", timeout=5)


@pytest.fixture
def downloaded(world: School, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop client's file whose pages are the emulator's; its token endpoint is plain HTTP on loopback."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    uris = {"auth_uri": f"{world.google.url}/auth", "token_uri": f"{world.google.url}/token"}
    path = home / "client.json"
    path.write_text(json.dumps({"installed": {"client_id": "i", "client_secret": "s", **uris}}), encoding="utf-8")
    return path


def test_a_person_signs_in_with_the_browser_and_later_runs_need_no_browser(
    world: School, downloaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(world, allows=True)
    monkeypatch.setattr(webbrowser, "get", lambda _=None: browser)
    key = remember(downloaded, ask=ask_in_browser)
    assert key.kind == "authorized_user"
    assert browser.scopes == ["https://www.googleapis.com/auth/spreadsheets"]
    session = AuthorizedSession(credentials(key))
    world.google.mount(session)
    assert GoogleBook.open(f"gsheet:{world.key}", CarefulClient(None, session)).sheets() == ["CAS"]
    session.close()
    session._auth_request_session.close()


def test_a_person_who_refuses_is_told_and_nothing_is_kept(
    world: School, downloaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda _=None: Browser(world, allows=False))
    with pytest.raises(SignInProblem, match="press Allow"):
        remember(downloaded, ask=ask_in_browser)
    assert not config_folder().exists()


def bad(checks: list[Check]) -> Check:
    """The one that failed: always the last."""
    assert all(check.ok and check.what for check in checks[:-1])
    assert not checks[-1].ok
    assert checks[-1].remedy
    return checks[-1]


def examine(world: School, **options: Any) -> list[Check]:
    return doctor(f"gsheet:{world.key}", session=world.session, **options)


def test_when_all_is_well_each_step_says_so_and_nothing_has_changed(world: School) -> None:
    checks = examine(world)
    assert [check.ok for check in checks] == [True] * 6
    assert f"is shared with {BOT}" in checks[3].what
    assert world.google.service.books[world.key].title == "CAS of M27"
    assert world.teacher.cells(world.key, "CAS") == [["IBT id", "Candidate"], ["b2c3d4", "Ana"]]


def test_without_a_key_the_doctor_says_how_to_get_one(home: Path) -> None:
    assert bad(doctor("gsheet:x")) == Check(
        False, "This computer is not signed in to Google.", "Run: ib-trackers google sign-in"
    )


def test_a_key_that_others_can_read_is_found(world: School, home: Path) -> None:
    key = remember(world.google.key_file(home))
    key.path.chmod(0o644)
    found = bad(doctor(f"gsheet:{world.key}"))
    assert "can be read by others" in found.what
    assert found.remedy == f'Run: chmod 600 "{key.path}"'


def test_a_sheet_that_is_not_shared_is_found_with_the_address_to_share_with(world: School) -> None:
    world.teacher.unshare(world.key, BOT)
    found = bad(examine(world))
    assert "not shared" in found.what
    assert f"add {BOT} as Editor" in found.remedy


def test_a_sheet_shared_for_viewing_only_is_found(world: School) -> None:
    world.teacher.unshare(world.key, BOT)
    world.teacher.share(world.key, BOT, "reader")
    checks = examine(world)
    assert "is shared with" in checks[-2].what
    assert f"add {BOT} as Editor" in bad(checks).remedy


def test_a_wrong_address_is_found(world: School) -> None:
    world.key = "nowhere"
    assert "knows no spreadsheet" in bad(examine(world)).what
    assert "not the address of a Google Sheet" in bad(doctor("https://e.test", session=world.session)).what


def test_protected_ranges_are_found_by_name(world: School) -> None:
    place = {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 2}
    closed = {"range": place, "editors": {"users": [TEACHER]}, "description": "names"}
    open_ = {"range": {"sheetId": 0, "endColumnIndex": 1}, "warningOnly": True}
    for protected in (closed, open_):
        world.teacher.change(world.key, {"addProtectedRange": {"protectedRange": protected}})
    found = bad(examine(world))
    assert found.what == "Protected from this program: CAS (names)."
    assert BOT in found.remedy


def test_a_wrong_clock_is_found(world: School) -> None:
    assert bad(examine(world, clock=lambda: time.time() - 3600)).what == "The clock is off by 60 minutes."
    assert examine(world, clock=lambda: time.time() + 60)[1].ok


def test_a_revoked_key_is_found(world: School, home: Path) -> None:
    path = world.google.key_file(home, "gone@local.iam.gserviceaccount.com")
    world.google.service.accounts.public_keys.pop("gone@local.iam.gserviceaccount.com")
    session = AuthorizedSession(credentials(read_key(path)))
    world.google.mount(session)
    found = bad(doctor(f"gsheet:{world.key}", session=session))
    assert found.what == "Google knows no account gone@local.iam.gserviceaccount.com: it was deleted."
    session.close()
    session._auth_request_session.close()


BLOCKED = [
    (requests.exceptions.ProxyError("Tunnel connection failed: 407"), "proxy", "HTTPS_PROXY"),
    (requests.exceptions.ConnectionError("Failed to resolve 'sheets.googleapis.com'"), "online", "Let sheets."),
    (requests.exceptions.SSLError("CERTIFICATE_VERIFY_FAILED"), "intercepted", "oauth2.googleapis.com"),
    (requests.exceptions.ConnectTimeout("timed out"), "in time", "Let sheets."),
]


@pytest.mark.parametrize(("error", "what", "remedy"), BLOCKED, ids=lambda v: str(v)[:20])
def test_a_network_that_stops_us_is_found_before_anything_else(
    world: School, error: Exception, what: str, remedy: str
) -> None:
    session = AuthorizedSession(world.session.credentials)
    session.mount("https://", Script([error]))
    found = bad(checks := doctor(f"gsheet:{world.key}", session=session))
    assert len(checks) == 1
    assert what in found.what
    assert remedy in found.remedy


def test_an_api_that_is_not_enabled_is_found_with_the_address_where_to_do_it(world: School) -> None:
    detail = {"reason": "SERVICE_DISABLED", "metadata": {"activationUrl": "https://console.example/enable"}}
    disabled = answer(403, {"error": {"code": 403, "message": "has not been used", "details": [detail]}})
    session = AuthorizedSession(world.session.credentials)
    session.mount("https://", Script([answer(404), disabled]))
    found = bad(doctor(f"gsheet:{world.key}", session=session))
    assert found.what == "The Google Sheets API is not enabled."
    assert "https://console.example/enable" in found.remedy
