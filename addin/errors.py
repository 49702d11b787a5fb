"""What a person can mend, said in one sentence: what, where, what to do next.

    Problem               anything a person can mend; the command line prints it and exits with 2
    ├── BookProblem       the workbook or spreadsheet cannot be read, or cannot take the edits
    │   └── BookInUse     somebody has it open; try later, or go through Excel
    ├── TrackerProblem    a mistake in a tracker's TOML file or in a list
    ├── SettingsProblem   a mistake in ib-trackers.toml, or a setting that is missing
    ├── ServiceProblem    Google, Excel or the network did not do as asked
    │   └── SignInProblem the account, key or permission is not right
    └── SyncStopped       a guard stopped a sync before anything was written

Bad *data* is never an exception: it is a Finding (see check.py).
"""


class Problem(Exception):  # noqa: N818 (it is what a person reads, and not always an error)
    """Something a person can mend: `what` is wrong, `where` it is, what to do `next`."""

    def __init__(self, what: str, *, where: str = "", next: str = "") -> None:  # noqa: A002 (the house word)
        self.what, self.where, self.next = what, where, next
        place = f"{where}: " if where else ""
        super().__init__(f"{place}{what}" + (f" {next}" if next else ""))


class BookProblem(Problem):
    """The workbook or spreadsheet cannot be read, or cannot take the edits."""


class BookInUse(BookProblem):
    """Somebody has the workbook open."""


class TrackerProblem(Problem):
    """A tracker's TOML file, or a list, has a mistake."""


class SettingsProblem(Problem):
    """ib-trackers.toml has a mistake, or a setting is missing."""


class ServiceProblem(Problem):
    """Google, Excel or the network did not do as asked."""


class SignInProblem(ServiceProblem):
    """The account, the key or the permission is not right."""


class SyncStopped(Problem):
    """A guard stopped a sync before anything was written."""
