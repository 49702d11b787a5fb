"""What a sync remembers between runs, in `.ib-trackers/state.sqlite`: bases, journal, stops, conflicts and the lock.

    with State(folder) as state, state.lock():
        base = state.base(link)                       # {} before the first sync
        ... plan, guard: state.stop(link, reasons) ...
        run = state.begin("nightly")
        state.record(run, entries(link, plan, left, right))    # on disk before anything is overwritten
        ... write both sides, read them back ...
        state.finish(run, {link: Memory(plan.base, plan.conflicts)})   # one transaction

The folder is 0700 and the file 0600: it holds personal data. A file that cannot be read is a StateDamaged problem and
never an empty base. Values are kept exactly (packing.py).
"""

from addin.errors import Busy, StateDamaged
from addin.workspace.state.journal import Entry, Undo, entries, put_back
from addin.workspace.state.store import Memory, Run, State, Stop

__all__ = ["Busy", "Entry", "Memory", "Run", "State", "StateDamaged", "Stop", "Undo", "entries", "put_back"]
