"""Runs at night: the jobs of a workbook in the computer's own scheduler, and what each run leaves behind.

jobs.py       what runs, when, with which command      schedulers/   one file a scheduler
install.py    put in place, list, remove               nightly.py    one run: verb, log line, summary
"""
