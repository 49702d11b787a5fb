"""What a person can fix, said in one sentence: what, where, what to do next.

    Problem                   anything a person can fix; the command line prints it and exits with 2
    ├── BookProblem           the workbook or spreadsheet cannot be read, or cannot take the edits
    │   ├── BookInUse         somebody has it open or saved it meanwhile; try later, or go through Excel
    │   └── BookChanged       somebody changed it between reading and writing; nothing was written
    ├── TrackerProblem        a mistake in a tracker's TOML file or in a list
    ├── SettingsProblem       a mistake in ib-trackers.toml, or a setting that is missing
    ├── FileProblem           a file beside the workbook cannot be read or written
    │   └── DiskFull          there is no room left; nothing was changed
    ├── ServiceProblem        Google, Excel or the network did not do as asked
    │   ├── SignInProblem     the account, key or permission is not right
    │   ├── RequestRefused    Google understood the request and refused it
    │   └── ReplyLost         the answer to a write was lost
    ├── StateDamaged          what the last sync remembered cannot be read
    ├── Busy                  another run is at work on this workbook
    └── SyncStopped           a safety stop: a sync ended before anything was written

Bad *data* is never an exception: it is a Finding (see core/checks/rules.py).
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_WINDOWS_FULL = {39, 112}  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL


class Sentence(str):
    """A sentence with values that says how it was made; this file is below the languages and cannot make phrases."""

    __slots__ = ("id", "values")
    id: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, sentence: str, **values: str) -> Sentence:
        """The sentence with its `{names}` filled in."""
        made = cls(sentence.format_map(values))
        made.id, made.values = sentence, values
        return made


_COULD_NOT = {
    "made": "could not be made ({why}).",
    "read": "could not be read ({why}).",
    "used": "could not be used ({why}).",
    "written": "could not be written ({why}).",
}


class Problem(Exception):  # noqa: N818 (it is what a person reads, and not always an error)
    """Something a person can fix: `what` is wrong, `where` it is, what to do `next`."""

    def __init__(self, what: str, *, where: str = "", next: str = "") -> None:  # noqa: A002 (the house word)
        self.what, self.where, self.next = what, where, next
        super().__init__(self.said(str))

    def said(self, speak: Callable[[str], str]) -> str:
        """The sentences as `speak` says them: in a person's language."""
        start = f"{speak(self.where)}: " if self.where else ""
        return f"{start}{speak(self.what)}" + (f" {speak(self.next)}" if self.next else "")


class BookProblem(Problem):
    """The workbook or spreadsheet cannot be read, or cannot take the edits."""


class BookInUse(BookProblem):
    """Somebody has the workbook open, or saved it since it was read."""


class BookChanged(BookProblem):
    """Somebody changed the spreadsheet between reading and writing. Nothing was written: read, plan and try again."""


class SheetMissing(Problem):
    """What was asked for is made of a sheet that the workbook does not have."""


class TrackerProblem(Problem):
    """A tracker's TOML file, or a list, has a mistake."""


class SettingsProblem(Problem):
    """ib-trackers.toml has a mistake, or a setting is missing."""


class FileProblem(Problem):
    """A file beside the workbook cannot be read or written."""


class DiskFull(FileProblem):
    """There is no room left; nothing was changed."""


class ServiceProblem(Problem):
    """Google, Excel or the network did not do as asked."""


class SignInProblem(ServiceProblem):
    """The account, the key or the permission is not right."""


class RequestRefused(ServiceProblem):
    """Google understood the request and refused it; nothing of it was carried out."""

    def __init__(self, what: str, *, where: str = "", next: str = "", status: int, after_lost_reply: bool) -> None:  # noqa: A002 (the house word)
        super().__init__(what, where=where, next=next)
        self.status = status
        self.after_lost_reply = after_lost_reply
        """True when an earlier try of the same request may have been carried out, its answer lost."""


class ReplyLost(ServiceProblem):
    """The answer to a write was lost: it may have been carried out, and repeating it blindly could write twice."""


class StateDamaged(Problem):
    """What the last sync remembered cannot be read."""


class Busy(Problem):
    """Another run is at work on this workbook; this one gives way."""


class SyncStopped(Problem):
    """A safety stop ended a sync before anything was written."""


def is_disk_full(error: BaseException) -> bool:
    """Whether the system refused because there is no room left, in the folder for temporary files, too."""
    return isinstance(error, OSError) and (
        error.errno in _FULL
        or getattr(error, "winerror", None) in _WINDOWS_FULL
        or "No usable temporary directory" in str(error)
    )


def file_problem(error: OSError, where: object, *, doing: str = "written", next: str = "") -> FileProblem:  # noqa: A002 (the house word)
    """The sentence for a file that the system did not let us read or write (`doing`)."""
    if is_disk_full(error):
        return DiskFull(
            Sentence.of("could not be written: the disk is full."),
            where=str(where),
            next=Sentence.of("Free some space and run again."),
        )
    if error.errno == errno.ENAMETOOLONG:
        name = str(where)
        return FileProblem(
            Sentence.of("is too long for a name."),
            where=f"{name[:40]}…{name[-20:]}",
            next=Sentence.of("Use a shorter one."),
        )
    why = error.strerror or str(error) or type(error).__name__
    return FileProblem(
        Sentence.of(_COULD_NOT[doing], why=why),
        where=str(where),
        next=next or Sentence.of("Check the folder and your permissions."),
    )
