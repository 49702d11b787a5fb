"""Runs at night: definitions for four schedulers, and what each run leaves behind.

jobs.py      what runs, when, with which command       definitions.py   the same as text for each scheduler
installed.py put in place, shown, taken away           nightly.py       one run: verb, log line, summary
"""
