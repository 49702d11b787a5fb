"""Reminders: who owes what (`compose.py`), and how it reaches them (`mail.py`)."""
