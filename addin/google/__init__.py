"""Google Sheets: sign-in, request policy, Apps Script, and the local emulator of Google.

    keys.py       where the key lives, how to get one    policy.py      which request may be repeated, and when
    sign_in.py    a key or a person, to a client         client.py      requests by that policy, counted (calls.py)
    doctor.py     each step tried, each remedy said      problems.py    what Google refuses, as sentences
    script/       the menu in Google Sheets              requests_sheet.py   what people ask for in that menu
    emulator/     Google on loopback, for tests and the demo

The book itself is backends/gsheets/.
"""
