"""How a person calls what is in the journal: rows by their key, columns by their headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from addin.actions.sync.undo import memory_folder, state_of
from addin.core.sync.columns import header
from addin.core.sync.links import read_links
from addin.core.sync.model import Row
from addin.core.tables.values import brief
from addin.core.trackers import Tracker
from addin.errors import Problem
from addin.workspace.settings import load
from addin.workspace.state import Entry
from addin.workspace.tracker_files import heads, load_named


@dataclass(frozen=True, slots=True)
class JournalNames:
    """For each link its tracker, and the rows that it remembers."""

    trackers: Mapping[str, Tracker]
    bases: Mapping[str, Mapping[str, Row]]

    def row(self, entry: Entry) -> str:
        """The row's key; its id where the key is not known."""
        tracker = self.trackers.get(entry.link)
        for row in (entry.old, entry.new, self.bases.get(entry.link, {}).get(entry.row)) if tracker else ():
            if isinstance(row, Mapping) and tracker:
                key = " ".join(brief(row[name]) for name in tracker.key if row.get(name) is not None)
                if key:
                    return key
        return entry.row

    def column(self, entry: Entry) -> str:
        """The column's header; "" for a whole row."""
        return header(entry.column, self.trackers.get(entry.link)) if entry.column is not None else ""


def journal_names(target: str) -> JournalNames:
    """The names for the journal of this workbook, as far as they are known without opening it."""
    trackers = linked_trackers(memory_folder(target).parent, target)
    with state_of(target) as state:
        return JournalNames(trackers, {link: state.base(link) for link in trackers})


def linked_trackers(folder: Path, target: str) -> dict[str, Tracker]:
    """The tracker of each link in the settings; none where these cannot be read."""
    try:
        settings = load(folder, today=date.today(), book=Path(target).name)
        names = [str(link.get("tracker")) for link in settings.links]
        trackers = load_named(names, heads(folder / "trackers"))
        return {link.name: trackers[link.tracker] for link in read_links(settings.links, trackers)}
    except Problem:
        return {}
