"""IB Trackers: a coordinator's own spreadsheet, live, checked, shared and never damaged.

The map. Ways in: `cli.py` with `commands/` (one verb, one file), `buttons.py` (Excel, LibreOffice), `schedule/`. They
call the verbs of `actions/` and tell the answer (`answers.py`, `screen.py`). `workbook.py` opens a target and reads it.

The core is pure and reads no file: `trackers/` (what a tracker is), `table.py` and `values.py` (cells to typed
columns), `rules.py`, `check.py` and `sentences.py` (findings), `marks.py` (findings to edits), `measures.py` and
`summary.py` (progress), `recognise.py` and `adopt.py` (a person's own sheets), `intake.py` (lists that come in),
`sync/` (three-way merge), `ib/` (what the IB asks). `records.py` makes its classes, `cells.py` is what backends give.

The edges hold the rest: `backends/` (cells in, cells out), `templates/`, `exporters/`, `importers/`, `reports/`,
`mail.py`, `excel/`, `libreoffice/`, `google/`, `state/`. Importing this package loads no spreadsheet library.
"""

__version__ = "0.1.0"
