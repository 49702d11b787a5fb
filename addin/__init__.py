"""IB Trackers: a coordinator's own spreadsheet, live, checked, shared and never damaged.

The map: `cli.py` and `buttons.py` are the ways in and call the verbs of `actions/`. The core is pure and reads no
file: `trackers.py` (what a tracker is), `table.py` (cells to typed columns), `rules.py` and `check.py` (findings),
`marks.py` (findings to edits), `summary.py` (progress), `sync.py` (three-way merge), `ib/` (what the IB asks).
The edges hold the rest: `backends/` (cells in, cells out), `templates/`, `exporters/`, `importers/`, `excel/`,
`libreoffice/`, `google/`, `state.py`. Importing this package loads no spreadsheet library.
"""

__version__ = "0.1.0"
