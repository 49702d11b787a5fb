"""Names of our own sheets and of the files beside a workbook, each written down once."""

HOME = "Home"
HOME_TRACKER = "Tracker"
"""The heading on Home below which the workbook's trackers are listed."""
FINDINGS = "Findings"
OTHER_FINDINGS = "Findings (IB Trackers)"
"""Our Findings sheet in a workbook whose owner has a Findings sheet of their own."""
CONFLICTS = "Conflicts"
LISTS = "Lists"
LINKS = "Links"
LINKS_HEADERS = ("Tracker", "Whose rows", "Shared sheet", "Address", "Direction", "Last sync", "State")
REGISTER = "Register"
SETTINGS = "Settings"
STAFF = "Staff"
VIEWS = "Views"
SETUP = "Setup"
SETUP_HEADERS = ("Sheet", "Your column, or a question", "What is in it", "Read as", "How sure", "Your choice", "Key")
IMPORT = "Import"
"""Lists from elsewhere that a person may take in, and what each would change."""
IMPORT_HEADERS = ("List", "Folder", "Changed", "Take it in", "Tracker", "Exam session", "What it changes")
ADOPTION = "Adoption notes"
"""What adopt did not understand, cell by cell."""
ADOPTION_HEADERS = ("Sheet", "Cell", "What it says", "What is unclear", "Kept in the new row")
DIFFERENCES = "IB Trackers differences"
"""What compare found: the workbook beside a list from elsewhere."""
DEADLINES = "Deadlines"
VIEWS = "Views"
CALCULATIONS = "Calculations"
REQUESTS = "_requests"
RULES = "_rules"
IDS = "_ids"
"""Hidden sheets of a shared spreadsheet: the rules for its script, and what the script remembers of row ids."""

OWN_SHEETS = (HOME, LISTS, LINKS, SETTINGS, SETUP, IMPORT, FINDINGS, OTHER_FINDINGS, CONFLICTS, ADOPTION, DIFFERENCES)
"""Sheets of the tool or of its template that are never a tracker."""

SETTINGS_FILE = "ib-trackers.toml"
"""The settings file beside a workbook."""
STATE_FOLDER = ".ib-trackers"
"""The folder beside a workbook that holds what we remember: sync base, journal, backups, lock, log."""

NOTE_START = "IB Trackers: "
"""How a note on a cell begins that we wrote; by it we know our notes after another program dropped their author."""
