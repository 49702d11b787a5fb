"""Nightly sync of a workbook, for any scheduler: python scripts/nightly_sync.py School.xlsx"""

import sys

from addin.schedule.nightly import nightly

sys.exit(nightly("sync", sys.argv[1]))
