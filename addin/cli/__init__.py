"""The command line: `main.py` maps argv to a verb and an exit code; one verb is one file in `verbs/`."""
