"""IB Trackers: a coordinator's own spreadsheet, checked, live, shared and never damaged.

ARCHITECTURE.md beside this file shows the flow and the layers. Importing this package loads no spreadsheet library.
"""

__version__ = "0.1.0"
