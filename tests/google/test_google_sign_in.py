"""Keys are kept for their owner alone, away from workbooks; what is wrong with a key file is said with its remedy."""

from __future__ import annotations

import json
import os
import stat
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from addin.errors import SignInProblem
from addin.google import sign_in as signing
from addin.google.keys import ACCOUNT_FILE, Key, config_folder, read_key, readable_by_others, synced_by
from addin.google.sign_in import SCOPES, credentials, remember, sign_in

BOT = "bot@school.iam.gserviceaccount.com"


@cache
def pem() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(*form).decode()


def service_account() -> dict[str, Any]:
    uri = "https://oauth2.googleapis.com/token"
    return {"type": "service_account", "client_email": BOT, "private_key": pem(), "token_uri": uri}


PERSON = {"type": "authorized_user", "client_id": "i", "client_secret": "s", "refresh_token": "r"}
CLIENT = {"installed": {"client_id": "i", "client_secret": "s", "auth_uri": "https://a", "token_uri": "https://t"}}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home folder with nothing in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "AppData"))
    return tmp_path


def file(folder: Path, content: Any) -> Path:
    path = folder / "downloaded.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/a"}, "/home/a/.config/ib-trackers"),
        ("linux", {"HOME": "/home/a", "XDG_CONFIG_HOME": "/cfg"}, "/cfg/ib-trackers"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Application Support/ib-trackers"),
        ("win32", {"HOME": "/a", "APPDATA": "/a/AppData/Roaming"}, "/a/AppData/Roaming/ib-trackers"),
        ("win32", {"HOME": "/a"}, "/a/AppData/Roaming/ib-trackers"),
    ],
)
def test_the_key_lives_in_the_persons_own_settings_folder(platform: str, environ: Any, folder: str) -> None:
    assert config_folder(platform, environ) == Path(folder)


def test_signing_in_keeps_the_key_for_its_owner_alone_and_later_runs_find_it(home: Path) -> None:
    key = remember(file(home, service_account()))
    assert key.path == config_folder() / ACCOUNT_FILE
    assert key.who == BOT
    client = sign_in()
    assert client.http_client.who == BOT  # type: ignore[attr-defined]
    assert client.http_client.auth.scopes == SCOPES == ("https://www.googleapis.com/auth/spreadsheets",)  # type: ignore[attr-defined]
    if os.name == "posix":
        assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(key.path.parent.stat().st_mode) == 0o700
        assert not readable_by_others(key.path)
        key.path.chmod(0o640)
        assert readable_by_others(key.path)
    client.http_client.session.close()


def test_a_second_sign_in_takes_the_place_of_the_first(home: Path) -> None:
    remember(file(home, service_account()))
    assert remember(file(home, PERSON)).kind == "authorized_user"
    assert [path.name for path in config_folder().iterdir()] == [ACCOUNT_FILE]


def test_a_desktop_clients_file_asks_the_person_and_keeps_only_what_is_needed(home: Path) -> None:
    class Allowed:
        def to_json(self, strip: Any) -> str:
            assert strip == ["token", "expiry"]
            return json.dumps({**PERSON, "account": "ana@school.example"})

    asked: list[Key] = []

    def ask(key: Key) -> Allowed:
        asked.append(key)
        return Allowed()

    key = remember(file(home, CLIENT), ask=ask)
    assert asked[0].info["client_secret"] == "s"
    assert (key.kind, key.who) == ("authorized_user", "ana@school.example")
    assert credentials(key).refresh_token == "r"


def test_without_a_sign_in_it_says_how(home: Path) -> None:
    with pytest.raises(SignInProblem, match="Run: ib-trackers google sign-in"):
        sign_in()


BAD = [
    ("{", "not JSON"),
    ("[]", "not a key of a service account"),
    ({"type": "external_account"}, "not a key of a service account"),
    ({"type": "service_account", "client_email": BOT}, "lacks private_key, token_uri"),
    ({"installed": {"client_id": "i"}}, "lacks client_secret, auth_uri, token_uri"),
    ({**service_account(), "private_key": "no key"}, "cannot be used"),
]


@pytest.mark.parametrize(("content", "words"), BAD)
def test_what_is_wrong_with_a_key_file_is_said_and_nothing_is_kept(home: Path, content: Any, words: str) -> None:
    with pytest.raises(SignInProblem, match=words) as caught:
        remember(file(home, content))
    assert caught.value.next
    assert "PRIVATE" not in str(caught.value)
    assert not config_folder().exists()


def test_a_missing_key_file_is_said(home: Path) -> None:
    with pytest.raises(SignInProblem, match=r"nowhere\.json: There is no key file"):
        read_key(home / "nowhere.json")


def test_a_desktop_clients_file_alone_is_no_account(home: Path) -> None:
    with pytest.raises(SignInProblem, match="names the program, not an account"):
        sign_in(file(home, CLIENT))


def test_nobody_answering_in_the_browser_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from google_auth_oauthlib import flow

    def nobody(self: Any, **options: Any) -> None:
        assert options["timeout_seconds"] == 300
        raise flow.WSGITimeoutError("no answer")

    monkeypatch.setattr(flow.InstalledAppFlow, "run_local_server", nobody)
    with pytest.raises(SignInProblem, match="There was no answer in the browser for 5 minutes"):
        signing.ask_in_browser(read_key(file(home, CLIENT)))


def test_a_key_that_google_refuses_leaves_the_good_one_in_place(home: Path) -> None:
    def refuses(key: Key) -> None:
        raise SignInProblem(f"Google knows no account {key.who}.")

    remember(file(home, service_account()))
    bad = {**service_account(), "client_email": "other@school.iam.gserviceaccount.com"}
    with pytest.raises(SignInProblem, match="knows no account other@"):
        remember(file(home, bad), try_=refuses)
    assert read_key(config_folder() / ACCOUNT_FILE).who == BOT
    tried: list[str] = []
    remember(file(home, bad), try_=lambda key: tried.append(key.who))
    assert tried == [read_key(config_folder() / ACCOUNT_FILE).who] == ["other@school.iam.gserviceaccount.com"]


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive - Riverside School/Documents", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-her@school.example/My Drive", "Google Drive"),
        ("Dropbox (Personal)/keys", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("Downloads", ""),
        ("Boxes/MEGAphone", ""),
    ],
)
def test_a_folder_that_is_copied_to_the_internet_is_recognised(tmp_path: Path, folder: str, program: str) -> None:
    assert synced_by(tmp_path / folder / "key.json", {}) == program


def test_a_synced_folder_is_known_by_its_marker_and_by_windows_itself(tmp_path: Path) -> None:
    (tmp_path / "ours" / ".dropbox.cache").mkdir(parents=True)
    assert synced_by(tmp_path / "ours" / "a" / "key.json", {}) == "Dropbox"
    assert synced_by(tmp_path / "wolke" / "key.json", {"OneDriveCommercial": str(tmp_path / "wolke")}) == "OneDrive"


@pytest.mark.parametrize("address", ["http://evil.example:80", "https://127.0.0.1:80", "http://127.0.0.1:80@evil", 7])
def test_a_key_leads_to_the_emulator_on_this_computer_only(address: object) -> None:
    assert Key("service_account", {"emulator": address}, Path("k")).emulator == ""
    assert Key("service_account", {"emulator": "http://127.0.0.1:8765"}, Path("k")).emulator == "http://127.0.0.1:8765"
