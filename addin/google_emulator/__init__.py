"""A local emulator of Google: Sheets v4, Drive v3 and sign-in on loopback, for tests and for trying things out.

    server.py       HTTP in and out, faults of the wire       page.py, page.html   a grid to type into
    service.py      access, quota, endpoint, state            accounts.py          sign-in and tokens
    routes.py       the paths of Sheets v4                    drive.py, sharing.py files, and who may use them
    values.py       read, update, append, clear               render.py            spreadsheets.get
    batch/          the kinds of `:batchUpdate`               metadata.py          developer metadata
    shapes.py       requests held to messages.py              model.py             cells, sheets, spreadsheets
    coercion.py     what typed text becomes                   number_formats.py    numbers and dates as text
    formulas.py     a declared part of the formulas           protection.py        who may edit what
    faults.py       what can go wrong, as a script            people.py            another person at work
    emulator.py     start it, key files, `mount`              state.py             the one state file
    serve.py        `ib-trackers emulator`                    adapter.py           the way there for a session

Lead a program to it, with no branch in the program itself:

    with Emulator() as google:
        client = gspread.service_account(filename=google.key_file(folder))
        google.mount(client.http_client.session)

It says *local emulator, not Google* in ids, headers and pages. What it does not know it refuses with 501.
"""

from addin.google_emulator.emulator import Emulator
from addin.google_emulator.serve import serve

__all__ = ["Emulator", "serve"]
