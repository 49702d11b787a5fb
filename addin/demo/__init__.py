"""The guided demo (`tour.py`, `sharing.py`) and the made-up school it is about (`sample/`)."""
