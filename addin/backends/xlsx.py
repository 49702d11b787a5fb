"""A closed workbook on disk: read exactly, and changed only where asked (see the package `ooxml`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from addin.backends.backup import fingerprint
from addin.backends.ooxml.batch import Batch
from addin.backends.ooxml.file import OpenFile
from addin.backends.ooxml.guard import plainly
from addin.backends.ooxml.package import Package
from addin.backends.ooxml.saving import check_still_there, save
from addin.core.book import Appearance, Cell, Edits, Grid, Look
from addin.files import clear_leftovers


class XlsxBook:
    """A workbook file. Nothing is held open: the file's bytes are read once, and replaced whole when edited.

    `fingerprint` is of the bytes that were read, `saved` of those that the last `apply` wrote ("" where it wrote none).
    """

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().resolve()
        self._file: OpenFile | None = None
        clear_leftovers(self.path.parent)
        self.fingerprint = self.saved = ""
        with plainly(self.path):
            self._open()

    @classmethod
    def open(cls, path: str | Path) -> XlsxBook:
        """The workbook at this path; one sentence (BookProblem) where there is none that can be read."""
        return cls(Path(path))

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def folder(self) -> Path:
        """The folder that the file lies in."""
        return self.path.parent

    @property
    def detects_changes(self) -> bool:
        """`apply` refuses to replace a file that is not the one that was read."""
        return True

    @property
    def inserts_rows(self) -> bool:
        """Rows of the workbook stay where they are: formulas elsewhere may point at them."""
        return False

    def sheets(self) -> list[str]:
        with plainly(self.path):
            return list(self._open().workbook.sheets)

    def read(self, sheets: Sequence[str]) -> dict[str, Grid]:
        with plainly(self.path):
            if self._file is not None and not self._file.package.is_current():
                self._file = None  # another program saved it meanwhile: read it again
            file = self._open()
            return {name: file.grid(name) for name in sheets if name in file.workbook.sheets}

    def looks(self, cells: Iterable[Cell]) -> dict[Cell, Look]:
        with plainly(self.path):
            return self._open().looks(cells)

    def appearance(self, sheets: Sequence[str]) -> dict[str, Appearance]:
        """Hidden rows and columns, struck-out letters, fills and comments of these sheets."""
        with plainly(self.path):
            file = self._open()
            return {name: file.appearance(name) for name in sheets if name in file.workbook.sheets}

    def apply(self, edits: Edits) -> None:
        """Carry out the batch and replace the file; where nothing differs the file is not touched.

        Also then it must be the file that was read: what it "holds already" is gone where somebody deleted it.
        """
        with plainly(self.path):
            if not edits:
                if self._file is not None:
                    check_still_there(self._file.package)
                return
            file = self._open()
            self.saved = ""
            try:
                batch = Batch(file, edits)
                if not batch.prepare():
                    check_still_there(file.package)
                    return
                self.saved = save(file.package, batch.check)
            except BaseException:
                file.forget_changes()
                raise
            self._file = None

    def close(self) -> None:
        self._file = None

    def _open(self) -> OpenFile:
        if self._file is None:
            self._file = OpenFile(Package(self.path))
            self.fingerprint = fingerprint(self._file.package.data)
        return self._file
