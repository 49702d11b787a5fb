"""Sync as a use case: open both sides, decide, write, verify; conflicts, history and undo.

books.py     the books as people have them      session.py   every link with both sides, read once
plan.py      what would go where, safety stops  write.py     guarded atomic writes, journal
verify.py    what was written, read again       run.py       the verb        undo.py      the verb back
"""
