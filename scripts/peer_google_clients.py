"""Other people's Python clients against the local emulator, unchanged: what works, what fails.

    pip install google-api-python-client pygsheets      (in an environment of their own; the product needs neither)
    python scripts/peer_google_clients.py

Only where the requests go is set: google-api-python-client by its own option `api_endpoint`, pygsheets through the
`http` object that it takes. Exit code 1 when a step fails that is expected to work.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from addin.google_emulator import Emulator

SCOPES = ["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"]


class Steps:
    """Runs steps one after the other and prints how each went."""

    def __init__(self, client: str) -> None:
        self.client, self.failed = client, 0

    def run(self, name: str, action: Callable[[], Any]) -> Any:
        try:
            result = action()
        except Exception as error:
            self.failed += 1
            last = traceback.extract_tb(error.__traceback__)[-1]
            print(f"FAIL  {self.client}: {name}: {error!r} ({Path(last.filename).name}:{last.lineno})")
            return None
        print(f"ok    {self.client}: {name}")
        return result


def google_api_python_client(google: Emulator, folder: Path) -> int:
    from google.oauth2.service_account import Credentials
    from googleapiclient.discovery import build

    steps = Steps("google-api-python-client")
    credentials = Credentials.from_service_account_file(str(google.key_file(folder)), scopes=SCOPES)
    options = {"api_endpoint": google.url}
    sheets = build("sheets", "v4", credentials=credentials, client_options=options, static_discovery=True)
    drive = build("drive", "v3", credentials=credentials, client_options={"api_endpoint": f"{google.url}/drive/v3/"})
    books, values = sheets.spreadsheets(), sheets.spreadsheets().values()

    made = steps.run("create", lambda: books.create(body={"properties": {"title": "peer"}}).execute())
    key = made["spreadsheetId"]
    raw = {"spreadsheetId": key, "valueInputOption": "RAW"}
    rows = [["a", "b"], [1, 2.5], [True, "007"]]
    steps.run("update", lambda: values.update(range="Sheet1!A1", body={"values": rows}, **raw).execute())
    got = steps.run("get", lambda: values.get(spreadsheetId=key, range="Sheet1").execute())
    steps.run("the values are right", lambda: check(got["values"], [["a", "b"], ["1", "2.5"], ["TRUE", "007"]]))
    steps.run("append", lambda: values.append(range="A1", body={"values": [["c"]]}, **raw).execute())
    steps.run("batchGet", lambda: values.batchGet(spreadsheetId=key, ranges=["A1:B1", "B:B"]).execute())
    data = {"valueInputOption": "USER_ENTERED", "data": [{"range": "C1", "values": [["2026-09-05"]]}]}
    steps.run("values.batchUpdate", lambda: values.batchUpdate(spreadsheetId=key, body=data).execute())
    requests = {"requests": [{"addSheet": {"properties": {"title": "two"}}}]}
    steps.run("batchUpdate", lambda: books.batchUpdate(spreadsheetId=key, body=requests).execute())
    steps.run("get with cells", lambda: books.get(spreadsheetId=key, includeGridData=True).execute())
    steps.run("clear", lambda: values.clear(spreadsheetId=key, range="A1", body={}).execute())
    steps.run("drive: list", lambda: drive.files().list(q="trashed=false and name='peer'").execute())
    share = {"type": "user", "role": "writer", "emailAddress": "t@example.org"}
    steps.run("drive: share", lambda: drive.permissions().create(fileId=key, body=share).execute())
    steps.run("drive: export", lambda: drive.files().export(fileId=key, mimeType="text/csv").execute())
    steps.run("drive: delete", lambda: drive.files().delete(fileId=key).execute())
    return steps.failed


def check(got: Any, wanted: Any) -> None:
    if got != wanted:
        raise ValueError(f"{wanted} expected, {got} came")


def pygsheets(google: Emulator, folder: Path) -> int:
    import google_auth_httplib2
    import httplib2
    import pygsheets as library
    from google.oauth2.service_account import Credentials

    class Led(httplib2.Http):
        """Sends requests for Google's hosts to the emulator."""

        def request(self, uri: str, *args: Any, **options: Any) -> Any:
            parts = urlsplit(uri)
            led = google.url + parts.path + (f"?{parts.query}" if parts.query else "")
            return super().request(led if parts.hostname != "127.0.0.1" else uri, *args, **options)

    steps = Steps("pygsheets")
    credentials = Credentials.from_service_account_file(str(google.key_file(folder)), scopes=SCOPES)
    http = google_auth_httplib2.AuthorizedHttp(credentials, http=Led())
    client = steps.run("authorize", lambda: library.authorize(custom_credentials=credentials, http=http))
    if client is None:
        return steps.failed
    book = steps.run("create", lambda: client.create("peer"))
    sheet = book.sheet1
    steps.run("update_values", lambda: sheet.update_values("A1", [["a", "b"], [1, 2.5]]))
    steps.run("get_all_values", lambda: sheet.get_all_values(include_tailing_empty=False))
    steps.run("cell", lambda: check(sheet.cell("A1").value, "a"))
    steps.run("append_table", lambda: sheet.append_table(["c", 3]))
    steps.run("insert_rows", lambda: sheet.insert_rows(1, number=1, values=["x", "y"]))
    steps.run("delete_rows", lambda: sheet.delete_rows(2))
    steps.run("sort_range", lambda: sheet.sort_range("A1", "B3", basecolumnindex=0))
    steps.run("add_worksheet", lambda: book.add_worksheet("two", rows=10, cols=5))
    steps.run("format", lambda: sheet.cell("A1").set_text_format("bold", True))
    steps.run("note", lambda: setattr(sheet.cell("A1"), "note", "a note"))
    steps.run("data validation", lambda: sheet.set_data_validation("A1", "A5", "ONE_OF_LIST", ["a", "b"]))
    steps.run("protected range", lambda: sheet.create_protected_range("A1", "A2"))
    steps.run("named range", lambda: sheet.create_named_range("first", "A1", "B2", returnas="json"))
    steps.run(
        "conditional format",
        lambda: sheet.add_conditional_formatting(
            "A1", "A5", "NUMBER_BETWEEN", {"backgroundColor": {"red": 1}}, ["1", "5"]
        ),
    )
    steps.run("developer metadata", lambda: sheet.create_developer_metadata("key", "value"))
    steps.run("open by title", lambda: client.open("peer"))
    steps.run("share", lambda: book.share("t@example.org", role="writer"))
    steps.run("find", lambda: sheet.find("x"))
    steps.run("replace", lambda: sheet.replace("x", "z"))
    steps.run("delete", lambda: book.delete())
    return steps.failed


def main() -> None:
    failed = 0
    for peer in (google_api_python_client, pygsheets):
        with Emulator() as google, tempfile.TemporaryDirectory() as folder:
            try:
                failed += peer(google, Path(folder))
            except ImportError as error:
                print(f"skip  {peer.__name__}: {error}")
            if google.notes:
                print("      the emulator notes:", *google.notes, sep="\n        ")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
