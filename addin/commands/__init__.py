"""The verbs of the command line, one file each: `HELP`, `EXAMPLE`, `options(parser)` and `run(arguments) -> exit code`.

A new verb is one file here and its name in ORDER.
"""

ORDER = ("new", "adopt", "validate", "export", "report", "trackers", "demo")
"""The verbs as `--help` lists them. A module's name with _ for - is the verb's."""
