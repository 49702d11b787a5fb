"""The real gspread and google-auth at work with the emulator over HTTP, with nothing else within reach."""

from __future__ import annotations

import copy
import json
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from addin.google_emulator import Emulator

gspread = pytest.importorskip("gspread", reason="needs gspread (the google extra)")

import google.auth.exceptions  # noqa: E402 (only where gspread is)
import requests  # noqa: E402

SCOPES = "https://www.googleapis.com/auth/spreadsheets https://www.googleapis.com/auth/drive"
TEACHER, COORDINATOR = "teacher@school.example", "coordinator@school.example"


@pytest.fixture(autouse=True)
def nothing_leaves_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        assert not isinstance(address, tuple) or address[0] == "127.0.0.1", f"tried to reach {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("google")


@pytest.fixture
def google_(folder: Path) -> Iterator[Emulator]:
    with Emulator(state=folder / "state.json") as emulator:
        yield emulator


@pytest.fixture
def client(google_: Emulator, folder: Path) -> Any:
    made = gspread.service_account(filename=str(google_.key_file(folder)))
    google_.mount(made.http_client.session)
    return made


@pytest.fixture
def sheet(client: Any) -> Any:
    return client.create("tracker").sheet1


def test_sign_in_create_share_read_write_protect(google_: Emulator, client: Any) -> None:
    book = client.create("CAS")
    sheet = book.sheet1
    sheet.update([["id", "name"], ["0001", "Ada"]], "A1", value_input_option="RAW")
    book.share(TEACHER, "user", "writer", notify=False)
    google_.person(TEACHER).set_cell(book.id, "Sheet1!B2", "Ada L.")
    assert sheet.get_all_values() == [["id", "name"], ["0001", "Ada L."]]

    sheet.add_protected_range("A:A")
    with pytest.raises(Exception, match="protected cell"):
        google_.person(TEACHER).set_cell(book.id, "Sheet1!A2", "x")
    google_.person(TEACHER).set_cell(book.id, "Sheet1!B2", "still mine")
    assert sheet.acell("A2").value == "0001"


def test_a_sheet_that_a_person_made_and_shared_can_be_linked(google_: Emulator, client: Any) -> None:
    """Before it is shared: 403. After: it opens by its key."""
    owner = google_.person(COORDINATOR)
    key = owner.create("Exams")
    with pytest.raises(PermissionError):
        client.open_by_key(key)
    owner.share(key, client.http_client.auth.service_account_email)
    assert client.open_by_key(key).title == "Exams"
    owner.unshare(key, client.http_client.auth.service_account_email)
    with pytest.raises(PermissionError):
        client.open_by_key(key)


def test_a_reader_may_read_and_not_write(google_: Emulator, client: Any) -> None:
    owner = google_.person(COORDINATOR)
    key = owner.create("Read me")
    owner.share(key, client.http_client.auth.service_account_email, role="reader")
    sheet = client.open_by_key(key).sheet1
    with pytest.raises(gspread.exceptions.APIError, match="does not have permission"):
        sheet.update([["x"]], "A1")
    assert sheet.get_all_values() in ([], [[]])


def test_ids_headers_and_key_say_what_this_is(google_: Emulator, sheet: Any, folder: Path) -> None:
    assert sheet.spreadsheet.id.startswith("local-")
    answer = requests.get(f"{google_.url}/v4/spreadsheets/x", timeout=5)
    assert (answer.status_code, answer.headers["X-Local-Emulator"]) == (401, "local emulator, not Google")
    key = google_.key_file(folder)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "not-google" in json.loads(key.read_text())["private_key_id"]


def test_the_state_outlives_the_emulator_and_the_key_stays_good(folder: Path, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    for turn in range(2):
        with Emulator(state=state) as again:
            client = gspread.service_account(filename=str(again.key_file(tmp_path)))
            again.mount(client.http_client.session)
            if turn == 0:
                book = client.create("kept")
                book.sheet1.update([["a", 1, True, "=1+1"]], "A1", value_input_option="USER_ENTERED")
                book.sheet1.insert_note("A1", "a note")
            else:
                sheet = client.open("kept").sheet1
                assert sheet.get("A1:D1", value_render_option="FORMULA") == [["a", 1, True, "=1+1"]]
                assert sheet.get_note("A1") == "a note"
    assert stat.S_IMODE(state.stat().st_mode) == 0o600


def test_the_adapter_survives_the_deep_copy_that_google_auth_makes(google_: Emulator, client: Any, sheet: Any) -> None:
    """The background lookup of google-auth arrives here and not at Google."""
    copy.deepcopy(client.http_client.session._auth_request_session)
    until = time.monotonic() + 5
    while not google_.calls.of(["boundary"]) and time.monotonic() < until:
        time.sleep(0.02)
    assert google_.calls.of(["boundary"])


def test_an_unknown_account_is_told_so(google_: Emulator, folder: Path, tmp_path: Path) -> None:
    content = json.loads(google_.key_file(folder).read_text())
    strange = gspread.service_account_from_dict({**content, "client_email": "stranger@example.iam.gserviceaccount.com"})
    with pytest.raises(google.auth.exceptions.RefreshError, match="account not found"):
        strange.open_by_key("x")


def test_a_signature_by_another_key_is_refused(google_: Emulator, folder: Path, tmp_path: Path) -> None:
    with Emulator() as other:
        foreign = json.loads(other.key_file(tmp_path).read_text())["private_key"]
    content = {**json.loads(google_.key_file(folder).read_text()), "private_key": foreign}
    with pytest.raises(google.auth.exceptions.RefreshError, match="Invalid JWT Signature"):
        gspread.service_account_from_dict(content).open_by_key("x")


def test_a_clock_that_is_wrong_by_hours_is_refused(folder: Path, tmp_path: Path) -> None:
    with Emulator(clock=lambda: time.time() + 2 * 3600) as late:
        client = gspread.service_account(filename=str(late.key_file(tmp_path)))
        with pytest.raises(google.auth.exceptions.RefreshError, match="reasonable timeframe"):
            client.open_by_key("x")


def test_a_person_signs_in_with_a_refresh_token(google_: Emulator, tmp_path: Path) -> None:
    from google.oauth2.credentials import Credentials

    path = google_.token_file(tmp_path, COORDINATOR, SCOPES)
    client = gspread.authorize(Credentials.from_authorized_user_file(str(path)))
    google_.mount(client.http_client.session)
    book = client.create("mine")
    assert google_.service.books[book.id].owner == COORDINATOR


def test_a_token_without_the_scope_is_refused(google_: Emulator, folder: Path) -> None:
    scopes = ["https://www.googleapis.com/auth/spreadsheets"]
    client = gspread.service_account(filename=str(google_.key_file(folder)), scopes=scopes)
    google_.mount(client.http_client.session)
    with pytest.raises(gspread.exceptions.APIError, match="insufficient authentication scopes"):
        client.create("needs Drive")


def test_with_drive_file_alone_files_of_others_are_not_there(google_: Emulator, folder: Path, sheet: Any) -> None:
    """404, not 403 (LIVE harvester findings, 2026-09-30)."""
    owner = google_.person(COORDINATOR)
    key = owner.create("theirs")
    client = gspread.service_account(
        filename=str(google_.key_file(folder)), scopes=["https://www.googleapis.com/auth/drive.file"]
    )
    owner.share(key, client.http_client.auth.service_account_email)
    google_.mount(client.http_client.session)
    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        client.open_by_key(key)
    assert client.open_by_key(sheet.spreadsheet.id)


def test_new_service_accounts_have_no_storage(tmp_path: Path) -> None:
    with Emulator(storage=False) as strict:
        client = gspread.service_account(filename=str(strict.key_file(tmp_path)))
        strict.mount(client.http_client.session)
        with pytest.raises(gspread.exceptions.APIError, match="storage quota"):
            client.create("no room")


def test_the_quota_is_that_of_the_clock_s_minute(tmp_path: Path) -> None:
    now = [60.0 * 1_000_000]
    with Emulator(clock=lambda: now[0]) as limited:
        session = signed_in(limited, tmp_path, now[0])
        book = session.post(f"{limited.url}/drive/v3/files", json={"name": "q"}, timeout=5).json()["id"]
        address = f"{limited.url}/v4/spreadsheets/{book}/values/A1"
        assert [session.get(address, timeout=5).status_code for _ in range(61)] == [200] * 60 + [429]
        body = {"values": [["x"]]}
        assert session.put(address, json=body, params={"valueInputOption": "RAW"}, timeout=5).status_code == 200
        refusal = session.get(address, timeout=5)
        assert "Retry-After" not in refusal.headers
        info = refusal.json()["error"]["details"][0]
        assert (info["reason"], info["metadata"]["quota_limit"]) == (
            "RATE_LIMIT_EXCEEDED",
            "ReadRequestsPerMinutePerUser",
        )
        now[0] += 60
        assert session.get(address, timeout=5).status_code == 200


def signed_in(emulator: Emulator, folder: Path, now: float) -> requests.Session:
    """A plain session with a token that was put there: the emulator's clock need not be today's."""
    from addin.google_emulator.accounts import Token

    emulator.service.accounts.tokens["t"] = Token("one@example.org", now + 3600, tuple(SCOPES.split()))
    session = requests.Session()
    session.headers["Authorization"] = "Bearer t"
    return session


@pytest.mark.parametrize("after", [False, True])
def test_a_503_comes_before_or_after_the_write(google_: Emulator, sheet: Any, after: bool) -> None:
    google_.faults.unavailable("write", after=after)
    with pytest.raises(gspread.exceptions.APIError, match="currently unavailable"):
        sheet.append_row(["x"])
    assert sheet.get_all_values() == ([["x"]] if after else [[]])
    sheet.update([["y"]], "B1")


@pytest.mark.parametrize("after", [False, True])
def test_a_connection_breaks_before_or_after_the_write(google_: Emulator, sheet: Any, after: bool) -> None:
    google_.faults.reset("write", after=after)
    with pytest.raises(requests.exceptions.ConnectionError):
        sheet.update([["x"]], "A1")
    assert bool(sheet.acell("A1").value) == after


def test_a_gateway_answers_html(google_: Emulator, sheet: Any) -> None:
    google_.faults.bad_gateway("read")
    with pytest.raises(gspread.exceptions.APIError) as caught:
        sheet.get_all_values()
    assert caught.value.response.status_code == 502
    assert caught.value.response.text.startswith("<!DOCTYPE html>")


def test_a_server_that_is_silent_meets_the_time_out(google_: Emulator, client: Any, sheet: Any) -> None:
    google_.faults.stall(2, "read")
    client.set_timeout(0.3)
    with pytest.raises(requests.exceptions.ReadTimeout):
        sheet.get_all_values()


def test_a_revoked_token_is_fetched_again(google_: Emulator, sheet: Any) -> None:
    google_.faults.revoke("read")
    google_.calls.clear()
    assert sheet.acell("A1").value is None
    assert [(call.kind, call.status) for call in google_.calls] == [("read", 401), ("token", 200), ("read", 200)]


def test_a_429_has_no_retry_after(google_: Emulator, sheet: Any) -> None:
    google_.faults.quota("write")
    with pytest.raises(gspread.exceptions.APIError, match="Write requests per minute per user") as caught:
        sheet.update([["x"]], "A1")
    assert "Retry-After" not in caught.value.response.headers


def test_somebody_edits_between_the_read_and_the_write(google_: Emulator, sheet: Any) -> None:
    book = sheet.spreadsheet
    book.share(TEACHER, "user", "writer", notify=False)
    sheet.update([["a"], ["b"], ["c"]], "A1")
    teacher = google_.person(TEACHER)
    google_.faults.between(lambda: teacher.insert_rows(book.id, "Sheet1", 1), on="write")
    google_.faults.between(lambda: teacher.set_cell(book.id, "Sheet1!A1", "new"), on="write")
    sheet.update([["mine"]], "B2")
    assert sheet.get_all_values() == [["new", ""], ["a", "mine"], ["b", ""], ["c", ""]]
    teacher.sort(book.id, "Sheet1!A1:B4", 1, descending=True)
    teacher.delete_rows(book.id, "Sheet1", 2)
    teacher.rename_sheet(book.id, "Sheet1", "Renamed")
    assert teacher.cells(book.id, "Renamed!A1:A4") == [["new"], ["b"], ["a"]]


def test_a_permanent_fault_stays(google_: Emulator, sheet: Any) -> None:
    google_.faults.unavailable("read", times=None)
    for _ in range(3):
        with pytest.raises(gspread.exceptions.APIError):
            sheet.get_all_values()
    google_.faults.clear()
    sheet.get_all_values()


def test_calls_are_counted_by_sort(google_: Emulator, client: Any, sheet: Any) -> None:
    google_.calls.clear()
    client.http_client.values_batch_get(sheet.spreadsheet.id, ["A1:B2", "C:C"])
    sheet.update([["x"]], "A1")
    assert (google_.calls.reads, google_.calls.writes) == (1, 1)


def test_broken_json_is_google_s_400(google_: Emulator, sheet: Any, client: Any) -> None:
    session = client.http_client.session
    address = f"https://sheets.googleapis.com/v4/spreadsheets/{sheet.spreadsheet.id}:batchUpdate"
    answer = session.post(address, data="{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith("Invalid JSON payload received.")


def test_what_is_not_there_is_501_and_never_silent(google_: Emulator, client: Any) -> None:
    answer = client.http_client.session.get("https://sheets.googleapis.com/v4/something/else")
    assert (answer.status_code, answer.json()["error"]["status"]) == (501, "UNIMPLEMENTED")
