"""Names of our own sheets and of the files beside a workbook, each written down once."""

HOME = "Home"
FINDINGS = "Findings"
OTHER_FINDINGS = "Findings (IB Trackers)"
"""Our Findings sheet in a workbook whose owner has a Findings sheet of their own."""
CONFLICTS = "Conflicts"
LISTS = "Lists"
LINKS = "Links"
SETTINGS = "Settings"
STAFF = "Staff"
SETUP = "Setup"
DEADLINES = "Deadlines"
CALCULATIONS = "Calculations"
REQUESTS = "_requests"
RULES = "_rules"
IDS = "_ids"
"""Hidden sheets of a shared spreadsheet: the rules for its script, and what the script remembers of row ids."""

OWN_SHEETS = (HOME, LISTS, LINKS, SETTINGS, STAFF, SETUP, FINDINGS, OTHER_FINDINGS, CONFLICTS)
"""Sheets of the tool or of its template that are never a tracker."""

SETTINGS_FILE = "ib-trackers.toml"
"""The settings file beside a workbook."""
STATE_FOLDER = ".ib-trackers"
"""The folder beside a workbook that holds what we remember: sync base, journal, backups, lock, log."""

NOTE_START = "IB Trackers: "
"""How a note on a cell begins that we wrote; by it we know our notes after another program dropped their author."""
